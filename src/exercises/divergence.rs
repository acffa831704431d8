//! The exercises of notebook 01.

use super::answer::Answer;
use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;
use crate::divergence::TaylorPolynomial;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![harmonic(), depth(), coefficients()]
}

fn harmonic() -> Exercise {
    let sample = [1.0, 3.0, 8.0_f64];
    let arithmetic = sample.iter().sum::<f64>() / 3.0;
    let geometric = (sample.iter().map(|value| value.ln()).sum::<f64>() / 3.0).exp();
    let inverses: f64 = sample.iter().map(|value| 1.0 / value).sum();
    Exercise {
        id: "01-harmonic",
        task: Task::Number(Number {
            expected: 3.0 / inverses,
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    arithmetic,
                    "That is the arithmetic mean, which is best for V; the question is about R.",
                ),
                (3.0, "That is the median, which belongs to the absolute error."),
                (
                    geometric,
                    "That is the geometric mean, which belongs to squared differences of logarithms.",
                ),
                (inverses, "That is the sum of the inverses; the count of the sample is missing."),
                (
                    inverses / 3.0,
                    "That is the mean of the inverses; it has still to be turned over.",
                ),
            ],
            hint: "Differentiate R(y, c) in c, add the three derivatives, and set the sum to zero.",
        }),
        shown: "R is pulled towards the small targets, V is not: the best constant tells the two apart.",
    }
}

fn depth() -> Exercise {
    Exercise {
        id: "01-depth",
        task: Task::Number(Number {
            // The second derivative is (2y - f)/f³; its own derivative vanishes at f = 3y.
            expected: -1.0 / (27.0 * 0.25),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    1.5,
                    "That is the prediction at which it is smallest; the curvature there is asked for.",
                ),
                (
                    -1.0 / 27.0,
                    "That is right for a target of one; curvature goes with the inverse square.",
                ),
                (
                    -1.0 / 13.5,
                    "Curvature goes with the inverse square of the target, not with its inverse.",
                ),
                (
                    4.0,
                    "That is the curvature at the target itself; further out it falls, and changes its sign.",
                ),
            ],
            hint: "Write the curvature as a difference of two powers of f. Its derivative in f has one zero; \
                   put this f back into the curvature.",
        }),
        shown: "The loss bends downwards most at a fixed ratio of prediction and target, and only weakly.",
    }
}

fn coefficients() -> Exercise {
    let series = TaylorPolynomial::itakura_saito(8).expect("order 8 is above 2");
    let expected = series.coefficients().to_vec();
    let changed = |change: fn(usize, f64) -> f64| {
        let values = expected.iter().enumerate().map(|(order, value)| change(order, *value));
        Answer::Vector(values.collect())
    };
    let mistakes = vec![
        (
            changed(|order, value| if order < 2 { 0.0 } else { value.signum() / order as f64 }),
            "That is the part of the logarithm alone, up to signs, or the series of R.",
        ),
        (changed(|_, value| value.abs()), "The size is right; the signs alternate."),
        (changed(|_, value| -value), "The size is right; the signs are turned over."),
        (
            changed(|order, value| value * (1..=order).product::<usize>() as f64),
            "Those are the derivatives; a series divides each by a factorial.",
        ),
    ];
    let hint =
        "V is a geometric series and a logarithm in u; expand both, and add them order by order.";
    let expected = Answer::Vector(expected);
    Exercise {
        id: "01-coefficients",
        task: Task::Code(Code::of(expected, &[&[]], mistakes, hint)),
        shown: "The first two vanish: the loss has a minimum at the target, and its curvature there is one.",
    }
}
