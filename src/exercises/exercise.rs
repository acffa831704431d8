//! The form of an exercise, and what can be answered to it.

use super::code::{Code, Values};
use super::number::{Count, Number};
use crate::{Error, Result};

/// What is to be said about an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Feedback {
    /// There is none yet.
    Missing,
    /// It is right; what was shown by it.
    Right(String),
    /// It is close; what may still be missing.
    Close(String),
    /// It is not right; what the mistake probably is, or a hint.
    NotYet(String),
}

/// A function of two numbers, such as a target and a prediction.
pub(super) type Function = fn(f64, f64) -> f64;
/// A function that gives one number for a list.
pub(super) type Functional = fn(&[f64]) -> f64;
/// A function that gives a list for a list.
pub(super) type Operator = fn(&[f64]) -> Vec<f64>;

/// What a reader answers, by the kind of the exercise.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A number.
    Number(f64),
    /// A count.
    Count(usize),
    /// A list of numbers.
    Vector(Vec<f64>),
    /// A function of two numbers, such as a target and a prediction.
    Function(fn(f64, f64) -> f64),
    /// A function that gives one number for a list.
    Functional(fn(&[f64]) -> f64),
    /// A function that gives a list for a list.
    Operator(fn(&[f64]) -> Vec<f64>),
}

impl Answer {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Answer::Number(_) => "number",
            Answer::Count(_) => "count",
            Answer::Vector(_) => "vector",
            Answer::Function(_) => "function",
            Answer::Functional(_) => "functional",
            Answer::Operator(_) => "operator",
        }
    }

    /// The answer as a function of a list; what is no function is the same for every list.
    pub(super) fn values(self) -> Values {
        match self {
            Answer::Number(number) => Box::new(move |_| vec![number]),
            Answer::Count(count) => Box::new(move |_| vec![count as f64]),
            Answer::Vector(vector) => Box::new(move |_| vector.clone()),
            Answer::Function(function) => Box::new(move |x| vec![function(x[0], x[1])]),
            Answer::Functional(functional) => Box::new(move |x| vec![functional(x)]),
            Answer::Operator(operator) => Box::new(operator),
        }
    }
}

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
