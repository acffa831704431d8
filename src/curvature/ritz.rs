//! A Ritz value with what is known about it.

use std::fmt;

/// An approximate eigenvalue with its certificate.
///
/// With a unit vector $x$ and $r = \lVert M x - \theta x \rVert$, the symmetric $M$ has an eigenvalue
/// within $r$ of $\theta$. Lanczos gets $r$ for free: it is $\beta_k$ times the last entry of the
/// eigenvector of $T$.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RitzValue {
    /// The value itself.
    pub value: f64,
    /// $\beta_k \lvert s_k \rvert$: the residual in exact arithmetic.
    pub residual: f64,
    /// The residual and the floor of rounding: an eigenvalue lies within this of the value, if the
    /// basis is orthonormal.
    pub bound: f64,
    /// The squared first entry of the eigenvector of $T$: the share of the start vector, and the weight
    /// of the value in a quadrature.
    pub weight: f64,
    /// What may be said of it.
    pub status: Status,
}

/// What may be said of a Ritz value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its bound is below the tolerance: an eigenvalue to that accuracy.
    Converged,
    /// A mean of eigenvalues, on its way to one of them.
    Open,
    /// Another copy of an eigenvalue that is in the list, finished or on its way: a product of rounding.
    Ghost,
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Converged => "converged",
            Self::Open => "open",
            Self::Ghost => "ghost",
        })
    }
}

/// A Ritz value counts as converged if its bound is below this times the largest of all: the root of the
/// rounding unit, because the error of the value itself is of the order of the squared residual.
pub(super) fn convergence(epsilon: f64) -> f64 {
    epsilon.sqrt()
}

/// The rounding that no iteration can go below: that of a sum of as many products as the dimension, in
/// units of the largest eigenvalue; and at least that of the smallest numbers, which have fewer digits.
pub(super) fn rounding_floor(dimension: usize, largest: f64, epsilon: f64) -> f64 {
    (dimension as f64).sqrt() * epsilon * largest + dimension as f64 * SMALLEST
}

/// Converged where the bound is down to the goal, or to the spacing of the smallest numbers: below it there is
/// nothing, so that the zeros of an operator that is zero are converged too.
pub(super) fn status(bound: f64, goal: f64, dimension: usize) -> Status {
    let is_converged = bound <= goal.max(dimension as f64 * SMALLEST);
    if is_converged { Status::Converged } else { Status::Open }
}

/// The spacing of the smallest numbers; nothing beside an eigenvalue of moderate size.
const SMALLEST: f64 = 5e-324;

/// How many values lie within `distance` of `target`.
///
/// ```
/// use itakura_saito::curvature::copies;
///
/// assert_eq!(copies(&[10.0, 9.9999, 6.2, 0.8], 10.0, 1e-3), 2);
/// ```
pub fn copies(values: &[f64], target: f64, distance: f64) -> usize {
    values.iter().filter(|value| (*value - target).abs() <= distance).count()
}
