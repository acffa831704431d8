//! Training as section 17 does it, with what it leaves out: baselines, several yardsticks, paired seeds.

mod baseline;
mod effect;
mod history;
mod scores;

pub use baseline::{Baseline, Baselines};
pub use effect::PairedEffect;
pub use history::{Epoch, History, Outcome};
pub use scores::{Metric, Scores};
