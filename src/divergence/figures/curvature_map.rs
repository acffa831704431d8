//! Where the losses are convex, as a figure.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{Divergence, Positive};
use crate::figure::{Axis, Figure, Panel, Series};

const POINTS: usize = 121;

/// The second derivatives of $V$ and of the reversed $R$ in the prediction, made free of units.
///
/// $$ y^2\\, \partial_f^2 V = \Big(\frac yf\Big)^{3} \Big(2 - \frac fy\Big), \qquad
///    y^2\\, \partial_f^2 R = \Big(\frac yf\Big)^{2} $$
///
/// $V$ is convex up to twice the target and concave beyond (A.7); $R$ is convex everywhere. Both are 1
/// at the target.
///
/// ```
/// use itakura_saito::divergence::CurvatureMap;
///
/// let map: CurvatureMap = CurvatureMap::of_ratios(0.8, 6.0)?;
/// assert!(map.figure()?.to_text().contains("twice the target"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CurvatureMap {
    ratios: Vec<f64>,
    itakura_saito: Vec<f64>,
    reversed: Vec<f64>,
}

impl CurvatureMap {
    /// Over predictions from `lowest` to `highest` times the target.
    ///
    /// # Errors
    ///
    /// If a ratio is not positive and finite, or `lowest` is not below `highest`.
    pub fn of_ratios(lowest: f64, highest: f64) -> Result<CurvatureMap> {
        let ratios = geometric(lowest, highest, POINTS)?;
        let target = Positive::new(1.0)?;
        let curvatures = |divergence: Divergence| {
            ratios
                .iter()
                .map(|&ratio| Ok(divergence.second_derivative(target, Positive::new(ratio)?)))
                .collect::<Result<Vec<f64>>>()
        };
        Ok(CurvatureMap {
            itakura_saito: curvatures(Divergence::ItakuraSaito)?,
            reversed: curvatures(Divergence::ReversedItakuraSaito)?,
            ratios,
        })
    }

    /// Curvature times the squared target over the ratio of prediction to target.
    ///
    /// # Errors
    ///
    /// If a curvature overflows.
    pub fn figure(&self) -> Result<Figure> {
        let finding = "The curvature of the Itakura-Saito divergence falls through zero at twice the \
                       target and stays negative beyond; that of the reversed divergence stays positive.";
        let panel = Panel::new(Axis::linear("prediction / target"), Axis::linear("y² × curvature"))
            .series(Series::corrected("V(y, f)", &self.ratios, &self.itakura_saito))
            .series(Series::line("reversed R(y, f)", &self.ratios, &self.reversed))
            .horizontal(0.0, "")
            .vertical(2.0, "f = 2y");
        Figure::builder("Where is the loss convex?", finding).source("A.7").panel(panel).build()
    }
}
