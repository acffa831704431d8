//! The exercises of notebook 03.

use super::exercise::{Exercise, Number, Task};
use crate::propagator::{FieldOperator, LinePropagator, SumRule, scaling_dimension};

pub(super) fn exercises() -> Vec<Exercise> {
    vec![factor(), length(), dimension()]
}

fn factor() -> Exercise {
    let rule = SumRule::new(0.5, 2.0).expect("moderate numbers");
    let required = 1.0 / rule.printed.mass_term;
    Exercise {
        id: "03-factor",
        task: Task::Number(Number {
            expected: required / rule.printed.area,
            tolerance: 1e-3,
            mistakes: vec![
                (
                    2.0,
                    "2 is how much too large the printed area is; the question asks for the correction",
                ),
                (4.0, "4 is the area that the sum rule asks for; divide it by the printed one"),
                (8.0, "8 is the printed area; divide the one that the sum rule asks for by it"),
            ],
            advice: "the area under A exp(-|x|/ξ) is 2Aξ; with the printed A compare it with 1/(mass term) = y₀²",
        }),
    }
}

fn length() -> Exercise {
    let line = LinePropagator::new(FieldOperator::Hessian, 0.01, 1.5);
    let expected = line.expect("moderate numbers").correlation_length();
    Exercise {
        id: "03-length",
        task: Task::Number(Number {
            expected,
            tolerance: 1e-3,
            mistakes: vec![
                (0.15, "the factor 2 is missing under the root"),
                (0.03, "2λ y₀ has no root: the length is √(2λ) y₀"),
                (1.0 / expected, "that is the canonical mass; the length is one over it"),
            ],
            advice: "ξ = √(stiffness / mass term) = √(2λ) y₀, in every normalisation",
        }),
    }
}

fn dimension() -> Exercise {
    Exercise {
        id: "03-dimension",
        task: Task::Number(Number {
            expected: scaling_dimension(1).expect("one dimension"),
            tolerance: 1e-3,
            mistakes: vec![
                (0.5, "1/2 belongs to a correlator 1/|x|; the one you measured grows"),
                (1.0, "1 is the exponent of the correlator, which is -2Δ"),
                (-1.0, "the exponent of the correlator is -2Δ, not Δ itself"),
            ],
            advice: "the correlator is |x| to the power -2Δ; you measured the exponent +1",
        }),
    }
}
