//! How fast the sum of unit exponentials becomes normal, by its exact law.

use std::f64::consts::PI;

use crate::divergence::itakura_saito_of_deviation;
use crate::figure::{Axis, Figure, Panel, Series, Slider};
use crate::special::{normal_cumulative, normal_density};
use crate::{Error, Result};

/// The largest number of terms that is summed: $2^{20}$.
const LARGEST_COUNT: usize = 1 << 20;

/// The sum of $n$ unit exponentials, a gamma variable of shape $n$, in units of its own standard deviation.
///
/// $$ F_n(x) = 1 - e^{-x} \sum_{k<n} \frac{x^k}{k!}, \qquad z = \frac{x - n}{\sqrt n} $$
///
/// This is the incomplete gamma function for a whole shape. Each tail is a sum of positive terms of its
/// own, so that it keeps its digits however small it is. The largest term is itself an Itakura-Saito
/// divergence, that of the value from the mean:
///
/// $$ e^{-x} \frac{x^n}{n!} = \frac{e^{-\delta_n}}{\sqrt{2\pi n}}\\, e^{-n V(x, n)} $$
///
/// with the remainder $\delta_n$ of Stirling's formula. Own code: of the libraries that were measured against
/// mpmath at shapes up to 1024, that of statrs errs by $10^{-12}$ and that of puruspe has no finite value
/// at 128.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::ExponentialSum;
///
/// let sum = ExponentialSum::new(64)?;
/// assert!((sum.excess_at_mean() - 0.0166239875038265).abs() < 1e-15);
/// assert!((sum.edgeworth_at_mean() - 0.0166225950167264).abs() < 1e-15);
/// // Far out in the tail, too.
/// assert!((sum.cumulative(-7.0) / 1.8918925180086226e-35 - 1.0).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExponentialSum {
    count: usize,
}

impl ExponentialSum {
    /// The sum of `count` unit exponentials.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there are none, or more than $2^{20}$.
    pub fn new(count: usize) -> Result<Self> {
        if !(1..=LARGEST_COUNT).contains(&count) {
            return Err(Error::OutOfRange {
                name: "the number of exponentials in a sum",
                value: count as f64,
                lower: 1.0,
                upper: LARGEST_COUNT as f64,
                remedy: "beyond a million the sum is normal to three digits anyway",
            });
        }
        Ok(Self { count })
    }

    /// The density at the standardised value $z$; zero below $-\sqrt n$. NaN only for NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// // A single exponential, shifted by its mean.
    /// let single = ExponentialSum::new(1)?;
    /// assert!((single.density(0.5) - (-1.5f64).exp()).abs() < 1e-15);
    /// assert_eq!(single.density(-1.5), 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn density(self, deviation: f64) -> f64 {
        let ratio = self.ratio(deviation);
        if ratio <= 0.0 || ratio == f64::INFINITY {
            return if self.count == 1 && ratio == 0.0 { 1.0 } else { 0.0 };
        }
        (self.count as f64).sqrt() * (self.largest_term(deviation) / ratio)
    }

    /// The probability of a standardised value of at most $z$. NaN only for NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// assert!((ExponentialSum::new(1)?.cumulative(0.5) - (1.0 - (-1.5f64).exp())).abs() < 1e-15);
    /// // Two of them, at their mean: 1 - 3 exp(-2).
    /// assert!((ExponentialSum::new(2)?.cumulative(0.0) - (1.0 - 3.0 * (-2f64).exp())).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn cumulative(self, deviation: f64) -> f64 {
        let ratio = self.ratio(deviation);
        if ratio > 1.0 { 1.0 - self.upper_sum(deviation) } else { self.lower_sum(deviation) }
    }

    /// The probability of a standardised value above $z$, $1 - F_n$ without the subtraction. NaN only for
    /// NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// // A single exponential, at z = 99: e^-100.
    /// let tail = ExponentialSum::new(1)?.upper_tail(99.0);
    /// assert!((tail / (-100f64).exp() - 1.0).abs() < 1e-13);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn upper_tail(self, deviation: f64) -> f64 {
        let ratio = self.ratio(deviation);
        if ratio > 1.0 { self.upper_sum(deviation) } else { 1.0 - self.lower_sum(deviation) }
    }

    /// $\kappa_3/\kappa_2^{3/2} = 2/\sqrt n$: what is left of the skewness 2 of a single exponential.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::{Cumulants, ExponentialSum};
    ///
    /// let sum = ExponentialSum::new(9)?;
    /// assert!((sum.skewness() - 2.0 / 3.0).abs() < 1e-15);
    /// assert!((Cumulants::exponential(4)?.of_sum(9)?.skewness() - sum.skewness()).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn skewness(self) -> f64 {
        2.0 / (self.count as f64).sqrt()
    }

    /// $\kappa_4/\kappa_2^2 = 6/n$, zero for the normal law.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::{Cumulants, ExponentialSum};
    ///
    /// let by_cumulants = Cumulants::exponential(4)?.of_sum(8)?.excess_kurtosis();
    /// assert!((ExponentialSum::new(8)?.excess_kurtosis() - by_cumulants).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn excess_kurtosis(self) -> f64 {
        6.0 / self.count as f64
    }

    /// $F_n - \tfrac12$ at the mean: how much the law still leans.
    ///
    /// Half the difference of the two tails, term by term, so that nothing cancels for large $n$:
    ///
    /// $$ \frac{e^{-n} n^n}{n!} \cdot \frac12 \sum_{j \ge 1}
    ///    \Bigl( \prod_{i \le j} \frac1{1 + i/n} - \prod_{i \le j} (1 - i/n) \Bigr) $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// // A single exponential lies below its mean with probability 1 - 1/e.
    /// assert!((ExponentialSum::new(1)?.excess_at_mean() - (0.5 - (-1f64).exp())).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn excess_at_mean(self) -> f64 {
        let count = self.count as f64;
        // The product of the lower tail, and by how much it exceeds that of the upper one.
        let (mut product, mut excess, mut sum) = (1.0, 0.0, 0.0);
        let mut step = 1.0;
        loop {
            let part = step / count;
            excess = excess * (1.0 - part).max(0.0) + product * excess_of_reciprocal(part);
            product /= 1.0 + part;
            sum += excess;
            // Later terms fall at least as fast as the product does.
            if product * (count + step) <= f64::EPSILON * 0.01 * sum * step {
                return 0.5 * self.largest_term(0.0) * sum;
            }
            step += 1.0;
        }
    }

    /// The first term of Edgeworth's expansion for [`ExponentialSum::excess_at_mean`].
    ///
    /// $$ \frac{1}{3\sqrt{2\pi n}} $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// // The next term is smaller by a factor of n.
    /// let sum = ExponentialSum::new(1000)?;
    /// assert!((sum.excess_at_mean() / sum.edgeworth_at_mean() - 1.0).abs() < 1e-3);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn edgeworth_at_mean(self) -> f64 {
        1.0 / (3.0 * (2.0 * PI * self.count as f64).sqrt())
    }

    /// The largest distance of $F_n$ from the normal distribution, and where it is.
    ///
    /// It is where the two densities cross, or at the lower end of the law; a grid finds the crossings and
    /// halving locates them.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::ExponentialSum;
    ///
    /// // Within the bound of Berry and Esseen, 0.4748 (12/e - 2)/√n.
    /// let (distance, _) = ExponentialSum::new(100)?.distance();
    /// assert!(distance > 0.0 && distance < 0.4748 * (12.0 / 1f64.exp() - 2.0) / 10.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn distance(self) -> (f64, f64) {
        let lower = -(self.count as f64).sqrt();
        let slope = |z: f64| self.density(z) - normal_density(z);
        let (at_mean, next_to_it) = (self.excess_at_mean(), (self.count as f64).sqrt().recip());
        let gap = |z: f64| -> f64 {
            if self.count < MANY_TERMS || z.abs() >= next_to_it {
                return (self.cumulative(z) - normal_cumulative(z)).abs();
            }
            // Both are one half there, to more digits than are left of their difference.
            (at_mean + quadrature::integrate(slope, 0.0, z, 1e-20).integral).abs()
        };
        let start = lower.max(-GRID_END);
        let nodes = |index: u32| start + (GRID_END - start) * f64::from(index) / f64::from(CELLS);
        let mut best = (gap(lower), lower);
        for index in 0..CELLS {
            let (mut left, mut right) = (nodes(index), nodes(index + 1));
            if slope(left) * slope(right) > 0.0 {
                continue;
            }
            let rises = slope(left) < 0.0;
            for _ in 0..HALVINGS {
                let middle = 0.5 * (left + right);
                if (slope(middle) < 0.0) == rises { left = middle } else { right = middle }
            }
            if gap(left) > best.0 {
                best = (gap(left), left);
            }
        }
        best
    }

    /// $x/n$ at the standardised value.
    fn ratio(self, deviation: f64) -> f64 {
        1.0 + deviation / (self.count as f64).sqrt()
    }

    /// $e^{-x} x^n / n!$, the first term of the lower tail.
    fn largest_term(self, deviation: f64) -> f64 {
        let count = self.count as f64;
        let divergence = itakura_saito_of_deviation(deviation / count.sqrt());
        (-count * divergence - stirling_remainder(self.count)).exp() / (2.0 * PI * count).sqrt()
    }

    /// $e^{-x} \sum_{k \ge n} x^k/k!$, for a value of at most the mean.
    fn lower_sum(self, deviation: f64) -> f64 {
        let (count, ratio) = (self.count as f64, self.ratio(deviation));
        if ratio <= 0.0 {
            return 0.0;
        }
        let (mut term, mut sum, mut step) = (1.0, 1.0, 1.0);
        while term > f64::EPSILON * 0.01 * sum {
            term *= ratio / (1.0 + step / count);
            sum += term;
            step += 1.0;
        }
        self.largest_term(deviation) * sum
    }

    /// $e^{-x} \sum_{k < n} x^k/k!$, for a value above the mean.
    fn upper_sum(self, deviation: f64) -> f64 {
        let (count, ratio) = (self.count as f64, self.ratio(deviation));
        let first = self.largest_term(deviation) / ratio;
        if first == 0.0 {
            return 0.0;
        }
        let (mut term, mut sum, mut step) = (1.0, 1.0, 1.0);
        while step < count && term > f64::EPSILON * 0.01 * sum {
            term *= (1.0 - step / count) / ratio;
            sum += term;
            step += 1.0;
        }
        first * sum
    }
}

/// $1/(1 + t) - (1 - t)$, or $1/(1 + t)$ where the second factor has ended at zero.
fn excess_of_reciprocal(part: f64) -> f64 {
    if part < 1.0 { part * part / (1.0 + part) } else { 1.0 / (1.0 + part) }
}

/// $\delta_n = \ln n! - (n + \tfrac12) \ln n + n - \tfrac12 \ln 2\pi$.
///
/// Its series from 16 on. Below, the differences $\delta_k - \delta_{k+1} = \mathrm{artanh}(s)/s - 1$ with
/// $s = 1/(2k + 1)$ lead there, again by a series of positive terms.
fn stirling_remainder(count: usize) -> f64 {
    let step = |k: usize| {
        let square = ((2 * k + 1) as f64).powi(-2);
        (1..20).rev().fold(0.0, |sum, index| square * (sum + 1.0 / f64::from(2 * index + 1)))
    };
    let start = count.max(16);
    let inverse = 1.0 / start as f64;
    let square = inverse * inverse;
    let coefficients = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0];
    let tail = coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient);
    (count..start).map(step).sum::<f64>() + inverse * tail
}

/// Where the search for the largest distance ends on either side: the tails beyond differ by less.
const GRID_END: f64 = 6.0;
/// From so many terms on, the tails of the law beside the mean have lost digits that their excess keeps.
const MANY_TERMS: usize = 512;
/// The cells of that search.
const CELLS: u32 = 400;
/// How often a cell is halved: to rounding.
const HALVINGS: u32 = 50;

/// The standardised sum of exponentials beside the normal law, with a slider over the doublings.
///
/// # Errors
///
/// [`Error::OutOfRange`] for more than 20 doublings.
///
/// # Examples
///
/// ```
/// assert_eq!(itakura_saito::universality::central_limit_figure(8)?.frame_count(), 9);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn central_limit_figure(doublings: u32) -> Result<Figure> {
    let places: Vec<f64> = (0..=160).map(|index| -4.0 + 0.05 * f64::from(index)).collect();
    let normal: Vec<f64> = places.iter().map(|&z| normal_density(z)).collect();
    let mut slider = Slider::new("terms n").start_at(doublings.min(40) as usize);
    for doubling in 0..=doublings.min(40) {
        let count = 1usize << doubling;
        let sum = ExponentialSum::new(count)?;
        let density: Vec<f64> = places.iter().map(|&z| sum.density(z)).collect();
        let panel = Panel::new(
            Axis::linear("deviation from the mean").unit("standard deviations"),
            Axis::linear("density").range(0.0, 1.05),
        )
        .series(Series::corrected("sum of n exponentials", &places, &density))
        .series(Series::line("normal law", &places, &normal));
        slider = slider.frame(&count.to_string(), vec![panel]);
    }
    let last = ExponentialSum::new(1usize << doublings.min(40))?;
    let finding = format!(
        "A single exponential differs from the normal distribution by up to {:.4}, and the sum of {} by up to \
         {:.4}.",
        ExponentialSum::new(1)?.distance().0,
        last.count,
        last.distance().0
    );
    Figure::builder("Summed in pairs, the exponential law becomes normal", &finding)
        .source("§7")
        .slider(slider)
        .build()
}
