//! `itakura book`: the executed notebooks as HTML pages that need neither a kernel nor a network.

use crate::output;
use crate::project::Project;
use crate::runner;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[derive(clap::Args)]
pub struct Options {
    /// Notebooks, or folders of notebooks; by default all of the project's
    notebooks: Vec<PathBuf>,
    /// Write the pages into this folder; by default book/ in the project
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// Write `book.pdf` too: all pages as one, printed by Chromium
    #[arg(long)]
    pdf: bool,
}

/// Executes the notebooks as `itakura run` does; only if all of them pass are pages written.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let pages = options.output.clone().unwrap_or_else(|| project.root.join("book"));
    output::check_folder(&pages)?;
    let executed = tempfile::tempdir().context("cannot make a temporary folder")?;
    let browser = if options.pdf { Some(find_browser()?) } else { None };
    let passed =
        runner::run(project, &runner::Options::storing(&options.notebooks, executed.path()))?;
    if passed != ExitCode::SUCCESS {
        bail!("a notebook failed, so no page was written");
    }
    let sheets = pages.join("print.html");
    let mut build = Command::new(project.python_program("python"));
    build.arg(project.root.join("kernel/book/build.py")).args([executed.path(), &pages]);
    if browser.is_some() {
        build.arg(&sheets);
    }
    let status = build
        .status()
        .context("Python does not start: run `itakura setup`, then `itakura doctor`")?;
    if !status.success() {
        bail!("the book is not complete; the reason is above");
    }
    println!("open {}", pages.join("index.html").display());
    if let Some(browser) = browser {
        let file = print(&browser, &sheets, &pages)?;
        println!("and {}", file.display());
        fs_err::remove_file(sheets)?;
    }
    Ok(())
}

/// The names under which systems have Chromium.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn find_browser() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut programs =
        std::env::split_paths(&folders).flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    programs.find(|program| program.is_file()).context(
        "Chromium prints the book, and was not found: install it (Debian: apt install chromium), or name it in \
         the environment variable CHROMIUM",
    )
}

/// Prints a page to `book.pdf`, with the headings as its outline.
fn print(browser: &Path, page: &Path, folder: &Path) -> Result<PathBuf> {
    let file = std::path::absolute(folder.join("book.pdf"))?;
    let profile = tempfile::tempdir().context("cannot make a temporary folder")?;
    let address = format!("file://{}", std::path::absolute(page)?.display());
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-pdf-header-footer"]);
    command.args(["--generate-pdf-document-outline", &address]);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(format!("--print-to-pdf={}", file.display()));
    if rustix::process::geteuid().is_root() {
        // Chromium's sandbox does not work for root, and what it shows here are our own pages.
        command.arg("--no-sandbox");
    }
    let output =
        command.output().with_context(|| format!("{} does not start", browser.display()))?;
    if !output.status.success() || !file.exists() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} did not print the book:\n{}", browser.display(), said.trim());
    }
    Ok(file)
}
