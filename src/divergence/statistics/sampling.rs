//! Random samples. A seed is a `u64`, and the same seed gives the same numbers on every run.

use ndarray::Array1;
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::Gamma;

use crate::Result;
use crate::divergence::{Positive, PositiveArray};
use crate::seed::generator;

/// A sample of independent gamma variables with a given shape and mean.
///
/// Variance `mean² / shape`: the noise for which IS is the likelihood. Shape 1 is exponential.
///
/// # Errors
///
/// [`Error::Empty`](crate::Error::Empty) if `count` is zero;
/// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) if a variable underflows to zero, which takes a
/// shape far below one, or if the mean divided by the shape is beyond the range of `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Positive, gamma_sample};
///
/// let sample = gamma_sample(Positive::new(2.0)?, Positive::new(5.0)?, 100_000, 1)?;
/// let standard_error = 5.0 / (2.0f64 * 100_000.0).sqrt();
/// assert!((sample.arithmetic_mean().get() - 5.0).abs() < 4.0 * standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gamma_sample(
    shape: Positive,
    mean: Positive,
    count: usize,
    seed: u64,
) -> Result<PositiveArray> {
    let noise = Array1::random_using(count, unit_gamma(shape)?, &mut generator(seed));
    PositiveArray::named(
        (noise * mean.get()).into_dyn(),
        "the gamma variable at ",
        "choose a larger shape, or a mean closer to one",
    )
}

/// The gamma distribution with mean one.
pub(super) fn unit_gamma(shape: Positive) -> Result<Gamma<f64>> {
    let scale = Positive::named(
        "the reciprocal of the shape of a gamma variable",
        shape.get().recip(),
        "choose a shape closer to one",
    )?;
    Ok(Gamma::new(shape.get(), scale.get()).expect("a positive, finite shape and scale"))
}
