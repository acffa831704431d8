//! Answers to an exercise, and the feedback on them.

/// Every kind of code as one: a list in, a list out.
pub(super) type Values = Box<dyn Fn(&[f64]) -> Vec<f64>>;

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

    /// The answer as a function of a list; what is not a function is the same for every list.
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
