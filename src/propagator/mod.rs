//! The propagator: how far a disturbance of a smoothed field reaches, and what is left without a mass.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | three normalisations of one operator | 3, 4, (12), A.6 | [`FieldOperator`] |
//! | the Green function on a line, and its sum rule | 4, A.6 | [`LinePropagator`], [`SumRule`] |
//! | the formula of the appendix, a factor of two off | A.6 | [`AppendixFormula`] |
//! | the massless limit, a straight line | 4, A.6 | [`MasslessLimit`] |
//! | one, two and three dimensions | 4, Figures 1 and 2 | [`FreePropagator`] |
//! | the same on a lattice, and between walls | not there | [`LatticePropagator`], [`IntervalPropagator`] |
//! | what a disturbed target does to the minimum | 4 | [`StaticResponse`] |
//! | conformal symmetry in one dimension | 4 | [`scaling_dimension`], [`KineticIdentity`] |
//!
//! All Green functions here solve $(-a\\,\partial_x^2 + c)\\,G = \delta$ with a *stiffness* $a$ and a *mass
//! term* $c$. They fall off over the correlation length $\xi = \sqrt{a/c}$, which is
//! $\sqrt{2\lambda}\\,y_0$ whatever the normalisation. In formulas $\lambda$ weighs the gradient of the
//! action and $y_0$ is the constant target around which the field is expanded.
//!
//! # Examples
//!
//! ```
//! use itakura_saito::propagator::{FieldOperator, LinePropagator};
//!
//! let (lambda, target) = (0.5, 2.0);
//! let hessian = LinePropagator::new(FieldOperator::Hessian, lambda, target)?;
//! let half = LinePropagator::new(FieldOperator::HalfHessian, lambda, target)?;
//! assert!((hessian.correlation_length() - half.correlation_length()).abs() < 1e-14);
//! assert!((half.at_zero() - 2.0 * hessian.at_zero()).abs() < 1e-14);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod conformal;
mod field_operator;
mod free;
mod interval;
mod lattice;
mod line;
mod massless;
mod moebius;
mod printed;
mod response;
mod sum_rule;

pub use conformal::{KineticIdentity, TestFunction, correlator_exponent, scaling_dimension};
pub use field_operator::FieldOperator;
pub use free::{Dimension, FreePropagator, massless_power_law};
pub use interval::IntervalPropagator;
pub use lattice::LatticePropagator;
pub use line::LinePropagator;
pub use massless::MasslessLimit;
pub use moebius::{Moebius, Reparametrization};
pub use printed::AppendixFormula;
pub use response::StaticResponse;
pub use sum_rule::{SumRule, SumRuleRow};

use crate::{Error, Result};

/// A coordinate that was checked to be a number.
fn finite(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotFinite { name, value, remedy: "give a number, in the unit of length" })
}

/// `count` numbers at equal distances from `low` to `high`.
fn evenly(low: f64, high: f64, count: usize) -> Vec<f64> {
    let step = (high - low) / (count - 1) as f64;
    (0..count).map(|index| low + index as f64 * step).collect()
}
