//! P1: value, derivatives and convexity of the divergences, and what leaves them unchanged.

use super::*;

proptest! {
    #[test]
    fn a_divergence_is_zero_at_the_target_and_positive_elsewhere(
        divergence in any_divergence(), y in number(100.0), f in number(100.0),
    ) {
        prop_assume!(y != f);
        prop_assert!(divergence.value(y, f) > 0.0);
        prop_assert_eq!(divergence.value(y, y), 0.0);
        prop_assert_eq!(divergence.derivative(y, y), 0.0);
    }

    #[test]
    fn the_smallest_deviation_is_seen(y in any_below(1e290)) {
        // Beyond 1e307 the derivative itself, epsilon over f, is below the smallest f64.
        let next = positive(y.get().next_up());
        prop_assert!(Divergence::ItakuraSaito.value(y, next) > 0.0);
        prop_assert!(Divergence::ItakuraSaito.derivative(y, next) > 0.0);
        prop_assert!(Divergence::ItakuraSaito.derivative(next, y) < 0.0);
    }

    #[test]
    fn itakura_saito_is_scale_invariant(y in number(5.0), f in number(5.0), c in number(5.0)) {
        let scaled = Divergence::ItakuraSaito.value(positive(c.get() * y.get()), positive(c.get() * f.get()));
        let value = Divergence::ItakuraSaito.value(y, f);
        // Two products round; the slope of V in the ratio r is (r - 1)/r.
        let rounding = 2.0 * f64::EPSILON * (y.get() / f.get() - 1.0).abs() + ROUNDING * value;
        prop_assert!((scaled - value).abs() <= rounding);
    }

    #[test]
    fn itakura_saito_is_exactly_invariant_under_powers_of_two(
        y in number(5.0), f in number(5.0), power in -100i32..100,
    ) {
        let scale = 2f64.powi(power);
        let scaled = Divergence::ItakuraSaito.value(positive(scale * y.get()), positive(scale * f.get()));
        prop_assert_eq!(scaled, Divergence::ItakuraSaito.value(y, f));
    }

    #[test]
    fn the_reversed_divergence_is_the_display_of_section_2(y in number(5.0), f in number(5.0)) {
        let printed = f.get() / y.get() - (f.get() / y.get()).ln() - 1.0;
        let magnitude = 1.0 + f.get() / y.get();
        prop_assert!((Divergence::ReversedItakuraSaito.value(y, f) - printed).abs() < ROUNDING * 10.0 * magnitude);
    }

    #[test]
    fn it_is_the_bregman_divergence_of_the_negative_logarithm(y in number(5.0), f in number(5.0)) {
        let magnitude = 10.0 * (2.0 + y.get() / f.get());
        let error = bregman_of_negative_logarithm(y.get(), f.get()).unwrap() - Divergence::ItakuraSaito.value(y, f);
        prop_assert!(error.abs() < ROUNDING * magnitude);
    }

    #[test]
    fn it_depends_on_the_logarithm_of_the_ratio_alone(v in -30.0..30.0) {
        let value = Divergence::ItakuraSaito.value(positive(f64::exp(v)), Positive::ONE);
        let of_log = itakura_saito_of_log_ratio(v);
        prop_assert!((value - of_log).abs() <= 100.0 * f64::EPSILON * f64::exp_m1(v).abs());
    }

    #[test]
    fn derivatives_are_those_of_the_value(
        divergence in any_divergence(), y in number(1.0), f in number(1.0),
    ) {
        let (first, second) = (divergence.derivative(y, f), divergence.second_derivative(y, f));
        let step = f.get();
        let size = divergence.value(y, f) + (step * first).abs() + (step * step * second).abs();
        let slope = difference_quotient(|f| divergence.value(y, f), f);
        let bend = difference_quotient(|f| divergence.derivative(y, f), f);
        // The size of the divergence over a change of the prediction by its own size.
        let size = size + divergence.value(y, positive(0.5 * step));
        prop_assert!((slope - first).abs() * step < FINITE_DIFFERENCE * size);
        prop_assert!((bend - second).abs() * step * step < FINITE_DIFFERENCE * size);
    }

    #[test]
    fn a_divergence_decreases_up_to_the_target_and_increases_after_it(
        divergence in any_divergence(), y in number(5.0), f in number(5.0),
    ) {
        prop_assume!(y != f);
        prop_assert_eq!(divergence.derivative(y, f) > 0.0, f > y);
    }

    #[test]
    fn itakura_saito_is_convex_exactly_up_to_twice_the_target(y in number(90.0)) {
        let twice = 2.0 * y.get();
        let second = |f| Divergence::ItakuraSaito.second_derivative(y, positive(f));
        prop_assert_eq!(second(twice), 0.0);
        prop_assert!(second(twice.next_down()) > 0.0);
        prop_assert!(second(twice.next_up()) < 0.0);
    }

    #[test]
    fn the_second_derivative_keeps_its_digits_at_its_zero(y in number(5.0), scale in -12.0..-1.0) {
        let f = 2.0 * y.get() * (1.0 + 10f64.powf(scale));
        // One rounding in the difference: 2y is exact.
        let expected = (2.0 * y.get() - f) / f / f / f;
        let found = Divergence::ItakuraSaito.second_derivative(y, positive(f));
        prop_assert!((found / expected - 1.0).abs() < ROUNDING);
    }

    #[test]
    fn the_second_derivative_is_smallest_at_three_times_the_target(
        y in number(3.0), factor in 0.1..100.0,
    ) {
        let least = Divergence::ItakuraSaito.second_derivative(y, positive(3.0 * y.get()));
        let expected = -1.0 / (27.0 * y.get() * y.get());
        prop_assert!((least / expected - 1.0).abs() < ROUNDING);
        let elsewhere = Divergence::ItakuraSaito.second_derivative(y, positive(factor * y.get()));
        prop_assert!(elsewhere >= least * (1.0 + ROUNDING));
    }

    #[test]
    fn itakura_saito_is_convex_in_the_target(y in number(2.0), f in number(2.0)) {
        let (first, second) = itakura_saito_target_derivatives(y.get(), f.get()).unwrap();
        let slope = difference_quotient(|y| Divergence::ItakuraSaito.value(y, f), y);
        let bend = difference_quotient(|y: Positive| itakura_saito_target_derivatives(y.get(), f.get()).unwrap().0, y);
        let size = 1.0 + y.get() / f.get() + Divergence::ItakuraSaito.value(y, f);
        prop_assert!((slope - first).abs() * y.get() < FINITE_DIFFERENCE * size);
        prop_assert!((bend - second).abs() * y.get().powi(2) < FINITE_DIFFERENCE * size);
        prop_assert!(second > 0.0);
    }
}
