//! The best constant, descent and efficiency: the statistics of section 5.

use super::*;

proptest! {
    // C02.1: the best constant

    #[test]
    fn the_mean_minimises_every_bregman_divergence_and_the_harmonic_mean_the_reverse(
        values in vec(number(3.0), 1..20), exponent in -2.0..3.0,
    ) {
        let sample = sample(&values.iter().map(|value| value.get()).collect::<Vec<_>>());
        let near = |found: Positive, mean: Positive| (found.get() / mean.get() - 1.0).abs() < 1e-10;
        let beta = Divergence::Beta(BetaDivergence::new(exponent).unwrap());
        for divergence in [Divergence::ItakuraSaito, beta] {
            let best = best_constant(divergence, &sample).unwrap();
            prop_assert!(near(best.prediction, sample.arithmetic_mean()), "{divergence}: {best:?}");
        }
        let reversed = best_constant(Divergence::ReversedItakuraSaito, &sample).unwrap();
        prop_assert!(near(reversed.prediction, sample.harmonic_mean()));
    }

    #[test]
    fn no_constant_beats_the_best_one(
        divergence in any_divergence(), values in vec(number(2.0), 2..10), other in number(2.5),
    ) {
        let sample = sample(&values.iter().map(|value| value.get()).collect::<Vec<_>>());
        let best = best_constant(divergence, &sample).unwrap();
        let rival = PositiveArray::constant(sample.shape(), other.get()).unwrap();
        let rival = divergence.mean(&sample, &rival).unwrap();
        prop_assert!(best.value <= rival * (1.0 + ROUNDING));
    }

    // C05.4: descent

    #[test]
    fn descent_in_the_logarithm_is_equivariant(
        y in number(3.0), start in number(1.0), c in number(3.0), rate in 0.01..1.0,
    ) {
        let scaled = c.get() * y.get();
        let (start, shift) = ((start.get() * y.get()).ln(), c.get().ln());
        let path = log_descent(y.get(), start, rate, 100).unwrap();
        let shifted = log_descent(scaled, start + shift, rate, 100).unwrap();
        // A first step from far below is as long as y/f, and has its rounding.
        let length = path.iter().fold(1.0, |longest: f64, value| longest.max(value.abs()));
        let worst = (&shifted - &path - shift).iter().fold(0.0, |worst: f64, e| worst.max(e.abs()));
        prop_assert!(worst < 1e-12 * length, "{worst:e} for {length}");
    }

    #[test]
    fn the_natural_gradient_is_the_gradient_of_squared_error(y in number(2.0), f in number(2.0)) {
        let natural = Divergence::ItakuraSaito.derivative(y, f) / fisher_information(1.0, f.get()).unwrap();
        let squared = BetaDivergence::SQUARED_ERROR.derivative(y, f);
        prop_assert!((natural - squared).abs() <= ROUNDING * squared.abs());
        prop_assert_eq!(natural_gradient(y.get(), f.get()).unwrap(), squared);
    }

    #[test]
    fn behind_the_exponential_link_the_fisher_metric_is_constant(
        f in number(100.0), other in number(3.0), shape in number(3.0),
    ) {
        prop_assert_eq!(fisher_weight(Link::Exponential, shape, f), shape.get());
        for link in Link::ALL {
            // For shape 1 it is the Gauss-Newton weight of IS; for the rest, the law of a metric.
            let unit = gauss_newton_weight(Divergence::ItakuraSaito, link, other);
            let weight = fisher_weight(link, shape, other);
            prop_assert!((weight / (shape.get() * unit) - 1.0).abs() < ROUNDING);
            let quadrature = fisher_information_by_quadrature(shape.get(), other.get()).unwrap().value;
            let law = link.slope(other).powi(2) * quadrature;
            prop_assert!((weight / law - 1.0).abs() < QUADRATURE);
        }
    }

    #[test]
    fn a_step_in_the_logarithm_is_a_natural_step_to_first_order(
        y in number(0.5), f in number(0.5), rate in 1e-5..1e-3,
    ) {
        let natural = natural_step(y.get(), f.get(), rate).unwrap();
        let logarithmic = log_step(y.get(), f.get().ln(), rate).unwrap().exp();
        let second_order = (rate * (1.0 - y.get() / f.get())).powi(2) * f.get();
        prop_assert!((natural - logarithmic).abs() <= second_order + ROUNDING * f.get());
    }

    #[test]
    fn the_gradient_in_the_logarithm_is_below_one_and_unbounded_below(
        y in number(3.0), psi in -50.0..50.0,
    ) {
        let gradient = log_gradient(y.get(), psi).unwrap();
        let exact = 1.0 - y.get() * f64::exp(-psi);
        prop_assert!(gradient <= 1.0);
        prop_assert!((gradient - exact).abs() <= 1e-13 * (1.0 + y.get() * f64::exp(-psi)));
    }

    // C05.6

    #[test]
    fn the_wrong_loss_never_gains_efficiency(values in vec(number(2.0), 1..20), c in number(2.0)) {
        let inputs = sample(&values.iter().map(|value| value.get()).collect::<Vec<_>>());
        for efficiency in [multiplicative_efficiency(&inputs), additive_efficiency(&inputs)] {
            prop_assert!(0.0 < efficiency && efficiency <= 1.0 + ROUNDING);
        }
        let constant = PositiveArray::constant(&[7], c.get()).unwrap();
        prop_assert!((multiplicative_efficiency(&constant) - 1.0).abs() < ROUNDING);
        prop_assert!((additive_efficiency(&constant) - 1.0).abs() < ROUNDING);
    }

    #[test]
    fn the_line_of_least_divergence_has_the_mean_ratio_as_slope(
        values in vec((number(1.0), number(1.0)), 1..10),
    ) {
        let target = sample(&values.iter().map(|(y, _)| y.get()).collect::<Vec<_>>());
        let inputs = sample(&values.iter().map(|(_, x)| x.get()).collect::<Vec<_>>());
        let slope = fit_line(&target, &inputs).unwrap().itakura_saito;
        let derivative: f64 = values
            .iter()
            .map(|(y, x)| x.get() * Divergence::ItakuraSaito.derivative(*y, positive(slope * x.get())))
            .sum();
        prop_assert!((slope * derivative).abs() < 1e-12 * values.len() as f64 * 100.0);
    }
}
