//! The unmodified evcxr_jupyter behind the proxy: this program, started a second time.

use crate::build_directory::{PrivateDirectory, explain_failure, write_private};
use crate::frame::{INPUT_VARIABLE, PIPE_VARIABLE, WISH_VARIABLE};
use crate::project::Toolchain;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use jupyter_zmq_client::{
    ClientIoPubConnection, ConnectionInfo, DealerRecvConnection, DealerSendConnection,
};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::process::Child;

/// How long evcxr may take to open its ports. It does so before it compiles anything.
const PORTS_LIMIT: Duration = Duration::from_secs(30);

/// The process, and our ends of its channels for sending.
pub struct Evcxr {
    pub process: Child,
    pub shell: DealerSendConnection,
    log: PathBuf,
}

/// Our ends of its channels for receiving.
pub struct Listeners {
    pub shell: DealerRecvConnection,
    pub iopub: ClientIoPubConnection,
}

/// Starts evcxr in a private directory. It then compiles the crate's imports, and answers on its shell
/// channel when it is done.
pub async fn start(
    directory: &PrivateDirectory,
    toolchain: &Toolchain,
) -> Result<(Evcxr, Listeners)> {
    refuse_foreign_configuration()?;
    // Between choosing free ports and evcxr's opening them somebody else may take one.
    for _ in 0..3 {
        let connection = crate::connection::choose().await?;
        let process = spawn(directory, toolchain, &connection)?;
        if let Some(process) = wait_for_ports(process, &connection).await? {
            return connect(process, &connection, directory.file("evcxr.log")).await;
        }
        let log = fs::read_to_string(directory.file("evcxr.log")).unwrap_or_default();
        if !log.contains("Address already in use") {
            bail!("evcxr ended at its start: {}", explain_failure(&log));
        }
    }
    bail!(
        "three times another program took the ports that were chosen for evcxr: start the kernel again"
    )
}

/// evcxr reads an `evcxr.toml` of the notebook's folder and runs the code in it before any cell.
fn refuse_foreign_configuration() -> Result<()> {
    let file = std::env::current_dir()?.join("evcxr.toml");
    if fs::symlink_metadata(&file).is_ok() {
        bail!(
            "{} would run code of its own as soon as a notebook beside it is opened: look at it, and \
             move it away",
            file.display()
        );
    }
    Ok(())
}

impl Evcxr {
    /// Why it died, from what it wrote last.
    pub fn last_words(&self) -> String {
        explain_failure(&fs::read_to_string(&self.log).unwrap_or_default())
    }

    /// Ends the process and all that it started: they share a process group.
    pub async fn kill(&mut self) {
        if let Some(id) = self.process.id().and_then(|id| rustix::process::Pid::from_raw(id as i32))
        {
            rustix::process::kill_process_group(id, rustix::process::Signal::KILL).ok();
        }
        self.process.wait().await.ok();
    }
}

/// The file that is there while the cell that runs is asked to end.
pub fn wish_to_end(directory: &PrivateDirectory) -> PathBuf {
    directory.file("interrupt")
}

fn spawn(
    directory: &PrivateDirectory,
    toolchain: &Toolchain,
    connection: &ConnectionInfo,
) -> Result<Child> {
    let connection_file = directory.file("evcxr.json");
    write_private(&connection_file, &serde_json::to_string(connection)?)?;
    // A link of our own: the program may be rebuilt while it runs, and evcxr starts it again by path.
    let program = directory.file("itakura");
    let this = std::env::current_exe()?;
    if !program.exists() && fs::hard_link(&this, &program).is_err() {
        fs::copy(&this, &program).context("cannot copy the kernel's program")?;
    }
    let log = fs::File::create(directory.file("evcxr.log"))?.into_file();
    let mut command = Command::new(program);
    toolchain.apply(&mut command, &directory.file("toolchain"))?;
    directory.apply_environment(&mut command);
    command
        .arg("--control_file")
        .arg(&connection_file)
        .env(PIPE_VARIABLE, directory.file("frames"))
        .env(INPUT_VARIABLE, directory.file("input"))
        .env(WISH_VARIABLE, wish_to_end(directory))
        .env_remove(crate::spare::SOCKET_VARIABLE)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0);
    tokio::process::Command::from(command).kill_on_drop(true).spawn().context("cannot start evcxr")
}

/// The process once all its ports are open; nothing if it ended before.
async fn wait_for_ports(mut process: Child, connection: &ConnectionInfo) -> Result<Option<Child>> {
    let ports = [
        connection.shell_port,
        connection.iopub_port,
        connection.stdin_port,
        connection.control_port,
    ];
    let start = Instant::now();
    for port in ports {
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if process.try_wait()?.is_some() {
                return Ok(None);
            }
            if start.elapsed() > PORTS_LIMIT {
                bail!("evcxr did not open its ports within {} s", PORTS_LIMIT.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(Some(process))
}

async fn connect(
    process: Child,
    connection: &ConnectionInfo,
    log: PathBuf,
) -> Result<(Evcxr, Listeners)> {
    let session = uuid::Uuid::new_v4().to_string();
    let identity = jupyter_zmq_client::peer_identity_for_session(&session)?;
    let iopub =
        jupyter_zmq_client::create_client_iopub_connection(connection, "", &session).await?;
    let (shell, shell_listener) = jupyter_zmq_client::create_client_shell_connection_with_identity(
        connection, &session, identity,
    )
    .await?
    .split();
    let listeners = Listeners { shell: shell_listener, iopub };
    Ok((Evcxr { process, shell, log }, listeners))
}
