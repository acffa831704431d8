//! A network under training: its parameters, the statistics of its norms, predictions and gradients.

use ndarray::Array2;

use super::{Checkpoint, Head, TrainingLoss, running_statistics};
use crate::dataset::Dataset;
use crate::divergence::{Positive, PositiveArray};
use crate::network::{
    Architecture, Batch, ChannelStatistics, Loss, Normalization, Objective, Precision, Predictor,
};
use crate::{Error, Result};

/// A network with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    pub(super) architecture: Architecture,
    pub(super) head: Head,
    pub(super) parameters: Vec<f64>,
    /// The running statistics, by which it predicts.
    pub(super) normalization: Normalization,
    pub(super) threads: usize,
    pub(super) precision: Precision,
}

/// The items as the networks take them: sequences of one channel.
pub(super) fn batch(data: &Dataset) -> Result<Batch> {
    Batch::new(data.sequences()?, data.targets().clone())
}

impl Model {
    /// The gradient of the mean loss over a batch, with the batch's own statistics in the norms; their
    /// running statistics take note.
    pub(super) fn train_mode_gradient(
        &mut self,
        loss: TrainingLoss,
        batch: &Batch,
    ) -> Result<Vec<f64>> {
        let (gradient, seen) = match (self.head, loss) {
            (Head::AsIs, TrainingLoss::MeanSquaredError) => {
                self.gradient(Loss::MeanSquaredError, batch)
            }
            (Head::AsIs, TrainingLoss::Divergence(divergence)) => {
                self.gradient(Loss::Divergence(divergence), batch)
            }
            _ => self.gradient_by_slopes(loss, batch),
        }?;
        running_statistics::update(&mut self.normalization, &seen, batch.targets().len());
        Ok(gradient)
    }

    fn gradient(&self, loss: Loss, batch: &Batch) -> Result<(Vec<f64>, Vec<ChannelStatistics>)> {
        let architecture = self.architecture.clone();
        let (batch, mode) = (batch.clone(), self.train_mode());
        let objective = Objective::new(architecture, loss, batch, mode, self.threads)?;
        let objective = objective.with_precision(self.precision);
        let (_, gradient, seen) = objective.gradient_and_statistics(&self.parameters)?;
        Ok((gradient, seen))
    }

    /// $J^{\mathsf T} c$ with $c_i$ the slope of the loss in the output, whatever the output stands for.
    fn gradient_by_slopes(
        &self,
        loss: TrainingLoss,
        batch: &Batch,
    ) -> Result<(Vec<f64>, Vec<ChannelStatistics>)> {
        let predictor = self.predictor(batch.inputs().to_owned(), self.train_mode())?;
        let (outputs, seen) = predictor.predictions_and_statistics(&self.parameters)?;
        let predictions = self.through_head(outputs)?;
        let count = batch.targets().len() as f64;
        let pairs = batch.targets().iter().zip(predictions.iter());
        let slopes = pairs.map(|(target, prediction)| {
            let inner = match self.head {
                Head::AsIs => 1.0,
                Head::Logarithm => prediction.get(),
            };
            loss.slope(target, prediction) * inner / count
        });
        let slopes = Array2::from_shape_vec(batch.inputs().dim(), slopes.collect());
        let slopes = slopes.expect("one slope for each entry");
        let gradient = predictor.transposed_jacobian_product(&self.parameters, slopes.view())?;
        Ok((gradient, seen))
    }

    /// The predictions in evaluation mode.
    pub(super) fn predict(&self, data: &Dataset) -> Result<PositiveArray> {
        let batch = batch(data)?;
        let predictor = self.predictor(batch.inputs().to_owned(), self.normalization.clone())?;
        self.through_head(predictor.predictions(&self.parameters)?)
    }

    fn predictor(&self, inputs: Array2<f64>, normalization: Normalization) -> Result<Predictor> {
        let architecture = self.architecture.clone();
        let predictor = Predictor::new(architecture, inputs, normalization, self.threads)?;
        Ok(predictor.with_precision(self.precision))
    }

    /// From outputs to predictions, which are positive or an error.
    fn through_head(&self, outputs: Array2<f64>) -> Result<PositiveArray> {
        let values = match self.head {
            Head::AsIs => outputs,
            Head::Logarithm => outputs.mapv(f64::exp),
        };
        let refused = |value: &f64| Positive::new(*value).is_err();
        match values.indexed_iter().find(|(_, value)| refused(value)) {
            None => PositiveArray::new(values.into_dyn()),
            Some(((item, position), &value)) => Err(Error::NotPositiveAt {
                name: "the prediction at ",
                index: vec![item, position],
                value,
                remedy: "the output left the range of numbers; predict the logarithm (Head::Logarithm), \
                         or take a smaller learning rate",
            }),
        }
    }

    fn train_mode(&self) -> Normalization {
        match &self.normalization {
            Normalization::Frozen(layers) if layers.is_empty() => Normalization::none(),
            _ => Normalization::Train,
        }
    }
}

impl Checkpoint {
    /// A network before its first step: random weights of a seed, norms at mean 0 and variance 1.
    ///
    /// # Errors
    ///
    /// If the architecture is not one.
    pub fn initial(architecture: &Architecture, head: Head, seed: u64) -> Result<Self> {
        architecture.validate()?;
        Ok(Self::new(
            (architecture, head),
            (seed, 0),
            architecture.initial_parameters(seed),
            Normalization::initial(architecture),
        ))
    }

    /// The predictions of the network in evaluation mode.
    ///
    /// # Errors
    ///
    /// If the data do not fit the network, or a prediction underflows.
    pub fn predict(&self, data: &Dataset) -> Result<PositiveArray> {
        self.model(1, Precision::Double).predict(data)
    }

    pub(super) fn of(model: &Model, seed: u64, epoch: usize) -> Self {
        Self::new(
            (&model.architecture, model.head),
            (seed, epoch),
            model.parameters.clone(),
            model.normalization.clone(),
        )
    }

    pub(super) fn model(&self, threads: usize, precision: Precision) -> Model {
        Model {
            architecture: self.architecture.clone(),
            head: self.head,
            parameters: self.parameters.clone(),
            normalization: self.normalization.clone(),
            threads,
            precision,
        }
    }
}
