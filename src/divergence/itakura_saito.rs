//! The Itakura-Saito divergence, its reverse, and the same read as a gamma deviance.

use super::ratio::{excess_over_logarithm, is_small, reversed};
use super::{Divergence, Positive, PositiveArray};
use crate::Result;

/// The Itakura-Saito divergence of the target from the prediction.
///
/// $$ V(y, f) = \frac yf - \ln\frac yf - 1 = D_{\mathrm{IS}}(y \\,\\|\\, f) \ge 0 $$
///
/// Zero if and only if $f = y$, and scale invariant: $V(cy, cf) = V(y, f)$. Equations (2) of section
/// IIbis and (8) of appendix A.2, section 5. The first display of section 2 has the arguments
/// exchanged; that is [`reversed_itakura_saito`].
///
/// Dimensionless. Full relative precision, also near $f = y$ where $V \simeq u^2/2$. Infinite where
/// $y/f$ exceeds the range of `f64`.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::itakura_saito;
///
/// assert!((itakura_saito(2.0, 3.0)? - 0.072131774774831).abs() < 1e-15);
/// assert_eq!(itakura_saito(2.0, 2.0)?, 0.0);
/// let refused = itakura_saito(2.0, -3.0).unwrap_err();
/// assert!(refused.to_string().starts_with("the prediction must be positive and finite, but it is -3"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn itakura_saito(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(Divergence::ItakuraSaito.value(target, prediction))
}

/// The first derivative of [`itakura_saito`] in the prediction.
///
/// $$ \partial_f V(y, f) = \frac{f - y}{f^2} $$
///
/// Appendix A.7 and equation (9). It has no Lipschitz constant on $(0, \infty)$: see
/// [`direct_step`](super::direct_step).
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::itakura_saito_derivative;
///
/// assert_eq!(itakura_saito_derivative(2.0, 4.0)?, 0.125);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn itakura_saito_derivative(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(Divergence::ItakuraSaito.derivative(target, prediction))
}

/// The second derivative of [`itakura_saito`] in the prediction.
///
/// $$ \partial_f^2 V(y, f) = \frac{2y - f}{f^3} $$
///
/// Appendix A.7. It is $1/y^2$ at $f = y$, zero at $f = 2y$, and smallest, $-1/(27y^2)$, at $f = 3y$:
/// convex up to twice the target and no further.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::itakura_saito_second_derivative;
///
/// assert_eq!(itakura_saito_second_derivative(2.0, 2.0)?, 0.25);
/// assert_eq!(itakura_saito_second_derivative(2.0, 4.0)?, 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn itakura_saito_second_derivative(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(Divergence::ItakuraSaito.second_derivative(target, prediction))
}

/// The Itakura-Saito divergence with its arguments exchanged.
///
/// $$ R(y, f) = V(f, y) = \frac fy - \ln\frac fy - 1 $$
///
/// The first display of section 2 prints this one, everything after it uses $V$. The two agree to
/// second order at $f = y$ and differ from the third; $R$ is convex in $f$ everywhere.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::reversed_itakura_saito;
///
/// assert!((reversed_itakura_saito(2.0, 3.0)? - 0.0945348918918356).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn reversed_itakura_saito(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(Divergence::ReversedItakuraSaito.value(target, prediction))
}

/// The first derivative of [`reversed_itakura_saito`] in the prediction.
///
/// $$ \partial_f R(y, f) = \frac1y - \frac1f = \frac{f - y}{y f} $$
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::reversed_itakura_saito_derivative;
///
/// assert_eq!(reversed_itakura_saito_derivative(2.0, 4.0)?, 0.25);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn reversed_itakura_saito_derivative(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok(Divergence::ReversedItakuraSaito.derivative(target, prediction))
}

/// The second derivative of [`reversed_itakura_saito`] in the prediction, whatever the target.
///
/// $$ \partial_f^2 R(y, f) = \frac1{f^2} $$
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::reversed_itakura_saito_second_derivative;
///
/// assert_eq!(reversed_itakura_saito_second_derivative(4.0)?, 0.0625);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn reversed_itakura_saito_second_derivative(prediction: f64) -> Result<f64> {
    Ok(reversed::second_derivative(Positive::prediction(prediction)?))
}

/// The first and second derivative of [`itakura_saito`] in the *target*.
///
/// $$ \partial_y V = \frac1f - \frac1y, \qquad \partial_y^2 V = \frac1{y^2} > 0 $$
///
/// Appendix A.1: convex in the target everywhere, as every Bregman divergence is.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::itakura_saito_target_derivatives;
///
/// assert_eq!(itakura_saito_target_derivatives(2.0, 4.0)?, (-0.25, 0.25));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn itakura_saito_target_derivatives(target: f64, prediction: f64) -> Result<(f64, f64)> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    Ok((reversed::derivative(prediction, target), reversed::second_derivative(target)))
}

/// The Bregman divergence of $F(u) = -\ln u$, term by term as appendix A.1 writes it.
///
/// $$ D_F(y, f) = F(y) - F(f) - F'(f)\\,(y - f) $$
///
/// It equals [`itakura_saito`], and is here to show it: these three terms cancel near $f = y$, where
/// only the absolute error is small. For anything else use [`itakura_saito`].
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{bregman_of_negative_logarithm, itakura_saito};
///
/// let literal = bregman_of_negative_logarithm(2.0, 3.0)?;
/// assert!((literal - itakura_saito(2.0, 3.0)?).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn bregman_of_negative_logarithm(target: f64, prediction: f64) -> Result<f64> {
    let (target, prediction) = Positive::pair(target, prediction)?;
    let slope = -1.0 / prediction.get();
    Ok(-target.get().ln() + prediction.get().ln() - slope * (target.get() - prediction.get()))
}

/// The Itakura-Saito divergence as a function of the logarithm of its ratio alone.
///
/// $$ V(y, f) = e^v - 1 - v, \qquad v = \ln\frac yf $$
///
/// Of the log variant in appendix A.8. Defined for every $v$; NaN only for NaN. Full relative
/// precision; infinite for $v > 709.78$.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::itakura_saito_of_log_ratio;
///
/// assert!((itakura_saito_of_log_ratio(1.0) - (1f64.exp() - 2.0)).abs() < 1e-15);
/// assert_eq!(itakura_saito_of_log_ratio(0.0), 0.0);
/// ```
pub fn itakura_saito_of_log_ratio(log_ratio: f64) -> f64 {
    let deviation = log_ratio.exp_m1();
    if is_small(deviation) {
        excess_over_logarithm(deviation)
    } else if deviation == f64::INFINITY {
        deviation
    } else {
        deviation - log_ratio
    }
}

/// The Itakura-Saito divergence as a function of the relative deviation of the target alone.
///
/// $$ V(y, f) = u - \ln(1 + u), \qquad u = \frac{y - f}f $$
///
/// For a deviation that is known better than the two numbers are. Full relative precision for $u > -1$,
/// infinite at $u = -1$, NaN below.
pub(crate) fn itakura_saito_of_deviation(deviation: f64) -> f64 {
    if is_small(deviation) {
        excess_over_logarithm(deviation)
    } else if deviation == f64::INFINITY {
        deviation
    } else {
        deviation - deviation.ln_1p()
    }
}

/// The unit deviance of the gamma family, twice the Itakura-Saito divergence.
///
/// $$ d(y, f) = 2\\,V(y, f) $$
///
/// For a gamma variable with shape $k$ and mean $f$, $-\ln p(y) = k\\,V(y, f)$ plus a term without
/// $f$: minimising IS is fitting a gamma model by maximum likelihood. The paper does not say so.
///
/// # Errors
///
/// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive and finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{gamma_deviance, itakura_saito};
///
/// assert_eq!(gamma_deviance(2.0, 3.0)?, 2.0 * itakura_saito(2.0, 3.0)?);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gamma_deviance(target: f64, prediction: f64) -> Result<f64> {
    Ok(2.0 * itakura_saito(target, prediction)?)
}

/// The mean of [`gamma_deviance`] over a sample, what scikit-learn calls `mean_gamma_deviance`.
///
/// $$ \frac1n \sum_i 2\\,V(y_i, f_i) $$
///
/// # Errors
///
/// [`Error::ShapeMismatch`](crate::Error::ShapeMismatch) if the shapes differ.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{PositiveArray, mean_gamma_deviance};
///
/// let target = PositiveArray::from_vec(vec![2.0, 0.5, 1.0, 4.0])?;
/// let prediction = PositiveArray::from_vec(vec![0.5, 0.5, 2.0, 2.0])?;
/// let deviance = mean_gamma_deviance(&target, &prediction)?;
/// assert!((deviance - 1.0568528194400546).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn mean_gamma_deviance(target: &PositiveArray, prediction: &PositiveArray) -> Result<f64> {
    Ok(2.0 * Divergence::ItakuraSaito.mean(target, prediction)?)
}
