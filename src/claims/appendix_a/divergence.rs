//! The Bregman divergence, its derivatives and its convexity.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{
    Divergence, Positive, bregman_of_negative_logarithm, itakura_saito, itakura_saito_derivative,
    itakura_saito_second_derivative, itakura_saito_target_derivatives,
};

/// Pairs of target and prediction, on both sides of the optimum and of f = 2y.
const PAIRS: [(f64, f64); 4] = [(2.0, 3.0), (5.0, 0.5), (1.0, 40.0), (0.01, 0.02)];

pub fn the_bregman_divergence() -> Result<Vec<Evidence>> {
    // y/f - ln(y/f) - 1 by mpmath at 40 digits, rounded to 16.
    let references =
        [0.07213177477483105, 6.697414907005954, 2.713879454113936, 0.1931471805599453];
    let mut evidence = Vec::new();
    for ((target, prediction), reference) in PAIRS.into_iter().zip(references) {
        let literal = bregman_of_negative_logarithm(target, prediction)?;
        let label = format!("D of -ln at ({target}, {prediction})");
        evidence.push(Evidence::new(&label, literal, reference));
        let label = format!("V({target}, {prediction})");
        evidence.push(Evidence::new(&label, itakura_saito(target, prediction)?, reference));
    }
    Ok(evidence)
}

pub fn convex_in_the_target() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for ((target, prediction), expected) in PAIRS.into_iter().zip([0.25, 0.04, 1.0, 1e4]) {
        let label = format!("second derivative in y at ({target}, {prediction}): 1/y²");
        evidence.push(Evidence::new(
            &label,
            itakura_saito_target_derivatives(target, prediction)?.1,
            expected,
        ));
    }
    Ok(evidence)
}

pub fn convex_in_the_prediction_up_to_twice_the_target() -> Result<Vec<Evidence>> {
    let target = Positive::new(2.0)?;
    let curvature = |f| itakura_saito_second_derivative(2.0, f);
    let end = Divergence::ItakuraSaito.convex_range(target).1;
    Ok(vec![
        Evidence::new("second derivative in f at f = y = 2: 1/y²", curvature(2.0)?, 0.25),
        Evidence::exact("second derivative in f at f = 2y = 4", curvature(4.0)?, 0.0),
        Evidence::new("end of the convex range for y = 2", end, 4.0),
        Evidence::new(
            "second derivative in f at f = 3y = 6: -1/(27y²)",
            curvature(6.0)?,
            -1.0 / 108.0,
        ),
        Evidence::new(
            "smallest second derivative on a grid, y = 2",
            smallest_curvature(target)?,
            -1.0 / 108.0,
        )
        .within(Tolerance::absolute(
            1e-7,
            "a grid of relative step 1e-3 misses the minimum by its square",
        )),
    ])
}

/// The smallest second derivative over predictions from a tenth to a hundred times the target.
fn smallest_curvature(target: Positive) -> Result<f64> {
    let mut smallest = f64::INFINITY;
    for step in -2303..=4605 {
        let prediction = Positive::new(target.get() * (f64::from(step) * 1e-3).exp())?;
        smallest = smallest.min(Divergence::ItakuraSaito.second_derivative(target, prediction));
    }
    Ok(smallest)
}

pub fn one_minimum() -> Result<Vec<Evidence>> {
    let target = Positive::new(2.0)?;
    let mut wrong = 0;
    for step in (-300..=300).filter(|&step| step != 0) {
        let prediction = Positive::new(2.0 * 10f64.powf(f64::from(step) / 100.0))?;
        let slope = Divergence::ItakuraSaito.derivative(target, prediction);
        wrong += i32::from(slope.signum() != f64::from(step).signum());
    }
    let slope = Divergence::ItakuraSaito.derivative(target, target);
    let label = "slopes of the wrong sign at 600 predictions over six decades";
    Ok(vec![
        Evidence::exact(label, f64::from(wrong), 0.0),
        Evidence::exact("slope at f = y", slope, 0.0),
    ])
}

pub fn the_printed_derivatives() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (target, prediction) in PAIRS {
        let place = format!("({target}, {prediction})");
        let printed = 1.0 / prediction - target / prediction.powi(2);
        let label = format!("derivative at {place}: 1/f - y/f²");
        evidence.push(Evidence::new(
            &label,
            itakura_saito_derivative(target, prediction)?,
            printed,
        ));
        let label = format!("difference quotient of V at {place}");
        let quotient = difference_quotient(target, prediction)?;
        evidence.push(Evidence::new(&label, quotient, printed).within(CENTRAL_DIFFERENCE));
        if prediction != 2.0 * target {
            let printed = 2.0 * target / prediction.powi(3) - 1.0 / prediction.powi(2);
            let label = format!("second derivative at {place}: 2y/f³ - 1/f²");
            evidence.push(Evidence::new(
                &label,
                itakura_saito_second_derivative(target, prediction)?,
                printed,
            ));
        }
        let curvature = itakura_saito_second_derivative(target, target)?;
        let label = format!("second derivative at f = y = {target}: 1/y²");
        evidence.push(Evidence::new(&label, curvature, 1.0 / (target * target)));
    }
    Ok(evidence)
}

const CENTRAL_DIFFERENCE: Tolerance = Tolerance::relative(
    1e-6,
    "a central difference with the relative step 1e-4 errs by its square",
);

/// The slope of the divergence by its values on both sides.
fn difference_quotient(target: f64, prediction: f64) -> Result<f64> {
    let step = 1e-4 * prediction;
    let value = |f| itakura_saito(target, f);
    Ok((value(prediction + step)? - value(prediction - step)?) / (2.0 * step))
}

pub fn a_point_of_negative_curvature() -> Result<Vec<Evidence>> {
    let curvature = itakura_saito_second_derivative(1.0, 4.0)?;
    Ok(vec![Evidence::new(
        "second derivative at y = 1, f = 4: (2y - f)/f³",
        curvature,
        -1.0 / 32.0,
    )])
}
