//! What a loss becomes in the coordinate that a network outputs.

use super::{Link, Positive};
use crate::{Error, Result};

/// A loss in the coordinate of the output: its value and its first two derivatives in $z$.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkedLoss {
    /// The divergence $d(y \\,\\|\\, f(z))$.
    pub value: f64,
    /// Its first derivative in $z$, $f'(z)\\,\partial_f d$.
    pub gradient: f64,
    /// Its second derivative in $z$, $f'(z)^2\\,\partial_f^2 d + f''(z)\\,\partial_f d$.
    pub hessian: f64,
    /// The part of the second derivative without the bend of the link, $f'(z)^2\\,\partial_f^2 d$.
    pub gauss_newton: f64,
}

/// The derivatives of a loss in the logarithm of the prediction, which keep their size where those in the
/// prediction would overflow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Logarithmic {
    /// $f\\,\partial_f \ell$, the first derivative in $\ln f$.
    pub(super) first: f64,
    /// $f^2\\,\partial_f^2 \ell$.
    pub(super) curvature: f64,
    /// $f\\,\partial_f(f\\,\partial_f \ell)$, the second derivative in $\ln f$: the sum of the other two, which
    /// cancel far below the target, in a form that does not.
    pub(super) second: f64,
}

impl LinkedLoss {
    pub(super) fn new(
        value: f64,
        Logarithmic { first, curvature, second }: Logarithmic,
        link: Link,
        prediction: Positive,
    ) -> Result<Self> {
        let slope = link.slope(prediction) / prediction.get();
        let gauss_newton = slope * curvature * slope;
        let hessian = match link {
            Link::Identity => gauss_newton,
            Link::Exponential => second,
            Link::Softplus if prediction.get() > 0.5 => {
                gauss_newton + link.bend(prediction) / prediction.get() * first
            }
            Link::Softplus => slope * (slope * second + softplus_excess(prediction.get()) * first),
        };
        Self { value, gradient: slope * first, hessian, gauss_newton }.in_range()
    }

    /// Of a free output, which is the prediction itself: its powers, which a logarithmic derivative has, need not
    /// be numbers.
    pub(super) fn of_free_output(value: f64, gradient: f64, hessian: f64) -> Result<Self> {
        Self { value, gradient, hessian, gauss_newton: hessian }.in_range()
    }

    fn in_range(self) -> Result<Self> {
        let parts = [self.value, self.gradient, self.gauss_newton, self.hessian];
        match parts.into_iter().find(|part| !part.is_finite()) {
            None => Ok(self),
            Some(value) => Err(Error::NotFinite {
                name: "the loss or one of its derivatives",
                value,
                remedy: "start nearer to the target",
            }),
        }
    }
}

/// $f''/f' - f'/f$ of the softplus for $f \le 1/2$, by which it differs from the exponential.
///
/// $$ e^{-f} - \frac{1 - e^{-f}}f = -f \int_0^1 t\\,e^{-ft}\\,dt = -f \sum_k \frac{(-f)^k}{k!\\,(k + 2)} $$
fn softplus_excess(f: f64) -> f64 {
    let (mut power, mut sum) = (1.0, 0.5);
    // What is left out is below 2^-53 of the sum.
    for order in 1..=13 {
        power *= -f / f64::from(order);
        sum += power / f64::from(order + 2);
    }
    -f * sum
}
