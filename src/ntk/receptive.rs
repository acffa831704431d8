//! How far the value of an input reaches, found by changing it.

use crate::Result;
use crate::network::{Architecture, Normalization, Predictor};
use ndarray::{Array2, ArrayView2};

/// The farthest distance at which changing an input by one changes an output at all, over all positions.
///
/// Zeros of the map from inputs to outputs are exact, so that no tolerance is needed: an output out of
/// reach keeps every bit. The statistics of batch norm are `normalization`'s.
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization};
/// use itakura_saito::ntk::input_range;
/// use ndarray::Array2;
///
/// let network: Architecture = Architecture::smooth_tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let inputs: Array2<f64> = Array2::from_shape_fn((1, 24), |(_, at)| (0.7 * at as f64).sin());
/// // Two layers of five taps and one of three: 2 + 2 + 1.
/// assert_eq!(input_range(&network, inputs.view(), &Normalization::none(), &parameters)?, 5);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
///
/// # Errors
///
/// Those of [`Predictor::new`] and [`Predictor::predictions`].
pub fn input_range(
    architecture: &Architecture,
    inputs: ArrayView2<'_, f64>,
    normalization: &Normalization,
    parameters: &[f64],
) -> Result<usize> {
    let predictions = |inputs: Array2<f64>| {
        Predictor::new(architecture.clone(), inputs, normalization.clone(), 1)?
            .predictions(parameters)
    };
    let before = predictions(inputs.to_owned())?;
    let mut range = 0;
    for changed in 0..inputs.ncols() {
        let mut moved = inputs.to_owned();
        moved.column_mut(changed).mapv_inplace(|value| value + 1.0);
        let after = predictions(moved)?;
        for ((index, one), other) in before.indexed_iter().zip(&after) {
            if one != other {
                range = range.max(index.1.abs_diff(changed));
            }
        }
    }
    Ok(range)
}
