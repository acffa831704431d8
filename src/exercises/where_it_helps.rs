//! The exercises of notebook 14.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![geometric_mean(), multiplicative()]
}

fn geometric_mean() -> Exercise {
    // The mean of ln y for y uniform between 0 and 2 is ln 2 - 1.
    let expected = 2.0 / std::f64::consts::E;
    Exercise {
        id: "14-geometric",
        task: Task::Number(Number {
            expected,
            tolerance: 2e-3,
            mistakes: vec![
                (
                    1.0,
                    "That is the mean of the noise; the squared logarithm asks for the mean of its logarithm.",
                ),
                (2f64.ln() - 1.0, "That is the mean of the logarithm; undo the logarithm."),
                (
                    expected / 2.0,
                    "That is right for noise between zero and one; here it reaches two.",
                ),
                (0.5615, "That is the exponential noise above; the noise is uniform here."),
            ],
            hint: "In the logarithm of c it is a squared error, whose minimiser is a mean; the integral of ln y over \
                   the interval is elementary.",
        }),
        shown: "Under this noise too the squared logarithm misses the mean, by about a quarter.",
    }
}

fn multiplicative() -> Exercise {
    Exercise {
        id: "14-multiplicative",
        task: Task::Code(Code::functional(
            &[&[1.0], &[1.0, 3.0], &[0.5, 1.0, 2.0], &[1.0, 1.5, 6.0, 9.0]],
            |inputs| power_sum(inputs, 2).powi(2) / (inputs.len() as f64 * power_sum(inputs, 4)),
            &[
                (
                    |inputs| {
                        inputs.len() as f64 * power_sum(inputs, 4) / power_sum(inputs, 2).powi(2)
                    },
                    "The other way round: the smaller variance is that of the right slope.",
                ),
                (
                    |inputs| power_sum(inputs, 2).powi(2) / power_sum(inputs, 4),
                    "The variance of the right slope falls with the number of data.",
                ),
                (
                    |inputs| {
                        let inverses: f64 = inputs.iter().map(|x| 1.0 / (x * x)).sum();
                        (inputs.len() as f64).powi(2) / (power_sum(inputs, 2) * inverses)
                    },
                    "That is Itakura-Saito under additive noise; here the noise is multiplicative.",
                ),
            ],
            "Write down both slopes as sums over the data with fixed weights. The variance of a term is its weight \
             squared, times the square of its input.",
        )),
        shown: "It is one for equal inputs, and falls quickly as they spread: then the loss matters.",
    }
}

fn power_sum(inputs: &[f64], power: i32) -> f64 {
    inputs.iter().map(|x| x.powi(power)).sum()
}
