//! The propagator: Green functions against their defining properties, and against second routes.

use itakura_saito::gallery::{figure_1, figure_1_corrected, figure_2, figure_2_corrected};
use itakura_saito::grid::Boundary;
use itakura_saito::propagator::*;
use itakura_saito::{Error, Result};
use proptest::prelude::*;

fn lattice(stiffness: f64, mass_term: f64, spacing: f64) -> LatticePropagator {
    LatticePropagator::of_operator(stiffness, mass_term, spacing).expect("moderate numbers")
}

fn interval(stiffness: f64, mass_term: f64, length: f64, ends: Boundary) -> IntervalPropagator {
    IntervalPropagator::of_operator(stiffness, mass_term, length, ends).expect("moderate numbers")
}

fn close(observed: f64, expected: f64, relative: f64) -> bool {
    (observed - expected).abs() <= relative * expected.abs()
}

/// A number between the two, evenly in its logarithm.
fn between(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low.ln()..high.ln()).prop_map(f64::exp)
}

proptest! {
    // P4.
    #[test]
    fn a_lattice_propagator_is_symmetric_positive_and_solves_its_equation(
        stiffness in between(1e-3, 1e3), mass_term in between(1e-3, 1e3), spacing in between(1e-3, 1.0),
        site in 1i64..40,
    ) {
        let chain = lattice(stiffness, mass_term, spacing);
        prop_assert_eq!(chain.at(site), chain.at(-site));
        prop_assert!(chain.at(site) > 0.0 || chain.theta() * site as f64 > 700.0);
        // The second difference cancels: its rounding is that of G times 4a/h².
        let rounding = 16.0 * f64::EPSILON * chain.at(0) * (mass_term + 4.0 * stiffness / spacing / spacing);
        prop_assert!((chain.operator_at(0) - 1.0 / spacing).abs() < rounding);
        prop_assert!(chain.operator_at(site).abs() < rounding);
    }

    #[test]
    fn the_lattice_keeps_the_sum_rule_exactly(
        stiffness in between(1e-3, 1e3), mass_term in between(1e-3, 1e3), spacing in between(1e-3, 1.0),
    ) {
        let chain = lattice(stiffness, mass_term, spacing);
        prop_assert!(close(chain.sum(), 1.0 / mass_term, 1e-13));
        // The geometric series by adding it up, where that is short.
        let sites = (40.0 / chain.theta()).ceil();
        if sites < 1e5 {
            let one_side: f64 = (1..=sites as i64).map(|site| chain.at(site)).sum();
            prop_assert!(close(spacing * (chain.at(0) + 2.0 * one_side), 1.0 / mass_term, 1e-11));
        }
    }

    #[test]
    fn the_lattice_approaches_the_continuum_with_the_square_of_the_spacing(
        stiffness in between(0.1, 10.0), mass_term in between(0.1, 10.0), site in 1i64..10,
    ) {
        let x = (stiffness / mass_term).sqrt() * site as f64 / 4.0;
        let error = |refined: i64| {
            let chain = lattice(stiffness, mass_term, x / (site * refined) as f64);
            chain.at(site * refined) / chain.continuum().at(x).expect("a number") - 1.0
        };
        // 1 + s - ... : the leading error vanishes only where |x| = 3 ξ.
        prop_assume!((x * (mass_term / stiffness).sqrt() - 3.0).abs() > 0.3);
        prop_assert!((error(8) / error(16) - 4.0).abs() < 0.1, "{} {}", error(8), error(16));
    }

    #[test]
    fn a_larger_mass_makes_every_value_smaller(
        stiffness in between(1e-2, 1e2), mass_term in between(1e-2, 1e2), factor in 1.01f64..10.0,
        spacing in between(1e-2, 1.0), site in 0i64..20,
    ) {
        let (light, heavy) =
            (lattice(stiffness, mass_term, spacing), lattice(stiffness, factor * mass_term, spacing));
        prop_assert!(heavy.at(site) < light.at(site) || light.at(site) == 0.0);
        let x = site as f64 * spacing;
        let on_line = |chain: LatticePropagator| chain.continuum().at(x).expect("a number");
        prop_assert!(on_line(heavy) < on_line(light) || on_line(light) == 0.0);
    }

    #[test]
    fn the_area_under_every_normalisation_is_one_over_its_mass_term(
        lambda in between(1e-4, 1e4), target in between(1e-3, 1e3),
    ) {
        let rule = SumRule::new(lambda, target).expect("moderate numbers");
        for row in &rule.normalizations {
            prop_assert!(close(row.product(), 1.0, 1e-12), "{row:?}");
        }
        prop_assert!(close(rule.printed.product(), 2.0, 1e-12));
        let xi = (2.0 * lambda).sqrt() * target;
        for normalization in FieldOperator::ALL {
            let line = LinePropagator::new(normalization, lambda, target)
                .expect("moderate numbers");
            prop_assert!(close(line.correlation_length(), xi, 1e-14));
        }
    }

    #[test]
    fn on_an_interval_it_is_symmetric_positive_and_solves_its_equation(
        stiffness in between(0.1, 10.0), mass_term in between(0.1, 10.0), length in between(0.5, 20.0),
        (here, there) in (0.05f64..0.45, 0.55f64..0.95),
    ) {
        for ends in [Boundary::Neumann, Boundary::Dirichlet, Boundary::Periodic] {
            let green = interval(stiffness, mass_term, length, ends);
            let at = |x: f64, source: f64| green.at(x, source).expect("inside");
            let (x, source) = (here * length, there * length);
            prop_assert_eq!(at(x, source), at(source, x));
            prop_assert!(at(x, source) > 0.0);
            // -a G'' + c G = 0 away from the source, by a difference quotient of fourth order.
            let step = 0.01 * (stiffness / mass_term).sqrt().min(length);
            let sum = 16.0 * (at(x - step, source) + at(x + step, source))
                - at(x - 2.0 * step, source) - at(x + 2.0 * step, source);
            let second = (sum - 30.0 * at(x, source)) / (12.0 * step * step);
            prop_assert!(close(stiffness * second, mass_term * at(x, source), 1e-5));
        }
    }

    #[test]
    fn held_ends_respond_less_than_the_line_and_free_ends_more(
        mass_term in between(0.1, 10.0), length in between(0.5, 5.0),
        (here, there) in (0.0f64..1.0, 0.0f64..1.0),
    ) {
        let (x, source) = (here * length, there * length);
        let at = |ends| interval(1.0, mass_term, length, ends).at(x, source).expect("inside");
        let line = LinePropagator::of_operator(1.0, mass_term).expect("moderate");
        let line = line.at(x - source).expect("a number");
        let rounding = 1.0 + 1e-14;
        prop_assert!(at(Boundary::Dirichlet) <= line * rounding);
        prop_assert!(line <= at(Boundary::Neumann) * rounding);
        prop_assert!(line <= at(Boundary::Periodic) * rounding);
    }

    // P15, the Möbius part.
    #[test]
    fn the_kinetic_term_is_invariant_under_random_moebius_maps(
        (a, c, d) in (-3.0f64..3.0, -1.0f64..1.0, 1.5f64..4.0), determinant in 0.1f64..5.0,
        coefficients in prop::collection::vec(-2.0f64..2.0, 1..5), sharpness in -1.0f64..2.0,
    ) {
        // b follows from the determinant; on [-1, 1] the denominator stays above 1/2.
        prop_assume!(c.abs() > 1e-3);
        let b = (a * d - determinant) / c;
        let map = Reparametrization::moebius(a, b, c, d).expect("a positive determinant");
        let field = TestFunction::new(sharpness, &coefficients).expect("numbers");
        let identity = KineticIdentity::new(&map, &field, -1.0, 1.0).expect("no pole");
        let scale = identity.original + identity.boundary_term.abs() + identity.transformed;
        // Relative to F(x), whose rounding the inverse map magnifies, the interval may be short.
        let magnified = 1.0 + map.apply(0.0).abs() / map.derivative(0.0);
        prop_assert!(identity.residual().abs() < 1e-10 * scale * magnified, "{identity:?}");
        prop_assert!(identity.schwarzian_term.abs() < 1e-12 * scale.max(1.0), "{identity:?}");
    }

    #[test]
    fn other_maps_are_told_by_their_schwarzian(
        exponent in 0.3f64..3.0, coefficients in prop::collection::vec(0.5f64..2.0, 1..4),
    ) {
        prop_assume!((exponent - 1.0).abs() > 0.1);
        let map = Reparametrization::power(exponent).expect("positive");
        let field = TestFunction::new(0.5, &coefficients).expect("numbers");
        let identity = KineticIdentity::new(&map, &field, 1.0, 2.0).expect("positive");
        prop_assert!(identity.residual().abs() < 1e-11 * identity.transformed.abs().max(1.0));
        prop_assert!(identity.schwarzian_term.abs() > 1e-3);
    }

    #[test]
    fn derivatives_in_free_space_are_those_of_the_values(
        mass in between(0.1, 10.0), distance in between(0.01, 5.0),
    ) {
        for dimension in Dimension::ALL {
            for green in
                [FreePropagator::massive(dimension, mass).expect("positive"), FreePropagator::massless(dimension)]
            {
                let step = 1e-3 * distance.min(1.0 / mass);
                let at = |offset: f64| green.at(distance + offset * step).expect("positive");
                let slope = (8.0 * (at(1.0) - at(-1.0)) - at(2.0) + at(-2.0)) / (12.0 * step);
                prop_assert!(close(green.derivative(distance).expect("positive"), slope, 1e-7));
            }
        }
    }
}

#[test]
fn grids_agree_with_the_closed_form_of_the_interval_to_second_order() {
    for ends in [Boundary::Neumann, Boundary::Dirichlet] {
        let green = interval(0.7, 1.9, 2.5, ends);
        let error = |nodes: usize| {
            let values = green.on_grid(nodes, nodes / 3).expect("a point of the grid");
            let (first, spacing) = match ends {
                Boundary::Neumann => (0.5, 2.5 / nodes as f64),
                _ => (1.0, 2.5 / (nodes + 1) as f64),
            };
            let x = |index: usize| (first + index as f64) * spacing;
            let difference = |index: usize| {
                (values[index] - green.at(x(index), x(nodes / 3)).expect("inside")).abs()
            };
            (0..nodes).map(difference).fold(0.0, f64::max)
        };
        let order = (error(300) / error(600)).log2();
        assert!((order - 2.0).abs() < 0.05, "{ends:?}: order {order}");
    }
}

#[test]
fn free_ends_keep_the_sum_rule_on_the_grid_as_well() {
    let green = interval(0.7, 1.9, 2.5, Boundary::Neumann);
    for source in [0, 17, 99] {
        let sum: f64 = green.on_grid(100, source).expect("a point").iter().sum();
        assert!(close(sum * 2.5 / 100.0, 1.0 / 1.9, 1e-12));
    }
    let held = interval(0.7, 1.9, 2.5, Boundary::Dirichlet);
    let sum: f64 = held.on_grid(999, 249).expect("a point").iter().sum();
    assert!(close(sum * 2.5 / 1000.0, held.area(0.625).expect("inside"), 1e-5));
    assert!(held.area(0.625).expect("inside") < 0.9 / 1.9);
}

#[test]
fn far_walls_and_long_rings_are_like_the_line_and_do_not_overflow() {
    for ends in [Boundary::Neumann, Boundary::Dirichlet, Boundary::Periodic] {
        let green = interval(1.0, 1.0, 1e4, ends);
        assert!(close(green.at(5000.0, 5001.0).expect("inside"), 0.5 * (-1f64).exp(), 1e-14));
    }
}

#[test]
fn the_flux_through_a_small_sphere_is_one_in_every_dimension() -> Result<()> {
    for dimension in Dimension::ALL {
        let massive = FreePropagator::massive(dimension, 0.7)?;
        assert!(close(massive.flux(1e-7)?, 1.0, 1e-6), "{dimension:?}");
        assert!(massive.flux(3.0)? < 0.9);
        let massless = FreePropagator::massless(dimension);
        assert!(close(massless.flux(3.0)?, 1.0, 1e-14));
    }
    Ok(())
}

#[test]
fn the_plane_decays_to_nothing_far_away_and_not_to_nan() -> Result<()> {
    let plane = FreePropagator::massive(Dimension::Two, 1.0)?;
    assert!(plane.at(700.0)? > 0.0);
    assert_eq!(plane.at(800.0)?, 0.0);
    assert_eq!(plane.derivative(1e6)?, 0.0);
    Ok(())
}

#[test]
fn three_dimensions_are_the_power_law_of_three_dimensions() -> Result<()> {
    let space = FreePropagator::massless(Dimension::Three);
    for distance in [0.1, 1.0, 7.0] {
        let power = massless_power_law(3, distance)?;
        assert!(close(space.at(distance)?, power, 1e-14));
    }
    Ok(())
}

#[test]
fn the_massless_limit_is_reached_in_proportion_to_the_mass() -> Result<()> {
    let limit = MasslessLimit::of_targets(0.5, &[1.0], 4.0)?.limit(2.0);
    assert_eq!(limit, -1.0);
    let gap = |target: f64| {
        let line = LinePropagator::new(FieldOperator::Hessian, 0.5, target)?;
        line.difference(2.0).map(|difference| difference - limit)
    };
    assert!((gap(1e4)? / gap(1e5)? - 10.0).abs() < 1e-3);
    Ok(())
}

#[test]
fn the_minimum_answers_a_disturbed_target_as_the_propagator_says() -> Result<()> {
    for (lambda, target) in [(0.5, 2.0), (0.01, 1.5), (3.0, 0.1)] {
        let line = LinePropagator::new(FieldOperator::Hessian, lambda, target)?;
        let response = StaticResponse::new(lambda, target)?;
        // The cells are a hundredth of the correlation length, which changes the response by 1e-4 / 8.
        for cells in [0, 1, 50, 200] {
            let x = cells as f64 / 100.0 * line.correlation_length();
            let (solved, formula) = (response.solved_at(cells), line.static_response(x)?);
            assert!(close(solved, formula, 1e-4), "{solved} {formula}");
        }
        assert!(close(response.solved_sum(), 1.0, 1e-4));
    }
    Ok(())
}

#[test]
fn input_without_a_meaning_is_refused_with_its_value() {
    let line = LinePropagator::of_operator(1.0, 1.0).expect("moderate");
    let refused = [
        line.at(f64::NAN).map(drop),
        line.figure(-1.0).map(drop),
        LinePropagator::of_operator(5e-324, 5e-324).map(drop),
        MasslessLimit::of_targets(1.0, &[], 1.0).map(drop),
        MasslessLimit::of_targets(1.0, &[-2.0], 1.0).map(drop),
        Moebius::new(1.0, 2.0, 2.0, 4.0).map(drop),
        Moebius::new(f64::NAN, 2.0, 2.0, 4.0).map(drop),
        TestFunction::new(1.0, &[f64::INFINITY]).map(drop),
        scaling_dimension(0).map(drop),
        massless_power_law(2, 1.0).map(drop),
        massless_power_law(3, 0.0).map(drop),
        FreePropagator::massive(Dimension::One, 0.0).map(drop),
        FreePropagator::massless(Dimension::Three).at(-1.0).map(drop),
        LatticePropagator::new(FieldOperator::Hessian, 0.5, 2.0, 0.0).map(drop),
        IntervalPropagator::new(FieldOperator::Hessian, 0.5, 2.0, -1.0, Boundary::Neumann)
            .map(drop),
        Reparametrization::power(0.0).map(drop),
        interval(1.0, 1.0, 1.0, Boundary::Neumann).at(1.5, 0.5).map(drop),
        interval(1.0, 1.0, 1.0, Boundary::Neumann).on_grid(1, 0).map(drop),
        interval(1.0, 1.0, 1.0, Boundary::Neumann).on_grid(5, 5).map(drop),
        interval(1.0, 1.0, 1.0, Boundary::Periodic).on_grid(5, 0).map(drop),
    ];
    for (index, result) in refused.into_iter().enumerate() {
        assert!(result.is_err(), "number {index}");
    }
    let field = TestFunction::new(1.0, &[1.0]).expect("numbers");
    let map = Reparametrization::moebius(-1.0, 0.0, 2.0, -1.0).expect("a positive determinant");
    let pole = KineticIdentity::new(&map, &field, 0.0, 1.0).expect_err("a pole at 1/2");
    assert!(matches!(pole, Error::InsideOf { value: 0.5, .. }), "{pole}");
    let power = Reparametrization::power(2.0).expect("positive");
    assert!(KineticIdentity::new(&power, &field, 0.0, 1.0).is_err());
    assert!(KineticIdentity::new(&power, &field, 2.0, 1.0).is_err());
}

#[test]
fn the_message_names_the_quantity_that_is_wrong() {
    let hessian = FieldOperator::Hessian;
    let message = |refused: Result<LinePropagator>| refused.expect_err("refused").to_string();
    assert!(
        message(LinePropagator::new(hessian, -0.5, 2.0))
            .starts_with("λ must be positive and finite, but it is -0.5: ")
    );
    assert!(
        message(LinePropagator::new(hessian, 0.5, 0.0)).starts_with("the target must be positive")
    );
    assert!(
        message(LinePropagator::of_operator(1.0, f64::NAN)).starts_with("the mass term must be")
    );
}

#[test]
fn chain_and_interval_are_those_of_the_line_with_the_same_numbers() -> Result<()> {
    for operator in FieldOperator::ALL {
        let line = LinePropagator::new(operator, 0.5, 2.0)?;
        assert_eq!(LatticePropagator::new(operator, 0.5, 2.0, 0.1)?.continuum(), line);
        let long = IntervalPropagator::new(operator, 0.5, 2.0, 200.0, Boundary::Neumann)?;
        assert!(close(long.at(100.0, 101.0)?, line.at(1.0)?, 1e-14));
    }
    Ok(())
}

#[test]
fn every_figure_can_be_drawn() -> Result<()> {
    let line = LinePropagator::new(FieldOperator::Hessian, 0.5, 2.0)?;
    let limit = MasslessLimit::of_targets(0.5, &[0.5, 10.0, 1000.0], 4.0)?;
    let figures = [
        line.figure(6.0)?,
        SumRule::new(0.5, 2.0)?.figure()?,
        limit.figure()?,
        StaticResponse::new(0.5, 2.0)?.figure()?,
        figure_1()?,
        figure_1_corrected()?,
        figure_2()?,
        figure_2_corrected()?,
    ];
    for figure in figures {
        assert!(figure.to_svg().starts_with("<svg"));
        assert!(figure.to_plotly().to_string().len() < 300_000);
    }
    Ok(())
}
