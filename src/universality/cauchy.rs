//! Cauchy's law, which averaging leaves as it is.

use std::f64::consts::{FRAC_PI_2, PI};

use ndarray_rand::rand_distr::{Cauchy, Distribution};

use crate::seed::generator;
use crate::trapezoid::trapezoidal;
use crate::{Error, Result};

/// The density $1 / (\pi (1 + x^2))$ of Cauchy's law. It has no variance.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::cauchy_density;
///
/// // Half of its height at one.
/// assert!((cauchy_density(0.0) * std::f64::consts::PI - 1.0).abs() < 1e-15);
/// assert_eq!(cauchy_density(1.0), 0.5 * cauchy_density(0.0));
/// ```
pub fn cauchy_density(x: f64) -> f64 {
    1.0 / (PI * (1.0 + x * x))
}

/// The density of the mean of two independent Cauchy variables, by quadrature of their convolution.
///
/// $$ f_2(x) = 2 \int f(x + t)\\, f(x - t)\\, dt $$
///
/// It is $f(x)$ again: the law is a fixed point of averaging, which is not the one of the central limit
/// theorem. The substitution $t = \sinh(\tfrac\pi2 \sinh s)$ makes the tails fall off doubly exponentially.
///
/// # Errors
///
/// [`Error::OutOfRange`] beyond $|x| = 3$, where the two peaks of the integrand need a finer rule.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::{cauchy_density, cauchy_mean_density};
///
/// assert!((cauchy_mean_density(0.7)? - cauchy_density(0.7)).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn cauchy_mean_density(x: f64) -> Result<f64> {
    if !(-3.0..=3.0).contains(&x) {
        return Err(Error::OutOfRange {
            name: "the place at which Cauchy's law is convolved",
            value: x,
            lower: -3.0,
            upper: 3.0,
            remedy: "two peaks far from the origin are narrower than the step of the rule",
        });
    }
    let sums = trapezoidal(1.0 / 64.0, |s| {
        let exponent = FRAC_PI_2 * s.sinh();
        let (t, slope) = (exponent.sinh(), FRAC_PI_2 * s.cosh() * exponent.cosh());
        let product = cauchy_density(x + t) * cauchy_density(x - t) * slope;
        (s.abs() < 4.0).then_some([2.0 * product])
    });
    Ok(sums.integrals[0])
}

/// How means of Cauchy variables spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauchyMeans {
    /// The fraction of means between -1 and 1: one half for a single variable.
    pub central_fraction: f64,
    /// The standard error of that fraction, if it is one half.
    pub standard_error: f64,
    /// How many means were drawn.
    pub samples: usize,
}

/// Draws `samples` means of `count` Cauchy variables each.
///
/// # Errors
///
/// [`Error::TooFew`] if either number is zero.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::simulate_cauchy_means;
///
/// let means = simulate_cauchy_means(64, 10_000, 1)?;
/// assert!((means.central_fraction - 0.5).abs() < 4.0 * means.standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn simulate_cauchy_means(count: usize, samples: usize, seed: u64) -> Result<CauchyMeans> {
    for (name, given) in [("the terms of a mean", count), ("the means to draw", samples)] {
        if given == 0 {
            let remedy = "take at least one";
            return Err(Error::TooFew { name, count: given, minimum: 1, remedy });
        }
    }
    let law = Cauchy::new(0.0, 1.0).expect("a positive scale");
    let mut random = generator(seed);
    let mut inside = 0usize;
    for _ in 0..samples {
        let sum: f64 = (0..count).map(|_| law.sample(&mut random)).sum();
        inside += usize::from((sum / count as f64).abs() <= 1.0);
    }
    Ok(CauchyMeans {
        central_fraction: inside as f64 / samples as f64,
        standard_error: 0.5 / (samples as f64).sqrt(),
        samples,
    })
}
