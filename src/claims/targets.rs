//! Target fields from which the rows of several sections take their reference values.

use std::f64::consts::PI;

use crate::Result;
use crate::divergence::PositiveArray;
use crate::field::{Action, sample};
use crate::grid::Grid;

/// A formula at the centres of `count` cells of the unit interval.
pub(super) fn cells(count: usize, formula: &dyn Fn(f64) -> f64) -> Result<PositiveArray> {
    sample(&Grid::finite_volume(count)?, formula)
}

/// The action with free ends and the target $1.25 + 0.75 \cos \pi x$ on 400 cells.
pub(super) fn half_wave(elasticity: f64) -> Result<Action> {
    Action::neumann(cells(400, &|x| 1.25 + 0.75 * (PI * x).cos())?, elasticity)
}

/// The action with free ends and a target of one that has a narrow gap, with 0.02 in it.
pub(super) fn gap(count: usize, elasticity: f64) -> Result<Action> {
    let target = cells(count, &|x| if (x - 0.5).abs() < 0.05 { 0.02 } else { 1.0 })?;
    Action::neumann(target, elasticity)
}

/// The action with free ends and a constant target.
pub(super) fn level(count: usize, target: f64, elasticity: f64) -> Result<Action> {
    Action::neumann(cells(count, &|_| target)?, elasticity)
}
