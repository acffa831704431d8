//! The six lists that Figure 7 shows, as printed.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::forecast::CopyForecast;
use super::ghosts::surplus_copies;
use crate::Result;

/// Printed values nearer than this to each other, relative to the larger, are copies of one eigenvalue:
/// 32 bits and six printed digits give the copies that have converged to three digits at least, and the
/// neighbours of true spectra of such networks are one percent apart.
pub const PRINTED_COPY: f64 = 1e-3;

/// One panel of Figure 7: the Ritz values after twenty steps of the published algorithm.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedSpectrum {
    /// The network, as the paper calls it.
    pub network: &'static str,
    /// The loss: MSE or IS.
    pub loss: &'static str,
    /// The values in the order of the print, the largest first.
    pub values: Vec<f64>,
}

/// The file as it is stored.
#[derive(Deserialize)]
struct Lists {
    ritz_values: BTreeMap<String, Vec<f64>>,
}

/// The six panels of Figure 7, network by network, first MSE and then IS.
///
/// The numbers are those that the author's published notebook prints: 20 values each, in 32 bits, for
/// networks after eight epochs and the loss of 24 sequences.
///
/// ```
/// use itakura_saito::curvature::{PrintedSpectrum, printed_spectra};
///
/// let printed: Vec<PrintedSpectrum> = printed_spectra();
/// assert_eq!(printed.len(), 6);
/// assert_eq!((printed[0].network, printed[0].loss), ("CNN", "MSE"));
/// // Four times the same value under MSE.
/// assert_eq!(printed[0].rows(), [(1.08619, 4)]);
/// ```
pub fn printed_spectra() -> Vec<PrintedSpectrum> {
    let text = include_str!("../../data/published_figure7.json");
    let mut lists: Lists = serde_json::from_str(text).expect("the embedded lists are JSON");
    let networks = [("CNN", "cnn"), ("ResNet", "resnet"), ("Transformer", "transformer")];
    let losses = [("MSE", "mse"), ("IS", "is")];
    let panels = networks.iter().flat_map(|network| losses.iter().map(move |loss| (network, loss)));
    panels
        .map(|(&(network, network_key), &(loss, loss_key))| {
            let values = lists.ritz_values.remove(&format!("{network_key}.{loss_key}"));
            PrintedSpectrum { network, loss, values: values.expect("six lists are embedded") }
        })
        .collect()
}

impl PrintedSpectrum {
    /// Network and loss, for a heading.
    pub fn name(&self) -> String {
        format!("{}, {}", self.network, self.loss)
    }

    /// Which of the values are surplus copies, by [`PRINTED_COPY`].
    pub fn surplus(&self) -> Vec<bool> {
        surplus_copies(&self.values, &[], PRINTED_COPY)
    }

    /// The values that are printed several times, each with how often, the largest first.
    pub fn rows(&self) -> Vec<(f64, usize)> {
        let surplus = self.surplus();
        let mut rows: Vec<(f64, usize)> = Vec::new();
        for (&value, &is_surplus) in self.values.iter().zip(&surplus) {
            match rows.last_mut() {
                Some((_, count)) if is_surplus => *count += 1,
                _ => rows.push((value, 1)),
            }
        }
        rows.retain(|&(_, count)| count > 1);
        rows
    }

    /// The values without surplus copies.
    pub fn distinct(&self) -> Vec<f64> {
        let kept = self.values.iter().zip(self.surplus()).filter(|(_, is_surplus)| !is_surplus);
        kept.map(|(&value, _)| value).collect()
    }

    /// The values that are no nearer than a fraction to one before them: a copy on its way lies further from
    /// its eigenvalue than one that has arrived, and no list tells it from an eigenvalue.
    pub fn apart(&self, fraction: f64) -> Vec<f64> {
        let mut kept: Vec<f64> = Vec::new();
        for &value in &self.values {
            if kept.iter().all(|other| (other - value).abs() > fraction * other.abs()) {
                kept.push(value);
            }
        }
        kept
    }

    /// How many steps a copy of the largest value takes in 32 bits, from the printed first, second and
    /// last value.
    ///
    /// # Errors
    ///
    /// None for the printed lists, whose values differ.
    pub fn forecast(&self) -> Result<CopyForecast> {
        let distinct = self.distinct();
        CopyForecast::new(
            distinct[0],
            distinct[1],
            distinct[distinct.len() - 1],
            f64::from(f32::EPSILON),
        )
    }
}
