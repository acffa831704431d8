//! How fast the sum of unit exponentials becomes normal, by its exact law.

use std::f64::consts::PI;

use crate::figure::{Axis, Figure, Panel, Series, Slider};
use crate::special::{normal_cumulative, normal_density};
use crate::{Error, Result};

/// The largest number of terms that is summed: $2^{20}$.
const LARGEST_COUNT: usize = 1 << 20;

/// The sum of $n$ unit exponentials, a gamma variable of shape $n$, in units of its own deviation.
///
/// $$ F_n(x) = 1 - e^{-x} \sum_{k<n} \frac{x^k}{k!}, \qquad z = \frac{x - n}{\sqrt n} $$
///
/// The sum of positive terms is the incomplete gamma function for a whole shape. Of the libraries that
/// were measured against mpmath at shapes up to 1024, that of statrs errs by $10^{-12}$ and that of puruspe
/// has no finite value at 128; the sum has the ten digits of the audit's references up to 64, and costs no package.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::ExponentialSum;
///
/// let sum = ExponentialSum::new(64)?;
/// assert!((sum.excess_at_mean() - 0.0166239875038265).abs() < 1e-14);
/// assert!((sum.edgeworth_at_mean() - 0.0166225950167264).abs() < 1e-15);
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

    /// The density at the standardised value $z$; zero below $-\sqrt n$.
    pub fn density(self, deviation: f64) -> f64 {
        let count = self.count as f64;
        let value = count + count.sqrt() * deviation;
        if value < 0.0 {
            return 0.0;
        }
        count.sqrt() * poisson_mass(self.count - 1, value)
    }

    /// The probability of a standardised value of at most $z$.
    pub fn cumulative(self, deviation: f64) -> f64 {
        let count = self.count as f64;
        let value = count + count.sqrt() * deviation;
        if value <= 0.0 {
            return 0.0;
        }
        // From the last term, the largest one below the mean, down to the first.
        let mut term = poisson_mass(self.count - 1, value);
        let mut sum = term;
        for k in (1..self.count).rev() {
            term *= k as f64 / value;
            sum += term;
        }
        1.0 - sum
    }

    /// $F_n - \tfrac12$ at the mean: how much the law still leans.
    pub fn excess_at_mean(self) -> f64 {
        self.cumulative(0.0) - 0.5
    }

    /// The first term of Edgeworth's expansion for [`ExponentialSum::excess_at_mean`].
    ///
    /// $$ \frac{1}{3\sqrt{2\pi n}} $$
    pub fn edgeworth_at_mean(self) -> f64 {
        1.0 / (3.0 * (2.0 * PI * self.count as f64).sqrt())
    }

    /// The largest distance of $F_n$ from the normal distribution, and where it is.
    ///
    /// It is where the two densities cross, or at the lower end of the law; a grid finds the crossings and
    /// halving locates them.
    pub fn distance(self) -> (f64, f64) {
        let lower = -(self.count as f64).sqrt();
        let gap = |z: f64| (self.cumulative(z) - normal_cumulative(z)).abs();
        let slope = |z: f64| self.density(z) - normal_density(z);
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
}

/// Where the search for the largest distance ends on either side: the tails beyond differ by less.
const GRID_END: f64 = 6.0;
/// The cells of that search.
const CELLS: u32 = 400;
/// How often a cell is halved: to rounding.
const HALVINGS: u32 = 50;

/// $e^{-x} x^k / k!$ without overflow, through the logarithm of the gamma function.
fn poisson_mass(k: usize, x: f64) -> f64 {
    if k == 0 {
        return (-x).exp();
    }
    let k = k as f64;
    (k * x.ln() - x - libm::lgamma(k + 1.0)).exp()
}

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
