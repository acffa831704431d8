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
    /// Whether it has been sent again with types for its untyped `let`s.
    pub typed: bool,
    /// What evcxr reported.
    pub errors: Vec<ErrorOutput>,
    panic: Option<Panic>,
    returned_error: Option<String>,
    ended: Option<Ending>,
    /// Text of standard error that is not shown yet: it may turn out to be the message of a failure,
    /// which is shown as such.
    held: String,
    /// Whether a pulse has passed since the held text came.
    held_for_a_pulse: bool,
    /// All of standard error, and where its last piece begins.
    stderr: String,
    last_piece: usize,
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
            typed: false,
            errors: Vec::new(),
            panic: None,
            returned_error: None,
            ended: None,
            held: String::new(),
            held_for_a_pulse: false,
            stderr: String::new(),
            last_piece: 0,
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
                self.last_piece = self.stderr.len();
                self.stderr.push_str(&text);
                let released = match find_report(&self.held) {
                    Some(_) => Vec::new(),
                    None => self.release(),
                };
                self.held.push_str(&text);
                self.held_for_a_pulse = false;
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
                // The message has come just before; it may have been shown already.
                self.held.clear();
                self.returned_error = Some(self.stderr[self.last_piece..].trim_end().to_owned());
                Vec::new()
            }
            Frame::Ended(ending) => {
                self.ended = Some(ending);
                self.release()
            }
        }
    }

    /// Gives up waiting for what the held text might be once it has been held for a whole pulse: one may
    /// come between the report of a panic and the word that it ended the cell.
    pub fn pulse(&mut self) -> Vec<JupyterMessageContent> {
        if self.held_for_a_pulse {
            return self.release();
        }
        self.held_for_a_pulse = true;
        Vec::new()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cell() -> Cell {
        let content = ExecuteRequest::new("let a: f64 = f()?;".to_owned());
        Cell::new(JupyterMessage::new(content.clone(), None), content, String::new())
    }

    fn shown(outputs: &[JupyterMessageContent]) -> String {
        outputs
            .iter()
            .map(|output| match output {
                JupyterMessageContent::StreamContent(stream) => stream.text.as_str(),
                _ => "?",
            })
            .collect()
    }

    const REPORT: &str = "\nthread 'main' (7) panicked at src/lib.rs:3:1:\nthe message\nnote: run with `RUST_BACKTRACE=1` environment variable\n";

    #[test]
    fn the_message_of_a_panic_is_told_once_and_what_stands_before_it_is_kept() {
        let mut cell = cell();
        assert_eq!(shown(&cell.hear(Frame::Stderr("a warning\n".to_owned()))), "");
        assert_eq!(shown(&cell.hear(Frame::Stderr(REPORT.to_owned()))), "a warning\n");
        assert_eq!(shown(&cell.hear(Frame::Panicked)), "");
        let Some(Failure::Panic(panic)) = cell.failure() else { panic!("no panic") };
        assert_eq!(panic.message, "the message");
    }

    #[test]
    fn a_pulse_between_a_report_and_its_panic_shows_nothing_and_the_next_one_does() {
        let mut cell = cell();
        cell.pulse();
        cell.hear(Frame::Stderr(REPORT.to_owned()));
        assert_eq!(shown(&cell.pulse()), "");
        assert_eq!(shown(&cell.hear(Frame::Panicked)), "");
        cell.hear(Frame::Stderr("slow\n".to_owned()));
        assert_eq!(shown(&cell.pulse()), "");
        assert_eq!(shown(&cell.pulse()), "slow\n");
    }

    #[test]
    fn a_caught_panic_is_no_failure_and_its_report_is_shown() {
        let mut cell = cell();
        cell.hear(Frame::Stderr(REPORT.to_owned()));
        assert_eq!(
            shown(&cell.hear(Frame::Stdout("goes on\n".to_owned()))),
            format!("{REPORT}goes on\n")
        );
        assert_eq!(cell.failure(), None);
    }

    #[test]
    fn the_message_of_a_returned_error_is_its_own_piece_even_if_it_was_shown_before() {
        for shown_before in [false, true] {
            let mut cell = cell();
            cell.hear(Frame::Stderr("a warning\n".to_owned()));
            cell.hear(Frame::Stderr("no such file\n".to_owned()));
            if shown_before {
                cell.release();
            }
            assert_eq!(shown(&cell.hear(Frame::ReturnedError)), "");
            assert_eq!(cell.failure(), Some(Failure::ReturnedError("no such file".to_owned())));
        }
    }

    #[test]
    fn an_unknown_marker_is_told_and_not_dropped() {
        let content = RawValue::from_string("{}".to_owned()).unwrap();
        let outputs = cell().hear(Frame::Marker("shout".to_owned(), content));
        assert!(shown(&outputs).contains("\"shout\""));
    }
}
