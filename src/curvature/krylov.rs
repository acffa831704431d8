//! What every iteration here begins with: a start vector, and products that are checked.

use ndarray::Array1;
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::StandardNormal;

use super::basis::norm;
use crate::operator::Operator;
use crate::seed::generator;
use crate::{Error, Result, interrupt};

/// A start vector with independent normal entries.
///
/// ```
/// use itakura_saito::curvature::random_start;
///
/// assert_eq!(random_start(3, 1), random_start(3, 1));
/// ```
pub fn random_start(dimension: usize, seed: u64) -> Vec<f64> {
    Array1::random_using(dimension, StandardNormal, &mut generator(seed)).to_vec()
}

/// The image of `x`, if it is finite.
pub(super) fn product(operator: &dyn Operator, x: &[f64], image: &mut [f64]) -> Result<()> {
    interrupt::check()?;
    operator.apply(x, image);
    match image.iter().position(|entry| !entry.is_finite()) {
        None => Ok(()),
        Some(index) => Err(Error::NotFiniteAt {
            name: "the operator's product at ",
            index: vec![index],
            value: image[index],
            remedy: "look for NaN or overflow in what the operator is made of, weights and data first",
        }),
    }
}

/// The larger of two sizes of images of unit vectors, none of them above the largest number.
pub(super) fn larger(scale: f64, size: f64) -> Result<f64> {
    if size.is_finite() {
        return Ok(scale.max(size));
    }
    Err(Error::NotFinite {
        name: "the length of the operator's product with a unit vector",
        value: size,
        remedy: "an eigenvalue is as large as that; use a larger unit",
    })
}

/// Refuses an operator on no space at all.
pub(super) fn check_dimension(dimension: usize) -> Result<()> {
    if dimension > 0 {
        return Ok(());
    }
    Err(Error::Empty { name: "the space of the operator", remedy: "give it a dimension" })
}

/// Checks that so many steps fit into the dimension.
pub(super) fn check_steps(steps: usize, dimension: usize) -> Result<()> {
    check_dimension(dimension)?;
    if steps == 0 {
        return Err(Error::TooFew {
            name: "the number of Lanczos steps",
            count: 0,
            minimum: 1,
            remedy: "one step gives one Ritz value",
        });
    }
    if steps > dimension {
        return Err(Error::OutOfRange {
            name: "the number of Lanczos steps",
            value: steps as f64,
            lower: 1.0,
            upper: dimension as f64,
            remedy: "there are no more eigenvalues than dimensions",
        });
    }
    Ok(())
}

/// The start vector at length one.
pub(super) fn unit_start(operator: &dyn Operator, start: &[f64]) -> Result<Vec<f64>> {
    if start.len() != operator.dim() {
        return Err(Error::Lengths {
            name: "the start vector",
            expected: operator.dim(),
            found: start.len(),
            remedy: "give one entry for each dimension of the operator",
        });
    }
    if let Some(index) = start.iter().position(|entry| !entry.is_finite()) {
        return Err(Error::NotFiniteAt {
            name: "the start vector at ",
            index: vec![index],
            value: start[index],
            remedy: "a random vector is a good start",
        });
    }
    // Divided by its largest entry first, so that no square overflows or vanishes.
    let largest = start.iter().fold(0.0f64, |largest, entry| largest.max(entry.abs()));
    if largest == 0.0 {
        return Err(Error::NotPositive {
            name: "the norm of the start vector",
            value: 0.0,
            remedy: "zero spans nothing: take a random vector",
        });
    }
    let scaled: Vec<f64> = start.iter().map(|entry| entry / largest).collect();
    let length = norm(&scaled);
    Ok(scaled.iter().map(|entry| entry / length).collect())
}
