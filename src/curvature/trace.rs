//! The trace of an operator from products with random vectors.

use super::basis::{Basis, dot, norm};
use super::estimate::{Estimate, at_least, random_signs};
use super::krylov::{check_dimension, product};
use super::ritz::rounding_floor;
use crate::error::finite;
use crate::operator::Operator;
use crate::{Error, Result, seed};

/// The trace by Hutchinson's estimator: the mean of $z^{\mathsf T} M z$ over vectors of random signs.
///
/// Unbiased; the variance of a sample is $2 \sum_{i \ne j} M_{ij}^2$, so that the standard error falls
/// with the root of the number of probes.
///
/// # Errors
///
/// [`Error::TooFew`] for fewer than two probes, [`Error::Empty`] for an operator without dimensions,
/// [`Error::NotFiniteAt`] or [`Error::NotFinite`] if a product or a form is not finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::curvature::hutchinson;
/// use itakura_saito::operator::SymmetricTridiagonal;
///
/// let chain = SymmetricTridiagonal::new(vec![2.0; 100], vec![-1.0; 99])?;
/// let trace = hutchinson(&chain, 50, 1)?;
/// assert!((trace.value - 200.0).abs() < 3.0 * trace.standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn hutchinson(operator: &dyn Operator, probes: usize, seed: u64) -> Result<Estimate> {
    at_least("the number of probes", probes, 2)?;
    check_dimension(operator.dim())?;
    let samples = quadratic_forms(operator, &Basis::new(operator.dim(), 0), probes, seed)?;
    Ok(Estimate::of(&samples, probes))
}

/// The trace by Hutch++ (R. Meyer, C. Musco, C. Musco, D. Woodruff 2021): the large eigenvalues exactly,
/// the rest by Hutchinson.
///
/// A third of the products makes an orthonormal $Q$ from images of random vectors, a third gives
/// $\operatorname{tr} Q^{\mathsf T} M Q$ exactly, and the last third estimates the trace on the
/// complement of $Q$, where little is left if a few directions dominate, as in a Hessian. Unbiased; the
/// standard error is that of the last third.
///
/// # Errors
///
/// [`Error::TooFew`] for fewer than six products; [`Error::OutOfRange`] if a third of them exceeds the
/// dimension; [`Error::Empty`] for an operator without dimensions; [`Error::NotFiniteAt`] or
/// [`Error::NotFinite`] if a product or the trace is not finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::curvature::{hutch_plus_plus, hutchinson};
/// use itakura_saito::operator::Symmetric;
/// use ndarray::Array2;
///
/// // One eigenvalue, 60, and fifty-nine zeros.
/// let ones = Symmetric::new(Array2::ones((60, 60)))?;
/// assert!((hutch_plus_plus(&ones, 6, 1)?.value - 60.0).abs() < 1e-10);
/// assert!(hutchinson(&ones, 6, 1)?.standard_error > 1.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn hutch_plus_plus(operator: &dyn Operator, products: usize, seed: u64) -> Result<Estimate> {
    at_least("the number of products", products, 6)?;
    check_dimension(operator.dim())?;
    let third = products / 3;
    if third > operator.dim() {
        return Err(Error::OutOfRange {
            name: "a third of the number of products",
            value: third as f64,
            lower: 2.0,
            upper: operator.dim() as f64,
            remedy: "as many products as dimensions give the trace exactly",
        });
    }
    let sketch = range_of(operator, third, seed::stream(seed, 0))?;
    let mut image = vec![0.0; operator.dim()];
    let mut captured = 0.0;
    for vector in sketch.vectors() {
        product(operator, vector, &mut image)?;
        captured += dot(vector, &image);
    }
    let rest = quadratic_forms(operator, &sketch, third, seed::stream(seed, 1))?;
    let rest = Estimate::of(&rest, third + sketch.len() + third);
    Ok(Estimate { value: finite(TRACE, captured + rest.value, TOO_LARGE)?, ..rest })
}

/// An orthonormal basis of the images of random vectors.
fn range_of(operator: &dyn Operator, count: usize, seed: u64) -> Result<Basis> {
    let mut basis = Basis::new(operator.dim(), count);
    let mut image = vec![0.0; operator.dim()];
    for number in 0..count {
        let probe = random_signs(operator.dim(), seed::stream(seed, number as u64));
        product(operator, &probe, &mut image)?;
        let before = norm(&image);
        basis.project_out(&mut image);
        let length = norm(&image);
        // Where the operator has a lower rank, nothing is left but rounding.
        if length > rounding_floor(operator.dim(), before, f64::EPSILON) {
            basis.push_scaled(&image, length);
        }
    }
    Ok(basis)
}

/// $z^{\mathsf T} M z$ for vectors of random signs, each without its part in the basis.
fn quadratic_forms(
    operator: &dyn Operator,
    without: &Basis,
    count: usize,
    seed: u64,
) -> Result<Vec<f64>> {
    let mut image = vec![0.0; operator.dim()];
    let form = |number: usize| {
        let mut probe = random_signs(operator.dim(), seed::stream(seed, number as u64));
        without.project_out(&mut probe);
        product(operator, &probe, &mut image)?;
        finite(TRACE, dot(&probe, &image), TOO_LARGE)
    };
    (0..count).map(form).collect()
}

const TRACE: &str = "the trace, or an estimate of it from one vector,";
const TOO_LARGE: &str = "it is a sum over all dimensions: use a larger unit";
