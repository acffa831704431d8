//! The exercises of notebook 06.

use super::exercise::{Exercise, Number, Task};
use crate::universality::{BREITENLOHNER_FREEDMAN, Cumulants, Lattice, ScalingDimensions};

/// How far an answer by hand may lie off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![dimension_at_the_bound(), skewness(), coin()]
}

fn dimension_at_the_bound() -> Exercise {
    let roots = ScalingDimensions::of_mass_squared(BREITENLOHNER_FREEDMAN).expect("at the bound");
    Exercise {
        id: "06-dimension",
        task: Task::Number(Number {
            expected: roots.larger,
            tolerance: BY_HAND,
            mistakes: vec![
                (1.0, "1 is the sum of the two roots; at the bound they are equal"),
                (-0.25, "that is the squared mass; solve Δ(Δ - 1) = m² for Δ"),
            ],
            advice: "solve Δ² - Δ + 1/4 = 0",
        }),
    }
}

fn skewness() -> Exercise {
    let start = Cumulants::new(vec![1.0, 1.0, 1.0]).expect("three finite cumulants");
    Exercise {
        id: "06-skewness",
        task: Task::Number(Number {
            expected: start.after(3).skewness(),
            tolerance: BY_HAND,
            mistakes: vec![
                (0.125, "1/8 is the excess kurtosis, which halves; the skewness falls more slowly"),
                (0.5f64.sqrt(), "that is after one doubling"),
            ],
            advice: "every doubling multiplies it by 2^(1 - 3/2)",
        }),
    }
}

fn coin() -> Exercise {
    let coin = Lattice::new(&[0.9, 0.1]).and_then(|law| law.cumulants()).expect("it varies");
    let enough = (0..40).find(|&doublings| coin.after(doublings).skewness() < 0.1);
    Exercise {
        id: "06-coin",
        task: Task::Number(Number {
            expected: f64::from(enough.expect("the skewness falls below any bound")),
            tolerance: BY_HAND,
            mistakes: vec![
                (9.0, "after nine doublings it is still a little above 0.1"),
                (6.0, "that is where the excess kurtosis, not the skewness, falls below 0.1"),
            ],
            advice: "print before.after(n).skewness() for growing n",
        }),
    }
}
