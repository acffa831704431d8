//! What pairs of runs say of two losses: which curve is smoother, and which error is smaller.

use std::fmt;

use super::results::IS_MINUS_MSE;
use super::{JobRecord, Study};
use crate::Result;
use crate::divergence::Loss;
use crate::training::{Metric, SignTest};

/// Which of two losses gives the smoother validation curve, pair by pair: the roughness is that of
/// [`History::roughness`](crate::training::History::roughness).
///
/// Each curve in the loss that it was trained on compares two quantities, and the loss that varies less
/// from item to item looks smoother. In one yardstick for both the networks are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothness {
    /// Each curve in the loss that was descended.
    pub own: RoughnessPairs,
    /// Both curves in squared error.
    pub in_squares: RoughnessPairs,
    /// Both curves in Itakura-Saito.
    pub in_itakura_saito: RoughnessPairs,
}

/// The roughness under IS beside that under MSE.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoughnessPairs {
    /// The mean roughness of the runs on IS over that of the runs on MSE.
    pub ratio: f64,
    /// In how many pairs the run on IS is the rougher one, and in how many the smoother one.
    pub signs: SignTest,
}

/// The error after training on IS over that after MSE, as a geometric mean over pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorRatio {
    /// The ratio; below one IS is the better one.
    pub ratio: f64,
    /// The 95 % interval of Student's t, taken of the logarithm.
    pub interval: (f64, f64),
    /// In how many pairs IS has the larger error, and in how many the smaller one.
    pub signs: SignTest,
}

impl Study {
    /// Which loss gives the smoother validation curve of a subject.
    ///
    /// # Errors
    ///
    /// As [`SignTest::of`].
    pub fn smoothness(&self, subject: &str) -> Result<Smoothness> {
        let at = |place: fn(&JobRecord) -> usize| {
            move |record: &JobRecord| record.roughness.map_or(f64::NAN, |pair| pair[place(record)])
        };
        let own = |record: &JobRecord| usize::from(record.job.loss != Loss::MeanSquaredError);
        Ok(Smoothness {
            own: self.roughness_pairs(subject, at(own))?,
            in_squares: self.roughness_pairs(subject, at(|_| 0))?,
            in_itakura_saito: self.roughness_pairs(subject, at(|_| 1))?,
        })
    }

    fn roughness_pairs(
        &self,
        subject: &str,
        roughness: impl Fn(&JobRecord) -> f64,
    ) -> Result<RoughnessPairs> {
        let (is, mse) = IS_MINUS_MSE;
        let sum = |loss| self.of(subject, loss).into_iter().map(&roughness).sum::<f64>();
        let ratio = sum(is) / sum(mse);
        Ok(RoughnessPairs { ratio, signs: self.signs(subject, IS_MINUS_MSE, &roughness)? })
    }

    /// By which factor an error on unseen items is larger after training on IS than after MSE.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`](crate::training::PairedEffect::of).
    pub fn error_ratio(&self, subject: &str, metric: Metric) -> Result<ErrorRatio> {
        let logarithm = |record: &JobRecord| record.test.get(metric).ln();
        let effect = self.effect(subject, IS_MINUS_MSE, logarithm)?;
        let (low, high) = effect.interval();
        Ok(ErrorRatio {
            ratio: effect.mean.exp(),
            interval: (low.exp(), high.exp()),
            signs: self.signs(subject, IS_MINUS_MSE, logarithm)?,
        })
    }
}

impl fmt::Display for Smoothness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { own, in_squares, in_itakura_saito } = self;
        write!(formatter, "smoother under IS in {own}, each in its own loss; ")?;
        write!(formatter, "in {in_squares}, in squared error; in {in_itakura_saito}, in IS")
    }
}

impl fmt::Display for RoughnessPairs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SignTest { positive, negative, .. } = self.signs;
        write!(formatter, "{negative} of {} (ratio {:.2})", positive + negative, self.ratio)
    }
}

impl fmt::Display for ErrorRatio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ratio, interval: (low, high), signs } = self;
        write!(formatter, "{ratio:.2} ({low:.2} to {high:.2}), {signs}")
    }
}
