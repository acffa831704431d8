//! Our end of the named pipe on which the cells' process reports.

use crate::frame::Frame;
use anyhow::{Context, Result};
use rustix::fs::{CWD, FileType, Mode};
use rustix::io::Errno;
use std::io::ErrorKind;
use std::path::Path;
use tokio::net::unix::pipe::{OpenOptions, Receiver};

/// The pipe and what has come of an unfinished line.
pub struct Frames {
    pipe: Receiver,
    partial: Vec<u8>,
}

impl Frames {
    /// Makes the pipe. It is open for writing too, so that it never ends.
    pub fn create(path: &Path) -> Result<Frames> {
        rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
            .with_context(|| format!("cannot make the pipe {}", path.display()))?;
        let pipe = OpenOptions::new().read_write(true).open_receiver(path)?;
        Ok(Frames { pipe, partial: Vec::new() })
    }

    /// Waits until something has come, and returns all frames that are there.
    pub async fn next(&mut self) -> Result<Vec<Frame>> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            self.pipe.readable().await?;
            match self.pipe.try_read(&mut buffer) {
                Ok(count) => {
                    self.partial.extend_from_slice(&buffer[..count]);
                    return Ok(self.drain());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// All frames that have been written by now. Asks the system, not the event loop, whose view may
    /// lag behind.
    pub fn drain(&mut self) -> Vec<Frame> {
        let mut buffer = vec![0; 1 << 16];
        loop {
            match rustix::io::read(&self.pipe, &mut buffer) {
                Ok(count) if count > 0 => self.partial.extend_from_slice(&buffer[..count]),
                Err(Errno::INTR) => {}
                _ => return self.take_lines(),
            }
        }
    }

    /// Forgets half a line: its writer was killed.
    pub fn forget_partial(&mut self) {
        self.partial.clear();
    }

    fn take_lines(&mut self) -> Vec<Frame> {
        let Some(end) = self.partial.iter().rposition(|&byte| byte == b'\n') else {
            return Vec::new();
        };
        let rest = self.partial.split_off(end + 1);
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
