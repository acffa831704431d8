//! Whether a cell did what it should: the rules by which a run fails.

use super::document::CodeCell;
use super::kernel::{End, Execution, MOST_OUTPUT};
use crate::proxy::defined_names;
pub use crate::proxy::without_colours;
use jupyter_protocol::{Media, MediaType, ReplyStatus};
use nbformat::v4::{ErrorOutput, Output};
use serde::Deserialize;

/// The MIME type under which cells record their checks.
pub const CHECKS: &str = "application/vnd.itakura-saito.checks+json";

/// One recorded check, as the crate writes it.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedCheck {
    pub id: String,
    #[serde(default)]
    pub observed: serde_json::Value,
    #[serde(default)]
    pub expected: serde_json::Value,
    #[serde(default)]
    pub tolerance: serde_json::Value,
    pub passed: bool,
}

#[derive(Deserialize)]
struct Checks {
    version: u32,
    checks: Vec<RecordedCheck>,
}

/// Why a cell failed, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Complaint {
    /// The line of the cell, from 1, where it is known.
    pub line: Option<usize>,
    pub reason: String,
}

impl Complaint {
    pub fn new(line: Option<usize>, reason: impl Into<String>) -> Complaint {
        Complaint { line, reason: reason.into() }
    }
}

/// What was found in the outputs of a cell, and what is wrong with it.
pub struct Verdict {
    pub checks: usize,
    pub figures: usize,
    pub complaints: Vec<Complaint>,
}

/// Judges an execution. A cell tagged `raises-exception` must end with an error, with the words that its
/// metadata state as `raises`, if any; no other cell may. In a solved copy, a cell tagged `exercise` must have
/// found an answer to judge.
pub fn judge(cell: &CodeCell, execution: &Execution, solved: bool) -> Verdict {
    let mut complaints = Vec::new();
    judge_end(cell, execution, &mut complaints);
    judge_stderr(execution, &mut complaints);
    let checks = judge_checks(cell, execution, &mut complaints);
    if solved && cell.has_tag("exercise") && checks == 0 {
        complaints.push(Complaint::new(None, "it judges an exercise, but found no answer"));
    }
    let figures = judge_figures(cell, execution, &mut complaints);
    Verdict { checks, figures, complaints }
}

fn judge_end(cell: &CodeCell, execution: &Execution, complaints: &mut Vec<Complaint>) {
    let must_fail = cell.has_tag("raises-exception");
    match &execution.end {
        End::Replied(ReplyStatus::Ok) if must_fail => {
            complaints.push(Complaint::new(None, "it is tagged raises-exception, but raised none"));
        }
        End::Replied(ReplyStatus::Error) if must_fail => {
            let error = execution.error();
            let found = error.map(|error| format!("{}: {}", error.ename, error.evalue));
            if let (Some(words), Some(found)) = (&cell.raises, found)
                && !found.contains(words.as_str())
            {
                let reason =
                    format!("it should end with an error that says {words:?}, but: {found}");
                complaints.push(Complaint::new(error.and_then(line_of), reason));
            }
        }
        _ => complaints.extend(fault_of(execution)),
    }
}

/// Why a cell did not end well.
pub fn fault_of(execution: &Execution) -> Option<Complaint> {
    Some(match &execution.end {
        End::Replied(ReplyStatus::Ok) => return None,
        End::Replied(ReplyStatus::Aborted) => Complaint::new(None, "the kernel aborted it"),
        End::Replied(ReplyStatus::Error) => match execution.error() {
            Some(error) => {
                let advice = advice_of(error).map(|advice| format!("; {advice}"));
                let reason = format!("{}: {}", error.ename, error.evalue);
                Complaint::new(line_of(error), reason + &advice.unwrap_or_default())
            }
            None => Complaint::new(None, "it ended with an error that was not shown"),
        },
        End::TimedOut => Complaint::new(
            None,
            format!(
                "it was still running after {:.0} s: its time limit",
                execution.seconds.floor()
            ),
        ),
        End::Flooded => Complaint::new(
            None,
            format!("it showed more than {} MB, and went on", MOST_OUTPUT / 1_000_000),
        ),
        End::Died(status) => Complaint::new(None, format!("the kernel died ({status})")),
    })
}

/// What the kernel advises to do about an error, if it knows the slip.
fn advice_of(error: &ErrorOutput) -> Option<String> {
    let last = without_colours(error.traceback.last()?);
    last.strip_prefix("what to do: ").map(str::to_owned)
}

/// Where a later cell defines the name that this one misses: it was moved up, or the other one down.
pub fn defined_below(complaints: &[Complaint], later: &[CodeCell]) -> Option<Complaint> {
    let missing = |complaint: &Complaint| {
        let (_, rest) = complaint.reason.split_once("cannot find value `")?;
        Some(rest.split('`').next()?.to_owned())
    };
    let name = complaints.iter().find_map(missing)?;
    let defines = |cell: &&CodeCell| defined_names(&cell.code).contains(&name.as_str());
    let cell = later.iter().find(defines)?;
    let reason =
        format!("`{name}` is defined further down, by the cell {}: move it up", cell.identity);
    Some(Complaint::new(None, reason))
}

/// The line that an error names: the kernel's own words, or the compiler's picture.
fn line_of(error: &ErrorOutput) -> Option<usize> {
    let text = without_colours(&error.traceback.join("\n"));
    let number_after = |marker: &str| {
        let rest = &text[text.find(marker)? + marker.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    // The compiler's picture shows the lines that it is about, each behind its number.
    let in_picture = || text.lines().find_map(|row| row.split_once('│')?.0.trim().parse().ok());
    number_after("in line ").or_else(in_picture)
}

fn judge_stderr(execution: &Execution, complaints: &mut Vec<Complaint>) {
    for output in &execution.outputs {
        if let Output::Stream { name, text } = output
            && name == "stderr"
        {
            complaints.push(Complaint::new(None, format!("it wrote to stderr: {}", text.0.trim())));
        }
    }
}

fn judge_checks(cell: &CodeCell, execution: &Execution, complaints: &mut Vec<Complaint>) -> usize {
    let mut count = 0;
    for media in bundles(execution) {
        for value in other(media, CHECKS) {
            match serde_json::from_value::<Checks>(value.clone()) {
                Ok(Checks { version: 1, checks }) => {
                    count += checks.len();
                    let failed = checks.iter().filter(|check| !check.passed);
                    complaints
                        .extend(failed.map(|check| Complaint::new(None, reason(cell, check))));
                }
                Ok(Checks { version, .. }) => complaints.push(Complaint::new(
                    None,
                    format!("its checks are of version {version}, which this runner does not know"),
                )),
                Err(error) => {
                    complaints
                        .push(Complaint::new(None, format!("its checks cannot be read: {error}")));
                }
            }
        }
    }
    // A record that was replaced on the page is a record all the same.
    let replaced = execution.replaced.iter().flat_map(|media| other(media, CHECKS));
    for checks in replaced.filter_map(|value| serde_json::from_value::<Checks>(value.clone()).ok())
    {
        complaints.extend(checks.checks.iter().filter(|check| !check.passed).map(|check| {
            Complaint::new(None, format!("the check {} failed, and was replaced later", check.id))
        }));
    }
    if cell.has_tag("check") && count == 0 {
        complaints.push(Complaint::new(None, "it is tagged check, but recorded none"));
    }
    count
}

/// Why a check has failed; that of an exercise says nothing about the answer.
fn reason(cell: &CodeCell, check: &RecordedCheck) -> String {
    let RecordedCheck { id, observed, expected, tolerance, .. } = check;
    if cell.has_tag("exercise") {
        return format!("the answer to the exercise {id} is not right");
    }
    format!(
        "the check {id} failed: observed {observed}, expected {expected}, tolerance {tolerance}"
    )
}

fn judge_figures(cell: &CodeCell, execution: &Execution, complaints: &mut Vec<Complaint>) -> usize {
    let is_figure = |media: &&Media| {
        media.content.iter().any(|part| matches!(part, MediaType::Plotly(_) | MediaType::Svg(_)))
    };
    let figures: Vec<&Media> = bundles(execution).filter(is_figure).collect();
    // A cell that ended before its figure has said so already.
    let ended_well = matches!(execution.end, End::Replied(ReplyStatus::Ok));
    if cell.has_tag("figure") && figures.is_empty() && ended_well {
        complaints.push(Complaint::new(None, "it is tagged figure, but showed none"));
    }
    for media in &figures {
        let has = |wanted: &str| media.content.iter().any(|part| part.mime_type() == wanted);
        let missing: Vec<&str> = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]
            .into_iter()
            .filter(|wanted| !has(wanted))
            .collect();
        if !missing.is_empty() {
            complaints
                .push(Complaint::new(None, format!("its figure lacks {}", missing.join(" and "))));
        }
        if has("text/html") {
            complaints.push(Complaint::new(
                None,
                "its figure has a text/html form, which hides the SVG in static viewers",
            ));
        }
    }
    figures.len()
}

/// The checks that a cell has recorded, as far as they can be read, those that were replaced on the page too.
pub fn records(execution: &Execution) -> impl Iterator<Item = RecordedCheck> {
    let media = bundles(execution).chain(&execution.replaced);
    media
        .flat_map(|media| other(media, CHECKS))
        .filter_map(|value| serde_json::from_value::<Checks>(value.clone()).ok())
        .flat_map(|checks| checks.checks)
}

fn bundles(execution: &Execution) -> impl Iterator<Item = &Media> {
    execution.outputs.iter().filter_map(|output| match output {
        Output::DisplayData(display) => Some(&display.data),
        Output::ExecuteResult(result) => Some(&result.data),
        _ => None,
    })
}

fn other<'a>(media: &'a Media, wanted: &'a str) -> impl Iterator<Item = &'a serde_json::Value> {
    media.content.iter().filter_map(move |part| match part {
        MediaType::Other((mime_type, value)) if mime_type == wanted => Some(value),
        _ => None,
    })
}
