//! The exercises of notebook 14.

use super::exercise::{Exercise, Number, Task};
use crate::divergence::{PositiveArray, additive_efficiency, multiplicative_efficiency};

pub(super) fn exercises() -> Vec<Exercise> {
    vec![geometric_mean(), efficiency()]
}

/// Euler's constant, minus the mean of the logarithm of an exponential variable of mean 1.
const EULER: f64 = 0.577_215_664_901_532_9;

fn geometric_mean() -> Exercise {
    Exercise {
        id: "14-geometric",
        task: Task::Number(Number {
            expected: (-EULER).exp(),
            tolerance: 2e-3,
            mistakes: vec![
                (
                    1.0,
                    "1 is the mean of the noise; the squared logarithm asks for the mean of its logarithm",
                ),
                (
                    2f64.ln(),
                    "ln 2 is the median of the exponential law, which belongs to the absolute error",
                ),
                (EULER.exp(), "the sign: the logarithm of the noise is negative on average"),
                (-EULER, "that is the mean of the logarithm; undo the logarithm"),
            ],
            advice: "the best constant c for the mean of (ln c - ln y)² is the exponential of the mean of ln y",
        }),
    }
}

/// The inputs of the exercise: one decade, two points.
fn inputs() -> PositiveArray {
    PositiveArray::from_vec(vec![1.0, 10.0]).expect("positive")
}

fn efficiency() -> Exercise {
    let expected = multiplicative_efficiency(&inputs());
    let additive = additive_efficiency(&inputs());
    Exercise {
        id: "14-efficiency",
        task: Task::Number(Number {
            expected,
            tolerance: 2e-3,
            mistakes: vec![
                (
                    additive,
                    "that is how IS fares under additive noise; here the noise is multiplicative",
                ),
                (
                    1.0 / expected,
                    "the inverse: least squares is the loser, so that its efficiency is below 1",
                ),
                (2.0 * expected, "the count n stands in the denominator: (Σx²)² / (n Σx⁴)"),
            ],
            advice: "(Σx²)² / (n Σx⁴) with x = 1 and 10: (1 + 100)² over 2 times (1 + 10000)",
        }),
    }
}
