//! What a disturbed target does to the minimum, by solving for it twice.

use super::{FieldOperator, LinePropagator};
use crate::Result;
use crate::divergence::PositiveArray;
use crate::field::Action;
use crate::figure::{Axis, Figure, Panel, Series};

/// The interval reaches ten correlation lengths to either side, in cells of a hundredth of one.
const REACH: usize = 10;
const CELLS_PER_LENGTH: usize = 100;

/// The disturbance of the target, relative to it.
const DISTURBANCE: f64 = 0.01;

/// The response of the minimum of the action to a target that is disturbed in one cell.
///
/// $$ \frac{\delta f^*(x)}{\delta y(0)} = \frac{G(x)}{y_0^2} = \frac{e^{-|x|/\xi}}{2\xi} $$
///
/// with the Green function of the Hessian. The full nonlinear problem is solved with the target a
/// little above and a little below $y_0$ in one cell, and the difference of the two minima is divided by the
/// disturbance. In inverse units of length.
///
/// ```
/// use itakura_saito::propagator::StaticResponse;
///
/// let response = StaticResponse::new(0.5, 2.0)?;
/// assert!((response.solved_at(0) - 0.25).abs() < 1e-4);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StaticResponse {
    line: LinePropagator,
    spacing: f64,
    solved: Vec<f64>,
}

impl StaticResponse {
    /// For the constant target $y_0$, with the gradient weighted by $\lambda$.
    ///
    /// # Errors
    ///
    /// If a number is not positive, a derived quantity leaves the range of 64 bits, or a minimum is not found.
    pub fn new(lambda: f64, target: f64) -> Result<Self> {
        let line = LinePropagator::new(FieldOperator::Hessian, lambda, target)?;
        let spacing = line.correlation_length() / CELLS_PER_LENGTH as f64;
        let cells = 2 * REACH * CELLS_PER_LENGTH + 1;
        // The solver's interval is the unit one: lengths are in units of the whole.
        let length = spacing * cells as f64;
        let minimum_for = |sign: f64| {
            let mut values = vec![target; cells];
            values[cells / 2] *= 1.0 + sign * DISTURBANCE;
            let elasticity = lambda / length / length;
            Action::neumann(PositiveArray::from_vec(values)?, elasticity)?.minimise()
        };
        let (above, below) = (minimum_for(1.0)?, minimum_for(-1.0)?);
        let disturbance = 2.0 * DISTURBANCE * target * spacing;
        let pairs = above.field.as_slice().iter().zip(below.field.as_slice());
        let solved = pairs.map(|(above, below)| (above - below) / disturbance).collect();
        Ok(Self { line, spacing, solved })
    }

    /// The response this many cells to the right of the disturbance.
    ///
    /// # Panics
    ///
    /// Beyond the 1000 cells that there are.
    pub fn solved_at(&self, cells: usize) -> f64 {
        self.solved[self.solved.len() / 2 + cells]
    }

    /// The number of cells in a unit of length, rounded.
    pub fn sites_per_unit(&self) -> usize {
        (1.0 / self.spacing).round() as usize
    }

    /// The integral of the response.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::StaticResponse;
    ///
    /// // A target that is disturbed everywhere moves the minimum by as much.
    /// assert!((StaticResponse::new(0.5, 2.0)?.solved_sum() - 1.0).abs() < 1e-3);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn solved_sum(&self) -> f64 {
        self.spacing * self.solved.iter().sum::<f64>()
    }

    /// Solved response beside the closed form.
    ///
    /// # Errors
    ///
    /// None that a solved response leads to.
    pub fn figure(&self) -> Result<Figure> {
        let middle = self.solved.len() / 2;
        let shown = 4 * CELLS_PER_LENGTH;
        let (mut positions, mut solved, mut formula) = (Vec::new(), Vec::new(), Vec::new());
        for cell in (middle - shown..=middle + shown).step_by(10) {
            let x = (cell as f64 - middle as f64) * self.spacing;
            positions.push(x);
            solved.push(self.solved[cell]);
            formula.push(self.line.static_response(x)?);
        }
        let finding = format!(
            "The minimum answers a disturbed target by {:.4} at the place itself, and by a factor of e less \
             after the correlation length {:.4}, as the propagator says.",
            self.solved[middle],
            self.line.correlation_length()
        );
        let response = Axis::linear("response of the minimum (per unit of length)");
        let panel = Panel::new(Axis::linear("distance x"), response)
            .series(Series::corrected("e<sup>−|x|/ξ</sup>/(2ξ)", &positions, &formula))
            .series(Series::data("two minima, subtracted", &positions, &solved));
        Figure::builder("The propagator is the static response of the minimum", &finding)
            .source("§4")
            .panel(panel)
            .build()
    }
}
