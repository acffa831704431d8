//! Functions of the ratio of a target to a prediction that lose no digits where the two are alike.

use super::Positive;

/// $V$ and its derivatives in the prediction, of numbers that are checked already.
pub(super) mod forward {
    use super::{Positive, excess_over_logarithm, is_small, log_ratio, relative_deviation};

    #[inline]
    pub fn value(target: Positive, prediction: Positive) -> f64 {
        let deviation = relative_deviation(target, prediction);
        if is_small(deviation) {
            excess_over_logarithm(deviation)
        } else {
            deviation - log_ratio(target, prediction)
        }
    }

    #[inline]
    pub fn derivative(target: Positive, prediction: Positive) -> f64 {
        -relative_deviation(target, prediction) / prediction.get()
    }

    #[inline]
    pub fn second_derivative(target: Positive, prediction: Positive) -> f64 {
        let (y, f) = (target.get(), prediction.get());
        // y - f/2 rather than 2y - f, which could overflow; both round once.
        2.0 * ((y - 0.5 * f) / f) / f / f
    }
}

/// $R$ and its derivatives in the prediction, of numbers that are checked already.
pub(super) mod reversed {
    use super::{Positive, forward};

    #[inline]
    pub fn value(target: Positive, prediction: Positive) -> f64 {
        forward::value(prediction, target)
    }

    #[inline]
    pub fn derivative(target: Positive, prediction: Positive) -> f64 {
        let (smaller, larger) = (target.min(prediction), target.max(prediction));
        // By the larger first: the quotient is at most one, and nothing overflows between.
        (prediction.get() - target.get()) / larger.get() / smaller.get()
    }

    #[inline]
    pub fn second_derivative(prediction: Positive) -> f64 {
        1.0 / prediction.get() / prediction.get()
    }
}

/// $u = (y - f)/f$. The difference is exact where it cancels, within a factor of two.
#[inline]
pub(super) fn relative_deviation(target: Positive, prediction: Positive) -> f64 {
    (target.get() - prediction.get()) / prediction.get()
}

/// $\ln(y/f)$, with full relative precision near $f = y$ and no overflow far from it.
#[inline]
pub(super) fn log_ratio(target: Positive, prediction: Positive) -> f64 {
    let deviation = relative_deviation(target, prediction);
    if is_small(deviation) {
        return deviation.ln_1p();
    }
    let ratio = target.get() / prediction.get();
    if ratio.is_normal() { ratio.ln() } else { target.get().ln() - prediction.get().ln() }
}

/// Where $u - \ln(1 + u)$ would lose digits; outside, it loses less than two bits.
#[inline]
pub(super) fn is_small(deviation: f64) -> bool {
    -0.5 < deviation && deviation < 1.0
}

/// $u - \ln(1 + u)$ for $-1/2 < u < 1$, without cancellation.
///
/// With $s = u/(2 + u)$, $\ln(1 + u) = 2\\,\mathrm{artanh}\\,s$ and $u - 2s = us$, so that the
/// difference is $s\\,(u - 2s^2(1/3 + s^2/5 + s^4/7 + \dots))$, and $|s| < 1/3$. Own code, since none
/// of statrs, libm and puruspe has this function, and `u - u.ln_1p()` loses half the digits at
/// $u = 10^{-8}$.
#[inline]
pub(super) fn excess_over_logarithm(deviation: f64) -> f64 {
    let half_angle = deviation / (2.0 + deviation);
    let square = half_angle * half_angle;
    let tail =
        ODD_RECIPROCALS.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient);
    half_angle * (deviation - 2.0 * square * tail)
}

/// $1/3, 1/5, \dots, 1/35$: what is left out is below $9^{-17}$ of the sum.
const ODD_RECIPROCALS: [f64; 17] = {
    let mut coefficients = [0.0; 17];
    let mut index = 0;
    while index < coefficients.len() {
        coefficients[index] = 1.0 / (2 * index + 3) as f64;
        index += 1;
    }
    coefficients
};
