//! Link functions, and what a loss becomes in the coordinate that a network puts out.

use super::{Divergence, Positive, PositiveArray};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// $f = z$, which does not keep the prediction positive.
    Identity,
    /// $f = e^z$: $z$ is the logarithm of the prediction.
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
        let prediction = match self {
            Self::Identity => output,
            Self::Exponential => output.exp(),
            Self::Softplus => output.max(0.0) + (-output.abs()).exp().ln_1p(),
        };
        Positive::named(
            "the prediction of an output",
            prediction,
            "use a positive link, or bring the output into its range",
        )
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
    // In ln f first: f d' and f^2 d'' keep their size where d' and d'' would overflow.
    let (first, second) = divergence.logarithmic_derivatives(target, prediction);
    let slope = link.slope(prediction) / prediction.get();
    let bend = link.bend(prediction) / prediction.get();
    let gauss_newton = slope * second * slope;
    let loss = LinkedLoss {
        value: divergence.value(target, prediction),
        gradient: slope * first,
        hessian: gauss_newton + bend * first,
        gauss_newton,
    };
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
