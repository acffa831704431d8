//! The exercises of notebook 06.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![dimension(), skewness(), pair_sum()]
}

fn dimension() -> Exercise {
    Exercise {
        id: "06-dimension",
        task: Task::Number(Number {
            // Δ(Δ - 1) = 1.8225 - 1.35.
            expected: 1.35,
            tolerance: BY_HAND,
            mistakes: vec![
                (-0.35, "That is the smaller root; the larger one is asked for."),
                (
                    0.4725_f64.sqrt(),
                    "That is the mass itself; the dimension solves a quadratic equation.",
                ),
                (
                    0.85,
                    "The term under the root is right; the half before it has still to be added.",
                ),
            ],
            hint: "Mass and dimension are tied by a quadratic equation; complete the square.",
        }),
        shown: "A positive squared mass belongs to a dimension above one: correlations fall faster.",
    }
}

fn skewness() -> Exercise {
    let start = 6.0;
    Exercise {
        id: "06-skewness",
        task: Task::Number(Number {
            expected: start / 32f64.sqrt(),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    start / 32.0,
                    "That is how the excess kurtosis falls; the skewness falls more slowly.",
                ),
                (start / 5f64.sqrt(), "Five pair summations take more than five copies."),
                (start / 2f64.sqrt(), "That is after one pair summation."),
                (
                    start / 10f64.sqrt(),
                    "Each pair summation doubles the number of copies; it does not add two.",
                ),
            ],
            hint: "By what factor does one pair summation change the third cumulant of a law of variance one?",
        }),
        shown: "The skewness dies out with the square root of the number of copies, as in Edgeworth's term.",
    }
}

fn pair_sum() -> Exercise {
    Exercise {
        id: "06-pair-sum",
        task: Task::Code(Code::operator(
            &[&[1.0], &[0.5, 0.5], &[0.9, 0.1], &[0.2, 0.3, 0.5], &[0.1, 0.0, 0.6, 0.3]],
            convolution,
            &[
                (
                    |weights| {
                        let full = convolution(weights);
                        full[..weights.len()].to_vec()
                    },
                    "The sum of two can be as large as twice the largest value: the list grows.",
                ),
                (
                    |weights| weights.iter().map(|weight| weight * weight).collect(),
                    "That is the chance that both copies have the same value.",
                ),
                (
                    |weights| weights.iter().map(|weight| 2.0 * weight).collect(),
                    "That doubles the chances; the chances of a sum are sums of products.",
                ),
            ],
            "A sum comes about in several ways, each with the product of two chances; start from a list of zeros \
             that is long enough.",
        )),
        shown: "One pair summation is a convolution of the law with itself: the flow of this notebook, as code.",
    }
}

fn convolution(weights: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; 2 * weights.len() - 1];
    for (i, a) in weights.iter().enumerate() {
        for (j, b) in weights.iter().enumerate() {
            sum[i + j] += a * b;
        }
    }
    sum
}
