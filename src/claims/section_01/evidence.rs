//! What a loss couples by itself, and what an elastic term couples.

use crate::Result;
use crate::claims::five_points::{SPACING, five_point_action, five_predictions, five_targets};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{Divergence, PositiveArray};
use crate::field::Action;

/// The elasticity of the reference values.
const ELASTICITY: f64 = 0.1;

const MIXED_DIFFERENCE: Tolerance = Tolerance::absolute(
    1e-9,
    "a mixed difference divides the rounding of S by the squared step 1e-6",
);
const STEP: f64 = 1e-3;

pub fn the_loss_alone_couples_no_points() -> Result<Vec<Evidence>> {
    let (target, prediction) = (five_targets()?, five_predictions()?);
    let loss = Divergence::ItakuraSaito;
    let curvature = loss.hessian_diagonal(&target, &target)?;
    let largest_error = curvature
        .iter()
        .zip(target.as_slice())
        .map(|(curvature, y)| (curvature * y * y - 1.0).abs())
        .fold(0.0, f64::max);
    // The expansion of section 2 has -Δ, which is λ = 1/2 in the action: -2λ/h between neighbours.
    let coupling = -1.0 / SPACING;
    Ok(vec![
        Evidence::exact(
            "largest change of a gradient entry when the prediction moves elsewhere",
            largest_coupling(loss, &target, &prediction)?,
            0.0,
        )
        .against_claim(coupling, 1.0),
        Evidence::new(
            "largest relative error of 1/y² as the curvature at f = y",
            largest_error,
            0.0,
        )
        .within(Tolerance::absolute(1e-14, "a few roundings of numbers of size one")),
    ])
}

/// The largest change of an entry of the gradient when another entry of the prediction moves.
fn largest_coupling(
    loss: Divergence,
    target: &PositiveArray,
    prediction: &PositiveArray,
) -> Result<f64> {
    let gradient = loss.gradient(target, prediction)?;
    let mut largest: f64 = 0.0;
    for moved in 0..prediction.len() {
        let mut field = prediction.as_slice().to_vec();
        field[moved] += 0.1;
        let changed = loss.gradient(target, &PositiveArray::from_vec(field)?)?;
        for other in (0..prediction.len()).filter(|&other| other != moved) {
            largest = largest.max((changed[other] - gradient[other]).abs());
        }
    }
    Ok(largest)
}

pub fn the_elastic_term_couples_neighbours() -> Result<Vec<Evidence>> {
    let prediction = five_predictions()?;
    let entry =
        |elasticity, place| mixed_difference(&five_point_action(elasticity)?, &prediction, place);
    Ok(vec![
        Evidence::new(
            "S of five points, h = 0.25, λ = 0.1",
            five_point_action(ELASTICITY)?.value(&prediction)?,
            0.7679565625370146,
        ),
        Evidence::new(
            "Hessian of S between neighbours: -2λ/h",
            entry(ELASTICITY, (1, 2))?,
            -2.0 * ELASTICITY / SPACING,
        )
        .within(MIXED_DIFFERENCE),
        Evidence::new("Hessian of S between points two apart", entry(ELASTICITY, (1, 3))?, 0.0)
            .within(MIXED_DIFFERENCE),
        Evidence::new("Hessian of S between neighbours, λ = 0", entry(0.0, (1, 2))?, 0.0)
            .within(MIXED_DIFFERENCE),
    ])
}

/// An off-diagonal entry of the Hessian of an action, by a mixed second difference of its values.
///
/// Exact up to rounding for the elastic term, which is quadratic, and for a sum over single points.
fn mixed_difference(
    action: &Action,
    prediction: &PositiveArray,
    (row, column): (usize, usize),
) -> Result<f64> {
    let moved = |by_row: f64, by_column: f64| {
        let mut field = prediction.as_slice().to_vec();
        field[row] += by_row;
        field[column] += by_column;
        action.value(&PositiveArray::from_vec(field)?)
    };
    let same = moved(STEP, STEP)? + moved(-STEP, -STEP)?;
    let opposite = moved(STEP, -STEP)? + moved(-STEP, STEP)?;
    Ok((same - opposite) / (4.0 * STEP * STEP))
}
