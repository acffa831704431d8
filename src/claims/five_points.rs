//! Five targets with five predictions, from which the rows of several sections take a reference value.

use crate::Result;
use crate::divergence::PositiveArray;
use crate::field::Action;

/// The width of the cells.
pub(super) const SPACING: f64 = 0.25;

/// The action of the five targets.
pub(super) fn five_point_action(elasticity: f64) -> Result<Action> {
    Action::neumann(five_targets()?, elasticity)?.with_length(5.0 * SPACING)
}

/// The five targets.
pub(super) fn five_targets() -> Result<PositiveArray> {
    PositiveArray::from_vec(vec![1.0, 2.0, 3.0, 2.0, 1.0])
}

/// The five predictions beside them.
pub(super) fn five_predictions() -> Result<PositiveArray> {
    PositiveArray::from_vec(vec![1.1, 1.8, 2.5, 2.2, 1.3])
}
