//! The action and its minima, against reference values, closed forms, dense matrices and theorems.

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::divergence::{Divergence, PositiveArray};
use itakura_saito::field::{
    Action, LogarithmicResidual, Minimum, Refinement, RivalMinima, Sweep, sample, sample_square,
};
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::operator::{Operator, Symmetric};
use ndarray::Array2;
use proptest::collection::vec;
use proptest::prelude::*;

fn array(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("positive values")
}

fn constant(count: usize, value: f64) -> PositiveArray {
    PositiveArray::constant(&[count], value).unwrap()
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
fn on_a_long_chain_the_certificate_agrees_with_all_eigenvalues() {
    for action in [
        Action::neumann(half_wave(8200), 1e-4).unwrap(),
        Action::dirichlet(two_waves(8193), 1e-2, 5.0).unwrap(),
    ] {
        let minimum = action.minimise().unwrap();
        let certificate = minimum.certificate;
        let eigenvalues = action.hessian(&minimum.field).unwrap().eigenvalues();
        let largest = eigenvalues[eigenvalues.len() - 1];
        let gap = certificate.smallest_eigenvalue - eigenvalues[0];
        // The iteration for all of them rounds relative to the largest.
        assert!(gap.abs() <= certificate.eigenvalue_error + 40.0 * f64::EPSILON * largest, "{gap}");
        assert!(certificate.eigenvalue_error < 1e-6 * eigenvalues[0], "{certificate:?}");
    }
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
fn a_field_lives_on_the_grid_that_it_was_sampled_on() {
    for grid in [Grid::finite_volume(5).unwrap(), Grid::finite_difference(5).unwrap()] {
        let long = grid.with_length(2.0).unwrap();
        let target = sample(&long, &|x| 1.0 + x).unwrap();
        let action = match grid.boundary() {
            Boundary::Dirichlet => Action::dirichlet(target, 0.1, 1.5),
            _ => Action::neumann(target, 0.1),
        };
        let action = action.unwrap().on(long).unwrap();
        assert_eq!(action.grid().points(), long.points());
        assert_eq!(action, action.clone().with_length(2.0).unwrap());
        let text = action.minimise().unwrap().figure(&action).unwrap().to_text();
        assert!(text.contains("smallest eigenvalue"), "{text}");
        let other = Grid::finite_volume(6).unwrap();
        let error = action.clone().on(other).unwrap_err();
        assert!(matches!(error, Error::Lengths { expected: 5, found: 6, .. }), "{error}");
        let ring = Grid::lattice(5, Boundary::Periodic).unwrap();
        let error = action.clone().on(ring).unwrap_err();
        assert!(matches!(&error, Error::Ends { found, .. } if found == "Periodic"), "{error}");
    }
}

#[test]
fn input_without_meaning_is_refused_with_the_value() {
    let target = || array(&[1.0, 2.0, 3.0]);
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let error = Action::neumann(target(), bad).unwrap_err();
        assert!(matches!(error, Error::OutOfRange { .. }), "{error}");
        assert!(error.to_string().contains(&bad.to_string()), "{error}");
        // There is no upper end to name.
        assert!(error.to_string().contains("must be at least 0, and finite"), "{error}");
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

// ---- P6: what every minimum obeys

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The identities follow from variations of a minimum with free ends: by a constant, by the field
    /// itself, and by its square.
    #[test]
    fn a_free_minimum_balances_its_forces(
        target in vec(0.1..10.0f64, 2..40),
        exponent in -4.0..2.0f64,
    ) {
        let elasticity = 10f64.powf(exponent);
        let action = Action::neumann(array(&target), elasticity).unwrap();
        let minimum = action.minimise().unwrap();
        let (field, spacing) = (minimum.field.as_slice(), action.grid().spacing());
        let pairs = || field.iter().zip(&target);
        let certificate = minimum.certificate;
        // A gradient at its floor at every point, and rounding of the terms.
        let near_zero = |value: f64, terms: f64| {
            let allowed = certificate.rounding_floor * terms + 1e-12 * terms;
            prop_assert!(value.abs() <= allowed, "{value} beyond {allowed}");
            Ok(())
        };
        let size = sum(field.iter().map(|f| spacing * (1.0 + f * f)));
        let roughness = action.roughness(&minimum.field).unwrap();
        // (a)
        near_zero(spacing * sum(pairs().map(|(f, y)| (f - y) / f / f)), 10.0 * size)?;
        // (b)
        let virial = spacing * sum(pairs().map(|(f, y)| 1.0 - y / f)) + 2.0 * elasticity * roughness;
        near_zero(virial, 10.0 * size)?;
        let logarithm = spacing * sum(pairs().map(|(f, y)| (f / y).ln()));
        near_zero(minimum.action - 3.0 * elasticity * roughness - logarithm, 10.0 * size)?;
        // (c)
        let cubes = sum(field.windows(2).map(|f| (f[1] - f[0]).powi(2) * (f[1] + f[0])));
        let mean = spacing * sum(pairs().map(|(f, y)| f - y));
        near_zero(mean + 2.0 * elasticity / spacing * cubes, 100.0 * size)?;
        prop_assert!(mean <= 1e-12 * size, "the mean of the field exceeds that of the target");
        // (d)
        let (low, high) = action.bounds();
        let inside = |f: &f64| low.get() * (1.0 - 1e-14) <= *f && *f <= high.get() * (1.0 + 1e-14);
        prop_assert!(field.iter().all(inside));
        // (g)
        prop_assert!(certificate.gradient <= certificate.rounding_floor);
        prop_assert!(certificate.smallest_eigenvalue > certificate.eigenvalue_error);
    }

    /// (e), where the minimum is unique; elsewhere the two solves may end in different ones.
    #[test]
    fn a_larger_target_is_a_stiffer_field(
        target in vec(1.0..2.0f64, 2..40),
        exponent in -4.0..2.0f64,
        factor in 0.01..100.0f64,
        wall in proptest::option::of(1.0..1.9f64),
    ) {
        let elasticity = 10f64.powf(exponent);
        let action = match wall {
            None => Action::neumann(array(&target), elasticity),
            Some(wall) => Action::dirichlet(array(&target), elasticity, wall),
        }.unwrap();
        prop_assume!(action.is_convex_between_bounds());
        let scaled = action.scaled(factor).unwrap();
        let stiffer = action.clone().with_elasticity(elasticity * factor * factor).unwrap();
        let (large, stiff) = (scaled.minimise().unwrap(), stiffer.minimise().unwrap());
        for (large, stiff) in large.field.as_slice().iter().zip(stiff.field.as_slice()) {
            prop_assert!((large / factor - stiff).abs() <= 1e-10 * stiff);
        }
        let value = scaled.value(&action.target().scaled(factor).unwrap()).unwrap();
        let expected = stiffer.value(action.target()).unwrap();
        prop_assert!((value - expected).abs() <= 1e-12 * expected.abs());
    }

    /// (f), by central differences, where the minimum is unique.
    #[test]
    fn the_slope_of_the_least_action_is_the_squared_gradient(
        target in vec(1.0..2.0f64, 2..40),
        exponent in -3.0..0.0f64,
    ) {
        let elasticity = 10f64.powf(exponent);
        let action = Action::neumann(array(&target), elasticity).unwrap();
        let least = |elasticity: f64| {
            action.clone().with_elasticity(elasticity).unwrap().minimise().unwrap()
        };
        let step = 1e-4 * elasticity;
        let quotient =
            (least(elasticity + step).action - least(elasticity - step).action) / (2.0 * step);
        let roughness = action.roughness(&least(elasticity).field).unwrap();
        prop_assert!((quotient - roughness).abs() <= 1e-5 * roughness + 1e-9 / elasticity);
    }

    /// The repair of the existence proof: cutting off never raises the action, for any field.
    #[test]
    fn truncation_never_raises_the_action(
        (target, field) in (2..40usize).prop_flat_map(|n| (vec(0.1..10.0f64, n), vec(0.01..100.0f64, n))),
        elasticity in 0.0..10.0f64,
        wall in proptest::option::of(0.05..20.0f64),
    ) {
        let action = match wall {
            None => Action::neumann(array(&target), elasticity),
            Some(wall) => Action::dirichlet(array(&target), elasticity, wall),
        }.unwrap();
        let field = array(&field);
        let truncated = action.truncated(&field).unwrap();
        let (before, after) = (action.value(&field).unwrap(), action.value(&truncated).unwrap());
        prop_assert!(after <= before * (1.0 + 1e-14), "{before} became {after}");
    }

    /// (10) for any test function, and not only for the unit vectors of the gradient.
    #[test]
    fn the_weak_form_vanishes_at_a_minimum_for_every_test_function(
        (target, variation) in
            (2..40usize).prop_flat_map(|n| (vec(0.1..10.0f64, n), vec(-1.0..1.0f64, n))),
        wall in proptest::option::of(0.05..20.0f64),
    ) {
        let action = match wall {
            None => Action::neumann(array(&target), 0.01),
            Some(wall) => Action::dirichlet(array(&target), 0.01, wall),
        }.unwrap();
        let minimum = action.minimise().unwrap();
        let weak = action.weak_residual(&minimum.field, &variation).unwrap();
        prop_assert!(weak.abs() <= 4.0 * minimum.certificate.rounding_floor);
        let gradient = action.gradient(action.target()).unwrap();
        let strong: f64 = gradient.iter().zip(&variation).map(|(g, v)| g * v).sum();
        let strong = action.grid().spacing() * strong;
        let weak = action.weak_residual(action.target(), &variation).unwrap();
        let size: f64 = gradient.iter().map(|g| g.abs()).sum();
        prop_assert!((weak - strong).abs() <= 1e-13 * (1.0 + size), "{weak} {strong}");
    }
}

#[test]
fn the_reference_of_the_squared_gradient() {
    let action = Action::neumann(two_waves(200), 0.01).unwrap();
    let minimum = action.minimise().unwrap();
    close(action.roughness(&minimum.field).unwrap(), 1.7354768015083, 1e-11);
    close(minimum.action, 0.07798013786881, 1e-12);
}

#[test]
fn a_small_elasticity_moves_the_field_by_the_curvature_of_the_target() {
    let action = Action::neumann(two_waves(200), 1e-6).unwrap();
    let (field, target) = (action.minimise().unwrap().field, two_waves(200));
    let (f, y, spacing) = (field.as_slice(), target.as_slice(), action.grid().spacing());
    let (mut largest, mut discrete, mut analytic): (f64, f64, f64) = (0.0, 0.0, 0.0);
    for (index, x) in action.grid().points().iter().enumerate().take(180).skip(20) {
        let second = (y[index + 1] - 2.0 * y[index] + y[index - 1]) / spacing / spacing;
        let exact = -0.75 * 16.0 * PI * PI * (4.0 * PI * x).sin();
        let moved = f[index] - y[index];
        largest = largest.max(moved.abs());
        let law = |second: f64| 2e-6 * y[index] * y[index] * second;
        discrete = discrete.max((moved - law(second)).abs());
        analytic = analytic.max((moved - law(exact)).abs());
    }
    close(largest, 9.43391501e-4, 1e-8);
    assert!((discrete - 2.96e-6).abs() < 0.005e-6, "{discrete}");
    assert!((analytic - 3.27e-6).abs() < 0.005e-6, "{analytic}");
}

// ---- scaling

#[test]
fn large_targets_lose_all_information() {
    let target = cells(64, &|x| 1.0 + 0.5 * (2.0 * PI * x).cos());
    let action = Action::neumann(target, 0.01).unwrap();
    for (factor, flatness, mean) in [
        (1.0, 0.6399248952726, 0.9355505080639),
        (10.0, 0.0126186082042, 0.9968812896999),
        (100.0, 1.265965609e-4, 0.9999683167072),
    ] {
        let scaled = action.scaled(factor).unwrap();
        let field = scaled.minimise().unwrap().field;
        let found = field.arithmetic_mean().get();
        let spread = field.maximum().get() - field.minimum().get();
        close(spread / found, flatness, 1e-9);
        close(found / factor, mean, 1e-12);
    }
}

// ---- the logarithmic variant

#[test]
fn the_printed_logarithmic_equation_lacks_a_term() {
    let action = Action::neumann(half_wave(400), 0.05).unwrap();
    let minimum = action.minimise().unwrap();
    close(minimum.action, 0.0616988411973283, 1e-12);
    close(minimum.field.as_slice()[0], 1.443668111650958, 1e-12);
    let residual = LogarithmicResidual::of(&action, &minimum.field).unwrap();
    close(residual.largest_printed(5), 0.11543733613, 1e-9);
    assert!((residual.largest_corrected(5) - 3.17e-6).abs() < 0.005e-6);
    assert_eq!(residual.points().len(), 398);
}

#[test]
fn the_logarithmic_action_is_the_action_up_to_the_square_of_the_spacing() {
    let gap = |count: usize| {
        let action = Action::neumann(half_wave(count), 0.05).unwrap();
        let field = cells(count, &|x| 1.5 + 0.5 * (PI * x).cos());
        action.logarithmic_value(&field).unwrap() - action.value(&field).unwrap()
    };
    let (coarse, fine) = (gap(100), gap(200));
    assert!(coarse.abs() < 1e-5, "{coarse}");
    assert!((coarse / fine - 4.0).abs() < 0.01, "{coarse} {fine}");
    // With fixed ends the faces at the walls count too.
    let grid = Grid::finite_difference(400).unwrap();
    let field = sample(&grid, &|x| 1.0 + 0.5 * (PI * x).sin()).unwrap();
    let action = Action::dirichlet(field.clone(), 0.5, 1.0).unwrap();
    let (one, other) = (action.logarithmic_value(&field).unwrap(), action.value(&field).unwrap());
    assert!((one - other).abs() < 1e-5, "{one} {other}");
}

// ---- uniqueness

#[test]
fn two_minima_exchange_at_one_elasticity() {
    let action = Action::neumann(gap(400), 0.02).unwrap();
    let exchange = RivalMinima::exchange(&action, 0.012, 0.02).unwrap();
    assert!((exchange.elasticity - 0.0157776977).abs() < 0.5e-10, "{exchange:?}");
    assert!((exchange.action - 0.2738967465).abs() < 0.5e-10, "{exchange:?}");
    assert!(exchange.residual.abs() < 1e-14, "{exchange:?}");
    assert!(!action.is_convex_between_bounds());
    let error = RivalMinima::exchange(&action, 0.018, 0.02).unwrap_err();
    assert!(matches!(error, Error::SameSign { .. }), "{error}");
}

// ---- convergence to the continuum

#[test]
fn the_grid_errs_by_the_square_of_its_spacing() {
    for boundary in [Boundary::Neumann, Boundary::Dirichlet] {
        let nodes = [25, 50, 100, 200, 400];
        let refinement = Refinement::of_known_solution(boundary, 0.02, &nodes).unwrap();
        for order in &refinement.orders()[1..] {
            assert!((order - 2.0).abs() < 0.01, "{boundary:?}: {:?}", refinement.orders());
        }
    }
    let error = Refinement::of_known_solution(Boundary::Periodic, 0.02, &[25]).unwrap_err();
    assert!(matches!(error, Error::OutOfRange { .. }), "{error}");
    let error = Refinement::of_known_solution(Boundary::Neumann, 0.2, &[25]).unwrap_err();
    assert!(matches!(error, Error::NotPositiveAt { .. }), "{error}");
}

#[test]
fn the_same_call_gives_the_same_bits() {
    let solve = || minimum(two_waves(5000), 1e-3);
    assert_eq!(solve(), solve());
}

// ---- figures

#[test]
fn figures_say_what_is_found() {
    let action = Action::neumann(two_waves(100), 0.01).unwrap();
    let sweep = Sweep::over_decades(&action, -4, 4, 1).unwrap();
    let figure = sweep.figure().unwrap();
    assert_eq!(figure.frame_count(), 9);
    assert!(figure.to_text().contains("flat to"), "{}", figure.to_text());
    // The constant is no part of the sweep: its action is ln(mean) - mean of ln, here ln(1.25/1.125).
    let saturated = sweep.action_figure().unwrap().to_text();
    assert!(saturated.contains("0.1054, where the constant field has 0.1054"), "{saturated}");
    let soft = Sweep::over_decades(&action, -4, -2, 1).unwrap().action_figure().unwrap();
    assert!(
        soft.to_text().contains("0.0780, where the constant field has 0.1054"),
        "{}",
        soft.to_text()
    );
    let fixed = Action::dirichlet(two_waves(100), 0.01, 2.5).unwrap();
    let figure = fixed.figure(&fixed.minimise().unwrap().field).unwrap();
    assert_eq!(figure.title(), "With fixed ends the field starts and ends at 2.5");
    assert!(action.figure(&action.minimise().unwrap().field).unwrap().title().contains("free"));
    let rivals = RivalMinima::of(&Action::neumann(gap(400), 0.02).unwrap()).unwrap();
    assert!(!rivals.is_one() && rivals.figure().unwrap().to_text().contains("S = 0.3080"));
    let friends = RivalMinima::of(&action).unwrap();
    assert!(friends.is_one());
    assert_eq!(friends.figure().unwrap().title(), "Both starts find the same minimum");
    let action = Action::neumann(half_wave(400), 0.05).unwrap();
    let residual = LogarithmicResidual::of(&action, &action.minimise().unwrap().field).unwrap();
    assert!(residual.figure().unwrap().to_text().contains("off by up to 0.12"));
    let refinement = Refinement::of_known_solution(Boundary::Neumann, 0.02, &[50, 100]).unwrap();
    assert!(refinement.figure().unwrap().to_text().contains("2^2.0"));
}

#[test]
fn a_formula_on_the_square_has_its_first_coordinate_along_axis_one() {
    let sampled = sample_square(2, &|x, y| x + 10.0 * y).unwrap();
    assert_eq!(sampled.as_slice(), [2.75, 3.25, 7.75, 8.25]);
    assert!(matches!(sample_square(1, &|_, _| 1.0).unwrap_err(), Error::TooFew { .. }));
    assert!(sample_square(2, &|x, _| x - 0.5).is_err());
}
