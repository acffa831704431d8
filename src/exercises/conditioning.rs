//! The exercises of notebook 09.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![crossover(), power(), steps()]
}

fn crossover() -> Exercise {
    Exercise {
        id: "09-crossover",
        task: Task::Number(Number {
            expected: 1.0 / 0.32,
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    1.0 / (0.32 * 0.32),
                    "That is the largest eigenvalue of KW; a unit enters it squared.",
                ),
                (1.0 / 1.7, "The largest eigenvalue belongs to the smallest target."),
                (0.32, "That makes it worse: the targets have to grow."),
            ],
            hint: "What is the largest eigenvalue of KW for a diagonal kernel, and how does it change with the unit?",
        }),
        shown: "In another unit the same data allow the larger rate: the limit says nothing about the loss.",
    }
}

fn power() -> Exercise {
    Exercise {
        id: "09-power",
        task: Task::Number(Number {
            expected: 0.65,
            tolerance: BY_HAND,
            mistakes: vec![
                (1.3, "The weights enter the symmetric form with their root."),
                (1.0, "That is for a kernel that grows linearly in either index."),
                (0.325, "The targets themselves cancel the growth, not their squares."),
            ],
            hint: "Write down an entry of the symmetric form: what multiplies the exponential?",
        }),
        shown: "The weights help when the targets grow as the sensitivity does.",
    }
}

fn steps() -> Exercise {
    Exercise {
        id: "09-steps",
        task: Task::Code(Code::functional(
            &[&[1.0, 2.0], &[0.2, 0.7, 1.8], &[0.01, 0.5, 0.6, 3.0]],
            |values| THOUSANDTH.ln() / best_factor(values).ln(),
            &[
                (
                    best_factor,
                    "That is the factor of one step; how many of them make a thousandth?",
                ),
                (
                    |values| {
                        let condition = values[values.len() - 1] / values[0];
                        THOUSANDTH.ln() / (1.0 - 1.0 / condition).ln()
                    },
                    "That is at η = 1/λmax; a larger rate does better.",
                ),
                (
                    |values| -1.0 / best_factor(values).ln(),
                    "So many steps divide an error by e, not by a thousand.",
                ),
                (
                    |values| best_factor(values).ln() / THOUSANDTH.ln(),
                    "The other way round: the logarithm of a thousandth over that of the factor.",
                ),
            ],
            "After n steps the slowest error is the n-th power of the best factor.",
        )),
        shown: "It depends on the condition number alone, so that no loss is faster without improving that.",
    }
}

/// What is to be left of every error.
const THOUSANDTH: f64 = 1e-3;

/// By what the slowest error shrinks in a step at the best rate, from eigenvalues in increasing order.
fn best_factor(eigenvalues: &[f64]) -> f64 {
    let (smallest, largest) = (eigenvalues[0], eigenvalues[eigenvalues.len() - 1]);
    (largest - smallest) / (largest + smallest)
}
