//! How fast the minimum on a grid approaches that of the continuum.

use super::{Action, sample};
use crate::divergence::Positive;
use crate::error::excluded;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::grid::{Boundary, Grid};
use crate::{Error, Result};

/// The errors of minima on several grids against a solution that is known.
///
/// The target is made from the solution: for any positive $f$ that is smooth and obeys the boundary
/// conditions, $y = f - 2\lambda f^2 f''$ solves (9) exactly, wherever it is positive. Here
/// $f = 1.5 + 0.5 \cos \pi x$ with free ends, and $f = 1 + 0.5 \sin \pi x$ with fixed ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Refinement {
    spacings: Vec<f64>,
    errors: Vec<f64>,
}

/// A function of the position.
type Formula = fn(f64) -> f64;

impl Refinement {
    /// Solves on a grid for each number of points.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a ring, which has no action here; as [`Action::minimise`]; and
    /// [`Error::NotPositiveAt`] if the elasticity is so large that the target is not positive: with
    /// free ends from 0.101 on; [`Error::NotPositive`] without an elasticity, or with one so small that a grid has
    /// no error; [`Error::InsideOf`] for a grid as fine as the one before. Of these no order can be told.
    pub fn of_known_solution(boundary: Boundary, elasticity: f64, nodes: &[usize]) -> Result<Self> {
        use std::f64::consts::PI;
        let (solution, bending): (Formula, Formula) = match boundary {
            Boundary::Neumann => {
                (|x| 1.5 + 0.5 * (PI * x).cos(), |x| -0.5 * PI * PI * (PI * x).cos())
            }
            Boundary::Dirichlet => {
                (|x| 1.0 + 0.5 * (PI * x).sin(), |x| -0.5 * PI * PI * (PI * x).sin())
            }
            Boundary::Periodic => {
                return Err(Error::OutOfRange {
                    name: "the number of ends of the interval",
                    value: 0.0,
                    lower: 2.0,
                    upper: 2.0,
                    remedy: "choose free or fixed ends",
                });
            }
        };
        let target = |x| solution(x) - 2.0 * elasticity * solution(x).powi(2) * bending(x);
        let remedy = "without it the field is the target on any grid";
        let elasticity = Positive::named("the elasticity", elasticity, remedy)?.get();
        if let Some(pair) = nodes.windows(2).find(|pair| pair[0] == pair[1]) {
            let count = pair[0] as f64;
            return Err(excluded(
                "the number of points after the first grid",
                count,
                "an order is told from two grids that differ",
            ));
        }
        let mut refinement = Self { spacings: Vec::new(), errors: Vec::new() };
        for &count in nodes {
            let is_free = boundary == Boundary::Neumann;
            let action = if is_free {
                Action::neumann(sample(&Grid::finite_volume(count)?, &target)?, elasticity)?
            } else {
                let target = sample(&Grid::finite_difference(count)?, &target)?;
                Action::dirichlet(target, elasticity, solution(0.0))?
            };
            let minimum = action.minimise()?;
            let exact = action.grid().points().into_iter().map(solution);
            let error = exact.zip(minimum.field.as_slice()).map(|(exact, f)| (f - exact).abs());
            let remedy = "there is nothing to refine: take a larger elasticity";
            let error = error.fold(0.0, f64::max);
            refinement.errors.push(Positive::named("the error on a grid", error, remedy)?.get());
            refinement.spacings.push(action.grid().spacing());
        }
        Ok(refinement)
    }

    /// The distance between neighbours on each grid.
    pub fn spacings(&self) -> &[f64] {
        &self.spacings
    }

    /// The largest error on each grid.
    pub fn errors(&self) -> &[f64] {
        &self.errors
    }

    /// The observed order between each grid and the next,
    /// $\ln(e_1/e_2)/\ln(h_1/h_2)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::field::Refinement;
    /// use itakura_saito::grid::Boundary;
    ///
    /// // Half the spacing, a quarter of the error.
    /// let refinement = Refinement::of_known_solution(Boundary::Neumann, 0.01, &[50, 100, 200])?;
    /// assert!(refinement.orders().iter().all(|order| (order - 2.0).abs() < 0.05));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn orders(&self) -> Vec<f64> {
        let errors = self.errors.windows(2);
        let spacings = self.spacings.windows(2);
        errors.zip(spacings).map(|(e, h)| (e[0] / e[1]).ln() / (h[0] / h[1]).ln()).collect()
    }

    /// The errors over the spacing, with the second power beside them.
    ///
    /// # Errors
    ///
    /// [`Error::FigureEmpty`] without a grid.
    pub fn figure(&self) -> Result<Figure> {
        let order = self.orders().last().copied().unwrap_or(f64::NAN);
        let finding = format!("Halving the spacing divides the error by 2^{order:.3}.");
        let x = Axis::logarithmic("spacing h");
        let mut panel = Panel::new(x, Axis::logarithmic("largest error of f"))
            .series(Series::data("measured", &self.spacings, &self.errors));
        if let (Some(&first), Some(&last)) = (self.spacings.first(), self.spacings.last()) {
            panel = panel.slope(2.0, (first, 0.6 * self.errors[0]), last, "h²");
        }
        Figure::builder("How fast does the error of the grid fall?", &finding)
            .source("§A.3, against a solution made for the purpose")
            .panel(panel)
            .build()
    }
}
