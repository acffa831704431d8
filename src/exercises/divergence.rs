//! The exercises of notebook 01.

use super::exercise::{Exercise, LossTask, Number, Task};
use crate::divergence::{Divergence, Positive, PositiveArray, TaylorPolynomial, best_constant};

/// How far an answer by hand may lie off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![mean(), softest_point(), fourth_coefficient(), reversed_loss()]
}

/// The sample of the exercise, as the notebook gives it.
fn sample() -> PositiveArray {
    PositiveArray::from_vec(vec![1.0, 2.0, 6.0]).expect("the sample is positive")
}

fn best(divergence: Divergence) -> f64 {
    best_constant(divergence, &sample()).expect("a small sample").prediction.get()
}

fn mean() -> Exercise {
    let geometric = sample().iter().map(|value| value.get().ln()).sum::<f64>() / 3.0;
    Exercise {
        id: "01-mean",
        task: Task::Number(Number {
            expected: best(Divergence::ItakuraSaito),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    best(Divergence::ReversedItakuraSaito),
                    "1.8 is the harmonic mean, the best constant for R; for V the prediction stands in \
                     the denominator",
                ),
                (2.0, "2 is the median, which belongs to the absolute error"),
                (
                    geometric.exp(),
                    "that is the geometric mean, which belongs to the squared difference of logarithms",
                ),
                (
                    9.0,
                    "9 is the sum; the derivative of the sum of the three losses has the count in it",
                ),
            ],
            advice: "set the derivative of the sum of the three losses in c to zero; each is \
                     (c - y) / c², and the c² drops out",
        }),
    }
}

fn softest_point() -> Exercise {
    Exercise {
        id: "01-softest",
        task: Task::Number(Number {
            // The second derivative is (2y - f)/f³; its own derivative vanishes at f = 3y.
            expected: lowest_curvature(2.0),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    4.0,
                    "4 is where the curvature is zero; further out it becomes negative before it fades",
                ),
                (
                    2.0,
                    "2 is the target, where the loss itself is smallest; its curvature is 1/4 there",
                ),
                (3.0, "3 is the ratio of prediction to target at that place; the target is 2"),
            ],
            advice: "write the curvature as 2y f⁻³ - f⁻², and set its derivative in f to zero",
        }),
    }
}

/// Where $\partial_f^2 V$ is smallest, found by halving the bracket of the zero of its slope.
fn lowest_curvature(target: f64) -> f64 {
    let target_value = Positive::new(target).expect("a positive target");
    let curvature = |prediction: f64| {
        let prediction = Positive::new(prediction).expect("inside the bracket");
        Divergence::ItakuraSaito.second_derivative(target_value, prediction)
    };
    let slope = |prediction: f64| {
        let step = 1e-4 * prediction;
        curvature(prediction + step) - curvature(prediction - step)
    };
    let (mut low, mut high) = (2.0 * target, 10.0 * target);
    while high - low > 1e-7 * target {
        let middle = 0.5 * (low + high);
        if slope(middle) < 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

fn fourth_coefficient() -> Exercise {
    let series = TaylorPolynomial::itakura_saito(4).expect("order 4 is above 2");
    Exercise {
        id: "01-coefficient",
        task: Task::Number(Number {
            expected: series.coefficients()[4],
            tolerance: BY_HAND,
            mistakes: vec![
                (0.25, "1/4 is the coefficient of the reversed R"),
                (-0.75, "the size is right; the signs alternate, beginning with + at u²"),
                (18.0, "18 is the fourth derivative; the series divides it by 4!"),
            ],
            advice: "expand 1/(1 + u) and ln(1 + u), add them, and collect u⁴",
        }),
    }
}

fn reversed_loss() -> Exercise {
    Exercise {
        id: "01-reversed",
        task: Task::Loss(LossTask {
            expected: |target, prediction| {
                Divergence::ReversedItakuraSaito.value(positive(target), positive(prediction))
            },
            mistakes: vec![
                (
                    |target, prediction| {
                        Divergence::ItakuraSaito.value(positive(target), positive(prediction))
                    },
                    "this is V itself; exchange the two arguments",
                ),
                (
                    |target, prediction| {
                        Divergence::ReversedItakuraSaito
                            .value(positive(target), positive(prediction))
                            + 1.0
                    },
                    "it does not vanish where the prediction meets the target: the - 1 is missing",
                ),
                (
                    |target, prediction| {
                        let ratio = prediction / target;
                        ratio + ratio.ln() - 1.0
                    },
                    "the sign of the logarithm: a divergence is never negative",
                ),
                (
                    |target, prediction| {
                        let ratio = prediction / target;
                        ratio - ratio.log10() - 1.0
                    },
                    "log10 is not the natural logarithm; use ln",
                ),
            ],
            advice: "with q = prediction / target it is q - ln q - 1",
        }),
    }
}

fn positive(number: f64) -> Positive {
    Positive::new(number).expect("the trials are positive")
}
