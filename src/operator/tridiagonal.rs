//! A symmetric matrix that couples neighbours only: what a chain of grid points gives.

use faer::diag::{Diag, DiagRef};
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{
    ComputeEigenvectors, SelfAdjointEvdParams, self_adjoint_evd_scratch,
    tridiagonal_self_adjoint_evd,
};
use faer::{Mat, Par, Spec};
use libm::scalbn;
use ndarray::Array2;

use super::scale::{
    all_finite, exponent_where_needed, in_units, largest, right_side_fits, row_in_range,
};
use super::{Operator, root_free};
use crate::{Error, Result};

/// A symmetric tridiagonal matrix, stored as its two diagonals.
///
/// Products and solutions take $O(n)$ time and memory.
///
/// ```
/// use itakura_saito::operator::SymmetricTridiagonal;
///
/// let chain = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?;
/// let solution = chain.solve(&[1.0, 0.0, 1.0])?;
/// assert!(solution.iter().all(|value| (value - 1.0).abs() < 1e-15));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SymmetricTridiagonal {
    diagonal: Vec<f64>,
    off_diagonal: Vec<f64>,
}

impl SymmetricTridiagonal {
    /// From the diagonal and the entries beside it, one fewer.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`], [`Error::Lengths`] or [`Error::NotFiniteAt`]; [`Error::NotFinite`] if the sizes of a
    /// row add up to more than an `f64` holds, so that an eigenvalue may.
    pub fn new(diagonal: Vec<f64>, off_diagonal: Vec<f64>) -> Result<Self> {
        if diagonal.is_empty() {
            return Err(Error::Empty { name: "the diagonal", remedy: "give at least one entry" });
        }
        if off_diagonal.len() + 1 != diagonal.len() {
            return Err(Error::Lengths {
                name: "the off-diagonal",
                expected: diagonal.len() - 1,
                found: off_diagonal.len(),
                remedy: "a chain of n points has n - 1 bonds",
            });
        }
        all_finite("the diagonal at ", &diagonal)?;
        all_finite("the off-diagonal at ", &off_diagonal)?;
        let bonds = |row: usize| {
            let before = row.checked_sub(1).map_or(0.0, |above| off_diagonal[above].abs());
            before + off_diagonal.get(row).map_or(0.0, |bond| bond.abs())
        };
        for (row, entry) in diagonal.iter().enumerate() {
            row_in_range(entry.abs() + bonds(row))?;
        }
        Ok(Self { diagonal, off_diagonal })
    }

    /// The entries on the diagonal.
    pub fn diagonal(&self) -> &[f64] {
        &self.diagonal
    }

    /// The entries beside the diagonal.
    pub fn off_diagonal(&self) -> &[f64] {
        &self.off_diagonal
    }

    /// The vector whose image is `right_side`, by $LDL^{\mathsf T}$ without pivoting: stable for a
    /// positive definite matrix.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveDefinite`] with the first pivot that is not positive, [`Error::Lengths`],
    /// [`Error::NotFiniteAt`] for an entry of the right side, or of the solution where it overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricTridiagonal;
    ///
    /// // A rod that is held at its ends and pulled in the middle.
    /// let rod = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?;
    /// let shape: Vec<f64> = rod.solve(&[0.0, 2.0, 0.0])?;
    /// assert!(shape.iter().zip([1.0, 2.0, 1.0]).all(|(at, expected)| (at - expected).abs() < 1e-15));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn solve(&self, right_side: &[f64]) -> Result<Vec<f64>> {
        let count = self.diagonal.len();
        right_side_fits(right_side, count)?;
        let mut solution = right_side.to_vec();
        let mut pivots = self.diagonal.clone();
        for row in 0..count {
            if row > 0 {
                let multiplier = self.off_diagonal[row - 1] / pivots[row - 1];
                pivots[row] -= multiplier * self.off_diagonal[row - 1];
                solution[row] -= multiplier * solution[row - 1];
            }
            let pivot = pivots[row];
            if pivot.is_nan() || pivot <= 0.0 {
                return Err(Error::NotPositiveDefinite { row, pivot });
            }
        }
        solution[count - 1] /= pivots[count - 1];
        for row in (0..count - 1).rev() {
            let from_below = self.off_diagonal[row] * solution[row + 1];
            solution[row] = (solution[row] - from_below) / pivots[row];
        }
        all_finite("the solution at ", &solution)?;
        Ok(solution)
    }

    /// All eigenvalues, in increasing order, each to a rounding of the norm.
    ///
    /// # Panics
    ///
    /// If the QL iteration does not converge, which has not been seen for finite entries.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricTridiagonal;
    ///
    /// // 2 - √2, 2 and 2 + √2.
    /// let values = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?.eigenvalues();
    /// assert!((values[0] - (2.0 - 2f64.sqrt())).abs() < 1e-14);
    /// assert!((values[2] - (2.0 + 2f64.sqrt())).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn eigenvalues(&self) -> Vec<f64> {
        let eigenvalues = root_free::eigenvalues(&self.diagonal, &self.off_diagonal);
        eigenvalues.expect("the QL iteration converges for finite entries")
    }

    /// All eigenvalues in increasing order, and the unit eigenvectors, one per column.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricTridiagonal;
    ///
    /// // The lowest mode of a string with three beads is (1, √2, 1)/2.
    /// let string = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?;
    /// let (_, modes) = string.eigenpairs();
    /// assert!((modes[(1, 0)] / modes[(0, 0)] - 2f64.sqrt()).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn eigenpairs(&self) -> (Vec<f64>, Array2<f64>) {
        let count = self.diagonal.len();
        let exponent =
            exponent_where_needed(largest(self.diagonal.iter().chain(&self.off_diagonal)));
        let diagonal = in_units(&self.diagonal, exponent);
        let off_diagonal = in_units(&self.off_diagonal, exponent);
        let parameters: Spec<SelfAdjointEvdParams, f64> = Spec::default();
        let task = ComputeEigenvectors::Yes;
        let scratch = self_adjoint_evd_scratch::<f64>(count, task, Par::Seq, parameters);
        let mut memory = MemBuffer::new(scratch);
        let mut vectors = Mat::zeros(count, count);
        let mut eigenvalues = Diag::zeros(count);
        tridiagonal_self_adjoint_evd(
            DiagRef::from_slice(&diagonal),
            DiagRef::from_slice(&off_diagonal),
            eigenvalues.as_mut(),
            Some(vectors.as_mut()),
            Par::Seq,
            MemStack::new(&mut memory),
            parameters,
        )
        .expect("the entries are finite, so that the QR iteration converges");
        let eigenvalues = eigenvalues.column_vector().iter();
        let eigenvalues = eigenvalues.map(|&value| scalbn(value, exponent)).collect();
        let vectors = Array2::from_shape_fn((count, count), |(row, column)| vectors[(row, column)]);
        (eigenvalues, vectors)
    }
}

impl Operator for SymmetricTridiagonal {
    fn dim(&self) -> usize {
        self.diagonal.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the matrix's dimension");
        for (row, image) in y.iter_mut().enumerate() {
            let before = if row > 0 { self.off_diagonal[row - 1] * x[row - 1] } else { 0.0 };
            let after = self.off_diagonal.get(row).map_or(0.0, |bond| bond * x[row + 1]);
            *image = before + self.diagonal[row] * x[row] + after;
        }
    }
}
