//! Kernels with exponential tails, section 12: a cone that is soft, with all its constants.

use super::Speed;
use super::speed::minimum_of;
use crate::divergence::Positive;
use crate::error::finite;
use crate::{Error, Result};

/// The kernel $K_{ij} = C_0\\,e^{-|i - j|/\xi_0}$ on the infinite chain, with targets of at least $y_{\min}$.
///
/// For every rate $\mu < \mu_0 = 1/\xi_0$, which gives up a little,
/// $$ |(A^t)\_{ij}| \le e^{-\mu d} N_\mu^t = e^{-(d - vt)/\xi}, \qquad \xi = 1/\mu,\quad v = \xi \ln N_\mu $$
/// with the constant one in front. At the rate $\mu_0$ itself no such bound holds: already
/// $(K^2)\_{0d} = C_0^2 e^{-\mu_0 d} (d + \coth \mu_0)$ outgrows it. The paper does not say which of the two its
/// $\xi$ is.
///
/// ```
/// use itakura_saito::causality::{ExponentialKernel, Speed, Tilt};
///
/// let kernel: ExponentialKernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
/// assert!((kernel.power_entry(2, 10)? - 5.13611007362182e-4).abs() < 1e-17);
/// assert!((kernel.speed(2.0, Tilt::Distance)? - 2.81365822749459).abs() < 1e-13);
/// let smallest: Speed = kernel.optimal_speed(Tilt::Displacement)?;
/// assert!((smallest.speed - 1.978095943725).abs() < 1e-11);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExponentialKernel {
    amplitude: f64,
    rate: f64,
    target: f64,
}

/// How the rows are weighted that a bound sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tilt {
    /// By $e^{\mu |d|}$, as on any graph: $N_\mu = w C_0 \coth\frac{\mu_0 - \mu}{2}$.
    Distance,
    /// By $e^{\mu d}$ with the sign of the displacement, which a chain has and a graph does not:
    /// $N_\mu = w C_0 \sinh \mu_0 / (\cosh \mu_0 - \cosh \mu)$, smaller, and with the right exponent.
    Displacement,
}

impl ExponentialKernel {
    /// With the amplitude $C_0$, the decay length $\xi_0$ and the smallest target.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for one that is not.
    pub fn new(amplitude: f64, decay_length: f64, smallest_target: f64) -> Result<Self> {
        let amplitude = Positive::named("the amplitude C₀", amplitude, "a kernel has a diagonal")?;
        let length =
            Positive::named("the decay length ξ₀", decay_length, "take a number of nodes")?;
        let target =
            Positive::named("the smallest target", smallest_target, "targets are positive")?;
        Ok(Self { amplitude: amplitude.get(), rate: length.get().recip(), target: target.get() })
    }

    /// $\mu_0 = 1/\xi_0$.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// $\ln (w C_0 s)$ with $w = 1/y_{\min}^2$, the largest weight; the product may be no number.
    fn log_weighted(&self, sum: f64) -> f64 {
        let product = self.target.powi(-2) * self.amplitude * sum;
        if product.is_normal() {
            return product.ln();
        }
        self.amplitude.ln() - 2.0 * self.target.ln() + sum.ln()
    }

    /// $\ln N_\mu$ for $0 \le \mu < \mu_0$, infinite beyond.
    pub(super) fn log_norm(&self, rate: f64, tilt: Tilt) -> f64 {
        let gap = 0.5 * (self.rate - rate);
        let sum = match tilt {
            Tilt::Distance => gap.tanh().recip(),
            // cosh μ0 - cosh μ as a product, which does not cancel.
            Tilt::Displacement if self.rate < STEEP => {
                self.rate.sinh() / (2.0 * (0.5 * (self.rate + rate)).sinh() * gap.sinh())
            }
            // The same over its largest exponentials, which cancel.
            Tilt::Displacement => {
                let rest = |exponent: f64| -(-2.0 * exponent).exp_m1();
                rest(self.rate) / (rest(0.5 * (self.rate + rate)) * rest(gap))
            }
        };
        if gap <= 0.0 { f64::INFINITY } else { self.log_weighted(sum) }
    }

    /// The factor $N_\mu$ of each step, at the decay length $\xi = 1/\mu$ of the bound.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless $\xi > \xi_0$: at the kernel's own rate the sum diverges;
    /// [`Error::NotFinite`] for a factor that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{ExponentialKernel, Tilt};
    ///
    /// // coth((μ₀ - μ)/2) by distance; less by displacement.
    /// let kernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
    /// let by_distance = kernel.step_factor(2.0, Tilt::Distance)?;
    /// assert!((by_distance * 0.25f64.tanh() - 1.0).abs() < 1e-14);
    /// assert!(kernel.step_factor(2.0, Tilt::Displacement)? < by_distance);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn step_factor(&self, decay_length: f64, tilt: Tilt) -> Result<f64> {
        finite("the factor of a step", self.log_step_factor(decay_length, tilt)?.exp(), TOO_LARGE)
    }

    fn log_step_factor(&self, decay_length: f64, tilt: Tilt) -> Result<f64> {
        let (shortest, rate) = (self.rate.recip(), decay_length.recip());
        // Next to the shortest length the rate is rounded to the kernel's own.
        if !(decay_length > shortest && rate < self.rate && decay_length < f64::INFINITY) {
            return Err(Error::OutOfRange {
                name: "the decay length ξ of the bound",
                value: decay_length,
                lower: shortest.next_up(),
                upper: f64::MAX,
                remedy: "give up some of the kernel's own rate: at ξ = ξ₀ no such bound holds",
            });
        }
        Ok(self.log_norm(rate, tilt))
    }

    /// The speed $v = \xi \ln N_\mu$ of the bound.
    ///
    /// # Errors
    ///
    /// As [`ExponentialKernel::step_factor`].
    pub fn speed(&self, decay_length: f64, tilt: Tilt) -> Result<f64> {
        Ok(decay_length * self.log_step_factor(decay_length, tilt)?)
    }

    /// The smallest of these speeds.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the row sums of $A$ are at most one: then all decays, and nothing has a
    /// speed.
    pub fn optimal_speed(&self, tilt: Tilt) -> Result<Speed> {
        Speed::smallest(&|rate| self.log_norm(rate, tilt), self.rate)
    }

    /// The bound $e^{-\mu d} N_\mu^t$ on $|(A^t)\_{0d}|$.
    ///
    /// # Errors
    ///
    /// As [`ExponentialKernel::step_factor`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{ExponentialKernel, Tilt};
    ///
    /// // No entry of a power exceeds it.
    /// let kernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
    /// for distance in 0..20 {
    ///     assert!(
    ///         kernel.power_entry(3, distance)? <= kernel.bound(3, distance, 2.0, Tilt::Distance)?
    ///     );
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bound(
        &self,
        steps: usize,
        distance: usize,
        decay_length: f64,
        tilt: Tilt,
    ) -> Result<f64> {
        let log_factor = self.log_step_factor(decay_length, tilt)?;
        let log_bound = steps as f64 * log_factor - distance as f64 / decay_length;
        finite("the bound", log_bound.exp(), TOO_LARGE)
    }

    /// The bound on $|(J_t)\_{0d}|$ for $J_t = (I - \eta A)^t$: $e^{-\mu d} (1 + \eta N_\mu)^t$.
    ///
    /// # Errors
    ///
    /// As [`ExponentialKernel::step_factor`]; [`Error::NotPositive`] for a learning rate that is not.
    pub fn jacobian_bound(
        &self,
        rate: f64,
        steps: usize,
        distance: usize,
        decay_length: f64,
    ) -> Result<f64> {
        let rate =
            Positive::named("the learning rate η", rate, "a step has a positive rate")?.get();
        let log_factor = self.log_step_factor(decay_length, Tilt::Displacement)?;
        let gain = rate * log_factor.exp();
        // Beside a gain that overflows the one is nothing.
        let log_gain = if gain.is_finite() { gain.ln_1p() } else { rate.ln() + log_factor };
        let log_bound = steps as f64 * log_gain - distance as f64 / decay_length;
        finite("the bound", log_bound.exp(), TOO_LARGE)
    }

    /// The logarithm of the best of all bounds by displacement, and the rate $\mu$ that it is at.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for no step.
    pub fn optimal_log_bound(&self, steps: usize, distance: usize) -> Result<(f64, f64)> {
        check_steps(steps)?;
        let log_bound = |rate: f64| {
            steps as f64 * self.log_norm(rate, Tilt::Displacement) - rate * distance as f64
        };
        let rate = minimum_of(&log_bound, 0.0, self.rate);
        Ok((log_bound(rate), rate))
    }

    /// $(A^t)\_{0d}$ for targets that all have the smallest value, the largest that it can be.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for no step; [`Error::NotFinite`] for an entry that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::ExponentialKernel;
    ///
    /// // The first power is the kernel itself; the second at the origin is Σ exp(-2|j|) = coth 1.
    /// let kernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
    /// assert!((kernel.power_entry(1, 4)? - (-4f64).exp()).abs() < 1e-15);
    /// assert!((kernel.power_entry(2, 0)? * 1f64.tanh() - 1.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn power_entry(&self, steps: usize, distance: usize) -> Result<f64> {
        finite("the entry of the power", self.log_power_entry(steps, distance)?.exp(), TOO_LARGE)
    }

    /// The logarithm of [`ExponentialKernel::power_entry`], for entries too small or too large for an `f64`.
    ///
    /// With $q = e^{-\mu_0}$ the kernel's symbol is $(1 - q^2)/((1 - qz)(1 - q/z))$. By Pfaff's transformation of the
    /// series of its power the entry is a sum of $t$ positive terms, without any cancellation:
    /// $$ (K^t)\_{0d} = C_0^t\\, q^d \binom{t-1+d}{d} \sum_{k=0}^{t-1}
    ///    \frac{t \cdots (t+k-1)\\,(t-1) \cdots (t-k)}{(d+1) \cdots (d+k)\\,k!} \Bigl(\frac{q^2}{1 - q^2}\Bigr)^k $$
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for no step.
    pub fn log_power_entry(&self, steps: usize, distance: usize) -> Result<f64> {
        check_steps(steps)?;
        let (t, d) = (steps as f64, distance as f64);
        let binomial: f64 = (1..steps).map(|j| (d / j as f64).ln_1p()).sum();
        let first = t * self.log_weighted(1.0) - self.rate * d + binomial;
        let power = (2.0 * self.rate).exp_m1().recip();
        // In units of the largest term so far, of which `scale` is the logarithm: ratios fall from term to term.
        let (mut sum, mut term, mut scale) = (1.0, 1.0, 0.0);
        for index in 0..steps - 1 {
            let k = index as f64;
            let coefficient = (t + k) / (d + 1.0 + k) * (t - 1.0 - k) / (k + 1.0);
            let ratio = coefficient * power;
            if ratio > 1.0 {
                sum = sum / coefficient / power + term;
                scale += coefficient.ln() + power.ln();
                continue;
            }
            term *= ratio;
            sum += term;
            if term < sum * 1e-18 * (1.0 - ratio) {
                break;
            }
        }
        Ok(first + scale + f64::ln(sum))
    }

    /// $e^{\mu_0 d} (A^2)\_{0d} / (w C_0)^2 = d + \coth \mu_0$: unbounded, so that no constant saves a bound with the
    /// kernel's own rate.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::ExponentialKernel;
    ///
    /// // One more with each node: no constant bounds it.
    /// let kernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
    /// assert!((kernel.same_rate_ratio(9) - kernel.same_rate_ratio(8) - 1.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn same_rate_ratio(&self, distance: usize) -> f64 {
        distance as f64 + self.rate.tanh().recip()
    }
}

/// From this rate on the hyperbolic sines would overflow.
const STEEP: f64 = 700.0;

const TOO_LARGE: &str =
    "take larger targets, a smaller kernel or fewer steps, or the logarithm of the bound";

fn check_steps(steps: usize) -> Result<()> {
    if steps > 0 {
        return Ok(());
    }
    Err(Error::TooFew {
        name: "the number of steps",
        count: 0,
        minimum: 1,
        remedy: "without a step the matrix is the identity",
    })
}
