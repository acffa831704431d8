//! Training: the yardsticks against closed forms, the loop against what it promises.

use itakura_saito::Error;
use itakura_saito::dataset::*;
use itakura_saito::divergence::{Divergence, PositiveArray};
use itakura_saito::training::*;
use proptest::prelude::*;

fn assert_close(observed: f64, expected: f64, relative: f64) {
    let error = (observed - expected).abs();
    assert!(error <= relative * expected.abs(), "{observed} is not {expected}");
}

// ---- baselines

#[test]
fn predictors_without_input_have_the_audited_losses() {
    let baselines = Baselines::of(&paper_split()).unwrap();
    let (constant, mean) = (baselines.constant, baselines.position_mean);
    let expected = [
        (constant.training, 0.1665411380223146, 0.2885515414359208),
        (constant.validation, 0.17883051786423448, 0.252919819197779),
        (mean.training, 0.07070908953120188, 0.13904308902802498),
        (mean.validation, 0.08244007202823833, 0.12364252378795859),
    ];
    for (scores, squares, itakura_saito) in expected {
        assert_close(scores.mean_squared_error, squares, 1e-12);
        assert_close(scores.itakura_saito, itakura_saito, 1e-12);
    }
    assert_eq!(constant.gain(&constant.validation, Metric::ItakuraSaito), 0.0);
}

#[test]
fn no_other_constant_is_better_in_squares_or_itakura_saito() {
    let split = paper_split();
    let targets = split.training.targets();
    let best = Baselines::of(&split).unwrap().constant.training;
    for factor in [0.9, 0.99, 1.01, 1.1] {
        let other = targets.arithmetic_mean().get() * factor;
        let other = itakura_saito::divergence::Positive::new(other).unwrap();
        let scores =
            Scores::of(targets, &PositiveArray::constant(targets.shape(), other).unwrap()).unwrap();
        assert!(scores.mean_squared_error > best.mean_squared_error);
        assert!(scores.itakura_saito > best.itakura_saito);
    }
}

// ---- scores

fn positive(count: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.01..100.0, count)
}

proptest! {
    #[test]
    fn scale_free_scores_are_and_the_squared_error_is_not(
        targets in positive(9), predictions in positive(9), scale in 0.01..100.0,
    ) {
        let of = |values: &[f64], scale: f64| {
            PositiveArray::from_vec(values.iter().map(|value| scale * value).collect()).unwrap()
        };
        let plain = Scores::of(&of(&targets, 1.0), &of(&predictions, 1.0)).unwrap();
        let scaled = Scores::of(&of(&targets, scale), &of(&predictions, scale)).unwrap();
        for metric in [
            Metric::ItakuraSaito, Metric::ReversedItakuraSaito, Metric::SquaredLogarithm,
            Metric::MeanRelativeError, Metric::MedianRelativeError, Metric::NormalisedError,
        ] {
            let (before, after) = (plain.get(metric), scaled.get(metric));
            prop_assert!((before - after).abs() <= 1e-9 * before, "{}", metric.name());
        }
        let ratio = scaled.mean_squared_error / plain.mean_squared_error;
        prop_assert!((ratio / (scale * scale) - 1.0).abs() < 1e-9);
        let degree = Divergence::KULLBACK_LEIBLER.degree();
        let ratio = scaled.kullback_leibler / plain.kullback_leibler;
        prop_assert!((ratio / scale.powf(degree) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn half_of_the_relative_errors_lie_at_or_below_their_median(
        targets in positive(8), predictions in positive(8), odd: bool,
    ) {
        let count = if odd { 7 } else { 8 };
        let of = |values: &[f64]| PositiveArray::from_vec(values[..count].to_vec()).unwrap();
        let median = Scores::of(&of(&targets), &of(&predictions)).unwrap().median_relative_error;
        let errors = targets.iter().zip(&predictions).map(|(y, f)| (f - y).abs() / y);
        let below = errors.take(count).filter(|error| *error <= median).count();
        prop_assert_eq!(below, count.div_ceil(2));
    }
}

#[test]
fn perfect_predictions_have_perfect_scores() {
    let targets = PositiveArray::from_vec(vec![0.1, 1.0, 20.0]).unwrap();
    let scores = Scores::of(&targets, &targets).unwrap();
    assert_eq!((scores.itakura_saito, scores.log10_error()), (0.0, 0.0));
    assert_eq!((scores.normalised_error, scores.within_factor_two), (0.0, 1.0));
}

#[test]
fn a_factor_of_ten_is_one_in_log10() {
    let targets = PositiveArray::from_vec(vec![0.1, 1.0, 20.0]).unwrap();
    let predictions = PositiveArray::from_vec(vec![1.0, 10.0, 200.0]).unwrap();
    assert_close(Scores::of(&targets, &predictions).unwrap().log10_error(), 1.0, 1e-14);
}

#[test]
fn scores_without_meaning_are_refused() {
    let targets = PositiveArray::from_vec(vec![1.0, 1.0]).unwrap();
    let flat = Scores::of(&targets, &PositiveArray::from_vec(vec![1.0, 2.0]).unwrap());
    assert!(matches!(flat, Err(Error::NotFinite { .. })));
    let other = PositiveArray::from_vec(vec![1.0]).unwrap();
    assert!(matches!(Scores::of(&targets, &other), Err(Error::ShapeMismatch { .. })));
}
