//! A network on given sequences, as a function of its parameters, with its Jacobian.

use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array2, ArrayView2};

use super::architecture::{Architecture, Sharing};
use super::batch::checked_inputs;
use super::kernels::Real;
use super::pass::Shard;
use super::plan::Plan;
use super::positions::POSITIONS;
use super::tape::Parameters;
use super::{ChannelStatistics, Normalization, Precision, shards};
use crate::{Error, Result, interrupt};

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
    precision: Precision,
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
        let shards = shards::ranges(inputs.nrows(), &architecture, &normalization).into();
        let plan = Arc::new(Plan::new(&architecture, &normalization));
        let precision = Precision::Double;
        Ok(Self { architecture: Arc::new(architecture), plan, inputs, shards, threads, precision })
    }

    /// The same in another precision; at first it is [`Precision::Double`].
    pub fn with_precision(self, precision: Precision) -> Self {
        Self { precision, ..self }
    }

    /// Single or double precision.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The network.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The input sequences, one per row.
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
        Ok(self.predictions_and_statistics(parameters)?.0)
    }

    /// The predictions, and what the batch norms saw in train mode: mean and biased variance of each
    /// channel, one item for each norm in the order of the layout. Nothing with stored statistics.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`].
    pub fn predictions_and_statistics(
        &self,
        parameters: &[f64],
    ) -> Result<(Array2<f64>, Vec<ChannelStatistics>)> {
        let ([predictions], seen) = self.predict::<1>(parameters, &[])?;
        Ok((predictions, seen))
    }

    /// $Jv$, in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`], for the direction too.
    pub fn jacobian_product(&self, parameters: &[f64], direction: &[f64]) -> Result<Array2<f64>> {
        let ([_, product], _) = self.predict::<2>(parameters, &[direction])?;
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
        if self.precision == Precision::Single {
            return directions.iter().map(|row| self.jacobian_product(parameters, row)).collect();
        }
        let mut products = Vec::with_capacity(directions.len());
        for block in directions.chunks(BLOCK - 1) {
            interrupt::check()?;
            let block: Vec<&[f64]> = block.iter().map(Vec::as_slice).collect();
            self.check(parameters, &block)?;
            let (images, _) =
                self.predictions_of(self.predict_shards::<f64, BLOCK>(parameters, &block))?;
            products.extend(images.into_iter().skip(1).take(block.len()));
        }
        Ok(products)
    }

    /// $J^{\mathsf T} u$, one number per parameter; `weights` in the shape of the inputs.
    ///
    /// # Errors
    ///
    /// As [`Predictor::predictions`]; [`Error::ShapeMismatch`] or [`Error::NotFiniteAt`] for the weights.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::network::{Architecture, Normalization, Predictor};
    /// use ndarray::Array2;
    ///
    /// // u·(Jv) = (Jᵀu)·v.
    /// let inputs: Array2<f64> = Array2::from_shape_fn((1, 8), |(_, at)| (at as f64).sin());
    /// let network = Architecture::tiny_cnn();
    /// let (at, v) = (network.initial_parameters(1), network.initial_parameters(2));
    /// let predictor = Predictor::new(network, inputs.clone(), Normalization::none(), 1)?;
    /// let forward: f64 = (&inputs * &predictor.jacobian_product(&at, &v)?).sum();
    /// let back = predictor.transposed_jacobian_product(&at, inputs.view())?;
    /// let back: f64 = back.iter().zip(&v).map(|(one, other)| one * other).sum();
    /// assert!((forward - back).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
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
        self.check(parameters, &[])?;
        let weights: Vec<f64> = weights.iter().copied().collect();
        let ([product], _) = self.pull_back::<1>(parameters, &[], &|entries, [predictions]| {
            self.check_finite(entries.start, predictions)?;
            Ok([weights[entries].to_vec()])
        })?;
        Ok(product)
    }

    /// The Jacobian, one row per prediction: as many passes as a sequence is long.
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
        self.check(parameters, &[])?;
        let sequences: Vec<Range<usize>> = (0..self.inputs.nrows()).map(|at| at..at + 1).collect();
        let rows = match self.precision {
            Precision::Single => self.rows_of_jacobian::<f32>(parameters, &sequences),
            Precision::Double => self.rows_of_jacobian::<f64>(parameters, &sequences),
        };
        let mut entries = Vec::with_capacity(self.output_count() * self.parameter_count());
        for rows in rows {
            rows?.iter().for_each(|row| entries.extend_from_slice(row));
        }
        let shape = (self.output_count(), self.parameter_count());
        Ok(Array2::from_shape_vec(shape, entries).expect("a row for each prediction"))
    }

    /// The rows of the Jacobian that belong to each of some sequences.
    fn rows_of_jacobian<R: Real>(
        &self,
        parameters: &[f64],
        sequences: &[Range<usize>],
    ) -> Vec<Result<Vec<Vec<f64>>>> {
        let parameters = self.laid_out::<R, 1>(parameters, &[]);
        let length = self.inputs.ncols();
        shards::map(sequences, self.threads, |sequence| {
            let first = sequence.start * length;
            let shard = self.shard(sequence);
            let row = |at: usize| {
                interrupt::check()?;
                shard.pull_back::<R, 1>(&parameters, &|[predictions]| {
                    self.check_finite(first, predictions)?;
                    let mut weights = vec![0.0; length];
                    weights[at] = 1.0;
                    Ok([weights])
                })
            };
            (0..length).map(row).collect()
        })
    }

    /// Checks parameters and directions.
    pub(super) fn check(&self, parameters: &[f64], directions: &[&[f64]]) -> Result<()> {
        self.check_parameters("the parameters", "the parameter at ", parameters)?;
        for direction in directions {
            self.check_parameters("the direction", "the direction at ", direction)?;
        }
        Ok(())
    }

    /// Parameters and directions that are known to be good; missing directions are zero.
    ///
    /// Without directions a pass back gives the gradient; with them the products, but not the gradient.
    fn laid_out<R: Real, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
    ) -> Parameters<R, P> {
        let mut numbers = Vec::with_capacity(P * parameters.len());
        for part in std::iter::once(&parameters).chain(directions) {
            numbers.extend(part.iter().map(|&number| R::of(number)));
        }
        numbers.resize(P * parameters.len(), R::zero());
        let asked = if P == 1 { 0..1 } else { 1..P };
        Parameters::new(numbers, asked)
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

    /// All predictions, by parts, and what batch norms saw in train mode.
    fn predict<const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
    ) -> Result<([Array2<f64>; P], Vec<ChannelStatistics>)> {
        self.check(parameters, directions)?;
        self.predictions_of(match self.precision {
            Precision::Single => self.predict_shards::<f32, P>(parameters, directions),
            Precision::Double => self.predict_shards::<f64, P>(parameters, directions),
        })
    }

    /// The predictions of all shards, by parts, if they are finite.
    fn predictions_of<const P: usize>(
        &self,
        (shards, seen): PredictedShards<P>,
    ) -> Result<([Array2<f64>; P], Vec<ChannelStatistics>)> {
        let parts: [Vec<f64>; P] = std::array::from_fn(|part| {
            shards.iter().flat_map(|shard| &shard[part]).copied().collect()
        });
        self.check_finite(0, &parts[0])?;
        let shaped = |part| Array2::from_shape_vec(self.inputs.dim(), part);
        Ok((parts.map(|part| shaped(part).expect("a number an entry")), seen))
    }

    fn predict_shards<R: Real, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
    ) -> PredictedShards<P> {
        let parameters = self.laid_out::<R, P>(parameters, directions);
        let shards =
            shards::map(&self.shards, self.threads, |range| self.shard(range).predict(&parameters));
        (shards, parameters.into_seen())
    }

    /// $J^{\mathsf T} c$ by parts, at parameters and directions that are known to be good, and what batch
    /// norms saw in train mode. `cotangent` makes $c$ by parts from the range of entries of a shard and
    /// their predictions by parts.
    ///
    /// With directions, the first part is not complete: whoever asks for products does not ask for the
    /// gradient. The shards are added in their order, so that threads do not matter.
    pub(super) fn pull_back<const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
        cotangent: Cotangent<'_, P>,
    ) -> Result<PulledBack<P>> {
        match self.precision {
            Precision::Single => self.pull_back_in::<f32, P>(parameters, directions, cotangent),
            Precision::Double => self.pull_back_in::<f64, P>(parameters, directions, cotangent),
        }
    }

    /// The same for [`BLOCK`] parts, in 64 bits: in 32 one more copy of all layers would have to be
    /// compiled, which nobody needs.
    pub(super) fn pull_back_block(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
        cotangent: Cotangent<'_, BLOCK>,
    ) -> Result<PulledBack<BLOCK>> {
        self.pull_back_in::<f64, BLOCK>(parameters, directions, cotangent)
    }

    fn pull_back_in<R: Real, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
        cotangent: Cotangent<'_, P>,
    ) -> Result<PulledBack<P>> {
        let (shards, seen) = self.pull_back_shards::<R, P>(parameters, directions, cotangent);
        let mut shards = shards.into_iter();
        let mut sum = shards.next().expect("a batch has a sequence")?;
        for shard in shards {
            sum.iter_mut().zip(shard?).for_each(|(sum, term)| *sum += term);
        }
        let mut parts = sum.chunks_exact(parameters.len()).map(<[f64]>::to_vec);
        Ok((std::array::from_fn(|_| parts.next().expect("as many parts as went in")), seen))
    }

    fn pull_back_shards<R: Real, const P: usize>(
        &self,
        parameters: &[f64],
        directions: &[&[f64]],
        cotangent: Cotangent<'_, P>,
    ) -> (Vec<Result<Vec<f64>>>, Vec<ChannelStatistics>) {
        let parameters = self.laid_out::<R, P>(parameters, directions);
        let length = self.inputs.ncols();
        let shards = shards::map(&self.shards, self.threads, |range| {
            let entries = range.start * length..range.end * length;
            let shard = self.shard(range);
            shard.pull_back(&parameters, &|predictions| cotangent(entries.clone(), predictions))
        });
        (shards, parameters.into_seen())
    }

    fn shard(&self, range: &Range<usize>) -> Shard<'_> {
        let length = self.inputs.ncols();
        let inputs = self.inputs.as_slice().expect("the constructor stores row-major order");
        let inputs = &inputs[range.start * length..range.end * length];
        Shard { plan: &self.plan, inputs, sequences: range.len(), length }
    }

    /// Refuses a prediction that overflowed; `first` is the index of the first entry.
    pub(super) fn check_finite(&self, first: usize, predictions: &[f64]) -> Result<()> {
        match predictions.iter().position(|value| !value.is_finite()) {
            Some(index) => Err(Error::NotFiniteAt {
                name: "the prediction at ",
                index: self.place(first + index),
                value: predictions[index],
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

/// A product with the transposed Jacobian by parts, and what batch norms saw in train mode.
pub(super) type PulledBack<const P: usize> = ([Vec<f64>; P], Vec<ChannelStatistics>);

/// Makes what is pulled back, by parts, from the range of entries of a shard and their predictions by parts.
pub(super) type Cotangent<'a, const P: usize> =
    &'a (dyn Fn(Range<usize>, &[Vec<f64>; P]) -> Result<[Vec<f64>; P]> + Sync);

/// The predictions of each shard by parts, and what batch norms saw in train mode.
type PredictedShards<const P: usize> = (Vec<[Vec<f64>; P]>, Vec<ChannelStatistics>);

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
