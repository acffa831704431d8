//! One execution of a cell: what is known of it so far.

use super::failure::Failure;
use crate::frame::{Ending, Frame, Outcome, Report};
use jupyter_protocol::{
    DisplayData, ErrorOutput, ExecuteRequest, ExpressionResult, JupyterMessage,
    JupyterMessageContent, Media, StreamContent, UpdateDisplayData,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Instant;

/// What is said of a cell that evcxr refuses without a word.
const UNEXPLAINED: &str = "evcxr could not compile or run this cell, and gave no reason; `itakura doctor` \
                           says whether everything is in place";
/// So many frames may wait for what becomes of a panic.
const LONGEST_WAIT: usize = 1000;

/// A cell that evcxr is compiling or running.
pub struct Cell {
    pub request: JupyterMessage,
    pub content: ExecuteRequest,
    /// The identity of the request that was sent to evcxr for it.
    pub evcxr_request: String,
    pub replied: bool,
    /// Whether evcxr replied that it failed.
    pub refused: bool,
    pub idle: bool,
    pub interrupted: bool,
    /// Until when a cell that was interrupted may end by itself.
    pub grace: Option<Instant>,
    /// It asked for input where nobody can be asked.
    pub refused_input: bool,
    /// Whether the configuration has been loaded again after a `:clear`.
    pub reloaded: bool,
    /// The process that runs it, while it runs.
    pub process: Option<i32>,
    /// Whether it has been sent again with types for its untyped `let`s.
    pub typed: bool,
    /// What the client wants to know when the cell has succeeded, and what is known: names and expressions.
    pub expressions: Vec<(String, String)>,
    pub answers: HashMap<String, ExpressionResult>,
    /// The cell for which this one evaluates an expression, and the expression's name.
    pub outer: Option<(Box<Cell>, String)>,
    /// What evcxr reported.
    pub errors: Vec<ErrorOutput>,
    outcome: Option<(Outcome, bool)>,
    ended: Option<(Ending, bool)>,
    /// A panic of which it is not known yet whether something catches it, and what came after it.
    held: Vec<Frame>,
    held_for_a_pulse: bool,
    /// evcxr's content blocks of which more may come: MIME types and texts.
    blocks: Vec<(String, String)>,
}

impl Cell {
    pub fn new(request: JupyterMessage, content: ExecuteRequest, evcxr_request: String) -> Cell {
        Cell {
            request,
            content,
            evcxr_request,
            replied: false,
            refused: false,
            idle: false,
            interrupted: false,
            grace: None,
            refused_input: false,
            reloaded: false,
            process: None,
            typed: false,
            expressions: Vec::new(),
            answers: HashMap::new(),
            outer: None,
            errors: Vec::new(),
            outcome: None,
            ended: None,
            held: Vec::new(),
            held_for_a_pulse: false,
            blocks: Vec::new(),
        }
    }

    /// Whether the cell forgets the configuration, on which the kernel's figures and messages rest.
    pub fn clears_configuration(&self) -> bool {
        self.content.code.lines().any(|line| [":clear", ":restart"].contains(&line.trim()))
    }

    /// Whether the process that runs it is to be ended.
    pub fn is_to_end(&self) -> bool {
        self.interrupted || self.refused_input
    }

    /// Takes note of a frame, and returns what is to be published because of it.
    pub fn hear(&mut self, frame: Frame) -> Vec<JupyterMessageContent> {
        match frame {
            Frame::Running(process) => {
                self.process = Some(process);
                self.outcome = None;
                Vec::new()
            }
            Frame::Panic(_) => {
                let published = self.release();
                self.held.push(frame);
                self.held_for_a_pulse = false;
                published
            }
            Frame::Outcome { outcome, rolled_back } => {
                if let Outcome::Panicked(_) = outcome
                    && !self.held.is_empty()
                {
                    // The error tells it.
                    self.held.remove(0);
                }
                self.process = None;
                self.outcome = Some((outcome, rolled_back));
                self.release()
            }
            // The process was ended just after the cell was.
            Frame::Ended { kept: true, .. } if self.outcome.is_some() && self.is_to_end() => {
                Vec::new()
            }
            Frame::Ended { .. } if self.outcome.is_some() => self.show(frame),
            Frame::Ended { ending, kept } => {
                self.process = None;
                self.ended = Some((ending, kept));
                self.release()
            }
            frame if !self.held.is_empty() => {
                self.held.push(frame);
                if self.held.len() > LONGEST_WAIT { self.release() } else { Vec::new() }
            }
            frame => self.show(frame),
        }
    }

    fn show(&mut self, frame: Frame) -> Vec<JupyterMessageContent> {
        if let Frame::Content(mime_type, text) = frame {
            let is_new = self.blocks.iter().all(|(known, _)| *known != mime_type);
            let published = if is_new { Vec::new() } else { self.take_blocks() };
            self.blocks.push((mime_type, text));
            return published;
        }
        let mut published = self.take_blocks();
        published.extend(show(frame));
        published
    }

    fn take_blocks(&mut self) -> Vec<JupyterMessageContent> {
        let shown = |data| DisplayData { data, ..Default::default() }.into();
        self.take_result().map(shown).into_iter().collect()
    }

    /// The content blocks with which the cell ended: its result.
    pub fn take_result(&mut self) -> Option<Media> {
        let blocks = std::mem::take(&mut self.blocks);
        if blocks.is_empty() { None } else { Some(bundle(blocks)) }
    }

    /// Gives up waiting for what becomes of a panic once a whole pulse has passed.
    pub fn pulse(&mut self) -> Vec<JupyterMessageContent> {
        if self.held_for_a_pulse {
            return self.release();
        }
        self.held_for_a_pulse = true;
        Vec::new()
    }

    /// A panic that was caught is shown as it would be anywhere: as text on standard error.
    fn release(&mut self) -> Vec<JupyterMessageContent> {
        let held = std::mem::take(&mut self.held);
        held.into_iter().flat_map(|frame| self.show(frame)).collect()
    }

    /// Where a cell does not parse, the compiler also misses what the kernel has added to it. That is not the
    /// reader's; but no failure is left without any error.
    pub fn forget_errors_of_the_kernel(&mut self) {
        let of_the_reader = |error: &ErrorOutput| !error.evalue.contains("itakura_cell");
        if self.errors.iter().any(of_the_reader) {
            self.errors.retain(of_the_reader);
        }
    }

    /// Why the cell failed, if it did, once everything has been heard.
    pub fn failure(&self) -> Option<Failure> {
        let kept = self.ended.as_ref().is_none_or(|(_, kept)| *kept);
        if self.refused_input && self.ended.is_some() {
            return Some(Failure::NoInput { kept });
        }
        // A cell that was asked to end has mostly returned an error.
        let is_undone = match &self.outcome {
            Some((outcome, rolled_back)) if outcome.is_error() => *rolled_back,
            _ => !self.errors.is_empty(),
        };
        if self.interrupted && (self.ended.is_some() || is_undone) {
            return Some(Failure::Interrupted { kept });
        }
        if let Some((ending, kept)) = &self.ended {
            return Some(Failure::Ended { ending: ending.clone(), kept: *kept });
        }
        match &self.outcome {
            Some((Outcome::Panicked(report), rolled_back)) => {
                return Some(Failure::Panic { report: report.clone(), rolled_back: *rolled_back });
            }
            Some((Outcome::ReturnedError(report), rolled_back)) => {
                return Some(Failure::ReturnedError {
                    report: report.clone(),
                    rolled_back: *rolled_back,
                });
            }
            Some((Outcome::Unloadable(reason), _)) => {
                return Some(Failure::Unloadable(reason.clone()));
            }
            Some((Outcome::Completed | Outcome::Lost(_), _)) | None => {}
        }
        let Some(first) = self.errors.first() else {
            return self.refused.then(|| Failure::Unloadable(UNEXPLAINED.to_owned()));
        };
        if first.evalue.contains("Subprocess terminated") {
            return Some(Failure::RelayGone);
        }
        Some(Failure::Refused { message: first.evalue.clone(), report: first.traceback.clone() })
    }
}

/// What is to be published because of a frame, whatever cell it belongs to.
pub fn show(frame: Frame) -> Option<JupyterMessageContent> {
    Some(match frame {
        Frame::Stdout(text) => StreamContent::stdout(&text).into(),
        Frame::Stderr(text) => StreamContent::stderr(&text).into(),
        Frame::Panic(report) => StreamContent::stderr(&words_of(&report)).into(),
        Frame::Content(mime_type, text) => {
            DisplayData { data: bundle(vec![(mime_type, text)]), ..Default::default() }.into()
        }
        Frame::Marker(kind, content) => read_marker(&kind, content.get()),
        Frame::Ended { kept: true, .. } => StreamContent::stderr(
            "the process that runs the cells was ended between two cells; its checkpoint has taken \
             over, and all variables are kept\n",
        )
        .into(),
        Frame::Ended { kept: false, .. } => StreamContent::stderr(
            "the process that runs the cells was ended between two cells; the variables are lost\n",
        )
        .into(),
        Frame::Running(_) | Frame::WaitsForInput(_) | Frame::Outcome { .. } | Frame::Relay(_) => {
            return None;
        }
    })
}

fn words_of(report: &Report) -> String {
    let place = report.place.as_ref().map_or_else(
        || "an unknown place".to_owned(),
        |(file, line, column)| format!("{file}:{line}:{column}"),
    );
    format!("\nthread 'main' panicked at {place}:\n{}\n", report.message)
}

/// Content blocks as one bundle. What should be JSON and is not stays text.
fn bundle(blocks: Vec<(String, String)>) -> Media {
    let content: serde_json::Map<String, Value> = blocks
        .into_iter()
        .map(|(mime_type, text)| {
            let value = match mime_type.contains("json") {
                true => serde_json::from_str(&text).unwrap_or(Value::String(text)),
                false => Value::String(text),
            };
            (mime_type, value)
        })
        .collect();
    let text = |content| json!({ "text/plain": format!("{content}") });
    serde_json::from_value(Value::Object(content.clone()))
        .or_else(|_| serde_json::from_value(text(Value::Object(content))))
        .unwrap_or_default()
}

fn read_marker(kind: &str, content: &str) -> JupyterMessageContent {
    let read = match kind {
        "display" => serde_json::from_str::<DisplayData>(content).map(Into::into),
        "update_display" => serde_json::from_str::<UpdateDisplayData>(content).map(Into::into),
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
    use serde_json::value::RawValue;

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

    fn report() -> Report {
        let place = Some(("src/lib.rs".to_owned(), 3, 1));
        Report { message: "the message\n".repeat(100), place }
    }

    fn ended_with(outcome: Outcome) -> Frame {
        Frame::Outcome { outcome, rolled_back: false }
    }

    #[test]
    fn the_message_of_a_panic_is_told_once_however_long_it_is() {
        let mut cell = cell();
        assert_eq!(shown(&cell.hear(Frame::Stderr("a warning\n".to_owned()))), "a warning\n");
        assert_eq!(shown(&cell.hear(Frame::Panic(report()))), "");
        assert_eq!(shown(&cell.hear(Frame::Stdout("dropped\n".to_owned()))), "");
        assert_eq!(shown(&cell.hear(Frame::Running(1))), "");
        assert_eq!(shown(&cell.hear(ended_with(Outcome::Panicked(report())))), "dropped\n");
        let panic = Failure::Panic { report: report(), rolled_back: false };
        assert_eq!(cell.failure(), Some(panic));
    }

    #[test]
    fn a_caught_panic_is_no_failure_and_is_shown_before_what_follows_it() {
        for wait in [false, true] {
            let mut cell = cell();
            let mut outputs = cell.hear(Frame::Panic(report()));
            outputs.extend(cell.hear(Frame::Stdout("goes on\n".to_owned())));
            if wait {
                assert_eq!(shown(&cell.pulse()), "");
                outputs.extend(cell.pulse());
            }
            outputs.extend(cell.hear(ended_with(Outcome::Completed)));
            let expected = format!("{}goes on\n", words_of(&report()));
            assert_eq!(shown(&outputs), expected);
            assert_eq!(cell.failure(), None);
        }
    }

    #[test]
    fn blocks_of_different_types_are_one_bundle_and_of_the_same_type_are_two() {
        let mut cell = cell();
        let block = |kind: &str, text: &str| Frame::Content(kind.to_owned(), text.to_owned());
        assert!(cell.hear(block("text/plain", "one")).is_empty());
        assert!(cell.hear(block("text/html", "<b>one</b>")).is_empty());
        let first = cell.hear(block("text/plain", "two"));
        let [JupyterMessageContent::DisplayData(first)] = &first[..] else { panic!("{first:?}") };
        assert_eq!(first.data.content.len(), 2);
        let result = cell.take_result().unwrap();
        assert_eq!(serde_json::to_value(&result).unwrap(), json!({ "text/plain": "two" }));
    }

    #[test]
    fn an_interrupt_that_comes_too_late_is_no_failure() {
        let mut cell = cell();
        cell.interrupted = true;
        cell.hear(ended_with(Outcome::Completed));
        assert_eq!(cell.failure(), None);
        let ended = || Frame::Ended { ending: Ending::Signal(9), kept: true };
        assert!(cell.hear(ended()).is_empty());
        assert_eq!(cell.failure(), None);
        cell.hear(Frame::Running(1));
        cell.hear(ended());
        assert_eq!(cell.failure(), Some(Failure::Interrupted { kept: true }));
    }

    #[test]
    fn an_unknown_marker_is_told_and_not_dropped() {
        let content = RawValue::from_string("{}".to_owned()).unwrap();
        let outputs = cell().hear(Frame::Marker("shout".to_owned(), content));
        assert!(shown(&outputs).contains("\"shout\""));
    }
}
