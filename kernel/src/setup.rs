//! `itakura setup`: everything that a kernel and JupyterLab need, once.

use crate::build_directory::{Prepared, State, share_with_children};
use crate::project::{Project, Toolchain};
use crate::python::{self, Python};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::fs::{File, TryLockError};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(clap::Args, Default)]
pub struct Options {
    /// Also install what the project's own tests use (kernel tests, a browser's driver)
    #[arg(long)]
    pub tests: bool,
    /// Use this Python environment, in which the pinned packages are installed, instead of making one
    #[arg(long, value_name = "FOLDER")]
    pub environment: Option<PathBuf>,
}

/// What a set-up writes, generously.
const BYTES_NEEDED: u64 = 1_500_000_000;

/// Brings everything up to date; each step that has something to do says so and how long it took.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let start = Instant::now();
    let state = project.state()?;
    let lock =
        fs::create_dir_all(&state).map_err(anyhow::Error::from).and_then(|()| lock_in(&state));
    let _lock = lock.with_context(|| {
        format!(
            "{} has to be a folder that you can write: move the project, or copy it",
            project.root.display()
        )
    })?;
    let toolchain = Toolchain::find(project)?;
    install_program(&state)?;
    // The one mostly waits for the network, the other for the processor.
    let did_something = std::thread::scope(|scope| {
        let own = options.environment.is_none();
        let packages = own.then(|| scope.spawn(|| python_packages(project, options.tests)));
        let compiled = compiled_crates(project, &toolchain);
        let installed = packages
            .map_or(Ok(false), |packages| packages.join().expect("the installation panicked"));
        anyhow::Ok(installed? | compiled?)
    })?;
    let environment = options.environment.clone().unwrap_or_else(|| project.python_environment());
    python::write_kernelspec(project, &environment)?;
    python::write_lab_settings(&environment)?;
    if did_something {
        println!("set-up is complete ({} s)", start.elapsed().as_secs());
    }
    Ok(())
}

/// One set-up at a time; a second one waits, and then finds little to do.
fn lock_in(state: &Path) -> Result<File> {
    let file = fs::File::create(state.join("setup.lock"))?.into_file();
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("another set-up is running; waiting for it");
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the set-up"),
    }
    share_with_children(&file)?;
    Ok(file)
}

/// Puts this program where the kernelspec expects it, so that a later build does not pull it away
/// from under a running kernel.
fn install_program(state: &Path) -> Result<()> {
    let (this, target) = (std::env::current_exe()?, state.join("itakura"));
    if this == target || fs::read(&this)? == fs::read(&target).unwrap_or_default() {
        return Ok(());
    }
    let fresh = state.join("itakura.new");
    fs::copy(&this, &fresh)
        .with_context(|| format!("cannot write {} (is the disk full?)", fresh.display()))?;
    fs::rename(fresh, target)?;
    Ok(())
}

/// Installs what is missing; false if nothing is.
fn python_packages(project: &Project, for_tests: bool) -> Result<bool> {
    match python::state(project, for_tests)? {
        python::State::Current => return Ok(false),
        python::State::Outdated => {}
        python::State::Damaged(file) => {
            println!("{file} is damaged; the packages are installed anew")
        }
    }
    check_disk(&project.root)?;
    let python = Python::find()?;
    let what = format!("installing JupyterLab into .venv with Python {}", python.version);
    step(&what, "about a minute", || python::install(project, &python, for_tests))
}

/// Compiles what has changed; false if nothing has.
fn compiled_crates(project: &Project, toolchain: &Toolchain) -> Result<bool> {
    let prepared = Prepared::of(project, toolchain)?;
    match prepared.state()? {
        State::Current => return Ok(false),
        State::Outdated => {}
        State::Damaged(file) => {
            println!("what was compiled for the cells is damaged ({file}) and is made anew");
        }
    }
    check_disk(&project.state()?)?;
    let interactive = std::io::stdout().is_terminal();
    step("compiling the crate for the cells", "about five minutes at first", || {
        prepared.prepare(|packages| {
            if interactive {
                print!("\r  {packages} packages compiled ");
                std::io::stdout().flush().ok();
            }
        })
    })
}

/// Announces a step, performs it, and says how long it took. Another may be going on beside it.
fn step(what: &str, duration: &str, perform: impl FnOnce() -> Result<()>) -> Result<bool> {
    println!("{what} ({duration}) ...");
    let start = Instant::now();
    perform()?;
    println!("\r  done in {:.1} s: {what}", start.elapsed().as_secs_f64());
    Ok(true)
}

fn check_disk(folder: &Path) -> Result<()> {
    let space = rustix::fs::statvfs(folder)?;
    let free = space.f_bavail * space.f_frsize;
    if free < BYTES_NEEDED {
        bail!(
            "only {} MB are free on the disk of {}, but set-up needs about {} MB: free some and run it again",
            free / 1_000_000,
            folder.display(),
            BYTES_NEEDED / 1_000_000
        );
    }
    Ok(())
}
