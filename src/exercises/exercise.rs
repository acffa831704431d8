//! The form of an exercise.

use super::answer::{Answer, Feedback};
use super::code::Code;
use super::number::{Count, Number};
use crate::{Error, Result};

/// An exercise of a notebook: what is right, and what a wrong answer probably comes from.
pub struct Exercise {
    /// The notebook's number and a word, such as `01-harmonic`.
    pub(super) id: &'static str,
    pub(super) task: Task,
    /// What a right answer has shown, in one sentence.
    pub(super) shown: &'static str,
}

/// What is asked for.
pub(super) enum Task {
    Number(Number),
    Count(Count),
    Code(Code),
}

impl Exercise {
    /// The notebook's number and a word, such as `01-harmonic`.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The kind of answer that it asks for: a number, a count, a vector, a function, a functional or
    /// an operator.
    pub fn kind(&self) -> &'static str {
        match &self.task {
            Task::Number(_) => "number",
            Task::Count(_) => "count",
            Task::Code(code) => code.kind,
        }
    }

    /// What this exercise may say to a wrong answer: its known mistakes' words and its hint.
    pub fn words(&self) -> Vec<&'static str> {
        match &self.task {
            Task::Number(number) => number.words(),
            Task::Count(count) => count.words(),
            Task::Code(code) => code.words(),
        }
    }

    /// Judges an answer.
    ///
    /// # Errors
    ///
    /// [`Error::AnswerOfAnotherKind`] if this exercise asks for something else.
    pub fn judge(&self, answer: Option<Answer>) -> Result<Feedback> {
        let Some(answer) = answer else { return Ok(Feedback::Missing) };
        let given = answer.kind();
        let feedback = match (&self.task, answer) {
            (Task::Number(number), Answer::Number(answer)) => number.judge(answer),
            (Task::Count(count), Answer::Count(answer)) => count.judge(answer),
            (Task::Code(code), answer) if given == code.kind => code.judge(&answer.values()),
            _ => {
                let (id, asked) = (self.id.to_owned(), self.kind());
                return Err(Error::AnswerOfAnotherKind { id, given, asked });
            }
        };
        Ok(feedback.unwrap_or_else(|| Feedback::Right(self.shown.to_owned())))
    }
}
