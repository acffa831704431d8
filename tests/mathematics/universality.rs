//! Section 7: what summation does to cumulants, and a scalar field in AdS₂ (property P15).

use itakura_saito::Error;
use itakura_saito::special::normal_cumulative;
use itakura_saito::universality::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn pair_summation_multiplies_cumulants_by_powers_of_the_root_of_two(
        weights in prop::collection::vec(0.05f64..1.0, 2..8),
    ) {
        // The convolution knows nothing of cumulants; it does not divide by the root of two.
        let law = Lattice::new(&weights).unwrap();
        let (start, summed) = (law.cumulants().unwrap(), law.pair_sum().cumulants().unwrap());
        for order in 2..=6 {
            let scaled = summed.of_order(order).unwrap() * 0.5f64.powf(0.5 * order as f64);
            let flowed = start.after(1).of_order(order).unwrap();
            // Moments of order six on up to fifteen places are of size 7^6 and cancel.
            prop_assert!((scaled - flowed).abs() < 1e-9, "{order}: {scaled} {flowed}");
        }
    }

    #[test]
    fn the_kernel_solves_the_field_equation_and_is_normalised(
        dimension in 0.6f64..4.0, depth in 0.05f64..5.0, ratio in -3.0f64..3.0,
    ) {
        let kernel = BulkBoundary::new(dimension).unwrap();
        prop_assert!(kernel.residual(depth, ratio * depth).unwrap().abs() < 1e-8);
        let area = depth.powf(1.0 - dimension);
        let integral = kernel.integral(depth).unwrap();
        prop_assert!((integral.value - area).abs() < 1e-10 * area, "{integral:?} {area}");
    }

    #[test]
    fn both_roots_have_the_mass_they_come_from(mass_squared in -0.25f64..100.0) {
        let roots = ScalingDimensions::of_mass_squared(mass_squared).unwrap();
        for root in [roots.larger, roots.smaller] {
            prop_assert!((mass_squared_of(root) - mass_squared).abs() < 1e-12 * (1.0 + mass_squared));
        }
    }
}

#[test]
fn the_distribution_is_the_integral_of_the_density() {
    for count in [1, 4, 64, 1024] {
        let sum = ExponentialSum::new(count).unwrap();
        for z in [-0.5, 0.0, 1.3] {
            let slope = (sum.cumulative(z + 1e-4) - sum.cumulative(z - 1e-4)) / 2e-4;
            assert!((slope - sum.density(z)).abs() < 1e-7, "n = {count}, z = {z}");
        }
    }
}

#[test]
fn the_distance_to_the_normal_law_is_the_largest_on_a_fine_grid() {
    for count in [1, 4, 64] {
        let sum = ExponentialSum::new(count).unwrap();
        let gap = |i: i32| {
            let z = f64::from(i) * 1e-3;
            (sum.cumulative(z) - normal_cumulative(z)).abs()
        };
        let on_grid = (-6000..=6000).map(gap).fold(0.0, f64::max);
        let (distance, _) = sum.distance();
        assert!(distance >= on_grid && distance < on_grid + 1e-6, "{count}: {distance} {on_grid}");
    }
}

#[test]
fn the_momentum_form_has_the_two_powers_of_the_boundary() {
    // z^(Δ-1) φ = 1 + c(k) z^(2ν) + O(z²), so that the deviation from c falls like z^(2-2ν).
    let kernel = BulkBoundary::new(0.75).unwrap();
    let (depth, momentum) = (1e-6f64, 3.0);
    let field = kernel.in_momentum_space(depth, momentum).unwrap();
    let ratio = (field * depth.powf(-0.25) - 1.0) / depth.sqrt();
    assert!((ratio - kernel.response(momentum).unwrap()).abs() < 1e-7, "{ratio}");
}

#[test]
fn a_whole_index_has_a_logarithm_instead_of_a_response() {
    let error = BulkBoundary::new(1.5).unwrap().response(1.0).unwrap_err();
    assert!(matches!(error, Error::NotFinite { .. }), "{error}");
}

#[test]
fn the_same_seed_gives_the_same_means() {
    let draw = |seed| simulate_cauchy_means(8, 500, seed).unwrap();
    assert_eq!(draw(3), draw(3));
    assert_ne!(draw(3), draw(4));
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let error = ScalingDimensions::of_mass_squared(-0.3).unwrap_err();
    assert!(error.to_string().contains("-0.3") && error.to_string().contains("bound"), "{error}");
    for dimension in [0.5, -0.5, f64::NAN, 21.0] {
        assert!(matches!(BulkBoundary::new(dimension), Err(Error::OutOfRange { .. })));
    }
    let kernel = BulkBoundary::new(1.0).unwrap();
    assert!(matches!(kernel.value(0.0, 1.0), Err(Error::NotPositive { .. })));
    assert!(matches!(kernel.two_point(-1.0), Err(Error::NotPositive { .. })));
    assert!(ExponentialSum::new(0).is_err());
    assert!(Lattice::new(&[1.0]).unwrap().cumulants().is_err());
    assert!(Lattice::new(&[1.0, -0.1]).is_err());
    assert!(simulate_cauchy_means(0, 1, 1).is_err() && simulate_cauchy_means(1, 0, 1).is_err());
    assert!(cauchy_mean_density(4.0).is_err());
}
