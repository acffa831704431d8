//! Special functions, from libraries, with the errors of this crate.
//!
//! Measured against mpmath 1.3 at 40 digits: the Bessel function $K_\nu$ of `puruspe`
//! at 400 points with $0 \le \nu \le 10$ and $10^{-3} \le x \le 200$ errs by at most
//! $2 \cdot 10^{-15}$ relative; the gamma function of `libm` at 200 points between -6 and 20 by
//! $7 \cdot 10^{-16}$; the normal distribution by its error function at 200 points between -8 and 8 by
//! $10^{-14}$ relative, in the far tail, where the rounding of the argument decides.

use std::f64::consts::{EULER_GAMMA, LN_2, PI, SQRT_2};

use crate::{Error, Result};

/// The largest order for which [`bessel_k`] is meant.
const LARGEST_ORDER: f64 = 20.0;

/// Beyond this argument $K_\nu(x)$ is below $10^{-300}$ for every order that is allowed, and counts as zero.
const VANISHING_ARGUMENT: f64 = 700.0;

/// The modified Bessel function of the second kind, $K_\nu(x)$, of real order and positive argument.
///
/// It solves $x^2 u'' + x u' = (x^2 + \nu^2)\\,u$ and decays like $\sqrt{\pi/2x}\\,e^{-x}$. Beyond
/// $x = 700$, where it is below $10^{-300}$, it is given as 0.
///
/// # Errors
///
/// [`Error::NotPositive`] if the argument is not; [`Error::OutOfRange`] if the order is not between -20
/// and 20; [`Error::NotFinite`] if the argument is so small that the value overflows.
///
/// # Examples
///
/// ```
/// use itakura_saito::special::bessel_k;
///
/// // K_0 is the massive propagator in two dimensions, K_{1/2} an exponential.
/// assert!((bessel_k(0.0, 1.0)? - 0.42102443824070834).abs() < 1e-14);
/// assert!((bessel_k(0.5, 2.0)? - (-2f64).exp() * (std::f64::consts::PI / 4.0).sqrt()).abs() < 1e-15);
/// assert!(bessel_k(0.0, 0.0).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn bessel_k(order: f64, argument: f64) -> Result<f64> {
    if !(argument > 0.0 && argument.is_finite()) {
        return Err(Error::NotPositive {
            name: "the argument of the Bessel function K",
            value: argument,
            remedy: "K has a singularity at zero; take a positive distance or momentum",
        });
    }
    if !(-LARGEST_ORDER..=LARGEST_ORDER).contains(&order) {
        return Err(Error::OutOfRange {
            name: "the order of the Bessel function K",
            value: order,
            lower: -LARGEST_ORDER,
            upper: LARGEST_ORDER,
            remedy: "orders this large are not needed for anything in the paper",
        });
    }
    if argument > VANISHING_ARGUMENT {
        return Ok(0.0);
    }
    let value = if argument < SMALL_ARGUMENT {
        bessel_k_at_zero(order.abs(), argument.ln())
    } else {
        puruspe::Inu_Knu(order.abs(), argument).1
    };
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotFinite {
        name: "the Bessel function K",
        value,
        remedy: "it grows like the argument to the power of minus the order: take a larger argument",
    })
}

/// Below this argument the first term of each of the two power series of $K_\nu(x)$ is all of it, to
/// rounding; `puruspe` overflows or panics as the argument goes to zero.
pub(crate) const SMALL_ARGUMENT: f64 = 1e-9;

/// From this order on, and below [`SMALL_ARGUMENT`], all terms after the first of $K_\nu(x)$ add up to less than
/// rounding. One by one they do not: towards $\nu = 1$ two of them grow like $1/(1 - \nu)$ and cancel.
pub(crate) const ONE_TERM_ORDER: f64 = 0.96;

/// $K_\nu(x)$ for $\nu \ge 0$ and $x$ below [`SMALL_ARGUMENT`], from the logarithm of $x$.
///
/// $$ \tfrac12 \Gamma(\nu) (x/2)^{-\nu} + \tfrac12 \Gamma(-\nu) (x/2)^{\nu}
///    = \sqrt{\Gamma(1 + \nu)\\, \Gamma(1 - \nu)}\\; \frac{\sinh a_\nu}\nu $$
///
/// with the exponent $a_\nu$ of [`half_exponent`]. The first form cancels for a small $\nu$, the second has
/// no meaning from [`ONE_TERM_ORDER`] on.
fn bessel_k_at_zero(order: f64, logarithm: f64) -> f64 {
    if order >= ONE_TERM_ORDER {
        let power = order * (LN_2 - logarithm);
        return 0.5 * (power + libm::lgamma(order)).exp();
    }
    let exponent = half_exponent(order, logarithm);
    if order < 1e-300 {
        return LN_2 - logarithm - EULER_GAMMA;
    }
    let turn = PI * order;
    (turn / turn.sin()).sqrt() * (exponent.sinh() / order)
}

/// $a_\nu = \nu \ln(2/x) + \tfrac12 \ln(\Gamma(1 + \nu)/\Gamma(1 - \nu))$ for $0 \le \nu < 1$: half the logarithm
/// of the ratio of the two terms of $K_\nu$ near zero.
pub(crate) fn half_exponent(order: f64, logarithm: f64) -> f64 {
    order * (LN_2 - logarithm) + half_ratio_of_gammas(order)
}

/// $\tfrac12 \ln(\Gamma(1 + \nu)/\Gamma(1 - \nu)) = -\gamma\nu - \sum_k \zeta(2k + 1)\\, \nu^{2k+1}/(2k + 1)$, by
/// the series where $1 + \nu$ would lose the digits of $\nu$.
fn half_ratio_of_gammas(order: f64) -> f64 {
    if order > 0.125 {
        return 0.5 * (libm::lgamma(1.0 + order) - libm::lgamma(1.0 - order));
    }
    let square = order * order;
    let term =
        |sum: f64, (index, zeta): (usize, &f64)| sum * square + zeta / (2 * index + 3) as f64;
    let sum = ODD_ZETAS.iter().enumerate().rev().fold(0.0, term);
    -order * (EULER_GAMMA + square * sum)
}

/// $\zeta(3), \zeta(5), \dots, \zeta(17)$: what is left out is below $8^{-18}$ of the sum.
const ODD_ZETAS: [f64; 8] = [
    1.202_056_903_159_594_3,
    1.036_927_755_143_37,
    1.008_349_277_381_922_8,
    1.002_008_392_826_082_2,
    1.000_494_188_604_119_5,
    1.000_122_713_347_578_5,
    1.000_030_588_236_307_1,
    1.000_007_637_197_637_9,
];

/// The modified Bessel function of the first kind, $I_n(x)$, of integer order and $x \ge 0$.
///
/// By its power series $\sum_k (x/2)^{2k+n}/(k!\\,(n+k)!)$, whose terms are all positive, so that nothing
/// cancels, however far out in the tail.
///
/// # Errors
///
/// [`Error::OutOfRange`] if the argument is negative or above 700, where the value overflows.
///
/// # Examples
///
/// ```
/// use itakura_saito::special::bessel_i;
///
/// assert!((bessel_i(0, 1.0)? - 1.2660658777520084).abs() < 1e-15);
/// // The tail at order thirty keeps all its digits.
/// assert!((bessel_i(30, 10.0)? / 7.78756978316305e-12 - 1.0).abs() < 1e-13);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn bessel_i(order: usize, argument: f64) -> Result<f64> {
    if !(0.0..=VANISHING_ARGUMENT).contains(&argument) {
        return Err(Error::OutOfRange {
            name: "the argument of the Bessel function I",
            value: argument,
            lower: 0.0,
            upper: VANISHING_ARGUMENT,
            remedy: "it grows like the exponential: take a shorter time",
        });
    }
    let half = 0.5 * argument;
    let times_first =
        |start: f64| (1..=order).fold(start, |product, factor| product * (half / factor as f64));
    let first = times_first(1.0);
    // Where the first term has lost digits or vanished, the sum is in units of it and need not have.
    let mut term = if first.is_normal() { first } else { 1.0 };
    let (mut sum, mut index) = (term, 0);
    // The terms grow up to about k = x/2 and fall ever faster after it.
    while index as f64 <= half || term > f64::EPSILON * 1e-3 * sum {
        index += 1;
        term *= half * half / (index as f64 * (order + index) as f64);
        sum += term;
    }
    Ok(if first.is_normal() { sum } else { times_first(sum) })
}

/// The gamma function $\Gamma(x)$, also between the poles at 0, -1, -2, …
///
/// # Errors
///
/// [`Error::NotFinite`] at a pole, above 171.6, where it overflows, and for an argument that is not finite.
///
/// # Examples
///
/// ```
/// use itakura_saito::special::gamma;
///
/// assert_eq!(gamma(5.0)?, 24.0);
/// assert!((gamma(-0.5)? + 2.0 * std::f64::consts::PI.sqrt()).abs() < 1e-15);
/// assert!(gamma(-1.0).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn gamma(argument: f64) -> Result<f64> {
    let value = libm::tgamma(argument);
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotFinite {
        name: "the gamma function",
        value,
        remedy: "its argument must not be zero or a negative integer, and at most 171.6",
    })
}

/// The density of the normal distribution with mean zero and variance one.
///
/// # Examples
///
/// ```
/// use itakura_saito::special::{normal_cumulative, normal_density};
///
/// assert!((normal_density(0.0).powi(2) * 2.0 * std::f64::consts::PI - 1.0).abs() < 1e-15);
/// // The slope of the distribution.
/// let rise = normal_cumulative(1.0001) - normal_cumulative(0.9999);
/// assert!((rise / 0.0002 - normal_density(1.0)).abs() < 1e-9);
/// ```
pub fn normal_density(deviation: f64) -> f64 {
    (-0.5 * deviation * deviation).exp() / (2.0 * PI).sqrt()
}

/// The normal distribution $\Phi(z)$: the probability of a deviation of at most $z$.
///
/// # Examples
///
/// ```
/// use itakura_saito::special::normal_cumulative;
///
/// assert_eq!(normal_cumulative(0.0), 0.5);
/// assert!((normal_cumulative(-1.0) - 0.15865525393145705).abs() < 1e-16);
/// ```
pub fn normal_cumulative(deviation: f64) -> f64 {
    0.5 * libm::erfc(-deviation / SQRT_2)
}
