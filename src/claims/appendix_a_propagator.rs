//! The claims of appendix A about the expansion around a constant target and its propagator.

use super::section_04::appendix_formula;
use super::{Basis, Claim, Evidence, Part, Tolerance, Verdict};
use crate::Result;
use crate::divergence::itakura_saito;
use crate::grid::Boundary;
use crate::propagator::{FieldOperator, IntervalPropagator};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C19.6",
        place: "appendices A.5 and A.6",
        statement: "The expansion (11) of the action to second order, with the mass m² = 1/(2y₀²) and the \
                    operator -2λΔ + 1/y₀² (12); on a line its Green function is \
                    y₀/√(2λ) exp(-|x|/ξ).",
        verdict: Verdict::Holds,
        correct: "The expansion holds, and what it leaves out begins with -(2/3) e³/y₀³. The mass belongs to \
                  half the operator. So does the printed Green function: that of (12) is half of it, \
                  y₀/(2√(2λ)) exp(-|x|/ξ), with the area y₀².",
        notebook: "03_propagator",
        parts: &[
            Part {
                about: "The expansion, and the first term it leaves out.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(the_remainder),
            },
            Part {
                about: "The mass term of the operator (12).",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(the_mass_term),
            },
            Part {
                about: "The Green function, a factor of two smaller than printed.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(appendix_formula),
            },
            Part {
                about: "The same on a grid of 2001 points from -10 to 10.",
                verdict: Verdict::Added,
                basis: Basis::Computed(the_grid),
            },
        ],
    },
    Claim {
        id: "C19.7",
        place: "appendix A.6",
        statement: "λ → 0 also sends m² to zero, and the propagator becomes a power law in a \
                    distributional sense.",
        verdict: Verdict::False,
        correct: "λ → 0 shortens the correlation length, and leaves m² = 1/(2y₀²) where it is. Without a mass \
                  the propagator on a line is linear in the distance.",
        notebook: "03_propagator",
        parts: &[Part {
            about: "Both halves are statements of section 4.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C04.4", "C04.5"]),
        }],
    },
];

fn the_remainder() -> Result<Vec<Evidence>> {
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

fn the_mass_term() -> Result<Vec<Evidence>> {
    let term = |operator: FieldOperator| operator.mass_term(0.5, 2.0);
    Ok(vec![
        Evidence::new("mass term of (12), y₀ = 2", term(FieldOperator::Hessian)?, 0.25)
            .contradicting(0.125, 0.1),
        Evidence::new("mass term of half of it", term(FieldOperator::HalfHessian)?, 0.125),
        Evidence::new("canonical, λ = 0.5", term(FieldOperator::Canonical)?, 0.25),
    ])
}

/// Spacing 0.01, and zero just outside, at ±10.01.
fn the_grid() -> Result<Vec<Evidence>> {
    let walls = IntervalPropagator::of_operator(1.0, 0.25, 20.02, Boundary::Dirichlet)?;
    let centre = walls.on_grid(2001, 1000)?[1000];
    Ok(vec![
        Evidence::new("G(0) by elimination", centre, 0.9999069820131)
            .within(Tolerance::relative(1e-10, "a tridiagonal solve of condition 2e5")),
    ])
}
