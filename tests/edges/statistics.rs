//! Statistics of gamma variables, slopes and samples of any size.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::divergence::*;

fn positive(value: f64) -> Positive {
    Positive::new(value).expect("a positive number")
}

#[test]
fn a_quadrature_keeps_the_digits_of_means_that_are_near() {
    // k (f₁/f₂ - 1 - ln(f₁/f₂)).
    for (shape, from, to, expected) in [
        (1.0, 1.0, 1.0 + 1e-8, 4.9999998725586258e-17),
        (0.1, 1.0001, 1.0, 4.9996666916635659e-10),
        (3.5, 2.0, 2.0 * (1.0 - 1e-6), 1.7500023334366034e-12),
    ] {
        let found = gamma_kullback_leibler_by_quadrature(shape, from, to).expect("a divergence");
        assert_close(found.value, expected, 1e-13);
    }
    // Across the place where the formula changes, and for shapes that are narrow or wide.
    for shape in [1e-3, 0.3, 1.0, 40.0, 1e3] {
        for excess in [1e-10, 1e-5, 1e-3, 0.05, 0.099, 0.101, 0.4, -0.0999, -0.05, -1e-7] {
            let found = gamma_kullback_leibler_by_quadrature(shape, 1.0, 1.0 + excess).unwrap();
            let expected = gamma_kullback_leibler(shape, 1.0, 1.0 + excess).unwrap();
            assert_close(found.value, expected, 3e-12);
        }
    }
    assert_eq!(gamma_kullback_leibler_by_quadrature(2.0, 3.0, 3.0).unwrap().value, 0.0);
}

#[test]
fn fisher_information_of_any_shape_is_a_number_or_an_error() {
    // k/f².
    for (shape, mean, expected) in
        [(1e200, 1.0, 1e200), (1e-200, 1.0, 1e-200), (1e-100, 1e-150, 1e200), (1e120, 1e20, 1e80)]
    {
        let found = fisher_information_by_quadrature(shape, mean).expect("in the range");
        assert_close(found.value, expected, 1e-12);
        assert_close(fisher_information(shape, mean).unwrap(), expected, 1e-14);
    }
    for (shape, mean) in [(1.0, 1e-200), (1e200, 1e-100)] {
        let refused = fisher_information(shape, mean);
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
        assert!(fisher_information_by_quadrature(shape, mean).is_err());
    }
    assert!(gamma_kullback_leibler(1e300, 1e10, 1.0).is_err());
}

#[test]
fn a_loss_of_a_free_output_has_its_own_derivatives() {
    // f - y and 1; for the exponent 1.5, f^(-1/2) (f - y) and f^(-3/2) (f + y)/2.
    for (target, prediction) in [(1e-200, 2e-200), (1e-160, 3e-160), (3.0, 2.0), (1e200, 5e199)] {
        let squared = (Divergence::SQUARED_ERROR, Link::Identity);
        match through_link(squared.0, squared.1, positive(target), positive(prediction)) {
            Ok(loss) => {
                assert_close(loss.gradient, prediction - target, 1e-15);
                assert_eq!((loss.hessian, loss.gauss_newton), (1.0, 1.0));
            }
            Err(error) => assert!(target > 1e154, "{error}"),
        }
    }
    let divergence = Divergence::beta(1.5).unwrap();
    let (y, f) = (1e-200, 2e-200);
    let loss = through_link(divergence, Link::Identity, positive(y), positive(f)).unwrap();
    assert_close(loss.gradient, (f - y) / f.sqrt(), 1e-14);
    assert_close(loss.hessian, 0.5 * ((f + y) / f) / f.sqrt(), 1e-14);
    // What is not a number is an error.
    for (loss, link, output) in [
        (Loss::MeanSquaredError, Link::Identity, f64::NAN),
        (Loss::MeanSquaredError, Link::Identity, f64::INFINITY),
        (Loss::SquaredLogarithm, Link::Exponential, f64::NAN),
        (Loss::ITAKURA_SAITO, Link::Identity, 1e-200),
    ] {
        let refused = loss.behind(link, Positive::ONE, output);
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{loss}: {refused:?}");
    }
    assert_eq!(itakura_saito_of_log_ratio(f64::INFINITY), f64::INFINITY);
    assert_eq!(itakura_saito_of_log_ratio(800.0), f64::INFINITY);
}

#[test]
fn behind_the_exponential_every_target_weighs_the_same() {
    for target in [1e-300, 1e-200, 1e-160, 0.3, 1e160, 1e200, 1e300] {
        let weight = |link| gauss_newton_weight(Divergence::ItakuraSaito, link, positive(target));
        assert_close(weight(Link::Exponential), 1.0, 1e-15);
        if target < 1e-100 {
            // The softplus is an exponential where it is small.
            assert_close(weight(Link::Softplus), 1.0, 1e-15);
        }
    }
    let targets = PositiveArray::of(&[1e-200, 1.0, 1e200]).unwrap();
    let weights = gauss_newton_weights(Divergence::ItakuraSaito, Link::Exponential, &targets);
    assert_eq!(weights.expect("all are one").ratio, 1.0);
}

#[test]
fn the_best_constant_of_a_sample_of_any_size() {
    for (divergence, sample, expected) in [
        (Divergence::SQUARED_ERROR, [1e-170, 2e-170], 1.5e-170),
        (Divergence::SQUARED_ERROR, [1e-300, 3e-300], 2e-300),
        (Divergence::KULLBACK_LEIBLER, [1e308, 1.1e308], 1.05e308),
        (Divergence::ItakuraSaito, [1e-100, 3e-100], 2e-100),
        (Divergence::ReversedItakuraSaito, [1e100, 3e100], 1.5e100),
        (Divergence::beta(-0.5).unwrap(), [1e140, 2e140], 1.5e140),
    ] {
        let sample = PositiveArray::of(&sample).unwrap();
        let best = best_constant(divergence, &sample).expect("a minimum");
        assert_close(best.prediction.get(), expected, 1e-14);
        assert!(best.value.is_finite() && best.curvature.is_finite());
    }
    for sample in [[1e-200, 2e-200], [1e-300, 1e-300]] {
        let refused = best_constant(Divergence::ItakuraSaito, &PositiveArray::of(&sample).unwrap());
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
    }
}

#[test]
fn a_mean_is_a_number_where_the_sum_is_none() {
    let (zero, far) = ([1.0; 2], [1.2e154, 1.2e154]);
    let mean = |targets: &[f64], predictions: &[f64]| {
        let of = |values| PositiveArray::of(values).unwrap();
        Loss::MeanSquaredError.mean(&of(targets), &of(predictions))
    };
    assert_close(mean(&zero, &far).unwrap(), 1.44e308, 1e-14);
    assert!(matches!(mean(&zero, &[1e155, 1.0]), Err(Error::NotFinite { .. })));
    let line = |targets: &[f64], inputs: &[f64]| {
        fit_line(&PositiveArray::of(targets).unwrap(), &PositiveArray::of(inputs).unwrap())
    };
    let fit = line(&[1e308, 1.5e308], &[1.0, 1.0]).unwrap();
    assert_close(fit.itakura_saito, 1.25e308, 1e-14);
    assert_close(fit.least_squares, 1.25e308, 1e-14);
    assert!(matches!(line(&[1e308, 1.0], &[1e-3, 1.0]), Err(Error::NotFinite { .. })));
}

#[test]
fn an_efficiency_has_no_unit_and_needs_noise() {
    let inputs = PositiveArray::of(&[0.3, 0.5, 0.9, 1.0]).unwrap();
    let gamma = |shape: f64| Noise::Multiplicative { shape: positive(shape) };
    let plain = simulate_efficiency(&inputs, Positive::ONE, gamma(2.0), 50, 1).unwrap();
    for exponent in [-900, -600, 600, 900] {
        let slope = 2f64.powi(exponent);
        let other = simulate_efficiency(&inputs, positive(slope), gamma(2.0), 50, 1).unwrap();
        assert_close(other.efficiency, plain.efficiency, 1e-12);
        assert_close(other.standard_error, plain.standard_error, 1e-12);
        assert_close(other.mean.itakura_saito, slope * plain.mean.itakura_saito, 1e-14);
    }
    let additive = |half_width| Noise::Additive { half_width: positive(half_width) };
    for noise in [additive(1e-17), additive(1e-300), gamma(1e36)] {
        let refused = simulate_efficiency(&inputs, Positive::ONE, noise, 20, 1);
        assert!(matches!(refused, Err(Error::NotPositive { .. })), "{refused:?}");
    }
}

#[test]
fn a_descent_of_no_steps_is_checked_like_any_other() {
    for (target, start, rate) in
        [(-1.0, 1.0, 0.1), (f64::NAN, 1.0, 0.1), (1.0, 1.0, 0.0), (1.0, f64::NAN, 0.1)]
    {
        assert!(direct_descent(target, start, rate, 0).is_err());
        assert!(natural_descent(target, start, rate, 0).is_err());
        assert!(log_descent(target, start, rate, 0).is_err());
    }
    assert!(direct_descent(1.0, -1.0, 0.1, 0).is_err());
    assert_eq!(log_descent(1.0, -1.0, 0.1, 0).unwrap().to_vec(), [-1.0]);
    assert_eq!(natural_descent(1.0, 2.0, 0.1, 0).unwrap().to_vec(), [2.0]);
}
