//! Fields with next to no elasticity, one minimum where two are asked for, and formulas instead of grids.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::*;
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::spectrum::VarianceSplit;
use ndarray::Array2;

/// A target on a rectangle of cells that varies over some decades.
fn target(rows: usize, columns: usize, decades: f64) -> PositiveArray {
    let at = |(row, column): (usize, usize)| {
        10f64.powf(decades * (1.7 * row as f64 + 0.9 * (column * column) as f64).sin())
    };
    PositiveArray::try_from(Array2::from_shape_fn((rows, columns), at)).expect("positive")
}

#[test]
fn a_plane_field_of_any_small_elasticity_is_found() {
    for (rows, columns, decades) in [(20, 30, 0.2), (7, 11, 1.5), (30, 20, 0.0)] {
        for elasticity in [0.0, 1e-300, 1e-20, 1e-12, 1e-9, 1e-6] {
            let target = target(rows, columns, decades);
            let scale = target.minimum().get().powi(2) / (rows * columns) as f64;
            let action = PlaneAction::neumann(target.clone(), elasticity * scale).unwrap();
            let minimum =
                action.minimise().unwrap_or_else(|error| panic!("{elasticity:e}: {error}"));
            let certificate = minimum.certificate;
            assert!(certificate.gradient <= certificate.rounding_floor);
            assert!(certificate.smallest_eigenvalue > 0.0);
            if elasticity <= 1e-12 {
                let pairs = minimum.field.iter().zip(target.iter());
                let gap = pairs.map(|(f, y)| (f.get() / y.get() - 1.0).abs()).fold(0.0, f64::max);
                assert!(gap < 1e-8, "{elasticity:e}: {gap:e}");
            }
        }
    }
    let held = PlaneAction::dirichlet(target(20, 30, 0.2), 1e-12, 2.0).unwrap();
    assert!(held.minimise().is_ok());
}

#[test]
fn an_action_with_one_minimum_has_no_exchange() {
    for (values, low, high) in [
        (vec![1.0, 1.2, 1.1], 0.05, 0.2),
        (vec![3.0, 2.0, 2.5, 2.2], 1e-3, 1.0),
        (vec![1.0, 1.0], 0.1, 0.2),
    ] {
        let action = Action::neumann(PositiveArray::from_vec(values).unwrap(), 0.1).unwrap();
        let refused = RivalMinima::exchange(&action, low, high);
        assert!(matches!(refused, Err(Error::OneMinimum { .. })), "{refused:?}");
        let reversed = RivalMinima::exchange(&action, high, low);
        assert!(matches!(reversed, Err(Error::OutOfRange { .. })), "{reversed:?}");
    }
}

#[test]
fn a_residual_by_formula_needs_no_grid() {
    // f = 1.5 + 0.5 cos πx solves (9) for y = f - 2λ f² f''.
    use std::f64::consts::PI;
    let elasticity = 0.02;
    let solution = |x: f64| {
        let (sine, cosine) = (PI * x).sin_cos();
        [1.5 + 0.5 * cosine, -0.5 * PI * sine, -0.5 * PI * PI * cosine]
    };
    let exact = |x: f64| {
        let [f, _, bend] = solution(x);
        f - 2.0 * elasticity * f * f * bend
    };
    let points = Grid::finite_volume(200).unwrap().points();
    let by_formula =
        LogarithmicResidual::of_formula(elasticity, &points, &solution, &exact).unwrap();
    assert!(by_formula.corrected().iter().all(|left| left.abs() < 1e-14));
    for (left, x) in by_formula.printed().iter().zip(&points) {
        assert!((left + 2.0 * elasticity * solution(*x)[1].powi(2)).abs() < 1e-14);
    }
    // What a grid says comes nearer to it as the grid gets finer.
    let gap = |count: usize| {
        let grid = Grid::finite_volume(count).unwrap();
        let action = Action::neumann(sample(&grid, &exact).unwrap(), elasticity).unwrap();
        let field = sample(&grid, &|x| solution(x)[0]).unwrap();
        let on_grid = LogarithmicResidual::of(&action, &field).unwrap();
        let places = on_grid.points().to_vec();
        let exactly =
            LogarithmicResidual::of_formula(elasticity, &places, &solution, &exact).unwrap();
        let pairs = on_grid.printed().iter().zip(exactly.printed());
        pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
    };
    assert!((gap(50) / gap(100) - 4.0).abs() < 0.1, "{} {}", gap(50), gap(100));
    let none = LogarithmicResidual::of_formula(elasticity, &[], &solution, &exact);
    assert!(matches!(none, Err(Error::Empty { .. })));
    let negative = LogarithmicResidual::of_formula(elasticity, &[0.5], &solution, &|_| -1.0);
    assert!(matches!(negative, Err(Error::NotPositive { .. })));
}

#[test]
fn a_grid_by_spacing_is_the_grid_by_length() {
    for grid in [
        Grid::finite_volume(7).unwrap(),
        Grid::finite_difference(7).unwrap(),
        Grid::lattice(7, Boundary::Dirichlet).unwrap(),
        Grid::lattice(7, Boundary::Periodic).unwrap(),
    ] {
        let by_spacing = grid.with_spacing(0.25).unwrap();
        let by_length = grid.with_length(by_spacing.length()).unwrap();
        assert_eq!((by_spacing.spacing(), by_spacing.points()), (0.25, by_length.points()));
        for spacing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(grid.with_spacing(spacing), Err(Error::NotPositive { .. })));
        }
    }
}

#[test]
fn a_variance_splits_whatever_the_coupling() {
    let masses = [0.6, 0.2, 0.9, 0.4, 1.3];
    let plain = VarianceSplit::on_lattice(&masses).unwrap();
    for coupling in [1e-3, 0.5, 1.0, 40.0] {
        let split = VarianceSplit::with_coupling(coupling, &masses).unwrap();
        assert!(split.relative_gap() < 1e-13);
        assert_close(split.of_laplacian, coupling * coupling * plain.of_laplacian, 1e-13);
        assert_eq!(split.of_masses, plain.of_masses);
    }
    for coupling in [0.0, -1.0, f64::NAN] {
        let refused = VarianceSplit::with_coupling(coupling, &masses);
        assert!(matches!(refused, Err(Error::NotPositive { .. })));
    }
}

#[test]
fn a_certificate_has_the_unit_of_its_field() {
    // Field and target times s and the elasticity over s² leave the action as it is: its Hessian goes with 1/s².
    let shape = [1.0, 2.0, 1.5, 3.0, 0.7, 1.1];
    let chain = |unit: f64| {
        let target = PositiveArray::from_vec(shape.map(|y| unit * y).to_vec()).unwrap();
        let free = Action::neumann(target.clone(), 0.01 / unit / unit).unwrap();
        let held = Action::dirichlet(target, 0.01 / unit / unit, 1.5 * unit).unwrap();
        [free, held].map(|action| action.minimise().unwrap().certificate)
    };
    let plane = |unit: f64| {
        let target = target(6, 9, 0.2).scaled(unit).unwrap();
        let action = PlaneAction::neumann(target, 0.01 / unit / unit).unwrap();
        [action.minimise().unwrap().certificate]
    };
    for unit in [1e-140, 1e-100, 1e-81, 1e-60, 1e60, 1e75, 1e100, 1e140] {
        let pairs = chain(unit).into_iter().zip(chain(1.0));
        for (certificate, plain) in pairs.chain(plane(unit).into_iter().zip(plane(1.0))) {
            let smallest = certificate.smallest_eigenvalue * unit * unit;
            assert_close(smallest, plain.smallest_eigenvalue, 1e-6);
            assert!(certificate.eigenvalue_error > 0.0 || plain.eigenvalue_error == 0.0);
            assert!(certificate.eigenvalue_error <= 1e-5 * certificate.smallest_eigenvalue);
        }
    }
}

#[test]
fn the_logarithmic_action_keeps_the_digits_of_a_field_near_its_target() {
    let action = Action::neumann(PositiveArray::of(&[1.0; 3]).unwrap(), 0.1).unwrap();
    for (excess, expected) in [(1e-8, 4.9999998725586258e-17), (1e-3, 4.993340825340559e-7)] {
        // 1/f + ln f - 1 for f = 1 + excess, as an f64.
        let flat = PositiveArray::of(&[1.0 + excess; 3]).unwrap();
        assert_close(action.logarithmic_value(&flat).unwrap(), expected, 1e-14);
        let value = action.value(&flat).unwrap();
        assert_close(action.logarithmic_value(&flat).unwrap(), value, 1e-15);
    }
    // In any unit, with a slope.
    let of = |unit: f64| {
        let target = PositiveArray::of(&[1.0, 2.0, 1.5, 1.2]).unwrap().scaled(unit).unwrap();
        let field = PositiveArray::of(&[1.1, 1.8, 1.4, 1.2]).unwrap().scaled(unit).unwrap();
        let action = Action::dirichlet(target, 0.1 / unit / unit, unit).unwrap();
        let residual = LogarithmicResidual::of(&action, &field).unwrap();
        (action.logarithmic_value(&field).unwrap(), residual)
    };
    let (value, residual) = of(1.0);
    for unit in [1e-120, 1e-40, 1e40, 1e120] {
        let (other, scaled) = of(unit);
        assert_close(other, value, 1e-13);
        for (one, other) in scaled.corrected().iter().zip(residual.corrected()) {
            assert_close(*one, *other, 1e-11);
        }
    }
}

#[test]
fn a_logarithmic_residual_is_a_number_or_an_error() {
    for unit in [1e-300, 1.0, 1e300] {
        let flat = PositiveArray::of(&[unit; 4]).unwrap();
        let action = Action::neumann(flat.clone(), 0.1).unwrap();
        let residual = LogarithmicResidual::of(&action, &flat).unwrap();
        assert!(residual.corrected().iter().chain(residual.printed()).all(|left| *left == 0.0));
    }
    let action = Action::neumann(PositiveArray::of(&[1e300; 3]).unwrap(), 0.1).unwrap();
    let steep = PositiveArray::of(&[1e300, 2e300, 1e300]).unwrap();
    let refused = LogarithmicResidual::of(&action, &steep);
    assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
}

#[test]
fn an_order_of_convergence_needs_errors_and_grids_that_differ() {
    for boundary in [Boundary::Neumann, Boundary::Dirichlet] {
        let of = |elasticity, nodes: &[usize]| {
            Refinement::of_known_solution(boundary, elasticity, nodes)
        };
        for elasticity in [0.0, 1e-300] {
            let refused = of(elasticity, &[10, 20]);
            assert!(matches!(refused, Err(Error::NotPositive { .. })), "{refused:?}");
        }
        let alike = of(0.02, &[10, 20, 20]);
        assert!(matches!(alike, Err(Error::InsideOf { value: 20.0, .. })), "{alike:?}");
        assert!(of(0.02, &[30, 20, 30]).unwrap().orders().iter().all(|order| order.is_finite()));
    }
}
