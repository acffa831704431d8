//! One submission: its cells on a kernel of its own, and after each answer the original's check.
//!
//! The answer and the check are two cells, so that what the answer prints, or records, is not taken for what
//! the check has found. Of the check's own cell three things are asked: that it ends well, which it does only
//! if the check returns that the answer is right; that it holds the original's records and no other; and that
//! a word stands at its end which was chosen for this run.

use super::exercise::{Answer, Exercise, NOT_RIGHT};
use super::private_folder::private_folder;
use super::scores::Score;
use crate::proxy::{syntax, without_colours};
use crate::runner::document::{CodeCell, Document};
use crate::runner::judge::{RecordedCheck, fault_of, records};
use crate::runner::kernel::{End, Execution, Kernel};
use anyhow::Result;
use jupyter_protocol::MediaType;
use nbformat::v4::{Cell, Output};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a submission may take.
pub struct Limits {
    /// A cell's time.
    pub cell: Duration,
    /// The time of all cells together.
    pub all: Duration,
    /// The memory of the process that runs the cells, in bytes.
    pub memory: u64,
}

/// An original notebook and its exercises.
pub struct Original {
    pub document: Document,
    pub exercises: Vec<Exercise>,
}

impl Original {
    pub fn read(path: &Path) -> Result<Original> {
        let document = Document::read(path)?;
        let exercises = Exercise::all(&document)?;
        Ok(Original { document, exercises })
    }

    /// Whether a cell is there to show an error.
    fn means_to_fail(&self, identity: &str) -> bool {
        let cells = self.document.code_cells();
        cells.iter().any(|cell| cell.identity == identity && cell.has_tag("raises-exception"))
    }
}

/// Grades what a student has handed in, in the order of the original's exercises.
pub async fn grade(
    kernelspec: &Path,
    original: &Original,
    submission: &Path,
    limits: &Limits,
) -> Result<Vec<Score>> {
    let document = match Document::read(submission) {
        Ok(document) => document,
        Err(error) => {
            let reason = format!("the notebook cannot be read: {error:#}");
            return Ok(original.exercises.iter().map(|one| Score::none(one, &reason)).collect());
        }
    };
    let mut run = Run {
        kernelspec,
        folder: private_folder(submission, &original.document.path)?,
        limits,
        time_left: limits.all,
        kernel: None,
        completed: Vec::new(),
        failed: None,
        commands: Commands::of(&original.document)?,
    };
    let mut scores: Vec<Option<Score>> = Vec::new();
    scores.resize_with(original.exercises.len(), || None);
    for cell in document.code_cells() {
        let place = original
            .exercises
            .iter()
            .position(|exercise| exercise.cell == cell.identity && !exercise.is_in_prose());
        match place.filter(|&place| scores[place].is_none()) {
            Some(place) => {
                scores[place] = Some(run.grade_cell(&original.exercises[place], &cell).await?);
            }
            None => {
                if let Err(Failure { reason, .. }) = run.execute(&cell.code).await? {
                    let told = format!("before it the cell {} had failed: {reason}", cell.identity);
                    if !original.means_to_fail(&cell.identity) {
                        run.failed.get_or_insert(told);
                    }
                }
            }
        }
    }
    if let Some(kernel) = run.kernel.take() {
        kernel.end_left_processes();
        kernel.shutdown().await;
    }
    let unseen = |exercise: &Exercise| {
        if exercise.is_in_prose() {
            return prose(exercise, &document);
        }
        missing(exercise)
    };
    let all = scores.into_iter().zip(&original.exercises);
    Ok(all.map(|(score, exercise)| score.unwrap_or_else(|| unseen(exercise))).collect())
}

fn missing(exercise: &Exercise) -> Score {
    Score::none(exercise, &format!("its cell {} is not in the notebook", exercise.cell))
}

/// An answer in prose, for a person to read.
fn prose(exercise: &Exercise, submission: &Document) -> Score {
    let is_it = |cell: &&Cell| cell.id().as_str() == exercise.cell;
    match submission.notebook.cells.iter().find(is_it) {
        Some(cell) => Score::to_be_read(exercise, &cell.source().concat()),
        None => missing(exercise),
    }
}

struct Run<'a> {
    kernelspec: &'a Path,
    folder: TempDir,
    limits: &'a Limits,
    time_left: Duration,
    kernel: Option<Kernel>,
    /// The cells that have ended well, for the next kernel if this one dies.
    completed: Vec<String>,
    /// The first cell that has failed and is no exercise, and why: what comes later may need it.
    failed: Option<String>,
    commands: Commands,
}

/// Why a cell gave no points, and what the student saw of it.
struct Failure {
    reason: String,
    feedback: String,
}

impl Run<'_> {
    async fn grade_cell(&mut self, exercise: &Exercise, cell: &CodeCell) -> Result<Score> {
        let start = Instant::now();
        let Answer { code, is_check_changed } = exercise.answer(&cell.code);
        let mut notes = Vec::new();
        if is_check_changed {
            notes.push("its checking line had been changed, and the original one has judged");
        }
        let mut judged = match self.execute(&code).await? {
            Err(failure) => Err(failure),
            Ok(answer) => {
                if records(&answer).next().is_some() {
                    notes.push("the answer recorded a result by itself, which does not count");
                }
                let word = uuid::Uuid::new_v4().simple().to_string();
                let check = self.run_cell(&exercise.judging_cell(&word)).await?;
                verdict(exercise, &check, &word, self.limits)
            }
        };
        if let Err(failure) = &mut judged {
            for note in notes.into_iter().chain(self.failed.as_deref()) {
                failure.reason += "; ";
                failure.reason += note;
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        Ok(match judged {
            Ok(feedback) => Score::full(exercise, &feedback, seconds),
            Err(Failure { reason, feedback }) => {
                Score { feedback, seconds, ..Score::none(exercise, &reason) }
            }
        })
    }

    /// Runs a cell of the student's.
    async fn execute(&mut self, code: &str) -> Result<Result<Execution, Failure>> {
        match self.commands.replace(code) {
            Ok(code) => {
                let execution = self.run_cell(&code).await?;
                Ok(match failure(&execution, self.limits) {
                    Some(failure) => Err(failure),
                    None => Ok(execution),
                })
            }
            Err(reason) => Ok(Err(Failure { reason, feedback: String::new() })),
        }
    }

    /// Runs a cell, on a new kernel if the one before is gone.
    async fn run_cell(&mut self, code: &str) -> Result<Execution> {
        if self.kernel.as_mut().is_none_or(|kernel| !kernel.is_alive()) {
            self.start_kernel().await?;
        }
        let execution = self.execute_in_time(code).await?;
        if failure(&execution, self.limits).is_none() {
            self.completed.push(code.to_owned());
        }
        Ok(execution)
    }

    /// A new kernel, in which all has happened that had ended well in the one before.
    async fn start_kernel(&mut self) -> Result<()> {
        let memory = Some(self.limits.memory);
        self.kernel = Some(Kernel::start(self.kernelspec, self.folder.path(), memory).await?);
        for code in std::mem::take(&mut self.completed) {
            if failure(&self.execute_in_time(&code).await?, self.limits).is_none() {
                self.completed.push(code);
            }
        }
        Ok(())
    }

    async fn execute_in_time(&mut self, code: &str) -> Result<Execution> {
        let limit = self.limits.cell.min(self.time_left);
        let kernel = self.kernel.as_mut().expect("a kernel was started");
        if limit.is_zero() || !kernel.is_alive() {
            return Ok(Execution::not_begun(if limit.is_zero() {
                End::TimedOut
            } else {
                End::Died("before this cell".to_owned())
            }));
        }
        let start = Instant::now();
        let execution = kernel.execute(code, limit).await?;
        self.time_left = self.time_left.saturating_sub(start.elapsed());
        Ok(execution)
    }
}

/// Why a cell did not do what it should.
fn failure(execution: &Execution, limits: &Limits) -> Option<Failure> {
    let fault = fault_of(execution)?;
    let memory = execution.outputs.iter().any(|output| {
        matches!(output, Output::Stream { text, .. } if text.0.contains("memory allocation of "))
    });
    let reason = match &execution.end {
        End::TimedOut if execution.seconds == 0.0 => {
            format!("the {} s for the whole notebook were over", limits.all.as_secs())
        }
        End::Replied(_) if memory => {
            format!("it needs more than the {} MB that it may use", limits.memory / 1_000_000)
        }
        _ => fault.reason,
    };
    let shown = execution.error().map(|error| error.traceback.join("\n")).unwrap_or_default();
    Some(Failure { reason: without_colours(&reason), feedback: without_colours(&shown) })
}

/// What the check's cell says: the feedback on a right answer, or why there are no points.
fn verdict(
    exercise: &Exercise,
    check: &Execution,
    word: &str,
    limits: &Limits,
) -> Result<String, Failure> {
    let is_told_wrong = check.error().is_some_and(|error| error.evalue == NOT_RIGHT);
    if let Some(failure) = failure(check, limits).filter(|_| !is_told_wrong) {
        return Err(failure);
    }
    let feedback = feedback(check);
    let refuse =
        |reason: &str| Err(Failure { reason: reason.to_owned(), feedback: feedback.clone() });
    let is_complete = check.outputs.iter().any(
        |output| matches!(output, Output::Stream { text, .. } if text.0.lines().any(|line| line == word)),
    );
    let found: Vec<RecordedCheck> = records(check).collect();
    if found.is_empty() {
        return refuse("there is no answer");
    }
    let names = found.iter().map(|record| record.id.as_str());
    if !names.eq(exercise.names.iter().map(String::as_str)) {
        return refuse(
            "the answer recorded a result of its own while it was judged, which voids it",
        );
    }
    if is_told_wrong || found.iter().any(|record| !record.passed) {
        return refuse(NOT_RIGHT);
    }
    if !is_complete {
        return refuse("the check did not come to its end");
    }
    Ok(feedback)
}

/// The words that the check has shown.
fn feedback(check: &Execution) -> String {
    let words = check.outputs.iter().filter_map(|output| match output {
        Output::DisplayData(display) => display.data.content.iter().find_map(|part| match part {
            MediaType::Plain(text) => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

/// The kernel's commands, such as `:dep`: those of the original and no others, since with them a submission
/// could put another crate in the place of ours.
struct Commands {
    known: HashSet<String>,
    /// From here the original's paths lead.
    folder: PathBuf,
}

impl Commands {
    fn of(original: &Document) -> Result<Commands> {
        let cells = original.code_cells();
        let lines = cells.iter().flat_map(|cell| cell.code.lines());
        let known = lines.filter_map(command).map(str::to_owned).collect();
        let path = original.path.canonicalize()?;
        Ok(Commands { known, folder: path.parent().expect("a file in a folder").to_path_buf() })
    }

    /// The cell with paths that lead to the same place from another folder; or why it is not run.
    fn replace(&self, code: &str) -> Result<String, String> {
        if syntax::brings_a_crate(code) {
            return Err("the cell names a crate by `extern`, which could take the place of the one that judges".into());
        }
        // Behind the first line of Rust, evcxr takes no line for a command.
        let commands = ..syntax::rust_of(code).start;
        let mut replaced = Vec::new();
        for line in code[commands].lines() {
            match command(line) {
                None => replaced.push(line.to_owned()),
                Some(command) if self.known.contains(command) => {
                    let folder = self.folder.display();
                    replaced.push(command.replace("path = \".", &format!("path = \"{folder}/.")));
                }
                Some(command) => {
                    return Err(format!("the command `{command}` is not in the original notebook"));
                }
            }
        }
        replaced.push(code[syntax::rust_of(code)].to_owned());
        Ok(replaced.join("\n"))
    }
}

/// The command in a line of a cell.
fn command(line: &str) -> Option<&str> {
    let line = line.trim();
    line.starts_with(':').then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_originals_commands_lead_to_the_same_place_and_no_others_are_run() {
        let crate_itself = ":dep itakura-saito = { path = \"..\" }".to_owned();
        let commands = Commands {
            known: HashSet::from([crate_itself.clone()]),
            folder: "/course/book".into(),
        };
        assert_eq!(
            commands.replace(&format!("  {crate_itself}\nuse a::b;")).as_deref(),
            Ok(":dep itakura-saito = { path = \"/course/book/..\" }\nuse a::b;")
        );
        for other in [":dep itakura-saito = { path = \"evil\" }", " :clear"] {
            let refused = commands.replace(other).unwrap_err();
            assert!(refused.contains(other.trim()), "{refused}");
        }
        let path = "let a: f64 =\n::std::primitive::f64::sqrt(2.0);";
        assert_eq!(commands.replace(path).as_deref(), Ok(path));
    }

    #[test]
    fn no_crate_is_named_in_a_submission() {
        for code in [
            "extern crate self as itakura_saito;",
            "extern /* */ crate fastrand;",
            "macro_rules! m { ($a:ident) => { extern $a self as std; } }\nm!(crate);",
            "m!(extern);",
        ] {
            assert!(syntax::brings_a_crate(code), "{code}");
        }
        for code in [
            "extern \"C\" fn f() {}",
            "// extern crate\nlet external: i32 = 1;",
            "extern fn g() {}",
        ] {
            assert!(!syntax::brings_a_crate(code), "{code}");
        }
    }
}
