//! The points of Figure 6, and why no flow produces them.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// The squared masses at which the trajectories of Figure 6 begin.
const STARTS: [f64; 4] = [0.2, 0.5, 1.0, 1.5];
/// The logarithms of the scale at which they have points.
const LOG_SCALES: [f64; 6] = [0.0, 1.2, 2.0, 2.8, 3.4, 4.0];

/// The trajectories of Figure 6, read off: all fall by $e^{-1/2}$ from point to point.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::PrintedFlow;
///
/// let printed: PrintedFlow = PrintedFlow::of_figure_6();
/// // Two trajectories pass through the squared mass 0.45, at two speeds.
/// let (slow, fast) = (printed.rate_at(0.5, 0.45), printed.rate_at(1.0, 0.45));
/// assert!(fast.unwrap() > 1.4 * slow.unwrap());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedFlow(());

impl PrintedFlow {
    /// The figure as it is printed.
    pub fn of_figure_6() -> Self {
        Self(())
    }

    /// The squared masses at which the four trajectories begin.
    pub fn starts(&self) -> &'static [f64] {
        &STARTS
    }

    /// The places of the points, $\ln b$.
    pub fn log_scales(&self) -> &'static [f64] {
        &LOG_SCALES
    }

    /// The squared mass at each point over that at the start, the same for all trajectories.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::PrintedFlow;
    ///
    /// let ratios = PrintedFlow::of_figure_6().ratios();
    /// assert!(ratios.windows(2).all(|pair| (pair[1] / pair[0] - (-0.5f64).exp()).abs() < 1e-15));
    /// ```
    pub fn ratios(&self) -> [f64; 6] {
        std::array::from_fn(|point| (-0.5 * point as f64).exp())
    }

    /// The printed points of the trajectory that begins at `start`, with three decimals as they are drawn.
    pub fn trajectory(&self, start: f64) -> [f64; 6] {
        self.ratios().map(|ratio| (1e3 * start * ratio).round() / 1e3)
    }

    /// The rate of decay $-\Delta \ln m^2 / \Delta \ln b$ between each point and the next.
    pub fn rates(&self) -> [f64; 5] {
        std::array::from_fn(|point| 0.5 / (LOG_SCALES[point + 1] - LOG_SCALES[point]))
    }

    /// The rate of decay with which the trajectory from `start` passes a squared mass, or `None` where it
    /// does not pass it.
    ///
    /// A flow $dm^2/d\ln b = \beta(m^2)$ has one rate at each mass, whatever the start.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::PrintedFlow;
    ///
    /// // Two trajectories pass one mass at different rates: no flow does.
    /// let printed = PrintedFlow::of_figure_6();
    /// let rates: Vec<f64> =
    ///     printed.starts().iter().filter_map(|&start| printed.rate_at(start, 0.1)).collect();
    /// assert!(rates.len() > 1 && rates.iter().any(|rate| (rate - rates[0]).abs() > 0.01));
    /// ```
    pub fn rate_at(&self, start: f64, squared_mass: f64) -> Option<f64> {
        let ratios = self.ratios();
        let passes = |point: &usize| {
            let (above, below) = (start * ratios[*point], start * ratios[point + 1]);
            squared_mass <= above && squared_mass > below
        };
        (0..5).find(passes).map(|point| self.rates()[point])
    }

    /// The rate of each trajectory over the mass: a flow would give one curve.
    ///
    /// # Errors
    ///
    /// None: its numbers are fixed.
    pub fn figure(&self) -> Result<Figure> {
        let (ratios, rates) = (self.ratios(), self.rates());
        let x = Axis::logarithmic("squared mass m²");
        let y = Axis::linear("rate −d ln m² / d ln b").range(0.0, 1.0);
        let mut panel = Panel::new(x, y);
        for start in STARTS {
            // Each stretch from point to point has one rate: a step.
            let masses: Vec<f64> = (0..5)
                .flat_map(|point| [start * ratios[point], start * ratios[point + 1]])
                .collect();
            let steps: Vec<f64> = rates.iter().flat_map(|&rate| [rate, rate]).collect();
            panel = panel.series(Series::line(&format!("from m² = {start}"), &masses, &steps));
        }
        let (slow, fast) = (rates[0], rates[4]);
        let finding = format!(
            "As printed, trajectories pass the same mass at different rates, from {slow:.3} to {fast:.3} \
             per unit of ln b, so that no beta function produces them."
        );
        Figure::builder("Do these trajectories belong to one flow?", &finding)
            .source("§II bis, Figure 6, taken apart")
            .panel(panel.vertical(0.45, "m² = 0.45"))
            .build()
    }
}
