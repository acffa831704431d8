//! Linear operators: what Lanczos, a trace or a density of eigenvalues needs to know of a matrix.
//!
//! A Hessian of a network has no entries that anybody stores, only a product with a vector. So the
//! algorithms of [`crate`] take an [`Operator`], and everything that has a spectrum is one: a dense
//! [`Symmetric`] matrix, a [`SymmetricTridiagonal`] or [`SymmetricBanded`] one, the linearised field, a
//! Hessian, a kernel; and any function that multiplies, by [`MatrixFree`].
//!
//! A matrix with all its entries lists its eigenvalues in increasing order. What approaches a spectrum from
//! its ends, in the module `curvature`, begins with the outermost: the largest first, or the smallest
//! first at the lower end.
//!
//! ```
//! use itakura_saito::operator::{Operator, SymmetricTridiagonal};
//!
//! let chain = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2])?;
//! assert_eq!(chain.applied(&[1.0, 0.0, 0.0]), [2.0, -1.0, 0.0]);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod banded;
mod matrix_free;
mod root_free;
pub(crate) mod scale;
mod symmetric;
mod tridiagonal;

pub use banded::SymmetricBanded;
pub use matrix_free::MatrixFree;
pub use symmetric::Symmetric;
pub use tridiagonal::SymmetricTridiagonal;

/// A real symmetric linear map of vectors.
///
/// An implementation is deterministic: the same vector gives the same bits, whatever the number of
/// threads.
///
/// # Examples
///
/// ```
/// use itakura_saito::operator::{MatrixFree, Operator};
///
/// // A reflection: twice applied, it changes nothing.
/// let swap = MatrixFree::new(2, |x: &[f64], y: &mut [f64]| y.copy_from_slice(&[x[1], x[0]]));
/// let mut image = [0.0; 2];
/// swap.apply(&[3.0, 5.0], &mut image);
/// assert_eq!(image, [5.0, 3.0]);
/// assert_eq!(swap.applied(&image), [3.0, 5.0]);
/// ```
pub trait Operator {
    /// The number of entries of the vectors that it takes and gives.
    fn dim(&self) -> usize;

    /// Writes the image of `x` to `y`.
    ///
    /// # Panics
    ///
    /// If one of the two does not have [`Operator::dim`] entries: a mistake of the program, not of its input.
    fn apply(&self, x: &[f64], y: &mut [f64]);

    /// The image of `x`, in a new vector.
    fn applied(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; self.dim()];
        self.apply(x, &mut image);
        image
    }
}
