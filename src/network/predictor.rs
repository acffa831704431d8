//! A network on given sequences, as a function of its parameters, with its Jacobian.

use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array2, ArrayView2};

use super::architecture::{Architecture, Sharing};
use super::batch::checked_inputs;
use super::pass::Shard;
use super::plan::Plan;
use super::positions::POSITIONS;
use super::scalar::{Dual, Scalar};
use super::tape::Parameters;
use super::{Normalization, shards};
use crate::{Error, Result};

/// A network on given sequences: the map from its parameters to its predictions.
///
/// Products with the Jacobian $J$ of that map are exact; the rows of $J$ are the predictions in row-major
/// order of (sequence, position), its columns the parameters. Cheap to clone.
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization, Predictor};
/// use ndarray::Array2;
///
/// let inputs: Array2<f64> = Array2::from_shape_fn((2, 16), |(row, at)| ((row + at) as f64).sin());
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let predictor: Predictor = Predictor::new(network, inputs, Normalization::none(), 1)?;
/// let predictions: Array2<f64> = predictor.predictions(&parameters)?;
/// assert!(predictions.iter().all(|&prediction| prediction > 0.0));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Predictor {
    architecture: Arc<Architecture>,
    plan: Arc<Plan>,
    inputs: Arc<Array2<f64>>,
    shards: Arc<[Range<usize>]>,
    threads: usize,
}

impl Predictor {
    /// Checks that everything fits together. `threads` share the sequences; their number changes no bit
    /// of any result.
    ///
    /// # Errors
    ///
    /// Those of [`Architecture::validate`] and [`Normalization::validate`]; [`Error::Empty`] or
    /// [`Error::NotFiniteAt`] for the inputs; [`Error::Lengths`] or [`Error::OutOfRange`] for sequences
    /// that the network cannot take; [`Error::TooFew`] for no thread.
    pub fn new(
        architecture: Architecture,
        inputs: Array2<f64>,
        normalization: Normalization,
        threads: usize,
    ) -> Result<Self> {
        Self::shared(architecture, Arc::new(checked_inputs(inputs)?), normalization, threads)
    }

    /// The same with inputs that are checked and shared.
    pub(super) fn shared(
        architecture: Architecture,
        inputs: Arc<Array2<f64>>,
        normalization: Normalization,
        threads: usize,
    ) -> Result<Self> {
        architecture.validate()?;
        normalization.validate(&architecture)?;
        check_length(&architecture, inputs.ncols())?;
        if threads == 0 {
            return Err(Error::TooFew {
                name: "the number of threads",
                count: 0,
                minimum: 1,
                remedy: "one thread is enough",
            });
        }
        shards::keep_freed_memory();
        let shards = shards::ranges(inputs.nrows(), &normalization).into();
        let plan = Arc::new(Plan::new(&architecture, &normalization));
        Ok(Self { architecture: Arc::new(architecture), plan, inputs, shards, threads })
    }

    /// The network.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The input sequences, one a row.
    pub fn inputs(&self) -> ArrayView2<'_, f64> {
        self.inputs.view()
    }

    /// The number of parameters.
    pub fn parameter_count(&self) -> usize {
        self.architecture.parameter_count()
    }

    /// The number of predictions.
    pub fn output_count(&self) -> usize {
        self.inputs.len()
    }

    /// The predictions, in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] or [`Error::NotFiniteAt`] for the parameters, [`Error::NotFiniteAt`] for a
    /// prediction that overflowed.
    pub fn predictions(&self, parameters: &[f64]) -> Result<Array2<f64>> {
        let laid_out = self.directions::<f64, 1>(parameters, &[])?;
        let [predictions] = self.predict::<f64, 1>(&laid_out)?;
        Ok(predictions)
    }

    /// $Jv$, in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`], for the direction too.
    pub fn jacobian_product(&self, parameters: &[f64], direction: &[f64]) -> Result<Array2<f64>> {
        let laid_out = self.directions::<Dual<2>, 2>(parameters, &[direction])?;
        let [_, product] = self.predict::<Dual<2>, 2>(&laid_out)?;
        Ok(product)
    }

    /// $J v_i$ for several directions, the rows of `directions`; each product in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// As [`Predictor::jacobian_product`].
    pub fn jacobian_products(
        &self,
        parameters: &[f64],
        directions: ArrayView2<'_, f64>,
    ) -> Result<Vec<Array2<f64>>> {
        let directions: Vec<Vec<f64>> =
            directions.rows().into_iter().map(|row| row.to_vec()).collect();
        let mut products = Vec::with_capacity(directions.len());
        for block in directions.chunks(BLOCK - 1) {
            let block: Vec<&[f64]> = block.iter().map(Vec::as_slice).collect();
            let laid_out = self.directions::<Dual<BLOCK>, BLOCK>(parameters, &block)?;
            let images = self.predict::<Dual<BLOCK>, BLOCK>(&laid_out)?;
            products.extend(images.into_iter().skip(1).take(block.len()));
        }
        Ok(products)
    }

    /// $J^{\mathsf T} u$, one number a parameter; `weights` in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`]; [`Error::ShapeMismatch`] or [`Error::NotFiniteAt`] for the weights.
    pub fn transposed_jacobian_product(
        &self,
        parameters: &[f64],
        weights: ArrayView2<'_, f64>,
    ) -> Result<Vec<f64>> {
        if weights.dim() != self.inputs.dim() {
            return Err(Error::ShapeMismatch {
                target: self.inputs.shape().to_vec(),
                prediction: weights.shape().to_vec(),
                remedy: "give one weight for each prediction",
            });
        }
        if let Some(((row, at), &value)) = weights.indexed_iter().find(|(_, w)| !w.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the weight at ",
                index: vec![row, at],
                value,
                remedy: "a product with an infinite weight means nothing",
            });
        }
        let laid_out = self.directions::<f64, 1>(parameters, &[])?;
        let weights: Vec<f64> = weights.iter().copied().collect();
        let [product] = self.pull_back::<f64, 1>(&laid_out, |entries, predictions| {
            self.check_finite(entries.start, predictions)?;
            Ok(weights[entries].to_vec())
        })?;
        Ok(product)
    }

    /// The Jacobian, one row a prediction: as many passes as a sequence is long.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`]; [`Error::OutOfRange`] for batch norm in train mode, where the
    /// sequences of a batch cannot be told apart.
    pub fn jacobian(&self, parameters: &[f64]) -> Result<Array2<f64>> {
        if self.plan.couples_sequences() {
            return Err(Error::OutOfRange {
                name: "the number of sequences that a prediction depends on",
                value: self.inputs.nrows() as f64,
                lower: 1.0,
                upper: 1.0,
                remedy: "freeze the statistics of batch norm: Normalization::Frozen",
            });
        }
        let laid_out = self.directions::<f64, 1>(parameters, &[])?;
        let length = self.inputs.ncols();
        let sequences: Vec<Range<usize>> = (0..self.inputs.nrows()).map(|at| at..at + 1).collect();
        let rows = shards::map(&sequences, self.threads, |sequence| {
            let first = sequence.start * length;
            let shard = self.shard(sequence);
            let row = |at: usize| {
                shard.pull_back::<f64, 1>(&laid_out, |predictions| {
                    self.check_finite(first, predictions)?;
                    let mut weights = vec![0.0; length];
                    weights[at] = 1.0;
                    Ok(weights)
                })
            };
            (0..length).map(row).collect::<Result<Vec<_>>>()
        });
        let mut entries = Vec::with_capacity(self.output_count() * self.parameter_count());
        for rows in rows {
            rows?.iter().for_each(|row| entries.extend_from_slice(row));
        }
        let shape = (self.output_count(), self.parameter_count());
        Ok(Array2::from_shape_vec(shape, entries).expect("a row for each prediction"))
    }

    /// Checks parameters and directions, and lays them out.
    pub(super) fn directions<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
    ) -> Result<Parameters<E, P>> {
        self.check_parameters("the parameters", "the parameter at ", parameters)?;
        for direction in directions {
            self.check_parameters("the direction", "the direction at ", direction)?;
        }
        Ok(self.laid_out(parameters, directions))
    }

    /// Parameters and directions that are known to be good; missing directions are zero.
    pub(super) fn laid_out<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
    ) -> Parameters<E, P> {
        Parameters::new(std::array::from_fn(|part| match part {
            0 => parameters.to_vec(),
            _ => match directions.get(part - 1) {
                Some(direction) => direction.to_vec(),
                None => vec![0.0; parameters.len()],
            },
        }))
    }

    /// Checks that `values` are finite numbers, one for each parameter.
    pub(super) fn check_parameters(
        &self,
        name: &'static str,
        entry: &'static str,
        values: &[f64],
    ) -> Result<()> {
        let expected = self.parameter_count();
        if values.len() != expected {
            return Err(Error::Lengths {
                name,
                expected,
                found: values.len(),
                remedy: "give one number a parameter, in the order of the layout",
            });
        }
        match values.iter().position(|value| !value.is_finite()) {
            Some(index) => Err(Error::NotFiniteAt {
                name: entry,
                index: vec![index],
                value: values[index],
                remedy: "find out where training diverged",
            }),
            None => Ok(()),
        }
    }

    /// All predictions, by parts.
    fn predict<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &Parameters<E, P>,
    ) -> Result<[Array2<f64>; P]> {
        let shards = shards::map(&self.shards, self.threads, |range| {
            self.shard(range).predict::<E, P>(parameters)
        });
        let entries: Vec<E> = shards.concat();
        self.check_finite::<E, P>(0, &entries)?;
        let part = |part: usize| entries.iter().map(|entry| entry.parts()[part]).collect();
        Ok(std::array::from_fn(|index| {
            Array2::from_shape_vec(self.inputs.dim(), part(index)).expect("a number an entry")
        }))
    }

    /// $J^{\mathsf T} c$ by parts. `cotangent` gets the range of entries of a shard and their predictions.
    ///
    /// The shards are added in their order, so that threads do not matter.
    pub(super) fn pull_back<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &Parameters<E, P>,
        cotangent: impl Fn(Range<usize>, &[E]) -> Result<Vec<E>> + Sync,
    ) -> Result<[Vec<f64>; P]> {
        let length = self.inputs.ncols();
        let shards = shards::map(&self.shards, self.threads, |range| {
            let entries = range.start * length..range.end * length;
            self.shard(range)
                .pull_back::<E, P>(parameters, |predictions| cotangent(entries, predictions))
        });
        let mut shards = shards.into_iter();
        let mut sum = shards.next().expect("a batch has a sequence")?;
        for shard in shards {
            sum.iter_mut().zip(shard?).for_each(|(sum, term)| *sum += term);
        }
        let parts: Vec<[f64; P]> = sum.into_iter().map(Scalar::parts).collect();
        Ok(std::array::from_fn(|part| parts.iter().map(|parts| parts[part]).collect()))
    }

    fn shard(&self, range: &Range<usize>) -> Shard<'_> {
        let length = self.inputs.ncols();
        let inputs = self.inputs.as_slice().expect("the constructor stores row-major order");
        let inputs = &inputs[range.start * length..range.end * length];
        Shard { plan: &self.plan, inputs, sequences: range.len(), length }
    }

    /// Refuses a prediction that overflowed; `first` is the index of the first entry.
    pub(super) fn check_finite<E: Scalar<P>, const P: usize>(
        &self,
        first: usize,
        predictions: &[E],
    ) -> Result<()> {
        let values = || predictions.iter().map(|prediction| prediction.parts()[0]);
        match values().position(|value| !value.is_finite()) {
            Some(index) => Err(Error::NotFiniteAt {
                name: "the prediction at ",
                index: self.place(first + index),
                value: values().nth(index).expect("the position was found"),
                remedy: "the network overflowed; start from smaller parameters",
            }),
            None => Ok(()),
        }
    }

    /// Sequence and position of an entry.
    pub(super) fn place(&self, entry: usize) -> Vec<usize> {
        vec![entry / self.inputs.ncols(), entry % self.inputs.ncols()]
    }
}

/// The parts of the dual numbers of a block product: a value and seven directions, one widest vector.
pub(super) const BLOCK: usize = 8;

fn check_length(architecture: &Architecture, length: usize) -> Result<()> {
    match (architecture, architecture.stack()) {
        (_, Some((_, Sharing::Untied { length: expected }))) if expected != length => {
            Err(Error::Lengths {
                name: "a sequence",
                expected,
                found: length,
                remedy: "an untied network has weights for one length only",
            })
        }
        (Architecture::Transformer1d, _) if length > POSITIONS => Err(Error::OutOfRange {
            name: "the length of a sequence",
            value: length as f64,
            lower: 1.0,
            upper: POSITIONS as f64,
            remedy: "the Transformer's table of positions ends there",
        }),
        _ => Ok(()),
    }
}
