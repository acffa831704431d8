//! The exercises of notebook 13.

use super::exercise::{Exercise, Number, Task};
use crate::curvature::{CopyForecast, Diagonal, Lanczos, Precision, PublishedRun, copies};

/// How far an answer by hand may lie off.
const BY_HAND: f64 = 2e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![count_of_copies(), pace(), twentieth()]
}

fn known() -> Diagonal {
    Diagonal::isolated_top(1).expect("one is allowed")
}

fn copies_after(steps: usize, precision: Precision) -> f64 {
    let run = PublishedRun::run(&known(), &[1.0; 200], steps, precision);
    copies(&run.expect("a known matrix").values(), 10.0, 1e-3) as f64
}

fn count_of_copies() -> Exercise {
    Exercise {
        id: "13-copies",
        task: Task::Number(Number {
            expected: copies_after(40, Precision::Double),
            tolerance: 1e-9,
            mistakes: vec![
                (1.0, "once is what the matrix has, and what the reorthogonalised run shows"),
                (
                    copies_after(40, Precision::Single),
                    "that is the count in 32 bits; the question is about 64",
                ),
                (
                    copies_after(20, Precision::Double),
                    "that is the count after 20 steps; another 20 are still to come",
                ),
                (
                    copies_after(60, Precision::Double),
                    "that is the count after 60 steps; the question is about 40",
                ),
            ],
            advice: "run PublishedRun::run with 40 steps and Precision::Double, and count the values \
                     within 0.001 of 10 with copies",
        }),
    }
}

/// The printed first, second and last value of the Transformer under MSE.
const TRANSFORMER: (f64, f64, f64) = (24.1978, 9.58283, -1.10188);

fn pace() -> Exercise {
    let (first, second, last) = TRANSFORMER;
    let steps = |epsilon: f64| {
        let forecast = CopyForecast::new(first, second, last, epsilon).expect("in order");
        forecast.steps_per_copy
    };
    let gap = 1.0 + 2.0 * (first - second) / (second - last);
    let single = f64::from(f32::EPSILON);
    Exercise {
        id: "13-pace",
        task: Task::Number(Number {
            expected: steps(single),
            tolerance: BY_HAND,
            mistakes: vec![
                (steps(f64::EPSILON), "that is the pace in 64 bits; the list was computed in 32"),
                (-single.ln() / gap.ln(), "that divides by ln g; the growth is ρ = g + √(g² - 1)"),
                (
                    -single.log10() / steps_growth(first, second, last).ln(),
                    "the two logarithms have different bases",
                ),
            ],
            advice: "g = 1 + 2 (λ₁ - λ₂)/(λ₂ - λₙ) with the printed first, second distinct and last \
                     value, ρ = g + √(g² - 1), and ln(1/ε)/ln ρ with ε = 1.2e-7",
        }),
    }
}

fn steps_growth(first: f64, second: f64, last: f64) -> f64 {
    CopyForecast::new(first, second, last, f64::EPSILON).expect("in order").growth
}

fn twentieth() -> Exercise {
    let exact = known().sorted();
    let ritz = Lanczos::run(&known(), &[1.0; 200], 20).expect("a known matrix").values();
    Exercise {
        id: "13-twentieth",
        task: Task::Number(Number {
            expected: exact[19],
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    ritz[19],
                    "that is the twentieth Ritz value of twenty steps, near the smallest eigenvalue",
                ),
                (exact[20], "one too far: 10 is the first, and 0.8 the second"),
                (exact[18], "one too few: 10 is the first, and 0.8 the second"),
            ],
            advice: "the bulk is 199 numbers from -0.2 to 0.8, evenly spaced by 1/198, and 10 comes \
                     before them",
        }),
    }
}
