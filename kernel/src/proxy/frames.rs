//! Our ends of the named pipes to the cells: what they report, and what the reader types.

use crate::frame::Frame;
use anyhow::{Context, Result};
use rustix::fs::{CWD, FileType, Mode, OFlags};
use rustix::io::{Errno, ioctl_fionread};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use tokio::net::unix::pipe::{OpenOptions, Receiver};

/// Makes a pipe that others can open by its path.
fn make_pipe(path: &Path) -> Result<()> {
    rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
        .with_context(|| format!("cannot make the pipe {}", path.display()))
}

/// Our end of the pipe that is the cells' standard input.
pub struct Input(std::fs::File);

impl Input {
    /// Makes the pipe. It is open for reading too, so that it never ends.
    pub fn create(path: &Path) -> Result<Input> {
        make_pipe(path)?;
        let options = OFlags::RDWR | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(Input(rustix::fs::open(path, options, Mode::empty())?.into()))
    }

    /// Gives the cells a line. One that no pipe can hold is not given.
    pub fn write_line(&mut self, line: &str) {
        if let Err(error) = self.0.write_all(format!("{line}\n").as_bytes()) {
            eprintln!("itakura: what was typed cannot be given to the cell: {error}");
        }
    }

    /// Forgets what no cell has read.
    pub fn forget(&mut self) {
        while matches!(self.0.read(&mut [0; 4096]), Ok(count) if count > 0) {}
    }
}

/// The pipe and what has come of an unfinished line.
pub struct Frames {
    pipe: Receiver,
    partial: Vec<u8>,
    /// So much of it holds no end of a line.
    searched: usize,
}

impl Frames {
    /// Makes the pipe. It is open for writing too, so that it never ends.
    pub fn create(path: &Path) -> Result<Frames> {
        make_pipe(path)?;
        let pipe = OpenOptions::new().read_write(true).open_receiver(path)?;
        Ok(Frames { pipe, partial: Vec::new(), searched: 0 })
    }

    /// Waits until something has come, and returns the frames that are whole.
    pub async fn next(&mut self) -> Result<Vec<Frame>> {
        let mut buffer = vec![0; 1 << 18];
        loop {
            self.pipe.readable().await?;
            match self.pipe.try_read(&mut buffer) {
                Ok(count) => {
                    self.partial.extend_from_slice(&buffer[..count]);
                    return Ok(self.take_lines());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// All frames that have been written by now. Asks the system, not the event loop, whose view may
    /// lag behind.
    pub fn drain(&mut self) -> Vec<Frame> {
        let mut left = ioctl_fionread(&self.pipe).unwrap_or_default() as usize;
        let mut buffer = vec![0; 1 << 18];
        while left > 0 {
            let most = left.min(buffer.len());
            match rustix::io::read(&self.pipe, &mut buffer[..most]) {
                Ok(count) if count > 0 => {
                    self.partial.extend_from_slice(&buffer[..count]);
                    left -= count;
                }
                Err(Errno::INTR) => {}
                _ => break,
            }
        }
        self.take_lines()
    }

    /// Forgets half a line: its writer was killed.
    pub fn forget_partial(&mut self) {
        self.partial.clear();
        self.searched = 0;
    }

    fn take_lines(&mut self) -> Vec<Frame> {
        let fresh = &self.partial[self.searched..];
        let Some(end) = fresh.iter().rposition(|&byte| byte == b'\n') else {
            self.searched = self.partial.len();
            return Vec::new();
        };
        let rest = self.partial.split_off(self.searched + end + 1);
        self.searched = rest.len();
        let lines = std::mem::replace(&mut self.partial, rest);
        lines
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .filter_map(|line| match serde_json::from_slice(line) {
                Ok(frame) => Some(frame),
                Err(error) => {
                    eprintln!("itakura: an unreadable frame was dropped: {error}");
                    None
                }
            })
            .collect()
    }
}
