//! Gradient descent on the divergence in three coordinates, step by step.

use ndarray::Array1;

use crate::divergence::{Positive, itakura_saito_derivative};
use crate::{Error, Result};

/// One step of plain descent on [`itakura_saito`](fn@crate::divergence::itakura_saito) in the prediction itself.
///
/// $$ f \mapsto f - \eta\\,\frac{f - y}{f^2} $$
///
/// Section 5 expects stability. But the gradient has no Lipschitz constant: from $f = 0.1$ towards
/// $y = 1$ with $\eta = 1/2$ the step lands at 45.1, where the gradient has shrunk to 0.0217. In
/// general $\eta$ is in units of $f^2$, so that no one rate suits targets of different size.
///
/// # Errors
///
/// [`Error::NotPositive`] if a number is not positive, or if the step leaves the positive numbers; it is
/// not clamped back.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::direct_step;
///
/// let (target, prediction, learning_rate) = (1.0, 0.1, 0.5);
/// assert!((direct_step(target, prediction, learning_rate)? - 45.1).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn direct_step(target: f64, prediction: f64, learning_rate: f64) -> Result<f64> {
    let learning_rate = Positive::learning_rate(learning_rate)?.get();
    stay_positive(prediction - learning_rate * itakura_saito_derivative(target, prediction)?)
}

/// The natural gradient of [`itakura_saito`](fn@crate::divergence::itakura_saito): the gradient divided by the Fisher
/// information.
///
/// $$ \Bigl(\frac1{f^2}\Bigr)^{-1} \frac{f - y}{f^2} = f - y $$
///
/// Section 5 says that IS descent acts as natural gradient descent. The natural gradient on IS is the
/// plain gradient of *squared error*; plain descent on IS multiplies by $1/f^2$ where it would divide.
///
/// # Errors
///
/// [`Error::NotPositive`] if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::natural_gradient;
///
/// assert_eq!(natural_gradient(2.0, 5.0)?, 3.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn natural_gradient(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(prediction.get() - target.get())
}

/// One step of natural gradient descent in the prediction.
///
/// $$ f \mapsto f - \eta\\,(f - y) $$
///
/// # Errors
///
/// [`Error::NotPositive`] if a number is not positive, or if the step leaves the positive numbers, which
/// takes a rate above 1.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::natural_step;
///
/// let (target, prediction, learning_rate) = (1.0, 3.0, 0.5);
/// assert_eq!(natural_step(target, prediction, learning_rate)?, 2.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn natural_step(target: f64, prediction: f64, learning_rate: f64) -> Result<f64> {
    let learning_rate = Positive::learning_rate(learning_rate)?.get();
    stay_positive(prediction - learning_rate * natural_gradient(target, prediction)?)
}

/// The gradient in the logarithm $\psi = \ln f$ of the prediction.
///
/// $$ \partial_\psi V = 1 - y\\,e^{-\psi} < 1 $$
///
/// Appendix A.8. Bounded above by 1, unbounded below. Minus infinity where $y e^{-\psi}$ exceeds the
/// range of `f64`; NaN only for NaN.
///
/// # Errors
///
/// [`Error::NotPositive`] if the target is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::log_gradient;
///
/// assert_eq!(log_gradient(1.0, 0.0)?, 0.0);
/// assert_eq!(log_gradient(1.0, 50.0)?, 1.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn log_gradient(target: f64, log_prediction: f64) -> Result<f64> {
    // The difference of logarithms cancels exactly where 1 - y/f would lose its digits.
    Ok(-(Positive::target(target)?.get().ln() - log_prediction).exp_m1())
}

/// One step of plain descent in the logarithm $\psi = \ln f$ of the prediction.
///
/// $$ \psi \mapsto \psi - \eta\\,(1 - y\\,e^{-\psi}) $$
///
/// Here the Fisher metric is constant, so that plain descent *is* natural gradient descent, and
/// $y \mapsto cy$ shifts every iterate by $\ln c$: what section 5 wants holds in this coordinate. To
/// first order in $\eta$ it is the same step as [`natural_step`].
///
/// # Errors
///
/// [`Error::NotPositive`] if the target or the learning rate is not positive, [`Error::NotFinite`] if the
/// step leaves the range of `f64`, or starts outside it.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::log_step;
///
/// let step = log_step(1.0, 2f64.ln(), 0.5)?;
/// assert!((step - (2f64.ln() - 0.25)).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn log_step(target: f64, log_prediction: f64, learning_rate: f64) -> Result<f64> {
    let learning_rate = Positive::learning_rate(learning_rate)?.get();
    let next = log_prediction - learning_rate * log_gradient(target, log_prediction)?;
    if next.is_finite() {
        return Ok(next);
    }
    Err(Error::NotFinite {
        name: "the logarithm of the prediction after a step",
        value: next,
        remedy: "lower the learning rate, or start nearer to the logarithm of the target",
    })
}

/// The predictions of [`direct_step`], repeated: the start and one prediction per step.
///
/// # Errors
///
/// As [`direct_step`], at the first step that fails; for what it is given, also without a step.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::direct_descent;
///
/// let (target, start, learning_rate) = (1.0, 2.0, 0.5);
/// let predictions = direct_descent(target, start, learning_rate, 60)?;
/// assert!((predictions[60] - 1.0).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn direct_descent(
    target: f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Result<Array1<f64>> {
    Positive::pair(target, start)?;
    Positive::learning_rate(learning_rate)?;
    repeat(start, steps, |prediction| direct_step(target, prediction, learning_rate))
}

/// The predictions of [`natural_step`], repeated: the start and one prediction per step.
///
/// # Errors
///
/// As [`natural_step`], at the first step that fails; for what it is given, also without a step.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::natural_descent;
///
/// let (target, start, learning_rate) = (1.0, 3.0, 0.5);
/// assert_eq!(natural_descent(target, start, learning_rate, 2)?.to_vec(), [3.0, 2.0, 1.5]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn natural_descent(
    target: f64,
    start: f64,
    learning_rate: f64,
    steps: usize,
) -> Result<Array1<f64>> {
    Positive::pair(target, start)?;
    Positive::learning_rate(learning_rate)?;
    repeat(start, steps, |prediction| natural_step(target, prediction, learning_rate))
}

/// The logarithms $\psi_t$ of the predictions by [`log_step`], repeated: the start and one per step.
///
/// # Errors
///
/// As [`log_step`], at the first step that fails; for what it is given, also without a step.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::log_descent;
///
/// let (learning_rate, shift) = (0.3, 1000f64.ln());
/// let small = log_descent(2.0, 0.5, learning_rate, 20)?;
/// let large = log_descent(2000.0, 0.5 + shift, learning_rate, 20)?;
/// assert!((&large - &small - shift).iter().all(|error| error.abs() < 1e-12));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn log_descent(
    target: f64,
    log_start: f64,
    learning_rate: f64,
    steps: usize,
) -> Result<Array1<f64>> {
    Positive::target(target)?;
    Positive::learning_rate(learning_rate)?;
    if !log_start.is_finite() {
        return Err(Error::NotFinite {
            name: "the logarithm of the first prediction",
            value: log_start,
            remedy: "start at the logarithm of a positive number",
        });
    }
    repeat(log_start, steps, |log_prediction| log_step(target, log_prediction, learning_rate))
}

/// The start and `steps` images of it.
fn repeat(start: f64, steps: usize, step: impl Fn(f64) -> Result<f64>) -> Result<Array1<f64>> {
    let mut states = vec![start];
    for place in 0..steps {
        states.push(step(states[place])?);
    }
    Ok(Array1::from_vec(states))
}

fn stay_positive(prediction: f64) -> Result<f64> {
    let remedy = "lower the learning rate, or descend in its logarithm (log_descent)";
    Ok(Positive::named("the prediction after a step", prediction, remedy)?.get())
}
