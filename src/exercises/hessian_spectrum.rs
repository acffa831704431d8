//! The exercises of notebook 13.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::{Count, Number};
use crate::curvature::{CopyForecast, Diagonal, PublishedRun, copies};
use crate::precision::Precision;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 2e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![count_of_copies(), pace(), missing_line()]
}

fn known() -> Diagonal {
    Diagonal::isolated_top(1).expect("one is allowed")
}

fn copies_after(steps: usize, precision: Precision) -> usize {
    let run = PublishedRun::run(&known(), &[1.0; 200], steps, precision);
    copies(&run.expect("a known matrix").values(), 10.0, 1e-3)
}

fn count_of_copies() -> Exercise {
    Exercise {
        id: "13-copies",
        task: Task::Count(Count {
            expected: copies_after(90, Precision::Double),
            mistakes: vec![
                (1, "Once is what the matrix has, and what a run with the missing line shows."),
                (
                    copies_after(90, Precision::Single),
                    "That is the count in 32 bits; the question is about 64.",
                ),
                (
                    copies_after(60, Precision::Double),
                    "That is the count after 60 steps; 30 are still to come.",
                ),
            ],
            hint: "Run the published recursion for this number of steps in 64 bits, and count the values near 10.",
        }),
        shown: "The number of copies counts the steps, and says nothing about the matrix.",
    }
}

/// The list of the exercise: its first value, the next distinct one, the last.
const LIST: (f64, f64, f64) = (12.0, 4.0, -1.0);

fn pace() -> Exercise {
    let (first, second, last) = LIST;
    let forecast =
        |epsilon: f64| CopyForecast::new(first, second, last, epsilon).expect("in order");
    let gap = 1.0 + 2.0 * (first - second) / (second - last);
    let (single, double) = (f64::from(f32::EPSILON), f64::EPSILON);
    Exercise {
        id: "13-pace",
        task: Task::Number(Number {
            expected: forecast(double).steps_per_copy,
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    forecast(single).steps_per_copy,
                    "That is the pace in 32 bits; the question is about 64.",
                ),
                (-double.ln() / gap.ln(), "That takes the logarithm of g; what grows is ρ."),
                (
                    -double.log10() / forecast(double).growth.ln(),
                    "The two logarithms have different bases.",
                ),
            ],
            hint: "First the gap g, then the growth ρ, then count how often ρ fits into the way from rounding to one.",
        }),
        shown: "More bits put the copies further apart and do not prevent them.",
    }
}

fn missing_line() -> Exercise {
    Exercise {
        id: "13-missing-line",
        task: Task::Code(Code::operator(
            &[&[1.0], &[1.0, 3.0], &[2.0, 2.0, 2.0], &[4.0, 0.0, -1.0, 0.5]],
            |vector| {
                let mean = vector.iter().sum::<f64>() / vector.len() as f64;
                vector.iter().map(|entry| entry - mean).collect()
            },
            &[
                (
                    |vector| {
                        let length = (vector.len() as f64).sqrt();
                        let overlap = vector.iter().sum::<f64>() / length;
                        vector.iter().map(|_| overlap / length).collect()
                    },
                    "That is the part along q; what is left without it is asked for.",
                ),
                (
                    |vector| {
                        let length = (vector.len() as f64).sqrt();
                        let overlap = vector.iter().sum::<f64>() / length;
                        vector.iter().map(|entry| entry - overlap).collect()
                    },
                    "The overlap is a number; it has to be multiplied by q before it is subtracted.",
                ),
                (
                    |vector| {
                        let sum: f64 = vector.iter().sum();
                        vector.iter().map(|entry| entry - sum).collect()
                    },
                    "The vector q has length one: its entries are smaller than one.",
                ),
            ],
            "The overlap is the sum of the products of entries; what is subtracted points along q.",
        )),
        shown: "Done for every earlier vector, in every step, this line takes the copies away.",
    }
}
