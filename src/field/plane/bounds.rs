//! The smallest eigenvalue of the Hessian, between two bounds.
//!
//! All entries beside the diagonal are negative or zero, and the points are connected. So the smallest
//! eigenvalue belongs to the only positive eigenvector, and every positive vector $v$ encloses it
//! (Collatz 1942, Wielandt 1950):
//!
//! $$ \min_i \frac{(Hv)\_i}{v_i} \\;\le\\; \lambda_{\min} \\;\le\\; \max_i \frac{(Hv)\_i}{v_i} . $$

use libm::scalbn;

use super::conjugate_gradient::{Hessian, Solution, norm};
use super::poisson::Poisson;
use crate::operator::Operator;

/// The bounds may differ by this much of the upper one.
const WIDTH: f64 = 1e-6;
/// Noda's iteration converges quadratically; a dozen rounds leave room for slow starts.
const ROUNDS: usize = 12;

/// Bounds below and above the smallest eigenvalue of `hessian`.
///
/// Noda's iteration (1971): inverse iteration, shifted to just below the lower bound, which keeps the shifted
/// Hessian positive definite and its inverse positive. The bounds hold for each vector by itself, whatever
/// the solver did; they widen by the rounding of the product, which the certificate states.
pub(super) fn smallest_eigenvalue(hessian: &Hessian<'_>, poisson: &mut Poisson) -> (f64, f64) {
    let exponent = hessian.exponent();
    let mut hessian = hessian.in_units(exponent);
    let count = hessian.masses.len();
    let mut vector = vec![1.0; count];
    let mut image = vec![0.0; count];
    let mut bounds = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        hessian.apply(&vector, &mut image);
        let (low, high) = enclosed(&image, &vector);
        bounds = (bounds.0.max(low), bounds.1.min(high));
        let width = bounds.1 - bounds.0;
        if width <= WIDTH * bounds.1.abs() {
            break;
        }
        let shift = bounds.0 - 0.05 * width;
        hessian.masses.iter_mut().for_each(|mass| *mass -= shift);
        let solution = hessian.solve(&vector, 1e-9, poisson);
        hessian.masses.iter_mut().for_each(|mass| *mass += shift);
        let Solution::Found(next, _) = solution else { break };
        if next.iter().any(|&value| value <= 0.0) {
            break;
        }
        let size = norm(&next);
        vector = next.iter().map(|value| value / size).collect();
    }
    (scalbn(bounds.0, exponent), scalbn(bounds.1, exponent))
}

/// The extremes of the ratios of two vectors.
fn enclosed(image: &[f64], vector: &[f64]) -> (f64, f64) {
    let ratios = image.iter().zip(vector).map(|(image, value)| image / value);
    ratios.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), ratio| {
        (low.min(ratio), high.max(ratio))
    })
}
