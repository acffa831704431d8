//! What can be wrong with a row of the ledger.

use super::Verdict;
use crate::Error;

/// What is wrong with a row: how it is written, what it is founded on, or what its evidence says.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The id is not a C, two digits, a dot and a number.
    #[error("the id is not of the form C05.4")]
    MalformedId,
    /// Another row has the same id.
    #[error("another row has the same id")]
    DuplicateId,
    /// A text is missing.
    #[error("its {what} is empty")]
    Unwritten {
        /// Which text.
        what: &'static str,
    },
    /// The brief statement does not fit the line of a card.
    #[error("its brief statement has {length} characters, and a line has room for 60")]
    LongBrief {
        /// How many it has.
        length: usize,
    },
    /// The notebook does not exist.
    #[error("there is no notebook `{notebook}`")]
    UnknownNotebook {
        /// What was given.
        notebook: &'static str,
    },
    /// No part carries the headline verdict.
    #[error("none of its parts {headline}, as the headline says")]
    HeadlineWithoutPart {
        /// The headline verdict.
        headline: Verdict,
    },
    /// A part is founded on a list without entries.
    #[error("part {part} is founded on nothing")]
    NoBasis {
        /// The part, counted from one.
        part: usize,
    },
    /// A verdict other than "not testable" is founded on a reason alone.
    #[error("part {part} {verdict}, which takes evidence, not a reason")]
    ReasonInsteadOfEvidence {
        /// The part, counted from one.
        part: usize,
        /// Its verdict.
        verdict: Verdict,
    },
    /// A statement that is not testable was tested.
    #[error("part {part} is called not testable, but has evidence")]
    TestedAnyway {
        /// The part, counted from one.
        part: usize,
    },
    /// A part rests on a row that does not exist.
    #[error("part {part} rests on `{id}`, which is not a row of the ledger")]
    RestsOnUnknown {
        /// The part, counted from one.
        part: usize,
        /// The id in question.
        id: &'static str,
    },
    /// The rows that a part rests on lead back to each other, and to no evidence.
    #[error("part {part} rests, in the end, on itself")]
    RestsOnItself {
        /// The part, counted from one.
        part: usize,
    },
    /// A part rests on rows with the opposite verdict only.
    #[error("part {part} {verdict}, but no row that it rests on can found that")]
    RestsOnOpposite {
        /// The part, counted from one.
        part: usize,
        /// Its verdict.
        verdict: Verdict,
    },
    /// The evidence could not be computed.
    #[error("the evidence of part {part} could not be computed: {error}")]
    NotComputed {
        /// The part, counted from one.
        part: usize,
        /// Why.
        error: Error,
    },
    /// Two pieces of evidence of the row have the same label, or one has none.
    #[error("the label `{label}` of evidence in part {part} is empty or not the only one")]
    AmbiguousLabel {
        /// The part, counted from one.
        part: usize,
        /// The label.
        label: String,
    },
    /// An observed value is not within the tolerance of its reference.
    #[error(
        "{label} in part {part} is {observed}, but should be {expected} to a tolerance of {tolerance}"
    )]
    Disagrees {
        /// The part, counted from one.
        part: usize,
        /// What was computed.
        label: String,
        /// What the crate computes.
        observed: f64,
        /// The reference.
        expected: f64,
        /// The largest difference that is allowed.
        tolerance: f64,
    },
    /// A value that should contradict the statement is as good as the one to which the statement leads.
    #[error(
        "{label} in part {part} is {observed}, which does not differ from {rival}, to which the statement \
         leads, by more than {margin}, or the margin is below the tolerance"
    )]
    NotContradicted {
        /// The part, counted from one.
        part: usize,
        /// What was computed.
        label: String,
        /// What the crate computes.
        observed: f64,
        /// Where the statement leads.
        rival: f64,
        /// By how much the two should at least differ.
        margin: f64,
    },
    /// A part is called false, but no evidence contradicts it.
    #[error("part {part} is called false, but none of its evidence contradicts it")]
    NoContradiction {
        /// The part, counted from one.
        part: usize,
    },
    /// A part is said to hold as printed, but its evidence contradicts the print.
    #[error("part {part} {verdict}, but {label} contradicts the printed statement")]
    ContradictedVerdict {
        /// The part, counted from one.
        part: usize,
        /// Its verdict.
        verdict: Verdict,
        /// What was computed.
        label: String,
    },
}
