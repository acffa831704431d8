//! The expansion around a constant target, and its Green function.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::divergence::itakura_saito;
use crate::grid::Boundary;
use crate::propagator::{AppendixFormula, FieldOperator, IntervalPropagator};

pub fn the_remainder() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for target in [0.5, 2.0] {
        let relative = 1e-3;
        let value = itakura_saito(target, target * (1.0 + relative))?;
        let remainder = (value - 0.5 * relative * relative) / (relative * relative * relative);
        let next = -2.0 / 3.0 + 0.75 * relative;
        let label = format!("(V - e²/(2y²)) / (e/y)³ at e/y = 0.001, y = {target}");
        evidence.push(Evidence::new(&label, remainder, next).within(THIRD_ORDER));
    }
    Ok(evidence)
}

const THIRD_ORDER: Tolerance = Tolerance::absolute(
    1e-6,
    "the term after the next is (4/5) 1e-6, and the subtraction leaves six digits of a third power",
);

pub fn the_mass_term() -> Result<Vec<Evidence>> {
    let term = |operator: FieldOperator| operator.mass_term(0.5, 2.0);
    Ok(vec![
        Evidence::new("mass term of (12), y₀ = 2", term(FieldOperator::Hessian)?, 0.25)
            .against_print(0.125, 0.1),
        Evidence::new("mass term of half of it", term(FieldOperator::HalfHessian)?, 0.125),
        Evidence::new("canonical, λ = 0.5", term(FieldOperator::Canonical)?, 0.25),
    ])
}

/// Spacing 0.01, and zero just outside, at ±10.01.
pub fn the_grid() -> Result<Vec<Evidence>> {
    let walls = IntervalPropagator::of_operator(1.0, 0.25, 20.02, Boundary::Dirichlet)?;
    let centre = walls.on_grid(2001, 1000)?[1000];
    Ok(vec![
        Evidence::new("G(0) by elimination", centre, 0.9999069820131)
            .within(Tolerance::relative(1e-10, "a tridiagonal solve of condition 2e5")),
    ])
}

pub fn appendix_formula() -> Result<Vec<Evidence>> {
    let printed = AppendixFormula::new(0.5, 2.0)?;
    let narrow = AppendixFormula::new(0.01, 1.5)?;
    let (wide_line, narrow_line) = (printed.corrected(), narrow.corrected());
    Ok(vec![
        Evidence::new("G(0), λ = 0.5, y₀ = 2", wide_line.at(0.0)?, 1.0)
            .against_print(printed.at(0.0)?, 0.5),
        Evidence::new("G(1), λ = 0.5, y₀ = 2", wide_line.at(1.0)?, 0.606530659712633)
            .against_print(printed.at(1.0)?, 0.3),
        Evidence::new("area: y₀²", wide_line.area(), 4.0).against_print(printed.area(), 2.0),
        Evidence::new("G(0), λ = 0.01, y₀ = 1.5", narrow_line.at(0.0)?, 5.30330085889911)
            .against_print(narrow.at(0.0)?, 2.0),
        Evidence::new("G(0.3), λ = 0.01, y₀ = 1.5", narrow_line.at(0.3)?, 1.28932118653771)
            .against_print(narrow.at(0.3)?, 0.5),
    ])
}
