//! The reader's wish to end a long computation.
//!
//! An interrupt of the notebook kernel is polite at first: it makes a file, whose path it gave to the
//! cells in the environment. A long computation calls [`check`] at each of its steps, and hands on the error:
//! the cell ends by a `?`, with all variables of earlier cells. A cell that does not answer is ended by force.
//! Without such a kernel nothing is looked at.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::{Error, Result};

/// The environment variable with the path of the file that asks for an end while it is there.
pub const FILE_VARIABLE: &str = "ITAKURA_INTERRUPT";

/// How long after one look the next one is worth its price.
const PAUSE: Duration = Duration::from_millis(20);

/// Returns an error if the reader has asked for an end.
///
/// It may be called at each step of a loop: the file is looked for fifty times a second at most, by all threads
/// together.
///
/// # Errors
///
/// [`Error::Interrupted`].
///
/// # Examples
///
/// ```
/// use itakura_saito::interrupt;
///
/// let mut sum: f64 = 0.0;
/// for number in 1..=1000 {
///     interrupt::check()?;
///     sum += f64::from(number).recip();
/// }
/// assert!((sum - 7.4855).abs() < 1e-4);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn check() -> Result<()> {
    static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();
    static START: OnceLock<Instant> = OnceLock::new();
    static NEXT_LOOK: AtomicU64 = AtomicU64::new(0);
    let file = FILE.get_or_init(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
    let Some(file) = file else { return Ok(()) };
    let now = START.get_or_init(Instant::now).elapsed().as_millis() as u64;
    let next = NEXT_LOOK.load(Ordering::Relaxed);
    let later = now + PAUSE.as_millis() as u64;
    // Of several threads one looks.
    let is_ours = now >= next
        && NEXT_LOOK.compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed).is_ok();
    if is_ours { look_for(file) } else { Ok(()) }
}

fn look_for(file: &Path) -> Result<()> {
    if file.exists() { Err(Error::Interrupted) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::look_for;
    use crate::Error;

    #[test]
    fn the_wish_lasts_as_long_as_its_file() {
        let folder = std::env::temp_dir().join(format!("interrupt-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("wish");
        assert_eq!(look_for(&file), Ok(()));
        std::fs::write(&file, "").unwrap();
        assert_eq!(look_for(&file), Err(Error::Interrupted));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(look_for(&file), Ok(()));
        std::fs::remove_dir(&folder).unwrap();
    }
}
