//! What summation of pairs does to the cumulants of a law.

use crate::{Error, Result};

/// The cumulants $\kappa_2, \kappa_3, \dots$ of a law whose mean is taken out.
///
/// The flow of section 7 adds two independent copies and divides by $\sqrt2$. Cumulants add, and
/// $\kappa_j$ scales with the power $j$, so that
///
/// $$ \kappa_j \to 2^{1 - j/2}\\,\kappa_j . $$
///
/// The variance stays; all that is not normal dies out, the skewness most slowly.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::Cumulants;
///
/// let exponential = Cumulants::exponential(4)?;
/// let summed = exponential.after(2);
/// assert_eq!(summed.of_order(2), Some(1.0));
/// assert!((summed.skewness() - 1.0).abs() < 1e-15); // 2, halved by two doublings
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Cumulants {
    /// From order 2 on.
    values: Vec<f64>,
}

/// The largest order $j$ of which $(j - 1)!$ is an `f64`.
const LARGEST_FACTORIAL: usize = 171;

impl Cumulants {
    /// From the cumulants of order 2, 3, 4, …; at least these three.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than three, [`Error::NotFiniteAt`] for one that is not finite,
    /// [`Error::NotPositive`] if the first, the variance, is not positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Cumulants;
    ///
    /// // The uniform law on the unit interval: 1/12, 0 and -1/120.
    /// let uniform = Cumulants::new(vec![1.0 / 12.0, 0.0, -1.0 / 120.0])?;
    /// assert_eq!(uniform.skewness(), 0.0);
    /// assert!((uniform.excess_kurtosis() + 1.2).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(values: Vec<f64>) -> Result<Self> {
        if values.len() < 3 {
            return Err(Error::TooFew {
                name: "the number of cumulants from order 2 on",
                count: values.len(),
                minimum: 3,
                remedy: "give the variance, the third and the fourth cumulant at least",
            });
        }
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the cumulants",
                index: vec![index],
                value: values[index],
                remedy: "a law without finite cumulants, such as Cauchy's, does not flow this way",
            });
        }
        if values[0] <= 0.0 {
            return Err(Error::NotPositive {
                name: "the variance",
                value: values[0],
                remedy: "a constant is its own sum; take a law that varies",
            });
        }
        Ok(Self { values })
    }

    /// Those of the unit exponential, $\kappa_j = (j-1)!$, up to an order.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for an order below 4; [`Error::OutOfRange`] above 171, where they overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Cumulants;
    ///
    /// let exponential = Cumulants::exponential(5)?;
    /// assert_eq!(
    ///     (2..=5).map(|order| exponential.of_order(order)).collect::<Vec<_>>(),
    ///     [Some(1.0), Some(2.0), Some(6.0), Some(24.0)]
    /// );
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn exponential(order: usize) -> Result<Self> {
        if order > LARGEST_FACTORIAL {
            return Err(Error::OutOfRange {
                name: "the order of a cumulant of the exponential",
                value: order as f64,
                lower: 4.0,
                upper: LARGEST_FACTORIAL as f64,
                remedy: "beyond it the factorial (j - 1)! overflows",
            });
        }
        let mut value = 1.0;
        let factorials = (2..=order).map(|j| {
            value *= (j - 1) as f64;
            value
        });
        Self::new(factorials.collect())
    }

    /// The cumulant of an order, or `None` if it is not held.
    pub fn of_order(&self, order: usize) -> Option<f64> {
        self.values.get(order.checked_sub(2)?).copied()
    }

    /// The cumulants after a number of pair summations.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Cumulants;
    ///
    /// // The variance stays; the skewness falls by √2 with each doubling.
    /// let flown = Cumulants::exponential(4)?.after(2);
    /// assert!((flown.of_order(2).unwrap_or(0.0) - 1.0).abs() < 1e-15);
    /// assert!((flown.skewness() - 1.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn after(&self, doublings: u32) -> Self {
        let factor = |order: usize| (f64::from(doublings) * (1.0 - 0.5 * order as f64)).exp2();
        let values = self.values.iter().enumerate().map(|(index, value)| factor(index + 2) * value);
        Self { values: values.collect() }
    }

    /// The cumulants of the sum of `count` independent copies, divided by $\sqrt n$.
    ///
    /// $$ \kappa_j \to n^{1 - j/2}\\,\kappa_j $$
    ///
    /// [`Cumulants::after`] is the same for $n = 2^{\text{doublings}}$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for no copy at all.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Cumulants;
    ///
    /// // The skewness of nine exponentials is a third of the skewness of one.
    /// let nine: Cumulants = Cumulants::exponential(4)?.of_sum(9)?;
    /// assert!((nine.skewness() - 2.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_sum(&self, count: usize) -> Result<Self> {
        if count == 0 {
            return Err(Error::TooFew {
                name: "the number of copies in a sum",
                count,
                minimum: 1,
                remedy: "one copy is the law itself",
            });
        }
        let factor = |order: usize| (count as f64).powf(1.0 - 0.5 * order as f64);
        let values = self.values.iter().enumerate().map(|(index, value)| factor(index + 2) * value);
        Ok(Self { values: values.collect() })
    }

    /// $\kappa_3 / \kappa_2^{3/2}$.
    pub fn skewness(&self) -> f64 {
        let (variance, unit) = (self.values[0], self.values[0].powf(1.5));
        if unit.is_normal() {
            return self.values[1] / unit;
        }
        self.values[1] / variance / variance.sqrt()
    }

    /// $\kappa_4 / \kappa_2^2$, zero for the normal law.
    pub fn excess_kurtosis(&self) -> f64 {
        let (variance, unit) = (self.values[0], self.values[0] * self.values[0]);
        if unit.is_normal() {
            return self.values[2] / unit;
        }
        self.values[2] / variance / variance
    }
}

/// A law on the integers 0, 1, 2, …: the way to sum pairs without knowing about cumulants.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::Lattice;
///
/// let coin = Lattice::new(&[0.9, 0.1])?;
/// let before = coin.cumulants()?.skewness();
/// let after = coin.pair_sum().cumulants()?.skewness();
/// assert!((after / before - 0.5f64.sqrt()).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Lattice {
    masses: Vec<f64>,
}

impl Lattice {
    /// A law from weights, which are divided by their sum.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a weight; [`Error::NotFiniteAt`] for one that is not finite;
    /// [`Error::OutOfRange`] for one that is negative; [`Error::NotPositive`] if all are zero.
    pub fn new(weights: &[f64]) -> Result<Self> {
        const PROBABILITY: &str = "a weight is a probability up to a common factor";
        if weights.is_empty() {
            let remedy = "give at least one positive weight";
            return Err(Error::Empty { name: "the list of weights of a law", remedy });
        }
        if let Some(index) = weights.iter().position(|weight| !weight.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the weight of a law at ",
                index: vec![index],
                value: weights[index],
                remedy: PROBABILITY,
            });
        }
        if let Some(&value) = weights.iter().find(|weight| **weight < 0.0) {
            return Err(Error::OutOfRange {
                name: "the weight of a law",
                value,
                lower: 0.0,
                upper: f64::MAX,
                remedy: PROBABILITY,
            });
        }
        let total: f64 = weights.iter().sum();
        if total == f64::INFINITY {
            let largest = weights.iter().copied().fold(0.0, f64::max);
            let shares: Vec<f64> = weights.iter().map(|weight| weight / largest).collect();
            return Self::new(&shares);
        }
        if total <= 0.0 {
            return Err(Error::NotPositive {
                name: "the sum of the weights of a law",
                value: total,
                remedy: "give at least one positive weight",
            });
        }
        Ok(Self { masses: weights.iter().map(|weight| weight / total).collect() })
    }

    /// The law of the sum of two independent copies, by convolution; not divided by $\sqrt2$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Lattice;
    ///
    /// // Two coins; the variance of a sum is the sum of the variances.
    /// let coin = Lattice::new(&[1.0, 1.0])?;
    /// assert_eq!(coin.pair_sum(), Lattice::new(&[1.0, 2.0, 1.0])?);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn pair_sum(&self) -> Self {
        let mut masses = vec![0.0; 2 * self.masses.len() - 1];
        for (i, first) in self.masses.iter().enumerate() {
            for (j, second) in self.masses.iter().enumerate() {
                masses[i + j] += first * second;
            }
        }
        Self { masses }
    }

    /// The cumulants of order 2 to 6, from the central moments.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a law that does not vary.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::Lattice;
    ///
    /// // A fair coin: 1/4, 0 and -1/8.
    /// let coin = Lattice::new(&[1.0, 1.0])?.cumulants()?;
    /// assert_eq!([2, 3, 4].map(|order| coin.of_order(order)), [Some(0.25), Some(0.0), Some(-0.125)]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn cumulants(&self) -> Result<Cumulants> {
        let weighted = |power: &dyn Fn(f64) -> f64| -> f64 {
            self.masses.iter().enumerate().map(|(place, mass)| mass * power(place as f64)).sum()
        };
        let mean = weighted(&|place| place);
        let moment = |order| weighted(&|place| (place - mean).powi(order));
        let [m2, m3, m4, m5, m6] = [2, 3, 4, 5, 6].map(moment);
        let sixth = m6 - 15.0 * m4 * m2 - 10.0 * m3 * m3 + 30.0 * m2.powi(3);
        Cumulants::new(vec![m2, m3, m4 - 3.0 * m2 * m2, m5 - 10.0 * m3 * m2, sixth])
    }
}
