//! The exercises of notebook 02.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;
use crate::field::{Action, RivalMinima, sample};
use crate::grid::Grid;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![weighted_mean(), exchange(), squared_gradient()]
}

fn weighted_mean() -> Exercise {
    Exercise {
        id: "02-weighted",
        task: Task::Number(Number {
            // f³ times the Euler-Lagrange equation, the first term integrated by parts: 2 times 3.
            expected: 2.0 * 3.0,
            tolerance: 1e-3,
            mistakes: vec![
                (3.0, "That is the derivative of the power; the factor before λf″ is missing."),
                (2.0, "The derivative of the power has a factor of its own."),
                (
                    4.0,
                    "That belongs to another power of f: the equation is multiplied by its cube here.",
                ),
                (
                    -6.0,
                    "The sign: integrating by parts turns it once, and the equation has another minus.",
                ),
            ],
            hint: "Multiply the Euler-Lagrange equation by a power of f such that f(f - y) appears, and integrate \
                   the other term by parts; free ends leave nothing at the ends.",
        }),
        shown: "The right side is positive: weighted with itself, too, the field lies below its target.",
    }
}

fn exchange() -> Exercise {
    let grid = Grid::finite_volume(400).expect("enough cells");
    let gap = |x: f64| if (x - 0.5).abs() < 0.05 { 0.02 } else { 1.0 };
    let target = sample(&grid, &gap).expect("positive");
    let action = Action::neumann(target, 0.02).expect("a positive elasticity");
    let exchange =
        RivalMinima::exchange(&action, 0.012, 0.02).expect("the minima exchange between");
    Exercise {
        id: "02-exchange",
        task: Task::Number(Number {
            expected: exchange.elasticity,
            tolerance: 1e-3,
            mistakes: vec![
                (
                    0.02,
                    "At 0.02, the elasticity of the figure, the bridging minimum is the lower one.",
                ),
                (
                    exchange.action,
                    "That is the action which both minima have; the elasticity is asked for.",
                ),
            ],
            hint: "Find two elasticities between which the sign of the difference changes, and halve the \
                   interval.",
        }),
        shown: "On either side both minima exist, and the lower one changes: a transition of first order.",
    }
}

fn squared_gradient() -> Exercise {
    Exercise {
        id: "02-gradient",
        task: Task::Code(Code::functional(
            &[&[1.0, 2.0], &[1.0, 1.0, 1.0], &[0.5, 2.0, 1.5, 3.0], &[2.0, 1.0, 4.0, 1.0, 0.25]],
            |field| differences(field).map(|step| step * step).sum::<f64>() * field.len() as f64,
            &[
                (
                    |field| differences(field).map(|step| step * step).sum::<f64>(),
                    "Differences are not slopes yet: the spacing is missing.",
                ),
                (
                    |field| {
                        differences(field).map(|step| step * step).sum::<f64>() / field.len() as f64
                    },
                    "Two powers of the spacing stand below the squared difference, and one above for the cell.",
                ),
                (
                    |field| {
                        differences(field).map(|step| step * step).sum::<f64>()
                            * (field.len() as f64).powi(2)
                    },
                    "That is a sum of squared slopes; the integral weighs each with the width of a cell.",
                ),
                (|field| differences(field).map(f64::abs).sum::<f64>(), "The slope is squared."),
            ],
            "Slopes live between two neighbours: `field.windows(2)` gives the pairs, and the spacing is one over \
             the number of values.",
        )),
        shown: "This integral is also the derivative of the least action in λ: at a minimum nothing else counts.",
    }
}

fn differences(field: &[f64]) -> impl Iterator<Item = f64> + '_ {
    field.windows(2).map(|pair| pair[1] - pair[0])
}
