//! Training as section 17 does it, with what it leaves out: baselines, several yardsticks, paired seeds.
//!
//! | what | here |
//! |---|---|
//! | what is trained, and how | [`Training`], [`Adam`] |
//! | what comes out | [`TrainingRun`]: a [`History`] and a [`Checkpoint`] |
//! | what needs no network | [`Baselines`] |
//! | yardsticks, and effects over paired seeds | [`Scores`], [`Metric`], [`PairedEffect`], [`SignTest`] |
//! | many seeds | [`study`] |

mod adam;
mod baseline;
mod checkpoint;
mod effect;
mod history;
mod model;
mod running_statistics;
mod scores;
pub mod study;
mod trainer;

pub use adam::Adam;
pub use baseline::{Baseline, Baselines};
pub use checkpoint::Checkpoint;
pub use effect::{PairedEffect, SignTest};
pub use history::{Epoch, History, Outcome};
pub use scores::{Metric, Scores};
pub use trainer::{Training, TrainingRun};
