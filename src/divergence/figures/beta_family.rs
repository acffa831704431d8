//! The beta family between Itakura-Saito and the squared error, as a figure with a slider.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{BetaDivergence, Positive};
use crate::figure::{Axis, Figure, Panel, Series, Slider};

const POINTS: usize = 81;

/// The losses $d_\beta(y \\,\\|\\, f)$ for a small and a large target, for several $\beta$.
///
/// Since $d_\beta(cy \\,\\|\\, cf) = c^\beta d_\beta(y \\,\\|\\, f)$, a network is told the same about small
/// and large targets only by $\beta = 0$, which is Itakura-Saito.
///
/// ```
/// use itakura_saito::divergence::BetaFamily;
///
/// let family: BetaFamily = BetaFamily::of_exponents(&[0.0, 1.0, 2.0], 1.0, 4.0)?;
/// assert_eq!(family.figure()?.frame_count(), 3);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BetaFamily {
    targets: [f64; 2],
    ratios: Vec<f64>,
    /// Exponent, and the losses for either target.
    curves: Vec<(f64, [Vec<f64>; 2])>,
}

impl BetaFamily {
    /// For these exponents, at most forty, and two targets, over predictions from a third to three
    /// times the target.
    ///
    /// # Errors
    ///
    /// If a target is not positive and finite, or an exponent is beyond
    /// [`BetaDivergence::LARGEST_EXPONENT`].
    pub fn of_exponents(exponents: &[f64], small: f64, large: f64) -> Result<BetaFamily> {
        let ratios = geometric(1.0 / 3.0, 3.0, POINTS)?;
        let losses = |divergence: BetaDivergence, target: f64| {
            let target = Positive::new(target)?;
            let loss =
                |&ratio: &f64| Ok(divergence.value(target, Positive::new(ratio * target.get())?));
            ratios.iter().map(loss).collect::<Result<Vec<f64>>>()
        };
        let curves = exponents
            .iter()
            .map(|&exponent| {
                let divergence = BetaDivergence::new(exponent)?;
                Ok((exponent, [losses(divergence, small)?, losses(divergence, large)?]))
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(BetaFamily { targets: [small, large], ratios, curves })
    }

    /// Loss over the ratio of prediction to target, with a slider over $\beta$.
    ///
    /// # Errors
    ///
    /// If there is no exponent, or there are more than forty.
    pub fn figure(&self) -> Result<Figure> {
        let [small, large] = self.targets;
        // The figure speaks of the exponent 0; without it, of the first.
        let start = self.curves.iter().position(|(exponent, _)| *exponent == 0.0).unwrap_or(0);
        let shown = self.curves.get(start).map_or(0.0, |(exponent, _)| *exponent);
        let finding = format!(
            "Only for beta = 0 do the targets {small} and {large} give one and the same curve; for \
             positive beta the large target dominates, for negative beta the small one; shown first is \
             beta = {shown}."
        );
        let mut slider = Slider::new("β").start_at(start);
        for (exponent, [of_small, of_large]) in &self.curves {
            let x = Axis::logarithmic("prediction / target");
            let panel = Panel::new(x, Axis::linear("loss").range(0.0, 4.0))
                .series(Series::corrected(&format!("target {large}"), &self.ratios, of_large))
                .series(Series::line(&format!("target {small}"), &self.ratios, of_small));
            slider = slider.frame(&exponent.to_string(), vec![panel]);
        }
        Figure::builder("For which β do a small and a large target give one curve?", &finding)
            .source("§II bis.6")
            .slider(slider)
            .build()
    }
}
