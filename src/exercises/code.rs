//! Answers that are a few lines of code: they are tried on inputs of the exercise's own.

use super::answer::{Answer, Feedback, Function, Functional, Operator, Values};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

/// An exercise whose answer is code, or a vector that code has computed.
pub(super) struct Code {
    /// The kind of answer: vector, function, functional or operator.
    pub(super) kind: &'static str,
    /// What the answer is tried on.
    pub(super) trials: Vec<Vec<f64>>,
    pub(super) expected: Values,
    /// What is often written instead, and what it shows.
    pub(super) mistakes: Vec<(Values, &'static str)>,
    /// What helps whoever is wrong in another way; neither the formula nor the value.
    pub(super) hint: &'static str,
}

/// How far a value may be off, relative to the size of the expected list: formulas cancel, and sums
/// can be taken in another order.
const TOLERANCE: f64 = 1e-9;

/// Pairs of target and prediction at which a function is tried.
const PAIRS: [[f64; 2]; 6] =
    [[1.0, 2.0], [2.0, 1.0], [0.3, 0.5], [7.0, 6.5], [100.0, 3.0], [4.0, 4.0]];

impl Code {
    /// A function of a target and a prediction.
    pub(super) fn function(
        expected: Function,
        mistakes: &[(Function, &'static str)],
        hint: &'static str,
    ) -> Code {
        let mistakes =
            mistakes.iter().map(|(code, words)| (Answer::Function(*code), *words)).collect();
        let trials: Vec<&[f64]> = PAIRS.iter().map(<[f64; 2]>::as_slice).collect();
        Code::of(Answer::Function(expected), &trials, mistakes, hint)
    }

    /// A number for a list.
    pub(super) fn functional(
        trials: &[&[f64]],
        expected: Functional,
        mistakes: &[(Functional, &'static str)],
        hint: &'static str,
    ) -> Code {
        let mistakes =
            mistakes.iter().map(|(code, words)| (Answer::Functional(*code), *words)).collect();
        Code::of(Answer::Functional(expected), trials, mistakes, hint)
    }

    /// A list for a list.
    pub(super) fn operator(
        trials: &[&[f64]],
        expected: Operator,
        mistakes: &[(Operator, &'static str)],
        hint: &'static str,
    ) -> Code {
        let mistakes =
            mistakes.iter().map(|(code, words)| (Answer::Operator(*code), *words)).collect();
        Code::of(Answer::Operator(expected), trials, mistakes, hint)
    }

    /// An answer of any kind, and mistakes of the same kind.
    pub(super) fn of(
        expected: Answer,
        trials: &[&[f64]],
        mistakes: Vec<(Answer, &'static str)>,
        hint: &'static str,
    ) -> Code {
        Code {
            kind: expected.kind(),
            trials: trials.iter().map(|trial| trial.to_vec()).collect(),
            expected: expected.values(),
            mistakes: mistakes.into_iter().map(|(code, words)| (code.values(), words)).collect(),
            hint,
        }
    }

    pub(super) fn words(&self) -> Vec<&'static str> {
        self.mistakes.iter().map(|(_, words)| *words).chain([self.hint]).collect()
    }

    /// What is to be said about an answer; nothing if it is right.
    pub(super) fn judge(&self, answer: &Values) -> Option<Feedback> {
        let mut given = Vec::new();
        for trial in &self.trials {
            match without_panic(answer, trial) {
                Ok(values) => given.push(values),
                Err(words) => {
                    let words = format!("For {} it panics: {words}. {}", input(trial), self.hint);
                    return Some(Feedback::NotYet(words));
                }
            }
        }
        let agree = |values: &Values| -> Vec<bool> {
            let wanted = self.trials.iter().map(|trial| values(trial));
            given.iter().zip(wanted).map(|(given, wanted)| agrees(given, &wanted)).collect()
        };
        let right = agree(&self.expected);
        let first = right.iter().position(|agrees| !agrees)?;
        let is_known = |(mistake, _): &&(Values, &str)| agree(mistake).iter().all(|agrees| *agrees);
        if let Some((_, words)) = self.mistakes.iter().find(is_known) {
            return Some(Feedback::NotYet((*words).to_owned()));
        }
        let place = self.place(first, &given[first]);
        let wrong = right.iter().filter(|agrees| !**agrees).count();
        Some(if 2 * wrong < right.len() {
            Feedback::Close(format!("It is right for most inputs. {place} {}", self.hint))
        } else {
            Feedback::NotYet(format!("{place} {}", self.hint))
        })
    }

    /// What the answer gives at a trial where it is not right.
    fn place(&self, trial: usize, given: &[f64]) -> String {
        let wanted = (self.expected)(&self.trials[trial]).len();
        if given.len() != wanted {
            return format!("Its length is {}, and should be {wanted}.", given.len());
        }
        if self.kind == "vector" {
            return "Not all of its numbers are right.".to_owned();
        }
        let given = given.iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(", ");
        format!("For {} it gives {given}, which is not right.", input(&self.trials[trial]))
    }
}

fn input(trial: &[f64]) -> String {
    let numbers: Vec<String> = trial.iter().map(f64::to_string).collect();
    if numbers.is_empty() { "an empty list".to_owned() } else { numbers.join(", ") }
}

fn agrees(given: &[f64], wanted: &[f64]) -> bool {
    let size = wanted.iter().fold(1.0, |size: f64, value| size.max(value.abs()));
    given.len() == wanted.len()
        && given.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= TOLERANCE * size)
}

/// What the answer gives, or the words with which it panics: a reader's slip, such as an index out of
/// bounds, is an answer like any other, and does not end the cell.
fn without_panic(answer: &Values, trial: &[f64]) -> Result<Vec<f64>, String> {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let given = catch_unwind(AssertUnwindSafe(|| answer(trial)));
    set_hook(hook);
    given.map_err(|payload| {
        let text = payload.downcast_ref::<String>().cloned();
        let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        text.unwrap_or_else(|| "without a message".to_owned())
    })
}
