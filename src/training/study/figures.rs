//! What the studies show.

use super::protocol::{NETWORKS, NOISE_LABELS, NOISES};
use super::results::IS_MINUS_MSE;
use super::{JobRecord, PairedRatio, Protocol, SplitPart, Study};
use crate::Result;
use crate::divergence::Loss;
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::training::{Metric, PairedEffect};

impl Study {
    /// What training on IS instead of MSE does to the gain over a constant on unseen items, for each
    /// subject, in both losses; with 95 % intervals over the seeds.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn effects_figure(&self) -> Result<Figure> {
        let subjects: Vec<&str> = self.protocol.subjects().iter().map(|(name, ..)| *name).collect();
        let of = |metric| -> Result<Vec<PairedEffect>> {
            let effect = |subject: &&str| self.effect_on_gain(subject, SplitPart::Test, metric);
            subjects.iter().map(effect).collect()
        };
        let squares = of(Metric::MeanSquaredError)?;
        let itakura_saito = of(Metric::ItakuraSaito)?;
        let all = squares.iter().chain(&itakura_saito);
        let largest = all.map(|effect| 100.0 * effect.mean.abs()).fold(0.0, f64::max);
        let series = |name: &str, role: Role, effects: &[PairedEffect], shift: f64| {
            let places: Vec<f64> = (0..effects.len()).map(|place| place as f64 + shift).collect();
            let means: Vec<f64> = effects.iter().map(|effect| 100.0 * effect.mean).collect();
            let errors: Vec<f64> = effects.iter().map(|effect| 100.0 * effect.half_width).collect();
            Series::markers(name, &places, &means).errors(&errors).role(role)
        };
        let panel = Panel::new(
            Axis::categories(
                "network or task",
                &subjects.iter().map(|name| in_words(name)).collect::<Vec<&str>>(),
            ),
            Axis::linear("gain over a constant, IS minus MSE").unit("percentage points"),
        )
        .series(series("judged in squared error", Role::SquaredError, &squares, -0.1))
        .series(series("judged in Itakura-Saito", Role::ItakuraSaito, &itakura_saito, 0.1))
        .horizontal(0.0, "no effect");
        let title =
            format!("The choice of the loss moves the mean gain by {largest:.1} points at most");
        let finding = format!(
            "Trained on IS instead of MSE, the gain over a constant on unseen items changes by {} in squared \
             error and by {} in Itakura-Saito.",
            listed(&subjects, &squares),
            listed(&subjects, &itakura_saito),
        );
        Figure::builder(&title, &finding).source("§17").panel(panel).build()
    }

    /// The validation loss in units of a constant's on the same items, over the epochs: the mean over the
    /// seeds with its 95 % interval, for both losses.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn curves_figure(&self, subject: &str) -> Result<Figure> {
        let panel = |metric: Metric| -> Result<Panel> {
            let mut panel = Panel::new(Axis::counting("epoch"), Axis::linear("loss, constant = 1"))
                .title(&format!("in {}", metric.name()));
            for (loss, name, role) in [
                (Loss::MeanSquaredError, "trained on MSE", Role::SquaredError),
                (Loss::ITAKURA_SAITO, "trained on IS", Role::ItakuraSaito),
            ] {
                let records = self.of(subject, loss);
                let epochs: Vec<f64> = records.first().map_or_else(Vec::new, |record| {
                    record.curve.iter().map(|point| point.epoch as f64).collect()
                });
                let relative =
                    |index| self.mean(subject, loss, |record| record.relative(index, metric));
                let points = (0..epochs.len()).map(relative).collect::<Result<Vec<_>>>()?;
                let means: Vec<f64> = points.iter().map(|point| point.mean).collect();
                let errors: Vec<f64> = points.iter().map(|point| point.half_width).collect();
                panel =
                    panel.series(Series::line(name, &epochs, &means).errors(&errors).role(role));
            }
            Ok(panel.horizontal(1.0, "constant"))
        };
        let end = |loss, metric| {
            let gain =
                self.mean(subject, loss, |record| record.gain(SplitPart::Validation, metric))?;
            Ok::<f64, crate::Error>(100.0 * gain.mean)
        };
        let (is, mse) = IS_MINUS_MSE;
        let squares = [
            end(mse, Metric::MeanSquaredError)?,
            end(is, Metric::MeanSquaredError)?,
            end(mse, Metric::ItakuraSaito)?,
            end(is, Metric::ItakuraSaito)?,
        ];
        let [of_mse, of_is, mse_in_is, is_in_is] = squares;
        let title = format!("{subject}: does one loss pull ahead in squared error?");
        let finding = format!(
            "On validation items {subject} ends {of_mse:.1} % below a constant in squared error when trained \
             on MSE and {of_is:.1} % when trained on IS; in Itakura-Saito {mse_in_is:.1} % and {is_in_is:.1} %."
        );
        Figure::builder(&title, &finding)
            .source("§17")
            .panel(panel(Metric::MeanSquaredError)?)
            .panel(panel(Metric::ItakuraSaito)?)
            .columns(2)
            .build()
    }

    /// The error of the estimated mean for each kind of noise and each loss, with 95 % intervals over the
    /// seeds: in the measure of least squares, and relative to the mean.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn noises_figure(&self) -> Result<Figure> {
        let panel = |metric: Metric| -> Result<Panel> {
            let x = Axis::categories("noise, and decades of the mean", &NOISE_LABELS);
            let mut panel = Panel::new(x, Axis::logarithmic(metric.name())).title(metric.name());
            for (loss, name, role, shift) in [
                (Loss::MeanSquaredError, "MSE", Role::SquaredError, -0.15),
                (Loss::ITAKURA_SAITO, "IS", Role::ItakuraSaito, 0.0),
                (Loss::SquaredLogarithm, "log-MSE", Role::SquaredLogarithm, 0.15),
            ] {
                let logarithm =
                    |noise: &&str| self.mean(noise, loss, |record| record.test.get(metric).ln());
                let means = NOISES.iter().map(logarithm).collect::<Result<Vec<_>>>()?;
                let places: Vec<f64> = (0..3).map(|place| f64::from(place) + shift).collect();
                let of = |side: f64| -> Vec<f64> {
                    means.iter().map(|mean| (mean.mean + side * mean.half_width).exp()).collect()
                };
                let series = Series::markers(name, &places, &of(0.0)).role(role);
                panel = panel.series(series.interval(&of(-1.0), &of(1.0)));
            }
            Ok(panel)
        };
        let median = |noise, loss| -> Result<f64> {
            let logarithm = |record: &JobRecord| record.test.median_relative_error.ln();
            Ok(100.0 * self.mean(noise, loss, logarithm)?.mean.exp())
        };
        let (is, mse) = IS_MINUS_MSE;
        let finding = format!(
            "With gamma noise over four decades the median relative error is {:.0} % after IS and {:.0} % after \
             MSE; with additive noise in the range of section 17 it is {:.1} % and {:.1} %.",
            median(NOISES[0], is)?,
            median(NOISES[0], mse)?,
            median(NOISES[1], is)?,
            median(NOISES[1], mse)?,
        );
        Figure::builder("Which loss wins under which noise, and by which yardstick?", &finding)
            .source("§5")
            .panel(panel(Metric::NormalisedError)?)
            .panel(panel(Metric::MedianRelativeError)?)
            .columns(2)
            .build()
    }

    /// The error of the estimated mean after training on IS over that after MSE, for each subject, with 95 %
    /// intervals over the seeds: in the measure of least squares, and relative to the mean.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn ratios_figure(&self) -> Result<Figure> {
        let subjects: Vec<&str> = self.protocol.subjects().iter().map(|(name, ..)| *name).collect();
        let of = |metric| -> Result<Vec<PairedRatio>> {
            subjects.iter().map(|subject| self.error_ratio(subject, metric)).collect()
        };
        let (squares, relative) = (of(Metric::NormalisedError)?, of(Metric::MedianRelativeError)?);
        let series = |name: &str, role: Role, ratios: &[PairedRatio], shift: f64| {
            let places: Vec<f64> = (0..ratios.len()).map(|place| place as f64 + shift).collect();
            let numbers = |of: fn(&PairedRatio) -> f64| ratios.iter().map(of).collect::<Vec<f64>>();
            Series::markers(name, &places, &numbers(|one| one.ratio))
                .interval(&numbers(|one| one.interval.0), &numbers(|one| one.interval.1))
                .role(role)
        };
        let (across, title) = match self.protocol {
            Protocol::Heads => {
                ("output head", "Gamma noise: which loss wins behind which output head?")
            }
            Protocol::NoiseSizes => (
                "standard deviation of the noise; the means run from 0.1 to 1.58",
                "Additive noise: does its size decide which loss wins?",
            ),
            _ => ("noise, network or task", "Which loss leaves the larger error?"),
        };
        let names: Vec<&str> = subjects.iter().map(|subject| in_words(subject)).collect();
        let panel = Panel::new(
            Axis::categories(across, &names),
            Axis::logarithmic("error after IS over error after MSE"),
        )
        .series(series("normalised error", Role::SquaredError, &squares, -0.1))
        .series(series("median relative error", Role::SquaredLogarithm, &relative, 0.1))
        .horizontal(1.0, "both alike");
        let listed = |ratios: &[PairedRatio]| {
            let one = |(ratio, name): (&PairedRatio, &&str)| {
                let (low, high) = ratio.interval;
                format!("{:.2} ({low:.2} to {high:.2}) for {name}", ratio.ratio)
            };
            ratios.iter().zip(&names).map(one).collect::<Vec<_>>().join(", ")
        };
        let finding = format!(
            "The normalised error after IS is that after MSE times {}; the median relative error, times {}.",
            listed(&squares),
            listed(&relative),
        );
        Figure::builder(title, &finding).source("§5").panel(panel).build()
    }

    /// What training on IS instead of MSE does to a subject, in one line: on unseen items, as a change of the
    /// gain over a constant, with its 95 % interval, Cohen's d and the sign test. No correction is made for
    /// how many intervals are looked at.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn summary(&self, subject: &str) -> Result<String> {
        let told = |metric: Metric| {
            let effect = self.effect_on_gain(subject, SplitPart::Test, metric)?;
            let (mean, half_width) = (100.0 * effect.mean, 100.0 * effect.half_width);
            let d = effect.cohen_d;
            let gain = |record: &JobRecord| record.gain(SplitPart::Test, metric);
            let signs = self.signs(subject, IS_MINUS_MSE, gain)?;
            Ok::<String, crate::Error>(format!(
                "{mean:+.2} ± {half_width:.2} points (d = {d:+.2}; {signs})"
            ))
        };
        let pairs = self.effect_on_gain(subject, SplitPart::Test, Metric::ItakuraSaito)?.pairs;
        let squares = told(Metric::MeanSquaredError)?;
        let itakura_saito = told(Metric::ItakuraSaito)?;
        Ok(format!("{subject}, {pairs} pairs: {squares} in squared error, {itakura_saito} in IS"))
    }

    /// Where the results come from, in one line.
    pub fn origin(&self) -> String {
        let subject = |(name, seeds, epochs)| format!("{name} {seeds} seeds of {epochs} epochs");
        let subjects: Vec<String> = self.protocol.subjects().into_iter().map(subject).collect();
        let (name, count) = (self.protocol.name(), self.records.len());
        format!("{count} trainings by `cargo study run {name}`: {}", subjects.join(", "))
    }

    /// The networks of section 17, by the names that the studies call them.
    pub fn networks() -> [&'static str; 3] {
        NETWORKS
    }
}

impl JobRecord {
    /// A point of the validation curve in units of a constant's loss on the same items.
    fn relative(&self, index: usize, metric: Metric) -> f64 {
        let point = &self.curve[index];
        let loss = match metric {
            Metric::MeanSquaredError => point.squares[1],
            _ => point.itakura_saito[1],
        };
        loss / self.constant[1].get(metric)
    }
}

/// A subject's name for axes and sentences.
fn in_words(subject: &str) -> &str {
    match subject {
        "position_added" => "position added",
        "follows_input" => "target follows the input",
        "logarithm" => "logarithm, f = e<sup>z</sup>",
        "softplus" => "softplus, f = ln(1 + e<sup>z</sup>)",
        "clipped_0.25" => "0.25, clipped at 0.01",
        other => other.strip_prefix("deviation_").unwrap_or(other),
    }
}

/// `+0.3 ± 0.4 (TinyCNN)` and so on.
fn listed(subjects: &[&str], effects: &[PairedEffect]) -> String {
    let one = |(subject, effect): (&&str, &PairedEffect)| {
        format!(
            "{:+.1} ± {:.1} ({})",
            100.0 * effect.mean,
            100.0 * effect.half_width,
            in_words(subject)
        )
    };
    subjects.iter().zip(effects).map(one).collect::<Vec<_>>().join(", ")
}
