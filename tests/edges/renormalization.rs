//! Flows of masses far above and far below one, and of fields in many dimensions.

use super::assert_close;
use itakura_saito::renormalization::*;

#[test]
fn a_decimated_mass_of_any_size_keeps_its_digits() {
    // The sum over all momenta, expanded at k = 0, with as many digits more as cancel.
    for (dimensions, mass, block, expected) in [
        (1, 100.0, 16, 1.3706758576121692e32),
        (1, 1000.0, 8, 1.0161043526606723e24),
        (1, 1e4, 5, 1.0010003500500025e20),
        (1, 10.0, 16, 1.6524732478496256e17),
        (1, 7.25, 30, 6.7489813923719573e28),
        (1, 1e8, 2, 1.00000004e16),
        (1, 1e17, 2, 1.00000000000000004e34),
        (1, 1e-120, 2, 4e-120),
        (2, 1e6, 4, 1.000016000064e24),
        (2, 0.3, 7, 114.44912387838138),
        (2, 3e9, 6, 7.29000005832e56),
        (2, 1e-300, 3, 9e-300),
        (3, 40.0, 5, 197791582.15892212),
        (3, 1e-9, 4, 1.6000000202266668e-8),
        (3, 1e40, 3, 1e120),
        (4, 2.5, 3, 422.87488732783587),
    ] {
        let observed = decimated_squared_mass(dimensions, mass, block).expect("in the range");
        assert_close(observed, expected, 3e-14);
        if dimensions == 1 {
            let at_scale = squared_mass_at_scale(mass, block as f64).expect("in the range");
            assert_close(observed, at_scale, 1e-15);
        }
    }
    assert_eq!(decimated_squared_mass(1, 5e-324, 2).expect("in the range"), 2e-323);
    assert!(decimated_squared_mass(2, 1e300, 2).is_err(), "its square overflows");
}

#[test]
fn a_mass_next_to_the_lowest_keeps_its_distance_from_it() {
    // -4 sin(b asin(√-u/2))².
    for (mass, scale, expected) in [
        (-4.0 + 1e-12, 2.0, -4.0003556023283639e-12),
        (-4.0 + 1e-12, 3.0, -3.9999999999909992),
        (-4.0 + 1e-12, 2.5, -1.9999949997777535),
        (-4.0 + 3e-9, 2.0, -1.1999999207527614e-8),
        (-4.0 + 3e-9, 0.5, -1.9999452277460375),
        (-(4.0f64.next_down()), 2.0, -1.7763568394002503e-15),
        (-3.5, 3.0, -0.875),
    ] {
        let observed = squared_mass_at_scale(mass, scale).expect("in the range");
        assert_close(observed, expected, 1e-14);
        if scale == 2.0 {
            assert_close(observed, mass * (mass + 4.0), 1e-14);
        }
    }
}

#[test]
fn a_small_mass_of_the_plane_is_no_difference_of_couplings() {
    for side in [8, 24] {
        for mass in [1e-300, 1e-17, 1e-14, 1e-8, 0.3, 1e6] {
            let plane = PlaneDecimation::new(side, mass).expect("in the range");
            // Momenta that fold onto zero: 4/(1/u + 2/(u + 4) + 1/(u + 8)).
            let folded = 1.0 + 2.0 * mass / (mass + 4.0) + mass / (mass + 8.0);
            assert_close(plane.site_mass / mass, 4.0 / folded, 1e-14);
            let in_closed_form = plane.exponent_in_closed_form().expect("in the range");
            if mass >= 0.3 && side == 24 {
                assert!((plane.exponent() - in_closed_form).abs() < 1e-3, "{mass}");
            }
        }
    }
    let plane = PlaneDecimation::new(8, 1e-17).expect("in the range");
    assert!((plane.exponent() - 2.0).abs() < 0.2, "{}", plane.exponent());
    assert!(PlaneDecimation::new(8, 1e300).expect("in the range").exponent().is_finite());
}

#[test]
fn a_rescaled_field_keeps_its_ratios_in_any_dimension_and_at_any_scale() {
    // b^(2Δ + 2 - d) and b^(2Δ - d).
    for (dimensions, scale, field_dimension) in [
        (10, 100.0, 0.0),
        (20, 10.0, 0.0),
        (5, 1000.0, 0.0),
        (3, 1e6, 0.0),
        (1, 1e-30, 0.25),
        (2, 1e150, 0.5),
        (400, 1.5, 199.0),
        (1000, 0.5, 498.5),
        (250, 2.0, 100.0),
    ] {
        let found = KineticRescaling::with_dimension(dimensions, scale, field_dimension).unwrap();
        let excess = 2.0 * field_dimension - dimensions as f64;
        assert_close(found.kinetic_ratio, scale.powf(excess + 2.0), 1e-12);
        assert_close(found.square_ratio, scale.powf(excess), 1e-12);
    }
    let canonical = KineticRescaling::canonical(400, 1.5).unwrap();
    assert_close(canonical.kinetic_ratio, 1.0, 1e-12);
    assert_close(canonical.squared_mass_factor(), 2.25, 1e-12);
    assert!(KineticRescaling::with_dimension(400, 10.0, 0.0).is_err(), "10^-400");
    assert!(KineticRescaling::with_dimension(1, 10.0, 400.0).is_err(), "10^800");
}

#[test]
fn a_disordered_chain_is_the_same_in_any_unit() {
    let chain = |unit: f64, bond: f64| {
        let masses: Vec<f64> = (0..9).map(|site| unit * f64::from(1 + site % 3)).collect();
        DisorderedChain::new(&[bond; 8], &masses).unwrap()
    };
    let spread = |unit: f64, bond: f64| {
        DisorderFlow::new(chain(unit, bond), 1).map(|flow| flow.relative_spreads())
    };
    let expected = spread(1e-12, 1.0).unwrap();
    for (unit, bond) in [(1e-200, 1.0), (1e-308, 1e-100), (1e-150, 1e150)] {
        for (observed, expected) in spread(unit, bond).unwrap().into_iter().zip(&expected) {
            assert_close(observed, *expected, 1e-9);
        }
    }
    assert!(spread(1e200, 1e-200).is_err() && spread(1e-200, 1e200).is_err());
    let heavy = DisorderedChain::new(&[1e308; 2], &[1.0, 1e308, 1.0]).unwrap().decimated().unwrap();
    assert_close(heavy.bonds()[0], 1e308 / 3.0, 1e-15);
    assert_close(heavy.site_masses()[0], 1e308 / 3.0, 1e-15);
}

#[test]
fn what_is_left_of_a_pair_has_its_unit() {
    use itakura_saito::operator::Symmetric;
    use ndarray::array;
    for unit in [1e-300, 1e-200, 1.0, 1e200, 1e300] {
        let pair = array![[2.0 * unit, -unit], [-unit, 2.0 * unit]];
        let left = schur_complement(&Symmetric::new(pair).unwrap(), &[0]).unwrap();
        assert_close(left.view()[(0, 0)], 1.5 * unit, 1e-15);
    }
}
