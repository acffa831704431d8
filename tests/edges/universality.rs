//! Sums of exponentials in their tails, Bessel functions near zero, fields in AdS₂ near the bound.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::special::{bessel_k, normal_cumulative};
use itakura_saito::universality::*;

/// A number in the range with the number of terms and the deviation to which it belongs.
type Row = (usize, f64, f64);

fn sum(count: usize) -> ExponentialSum {
    ExponentialSum::new(count).expect("a count in the range")
}

#[test]
fn both_tails_of_a_sum_keep_their_digits() {
    // gammainc(n, 0, n + √n z, regularized=True) by its series of positive terms.
    let lower: [Row; 7] = [
        (1, -0.5, 0.39346934028736658),
        (2, -1.25, 0.023133264768524721),
        (23, -4.75, 2.3051045436898511e-38),
        (5, -2.23, 3.7892546821442875e-12),
        (1024, -8.0, 8.609452034664266e-19),
        (100_000, -6.0, 7.8348764604489282e-10),
        (1 << 20, -10.0, 5.4899942966558255e-24),
    ];
    for (count, deviation, expected) in lower {
        assert_close(sum(count).cumulative(deviation), expected, 2e-12);
    }
    // gammainc(n, n + √n z, inf, regularized=True).
    let upper: [Row; 5] = [
        (1, 30.0, 3.4424771084699765e-14),
        (3, 12.5, 6.4891978888337442e-9),
        (23, 9.0, 2.7521503516442013e-10),
        (256, 20.0, 3.0325806962949255e-51),
        (1 << 20, 12.0, 3.1023436025368328e-33),
    ];
    for (count, deviation, expected) in upper {
        assert_close(sum(count).upper_tail(deviation), expected, 2e-12);
        assert_eq!(sum(count).cumulative(deviation), 1.0 - sum(count).upper_tail(deviation));
    }
}

#[test]
fn a_distribution_is_never_negative_never_above_one_and_never_falls() {
    for count in [1, 2, 23, 256, 4097, 1 << 20] {
        let law = sum(count);
        let mut before = 0.0;
        for step in -800..=800 {
            let deviation = 0.05 * f64::from(step);
            let here = law.cumulative(deviation);
            // At the mean the two series meet, and may differ by their rounding.
            assert!((0.0..=1.0).contains(&here) && here >= before - 1e-12, "{count} {deviation}");
            assert!((here + law.upper_tail(deviation) - 1.0).abs() < 1e-12);
            before = here;
        }
        let ends = [f64::NEG_INFINITY, -1e300, 1e300, f64::INFINITY];
        assert_eq!(ends.map(|end| law.cumulative(end)), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(ends.map(|end| law.upper_tail(end)), [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(ends.map(|end| law.density(end)), [0.0; 4]);
        assert!(law.cumulative(f64::NAN).is_nan() && law.density(f64::NAN).is_nan());
    }
    // Below its lower end, where the sum that is taken off one used to be a rounding error.
    assert_eq!(sum(256).cumulative(-15.9), 0.0);
    assert_eq!(sum(1).density(-1.0), 1.0);
}

#[test]
fn the_excess_at_the_mean_keeps_its_digits_for_a_million_terms() {
    // gammainc(n, 0, n, regularized=True) - 1/2.
    for (count, expected) in [
        (1, 0.13212055882855768),
        (2, 0.093994150290161924),
        (7, 0.050288944151301153),
        (64, 0.016623987503826498),
        (1000, 0.0042052441802155085),
        (1 << 20, 0.00012986402425621759),
    ] {
        assert_close(sum(count).excess_at_mean(), expected, 2e-13);
    }
}

#[test]
fn the_density_of_a_long_sum_keeps_its_digits() {
    // sqrt(n) exp(-x) x^(n-1)/Γ(n) at x = n + √n z.
    for (count, deviation, expected) in [
        (1, 0.5, 0.22313016014842983),
        (2, -1.25, 0.26036433115035165),
        (23, 5.0, 0.00010214646983917699),
        (1000, -9.0, 7.8453314185060961e-23),
        (1 << 20, 3.0, 0.0044578253512806177),
    ] {
        assert_close(sum(count).density(deviation), expected, 1e-12);
    }
}

#[test]
fn the_distance_to_the_normal_law_falls_with_every_term() {
    // The largest |gammainc(n, 0, n + √n z, regularized=True) - ncdf(z)|, and its place.
    for (count, distance, place) in
        [(5, 0.059628937111436, -0.036927341), (23, 0.027746975374644, -0.017345408)]
    {
        let found = sum(count).distance();
        assert_close(found.0, distance, 1e-12);
        assert!((found.1 - place).abs() < 1e-6, "{found:?}");
    }
    let mut before = 1.0;
    for count in 1..200 {
        let (distance, place) = sum(count).distance();
        assert!(distance < before && distance > 0.9 * 0.1328 / (count as f64).sqrt(), "{count}");
        let gap = (sum(count).cumulative(place) - normal_cumulative(place)).abs();
        assert!((gap - distance).abs() < 1e-15);
        before = distance;
    }
}

#[test]
fn a_sum_has_the_cumulants_of_its_terms() {
    let one = Cumulants::exponential(6).expect("an order in the range");
    for count in [1, 3, 16, 1000] {
        let summed = one.of_sum(count).expect("a copy at least");
        assert_close(summed.skewness(), sum(count).skewness(), 1e-14);
        assert_close(summed.excess_kurtosis(), sum(count).excess_kurtosis(), 1e-14);
        assert_close(summed.of_order(2).expect("held"), 1.0, 1e-15);
    }
    // Doubling is summing two, and sums of sums are sums.
    let (doubled, eight) = (one.after(3), one.of_sum(8).expect("a copy at least"));
    let twice = one.of_sum(2).and_then(|two| two.of_sum(4)).expect("copies");
    for order in 2..=6 {
        let of = |cumulants: &Cumulants| cumulants.of_order(order).expect("held");
        assert_close(of(&doubled), of(&eight), 1e-14);
        assert_close(of(&twice), of(&eight), 1e-14);
    }
    assert!(matches!(one.of_sum(0), Err(Error::TooFew { count: 0, .. })));
}

#[test]
fn a_bessel_function_of_a_tiny_argument_has_a_value_or_an_error() {
    // besselk(ν, x).
    for (order, argument, expected) in [
        (0.0, 5e-324, 744.55600343703967),
        (0.0, 1e-310, 713.91731034381258),
        (0.25, 1e-200, 2.155800549540928e50),
        (0.001, 1e-250, 608.10522204238824),
        (1.0, 1e-300, 1e300),
        (0.999, 1e-20, 9.5488266444290903e19),
        (2.5, 1e-100, 3.7599424119465006e250),
        (0.0, 3e-10, 22.04317015693076),
        (1e-8, 1e-15, 34.654707910569794),
        (0.5, 1e-12, 1253314.1373142469),
    ] {
        let observed = bessel_k(order, argument).expect("a value in the range");
        assert_close(observed, expected, 1e-13);
        assert_eq!(bessel_k(-order, argument).expect("even"), observed);
    }
    for order in [1.0, 3.0, 20.0] {
        let refused = bessel_k(order, 5e-324);
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
    }
    // Nothing jumps where the two ways of computing meet.
    for order in [0.0, 1e-12, 0.3, 0.9, 1.0, 1.1, 4.0] {
        let [below, above] = [1e-9 * (1.0 - 1e-13), 1e-9 * (1.0 + 1e-13)];
        let ratio = bessel_k(order, below).unwrap() / bessel_k(order, above).unwrap();
        assert_close(ratio, 1.0, 1e-12 * (1.0 + order));
    }
}

#[test]
fn a_small_mass_has_a_small_dimension_with_all_its_digits() {
    // 1/2 ± sqrt(1/4 + m²).
    for (mass_squared, larger, smaller) in [
        (1e-20, 1.0, -1e-20),
        (-1e-17, 1.0, 1e-17),
        (1e-300, 1.0, -1e-300),
        (3e-9, 1.000000003, -2.999999991e-9),
        (0.75, 1.5, -0.5),
        (-0.2499999, 0.50031622776602138, 0.49968377223397862),
        (1e300, 1e150, -1e150),
    ] {
        let roots = ScalingDimensions::of_mass_squared(mass_squared).expect("above the bound");
        assert_close(roots.larger, larger, 1e-15);
        assert_close(roots.smaller, smaller, 1e-15);
    }
    let massless = ScalingDimensions::of_mass_squared(0.0).expect("above the bound");
    assert!(massless.smaller == 0.0 && massless.smaller.is_sign_positive());
}

#[test]
fn the_kernel_of_the_bulk_has_no_preferred_unit() {
    // C (z/(z² + x²))^Δ.
    for (dimension, depth, distance, expected) in [
        (0.75, 1e-200, 0.0, 1.906899408754533e149),
        (0.75, 1e-200, 1e-200, 1.1338491722426864e149),
        (1.25, 1e200, 1e199, 4.1215505871012305e-251),
        (0.5625, 1.0, 1e250, 3.2419753157570239e-283),
        (4.0, 1e-150, 1e-80, 1.0185916357881305e40),
        (0.6, 1.0, 1e200, 8.8315138988938656e-242),
    ] {
        let kernel = BulkBoundary::new(dimension).expect("above the bound");
        assert_close(kernel.value(depth, distance).expect("in the range"), expected, 5e-13);
    }
    for depth in [1e-300, 1e-200, 1e-101, 0.3, 1e101, 1e200] {
        let kernel = BulkBoundary::new(1.25).expect("above the bound");
        let residual = kernel.residual(depth, 0.7 * depth).expect("in the range");
        assert!(residual.abs() < 1e-8, "{depth:e}: {residual:e}");
    }
    let kernel = BulkBoundary::new(3.0).expect("above the bound");
    let refused = [
        kernel.value(1e-200, 0.0),
        kernel.value(1.0, f64::NAN),
        kernel.value(1.0, f64::INFINITY),
        kernel.two_point(1e-200),
        kernel.integral(1e-200).map(|integral| integral.value),
        kernel.residual(1.0, f64::NAN),
        BulkBoundary::new(3.25).and_then(|kernel| kernel.response(1e100)),
    ];
    for (index, result) in refused.into_iter().enumerate() {
        assert!(matches!(result, Err(Error::NotFinite { .. })), "number {index}: {result:?}");
    }
}

#[test]
fn the_kernel_is_normalised_however_near_to_the_bound_of_the_mass() {
    // ∫ K dx = z^(1-Δ).
    for above in [1e-15, 1e-9, 1e-4, 1e-2, 0.05, 0.5, 19.5] {
        let kernel = BulkBoundary::new(0.5 + above).expect("above the bound");
        for depth in [0.2, 1.0, 30.0] {
            let integral = kernel.integral(depth).expect("in the range");
            assert_close(integral.value, f64::powf(depth, 0.5 - above), 1e-11);
        }
    }
    let kernel = BulkBoundary::new(0.75).expect("above the bound");
    assert_close(kernel.integral(1e-200).expect("in the range").value, 1e-50, 1e-11);
}

#[test]
fn a_field_of_tiny_depth_and_momentum_is_the_power_at_the_boundary() {
    // 2^(1-ν)/Γ(ν) k^ν √z besselk(ν, kz) with ν = Δ - 1/2.
    for (dimension, depth, momentum, expected) in [
        (0.75, 1e-200, 2.0, 1e-50),
        (0.75, 1e-200, 1e-150, 1e-50),
        (1.5, 1e-150, 1e150, 6.0190723019723458e74),
        (3.0, 1e-80, 1e-80, 1e160),
        (0.5000001, 1e-200, 3.0, 9.1906876580642672e-105),
        (2.5, 1e100, 1e-100, 8.1241944931758871e-151),
        (0.5009765625, 1e-5, 1e-9, 0.00019582441306801273),
        (1.25, 1e-6, 2e-4, 31.622776601683669),
    ] {
        let kernel = BulkBoundary::new(dimension).expect("above the bound");
        let observed = kernel.in_momentum_space(depth, momentum).expect("in the range");
        assert_close(observed, expected, 1e-12);
    }
    // 4^-ν Γ(-ν)/Γ(ν) k^(2ν).
    for (dimension, momentum, expected) in [
        (0.75, 1e-200, -9.5597759497224998e-101),
        (0.5000001, 1e-300, -0.99986183125437042),
        (1.25, 1e200, -1.3947328267374688e300),
    ] {
        let kernel = BulkBoundary::new(dimension).expect("above the bound");
        let observed = kernel.response(momentum).expect("in the range");
        assert_close(observed, expected, 1e-12);
    }
}

#[test]
fn ratios_of_cumulants_are_numbers_at_any_variance() {
    let law = |values: [f64; 3]| Cumulants::new(values.to_vec()).expect("a positive variance");
    assert_eq!(law([1e-220, 0.0, 0.0]).skewness(), 0.0);
    assert_eq!(law([1e-220, 0.0, 0.0]).excess_kurtosis(), 0.0);
    assert_close(law([1e200, 0.0, 1e300]).excess_kurtosis(), 1e-100, 1e-14);
    assert_close(law([1e250, 1e300, 1e300]).skewness(), 1e-75, 1e-14);
    assert_close(law([1e-250, 1e-300, 1e-300]).skewness(), 1e75, 1e-14);
    assert_close(law([1e-200, 0.0, -1e-300]).excess_kurtosis(), -1e100, 1e-14);
}

#[test]
fn the_largest_distance_from_the_normal_law_keeps_its_digits() {
    // gammainc(n, 0, n, regularized=True) - 1/2 and, from there to the crossing, the integral of the gap.
    for (count, expected) in [(4096, 0.0020778324778943024), (1 << 20, 0.00012986402554630069)] {
        assert_close(sum(count).distance().0, expected, 1e-12);
    }
}
