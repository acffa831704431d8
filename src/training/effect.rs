//! The effect of a change over paired seeds: its size, its interval, its standardised form.

use libm::scalbn;
use serde::{Deserialize, Serialize};

use crate::error::all_finite;
use crate::operator::scale::{exponent_where_needed, in_units, largest};
use crate::{Error, Result};

/// The mean difference of pairs, with a 95 % interval of Student's t and Cohen's d of paired samples.
///
/// $$ \bar\delta \pm t_{0.975,\\,n-1}\\, \frac{s}{\sqrt n}, \qquad d = \frac{\bar\delta}{s} $$
///
/// The pairs share weights, data and batches, so $s$ is the spread of the *differences*.
///
/// # Examples
///
/// ```
/// use itakura_saito::training::PairedEffect;
///
/// let effect = PairedEffect::of(&[0.8, 1.0, 1.2])?;
/// assert!((effect.cohen_d - 5.0).abs() < 1e-12);
/// assert!(effect.is_clear());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedEffect {
    /// How many pairs.
    pub pairs: usize,
    /// The mean difference.
    pub mean: f64,
    /// Half the width of the 95 % interval around it.
    pub half_width: f64,
    /// The mean difference in units of the spread of the differences.
    pub cohen_d: f64,
}

impl PairedEffect {
    /// From the difference of each pair.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two pairs, [`Error::NotFiniteAt`] for a difference that is infinite
    /// or NaN, [`Error::NotPositive`] if all are the same, to rounding, [`Error::NotFinite`] if the interval
    /// reaches beyond the range of numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::training::PairedEffect;
    ///
    /// // Student's t for three pairs: 4.303 standard errors to either side.
    /// let effect = PairedEffect::of(&[1.0, 2.0, 3.0])?;
    /// assert!((effect.mean - 2.0).abs() < 1e-15);
    /// assert!((effect.half_width * 3f64.sqrt() - 4.302652729911275).abs() < 1e-9);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(differences: &[f64]) -> Result<Self> {
        let pairs = differences.len();
        if pairs < 2 {
            let remedy = "a spread needs two pairs";
            return Err(Error::TooFew {
                name: "the number of pairs",
                count: pairs,
                minimum: 2,
                remedy,
            });
        }
        all_finite("the difference of the pair ", differences, DIVERGED)?;
        // In units of a power of two where a square would leave the range of numbers.
        let exponent = exponent_where_needed(largest(differences));
        let scaled = in_units(differences, exponent);
        let count = pairs as f64;
        let mean = scaled.iter().sum::<f64>() / count;
        let squares: f64 = scaled.iter().map(|difference| (difference - mean).powi(2)).sum();
        let spread = (squares / (count - 1.0)).sqrt();
        // Differences that are all the same leave a spread of rounding behind, since their mean rounds.
        if spread <= 4.0 * f64::EPSILON * largest(&scaled) {
            return Err(Error::NotPositive {
                name: "the spread of the differences",
                value: scalbn(spread, exponent),
                remedy: "pairs that all differ by the same have no interval",
            });
        }
        let half_width = student_quantile(pairs - 1) * spread / count.sqrt();
        let reach = scalbn(mean.abs() + half_width, exponent);
        if reach.is_infinite() {
            return Err(Error::NotFinite {
                name: "the far end of the interval",
                value: reach,
                remedy: "give the differences in a larger unit",
            });
        }
        Ok(Self {
            pairs,
            mean: scalbn(mean, exponent),
            half_width: scalbn(half_width, exponent),
            cohen_d: mean / spread,
        })
    }

    /// Whether the interval excludes zero.
    pub fn is_clear(&self) -> bool {
        self.mean.abs() > self.half_width
    }

    /// The ends of the interval.
    pub fn interval(&self) -> (f64, f64) {
        (self.mean - self.half_width, self.mean + self.half_width)
    }
}

/// How often a difference is positive, whatever its size: one wild run moves the mean and its interval, and
/// counts here as one.
///
/// $$ p = 2\\,P(X \ge \max(n_+, n_-)), \qquad X \sim \mathrm{Bin}(n_+ + n_-, \tfrac12) $$
///
/// # Examples
///
/// ```
/// use itakura_saito::training::SignTest;
///
/// let nine_of_ten = SignTest::of(&[1.0, 1.0, 1.0, 1.0, -9.0, 1.0, 1.0, 1.0, 1.0, 1.0])?;
/// assert_eq!((nine_of_ten.positive, nine_of_ten.negative), (9, 1));
/// assert!((nine_of_ten.probability - 22.0 / 1024.0).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignTest {
    /// How many differences are above zero.
    pub positive: usize,
    /// How many are below; those that are zero count on neither side.
    pub negative: usize,
    /// How probable a count at least as one-sided is, to either side, where neither sign is favoured.
    pub probability: f64,
}

impl SignTest {
    /// From the difference of each pair.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] without a difference, [`Error::NotFiniteAt`] for one that is infinite or NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::training::SignTest;
    ///
    /// // Five of five: once in sixteen by chance, both directions counted.
    /// let test = SignTest::of(&[0.1, 0.2, 7.0, 0.3, 0.1])?;
    /// assert_eq!((test.positive, test.negative), (5, 0));
    /// assert!((test.probability - 0.0625).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(differences: &[f64]) -> Result<Self> {
        if differences.is_empty() {
            let remedy = "a sign test needs a pair";
            return Err(Error::TooFew {
                name: "the number of pairs",
                count: 0,
                minimum: 1,
                remedy,
            });
        }
        all_finite("the difference of the pair ", differences, DIVERGED)?;
        let count = |sign: f64| differences.iter().filter(|one| **one * sign > 0.0).count();
        let (positive, negative) = (count(1.0), count(-1.0));
        let probability = two_sided(positive.max(negative), positive + negative);
        Ok(Self { positive, negative, probability })
    }
}

impl std::fmt::Display for SignTest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { positive, negative, probability } = self;
        write!(formatter, "{positive} up, {negative} down, sign test p ")?;
        match *probability < 5e-4 {
            true => write!(formatter, "< 0.001"),
            false => write!(formatter, "= {probability:.3}"),
        }
    }
}

/// Twice the probability of at least `most` heads in `tosses` of a fair coin, at most 1.
fn two_sided(most: usize, tosses: usize) -> f64 {
    // The power of two is kept apart, since that of a thousand tosses is no number any more.
    let mut exponent = -(tosses as i64);
    let mut term: f64 = 1.0;
    let next = |term: f64, heads: usize| term * ((tosses - heads) as f64 / (heads + 1) as f64);
    for heads in 0..most {
        term = next(term, heads);
        if term > 2f64.powi(UNIT) {
            term = scalbn(term, -UNIT);
            exponent += i64::from(UNIT);
        }
    }
    let mut tail = 0.0;
    for heads in most..=tosses {
        tail += term;
        term = next(term, heads);
    }
    let tail = scalbn(tail, i32::try_from(exponent).unwrap_or(i32::MIN));
    f64::min(1.0, 2.0 * tail)
}

/// The exponent of the unit of large binomial coefficients.
const UNIT: i32 = 500;

const DIVERGED: &str = "leave out pairs in which a run diverged, and say so";

/// The quantile 0.975 of Student's t with an integer number of degrees of freedom.
///
/// By halving a bracket on the distribution function, which is a finite sum for integers: no package
/// for this one number, and every one costs each start of a kernel.
pub(super) fn student_quantile(degrees: usize) -> f64 {
    let (mut low, mut high) = (1.0_f64, 13.0_f64);
    while high - low > 1e-13 * high {
        let middle = 0.5 * (low + high);
        if central_probability(middle, degrees) < 0.95 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// $P(|T| < t)$, Abramowitz and Stegun 26.7.3 and 26.7.4, with $\theta = \arctan(t/\sqrt\nu)$.
fn central_probability(t: f64, degrees: usize) -> f64 {
    let angle = (t / (degrees as f64).sqrt()).atan();
    let (sine, squared_cosine) = (angle.sin(), angle.cos().powi(2));
    // The sums run over the odd or the even powers of the cosine below the degrees of freedom.
    let first = if degrees % 2 == 1 { angle.cos() } else { 1.0 };
    let (mut term, mut sum) = (first, 0.0);
    let mut power = if degrees % 2 == 1 { 1 } else { 0 };
    while power + 2 <= degrees {
        sum += term;
        term *= squared_cosine * (power + 1) as f64 / (power + 2) as f64;
        power += 2;
    }
    match degrees % 2 {
        1 => std::f64::consts::FRAC_2_PI * (angle + sine * sum),
        _ => sine * sum,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Student's t at 0.975, from printed tables.
        let table =
            [(1, 12.706), (2, 4.3027), (3, 3.1824), (9, 2.2622), (10, 2.2281), (19, 2.0930)];
        for (degrees, expected) in table {
            let quantile = student_quantile(degrees);
            assert!((quantile - expected).abs() < 5e-4, "{degrees}: {quantile}");
        }
    }

    #[test]
    fn an_effect_scales_with_its_differences_and_d_does_not() {
        let differences = [0.1, -0.2, 0.4, 0.3, 0.25];
        let effect = PairedEffect::of(&differences).unwrap();
        let larger = PairedEffect::of(&differences.map(|difference| 10.0 * difference)).unwrap();
        assert!((larger.mean - 10.0 * effect.mean).abs() < 1e-12);
        assert!((larger.half_width - 10.0 * effect.half_width).abs() < 1e-12);
        assert!((larger.cohen_d - effect.cohen_d).abs() < 1e-12);
        // By hand: mean 0.17, sum of squared deviations 0.218.
        assert!((effect.mean - 0.17).abs() < 1e-15);
        assert!((effect.cohen_d - 0.17 / 0.0545_f64.sqrt()).abs() < 1e-12, "{effect:?}");
    }

    #[test]
    fn a_sign_test_counts_tails_of_a_fair_coin() {
        let of = |positive: usize, negative: usize| {
            let differences = [vec![0.1; positive], vec![-5.0; negative], vec![0.0]].concat();
            SignTest::of(&differences).unwrap()
        };
        // By hand: both tails of Bin(10, 1/2) beyond 9, and of Bin(5, 1/2) at 5.
        assert!((of(9, 1).probability - 22.0 / 1024.0).abs() < 1e-15);
        assert!((of(0, 5).probability - 2.0 / 32.0).abs() < 1e-15);
        assert_eq!(of(3, 3).probability, 1.0);
        assert_eq!(of(0, 0).probability, 1.0);
        assert!(SignTest::of(&[]).is_err() && SignTest::of(&[f64::NAN]).is_err());
    }

    #[test]
    fn what_has_no_spread_is_refused() {
        let alike = [&[1.0, 1.0][..], &[0.1; 3], &[0.7; 11], &[-1e-300; 7], &[0.0; 4]];
        for differences in [&[][..], &[1.0], &[1.0, f64::NAN]].into_iter().chain(alike) {
            assert!(PairedEffect::of(differences).is_err(), "{differences:?}");
        }
    }
}
