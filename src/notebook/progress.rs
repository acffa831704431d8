//! Progress of a long computation, in one line that moves.

use super::bundle::{Bundle, Live};
use std::time::{Duration, Instant};

use crate::{Result, interrupt};

/// How often the line moves at most: more often than this nobody sees, and every move is a message.
const PACE: Duration = Duration::from_millis(100);

/// A line that tells how far a computation has come. On a stock evcxr kernel it appears at the end.
///
/// Only counts are shown, no times, so that two runs of a notebook write the same.
///
/// ```
/// use itakura_saito::notebook::Progress;
///
/// let mut progress: Progress = Progress::start("training", 3);
/// for epoch in 1..=3 {
///     progress.reach(epoch)?;
/// }
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug)]
pub struct Progress {
    what: String,
    total: usize,
    live: Live,
    moved: Instant,
}

impl Progress {
    /// Shows the line, with nothing done of `total` steps.
    pub fn start(what: &str, total: usize) -> Progress {
        let live = Live::start(&line(what, 0, total));
        Progress { what: what.to_owned(), total, live, moved: Instant::now() }
    }

    /// Tells that `done` steps are done. The last step is always shown.
    ///
    /// # Errors
    ///
    /// [`Error::Interrupted`](crate::Error::Interrupted) once the reader has asked for an end.
    pub fn reach(&mut self, done: usize) -> Result<()> {
        if done >= self.total || self.moved.elapsed() >= PACE {
            self.live.update(&line(&self.what, done, self.total));
            self.moved = Instant::now();
        }
        interrupt::check()
    }
}

fn line(what: &str, done: usize, total: usize) -> Bundle {
    Bundle::new(&format!("{what}: {done} of {total}"))
}
