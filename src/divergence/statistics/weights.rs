//! How much a target weighs in what an optimiser sees: section 5.

use crate::Result;
use crate::divergence::{Divergence, Link, Positive, PositiveArray};

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
/// $$ w(y) = \Bigl(\frac{df}{dz}\Bigr)^2 \partial_f^2 d\\,\Big|\_{f = y} $$
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
    let (slope, curvature) = (link.slope(target), divergence.curvature(target));
    let weight = slope * curvature * slope;
    if link == Link::Identity || (curvature.is_normal() && weight.is_normal()) {
        return weight;
    }
    // The curvature has left the range of numbers; that in the logarithm of the prediction need not have.
    let slope = slope / target.get();
    slope * divergence.logarithmic_derivatives(target, target).curvature * slope
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
/// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) if a weight leaves the range of `f64`, as it does for targets below
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
