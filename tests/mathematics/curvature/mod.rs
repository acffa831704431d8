//! Lanczos, its certificates and its ghosts: against spectra that are known, closed forms and the dense
//! eigensolver.

mod printed;
mod published;

use itakura_saito::curvature::*;
use itakura_saito::operator::{Operator, Symmetric, SymmetricTridiagonal};
use itakura_saito::{Error, Result};
use ndarray::{Array1, Array2};
use proptest::collection::vec;
use proptest::prelude::*;

/// Rounding of a symmetric eigenproblem of the sizes here, relative to the norm.
const ROUNDING: f64 = 1e-12;

/// A matrix with these eigenvalues, turned by two reflections so that no axis is an eigenvector.
fn turned(eigenvalues: &[f64]) -> Symmetric {
    let count = eigenvalues.len();
    let mut matrix = Array2::from_diag(&Array1::from(eigenvalues.to_vec()));
    for shift in [0.3, 1.7] {
        let normal = Array1::from_shape_fn(count, |i| (1.0 + shift * i as f64).sin() + 0.1);
        let square = normal.dot(&normal);
        let reflection = Array2::from_shape_fn((count, count), |(i, j)| {
            let identity = if i == j { 1.0 } else { 0.0 };
            identity - 2.0 * normal[i] * normal[j] / square
        });
        matrix = reflection.dot(&matrix).dot(&reflection);
    }
    Symmetric::new(matrix).expect("turned symmetrically")
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(f64::MIN_POSITIVE, |largest, value| largest.max(value.abs()))
}

fn ones(count: usize) -> Vec<f64> {
    vec![1.0; count]
}

/// A symmetric matrix of 3 to 24 rows, with a start vector and a number of steps.
fn problem() -> impl Strategy<Value = (Symmetric, Vec<f64>, usize)> {
    (3..25usize).prop_flat_map(|count| {
        let entries = vec(-1.0..1.0, count * count);
        (entries, vec(0.1..1.0, count), 1..=count).prop_map(move |(entries, start, steps)| {
            let matrix = Array2::from_shape_vec((count, count), entries).expect("the right count");
            (Symmetric::new(&matrix + &matrix.t()).expect("symmetric"), start, steps)
        })
    })
}

fn published(steps: usize, precision: Precision) -> PublishedRun {
    let known = Diagonal::isolated_top(1).expect("one is allowed");
    PublishedRun::run(&known, &ones(200), steps, precision).expect("a known matrix")
}

// P13: what Lanczos with full reorthogonalisation keeps.

proptest! {
    #[test]
    fn the_tridiagonal_matrix_has_the_moments_of_the_operator((matrix, start, steps) in problem()) {
        let run = Lanczos::run(&matrix, &start, steps)?;
        let scale = largest(&matrix.eigenvalues());
        let length = start.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
        let unit: Vec<f64> = start.iter().map(|entry| entry / length).collect();
        let mut first = vec![0.0; run.steps()];
        first[0] = 1.0;
        let (mut of_operator, mut of_projection) = (unit.clone(), first);
        for power in 1..2 * run.steps() {
            of_operator = matrix.applied(&of_operator);
            of_projection = run.tridiagonal().applied(&of_projection);
            let exact: f64 = of_operator.iter().zip(&unit).map(|(a, b)| a * b).sum();
            let tolerance = ROUNDING * power as f64 * scale.powi(power as i32);
            prop_assert!((of_projection[0] - exact).abs() <= tolerance, "power {power}");
        }
    }

    #[test]
    fn ritz_values_interlace_from_step_to_step((matrix, start, steps) in problem()) {
        prop_assume!(steps > 1);
        let more = Lanczos::run(&matrix, &start, steps)?.values();
        let fewer = Lanczos::run(&matrix, &start, more.len() - 1)?.values();
        let slack = ROUNDING * largest(&more);
        for (place, value) in fewer.iter().enumerate() {
            prop_assert!(more[place] + slack >= *value && *value >= more[place + 1] - slack);
        }
    }

    #[test]
    fn ritz_values_interlace_with_the_spectrum((matrix, start, steps) in problem()) {
        let ritz = Lanczos::run(&matrix, &start, steps)?.values();
        let exact: Vec<f64> = matrix.eigenvalues().into_iter().rev().collect();
        let slack = ROUNDING * largest(&exact);
        for (place, value) in ritz.iter().enumerate() {
            prop_assert!(*value <= exact[place] + slack);
            prop_assert!(*value >= exact[exact.len() - ritz.len() + place] - slack);
        }
    }

    #[test]
    fn ritz_values_are_distinct_and_the_vectors_orthonormal((matrix, start, steps) in problem()) {
        let run = Lanczos::run(&matrix, &start, steps)?;
        prop_assert!(run.loss_of_orthogonality() <= ROUNDING);
        prop_assert!(run.values().windows(2).all(|pair| pair[0] > pair[1]));
    }

    #[test]
    fn every_bound_contains_an_eigenvalue((matrix, start, steps) in problem()) {
        let run = Lanczos::run(&matrix, &start, steps)?;
        let exact = matrix.eigenvalues();
        // The dense eigenvalues have a rounding of their own.
        let slack = 1e-14 * largest(&exact);
        for ritz in run.ritz() {
            prop_assert!(exact.iter().any(|value| (value - ritz.value).abs() <= ritz.bound + slack));
        }
    }

    #[test]
    fn the_residual_of_the_recursion_is_that_of_the_vector((matrix, start, steps) in problem()) {
        let run = Lanczos::run(&matrix, &start, steps)?;
        for (place, ritz) in run.ritz().iter().enumerate() {
            let vector = run.ritz_vector(place)?;
            let image = matrix.applied(&vector);
            let residual = image.iter().zip(&vector).map(|(a, b)| (a - ritz.value * b).powi(2));
            let residual = residual.sum::<f64>().sqrt();
            prop_assert!((residual - ritz.residual).abs() <= ROUNDING * largest(&run.values()));
        }
    }

    #[test]
    fn weights_are_a_probability((matrix, start, steps) in problem()) {
        let run = Lanczos::run(&matrix, &start, steps)?;
        prop_assert!((run.ritz().iter().map(|ritz| ritz.weight).sum::<f64>() - 1.0).abs() < ROUNDING);
    }

    // The ends, with their multiplicities, beside the dense solver.

    #[test]
    fn both_ends_come_with_their_multiplicities(
        levels in vec(-5i32..=5, 2..5), repeats in vec(1..5usize, 4), seed in 0..50u64,
    ) {
        let eigenvalues: Vec<f64> = levels
            .iter()
            .zip(&repeats)
            .flat_map(|(level, times)| vec![f64::from(*level); *times])
            .chain((0..40).map(|i| -0.5 + i as f64 / 40.0))
            .collect();
        let matrix = turned(&eigenvalues);
        let mut exact = eigenvalues.clone();
        exact.sort_by(f64::total_cmp);
        let ends = Ends { seed, ..Ends::new(6, 6) };
        let spectrum = eigenvalues_at_the_ends(&matrix, &ends)?;
        prop_assert!(spectrum.is_converged());
        let slack = ROUNDING * largest(&exact);
        for (found, wanted) in spectrum.bottom_values().iter().zip(&exact) {
            prop_assert!((found - wanted).abs() <= slack, "{found} {wanted}");
        }
        for (found, wanted) in spectrum.top_values().iter().zip(exact.iter().rev()) {
            prop_assert!((found - wanted).abs() <= slack, "{found} {wanted}");
        }
        prop_assert!(spectrum.loss_of_orthogonality <= ROUNDING);
    }

    #[test]
    fn inertia_counts_what_the_dense_solver_finds((matrix, _, _) in problem(), shift in -3.0..3.0) {
        let counts = inertia(&matrix, shift)?;
        let below = matrix.eigenvalues().iter().filter(|value| **value < shift).count();
        let total = matrix.dim();
        prop_assert_eq!((counts.below, counts.at, counts.above), (below, 0, total - below));
    }

    #[test]
    fn surplus_copies_leave_one_of_each_row(gaps in vec(prop_oneof![Just(1e-6), 0.01..1.0], 1..20)) {
        let mut values = vec![100.0];
        for gap in &gaps {
            values.push(values[values.len() - 1] * (1.0 - 0.1 * gap));
        }
        let rows = 1 + gaps.iter().filter(|gap| **gap > 1e-3).count();
        let kept = surplus_copies(&values, &[], COPY).iter().filter(|surplus| !**surplus).count();
        prop_assert_eq!(kept, rows);
    }
}

// Restarts and budgets.

#[test]
fn restarts_find_what_one_space_could_not_hold() {
    let eigenvalues: Vec<f64> = (0..400).map(|i| (i as f64 / 399.0).powi(2)).collect();
    let matrix = turned(&eigenvalues);
    let spectrum = eigenvalues_at_the_ends(&matrix, &Ends::new(8, 0)).unwrap();
    // More products than the space has room for, so that it was restarted.
    assert!(spectrum.products > 60, "{}", spectrum.products);
    for (found, expected) in spectrum.top_values().iter().zip(eigenvalues.iter().rev()) {
        assert!((found - expected).abs() < ROUNDING);
    }
}

#[test]
fn what_the_budget_does_not_allow_stays_open() {
    let eigenvalues: Vec<f64> = (0..400).map(|i| i as f64).collect();
    let matrix = turned(&eigenvalues);
    let ends = Ends { products: 20, ..Ends::new(5, 0) };
    let spectrum = eigenvalues_at_the_ends(&matrix, &ends).unwrap();
    assert!(!spectrum.is_converged());
    for pair in &spectrum.top {
        assert!(eigenvalues.iter().any(|value| (value - pair.value).abs() <= pair.bound));
    }
}

#[test]
fn all_eigenvalues_may_be_wanted() {
    let eigenvalues = [3.0, 3.0, 1.0, 0.0, 0.0, -2.0];
    let spectrum = eigenvalues_at_the_ends(&turned(&eigenvalues), &Ends::new(4, 2)).unwrap();
    for (found, expected) in spectrum.top_values().iter().zip([3.0, 3.0, 1.0, 0.0]) {
        assert!((found - expected).abs() < ROUNDING);
    }
    for (found, expected) in spectrum.bottom_values().iter().zip([-2.0, 0.0]) {
        assert!((found - expected).abs() < ROUNDING);
    }
}

#[test]
fn an_invariant_subspace_ends_the_run() {
    let known = Diagonal::new(vec![3.0, 2.0, 1.0, 0.0]).unwrap();
    let run = Lanczos::run(&known, &[1.0, 0.0, 1.0, 0.0], 4).unwrap();
    assert!(run.found_an_invariant_subspace());
    assert_eq!(run.steps(), 2);
    for (found, expected) in run.values().iter().zip([3.0, 1.0]) {
        assert!((found - expected).abs() < 1e-15);
    }
    assert!(run.ritz().iter().all(|ritz| ritz.status == Status::Converged));
    let zero = Diagonal::new(vec![0.0; 5]).unwrap();
    let run = Lanczos::run(&zero, &ones(5), 5).unwrap();
    assert_eq!((run.steps(), run.values()[0]), (1, 0.0));
    let all = eigenvalues_at_the_ends(&zero, &Ends::new(2, 2)).unwrap();
    assert!(all.top_values().iter().chain(&all.bottom_values()).all(|value| *value == 0.0));
}

// Trace and density.

/// A spectrum like that of a Hessian: a few large values over a bulk that falls off.
fn decaying() -> Vec<f64> {
    (0..150).map(|i| 10.0 / (1.0 + i as f64).powi(2) - 0.01 * (i % 3) as f64).collect()
}

#[test]
fn both_estimators_find_the_trace_within_their_errors() {
    let matrix = turned(&decaying());
    let exact: f64 = decaying().iter().sum();
    let (mut plain, mut reduced) = (0.0, 0.0);
    for seed in 0..20 {
        for (estimate, spread) in [
            (hutchinson(&matrix, 30, seed).unwrap(), &mut plain),
            (hutch_plus_plus(&matrix, 30, seed).unwrap(), &mut reduced),
        ] {
            // Four standard errors of ten to thirty samples: with 20 seeds none should exceed them.
            let errors = (estimate.value - exact).abs() / estimate.standard_error;
            assert!(errors < 4.5, "seed {seed}: {estimate:?}");
            assert!(estimate.products <= 30);
            *spread += (estimate.value - exact).powi(2);
        }
    }
    assert!(reduced < 0.1 * plain, "{reduced} {plain}");
}

#[test]
fn moments_of_the_density_are_those_of_the_spectrum() {
    let matrix = turned(&decaying());
    let density = SpectralDensity::estimate(&matrix, 20, 25, 3).unwrap();
    assert!((density.moment(0).value - 1.0).abs() < ROUNDING);
    for order in 1..=6 {
        let exact = decaying().iter().map(|value| value.powi(order)).sum::<f64>() / 150.0;
        let moment = density.moment(order as u32);
        let errors = (moment.value - exact).abs() / moment.standard_error;
        assert!(errors < 4.0, "order {order}: {moment:?} {exact}");
    }
}

#[test]
fn a_quadrature_of_full_length_counts_eigenvalues() {
    // From a complete run every start vector sees the measure itself; the share is an average of it.
    let known = Diagonal::new((0..40).map(|i| i as f64 - 9.5).collect()).unwrap();
    let density = SpectralDensity::estimate(&known, 200, 40, 5).unwrap();
    let share = density.share_below(0.0);
    assert!((share.value - 0.25).abs() < 4.0 * share.standard_error);
    assert!(share.standard_error < 0.01);
}

// The same call gives the same bits.

#[test]
fn results_repeat_to_the_last_bit() {
    let matrix = turned(&decaying());
    let ends = Ends::new(4, 2);
    let once = eigenvalues_at_the_ends(&matrix, &ends).unwrap();
    assert_eq!(once, eigenvalues_at_the_ends(&matrix, &ends).unwrap());
    let trace = hutch_plus_plus(&matrix, 12, 7).unwrap();
    assert_eq!(trace, hutch_plus_plus(&matrix, 12, 7).unwrap());
    assert_ne!(trace, hutch_plus_plus(&matrix, 12, 8).unwrap());
}

// What is wrong is said.

fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn bad_input_is_named() {
    let known = Diagonal::isolated_top(1).unwrap();
    let text = message(Lanczos::run(&known, &ones(200), 201));
    assert!(text.contains("201") && text.contains("dimensions"), "{text}");
    let text = message(Lanczos::run(&known, &ones(200), 0));
    assert!(text.contains("at least 1"), "{text}");
    let text = message(Lanczos::run(&known, &vec![0.0; 200], 5));
    assert!(text.contains("norm of the start vector"), "{text}");
    let text = message(PublishedRun::run(&known, &ones(7), 5, Precision::Single));
    assert!(text.contains("200 values, but has 7"), "{text}");
    let text = message(Lanczos::run(&known, &vec![f64::NAN; 200], 5));
    assert!(text.contains("start vector at [0]"), "{text}");
    let text = message(eigenvalues_at_the_ends(&known, &Ends::new(150, 51)));
    assert!(text.contains("201"), "{text}");
    let text = message(eigenvalues_at_the_ends(&known, &Ends::new(0, 0)));
    assert!(text.contains("at least 1"), "{text}");
    let strict = Ends { tolerance: 0.0, ..Ends::new(1, 0) };
    assert!(message(eigenvalues_at_the_ends(&known, &strict)).contains("tolerance"));
    assert!(message(Diagonal::new(vec![])).contains("empty"));
    assert!(message(Diagonal::new(vec![1.0, f64::INFINITY])).contains("[1]"));
    assert!(message(Diagonal::isolated_top(0)).contains("multiplicity"));
    assert!(message(CopyForecast::new(1.0, 2.0, 0.0, 1e-16)).contains("second eigenvalue"));
    assert!(message(CopyForecast::new(2.0, 1.0, 0.0, f64::NAN)).contains("rounding unit"));
    assert!(message(hutchinson(&known, 1, 0)).contains("at least 2"));
    assert!(message(hutch_plus_plus(&known, 5, 0)).contains("at least 6"));
    assert!(message(hutch_plus_plus(&known, 900, 0)).contains("300"));
    assert!(message(SpectralDensity::estimate(&known, 1, 5, 0)).contains("start vectors"));
    let single = SymmetricTridiagonal::new(vec![1.0], vec![]).unwrap();
    assert!(message(cullum_willoughby(&single, &[1.0], 1e-16)).contains("at least 2"));
    let run = Lanczos::run(&known, &ones(200), 3).unwrap();
    assert!(message(run.ritz_vector(3)).contains("between 0 and 2"));
    let dense = Symmetric::new(Array2::eye(2)).unwrap();
    assert!(message(inertia(&dense, f64::NAN)).contains("shift"));
}

/// An operator of three dimensions with these entries, whatever they are.
struct Anything([[f64; 3]; 3]);

impl Operator for Anything {
    fn dim(&self) -> usize {
        3
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        for (image, row) in y.iter_mut().zip(&self.0) {
            *image = row.iter().zip(x).map(|(entry, value)| entry * value).sum();
        }
    }
}

#[test]
fn an_operator_that_breaks_its_promise_is_found() {
    let skew = Anything([[1.0, 2.0, 0.0], [0.5, 1.0, 3.0], [1.0, 0.0, 2.0]]);
    let found = Lanczos::run(&skew, &[1.0, 2.0, 3.0], 3);
    assert!(matches!(found, Err(Error::NotSymmetric { .. })), "{found:?}");
    let found = eigenvalues_at_the_ends(&skew, &Ends::new(1, 1));
    assert!(matches!(found, Err(Error::NotSymmetric { .. })), "{found:?}");
    let broken = Anything([[1.0, 0.0, 0.0], [0.0, f64::NAN, 0.0], [0.0, 0.0, 1.0]]);
    for text in [
        message(Lanczos::run(&broken, &ones(3), 2)),
        message(PublishedRun::run(&broken, &ones(3), 2, Precision::Double)),
        message(eigenvalues_at_the_ends(&broken, &Ends::new(1, 0))),
        message(hutchinson(&broken, 4, 0)),
    ] {
        assert!(text.contains("product at [1]") && text.contains("NaN"), "{text}");
    }
}
