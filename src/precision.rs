//! Single or double precision.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The precision in which a network computes its predictions and their derivatives, or an algorithm its vectors.
///
/// What goes into a network and comes out has 64 bits in either case; with [`Precision::Single`]
/// parameters, directions and inputs are rounded to 32 bits first, and each layer computes in 32 bits.
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization, Precision, Predictor};
/// use ndarray::Array2;
///
/// let inputs: Array2<f64> = Array2::from_shape_fn((2, 16), |(row, at)| ((row + at) as f64).sin());
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let double: Predictor = Predictor::new(network, inputs, Normalization::none(), 1)?;
/// let single: Predictor = double.clone().with_precision(Precision::Single);
/// let difference = (double.predictions(&parameters)? - single.predictions(&parameters)?)
///     .mapv(f64::abs)
///     .sum();
/// assert!(difference > 0.0 && difference < 1e-5);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// 32 bits, seven digits: as section 17 trains and takes its Hessians.
    Single,
    /// 64 bits, sixteen digits.
    #[default]
    Double,
}

impl Precision {
    /// The distance from 1 to the next number.
    pub fn epsilon(self) -> f64 {
        match self {
            Self::Single => f64::from(f32::EPSILON),
            Self::Double => f64::EPSILON,
        }
    }

    /// The smallest number that has all its digits.
    pub(crate) fn smallest(self) -> f64 {
        match self {
            Self::Single => f64::from(f32::MIN_POSITIVE),
            Self::Double => f64::MIN_POSITIVE,
        }
    }

    /// A number as this arithmetic keeps it.
    pub(crate) fn rounded(self, number: f64) -> f64 {
        match self {
            Self::Single => f64::from(number as f32),
            Self::Double => number,
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Single => "f32",
            Self::Double => "f64",
        })
    }
}
