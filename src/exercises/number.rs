//! Answers that are a number or a count.

use super::answer::Feedback;

/// An exercise whose answer is a number.
pub(super) struct Number {
    pub(super) expected: f64,
    /// How far a right answer may be off, relative to the expected one.
    pub(super) tolerance: f64,
    /// Wrong answers that are often given, and what they show.
    pub(super) mistakes: Vec<(f64, &'static str)>,
    /// What helps whoever is wrong in another way; neither the formula nor the value.
    pub(super) hint: &'static str,
}

/// Within this of the right answer, relatively, an answer is close: probably it was rounded too early.
const CLOSE: f64 = 0.05;

impl Number {
    pub(super) fn words(&self) -> Vec<&'static str> {
        self.mistakes.iter().map(|(_, words)| *words).chain([self.hint]).collect()
    }

    /// What is to be said about an answer; nothing if it is right.
    pub(super) fn judge(&self, answer: f64) -> Option<Feedback> {
        let is = |value: f64, tolerance: f64| (answer - value).abs() <= tolerance * value.abs();
        if is(self.expected, self.tolerance) {
            return None;
        }
        let known = self.mistakes.iter().find(|(value, _)| is(*value, self.tolerance));
        let words = if let Some((_, words)) = known {
            (*words).to_owned()
        } else if is(self.expected, CLOSE) {
            let words =
                format!("{answer} is within 5 %: give more digits, and round at the end only.");
            return Some(Feedback::Close(words));
        } else if !answer.is_finite() {
            format!("{answer} is not a finite number. {}", self.hint)
        } else if is(-self.expected, self.tolerance) {
            format!("{answer} has the right size and the wrong sign.")
        } else if is(1.0 / self.expected, self.tolerance) {
            format!("{answer} is the inverse of what is asked for.")
        } else if is(100.0 * self.expected, self.tolerance) {
            format!("{answer} may be in per cent; the question is for the plain number.")
        } else {
            self.hint.to_owned()
        };
        Some(Feedback::NotYet(words))
    }
}

/// An exercise whose answer is a count. A count is right or not; there is no tolerance.
pub(super) struct Count {
    pub(super) expected: usize,
    pub(super) mistakes: Vec<(usize, &'static str)>,
    pub(super) hint: &'static str,
}

impl Count {
    pub(super) fn words(&self) -> Vec<&'static str> {
        self.mistakes.iter().map(|(_, words)| *words).chain([self.hint]).collect()
    }

    /// What is to be said about an answer; nothing if it is right.
    pub(super) fn judge(&self, answer: usize) -> Option<Feedback> {
        if answer == self.expected {
            return None;
        }
        let known = self.mistakes.iter().find(|(count, _)| *count == answer);
        Some(match known {
            Some((_, words)) => Feedback::NotYet((*words).to_owned()),
            None if answer.abs_diff(self.expected) == 1 => {
                Feedback::Close(format!("{answer} is off by one. {}", self.hint))
            }
            None => Feedback::NotYet(self.hint.to_owned()),
        })
    }
}
