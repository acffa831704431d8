//! Studies over many seeds: what `cargo study` runs and what notebooks 12 and 14 read.
//!
//! | protocol | data | question |
//! |---|---|---|
//! | [`Protocol::Printed`] | the paper's 512 sequences, 8 epochs, weights of our own | what section 17 prints |
//! | [`Protocol::Paired`] | fresh sequences for every seed, many epochs | does a loss help at all |
//! | [`Protocol::Learnable`] | variants in which the input tells the target | does it help where there is something to learn |
//! | [`Protocol::Decades`] | noise around a mean over decades | where each loss wins |
//! | [`Protocol::Heads`] | gamma noise, two output heads | does the head decide who wins |
//! | [`Protocol::NoiseSizes`] | additive noise of four sizes | does its size decide who wins |
//! | [`Protocol::Resplits`] | the paper's 512 sequences, split anew for every seed | does its split decide |
//!
//! A [`Job`] is one training; the two or three losses of a seed share data, weights and batches. Its
//! [`JobRecord`] holds results only, so that it is the same bytes whenever and beside whatever it runs; where
//! and how it ran stands in a sibling file. The results are stored in `data/study/` and embedded:
//! [`Study::stored`]. `cargo study` computes them anew.

mod figures;
mod fits;
mod job;
mod pairs;
mod protocol;
mod record;
mod results;

pub use fits::NoisyFits;
pub use job::Job;
pub use pairs::{PairedRatio, Smoothness};
pub use protocol::Protocol;
pub use record::{CurvePoint, JobRecord};
pub use results::{IS_MINUS_MSE, SplitPart, Study};
