//! A course: copies of notebooks for students, and the grading of what they hand in.
//!
//! ```text
//! student   original ──> copy without solutions and outcomes, or nbgrader's source form
//! grade     submissions + originals ──> kernels, one each ──> scores as CSV and JUnit
//! ```

mod exercise;
mod grade;
mod nbgrader;
mod private_folder;
mod scores;
mod student;
mod submission;

pub use grade::{GradeOptions, grade};
pub use student::{StudentOptions, student};

use anyhow::{Result, bail};
use std::path::PathBuf;

/// Refuses to write over what is there, unless that is wanted.
fn check_free(paths: &[PathBuf], overwrite: bool) -> Result<()> {
    match paths.iter().find(|path| path.exists()) {
        Some(path) if !overwrite => {
            bail!(
                "{} is there already: move it away, or allow with --overwrite that it is replaced",
                path.display()
            )
        }
        _ => Ok(()),
    }
}
