//! Numbers that are positive by type.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

mod array;

pub use array::PositiveArray;

use crate::{Error, Result};

/// A positive, finite number: a target, a prediction, a shape, a learning rate.
///
/// The Itakura-Saito divergence lives on $(0, \infty)$. A value is checked once, here, so that no
/// function behind it needs a clamp, an epsilon or an error.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::Positive;
///
/// let target = Positive::new(2.0)?;
/// assert_eq!(target.get(), 2.0);
///
/// let refused = Positive::new(-1.0).unwrap_err();
/// assert!(refused.to_string().contains("but it is -1"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Positive(f64);

impl Positive {
    /// The number one.
    pub const ONE: Self = Self(1.0);

    /// Checks that `value` is positive and finite.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if `value` is zero, negative, infinite or NaN.
    pub const fn new(value: f64) -> Result<Self> {
        Self::named("the value", value, "drop or correct it; nothing is clamped")
    }

    /// The target $y$, checked under its name.
    pub(crate) const fn target(value: f64) -> Result<Self> {
        Self::named("the target", value, "drop or correct it; nothing is clamped")
    }

    /// The prediction $f$, checked under its name.
    pub(crate) const fn prediction(value: f64) -> Result<Self> {
        Self::named("the prediction", value, "drop or correct it; nothing is clamped")
    }

    /// A target and a prediction, in this order.
    pub(crate) fn pair(target: f64, prediction: f64) -> Result<(Self, Self)> {
        Ok((Self::target(target)?, Self::prediction(prediction)?))
    }

    /// The weight $\lambda$ of the squared gradient, where it must not vanish.
    pub(crate) const fn lambda(value: f64) -> Result<Self> {
        Self::named("λ", value, "a field without stiffness has no correlation length")
    }

    /// The learning rate $\eta$.
    pub(crate) const fn learning_rate(value: f64) -> Result<Self> {
        Self::named("the learning rate", value, "give the size of a step as a positive number")
    }

    /// The same check, with the caller's words for the value and the remedy.
    #[inline]
    pub(crate) const fn named(
        name: &'static str,
        value: f64,
        remedy: &'static str,
    ) -> Result<Self> {
        if value > 0.0 && value.is_finite() {
            Ok(Self(value))
        } else {
            Err(Error::NotPositive { name, value, remedy })
        }
    }

    /// For a value that an array has already checked.
    pub(crate) const fn checked(value: f64) -> Self {
        debug_assert!(value > 0.0 && value.is_finite());
        Self(value)
    }

    /// The number itself.
    #[inline]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Positive {}

impl Ord for Positive {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Positive {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<f64> for Positive {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self> {
        Self::new(value)
    }
}

impl From<Positive> for f64 {
    fn from(value: Positive) -> Self {
        value.0
    }
}

impl fmt::Display for Positive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
