//! Training: the yardsticks against closed forms, the loop against what it promises.

mod studies;

use itakura_saito::Error;
use itakura_saito::dataset::*;
use itakura_saito::divergence::{Divergence, Link, Loss, PositiveArray};
use itakura_saito::network::{Architecture, Precision};
use itakura_saito::operator::Operator;
use itakura_saito::training::study::*;
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

// ---- the loop

/// A small part of the data of section 17.
fn small_split() -> Split {
    paper_dataset().select(&(0..48).collect::<Vec<usize>>()).unwrap().split_at(32).unwrap()
}

fn tiny(loss: Loss) -> Training {
    let training = Training::of_section_17(Architecture::tiny_cnn(), loss);
    Training { epochs: 3, batch_size: 8, ..training }
}

fn run(training: &Training) -> TrainingRun {
    training.run(&small_split()).unwrap()
}

#[test]
fn two_runs_and_any_number_of_threads_give_the_same_bits() {
    let training = tiny(Loss::ITAKURA_SAITO);
    let first = run(&training);
    assert_eq!(run(&training), first);
    for threads in [2, 4] {
        assert_eq!(run(&Training { threads, ..training.clone() }), first, "{threads} threads");
    }
    assert_ne!(run(&Training { seed: 2, ..training }), first);
}

#[test]
fn training_in_32_bits_stays_there_and_near_the_one_in_64() {
    let double = tiny(Loss::ITAKURA_SAITO);
    let single = Training { precision: Precision::Single, ..double.clone() };
    let (one, other) = (run(&single), run(&double));
    assert_eq!(run(&Training { threads: 2, ..single }), one);
    let parameters = &one.checkpoint.parameters;
    assert!(parameters.iter().all(|&parameter| f64::from(parameter as f32) == parameter));
    assert!(other.checkpoint.parameters.iter().any(|&it| f64::from(it as f32) != it));
    // Twelve steps of a thousandth each; the roundings of the first ones are a ten-thousandth of a step.
    let pairs = parameters.iter().zip(&other.checkpoint.parameters);
    let farthest = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    assert!(farthest > 0.0 && farthest < 1e-4, "{farthest:e}");
}

#[test]
fn a_pair_starts_from_the_same_weights_and_ends_with_others() {
    let [squares, itakura_saito] =
        [Loss::MeanSquaredError, Loss::ITAKURA_SAITO].map(|loss| run(&tiny(loss)));
    assert_eq!(squares.history.epochs[0].training, itakura_saito.history.epochs[0].training);
    assert_eq!(squares.history.baselines, itakura_saito.history.baselines);
    assert_ne!(squares.checkpoint.parameters, itakura_saito.checkpoint.parameters);
}

#[test]
fn training_lowers_what_it_descends_whatever_that_is() {
    for loss in [
        Loss::MeanSquaredError,
        Loss::ITAKURA_SAITO,
        Loss::Divergence(Divergence::ReversedItakuraSaito),
        Loss::Divergence(Divergence::KULLBACK_LEIBLER),
        Loss::SquaredLogarithm,
    ] {
        let history = run(&tiny(loss)).history;
        assert_eq!(history.outcome, Outcome::Completed);
        let (first, last) = (history.epochs[0].training_loss, history.last().training_loss);
        assert!(last < first, "{loss}: from {first} to {last}");
    }
}

#[test]
fn the_loss_of_a_history_is_the_score_of_the_same_name() {
    let last = *run(&tiny(Loss::ITAKURA_SAITO)).history.last();
    assert_eq!(last.training_loss, last.training.itakura_saito);
    assert_eq!(last.validation_loss, last.validation.itakura_saito);
    let last = *run(&tiny(Loss::SquaredLogarithm)).history.last();
    assert_eq!(last.training_loss, last.training.squared_logarithm);
}

#[test]
fn the_first_epochs_of_a_longer_training_are_those_of_a_shorter_one() {
    let short = run(&tiny(Loss::MeanSquaredError)).history;
    let long = run(&Training { epochs: 5, ..tiny(Loss::MeanSquaredError) }).history;
    assert_eq!(long.epochs[..4], short.epochs[..]);
}

#[test]
fn progress_is_told_after_each_epoch() {
    let mut told = Vec::new();
    let training = tiny(Loss::MeanSquaredError);
    let mut tell = |epoch| {
        told.push(epoch);
        Ok(())
    };
    training.run_with(&small_split(), &mut tell).unwrap();
    assert_eq!(told, [1, 2, 3]);
    let refuse = &mut |epoch| if epoch < 2 { Ok(()) } else { Err(Error::Interrupted) };
    assert_eq!(training.run_with(&small_split(), refuse), Err(Error::Interrupted));
}

#[test]
fn a_run_that_diverges_is_no_error_and_keeps_its_history() {
    let huge = itakura_saito::divergence::Positive::new(1e4).unwrap();
    let adam = Adam { learning_rate: huge, ..Adam::default() };
    let run = run(&Training { adam, ..tiny(Loss::ITAKURA_SAITO) });
    let Outcome::Diverged { epoch, reason } = &run.history.outcome else {
        panic!("a step of 1e4 does not converge: {:?}", run.history.last());
    };
    assert_eq!(run.history.epochs.len(), *epoch, "the state before training and all good epochs");
    assert!(reason.contains("prediction") || reason.contains("finite"), "{reason}");
    assert!(run.checkpoint.parameters.iter().all(|value| value.is_finite()));
    assert_eq!(run.checkpoint.epoch, epoch - 1);
}

#[test]
fn settings_that_cannot_work_are_refused_before_the_first_step() {
    let refused = |training: Training| training.run(&small_split()).unwrap_err();
    let training = tiny(Loss::MeanSquaredError);
    let large = refused(Training { batch_size: 33, ..training.clone() });
    assert!(large.to_string().contains("the size of a batch must lie between 1 and 32"), "{large}");
    let adam = Adam { weight_decay: f64::NAN, ..Adam::default() };
    assert!(matches!(refused(Training { adam, ..training.clone() }), Error::OutOfRange { .. }));
    assert!(matches!(refused(Training { threads: 0, ..training.clone() }), Error::TooFew { .. }));
    let two_channels =
        Recipe { items: 4, task: Task::PositionGiven }.generate(1).unwrap().split_at(2).unwrap();
    let training = Training { batch_size: 1, ..training };
    let refused = training.run(&two_channels).unwrap_err();
    assert!(refused.to_string().contains("input channels"), "{refused}");
}

// ---- histories

#[test]
fn roughness_is_zero_on_a_geometric_curve_and_one_on_unit_noise() {
    let mut history = run(&Training { epochs: 40, ..tiny(Loss::MeanSquaredError) }).history;
    for (index, epoch) in history.epochs.iter_mut().enumerate() {
        epoch.validation.itakura_saito = 0.9_f64.powi(index as i32);
        epoch.validation.mean_squared_error = if index % 2 == 0 { 1.0 } else { 1f64.exp() };
    }
    assert!(history.roughness(Metric::ItakuraSaito).unwrap() < 1e-12);
    // Alternating by one: every second difference is 2.
    assert_close(history.roughness(Metric::MeanSquaredError).unwrap(), 2.0 / 6f64.sqrt(), 1e-12);
    history.epochs.truncate(3);
    assert_eq!(history.roughness(Metric::ItakuraSaito), None);
}

#[test]
fn the_figure_of_a_history_says_how_much_better_than_a_constant() {
    let history = run(&tiny(Loss::ITAKURA_SAITO)).history;
    let figure = history.figure(Metric::ItakuraSaito).unwrap();
    assert!(figure.title().starts_with("TinyCNN trained on IS"), "{}", figure.title());
    assert!(figure.to_text().contains("that of a constant"));
}

// ---- checkpoints

#[test]
fn a_checkpoint_survives_being_stored_bit_by_bit() {
    let run = run(&tiny(Loss::ITAKURA_SAITO));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoint.json");
    run.checkpoint.save(&path).unwrap();
    let read = Checkpoint::load(&path).unwrap();
    assert_eq!(read, run.checkpoint);
    let validation = small_split().validation;
    assert_eq!(read.predict(&validation).unwrap(), run.predict(&validation).unwrap());
}

#[test]
fn a_checkpoint_of_the_first_version_is_read() {
    for (link, head) in [(Link::Identity, "as_is"), (Link::Exponential, "logarithm")] {
        let now = Checkpoint::initial(&Architecture::tiny_cnn(), link, 1).unwrap();
        let link = serde_json::to_string(&link).unwrap();
        let then = now.to_json().replace("\"version\":2", "\"version\":1");
        let then = then.replace(&format!("\"link\":{link}"), &format!("\"head\":\"{head}\""));
        assert!(then.contains("\"head\"") && !then.contains("\"link\""), "{}", &then[..200]);
        assert_eq!(Checkpoint::from_json(&then).unwrap(), now);
    }
}

#[test]
fn a_checkpoint_gives_the_hessian_of_its_own_predictions() {
    // The perceptron of the study over decades, whose output is the logarithm of the prediction.
    let job = Protocol::job("decades-gamma_four_decades-itakura_saito-01").unwrap();
    let run = job.for_epochs(1).train().unwrap();
    let (checkpoint, data) = (&run.checkpoint, job.training_data().unwrap());
    assert_eq!(checkpoint.link, Link::Exponential);
    let objective = checkpoint.objective(&data, job.loss, 1).unwrap();
    let value = objective.value(&checkpoint.parameters).unwrap();
    assert_close(value, run.history.last().training_loss, 1e-13);
    let hessian = checkpoint.hessian(&data, job.loss, 1).unwrap();
    let direction: Vec<f64> = (0..hessian.dim()).map(|at| (0.37 * at as f64).sin()).collect();
    let slopes = |step: f64| {
        let pairs = checkpoint.parameters.iter().zip(&direction);
        let moved: Vec<f64> = pairs.map(|(parameter, along)| parameter + step * along).collect();
        objective.gradient(&moved).unwrap().1
    };
    let (ahead, back, product) = (slopes(1e-6), slopes(-1e-6), hessian.applied(&direction));
    let norm = product.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
    for (product, (ahead, back)) in product.iter().zip(ahead.iter().zip(&back)) {
        let difference = (ahead - back) / 2e-6;
        assert!((product - difference).abs() < 1e-6 * norm, "{product} {difference}");
    }
}

#[test]
fn checkpoints_that_do_not_fit_are_refused_with_the_reason() {
    let text = Checkpoint::initial(&Architecture::tiny_cnn(), Link::Identity, 1).unwrap().to_json();
    let refusal = |text: &str| Checkpoint::from_json(text).unwrap_err().to_string();
    assert!(refusal("{").contains("no JSON"));
    assert!(refusal("{\"format\":\"else\"}").contains("format"));
    assert!(
        refusal(&text.replace("\"version\":2", "\"version\":3")).contains("version 3, not 1 or 2")
    );
    assert!(refusal(&text.replace("\"seed\":1,", "")).contains("part missing"));
    let (start, end) = (text.find('[').unwrap(), text.find(']').unwrap());
    let short = format!("{}[1.0,2.0{}", &text[..start], &text[end..]);
    assert!(refusal(&short).contains("must have 401 values, but has 2"), "{}", refusal(&short));
    let empty = std::path::Path::new("no/such/checkpoint.json");
    assert!(Checkpoint::load(empty).unwrap_err().to_string().contains("cannot be read"));
}
