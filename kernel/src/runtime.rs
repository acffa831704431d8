//! The process that evcxr takes for its runtime: it starts the real one and reads what that prints.
//!
//! evcxr learns of a panic and of a `?` that returned an error from two lines on the runtime's standard
//! output, and then replies "ok" all the same. Read here, before evcxr swallows them, they become errors
//! of the cell, whatever macros the cell defines. Everything else that the cells print goes to the proxy
//! directly, in order and at once; only the lines of evcxr's own protocol go on to evcxr. Since each
//! frame is written before the line that lets evcxr reply, the proxy has received all output of a cell
//! when the reply arrives.

use crate::frame::{Ending, Frame, KERNEL_VARIABLE, MARKER, PIPE_VARIABLE};
use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, getppid};
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// Marks the process that really runs the cells.
const REAL_RUNTIME_VARIABLE: &str = "ITAKURA_REAL_RUNTIME";

const PANIC: &str = "EVCXR_PANIC_NOTIFICATION";
const RETURNED_ERROR: &str = "EVCXR_ERROR_OCCURRED";
const COMPLETE: &str = "EVCXR_EXECUTION_COMPLETE";
const BEGIN_CONTENT: &str = "EVCXR_BEGIN_CONTENT ";
const END_CONTENT: &str = "EVCXR_END_CONTENT";
const PROTOCOL: &str = "EVCXR_";

/// Runs as evcxr's runtime if this process was started as one. Does not return in that case.
pub fn hook() {
    if std::env::var_os("EVCXR_IS_RUNTIME").is_none() {
        return;
    }
    if std::env::var_os(REAL_RUNTIME_VARIABLE).is_some() {
        die_with_parent();
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
    evcxr::runtime_hook();
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

struct Relay {
    parent: Option<Pid>,
    frames: File,
    runtime: Child,
    stdout: ChildStdout,
    stderr: ChildStderr,
    lines: LineSplitter,
}

impl Relay {
    fn start(pipe: &std::path::Path) -> Result<Relay> {
        let parent = getppid();
        // Without waiting for a reader: if the proxy is gone, this fails instead of hanging.
        let frames = rustix::fs::open(pipe, OFlags::WRONLY | OFlags::NONBLOCK, Mode::empty())
            .with_context(|| format!("cannot open {}", pipe.display()))?;
        rustix::fs::fcntl_setfl(&frames, OFlags::empty())?;
        let mut runtime = Command::new(std::env::current_exe()?)
            .env(REAL_RUNTIME_VARIABLE, "1")
            .env(KERNEL_VARIABLE, "1")
            // evcxr sets it to 1; a reader has no use for frames of the kernel's own code.
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdout = runtime.stdout.take().expect("stdout is piped");
        let stderr = runtime.stderr.take().expect("stderr is piped");
        Ok(Relay {
            parent,
            frames: frames.into(),
            runtime,
            stdout,
            stderr,
            lines: LineSplitter::default(),
        })
    }

    /// Relays until the runtime or the parent is gone; returns the exit status to end with.
    fn run(mut self) -> Result<i32> {
        loop {
            let (stdout_ready, stderr_ready) = self.wait()?;
            // What was printed before a failure goes before its report.
            if stdout_ready && !self.relay_stdout()? {
                break;
            }
            if stderr_ready {
                self.drain_stderr()?;
            }
            if getppid() != self.parent {
                // evcxr is gone: the kernel was killed.
                self.runtime.kill().ok();
                return Ok(1);
            }
            if !stdout_ready && self.runtime.try_wait()?.is_some() {
                break;
            }
        }
        self.drain_stderr()?;
        let rest = self.lines.rest();
        self.send_text(rest)?;
        let status = self.runtime.wait()?;
        let ending = match status.signal() {
            Some(signal) => Ending::Signal(signal),
            None => Ending::Exit(status.code().unwrap_or(0)),
        };
        self.send(&Frame::Ended(ending))?;
        Ok(status.code().unwrap_or(1))
    }

    fn wait(&self) -> Result<(bool, bool)> {
        let mut descriptors =
            [PollFd::new(&self.stdout, PollFlags::IN), PollFd::new(&self.stderr, PollFlags::IN)];
        let limit = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
        poll(&mut descriptors, Some(&limit))?;
        let ready = |index: usize| !descriptors[index].revents().is_empty();
        let stderr_closed = descriptors[1].revents() == PollFlags::HUP;
        Ok((ready(0), ready(1) && !stderr_closed))
    }

    fn relay_stderr(&mut self) -> Result<()> {
        let mut buffer = vec![0; 1 << 16];
        let count = self.stderr.read(&mut buffer)?;
        if count > 0 {
            self.send(&Frame::Stderr(String::from_utf8_lossy(&buffer[..count]).into_owned()))?;
        }
        Ok(())
    }

    /// Relays what standard error holds at this moment.
    fn drain_stderr(&mut self) -> Result<()> {
        loop {
            let mut descriptor = [PollFd::new(&self.stderr, PollFlags::IN)];
            poll(&mut descriptor, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))?;
            if !descriptor[0].revents().contains(PollFlags::IN) {
                return Ok(());
            }
            self.relay_stderr()?;
        }
    }

    /// Relays one read of standard output; false at its end.
    fn relay_stdout(&mut self) -> Result<bool> {
        let mut buffer = vec![0; 1 << 16];
        let count = self.stdout.read(&mut buffer)?;
        for piece in self.lines.split(&buffer[..count]) {
            match piece {
                Piece::Text(text) => self.send_text(text)?,
                Piece::Marker(kind, json) => self.send_marker(kind, json)?,
                Piece::Protocol(line) => self.forward(&line)?,
            }
        }
        Ok(count > 0)
    }

    /// Passes a line of evcxr's protocol on, after everything that was printed before it.
    fn forward(&mut self, line: &str) -> Result<()> {
        self.drain_stderr()?;
        match line {
            PANIC => self.send(&Frame::Panicked)?,
            RETURNED_ERROR => self.send(&Frame::ReturnedError)?,
            _ => {}
        }
        let mut evcxr = std::io::stdout().lock();
        evcxr.write_all(line.as_bytes())?;
        evcxr.write_all(b"\n")?;
        evcxr.flush()?;
        Ok(())
    }

    fn send_marker(&mut self, kind: String, json: String) -> Result<()> {
        if kind == "stderr"
            && let Ok(text) = serde_json::from_str(&json)
        {
            return self.send(&Frame::Stderr(text));
        }
        match serde_json::value::RawValue::from_string(json) {
            Ok(content) => self.send(&Frame::Marker(kind, content)),
            Err(error) => self.send(&Frame::Stderr(format!(
                "itakura: a {kind} marker does not hold JSON: {error}\n"
            ))),
        }
    }

    fn send_text(&mut self, text: String) -> Result<()> {
        if text.is_empty() { Ok(()) } else { self.send(&Frame::Stdout(text)) }
    }

    fn send(&mut self, frame: &Frame) -> Result<()> {
        self.frames.write_all(&frame.to_line()).context("the proxy no longer listens")
    }
}

/// A piece of the runtime's standard output.
#[derive(Debug, PartialEq)]
enum Piece {
    /// What the cell printed.
    Text(String),
    /// A request of the crate: kind and JSON.
    Marker(String, String),
    /// A line of evcxr's protocol, without its newline.
    Protocol(String),
}

/// Cuts the runtime's standard output into pieces, however the reads fall.
#[derive(Default)]
struct LineSplitter {
    partial: Vec<u8>,
    inside_content: bool,
}

impl LineSplitter {
    fn split(&mut self, bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for chunk in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.partial.extend_from_slice(chunk);
            if chunk.ends_with(b"\n") {
                let mut line = std::mem::take(&mut self.partial);
                line.pop();
                self.whole_line(&String::from_utf8_lossy(&line), &mut pieces);
            }
        }
        if !self.inside_content {
            push_text(&self.text_so_far(), &mut pieces);
        }
        pieces
    }

    /// Progress is printed without a newline and must not wait for one; held back is what could be the
    /// beginning of a protocol line, and the first bytes of a character.
    fn text_so_far(&mut self) -> String {
        let begins_like = |tail: &[u8], token: &str| {
            let count = token.len().min(tail.len());
            tail[..count] == token.as_bytes()[..count]
        };
        let end = (0..self.partial.len())
            .find(|&start| {
                let tail = &self.partial[start..];
                begins_like(tail, PROTOCOL) || begins_like(tail, MARKER)
            })
            .unwrap_or(self.partial.len());
        let end = match std::str::from_utf8(&self.partial[..end]) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => end,
        };
        let held = self.partial.split_off(end);
        let text = std::mem::replace(&mut self.partial, held);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// A protocol line may follow text that was printed without a newline.
    fn whole_line(&mut self, line: &str, pieces: &mut Vec<Piece>) {
        if self.inside_content {
            self.inside_content = line != END_CONTENT && line != PANIC;
            return pieces.push(Piece::Protocol(line.to_owned()));
        }
        if let Some(position) = line.find(MARKER) {
            let marker = &line[position + MARKER.len()..];
            let (kind, json) = marker.split_once(' ').unwrap_or((marker, "null"));
            push_text(&line[..position], pieces);
            return pieces.push(Piece::Marker(kind.to_owned(), json.to_owned()));
        }
        let ends_with = |token: &str| line.ends_with(token).then(|| line.len() - token.len());
        let start = [PANIC, RETURNED_ERROR, COMPLETE]
            .into_iter()
            .find_map(ends_with)
            .or_else(|| line.find(BEGIN_CONTENT))
            .or_else(|| line.starts_with(PROTOCOL).then_some(0));
        match start {
            Some(start) => {
                push_text(&line[..start], pieces);
                let protocol = &line[start..];
                self.inside_content = protocol.starts_with(BEGIN_CONTENT);
                pieces.push(Piece::Protocol(protocol.to_owned()));
            }
            None => pieces.push(Piece::Text(format!("{line}\n"))),
        }
    }

    /// What is left when the output has ended.
    fn rest(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.partial)).into_owned()
    }
}

fn push_text(text: &str, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_at_every_byte(output: &str) -> Vec<Piece> {
        let mut lines = LineSplitter::default();
        output.bytes().flat_map(|byte| lines.split(&[byte])).collect()
    }

    fn text_of(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn protocol_lines_are_found_however_the_reads_fall() {
        let output = "one\nEVCXR_PANIC_NOTIFICATION\nEVCXR_EXECUTION_COMPLETE\n";
        let whole = LineSplitter::default().split(output.as_bytes());
        let protocol = [PANIC, COMPLETE].map(|line| Piece::Protocol(line.to_owned()));
        assert_eq!(whole[1..], protocol);
        let bytewise = split_at_every_byte(output);
        assert_eq!(text_of(&bytewise), "one\n");
        assert_eq!(bytewise[bytewise.len() - 2..], protocol);
    }

    #[test]
    fn a_protocol_line_after_unfinished_text_is_found() {
        let pieces = LineSplitter::default().split(b"half a lineEVCXR_PANIC_NOTIFICATION\n");
        assert_eq!(
            pieces,
            [Piece::Text("half a line".to_owned()), Piece::Protocol(PANIC.to_owned())]
        );
    }

    #[test]
    fn progress_without_a_newline_does_not_wait() {
        let mut lines = LineSplitter::default();
        assert_eq!(lines.split("\r10 %".as_bytes()), [Piece::Text("\r10 %".to_owned())]);
        assert_eq!(lines.split("\r20 %".as_bytes()), [Piece::Text("\r20 %".to_owned())]);
    }

    #[test]
    fn a_marker_gives_its_kind_and_content_and_content_blocks_stay_whole() {
        let pieces = LineSplitter::default().split(b"\x01itakura:display {\"a\": 1}\n");
        assert_eq!(pieces, [Piece::Marker("display".to_owned(), "{\"a\": 1}".to_owned())]);
        let block =
            "EVCXR_BEGIN_CONTENT text/plain\nEVCXR_PANIC_NOTIFICATION as text\nEVCXR_END_CONTENT\n";
        let pieces = LineSplitter::default().split(block.as_bytes());
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|piece| matches!(piece, Piece::Protocol(_))));
    }
}
