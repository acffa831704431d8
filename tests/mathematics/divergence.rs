//! The theorems about the divergence, as properties of arbitrary targets and predictions.

use itakura_saito::Error;
use itakura_saito::divergence::*;
use ndarray::{ArrayD, IxDyn};
use proptest::collection::vec;
use proptest::prelude::*;

/// A few roundings of numbers that do not cancel.
const ROUNDING: f64 = 1e-14;
/// A five-point difference with a relative step of 1e-3: its truncation is the fourth power.
const FINITE_DIFFERENCE: f64 = 1e-8;
/// Trapezoidal sums of a few hundred terms.
const QUADRATURE: f64 = 1e-12;

fn positive(value: f64) -> Positive {
    Positive::new(value).expect("a positive number in a test")
}

fn sample(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("a positive sample in a test")
}

/// Numbers over `decades` decades on either side of one.
fn number(decades: f64) -> impl Strategy<Value = Positive> {
    (-decades..decades).prop_map(|exponent| positive(10f64.powf(exponent)))
}

/// Every positive `f64` below `limit`, the subnormal ones included.
fn any_below(limit: f64) -> impl Strategy<Value = Positive> {
    (1..limit.to_bits()).prop_map(|bits| positive(f64::from_bits(bits)))
}

fn any_positive() -> impl Strategy<Value = Positive> {
    any_below(f64::INFINITY)
}

fn divergences() -> Vec<Divergence> {
    let exponents = [-2.0, -1.0, 0.0, 1e-9, 0.5, 1.0, 1.5, 2.0, 3.0];
    let beta = exponents.map(|exponent| Divergence::Beta(BetaDivergence::new(exponent).unwrap()));
    let mut all = vec![Divergence::ItakuraSaito, Divergence::ReversedItakuraSaito];
    all.extend(beta);
    all.extend(FDivergence::ALL.map(Divergence::Weighted));
    all
}

fn any_loss() -> impl Strategy<Value = Loss> {
    let mut all = vec![Loss::MeanSquaredError, Loss::SquaredLogarithm];
    all.extend(divergences().into_iter().map(Loss::from));
    proptest::sample::select(all)
}

fn any_divergence() -> impl Strategy<Value = Divergence> {
    proptest::sample::select(divergences())
}

/// The five-point difference quotient of a function of the prediction.
fn difference_quotient(function: impl Fn(Positive) -> f64, prediction: Positive) -> f64 {
    let step = 1e-3 * prediction.get();
    let at = |multiple: f64| function(positive(prediction.get() + multiple * step));
    (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step)
}

proptest! {
    // P1

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

    #[test]
    fn through_the_exponential_link_the_hessian_is_one_at_every_target(y in number(100.0)) {
        let loss = through_link(Divergence::ItakuraSaito, Link::Exponential, y, y).unwrap();
        prop_assert_eq!(loss.hessian, 1.0);
        prop_assert_eq!(loss.gradient, 0.0);
    }

    #[test]
    fn through_a_link_derivatives_are_those_of_the_composed_loss(
        divergence in any_divergence(), y in number(0.5), f in number(0.5),
        link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let loss = through_link(divergence, link, y, f).unwrap();
        let (output, step) = (link.output(f), 1e-3 * f.get().min(1.0));
        let at = |multiple: f64| {
            let prediction = link.prediction(output + multiple * step).unwrap();
            through_link(divergence, link, y, prediction).unwrap()
        };
        let [a, b, c, d] = [-2.0, -1.0, 1.0, 2.0].map(at);
        let slope = (8.0 * (c.value - b.value) - (d.value - a.value)) / (12.0 * step);
        let bend = (8.0 * (c.gradient - b.gradient) - (d.gradient - a.gradient)) / (12.0 * step);
        let scale = 1e-3 / step;
        let size = loss.value + loss.gradient.abs() + loss.hessian.abs()
            + divergence.value(y, positive(0.5 * f.get()));
        prop_assert!((slope - loss.gradient).abs() < FINITE_DIFFERENCE * scale * size);
        prop_assert!((bend - loss.hessian).abs() < FINITE_DIFFERENCE * scale * scale * size);
    }

    #[test]
    fn a_loss_behind_a_link_is_the_loss_of_its_prediction(
        loss in any_loss(), y in number(0.5), f in number(0.5),
        link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let (output, step) = (link.output(f), 1e-3 * f.get().min(1.0));
        let at = |multiple: f64| loss.behind(link, y, output + multiple * step).unwrap();
        let [term, a, b, c, d] = [0.0, -2.0, -1.0, 1.0, 2.0].map(at);
        let value = loss.value(y, link.prediction(output).unwrap());
        prop_assert!((term.value - value).abs() <= ROUNDING * (1.0 + value));
        let slope = (8.0 * (c.value - b.value) - (d.value - a.value)) / (12.0 * step);
        let bend = (8.0 * (c.derivative - b.derivative) - (d.derivative - a.derivative)) / (12.0 * step);
        let scale = 1e-3 / step;
        let size = 1.0 + term.value + term.derivative.abs() + term.second_derivative.abs()
            + loss.value(y, positive(0.5 * f.get()));
        prop_assert!((slope - term.derivative).abs() < FINITE_DIFFERENCE * scale * size);
        prop_assert!((bend - term.second_derivative).abs() < FINITE_DIFFERENCE * scale * scale * size);
    }

    #[test]
    fn a_loss_is_the_same_by_every_name(loss in any_loss(), y in number(2.0), f in number(2.0)) {
        prop_assert_eq!(loss.name().parse::<Loss>().unwrap(), loss);
        let stored = serde_json::to_string(&loss).unwrap();
        prop_assert_eq!(serde_json::from_str::<Loss>(&stored).unwrap(), loss);
        let arrays = [sample(&[y.get()]), sample(&[f.get()])];
        prop_assert_eq!(loss.mean(&arrays[0], &arrays[1]).unwrap(), loss.value(y, f));
        let twice = 2.0 * Divergence::SQUARED_ERROR.value(y, f);
        let squares = Loss::MeanSquaredError.value(y, f);
        prop_assert!((squares - twice).abs() <= ROUNDING * twice);
        for (exponent, named) in
            [(0.0, Divergence::ItakuraSaito), (-0.0, Divergence::ItakuraSaito), (1.0, Divergence::KULLBACK_LEIBLER)]
        {
            let member = Divergence::Beta(BetaDivergence::new(exponent).unwrap());
            prop_assert_eq!(member, named);
            prop_assert_eq!(member.to_string(), named.to_string());
            prop_assert_eq!(member.value(y, f).to_bits(), named.value(y, f).to_bits());
            prop_assert_eq!(member.derivative(y, f).to_bits(), named.derivative(y, f).to_bits());
            let second = [member, named].map(|it| it.second_derivative(y, f).to_bits());
            prop_assert_eq!(second[0], second[1]);
        }
    }

    #[test]
    fn a_link_is_inverted_by_its_output(
        f in number(15.0), link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let back = link.prediction(link.output(f)).unwrap();
        // A logarithm has an absolute error of the size of its rounding.
        let rounding = 4.0 * f64::EPSILON * (1.0 + f.get().ln().abs());
        prop_assert!((back.get() / f.get() - 1.0).abs() < rounding);
    }

    // P2

    #[test]
    fn kullback_leibler_of_two_gammas_is_shape_times_itakura_saito(
        shape in number(4.0), from in number(1.0), to in number(1.0),
    ) {
        let exact = gamma_kullback_leibler(shape.get(), from.get(), to.get()).unwrap();
        let found = gamma_kullback_leibler_by_quadrature(shape.get(), from.get(), to.get()).unwrap();
        let deviation = (from.get() / to.get() - 1.0).abs() + (from.get() / to.get()).ln().abs();
        prop_assert!((found.value - exact).abs() < QUADRATURE * shape.get() * deviation);
        prop_assert!(found.mean_error.abs() < QUADRATURE * shape.get().sqrt().recip().max(1.0));
    }

    #[test]
    fn the_fisher_information_of_a_gamma_mean_is_shape_over_mean_squared(
        shape in number(6.0), mean in number(3.0),
    ) {
        let found = fisher_information_by_quadrature(shape.get(), mean.get()).unwrap();
        prop_assert!((found.value / fisher_information(shape.get(), mean.get()).unwrap() - 1.0).abs() < QUADRATURE);
    }

    // P3

    #[test]
    fn the_series_is_within_its_next_term(u in -0.3..0.3f64, order in 2usize..12) {
        let (y, f) = (Positive::ONE, positive(1.0 + u));
        // Exactly the deviation that the prediction has.
        let u = f.get() - 1.0;
        for (series, exact) in [
            (TaylorPolynomial::itakura_saito(order), Divergence::ItakuraSaito.value(y, f)),
            (TaylorPolynomial::reversed_itakura_saito(order), Divergence::ReversedItakuraSaito.value(y, f)),
        ] {
            let series = series.unwrap().evaluate(u).unwrap();
            // Alternating for u > 0; for u < 0 all terms have one sign, and each is at most 9/8 u
            // times the one before.
            let factor = if u > 0.0 { 1.0 } else { 1.0 / (1.0 - 9.0 / 8.0 * u.abs()) };
            let bound = factor * series.next_term.abs() + ROUNDING * exact;
            prop_assert!((series.value - exact).abs() <= bound);
        }
    }

    // P14

    #[test]
    fn a_divergence_is_homogeneous_of_its_degree(
        divergence in any_divergence(), y in number(2.0), f in number(2.0), power in -20i32..20,
    ) {
        let scale = 2f64.powi(power);
        let scaled = divergence.value(positive(scale * y.get()), positive(scale * f.get()));
        let expected = scale.powf(divergence.degree()) * divergence.value(y, f);
        prop_assert!((scaled - expected).abs() <= ROUNDING * expected);
    }

    #[test]
    fn the_curvature_at_the_optimum_scales_with_degree_minus_two(
        divergence in any_divergence(), y in number(3.0),
    ) {
        let curvature = divergence.curvature(y);
        let unit = divergence.curvature(Positive::ONE);
        let law = unit * y.get().powf(divergence.degree() - 2.0);
        prop_assert!((curvature / law - 1.0).abs() < ROUNDING);
        prop_assert!((divergence.second_derivative(y, y) / curvature - 1.0).abs() < ROUNDING);
    }

    #[test]
    fn the_beta_family_is_continuous_at_zero_and_one(
        y in number(4.0), f in number(4.0), logarithm in -17.0..-2.0, side in any::<bool>(),
    ) {
        prop_assume!(y != f);
        let change = 10f64.powf(logarithm) * if side { 1.0 } else { -1.0 };
        for centre in [0.0, 1.0] {
            let limit = BetaDivergence::new(centre).unwrap().value(y, f);
            let near = BetaDivergence::new(centre + change).unwrap();
            // The logarithm of the divergence changes with beta by at most |ln f| + |ln y/f|.
            let slope = f.get().ln().abs() + (y.get() / f.get()).ln().abs();
            let moved = near.exponent() - centre;
            let bound = (moved.abs() * slope).exp_m1() + 3.0 * ROUNDING;
            prop_assert!((near.value(y, f) / limit - 1.0).abs() <= bound);
        }
    }

    #[test]
    fn the_beta_family_has_the_three_named_members(y in number(4.0), f in number(4.0)) {
        let relative = |found: f64, expected: f64| (found - expected).abs() <= 3.0 * ROUNDING * expected;
        prop_assert!(relative(BetaDivergence::ITAKURA_SAITO.value(y, f), Divergence::ItakuraSaito.value(y, f)));
        let kullback_leibler = FDivergence::KullbackLeibler.value(y, f);
        prop_assert!(relative(BetaDivergence::KULLBACK_LEIBLER.value(y, f), kullback_leibler));
        let squared = 0.5 * (y.get() - f.get()).powi(2);
        prop_assert!(relative(BetaDivergence::SQUARED_ERROR.value(y, f), squared));
    }

    #[test]
    fn derivatives_survive_powers_beyond_the_range(y in number(130.0), factor in 0.01..100.0) {
        // f^-2 and f^-3 leave the range of f64, the derivatives do not.
        let f = positive(factor * y.get());
        let beta = BetaDivergence::ITAKURA_SAITO;
        let (first, second) = (beta.derivative(y, f), beta.second_derivative(y, f));
        let size = (1.0 + y.get() / f.get()) / f.get();
        prop_assert!((first - Divergence::ItakuraSaito.derivative(y, f)).abs() < 1e-12 * size);
        let size = 2.0 * size / f.get();
        prop_assert!((second - Divergence::ItakuraSaito.second_derivative(y, f)).abs() < 1e-12 * size);
    }

    #[test]
    fn the_second_derivative_has_the_sign_of_the_convex_range(
        exponent in -5.0..5.0, y in number(2.0), f in number(2.0),
    ) {
        let divergence = BetaDivergence::new(exponent).unwrap();
        let (lower, upper) = divergence.convex_range(y);
        let margin = [lower, upper].map(|end| (f.get() / end - 1.0).abs());
        prop_assume!(margin.iter().all(|margin| *margin > 1e-9));
        let convex = lower < f.get() && f.get() < upper;
        prop_assert_eq!(divergence.second_derivative(y, f) > 0.0, convex);
    }

    #[test]
    fn an_f_divergence_is_its_generator_weighted_by_the_target(
        y in number(2.0), f in number(2.0),
        divergence in proptest::sample::select(FDivergence::ALL.to_vec()),
    ) {
        let weighted = y.get() * divergence.generator(positive(f.get() / y.get()));
        let rounding = ROUNDING * (y.get() - f.get()).abs() * (1.0 + y.get() / f.get());
        prop_assert!((weighted - divergence.value(y, f)).abs() <= rounding * (1.0 + f.get() / y.get()));
    }

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

    // P16

    #[test]
    fn a_number_that_is_not_positive_is_refused(value in any::<f64>()) {
        let accepted = value > 0.0 && value < f64::INFINITY;
        prop_assert_eq!(Positive::new(value).is_ok(), accepted);
        prop_assert_eq!(PositiveArray::from_vec(vec![1.0, value]).is_ok(), accepted);
        if accepted {
            prop_assert_eq!(positive(value).get(), value);
        }
    }

    #[test]
    fn no_valid_input_gives_nan(divergence in any_divergence(), y in any_positive(), f in any_positive()) {
        prop_assert!(divergence.value(y, f) >= 0.0);
        prop_assert!(!divergence.derivative(y, f).is_nan());
        prop_assert!(!divergence.second_derivative(y, f).is_nan());
        prop_assert!(!divergence.curvature(y).is_nan());
        for link in Link::ALL {
            if let Ok(loss) = through_link(divergence, link, y, f) {
                prop_assert!(loss.value.is_finite() && loss.gradient.is_finite());
                prop_assert!(loss.gauss_newton.is_finite() && loss.hessian.is_finite());
            }
        }
    }

    #[test]
    fn means_stay_between_the_extremes_of_any_sample(values in vec(any_positive(), 1..20)) {
        let sample = sample(&values.iter().map(|value| value.get()).collect::<Vec<_>>());
        for mean in [sample.arithmetic_mean(), sample.harmonic_mean()] {
            prop_assert!(sample.minimum() <= mean && mean <= sample.maximum());
        }
        prop_assert!(sample.harmonic_mean().get() <= sample.arithmetic_mean().get() * (1.0 + ROUNDING));
    }
}

#[test]
fn two_points_are_never_coupled() {
    // C01.1: the Hessian of the sum is diagonal, so that a change of one prediction leaves every other
    // entry of the gradient as it is, to the bit.
    let target = sample(&[1.0, 2.0, 3.0, 2.0, 1.0]);
    let predictions = [1.1, 1.8, 2.5, 2.2, 1.3];
    for divergence in divergences() {
        let gradient = divergence.gradient(&target, &sample(&predictions)).unwrap();
        for changed in 0..predictions.len() {
            let mut other = predictions;
            other[changed] += 1e-3;
            let moved = divergence.gradient(&target, &sample(&other)).unwrap() - &gradient;
            for (index, difference) in moved.iter().enumerate() {
                assert_eq!(*difference != 0.0, index == changed);
            }
        }
    }
}

#[test]
fn invalid_input_is_refused_with_the_value_and_the_remedy() {
    let message = |error: Error| error.to_string();
    for value in [0.0, -0.0, -2.5, f64::NAN, f64::INFINITY] {
        let refused = message(Positive::new(value).unwrap_err());
        assert!(
            refused.contains(&format!("it is {value}")) && refused.contains("nothing is clamped")
        );
    }
    let grid = ArrayD::from_shape_vec(IxDyn(&[2, 2]), vec![1.0, 2.0, -3.0, 4.0]).unwrap();
    let refused = message(PositiveArray::new(grid).unwrap_err());
    assert!(refused.contains("[1, 0]") && refused.contains("-3"), "{refused}");
    let empty = PositiveArray::from_vec(vec![]).unwrap_err();
    assert!(matches!(empty, Error::Empty { .. }));

    let (three, two) = (sample(&[1.0, 2.0, 3.0]), sample(&[1.0, 2.0]));
    let refused = Divergence::ItakuraSaito.total(&three, &two).unwrap_err();
    assert!(message(refused.clone()).contains("[3]") && message(refused).contains("[2]"));
    assert!(mean_gamma_deviance(&three, &two).is_err());
    assert!(fit_line(&three, &two).is_err());

    for exponent in [f64::NAN, 100.5, f64::NEG_INFINITY] {
        let refused = message(BetaDivergence::new(exponent).unwrap_err());
        assert!(refused.contains(&format!("it is {exponent}")), "{refused}");
    }
    assert!(matches!(TaylorPolynomial::itakura_saito(1), Err(Error::TooFew { count: 1, .. })));
    let series = TaylorPolynomial::itakura_saito(4).unwrap();
    for deviation in [1.0, -1.0, f64::NAN] {
        assert!(matches!(series.evaluate(deviation), Err(Error::OutOfRange { .. })));
    }
    assert!(matches!(Link::Identity.prediction(-1.0), Err(Error::NotPositive { value: -1.0, .. })));
    assert!(matches!(
        Link::Exponential.prediction(-800.0),
        Err(Error::NotPositive { value: 0.0, .. })
    ));
    assert!(matches!(Link::Softplus.prediction(f64::NAN), Err(Error::NotFinite { .. })));
}

#[test]
fn a_descent_that_leaves_the_positive_numbers_says_so() {
    let near_zero = 1e-3;
    let overshoot = direct_step(near_zero, 0.1, 1.0);
    assert!(matches!(overshoot, Err(Error::NotPositive { value, .. }) if value < 0.0));
    assert!(natural_step(1.0, 3.0, 1.6).is_err());
    assert!(direct_descent(near_zero, 0.1, 1.0, 3).is_err());
    assert!(matches!(
        log_descent(1.0, -1000.0, 1.0, 1),
        Err(Error::NotFinite { value, .. }) if value == f64::INFINITY
    ));
}

#[test]
fn an_impossible_simulation_is_refused() {
    let inputs = sample(&[1.0, 2.0]);
    let noise = Noise::Additive { half_width: Positive::ONE };
    let refused = simulate_efficiency(&inputs, Positive::ONE, noise, 10, 1);
    assert!(matches!(refused, Err(Error::OutOfRange { value: 1.0, .. })));
    let noise = Noise::Multiplicative { shape: Positive::ONE };
    let refused = simulate_efficiency(&inputs, Positive::ONE, noise, 1, 1);
    assert!(matches!(refused, Err(Error::TooFew { count: 1, minimum: 2, .. })));
    assert!(matches!(gamma_sample(Positive::ONE, Positive::ONE, 0, 1), Err(Error::Empty { .. })));
    // A gamma variable of this shape is below 5e-324 half of the time.
    let underflow = gamma_sample(positive(1e-3), Positive::ONE, 100, 1);
    assert!(matches!(underflow, Err(Error::NotPositiveAt { value: 0.0, .. })));
}

#[test]
fn a_positive_number_survives_json_and_a_negative_one_does_not() {
    let written = serde_json::to_string(&positive(2.5)).unwrap();
    assert_eq!(serde_json::from_str::<Positive>(&written).unwrap(), positive(2.5));
    assert!(serde_json::from_str::<Positive>("-2.5").is_err());
}

#[test]
fn a_mean_is_right_where_the_sum_overflows() {
    let mean = sample(&[1.6e308, 0.8e308]).arithmetic_mean();
    assert!((mean.get() / 1.2e308 - 1.0).abs() < ROUNDING);
    let harmonic = sample(&[1e-310, 1e-310, 1e300]).harmonic_mean();
    assert!((harmonic.get() / 1.5e-310 - 1.0).abs() < 1e-12);
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    let draw = |seed| gamma_sample(positive(0.7), positive(3.0), 1000, seed).unwrap();
    assert_eq!(draw(5), draw(5));
    assert_ne!(draw(5), draw(6));
    let inputs = sample(&[1.0, 2.0, 3.0]);
    let noise = Noise::Additive { half_width: positive(0.5) };
    let estimate = |seed| simulate_efficiency(&inputs, Positive::ONE, noise, 100, seed).unwrap();
    assert_eq!(estimate(5), estimate(5));
    assert_ne!(estimate(5), estimate(6));
}
