//! The beta family: Itakura-Saito, Kullback-Leibler and squared error as three of its members.

use super::Positive;
use super::linked::Logarithmic;
use super::ratio::log_ratio;
use crate::{Error, Result};

/// A beta divergence, the family that joins Itakura-Saito to squared error.
///
/// $$ d_\beta(y \\,\\|\\, f) = \frac{y^\beta + (\beta - 1) f^\beta - \beta\\, y f^{\beta-1}}{\beta(\beta - 1)} $$
///
/// with the limits $V(y, f)$ at $\beta = 0$ and $y\ln(y/f) - y + f$ at $\beta = 1$. This normalisation
/// gives $\tfrac12(y - f)^2$ at $\beta = 2$, curvature $y^{\beta-2}$ at $f = y$, and agrees with
/// scikit-learn. All are Bregman divergences: the arithmetic mean minimises their expectation.
///
/// Section IIbis.6 asks for them. With the target in a unit $U$ the divergence is in $U^\beta$.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{BetaDivergence, Positive};
///
/// let (target, prediction) = (Positive::new(2.0)?, Positive::new(3.0)?);
/// let halfway = BetaDivergence::new(0.5)?;
/// assert!((halfway.value(target, prediction) - 0.11664844240388).abs() < 1e-14);
/// let squared = BetaDivergence::SQUARED_ERROR;
/// assert!((squared.value(target, prediction) - 0.5).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaDivergence {
    exponent: f64,
}

impl BetaDivergence {
    /// $\beta = 0$, the same as [`itakura_saito`](fn@super::itakura_saito).
    pub const ITAKURA_SAITO: Self = Self { exponent: 0.0 };
    /// $\beta = 1$, the generalised Kullback-Leibler divergence $y\ln(y/f) - y + f$.
    pub const KULLBACK_LEIBLER: Self = Self { exponent: 1.0 };
    /// $\beta = 2$, half the squared error: section 5 defines MSE with the same half.
    pub const SQUARED_ERROR: Self = Self { exponent: 2.0 };

    /// The largest exponent in absolute value.
    ///
    /// Beyond it the powers of numbers as small as 1200 overflow.
    pub const LARGEST_EXPONENT: f64 = 100.0;

    /// The divergence with the exponent $\beta$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if `exponent` is NaN or exceeds
    /// [`LARGEST_EXPONENT`](Self::LARGEST_EXPONENT) in absolute value.
    pub fn new(exponent: f64) -> Result<Self> {
        if exponent.abs() <= Self::LARGEST_EXPONENT {
            // The sum makes a positive zero of a negative one.
            return Ok(Self { exponent: exponent + 0.0 });
        }
        Err(Error::OutOfRange {
            name: "the exponent beta",
            value: exponent,
            lower: -Self::LARGEST_EXPONENT,
            upper: Self::LARGEST_EXPONENT,
            remedy: "0 is Itakura-Saito, 1 Kullback-Leibler, 2 squared error",
        })
    }

    /// The exponent $\beta$, which is also the degree of homogeneity.
    pub fn exponent(self) -> f64 {
        self.exponent
    }

    /// The divergence $d_\beta(y \\,\\|\\, f)$.
    ///
    /// With $v = \ln(y/f)$ it is, up to a positive factor, a divided difference of the exponential,
    ///
    /// $$ d_\beta = f^\beta\\, v^2 \exp[0, \beta v, v], $$
    ///
    /// which is positive and continuous in $\beta$, and is computed so: nothing special happens at
    /// $\beta = 0$ and $1$, and no digits are lost beside them or near $f = y$. Infinite where the
    /// value exceeds the range of `f64`, never NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{BetaDivergence, Positive};
    ///
    /// // Half the squared error at the exponent two, and continuous in it.
    /// let (target, prediction) = (Positive::new(3.0)?, Positive::new(1.0)?);
    /// assert!((BetaDivergence::SQUARED_ERROR.value(target, prediction) - 2.0).abs() < 1e-14);
    /// assert!((BetaDivergence::new(2.0 + 1e-9)?.value(target, prediction) - 2.0).abs() < 1e-7);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn value(self, target: Positive, prediction: Positive) -> f64 {
        if target == prediction {
            return 0.0;
        }
        let spread = log_ratio(target, prediction);
        let powers = [
            prediction.get().powf(self.exponent),
            target.get().powf(self.exponent),
            prediction.get().powf(self.exponent) * (target.get() / prediction.get()),
        ];
        if powers.iter().all(|power| SAFE_POWERS.contains(power)) {
            return self.second_difference(spread, powers);
        }
        let (y, f) = (target.get().ln(), prediction.get().ln());
        let logarithms = [self.exponent * f, self.exponent * y, y + (self.exponent - 1.0) * f];
        // The same in units of the largest power, so that only the result can overflow.
        let unit = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers = logarithms.map(|logarithm| (logarithm - unit).exp());
        (unit + self.second_difference(spread, powers).ln()).exp()
    }

    /// $v^2$ times the second divided difference through $(0, f^\beta)$, $(\beta v, y^\beta)$ and
    /// $(v, y f^{\beta-1})$; `powers` are these three ordinates.
    fn second_difference(self, spread: f64, powers: [f64; 3]) -> f64 {
        let mut nodes = [(0.0, powers[0]), (self.exponent, powers[1]), (1.0, powers[2])];
        nodes.sort_by(|left, right| (left.0 * spread).total_cmp(&(right.0 * spread)));
        let [(first, low), (second, middle), (third, high)] = nodes;
        // Abscissae differ by a multiple of v, so that the multiples are subtracted, not the products.
        let (left, right) = ((second - first) * spread, (third - second) * spread);
        let width = (third - first) * spread;
        if width <= 1.0 {
            return low * spread * spread * divided_exponential(left, width);
        }
        let slope_before = divided_difference(low, middle, left);
        let slope_after = divided_difference(middle, high, right);
        spread * (slope_after - slope_before) / (third - first)
    }

    /// The first derivative in the prediction.
    ///
    /// $$ \partial_f d_\beta = f^{\beta-2}\\,(f - y) $$
    pub fn derivative(self, target: Positive, prediction: Positive) -> f64 {
        let gap = prediction.get() - target.get();
        times_power(gap, prediction.get(), self.exponent - 2.0)
    }

    /// The second derivative in the prediction.
    ///
    /// $$ \partial_f^2 d_\beta = f^{\beta-3}\\,\bigl((\beta - 1) f - (\beta - 2) y\bigr) $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{BetaDivergence, Positive};
    ///
    /// // Itakura-Saito bends the other way beyond twice the target.
    /// let (target, twice) = (Positive::new(3.0)?, Positive::new(6.0)?);
    /// assert_eq!(BetaDivergence::ITAKURA_SAITO.second_derivative(target, twice), 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn second_derivative(self, target: Positive, prediction: Positive) -> f64 {
        linear_times_power(self.exponent - 1.0, target, prediction, self.exponent - 3.0)
    }

    /// The derivatives in $\ln f$; the second is $\bigl(\beta f - (\beta - 1) y\bigr)\\, f^{\beta-1}$.
    pub(super) fn logarithmic_derivatives(
        self,
        target: Positive,
        prediction: Positive,
    ) -> Logarithmic {
        let (y, f) = (target.get(), prediction.get());
        let power = self.exponent - 1.0;
        Logarithmic {
            first: times_power(f - y, f, power),
            curvature: linear_times_power(self.exponent - 1.0, target, prediction, power),
            second: linear_times_power(self.exponent, target, prediction, power),
        }
    }

    /// The curvature at the optimum $f = y$.
    ///
    /// $$ \partial_f^2 d_\beta \big|\_{f = y} = y^{\beta-2} $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{BetaDivergence, Positive};
    ///
    /// // 4^(-3/2).
    /// let curvature: f64 = BetaDivergence::new(0.5)?.curvature(Positive::new(4.0)?);
    /// assert!((curvature - 0.125).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn curvature(self, target: Positive) -> f64 {
        target.get().powf(self.exponent - 2.0)
    }

    /// Where the divergence is convex in the prediction, as the ends of an interval.
    ///
    /// $$ \beta < 1: \\; f \le \tfrac{2-\beta}{1-\beta}\\,y, \qquad 1 \le \beta \le 2: \text{ everywhere},
    /// \qquad \beta > 2: \\; f \ge \tfrac{\beta-2}{\beta-1}\\,y $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{BetaDivergence, Positive};
    ///
    /// let target = Positive::new(1.5)?;
    /// assert_eq!(BetaDivergence::ITAKURA_SAITO.convex_range(target), (0.0, 3.0));
    /// assert_eq!(BetaDivergence::SQUARED_ERROR.convex_range(target), (0.0, f64::INFINITY));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn convex_range(self, target: Positive) -> (f64, f64) {
        let inflection = (self.exponent - 2.0) / (self.exponent - 1.0) * target.get();
        if self.exponent < 1.0 {
            (0.0, inflection)
        } else if self.exponent <= 2.0 {
            (0.0, f64::INFINITY)
        } else {
            (inflection, f64::INFINITY)
        }
    }
}

/// Far from the ends of the range of `f64`, also when multiplied or divided by a logarithm.
const SAFE_POWERS: std::ops::Range<f64> = 1e-250..1e250;

/// $\exp[0, p, q]$ for $0 \le p \le q \le 1$, by its series in complete homogeneous polynomials.
///
/// $$ \exp[0, p, q] = \sum_{k \ge 0} \frac{h_k(p, q)}{(k + 2)!}, \qquad h_k = q\\,h_{k-1} + p^k $$
///
/// All terms are positive: nothing cancels.
fn divided_exponential(p: f64, q: f64) -> f64 {
    let (mut polynomial, mut power, mut factorial) = (1.0, 1.0, 2.0);
    let mut sum = 0.5;
    // h_k <= k + 1 and 18! > 2^52: sixteen terms are enough for every q <= 1.
    for order in 1..=17 {
        power *= p;
        polynomial = q * polynomial + power;
        factorial *= f64::from(order + 2);
        sum += polynomial / factorial;
    }
    sum
}

/// The slope between two points $e^a$ and $e^b = e^{a+\delta}$ of the exponential.
fn divided_difference(low: f64, high: f64, distance: f64) -> f64 {
    if distance == 0.0 {
        low
    } else if distance < 1.0 {
        low * (distance.exp_m1() / distance)
    } else {
        (high - low) / distance
    }
}

/// $\bigl(a f + (1 - a) y\bigr)\\, f^n$.
fn linear_times_power(weight: f64, target: Positive, prediction: Positive, power: f64) -> f64 {
    let (y, f) = (target.get(), prediction.get());
    // Large numbers are made smaller by an exact factor, so that neither term can overflow.
    let unit = if y.max(f) > 1.0 { 0.00390625 } else { 1.0 };
    let factor = weight * (unit * f) + (1.0 - weight) * (unit * y);
    times_power(factor, f, power) / unit
}

/// $a\\,x^n$ for positive $x$, through logarithms where $x^n$ alone leaves the range of `f64`.
fn times_power(factor: f64, base: f64, exponent: f64) -> f64 {
    if factor == 0.0 {
        return 0.0;
    }
    let power = base.powf(exponent);
    if power.is_normal() {
        factor * power
    } else {
        factor.signum() * (factor.abs().ln() + exponent * base.ln()).exp()
    }
}
