//! A network under training: its parameters, the statistics of its norms, predictions and gradients.

use ndarray::Array2;

use super::{Checkpoint, running_statistics};
use crate::dataset::Dataset;
use crate::divergence::{Link, Loss, PositiveArray};
use crate::network::{
    Architecture, Batch, CurvatureOperator, Normalization, Objective, Precision, Predictor,
};
use crate::{Error, Result};

/// A network with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    pub(super) architecture: Architecture,
    pub(super) link: Link,
    pub(super) parameters: Vec<f64>,
    /// The running statistics, by which it predicts.
    pub(super) normalization: Normalization,
    pub(super) threads: usize,
    pub(super) precision: Precision,
}

/// The items as the networks take them: sequences of one channel.
///
/// ```
/// use itakura_saito::dataset::paper_split;
/// use itakura_saito::network::Batch;
///
/// let batch: Batch = Batch::try_from(&paper_split().validation)?;
/// assert_eq!((batch.sequences(), batch.length()), (77, 96));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
impl TryFrom<&Dataset> for Batch {
    type Error = Error;

    /// [`Error::OutOfRange`] for more than one input channel.
    fn try_from(data: &Dataset) -> Result<Self> {
        Self::new(data.sequences()?, data.targets().clone())
    }
}

pub(super) fn batch(data: &Dataset) -> Result<Batch> {
    data.try_into()
}

impl Model {
    /// The gradient of the mean loss over a batch, with the batch's own statistics in the norms; their
    /// running statistics take note.
    pub(super) fn train_mode_gradient(&mut self, loss: Loss, batch: &Batch) -> Result<Vec<f64>> {
        let objective = self.objective(loss, batch.clone(), self.train_mode())?;
        let (_, gradient, seen) = objective.gradient_and_statistics(&self.parameters)?;
        running_statistics::update(&mut self.normalization, &seen, batch.targets().len());
        Ok(gradient)
    }

    fn objective(
        &self,
        loss: Loss,
        batch: Batch,
        normalization: Normalization,
    ) -> Result<Objective> {
        let architecture = self.architecture.clone();
        let objective = Objective::new(architecture, loss, batch, normalization, self.threads)?;
        Ok(objective.with_link(self.link).with_precision(self.precision))
    }

    /// The predictions in evaluation mode.
    pub(super) fn predict(&self, data: &Dataset) -> Result<PositiveArray> {
        let inputs: Array2<f64> = data.sequences()?;
        let (architecture, normalization) = (self.architecture.clone(), self.normalization.clone());
        let predictor = Predictor::new(architecture, inputs, normalization, self.threads)?;
        let outputs = predictor.with_precision(self.precision).predictions(&self.parameters)?;
        self.link.predictions(outputs.into_dyn())
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
    pub fn initial(architecture: &Architecture, link: Link, seed: u64) -> Result<Self> {
        architecture.validate()?;
        Ok(Self::new(
            (architecture, link),
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

    /// A loss of the network on data as a function of its parameters, batch norms in evaluation mode.
    ///
    /// # Errors
    ///
    /// Those of [`Dataset::sequences`], [`Batch::new`] and [`Objective::new`].
    pub fn objective(&self, data: &Dataset, loss: Loss, threads: usize) -> Result<Objective> {
        let model = self.model(threads, Precision::Double);
        model.objective(loss, batch(data)?, self.normalization.clone())
    }

    /// The Hessian of a loss on data at the parameters of the network, batch norms in evaluation mode.
    ///
    /// Section 17 takes 24 sequences. Products with it are exact to rounding.
    ///
    /// # Errors
    ///
    /// As [`objective`](Self::objective) and [`Objective::hessian`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::{Ends, CertifiedSpectrum, eigenvalues_at_the_ends};
    /// use itakura_saito::dataset::paper_dataset;
    /// use itakura_saito::divergence::{Link, Loss};
    /// use itakura_saito::network::Architecture;
    /// use itakura_saito::training::Checkpoint;
    ///
    /// let items = paper_dataset().select(&[0, 1, 2])?;
    /// let start = Checkpoint::initial(&Architecture::tiny_cnn(), Link::Identity, 1)?;
    /// let hessian = start.hessian(&items, Loss::ITAKURA_SAITO, 1)?;
    /// let spectrum: CertifiedSpectrum = eigenvalues_at_the_ends(&hessian, &Ends::new(2, 1))?;
    /// assert!(spectrum.top[0].value > 0.0 && spectrum.bottom[0].value < 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn hessian(&self, data: &Dataset, loss: Loss, threads: usize) -> Result<CurvatureOperator> {
        self.objective(data, loss, threads)?.hessian(&self.parameters)
    }

    pub(super) fn of(model: &Model, seed: u64, epoch: usize) -> Self {
        Self::new(
            (&model.architecture, model.link),
            (seed, epoch),
            model.parameters.clone(),
            model.normalization.clone(),
        )
    }

    pub(super) fn model(&self, threads: usize, precision: Precision) -> Model {
        Model {
            architecture: self.architecture.clone(),
            link: self.link,
            parameters: self.parameters.clone(),
            normalization: self.normalization.clone(),
            threads,
            precision,
        }
    }
}
