//! Continuous time: no strict cone, but tails, and a speed.

use crate::divergence::Positive;
use crate::error::finite;
use crate::special::bessel_i;
use crate::{Error, Result};

/// The infinite chain in which every node listens to its two neighbours at a rate $g$: the response at distance
/// $d$ after a time $t$ is $I_d(2gt)$.
///
/// Positive at every distance from the first moment on: continuous time has no strict cone. The bound of
/// Lieb and Robinson is $\inf_s e^{-sd + 2gt\cosh s}$, and its speed the one at which it stays constant,
/// $v = 2g \sinh s_\star$ with $s_\star \tanh s_\star = 1$. What it bounds is a response too, the commutator of two
/// observables.
///
/// ```
/// use itakura_saito::causality::LiebRobinson;
///
/// let chain: LiebRobinson = LiebRobinson::new(1.0)?;
/// assert!((chain.response(10, 1.0)? / 3.016963879350684e-7 - 1.0).abs() < 1e-13);
/// assert!((chain.bound(10, 1.0)? / 2.433100019331e-6 - 1.0).abs() < 1e-11);
/// assert!((chain.speed() - 3.0177591230766403).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiebRobinson {
    rate: f64,
}

impl LiebRobinson {
    /// With the rate $g$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a rate that is not positive.
    pub fn new(rate: f64) -> Result<Self> {
        let rate = Positive::named("the rate g", rate, "take the rate of one neighbour")?;
        Ok(Self { rate: rate.get() })
    }

    /// The response $I_d(2gt)$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a time that is negative, or so long that the response overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::LiebRobinson;
    ///
    /// // All responses together grow like exp(2gt): Σ I_d = exp, over both directions.
    /// let chain = LiebRobinson::new(1.0)?;
    /// let sides: f64 =
    ///     (1..40).map(|distance| chain.response(distance, 0.5)).sum::<Result<f64, _>>()?;
    /// assert!((chain.response(0, 0.5)? + 2.0 * sides - 1f64.exp()).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn response(&self, distance: usize, time: f64) -> Result<f64> {
        if !(time >= 0.0 && time.is_finite()) {
            return Err(Error::OutOfRange {
                name: "the time",
                value: time,
                lower: 0.0,
                upper: f64::MAX,
                remedy: "a response comes after its cause",
            });
        }
        bessel_i(distance, 2.0 * self.rate * time)
    }

    /// The bound $\inf_s e^{-sd + 2gt\cosh s}$, at $\sinh s = d/2gt$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a time that is not; [`Error::NotFinite`] for a bound that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::LiebRobinson;
    ///
    /// let chain = LiebRobinson::new(1.0)?;
    /// for distance in 1..20 {
    ///     assert!(chain.response(distance, 2.0)? <= chain.bound(distance, 2.0)?);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bound(&self, distance: usize, time: f64) -> Result<f64> {
        let time = Positive::named("the time", time, "at time zero nothing has happened")?;
        let (distance, argument) = (distance as f64, 2.0 * self.rate * time.get());
        let ratio = distance / argument;
        let log_bound = if distance == 0.0 {
            argument
        } else if ratio < STEEPEST {
            argument * ratio.asinh().cosh() - distance * ratio.asinh()
        } else {
            // Here 2gt cosh s is d to all digits, and s the logarithm of d/gt.
            distance - distance * (distance.ln() - self.rate.ln() - time.get().ln())
        };
        finite("the bound", log_bound.exp(), TOO_LONG)
    }

    /// The tilt $s_\star$ with $s_\star \tanh s_\star = 1$, by Newton's method.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::LiebRobinson;
    ///
    /// let tilt = LiebRobinson::tilt();
    /// assert!((tilt * tilt.tanh() - 1.0).abs() < 1e-15);
    /// ```
    pub fn tilt() -> f64 {
        let step = |s: f64| s - (s * s.tanh() - 1.0) / (s.tanh() + s / s.cosh().powi(2));
        (0..8).fold(1.2, |s, _| step(s))
    }

    /// The speed $2g \sinh s_\star$: about three nodes in the time $1/g$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::LiebRobinson;
    ///
    /// // At the front, d = vt, the bound neither grows nor falls: it is one.
    /// let chain = LiebRobinson::new(0.5)?;
    /// let time = 10.0 / chain.speed();
    /// assert!((chain.bound(10, time)? - 1.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn speed(&self) -> f64 {
        2.0 * self.rate * Self::tilt().sinh()
    }

    /// The entry of $e^{-\tau A}$ at a distance on the infinite chain: $(-1)^d e^{-\alpha\tau} I_d(2\beta\tau)$.
    ///
    /// With $\eta \to 0$ at a fixed training time $\tau = \eta t$ the cone of Theorem 10.2 dissolves into this.
    ///
    /// ```
    /// use itakura_saito::causality::LiebRobinson;
    ///
    /// let entry: f64 = LiebRobinson::gradient_flow(1.0, 0.4, 3.0, 10)?;
    /// assert!((entry / 9.676383246349e-8 - 1.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a coupling that is not; [`Error::OutOfRange`] for a time that is negative or
    /// too long; [`Error::NotFinite`] for a diagonal that is not finite, or a response that overflows.
    pub fn gradient_flow(diagonal: f64, neighbour: f64, time: f64, distance: usize) -> Result<f64> {
        let response = Self::new(neighbour)?.response(distance, time)?;
        if !diagonal.is_finite() {
            return Err(Error::NotFinite {
                name: "the diagonal α",
                value: diagonal,
                remedy: "give the kernel's diagonal",
            });
        }
        let sign = if distance.is_multiple_of(2) { 1.0 } else { -1.0 };
        finite("the response", sign * (-diagonal * time).exp() * response, TOO_LONG)
    }
}

/// A ratio of distance and time beyond which the one in $\cosh^2 s = 1 + \sinh^2 s$ is below rounding.
const STEEPEST: f64 = 1e150;

const TOO_LONG: &str = "it grows like the exponential: take a shorter time";
