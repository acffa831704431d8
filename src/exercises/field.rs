//! The exercises of notebook 02.

use std::f64::consts::PI;

use super::exercise::{Exercise, Number, Task};
use crate::field::{Action, RivalMinima, sample};
use crate::grid::Grid;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![mean(), exchange(), slope()]
}

/// The action of the notebook: two waves on 200 cells, λ = 0.01.
fn two_waves() -> Action {
    let grid = Grid::finite_volume(200).expect("enough cells");
    let target = sample(&grid, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin()).expect("positive");
    Action::neumann(target, 0.01).expect("a positive elasticity")
}

fn mean() -> Exercise {
    Exercise {
        id: "02-mean",
        task: Task::Number(Number {
            expected: factor_of_the_mean(),
            tolerance: 1e-3,
            mistakes: vec![
                (2.0, "the derivative of f² is 2 f f′, which doubles the factor 2 of the equation"),
                (
                    1.0,
                    "both factors of two are missing: that of -2λf″, and that of the derivative of f²",
                ),
                (8.0, "one factor of two too many: -2λf″ has one, the derivative of f² the other"),
            ],
            advice: "multiply the Euler-Lagrange equation by f², integrate over the interval, and integrate the \
                     first term by parts; with free ends nothing is left at the ends",
        }),
    }
}

/// $\int (y - f)\,\mathrm{d}x$ over $\lambda \int f f'^2\,\mathrm{d}x$ at the minimum.
fn factor_of_the_mean() -> f64 {
    let action = two_waves();
    let field = action.minimise().expect("a smooth target").field;
    let spacing = action.grid().spacing();
    let deficit = action.target().arithmetic_mean().get() - field.arithmetic_mean().get();
    let faces = field.as_slice().windows(2);
    let weighted: f64 = faces.map(|f| 0.5 * (f[0] + f[1]) * (f[1] - f[0]).powi(2) / spacing).sum();
    deficit / (action.elasticity() * weighted)
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
                    "at 0.02, the elasticity of the figure, the bridging minimum is the lower one",
                ),
                (
                    exchange.action,
                    "that is the action which both minima have; the elasticity is asked for",
                ),
            ],
            advice: "find two elasticities between which the sign of the difference changes, and halve the \
                     interval; for less work call RivalMinima::exchange",
        }),
    }
}

fn slope() -> Exercise {
    let action = two_waves();
    let minimum = action.minimise().expect("a smooth target");
    let roughness = action.roughness(&minimum.field).expect("the field of this action");
    Exercise {
        id: "02-slope",
        task: Task::Number(Number {
            expected: roughness,
            tolerance: 1e-3,
            mistakes: vec![
                (
                    0.01 * roughness,
                    "that is λ times the squared gradient, a part of S; S is to be differentiated",
                ),
                (
                    minimum.action / 0.01,
                    "that is S/λ; S does not grow in proportion to λ, since the field gives way",
                ),
                (2.0 * roughness, "a factor of two too many: λ stands before f′² without one"),
            ],
            advice: "at a minimum a change of the field does not change S, so that only the λ before the squared \
                     gradient counts; or take the difference quotient of S between 0.0099 and 0.0101",
        }),
    }
}
