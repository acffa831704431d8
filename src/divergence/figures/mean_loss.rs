//! Which constant predicts a sample best, as a figure.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{BestConstant, Divergence, PositiveArray, best_constant};
use crate::figure::{Axis, Figure, Panel, Series};

const POINTS: usize = 121;

/// The mean divergence of a sample from a constant, over the constant, for $V$ and for $R$.
///
/// $$ \bar V(c) = \frac1n \sum_i V(y_i, c) $$
///
/// It is smallest at the arithmetic mean for $V$ and at the harmonic mean for $R$: the two losses, which
/// agree to second order, want different things from a network that has to guess.
///
/// ```
/// use itakura_saito::divergence::{MeanLoss, PositiveArray};
///
/// let sample: PositiveArray = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
/// let loss: MeanLoss = MeanLoss::of_sample(&sample)?;
/// assert!((loss.forward.prediction.get() - 3.0).abs() < 1e-12);
/// assert!((loss.reversed.prediction.get() - 1.8).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MeanLoss {
    /// The best constant for $V$.
    pub forward: BestConstant,
    /// The best constant for $R$.
    pub reversed: BestConstant,
    constants: Vec<f64>,
    forward_means: Vec<f64>,
    reversed_means: Vec<f64>,
}

impl MeanLoss {
    /// For a sample, over constants from half its smallest to twice its largest value.
    ///
    /// # Errors
    ///
    /// If the sample spans more than 64 bits can hold.
    pub fn of_sample(sample: &PositiveArray) -> Result<MeanLoss> {
        let (low, high) = (sample.minimum().get() / 2.0, sample.maximum().get() * 2.0);
        let constants = geometric(low, high, POINTS)?;
        let means = |divergence: Divergence| {
            let mean = |&constant: &f64| {
                divergence.mean(sample, &PositiveArray::constant(sample.shape(), constant)?)
            };
            constants.iter().map(mean).collect::<Result<Vec<f64>>>()
        };
        Ok(MeanLoss {
            forward: best_constant(Divergence::ItakuraSaito, sample)?,
            reversed: best_constant(Divergence::ReversedItakuraSaito, sample)?,
            forward_means: means(Divergence::ItakuraSaito)?,
            reversed_means: means(Divergence::ReversedItakuraSaito)?,
            constants,
        })
    }

    /// Mean loss over the constant, with both minima marked.
    ///
    /// # Errors
    ///
    /// If a mean overflows.
    pub fn figure(&self) -> Result<Figure> {
        let (forward, reversed) = (self.forward.prediction.get(), self.reversed.prediction.get());
        let finding = format!(
            "The mean Itakura-Saito divergence is smallest at {forward:.4}, the arithmetic mean of the \
             sample; the reversed one at {reversed:.4}, its harmonic mean."
        );
        let x = Axis::logarithmic("constant prediction c");
        let panel = Panel::new(x, Axis::linear("mean loss over the sample"))
            .series(Series::corrected("V(y, c)", &self.constants, &self.forward_means))
            .series(Series::as_printed(
                "R(y, c), as displayed in §2",
                &self.constants,
                &self.reversed_means,
            ))
            .vertical(forward, "arithmetic mean")
            .vertical(reversed, "harmonic mean");
        Figure::builder("Exchanging the arguments changes what the loss asks for", &finding)
            .source("§2")
            .panel(panel)
            .build()
    }
}
