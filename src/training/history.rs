//! The record of a training, epoch by epoch, beside predictors that need no input.

use serde::{Deserialize, Serialize};

use super::{Baselines, Metric, Scores};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// The state after an epoch. All scores are taken in evaluation mode, after the epoch: a mean over the
/// batches of the epoch, as the paper plots it for training, lags behind the validation beside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// The epoch, counted from one; 0 is the state before the first step.
    pub number: usize,
    /// The loss that is trained on, over the training items; without the decay of the weights.
    pub training_loss: f64,
    /// The same loss on the validation items.
    pub validation_loss: f64,
    /// The scores on the training items.
    pub training: Scores,
    /// The scores on the validation items.
    pub validation: Scores,
}

/// How a training ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All epochs were done.
    Completed,
    /// A loss, a gradient or a prediction left the range of numbers. The history up to there is kept, and
    /// the parameters are the last finite ones.
    Diverged {
        /// The epoch in which it happened, counted from one.
        epoch: usize,
        /// What happened, as the error says it.
        reason: String,
    },
}

/// The record of a training, beside predictors that need no input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// What was trained on what, in words: the legend of its curves.
    pub label: String,
    /// The loss that was trained on, by name.
    pub loss: String,
    /// The seed of weights and batches.
    pub seed: u64,
    /// The scores of the predictors without input on the same split.
    pub baselines: Baselines,
    /// The state before training and after each epoch.
    pub epochs: Vec<Epoch>,
    /// How it ended.
    pub outcome: Outcome,
}

impl History {
    /// The last state that was reached.
    pub fn last(&self) -> &Epoch {
        self.epochs.last().expect("a history begins with the state before training")
    }

    /// A score on the training items over the epochs, from the state before training.
    pub fn training(&self, metric: Metric) -> Vec<f64> {
        self.epochs.iter().map(|epoch| epoch.training.get(metric)).collect()
    }

    /// A score on the validation items over the epochs, from the state before training.
    pub fn validation(&self, metric: Metric) -> Vec<f64> {
        self.epochs.iter().map(|epoch| epoch.validation.get(metric)).collect()
    }

    /// How rough the validation curve is: the root mean square of the second differences of its logarithm,
    /// divided by $\sqrt6$, which is the standard deviation of independent noise on a straight line.
    ///
    /// The state before training is left out. `None` for fewer than three epochs.
    pub fn roughness(&self, metric: Metric) -> Option<f64> {
        roughness(&self.validation(metric)[1..])
    }

    /// By what fraction the last validation score lies below a constant's on the same items.
    pub fn gain_over_constant(&self, metric: Metric) -> f64 {
        self.baselines.constant.gain(&self.last().validation, metric)
    }

    /// Training and validation over the epochs, with the constant's loss on both parts, since each curve is
    /// to be read beside its own, and the positional mean's on the validation items.
    ///
    /// # Errors
    ///
    /// If a score is zero, which a logarithmic axis cannot show.
    pub fn figure(&self, metric: Metric) -> Result<Figure> {
        let percent = 100.0 * self.gain_over_constant(metric);
        let than = if percent < 0.0 { "worse" } else { "better" };
        let name = metric.name();
        let title = format!("{}, beside what needs no network", self.label);
        let finding = format!(
            "After {} epochs the validation {name} of {} is {:.4}, {:.1} % {than} than that of a constant.",
            self.last().number,
            self.label,
            self.last().validation.get(metric),
            percent.abs(),
        );
        let epochs: Vec<f64> = self.epochs.iter().map(|epoch| epoch.number as f64).collect();
        let baselines = &self.baselines;
        // The curves end where the words beside the lines begin.
        let length = self.last().number.max(1) as f64;
        let across = Axis::counting("epoch").range(-0.03 * length, 1.4 * length);
        let panel = Panel::new(across, Axis::logarithmic(name))
            .series(
                Series::line_with_markers("training", &epochs, &self.training(metric))
                    .role(Role::Training),
            )
            .series(
                Series::line_with_markers("validation", &epochs, &self.validation(metric))
                    .role(Role::Validation),
            )
            .horizontal(baselines.constant.validation.get(metric), "constant, validation")
            .horizontal(baselines.constant.training.get(metric), "constant, training")
            .horizontal(
                baselines.position_mean.validation.get(metric),
                "positional mean, validation",
            );
        Figure::builder(&title, &finding).source("§17").panel(panel).build()
    }
}

/// See [`History::roughness`].
pub(super) fn roughness(curve: &[f64]) -> Option<f64> {
    if curve.len() < 3 {
        return None;
    }
    let logarithms: Vec<f64> = curve.iter().map(|value| value.ln()).collect();
    let second = logarithms.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).powi(2));
    Some((second.sum::<f64>() / (curve.len() - 2) as f64 / 6.0).sqrt())
}
