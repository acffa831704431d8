//! The exercises of notebook 00.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![quarter(), as_expensive_as_half(), asymmetry()]
}

/// The loss of a prediction that is `ratio` times the target.
fn loss_at(ratio: f64) -> f64 {
    1.0 / ratio + ratio.ln() - 1.0
}

fn quarter() -> Exercise {
    Exercise {
        id: "00-quarter",
        task: Task::Number(Number {
            expected: loss_at(0.25),
            tolerance: 1e-3,
            mistakes: vec![
                (
                    loss_at(4.0),
                    "That is V(1, 4): the ratio in the formula is target over prediction.",
                ),
                (3.0 - 4.0_f64.log10(), "That takes log10, which is not the natural logarithm."),
                (3.0 + 4.0_f64.ln(), "The logarithm is subtracted, and it is positive here."),
                (4.0 - 4.0_f64.ln(), "The last term of the formula is missing."),
            ],
            hint: "Write down the ratio of target and prediction first, then the three terms one by one.",
        }),
        shown: "A prediction four times too small costs almost three times as much as one four times too large.",
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
                (0.5, "That is the half itself; the other place is to the right of the target."),
                (2.0, "Double the target costs less than half of it: the curve is not symmetric."),
                (
                    1.5,
                    "That is as far above the target as the half is below it, but the loss counts ratios.",
                ),
            ],
            hint: "Follow the blue curve to the right of the target until it is as high as at one half.",
        }),
        shown: "To cost as much as half the target, a prediction has to be well above double the target.",
    }
}

fn asymmetry() -> Exercise {
    Exercise {
        id: "00-asymmetry",
        task: Task::Code(Code::function(
            |target, prediction| {
                let ratio = target / prediction;
                ratio - 1.0 / ratio - 2.0 * ratio.ln()
            },
            &[
                (
                    |target, prediction| {
                        let ratio = prediction / target;
                        ratio - 1.0 / ratio - 2.0 * ratio.ln()
                    },
                    "The sign is turned: the loss of the prediction comes first.",
                ),
                (
                    |target, prediction| target / prediction - (target / prediction).ln() - 1.0,
                    "That is V itself; subtract V with its arguments exchanged.",
                ),
                (
                    |target, prediction| {
                        let ratio = target / prediction;
                        ratio + 1.0 / ratio - 2.0
                    },
                    "That is the sum of the two; the difference is asked for.",
                ),
                (
                    |target, prediction| {
                        let ratio = target / prediction;
                        ratio - 1.0 / ratio - 2.0 * ratio.log10()
                    },
                    "That takes log10, which is not the natural logarithm.",
                ),
            ],
            "Write V once for the pair and once for the pair exchanged, and subtract.",
        )),
        shown: "It is zero for equal arguments only: the loss is not a distance.",
    }
}
