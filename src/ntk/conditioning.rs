//! The ends of the spectrum of a kernel.

use std::fmt;

use crate::operator::Symmetric;
use crate::{Error, Result};

/// The largest and the smallest eigenvalue of a positive semidefinite matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditioning {
    /// The largest eigenvalue.
    pub largest: f64,
    /// The smallest, as computed: for a singular matrix, rounding of either sign.
    pub smallest: f64,
    /// What rounding makes of a zero eigenvalue at most, $n\\,\epsilon\\,\lambda_{\max}$.
    pub rounding: f64,
    /// How many eigenvalues are larger than that.
    pub rank: usize,
}

impl Conditioning {
    /// By all eigenvalues of the matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::Conditioning;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Two outputs that always move together: one of the two eigenvalues is zero.
    /// let conditioning = Conditioning::of(&Symmetric::new(array![[1.0, 1.0], [1.0, 1.0]])?);
    /// assert_eq!(conditioning.rank, 1);
    /// assert!((conditioning.largest - 2.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(matrix: &Symmetric) -> Self {
        let eigenvalues = matrix.eigenvalues();
        let (smallest, largest) = (eigenvalues[0], eigenvalues[eigenvalues.len() - 1]);
        let rounding = eigenvalues.len() as f64 * f64::EPSILON * largest.abs();
        let rank = eigenvalues.iter().filter(|value| **value > rounding).count();
        Self { largest, smallest, rounding, rank }
    }

    /// $\lambda_{\max}/\lambda_{\min}$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the smallest eigenvalue cannot be told from zero.
    ///
    /// ```
    /// use itakura_saito::ntk::Conditioning;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// let regular: Symmetric = Symmetric::new(array![[2.0, 0.0], [0.0, 8.0]])?;
    /// assert_eq!(Conditioning::of(&regular).condition_number()?, 4.0);
    /// let singular: Symmetric = Symmetric::new(array![[1.0, 1.0], [1.0, 1.0]])?;
    /// assert!(Conditioning::of(&singular).condition_number().is_err());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn condition_number(&self) -> Result<f64> {
        if self.smallest > self.rounding {
            return Ok(self.largest / self.smallest);
        }
        Err(Error::OutOfRange {
            name: "the smallest eigenvalue",
            value: self.smallest,
            lower: self.rounding,
            upper: f64::MAX,
            remedy: "a matrix that is singular to rounding has a rank, and no condition number",
        })
    }
}

/// The condition number, or the rank of a matrix that has none.
impl fmt::Display for Conditioning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.condition_number() {
            Ok(number) if number < 1e4 => {
                write!(formatter, "κ = {number:.2}")
            }
            Ok(number) => write!(formatter, "κ = {number:.2e}"),
            Err(_) => write!(formatter, "singular to rounding, rank {}", self.rank),
        }
    }
}
