//! One execution of a cell: what has been heard of it so far.

use super::failure::{Failure, Panic, find_report};
use crate::frame::{Ending, Frame};
use jupyter_protocol::{
    DisplayData, ErrorOutput, ExecuteRequest, JupyterMessage, JupyterMessageContent, StreamContent,
    UpdateDisplayData,
};
use serde_json::value::RawValue;

/// A cell that evcxr is compiling or running.
pub struct Cell {
    pub request: JupyterMessage,
    pub content: ExecuteRequest,
    /// The identity of the request that was sent to evcxr for it.
    pub evcxr_request: String,
    pub replied: bool,
    pub idle: bool,
    pub interrupted: bool,
    /// Whether the configuration has been loaded again after a `:clear`.
    pub reloaded: bool,
    /// What evcxr reported.
    pub errors: Vec<ErrorOutput>,
    panic: Option<Panic>,
    returned_error: Option<String>,
    ended: Option<Ending>,
    /// Text of standard error that is not shown yet: it may turn out to be the message of a failure,
    /// which is shown as such.
    held: String,
    /// All of standard error.
    stderr: String,
}

impl Cell {
    pub fn new(request: JupyterMessage, content: ExecuteRequest, evcxr_request: String) -> Cell {
        Cell {
            request,
            content,
            evcxr_request,
            replied: false,
            idle: false,
            interrupted: false,
            reloaded: false,
            errors: Vec::new(),
            panic: None,
            returned_error: None,
            ended: None,
            held: String::new(),
            stderr: String::new(),
        }
    }

    /// Whether the cell forgets the configuration, on which the kernel's figures and messages rest.
    pub fn clears_configuration(&self) -> bool {
        self.content.code.lines().any(|line| line.trim() == ":clear")
    }

    /// Takes note of a frame, and returns what is to be published because of it.
    pub fn hear(&mut self, frame: Frame) -> Vec<JupyterMessageContent> {
        match frame {
            Frame::Stderr(text) => {
                self.stderr.push_str(&text);
                let released = match find_report(&self.held) {
                    Some(_) => Vec::new(),
                    None => self.release(),
                };
                self.held.push_str(&text);
                released
            }
            Frame::Stdout(text) => {
                let mut published = self.release();
                published.push(StreamContent::stdout(&text).into());
                published
            }
            Frame::Marker(kind, content) => {
                let mut published = self.release();
                published.push(read_marker(&kind, &content));
                published
            }
            Frame::Panicked => {
                let (panic, rest) = Panic::take_from(&self.held)
                    .or_else(|| {
                        Panic::take_from(&self.stderr).map(|(panic, _)| (panic, self.held.clone()))
                    })
                    .unwrap_or_else(|| (unexplained(), self.held.clone()));
                self.panic = Some(panic);
                self.held = rest;
                self.release()
            }
            Frame::ReturnedError => {
                self.returned_error = Some(std::mem::take(&mut self.held).trim_end().to_owned());
                Vec::new()
            }
            Frame::Ended(ending) => {
                self.ended = Some(ending);
                self.release()
            }
        }
    }

    /// Gives up waiting for what the held text might be.
    pub fn release(&mut self) -> Vec<JupyterMessageContent> {
        let text = std::mem::take(&mut self.held);
        if text.is_empty() { Vec::new() } else { vec![StreamContent::stderr(&text).into()] }
    }

    /// Why the cell failed, if it did, once everything has been heard.
    pub fn failure(&self) -> Option<Failure> {
        if self.interrupted && !self.errors.is_empty() {
            return Some(Failure::Interrupted);
        }
        if let Some(ending) = &self.ended {
            return Some(Failure::Ended(ending.clone()));
        }
        if let Some(panic) = &self.panic {
            return Some(Failure::Panic(panic.clone()));
        }
        if let Some(message) = &self.returned_error {
            return Some(Failure::ReturnedError(message.clone()));
        }
        let first = self.errors.first()?;
        let report = self.errors.iter().flat_map(|error| error.traceback.clone()).collect();
        Some(Failure::Refused { message: first.evalue.clone(), report })
    }
}

/// A panic whose message did not pass through the standard library's hook.
fn unexplained() -> Panic {
    Panic { message: "a panic without a message on standard error".to_owned(), location: None }
}

fn read_marker(kind: &str, content: &RawValue) -> JupyterMessageContent {
    let read = match kind {
        "display" => serde_json::from_str::<DisplayData>(content.get()).map(Into::into),
        "update_display" => {
            serde_json::from_str::<UpdateDisplayData>(content.get()).map(Into::into)
        }
        _ => {
            let text = format!("itakura: this kernel knows no marker of the kind {kind:?}\n");
            return StreamContent::stderr(&text).into();
        }
    };
    read.unwrap_or_else(|error| {
        StreamContent::stderr(&format!("itakura: a {kind} marker cannot be read: {error}\n")).into()
    })
}
