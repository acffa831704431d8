//! What the runtime reports to the proxy, one JSON line a frame, through a named pipe.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The environment variable with the pipe's path. Without it the runtime behaves as evcxr's own.
pub const PIPE_VARIABLE: &str = "ITAKURA_FRAMES";

/// The environment variable that tells the crate that its markers are understood.
pub const KERNEL_VARIABLE: &str = "ITAKURA_KERNEL";

/// How a line of standard output begins that carries a request of the crate: the kind and a JSON value
/// follow, separated by a space.
pub const MARKER: &str = "\u{1}itakura:";

/// One event in the life of a cell.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// Text on standard output, not necessarily a whole line.
    Stdout(String),
    /// Text on standard error.
    Stderr(String),
    /// A request of the crate: its kind (`display`, `update_display`) and the content.
    Marker(String, Box<RawValue>),
    /// A panic reached the top of the cell; what it printed has been reported before.
    Panicked,
    /// A `?` returned an error from the cell; what it printed has been reported before.
    ReturnedError,
    /// The process that runs the cells is gone.
    Ended(Ending),
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It called `exit` with this status.
    Exit(i32),
    /// This signal ended it.
    Signal(i32),
}

impl Frame {
    /// The frame as one line, newline included.
    pub fn to_line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("a frame holds only strings and numbers");
        line.push(b'\n');
        line
    }
}
