//! The exercises of notebook 12.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;
use crate::dataset::paper_split;
use crate::training::Baselines;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![gain(), third_difference(), roughness()]
}

/// The printed end of the CNN's validation curve under IS, read off the plot.
const PRINTED_END: f64 = 0.2505;

fn gain() -> Exercise {
    let split = paper_split();
    let constant = Baselines::of(&split).expect("the data of section 17 are in order").constant;
    Exercise {
        id: "12-gain",
        task: Task::Number(Number {
            expected: 1.0 - PRINTED_END / constant.validation.itakura_saito,
            tolerance: 0.02,
            mistakes: vec![
                (
                    1.0 - PRINTED_END / constant.training.itakura_saito,
                    "That takes the constant's loss on the training items; the printed end is a validation loss.",
                ),
                (
                    PRINTED_END / constant.validation.itakura_saito,
                    "That is the ratio; the gain is what is missing to one.",
                ),
                (
                    constant.validation.itakura_saito - PRINTED_END,
                    "That is the difference; a gain is a part of the constant's loss.",
                ),
            ],
            hint: "Compare the printed end with a constant's loss on the same items, in the same loss.",
        }),
        shown: "After eight epochs the printed CNN is hardly better than a constant.",
    }
}

fn third_difference() -> Exercise {
    Exercise {
        id: "12-third",
        task: Task::Number(Number {
            // Weights 1, -3, 3, -1.
            expected: 20.0,
            tolerance: 1e-3,
            mistakes: vec![
                (8.0, "Weights enter the variance as squares, not as sizes."),
                (6.0, "That is the variance of a second difference."),
                (0.0, "The weights add up to zero, but variances take their squares."),
                (20f64.sqrt(), "That is the standard deviation; the question is for the variance."),
            ],
            hint: "Write the third difference with its four weights; the variance of a sum of independent terms is \
                   the sum of theirs.",
        }),
        shown: "A difference of higher order hides a smoother trend, and makes the noise larger; one divides by it.",
    }
}

fn roughness() -> Exercise {
    Exercise {
        id: "12-roughness",
        task: Task::Code(Code::functional(
            &[&[1.0, 2.0, 4.0], &[1.0, 0.5, 0.7, 0.4], &[3.0, 2.0, 2.5, 1.0, 0.9, 1.2]],
            |curve| root_mean_square(&second_differences(curve, f64::ln)) / 6f64.sqrt(),
            &[
                (
                    |curve| root_mean_square(&second_differences(curve, f64::ln)),
                    "Without a last division it is larger than the noise; think of the variance of a second difference.",
                ),
                (
                    |curve| {
                        root_mean_square(&second_differences(curve, |value| value)) / 6f64.sqrt()
                    },
                    "That is the curve itself; its logarithm is asked for, so that only ratios count.",
                ),
                (
                    |curve| root_mean_square(&second_differences(curve, f64::ln)) / 6.0,
                    "The root mean square is a size, so divide by a size, not by a variance.",
                ),
                (
                    |curve| root_mean_square(&second_differences(curve, f64::ln)).powi(2) / 6.0,
                    "That is the variance of the noise; its root is asked for.",
                ),
            ],
            "First the logarithms, then `windows(3)`, then the root of the mean square.",
        )),
        shown: "A curve that falls by the same factor in every epoch has no roughness, however steep it is.",
    }
}

fn second_differences(curve: &[f64], measure: fn(f64) -> f64) -> Vec<f64> {
    let values: Vec<f64> = curve.iter().map(|value| measure(*value)).collect();
    values.windows(3).map(|three| three[0] - 2.0 * three[1] + three[2]).collect()
}

fn root_mean_square(values: &[f64]) -> f64 {
    (values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64).sqrt()
}
