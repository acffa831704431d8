//! The prediction as a field: the action, its minima, and its linearisation.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the action and its minimum | 2, A.2-A.4, B.1-B.2 | [`Action`], [`Minimum`] |
//! | the Euler-Lagrange equation | (9), (14) | [`Action::gradient`] |
//! | the same on the unit square | 2, A.4 | [`PlaneAction`], [`PlaneMinimum`] |
//! | the linearised operator, and the true Hessian | 3, (12), (16) | [`Action::linearised`], [`Action::hessian`] |
//!
//! # Examples
//!
//! ```
//! use itakura_saito::field::{Action, sample};
//! use itakura_saito::grid::Grid;
//!
//! let grid = Grid::finite_volume(200)?;
//! let target = sample(&grid, &|x| 1.25 + 0.75 * (12.566370614359172 * x).sin())?;
//! let minimum = Action::neumann(target, 0.01)?.minimise()?;
//! assert!((minimum.action - 0.07798013786881).abs() < 1e-12);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod action;
mod certificate;
mod chain;
mod minimum;
mod newton;
mod plane;
mod potential;

pub use action::Action;
pub use certificate::Certificate;
pub use minimum::Minimum;
pub use plane::{PlaneAction, PlaneHessian, PlaneMinimum};

use crate::Result;
use crate::divergence::PositiveArray;
use crate::grid::Grid;

/// A target field from a formula, at the points of a grid.
///
/// # Errors
///
/// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) for the first point at which the formula gives
/// no positive number.
pub fn sample(grid: &Grid, formula: &dyn Fn(f64) -> f64) -> Result<PositiveArray> {
    PositiveArray::from_vec(grid.points().into_iter().map(formula).collect())
}
