//! The exercises of notebook 07.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::{Count, Number};
use crate::causality::LiebRobinson;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![steps(), speed(), row_sum()]
}

fn steps() -> Exercise {
    Exercise {
        id: "07-steps",
        task: Task::Count(Count {
            expected: 100_usize.div_ceil(3),
            mistakes: vec![
                (33, "After so many steps one node is still missing: round up."),
                (300, "A step reaches farther than one node, not less far."),
                (100, "That is for a range of one."),
            ],
            hint: "How far does the support reach after t steps?",
        }),
        shown: "No loss, rate or target enters: the range and the distance are enough.",
    }
}

fn speed() -> Exercise {
    let rate = 2.5;
    let one = LiebRobinson::tilt();
    Exercise {
        id: "07-speed",
        task: Task::Number(Number {
            expected: 2.0 * rate * one.sinh(),
            tolerance: BY_HAND,
            mistakes: vec![
                (2.0 * one.sinh(), "That is the speed for a rate of one."),
                (rate * one.sinh(), "Each node has two neighbours."),
                (2.0 * rate * one, "That is the tilt itself; its hyperbolic sine is needed."),
            ],
            hint: "How does the speed depend on the rate? Time has no other unit here.",
        }),
        shown: "The speed is proportional to the rate, as its unit demands.",
    }
}

fn row_sum() -> Exercise {
    Exercise {
        id: "07-row-sum",
        task: Task::Code(Code::functional(
            &[&[0.5, 0.4], &[1.0], &[0.2, 0.3, 0.1], &[0.0, 0.5, 0.25, 0.125]],
            |coupling| tilted(coupling, |distance| 2.0 * distance.cosh()),
            &[
                (
                    |coupling| tilted(coupling, f64::exp),
                    "Every distance but zero has a node on either side.",
                ),
                (
                    |coupling| tilted(coupling, |distance| 2.0 * distance.exp()),
                    "That is the bound for all sources at once. Around one source the node on the far side loses \
                     distance, and has a weight below one.",
                ),
                (
                    |coupling| coupling[0] + tilted(coupling, |distance| 2.0 * distance.cosh()),
                    "The node itself counts once: at distance zero there is no other side.",
                ),
                (
                    |coupling| tilted(coupling, |_| 2.0),
                    "That is the plain row sum: the weights are missing.",
                ),
            ],
            "Which two nodes stand at distance d from the middle, and how much farther from the source is the \
             middle than each of them?",
        )),
        shown: "ξ times its logarithm is the speed of the bound, here with ξ = 1.",
    }
}

/// The coupling to the node itself, and that to each distance times a weight.
fn tilted(coupling: &[f64], weight: fn(f64) -> f64) -> f64 {
    let others = coupling.iter().enumerate().skip(1);
    coupling[0] + others.map(|(distance, value)| value * weight(distance as f64)).sum::<f64>()
}
