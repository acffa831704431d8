//! Link functions, and what a loss becomes in the coordinate that a network puts out.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use super::{Divergence, Loss, Positive, PositiveArray};
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
    /// of their own: what they put out is the prediction.
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
    pub fn prediction(self, output: f64) -> Result<Positive> {
        if !output.is_finite() {
            return Err(Error::NotFinite {
                name: "an output",
                value: output,
                remedy: "lower the learning rate or look for an overflow upstream",
            });
        }
        let prediction = self.value(output);
        Positive::named("the prediction of an output", prediction, LEFT_THE_RANGE)
    }

    /// The predictions of many outputs.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveAt`] for the first output without a positive prediction.
    pub fn predictions(self, outputs: ArrayD<f64>) -> Result<PositiveArray> {
        let predictions = outputs.mapv_into(|output| self.value(output));
        PositiveArray::named(predictions, "the prediction at ", LEFT_THE_RANGE)
    }

    fn value(self, output: f64) -> f64 {
        match self {
            Self::Identity => output,
            Self::Exponential => output.exp(),
            Self::Softplus => output.max(0.0) + (-output.abs()).exp().ln_1p(),
        }
    }

    /// The output $z$ with the prediction $f(z) = f$, the inverse of [`prediction`](Self::prediction).
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
    /// $$ \frac{d^2f}{dz^2} = 0, \qquad f, \qquad e^{-f}\,(1 - e^{-f}) $$
    pub fn bend(self, prediction: Positive) -> f64 {
        match self {
            Self::Identity => 0.0,
            Self::Exponential => prediction.get(),
            Self::Softplus => (-prediction.get()).exp() * self.slope(prediction),
        }
    }
}

/// What to do about an output without a positive prediction.
pub(crate) const LEFT_THE_RANGE: &str = "the output left the range of numbers, or nothing keeps it \
     positive; predict the logarithm (Link::Exponential), or take a smaller learning rate";

/// A loss in the coordinate of the output: its value and its first two derivatives in $z$.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkedLoss {
    /// The divergence $d(y \,\|\, f(z))$.
    pub value: f64,
    /// Its first derivative in $z$, $f'(z)\,\partial_f d$.
    pub gradient: f64,
    /// Its second derivative in $z$, $f'(z)^2\,\partial_f^2 d + f''(z)\,\partial_f d$.
    pub hessian: f64,
    /// The part of the second derivative without the bend of the link, $f'(z)^2\,\partial_f^2 d$.
    pub gauss_newton: f64,
}

/// The derivatives of a loss in the logarithm of the prediction, which keep their size where those in the
/// prediction would overflow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Logarithmic {
    /// $f\,\partial_f \ell$, the first derivative in $\ln f$.
    pub(super) first: f64,
    /// $f^2\,\partial_f^2 \ell$.
    pub(super) curvature: f64,
    /// $f\,\partial_f(f\,\partial_f \ell)$, the second derivative in $\ln f$: the sum of the other two, which
    /// cancel far below the target, in a form that does not.
    pub(super) second: f64,
}

impl LinkedLoss {
    pub(super) fn new(
        value: f64,
        Logarithmic { first, curvature, second }: Logarithmic,
        link: Link,
        prediction: Positive,
    ) -> Result<Self> {
        let slope = link.slope(prediction) / prediction.get();
        let gauss_newton = slope * curvature * slope;
        let hessian = match link {
            Link::Identity => gauss_newton,
            Link::Exponential => second,
            Link::Softplus if prediction.get() > 0.5 => {
                gauss_newton + link.bend(prediction) / prediction.get() * first
            }
            Link::Softplus => slope * (slope * second + softplus_excess(prediction.get()) * first),
        };
        let loss = Self { value, gradient: slope * first, hessian, gauss_newton };
        let parts = [loss.value, loss.gradient, loss.gauss_newton, loss.hessian];
        match parts.into_iter().find(|part| !part.is_finite()) {
            None => Ok(loss),
            Some(value) => Err(Error::NotFinite {
                name: "the loss or one of its derivatives",
                value,
                remedy: "start nearer to the target",
            }),
        }
    }
}

/// $f''/f' - f'/f$ of the softplus for $f \le 1/2$, by which it differs from the exponential.
///
/// $$ e^{-f} - \frac{1 - e^{-f}}f = -f \int_0^1 t\,e^{-ft}\,dt = -f \sum_k \frac{(-f)^k}{k!\,(k + 2)} $$
fn softplus_excess(f: f64) -> f64 {
    let (mut power, mut sum) = (1.0, 0.5);
    // What is left out is below 2^-53 of the sum.
    for order in 1..=13 {
        power *= -f / f64::from(order);
        sum += power / f64::from(order + 2);
    }
    -f * sum
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

/// The Fisher information of a gamma variable about the output behind the link.
///
/// $$ I(z) = \Bigl(\frac{df}{dz}\Bigr)^2 \frac{k}{f^2} $$
///
/// with $k$ the shape. Behind the exponential link it is $k$ at every prediction: there plain descent is
/// natural gradient descent, which section 5 claims for IS without naming a coordinate.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Link, Positive, fisher_weight};
///
/// let (shape, prediction) = (Positive::new(3.0)?, Positive::new(7.0)?);
/// assert_eq!(fisher_weight(Link::Exponential, shape, prediction), 3.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn fisher_weight(link: Link, shape: Positive, prediction: Positive) -> f64 {
    let slope = link.slope(prediction) / prediction.get();
    slope * shape.get() * slope
}

/// The Gauss-Newton weight of a target at the optimum $f = y$, the curvature that its output sees.
///
/// $$ w(y) = \Bigl(\frac{df}{dz}\Bigr)^2 \partial_f^2 d\,\Big|_{f = y} $$
///
/// With the exponential link it is 1 for IS, and $y^2$ for squared error.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, Link, Positive, gauss_newton_weight};
///
/// let target = Positive::new(10.0)?;
/// let squared = gauss_newton_weight(Divergence::SQUARED_ERROR, Link::Exponential, target);
/// assert_eq!(squared, 100.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gauss_newton_weight(divergence: Divergence, link: Link, target: Positive) -> f64 {
    let slope = link.slope(target);
    slope * divergence.curvature(target) * slope
}

/// The Gauss-Newton weights of many targets, and how far apart they are.
#[derive(Debug, Clone, PartialEq)]
pub struct GaussNewtonWeights {
    /// One weight a target, at the optimum.
    pub weights: PositiveArray,
    /// The largest weight divided by the smallest: the condition number that the targets alone cause.
    pub ratio: f64,
}

/// [`gauss_newton_weight`] for each target, with the ratio of the largest to the smallest.
///
/// Section 5 credits IS with an automatic scaling. With free outputs it is the other way round: the
/// ratio over targets from 0.01 to 100 is 1 for squared error and $10^8$ for IS. The exponential link
/// exchanges the two.
///
/// # Errors
///
/// [`Error::NotPositiveAt`] if a weight leaves the range of `f64`, as it does for targets below
/// $10^{-154}$ or above $10^{154}$.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, Link, PositiveArray, gauss_newton_weights};
///
/// let targets = PositiveArray::from_vec(vec![0.01, 1.0, 100.0])?;
/// let free = gauss_newton_weights(Divergence::ItakuraSaito, Link::Identity, &targets)?;
/// let linked = gauss_newton_weights(Divergence::ItakuraSaito, Link::Exponential, &targets)?;
/// assert!((free.ratio / 1e8 - 1.0).abs() < 1e-14);
/// assert!((linked.ratio - 1.0).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gauss_newton_weights(
    divergence: Divergence,
    link: Link,
    targets: &PositiveArray,
) -> Result<GaussNewtonWeights> {
    let weight = |target| gauss_newton_weight(divergence, link, target);
    let weights = PositiveArray::named(
        targets.map(weight),
        "the Gauss-Newton weight at ",
        "measure the targets in a unit that brings them closer to one",
    )?;
    let ratio = weights.maximum().get() / weights.minimum().get();
    Ok(GaussNewtonWeights { weights, ratio })
}
