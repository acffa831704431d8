//! The printed curves, beside the same eight epochs with weights of our own.
//!
//! The author's weights and batches come from another generator, so no number of the paper can be met exactly.
//! What is compared is the mean over our seeds, and the tolerance is three spreads of it: one run, which is
//! what the paper shows, has no smaller uncertainty.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::divergence::Loss;
use crate::training::Metric;
use crate::training::study::{JobRecord, PairedRatio, Protocol, SplitPart, Study};

const MSE: Loss = Loss::MeanSquaredError;
const IS: Loss = Loss::ITAKURA_SAITO;

const OF_ONE_RUN_CNN: Tolerance =
    Tolerance::absolute(0.09, "three spreads of one run of the CNN over ten seeds");
const OF_ONE_RUN_RESNET: Tolerance =
    Tolerance::absolute(0.25, "three spreads of one run of the ResNet over ten seeds");
const OF_ONE_RUN_TRANSFORMER: Tolerance =
    Tolerance::absolute(0.5, "two spreads of one run of the Transformer over five seeds");

/// The validation loss, of the loss that was trained on, after the last epoch over that after the first.
fn last_over_first(record: &JobRecord) -> f64 {
    let at = |index: usize| {
        let point = &record.curve[index];
        match record.job.loss {
            Loss::MeanSquaredError => point.squares[1],
            _ => point.itakura_saito[1],
        }
    };
    at(record.curve.len() - 1) / at(0)
}

/// The yardstick that is the loss that was trained on.
fn yardstick(loss: Loss) -> Metric {
    Metric::of(loss).expect("the losses of the stored studies are yardsticks too")
}

/// Validation over training loss after the last epoch.
fn validation_over_training(record: &JobRecord) -> f64 {
    let metric = yardstick(record.job.loss);
    record.validation.get(metric) / record.training.get(metric)
}

fn own_gain(record: &JobRecord) -> f64 {
    record.gain(SplitPart::Validation, yardstick(record.job.loss))
}

fn roughness(record: &JobRecord) -> f64 {
    let [squares, itakura_saito] = record.roughness.expect("eight epochs have second differences");
    if record.job.loss == MSE { squares } else { itakura_saito }
}

fn mean(study: &Study, (network, loss): (&str, Loss), of: fn(&JobRecord) -> f64) -> Result<f64> {
    Ok(study.mean(network, loss, of)?.mean)
}

/// The first two epochs of a stored run, trained now.
fn recomputed(study: &Study, loss: Loss) -> Result<Evidence> {
    let stored = study.of("TinyCNN", loss)[0];
    let run = stored.job.for_epochs(2).train()?;
    let metric = yardstick(loss);
    let (observed, point) = (run.history.last().validation.get(metric), &stored.curve[1]);
    let expected = if loss == MSE { point.squares[1] } else { point.itakura_saito[1] };
    let label = format!("seed 1 trained anew, {}: validation after two epochs", metric.name());
    Ok(Evidence::new(&label, observed, expected)
        .within(Tolerance::relative(1e-6, "stored results have seven digits")))
}

pub fn the_cnn_on_squares_is_smooth() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("TinyCNN", MSE);
    let small = Tolerance::absolute(0.01, "a curve that moves by one per cent looks smooth");
    Ok(vec![
        Evidence::new(
            "roughness of the validation curve, mean of ten seeds",
            mean(&study, of, roughness)?,
            0.0,
        )
        .within(small)
        // A curve that looks noisy moves by as much as a constant differs between the two parts.
        .against_claim(0.07, 0.05),
        Evidence::new(
            "last over first validation loss, printed .1757 over .1744",
            mean(&study, of, last_over_first)?,
            0.1757 / 0.1744,
        )
        .within(OF_ONE_RUN_CNN),
        Evidence::new("gain over a constant, printed 0.018", mean(&study, of, own_gain)?, 0.018)
            .within(Tolerance::absolute(0.03, "three spreads of one run over ten seeds")),
        recomputed(&study, MSE)?,
    ])
}

pub fn the_cnn_on_the_divergence_is_no_smoother() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("TinyCNN", IS);
    let ratio = mean(&study, of, roughness)? / mean(&study, ("TinyCNN", MSE), roughness)?;
    Ok(vec![
        Evidence::new(
            "mean roughness under IS over mean roughness under MSE, each in its own loss",
            ratio,
            1.0,
        )
        .within(Tolerance::absolute(0.3, "two standard errors of a ratio of means over ten seeds"))
        // More regular, so that it can be seen: half as rough.
        .against_claim(0.5, 0.4),
        Evidence::new(
            "last over first validation loss, printed .2505 over .2445",
            mean(&study, of, last_over_first)?,
            0.2505 / 0.2445,
        )
        .within(OF_ONE_RUN_CNN),
        Evidence::new("gain over a constant, printed 0.010", mean(&study, of, own_gain)?, 0.010)
            .within(Tolerance::absolute(0.03, "three spreads of one run over ten seeds")),
        recomputed(&study, IS)?,
    ])
}

pub fn smoother_in_its_own_loss_only() -> Result<Vec<Evidence>> {
    let of = |protocol| Study::stored(protocol)?.smoothness("TinyCNN");
    let (resplits, paired) = (of(Protocol::Resplits)?, of(Protocol::Paired)?);
    let pairs = |data: &str, yardstick: &str, pairs: PairedRatio, expected: f64| {
        let label = format!("pairs of 20 with {data} in which IS is smoother, {yardstick}");
        Evidence::exact(&label, pairs.signs.negative as f64, expected)
    };
    let (splits, fresh) = ("other splits", "fresh data");
    let (own, squares, is) = ("each in its own loss", "both in squared error", "both in IS");
    Ok(vec![
        pairs(splits, own, resplits.own, 20.0),
        pairs(splits, squares, resplits.in_squares, 12.0),
        pairs(splits, is, resplits.in_itakura_saito, 12.0),
        pairs(fresh, own, paired.own, 19.0),
        pairs(fresh, squares, paired.in_squares, 11.0),
        pairs(fresh, is, paired.in_itakura_saito, 13.0),
        Evidence::exact(
            "sign test, other splits, each in its own loss: twice one half to the twentieth",
            resplits.own.signs.probability,
            2.0 * 0.5f64.powi(20),
        )
        .within(Tolerance::relative(1e-12, "a sum of twenty-one terms, to rounding")),
    ])
}

pub fn the_resnet_on_squares_improves() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("ResNet1D", MSE);
    let rising =
        study.of("ResNet1D", MSE).into_iter().filter(|record| last_over_first(record) >= 1.0);
    Ok(vec![
        Evidence::new(
            "last over first validation loss, printed .152 over .182",
            mean(&study, of, last_over_first)?,
            0.152 / 0.182,
        )
        .within(Tolerance::absolute(0.15, "two spreads of one run over ten seeds"))
        // A curve that stagnates ends where it began.
        .against_claim(1.0, 0.16),
        Evidence::exact(
            "seeds, of ten, in which it ends above its first epoch",
            rising.count() as f64,
            0.0,
        ),
    ])
}

pub fn the_resnet_on_the_divergence() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("ResNet1D", IS);
    Ok(vec![
        Evidence::new(
            "last over first validation loss, printed .167 over .283",
            mean(&study, of, last_over_first)?,
            0.167 / 0.283,
        )
        .within(OF_ONE_RUN_RESNET),
        Evidence::new(
            "validation over training loss, printed .167 over .203",
            mean(&study, of, validation_over_training)?,
            0.167 / 0.203,
        )
        .within(OF_ONE_RUN_RESNET),
    ])
}

pub fn a_constant_has_the_same_sign_of_gap() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let constant = super::baselines::of_the_paper()?.constant;
    let ratio = constant.validation.itakura_saito / constant.training.itakura_saito;
    Ok(vec![
        Evidence::new("validation over training loss of a constant, in IS", ratio, 0.8765)
            .within(Tolerance::last_digit(0.0001)),
        Evidence::new(
            "the network's ratio in units of the constant's, printed 0.939",
            mean(&study, ("ResNet1D", IS), validation_over_training)? / ratio,
            0.167 / 0.203 / 0.8765,
        )
        .within(Tolerance::absolute(0.28, "three spreads of one run of the ResNet over ten seeds")),
    ])
}

pub fn the_transformer_on_squares_comes_down() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("Transformer1D", MSE);
    let per_cent = Tolerance::absolute(0.1, "three spreads of one run over five seeds");
    Ok(vec![
        Evidence::new(
            "last over first validation loss, printed .0735 over .134",
            mean(&study, of, last_over_first)?,
            0.0735 / 0.134,
        )
        .within(Tolerance::absolute(
            0.25,
            "the mean of five runs, each with a spread of 0.2: 2.5 standard errors",
        ))
        // A validation loss that diverges does not end below its first value.
        .against_claim(1.0, 0.26),
        Evidence::new("gain over a constant, printed 0.59", mean(&study, of, own_gain)?, 0.59)
            .within(per_cent),
    ])
}

pub fn the_transformer_on_the_divergence() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let of = ("Transformer1D", IS);
    Ok(vec![
        Evidence::new(
            "last over first validation loss, printed .1205 over .145",
            mean(&study, of, last_over_first)?,
            0.1205 / 0.145,
        )
        .within(OF_ONE_RUN_TRANSFORMER),
        Evidence::new("gain over a constant, printed 0.52", mean(&study, of, own_gain)?, 0.52)
            .within(Tolerance::absolute(0.18, "three spreads of one run over five seeds")),
    ])
}

pub fn the_printed_ends_come_out_again() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    // Ends of the printed validation curves: squared error, IS.
    let printed = [
        ("TinyCNN", 0.1756, 0.2505),
        ("ResNet1D", 0.152, 0.167),
        ("Transformer1D", 0.0735, 0.1205),
    ];
    let mut evidence = Vec::new();
    for (network, squares, itakura_saito) in printed {
        for (loss, expected) in [(MSE, squares), (IS, itakura_saito)] {
            let end = |record: &JobRecord| record.validation.get(yardstick(loss));
            let own = study.mean(network, loss, end)?;
            let spread = own.mean / own.cohen_d;
            let label = format!(
                "{network} on {}: printed end in spreads over our seeds",
                yardstick(loss).name()
            );
            evidence.push(Evidence::new(&label, (expected - own.mean) / spread, 0.0).within(
                Tolerance::absolute(3.0, "one run lies within three spreads of the mean of runs"),
            ));
        }
    }
    Ok(evidence)
}

pub fn one_seed_decides_little() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Printed)?;
    let clear = |network: &&str| {
        let effect = study.effect_on_gain(network, SplitPart::Test, Metric::MeanSquaredError);
        effect.is_ok_and(|effect| effect.is_clear() && effect.mean > 0.0)
    };
    let count = Study::networks().into_iter().filter(clear).count() as f64;
    let label = "networks in which IS clearly raises the gain in squared error after eight epochs";
    Ok(vec![Evidence::exact(label, count, 0.0)])
}

pub fn generalisation_over_paired_seeds() -> Result<Vec<Evidence>> {
    let study = Study::stored(Protocol::Paired)?;
    let mut evidence = Vec::new();
    for network in Study::networks() {
        let effect = study.effect_on_gain(network, SplitPart::Test, Metric::MeanSquaredError)?;
        let label = format!("{network}: gain on unseen items in squared error, IS minus MSE");
        let none = Tolerance::absolute(
            0.1,
            "a tenth of a constant's loss, which the spread of the effect leaves open",
        );
        evidence.push(Evidence::new(&label, effect.mean, 0.0).within(none));
    }
    Ok(evidence)
}
