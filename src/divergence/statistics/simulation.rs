//! Which loss estimates a slope better, by Monte Carlo.

use libm::scalbn;
use ndarray::ArrayD;
use ndarray_rand::RandomExt;
use ndarray_rand::rand::distr::Uniform;
use ndarray_rand::rand::rngs::StdRng;
use ndarray_rand::rand_distr::Gamma;

use super::efficiency::at_least_two;
use super::sampling::unit_gamma;
use crate::divergence::{Positive, PositiveArray};
use crate::operator::scale::exponent_where_needed;
use crate::seed::generator;
use crate::{Error, Result};

/// The slope $\theta$ of $y = \theta x$ as each loss estimates it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineFit {
    /// The minimiser of $\sum V(y_i, \theta x_i)$: the mean of $y_i/x_i$.
    pub itakura_saito: f64,
    /// The minimiser of $\sum (y_i - \theta x_i)^2$: $\sum x_i y_i / \sum x_i^2$.
    pub least_squares: f64,
}

impl LineFit {
    /// Both slopes in units of a power of two.
    fn in_units(self, exponent: i32) -> Self {
        let [itakura_saito, least_squares] =
            [self.itakura_saito, self.least_squares].map(|slope| scalbn(slope, -exponent));
        Self { itakura_saito, least_squares }
    }
}

/// Fits a line through the origin with both losses.
///
/// # Errors
///
/// [`Error::ShapeMismatch`] if there is not one input for each target, [`Error::NotFinite`] if a slope is too large
/// for an `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{PositiveArray, fit_line};
///
/// let target = PositiveArray::from_vec(vec![1.0, 6.0])?;
/// let inputs = PositiveArray::from_vec(vec![1.0, 2.0])?;
/// let fit = fit_line(&target, &inputs)?;
/// assert_eq!((fit.itakura_saito, fit.least_squares), (2.0, 2.6));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn fit_line(target: &PositiveArray, inputs: &PositiveArray) -> Result<LineFit> {
    let unit = inputs.maximum().get();
    let name = "the slope of the line";
    let ratio = |y: Positive, x: Positive| y.get() / x.get();
    let product = |y: Positive, x: Positive| (x.get() / unit) * (y.get() / unit);
    let products = target.mean_with(inputs, name, product)?;
    let squares = inputs.mean_of(|x| (x.get() / unit).powi(2));
    let itakura_saito = target.mean_with(inputs, name, ratio)?;
    let least_squares = products / squares;
    if least_squares.is_infinite() {
        let remedy = "measure the targets in a larger unit, or the inputs in a smaller one";
        return Err(Error::NotFinite { name, value: least_squares, remedy });
    }
    Ok(LineFit { itakura_saito, least_squares })
}

/// The noise around the line $\theta x$.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// $y = \theta x\\,\varepsilon$ with gamma $\varepsilon$ of mean 1: standard deviation
    /// proportional to the mean.
    Multiplicative {
        /// The shape of the gamma variable; its variance is the reciprocal.
        shape: Positive,
    },
    /// $y = \theta x + \varepsilon$ with uniform $\varepsilon$: one standard deviation for all. Uniform,
    /// as a normal variable would make some targets negative, where IS is not defined.
    Additive {
        /// The largest $|\varepsilon|$, below every $\theta x$.
        half_width: Positive,
    },
}

/// The efficiency of the losing loss, by Monte Carlo, with its evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EfficiencyEstimate {
    /// The variance of the better slope divided by that of the other: least squares relative to IS
    /// under multiplicative noise, IS relative to least squares under additive noise.
    pub efficiency: f64,
    /// The standard error of `efficiency`, to first order.
    pub standard_error: f64,
    /// The mean slopes; both estimators are unbiased.
    pub mean: LineFit,
    /// The standard errors of the mean slopes.
    pub mean_standard_error: LineFit,
}

/// Repeats [`fit_line`] on simulated targets and compares the variances of the two slopes.
///
/// The independent route to [`multiplicative_efficiency`](super::multiplicative_efficiency) and
/// [`additive_efficiency`](super::additive_efficiency).
///
/// # Errors
///
/// [`Error::TooFew`] if `repetitions` is below 2; [`Error::OutOfRange`] if additive noise is wide enough
/// to make a target negative; [`Error::NotPositiveAt`] if a target leaves the range of `f64`;
/// [`Error::NotPositive`] if the noise is below the rounding of the targets, so that no slope varies.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Noise, Positive, PositiveArray, simulate_efficiency};
///
/// let inputs = PositiveArray::from_vec((1..=10).map(f64::from).collect())?;
/// let noise = Noise::Multiplicative { shape: Positive::ONE };
/// let estimate = simulate_efficiency(&inputs, Positive::ONE, noise, 10_000, 1)?;
/// assert!((estimate.efficiency - 0.5851).abs() < 4.0 * estimate.standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn simulate_efficiency(
    inputs: &PositiveArray,
    slope: Positive,
    noise: Noise,
    repetitions: usize,
    seed: u64,
) -> Result<EfficiencyEstimate> {
    at_least_two(repetitions, "the number of repetitions")?;
    let line = PositiveArray::named(
        inputs.map(|x| slope.get() * x.get()),
        "the mean target at ",
        "choose inputs and a slope closer to one",
    )?;
    let simulator = Simulator::new(&line, noise)?;
    let mut generator = generator(seed);
    let fits = (0..repetitions)
        .map(|_| fit_line(&simulator.targets(&line, &mut generator)?, inputs))
        .collect::<Result<Vec<_>>>()?;
    // In units of a power of two where the square of a slope would leave the range of numbers.
    let exponent = exponent_where_needed(slope.get());
    let scaled: Vec<LineFit> = fits.iter().map(|fit| fit.in_units(exponent)).collect();
    let estimate = compare(&scaled, noise);
    if !(estimate.efficiency.is_finite() && estimate.efficiency > 0.0) {
        return Err(Error::NotPositive {
            name: "the ratio of the variances of the two slopes",
            value: estimate.efficiency,
            remedy: "noise below the rounding of the targets moves no slope: choose more of it",
        });
    }
    Ok(EfficiencyEstimate {
        mean: estimate.mean.in_units(-exponent),
        mean_standard_error: estimate.mean_standard_error.in_units(-exponent),
        ..estimate
    })
}

/// A distribution of noise that has been checked.
enum Simulator {
    Multiplicative(Gamma<f64>),
    Additive(Uniform<f64>),
}

impl Simulator {
    fn new(line: &PositiveArray, noise: Noise) -> Result<Self> {
        let lowest = line.minimum().get();
        match noise {
            Noise::Multiplicative { shape } => Ok(Self::Multiplicative(unit_gamma(shape)?)),
            Noise::Additive { half_width } if half_width.get() < lowest => {
                let half_width = half_width.get();
                let noise = Uniform::new_inclusive(-half_width, half_width);
                Ok(Self::Additive(noise.expect("a finite interval")))
            }
            Noise::Additive { half_width } => Err(Error::OutOfRange {
                name: "the half width of additive noise",
                value: half_width.get(),
                lower: 0.0,
                upper: lowest,
                remedy: "keep it below the smallest mean target, or some targets are not positive",
            }),
        }
    }

    fn targets(&self, line: &PositiveArray, generator: &mut StdRng) -> Result<PositiveArray> {
        let shape = line.view().raw_dim();
        let targets = match self {
            Self::Multiplicative(noise) => {
                &line.view() * &ArrayD::random_using(shape, noise, generator)
            }
            Self::Additive(noise) => &line.view() + &ArrayD::random_using(shape, noise, generator),
        };
        PositiveArray::named(targets, "the simulated target at ", "choose a larger shape")
    }
}

/// The ratio of the two variances, and its standard error from the repetitions.
fn compare(fits: &[LineFit], noise: Noise) -> EfficiencyEstimate {
    let first = Moments::of(fits, |fit| fit.itakura_saito);
    let second = Moments::of(fits, |fit| fit.least_squares);
    let (better, worse) = match noise {
        Noise::Multiplicative { .. } => (&first, &second),
        Noise::Additive { .. } => (&second, &first),
    };
    let efficiency = better.variance / worse.variance;
    // The squared deviations of both slopes come in pairs: their difference has the smaller variance.
    let paired = better.squares.iter().zip(&worse.squares);
    let residuals: f64 = paired.map(|(better, worse)| (better - efficiency * worse).powi(2)).sum();
    let count = fits.len() as f64;
    EfficiencyEstimate {
        efficiency,
        standard_error: residuals.sqrt() / (count * worse.variance),
        mean: LineFit { itakura_saito: first.mean, least_squares: second.mean },
        mean_standard_error: LineFit {
            itakura_saito: (first.variance / count).sqrt(),
            least_squares: (second.variance / count).sqrt(),
        },
    }
}

struct Moments {
    mean: f64,
    variance: f64,
    squares: Vec<f64>,
}

impl Moments {
    fn of(fits: &[LineFit], slope: impl Fn(&LineFit) -> f64) -> Self {
        let count = fits.len() as f64;
        let mean = fits.iter().map(&slope).sum::<f64>() / count;
        let squares: Vec<f64> = fits.iter().map(|fit| (slope(fit) - mean).powi(2)).collect();
        Self { mean, variance: squares.iter().sum::<f64>() / (count - 1.0), squares }
    }
}
