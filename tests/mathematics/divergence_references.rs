//! The divergence against numbers that were made elsewhere: mpmath at 60 digits, scikit-learn,
//! statsmodels, and the reference values of the claims.

use itakura_saito::divergence::*;

/// A few roundings; each reference is the `f64` nearest to sixty digits.
const ROUNDING: f64 = 2e-15;
/// The agreement with other libraries, which lose some digits of their own.
const OTHER_LIBRARIES: f64 = 1e-12;
/// References of the claims that are printed with ten digits or more.
const PRINTED: f64 = 1e-10;

fn positive(value: f64) -> Positive {
    Positive::new(value).expect("a positive number in a test")
}

fn sample(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("a positive sample in a test")
}

fn one_to_ten() -> PositiveArray {
    PositiveArray::from_vec((1..=10).map(f64::from).collect()).expect("positive inputs")
}

#[track_caller]
fn assert_close(found: f64, expected: f64, relative: f64) {
    let error = ((found - expected) / expected).abs();
    assert!(error <= relative, "{found:e} instead of {expected:e}: off by {error:e}");
}

/// `(y, f, V)`: `y, f = mpf(y), mpf(f); y / f - log(y / f) - 1` with `mp.dps = 60`.
const ITAKURA_SAITO: &[(f64, f64, f64)] = &[
    (2.0, 3.0, 0.07213177477483104),
    (1.0, 2.0, 0.19314718055994531),
    (1.0, 0.5, 0.3068528194400547),
    (1.0, 1.0000000000000002, 2.465190328815661e-32),
    (1.0, 1.000000000001, 5.00088904533331e-25),
    (1.00000001, 1.0, 4.999999905891958e-17),
    (1.0, 1.00000001, 4.999999872558626e-17),
    (3.0, 3.0003, 4.999333408331633e-09),
    (1.0, 1.1, 0.004401088895233958),
    (7.5, 5.0, 0.09453489189183562),
    (1.0, 1.99, 0.19064720155047138),
    (1.99, 1.0, 0.301865361263599),
    (1.0, 2.01, 0.1956471598819296),
    (2.01, 1.0, 0.3118652779290155),
    (0.01, 100.0, 8.210440371976183),
    (100.0, 0.01, 9989.789659628024),
    (1e-300, 1e+300, 1380.5510557964274),
    (1e+150, 1e-150, 9.999999999999999e299),
    (5e-324, 1.0, 743.4400719213812),
];

#[test]
fn itakura_saito_has_full_relative_precision() {
    for &(y, f, expected) in ITAKURA_SAITO {
        assert_close(Divergence::ItakuraSaito.value(positive(y), positive(f)), expected, ROUNDING);
        assert_close(
            Divergence::ReversedItakuraSaito.value(positive(f), positive(y)),
            expected,
            ROUNDING,
        );
    }
}

/// `(beta, y, f, d)`: `(y**b + (b - 1) * f**b - b * y * f**(b - 1)) / (b * (b - 1))` with
/// `b, y, f = mpf(b), mpf(y), mpf(f)` and `mp.dps = 60`; at `b = 0` `y / f - log(y / f) - 1`, at
/// `b = 1` `y * log(y / f) - y + f`.
const BETA: &[(f64, f64, f64, f64)] = &[
    (-1.0, 2.0, 3.0, 0.027777777777777776),
    (-1.0, 3.0, 2.0, 0.041666666666666664),
    (-1.0, 1.0, 1.000001, 4.999989999192336e-13),
    (-1.0, 0.001, 1000.0, 499.9990000005),
    (-1.0, 1000.0, 0.001, 499999000.00049996),
    (-1.0, 1.0, 2.7, 0.1982167352537723),
    (-1e-09, 2.0, 3.0, 0.07213177470565539),
    (-1e-09, 3.0, 2.0, 0.0945348918139751),
    (-1e-09, 1.0, 1.000001, 4.999993332518166e-13),
    (-1e-09, 0.001, 1000.0, 12.815511552056511),
    (-1e-09, 1000.0, 0.001, 999985.1903972052),
    (-1e-09, 1.0, 2.7, 0.3636221431491379),
    (1e-14, 2.0, 3.0, 0.07213177477483174),
    (1e-14, 3.0, 2.0, 0.09453489189183639),
    (1e-14, 1.0, 1.000001, 4.999993332518169e-13),
    (1e-14, 0.001, 1000.0, 12.815511557964333),
    (1e-14, 1000.0, 0.001, 999985.1844893829),
    (1e-14, 1.0, 2.7, 0.3636221433806561),
    (0.0, 2.0, 3.0, 0.07213177477483104),
    (0.0, 3.0, 2.0, 0.09453489189183562),
    (0.0, 1.0, 1.000001, 4.999993332518169e-13),
    (0.0, 0.001, 1000.0, 12.815511557964275),
    (0.0, 1000.0, 0.001, 999985.184489442),
    (0.0, 1.0, 2.7, 0.3636221433806538),
    (1e-05, 2.0, 3.0, 0.07213246653470187),
    (1e-05, 3.0, 2.0, 0.09453567050017118),
    (1e-05, 1.0, 1.000001, 4.999993332551502e-13),
    (1e-05, 0.001, 1000.0, 12.815570644788368),
    (1e-05, 1000.0, 0.001, 999926.1086526021),
    (1e-05, 1.0, 2.7, 0.36362445854847597),
    (0.5, 2.0, 3.0, 0.11664844240387745),
    (0.5, 3.0, 2.0, 0.14286458158996607),
    (0.5, 1.0, 1.000001, 4.999994999182022e-13),
    (0.5, 0.001, 1000.0, 63.11912534251405),
    (0.5, 1000.0, 0.001, 63119.12534251405),
    (0.5, 1.0, 2.7, 0.5034965839313659),
    (0.9999999999, 2.0, 3.0, 0.18906978376536657),
    (0.9999999999, 3.0, 2.0, 0.216395324306473),
    (0.9999999999, 1.0, 1.000001, 4.999996665846501e-13),
    (0.9999999999, 0.001, 1000.0, 999.9851838986657),
    (0.9999999999, 1000.0, 0.001, 12815.51155855505),
    (0.9999999999, 1.0, 2.7, 0.7067482269408661),
    (1.0, 2.0, 3.0, 0.18906978378367123),
    (1.0, 3.0, 2.0, 0.21639532432449315),
    (1.0, 1.0, 1.000001, 4.999996665846501e-13),
    (1.0, 0.001, 1000.0, 999.9851844894421),
    (1.0, 1000.0, 0.001, 12815.511557964273),
    (1.0, 1.0, 2.7, 0.7067482269897167),
    (1.0000001, 2.0, 3.0, 0.18906980208832794),
    (1.0000001, 3.0, 2.0, 0.21639534234463545),
    (1.0000001, 1.0, 1.000001, 4.999996665846834e-13),
    (1.0000001, 0.001, 1000.0, 999.9857752659406),
    (1.0000001, 1000.0, 0.001, 12815.510967188875),
    (1.0000001, 1.0, 2.7, 0.7067482758402431),
    (1.5, 2.0, 3.0, 0.3071345511904989),
    (1.5, 3.0, 2.0, 0.3285399392010656),
    (1.5, 1.0, 1.000001, 4.999998332511605e-13),
    (1.5, 0.001, 1000.0, 21081.787864399696),
    (1.5, 1000.0, 0.001, 42100.45660345688),
    (1.5, 1.0, 2.7, 1.0046997988302337),
    (2.0, 2.0, 3.0, 0.5),
    (2.0, 3.0, 2.0, 0.5),
    (2.0, 1.0, 1.000001, 4.999999999177334e-13),
    (2.0, 0.001, 1000.0, 499999.0000005),
    (2.0, 1000.0, 0.001, 499999.0000005),
    (2.0, 1.0, 2.7, 1.4450000000000003),
    (3.0, 2.0, 3.0, 1.3333333333333333),
    (3.0, 3.0, 2.0, 1.1666666666666667),
    (3.0, 1.0, 1.000001, 5.000003332510666e-13),
    (3.0, 0.001, 1000.0, 333332833.3333333),
    (3.0, 1000.0, 0.001, 166666666.66616666),
    (3.0, 1.0, 2.7, 3.0826666666666673),
    (10.0, 2.0, 3.0, 1542.2777777777778),
    (10.0, 3.0, 2.0, 587.8333333333334),
    (10.0, 1.0, 1.000001, 5.000026665913994e-13),
    (10.0, 0.001, 1000.0, 9.99998888888889e28),
    (10.0, 1000.0, 0.001, 1.1111111111111112e28),
    (10.0, 1.0, 2.7, 1211.633822614602),
];

#[test]
fn the_beta_family_has_full_relative_precision() {
    for &(exponent, y, f, expected) in BETA {
        let divergence = BetaDivergence::new(exponent).unwrap();
        let found = divergence.value(positive(y), positive(f));
        assert_close(found, expected, ROUNDING);
    }
}

/// Made as `BETA`, where a power or a ratio comes near the ends of the range of `f64`, or leaves it.
const EXTREME_BETA: &[(f64, f64, f64, f64)] = &[
    (0.0, 1e+200, 1.0000000001e+200, 5.000011181857123e-21),
    (0.0, 1e-150, 1e+150, 689.7755278982137),
    (0.0, 1e+150, 1e-150, 9.999999999999999e299),
    (1e-06, 1e+200, 1.0000000001e+200, 5.002314302371946e-21),
    (1e-06, 1e-150, 1e+150, 689.775885960763),
    (1e-06, 1e+150, 1e-150, 9.996556715312097e299),
    (1.0, 1e+200, 1.0000000001e+200, 5.000011182190457e179),
    (1.0, 1e-150, 1e+150, 1e150),
    (1.0, 1e+150, 1e-150, 6.897755278982137e152),
    (2.0, 1e-150, 1e+150, 4.9999999999999995e299),
    (2.0, 1e+150, 1e-150, 4.9999999999999995e299),
];

#[test]
fn the_beta_family_survives_the_ends_of_the_range() {
    for &(exponent, y, f, expected) in EXTREME_BETA {
        let divergence = BetaDivergence::new(exponent).unwrap();
        // By logarithms of size 700, whose rounding becomes relative.
        assert_close(divergence.value(positive(y), positive(f)), expected, 1e-12);
    }
    // mpmath: 5.00001118252379132e379, for which infinity is the right `f64`.
    let squared = BetaDivergence::SQUARED_ERROR;
    assert_eq!(squared.value(positive(1e200), positive(1.0000000001e200)), f64::INFINITY);
}

const TARGET: [f64; 5] = [1.0, 2.0, 3.0, 2.0, 1.0];
const PREDICTION: [f64; 5] = [1.1, 1.8, 2.5, 2.2, 1.3];

#[test]
fn the_gamma_deviance_is_that_of_scikit_learn_and_statsmodels() {
    let (target, prediction) = (sample(&TARGET), sample(&PREDICTION));
    let deviance = mean_gamma_deviance(&target, &prediction).unwrap();
    // scikit-learn 1.9.1: mean_gamma_deviance(y, f)
    assert_close(deviance, 0.025530500059223284, OTHER_LIBRARIES);
    // statsmodels 0.15.0: sm.families.Gamma().deviance(y, f)
    assert_close(5.0 * deviance, 0.1276525002961166, OTHER_LIBRARIES);

    let (target, prediction) = (sample(&[2.0, 0.5, 1.0, 4.0]), sample(&[0.5, 0.5, 2.0, 2.0]));
    let deviance = mean_gamma_deviance(&target, &prediction).unwrap();
    // The same two calls.
    assert_close(deviance, 1.0568528194400546, OTHER_LIBRARIES);
    assert_close(4.0 * deviance, 4.227411277760218, OTHER_LIBRARIES);
}

#[test]
fn the_beta_family_is_that_of_scikit_learn() {
    // scikit-learn 1.9.1: from sklearn.decomposition._nmf import _beta_divergence
    // _beta_divergence(y.reshape(1, -1), np.ones((1, 1)), f.reshape(1, -1), beta)
    let table = [
        (-1.0, 0.04257865246210235),
        (0.0, 0.06382625014805837),
        (0.5, 0.08209327444468606),
        (1.0, 0.10939089781705108),
        (1.5, 0.15091584077786635),
        (2.0, 0.21500000000000005),
        (3.0, 0.4726666666666688),
    ];
    for (exponent, expected) in table {
        let divergence = Divergence::Beta(BetaDivergence::new(exponent).unwrap());
        let total = divergence.total(&sample(&TARGET), &sample(&PREDICTION));
        assert_close(total.unwrap(), expected, OTHER_LIBRARIES);
    }
}

#[test]
fn c01_1_the_discretised_action_is_the_sum_plus_an_elastic_term_added_by_hand() {
    let (spacing, elasticity) = (0.25, 0.1);
    let sum = Divergence::ItakuraSaito.total(&sample(&TARGET), &sample(&PREDICTION));
    let stretch: f64 = PREDICTION.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
    let action = elasticity * stretch / spacing + spacing * sum.unwrap();
    assert_close(action, 0.7679565625370146, PRINTED);
}

#[test]
fn c02_1_the_two_divergences_and_their_best_constants() {
    let (two, three) = (positive(2.0), positive(3.0));
    assert_close(Divergence::ItakuraSaito.value(two, three), 0.072131774774831, 1e-14);
    assert_close(Divergence::ReversedItakuraSaito.value(two, three), 0.0945348918918356, 1e-14);

    let sample = sample(&[1.0, 2.0, 6.0]);
    let forward = best_constant(Divergence::ItakuraSaito, &sample).unwrap();
    assert_close(forward.prediction.get(), 3.0, PRINTED);
    // Newton is quadratic: more than a handful of steps would mean that it was halving.
    assert!(forward.iterations < 10, "{forward:?}");
    assert!(forward.curvature > 0.0 && forward.logarithmic_derivative.abs() < 1e-15);
    let reversed = best_constant(Divergence::ReversedItakuraSaito, &sample).unwrap();
    assert_close(reversed.prediction.get(), 1.8, PRINTED);

    // The coefficients, by (-1)^n (n - 1)/n and (-1)^n/n with n = 0 ... 5.
    let series = TaylorPolynomial::itakura_saito(5).unwrap();
    assert_eq!(series.coefficients(), [0.0, 0.0, 0.5, -2.0 / 3.0, 0.75, -0.8]);
    let series = TaylorPolynomial::reversed_itakura_saito(5).unwrap();
    assert_eq!(series.coefficients(), [0.0, 0.0, 0.5, -1.0 / 3.0, 0.25, -0.2]);
}

#[test]
fn c03_1_the_expansion_at_a_tenth() {
    let exact = Divergence::ItakuraSaito.value(positive(1.0), positive(1.1));
    assert_close(exact, 0.00440108889523395, 1e-14);
    let series = TaylorPolynomial::itakura_saito(5).unwrap().evaluate(0.1).unwrap();
    assert_close(series.value, 0.00440033333333, 1e-12);
    assert_close(series.next_term, 5.0 / 6.0 * 1e-6, 1e-14);
    assert!((exact - series.value).abs() < series.next_term);
}

#[test]
fn c05_2_predicting_half_costs_more_than_predicting_twice() {
    assert_close(
        Divergence::ItakuraSaito.value(positive(1.0), positive(2.0)),
        0.193147180559945,
        1e-14,
    );
    assert_close(
        Divergence::ItakuraSaito.value(positive(1.0), positive(0.5)),
        0.306852819440055,
        1e-14,
    );
}

#[test]
fn c05_4_the_fisher_information_of_two_gamma_variables() {
    for (shape, mean, expected) in [(1.0, 2.0, 0.25), (3.0, 0.7, 6.12244897959184)] {
        assert_close(fisher_information(shape, mean).unwrap(), expected, 1e-14);
        let quadrature = fisher_information_by_quadrature(shape, mean).unwrap();
        assert_close(quadrature.value, expected, 1e-14);
        assert!(quadrature.mean_error.abs() < 1e-14);
    }
}

#[test]
fn c05_4_the_link_decides_which_loss_is_well_conditioned() {
    let targets = sample(&[0.01, 0.1, 1.0, 10.0, 100.0]);
    let ratio = |divergence, link| gauss_newton_weights(divergence, link, &targets).unwrap().ratio;
    let (squared, itakura_saito) = (Divergence::SQUARED_ERROR, Divergence::ItakuraSaito);
    assert_eq!(ratio(squared, Link::Identity), 1.0);
    assert_close(ratio(itakura_saito, Link::Identity), 1e8, PRINTED);
    assert_close(ratio(squared, Link::Exponential), 1e8, PRINTED);
    assert_close(ratio(itakura_saito, Link::Exponential), 1.0, PRINTED);
    assert_close(ratio(squared, Link::Softplus), 10100.4175004153, PRINTED);
    assert_close(ratio(itakura_saito, Link::Softplus), 9900.58084191951, PRINTED);
}

/// `(y, f, behind the exponential, behind the softplus)`: twice the second Taylor coefficient in the output,
/// by mpmath at 60 digits. Below the target the parts of each second derivative cancel.
const SECOND_DERIVATIVES: &[(Loss, [f64; 4])] = &[
    (Loss::ITAKURA_SAITO, [1.0, 1e-9, 999999999.9999999, 999999999.4999999]),
    (Loss::Divergence(Divergence::KULLBACK_LEIBLER), [1.0, 1e-9, 1e-9, 1.4999999979166668e-9]),
    (Loss::MeanSquaredError, [1.0, 1e-9, -1.999999996e-9, -1.999999993e-9]),
    (Loss::SquaredLogarithm, [1.0, 1e-9, 2.0, 2.0000000187232658]),
    (Loss::ITAKURA_SAITO, [1e-9, 2.0, 5e-10, -0.1284014457722816]),
    (Loss::Divergence(Divergence::KULLBACK_LEIBLER), [1e-9, 2.0, 2.0, 0.11701964447627996]),
    (Loss::MeanSquaredError, [1e-9, 2.0, 15.999999996, 1.9633687219884924]),
    (Loss::SquaredLogarithm, [1e-9, 2.0, 2.0, -5.125974259953368]),
    (Loss::ITAKURA_SAITO, [2.0, 0.3, 6.666666666666667, 5.578698606054184]),
    (Loss::Divergence(Divergence::KULLBACK_LEIBLER), [2.0, 0.3, 0.3, 0.404744792460653]),
    (Loss::MeanSquaredError, [2.0, 0.3, -0.84, -0.5184719981369695]),
    (Loss::SquaredLogarithm, [2.0, 0.3, 2.0, 1.89637201082884]),
];

#[test]
fn second_derivatives_behind_a_link_keep_their_digits_below_the_target() {
    for &(loss, [target, prediction, exponential, softplus]) in SECOND_DERIVATIVES {
        for (link, expected) in [(Link::Exponential, exponential), (Link::Softplus, softplus)] {
            let output = link.output(positive(prediction));
            let term = loss.behind(link, positive(target), output).expect("in range");
            // The output carries the rounding of a logarithm of size twenty.
            assert_close(term.second_derivative, expected, 1e-14);
        }
    }
    for (exponent, expected) in [(0.5, 2.099603137103137), (0.0, 6.666666666666667)] {
        let divergence = Divergence::beta(exponent).expect("a small exponent");
        let (target, prediction) = (positive(2.0), positive(0.3));
        let loss = through_link(divergence, Link::Exponential, target, prediction).expect("finite");
        assert_close(loss.hessian, expected, ROUNDING);
    }
}

#[test]
fn c05_4_behind_softplus_two_small_targets_favour_itakura_saito() {
    let targets = sample(&[0.1, 2.0]);
    let weights = |divergence| gauss_newton_weights(divergence, Link::Softplus, &targets).unwrap();
    let squared = weights(Divergence::SQUARED_ERROR);
    assert_close(squared.weights.as_slice()[0], 0.009055917006062723, PRINTED);
    assert_close(squared.weights.as_slice()[1], 0.7476450724155088, PRINTED);
    // Printed with four digits.
    assert!((squared.ratio - 82.56).abs() < 0.005);
    let itakura_saito = weights(Divergence::ItakuraSaito);
    assert_close(itakura_saito.weights.as_slice()[0], 0.9055917006062723, PRINTED);
    assert_close(itakura_saito.weights.as_slice()[1], 0.1869112681038772, PRINTED);
    assert!((itakura_saito.ratio - 4.845).abs() < 0.0005);
}

#[test]
fn c05_5_one_step_jumps_from_a_tenth_to_forty_five() {
    let (target, start, rate) = (1.0, 0.1, 0.5);
    let landed = direct_step(target, start, rate).unwrap();
    assert_close(landed, 45.1, PRINTED);
    assert!((itakura_saito_derivative(target, landed).unwrap() - 0.0217).abs() < 5e-5);
    // In the logarithm, the same rate arrives and stays.
    let path = log_descent(target, 0.1f64.ln(), rate, 200).unwrap();
    assert!(path[200].abs() < 1e-12);
}

#[test]
fn c05_6_the_efficiencies_in_closed_form() {
    assert_close(multiplicative_efficiency(&one_to_ten()), 0.5851063829787234, PRINTED);
    assert_close(additive_efficiency(&one_to_ten()), 0.1675994760484193, PRINTED);
    assert_close(lognormal_efficiency(0.5).unwrap(), 0.367879441171442, PRINTED);
    assert_close(Design::Uniform.efficiency(), 5.0 / 9.0, PRINTED);
}

#[test]
fn c05_6_the_efficiencies_by_monte_carlo_within_three_standard_errors() {
    let (inputs, slope) = (one_to_ten(), positive(1.0));
    let cases = [
        (Noise::Multiplicative { shape: positive(2.0) }, 0.5851063829787234),
        (Noise::Additive { half_width: positive(0.9) }, 0.1675994760484193),
    ];
    for (noise, expected) in cases {
        let found = simulate_efficiency(&inputs, slope, noise, 100_000, 20250).unwrap();
        assert!((found.efficiency - expected).abs() < 3.0 * found.standard_error, "{found:?}");
        // Precise enough to tell the two cases from each other and from no loss.
        assert!(found.standard_error < 0.01 * expected, "{found:?}");
        let (mean, error) = (found.mean, found.mean_standard_error);
        assert!((mean.itakura_saito - 1.0).abs() < 3.0 * error.itakura_saito);
        assert!((mean.least_squares - 1.0).abs() < 3.0 * error.least_squares);
    }
}

#[test]
fn c05_6_random_designs_have_their_limiting_efficiency() {
    let spread = positive(0.5);
    for (design, precision) in [(Design::Uniform, 0.002), (Design::LogNormal { spread }, 0.05)] {
        let found = simulate_design(design, 1_000_000, 20250).unwrap();
        let error = (found.efficiency - design.efficiency()).abs();
        assert!(error < 3.0 * found.standard_error, "{design:?}: {found:?}");
        assert!(found.standard_error < precision, "{design:?}: {found:?}");
    }
}

#[test]
fn c15_12_the_beta_family_at_two_and_three() {
    let table = [
        (-1.0, 0.027777777777778),
        (0.0, 0.072131774774831),
        (0.5, 0.11664844240388),
        (1.0, 0.18906978378367),
        (1.5, 0.3071345511905),
        (2.0, 0.5),
        (3.0, 1.3333333333333),
    ];
    for (exponent, expected) in table {
        let divergence = BetaDivergence::new(exponent).unwrap();
        let value = divergence.value(positive(2.0), positive(3.0));
        assert_close(value, expected, 5e-14 / expected);
        let sevenfold = divergence.value(positive(14.0), positive(21.0));
        assert_close(sevenfold / value, 7f64.powf(exponent), PRINTED);
        let curvature = divergence.second_derivative(positive(2.0), positive(2.0));
        assert_close(curvature, 2f64.powf(exponent - 2.0), PRINTED);
    }
    let halfway = BetaDivergence::new(0.5).unwrap();
    assert_close(halfway.curvature(positive(2.0)), 0.35355339059327, 2e-14);
}

#[test]
fn c15_12_the_curvatures_of_the_f_divergences() {
    for y in [0.3, 2.0, 50.0] {
        let target = positive(y);
        let expected = [1.0, 1.0, 1.0, 2.0, 2.0].map(|curvature| curvature / y);
        for (divergence, expected) in FDivergence::ALL.into_iter().zip(expected) {
            assert_close(divergence.second_derivative(target, target), expected, PRINTED);
            // The same from the values: d(y, y + e) = c e^2/2 + O(e^3), and the mean of both sides
            // of y has no cubic term.
            let step = 1e-4 * y;
            let beside = |f| divergence.value(target, positive(f));
            let quotient = (beside(y + step) + beside(y - step)) / (step * step);
            assert_close(quotient, expected, 1e-7);
        }
    }
}

#[test]
fn c19_8_derivatives_at_the_optimum_and_at_a_generic_point() {
    // Appendix A.7: 1/f - y/f^2 and 2y/f^3 - 1/f^2.
    for (y, f) in [(2.0, 3.0), (5.0, 0.5), (1.0, 40.0)] {
        let (target, prediction) = (positive(y), positive(f));
        let printed = 1.0 / f - y / (f * f);
        assert_close(Divergence::ItakuraSaito.derivative(target, prediction), printed, 1e-14);
        let printed = 2.0 * y / (f * f * f) - 1.0 / (f * f);
        assert_close(
            Divergence::ItakuraSaito.second_derivative(target, prediction),
            printed,
            1e-14,
        );
        assert_close(
            Divergence::ItakuraSaito.second_derivative(target, target),
            1.0 / (y * y),
            1e-15,
        );
    }
}
