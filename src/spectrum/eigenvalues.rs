//! A sorted list of eigenvalues, and the numbers by which people judge it.

use super::Histogram;
use crate::operator::SymmetricTridiagonal;
use crate::operator::scale::{exponent_where_needed, in_units, largest};
use crate::{Error, Result};

/// All eigenvalues of a symmetric operator, in increasing order.
///
/// ```
/// use itakura_saito::spectrum::Spectrum;
///
/// let spectrum = Spectrum::new(vec![4.0, 1.0, 1.0])?;
/// assert_eq!(spectrum.eigenvalues(), [1.0, 1.0, 4.0]);
/// assert_eq!((spectrum.mean(), spectrum.variance()), (2.0, 2.0));
/// assert_eq!(spectrum.condition_number()?, 4.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum(Vec<f64>);

impl Spectrum {
    /// Sorts the eigenvalues.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a value, [`Error::NotFiniteAt`] for the first one that is infinite or NaN.
    pub fn new(mut eigenvalues: Vec<f64>) -> Result<Self> {
        if eigenvalues.is_empty() {
            return Err(Error::Empty {
                name: "the spectrum",
                remedy: "give at least one eigenvalue",
            });
        }
        if let Some(index) = eigenvalues.iter().position(|value| !value.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the spectrum at ",
                index: vec![index],
                value: eigenvalues[index],
                remedy: "find out which entry of the matrix overflowed",
            });
        }
        eigenvalues.sort_by(f64::total_cmp);
        Ok(Self(eigenvalues))
    }

    /// The spectrum of a chain.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricTridiagonal;
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// // 2 - 2 cos(kπ/4) for a chain of three with fixed ends.
    /// let chain = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?;
    /// let spectrum = Spectrum::of(&chain);
    /// assert!((spectrum.smallest() - (2.0 - 2f64.sqrt())).abs() < 1e-15);
    /// assert!((spectrum.median() - 2.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(operator: &SymmetricTridiagonal) -> Self {
        Self(operator.eigenvalues())
    }

    /// The eigenvalues in increasing order.
    pub fn eigenvalues(&self) -> &[f64] {
        &self.0
    }

    /// The smallest one.
    pub fn smallest(&self) -> f64 {
        self.0[0]
    }

    /// The largest one.
    pub fn largest(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// Their mean, the trace over the dimension.
    pub fn mean(&self) -> f64 {
        let count = self.0.len() as f64;
        let mean = self.0.iter().sum::<f64>() / count;
        if mean.is_finite() { mean } else { self.0.iter().map(|value| value / count).sum() }
    }

    /// The one in the middle, or the mean of the two in the middle.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// // Unlike the mean it does not feel one large eigenvalue.
    /// assert_eq!(Spectrum::new(vec![1.0, 2.0, 1e6])?.median(), 2.0);
    /// assert_eq!(Spectrum::new(vec![1.0, 2.0, 3.0, 1e6])?.median(), 2.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        if self.0.len() % 2 == 1 {
            self.0[middle]
        } else {
            f64::midpoint(self.0[middle - 1], self.0[middle])
        }
    }

    /// Their variance with the factor $1/N$, the one of Theorem 6.1.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / self.0.len() as f64
    }

    /// The standard deviation over the mean: a spread that does not depend on units.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// let spectrum = Spectrum::new(vec![1.0, 3.0])?;
    /// assert_eq!(spectrum.relative_spread(), 0.5);
    /// // In another unit it is the same.
    /// assert_eq!(Spectrum::new(vec![1000.0, 3000.0])?.relative_spread(), 0.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn relative_spread(&self) -> f64 {
        // In units of a power of two where a square would leave the range of numbers.
        let exponent = exponent_where_needed(largest(&self.0));
        let scaled = Self(in_units(&self.0, exponent));
        scaled.variance().sqrt() / scaled.mean()
    }

    /// $\kappa = \lambda_{\max}/\lambda_{\min}$: gradient descent needs about that many steps.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the smallest eigenvalue is not positive: the condition number of a
    /// singular operator is infinite, and that of an indefinite one has no meaning. [`Error::NotFinite`] if it is
    /// too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// // A mass of one lowers it from 100 to 101/2.
    /// assert_eq!(Spectrum::new(vec![1.0, 100.0])?.condition_number()?, 100.0);
    /// assert_eq!(Spectrum::new(vec![2.0, 101.0])?.condition_number()?, 50.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn condition_number(&self) -> Result<f64> {
        let smallest = self.smallest();
        if smallest > 0.0 {
            let value = self.largest() / smallest;
            let remedy = "the eigenvalues are more than three hundred decades apart: add a mass";
            return match value.is_finite() {
                true => Ok(value),
                false => Err(Error::NotFinite { name: "the condition number", value, remedy }),
            };
        }
        Err(Error::NotPositive {
            name: "the smallest eigenvalue",
            value: smallest,
            remedy: "add a mass, or leave the zero modes out before the ratio is taken",
        })
    }

    /// How many runs of `count` neighbours agree to within `distance`: pairs for 2, triples for 3.
    ///
    /// A run of four alike holds three pairs and two triples.
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// let spectrum = Spectrum::new(vec![1.0, 1.0, 2.0, 2.0, 2.0])?;
    /// assert_eq!((spectrum.alike(2, 1e-12), spectrum.alike(3, 1e-12)), (3, 1));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn alike(&self, count: usize, distance: f64) -> usize {
        let runs = self.0.windows(count.max(1));
        runs.filter(|run| run[run.len() - 1] - run[0] < distance).count()
    }

    /// How many eigenvalues lie in each of `bins` equal parts of their range.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] without a bin.
    pub fn histogram(&self, bins: usize) -> Result<Histogram> {
        Histogram::of_sorted(&self.0, bins)
    }

    /// The empirical distribution function: $k/N$ at the $k$-th eigenvalue, counted from one.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// assert_eq!(Spectrum::new(vec![5.0, 1.0, 2.0, 9.0])?.cumulative(), [0.25, 0.5, 0.75, 1.0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn cumulative(&self) -> Vec<f64> {
        (1..=self.0.len()).map(|rank| rank as f64 / self.0.len() as f64).collect()
    }

    /// By how much each eigenvalue exceeds that of the same rank of another spectrum.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless both have as many eigenvalues.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// // By rank, so the order in which they are given does not count.
    /// let (one, other) = (Spectrum::new(vec![4.0, 1.0])?, Spectrum::new(vec![0.5, 3.0])?);
    /// assert_eq!(one.excess_over(&other)?, [0.5, 1.0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn excess_over(&self, other: &Self) -> Result<Vec<f64>> {
        if self.0.len() != other.0.len() {
            return Err(Error::Lengths {
                name: "the other spectrum",
                expected: self.0.len(),
                found: other.0.len(),
                remedy: "compare operators of the same dimension",
            });
        }
        Ok(self.0.iter().zip(&other.0).map(|(one, other)| one - other).collect())
    }
}
