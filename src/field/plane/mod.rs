//! The field on the unit square: the same action in two dimensions.
//!
//! $$ S_h = \lambda \sum_{\text{bonds}} \frac{h_1 h_2}{h_{\text{bond}}^2}\,(f_i - f_j)^2
//!        + h_1 h_2 \sum_i V(y_i, f_i) $$
//!
//! Section 2, with the integral over a square. The paper computes in one dimension only; its existence
//! proof (A.4) does not depend on the dimension, and neither does what is shown here.

mod bounds;
mod conjugate_gradient;
mod laplacian;
mod minimise;
mod poisson;

pub use conjugate_gradient::Hessian as PlaneHessian;
pub use minimise::{PlaneCertificate, PlaneMinimum};

use crate::divergence::{
    Positive, PositiveArray, itakura_saito, itakura_saito_derivative,
    itakura_saito_second_derivative,
};
use crate::{Error, Result};
use laplacian::Laplacian;

/// What holds on the rim of the square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rim {
    /// No flux through it (Neumann): the points are centres of cells.
    Free,
    /// The field has this value on it (Dirichlet): the points lie inside, at distance `h` from it.
    Fixed(Positive),
}

/// The action of a field on the unit square with a target and an elasticity.
///
/// Axis 0 of the target is the vertical one, axis 1 the horizontal one. On the same square the two may
/// have different numbers of points.
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::field::{PlaneAction, Rim};
/// use ndarray::ArrayD;
///
/// let hill = |row: usize, column: usize| if row.abs_diff(4) + column.abs_diff(4) < 3 { 2.0 } else { 1.0 };
/// let target = ArrayD::from_shape_fn(vec![9, 9], |place| hill(place[0], place[1]));
/// let action = PlaneAction::new(PositiveArray::new(target)?, 0.01, Rim::Free)?;
/// let minimum = action.minimise(action.target())?;
/// assert!(minimum.field.maximum() < action.target().maximum());
/// assert!(minimum.certificate.smallest_curvature.0 > 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PlaneAction {
    target: PositiveArray,
    elasticity: f64,
    laplacian: Laplacian,
}

impl PlaneAction {
    /// From the target, the elasticity $\lambda$ (in units of a squared length), and the rim.
    ///
    /// # Errors
    ///
    /// [`Error::Axes`] unless the target has two axes, [`Error::TooFew`] for fewer than two points along
    /// one of them, [`Error::Negative`] for an elasticity that is negative, infinite or NaN.
    pub fn new(target: PositiveArray, elasticity: f64, rim: Rim) -> Result<Self> {
        let &[rows, columns] = target.shape() else {
            return Err(Error::Axes {
                name: "the target on the square",
                expected: 2,
                found: target.shape().len(),
                remedy: "give an array with rows and columns",
            });
        };
        if !(elasticity.is_finite() && elasticity >= 0.0) {
            return Err(Error::Negative {
                name: "the elasticity λ",
                value: elasticity,
                remedy: "a negative stiffness has no minimum; λ = 0 is no stiffness at all",
            });
        }
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
    /// [`Error::ShapeMismatch`] unless the field has the target's shape.
    pub fn value(&self, field: &PositiveArray) -> Result<f64> {
        self.checked(field)?;
        Ok(self.value_of(field.as_slice()))
    }

    /// Its gradient divided by the area of a cell: the left side of the Euler-Lagrange equation (9).
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] unless the field has the target's shape.
    pub fn gradient(&self, field: &PositiveArray) -> Result<Vec<f64>> {
        self.checked(field)?;
        Ok(self.gradient_of(field.as_slice()))
    }

    /// Its Hessian divided by the area of a cell, $-2\lambda\Delta_h + \mathrm{diag}((2y - f)/f^3)$.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] unless the field has the target's shape.
    pub fn hessian(&self, field: &PositiveArray) -> Result<PlaneHessian<'_>> {
        self.checked(field)?;
        Ok(self.hessian_of(field.as_slice()))
    }

    /// The field of least action that damped Newton steps reach from `start`.
    ///
    /// Each step solves the Hessian's equation by conjugate gradients, preconditioned by a Laplacian with
    /// a constant mass, which cosine or sine transforms invert: $O(n \ln n)$ for $n$ points.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] for a start of another shape, [`Error::NotConverged`] with the residual if
    /// the steps stop short of a minimum; no field is returned then.
    pub fn minimise(&self, start: &PositiveArray) -> Result<PlaneMinimum> {
        self.checked(start)?;
        minimise::minimise(self, start)
    }

    fn checked(&self, field: &PositiveArray) -> Result<()> {
        if field.shape() == self.target.shape() {
            return Ok(());
        }
        Err(Error::ShapeMismatch {
            target: self.target.shape().to_vec(),
            prediction: field.shape().to_vec(),
            remedy: "give the field one value for each value of the target",
        })
    }

    fn value_of(&self, field: &[f64]) -> f64 {
        let elastic = self.laplacian.energy(field);
        let potential: f64 =
            self.pairs(field).map(|(target, value)| itakura_saito(target, value)).sum();
        self.elasticity * elastic + self.laplacian.cell_area() * potential
    }

    fn gradient_of(&self, field: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; field.len()];
        self.laplacian.apply_with_rim(field, &mut gradient);
        for (slope, (target, value)) in gradient.iter_mut().zip(self.pairs(field)) {
            *slope = 2.0 * self.elasticity * *slope + itakura_saito_derivative(target, value);
        }
        gradient
    }

    fn hessian_of(&self, field: &[f64]) -> PlaneHessian<'_> {
        let mass = |(target, value)| itakura_saito_second_derivative(target, value);
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
