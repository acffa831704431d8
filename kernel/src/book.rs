//! `itakura book`: the executed notebooks as HTML pages that need neither a kernel nor a network.

use crate::project::Project;
use crate::runner;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

#[derive(clap::Args)]
pub struct Options {
    /// Notebooks, or folders of notebooks; by default all of the project's
    notebooks: Vec<PathBuf>,
    /// Write the pages into this folder; by default book/ in the project
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Executes the notebooks as `itakura run` does; only if all of them pass are pages written.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let executed = tempfile::tempdir().context("cannot make a temporary folder")?;
    let passed =
        runner::run(project, &runner::Options::storing(&options.notebooks, executed.path()))?;
    if passed != ExitCode::SUCCESS {
        bail!("a notebook failed, so no page was written");
    }
    let pages = options.output.clone().unwrap_or_else(|| project.root.join("book"));
    let status = Command::new(project.python_program("python"))
        .arg(project.root.join("kernel/book/build.py"))
        .args([executed.path(), &pages])
        .status()
        .context("Python does not start: run `itakura setup`, then `itakura doctor`")?;
    if !status.success() {
        bail!("the book is not complete; the reason is above");
    }
    println!("open {}", pages.join("index.html").display());
    Ok(())
}
