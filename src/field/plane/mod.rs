//! The field on the unit square: the same action in two dimensions.
//!
//! $$ S_h = \lambda \sum_{\text{bonds}} \frac{h_1 h_2}{h_{\text{bond}}^2}\\,(f_i - f_j)^2 +
//!        h_1 h_2 \sum_i V(y_i, f_i) $$
//!
//! Section 2, with the integral over a square. The paper computes in one dimension only; its existence
//! proof (A.4) does not depend on the dimension, and neither does what is shown here.

mod bounds;
mod conjugate_gradient;
mod laplacian;
mod minimise;
mod poisson;

pub use conjugate_gradient::Hessian as PlaneHessian;
pub use minimise::PlaneMinimum;

use super::action::{checked_boundary_value, checked_elasticity, entries_in_range, in_range};
use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::{Error, Result};
use laplacian::{Laplacian, Rim};

/// The action of a field on the unit square with a target and an elasticity.
///
/// Axis 0 of the target is the vertical one, axis 1 the horizontal one. On the same square the two may
/// have different numbers of points.
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::field::PlaneAction;
/// use ndarray::ArrayD;
///
/// let hill = |row: usize, column: usize| if row.abs_diff(4) + column.abs_diff(4) < 3 { 2.0 } else { 1.0 };
/// let target = ArrayD::from_shape_fn(vec![9, 9], |place| hill(place[0], place[1]));
/// let action = PlaneAction::neumann(PositiveArray::new(target)?, 0.01)?;
/// let minimum = action.minimise()?;
/// assert!(minimum.field.maximum() < action.target().maximum());
/// assert!(minimum.certificate.gradient <= minimum.certificate.rounding_floor);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PlaneAction {
    target: PositiveArray,
    elasticity: f64,
    laplacian: Laplacian,
}

impl PlaneAction {
    /// With a free rim: no flux through it.
    ///
    /// # Errors
    ///
    /// [`Error::Axes`] unless the target has two axes, [`Error::TooFew`] for fewer than two points along
    /// one of them, and [`Error::OutOfRange`] for an elasticity that is negative, infinite or NaN.
    pub fn neumann(target: PositiveArray, elasticity: f64) -> Result<Self> {
        Self::checked(target, elasticity, Rim::Free)
    }

    /// With the value of the field given on the rim.
    ///
    /// # Errors
    ///
    /// As [`PlaneAction::neumann`], and [`Error::NotPositive`] for the boundary value.
    pub fn dirichlet(target: PositiveArray, elasticity: f64, boundary_value: f64) -> Result<Self> {
        Self::checked(target, elasticity, Rim::Fixed(checked_boundary_value(boundary_value)?))
    }

    fn checked(target: PositiveArray, elasticity: f64, rim: Rim) -> Result<Self> {
        let &[rows, columns] = target.shape() else {
            return Err(Error::Axes {
                name: "the target of a field on the square",
                expected: 2,
                found: target.shape().len(),
                remedy: "give an array with rows and columns, or use the action on an interval",
            });
        };
        let elasticity = checked_elasticity(elasticity)?;
        let laplacian = Laplacian::new(rows, columns, rim)?;
        Ok(Self { target, elasticity, laplacian })
    }

    /// The target.
    pub fn target(&self) -> &PositiveArray {
        &self.target
    }

    /// The coordinates of the rows and of the columns, between 0 and 1.
    pub fn coordinates(&self) -> (Vec<f64>, Vec<f64>) {
        self.laplacian.coordinates()
    }

    /// The action of a field.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] unless the field has the target's shape, [`Error::NotFinite`] if the action is
    /// too large for an `f64`.
    pub fn value(&self, field: &PositiveArray) -> Result<f64> {
        self.target.check_shape(field)?;
        in_range("the action", self.value_of(field.as_slice()))
    }

    /// Its gradient divided by the area of a cell: the left side of the Euler-Lagrange equation (9).
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] unless the field has the target's shape, [`Error::NotFiniteAt`] if an entry
    /// overflows.
    pub fn gradient(&self, field: &PositiveArray) -> Result<Vec<f64>> {
        self.target.check_shape(field)?;
        let gradient = self.gradient_of(field.as_slice());
        entries_in_range("the gradient of the action at ", &gradient)?;
        Ok(gradient)
    }

    /// Its Hessian divided by the area of a cell, $-2\lambda\Delta_h + \mathrm{diag}((2y - f)/f^3)$.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] unless the field has the target's shape.
    pub fn hessian(&self, field: &PositiveArray) -> Result<PlaneHessian<'_>> {
        self.target.check_shape(field)?;
        Ok(self.hessian_of(field.as_slice()))
    }

    /// The minimum that is reached from the target itself.
    ///
    /// # Errors
    ///
    /// As [`PlaneAction::minimise_from`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::field::{Action, PlaneAction, sample, sample_square};
    /// use itakura_saito::grid::Grid;
    ///
    /// // A target that varies in one direction only is a problem on a line.
    /// let plane = PlaneAction::neumann(sample_square(8, &|x1, _| 1.0 + x1)?, 0.1)?.minimise()?;
    /// let line = Action::neumann(sample(&Grid::finite_volume(8)?, &|x| 1.0 + x)?, 0.1)?.minimise()?;
    /// let row = plane.field.as_slice().iter().zip(line.field.as_slice());
    /// assert!(row.into_iter().all(|(one, other)| (one - other).abs() < 1e-10));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn minimise(&self) -> Result<PlaneMinimum> {
        self.minimise_from(&self.target)
    }

    /// The minimum that damped Newton steps reach from a field.
    ///
    /// Each step solves the Hessian's equation by conjugate gradients, preconditioned by a Laplacian with
    /// a constant mass, which cosine or sine transforms invert: $O(n \ln n)$ for $n$ points.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] for a start of another shape, [`Error::NotConverged`] with the residual if
    /// the solve does not end at a minimum; there is no field then.
    pub fn minimise_from(&self, start: &PositiveArray) -> Result<PlaneMinimum> {
        self.target.check_shape(start)?;
        minimise::minimise(self, start)
    }

    fn value_of(&self, field: &[f64]) -> f64 {
        let elastic = self.laplacian.energy(field);
        let potential: f64 = self
            .pairs(field)
            .map(|(target, value)| Divergence::ItakuraSaito.value(target, value))
            .sum();
        self.elasticity * elastic + self.laplacian.cell_area() * potential
    }

    fn gradient_of(&self, field: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; field.len()];
        self.laplacian.apply_with_rim(field, &mut gradient);
        for (slope, (target, value)) in gradient.iter_mut().zip(self.pairs(field)) {
            *slope =
                2.0 * self.elasticity * *slope + Divergence::ItakuraSaito.derivative(target, value);
        }
        gradient
    }

    fn hessian_of(&self, field: &[f64]) -> PlaneHessian<'_> {
        let mass = |(target, value)| Divergence::ItakuraSaito.second_derivative(target, value);
        PlaneHessian {
            laplacian: &self.laplacian,
            stiffness: 2.0 * self.elasticity,
            masses: self.pairs(field).map(mass).collect(),
        }
    }

    /// Targets beside the values of a field that is known to be positive.
    fn pairs<'a>(&'a self, field: &'a [f64]) -> impl Iterator<Item = (Positive, Positive)> + 'a {
        let positive =
            |&value: &f64| Positive::new(value).expect("a step keeps the field positive");
        self.target.iter().zip(field.iter().map(positive))
    }
}
