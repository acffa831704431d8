//! The form of an exercise, and how an answer is judged.

use super::LossFunction;

/// What is to be said about an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Feedback {
    /// There is none yet.
    Missing,
    /// It is right.
    Right,
    /// It is close; what may still be missing.
    Almost(String),
    /// It is not right; what the mistake probably is.
    Wrong(String),
}

/// An exercise of a notebook.
pub(super) struct Exercise {
    /// The notebook's number and a word, such as `01-mean`.
    pub(super) id: &'static str,
    pub(super) task: Task,
}

/// What is asked for.
pub(super) enum Task {
    Number(Number),
    Loss(LossTask),
}

/// An exercise whose answer is a number.
pub(super) struct Number {
    pub(super) expected: f64,
    /// How far a right answer may lie off, relative to the expected one.
    pub(super) tolerance: f64,
    /// Wrong answers that are often given, and what they show.
    pub(super) mistakes: Vec<(f64, &'static str)>,
    /// What helps whoever is wrong in another way.
    pub(super) advice: &'static str,
}

/// Within this of the right answer, relatively, an answer is close: probably it was rounded too early.
const CLOSE: f64 = 0.05;

impl Number {
    pub(super) fn judge(&self, answer: Option<f64>) -> Feedback {
        let Some(answer) = answer else { return Feedback::Missing };
        let is_near = |value: f64, tolerance: f64| {
            (answer - value).abs() <= tolerance * value.abs().max(f64::MIN_POSITIVE)
        };
        if is_near(self.expected, self.tolerance) {
            return Feedback::Right;
        }
        let known = self.mistakes.iter().find(|(value, _)| is_near(*value, self.tolerance));
        if let Some((_, words)) = known {
            return Feedback::Wrong((*words).to_owned());
        }
        if is_near(self.expected, CLOSE) {
            let words =
                format!("{answer} is within 5 %; give more digits, and round only at the end");
            return Feedback::Almost(words);
        }
        if is_near(-self.expected, self.tolerance) {
            return Feedback::Wrong(format!("{answer} has the right size, but the wrong sign"));
        }
        if !answer.is_finite() {
            return Feedback::Wrong(format!("{answer} is no finite number; {}", self.advice));
        }
        Feedback::Wrong(self.advice.to_owned())
    }
}

/// An exercise whose answer is a loss.
pub(super) struct LossTask {
    pub(super) expected: fn(f64, f64) -> f64,
    /// Losses that are often given instead, and what they show.
    pub(super) mistakes: Vec<(LossFunction, &'static str)>,
    pub(super) advice: &'static str,
}

/// Pairs of target and prediction at which a loss is tried.
const TRIALS: [(f64, f64); 6] =
    [(1.0, 2.0), (2.0, 1.0), (0.3, 0.5), (7.0, 6.5), (100.0, 3.0), (4.0, 4.0)];

/// How far a loss may lie off at a trial: its formula cancels, so not to the last digit.
const LOSS_TOLERANCE: f64 = 1e-9;

impl LossTask {
    pub(super) fn judge(&self, answer: Option<LossFunction>) -> Feedback {
        let Some(answer) = answer else { return Feedback::Missing };
        let agrees = |loss: LossFunction, (target, prediction): (f64, f64)| {
            let (given, wanted) = (answer(target, prediction), loss(target, prediction));
            (given - wanted).abs() <= LOSS_TOLERANCE * (1.0 + wanted.abs())
        };
        let is = |loss: LossFunction| TRIALS.iter().all(|&trial| agrees(loss, trial));
        if is(self.expected) {
            return Feedback::Right;
        }
        if let Some((_, words)) = self.mistakes.iter().find(|(mistake, _)| is(*mistake)) {
            return Feedback::Wrong((*words).to_owned());
        }
        let wrong: Vec<&(f64, f64)> =
            TRIALS.iter().filter(|&&trial| !agrees(self.expected, trial)).collect();
        let Some((target, prediction)) = wrong.first() else { return Feedback::Right };
        let given = answer(*target, *prediction);
        let place = format!("at target {target} and prediction {prediction} it gives {given}");
        if wrong.len() < TRIALS.len() / 2 {
            Feedback::Almost(format!("it is right at most of the trials, but {place}"))
        } else {
            Feedback::Wrong(format!("{place}; {}", self.advice))
        }
    }
}
