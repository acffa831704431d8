//! What one step of plain descent does to a prediction.

use super::spacing::geometric;
use crate::divergence::{Positive, direct_step, log_step};
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::{Error, Result};

/// Where a prediction stands after one step, for direct descent and for descent in the logarithm.
///
/// Section 5 says that the loss stabilises training. Its gradient $(f - y)/f^2$ has no Lipschitz constant
/// near zero: a prediction that is ten times too small jumps to many times the target, and comes back slowly,
/// since the gradient is small there. In $\psi = \ln f$ the gradient is below one on the side of large
/// predictions; on the other side it grows like $y/f$, and a step can overshoot as well.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMap {
    target: f64,
    learning_rate: f64,
    /// Predictions before and after a direct step that stays positive.
    direct: (Vec<f64>, Vec<f64>),
    /// Predictions before and after a step in the logarithm that is drawn.
    logarithmic: (Vec<f64>, Vec<f64>),
    /// How many direct steps ended at zero or below.
    pub past_zero: usize,
    /// How many steps in the logarithm ended beyond ten thousand targets, and are not drawn.
    pub beyond: usize,
}

/// Enough for a smooth line.
const POINTS: usize = 121;
/// What is drawn: up to this many times the target.
const CEILING: f64 = 1e4;

impl StepMap {
    /// For predictions between two multiples of the target.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless all numbers are positive, [`Error::OutOfRange`] unless the ratios are in
    /// order.
    ///
    /// ```
    /// use itakura_saito::divergence::StepMap;
    ///
    /// let (target, learning_rate) = (1.0, 0.5);
    /// let map = StepMap::of_ratios(target, learning_rate, 0.05, 5.0)?;
    /// assert!(map.figure()?.title().contains("one step"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_ratios(target: f64, learning_rate: f64, lowest: f64, highest: f64) -> Result<Self> {
        let target = Positive::target(target)?.get();
        let learning_rate = Positive::learning_rate(learning_rate)?.get();
        let ratios = geometric(lowest, highest, POINTS)?;
        let mut map = Self {
            target,
            learning_rate,
            direct: (Vec::new(), Vec::new()),
            logarithmic: (Vec::new(), Vec::new()),
            past_zero: 0,
            beyond: 0,
        };
        for ratio in ratios {
            let before = Positive::prediction(ratio * target)?.get();
            match direct_step(target, before, learning_rate) {
                Ok(after) => push(&mut map.direct, before, after),
                // A step past zero has no place on the axis, and is counted.
                Err(Error::NotPositive { .. }) => map.past_zero += 1,
                Err(error) => return Err(error),
            }
            let after = log_step(target, before.ln(), learning_rate)?.exp();
            if after < CEILING * target {
                push(&mut map.logarithmic, before, after);
            } else {
                map.beyond += 1;
            }
        }
        Ok(map)
    }

    /// Prediction after over prediction before, on logarithmic axes, with the diagonal.
    ///
    /// # Errors
    ///
    /// [`Error::FigureEmpty`] if every direct step ends below zero.
    pub fn figure(&self) -> Result<Figure> {
        let (before, after) = &self.direct;
        let (Some(&first), Some(&landing)) = (before.first(), after.first()) else {
            return Err(Error::FigureEmpty {
                what: "every direct step ends below zero".to_owned(),
            });
        };
        let finding = format!(
            "With a learning rate of {} one direct step takes a prediction of {first:.3} to {landing:.3}, \
             while the target is {}.",
            self.learning_rate, self.target
        );
        let title = "Where does one step end?";
        let ends = [first, before[before.len() - 1]];
        let (log_before, log_after) = &self.logarithmic;
        let panel = Panel::new(
            Axis::logarithmic("prediction before the step"),
            Axis::logarithmic("prediction after it"),
        )
        .series(Series::line("direct: in f", before, after))
        .series(Series::line("logarithmic: in ln f", log_before, log_after).role(Role::Corrected))
        .series(Series::line("no change", &ends, &ends))
        .horizontal(self.target, "target");
        Figure::builder(title, &finding).source("§5").panel(panel).build()
    }
}

fn push(line: &mut (Vec<f64>, Vec<f64>), x: f64, y: f64) {
    line.0.push(x);
    line.1.push(y);
}
