//! What is descended in training, and what the output of a network stands for.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::{Error, Result};

/// The loss of a training: a mean over all items and positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TrainingLoss {
    /// The mean of $(f - y)^2$, as frameworks define it: without the half of section 5.
    MeanSquaredError,
    /// The mean of a divergence.
    Divergence(Divergence),
    /// The mean of $(\ln f - \ln y)^2$.
    SquaredLogarithm,
}

impl TrainingLoss {
    /// The mean of $V(y, f)$.
    pub const ITAKURA_SAITO: Self = Self::Divergence(Divergence::ItakuraSaito);

    /// The mean loss.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    pub fn mean(self, targets: &PositiveArray, predictions: &PositiveArray) -> Result<f64> {
        match self {
            Self::MeanSquaredError => {
                Ok(2.0 * Divergence::SQUARED_ERROR.mean(targets, predictions)?)
            }
            Self::Divergence(divergence) => divergence.mean(targets, predictions),
            Self::SquaredLogarithm => squared_logarithm(targets, predictions),
        }
    }

    /// The derivative of one entry in the prediction.
    pub(super) fn slope(self, target: Positive, prediction: Positive) -> f64 {
        let (y, f) = (target.get(), prediction.get());
        match self {
            Self::MeanSquaredError => 2.0 * (f - y),
            Self::Divergence(divergence) => divergence.derivative(target, prediction),
            Self::SquaredLogarithm => 2.0 * (f / y).ln() / f,
        }
    }
}

impl fmt::Display for TrainingLoss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MeanSquaredError => formatter.write_str("MSE"),
            Self::Divergence(Divergence::ItakuraSaito) => formatter.write_str("IS"),
            Self::Divergence(divergence) => divergence.fmt(formatter),
            Self::SquaredLogarithm => formatter.write_str("log-MSE"),
        }
    }
}

/// The mean of $(\ln f - \ln y)^2$.
pub(super) fn squared_logarithm(
    targets: &PositiveArray,
    predictions: &PositiveArray,
) -> Result<f64> {
    if targets.shape() != predictions.shape() {
        return Err(Error::ShapeMismatch {
            target: targets.shape().to_vec(),
            prediction: predictions.shape().to_vec(),
            remedy: "give one prediction for each target; nothing is broadcast",
        });
    }
    let pairs = targets.as_slice().iter().zip(predictions.as_slice());
    let sum: f64 = pairs.map(|(y, f)| (f / y).ln().powi(2)).sum();
    Ok(sum / targets.len() as f64)
}

/// What the output of a network stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// The prediction itself: the network ends in softplus, which underflows to 0 below about -745.
    AsIs,
    /// The logarithm of the prediction: the network ends without a nonlinearity, and nothing can be
    /// negative. Over several decades nothing else trains well.
    Logarithm,
}
