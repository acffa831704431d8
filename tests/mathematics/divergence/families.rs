//! The families that hold the divergence: gamma laws, powers, generators.

use super::*;

proptest! {
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
}
