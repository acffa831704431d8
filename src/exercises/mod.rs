//! The exercises of the notebooks: what is asked, what is right, and which mistake an answer shows.
//!
//! A notebook asks in a Markdown cell. The cell below it holds a typed stub and the check:
//!
//! ```
//! use itakura_saito::exercises::check_number;
//!
//! let best: Option<f64> = None;
//! check_number("01-harmonic", best);
//! ```
//!
//! The right answers are computed here and never shown. A wrong answer ends no cell: what is said about
//! it is shown in a box, and recorded for the runner of the notebooks.
//!
//! ```
//! use itakura_saito::exercises::{Answer, Feedback, exercise};
//!
//! let harmonic = exercise("01-harmonic")?;
//! assert_eq!(harmonic.judge(None)?, Feedback::Missing);
//! assert!(matches!(harmonic.judge(Some(Answer::Number(4.0)))?, Feedback::NotYet(_)));
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod answer;
mod claims;
mod code;
mod conditioning;
mod divergence;
mod exercise;
mod exponential_tails;
mod feedback;
mod field;
mod hessian_spectrum;
mod light_cone;
mod number;
mod optimization;
mod propagator;
mod renormalization;
mod spectrum;
mod speed_limit;
mod start;
#[cfg(feature = "networks")]
mod training;
mod universality;
mod where_it_helps;

pub use answer::{Answer, Feedback};
pub use exercise::Exercise;

use crate::notebook::show;
use crate::{Error, Result};

/// Computes the exercises of a notebook.
type OfNotebook = fn() -> Vec<Exercise>;

/// The exercises of each notebook, by its number. They are computed when they are asked for.
const BY_NOTEBOOK: &[(&str, OfNotebook)] = &[
    ("00", start::exercises),
    ("01", divergence::exercises),
    ("02", field::exercises),
    ("03", propagator::exercises),
    ("04", optimization::exercises),
    ("05", spectrum::exercises),
    ("06", universality::exercises),
    ("07", speed_limit::exercises),
    ("08", light_cone::exercises),
    ("09", conditioning::exercises),
    ("10", exponential_tails::exercises),
    ("11", renormalization::exercises),
    #[cfg(feature = "networks")]
    ("12", training::exercises),
    ("13", hessian_spectrum::exercises),
    ("14", where_it_helps::exercises),
    ("15", claims::exercises),
];

/// All exercises, in the order of the notebooks.
pub fn exercises() -> Vec<Exercise> {
    BY_NOTEBOOK.iter().flat_map(|(_, of_notebook)| of_notebook()).collect()
}

/// The exercise of this name, such as `01-harmonic`.
///
/// # Errors
///
/// [`Error::UnknownExercise`] if there is none.
pub fn exercise(id: &str) -> Result<Exercise> {
    let notebook = BY_NOTEBOOK.iter().find(|(number, _)| id.starts_with(number));
    let of_notebook = notebook.map(|(_, of_notebook)| of_notebook()).unwrap_or_default();
    of_notebook.into_iter().find(|exercise| exercise.id() == id).ok_or_else(|| {
        let known: Vec<&str> = exercises().iter().map(Exercise::id).collect();
        Error::UnknownExercise { id: id.to_owned(), known: known.join(", ") }
    })
}

/// Shows what is to be said about a number as the answer to an exercise, records it, and returns whether the
/// answer is right.
///
/// # Panics
///
/// If there is no such exercise, or if it asks for something else. No answer makes it panic; this is so
/// for all functions of this kind.
#[track_caller]
pub fn check_number(id: &str, answer: Option<f64>) -> bool {
    tell(id, answer.map(Answer::Number))
}

/// Shows what is to be said about a count as the answer to an exercise, and records it. Counts are
/// compared as integers. Returns whether the answer is right.
///
/// # Panics
///
/// As [`check_number`].
#[track_caller]
pub fn check_count(id: &str, answer: Option<usize>) -> bool {
    tell(id, answer.map(Answer::Count))
}

/// Shows what is to be said about a list of numbers as the answer to an exercise, records it, and returns
/// whether the answer is right.
///
/// # Panics
///
/// As [`check_number`].
#[track_caller]
pub fn check_vector(id: &str, answer: Option<Vec<f64>>) -> bool {
    tell(id, answer.map(Answer::Vector))
}

/// Tries a function of two numbers as the answer to an exercise, shows what is to be said about it, records
/// it, and returns whether the answer is right.
///
/// # Panics
///
/// As [`check_number`].
#[track_caller]
pub fn check_function(id: &str, answer: Option<fn(f64, f64) -> f64>) -> bool {
    tell(id, answer.map(Answer::Function))
}

/// Tries a functional, which gives one number for a list, as the answer to an exercise, shows what is to
/// be said about it, records it, and returns whether the answer is right.
///
/// # Panics
///
/// As [`check_number`].
#[track_caller]
pub fn check_functional(id: &str, answer: Option<fn(&[f64]) -> f64>) -> bool {
    tell(id, answer.map(Answer::Functional))
}

/// Tries an operator, which gives a list for a list, as the answer to an exercise, shows what is to be
/// said about it, records it, and returns whether the answer is right.
///
/// # Panics
///
/// As [`check_number`].
#[track_caller]
pub fn check_operator(id: &str, answer: Option<answer::Operator>) -> bool {
    tell(id, answer.map(Answer::Operator))
}

#[track_caller]
fn tell(id: &str, answer: Option<Answer>) -> bool {
    let feedback = match exercise(id).and_then(|exercise| exercise.judge(answer)) {
        Ok(feedback) => feedback,
        Err(error) => panic!("{error}"),
    };
    let is_right = matches!(feedback, Feedback::Right(_));
    show(&feedback::Told { id, feedback });
    is_right
}
