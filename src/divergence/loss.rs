//! What a prediction costs: one type for what is trained on, stored, compared and plotted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::link::finite_output;
use super::linked::{LinkedLoss, Logarithmic};
use super::ratio::log_ratio;
use super::{Divergence, Link, Positive, PositiveArray};
use crate::{Error, Result};

/// A loss: the mean over all entries of a function $\ell(y, f)$ of target and prediction.
///
/// $$ (f - y)^2, \qquad d(y \\,\\|\\, f), \qquad (\ln f - \ln y)^2 $$
///
/// The first is what frameworks call MSE and what section 17 trains on; the half that section 5 puts before
/// it is [`Divergence::SQUARED_ERROR`].
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, Loss, PositiveArray};
///
/// let targets: PositiveArray = PositiveArray::from_vec(vec![1.0, 2.0])?;
/// let predictions: PositiveArray = PositiveArray::from_vec(vec![2.0, 2.0])?;
/// assert_eq!(Loss::MeanSquaredError.mean(&targets, &predictions)?, 0.5);
/// assert_eq!("itakura_saito".parse::<Loss>()?, Loss::ITAKURA_SAITO);
/// assert_eq!(Loss::from(Divergence::beta(0.0)?), Loss::ITAKURA_SAITO);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Loss {
    /// $(f - y)^2$, without a half. The only loss that takes a prediction that is not positive.
    MeanSquaredError,
    /// A divergence of the target from the prediction.
    Divergence(Divergence),
    /// $(\ln f - \ln y)^2$.
    SquaredLogarithm,
}

/// A loss at one entry, with its derivatives in the output behind which the prediction stands.
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
    /// The Itakura-Saito loss, $V(y, f)$.
    pub const ITAKURA_SAITO: Self = Self::Divergence(Divergence::ItakuraSaito);

    /// The loss of one prediction.
    #[inline]
    pub fn value(self, target: Positive, prediction: Positive) -> f64 {
        match self {
            Self::MeanSquaredError => (prediction.get() - target.get()).powi(2),
            Self::Divergence(divergence) => divergence.value(target, prediction),
            Self::SquaredLogarithm => log_ratio(prediction, target).powi(2),
        }
    }

    /// Its first derivative in the prediction.
    #[inline]
    pub fn derivative(self, target: Positive, prediction: Positive) -> f64 {
        match self {
            Self::MeanSquaredError => 2.0 * (prediction.get() - target.get()),
            Self::Divergence(divergence) => divergence.derivative(target, prediction),
            Self::SquaredLogarithm => 2.0 * log_ratio(prediction, target) / prediction.get(),
        }
    }

    /// Its second derivative in the prediction.
    ///
    /// That of the squared logarithm is $2(1 - \ln(f/y))/f^2$, negative beyond $f = e\\,y$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Loss, Positive};
    ///
    /// // The squared logarithm bends the other way beyond e times the target.
    /// let at = |prediction: f64| Positive::new(prediction);
    /// assert!(Loss::SquaredLogarithm.second_derivative(Positive::ONE, at(2.7)?) > 0.0);
    /// assert!(Loss::SquaredLogarithm.second_derivative(Positive::ONE, at(2.8)?) < 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    #[inline]
    pub fn second_derivative(self, target: Positive, prediction: Positive) -> f64 {
        match self {
            Self::MeanSquaredError => 2.0,
            Self::Divergence(divergence) => divergence.second_derivative(target, prediction),
            Self::SquaredLogarithm => {
                let f = prediction.get();
                2.0 * (1.0 - log_ratio(prediction, target)) / f / f
            }
        }
    }

    /// The mean loss over all entries.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ, [`Error::NotFinite`] if the mean is too large for an `f64`.
    pub fn mean(self, targets: &PositiveArray, predictions: &PositiveArray) -> Result<f64> {
        targets.mean_with(predictions, "the mean loss", |y, f| self.value(y, f))
    }

    /// The loss of the output $z$ of a network, whose prediction is $f(z)$, with its derivatives in $z$.
    ///
    /// The squared error of a free output takes any finite output, and so does the squared logarithm behind
    /// the exponential, which is the squared error of $z$ itself.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the prediction is not a positive number, as [`Link::prediction`];
    /// [`Error::NotFinite`] for an output that is infinite or NaN, and if the loss or a derivative overflows, that
    /// of a square of an output excepted, which its derivatives outlive. Nothing is clamped.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Link, Loss, LossTerm, Positive};
    ///
    /// let free: LossTerm = Loss::MeanSquaredError.behind(Link::Identity, Positive::ONE, 3.0)?;
    /// assert_eq!((free.value, free.derivative, free.second_derivative), (4.0, 4.0, 2.0));
    /// // Behind the exponential the curvature of IS at the optimum is 1, whatever the target.
    /// let target: Positive = Positive::new(5.0)?;
    /// let term: LossTerm = Loss::ITAKURA_SAITO.behind(Link::Exponential, target, 5f64.ln())?;
    /// assert!((term.second_derivative - 1.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    #[inline]
    pub fn behind(self, link: Link, target: Positive, output: f64) -> Result<LossTerm> {
        match (self, link) {
            (Self::MeanSquaredError, Link::Identity) => {
                Ok(square(finite_output(output)? - target.get()))
            }
            (Self::SquaredLogarithm, Link::Exponential) => {
                Ok(square(finite_output(output)? - target.get().ln()))
            }
            _ => {
                let linked = self.linked(link, target, link.prediction(output)?)?;
                Ok(LossTerm {
                    value: linked.value,
                    derivative: linked.gradient,
                    second_derivative: linked.hessian,
                })
            }
        }
    }

    /// The loss of a prediction, with its derivatives in the output behind the link.
    pub(super) fn linked(
        self,
        link: Link,
        target: Positive,
        prediction: Positive,
    ) -> Result<LinkedLoss> {
        if link == Link::Identity {
            let value = self.value(target, prediction);
            let first = self.derivative(target, prediction);
            return LinkedLoss::of_free_output(
                value,
                first,
                self.second_derivative(target, prediction),
            );
        }
        let logarithmic = self.logarithmic_derivatives(target, prediction);
        LinkedLoss::new(self.value(target, prediction), logarithmic, link, prediction)
    }

    fn logarithmic_derivatives(self, target: Positive, prediction: Positive) -> Logarithmic {
        match self {
            Self::MeanSquaredError => {
                let half = Divergence::SQUARED_ERROR.logarithmic_derivatives(target, prediction);
                Logarithmic {
                    first: 2.0 * half.first,
                    curvature: 2.0 * half.curvature,
                    second: 2.0 * half.second,
                }
            }
            Self::Divergence(divergence) => divergence.logarithmic_derivatives(target, prediction),
            Self::SquaredLogarithm => {
                let deviation = log_ratio(prediction, target);
                Logarithmic {
                    first: 2.0 * deviation,
                    curvature: 2.0 * (1.0 - deviation),
                    second: 2.0,
                }
            }
        }
    }

    /// The name under which it is stored, which [`str::parse`] reads.
    pub fn name(self) -> String {
        match self {
            Self::MeanSquaredError => MEAN_SQUARED_ERROR.to_owned(),
            Self::Divergence(divergence) => divergence.name(),
            Self::SquaredLogarithm => SQUARED_LOGARITHM.to_owned(),
        }
    }
}

/// The loss of a prediction, with its derivatives in the output behind the link.
///
/// With the exponential link and IS: gradient $1 - y/f$, which is below 1 but unbounded from below,
/// and Hessian $y/f$, which is 1 at the optimum whatever the target.
///
/// # Errors
///
/// [`Error::NotFinite`] if the value or a derivative exceeds the range of `f64`, as it does for a
/// prediction far too small.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, Link, Positive, through_link};
///
/// let target = Positive::new(7.0)?;
/// let loss = through_link(Divergence::ItakuraSaito, Link::Exponential, target, target)?;
/// assert_eq!((loss.gradient, loss.hessian), (0.0, 1.0));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn through_link(
    divergence: Divergence,
    link: Link,
    target: Positive,
    prediction: Positive,
) -> Result<LinkedLoss> {
    Loss::Divergence(divergence).linked(link, target, prediction)
}

const MEAN_SQUARED_ERROR: &str = "mean_squared_error";
const SQUARED_LOGARITHM: &str = "squared_logarithm";

#[inline]
fn square(deviation: f64) -> LossTerm {
    LossTerm { value: deviation * deviation, derivative: 2.0 * deviation, second_derivative: 2.0 }
}

impl From<Divergence> for Loss {
    fn from(divergence: Divergence) -> Self {
        Self::Divergence(divergence)
    }
}

impl From<Loss> for String {
    fn from(loss: Loss) -> Self {
        loss.name()
    }
}

impl TryFrom<String> for Loss {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
    }
}

impl FromStr for Loss {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            MEAN_SQUARED_ERROR => Ok(Self::MeanSquaredError),
            SQUARED_LOGARITHM => Ok(Self::SquaredLogarithm),
            _ => name.parse().map(Self::Divergence),
        }
    }
}

/// The short name of labels and legends.
impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MeanSquaredError => formatter.write_str("MSE"),
            Self::Divergence(Divergence::ItakuraSaito) => formatter.write_str("IS"),
            Self::Divergence(divergence) => divergence.fmt(formatter),
            Self::SquaredLogarithm => formatter.write_str("log-MSE"),
        }
    }
}
