//! A spare kernel: started by `itakura lab` ahead of its use, so that a reader's first cell need not wait.
//!
//! The spare has loaded the crate and belongs to nobody. A kernel that Jupyter starts asks for it over a
//! socket of the lab's. If the spare can take its part, it becomes the kernel that Jupyter's connection file
//! describes, and the process that asked stays only as long as it does: Jupyter ends and restarts that one.
//! The lab then starts another spare, with a socket of its own at the same path: where no spare waits, none
//! is waited for.
//!
//! ```text
//! lab ── starts ──> spare            alone holds the socket, at first as its standard input
//! Jupyter ── starts ──> kernel ──> spare: wish      who it is for, in which folder
//!                              <── spare: verdict   whether the spare fits
//!                       kernel ──> spare: go        nobody has given up meanwhile
//! ```

use crate::build_directory::{Prepared, ignore_missing};
use crate::project::{Project, Toolchain};
use crate::proxy;
use anyhow::{Context, Result};
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::process::{ChildStdout, Command};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};

/// Names the socket, in the environment of JupyterLab and of the kernels that it starts.
pub const SOCKET_VARIABLE: &str = "ITAKURA_SPARE";
/// How long either side waits for the other's next word: a busy machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long after one spare was taken the next one is started: the reader's first cells come first.
const PAUSE: Duration = Duration::from_secs(5);
const PULSE: Duration = Duration::from_millis(250);
/// What a spare tells the lab once it is taken, or of no more use.
const TAKEN: &str = "taken";
const OUTDATED: &str = "outdated";
/// What spare and kernel say to each other.
const YES: &[u8; 4] = b"yes\n";
const NO: &[u8; 4] = b"no!\n";
const GO: &[u8; 3] = b"go\n";

/// What a kernel wants of a spare.
#[derive(Serialize, Deserialize)]
struct Wish {
    connection_file: PathBuf,
    /// The folder in which the cells work.
    folder: PathBuf,
}

/// The lab's side: the place of the socket at which a spare waits.
pub struct Spares {
    project: Project,
    /// Readable by its owner only.
    folder: tempfile::TempDir,
}

impl Spares {
    /// Makes the place; there is no spare yet.
    pub fn new(project: &Project) -> Result<Spares> {
        let folder = tempfile::Builder::new().prefix("itakura-").tempdir()?;
        Ok(Spares { project: project.clone(), folder })
    }

    /// The value of [`SOCKET_VARIABLE`].
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("spare")
    }

    /// Starts a spare at a new socket; what it will say. Only inside a runtime.
    pub fn start(&self) -> Result<ChildStdout> {
        let path = self.socket();
        fs::remove_file(&path).or_else(ignore_missing)?;
        let socket = std::os::unix::net::UnixListener::bind(&path)
            .with_context(|| format!("cannot open a socket at {}", path.display()))?;
        let mut process = Command::new(std::env::current_exe()?)
            .args(["spare", "--project"])
            .arg(&self.project.root)
            .current_dir(self.project.notebooks())
            .stdin(OwnedFd::from(socket))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the spare kernel does not start")?;
        let stdout = process.stdout.take().expect("stdout is piped");
        // Also as a kernel it is the lab's child, and ends with the runtime of the lab at the latest.
        tokio::spawn(async move { process.wait().await });
        Ok(stdout)
    }

    /// Starts another one whenever one is taken or out of date. Returns if one ends for another reason.
    pub async fn keep(&self, mut spare: ChildStdout) -> Result<()> {
        loop {
            let mut word = String::new();
            BufReader::new(spare).read_line(&mut word).await?;
            match word.trim_end() {
                TAKEN => sleep(PAUSE).await,
                OUTDATED => {}
                _ => return Ok(()),
            }
            spare = self.start()?;
        }
    }
}

/// Takes over the socket that is the standard input. Nobody else has it: it ends where it is dropped, and who
/// asks there then is refused at once.
fn socket_at_standard_input() -> Result<std::os::unix::net::UnixListener> {
    let socket = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?;
    rustix::stdio::dup2_stdin(fs::File::open("/dev/null")?)?;
    let socket = std::os::unix::net::UnixListener::from(socket);
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Becomes a spare: starts evcxr, and waits at the socket to be taken.
pub fn wait(project: &Project) -> Result<()> {
    let socket = socket_at_standard_input()?;
    let prepared = Prepared::of(project, &Toolchain::find(project)?)?;
    let fingerprint = prepared.fingerprint()?;
    let is_current = || prepared.fingerprint().is_ok_and(|now| now == fingerprint);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let kernel = proxy::Starting::new(project);
        let socket = UnixListener::from_std(socket)?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let lab = rustix::process::getppid();
        loop {
            let client = tokio::select! {
                client = socket.accept() => client?.0,
                _ = terminate.recv() => return kernel.give_up().await,
                // A Ctrl-C in the terminal is for the lab.
                _ = interrupt.recv() => continue,
                () = sleep(PULSE) => {
                    if rustix::process::getppid() != lab {
                        return kernel.give_up().await;
                    }
                    continue;
                }
            };
            let mut client = BufReader::new(client);
            let Some(wish) = hear_wish(&mut client).await else { continue };
            if !is_current() {
                refuse(&mut client).await;
                println!("{OUTDATED}");
                return kernel.give_up().await;
            }
            if std::env::current_dir()? != wish.folder {
                refuse(&mut client).await;
            } else if agree(&mut client).await {
                drop(socket);
                println!("{TAKEN}");
                return kernel.serve(&wish.connection_file, end_of(client)).await;
            }
        }
    });
    runtime.shutdown_background();
    result
}

/// What the client wants, if it is still there.
async fn hear_wish(client: &mut BufReader<UnixStream>) -> Option<Wish> {
    let mut line = String::new();
    timeout(PATIENCE, client.read_line(&mut line)).await.ok()?.ok()?;
    serde_json::from_str(&line).ok()
}

async fn refuse(client: &mut BufReader<UnixStream>) {
    client.write_all(NO).await.ok();
}

/// Whether the client has heard that it can have this spare: it may have lost its patience.
async fn agree(client: &mut BufReader<UnixStream>) -> bool {
    let mut line = String::new();
    client.write_all(YES).await.is_ok()
        && timeout(PATIENCE, client.read_line(&mut line)).await.is_ok_and(|read| read.is_ok())
        && line.as_bytes() == GO
}

/// Waits until the other side has closed the connection.
async fn end_of(mut client: BufReader<UnixStream>) {
    let mut rest = [0; 16];
    while matches!(client.read(&mut rest).await, Ok(count) if count > 0) {}
}

/// Lets a spare be the kernel of a connection file, and returns when it has ended; false if there is none.
pub fn take(connection_file: &Path) -> Result<bool> {
    let Some(path) = std::env::var_os(SOCKET_VARIABLE) else { return Ok(false) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let Some(mut spare) = ask(Path::new(&path), connection_file).await else {
            return Ok(false);
        };
        let mut terminate = signal(SignalKind::terminate())?;
        // A Ctrl-C in the terminal of Jupyter is not meant for us: interrupts come as messages.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let jupyter = rustix::process::getppid();
        let mut word = [0];
        loop {
            tokio::select! {
                _ = spare.read(&mut word) => return Ok(true),
                // The spare sees the end of the connection.
                _ = terminate.recv() => return Ok(true),
                _ = interrupt.recv() => {}
                () = sleep(PULSE) => {
                    if rustix::process::getppid() != jupyter {
                        return Ok(true);
                    }
                }
            }
        }
    })
}

/// The connection to a spare that has agreed.
async fn ask(socket: &Path, connection_file: &Path) -> Option<UnixStream> {
    let wish = Wish {
        connection_file: std::path::absolute(connection_file).ok()?,
        folder: std::env::current_dir().ok()?,
    };
    let mut spare = UnixStream::connect(socket).await.ok()?;
    let line = serde_json::to_string(&wish).ok()? + "\n";
    spare.write_all(line.as_bytes()).await.ok()?;
    let mut verdict = [0; YES.len()];
    timeout(PATIENCE, spare.read_exact(&mut verdict)).await.ok()?.ok()?;
    if verdict != *YES {
        return None;
    }
    spare.write_all(GO).await.ok()?;
    Some(spare)
}
