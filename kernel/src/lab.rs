//! `itakura lab`: JupyterLab on the notebooks.

use crate::project::{KERNEL_NAME, Project};
use crate::runner::document;
use crate::setup;
use crate::spare::{SOCKET_VARIABLE, Spares};
use anyhow::{Context, Result, anyhow, bail};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Options {
    /// Serve, and print the address, instead of opening a browser
    #[arg(long)]
    no_browser: bool,
    /// The port to serve on; by default the first free one from 8888
    #[arg(long)]
    port: Option<u16>,
    /// Keep no kernel ready for the next notebook; this saves about 160 MB of memory
    #[arg(long)]
    no_spare: bool,
    /// What to open first: a notebook in the project, by its file or its name
    #[arg(default_value = "00_start_here")]
    notebook: PathBuf,
}

/// How long JupyterLab may take until it answers.
const START_LIMIT: Duration = Duration::from_secs(60);

/// The address of a notebook in JupyterLab, which shows what lies in the project.
fn page_of(project: &Project, notebook: &Path) -> Result<String> {
    let found = document::find(project, std::slice::from_ref(&notebook.to_path_buf()))?;
    let path = found[0].canonicalize()?;
    let within = path.strip_prefix(project.root.canonicalize()?).map_err(|_| {
        anyhow!("{} does not lie in the project: copy it there first", path.display())
    })?;
    if !path.is_file() || found.len() > 1 {
        bail!("{} is not a notebook", notebook.display());
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let escaped = within.to_string_lossy().bytes().fold(String::new(), |text, byte| {
        if plain(byte) {
            text + &char::from(byte).to_string()
        } else {
            format!("{text}%{byte:02X}")
        }
    });
    Ok(format!("/lab/tree/{escaped}"))
}

/// Sets up what is missing, then serves until it is stopped with Ctrl-C.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    setup::run(project, &setup::Options::default())?;
    let token = uuid::Uuid::new_v4().simple().to_string();
    let page = page_of(project, &options.notebook)?;
    // A Ctrl-C reaches JupyterLab too, which then closes its kernels; we only wait for it to do so.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        let mut interrupt =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
        let spares = Spares::new(project)?;
        let spare = if options.no_spare { None } else { Some(spares.start()?) };
        let socket = spare.is_some().then(|| spares.socket());
        let (mut server, port) = serve(project, options, &token, &page, socket)?;
        println!("open http://127.0.0.1:{port}{page}?token={token}");
        println!("(Ctrl-C here ends JupyterLab and its kernels)");
        let mut spare = std::pin::pin!(async {
            if let Some(spare) = spare
                && let Err(error) = spares.keep(spare).await
            {
                eprintln!("itakura: no kernel is kept ready: {error:#}");
            }
            std::future::pending::<()>().await
        });
        loop {
            tokio::select! {
                _ = terminate.recv() => break,
                _ = interrupt.recv() => {}
                () = &mut spare => {}
                () = tokio::time::sleep(Duration::from_millis(100)) => {
                    if let Some(status) = server.try_wait()? {
                        if !status.success() {
                            bail!("JupyterLab ended with {status}");
                        }
                        return Ok(());
                    }
                }
            }
        }
        stop(server)
    })
}

/// JupyterLab as soon as it answers, and its port. If another program, maybe another lab, has taken a port
/// that we have just found free, we look for the next one; the reader's own choice is only tried.
fn serve(
    project: &Project,
    options: &Options,
    token: &str,
    page: &str,
    spare: Option<PathBuf>,
) -> Result<(Child, u16)> {
    loop {
        let port = choose_port(options.port)?;
        let mut server = start(project, options, port, token, page, spare.as_deref())?;
        let Some(status) = wait_until_it_answers(&mut server, port, token)? else {
            return Ok((server, port));
        };
        if options.port.is_some() || is_free(port) {
            bail!("JupyterLab ended at its start with {status}; its message stands above");
        }
    }
}

fn choose_port(wanted: Option<u16>) -> Result<u16> {
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => bail!(
            "port {port} is in use: give another one with --port, or none to have a free one chosen"
        ),
        None => {
            (8888..8988).find(|&port| is_free(port)).context("no port from 8888 to 8987 is free")
        }
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

fn start(
    project: &Project,
    options: &Options,
    port: u16,
    token: &str,
    page: &str,
    spare: Option<&Path>,
) -> Result<Child> {
    let mut command = Command::new(project.python_program("python"));
    command
        .args(["-m", "jupyterlab", "--log-level=WARN", "--ip=127.0.0.1"])
        .arg(format!("--port={port}"))
        .arg("--ServerApp.port_retries=0")
        .arg("--ServerApp.answer_yes=True")
        .arg("--ServerApp.root_dir")
        .arg(&project.root)
        .arg(format!("--LabApp.default_url={page}"))
        // The only kernel that is offered: whoever is asked to choose one before the notebook has
        // found its own would find Python preselected.
        .arg(format!("--KernelSpecManager.allowed_kernelspecs={{'{KERNEL_NAME}'}}"))
        .arg("--KernelSpecManager.ensure_native_kernel=False")
        .arg(format!("--MappingKernelManager.default_kernel_name={KERNEL_NAME}"))
        .env("JUPYTER_TOKEN", token)
        .env("JUPYTER_PREFER_ENV_PATH", "1")
        .env("PATH", with_environment_first(project)?)
        .current_dir(&project.root);
    // Running in a container as root is common for those who only look.
    if rustix::process::geteuid().is_root() {
        command.arg("--allow-root");
    }
    if let Some(socket) = spare {
        command.env(SOCKET_VARIABLE, socket);
    }
    if options.no_browser {
        command.arg("--no-browser");
    }
    command.spawn().context("JupyterLab does not start: run `itakura setup`, then `itakura doctor`")
}

fn with_environment_first(project: &Project) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(project.python_environment().join("bin"))
        .chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(folders)?)
}

/// Waits until JupyterLab answers; how it has ended, if it does so before. Another JupyterLab at this port
/// would answer too: only ours knows the token.
fn wait_until_it_answers(server: &mut Child, port: u16, token: &str) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    while !answers(port, token) {
        if let Some(status) = server.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > START_LIMIT {
            server.kill().ok();
            bail!("JupyterLab did not answer on port {port} within {} s", START_LIMIT.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(None)
}

fn answers(port: u16, token: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut server = TcpStream::connect(("127.0.0.1", port))?;
        server.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = format!("GET /api/status?token={token} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
        server.write_all(request.as_bytes())?;
        let mut answer = String::new();
        BufReader::new(server).read_line(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split_whitespace().nth(1) == Some("200"))
}

/// Lets JupyterLab close its kernels, and waits for it.
fn stop(mut server: Child) -> Result<()> {
    if let Some(id) = rustix::process::Pid::from_raw(server.id() as i32) {
        rustix::process::kill_process(id, rustix::process::Signal::TERM).ok();
    }
    server.wait()?;
    Ok(())
}
