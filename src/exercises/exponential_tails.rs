//! The exercises of notebook 10.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;
use crate::causality::{ExponentialKernel, Tilt};

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![square(), speed(), product()]
}

fn square() -> Exercise {
    let kernel = ExponentialKernel::new(1.0, 2.0, 1.0).expect("positive constants");
    let tail = (-3.0_f64).exp();
    Exercise {
        id: "10-square",
        task: Task::Number(Number {
            expected: kernel.power_entry(2, 6).expect("two steps"),
            tolerance: BY_HAND,
            mistakes: vec![
                (tail, "That is the kernel itself; its square has a factor before it."),
                (
                    6.0 * tail,
                    "The terms from outside of the interval between the two nodes are missing.",
                ),
                (
                    (6.0 + 1.0_f64.tanh().recip()) * tail,
                    "The decay length is not one here: the rate in the hyperbolic cotangent is its inverse.",
                ),
            ],
            hint: "The closed form has two factors; mind the rate in each of them.",
        }),
        shown: "The factor grows with the distance, however small the kernel is there.",
    }
}

fn speed() -> Exercise {
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.0).expect("positive constants");
    let of = |tilt: Tilt| kernel.speed(3.0, tilt).expect("above the kernel's own length");
    Exercise {
        id: "10-speed",
        task: Task::Number(Number {
            expected: of(Tilt::Distance),
            tolerance: BY_HAND,
            mistakes: vec![
                (of(Tilt::Displacement), "That is the sharper one, by displacement."),
                (of(Tilt::Distance) / 3.0, "That is the logarithm alone; the speed is ξ times it."),
                (2.0 * of(Tilt::Distance), "The factor is summed over the whole chain once."),
            ],
            hint: "Take half the difference of the two rates, and its hyperbolic cotangent.",
        }),
        shown: "A longer ξ gives up more of the rate, and has another speed: bounds come as a family.",
    }
}

fn product() -> Exercise {
    Exercise {
        id: "10-product",
        task: Task::Code(Code::operator(
            &[&[1.0, 0.0, 0.0, 0.0], &[1.0], &[0.0, 1.0, -1.0], &[1.0, 2.0, 3.0, 4.0, 5.0]],
            |vector| smeared(vector, |row, column| row.abs_diff(column) as f64),
            &[
                (
                    |vector| {
                        let image = smeared(vector, |row, column| row.abs_diff(column) as f64);
                        image.iter().zip(vector).map(|(image, own)| image - own).collect()
                    },
                    "The node itself counts too, with the weight one.",
                ),
                (
                    |vector| {
                        smeared(vector, |row, column| {
                            if column > row { f64::INFINITY } else { (row - column) as f64 }
                        })
                    },
                    "That looks to one side only.",
                ),
            ],
            "Every node takes from every other one, with a weight that depends on their distance.",
        )),
        shown: "Two such products already have the factor that no constant can bound.",
    }
}

/// Sums with the weights $e^{-d}$.
fn smeared(vector: &[f64], distance: fn(usize, usize) -> f64) -> Vec<f64> {
    let row = |row: usize| {
        let terms = vector.iter().enumerate();
        terms.map(|(column, value)| value * (-distance(row, column)).exp()).sum()
    };
    (0..vector.len()).map(row).collect()
}
