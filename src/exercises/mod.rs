//! The exercises of the notebooks: what is asked, what is right, and which mistake an answer shows.
//!
//! A notebook asks, holds a typed stub (`None`), a folded hint, a folded solution, and one call of
//! [`check_number`] or [`check_loss`]. The right answers are computed here and never shown.
//!
//! ```
//! use itakura_saito::exercises::{Feedback, judge_number};
//!
//! assert_eq!(judge_number("01-mean", None)?, Feedback::Missing);
//! assert_eq!(judge_number("01-mean", Some(3.0))?, Feedback::Right);
//! assert!(matches!(judge_number("01-mean", Some(1.8))?, Feedback::Wrong(_)));
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod divergence;
mod exercise;
mod field;
mod hessian_spectrum;
mod optimization;
mod propagator;
mod spectrum;
mod start;
#[cfg(feature = "networks")]
mod training;
mod universality;
mod where_it_helps;

pub use exercise::Feedback;

use crate::notebook::{Bundle, Check, show};
use crate::{Error, Result};
use exercise::{Exercise, Task};

/// A loss as a reader writes it: of the target and the prediction.
pub type LossFunction = fn(f64, f64) -> f64;

fn all() -> Vec<Exercise> {
    let by_notebook = [
        start::exercises(),
        divergence::exercises(),
        field::exercises(),
        propagator::exercises(),
        optimization::exercises(),
        spectrum::exercises(),
        universality::exercises(),
        #[cfg(feature = "networks")]
        training::exercises(),
        hessian_spectrum::exercises(),
        where_it_helps::exercises(),
    ];
    by_notebook.into_iter().flatten().collect()
}

fn find(id: &str) -> Result<Exercise> {
    let mut exercises = all();
    let position = exercises.iter().position(|exercise| exercise.id == id).ok_or_else(|| {
        let known: Vec<&str> = exercises.iter().map(|exercise| exercise.id).collect();
        Error::UnknownExercise { id: id.to_owned(), known: known.join(", ") }
    })?;
    Ok(exercises.swap_remove(position))
}

/// Judges a number as the answer to an exercise.
///
/// # Errors
///
/// [`Error::UnknownExercise`] if there is no such exercise that asks for a number.
pub fn judge_number(id: &str, answer: Option<f64>) -> Result<Feedback> {
    let exercise = find(id)?;
    match &exercise.task {
        Task::Number(number) => Ok(number.judge(answer)),
        Task::Loss(_) => Err(Error::UnknownExercise {
            id: id.to_owned(),
            known: "this one asks for a loss; use check_loss".to_owned(),
        }),
    }
}

/// Judges a loss as the answer to an exercise.
///
/// # Errors
///
/// [`Error::UnknownExercise`] if there is no such exercise that asks for a loss.
pub fn judge_loss(id: &str, answer: Option<LossFunction>) -> Result<Feedback> {
    let exercise = find(id)?;
    match &exercise.task {
        Task::Loss(loss) => Ok(loss.judge(answer)),
        Task::Number(_) => Err(Error::UnknownExercise {
            id: id.to_owned(),
            known: "this one asks for a number; use check_number".to_owned(),
        }),
    }
}

/// Shows what is to be said about a number as the answer to an exercise, and records it.
///
/// # Panics
///
/// If the answer is not right, with what the mistake probably is; an answer that is still missing is
/// none. Also if there is no such exercise.
#[track_caller]
pub fn check_number(id: &str, answer: Option<f64>) {
    tell(id, judge_number(id, answer));
}

/// Shows what is to be said about a loss as the answer to an exercise, and records it.
///
/// # Panics
///
/// If the answer is not right, with what the mistake probably is; an answer that is still missing is
/// none. Also if there is no such exercise.
#[track_caller]
pub fn check_loss(id: &str, answer: Option<LossFunction>) {
    tell(id, judge_loss(id, answer));
}

#[track_caller]
fn tell(id: &str, feedback: Result<Feedback>) {
    match feedback {
        Ok(Feedback::Missing) => show(&Bundle::new(
            "Nothing yet. Replace None by Some(your answer) in the cell above, run it, then this one.",
        )),
        Ok(Feedback::Right) => show(&Check::holds(id, "the answer is right", true)),
        Ok(Feedback::Almost(words)) => panic!("close: {words}"),
        Ok(Feedback::Wrong(words)) => panic!("not yet: {words}"),
        Err(error) => panic!("{error}"),
    }
}
