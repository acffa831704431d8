//! How a loss grows when the prediction moves away from the target, as a figure.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{Divergence, Positive};
use crate::figure::{Axis, Figure, Panel, Series};

/// How many predictions a profile holds: enough for a smooth line, few enough for a small file.
const POINTS: usize = 121;

/// The Itakura-Saito divergence, its reverse and half the squared relative error, over a range of
/// predictions for one target.
///
/// Near the target all three agree to second order, $\tfrac12 ((f-y)/y)^2$; further away they tell
/// apart which mistake each loss makes expensive.
///
/// ```
/// use itakura_saito::divergence::Profile;
///
/// let target: f64 = 1.0;
/// let profile: Profile = Profile::of_ratios(target, 0.25, 4.0)?;
/// assert!(profile.figure()?.to_text().contains("half"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    target: Positive,
    ratios: Vec<f64>,
    itakura_saito: Vec<f64>,
    reversed: Vec<f64>,
    squared: Vec<f64>,
}

impl Profile {
    /// The profile around `target` over predictions from `lowest` to `highest` times the target,
    /// evenly spaced in their logarithm.
    ///
    /// # Errors
    ///
    /// If the target or a ratio is not positive and finite, or `lowest` is not below `highest`.
    pub fn of_ratios(target: f64, lowest: f64, highest: f64) -> Result<Profile> {
        let target = Positive::target(target)?;
        let ratios = geometric(lowest, highest, POINTS)?;
        let predictions: Vec<Positive> = ratios
            .iter()
            .map(|ratio| Positive::prediction(ratio * target.get()))
            .collect::<Result<Vec<_>>>()?;
        let values =
            |loss: Divergence| predictions.iter().map(|&f| loss.value(target, f)).collect();
        Ok(Profile {
            target,
            itakura_saito: values(Divergence::ItakuraSaito),
            reversed: values(Divergence::ReversedItakuraSaito),
            squared: ratios.iter().map(|ratio| (ratio - 1.0).powi(2) / 2.0).collect(),
            ratios,
        })
    }

    /// The profile as a figure: loss over the ratio of prediction to target.
    ///
    /// # Errors
    ///
    /// If a loss overflows: the ratios are then further apart than numbers of 64 bits reach.
    pub fn figure(&self) -> Result<Figure> {
        let (half, double) = (self.loss_at(0.5)?, self.loss_at(2.0)?);
        let comparison = if half > double { "more" } else { "less" };
        let finding = format!(
            "A prediction that is half the target costs {comparison} Itakura-Saito divergence than one that is \
             double the target."
        );
        let panel = Panel::new(Axis::logarithmic("prediction / target"), Axis::linear("loss"))
            .series(Series::corrected("Itakura-Saito V(y, f)", &self.ratios, &self.itakura_saito))
            .series(Series::line("reversed R(y, f)", &self.ratios, &self.reversed))
            .series(Series::line("½ (relative error)²", &self.ratios, &self.squared))
            .vertical(1.0, "target");
        Figure::builder("Predicting too little costs more than predicting too much", &finding)
            .source("§2 and A.1")
            .panel(panel)
            .build()
    }

    fn loss_at(&self, ratio: f64) -> Result<f64> {
        let prediction = Positive::prediction(self.target.get() * ratio)?;
        Ok(Divergence::ItakuraSaito.value(self.target, prediction))
    }
}
