//! Scaling, the logarithmic variant, uniqueness, the continuum, and figures.

use super::*;

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
