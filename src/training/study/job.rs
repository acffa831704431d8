//! One training of a study: which data, which network, which settings.

use serde::{Deserialize, Serialize};

use super::Protocol;
use super::protocol::{CLIPPED, NOISE_SIZES};
use crate::dataset::{
    Dataset, DecadeNoise, DecadeRecipe, PAPER_TRAINING_ITEMS, Recipe, Split, Task, paper_dataset,
    paper_split,
};
use crate::divergence::{Link, Loss, Positive};
use crate::network::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
use crate::seed::stream;
use crate::training::{Adam, Training, TrainingRun};
use crate::{Error, Result};

/// One training of a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The study.
    pub protocol: Protocol,
    /// The network, the task, the noise or the output head.
    pub subject: String,
    /// The loss that is trained on.
    pub loss: Loss,
    /// The seed, which the losses that are compared share.
    pub seed: u64,
    /// How many epochs.
    pub epochs: usize,
}

/// What a job trains on, and what its predictions are compared with in the end.
pub(super) struct Material {
    pub(super) split: Split,
    pub(super) test: Dataset,
}

/// Items that no training sees.
const TEST_ITEMS: usize = 1000;

/// Items of twenty noisy targets each.
const DECADE_ITEMS: usize = 50;
/// The smallest target of clipped noise, a tenth of the smallest mean.
const CLIPPED_AT: f64 = 0.01;
/// Items of the recipe of section 17.
const ITEMS: usize = 512;

impl Job {
    /// Its name, also that of its files.
    pub fn name(&self) -> String {
        let (protocol, loss) = (self.protocol.name(), self.loss.name());
        format!("{protocol}-{}-{loss}-{:02}", self.subject, self.seed)
    }

    /// The same training with another number of epochs: the first epochs are the same.
    pub fn for_epochs(&self, epochs: usize) -> Self {
        Self { epochs, ..self.clone() }
    }

    /// The training itself, with its history and its network.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if the study has no such subject. A training that diverges is not an error: its history
    /// says so.
    pub fn train(&self) -> Result<TrainingRun> {
        self.train_with(&mut |_| Ok(()))
    }

    pub(super) fn train_with(
        &self,
        reached: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<TrainingRun> {
        self.training()?.run_with(&self.material()?.split, reached)
    }

    /// Network, loss and settings, without the data.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if the study has no such subject.
    pub fn training(&self) -> Result<Training> {
        self.protocol.check_subject(&self.subject)?;
        let (architecture, link) = match self.protocol {
            Protocol::Heads => (perceptron(), head(&self.subject)),
            Protocol::Decades | Protocol::NoiseSizes => (perceptron(), Link::Exponential),
            Protocol::Learnable => (Architecture::tiny_cnn(), Link::Identity),
            _ => (network(&self.subject), Link::Identity),
        };
        let printed = Training {
            link,
            epochs: self.epochs,
            seed: stream(self.seed, 2),
            ..Training::of_section_17(architecture, self.loss)
        };
        Ok(match self.protocol {
            // The gradients of the losses differ by decades, and Adam makes their steps alike; a decay that
            // is added to the gradient would weigh on the smaller ones only.
            Protocol::Decades | Protocol::Heads | Protocol::NoiseSizes => Training {
                adam: Adam {
                    weight_decay: 0.0,
                    learning_rate: five_times_the_printed_rate(),
                    ..printed.adam
                },
                batch_size: 5,
                ..printed
            },
            _ => printed,
        })
    }

    /// What it trains on.
    ///
    /// # Errors
    ///
    /// As [`train`](Self::train).
    pub fn training_data(&self) -> Result<Dataset> {
        Ok(self.material()?.split.training)
    }

    /// What it trains on, and what it is judged by.
    pub(super) fn material(&self) -> Result<Material> {
        self.protocol.check_subject(&self.subject)?;
        let (data_seed, test_seed) = (stream(self.seed, 0), stream(self.seed, 1));
        match self.protocol {
            Protocol::Printed | Protocol::Resplits => {
                let split = match self.protocol {
                    Protocol::Printed => paper_split(),
                    _ => paper_dataset().split_shuffled(PAPER_TRAINING_ITEMS, data_seed)?,
                };
                let test = Recipe { items: TEST_ITEMS, task: Task::Paper }.generate(test_seed)?;
                Ok(Material { split, test })
            }
            Protocol::Paired | Protocol::Trial => sequences(Task::Paper, data_seed, test_seed),
            Protocol::Learnable => sequences(task(&self.subject), data_seed, test_seed),
            Protocol::Decades | Protocol::Heads | Protocol::NoiseSizes => {
                let recipe = match self.protocol {
                    Protocol::NoiseSizes => noise_of_size(&self.subject)?,
                    Protocol::Heads => decades("gamma_four_decades")?,
                    _ => decades(&self.subject)?,
                };
                let data = recipe.generate(DECADE_ITEMS + DECADE_ITEMS / 2, data_seed)?.data;
                let test = recipe.generate(2 * DECADE_ITEMS, test_seed)?;
                // Judged by the means behind the targets: what is left is the error of the estimate.
                let test = Dataset::new(test.data.inputs().clone(), test.means)?;
                Ok(Material { split: data.split_at(DECADE_ITEMS)?, test })
            }
        }
    }
}

impl Protocol {
    /// All jobs, those of a seed together.
    pub fn jobs(self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for (subject, seeds, epochs) in self.subjects() {
            for seed in 1..=seeds as u64 {
                let subject = subject.to_owned();
                let with =
                    |&loss| Job { protocol: self, subject: subject.clone(), loss, seed, epochs };
                jobs.extend(self.losses().iter().map(with));
            }
        }
        jobs
    }

    /// Refuses a subject that the study does not have.
    pub(super) fn check_subject(self, subject: &str) -> Result<()> {
        let subjects = self.subjects();
        if subjects.iter().any(|(name, ..)| *name == subject) {
            return Ok(());
        }
        let names: Vec<&str> = subjects.iter().map(|(name, ..)| *name).collect();
        Err(Error::Record {
            what: format!(
                "the subject `{subject}`, which the study `{}` does not have (it has {}),",
                self.name(),
                names.join(", ")
            ),
            remedy: "take one of its subjects",
        })
    }

    /// The job of this name.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if no protocol has one.
    pub fn job(name: &str) -> Result<Job> {
        let jobs = Self::ALL.into_iter().flat_map(Self::jobs);
        jobs.into_iter().find(|job| job.name() == name).ok_or_else(|| Error::Record {
            what: format!("the name `{name}`, which no job of a study has,"),
            remedy: "`cargo study list` prints all names",
        })
    }
}

fn sequences(task: Task, data_seed: u64, test_seed: u64) -> Result<Material> {
    let of = |items, seed| Recipe { items, task }.generate(seed);
    let split = of(ITEMS, data_seed)?.split_at(PAPER_TRAINING_ITEMS)?;
    Ok(Material { split, test: of(TEST_ITEMS, test_seed)? })
}

fn network(subject: &str) -> Architecture {
    match subject {
        "ResNet1D" => Architecture::Resnet1d,
        "Transformer1D" => Architecture::Transformer1d,
        _ => Architecture::tiny_cnn(),
    }
}

fn task(subject: &str) -> Task {
    match subject {
        "position_added" => Task::PositionAdded,
        _ => Task::FollowsInput,
    }
}

fn head(subject: &str) -> Link {
    match subject {
        "softplus" => Link::Softplus,
        _ => Link::Exponential,
    }
}

/// Two hidden layers of 32 on one input.
fn perceptron() -> Architecture {
    let layer = |channels, nonlinearity| ConvolutionLayer::new(channels, 1, nonlinearity);
    let layers = vec![
        layer(32, Nonlinearity::Gelu),
        layer(32, Nonlinearity::Gelu),
        layer(1, Nonlinearity::Identity),
    ];
    Architecture::Convolutions { layers, sharing: Sharing::Tied }
}

/// A perceptron this small stands it, and converges in time.
fn five_times_the_printed_rate() -> Positive {
    Positive::new(5e-3).expect("a positive number")
}

pub(super) fn decades(subject: &str) -> Result<DecadeRecipe> {
    let additive = DecadeNoise::Additive { relative_half_width: 0.9 };
    let (lowest, decades, noise) = match subject {
        "gamma_four_decades" => (0.01, 4.0, DecadeNoise::Multiplicative { shape: Positive::ONE }),
        "additive_papers_range" => return papers_range(additive),
        _ => (0.01, 4.0, additive),
    };
    Ok(DecadeRecipe { lowest: Positive::new(lowest)?, decades, noise })
}

/// Noise of one standard deviation everywhere, by the name of its size.
fn noise_of_size(subject: &str) -> Result<DecadeRecipe> {
    let size = NOISE_SIZES.iter().find(|(name, _)| *name == subject);
    let (_, deviation) = *size.expect("the study has this subject");
    let deviation = Positive::new(deviation)?;
    papers_range(match subject {
        CLIPPED => DecadeNoise::Clipped { deviation, floor: Positive::new(CLIPPED_AT)? },
        _ => DecadeNoise::Homoscedastic { deviation },
    })
}

/// Means from 0.1 to 1.58, the range of the targets of section 17.
fn papers_range(noise: DecadeNoise) -> Result<DecadeRecipe> {
    Ok(DecadeRecipe { lowest: Positive::new(0.1)?, decades: 1.2, noise })
}
