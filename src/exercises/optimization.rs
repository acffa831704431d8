//! The exercises of notebook 04.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![exponential_design(), additive(), weights()]
}

fn exponential_design() -> Exercise {
    Exercise {
        id: "04-exponential",
        task: Task::Number(Number {
            // The second moment is 2!, the fourth 4!.
            expected: 4.0 / 24.0,
            tolerance: BY_HAND,
            mistakes: vec![
                (2.0 / 24.0, "The second moment is squared there."),
                (24.0 / 4.0, "The other way round: an efficiency is at most one."),
                (1.0 / 24.0, "The second moment is not the square of the mean."),
                (2.0 / 6.0, "Look again at the fourth moment; that is the third."),
            ],
            hint: "Write down the second and the fourth moment of the law first; they are factorials.",
        }),
        shown: "Where inputs spread over decades, least squares wastes most of the data under this noise.",
    }
}

fn additive() -> Exercise {
    Exercise {
        id: "04-additive",
        task: Task::Code(Code::functional(
            &[&[1.0], &[1.0, 3.0], &[0.5, 1.0, 2.0], &[1.0, 1.5, 6.0, 9.0]],
            |inputs| {
                let squares: f64 = inputs.iter().map(|x| x * x).sum();
                let inverses: f64 = inputs.iter().map(|x| 1.0 / (x * x)).sum();
                (inputs.len() as f64).powi(2) / (squares * inverses)
            },
            &[
                (
                    |inputs| {
                        let squares: f64 = inputs.iter().map(|x| x * x).sum();
                        let inverses: f64 = inputs.iter().map(|x| 1.0 / (x * x)).sum();
                        squares * inverses / (inputs.len() as f64).powi(2)
                    },
                    "The other way round: the smaller variance is that of the right slope.",
                ),
                (
                    |inputs| {
                        let squares: f64 = inputs.iter().map(|x| x * x).sum();
                        let fourths: f64 = inputs.iter().map(|x| x.powi(4)).sum();
                        squares * squares / (inputs.len() as f64 * fourths)
                    },
                    "That is least squares under multiplicative noise; here the noise is additive.",
                ),
                (
                    |inputs| {
                        let squares: f64 = inputs.iter().map(|x| x * x).sum();
                        let inverses: f64 = inputs.iter().map(|x| 1.0 / (x * x)).sum();
                        1.0 / (squares * inverses)
                    },
                    "A mean of n ratios has a variance with the square of n below it.",
                ),
            ],
            "Write down both slopes as sums over the data with fixed weights; the variance of each is the sum of \
             its squared weights, and the noise drops out of their ratio.",
        )),
        shown: "It is one for equal inputs only; additive noise favours the squared error.",
    }
}

fn weights() -> Exercise {
    let (small, large) = (0.5_f64, 6.0_f64);
    Exercise {
        id: "04-weights",
        task: Task::Number(Number {
            expected: (large / small).powi(2),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    1.0,
                    "That is Itakura-Saito behind the exponential; the question is about squared error.",
                ),
                (large / small, "The weight has the slope of the link in it as a square."),
                (36.0, "That is the largest weight; divide it by the smallest."),
            ],
            hint: "Which slope has the exponential where its value is f? And how does it enter the weight?",
        }),
        shown: "Squared error behind the exponential listens to the large targets; Itakura-Saito to all alike.",
    }
}
