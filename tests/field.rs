//! The action and its minima, against reference values, closed forms, dense matrices and theorems.

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::divergence::{Divergence, Positive, PositiveArray};
use itakura_saito::field::{Action, Minimum, sample};
use itakura_saito::grid::Grid;
use itakura_saito::operator::{Operator, Symmetric};
use ndarray::Array2;

fn array(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("positive values")
}

fn constant(count: usize, value: f64) -> PositiveArray {
    PositiveArray::constant(&[count], Positive::new(value).unwrap()).unwrap()
}

fn cells(count: usize, formula: &dyn Fn(f64) -> f64) -> PositiveArray {
    sample(&Grid::finite_volume(count).unwrap(), formula).unwrap()
}

fn two_waves(count: usize) -> PositiveArray {
    cells(count, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin())
}

fn half_wave(count: usize) -> PositiveArray {
    cells(count, &|x| 1.25 + 0.75 * (PI * x).cos())
}

/// A narrow gap in a target of one: the one of two minima.
fn gap(count: usize) -> PositiveArray {
    cells(count, &|x| if (x - 0.5).abs() < 0.05 { 0.02 } else { 1.0 })
}

fn minimum(target: PositiveArray, elasticity: f64) -> Minimum {
    Action::neumann(target, elasticity).unwrap().minimise().unwrap()
}

#[track_caller]
fn close(observed: f64, expected: f64, relative: f64) {
    let allowed = relative * expected.abs();
    assert!((observed - expected).abs() <= allowed, "{observed} is not {expected}");
}

// ---- values, gradients, Hessians

#[test]
fn the_action_of_five_points_has_its_reference_value() {
    let target = array(&[1.0, 2.0, 3.0, 2.0, 1.0]);
    let field = array(&[1.1, 1.8, 2.5, 2.2, 1.3]);
    let action = Action::neumann(target, 0.1).unwrap().with_length(1.25).unwrap();
    close(action.value(&field).unwrap(), 0.7679565625370146, 1e-14);
}

/// One action of each kind, at a field that is no minimum.
fn examples() -> Vec<(Action, PositiveArray)> {
    let target = array(&[1.0, 2.0, 3.0, 2.0, 1.0, 0.2]);
    let field = array(&[1.1, 1.8, 2.5, 2.2, 1.3, 0.6]);
    let free = Action::neumann(target.clone(), 0.1).unwrap();
    let fixed = Action::dirichlet(target, 0.1, 1.5).unwrap();
    let mut all = Vec::new();
    for divergence in [
        Divergence::ItakuraSaito,
        Divergence::ReversedItakuraSaito,
        Divergence::SQUARED_ERROR,
        Divergence::KULLBACK_LEIBLER,
    ] {
        for action in [&free, &fixed] {
            all.push((action.clone().with_divergence(divergence), field.clone()));
        }
    }
    all.push((fixed.with_length(3.0).unwrap(), field));
    all
}

fn moved(field: &PositiveArray, index: usize, step: f64) -> PositiveArray {
    let mut values = field.as_slice().to_vec();
    values[index] += step;
    array(&values)
}

#[test]
fn the_gradient_is_the_difference_quotient_of_the_action() {
    let step = 1e-5;
    for (action, field) in examples() {
        let gradient = action.gradient(&field).unwrap();
        for (index, entry) in gradient.iter().enumerate() {
            let value = |step| action.value(&moved(&field, index, step)).unwrap();
            let quotient = (value(step) - value(-step)) / (2.0 * step * action.grid().spacing());
            // The square of the step times a third derivative of a few hundred.
            assert!((entry - quotient).abs() < 1e-7, "{index} of {action:?}: {entry} {quotient}");
        }
    }
}

#[test]
fn the_hessian_is_the_difference_quotient_of_the_gradient() {
    let step = 1e-5;
    for (action, field) in examples() {
        let hessian = action.hessian(&field).unwrap();
        for index in 0..field.len() {
            let mut unit = vec![0.0; field.len()];
            unit[index] = 1.0;
            let column = hessian.applied(&unit);
            let gradient = |step| action.gradient(&moved(&field, index, step)).unwrap();
            let (above, below) = (gradient(step), gradient(-step));
            for row in 0..field.len() {
                let quotient = (above[row] - below[row]) / (2.0 * step);
                assert!((column[row] - quotient).abs() < 1e-6, "({row}, {index}) of {action:?}");
            }
        }
    }
}

#[test]
fn the_linearised_operator_is_the_hessian_where_the_field_is_the_target() {
    for (action, _) in examples() {
        let linearised = action.linearised().unwrap();
        assert_eq!(linearised, action.hessian(action.target()).unwrap());
    }
    let action = Action::neumann(array(&[0.5, 2.0]), 0.0).unwrap();
    assert_eq!(action.linearised().unwrap().diagonal(), [4.0, 0.25]);
}

// ---- minima

#[test]
fn minima_over_eight_decades_of_elasticity_have_their_reference_values() {
    let solve = |elasticity| minimum(two_waves(200), elasticity);
    for (elasticity, action, index, field) in [
        (1e-4, 0.003910794348125, 0, 1.431018243089),
        (1e-3, 0.02641552992467, 75, 0.5794613804876),
        (1e-2, 0.07798013786881, 0, 1.459943436289),
        (1e4, 0.1053604609265, 0, 1.250000681428),
    ] {
        let minimum = solve(elasticity);
        close(minimum.action, action, 1e-12);
        close(minimum.field.as_slice()[index], field, 1e-11);
    }
    close(solve(1e-2).field.as_slice()[75], 1.060871308756, 1e-11);
    close(solve(1.0).action, 0.1048221275254, 1e-12);
    close(solve(1e4).field.arithmetic_mean().get(), 1.25, 1e-6);
}

#[test]
fn from_two_starts_there_are_two_strict_minima() {
    let action = Action::neumann(gap(400), 0.02).unwrap();
    let near = action.minimise().unwrap();
    let far = action.minimise_from(&constant(400, 1.0)).unwrap();
    for (minimum, value, middle, lowest) in [
        (&near, 0.308026747997, 0.0208097529905, 2.235110461),
        (&far, 0.276916591026, 0.667668561618, 1.197338877),
    ] {
        close(minimum.action, value, 5e-12);
        close(minimum.field.as_slice()[200], middle, 5e-12);
        close(minimum.certificate.smallest_eigenvalue, lowest, 1e-9);
    }
    let ratio = far.field.as_slice()[200] / 0.02;
    assert!(ratio > 2.0, "the second minimum is where the divergence is concave");
}

#[test]
fn the_two_minima_are_no_effect_of_the_grid() {
    let action = Action::neumann(gap(1600), 0.02).unwrap();
    close(action.minimise().unwrap().action, 0.308149223136, 2e-12);
    close(action.minimise_from(&constant(1600, 1.0)).unwrap().action, 0.276919724995, 2e-12);
}

#[test]
fn the_certificate_agrees_with_a_dense_eigenvalue() {
    for action in [
        Action::neumann(half_wave(40), 0.01).unwrap(),
        Action::dirichlet(half_wave(40), 0.01, 0.3).unwrap(),
        Action::neumann(half_wave(40), 0.0).unwrap(),
        Action::dirichlet(two_waves(40), 1e4, 5.0).unwrap(),
    ] {
        let minimum = action.minimise().unwrap();
        let certificate = minimum.certificate;
        let hessian = action.hessian(&minimum.field).unwrap();
        let identity = |column: usize| {
            let mut unit = vec![0.0; 40];
            unit[column] = 1.0;
            hessian.applied(&unit)
        };
        let columns: Vec<Vec<f64>> = (0..40).map(identity).collect();
        let dense =
            Symmetric::new(Array2::from_shape_fn((40, 40), |(i, j)| columns[j][i])).unwrap();
        let eigenvalues = dense.eigenvalues();
        // LAPACK-like accuracy: rounding of the largest eigenvalue.
        let rounding = 40.0 * f64::EPSILON * eigenvalues[39];
        let gap = certificate.smallest_eigenvalue - eigenvalues[0];
        assert!(gap.abs() <= certificate.eigenvalue_error + rounding, "{gap} {certificate:?}");
        assert!(certificate.eigenvalue_error < 1e-6 * eigenvalues[0], "{certificate:?}");
        assert!(certificate.gradient <= certificate.rounding_floor && certificate.step <= 1e-12);
    }
}

#[test]
fn fine_grids_are_solved_as_well_as_coarse_ones() {
    let coarse = minimum(two_waves(1000), 0.01);
    let fine = minimum(two_waves(1_000_000), 0.01);
    close(fine.action, coarse.action, 1e-4);
    assert!(fine.certificate.iterations <= coarse.certificate.iterations + 2);
    assert!(fine.certificate.eigenvalue_error < 1e-6, "{:?}", fine.certificate);
}

// ---- input that is refused

#[test]
fn input_without_meaning_is_refused_with_the_value() {
    let target = || array(&[1.0, 2.0, 3.0]);
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let error = Action::neumann(target(), bad).unwrap_err();
        assert!(matches!(error, Error::OutOfRange { .. }), "{error}");
        assert!(error.to_string().contains(&bad.to_string()), "{error}");
    }
    for bad in [0.0, -0.5, f64::NAN] {
        let error = Action::dirichlet(target(), 0.1, bad).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("boundary value must be positive and finite, but it is {bad}")),
            "{error}"
        );
        let error = Action::neumann(target(), 0.1).unwrap().with_length(bad).unwrap_err();
        assert!(matches!(error, Error::NotPositive { .. }), "{error}");
        // Neither a target nor a start can hold such a value, by type.
        let error = PositiveArray::from_vec(vec![1.0, bad]).unwrap_err();
        assert!(matches!(&error, Error::NotPositiveAt { index, .. } if index == &[1]), "{error}");
        let grid = Grid::finite_volume(4).unwrap();
        assert!(sample(&grid, &|x| if x > 0.5 { bad } else { 1.0 }).is_err());
    }
    let error = Action::neumann(array(&[1.0]), 0.1).unwrap_err();
    assert!(matches!(error, Error::TooFew { count: 1, minimum: 2, .. }), "{error}");
    let error = Action::dirichlet(array(&[1.0]), 0.1, 1.0).unwrap_err();
    assert!(matches!(error, Error::TooFew { count: 1, minimum: 2, .. }), "{error}");
    let plane = PositiveArray::try_from(Array2::ones((3, 4))).unwrap();
    let error = Action::neumann(plane, 0.1).unwrap_err();
    assert!(matches!(error, Error::Axes { expected: 1, found: 2, .. }), "{error}");
    let error = Action::neumann(target(), 1e308).unwrap_err();
    assert!(matches!(error, Error::NotFinite { .. }), "{error}");
}

#[test]
fn a_field_or_start_of_another_length_is_refused() {
    let action = Action::neumann(array(&[1.0, 2.0, 3.0]), 0.1).unwrap();
    let short = array(&[1.0, 2.0]);
    let errors = [
        action.value(&short).unwrap_err(),
        action.gradient(&short).unwrap_err(),
        action.hessian(&short).unwrap_err(),
        action.roughness(&short).unwrap_err(),
        action.minimise_from(&short).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::ShapeMismatch { .. }), "{error}");
    }
}

#[test]
fn a_solve_without_a_solution_says_so_and_returns_no_field() {
    // The curvature of the target is beyond the largest number, so that no step can be formed.
    let action = Action::neumann(array(&[1e-200, 1e-200]), 0.1).unwrap();
    let error = action.minimise_from(&array(&[1.0, 1e-250])).unwrap_err();
    assert!(matches!(error, Error::NotConverged { .. }), "{error}");
    assert!(error.to_string().contains("the residual is"), "{error}");
}

#[test]
fn every_start_leads_to_the_one_minimum_where_there_is_only_one() {
    // The largest target is below twice the smallest: the action is convex between them.
    let target = cells(60, &|x| 1.5 + 0.4 * (7.0 * x).cos());
    let action = Action::neumann(target, 0.003).unwrap();
    let expected = action.minimise().unwrap();
    for start in [1e-6, 0.3, 5.0, 1e6] {
        let found = action.minimise_from(&constant(60, start)).unwrap();
        for (found, expected) in found.field.as_slice().iter().zip(expected.field.as_slice()) {
            close(*found, *expected, 1e-11);
        }
    }
}
