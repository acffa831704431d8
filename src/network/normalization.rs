//! What batch norm divides by: the statistics of the batch, or stored ones.

use serde::{Deserialize, Serialize};

use super::Architecture;
use crate::{Error, Result};

/// Mean and variance of each channel before a batch norm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelStatistics {
    /// The means.
    pub mean: Vec<f64>,
    /// The variances.
    pub variance: Vec<f64>,
}

/// Which statistics the batch norms of a network use.
///
/// Networks without batch norm take [`Normalization::none`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Normalization {
    /// Those of the batch itself (with the biased variance), through which is differentiated. Each
    /// prediction then depends on all sequences of the batch.
    Train,
    /// Stored ones, one for each batch norm in the order of the layout.
    Frozen(Vec<ChannelStatistics>),
}

impl Normalization {
    /// For a network without batch norm.
    pub fn none() -> Self {
        Self::Frozen(Vec::new())
    }

    /// Mean 0 and variance 1 for each channel: where training starts.
    pub fn initial(architecture: &Architecture) -> Self {
        let statistics = |channels| ChannelStatistics {
            mean: vec![0.0; channels],
            variance: vec![1.0; channels],
        };
        Self::Frozen(architecture.norm_channels().into_iter().map(statistics).collect())
    }

    /// Checks that the statistics fit the network.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`], [`Error::NotFiniteAt`] for a mean, [`Error::NotPositiveAt`] for a variance.
    pub fn validate(&self, architecture: &Architecture) -> Result<()> {
        let Self::Frozen(layers) = self else { return Ok(()) };
        let lengths = |name, expected, found, remedy| {
            if found == expected {
                Ok(())
            } else {
                Err(Error::Lengths { name, expected, found, remedy })
            }
        };
        let remedy = "give one for each batch norm of the network, and none if it has none";
        let norms = architecture.norm_channels();
        lengths("the list of channel statistics", norms.len(), layers.len(), remedy)?;
        for (layer, (statistics, channels)) in layers.iter().zip(norms).enumerate() {
            let remedy = "give one number a channel";
            lengths("the list of means", channels, statistics.mean.len(), remedy)?;
            lengths("the list of variances", channels, statistics.variance.len(), remedy)?;
            if let Some(at) = statistics.mean.iter().position(|mean| !mean.is_finite()) {
                return Err(Error::NotFiniteAt {
                    name: "the mean of layer and channel ",
                    index: vec![layer, at],
                    value: statistics.mean[at],
                    remedy: "find out where training diverged",
                });
            }
            let refused = |&value: &f64| !(value > 0.0 && value.is_finite());
            if let Some(at) = statistics.variance.iter().position(refused) {
                return Err(Error::NotPositiveAt {
                    name: "the variance of layer and channel ",
                    index: vec![layer, at],
                    value: statistics.variance[at],
                    remedy: "a channel that never varies says nothing; find out why it is dead",
                });
            }
        }
        Ok(())
    }
}
