//! What the cells print and show, on its way to the clients.

use super::Proxy;
use super::cell::{self, Cell};
use crate::frame::Frame;
use jupyter_protocol::JupyterMessageContent;

/// So much text goes into one message.
const LONGEST_TEXT: usize = 1 << 20;

impl Proxy {
    pub(super) async fn on_frames(&mut self, frames: Vec<Frame>) {
        for frame in join_texts(frames) {
            match frame {
                Frame::Relay(process) => self.relay = Some(process),
                Frame::WaitsForInput(prompt) => self.ask_for_input(prompt).await,
                frame => {
                    let begins = matches!(frame, Frame::Running(_));
                    let outputs = match &mut self.cell {
                        Some(cell) => cell.hear(frame),
                        None => cell::show(frame).into_iter().collect(),
                    };
                    self.publish_output(outputs).await;
                    if begins && self.cell.as_ref().is_some_and(Cell::is_to_end) {
                        self.end_cell();
                    }
                }
            }
        }
    }

    pub(super) async fn pulse(&mut self) {
        if let Some(first) = &mut self.first
            && let Some(text) = first.say(self.compiles)
        {
            self.front.publish(text, &first.request).await;
        }
        let Some(cell) = &mut self.cell else { return };
        let outputs = cell.pulse();
        if cell.is_to_end() && cell.grace.is_none() {
            // It may have got past what was ended, to its next compiler.
            self.end_cell();
        }
        self.publish_output(outputs).await;
    }

    pub(super) async fn publish_output(&mut self, outputs: Vec<JupyterMessageContent>) {
        let silent = self.cell.as_ref().is_some_and(|cell| cell.content.silent);
        let request = self.cell.as_ref().map(|cell| &cell.request).or(self.last_request.as_ref());
        if let (Some(request), false) = (request, silent) {
            for output in outputs {
                self.front.publish(output, request).await;
            }
        }
    }
}

/// One message per line would be too many: neighbouring texts of a stream are joined.
fn join_texts(frames: Vec<Frame>) -> Vec<Frame> {
    let mut joined: Vec<Frame> = Vec::with_capacity(frames.len());
    for frame in frames {
        match (joined.last_mut(), &frame) {
            (Some(Frame::Stdout(text)), Frame::Stdout(more))
            | (Some(Frame::Stderr(text)), Frame::Stderr(more))
                if text.len() < LONGEST_TEXT =>
            {
                text.push_str(more);
            }
            _ => joined.push(frame),
        }
    }
    joined
}
