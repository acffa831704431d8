//! Studies, and what the stored ones show.

use super::*;

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
