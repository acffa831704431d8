//! Checkpoints: copies of the process that runs the cells, each made when a cell has ended.
//!
//! A copy sleeps until the process is gone. If that happens (an abort, a fault, a kill, an interrupt), it
//! goes on in its place, with all variables as they were when it was made. While a new copy is made the old
//! one is still there; the relay decides which of the two is valid, and ends all others.

use super::native::{CompiledCell, fork};
use anyhow::Result;
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, Signal, WaitOptions, getpid, getppid, kill_process, waitpid};
use std::fs::File;
use std::io::{Read, Write};
use std::time::Duration;

/// Who returns from making a copy.
pub enum Role {
    /// The process that was copied.
    Original,
    /// The copy, once it has to take over.
    Heir,
}

/// The copy that would take over now, and the pipe whose end tells it to.
#[derive(Default)]
pub struct Checkpoint(Option<(Pid, File)>);

impl Checkpoint {
    pub fn identity(&self) -> Option<i32> {
        self.0.as_ref().map(|(copy, _)| copy.as_raw_nonzero().get())
    }

    /// Makes a copy. `relay` is the process for which this one works.
    pub fn make(cell: Option<&CompiledCell>, relay: Pid) -> Result<(Role, Checkpoint)> {
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
        let original = getpid();
        let copy = cell.map_or_else(fork, CompiledCell::fork)?;
        if let Some(copy) = copy {
            return Ok((Role::Original, Checkpoint(Some((copy, File::from(writer))))));
        }
        drop(writer);
        sleep_until_needed(File::from(reader), original, relay);
        Ok((Role::Heir, Checkpoint::default()))
    }

    /// Ends the copy: another one is valid now, or none.
    pub fn dismiss(self) {
        if let Some((copy, mut pipe)) = self.0 {
            pipe.write_all(b".").ok();
            waitpid(Some(copy), WaitOptions::empty()).ok();
        }
    }
}

/// Returns when the original is gone. Does not return if this copy is dismissed, or nobody needs it.
fn sleep_until_needed(mut pipe: File, original: Pid, relay: Pid) {
    let dismissed = pipe.read(&mut [0]).is_ok_and(|count| count > 0);
    // The system closes a process's files a moment before its children get another parent.
    while !dismissed && getppid() == Some(original) {
        std::thread::sleep(Duration::from_millis(1));
    }
    if dismissed || getppid() != Some(relay) {
        end_now();
    }
}

/// Ends this process without running what libraries have registered for its end.
pub fn end_now() -> ! {
    kill_process(getpid(), Signal::KILL).ok();
    std::process::abort()
}
