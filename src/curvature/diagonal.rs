//! Diagonal matrices, whose spectrum is chosen and so known.

use crate::operator::Operator;
use crate::{Error, Result};

/// A diagonal matrix: its eigenvalues are its entries, with their multiplicities.
///
/// Lanczos sees only products, so for it a diagonal matrix is as hard as any other with this spectrum;
/// whoever checks the result needs no second method.
///
/// ```
/// use itakura_saito::curvature::Diagonal;
/// use itakura_saito::operator::Operator;
///
/// let known = Diagonal::isolated_top(1)?;
/// assert_eq!(known.dim(), 200);
/// assert_eq!(known.sorted()[..2], [10.0, 0.8]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Diagonal(Vec<f64>);

impl Diagonal {
    /// With these entries.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] or [`Error::NotFiniteAt`].
    pub fn new(entries: Vec<f64>) -> Result<Self> {
        if entries.is_empty() {
            return Err(Error::Empty { name: "the diagonal", remedy: "give at least one entry" });
        }
        if let Some(index) = entries.iter().position(|entry| !entry.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the diagonal at ",
                index: vec![index],
                value: entries[index],
                remedy: "find out which computation overflowed or divided by zero",
            });
        }
        Ok(Self(entries))
    }

    /// Two hundred eigenvalues in the shape of a network's Hessian: a bulk from -0.2 to 0.8, evenly
    /// spaced, and 10 as often as is asked for.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless the multiplicity is between 1 and 198.
    pub fn isolated_top(multiplicity: usize) -> Result<Self> {
        if !(1..=198).contains(&multiplicity) {
            return Err(Error::OutOfRange {
                name: "the multiplicity of the top eigenvalue",
                value: multiplicity as f64,
                lower: 1.0,
                upper: 198.0,
                remedy: "leave at least two of the two hundred eigenvalues to the bulk",
            });
        }
        let bulk = 200 - multiplicity;
        let at = |index: usize| -0.2 + index as f64 / (bulk - 1) as f64;
        let mut entries: Vec<f64> = (0..bulk).map(at).collect();
        entries.resize(200, 10.0);
        Self::new(entries)
    }

    /// The eigenvalues, the largest first.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::Diagonal;
    ///
    /// assert_eq!(Diagonal::new(vec![1.0, 5.0, 3.0])?.sorted(), [5.0, 3.0, 1.0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn sorted(&self) -> Vec<f64> {
        let mut eigenvalues = self.0.clone();
        eigenvalues.sort_by(|one, other| other.total_cmp(one));
        eigenvalues
    }
}

impl Operator for Diagonal {
    fn dim(&self) -> usize {
        self.0.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the matrix's dimension");
        for ((image, value), entry) in y.iter_mut().zip(x).zip(&self.0) {
            *image = entry * value;
        }
    }
}
