//! Why a cell failed, in the words of its reader: what happened, and where in the cell.

use crate::frame::{Ending, Report};
use jupyter_protocol::{ErrorOutput, ReplyError};
use std::path::Path;

/// A reason for which a cell failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// A panic reached the top of the cell.
    Panic { report: Report, rolled_back: bool },
    /// A `?` returned an error.
    ReturnedError { report: Report, rolled_back: bool },
    /// The process that ran the cell is gone; the variables are kept if a checkpoint replaced it.
    Ended { ending: Ending, kept: bool },
    /// The reader interrupted the cell.
    Interrupted { kept: bool },
    /// The cell waited for input, and nobody can be asked.
    NoInput { kept: bool },
    /// The compiled cell could not be run.
    Unloadable(String),
    /// The process between evcxr and the cells is gone.
    RelayGone,
    /// evcxr refused the cell: it does not compile, mostly.
    Refused {
        /// What the compiler says, in a line.
        message: String,
        /// What is shown of it, line by line.
        report: Vec<String>,
    },
}

const RED: &str = "\u{1b}[31m";
const PLAIN: &str = "\u{1b}[0m";

const LOST: &str = "the variables are lost: run the cells above again";
const ROLLED_BACK: &str = "all variables are as they were before this cell";
const KEPT: &str = "all variables are as they were before this cell; what earlier cells left running has \
                    ended, and what was written to files stays";

impl Failure {
    /// The error as Jupyter shows it. `cell` is the code, `source` the file that evcxr made of it.
    pub fn describe(&self, cell: &str, source: &Path) -> ErrorOutput {
        let state = |kept: &bool| if *kept { KEPT } else { LOST }.to_owned();
        let told = |report: &Report, rolled_back: &bool, how: &str| {
            let place = place_of(report, cell, source, how);
            let state = rolled_back.then(|| ROLLED_BACK.to_owned());
            (report.message.clone(), place.into_iter().chain(state).collect())
        };
        let (name, (message, explanation)) = match self {
            Failure::Panic { report, rolled_back } => ("panic", told(report, rolled_back, "")),
            Failure::ReturnedError { report, rolled_back } => {
                ("error", told(report, rolled_back, "returned by the ? "))
            }
            Failure::Ended { ending, kept } => {
                ("process ended", (describe_ending(ending), vec![state(kept)]))
            }
            Failure::Interrupted { kept } => {
                ("interrupted", ("the cell was interrupted".to_owned(), vec![state(kept)]))
            }
            Failure::NoInput { kept } => (
                "no input",
                (
                    "the cell waits for input, and here nobody can be asked".to_owned(),
                    vec!["write the value into the cell instead".to_owned(), state(kept)],
                ),
            ),
            Failure::Unloadable(reason) => ("kernel", (reason.clone(), Vec::new())),
            Failure::RelayGone => (
                "process ended",
                (
                    "the kernel's process that looks after the cells was ended from outside"
                        .to_owned(),
                    vec!["this cell was not run to its end".to_owned(), LOST.to_owned()],
                ),
            ),
            Failure::Refused { message, report } => {
                return ErrorOutput {
                    ename: "compile error".to_owned(),
                    evalue: message.clone(),
                    traceback: report.clone(),
                };
            }
        };
        let mut traceback = vec![format!("{RED}{name}{PLAIN}: {message}")];
        traceback.extend::<Vec<String>>(explanation);
        ErrorOutput { ename: name.to_owned(), evalue: message, traceback }
    }
}

/// The same for a reply.
pub fn reply_error(error: &ErrorOutput) -> Box<ReplyError> {
    Box::new(ReplyError {
        ename: error.ename.clone(),
        evalue: error.evalue.clone(),
        traceback: error.traceback.clone(),
    })
}

fn describe_ending(ending: &Ending) -> String {
    match ending {
        Ending::Exit(status) => format!("the cell ended its process with exit status {status}"),
        Ending::Signal(signal) => {
            let name = match signal {
                4 => ", SIGILL: an illegal instruction",
                6 => ", SIGABRT: an abort, or a stack overflow",
                7 => ", SIGBUS: an invalid memory access",
                8 => ", SIGFPE: an arithmetic fault",
                9 => ", SIGKILL: perhaps the system had no memory left",
                11 => ", SIGSEGV: an invalid memory access, or a stack overflow",
                _ => "",
            };
            format!("the cell's process was ended by signal {signal}{name}")
        }
    }
}

/// Where in the cell, with the line itself.
fn place_of(report: &Report, cell: &str, source: &Path, how: &str) -> Option<String> {
    let (file, line, _) = report.place.as_ref()?;
    if file != "src/lib.rs" {
        return Some(format!("  {how}in {}, line {line}", shorten(file)));
    }
    let generated = fs_err::read_to_string(source).ok()?;
    let text = generated.lines().nth(line.checked_sub(1)?)?.trim().to_owned();
    Some(match line_of_cell(&generated, *line, cell) {
        Some(line) => format!("  {how}in line {line} of this cell: {text}"),
        None => format!("  {how}in an earlier cell: {text}"),
    })
}

/// The text without the escape sequences that colour it.
pub fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            let _ = characters.find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

/// A file of a library, without the folders before its name.
fn shorten(file: &str) -> &str {
    let library = file.rfind("/src/").and_then(|end| file[..end].rfind('/')).map(|slash| slash + 1);
    library.map_or(file, |start| &file[start..])
}

/// The line of the cell from which a line of evcxr's source was made. evcxr moves statements but keeps
/// their lines; of equal lines, the first in the one is the first in the other.
fn line_of_cell(generated: &str, line: usize, cell: &str) -> Option<usize> {
    let text = generated.lines().nth(line - 1)?.trim();
    let among_equals =
        generated.lines().take(line).filter(|candidate| candidate.trim() == text).count();
    let lines_where = |matches: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let lines = cell.lines().enumerate().filter(|(_, candidate)| matches(candidate));
        lines.map(|(index, _)| index + 1).collect()
    };
    let equals = lines_where(&|candidate| candidate.trim() == text);
    // Several statements on a line of the cell are several lines for evcxr.
    let containing = || lines_where(&|candidate| candidate.contains(text)).first().copied();
    equals.get(among_equals - 1).or(equals.last()).copied().or_else(containing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_lines_the_same_one_is_named() {
        let generated = "head\nassert!(ok);\nlet b: bool = ok;\n    assert!(ok);\n";
        let cell = "assert!(ok);\nlet b: bool = ok;\nassert!(ok);";
        assert_eq!(line_of_cell(generated, 2, cell), Some(1));
        assert_eq!(line_of_cell(generated, 4, cell), Some(3));
        assert_eq!(line_of_cell(generated, 1, cell), None);
    }

    #[test]
    fn a_library_file_is_shortened() {
        assert_eq!(
            shorten("/home/a/registry/src/x/ndarray-0.17.2/src/lib.rs"),
            "ndarray-0.17.2/src/lib.rs"
        );
        assert_eq!(shorten("library/core/src/num.rs"), "core/src/num.rs");
    }
}
