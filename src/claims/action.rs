//! The action on a few points, for the rows that need its value and nothing else of a field.

use crate::Result;
use crate::divergence::{Divergence, PositiveArray};

/// The action on cells of equal width, with free ends.
///
/// $$ S_h = \lambda \sum_{i < N-1} \frac{(f_{i+1} - f_i)^2}{h} + h \sum_i d(y_i \,\|\, f_i) $$
///
/// Section 2 and (8), with $d = V$. The first term is added by hand; no divergence contains it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Action {
    pub divergence: Divergence,
    pub elasticity: f64,
    pub spacing: f64,
}

impl Action {
    pub fn of(&self, target: &PositiveArray, prediction: &PositiveArray) -> Result<f64> {
        let field = prediction.as_slice();
        let squared_steps: f64 = field.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        Ok(self.elasticity * squared_steps / self.spacing
            + self.spacing * self.divergence.total(target, prediction)?)
    }

    /// An off-diagonal entry of the Hessian, by a mixed second difference.
    ///
    /// Exact up to rounding for the elastic term, which is quadratic, and for a sum over single points.
    pub fn mixed_difference(
        &self,
        target: &PositiveArray,
        prediction: &PositiveArray,
        (row, column): (usize, usize),
        step: f64,
    ) -> Result<f64> {
        let moved = |by_row: f64, by_column: f64| {
            let mut field = prediction.as_slice().to_vec();
            field[row] += by_row;
            field[column] += by_column;
            self.of(target, &PositiveArray::from_vec(field)?)
        };
        let same = moved(step, step)? + moved(-step, -step)?;
        let opposite = moved(step, -step)? + moved(-step, step)?;
        Ok((same - opposite) / (4.0 * step * step))
    }
}

/// The five targets of the reference value of the discretised action.
pub(super) fn five_targets() -> Result<PositiveArray> {
    PositiveArray::from_vec(vec![1.0, 2.0, 3.0, 2.0, 1.0])
}

/// The five predictions beside them.
pub(super) fn five_predictions() -> Result<PositiveArray> {
    PositiveArray::from_vec(vec![1.1, 1.8, 2.5, 2.2, 1.3])
}
