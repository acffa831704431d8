//! What the cells' processes report to the proxy, one JSON line per frame, through a named pipe.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The environment variable with the pipe's path. Without it the runtime behaves as evcxr's own.
pub const PIPE_VARIABLE: &str = "ITAKURA_FRAMES";

/// The environment variable with the path of the pipe that is the cells' standard input.
pub const INPUT_VARIABLE: &str = "ITAKURA_INPUT";

/// The environment variable with the path of the file that is there while a cell is asked to end. The crate's
/// long computations look for it.
pub const WISH_VARIABLE: &str = "ITAKURA_INTERRUPT";

/// The environment variable that tells the crate that its markers are understood. Its value is a secret
/// of this kernel and stands in every marker, so that no text can be one by chance.
pub const KERNEL_VARIABLE: &str = "ITAKURA_KERNEL";

/// How a line of standard output begins that carries a request of the crate. The secret, a colon, the
/// kind, a space and a JSON value follow.
pub const MARKER: &str = "\u{1}itakura:";

/// One event in the life of a cell.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// This process relays, from now on.
    Relay(i32),
    /// A cell is about to run, in this process. From now on a checkpoint replaces it if it dies.
    Running(i32),
    /// Text on standard output, not necessarily a whole line.
    Stdout(String),
    /// Text on standard error.
    Stderr(String),
    /// A request of the crate: its kind (`display`, `update_display`) and the content.
    Marker(String, Box<RawValue>),
    /// One of evcxr's own content blocks: MIME type and text.
    Content(String, String),
    /// A panic on the cell's own thread, which may yet be caught.
    Panic(Report),
    /// The cell or a child of it waits for standard input, which is empty.
    WaitsForInput(Prompt),
    /// The cell has ended. The variables are as it left them, or as they were before it.
    Outcome { outcome: Outcome, rolled_back: bool },
    /// The process that runs the cells is gone. If `kept`, a checkpoint has replaced it, and all variables
    /// are as they were before the cell.
    Ended { ending: Ending, kept: bool },
}

/// What to ask the reader, when a cell waits for input.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    pub text: String,
    pub is_password: bool,
}

/// How the reader's code of a cell ended, if the process survived it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Completed,
    /// A panic reached the top of the cell.
    Panicked(Report),
    /// A `?` returned an error from the cell.
    ReturnedError(Report),
    /// These variables have another type than the cell expects; evcxr compiles it anew without them.
    Lost(Vec<String>),
    /// The cell could not be run, and why.
    Unloadable(String),
}

impl Outcome {
    /// Whether the reader's code failed.
    pub fn is_error(&self) -> bool {
        matches!(self, Outcome::Panicked(_) | Outcome::ReturnedError(_))
    }
}

/// A message and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub message: String,
    /// File, line and column.
    pub place: Option<(String, usize, usize)>,
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

/// Any of the messages here as one line, newline included.
pub fn to_line(message: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).expect("a message holds only strings and numbers");
    line.push(b'\n');
    line
}
