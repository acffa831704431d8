//! Damped Newton steps on the square, and the certificate of where they end.

use ndarray::{Array2, ArrayD, IxDyn};

use super::PlaneAction;
use super::bounds::smallest_eigenvalue;
use super::conjugate_gradient::{Solution, dot};
use super::poisson::Poisson;
use crate::divergence::{Divergence, PositiveArray};
use crate::field::{Certificate, largest};
use crate::figure::{Axis, Figure, Heatmap, Panel};
use crate::{Error, Result, interrupt};

/// A field on the square at which the action is stationary, with what shows that it is a minimum.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaneMinimum {
    /// The field $f^*$, in the target's shape.
    pub field: PositiveArray,
    /// The action of that field.
    pub action: f64,
    /// What shows that it is a minimum.
    pub certificate: Certificate,
    /// How many steps of conjugate gradients the Newton steps took together.
    pub inner_iterations: usize,
    coordinates: (Vec<f64>, Vec<f64>),
}

/// The last step must be below this.
const STEP: f64 = 1e-12;
/// From a start that is decades away a dozen steps suffice; there are fields without a strict minimum.
const ITERATIONS: usize = 60;
/// Each Newton equation is solved to this part of its right side, so that four steps give 16 digits.
const INNER_TOLERANCE: f64 = 1e-4;
/// The part of the way to the nearest zero of the field that a step may go.
const TO_THE_BOUNDARY: f64 = 0.9;

pub(super) fn minimise(action: &PlaneAction, start: &PositiveArray) -> Result<PlaneMinimum> {
    let mut poisson = Poisson::new(&action.laplacian);
    let mut field = start.as_slice().to_vec();
    let mut value = action.value_of(&field);
    let mut inner_iterations = 0;
    let mut step = f64::INFINITY;
    for iterations in 0..=ITERATIONS {
        interrupt::check()?;
        let gradient = action.gradient_of(&field);
        let (largest, floor) = (largest(&gradient), rounding_floor(action, &field));
        let hessian = action.hessian_of(&field);
        if step <= STEP && largest <= floor {
            let (low, high) = smallest_eigenvalue(&hessian, &mut poisson);
            let certificate = Certificate {
                iterations,
                step,
                gradient: largest,
                rounding_floor: floor,
                smallest_eigenvalue: high,
                eigenvalue_error: high - low,
            };
            return Ok(found(action, field, value, certificate, inner_iterations));
        }
        let downhill: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
        let direction = match hessian.solve(&downhill, INNER_TOLERANCE, &mut poisson) {
            Solution::Found(direction, count) => {
                inner_iterations += count;
                direction
            }
            Solution::NotConvex(direction) => direction,
        };
        let Some((next, next_value)) = line_search(action, &field, value, &gradient, &direction)
        else {
            break;
        };
        step = relative_change(&field, &next);
        (field, value) = (next, next_value);
    }
    Err(Error::NotConverged {
        name: "the minimiser of the action on the square",
        iterations: ITERATIONS,
        residual: largest(&action.gradient_of(&field)),
        allowed: rounding_floor(action, &field),
        remedy: "start from the minimum at a larger elasticity, and lower it step by step",
    })
}

fn found(
    action: &PlaneAction,
    field: Vec<f64>,
    value: f64,
    certificate: Certificate,
    inner_iterations: usize,
) -> PlaneMinimum {
    let shape = IxDyn(action.target.shape());
    let field = ArrayD::from_shape_vec(shape, field).expect("the target's shape");
    let field = PositiveArray::new(field).expect("a step keeps the field positive");
    let coordinates = action.coordinates();
    PlaneMinimum { field, action: value, certificate, inner_iterations, coordinates }
}

/// Sixteen roundings of the largest terms that cancel in the gradient at a minimum, and what the rounding of
/// the field itself makes of the slope of the divergence: where the coupling is negligible, that is all.
fn rounding_floor(action: &PlaneAction, field: &[f64]) -> f64 {
    let highest = field.iter().copied().fold(0.0, f64::max);
    let (mut steepest, mut bend) = (0.0f64, 0.0f64);
    for (target, value) in action.pairs(field) {
        let slope = Divergence::ItakuraSaito.derivative(target, value);
        steepest = steepest.max(slope.abs());
        let stiffness = Divergence::ItakuraSaito.second_derivative(target, value);
        bend = bend.max(value.get() * stiffness.abs());
    }
    let stiffest = 2.0 * action.elasticity * action.laplacian.stiffest();
    f64::EPSILON * (16.0 * (stiffest * highest + steepest) + bend)
}

/// The longest step of a halving sequence that stays positive and lowers the action enough.
fn line_search(
    action: &PlaneAction,
    field: &[f64],
    value: f64,
    gradient: &[f64],
    direction: &[f64],
) -> Option<(Vec<f64>, f64)> {
    let slope = action.laplacian.cell_area() * dot(gradient, direction);
    let shrinking = |(field, change): (&f64, &f64)| -change / field;
    let fastest = field.iter().zip(direction).map(shrinking).fold(0.0, f64::max);
    let mut length = if fastest > TO_THE_BOUNDARY { TO_THE_BOUNDARY / fastest } else { 1.0 };
    // The action is a sum of terms that are not negative: its own rounding, and no more.
    let rounding = 64.0 * f64::EPSILON * value.abs();
    for _ in 0..60 {
        let moved = |(field, change): (&f64, &f64)| field + length * change;
        let next: Vec<f64> = field.iter().zip(direction).map(moved).collect();
        let next_value = action.value_of(&next);
        if next_value <= value + 1e-4 * length * slope + rounding {
            return Some((next, next_value));
        }
        length *= 0.5;
    }
    None
}

fn relative_change(before: &[f64], after: &[f64]) -> f64 {
    before.iter().zip(after).map(|(one, other)| ((other - one) / one).abs()).fold(0.0, f64::max)
}

impl PlaneMinimum {
    /// The field as colours on the square.
    ///
    /// # Errors
    ///
    /// Those of [`FigureBuilder::build`](crate::figure::FigureBuilder::build); none for a field that was
    /// found.
    pub fn figure(&self) -> Result<Figure> {
        let (rows, columns) = &self.coordinates;
        let shape = (rows.len(), columns.len());
        let values = Array2::from_shape_vec(shape, self.field.as_slice().to_vec());
        let values = values.expect("the target's shape");
        let (lowest, highest) = (self.field.minimum().get(), self.field.maximum().get());
        let finding = format!(
            "The field of least action on the square lies between {lowest:.3} and {highest:.3}."
        );
        let heatmap = Heatmap::new("f", columns, rows, &values);
        let panel = Panel::new(Axis::linear("x₁"), Axis::linear("x₂")).heatmap(heatmap);
        let title = format!("The field on the square stays between {lowest:.3} and {highest:.3}");
        Figure::builder(&title, &finding).source("§2, A.3").panel(panel).build()
    }
}
