//! A mean over random vectors, with its standard error.

use libm::scalbn;

use super::krylov::random_start;
use crate::operator::scale::{exponent_where_needed, in_units, largest};
use crate::{Error, Result};

/// An estimate from random vectors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean over the vectors.
    pub value: f64,
    /// Its standard error: three of them are exceeded by one seed in 370.
    pub standard_error: f64,
    /// How many products with the operator it took.
    pub products: usize,
}

impl Estimate {
    /// The mean of independent samples, at least two.
    pub(super) fn of(samples: &[f64], products: usize) -> Self {
        // In units of a power of two where a square would leave the range of numbers.
        let exponent = exponent_where_needed(largest(samples));
        let samples = in_units(samples, exponent);
        let count = samples.len() as f64;
        let mean = samples.iter().sum::<f64>() / count;
        let squares: f64 = samples.iter().map(|sample| (sample - mean).powi(2)).sum();
        let standard_error = (squares / (count * (count - 1.0))).sqrt();
        let [value, standard_error] = [mean, standard_error].map(|number| scalbn(number, exponent));
        Self { value, standard_error, products }
    }
}

/// A vector of independent signs.
pub(super) fn random_signs(dimension: usize, seed: u64) -> Vec<f64> {
    random_start(dimension, seed).into_iter().map(f64::signum).collect()
}

pub(super) fn at_least(name: &'static str, count: usize, minimum: usize) -> Result<()> {
    let remedy = "a standard error takes at least two independent vectors";
    if count < minimum {
        return Err(Error::TooFew { name, count, minimum, remedy });
    }
    Ok(())
}
