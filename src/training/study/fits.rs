//! One seed of the study over decades, to be looked at.

use ndarray::{Array2, Array3};

use super::protocol::{NOISE_LABELS, NOISES};
use super::{Job, Protocol};
use crate::Result;
use crate::dataset::Dataset;
use crate::divergence::{Loss, PositiveArray};
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::training::TrainingRun;

/// Noisy targets, the mean behind them, and what a perceptron makes of them under three losses.
///
/// # Examples
///
/// ```
/// use itakura_saito::training::study::NoisyFits;
///
/// let fits: NoisyFits = NoisyFits::train("gamma_four_decades", 1, 2, &mut |_| Ok(()))?;
/// assert_eq!(fits.runs.len(), 3);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NoisyFits {
    /// The trainings: MSE, IS, log-MSE.
    pub runs: Vec<TrainingRun>,
    noise: String,
    grid: Vec<f64>,
    means: Vec<f64>,
    predictions: Vec<Vec<f64>>,
    sample: (Vec<f64>, Vec<f64>),
}

const LOSSES: [Loss; 3] = [Loss::MeanSquaredError, Loss::ITAKURA_SAITO, Loss::SquaredLogarithm];
/// Points of a curve, and of the sample that is drawn.
const POINTS: usize = 120;
const SAMPLE: usize = 250;

impl NoisyFits {
    /// Trains on the three losses, which share data, weights and batches.
    ///
    /// # Errors
    ///
    /// For an unknown kind of noise; if a prediction leaves the range of numbers.
    pub fn train(
        noise: &str,
        seed: u64,
        epochs: usize,
        reached: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Self> {
        let protocol = Protocol::Decades;
        let job = |loss| Job { protocol, subject: noise.to_owned(), loss, seed, epochs };
        let mut done = 0;
        let mut count = |_| {
            done += 1;
            reached(done)
        };
        let train = |loss| job(loss).train_with(&mut count);
        let runs = LOSSES.into_iter().map(train).collect::<Result<Vec<TrainingRun>>>()?;
        let grid: Vec<f64> =
            (0..POINTS).map(|index| 2.0 * index as f64 / (POINTS - 1) as f64 - 1.0).collect();
        let recipe = super::job::decades(noise)?;
        let means: Vec<f64> = grid.iter().map(|&input| recipe.mean(input)).collect();
        let inputs = Array3::from_shape_vec((1, 1, POINTS), grid.clone()).expect("one item");
        let targets = Array2::from_shape_vec((1, POINTS), means.clone()).expect("one item");
        let on_grid = Dataset::new(inputs, PositiveArray::try_from(targets)?)?;
        let predict = |run: &TrainingRun| Ok(run.predict(&on_grid)?.as_slice().to_vec());
        let predictions = runs.iter().map(predict).collect::<Result<Vec<Vec<f64>>>>()?;
        let data = job(LOSSES[0]).training_data()?;
        let first = |values: &mut dyn Iterator<Item = &f64>| values.take(SAMPLE).copied().collect();
        let sample =
            (first(&mut data.inputs().iter()), first(&mut data.targets().as_slice().iter()));
        Ok(Self { runs, noise: noise.to_owned(), grid, means, predictions, sample })
    }

    /// The kind of noise in words.
    fn label(&self) -> &str {
        let place = NOISES.iter().position(|noise| *noise == self.noise);
        place.map_or(&self.noise, |place| NOISE_LABELS[place])
    }

    /// The part of the vertical axis that holds the mean and all targets that are drawn but the smallest four
    /// per cent, which under gamma noise come arbitrarily close to zero.
    fn shown(&self) -> (f64, f64) {
        let mut targets = self.sample.1.clone();
        targets.sort_by(f64::total_cmp);
        let smallest = self.means.iter().copied().fold(targets[targets.len() / 25], f64::min);
        let largest = self.means.iter().copied().fold(targets[targets.len() - 1], f64::max);
        (0.8 * smallest, 1.25 * largest)
    }

    /// Targets, mean and the three predictions over the input.
    ///
    /// # Errors
    ///
    /// If a number cannot be drawn.
    pub fn figure(&self) -> Result<Figure> {
        let factor = |prediction: &Vec<f64>| {
            let pairs = prediction.iter().zip(&self.means);
            pairs.map(|(f, mean)| (f / mean).ln().abs()).fold(0.0, f64::max).exp()
        };
        let [squares, itakura_saito, logarithm] = [0, 1, 2].map(|at| factor(&self.predictions[at]));
        let finding = format!(
            "Noise: {}. The prediction is off by at most a factor of {itakura_saito:.2} after \
             IS, {logarithm:.2} after log-MSE and {squares:.2} after MSE.",
            self.label()
        );
        let (x, y) = &self.sample;
        let vertical = Axis::logarithmic("target y, prediction f");
        let (low, high) = self.shown();
        let vertical = vertical.range(low, high);
        let mut panel = Panel::new(Axis::linear("input x"), vertical)
            .series(Series::data("noisy targets", x, y))
            .series(Series::line("mean", &self.grid, &self.means));
        let losses = [
            ("MSE", Role::SquaredError),
            ("IS", Role::ItakuraSaito),
            ("log-MSE", Role::SquaredLogarithm),
        ];
        for ((name, role), prediction) in losses.into_iter().zip(&self.predictions) {
            panel = panel.series(Series::line(name, &self.grid, prediction).role(role));
        }
        let title = match squares > 2.0 * itakura_saito {
            true => "Least squares gives up where the mean is small",
            false => "How far do the three losses differ?",
        };
        Figure::builder(title, &finding).source("§5").panel(panel).build()
    }
}
