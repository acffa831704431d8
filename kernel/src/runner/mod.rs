//! `itakura run`: executes notebooks on the real kernel, headless, and judges every cell.

mod compare;
pub mod document;
pub mod exercise;
pub mod judge;
pub mod kernel;
mod report;
mod style;

use crate::output;
use crate::project::Project;
use crate::setup;
use anyhow::{Result, bail};
use document::{CodeCell, Document};
use exercise::Knob;
use judge::{Complaint, defined_below, judge};
use kernel::{End, Kernel};
use report::{CellReport, NotebookReport};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Options {
    /// Notebooks, or folders of notebooks; by default all of the project's
    notebooks: Vec<PathBuf>,
    /// Write what was found as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Seconds that a cell may take
    #[arg(long, default_value_t = TIME_LIMIT, value_name = "SECONDS")]
    time_limit: f64,
    /// Store the outputs in the notebooks
    #[arg(long)]
    write: bool,
    /// Fail where the outputs that the notebooks hold are not reproduced
    #[arg(long, conflicts_with = "write")]
    compare: bool,
    /// Run the solved copies: every exercise holds its solution, and has to be judged right
    #[arg(long, conflicts_with_all = ["write", "compare"])]
    solved: bool,
    /// Run each notebook once for each of its knobs, turned as its "Try next" says
    #[arg(long, conflicts_with_all = ["write", "compare", "solved", "output"])]
    knobs: bool,
    /// Store the executed notebooks in this folder instead
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Seconds that a cell may take, unless the caller says otherwise.
const TIME_LIMIT: f64 = 30.0;

impl Options {
    /// To run these notebooks, and to store them in a folder.
    pub fn storing(notebooks: &[PathBuf], folder: &Path) -> Options {
        Options {
            notebooks: notebooks.to_vec(),
            junit: None,
            time_limit: TIME_LIMIT,
            write: false,
            compare: false,
            solved: false,
            knobs: false,
            output: Some(folder.to_path_buf()),
        }
    }
}

#[derive(clap::Args)]
pub struct NormaliseOptions {
    /// Notebooks, or folders of notebooks; by default all of the project's
    notebooks: Vec<PathBuf>,
    /// Change nothing: fail if a notebook is not in its normal form or breaks the style
    #[arg(long)]
    check: bool,
}

/// The result of a work that a Ctrl-C ends as an error would: kernels and temporary files go with it.
pub async fn unless_interrupted<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::select! {
        result = work => result,
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

/// The time that an option names.
pub fn positive_seconds(seconds: f64, option: &str) -> Result<Duration> {
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => bail!("{option} must be a positive number of seconds, but it is {seconds:?}"),
    }
}

/// Runs notebooks one after the other on one kernel.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    positive_seconds(options.time_limit, "--time-limit")?;
    options.junit.iter().try_for_each(|path| output::check_file(path))?;
    options.output.iter().try_for_each(|path| output::check_folder(path))?;
    setup::run(project, &setup::Options::default())?;
    let paths = document::find(project, &options.notebooks)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let reports = runtime.block_on(unless_interrupted(run_all(project, options, &paths)))?;
    for failure in reports.iter().flat_map(NotebookReport::failures) {
        println!("FAILED {failure}");
    }
    println!("\n{}", report::table(&reports));
    if let Some(path) = &options.junit {
        report::write_junit(&reports, path)?;
    }
    let passed = reports.iter().all(NotebookReport::passed);
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run_all(
    project: &Project,
    options: &Options,
    paths: &[PathBuf],
) -> Result<Vec<NotebookReport>> {
    let mut runner = Runner { project, options, kernel: None };
    let mut reports = Vec::new();
    for path in paths {
        for knob in turns(path, options)? {
            let report = runner.run_notebook(path, knob.as_ref()).await;
            let result = if report.passed() { "passed" } else { "FAILED" };
            println!("{} {result} in {:.1} s", report.name, report.seconds);
            reports.push(report);
        }
    }
    if let Some((_, kernel)) = runner.kernel {
        kernel.shutdown().await;
    }
    Ok(reports)
}

/// Where outputs stand that can be updated, by their names: the cell's index, and the output's.
type Shown = HashMap<String, (usize, usize)>;

/// The runs of a notebook: one as it stands, or one for each of its knobs.
fn turns(path: &Path, options: &Options) -> Result<Vec<Option<Knob>>> {
    if !options.knobs {
        return Ok(vec![None]);
    }
    Ok(Document::read(path)?.knobs()?.into_iter().map(Some).collect())
}

struct Runner<'a> {
    project: &'a Project,
    options: &'a Options,
    /// The kernel of the notebook before, and the folder in which it works.
    kernel: Option<(PathBuf, Kernel)>,
}

impl Runner<'_> {
    /// A notebook that cannot be run at all is a failure, not the end of the run.
    async fn run_notebook(&mut self, path: &Path, knob: Option<&Knob>) -> NotebookReport {
        let start = Instant::now();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let turned = knob.map(|knob| format!(" with {knob}")).unwrap_or_default();
        let mut report = NotebookReport {
            name: format!("{name}{turned}"),
            cells: Vec::new(),
            left_out: 0,
            checks: 0,
            figures: 0,
            seconds: 0.0,
            complaint: None,
        };
        if let Err(error) = self.try_to_run(path, knob, &mut report).await {
            report.complaint = Some(format!("{error:#}"));
            self.kernel = None;
        }
        report.seconds = start.elapsed().as_secs_f64();
        report
    }

    async fn try_to_run(
        &mut self,
        path: &Path,
        knob: Option<&Knob>,
        report: &mut NotebookReport,
    ) -> Result<()> {
        let mut document = Document::read(path)?;
        if let Some(knob) = knob {
            document.turn(knob)?;
        }
        if self.options.solved {
            document.solve()?;
        }
        let cells = document.code_cells();
        let folder = path.canonicalize()?.parent().expect("a file in a folder").to_path_buf();
        let mut kernel = self.fresh_kernel(&folder).await?;
        let mut shown = Shown::new();
        for (position, cell) in cells.iter().enumerate() {
            let number = position + 1;
            let mut cell_report =
                self.run_cell(&mut kernel, cell, number, &mut document, &mut shown, report).await?;
            cell_report.complaints.extend(defined_below(&cell_report.complaints, &cells[number..]));
            let failed = !cell_report.complaints.is_empty();
            report.cells.push(cell_report);
            if failed {
                report.left_out = cells.len() - number;
                break;
            }
        }
        let left = kernel.end_left_processes();
        if !left.is_empty() {
            let left = left.join(", ");
            report.complaint = Some(format!("it left these running, and they were ended: {left}"));
        }
        if !kernel.is_alive() || document.changes_settings() {
            kernel.shutdown().await;
        } else {
            self.kernel = Some((folder, kernel));
        }
        if report.passed() {
            document.normalise();
            if self.options.compare {
                compare_with_committed(&document, report)?;
            }
            self.store(&document)?;
        }
        Ok(())
    }

    /// The kernel of the notebook before, reset, or a new one. A kernel works in its notebook's folder.
    async fn fresh_kernel(&mut self, folder: &Path) -> Result<Kernel> {
        if let Some((its_folder, mut kernel)) = self.kernel.take() {
            if its_folder == folder && kernel.is_alive() && kernel.reset().await.is_ok() {
                return Ok(kernel);
            }
            kernel.shutdown().await;
        }
        Kernel::start(&self.project.kernelspec(), folder, None).await
    }

    async fn run_cell(
        &self,
        kernel: &mut Kernel,
        cell: &CodeCell,
        number: usize,
        document: &mut Document,
        shown: &mut Shown,
        report: &mut NotebookReport,
    ) -> Result<CellReport> {
        let mut complaints = style::untyped_lets(&cell.code);
        if cell.has_tag("skip-execution") {
            let reason = "it is tagged skip-execution, and here every cell is run: remove the tag";
            complaints.push(Complaint::new(None, reason));
        }
        let mut seconds = 0.0;
        if complaints.is_empty() {
            let limit = positive_seconds(self.options.time_limit, "--time-limit")?;
            let execution = kernel.execute(&cell.code, limit).await?;
            let verdict = judge(cell, &execution, self.options.solved);
            report.checks += verdict.checks;
            report.figures += verdict.figures;
            complaints = verdict.complaints;
            seconds = execution.seconds;
            if matches!(execution.end, End::TimedOut | End::Flooded) && !kernel.is_alive() {
                complaints.push(Complaint::new(
                    None,
                    "it could not be interrupted; the kernel was killed",
                ));
            }
            document.set_outputs(cell.index, number, execution.outputs);
            for (name, data) in execution.updates {
                if let Some(&(index, place)) = shown.get(&name) {
                    document.update_output(index, place, data);
                }
            }
            let named = execution.named.into_iter();
            shown.extend(named.map(|(name, place)| (name, (cell.index, place))));
        }
        Ok(CellReport { identity: cell.identity.clone(), number, seconds, complaints })
    }

    fn store(&self, document: &Document) -> Result<()> {
        if let Some(folder) = &self.options.output {
            document.write(&folder.join(document.path.file_name().unwrap_or_default()))?;
        }
        if self.options.write {
            document.write_back()?;
        }
        Ok(())
    }
}

/// Adds to the report where the notebook's file holds other outputs than the run has given.
fn compare_with_committed(fresh: &Document, report: &mut NotebookReport) -> Result<()> {
    let committed = Document::read(&fresh.path)?;
    let cells = fresh.code_cells();
    for (index, complaint) in compare::differences(&committed, fresh) {
        let position = cells.iter().position(|cell| cell.index == index);
        if let Some(cell) = position.and_then(|position| report.cells.get_mut(position)) {
            cell.complaints.push(complaint);
        }
    }
    Ok(())
}

/// Brings notebooks into the form in which they are committed, or checks that they are in it.
pub fn normalise(project: &Project, options: &NormaliseOptions) -> Result<ExitCode> {
    let mut good = true;
    for path in document::find(project, &options.notebooks)? {
        let mut document = Document::read(&path)?;
        document.normalise();
        if document.is_changed()? {
            if options.check {
                good = false;
                println!("{} is not in its normal form: run `itakura normalise`", path.display());
            } else {
                document.write_back()?;
                println!("{} is now in its normal form", path.display());
            }
        }
        for (cell, Complaint { line, reason }) in style::complaints(&document) {
            good = false;
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            println!("{}, cell {}{line}: {reason}", document.name(), cell.identity);
        }
        for reason in exercise::complaints(&document) {
            good = false;
            println!("{}: {reason}", document.name());
        }
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
