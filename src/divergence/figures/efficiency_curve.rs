//! What the wrong loss costs, over the spread of the inputs.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{
    Noise, Positive, PositiveArray, additive_efficiency, multiplicative_efficiency,
    simulate_efficiency,
};
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// The efficiency of each loss under the noise of the other, over the ratio of the largest to the smallest
/// input.
///
/// A line $y = \theta x$ through ten inputs. Section 5 recommends the loss for data whose noise varies in
/// size. That is right where the standard deviation is proportional to the mean, and wrong where it is the
/// same for all: then the loss gives the smallest inputs the largest weight. Efficiency is the variance of the
/// better slope over that of the other; one means that nothing is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct EfficiencyCurve {
    /// The ratio of the largest to the smallest input.
    pub ratios: Vec<f64>,
    /// Least squares under multiplicative noise, in closed form.
    pub least_squares: Vec<f64>,
    /// Itakura-Saito under additive noise, in closed form.
    pub itakura_saito: Vec<f64>,
    /// Both again by Monte Carlo, each with its standard error.
    pub simulated: Vec<[(f64, f64); 2]>,
}

/// The number of inputs.
const INPUTS: usize = 10;
/// Enough for a smooth line.
const POINTS: usize = 61;
/// The noise is below this part of the smallest mean, so that every target is positive.
const HALF_WIDTH: f64 = 0.5;

impl EfficiencyCurve {
    /// For the given ratios, with `repetitions` simulated samples for each.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) for a ratio that is not above one,
    /// [`Error::TooFew`](crate::Error::TooFew) for fewer than two repetitions.
    ///
    /// ```
    /// use itakura_saito::divergence::EfficiencyCurve;
    ///
    /// let curve = EfficiencyCurve::of_ratios(&[2.0, 10.0], 2000, 1)?;
    /// assert!(curve.least_squares[1] < curve.least_squares[0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_ratios(ratios: &[f64], repetitions: usize, seed: u64) -> Result<Self> {
        let mut curve = Self {
            ratios: ratios.to_vec(),
            least_squares: Vec::new(),
            itakura_saito: Vec::new(),
            simulated: Vec::new(),
        };
        for (index, &ratio) in ratios.iter().enumerate() {
            if !(ratio > 1.0 && ratio.is_finite()) {
                return Err(crate::Error::OutOfRange {
                    name: "the ratio of the largest to the smallest input",
                    value: ratio,
                    lower: 1.0,
                    upper: f64::MAX,
                    remedy: "at a ratio of one both losses give the mean, and nothing is to be compared",
                });
            }
            let inputs = inputs(ratio)?;
            curve.least_squares.push(multiplicative_efficiency(&inputs));
            curve.itakura_saito.push(additive_efficiency(&inputs));
            let multiplicative = Noise::Multiplicative { shape: Positive::ONE };
            let additive = Noise::Additive { half_width: Positive::new(HALF_WIDTH)? };
            let mut pair = [(0.0, 0.0); 2];
            for (noise, (result, kind)) in
                [multiplicative, additive].into_iter().zip(pair.iter_mut().zip(0..))
            {
                let stream = crate::seed::stream(seed, 2 * index as u64 + kind);
                let estimate =
                    simulate_efficiency(&inputs, Positive::ONE, noise, repetitions, stream)?;
                *result = (estimate.efficiency, estimate.standard_error);
            }
            curve.simulated.push(pair);
        }
        Ok(curve)
    }

    /// The largest distance of a simulated efficiency from its closed form, in standard errors.
    pub fn largest_deviation(&self) -> f64 {
        let closed = self.least_squares.iter().zip(&self.itakura_saito);
        let deviations = self.simulated.iter().zip(closed).flat_map(|(pair, (squares, loss))| {
            [(pair[0].0 - squares) / pair[0].1, (pair[1].0 - loss) / pair[1].1]
        });
        deviations.map(f64::abs).fold(0.0, f64::max)
    }

    /// Efficiency over the ratio of inputs: lines in closed form, points with three standard errors.
    ///
    /// # Errors
    ///
    /// If there is no ratio.
    pub fn figure(&self) -> Result<Figure> {
        let last = self.ratios.len().saturating_sub(1);
        let finding = match (self.least_squares.last(), self.itakura_saito.last()) {
            (Some(squares), Some(loss)) => format!(
                "At a ratio of {} between the inputs, least squares keeps {:.0} % of its efficiency under \
                 multiplicative noise, and Itakura-Saito {:.0} % under additive noise.",
                self.ratios[last],
                100.0 * squares,
                100.0 * loss
            ),
            _ => "No ratio was given.".to_owned(),
        };
        let smallest = self.ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = self.ratios.iter().copied().fold(1.0, f64::max);
        let ratios = match smallest < largest {
            true => geometric(smallest, largest, POINTS)?,
            false => self.ratios.clone(),
        };
        let over = |efficiency: fn(&PositiveArray) -> f64| {
            ratios
                .iter()
                .map(|&ratio| Ok(efficiency(&inputs(ratio)?)))
                .collect::<Result<Vec<f64>>>()
        };
        let (mut places, mut simulated, mut bars) = (Vec::new(), Vec::new(), Vec::new());
        for (&ratio, pair) in self.ratios.iter().zip(&self.simulated) {
            for &(efficiency, standard_error) in pair {
                places.push(ratio);
                simulated.push(efficiency);
                bars.push(3.0 * standard_error);
            }
        }
        let panel = Panel::new(
            Axis::logarithmic("largest input over smallest"),
            Axis::linear("efficiency of the wrong loss").range(0.0, 1.05),
        )
        .series(
            Series::line(
                "least squares, multiplicative noise",
                &ratios,
                &over(multiplicative_efficiency)?,
            )
            .role(Role::SquaredError),
        )
        .series(
            Series::line("Itakura-Saito, additive noise", &ratios, &over(additive_efficiency)?)
                .role(Role::ItakuraSaito),
        )
        .series(
            Series::data("both simulated, three standard errors", &places, &simulated)
                .errors(&bars),
        );
        Figure::builder("What does the wrong loss cost under each noise?", &finding)
            .source("§5")
            .panel(panel)
            .build()
    }
}

/// Ten inputs, evenly spaced from 1 to the ratio.
fn inputs(ratio: f64) -> Result<PositiveArray> {
    let position = |place: usize| place as f64 / (INPUTS - 1) as f64;
    let inputs = (0..INPUTS).map(|place| 1.0 + (ratio - 1.0) * position(place)).collect();
    PositiveArray::from_vec(inputs)
}
