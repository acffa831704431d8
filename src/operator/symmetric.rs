//! A symmetric matrix with all its entries.

use faer::{Mat, Side};
use ndarray::{Array2, ArrayView2};

use super::Operator;
use crate::{Error, Result};

/// A dense real symmetric matrix.
///
/// ```
/// use itakura_saito::operator::Symmetric;
/// use ndarray::array;
///
/// let matrix = Symmetric::new(array![[2.0, 1.0], [1.0, 2.0]])?;
/// let eigenvalues = matrix.eigenvalues();
/// assert!((eigenvalues[0] - 1.0).abs() < 1e-15 && (eigenvalues[1] - 3.0).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric(Array2<f64>);

/// How far two mirrored entries may differ, in units of the largest entry: a matrix that was assembled
/// column by column is symmetric up to rounding only.
const ASYMMETRY: f64 = 1e-12;

impl Symmetric {
    /// Checks that the matrix is square, finite and symmetric, and stores the mean of it and its
    /// transpose.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for a matrix without entries, [`Error::NotSquare`], [`Error::NotFiniteAt`], and
    /// [`Error::NotSymmetric`] with the pair of entries that differ most.
    pub fn new(entries: Array2<f64>) -> Result<Self> {
        let (rows, columns) = entries.dim();
        if rows != columns {
            return Err(Error::NotSquare { rows, columns });
        }
        if rows == 0 {
            return Err(Error::Empty { name: "the matrix", remedy: "give at least one entry" });
        }
        if let Some((index, &value)) = entries.indexed_iter().find(|(_, value)| !value.is_finite())
        {
            return Err(Error::NotFiniteAt {
                name: "the matrix at ",
                index: vec![index.0, index.1],
                value,
                remedy: "find out which computation overflowed or divided by zero",
            });
        }
        let largest = entries.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let gap = |&(row, column): &(usize, usize)| {
            (entries[(row, column)] - entries[(column, row)]).abs()
        };
        let pairs = (0..rows).flat_map(|row| (0..row).map(move |column| (row, column)));
        if let Some(worst) = pairs.max_by(|one, other| gap(one).total_cmp(&gap(other)))
            && gap(&worst) > ASYMMETRY * largest
        {
            let (row, column) = worst;
            let (entry, mirrored) = (entries[(row, column)], entries[(column, row)]);
            return Err(Error::NotSymmetric { row, column, entry, mirrored });
        }
        let mean = 0.5 * (&entries + &entries.t());
        Ok(Self(mean))
    }

    /// The entries.
    pub fn view(&self) -> ArrayView2<'_, f64> {
        self.0.view()
    }

    /// All eigenvalues, in increasing order.
    pub fn eigenvalues(&self) -> Vec<f64> {
        let eigenvalues = self.to_faer().self_adjoint_eigenvalues(Side::Lower);
        eigenvalues.expect("the matrix is finite, so that the QR iteration converges")
    }

    /// All eigenvalues in increasing order, and the unit eigenvectors, one a column.
    pub fn eigenpairs(&self) -> (Vec<f64>, Array2<f64>) {
        let decomposition = self
            .to_faer()
            .self_adjoint_eigen(Side::Lower)
            .expect("the matrix is finite, so that the QR iteration converges");
        let eigenvalues = decomposition.S().column_vector().iter().copied().collect();
        let vectors = decomposition.U();
        let eigenvectors =
            Array2::from_shape_fn(self.0.dim(), |(row, column)| vectors[(row, column)]);
        (eigenvalues, eigenvectors)
    }

    fn to_faer(&self) -> Mat<f64> {
        let (rows, columns) = self.0.dim();
        Mat::from_fn(rows, columns, |row, column| self.0[(row, column)])
    }
}

impl Operator for Symmetric {
    fn dim(&self) -> usize {
        self.0.nrows()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the matrix's dimension");
        for (image, row) in y.iter_mut().zip(self.0.rows()) {
            *image = row.iter().zip(x).map(|(entry, value)| entry * value).sum();
        }
    }
}
