//! Sequences and their targets.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, Axis};

use crate::divergence::PositiveArray;
use crate::{Error, Result};

/// Input sequences, one per row, with a positive target for each entry.
///
/// Cheap to clone: the numbers are shared.
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::network::Batch;
/// use ndarray::{Array2, array};
///
/// let targets: PositiveArray = PositiveArray::new(array![[1.0, 2.0], [0.5, 1.0]].into_dyn())?;
/// let batch: Batch = Batch::new(Array2::zeros((2, 2)), targets)?;
/// assert_eq!((batch.sequences(), batch.length()), (2, 2));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    inputs: Arc<Array2<f64>>,
    targets: Arc<PositiveArray>,
}

impl Batch {
    /// Checks that shapes agree and that the inputs are finite.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`], [`Error::NotFiniteAt`], or [`Error::ShapeMismatch`].
    pub fn new(inputs: Array2<f64>, targets: PositiveArray) -> Result<Self> {
        if targets.shape() != inputs.shape() {
            return Err(Error::ShapeMismatch {
                target: targets.shape().to_vec(),
                prediction: inputs.shape().to_vec(),
                remedy: "give one target for each entry of the input sequences",
            });
        }
        let inputs = Arc::new(checked_inputs(inputs)?);
        Ok(Self { inputs, targets: Arc::new(targets) })
    }

    /// The input sequences, one per row.
    pub fn inputs(&self) -> ArrayView2<'_, f64> {
        self.inputs.view()
    }

    /// The targets, in the same shape.
    pub fn targets(&self) -> &PositiveArray {
        &self.targets
    }

    /// The number of sequences.
    pub fn sequences(&self) -> usize {
        self.inputs.nrows()
    }

    /// The length of each.
    pub fn length(&self) -> usize {
        self.inputs.ncols()
    }

    /// The sequences with these indices, in this order.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for no index, [`Error::OutOfRange`] for one that no sequence has.
    pub fn select(&self, indices: &[usize]) -> Result<Self> {
        if indices.is_empty() {
            return Err(Error::Empty { name: "the selection", remedy: "select a sequence" });
        }
        if let Some(&index) = indices.iter().find(|&&index| index >= self.sequences()) {
            return Err(Error::OutOfRange {
                name: "the index of a sequence",
                value: index as f64,
                lower: 0.0,
                upper: (self.sequences() - 1) as f64,
                remedy: "select among the sequences of the batch",
            });
        }
        Ok(Self {
            inputs: Arc::new(self.inputs.select(Axis(0), indices)),
            targets: Arc::new(PositiveArray::new(self.targets.view().select(Axis(0), indices))?),
        })
    }

    pub(super) fn shared_inputs(&self) -> Arc<Array2<f64>> {
        self.inputs.clone()
    }
}

/// Inputs in row-major order, if there are any and all are finite.
pub(super) fn checked_inputs(inputs: Array2<f64>) -> Result<Array2<f64>> {
    if inputs.is_empty() {
        return Err(Error::Empty { name: "the batch", remedy: "give at least one sequence" });
    }
    if let Some(((row, column), &value)) =
        inputs.indexed_iter().find(|(_, value)| !value.is_finite())
    {
        return Err(Error::NotFiniteAt {
            name: "the input at ",
            index: vec![row, column],
            value,
            remedy: "drop or correct the sequence",
        });
    }
    Ok(inputs.as_standard_layout().into_owned())
}
