//! `itakura`: the Jupyter kernel of the project, its set-up, and the headless runner of its notebooks.
//!
//! The same program plays four parts. As `itakura kernel` it is the kernel that Jupyter starts (a
//! proxy); started by itself with `--control_file` it is the unmodified evcxr_jupyter behind it; started
//! by evcxr it runs the compiled cells; and with the other commands it serves the people who work here.

mod book;
mod build_directory;
mod connection;
mod course;
mod doctor;
mod frame;
mod lab;
mod library;
mod output;
mod project;
mod proxy;
mod python;
mod runner;
mod runtime;
mod setup;
mod spare;
mod stand_in;

use anyhow::Result;
use clap::{Parser, Subcommand};
use project::Project;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "itakura",
    version,
    about = "Rust notebooks on the Itakura-Saito paper: kernel, set-up, tests"
)]
struct CommandLine {
    /// The project's folder; by default the one that contains the current folder
    #[arg(long, global = true, value_name = "FOLDER")]
    project: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Prepare what the other commands need: Python packages, the kernel's description, compiled crates
    Setup(setup::Options),
    /// Open the notebooks in JupyterLab
    Lab(lab::Options),
    /// Execute notebooks without a browser, and judge every cell
    Run(runner::Options),
    /// Execute notebooks that you trust, and write them as HTML pages that need no network
    Book(book::Options),
    /// Write copies of notebooks for students: without solutions and outcomes of predictions
    Student(course::StudentOptions),
    /// Run what a class has handed in, and write scores by exercise as CSV and JUnit XML
    Grade(course::GradeOptions),
    /// Say what is installed, what is missing, and how to repair it
    Doctor,
    /// Bring notebooks into the form in which they are committed
    Normalise(runner::NormaliseOptions),
    /// Be the kernel that a connection file describes (Jupyter calls this)
    Kernel {
        /// The file that Jupyter has written
        connection_file: PathBuf,
    },
    /// Be a kernel ahead of its use (`lab` starts this)
    #[command(hide = true)]
    Spare,
    /// Compile the crate in the directory that the environment names (`setup` calls this)
    #[command(hide = true)]
    CompileCells,
    /// Remove a kernel's working directory once the kernel is gone (the kernel starts this)
    #[command(hide = true)]
    Janitor {
        /// The directory
        directory: PathBuf,
    },
}

fn main() -> ExitCode {
    if let Some(exit_code) = stand_in::hook() {
        return exit_code;
    }
    runtime::hook();
    evcxr::runtime_hook();
    let result = if std::env::args().nth(1).as_deref() == Some("--control_file") {
        runtime::die_with_parent();
        evcxr_jupyter::main().map(|()| ExitCode::SUCCESS)
    } else {
        perform(CommandLine::parse())
    };
    result.unwrap_or_else(|error| {
        eprintln!("itakura: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(command_line: CommandLine) -> Result<ExitCode> {
    let done = |()| ExitCode::SUCCESS;
    match &command_line.task {
        Task::CompileCells => return build_directory::compile_cells().map(done),
        Task::Janitor { directory } => {
            return build_directory::clean_up_after_kernel(directory).map(done);
        }
        _ => {}
    }
    let project = match &command_line.project {
        Some(folder) => Project::around(folder)?,
        None => Project::find()?,
    };
    match command_line.task {
        Task::Setup(options) => setup::run(&project, &options)?,
        Task::Lab(options) => lab::run(&project, &options)?,
        Task::Run(options) => return runner::run(&project, &options),
        Task::Book(options) => book::run(&project, &options)?,
        Task::Student(options) => course::student(&project, &options)?,
        Task::Grade(options) => course::grade(&project, &options)?,
        Task::Doctor => return doctor::run(&project),
        Task::Normalise(options) => return runner::normalise(&project, &options),
        Task::Kernel { connection_file } => {
            if !spare::take(&connection_file)? {
                proxy::run(&project, &connection_file)?;
            }
        }
        Task::Spare => spare::wait(&project)?,
        Task::CompileCells | Task::Janitor { .. } => unreachable!("performed above"),
    }
    Ok(ExitCode::SUCCESS)
}
