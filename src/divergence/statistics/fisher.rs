//! The gamma family behind the divergence: its Fisher information and its Kullback-Leibler divergence.

use super::super::ratio::{log_ratio, relative_deviation};
use crate::Result;
use crate::divergence::{Positive, itakura_saito, itakura_saito_of_log_ratio};
use crate::error::finite;
use crate::trapezoid::trapezoidal;

/// The Fisher information of a gamma variable about its mean.
///
/// $$ I(f) = \mathrm{E}\\,(\partial_f \ln p)^2 = \frac{k}{f^2} $$
///
/// with $k$ the shape and $f$ the mean, where $\partial_f \ln p = k\\,(y - f)/f^2$. For $k = 1$ it is
/// the curvature of $V$ at the optimum; the logarithm $\ln f$ has the constant information $k$. Section
/// 5 speaks of natural gradient descent; the natural gradient *divides* by this matrix. In units of
/// $1/f^2$.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if the shape or a mean is not positive and finite, [`Error::NotFinite`](crate::Error::NotFinite) if the result is
/// too large for an `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::fisher_information;
///
/// let (shape, mean) = (3.0, 0.7);
/// assert!((fisher_information(shape, mean)? - 6.12244897959184).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn fisher_information(shape: f64, mean: f64) -> Result<f64> {
    let (shape, mean) = (checked_shape(shape)?.get(), checked_mean(mean)?.get());
    finite("the Fisher information", shape / mean / mean, TOO_LARGE)
}

/// The Kullback-Leibler divergence between two gamma variables of the same shape.
///
/// $$ \mathrm{KL}(f_1 \\,\\|\\, f_2) = k\\, V(f_1, f_2) $$
///
/// In nats; `from` and `to` are the two means. This is why IS is the natural loss for gamma noise.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if the shape or a mean is not positive and finite, [`Error::NotFinite`](crate::Error::NotFinite) if the result is
/// too large for an `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{gamma_kullback_leibler, itakura_saito};
///
/// let (shape, from, to) = (3.0, 1.0, 2.0);
/// assert_eq!(gamma_kullback_leibler(shape, from, to)?, 3.0 * itakura_saito(from, to)?);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gamma_kullback_leibler(shape: f64, from: f64, to: f64) -> Result<f64> {
    let (from, to) = (checked_mean(from)?.get(), checked_mean(to)?.get());
    finite(KULLBACK_LEIBLER, checked_shape(shape)?.get() * itakura_saito(from, to)?, TOO_LARGE)
}

/// An expectation over a gamma variable, by quadrature, with its evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaExpectation {
    /// The expectation.
    pub value: f64,
    /// The mean of the variable by the same quadrature, divided by its true value, minus one.
    pub mean_error: f64,
    /// How many points the quadrature took.
    pub points: usize,
}

/// The Fisher information of [`fisher_information`], by quadrature of the squared score.
///
/// The independent route to $k/f^2$. The trapezoidal rule converges geometrically here; what is left
/// is rounding, about $10^{-15}$ relative.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if the shape or a mean is not positive and finite, [`Error::NotFinite`](crate::Error::NotFinite) if the result is
/// too large for an `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::fisher_information_by_quadrature;
///
/// let (shape, mean) = (1.0, 2.0);
/// let information = fisher_information_by_quadrature(shape, mean)?;
/// assert!((information.value - 0.25).abs() < 1e-14);
/// assert!(information.mean_error.abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn fisher_information_by_quadrature(shape: f64, mean: f64) -> Result<GammaExpectation> {
    let (shape, mean) = (checked_shape(shape)?, checked_mean(mean)?);
    // score = (k/f) (y/f - 1), and y/f - 1 = e^v - 1.
    let scale = shape.get() / mean.get();
    let expectation = expectation(shape, |log_ratio| (scale * log_ratio.exp_m1()).powi(2));
    finite("the Fisher information", expectation.value, TOO_LARGE)?;
    Ok(expectation)
}

/// The divergence of [`gamma_kullback_leibler`], by quadrature of the logarithm of the two densities.
///
/// $$ \int p_1 \ln\frac{p_1}{p_2}\\,dy
///    = k\\,\mathrm{E}\_1\Bigl[\frac y{f_2} - \frac y{f_1} - \ln\frac{f_1}{f_2}\Bigr] $$
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if the shape or a mean is not positive and finite, [`Error::NotFinite`](crate::Error::NotFinite) if the result is
/// too large for an `f64`.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::gamma_kullback_leibler_by_quadrature;
///
/// let (shape, from, to) = (3.0, 1.0, 2.0);
/// let divergence = gamma_kullback_leibler_by_quadrature(shape, from, to)?;
/// assert!((divergence.value - 3.0 * (2f64.ln() - 0.5)).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gamma_kullback_leibler_by_quadrature(
    shape: f64,
    from: f64,
    to: f64,
) -> Result<GammaExpectation> {
    let shape = checked_shape(shape)?;
    let (from, to) = (checked_mean(from)?, checked_mean(to)?);
    // y/f_2 - y/f_1 = (f_1/f_2 - 1) e^v, so that the two V are not subtracted.
    let (excess, shift) = (relative_deviation(from, to), log_ratio(from, to));
    let logarithm = |log_ratio: f64| excess * log_ratio.exp() - shift;
    let are_near = excess.abs() < NEAR && shape.get() * excess * excess < NEAR_SQUARES;
    let expectation = if are_near {
        // The mean of p_2/p_1 is 1, so that ln(p_1/p_2) may be replaced by p_2/p_1 - 1 - ln(p_2/p_1), which is
        // never negative: the logarithm alone has both signs, and nearly cancels.
        let of_ratio = |log_ratio| itakura_saito_of_log_ratio(-shape.get() * logarithm(log_ratio));
        expectation(shape, of_ratio)
    } else {
        let mut expectation = expectation(shape, logarithm);
        expectation.value *= shape.get();
        expectation
    };
    finite(KULLBACK_LEIBLER, expectation.value, TOO_LARGE)?;
    Ok(expectation)
}

/// Means that differ by less, relatively, have densities whose logarithms nearly cancel.
const NEAR: f64 = 0.1;

/// Five standard deviations, squared: where both densities lie where the quadrature has its points.
const NEAR_SQUARES: f64 = 25.0;

const KULLBACK_LEIBLER: &str = "the Kullback-Leibler divergence";
const TOO_LARGE: &str = "choose a shape and means nearer to one";

fn checked_shape(shape: f64) -> Result<Positive> {
    Positive::named("the shape of the gamma law", shape, "give a positive number; 1 is exponential")
}

fn checked_mean(mean: f64) -> Result<Positive> {
    Positive::named(
        "the mean of the gamma law",
        mean,
        "a gamma variable is positive, and so is its mean",
    )
}

/// The expectation of a function of $v = \ln(y/f)$ for gamma $y$ with shape $k$ and mean $f$.
///
/// In $v$ the density is proportional to $e^{-k(e^v - 1 - v)}$, that is to $e^{-kV}$: no gamma function
/// is needed. It falls off exponentially to the left and faster to the right, so that
/// $v = \tfrac\sigma2(x + 1 - e^{-x})$ with $\sigma = 1/\max(1, \sqrt k)$ makes both tails fall off at
/// least like a Gaussian, and the trapezoidal rule in $x$ converges geometrically.
fn expectation(shape: Positive, function: impl Fn(f64) -> f64) -> GammaExpectation {
    let scale = shape.get().sqrt().max(1.0).recip();
    let sums = trapezoidal(STEP, |x| {
        let log_ratio = 0.5 * scale * (x - (-x).exp_m1());
        let exponent = shape.get() * itakura_saito_of_log_ratio(log_ratio);
        let weight = (-exponent).exp() * (1.0 + (-x).exp());
        let terms = [weight, weight * log_ratio.exp_m1(), weight * function(log_ratio)];
        (exponent < NEGLIGIBLE_EXPONENT).then_some(terms)
    });
    let [mass, mean, sum] = sums.integrals;
    GammaExpectation { value: sum / mass, mean_error: mean / mass, points: sums.points }
}

/// The step of the trapezoidal rule; half of it changes no digit.
const STEP: f64 = 0.1;

/// Where the density has fallen by $e^{-100}$, which no power of $y$ in the integrands makes up for.
const NEGLIGIBLE_EXPONENT: f64 = 100.0;
