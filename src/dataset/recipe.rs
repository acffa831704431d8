//! The recipe of section 17 with a generator of our own, and variants of it that can be learnt.

use std::f64::consts::TAU;

use ndarray::{Array1, Array2, Array3, s};
use ndarray_rand::RandomExt;
use ndarray_rand::rand::Rng;
use ndarray_rand::rand::rngs::StdRng;
use ndarray_rand::rand_distr::StandardNormal;

use super::Dataset;
use crate::divergence::PositiveArray;
use crate::seed::{generator, stream};
use crate::{Error, Result};

/// The number of positions of an item in section 17.
pub(super) const LENGTH: usize = 96;
/// The standard deviation of the noise on the inputs.
const NOISE: f64 = 0.05;
/// The smallest target of each item.
const FLOOR: f64 = 0.1;
/// Two positions to either side enter the target of [`Task::FollowsInput`].
const REACH: usize = 2;

/// The draws behind an item: two frequencies and two phases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Draws {
    pub(super) frequencies: [f64; 2],
    pub(super) phases: [f64; 2],
}

impl Draws {
    fn random(generator: &mut StdRng) -> Self {
        let frequencies = [generator.random_range(1.0..3.0), generator.random_range(3.0..6.0)];
        let phases = [generator.random_range(0.0..TAU), generator.random_range(0.0..TAU)];
        Self { frequencies, phases }
    }

    /// $0.6\sin(f_1 t + p_1) + 0.4\sin(f_2 t + p_2)$.
    fn wave(self) -> Array1<f64> {
        let ([first, second], [phase, other_phase]) = (self.frequencies, self.phases);
        times().mapv(|t| 0.6 * (first * t + phase).sin() + 0.4 * (second * t + other_phase).sin())
    }

    /// $0.8 + 0.6\sin(t/2 + p_1/2) + 0.2\cos(t/4 + p_2/2)$, moved so that its smallest value is 0.1.
    pub(super) fn envelope(self) -> Array1<f64> {
        let [phase, other_phase] = self.phases.map(|phase| phase / 2.0);
        let shape =
            |t: f64| 0.8 + 0.6 * (t / 2.0 + phase).sin() + 0.2 * (t / 4.0 + other_phase).cos();
        let envelope = times().mapv(shape);
        let lowest = envelope.fold(f64::INFINITY, |lowest, &value| lowest.min(value));
        envelope.mapv(|value| value - lowest + FLOOR)
    }
}

/// 96 times from 0 to $2\pi$, the end left out.
fn times() -> Array1<f64> {
    Array1::from_shape_fn(LENGTH, |index| index as f64 * (TAU / LENGTH as f64))
}

/// What has to be predicted from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// As in section 17. The targets follow from the two phases alone, through half of them, so that a
    /// phase of 0 and one of $2\pi$ give the same input and different targets.
    Paper,
    /// The same targets, with the position as a second input channel, from -1 to 1.
    PositionGiven,
    /// The same targets, with the position added to the single input channel.
    PositionAdded,
    /// Targets that the input determines: 0.1 plus the mean of its squares, noise left out, over five
    /// positions. Any window of five positions and more contains all that there is to know.
    FollowsInput,
}

/// The recipe of section 17: items of 96 positions, two sines and noise as inputs.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::{Dataset, Recipe, Task};
///
/// let data: Dataset = Recipe { items: 8, task: Task::PositionGiven }.generate(1)?;
/// assert_eq!((data.items(), data.channels(), data.length()), (8, 2, 96));
/// assert!(data.targets().minimum().get() >= 0.1);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// How many items.
    pub items: usize,
    /// What has to be predicted from what.
    pub task: Task,
}

impl Recipe {
    /// Items by a seed. Draws and noise come from two streams of it, so that the tasks share both.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without items.
    pub fn generate(self, seed: u64) -> Result<Dataset> {
        if self.items == 0 {
            return Err(Error::Empty { name: "a recipe's data set", remedy: "ask for an item" });
        }
        let mut of_draws = generator(stream(seed, 0));
        let draws: Vec<Draws> = (0..self.items).map(|_| Draws::random(&mut of_draws)).collect();
        let mut of_noise = generator(stream(seed, 1));
        let noise = Array2::random_using((self.items, LENGTH), StandardNormal, &mut of_noise);
        let waves = rows(&draws, Draws::wave);
        let inputs = self.task.inputs(&waves + &(NOISE * noise));
        Dataset::new(inputs, PositiveArray::try_from(self.task.targets(&draws, &waves))?)
    }
}

impl Task {
    fn inputs(self, waves: Array2<f64>) -> Array3<f64> {
        let position = Array1::linspace(-1.0, 1.0, LENGTH);
        let channels = if self == Self::PositionGiven { 2 } else { 1 };
        let mut inputs = Array3::zeros((waves.nrows(), channels, LENGTH));
        inputs.slice_mut(s![.., 0, ..]).assign(&waves);
        match self {
            Self::PositionGiven => inputs.slice_mut(s![.., 1, ..]).assign(&position),
            Self::PositionAdded => inputs += &position,
            Self::Paper | Self::FollowsInput => {}
        }
        inputs
    }

    fn targets(self, draws: &[Draws], waves: &Array2<f64>) -> Array2<f64> {
        match self {
            Self::Paper | Self::PositionGiven | Self::PositionAdded => rows(draws, Draws::envelope),
            Self::FollowsInput => local_power(waves),
        }
    }
}

/// One row for each item.
pub(super) fn rows(draws: &[Draws], row: fn(Draws) -> Array1<f64>) -> Array2<f64> {
    let mut rows = Array2::zeros((draws.len(), LENGTH));
    for (mut place, &draws) in rows.rows_mut().into_iter().zip(draws) {
        place.assign(&row(draws));
    }
    rows
}

/// The floor plus the mean square of each position and its neighbours within reach.
fn local_power(waves: &Array2<f64>) -> Array2<f64> {
    Array2::from_shape_fn(waves.dim(), |(item, position)| {
        let (first, last) = (position.saturating_sub(REACH), (position + REACH).min(LENGTH - 1));
        let window = waves.slice(s![item, first..=last]);
        FLOOR + window.iter().map(|value| value * value).sum::<f64>() / window.len() as f64
    })
}
