//! Training: the yardsticks against closed forms, the loop against what it promises.

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

// ---- studies

#[test]
fn every_job_has_a_name_of_its_own_by_which_it_is_found() {
    for protocol in Protocol::ALL {
        let names: std::collections::BTreeSet<String> =
            protocol.jobs().iter().map(Job::name).collect();
        assert_eq!(names.len(), protocol.jobs().len());
        for job in protocol.jobs() {
            assert_eq!(Protocol::job(&job.name()).unwrap(), job);
        }
    }
    assert!(Protocol::job("printed-TinyCNN-mean_squared_error-99").is_err());
    assert!("nothing".parse::<Protocol>().unwrap_err().to_string().contains("decades"));
}

#[test]
fn the_losses_of_a_seed_share_weights_and_batches() {
    for jobs in Protocol::Decades.jobs().chunks(3) {
        let [first, second, third] =
            [0, 1, 2].map(|index| jobs[index].training().expect("a subject of the study"));
        for other in [second, third] {
            assert_eq!(Training { loss: first.loss, ..other }, first);
        }
    }
}

#[test]
fn the_trial_gives_the_stored_records_and_a_record_survives_storage() {
    let stored = Study::stored(Protocol::Trial).unwrap();
    for (job, expected) in Protocol::Trial.jobs().iter().zip(&stored.records) {
        let record = job.run().unwrap();
        assert_eq!(JobRecord::from_json(&record.to_json()).unwrap(), record);
        let close = |observed: f64, expected: f64| assert_close(observed, expected, 1e-6);
        close(record.test.itakura_saito, expected.test.itakura_saito);
        close(record.validation.mean_squared_error, expected.validation.mean_squared_error);
        close(record.constant[2].itakura_saito, expected.constant[2].itakura_saito);
    }
}

#[test]
fn records_of_other_jobs_or_versions_are_refused() {
    let stored = Study::stored(Protocol::Trial).unwrap();
    let lines = stored.to_lines();
    assert_eq!(Study::from_lines(Protocol::Trial, &lines).unwrap(), stored);
    assert!(Study::from_lines(Protocol::Paired, &lines).is_err());
    let first = lines.lines().next().unwrap();
    assert!(Study::from_lines(Protocol::Trial, first).is_err());
    let other = first.replace("\"version\":1", "\"version\":0");
    assert!(JobRecord::from_json(&other).unwrap_err().to_string().contains("version 0, not 1"));
}

// ---- what the stored studies show

#[test]
fn every_study_is_stored_and_has_its_figures() {
    let [printed, paired, learnable, decades] =
        [Protocol::Printed, Protocol::Paired, Protocol::Learnable, Protocol::Decades]
            .map(|protocol| Study::stored(protocol).unwrap());
    for study in [&printed, &paired] {
        for network in Study::networks() {
            study.curves_figure(network).unwrap();
            assert!(study.summary(network).unwrap().starts_with(network));
        }
    }
    for study in [&printed, &paired, &learnable] {
        assert!(study.effects_figure().unwrap().to_text().contains("±"));
        assert!(study.origin().contains("cargo study run"));
    }
    for protocol in [Protocol::Heads, Protocol::NoiseSizes] {
        let figure = Study::stored(protocol).unwrap().ratios_figure().unwrap();
        assert!(figure.to_text().contains("median relative error"), "{}", figure.to_text());
    }
    assert!(decades.noises_figure().unwrap().to_text().contains("median relative error"));
}

#[test]
fn an_effect_is_the_mean_of_the_differences_of_pairs() {
    let study = Study::stored(Protocol::Printed).unwrap();
    let gain = |loss| -> f64 {
        let records = study.of("TinyCNN", loss);
        let gains = records.iter().map(|record| record.gain(SplitPart::Test, Metric::ItakuraSaito));
        gains.sum::<f64>() / records.len() as f64
    };
    let effect = study.effect_on_gain("TinyCNN", SplitPart::Test, Metric::ItakuraSaito).unwrap();
    let expected = gain(Loss::ITAKURA_SAITO) - gain(Loss::MeanSquaredError);
    assert_eq!(effect.pairs, 10);
    assert!((effect.mean - expected).abs() < 1e-14, "{effect:?} {expected}");
}

#[test]
fn one_wild_run_widens_an_interval_and_turns_no_sign() {
    let study = Study::stored(Protocol::Paired).unwrap();
    let gain = |record: &JobRecord| record.gain(SplitPart::Test, Metric::MeanSquaredError);
    let effect = study.effect("Transformer1D", IS_MINUS_MSE, gain).unwrap();
    let signs = study.signs("Transformer1D", IS_MINUS_MSE, gain).unwrap();
    assert!(!effect.is_clear(), "{effect:?}");
    assert_eq!((signs.positive, signs.negative), (1, 9));
    assert!((signs.probability - 22.0 / 1024.0).abs() < 1e-15);
    let summary = study.summary("Transformer1D").unwrap();
    assert!(summary.contains("1 up, 9 down, sign test p = 0.021"), "{summary}");
}

#[test]
fn a_curve_is_smoother_in_its_own_loss_and_not_in_a_common_one() {
    let of = |protocol| Study::stored(protocol).unwrap().smoothness("TinyCNN").unwrap();
    let (printed, paired) = (of(Protocol::Printed), of(Protocol::Paired));
    let smoother = |pairs: PairedRatio| pairs.signs.negative;
    assert_eq!(smoother(paired.own), 19);
    assert_eq!((smoother(paired.in_squares), smoother(paired.in_itakura_saito)), (11, 13));
    assert!(!paired.in_squares.is_clear() && paired.own.is_clear() && paired.own.ratio < 0.8);
    assert!(!printed.own.is_clear() && (printed.own.ratio - 1.025).abs() < 0.01, "{printed}");
}

#[test]
fn a_ratio_of_errors_is_the_geometric_mean_over_pairs() {
    let study = Study::stored(Protocol::Decades).unwrap();
    let ratio = study.error_ratio("additive_papers_range", Metric::NormalisedError).unwrap();
    let logarithms = |loss| -> f64 {
        let records = study.of("additive_papers_range", loss).into_iter();
        records.map(|record| record.test.normalised_error.ln()).sum()
    };
    let difference = logarithms(Loss::ITAKURA_SAITO) - logarithms(Loss::MeanSquaredError);
    assert_close(ratio.ratio, (difference / 12.0).exp(), 1e-12);
    assert!(ratio.interval.0 > 1.0 && ratio.ratio < ratio.interval.1);
    assert_eq!(ratio.signs.positive, 11);
}

#[test]
fn the_head_that_puts_out_the_logarithm_is_the_one_of_the_study_over_decades() {
    let heads = Study::stored(Protocol::Heads).unwrap();
    let decades = Study::stored(Protocol::Decades).unwrap();
    for loss in [Loss::MeanSquaredError, Loss::ITAKURA_SAITO] {
        let again = heads.of("logarithm", loss);
        for (record, twin) in decades.of("gamma_four_decades", loss).iter().zip(again) {
            assert_eq!(record.job.seed, twin.job.seed);
            assert_close(twin.test.itakura_saito, record.test.itakura_saito, 1e-5);
        }
    }
}

#[test]
fn another_split_is_a_permutation_of_the_papers_items_and_keeps_the_settings() {
    let jobs = Protocol::Resplits.jobs();
    let sum = |job: &Job| job.training_data().unwrap().targets().as_slice().iter().sum::<f64>();
    assert_eq!(jobs[0].training_data().unwrap().items(), 435);
    assert_eq!(sum(&jobs[0]), sum(&jobs[1]), "the losses of a seed share their split");
    assert_ne!(sum(&jobs[0]), sum(&jobs[2]), "another seed has another split");
    let printed = Protocol::job("printed-TinyCNN-mean_squared_error-01").unwrap();
    assert_eq!(jobs[0].training(), printed.training());
}

#[test]
fn multiplicative_noise_favours_the_divergence_and_additive_noise_the_squares() {
    let study = Study::stored(Protocol::Decades).unwrap();
    let effect = |noise, metric| {
        study.effect(noise, IS_MINUS_MSE, |record| record.test.get(metric)).unwrap()
    };
    let relative = effect("gamma_four_decades", Metric::MedianRelativeError);
    assert!(relative.is_clear() && relative.mean < 0.0, "{relative:?}");
    let squares = effect("additive_papers_range", Metric::NormalisedError);
    assert!(squares.is_clear() && squares.mean > 0.0, "{squares:?}");
}

#[test]
fn a_study_refuses_a_subject_that_it_has_not() {
    let loss = Loss::ITAKURA_SAITO;
    for (protocol, subject) in [
        (Protocol::Paired, "ResNet"),
        (Protocol::Learnable, "TinyCNN"),
        (Protocol::Decades, "gamma"),
        (Protocol::NoiseSizes, "deviation_0.5"),
    ] {
        let job = Job { protocol, subject: subject.to_owned(), loss, seed: 1, epochs: 1 };
        let refused = [job.run().unwrap_err(), job.training_data().unwrap_err()];
        for error in refused {
            assert!(error.to_string().contains(&format!("the subject `{subject}`")), "{error}");
        }
    }
    assert!(NoisyFits::train("gamma", 1, 1, &mut |_| Ok(())).is_err());
}

#[test]
fn the_fits_of_a_noise_can_be_drawn() {
    let mut told = 0;
    let fits = NoisyFits::train("gamma_four_decades", 1, 2, &mut |done| {
        told = done;
        Ok(())
    });
    let fits = fits.unwrap();
    assert_eq!(told, 6);
    assert!(fits.figure().unwrap().to_text().contains("after IS"));
}
