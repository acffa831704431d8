//! Targets with noise around a mean that runs over several decades.

use ndarray::{Array2, Array3};
use ndarray_rand::RandomExt;
use ndarray_rand::rand::Rng;
use ndarray_rand::rand_distr::{Gamma, Normal, Uniform};

use super::Dataset;
use crate::divergence::{Positive, PositiveArray};
use crate::seed::{generator, stream};
use crate::{Error, Result};

/// The number of positions of an item.
const LENGTH: usize = 20;

/// The noise around the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DecadeNoise {
    /// The mean times a gamma variable of mean 1 and this shape: standard deviation proportional to the mean.
    Multiplicative {
        /// The shape; 1 is exponential.
        shape: Positive,
    },
    /// The mean plus a uniform variable: one standard deviation for all. Uniform, as a normal variable
    /// would make some targets negative, where IS is not defined.
    Additive {
        /// The largest size of the noise in units of the smallest mean, below 1.
        relative_half_width: f64,
    },
    /// A gamma variable around the mean: one standard deviation for all, as large as one likes. The targets stay
    /// positive, where a uniform variable that is wider than the smallest mean would make some negative.
    ///
    /// $$ y \sim \Gamma\\!\left(\frac{\mu^2}{\sigma^2}, \frac{\sigma^2}{\mu}\right), \qquad
    /// \langle y\rangle = \mu, \qquad \operatorname{var} y = \sigma^2 $$
    Homoscedastic {
        /// The standard deviation $\sigma$ of all targets.
        deviation: Positive,
    },
    /// A normal variable around the mean, and every target that comes out below a floor is set to it. Where the
    /// mean is small this raises the mean of the targets: no loss can find the mean that was there before.
    Clipped {
        /// The standard deviation before the clipping.
        deviation: Positive,
        /// The smallest target.
        floor: Positive,
    },
}

/// A smooth mean of one input, over a range of decades, with noise.
///
/// $$ \mu(x) = \text{lowest}\cdot 10^{\\,\text{decades}\\,(1 + \sin(2.5 x))/2}, \qquad x \in [-1, 1] $$
///
/// Every item is twenty positions with an input of their own each: there is nothing else to learn from, and
/// neighbours have nothing to do with each other.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::{DecadeNoise, DecadeRecipe, DecadeSet};
/// use itakura_saito::divergence::Positive;
///
/// let noise = DecadeNoise::Multiplicative { shape: Positive::ONE };
/// let recipe = DecadeRecipe { lowest: Positive::new(0.01)?, decades: 4.0, noise };
/// let set: DecadeSet = recipe.generate(50, 1)?;
/// assert_eq!(set.means.shape(), [50, 20]);
/// assert!(set.means.maximum().get() / set.means.minimum().get() > 9e3);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DecadeRecipe {
    /// The smallest mean.
    pub lowest: Positive,
    /// How many powers of ten the mean runs over.
    pub decades: f64,
    /// The noise around it.
    pub noise: DecadeNoise,
}

/// Noisy targets, with the means behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct DecadeSet {
    /// Inputs and noisy targets.
    pub data: Dataset,
    /// What a perfect model predicts.
    pub means: PositiveArray,
}

impl DecadeRecipe {
    /// Items by a seed. Inputs and noise come from two streams of it.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without items; [`Error::OutOfRange`] for a number of decades outside 0 to 12 or a
    /// relative half width outside 0 to 1; [`Error::NotPositive`] for a gamma variable without a shape;
    /// [`Error::NotPositiveAt`] if a target underflows.
    pub fn generate(&self, items: usize, seed: u64) -> Result<DecadeSet> {
        within("the number of decades", self.decades, 12.0)?;
        if items == 0 {
            return Err(Error::Empty {
                name: "a data set over decades",
                remedy: "ask for an item",
            });
        }
        let mut of_inputs = generator(stream(seed, 0));
        let inputs =
            Array3::from_shape_fn((items, 1, LENGTH), |_| of_inputs.random_range(-1.0..=1.0));
        let mean = |(item, position)| self.mean(inputs[[item, 0, position]]);
        let means = Array2::from_shape_fn((items, LENGTH), mean);
        let targets = PositiveArray::try_from(self.noisy(&means, stream(seed, 1))?)?;
        Ok(DecadeSet {
            data: Dataset::new(inputs, targets)?,
            means: PositiveArray::try_from(means)?,
        })
    }

    /// The mean at an input.
    pub fn mean(&self, input: f64) -> f64 {
        self.lowest.get() * 10f64.powf(self.decades * 0.5 * (1.0 + (2.5 * input).sin()))
    }

    fn noisy(&self, means: &Array2<f64>, seed: u64) -> Result<Array2<f64>> {
        let mut generator = generator(seed);
        match self.noise {
            DecadeNoise::Multiplicative { shape } => {
                let noise = gamma(shape.get(), shape.get().recip())?;
                Ok(means * &Array2::random_using(means.dim(), noise, &mut generator))
            }
            DecadeNoise::Additive { relative_half_width } => {
                within("the relative half width of additive noise", relative_half_width, 1.0)?;
                let half_width = relative_half_width * self.lowest.get();
                let noise = Uniform::new_inclusive(-half_width, half_width);
                let noise = noise.expect("a finite interval");
                Ok(means + &Array2::random_using(means.dim(), noise, &mut generator))
            }
            DecadeNoise::Clipped { deviation, floor } => {
                let noise = Normal::new(0.0, deviation.get()).expect("a finite deviation");
                let noisy = means + &Array2::random_using(means.dim(), noise, &mut generator);
                Ok(noisy.mapv_into(|target| target.max(floor.get())))
            }
            DecadeNoise::Homoscedastic { deviation } => {
                let mut targets = means.clone();
                for target in &mut targets {
                    let (mean, variance) = (*target, deviation.get().powi(2));
                    *target = generator.sample(gamma(mean * mean / variance, variance / mean)?);
                }
                Ok(targets)
            }
        }
    }
}

/// The gamma variable of a shape and a scale.
fn gamma(shape: f64, scale: f64) -> Result<Gamma<f64>> {
    Gamma::new(shape, scale).map_err(|_| Error::NotPositive {
        name: "the shape or the scale of a gamma variable",
        value: shape.min(scale),
        remedy: "choose noise that is neither so small nor so large beside the mean",
    })
}

fn within(name: &'static str, value: f64, upper: f64) -> Result<()> {
    if (0.0..upper).contains(&value) {
        return Ok(());
    }
    let remedy = "keep it inside, or targets are not positive or leave the range of numbers";
    Err(Error::OutOfRange { name, value, lower: 0.0, upper, remedy })
}
