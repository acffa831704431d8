//! The numbers for section 9 on the loss of a node and the dynamics of errors.

use crate::Result;
use crate::causality::{Graph, LocalKernel, NonlinearDescent};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{Divergence, Positive};

pub fn gradient() -> Result<Vec<Evidence>> {
    let loss = Divergence::ItakuraSaito;
    let (target, prediction) = (Positive::new(2.0)?, Positive::new(3.0)?);
    let value = |prediction: f64| Ok(loss.value(target, Positive::new(prediction)?));
    let difference = (value(3.0 + 1e-5)? - value(3.0 - 1e-5)?) / 2e-5;
    let rounding = Tolerance::absolute(1e-9, "a central difference with the step 1e-5");
    Ok(vec![
        Evidence::new("gradient at y = 2, f = 3", loss.derivative(target, prediction), 1.0 / 9.0),
        Evidence::new("the same by a central difference", difference, 1.0 / 9.0).within(rounding),
    ])
}

pub fn curvature() -> Result<Vec<Evidence>> {
    let target = Positive::new(2.0)?;
    let at = |prediction: f64| -> Result<f64> {
        Ok(Divergence::ItakuraSaito.second_derivative(target, Positive::new(prediction)?))
    };
    Ok(vec![
        Evidence::new("second derivative at f = y = 2", at(2.0)?, 0.25),
        Evidence::exact("second derivative at f = 2y", at(4.0)?, 0.0),
        Evidence::new("second derivative at f = 3y", at(6.0)?, -1.0 / 108.0),
    ])
}

pub fn one_step() -> Result<Vec<Evidence>> {
    let kernel = LocalKernel::by_distance(&Graph::chain(3)?, &[1.0, 0.4])?;
    let slope = 0.1 / 1.21 - 0.4 * 0.2 / 3.24;
    let first = |rate: f64| -> Result<f64> {
        let descent =
            NonlinearDescent::new(&kernel, Divergence::ItakuraSaito, &[1.0, 2.0, 1.0], rate)?;
        Ok(descent.run(&[1.1, 1.8, 1.2], 1)?.predictions[(1, 0)])
    };
    Ok(vec![
        Evidence::new("first prediction after a step, summed loss", first(0.5)?, 1.1 - 0.5 * slope),
        Evidence::new("the same with the mean loss", first(0.5 / 3.0)?, 1.1 - 0.5 * slope / 3.0),
    ])
}

pub fn linearisation() -> Result<Vec<Evidence>> {
    let kernel = LocalKernel::by_distance(&Graph::chain(8)?, &[1.0, 0.4])?;
    let targets: Vec<f64> = (0..8).map(|node| 1.0 + 0.25 * f64::from(node)).collect();
    let descent = NonlinearDescent::new(&kernel, Divergence::ItakuraSaito, &targets, 0.5)?;
    let cancellation =
        Tolerance::relative(1e-8, "the difference of two numbers of size one, down to 1e-6");
    let mut evidence = Vec::new();
    for (size, expected) in
        [(0.1, 0.009923671205089274), (0.01, 9.759804962862668e-5), (0.001, 9.7398587631e-7)]
    {
        let at = |(node, y): (usize, &f64)| y * (1.0 + size * (node as f64).cos());
        let start: Vec<f64> = targets.iter().enumerate().map(at).collect();
        let label = format!("largest difference after ten steps, relative start {size}");
        let found = descent.linearisation_error(&start, 10)?;
        evidence.push(Evidence::new(&label, found, expected).within(cancellation));
    }
    Ok(evidence)
}
