//! The process that runs the compiled cells, in place of evcxr's own runtime.
//!
//! It takes evcxr's commands from the relay and tells it how each cell ended, over a socket of their own:
//! standard input and output belong to the cells.

use super::checkpoint::{Checkpoint, Role, end_now};
use super::native::{CompiledCell, Variables};
use super::{MEMORY_VARIABLE, die_with_parent};
use crate::frame::{INPUT_VARIABLE, Outcome, WISH_VARIABLE, to_line};
use anyhow::{Context, Result};
use rustix::fs::{Mode, OFlags};
use rustix::io::fcntl_dupfd_cloexec;
use rustix::net::{RecvFlags, recv};
use rustix::process::{Pid, Resource, Rlimit, getpid, getppid, setrlimit};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

/// What the runtime tells the relay.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// This process waits for a command, the first one or after another one has died.
    Ready { process: i32, checkpoint: Option<i32> },
    /// A cell is about to run.
    Running,
    /// It has ended, and this is the checkpoint from now on.
    Done { outcome: Outcome, checkpoint: Option<i32> },
    /// It has failed, and its checkpoint takes over, so that no variable is lost.
    Leaving { outcome: Outcome },
}

/// Runs cells until the relay is gone.
pub fn serve() -> ! {
    if let Err(error) = Runtime::start().and_then(|mut runtime| runtime.run()) {
        eprintln!("itakura: the cells' process ends: {error:#}");
    }
    end_now()
}

struct Runtime {
    relay: Pid,
    /// Commands come here, and words go back.
    control: UnixStream,
    commands: BufReader<UnixStream>,
    streams: Streams,
    /// The file that is there while the cell is asked to end.
    wish: PathBuf,
    variables: Variables,
    checkpoint: Checkpoint,
}

impl Runtime {
    fn start() -> Result<Runtime> {
        die_with_parent();
        let relay = getppid().context("the relay is gone")?;
        // The relay has passed its socket as our standard input, the one descriptor of a fixed number.
        let control = UnixStream::from(fcntl_dupfd_cloexec(rustix::stdio::stdin(), 10)?);
        let commands = BufReader::new(control.try_clone()?);
        let streams = Streams::take()?;
        let wish = std::env::var_os(WISH_VARIABLE).unwrap_or_default().into();
        limit_memory()?;
        let (variables, checkpoint) = Default::default();
        Ok(Runtime { relay, control, commands, streams, wish, variables, checkpoint })
    }

    fn run(&mut self) -> Result<()> {
        self.protect(None)?;
        self.ready()?;
        loop {
            let mut line = String::new();
            if self.commands.read_line(&mut line)? == 0 {
                return Ok(());
            }
            self.run_cell(line.trim_end())?;
        }
    }

    fn ready(&mut self) -> Result<()> {
        let process = getpid().as_raw_nonzero().get();
        // What a dead process was about to say may stand there half.
        self.control.write_all(b"\n").context("the relay no longer listens")?;
        self.say(&Word::Ready { process, checkpoint: self.checkpoint.identity() })
    }

    fn say(&mut self, word: &Word) -> Result<()> {
        self.control.write_all(&to_line(word)).context("the relay no longer listens")
    }

    fn run_cell(&mut self, command: &str) -> Result<()> {
        self.say(&Word::Running)?;
        self.streams.restore()?;
        let (cell, outcome, at_stake) = match self.load_and_run(command) {
            Ok((cell, outcome, at_stake)) => (Some(cell), outcome, at_stake),
            Err(error) => (None, Outcome::Unloadable(format!("{error:#}")), false),
        };
        // An interrupt sets back what the cell has changed, and ends what it has started.
        let at_stake = at_stake || (outcome.is_error() && self.wish.exists());
        if at_stake && self.checkpoint.identity().is_some() {
            self.say(&Word::Leaving { outcome })?;
            end_now();
        }
        let old = std::mem::take(&mut self.checkpoint);
        if let Role::Heir = self.protect(cell.as_ref())? {
            return Ok(());
        }
        self.say(&Word::Done { outcome, checkpoint: self.checkpoint.identity() })?;
        old.dismiss();
        Ok(())
    }

    fn load_and_run(&mut self, command: &str) -> Result<(CompiledCell, Outcome, bool)> {
        let mut words = command.split(' ');
        let (Some("LOAD_AND_RUN"), Some(path), Some(function), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            anyhow::bail!("evcxr gave a command that this kernel does not know: {command}");
        };
        let cell = CompiledCell::load(path, function)?;
        let report = cell.run(&mut self.variables);
        let (outcome, at_stake) = match report.as_slice() {
            [] => (Outcome::Completed, false),
            report => serde_json::from_slice(report).context("the cell's report is unreadable")?,
        };
        let lost = matches!(outcome, Outcome::Lost(_));
        Ok((cell, outcome, at_stake && !lost))
    }

    /// What the dead process has not read is given again, once this one is ready.
    fn forget_commands(&self) {
        // Not by a setting of the socket, which all copies share.
        while matches!(recv(&self.control, &mut [0; 4096], RecvFlags::DONTWAIT), Ok((count, _)) if count > 0)
        {
        }
    }

    /// Makes a checkpoint. A copy that takes over makes one of its own, and says that it is ready. Where no
    /// copy can be made, because memory is short, cells run without.
    fn protect(&mut self, cell: Option<&CompiledCell>) -> Result<Role> {
        let mut who = Role::Original;
        loop {
            match Checkpoint::make(cell, self.relay) {
                Ok((Role::Original, checkpoint)) => self.checkpoint = checkpoint,
                Ok((Role::Heir, _)) => {
                    die_with_parent();
                    who = Role::Heir;
                    continue;
                }
                Err(error) => eprintln!("itakura: the variables are not protected: {error:#}"),
            }
            if let Role::Heir = who {
                self.streams.restore()?;
                self.forget_commands();
                self.ready()?;
            }
            return Ok(who);
        }
    }
}

/// Keeps this process and its copies to the memory that the environment allows. What is beyond cannot be
/// had, which ends the cell; the variables stay.
fn limit_memory() -> Result<()> {
    let Some(bytes) = std::env::var(MEMORY_VARIABLE).ok() else { return Ok(()) };
    let limit = Some(bytes.parse().with_context(|| format!("{MEMORY_VARIABLE} is {bytes:?}"))?);
    setrlimit(Resource::As, Rlimit { current: limit, maximum: limit })
        .context("the memory of the cells cannot be limited")
}

/// The standard streams as the relay gave them, whatever a cell does to its own.
struct Streams {
    input: OwnedFd,
    output: OwnedFd,
    errors: OwnedFd,
}

impl Streams {
    fn take() -> Result<Streams> {
        let path = std::env::var_os(INPUT_VARIABLE).unwrap_or_else(|| "/dev/null".into());
        // Never waits: the relay holds the other end open.
        let input = rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Streams {
            input: fcntl_dupfd_cloexec(&input, 10)?,
            output: fcntl_dupfd_cloexec(rustix::stdio::stdout(), 10)?,
            errors: fcntl_dupfd_cloexec(rustix::stdio::stderr(), 10)?,
        })
    }

    fn restore(&self) -> Result<()> {
        rustix::stdio::dup2_stdin(&self.input)?;
        rustix::stdio::dup2_stdout(&self.output)?;
        rustix::stdio::dup2_stderr(&self.errors)?;
        Ok(())
    }
}
