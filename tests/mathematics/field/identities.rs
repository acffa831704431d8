//! P6: what every minimum obeys.

use super::*;

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
