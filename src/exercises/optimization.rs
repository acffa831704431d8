//! The exercises of notebook 04.

use super::exercise::{Exercise, Number, Task};
use crate::divergence::{
    Design, Divergence, Link, PositiveArray, additive_efficiency, direct_step,
    gauss_newton_weights, multiplicative_efficiency,
};

/// How far an answer by hand may lie off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![uniform_efficiency(), additive(), weights(), jump()]
}

/// Five inputs, each twice the one before.
fn doubling_inputs() -> PositiveArray {
    PositiveArray::from_vec(vec![1.0, 2.0, 4.0, 8.0, 16.0]).expect("positive")
}

fn uniform_efficiency() -> Exercise {
    Exercise {
        id: "04-uniform",
        task: Task::Number(Number {
            expected: Design::Uniform.efficiency(),
            tolerance: BY_HAND,
            mistakes: vec![
                (9.0 / 5.0, "the other way round: an efficiency is at most one"),
                (1.0 / 3.0, "that is the second moment; square it and divide by the fourth"),
                (3.0 / 4.0, "the moments of x² and x⁴ are wanted, 1/3 and 1/5"),
            ],
            advice: "the square of the mean of x², over the mean of x⁴, for x uniform between 0 and 1",
        }),
    }
}

fn additive() -> Exercise {
    let inputs = doubling_inputs();
    Exercise {
        id: "04-additive",
        task: Task::Number(Number {
            expected: additive_efficiency(&inputs),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    multiplicative_efficiency(&inputs),
                    "that is the efficiency of least squares under multiplicative noise; here the noise is \
                     additive, and Itakura-Saito is the wrong loss",
                ),
                (1.0, "that would mean that nothing is lost"),
            ],
            advice: "n² over the product of the sum of x² and the sum of 1/x²",
        }),
    }
}

fn weights() -> Exercise {
    let targets = PositiveArray::from_vec(vec![0.2, 1.0, 7.0]).expect("positive");
    let ratio = |loss, link| gauss_newton_weights(loss, link, &targets).expect("in range").ratio;
    Exercise {
        id: "04-weights",
        task: Task::Number(Number {
            expected: ratio(Divergence::SQUARED_ERROR, Link::Exponential),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    ratio(Divergence::ItakuraSaito, Link::Exponential),
                    "that is Itakura-Saito behind the exponential; squared error has f² as its weight there",
                ),
                (35.0, "the weight is the square of the slope of the link, and the slope is f"),
            ],
            advice: "behind the exponential the slope is f, and the curvature of squared error is 1",
        }),
    }
}

fn jump() -> Exercise {
    let after = direct_step(1.0, 0.1, 0.05).expect("upwards");
    Exercise {
        id: "04-jump",
        task: Task::Number(Number {
            expected: after,
            tolerance: BY_HAND,
            mistakes: vec![
                (45.1, "that is the jump with the learning rate 0.5; a tenth of it is asked for"),
                (4.5, "that is the step; the prediction was at 0.1 before it"),
            ],
            advice: "0.1 plus the learning rate times (y - f)/f² = 0.9/0.01",
        }),
    }
}
