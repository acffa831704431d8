//! The prediction as a field: the action, its minima, and its linearisation.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the action and its minimum | 2, A.2-A.4, B.1-B.2 | [`Action`], [`Minimum`] |
//! | the Euler-Lagrange equation | (9), (14) | [`Action::gradient`] |
//! | the weak form | (10) | [`Action::weak_residual`] |
//! | existence: bounds and truncation | A.4, B.2 | [`Action::bounds`], [`Action::truncated`] |
//! | two minima of one action | A.4, B.2 | [`RivalMinima`] |
//! | the elasticity, and its derivative | 2 | [`Sweep`], [`Action::roughness`] |
//! | scale invariance | 2 | [`Action::scaled`] |
//! | the logarithmic variant | A.8 | [`LogarithmicResidual`], [`Action::logarithmic_value`] |
//! | convergence of the grid | not there | [`Refinement`] |
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
pub(crate) mod chain;
mod logarithmic;
mod minimise;
mod minimum;
mod newton;
mod plane;
mod potential;
mod refinement;
mod rivals;
mod sweep;
mod variation;

pub use action::Action;
pub use certificate::Certificate;
pub use logarithmic::LogarithmicResidual;
pub use minimum::Minimum;
pub use plane::{PlaneAction, PlaneHessian, PlaneMinimum};
pub use refinement::Refinement;
pub use rivals::{Exchange, RivalMinima};
pub use sweep::Sweep;

use ndarray::Array2;

use crate::Result;
use crate::divergence::PositiveArray;
use crate::figure::Series;
use crate::grid::Grid;

/// More would run into a line.
const MOST_POINTS_SHOWN: usize = 64;

/// A target field from a formula, at the points of a grid.
///
/// # Errors
///
/// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) for the first point at which the formula gives
/// no positive number.
///
/// # Examples
///
/// ```
/// use itakura_saito::field::sample;
/// use itakura_saito::grid::Grid;
///
/// assert_eq!(sample(&Grid::finite_volume(2)?, &|x| 1.0 + x)?.as_slice(), [1.25, 1.75]);
/// // A target is positive.
/// assert!(sample(&Grid::finite_volume(2)?, &|x| x - 0.5).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn sample(grid: &Grid, formula: &dyn Fn(f64) -> f64) -> Result<PositiveArray> {
    PositiveArray::from_vec(grid.points().into_iter().map(formula).collect())
}

/// Points of a target that a figure shows: evenly many cells apart, so that the points do not touch.
fn shown(grid: &Grid, target: &PositiveArray) -> Series {
    let every = target.len().div_ceil(MOST_POINTS_SHOWN);
    let points: Vec<f64> = grid.points().into_iter().step_by(every).collect();
    let values: Vec<f64> = target.as_slice().iter().copied().step_by(every).collect();
    Series::data("target y", &points, &values)
}

/// A target on the unit square from a formula of $x_1$ and $x_2$, at the centres of `cells` times `cells`
/// equal cells; $x_1$ runs along axis 1, as [`PlaneAction`] wants it.
///
/// # Errors
///
/// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) for the first cell at which the formula gives no
/// positive number, [`Error::TooFew`](crate::Error::TooFew) for fewer than two cells along a side.
///
/// # Examples
///
/// ```
/// use itakura_saito::field::sample_square;
///
/// // Along a row x₁ grows.
/// let target = sample_square(2, &|x1, x2| 1.0 + x1 + 10.0 * x2)?;
/// assert_eq!(target.as_slice(), [3.75, 4.25, 8.75, 9.25]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn sample_square(cells: usize, formula: &dyn Fn(f64, f64) -> f64) -> Result<PositiveArray> {
    let points = Grid::finite_volume(cells)?.points();
    let at = |(row, column)| formula(points[column], points[row]);
    PositiveArray::try_from(Array2::from_shape_fn((cells, cells), at))
}

/// The largest size of a list of numbers.
fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}
