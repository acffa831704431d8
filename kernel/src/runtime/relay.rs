//! The process between evcxr and the cells: it reads what they print, follows the process that runs them
//! from checkpoint to checkpoint, and gives evcxr the lines that it waits for.

use super::CELLS_VARIABLE;
use super::cells::Word;
use super::processes::{bury_orphans, end_children_except, waits_for_input};
use super::splitter::{Piece, Splitter, whole_characters};
use crate::frame::{
    Ending, Frame, INPUT_VARIABLE, KERNEL_VARIABLE, Outcome, PIPE_VARIABLE, to_line,
};
use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, ioctl_fionread};
use rustix::pipe::fcntl_setpipe_size;
use rustix::process::{
    Pid, PidfdFlags, WaitOptions, WaitStatus, getpid, getppid, pidfd_open, waitpid,
};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{ChildStderr, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// How long to wait for something to happen before looking around.
const PULSE: Duration = Duration::from_millis(200);
/// How much may stand in a pipe before its writer waits.
const PIPE_SIZE: usize = 1 << 20;

/// The lines of evcxr's protocol.
const COMPLETE: &[u8] = b"EVCXR_EXECUTION_COMPLETE\n";
const PANIC: &[u8] = b"EVCXR_PANIC_NOTIFICATION\n";
const RETURNED_ERROR: &[u8] = b"EVCXR_ERROR_OCCURRED\n";
const CHANGED_TYPE: &str = "EVCXR_VARIABLE_CHANGED_TYPE:";
/// A line that is no text. evcxr gives up the cell that it runs and keeps all that it knew before; any
/// other answer makes it forget the variables that the cell was about to define, their old values too.
const NEVER_MIND: &[u8] = b"\xff\n";

pub struct Relay {
    parent: Option<Pid>,
    frames: File,
    /// Where the proxy writes what the reader has typed. Open for reading and writing, so that it never
    /// ends.
    input: Option<File>,
    control: UnixStream,
    stdout: ChildStdout,
    stderr: ChildStderr,
    splitter: Splitter,
    /// The first bytes of a character on standard error.
    cut: Vec<u8>,
    commands: Lines,
    words: Lines,
    /// The process that runs the cells; none while its checkpoint takes over.
    cells: Option<(Pid, OwnedFd)>,
    /// What would take over.
    checkpoint: Option<(i32, OwnedFd)>,
    /// The command for which evcxr waits.
    command: Option<Vec<u8>>,
    /// Whether its cell has begun to run.
    begun: bool,
    last_pulse: Instant,
    /// How the cell ended whose process leaves for its checkpoint.
    leaving: Option<Outcome>,
    /// How the process ended that is being replaced.
    ended: Option<Ending>,
}

impl Relay {
    pub fn start(pipe: &Path) -> Result<Relay> {
        let parent = getppid();
        // Orphans of the cells become our children, so that none is left behind.
        rustix::process::set_child_subreaper(Some(getpid())).ok();
        // Without waiting for a reader: if the proxy is gone, this fails instead of hanging.
        let frames = rustix::fs::open(pipe, OFlags::WRONLY | OFlags::NONBLOCK, Mode::empty())
            .with_context(|| format!("cannot open {}", pipe.display()))?;
        rustix::fs::fcntl_setfl(&frames, OFlags::empty())?;
        let input = std::env::var_os(INPUT_VARIABLE)
            .map(|path| rustix::fs::open(path, OFlags::RDWR | OFlags::CLOEXEC, Mode::empty()))
            .transpose()
            .context("cannot open the cells' standard input")?;
        let (control, theirs) = UnixStream::pair()?;
        let secret = uuid::Uuid::new_v4().simple().to_string();
        let mut process = Command::new(std::env::current_exe()?)
            .env(CELLS_VARIABLE, "1")
            .env(KERNEL_VARIABLE, &secret)
            // evcxr sets it to 1; a reader has no use for frames of the kernel's own code.
            .env("RUST_BACKTRACE", "0")
            .env_remove(PIPE_VARIABLE)
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take().expect("stdout is piped");
        let stderr = process.stderr.take().expect("stderr is piped");
        for pipe in [frames.as_fd(), stdout.as_fd()] {
            fcntl_setpipe_size(pipe, PIPE_SIZE).ok();
        }
        let cells = Pid::from_raw(process.id() as i32).context("a process has a number")?;
        Ok(Relay {
            parent,
            frames: frames.into(),
            input: input.map(File::from),
            control,
            stdout,
            stderr,
            splitter: Splitter::new(&secret),
            cut: Vec::new(),
            commands: Lines::default(),
            words: Lines::default(),
            cells: Some((cells, pidfd_open(cells, PidfdFlags::empty())?)),
            checkpoint: None,
            command: None,
            begun: false,
            last_pulse: Instant::now(),
            leaving: None,
            ended: None,
        })
    }

    /// Relays until evcxr or the last of the cells' processes is gone; returns the status to end with.
    pub fn run(mut self) -> Result<i32> {
        let status = self.relay();
        if let Err(error) = &status {
            let text = format!("itakura: the process that looks after the cells ends: {error:#}\n");
            self.send(&Frame::Stderr(text)).ok();
        }
        end_children_except(None);
        status
    }

    fn relay(&mut self) -> Result<i32> {
        self.send(&Frame::Relay(getpid().as_raw_nonzero().get()))?;
        loop {
            let ready = self.wait()?;
            // The word that a cell begins goes before what it prints; that of its end comes after that anyway.
            if ready.words && !self.begun && self.hear_words()? {
                continue;
            }
            // What was printed before a report goes before it.
            if ready.stdout {
                self.relay_stdout()?;
            }
            if ready.stderr {
                self.relay_stderr()?;
            }
            if ready.words && self.hear_words()? {
                // They may say that another process runs the cells than the one that was watched.
                continue;
            }
            if ready.commands && !self.pass_commands()? {
                return Ok(0);
            }
            if ready.death
                && let Some(status) = self.on_death()?
            {
                return Ok(status);
            }
            if self.last_pulse.elapsed() >= PULSE {
                self.last_pulse = Instant::now();
                self.pulse()?;
            }
            if getppid() != self.parent {
                return Ok(1);
            }
        }
    }

    fn wait(&self) -> Result<Ready> {
        let stdin = rustix::stdio::stdin();
        // Of the two processes the one that runs the cells, or that is to take over.
        let process = self.cells.as_ref().map(|(_, handle)| handle);
        let process = process.or(self.checkpoint.as_ref().map(|(_, handle)| handle));
        // While a checkpoint takes over, nobody could do what evcxr commands.
        let commands = if self.cells.is_some() { PollFlags::IN } else { PollFlags::empty() };
        let mut descriptors = vec![
            PollFd::new(&self.stdout, PollFlags::IN),
            PollFd::new(&self.stderr, PollFlags::IN),
            PollFd::new(&self.control, PollFlags::IN),
            PollFd::from_borrowed_fd(stdin, commands),
        ];
        descriptors.extend(process.map(|handle| PollFd::new(handle, PollFlags::IN)));
        let limit = Timespec { tv_sec: 0, tv_nsec: PULSE.subsec_nanos().into() };
        match poll(&mut descriptors, Some(&limit)) {
            Err(Errno::INTR) => return Ok(Ready::default()),
            other => other?,
        };
        let is = |index: usize, flags| descriptors[index].revents().intersects(flags);
        let readable = |index| is(index, PollFlags::IN);
        let process_ended = descriptors.len() > 4 && readable(4);
        Ok(Ready {
            stdout: readable(0),
            stderr: readable(1),
            words: readable(2),
            commands: is(3, PollFlags::IN | PollFlags::HUP),
            death: process_ended || process.is_none(),
        })
    }

    /// Nothing has happened for a while.
    fn pulse(&mut self) -> Result<()> {
        let pieces = self.splitter.pause();
        self.send_pieces(pieces)?;
        let (cells, checkpoint) = self.identities();
        bury_orphans(&[cells, checkpoint]);
        if let (true, Some(cells), Some(input)) = (self.begun, cells, &self.input)
            && ioctl_fionread(input)? == 0
            && waits_for_input(cells, checkpoint)
        {
            let prompt = self.splitter.take_prompt().unwrap_or_default();
            self.send(&Frame::WaitsForInput(prompt))?;
        }
        Ok(())
    }

    fn identities(&self) -> (Option<i32>, Option<i32>) {
        let cells = self.cells.as_ref().map(|(process, _)| process.as_raw_nonzero().get());
        (cells, self.checkpoint.as_ref().map(|(process, _)| *process))
    }

    /// Gives evcxr's commands to the cells' process; false once evcxr has no more.
    fn pass_commands(&mut self) -> Result<bool> {
        let open = self.commands.read(rustix::stdio::stdin())?;
        for command in self.commands.take() {
            self.control.write_all(&command)?;
            self.command = Some(command);
        }
        Ok(open)
    }

    /// False once all who could speak are gone.
    fn hear_words(&mut self) -> Result<bool> {
        let open = self.words.read(&self.control)?;
        for line in self.words.take() {
            // Empty, or a word that the end of its process has cut off: then another process speaks next.
            let Ok(word) = serde_json::from_slice(&line) else { continue };
            match word {
                Word::Running => {
                    self.begun = true;
                    if let (Some(cells), _) = self.identities() {
                        self.send(&Frame::Running(cells))?;
                    }
                }
                Word::Done { outcome, checkpoint } => {
                    self.checkpoint = checkpoint.and_then(with_handle);
                    self.finish(outcome, false)?;
                }
                Word::Leaving { outcome } => self.leaving = Some(outcome),
                Word::Ready { process, checkpoint } => self.on_ready(process, checkpoint)?,
            }
        }
        Ok(open)
    }

    /// The first process is there, or a checkpoint has taken over.
    fn on_ready(&mut self, process: i32, checkpoint: Option<i32>) -> Result<()> {
        let (cells, heir) = self.identities();
        if cells == Some(process) {
            self.checkpoint = checkpoint.and_then(with_handle);
            return Ok(());
        }
        if heir != Some(process) {
            // A process that ends while it makes a checkpoint, or just after, has two: this is the one that
            // is not valid, and it is ended with all others.
            return Ok(());
        }
        // It may speak before the system has told of the death.
        self.bury_cells()?;
        end_children_except(Some(process));
        self.checkpoint = checkpoint.and_then(with_handle);
        self.cells = with_handle(process)
            .and_then(|(process, handle)| Some((Pid::from_raw(process)?, handle)));
        let ending = self.ended.take().unwrap_or(Ending::Exit(1));
        if let Some(outcome) = self.leaving.take() {
            return self.finish(outcome, true);
        }
        self.relay_all()?;
        self.send(&Frame::Ended { ending, kept: true })?;
        match &self.command {
            // The process was gone before it saw the command.
            Some(command) if !self.begun => Ok(self.control.write_all(command)?),
            _ => self.answer(NEVER_MIND),
        }
    }

    /// The process that runs the cells is gone, or the checkpoint that was to replace it. The status to
    /// end with, if nothing is left.
    fn on_death(&mut self) -> Result<Option<i32>> {
        // What it said before it ended, such as which checkpoint is valid, is heard first.
        if ioctl_fionread(&self.control)? > 0 {
            return Ok(None);
        }
        if self.cells.is_some() {
            self.bury_cells()?;
            end_children_except(self.identities().1);
            if self.checkpoint.is_some() {
                return Ok(None);
            }
        }
        self.relay_all()?;
        let ending = self.ended.take().unwrap_or(Ending::Exit(1));
        let status = if let Ending::Exit(status) = ending { status } else { 1 };
        self.send(&Frame::Ended { ending, kept: false })?;
        Ok(Some(status))
    }

    /// Learns how the process ended that ran the cells.
    fn bury_cells(&mut self) -> Result<()> {
        if let Some((process, _)) = self.cells.take() {
            let status = waitpid(Some(process), WaitOptions::empty())?;
            self.ended = Some(status.map_or(Ending::Exit(1), |(_, status)| ending(status)));
        }
        Ok(())
    }

    /// Tells how the cell ended: the proxy first, then evcxr, which replies.
    fn finish(&mut self, outcome: Outcome, rolled_back: bool) -> Result<()> {
        self.relay_all()?;
        self.send(&Frame::Outcome { outcome: outcome.clone(), rolled_back })?;
        if rolled_back {
            return self.answer(NEVER_MIND);
        }
        match outcome {
            Outcome::Completed => self.answer(COMPLETE),
            Outcome::Panicked(_) => self.answer(&[PANIC, COMPLETE].concat()),
            Outcome::ReturnedError(_) => self.answer(&[RETURNED_ERROR, COMPLETE].concat()),
            Outcome::Unloadable(_) => self.answer(NEVER_MIND),
            Outcome::Lost(names) => {
                let lines = names.iter().map(|name| format!("{CHANGED_TYPE}{name}\n"));
                self.answer(&[lines.collect::<String>().as_bytes(), COMPLETE].concat())
            }
        }
    }

    fn answer(&mut self, lines: &[u8]) -> Result<()> {
        self.begun = false;
        if self.command.take().is_some() {
            let mut evcxr = std::io::stdout().lock();
            evcxr.write_all(lines)?;
            evcxr.flush()?;
        }
        Ok(())
    }

    /// Relays what stands in the pipes at this moment, and all that waited for more.
    fn relay_all(&mut self) -> Result<()> {
        let (mut stdout, mut stderr) =
            (ioctl_fionread(&self.stdout)?, ioctl_fionread(&self.stderr)?);
        while stdout > 0 {
            stdout = stdout.saturating_sub(self.relay_stdout()?.max(1));
        }
        while stderr > 0 {
            stderr = stderr.saturating_sub(self.relay_stderr()?.max(1));
        }
        let pieces = self.splitter.rest();
        self.send_pieces(pieces)?;
        let cut = std::mem::take(&mut self.cut);
        self.send_stderr(&cut)
    }

    fn relay_stdout(&mut self) -> Result<u64> {
        let mut buffer = vec![0; 1 << 17];
        let count = self.stdout.read(&mut buffer)?;
        let pieces = self.splitter.split(&buffer[..count]);
        self.send_pieces(pieces)?;
        Ok(count as u64)
    }

    fn relay_stderr(&mut self) -> Result<u64> {
        let mut buffer = vec![0; 1 << 17];
        let count = self.stderr.read(&mut buffer)?;
        self.cut.extend_from_slice(&buffer[..count]);
        let rest = self.cut.split_off(whole_characters(&self.cut));
        let text = std::mem::replace(&mut self.cut, rest);
        self.send_stderr(&text)?;
        Ok(count as u64)
    }

    fn send_stderr(&mut self, text: &[u8]) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.send(&Frame::Stderr(String::from_utf8_lossy(text).into_owned()))
    }

    fn send_pieces(&mut self, pieces: Vec<Piece>) -> Result<()> {
        for piece in pieces {
            let frame = match piece {
                Piece::Text(text) => Frame::Stdout(text),
                Piece::Content(mime_type, text) => Frame::Content(mime_type, text),
                Piece::Marker(kind, json) => read_marker(kind, json),
            };
            self.send(&frame)?;
        }
        Ok(())
    }

    fn send(&mut self, frame: &Frame) -> Result<()> {
        self.frames.write_all(&to_line(frame)).context("the proxy no longer listens")
    }
}

/// What can be done without waiting.
#[derive(Debug, Default)]
struct Ready {
    stdout: bool,
    stderr: bool,
    words: bool,
    commands: bool,
    death: bool,
}

/// Whole lines out of a stream, newline included.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    /// Reads what is there; false at the end.
    fn read(&mut self, from: impl AsFd) -> Result<bool> {
        let mut buffer = vec![0; 1 << 16];
        let count = rustix::io::read(from, &mut buffer)?;
        self.0.extend_from_slice(&buffer[..count]);
        Ok(count > 0)
    }

    fn take(&mut self) -> Vec<Vec<u8>> {
        let whole = self.0.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let rest = self.0.split_off(whole);
        let lines = std::mem::replace(&mut self.0, rest);
        lines.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
    }
}

fn with_handle(process: i32) -> Option<(i32, OwnedFd)> {
    let handle = pidfd_open(Pid::from_raw(process)?, PidfdFlags::empty()).ok()?;
    Some((process, handle))
}

fn ending(status: WaitStatus) -> Ending {
    match status.terminating_signal() {
        Some(signal) => Ending::Signal(signal),
        None => Ending::Exit(status.exit_status().unwrap_or(0)),
    }
}

fn read_marker(kind: String, json: String) -> Frame {
    let unreadable = |error: serde_json::Error| {
        Frame::Stderr(format!("itakura: a {kind} marker does not hold what it should: {error}\n"))
    };
    match kind.as_str() {
        "stderr" => serde_json::from_str(&json).map_or_else(unreadable, Frame::Stderr),
        "panic" => serde_json::from_str(&json).map_or_else(unreadable, Frame::Panic),
        _ => match serde_json::value::RawValue::from_string(json) {
            Ok(content) => Frame::Marker(kind, content),
            Err(error) => unreadable(error),
        },
    }
}
