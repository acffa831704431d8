//! The exercises of notebook 15.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![all_right(), judge()]
}

fn all_right() -> Exercise {
    const ROWS: i32 = 134;
    let expected = 0.99f64.powi(ROWS);
    Exercise {
        id: "15-all-right",
        task: Task::Number(Number {
            expected,
            tolerance: 4e-3,
            mistakes: vec![
                (1.0 - expected, "That is the chance that at least one is wrong."),
                (0.99, "That is one row; all of them have to be right at once."),
                (
                    1.0 - 0.01 * f64::from(ROWS),
                    "Chances of errors do not add up like that: the sum exceeds one.",
                ),
                (0.01f64.powi(ROWS), "That is the chance that all of them are wrong."),
            ],
            hint: "Independent events happen together with the product of their chances.",
        }),
        shown: "So a reader should expect an error somewhere, and be given what it takes to find it.",
    }
}

/// Observed, expected, tolerance, printed, margin.
const TRIALS: [&[f64]; 6] = [
    &[2.0, 2.0, 0.1, 3.0, 0.5],
    &[2.0, 2.5, 0.1, 3.0, 0.5],
    &[2.0, 2.0, 0.1, 2.3, 0.5],
    &[2.0, 2.5, 0.1, 2.3, 0.5],
    &[-4.0, -4.05, 0.1, -7.0, 1.0],
    &[2.0, 1.5, 0.1, 0.0, 0.5],
];

fn judge() -> Exercise {
    Exercise {
        id: "15-judge",
        task: Task::Code(Code::functional(
            &TRIALS,
            |numbers| f64::from(u8::from(agrees(numbers) && differs(numbers))),
            &[
                (
                    |numbers| f64::from(u8::from(agrees(numbers))),
                    "That says that the computation is right. Whether the print is wrong, it does not say.",
                ),
                (
                    |numbers| f64::from(u8::from(differs(numbers))),
                    "A number that differs from the print may itself be wrong: look at the reference too.",
                ),
                (
                    |numbers| f64::from(u8::from(agrees(numbers) || differs(numbers))),
                    "One of the two is not enough; both have to be the case.",
                ),
                (
                    |numbers| {
                        let one_sided = numbers[0] - numbers[1] <= numbers[2];
                        f64::from(u8::from(one_sided && differs(numbers)))
                    },
                    "A difference may have either sign.",
                ),
            ],
            "Take the size of two differences; one has to be small and the other large.",
        )),
        shown: "This is how each false row of the ledger is judged, on every run.",
    }
}

fn agrees(numbers: &[f64]) -> bool {
    (numbers[0] - numbers[1]).abs() <= numbers[2]
}

fn differs(numbers: &[f64]) -> bool {
    (numbers[0] - numbers[3]).abs() > numbers[4]
}
