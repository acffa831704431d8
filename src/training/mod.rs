//! Training as section 17 does it, with what it leaves out: baselines, several yardsticks, paired seeds.
//!
//! | what | here |
//! |---|---|
//! | what is trained, on which loss, and how | [`Training`], [`TrainingLoss`], [`Head`], [`Adam`] |
//! | what comes out | [`TrainingRun`]: a [`History`] and a [`Checkpoint`] |
//! | what can be had without a network | [`Baselines`] |
//! | yardsticks, and effects over paired seeds | [`Scores`], [`Metric`], [`PairedEffect`] |
//! | many seeds | [`study`] |

mod adam;
mod baseline;
mod checkpoint;
mod effect;
mod history;
mod loss;
mod model;
mod running_statistics;
mod scores;
pub mod study;
mod trainer;

pub use adam::Adam;
pub use baseline::{Baseline, Baselines};
pub use checkpoint::Checkpoint;
pub use effect::PairedEffect;
pub use history::{Epoch, History, Outcome};
pub use loss::{Head, TrainingLoss};
pub use scores::{Metric, Scores};
pub use trainer::{Training, TrainingRun};
