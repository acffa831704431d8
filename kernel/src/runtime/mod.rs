//! The processes that evcxr takes for its runtime.
//!
//! evcxr starts this program as its runtime, speaks to it over standard input and output, and learns of a
//! panic or of a returned error from what the cell prints. Here three processes do the work:
//!
//! - the **relay** (`relay`), which evcxr starts and which never runs a cell;
//! - the **cells' process** (`cells`), which runs the compiled cells and tells the relay how each ended;
//! - its **checkpoint** (`checkpoint`), a copy of it that goes on in its place if it dies.
//!
//! What a cell prints reaches the relay through pipes of its own, and the proxy from there, at once and in
//! order; evcxr gets nothing but the lines of its protocol, from the relay, once the proxy has everything.
//! How a cell ended is known from a module that is compiled into it (`instrument`), not from its output.

mod cells;
mod checkpoint;
mod instrument;
mod native;
mod processes;
mod relay;
mod splitter;

use crate::frame::PIPE_VARIABLE;
pub use processes::{children, kill, kill_with_children};
use relay::Relay;
use rustix::process::{Signal, getppid};
use std::path::Path;

/// The environment variable with the bytes of memory that the process of the cells may use.
pub const MEMORY_VARIABLE: &str = "ITAKURA_MEMORY";

/// Marks the process that really runs the cells.
const CELLS_VARIABLE: &str = "ITAKURA_CELLS";

/// Runs as a part of evcxr's runtime if this process was started as one. Does not return in that case.
pub fn hook() {
    if std::env::var_os("EVCXR_IS_RUNTIME").is_some() {
        if std::env::var_os(CELLS_VARIABLE).is_some() {
            cells::serve();
        } else if let Some(pipe) = std::env::var_os(PIPE_VARIABLE) {
            let status = match Relay::start(pipe.as_ref()).and_then(Relay::run) {
                Ok(status) => status,
                Err(error) => {
                    eprintln!("itakura: the cells' process cannot be started: {error:#}");
                    1
                }
            };
            std::process::exit(status);
        }
    }
    evcxr::runtime_hook();
}

/// Adds to the source of a cell what reports its end. To be called before the compiler is.
pub fn watch_cell(path: &Path) -> std::io::Result<()> {
    let source = fs_err::read_to_string(path)?;
    let watched = instrument::instrument(&source);
    if watched == source {
        return Ok(());
    }
    // Cargo compares the time with that of the last product; ours is no change of the reader's.
    let modified = fs_err::metadata(path)?.modified()?;
    fs_err::write(path, watched)?;
    std::fs::File::options().write(true).open(path)?.set_modified(modified)
}

/// Asks the system to end this process when its parent ends. Only for a process whose parent has a
/// single thread: the system watches the thread that started it.
pub fn die_with_parent() {
    let parent = getppid();
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).ok();
    if getppid() != parent {
        std::process::exit(0);
    }
}
