//! How much worse the wrong loss estimates a slope, in closed form.

use ndarray::Array1;
use ndarray_rand::RandomExt;
use ndarray_rand::rand::distr::Uniform;
use ndarray_rand::rand_distr::LogNormal;

use crate::divergence::{Positive, PositiveArray};
use crate::seed::generator;
use crate::{Error, Result};

/// The efficiency of least squares relative to IS under multiplicative noise.
///
/// $$ \frac{\operatorname{Var}\hat\theta_{\mathrm{IS}}}{\operatorname{Var}\hat\theta_{\mathrm{LS}}}
///    = \frac{\bigl(\sum x_i^2\bigr)^2}{n \sum x_i^4} \le 1 $$
///
/// for $y_i = \theta x_i \varepsilon_i$ with independent $\varepsilon_i$ of mean 1 and one variance,
/// where $\hat\theta_{\mathrm{IS}}$ is the mean of $y_i/x_i$. Section 5 claims an advantage for
/// heteroscedastic data; this is its exact size. Constant $x$ gives 1: the estimators coincide.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{PositiveArray, multiplicative_efficiency};
///
/// let inputs = PositiveArray::from_vec((1..=10).map(f64::from).collect())?;
/// assert!((multiplicative_efficiency(&inputs) - 0.5851063829787234).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn multiplicative_efficiency(inputs: &PositiveArray) -> f64 {
    // In units of the largest input, which cancels, no power can overflow.
    let unit = inputs.maximum().get();
    let squares = inputs.mean_of(|x| (x.get() / unit).powi(2));
    let fourths = inputs.mean_of(|x| (x.get() / unit).powi(4));
    squares * squares / fourths
}

/// The efficiency of IS relative to least squares under additive noise of constant variance.
///
/// $$ \frac{\operatorname{Var}\hat\theta_{\mathrm{LS}}}{\operatorname{Var}\hat\theta_{\mathrm{IS}}}
///    = \frac{n^2}{\sum x_i^2\\, \sum x_i^{-2}} \le 1 $$
///
/// for $y_i = \theta x_i + \varepsilon_i$. The case that section 5 leaves out: here IS loses,
/// without bound when small inputs occur.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{PositiveArray, additive_efficiency};
///
/// let inputs = PositiveArray::from_vec((1..=10).map(f64::from).collect())?;
/// assert!((additive_efficiency(&inputs) - 0.1675994760484193).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn additive_efficiency(inputs: &PositiveArray) -> f64 {
    let (smallest, largest) = (inputs.minimum().get(), inputs.maximum().get());
    let squares = inputs.mean_of(|x| (x.get() / largest).powi(2));
    let inverse_squares = inputs.mean_of(|x| (smallest / x.get()).powi(2));
    (smallest / largest).powi(2) / squares / inverse_squares
}

/// [`multiplicative_efficiency`] of many inputs whose logarithm is normal.
///
/// $$ \frac{(\mathrm{E}x^2)^2}{\mathrm{E}x^4} = e^{-4s^2} $$
///
/// with $s$ the standard deviation of $\ln x$.
///
/// # Errors
///
/// [`Error::NotPositive`] if the spread is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::lognormal_efficiency;
///
/// assert!((lognormal_efficiency(0.5)? - 0.367879441171442).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn lognormal_efficiency(spread: f64) -> Result<f64> {
    let remedy = "give the standard deviation of the logarithm of the inputs";
    Ok(of_lognormal(Positive::named("the spread", spread, remedy)?))
}

fn of_lognormal(spread: Positive) -> f64 {
    (-4.0 * spread.get() * spread.get()).exp()
}

/// How inputs are distributed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Design {
    /// Uniform between 0 and 1.
    Uniform,
    /// Lognormal with the median 1.
    LogNormal {
        /// The standard deviation $s$ of $\ln x$.
        spread: Positive,
    },
}

impl Design {
    /// The limit of [`multiplicative_efficiency`] for many inputs.
    ///
    /// $$ \frac{(\mathrm{E}x^2)^2}{\mathrm{E}x^4} = \frac59 \quad\text{(uniform)}, \qquad e^{-4s^2} \quad\text{(lognormal)} $$
    pub fn efficiency(self) -> f64 {
        match self {
            Self::Uniform => 5.0 / 9.0,
            Self::LogNormal { spread } => of_lognormal(spread),
        }
    }

    /// Independent inputs.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if `count` is zero, [`Error::NotPositiveAt`] if an input is beyond the range of
    /// `f64`, which takes a spread of hundreds.
    pub fn sample(self, count: usize, seed: u64) -> Result<PositiveArray> {
        let generator = &mut generator(seed);
        let inputs = match self {
            // 1 - u is in (0, 1], where u is in [0, 1).
            Self::Uniform => 1.0 - Array1::random_using(count, unit_uniform(), generator),
            Self::LogNormal { spread } => {
                let logarithm = LogNormal::new(0.0, spread.get()).expect("a positive spread");
                Array1::random_using(count, logarithm, generator)
            }
        };
        PositiveArray::named(inputs.into_dyn(), "the input at ", "choose a smaller spread")
    }
}

/// The efficiency of a random design, estimated from a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEstimate {
    /// [`multiplicative_efficiency`] of the sample.
    pub efficiency: f64,
    /// Its standard error, to first order in the two sample moments.
    pub standard_error: f64,
}

/// The efficiency of a random design from `count` random inputs, beside [`Design::efficiency`].
///
/// # Errors
///
/// [`Error::TooFew`] if `count` is below 2; otherwise as [`Design::sample`].
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Design, simulate_design};
///
/// let estimate = simulate_design(Design::Uniform, 100_000, 1)?;
/// let error = estimate.efficiency - Design::Uniform.efficiency();
/// assert!(error.abs() < 4.0 * estimate.standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn simulate_design(design: Design, count: usize, seed: u64) -> Result<DesignEstimate> {
    at_least_two(count, "the number of inputs")?;
    let inputs = design.sample(count, seed)?;
    let unit = inputs.maximum().get();
    let square = |x: Positive| (x.get() / unit).powi(2);
    let squares = inputs.mean_of(square);
    let fourths = inputs.mean_of(|x| square(x).powi(2));
    // The derivative of squares^2 / fourths in the two moments, one input at a time.
    let influence = |x| 2.0 * square(x) / squares - square(x).powi(2) / fourths - 1.0;
    let efficiency = multiplicative_efficiency(&inputs);
    let variance = inputs.mean_of(|x| influence(x).powi(2)) / (count - 1) as f64;
    Ok(DesignEstimate { efficiency, standard_error: efficiency * variance.sqrt() })
}

fn unit_uniform() -> Uniform<f64> {
    Uniform::new(0.0, 1.0).expect("a finite interval")
}

pub(super) fn at_least_two(count: usize, name: &'static str) -> Result<()> {
    if count >= 2 {
        return Ok(());
    }
    Err(Error::TooFew { name, count, minimum: 2, remedy: "a variance takes two" })
}
