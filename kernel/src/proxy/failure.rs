//! Why a cell failed, in the words of its reader: what happened, and where in the cell.

use crate::frame::Ending;
use jupyter_protocol::{ErrorOutput, ReplyError};
use std::path::Path;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// A reason for which a cell failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// A panic reached the top of the cell. The variables are kept.
    Panic(Panic),
    /// A `?` returned an error. The variables are kept.
    ReturnedError(String),
    /// The process that held the variables is gone.
    Ended(Ending),
    /// The reader interrupted the cell.
    Interrupted,
    /// evcxr refused the cell: it does not compile, mostly.
    Refused {
        /// What the compiler says, in a line.
        message: String,
        /// What evcxr shows of it, line by line.
        report: Vec<String>,
    },
}

/// What the standard library's panic hook printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panic {
    pub message: String,
    /// File, line and column, as printed.
    pub location: Option<(String, usize, usize)>,
}

const RED: &str = "\u{1b}[31m";
const PLAIN: &str = "\u{1b}[0m";

impl Failure {
    /// The error as Jupyter shows it. `cell` is the code, `source` the file that evcxr made of it.
    pub fn describe(&self, cell: &str, source: &Path) -> ErrorOutput {
        let (name, message, explanation) = match self {
            Failure::Panic(panic) => {
                ("panic", panic.message.clone(), panic.place(cell, source).into_iter().collect())
            }
            Failure::ReturnedError(message) => {
                ("error", message.clone(), place_of_question_mark(cell).into_iter().collect())
            }
            Failure::Ended(ending) => {
                let lost = "its variables are lost: run the cells above again".to_owned();
                ("process ended", describe_ending(ending), vec![lost])
            }
            Failure::Interrupted => {
                let lost = "evcxr can only interrupt a cell by ending its process: the variables are \
                            lost, run the cells above again";
                ("interrupted", "the cell was interrupted".to_owned(), vec![lost.to_owned()])
            }
            Failure::Refused { message, report } => {
                return ErrorOutput {
                    ename: "compile error".to_owned(),
                    evalue: message.clone(),
                    traceback: report.clone(),
                };
            }
        };
        let mut traceback = vec![format!("{RED}{name}{PLAIN}: {message}")];
        traceback.extend(explanation);
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

impl Panic {
    /// Reads the last report of a panic in what the cell printed to standard error; the rest, before
    /// and after it, is returned as it was.
    ///
    /// The hook prints `thread 'NAME' (ID) panicked at FILE:LINE:COLUMN:`, the message, and a note on
    /// backtraces, which is of no use here.
    pub fn take_from(stderr: &str) -> Option<(Panic, String)> {
        let start = find_report(stderr)?;
        let report = &stderr[start..];
        let (head, body) = report.split_once('\n').unwrap_or((report, ""));
        let location = head.rsplit(" panicked at ").next().and_then(parse_location);
        let (message, rest) = match body.find(NOTE) {
            Some(end) => (&body[..end], body[end..].split_once('\n').map_or("", |(_, rest)| rest)),
            None => (body, ""),
        };
        // The hook begins its report with an empty line.
        let before = &stderr[..start];
        let before = before.strip_suffix('\n').unwrap_or(before);
        let panic = Panic { message: message.trim_end().to_owned(), location };
        Some((panic, format!("{before}{rest}")))
    }

    /// Where in the cell, with the line itself.
    fn place(&self, cell: &str, source: &Path) -> Option<String> {
        let (file, line, _) = self.location.as_ref()?;
        if file != "src/lib.rs" {
            return Some(format!("  in {}, line {line}", shorten(file)));
        }
        let generated = std::fs::read_to_string(source).ok()?;
        let text = generated.lines().nth(line - 1)?.trim().to_owned();
        Some(match line_of_cell(&generated, *line, cell) {
            Some(line) => format!("  in line {line} of this cell: {text}"),
            None => format!("  in an earlier cell: {text}"),
        })
    }
}

/// How the hook ends its report.
const NOTE: &str = "note: run with `RUST_BACKTRACE=1`";

/// Where the last report of a panic begins.
pub fn find_report(stderr: &str) -> Option<usize> {
    let marker = stderr.rfind(" panicked at ")?;
    let start = stderr[..marker].rfind("thread '")?;
    (!stderr[start..marker].contains('\n')).then_some(start)
}

fn parse_location(text: &str) -> Option<(String, usize, usize)> {
    let mut parts = text.trim_end_matches(':').rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?.to_owned(), line, column))
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

/// Where the cell uses `?`: evcxr does not say which of them returned.
fn place_of_question_mark(cell: &str) -> Option<String> {
    struct QuestionMarks(Vec<usize>);
    impl<'ast> Visit<'ast> for QuestionMarks {
        fn visit_expr_try(&mut self, expression: &'ast syn::ExprTry) {
            self.0.push(expression.question_token.span().start().line);
            syn::visit::visit_expr_try(self, expression);
        }
    }
    let block: syn::Block = syn::parse_str(&format!("{{{cell}\n}}")).ok()?;
    let mut marks = QuestionMarks(Vec::new());
    marks.visit_block(&block);
    marks.0.sort_unstable();
    marks.0.dedup();
    match marks.0.as_slice() {
        [] => None,
        [line] => {
            let text = cell.lines().nth(line - 1).unwrap_or_default().trim();
            Some(format!("  returned by the ? in line {line} of this cell: {text}"))
        }
        lines => {
            let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
            Some(format!(
                "  returned by a ? of this cell, in one of the lines {}",
                lines.join(", ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\nthread '<unnamed>' (17) panicked at src/lib.rs:8:5:\nassertion `left == right` failed: a is two\n  left: 1\n right: 2\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

    #[test]
    fn a_report_is_taken_out_of_standard_error_and_the_rest_is_kept() {
        let (panic, rest) = Panic::take_from(&format!("before\n{REPORT}after\n")).unwrap();
        assert!(panic.message.starts_with("assertion `left == right` failed: a is two\n"));
        assert!(panic.message.ends_with("right: 2"));
        assert_eq!(panic.location, Some(("src/lib.rs".to_owned(), 8, 5)));
        assert_eq!(rest, "before\nafter\n");
        assert_eq!(Panic::take_from("nothing happened\n"), None);
    }

    #[test]
    fn of_equal_lines_the_same_one_is_named() {
        let generated = "head\nassert!(ok);\nlet b: bool = ok;\n    assert!(ok);\n";
        let cell = "assert!(ok);\nlet b: bool = ok;\nassert!(ok);";
        assert_eq!(line_of_cell(generated, 2, cell), Some(1));
        assert_eq!(line_of_cell(generated, 4, cell), Some(3));
        assert_eq!(line_of_cell(generated, 1, cell), None);
    }

    #[test]
    fn a_question_mark_is_placed_and_several_are_listed() {
        let one = place_of_question_mark("let a: f64 = 1.0;\nlet b: f64 = text.parse()?;").unwrap();
        assert!(one.contains("line 2") && one.contains("text.parse()?"), "{one}");
        let two = place_of_question_mark("a()?;\n\nb()?;").unwrap();
        assert!(two.ends_with("lines 1, 3"), "{two}");
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
