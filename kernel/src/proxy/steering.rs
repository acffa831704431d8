//! What acts upon a running cell: input that it waits for, and interrupts.

use super::cell::Cell;
use super::evcxr::wish_to_end;
use super::failure::Failure;
use super::front::Channel;
use super::{Compiler, Proxy};
use crate::frame::Prompt;
use crate::runtime;
use jupyter_protocol::{InputReply, InputRequest, JupyterMessageContent};
use std::path::Path;
use std::time::{Duration, Instant};

/// An answer of the reader's needs at most so long to reach the cell.
const STALE: Duration = Duration::from_millis(500);
/// How long a cell may take to end by itself. The crate's long computations need a step, which is mostly less.
const GRACE: Duration = Duration::from_millis(700);

impl Proxy {
    /// The reader has typed what the cell waits for.
    pub(super) fn pass_input(&mut self, reply: &InputReply) {
        if let (true, Some(input)) = (std::mem::take(&mut self.asking), &mut self.input) {
            input.write_line(&reply.value);
            self.answered = Some(Instant::now());
        }
    }

    /// The cell waits for input: the front end is asked where it can be, or else the cell ends.
    pub(super) async fn ask_for_input(&mut self, prompt: Prompt) {
        // What the relay saw just before an answer came is out of date.
        let is_stale = self.answered.is_some_and(|answered| answered.elapsed() < STALE);
        let Some(cell) = &mut self.cell else { return };
        if self.asking || is_stale || cell.is_to_end() {
            return;
        }
        if cell.content.allow_stdin {
            self.asking = true;
            let request = InputRequest { prompt: prompt.text, password: prompt.is_password };
            self.front.send(Channel::Stdin, request, &cell.request).await;
        } else {
            cell.refused_input = true;
            self.end_cell();
        }
    }

    /// Ends the running cell, and the variables stay; without one, nothing is lost for nothing. Cells that
    /// wait for evcxr to be ready do not run.
    pub(super) async fn interrupt(&mut self) {
        if let Some(cell) = &mut self.cell {
            let is_first = !std::mem::replace(&mut cell.interrupted, true);
            let can_end_itself = is_first && !self.asking && cell.process.is_some();
            let wish = self.directory.as_ref().map(wish_to_end);
            if can_end_itself && wish.is_some_and(|file| fs_err::write(file, "").is_ok()) {
                cell.grace = Some(Instant::now() + GRACE);
            } else {
                self.end_cell();
            }
        } else if let Some(request) = self.waiting.pop_front() {
            let JupyterMessageContent::ExecuteRequest(content) = request.content.clone() else {
                return;
            };
            self.announce(&request, &content).await;
            let cell = Cell::new(request, content, String::new());
            let source = Path::new("");
            let error = Failure::Interrupted { kept: true }.describe(&cell.content.code, source);
            self.close_cell(cell, Some(error)).await;
            self.abort_waiting().await;
        }
    }

    /// Ends a cell that was asked to end and has not.
    pub(super) fn end_of_grace(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.grace = None;
            self.end_cell();
        }
    }

    /// The next cell is not the one that was asked to end.
    pub(super) fn withdraw_wish(&self) {
        if let Some(directory) = &self.directory {
            fs_err::remove_file(wish_to_end(directory)).ok();
        }
    }

    /// Kills the process that runs the cell, whose checkpoint then goes on, or what compiles it.
    pub(super) fn end_cell(&self) {
        let (Some(cell), Compiler::Ready(evcxr)) = (&self.cell, &self.compiler) else { return };
        match cell.process {
            Some(process) => runtime::kill(process),
            None => {
                let evcxr = evcxr.process.id().unwrap_or_default() as i32;
                for compiler in runtime::children(evcxr) {
                    if self.relay.is_some_and(|relay| relay != compiler) {
                        runtime::kill_with_children(compiler);
                    }
                }
            }
        }
    }
}
