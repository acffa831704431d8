//! The field in two dimensions, against solutions that were made up first, and a dense eigensolver.

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::{PlaneAction, PlaneMinimum};
use itakura_saito::operator::{Operator, Symmetric};
use ndarray::{Array2, ArrayD};
use proptest::prelude::*;

/// The rim of the square.
#[derive(Clone, Copy)]
enum Rim {
    Free,
    Fixed(f64),
}

fn action(target: PositiveArray, elasticity: f64, rim: Rim) -> PlaneAction {
    let action = match rim {
        Rim::Free => PlaneAction::neumann(target, elasticity),
        Rim::Fixed(value) => PlaneAction::dirichlet(target, elasticity, value),
    };
    action.expect("a valid action")
}

const ELASTICITY: f64 = 0.02;

/// The coordinates of the points of a rim, row by row.
fn grid(rows: usize, columns: usize, rim: Rim) -> (Vec<f64>, Vec<f64>) {
    let flat = PositiveArray::constant(&[rows, columns], 1.0).expect("positive");
    action(flat, 1.0, rim).coordinates()
}

fn sampled(
    rows: usize,
    columns: usize,
    rim: Rim,
    value: impl Fn(f64, f64) -> f64,
) -> PositiveArray {
    let (vertical, horizontal) = grid(rows, columns, rim);
    let at = |place: ndarray::IxDyn| value(vertical[place[0]], horizontal[place[1]]);
    PositiveArray::new(ArrayD::from_shape_fn(vec![rows, columns], at)).expect("positive")
}

/// A field with its Laplacian; the target is what makes it solve the Euler-Lagrange equation.
struct Manufactured {
    rim: Rim,
    field: fn(f64, f64) -> f64,
    laplacian: fn(f64, f64) -> f64,
}

impl Manufactured {
    /// The largest error of the minimiser on a grid.
    fn error(&self, rows: usize, columns: usize) -> f64 {
        let exact = sampled(rows, columns, self.rim, self.field);
        let target = sampled(rows, columns, self.rim, |x, y| {
            let field = (self.field)(x, y);
            field - 2.0 * ELASTICITY * field * field * (self.laplacian)(x, y)
        });
        let action = action(target, ELASTICITY, self.rim);
        let minimum = action.minimise().expect("it converges");
        let gaps = minimum.field.as_slice().iter().zip(exact.as_slice());
        gaps.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
    }
}

fn with_free_rim() -> Manufactured {
    Manufactured {
        rim: Rim::Free,
        field: |x, y| 1.5 + 0.25 * (PI * x).cos() * (2.0 * PI * y).cos(),
        laplacian: |x, y| -1.25 * PI * PI * (PI * x).cos() * (2.0 * PI * y).cos(),
    }
}

fn with_fixed_rim() -> Manufactured {
    Manufactured {
        rim: Rim::Fixed(1.5),
        field: |x, y| 1.5 + 0.25 * (PI * x).sin() * (2.0 * PI * y).sin(),
        laplacian: |x, y| -1.25 * PI * PI * (PI * x).sin() * (2.0 * PI * y).sin(),
    }
}

#[test]
fn the_error_falls_with_the_square_of_the_spacing() {
    for solution in [with_free_rim(), with_fixed_rim()] {
        let errors =
            [(12, 24), (24, 48), (48, 96)].map(|(rows, columns)| solution.error(rows, columns));
        for pair in errors.windows(2) {
            // Twice the points; for a fixed rim the spacing is 1/(n + 1), not half exactly.
            let order = (pair[0] / pair[1]).log2();
            assert!((1.85..2.1).contains(&order), "order {order}, errors {errors:?}");
        }
    }
}

fn bumpy(rows: usize, columns: usize, rim: Rim) -> PositiveArray {
    sampled(rows, columns, rim, |x, y| 1.25 + 0.75 * (4.0 * PI * x).sin() * (6.0 * PI * y).cos())
}

fn minimum_of(rows: usize, columns: usize, rim: Rim) -> (PlaneAction, PlaneMinimum) {
    let action = action(bumpy(rows, columns, rim), 0.003, rim);
    let minimum = action.minimise().expect("it converges");
    (action, minimum)
}

#[test]
fn the_bounds_enclose_the_smallest_eigenvalue_of_the_dense_hessian() {
    for rim in [Rim::Free, Rim::Fixed(1.0)] {
        let (action, minimum) = minimum_of(9, 14, rim);
        let hessian = action.hessian(&minimum.field).expect("the same shape");
        let count = hessian.dim();
        let columns: Vec<f64> = (0..count)
            .flat_map(|index| {
                let mut unit = vec![0.0; count];
                unit[index] = 1.0;
                hessian.applied(&unit)
            })
            .collect();
        let dense = Array2::from_shape_vec((count, count), columns).expect("square");
        let smallest = Symmetric::new(dense).expect("symmetric").eigenvalues()[0];
        let high = minimum.certificate.smallest_eigenvalue;
        let low = high - minimum.certificate.eigenvalue_error;
        // The dense solver rounds relative to the norm, which is about ten.
        assert!(low - 1e-12 <= smallest && smallest <= high + 1e-12, "{low} {smallest} {high}");
        assert!(high - low <= 1e-6 * high, "{low} {high}");
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_action() {
    for rim in [Rim::Free, Rim::Fixed(0.7)] {
        let (rows, columns) = (5, 7);
        let action = action(bumpy(rows, columns, rim), 0.03, rim);
        let field = sampled(rows, columns, rim, |x, y| 1.0 + 0.3 * x - 0.2 * y * y);
        let gradient = action.gradient(&field).expect("the same shape");
        let area = match rim {
            Rim::Free => 1.0 / (rows * columns) as f64,
            Rim::Fixed(_) => 1.0 / ((rows + 1) * (columns + 1)) as f64,
        };
        for (place, slope) in gradient.iter().enumerate() {
            let value = |change: f64| {
                let mut moved = field.as_slice().to_vec();
                moved[place] += change;
                let shape = vec![rows, columns];
                let moved = ArrayD::from_shape_vec(shape, moved).expect("the shape");
                action.value(&PositiveArray::new(moved).expect("positive")).expect("the shape")
            };
            let quotient = (value(1e-5) - value(-1e-5)) / (2e-5 * area);
            assert!((slope - quotient).abs() < 1e-6 * (1.0 + slope.abs()), "{slope} {quotient}");
        }
    }
}

#[test]
fn a_quarter_of_a_million_points_converge() {
    let (action, minimum) = minimum_of(512, 512, Rim::Free);
    let certificate = minimum.certificate;
    assert!(certificate.gradient <= certificate.rounding_floor && certificate.step <= 1e-12);
    assert!(certificate.smallest_eigenvalue - certificate.eigenvalue_error > 0.0);
    assert!(minimum.action < action.value(action.target()).expect("the same shape"));
}

#[test]
fn the_same_call_gives_the_same_bits() {
    let [one, other] = [(), ()].map(|()| minimum_of(20, 31, Rim::Free).1);
    assert_eq!(one.field, other.field);
    assert_eq!(one.certificate, other.certificate);
}

#[test]
fn bad_input_is_refused_by_name() {
    let flat = |shape: &[usize]| PositiveArray::constant(shape, 1.0).expect("positive");
    let refused = |shape: &[usize], elasticity: f64| {
        PlaneAction::neumann(flat(shape), elasticity).unwrap_err()
    };
    assert!(matches!(refused(&[4], 0.1), Error::Axes { found: 1, .. }));
    assert!(matches!(refused(&[1, 4], 0.1), Error::TooFew { count: 1, .. }));
    assert!(refused(&[4, 4], -0.1).to_string().contains("-0.1"));
    assert!(refused(&[4, 4], f64::NAN).to_string().contains("NaN"));
    assert!(
        PlaneAction::dirichlet(flat(&[4, 4]), 0.1, 0.0)
            .unwrap_err()
            .to_string()
            .contains("boundary")
    );
    let action = PlaneAction::neumann(flat(&[4, 4]), 0.1).expect("valid");
    assert!(matches!(
        action.minimise_from(&flat(&[4, 5])).unwrap_err(),
        Error::ShapeMismatch { .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Truncation never raises the action (A.4), so the minimiser stays between the extremes of the
    /// target; and the sum of (f - y)/f² vanishes with a free rim, whose gradient has no net flux.
    #[test]
    fn a_minimiser_stays_within_its_target_and_balances(
        values in proptest::collection::vec(0.6..1.2f64, 30),
        elasticity in 1e-4..1.0f64,
    ) {
        let target = ArrayD::from_shape_vec(vec![5, 6], values).expect("thirty");
        let target = PositiveArray::new(target).expect("positive");
        let action = PlaneAction::neumann(target, elasticity).expect("valid");
        let minimum = action.minimise().expect("it converges");
        let (low, high) = (action.target().minimum().get(), action.target().maximum().get());
        let pairs = || action.target().as_slice().iter().zip(minimum.field.as_slice());
        for (_, field) in pairs() {
            prop_assert!(low - 1e-12 <= *field && *field <= high + 1e-12);
        }
        let balance: f64 = pairs().map(|(target, field)| (field - target) / field / field).sum();
        // Thirty entries of the gradient, each as small as its floor.
        prop_assert!(balance.abs() <= 60.0 * minimum.certificate.rounding_floor);
    }
}
