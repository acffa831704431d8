//! The linearised action and its mass term.

use std::f64::consts::PI;

use crate::Result;
use crate::claims::targets::{cells, level};
use crate::claims::{Evidence, Tolerance};
use crate::grid::Grid;
use crate::operator::Operator;

const CELLS: usize = 200;
const TARGET: f64 = 2.0;
const ELASTICITY: f64 = 0.03;

/// The action of `y + size (cos πx + 1/2)` over the squared size.
fn action_of_deviation(size: f64) -> Result<f64> {
    let field = cells(CELLS, &|x| TARGET + size * ((PI * x).cos() + 0.5))?;
    Ok(level(CELLS, TARGET, ELASTICITY)?.value(&field)? / (size * size))
}

/// $\int \lambda e'^2 + e^2/(2y^2)$ for that deviation, with the squared gradient of the grid.
fn quadratic_action() -> f64 {
    let spacing = 1.0 / CELLS as f64;
    let squared_gradient = (2.0 * (0.5 * PI * spacing).sin() / spacing).powi(2) / 2.0;
    ELASTICITY * squared_gradient + (0.5 + 0.25) / (2.0 * TARGET * TARGET)
}

pub fn the_quadratic_action() -> Result<Vec<Evidence>> {
    // The mean over both signs has no cubic term.
    let mean = 0.5 * (action_of_deviation(1e-3)? + action_of_deviation(-1e-3)?);
    Ok(vec![
        Evidence::new("S of a deviation of a thousandth over its square", mean, quadratic_action())
            .within(Tolerance::relative(
                1e-6,
                "the term of fourth order is 3u²/2 of the mass term",
            )),
    ])
}

pub fn the_cubic_term() -> Result<Vec<Evidence>> {
    let size = 1e-3;
    let odd = 0.5 * (action_of_deviation(size)? - action_of_deviation(-size)?) / size;
    // ∫(cos πx + 1/2)³ dx = 3/2 · 1/2 + 1/8.
    let expected = -2.0 / 3.0 * (0.75 + 0.125) / TARGET.powi(3);
    Ok(vec![
        Evidence::new("odd part of S over the cube: -(2/3) ∫e³ dx/y³", odd, expected)
            .within(Tolerance::relative(1e-5, "the fifth order, and rounding over the cube 1e-9")),
    ])
}

/// The second variation on a constant, which no gradient sees.
fn mass_term(target: f64) -> Result<f64> {
    let operator = level(CELLS, target, ELASTICITY)?.linearised()?;
    Ok(operator.applied(&[1.0; CELLS])[CELLS / 2])
}

pub fn half_the_second_variation() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for target in [0.5, 2.0, 10.0] {
        let label = format!("half the second variation on a constant at y = {target}: 1/(2y²)");
        let expected = 0.5 / (target * target);
        evidence.push(Evidence::new(&label, 0.5 * mass_term(target)?, expected));
    }
    // The same operator has -λΔ: its lowest wave above the constant.
    let wave: Vec<f64> =
        Grid::finite_volume(CELLS)?.points().iter().map(|x| (PI * x).cos()).collect();
    let image = level(CELLS, TARGET, ELASTICITY)?.linearised()?.applied(&wave);
    let spacing = 1.0 / CELLS as f64;
    let laplacian = (2.0 * (0.5 * PI * spacing).sin() / spacing).powi(2);
    evidence.push(Evidence::new(
        "half the second variation on cos πx less 1/(2y²), over λ: -Δ",
        (0.5 * image[7] / wave[7] - 0.125) / ELASTICITY,
        laplacian,
    ));
    Ok(evidence)
}

pub fn the_whole_second_variation() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for target in [0.5, 2.0] {
        let (whole, half) = (1.0 / (target * target), 0.5 / (target * target));
        let label = format!("second variation on a constant at y = {target}: 1/y²");
        let found = Evidence::new(&label, mass_term(target)?, whole);
        evidence.push(found.against_print(half, 0.5 * half));
    }
    Ok(evidence)
}
