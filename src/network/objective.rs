//! A loss of a network on a batch, as a function of the parameters, with exact derivatives.

use ndarray::{Array2, ArrayView2, Axis};

use super::predictor::BLOCK;
use super::{Architecture, Batch, ChannelStatistics, Normalization, Precision, Predictor};
use crate::divergence::{Link, Loss, LossTerm, Positive};
use crate::operator::Symmetric;
use crate::{Error, Result, interrupt};

/// Which part of the Hessian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurvaturePart {
    /// All of it.
    Hessian,
    /// $J^{\mathsf T} D J$, from the curvature of the loss.
    GaussNewton,
    /// The rest, $\sum_i \ell'\_i \nabla^2 z_i / n$, from the curvature of the network.
    Residual,
}

/// A loss of a network on a batch, as a function of its parameters $\theta$.
///
/// $$ L(\theta) = \frac1n \sum_i \ell(y_i, f(z_i(\theta))), \qquad
///    H = \underbrace{J^{\mathsf T} D J}\_{\text{Gauss-Newton}} + \underbrace{\sum_i \ell'\_i \nabla^2 z_i /n}\_{\text{residual}} $$
///
/// with the outputs $z$ of the network, their Jacobian $J$, the [`Link`] $f$, and
/// $D = \operatorname{diag}(\ell''\_i)/n$; the primes are derivatives in the output. At first the link is the
/// identity: the output is the prediction. All products are exact to rounding: the reverse pass runs
/// over dual numbers. Cheap to clone.
///
/// ```
/// use itakura_saito::divergence::{Loss, PositiveArray};
/// use itakura_saito::network::{Architecture, Batch, Normalization, Objective};
/// use ndarray::Array2;
///
/// let inputs: Array2<f64> = Array2::from_shape_fn((2, 16), |(row, at)| ((row + at) as f64).sin());
/// let targets: PositiveArray = PositiveArray::new(inputs.mapv(f64::exp).into_dyn())?;
/// let batch: Batch = Batch::new(inputs, targets)?;
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let objective: Objective =
///     Objective::new(network, Loss::ITAKURA_SAITO, batch, Normalization::none(), 1)?;
/// let (loss, gradient): (f64, Vec<f64>) = objective.gradient(&parameters)?;
/// let downhill: Vec<f64> =
///     parameters.iter().zip(&gradient).map(|(weight, slope)| weight - 0.01 * slope).collect();
/// assert!(objective.value(&downhill)? < loss);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Objective {
    predictor: Predictor,
    batch: Batch,
    loss: Loss,
    link: Link,
}

impl Objective {
    /// Checks that everything fits together.
    ///
    /// # Errors
    ///
    /// Those of [`Predictor::new`].
    pub fn new(
        architecture: Architecture,
        loss: Loss,
        batch: Batch,
        normalization: Normalization,
        threads: usize,
    ) -> Result<Self> {
        let inputs = batch.shared_inputs();
        let predictor = Predictor::shared(architecture, inputs, normalization, threads)?;
        Ok(Self { predictor, batch, loss, link: Link::Identity })
    }

    /// The same with another link between the outputs of the network and its predictions.
    pub fn with_link(self, link: Link) -> Self {
        Self { link, ..self }
    }

    /// The same in another precision; at first it is [`Precision::Double`].
    ///
    /// The terms of the loss have 64 bits in either case.
    pub fn with_precision(mut self, precision: Precision) -> Self {
        self.predictor = self.predictor.with_precision(precision);
        self
    }

    /// The network on the inputs of the batch.
    pub fn predictor(&self) -> &Predictor {
        &self.predictor
    }

    /// The batch.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// The loss.
    pub fn loss(&self) -> Loss {
        self.loss
    }

    /// How predictions follow from the outputs of the network.
    pub fn link(&self) -> Link {
        self.link
    }

    /// The number of parameters.
    pub fn parameter_count(&self) -> usize {
        self.predictor.parameter_count()
    }

    /// The predictions, in the shape of the batch.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] or [`Error::NotFiniteAt`] for the parameters, [`Error::NotFiniteAt`] or
    /// [`Error::NotPositiveAt`] for a prediction that overflowed or underflowed.
    pub fn predictions(&self, parameters: &[f64]) -> Result<Array2<f64>> {
        let outputs = self.predictor.predictions(parameters)?;
        if (self.loss, self.link) == (Loss::MeanSquaredError, Link::Identity) {
            return Ok(outputs);
        }
        let shape = outputs.dim();
        let predictions = self.link.predictions(outputs.into_dyn())?.into_array();
        Ok(predictions.into_shape_with_order(shape).expect("one prediction for each output"))
    }

    /// $L(\theta)$.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`]; [`Error::NotFinite`] if the loss overflows.
    pub fn value(&self, parameters: &[f64]) -> Result<f64> {
        let outputs = self.predictor.predictions(parameters)?;
        let mut sum = 0.0;
        for (entry, (target, &output)) in self.batch.targets().iter().zip(&outputs).enumerate() {
            sum += self.term(entry, target, output)?.value;
        }
        self.mean(sum)
    }

    /// The loss of one entry, with its derivatives in the output. Inlined, it costs what its caller uses.
    #[inline(always)]
    fn term(&self, entry: usize, target: Positive, output: f64) -> Result<LossTerm> {
        match self.loss.behind(self.link, target, output) {
            Ok(term) => Ok(term),
            Err(error) => Err(self.located(entry, error)),
        }
    }

    /// The error of an entry, with its place.
    #[cold]
    fn located(&self, entry: usize, error: Error) -> Error {
        match error {
            Error::NotPositive { value, remedy, .. } => Error::NotPositiveAt {
                name: "the prediction at ",
                index: self.predictor.place(entry),
                value,
                remedy,
            },
            other => other,
        }
    }

    /// $L(\theta)$ and $\nabla L(\theta)$.
    ///
    /// # Errors
    ///
    /// As [`Objective::value`]; [`Error::NotFiniteAt`] if a derivative overflows.
    pub fn gradient(&self, parameters: &[f64]) -> Result<(f64, Vec<f64>)> {
        let (value, gradient, _) = self.gradient_and_statistics(parameters)?;
        Ok((value, gradient))
    }

    /// $L(\theta)$ and $\nabla L(\theta)$, and what the batch norms saw in train mode, as
    /// [`Predictor::predictions_and_statistics`].
    ///
    /// # Errors
    ///
    /// As [`Objective::value`]; [`Error::NotFiniteAt`] if a derivative overflows.
    pub fn gradient_and_statistics(
        &self,
        parameters: &[f64],
    ) -> Result<(f64, Vec<f64>, Vec<ChannelStatistics>)> {
        self.predictor.check(parameters, &[])?;
        let sums = std::sync::Mutex::new(Vec::new());
        let ([gradient], seen) =
            self.predictor.pull_back(parameters, &[], &|entries, outputs| {
                let mut sum = 0.0;
                let see = |term: &LossTerm| sum += term.value;
                let cotangent =
                    self.cotangent(CurvaturePart::Hessian, entries.start, outputs, see)?;
                sums.lock().expect("no thread panics here").push((entries.start, sum));
                Ok(cotangent)
            })?;
        // Shards end in any order; their sums are added in one.
        let mut sums = sums.into_inner().expect("no thread panics here");
        sums.sort_by_key(|&(first, _)| first);
        let value = self.mean(sums.iter().map(|(_, sum)| sum).sum())?;
        check_derivative(&gradient)?;
        Ok((value, gradient, seen))
    }

    /// $Hv$.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`], for the direction too; [`Error::NotFiniteAt`] if the product overflows.
    pub fn hessian_product(&self, parameters: &[f64], direction: &[f64]) -> Result<Vec<f64>> {
        self.product(CurvaturePart::Hessian, parameters, direction)
    }

    /// $J^{\mathsf T} D J v$.
    ///
    /// # Errors
    ///
    /// As [`Objective::hessian_product`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Loss, PositiveArray};
    /// use itakura_saito::network::{Architecture, Batch, Normalization, Objective};
    /// use ndarray::Array2;
    ///
    /// // It never bends downwards, whatever the direction.
    /// let inputs: Array2<f64> = Array2::from_shape_fn((1, 8), |(_, at)| (at as f64).sin());
    /// let batch = Batch::new(inputs, PositiveArray::constant(&[1, 8], 2.0)?)?;
    /// let network = Architecture::tiny_cnn();
    /// let at = network.initial_parameters(1);
    /// let objective =
    ///     Objective::new(network, Loss::MeanSquaredError, batch, Normalization::none(), 1)?;
    /// let product: Vec<f64> = objective.gauss_newton_product(&at, &at)?;
    /// assert!(at.iter().zip(&product).map(|(one, other)| one * other).sum::<f64>() >= 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn gauss_newton_product(&self, parameters: &[f64], direction: &[f64]) -> Result<Vec<f64>> {
        self.product(CurvaturePart::GaussNewton, parameters, direction)
    }

    /// $Jv$, in the shape of the batch.
    ///
    /// # Errors
    ///
    /// As [`Objective::hessian_product`].
    pub fn jacobian_product(&self, parameters: &[f64], direction: &[f64]) -> Result<Array2<f64>> {
        self.predictor.jacobian_product(parameters, direction)
    }

    /// $J^{\mathsf T} u$, for weights in the shape of the batch.
    ///
    /// # Errors
    ///
    /// As [`Predictor::transposed_jacobian_product`].
    pub fn transposed_jacobian_product(
        &self,
        parameters: &[f64],
        weights: ArrayView2<'_, f64>,
    ) -> Result<Vec<f64>> {
        self.predictor.transposed_jacobian_product(parameters, weights)
    }

    /// The product of one part of the Hessian with a direction.
    ///
    /// # Errors
    ///
    /// As [`Objective::hessian_product`].
    pub fn product(
        &self,
        part: CurvaturePart,
        parameters: &[f64],
        direction: &[f64],
    ) -> Result<Vec<f64>> {
        self.predictor.check(parameters, &[direction])?;
        self.checked_product(part, parameters, direction)
    }

    /// The products of one part of the Hessian with several directions, the rows of `directions`; one
    /// product per row.
    ///
    /// In double precision seven directions at a time share the pass of the values.
    ///
    /// # Errors
    ///
    /// As [`Objective::hessian_product`].
    pub fn products(
        &self,
        part: CurvaturePart,
        parameters: &[f64],
        directions: ArrayView2<'_, f64>,
    ) -> Result<Array2<f64>> {
        let mut products = Array2::zeros((directions.nrows(), self.parameter_count()));
        for (block, mut images) in directions
            .axis_chunks_iter(Axis(0), BLOCK - 1)
            .zip(products.axis_chunks_iter_mut(Axis(0), BLOCK - 1))
        {
            interrupt::check()?;
            let rows: Vec<Vec<f64>> = block.rows().into_iter().map(|row| row.to_vec()).collect();
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            self.predictor.check(parameters, &rows)?;
            if rows.len() == 1 || self.predictor.precision() == Precision::Single {
                for (mut image, row) in images.rows_mut().into_iter().zip(rows) {
                    let product = self.checked_product(part, parameters, row)?;
                    image.assign(&ndarray::ArrayView1::from(&product));
                }
                continue;
            }
            let (pulled_back, _) =
                self.predictor.pull_back_block(parameters, &rows, &|entries, outputs| {
                    self.cotangent(part, entries.start, outputs, |_| ())
                })?;
            for (mut image, product) in images.rows_mut().into_iter().zip(&pulled_back[1..]) {
                check_derivative(product)?;
                image.assign(&ndarray::ArrayView1::from(product));
            }
        }
        Ok(products)
    }

    /// $H$ with all its entries.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`]; those of [`Symmetric::new`].
    pub fn dense_hessian(&self, parameters: &[f64]) -> Result<Symmetric> {
        let identity = Array2::eye(self.parameter_count());
        Symmetric::new(self.products(CurvaturePart::Hessian, parameters, identity.view())?)
    }

    /// The block of $H$ that belongs to a range of parameters, such as a layer's
    /// ([`ParameterBlock::range`](super::ParameterBlock::range)).
    ///
    /// # Errors
    ///
    /// As [`Objective::dense_hessian`]; [`Error::OutOfRange`] for a range beyond the parameters.
    pub fn hessian_block(
        &self,
        parameters: &[f64],
        range: std::ops::Range<usize>,
    ) -> Result<Symmetric> {
        if range.is_empty() {
            return Err(Error::OutOfRange {
                name: "the end of the range of parameters",
                value: range.end as f64,
                lower: range.start as f64 + 1.0,
                upper: self.parameter_count() as f64,
                remedy: "give a range that holds a parameter, the lower end first",
            });
        }
        if range.end > self.parameter_count() {
            return Err(Error::OutOfRange {
                name: "the end of the range of parameters",
                value: range.end as f64,
                lower: 0.0,
                upper: self.parameter_count() as f64,
                remedy: "take the range of a block of the layout",
            });
        }
        let unit = |(row, at): (usize, usize)| f64::from(u8::from(at == range.start + row));
        let directions = Array2::from_shape_fn((range.len(), self.parameter_count()), unit);
        let products = self.products(CurvaturePart::Hessian, parameters, directions.view())?;
        Symmetric::new(products.slice(ndarray::s![.., range]).to_owned())
    }

    /// A product, of parameters and a direction that are known to be good.
    pub(super) fn checked_product(
        &self,
        part: CurvaturePart,
        parameters: &[f64],
        direction: &[f64],
    ) -> Result<Vec<f64>> {
        let ([_, product], _) =
            self.predictor.pull_back(parameters, &[direction], &|entries, outputs| {
                self.cotangent(part, entries.start, outputs, |_| ())
            })?;
        check_derivative(&product)?;
        Ok(product)
    }

    /// The derivatives of the loss by parts for the outputs of a shard that begins with entry `first`,
    /// $c_i = \ell'(z_i)/n$ as a dual number, without what does not belong to `part`. Each term is shown
    /// to `see`.
    #[inline]
    fn cotangent<const P: usize>(
        &self,
        part: CurvaturePart,
        first: usize,
        outputs: &[Vec<f64>; P],
        mut see: impl FnMut(&LossTerm),
    ) -> Result<[Vec<f64>; P]> {
        let (values, targets) = (&outputs[0], self.batch.targets());
        self.predictor.check_finite(first, values)?;
        let scale = (targets.len() as f64).recip();
        let mut cotangent: [Vec<f64>; P] =
            std::array::from_fn(|_| Vec::with_capacity(values.len()));
        for (index, (target, &value)) in targets.iter().skip(first).zip(values).enumerate() {
            let term = self.term(first + index, target, value)?;
            see(&term);
            let [derivative, second_derivative] = match part {
                CurvaturePart::Hessian => [term.derivative, term.second_derivative],
                CurvaturePart::GaussNewton => [0.0, term.second_derivative],
                CurvaturePart::Residual => [term.derivative, 0.0],
            };
            cotangent[0].push(scale * derivative);
            for (weights, tangents) in cotangent.iter_mut().zip(outputs).skip(1) {
                weights.push(scale * (second_derivative * tangents[index]));
            }
        }
        Ok(cotangent)
    }

    fn mean(&self, sum: f64) -> Result<f64> {
        let value = sum / self.batch.targets().len() as f64;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(Error::NotFinite {
                name: "the loss",
                value,
                remedy: "a prediction lies too far from its target for an f64",
            })
        }
    }
}

/// Checks that a gradient or a product is finite.
fn check_derivative(derivative: &[f64]) -> Result<()> {
    match derivative.iter().position(|entry| !entry.is_finite()) {
        None => Ok(()),
        Some(index) => Err(Error::NotFiniteAt {
            name: "the derivative of the loss at parameter ",
            index: vec![index],
            value: derivative[index],
            remedy: "a weight or a direction is too large, or a prediction lies too far from its target",
        }),
    }
}
