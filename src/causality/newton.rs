//! An update without a cone.

use ndarray::Array1;

use super::LocalKernel;
use crate::{Error, Result};

/// The response of all nodes to a unit change of the slope at one of them, where an update multiplies by
/// $K^{-1}$: the counterexample to "any optimiser". A damped natural gradient multiplies by $K(K + \mu)^{-1}$, which
/// is as full; undamped the factors cancel, and its step on the outputs is local.
///
/// The inverse of a banded matrix is full. Every node responds in the first step.
///
/// ```
/// use itakura_saito::causality::{Graph, LocalKernel, newton_response};
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
/// let response: Vec<f64> = newton_response(&kernel, 0)?;
/// assert!(response.iter().all(|value| *value != 0.0));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::OutOfRange`] for a node that does not exist, or if the kernel is singular.
pub fn newton_response(kernel: &LocalKernel, source: usize) -> Result<Vec<f64>> {
    let source = kernel.graph().checked("the source", source)?;
    let (eigenvalues, vectors) = kernel.matrix()?.eigenpairs();
    let largest = eigenvalues[eigenvalues.len() - 1];
    let rounding = eigenvalues.len() as f64 * f64::EPSILON * largest;
    if eigenvalues[0] <= rounding {
        return Err(Error::OutOfRange {
            name: "the smallest eigenvalue of the kernel",
            value: eigenvalues[0],
            lower: rounding,
            upper: f64::MAX,
            remedy: "a singular kernel has no inverse: add something to its diagonal",
        });
    }
    let inverses: Array1<f64> = eigenvalues.iter().map(|value| value.recip()).collect();
    let column = &inverses * &vectors.row(source);
    Ok(vectors.dot(&column).to_vec())
}
