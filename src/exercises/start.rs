//! The exercises of notebook 00.

use super::exercise::{Exercise, Number, Task};
use crate::divergence::itakura_saito;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![half(), as_expensive_as_half()]
}

/// The loss of a prediction that is `ratio` times the target.
fn loss_at(ratio: f64) -> f64 {
    itakura_saito(1.0, ratio).expect("a positive ratio")
}

fn half() -> Exercise {
    Exercise {
        id: "00-half",
        task: Task::Number(Number {
            expected: loss_at(0.5),
            tolerance: 1e-3,
            mistakes: vec![
                (
                    loss_at(2.0),
                    "that is V(1, 2): the ratio in the formula is target over prediction",
                ),
                (1.0 - 2.0_f64.log10(), "log10 is not the natural logarithm"),
                (1.0 + 2.0_f64.ln(), "the logarithm is subtracted: ln 2 is positive"),
                (2.0 - 2.0_f64.ln(), "the - 1 at the end of the formula is missing"),
            ],
            advice: "put y/f = 2 into y/f - ln(y/f) - 1; ln 2 is 0.6931",
        }),
    }
}

fn as_expensive_as_half() -> Exercise {
    let (mut low, mut high) = (1.0, 10.0);
    while high - low > 1e-9 {
        let middle = 0.5 * (low + high);
        if loss_at(middle) < loss_at(0.5) { low = middle } else { high = middle }
    }
    Exercise {
        id: "00-as-expensive",
        task: Task::Number(Number {
            expected: low,
            tolerance: 0.02,
            mistakes: vec![
                (0.5, "that is the half itself; the other place is to the right of the target"),
                (2.0, "double the target costs less than half of it: the curve is not symmetric"),
                (
                    1.5,
                    "1.5 is as far above the target as 0.5 is below it, but the loss counts ratios",
                ),
            ],
            advice: "follow the blue curve to the right of the target until it is as high as at 0.5",
        }),
    }
}
