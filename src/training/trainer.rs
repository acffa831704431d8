//! The loop: shuffled batches, Adam, and the scores after each epoch.

use super::adam::Optimiser;
use super::model::Model;
use super::{Adam, Baselines, Checkpoint, Epoch, History, Outcome, Scores};
use crate::dataset::{Dataset, Split, epoch_batches};
use crate::divergence::{Link, Loss, PositiveArray};
use crate::network::{Architecture, Batch, Nonlinearity, Precision};
use crate::seed::stream;
use crate::{Error, Result, interrupt};

/// A training that is yet to be run.
///
/// Weights come from one stream of the seed and batches from another, whatever the loss: two trainings
/// that differ in their loss alone are a pair.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::{Split, paper_split};
/// use itakura_saito::divergence::Loss;
/// use itakura_saito::network::Architecture;
/// use itakura_saito::training::{Training, TrainingRun};
///
/// let split: Split = paper_split();
/// let training = Training::of_section_17(Architecture::tiny_cnn(), Loss::ITAKURA_SAITO);
/// let run: TrainingRun = Training { epochs: 1, ..training }.run(&split)?;
/// assert_eq!(run.history.epochs.len(), 2);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Which network.
    pub architecture: Architecture,
    /// How predictions follow from its outputs: the networks of section 17 end in a softplus, and output
    /// the prediction itself.
    pub link: Link,
    /// The loss that is trained on.
    pub loss: Loss,
    /// How.
    pub adam: Adam,
    /// How often all items are seen.
    pub epochs: usize,
    /// How many items make a step.
    pub batch_size: usize,
    /// The seed of weights and batches.
    pub seed: u64,
    /// How many threads share a batch; their number changes no bit of the result.
    pub threads: usize,
    /// Single or double precision, for the network, its gradient, and Adam.
    pub precision: Precision,
}

/// What a training gives: its record, and the network after its last epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRun {
    /// What happened.
    pub history: History,
    /// The network after the last epoch that is in the history.
    pub checkpoint: Checkpoint,
}

impl Training {
    /// The settings of section 17: Adam with its decay, batches of 64, 8 epochs; the seed is 1.
    ///
    /// In 64 bits; the paper's own runs had 32 ([`Precision::Single`]).
    pub fn of_section_17(architecture: Architecture, loss: Loss) -> Self {
        Self {
            architecture,
            link: Link::Identity,
            loss,
            adam: Adam::default(),
            epochs: 8,
            batch_size: 64,
            seed: 1,
            threads: 1,
            precision: Precision::Double,
        }
    }

    /// Refuses a link that doubles the softplus of the network and so keeps it from its targets.
    fn check_reach(&self, data: &Dataset) -> Result<()> {
        let lowest = match (self.architecture.last_nonlinearity(), self.link) {
            (Nonlinearity::Softplus, Link::Exponential | Link::Softplus) => self.link.at_zero(),
            _ => return Ok(()),
        };
        let smallest = data.targets().minimum().get();
        if smallest > lowest {
            return Ok(());
        }
        Err(Error::OutOfRange {
            name: "the smallest target of this network, which ends in a softplus, behind this link",
            value: smallest,
            lower: lowest,
            upper: f64::MAX,
            remedy: "take Link::Identity, since the output is positive already, or a network that ends in a \
                     sum (Nonlinearity::Identity)",
        })
    }

    /// Trains.
    ///
    /// # Errors
    ///
    /// For settings out of range, data that the network does not take, or a start from which nothing can be
    /// computed; [`Error::OutOfRange`] for targets that the network cannot reach behind its link, since its
    /// softplus keeps the output positive: $e^z > 1$ for $z > 0$. A training that diverges later is not an error: its history says so, and ends there.
    pub fn run(&self, split: &Split) -> Result<TrainingRun> {
        self.run_with(split, &mut |_| Ok(()))
    }

    /// As [`run`](Self::run). `reached` is given the number of each epoch that is done, and ends the training by an
    /// error.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); [`Error::Interrupted`]; what `reached` returns.
    pub fn run_with(
        &self,
        split: &Split,
        reached: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<TrainingRun> {
        self.adam.check()?;
        self.check_reach(&split.training)?;
        let start = Checkpoint::initial(&self.architecture, self.link, stream(self.seed, 0))?;
        let start = start.model(self.threads, self.precision);
        epoch_batches(split.training.items(), self.batch_size, self.seed, 0)?;
        let mut state = State::new(self, split, start)?;
        let mut history = History {
            label: format!("{} trained on {}", self.architecture.name(), self.loss),
            loss: self.loss.to_string(),
            seed: self.seed,
            baselines: Baselines::of(split)?,
            epochs: vec![state.evaluate(0)?],
            outcome: Outcome::Completed,
        };
        let mut checkpoint = state.checkpoint(0);
        for epoch in 1..=self.epochs {
            match state.descend(epoch) {
                Ok(scores) => history.epochs.push(scores),
                Err(Error::Interrupted) => return Err(Error::Interrupted),
                Err(error) => {
                    history.outcome = Outcome::Diverged { epoch, reason: error.to_string() };
                    break;
                }
            }
            checkpoint = state.checkpoint(epoch);
            reached(epoch)?;
        }
        Ok(TrainingRun { history, checkpoint })
    }
}

impl TrainingRun {
    /// The predictions of the trained network.
    ///
    /// # Errors
    ///
    /// If the data do not fit the network, or a prediction underflows.
    pub fn predict(&self, data: &Dataset) -> Result<PositiveArray> {
        self.checkpoint.predict(data)
    }

    /// The scores of the trained network on other data.
    ///
    /// # Errors
    ///
    /// As [`predict`](Self::predict) and [`Scores::of`].
    pub fn scores(&self, data: &Dataset) -> Result<Scores> {
        Scores::of(data.targets(), &self.predict(data)?)
    }
}

/// A training under way.
struct State<'a> {
    training: &'a Training,
    split: &'a Split,
    batch: Batch,
    model: Model,
    optimiser: Optimiser,
}

impl<'a> State<'a> {
    fn new(training: &'a Training, split: &'a Split, mut model: Model) -> Result<Self> {
        let optimiser = Optimiser::new(&training.adam, training.precision, &mut model.parameters);
        let batch = super::model::batch(&split.training)?;
        Ok(Self { training, split, batch, model, optimiser })
    }

    /// One epoch, and the scores after it.
    fn descend(&mut self, epoch: usize) -> Result<Epoch> {
        let Training { batch_size, seed, loss, .. } = *self.training;
        let items = self.split.training.items();
        for indices in epoch_batches(items, batch_size, stream(seed, 1), epoch)? {
            interrupt::check()?;
            let gradient = self.model.train_mode_gradient(loss, &self.batch.select(&indices)?)?;
            self.optimiser.step(&gradient, &mut self.model.parameters);
            if let Some(&value) = self.model.parameters.iter().find(|value| !value.is_finite()) {
                let (name, remedy) = ("a parameter", "take a smaller learning rate");
                return Err(Error::NotFinite { name, value, remedy });
            }
        }
        self.evaluate(epoch)
    }

    fn evaluate(&self, number: usize) -> Result<Epoch> {
        let on = |data: &Dataset| {
            let predictions = self.model.predict(data)?;
            let loss = self.training.loss.mean(data.targets(), &predictions)?;
            Ok((loss, Scores::of(data.targets(), &predictions)?))
        };
        let (training_loss, training) = on(&self.split.training)?;
        let (validation_loss, validation) = on(&self.split.validation)?;
        Ok(Epoch { number, training_loss, validation_loss, training, validation })
    }

    fn checkpoint(&self, epoch: usize) -> Checkpoint {
        Checkpoint::of(&self.model, self.training.seed, epoch)
    }
}
