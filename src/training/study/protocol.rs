//! Which trainings belong to a study.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::divergence::Loss;
use crate::{Error, Result};

/// A study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// The paper's data and its 8 epochs, with weights and batches of our own seeds.
    Printed,
    /// Fresh data, weights and batches for every seed, trained for long.
    Paired,
    /// TinyCNN on targets that its input tells, fully or in part.
    Learnable,
    /// A perceptron on noisy targets around a mean that runs over decades.
    Decades,
    /// The same perceptron under gamma noise, with two output heads.
    Heads,
    /// The same perceptron in the range of section 17, with noise of one standard deviation everywhere, in sizes.
    NoiseSizes,
    /// The paper's sequences and its 8 epochs, with another split into training and validation for every seed.
    Resplits,
    /// Two epochs of TinyCNN, to see that everything works.
    Trial,
}

/// The networks of section 17, by the names of their jobs.
pub(super) const NETWORKS: [&str; 3] = ["TinyCNN", "ResNet1D", "Transformer1D"];
/// The variants that can be learnt.
pub(super) const TASKS: [&str; 2] = ["position_added", "follows_input"];
/// The kinds of noise over decades.
pub(super) const NOISES: [&str; 3] =
    ["gamma_four_decades", "additive_papers_range", "additive_four_decades"];

/// The same in words: the noise, and the decades that the mean spans.
pub(super) const NOISE_LABELS: [&str; 3] =
    ["gamma, 4 decades", "additive, 1.2 decades", "additive, 4 decades"];

/// The output heads: what the network's output is.
pub(super) const HEADS: [&str; 2] = ["logarithm", "softplus"];

/// The standard deviations of additive noise, by the names of their jobs. The second one is that of uniform
/// noise of half width 0.09. The last one is normal noise that is clipped to keep the targets positive.
pub(super) const NOISE_SIZES: [(&str, f64); 5] = [
    ("deviation_0.013", 0.013),
    ("deviation_0.052", 0.052),
    ("deviation_0.125", 0.125),
    ("deviation_0.25", 0.25),
    (CLIPPED, 0.25),
];
pub(super) const CLIPPED: &str = "clipped_0.25";

const TWO_LOSSES: &[Loss] = &[Loss::MeanSquaredError, Loss::ITAKURA_SAITO];
const THREE_LOSSES: &[Loss] =
    &[Loss::MeanSquaredError, Loss::ITAKURA_SAITO, Loss::SquaredLogarithm];

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Printed,
        Self::Paired,
        Self::Learnable,
        Self::Decades,
        Self::Heads,
        Self::NoiseSizes,
        Self::Resplits,
        Self::Trial,
    ];

    /// Its name on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Paired => "paired",
            Self::Learnable => "learnable",
            Self::Decades => "decades",
            Self::Heads => "heads",
            Self::NoiseSizes => "noise_sizes",
            Self::Resplits => "resplits",
            Self::Trial => "trial",
        }
    }

    /// Its subjects (a network, a task, a noise or an output head), each with its number of seeds and of epochs.
    ///
    /// The larger networks have fewer seeds: an epoch of the Transformer takes as long as fifty of the CNN.
    pub fn subjects(self) -> Vec<(&'static str, usize, usize)> {
        let each = |names: &[&'static str], seeds, epochs| {
            names.iter().map(|&name| (name, seeds, epochs)).collect()
        };
        match self {
            Self::Printed => vec![("TinyCNN", 10, 8), ("ResNet1D", 10, 8), ("Transformer1D", 5, 8)],
            Self::Paired => {
                vec![("TinyCNN", 20, 200), ("ResNet1D", 11, 120), ("Transformer1D", 10, 60)]
            }
            Self::Learnable => each(&TASKS, 10, 100),
            Self::Decades => each(&NOISES, 12, 200),
            Self::Heads => each(&HEADS, 20, 200),
            Self::NoiseSizes => each(&NOISE_SIZES.map(|(name, _)| name), 20, 200),
            Self::Resplits => each(&NETWORKS[..1], 20, 8),
            Self::Trial => each(&NETWORKS[..1], 2, 2),
        }
    }

    /// The losses that are compared on every seed.
    pub fn losses(self) -> &'static [Loss] {
        match self {
            Self::Decades => THREE_LOSSES,
            _ => TWO_LOSSES,
        }
    }
}

impl FromStr for Protocol {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.name() == name).ok_or_else(|| {
            Error::Record {
                what: format!("the name `{name}`, which no study has,"),
                remedy: "take printed, paired, learnable, decades, heads, noise_sizes, resplits or trial",
            }
        })
    }
}
