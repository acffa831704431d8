//! Two losses compared over pairs of runs: which curve is smoother, and which error is smaller.

use std::fmt;

use super::results::IS_MINUS_MSE;
use super::{JobRecord, Study};
use crate::Result;
use crate::divergence::Loss;
use crate::training::{Metric, SignTest};

/// A positive number after training on IS over the same after MSE, as a geometric mean over pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedRatio {
    /// The ratio; below one the run on IS has the smaller number.
    pub ratio: f64,
    /// The 95 % interval of Student's t, taken of the logarithm.
    pub interval: (f64, f64),
    /// In how many pairs IS has the larger number, and in how many the smaller one.
    pub signs: SignTest,
}

/// Which of two losses gives the smoother validation curve, pair by pair: the roughness is that of
/// [`History::roughness`](crate::training::History::roughness).
///
/// Each curve in the loss that it was trained on compares two quantities, and the loss that varies less
/// from item to item looks smoother. In one yardstick for both the networks are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothness {
    /// Each curve in the loss that was trained on.
    pub own: PairedRatio,
    /// Both curves in squared error.
    pub in_squares: PairedRatio,
    /// Both curves in Itakura-Saito.
    pub in_itakura_saito: PairedRatio,
}

impl PairedRatio {
    /// Whether the interval excludes one.
    pub fn is_clear(&self) -> bool {
        self.interval.0 > 1.0 || self.interval.1 < 1.0
    }
}

impl Study {
    /// By what factor a positive number is larger after training on IS than after MSE.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`](crate::training::PairedEffect::of).
    pub fn ratio(&self, subject: &str, number: impl Fn(&JobRecord) -> f64) -> Result<PairedRatio> {
        let logarithm = |record: &JobRecord| number(record).ln();
        let effect = self.effect(subject, IS_MINUS_MSE, logarithm)?;
        let (low, high) = effect.interval();
        Ok(PairedRatio {
            ratio: effect.mean.exp(),
            interval: (low.exp(), high.exp()),
            signs: self.signs(subject, IS_MINUS_MSE, logarithm)?,
        })
    }

    /// By what factor an error on unseen items is larger after training on IS than after MSE.
    ///
    /// # Errors
    ///
    /// As [`ratio`](Self::ratio).
    pub fn error_ratio(&self, subject: &str, metric: Metric) -> Result<PairedRatio> {
        self.ratio(subject, |record| record.test.get(metric))
    }

    /// Which loss gives the smoother validation curve of a subject.
    ///
    /// # Errors
    ///
    /// As [`ratio`](Self::ratio).
    pub fn smoothness(&self, subject: &str) -> Result<Smoothness> {
        let at = |place: fn(&JobRecord) -> usize| {
            move |record: &JobRecord| record.roughness.map_or(f64::NAN, |pair| pair[place(record)])
        };
        let own = |record: &JobRecord| usize::from(record.job.loss != Loss::MeanSquaredError);
        Ok(Smoothness {
            own: self.ratio(subject, at(own))?,
            in_squares: self.ratio(subject, at(|_| 0))?,
            in_itakura_saito: self.ratio(subject, at(|_| 1))?,
        })
    }
}

impl fmt::Display for PairedRatio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ratio, interval: (low, high), signs } = self;
        write!(formatter, "{ratio:.2} ({low:.2} to {high:.2}; {signs})")
    }
}

impl fmt::Display for Smoothness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { own, in_squares, in_itakura_saito } = self;
        write!(formatter, "roughness under IS over that under MSE, each in its own loss {own}, ")?;
        write!(formatter, "in squared error {in_squares}, in IS {in_itakura_saito}")
    }
}
