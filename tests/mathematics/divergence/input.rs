//! P16: what goes in, what is refused, and what never comes out.

use super::*;

proptest! {
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
