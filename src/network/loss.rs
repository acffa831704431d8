//! What a prediction costs.

use std::fmt;

use crate::divergence::{Divergence, Positive};
use crate::{Error, Result};

/// A loss: the mean over all entries of a function of target and prediction.
///
/// ```
/// use itakura_saito::divergence::Positive;
/// use itakura_saito::network::{Loss, LossTerm};
///
/// let term: LossTerm = Loss::MeanSquaredError.term(Positive::ONE, 3.0)?;
/// assert_eq!((term.value, term.derivative, term.second_derivative), (4.0, 4.0, 2.0));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Loss {
    /// $(f - y)^2$, without the factor one half, as in section 17.
    MeanSquaredError,
    /// A divergence of the target from the prediction, which must be positive.
    Divergence(Divergence),
}

/// A loss at one entry, with its derivatives in the prediction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossTerm {
    /// The loss.
    pub value: f64,
    /// Its first derivative.
    pub derivative: f64,
    /// Its second derivative.
    pub second_derivative: f64,
}

impl Loss {
    /// The Itakura-Saito loss.
    pub const ITAKURA_SAITO: Self = Self::Divergence(Divergence::ItakuraSaito);

    /// The loss at one entry.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a divergence of a prediction that is not positive: a softplus that
    /// underflowed, above all. Nothing is clamped.
    pub fn term(self, target: Positive, prediction: f64) -> Result<LossTerm> {
        match self {
            Self::MeanSquaredError => {
                let deviation = prediction - target.get();
                Ok(LossTerm {
                    value: deviation * deviation,
                    derivative: 2.0 * deviation,
                    second_derivative: 2.0,
                })
            }
            Self::Divergence(divergence) => {
                let prediction = Positive::named("the prediction", prediction, UNDERFLOW)?;
                Ok(LossTerm {
                    value: divergence.value(target, prediction),
                    derivative: divergence.derivative(target, prediction),
                    second_derivative: divergence.second_derivative(target, prediction),
                })
            }
        }
    }

    /// Checks a prediction that is known to be finite.
    pub(super) fn check(self, prediction: f64, index: impl FnOnce() -> Vec<usize>) -> Result<()> {
        match self {
            Self::Divergence(_) if prediction <= 0.0 => Err(Error::NotPositiveAt {
                name: "the prediction at ",
                index: index(),
                value: prediction,
                remedy: UNDERFLOW,
            }),
            _ => Ok(()),
        }
    }
}

const UNDERFLOW: &str =
    "the output underflowed, or the network has no softplus; start from other parameters";

impl From<Divergence> for Loss {
    fn from(divergence: Divergence) -> Self {
        Self::Divergence(divergence)
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MeanSquaredError => formatter.write_str("mean squared error"),
            Self::Divergence(divergence) => divergence.fmt(formatter),
        }
    }
}
