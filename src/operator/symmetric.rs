//! A symmetric matrix with all its entries.

use faer::linalg::solvers::{Lblt, Solve};
use faer::{Mat, Side};
use libm::scalbn;
use ndarray::{Array2, ArrayView2};

use super::Operator;
use super::scale::{all_finite, exponent_where_needed, largest, right_side_fits, row_in_range};
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
    /// [`Error::NotSymmetric`] with the pair of entries that differ most; [`Error::NotFinite`] if the sizes of
    /// a row add up to more than an `f64` holds, so that an eigenvalue may.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // A difference of rounding is averaged away, a real one is an error.
    /// assert!(Symmetric::new(array![[1.0, 2.0 + 1e-15], [2.0, 1.0]]).is_ok());
    /// assert!(Symmetric::new(array![[1.0, 2.1], [2.0, 1.0]]).is_err());
    /// ```
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
        for row in entries.rows() {
            row_in_range(row.iter().map(|entry| entry.abs()).sum())?;
        }
        let mean = Array2::from_shape_fn(entries.dim(), |(row, column)| {
            mean_of(entries[(row, column)], entries[(column, row)])
        });
        Ok(Self(mean))
    }

    /// The entries.
    pub fn view(&self) -> ArrayView2<'_, f64> {
        self.0.view()
    }

    /// All eigenvalues, in increasing order.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// let values: Vec<f64> = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?.eigenvalues();
    /// assert!((values[0] + 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn eigenvalues(&self) -> Vec<f64> {
        let (matrix, exponent) = self.in_safe_units();
        let eigenvalues = matrix.self_adjoint_eigenvalues(Side::Lower);
        let eigenvalues =
            eigenvalues.expect("the matrix is finite, so that the QR iteration converges");
        eigenvalues.into_iter().map(|value| scalbn(value, exponent)).collect()
    }

    /// All eigenvalues in increasing order, and the unit eigenvectors, one per column.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // The second eigenvector is (1, 1)/√2.
    /// let (values, vectors) = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?.eigenpairs();
    /// assert!((values[1] - 3.0).abs() < 1e-15);
    /// assert!((vectors[(0, 1)] - vectors[(1, 1)]).abs() < 1e-15);
    /// assert!((vectors[(0, 1)].powi(2) - 0.5).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn eigenpairs(&self) -> (Vec<f64>, Array2<f64>) {
        let (matrix, exponent) = self.in_safe_units();
        let decomposition = matrix
            .self_adjoint_eigen(Side::Lower)
            .expect("the matrix is finite, so that the QR iteration converges");
        let eigenvalues = decomposition.S().column_vector().iter();
        let eigenvalues = eigenvalues.map(|&value| scalbn(value, exponent)).collect();
        let vectors = decomposition.U();
        let eigenvectors =
            Array2::from_shape_fn(self.0.dim(), |(row, column)| vectors[(row, column)]);
        (eigenvalues, eigenvectors)
    }

    /// The vector whose image is `right_side`, by the factorisation of Bunch and Kaufman with pivoting:
    /// stable whatever the signs of the eigenvalues.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] or [`Error::NotFiniteAt`] for the right side, [`Error::Singular`] if the matrix has
    /// an eigenvalue that is zero to rounding.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Eigenvalues -1 and 3.
    /// let matrix: Symmetric = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
    /// let solution: Vec<f64> = matrix.solve(&[5.0, 4.0])?;
    /// assert!((solution[0] - 1.0).abs() < 1e-15 && (solution[1] - 2.0).abs() < 1e-15);
    ///
    /// let singular: Symmetric = Symmetric::new(array![[1.0, 1.0], [1.0, 1.0]])?;
    /// assert!(singular.solve(&[1.0, 0.0]).is_err());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn solve(&self, right_side: &[f64]) -> Result<Vec<f64>> {
        let count = self.dim();
        right_side_fits(right_side, count)?;
        let (matrix, exponent) = self.in_safe_units();
        let factors = matrix.lblt(Side::Lower);
        let smallest = smallest_pivot(&factors);
        let rounding = count as f64 * f64::EPSILON * scalbn(largest(&self.0), -exponent);
        if smallest <= rounding {
            return Err(Error::Singular { pivot: scalbn(smallest, exponent) });
        }
        let unit = exponent_where_needed(largest(right_side));
        let right_side = Mat::from_fn(count, 1, |row, _| scalbn(right_side[row], -unit));
        let solution = factors.solve(&right_side);
        let back = |row| scalbn(solution[(row, 0)], unit - exponent);
        let solution: Vec<f64> = (0..count).map(back).collect();
        all_finite("the solution at ", &solution)?;
        Ok(solution)
    }

    /// The sum of the diagonal, which is that of the eigenvalues.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// let matrix: Symmetric = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
    /// assert_eq!((matrix.trace(), matrix.frobenius_norm()), (2.0, 10f64.sqrt()));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn trace(&self) -> f64 {
        self.0.diag().sum()
    }

    /// The root of the sum of all squared entries, which is that of the squared eigenvalues,
    /// $\lVert M \rVert_F$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Eigenvalues -1 and 3.
    /// let matrix: Symmetric = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
    /// assert!((matrix.frobenius_norm().powi(2) - (1.0 + 9.0)).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn frobenius_norm(&self) -> f64 {
        let exponent = exponent_where_needed(largest(&self.0));
        let squares = self.0.iter().map(|&entry| scalbn(entry, -exponent).powi(2));
        scalbn(squares.sum::<f64>().sqrt(), exponent)
    }

    /// The size of the largest eigenvalue, $\lVert M \rVert_2$: by how much the matrix can stretch a vector.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Eigenvalues -3 and 1.
    /// let matrix: Symmetric = Symmetric::new(array![[-1.0, 2.0], [2.0, -1.0]])?;
    /// assert!((matrix.spectral_norm() - 3.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn spectral_norm(&self) -> f64 {
        largest(&self.eigenvalues())
    }

    /// The matrix in units of a power of two in which squares are safe, and the exponent of that power.
    fn in_safe_units(&self) -> (Mat<f64>, i32) {
        let exponent = exponent_where_needed(largest(&self.0));
        let (rows, columns) = self.0.dim();
        let entry = |row, column| scalbn(self.0[(row, column)], -exponent);
        (Mat::from_fn(rows, columns, entry), exponent)
    }
}

/// The mean of two mirrored entries, without an overflow between.
fn mean_of(entry: f64, mirrored: f64) -> f64 {
    let sum = entry + mirrored;
    if sum.is_finite() { 0.5 * sum } else { 0.5 * entry + 0.5 * mirrored }
}

/// The smallest size of an eigenvalue of the blocks of the factorisation.
fn smallest_pivot(factors: &Lblt<f64>) -> f64 {
    let diagonal: Vec<f64> = factors.B_diag().column_vector().iter().copied().collect();
    let beside: Vec<f64> = factors.B_subdiag().column_vector().iter().copied().collect();
    let (mut smallest, mut row) = (f64::INFINITY, 0);
    while row < diagonal.len() {
        if beside[row] == 0.0 {
            smallest = smallest.min(diagonal[row].abs());
            row += 1;
        } else {
            let (one, other) = (diagonal[row], diagonal[row + 1]);
            let half = (0.5 * (one - other)).hypot(beside[row]);
            let larger = (0.5 * (one + other)).abs() + half;
            let determinant = (one * other - beside[row] * beside[row]).abs();
            smallest = smallest.min(determinant / larger);
            row += 2;
        }
    }
    smallest
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
