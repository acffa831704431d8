//! Link functions: how the output of a network becomes a prediction.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use super::{Positive, PositiveArray};
use crate::{Error, Result};

/// How an unconstrained output $z$ of a network becomes a positive prediction $f(z)$.
///
/// $$ f = z, \qquad f = e^z, \qquad f = \ln(1 + e^z) $$
///
/// Section 5 compares losses in $f$. What an optimiser sees is the loss in $z$, and there the link
/// decides as much as the loss.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Link, Positive};
///
/// let prediction = Link::Softplus.prediction(0.0)?;
/// assert!((prediction.get() - 2f64.ln()).abs() < 1e-15);
/// assert!((Link::Softplus.slope(prediction) - 0.5).abs() < 1e-15);
/// assert!(Link::Identity.prediction(-1.0).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// $f = z$, which does not keep the prediction positive. The networks of section 17 end in a softplus
    /// of their own: what they output is the prediction.
    #[serde(alias = "as_is")]
    Identity,
    /// $f = e^z$: $z$ is the logarithm of the prediction. Over several decades nothing else trains well.
    #[serde(alias = "logarithm")]
    Exponential,
    /// $f = \ln(1 + e^z)$: exponential far below zero, the identity far above.
    Softplus,
}

impl Link {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Exponential, Self::Softplus];

    /// The prediction $f(z)$ of an output $z$.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`] if `output` is infinite or NaN. [`Error::NotPositive`] if the prediction
    /// is not a positive `f64`: the identity of a negative output, or an underflow or overflow.
    #[inline]
    pub fn prediction(self, output: f64) -> Result<Positive> {
        let prediction = self.value(finite_output(output)?);
        Positive::named("the prediction of an output", prediction, self.remedy())
    }

    /// The prediction of the output zero, below which no positive output leads.
    #[cfg(feature = "networks")]
    pub(crate) fn at_zero(self) -> f64 {
        self.value(0.0)
    }

    /// The predictions of many outputs.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveAt`] for the first output without a positive prediction.
    pub fn predictions(self, outputs: ArrayD<f64>) -> Result<PositiveArray> {
        let predictions = outputs.mapv_into(|output| self.value(output));
        PositiveArray::named(predictions, "the prediction at ", self.remedy())
    }

    /// What to do about an output without a positive prediction.
    fn remedy(self) -> &'static str {
        match self {
            Self::Exponential => TOO_FAR_OUT,
            Self::Identity | Self::Softplus => LEFT_THE_RANGE,
        }
    }

    #[inline]
    fn value(self, output: f64) -> f64 {
        match self {
            Self::Identity => output,
            Self::Exponential => output.exp(),
            Self::Softplus => output.max(0.0) + (-output.abs()).exp().ln_1p(),
        }
    }

    /// The output $z$ with the prediction $f(z) = f$, the inverse of [`prediction`](Self::prediction).
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Link, Positive};
    ///
    /// // The inverse of ln(1 + exp z).
    /// let prediction = Positive::new(3f64.ln())?;
    /// assert!((Link::Softplus.output(prediction) - 2f64.ln()).abs() < 1e-15);
    /// assert!((Link::Softplus.prediction(2f64.ln())?.get() - prediction.get()).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn output(self, prediction: Positive) -> f64 {
        let f = prediction.get();
        match self {
            Self::Identity => f,
            Self::Exponential => f.ln(),
            // ln(e^f - 1), written so that e^f cannot overflow.
            Self::Softplus => f + (-(-f).exp_m1()).ln(),
        }
    }

    /// The slope of the prediction in the output, as a function of the prediction.
    ///
    /// $$ \frac{df}{dz} = 1, \qquad f, \qquad 1 - e^{-f} $$
    pub fn slope(self, prediction: Positive) -> f64 {
        match self {
            Self::Identity => 1.0,
            Self::Exponential => prediction.get(),
            Self::Softplus => -(-prediction.get()).exp_m1(),
        }
    }

    /// The second derivative of the prediction in the output, as a function of the prediction.
    ///
    /// $$ \frac{d^2f}{dz^2} = 0, \qquad f, \qquad e^{-f}\\,(1 - e^{-f}) $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Link, Positive};
    ///
    /// // A softplus bends by a quarter where z = 0, the exponential by its own value.
    /// assert!((Link::Softplus.bend(Positive::new(2f64.ln())?) - 0.25).abs() < 1e-15);
    /// assert_eq!(Link::Exponential.bend(Positive::new(7.0)?), 7.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bend(self, prediction: Positive) -> f64 {
        match self {
            Self::Identity => 0.0,
            Self::Exponential => prediction.get(),
            Self::Softplus => (-prediction.get()).exp() * self.slope(prediction),
        }
    }
}

/// The output itself, if it is a number.
#[inline]
pub(super) fn finite_output(output: f64) -> Result<f64> {
    if output.is_finite() {
        return Ok(output);
    }
    Err(Error::NotFinite {
        name: "an output",
        value: output,
        remedy: "lower the learning rate or look for an overflow upstream",
    })
}

/// What to do about an output whose exponential is no positive number.
const TOO_FAR_OUT: &str =
    "the output left the range of numbers: take a smaller learning rate, or start nearer to zero";

/// What to do about an output without a positive prediction.
const LEFT_THE_RANGE: &str = "the output left the range of numbers, or nothing keeps it \
     positive; predict the logarithm (Link::Exponential), or take a smaller learning rate";
