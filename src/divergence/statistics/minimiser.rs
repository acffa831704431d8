//! The constant that predicts a sample best.

use libm::scalbn;

use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::operator::scale::exponent_of;
use crate::{Error, Result};

/// The constant prediction with the smallest mean divergence from a sample, with its evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestConstant {
    /// The minimiser $c$.
    pub prediction: Positive,
    /// The mean divergence there.
    pub value: f64,
    /// The mean of $f\\,\partial_f d$ there, zero up to rounding.
    pub logarithmic_derivative: f64,
    /// The mean of $\partial_f^2 d$ there, positive at a strict minimum.
    pub curvature: f64,
    /// How many halvings or Newton steps it took.
    pub iterations: usize,
}

/// The constant $c$ that minimises the mean divergence of a sample from it, found numerically.
///
/// $$ c = \operatorname*{arg\\,min}\_{f > 0} \frac1n \sum_i d(y_i \\,\\|\\, f) $$
///
/// For $V$, and for every Bregman divergence, it is the arithmetic mean; for the reversed $R$ that
/// section 2 displays it is the harmonic mean. No closed form is used here: the mean derivative is
/// negative below the sample and positive above it, and its zero is bracketed and found by Newton's
/// method, with halving (in $\ln f$) where Newton leaves the bracket.
///
/// # Errors
///
/// [`Error::NotFinite`] if the mean derivative, divergence or curvature exceeds the range of `f64`, which takes a
/// sample over hundreds of decades, or far from one, or an extreme exponent.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, PositiveArray, best_constant};
///
/// let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
/// let forward = best_constant(Divergence::ItakuraSaito, &sample)?;
/// let reversed = best_constant(Divergence::ReversedItakuraSaito, &sample)?;
/// assert!((forward.prediction.get() - 3.0).abs() < 1e-14);
/// assert!((reversed.prediction.get() - 1.8).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn best_constant(divergence: Divergence, sample: &PositiveArray) -> Result<BestConstant> {
    let (low, high) = (sample.minimum(), sample.maximum());
    let start = Slopes::at(divergence, sample, between(low, high));
    let is_in_range = start.as_ref().is_ok_and(|slopes| slopes.second.is_normal());
    let (prediction, iterations) = if is_in_range {
        minimiser(divergence, sample)?
    } else {
        // Every divergence here is homogeneous, so that the unit of the sample does not move the place of the
        // minimum: in units of a power of two its derivatives are numbers.
        let exponent = exponent_of(high.get());
        let entries = sample.map(|target| scalbn(target.get(), -exponent));
        let remedy = "leave out what is hundreds of decades below the largest";
        let scaled =
            PositiveArray::named(entries, "the sample in units of its largest at ", remedy)?;
        let (prediction, iterations) = minimiser(divergence, &scaled)?;
        (Positive::checked(scalbn(prediction.get(), exponent)), iterations)
    };
    let at = |name, function: &dyn Fn(Positive) -> f64| {
        let value = sample.mean_of(function);
        let remedy = "measure the sample in a unit near its size, or choose a smaller exponent";
        if value.is_finite() { Ok(value) } else { Err(Error::NotFinite { name, value, remedy }) }
    };
    Ok(BestConstant {
        prediction,
        value: at("the mean divergence", &|target| divergence.value(target, prediction))?,
        logarithmic_derivative: Slopes::at(divergence, sample, prediction)?.first,
        curvature: at("the mean curvature of the divergence", &|target| {
            divergence.second_derivative(target, prediction)
        })?,
        iterations,
    })
}

/// Where the mean derivative vanishes, and after how many steps.
fn minimiser(divergence: Divergence, sample: &PositiveArray) -> Result<(Positive, usize)> {
    let (mut low, mut high) = (sample.minimum(), sample.maximum());
    let mut prediction = between(low, high);
    let mut iterations = 0;
    loop {
        let slopes = Slopes::at(divergence, sample, prediction)?;
        if slopes.first < 0.0 {
            low = prediction;
        } else {
            high = prediction;
        }
        let next = slopes
            .newton_step(prediction)
            .filter(|next| low < *next && *next < high && iterations < MOST_NEWTON_STEPS)
            .unwrap_or_else(|| between(low, high));
        let change = (next.get() - prediction.get()).abs();
        if slopes.are_settled() || change <= f64::EPSILON * prediction.get() {
            return Ok((prediction, iterations));
        }
        prediction = next;
        iterations += 1;
    }
}

/// Newton is quadratic once it is near; a run that is longer than this is finished by halving alone.
const MOST_NEWTON_STEPS: usize = 64;

/// The mean divergence differentiated in $\ln f$, once and twice.
struct Slopes {
    first: f64,
    second: f64,
}

impl Slopes {
    fn at(divergence: Divergence, sample: &PositiveArray, prediction: Positive) -> Result<Self> {
        let derivatives = |target| divergence.logarithmic_derivatives(target, prediction);
        let first = sample.mean_of(|target| derivatives(target).first);
        let second = sample.mean_of(|target| derivatives(target).second);
        if first.is_finite() {
            return Ok(Self { first, second });
        }
        Err(Error::NotFinite {
            name: "the mean derivative of the divergence over the sample",
            value: first,
            remedy: "measure the sample in a unit near its size, or choose a smaller exponent",
        })
    }

    /// Whether Newton's step is below the rounding of the prediction.
    fn are_settled(&self) -> bool {
        self.first == 0.0 || self.first.abs() <= f64::EPSILON * self.second
    }

    /// Newton's step in $\ln f$, unless it leads nowhere.
    fn newton_step(&self, prediction: Positive) -> Option<Positive> {
        Positive::new(prediction.get() * (-self.first / self.second).exp()).ok()
    }
}

/// The geometric mean of two numbers.
fn between(low: Positive, high: Positive) -> Positive {
    let root = low.get().sqrt() * high.get().sqrt();
    Positive::checked(root.max(low.get()).min(high.get()))
}
