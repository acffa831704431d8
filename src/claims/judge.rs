//! Judging a row: whether its evidence bears out its verdict.

use super::claim::LINE;
use super::{Basis, Claim, Evidence, Fault, Kind, Ledger, NOTEBOOKS, Part, Verdict};
use crate::Result;

/// The evidence of each part of a row, or why it could not be computed; none for a part that is founded
/// on a reason or on other rows.
pub type Findings = Vec<Result<Vec<Evidence>>>;

/// A row with what was found, and all that is wrong with it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Judgement {
    /// The row.
    pub claim: Claim,
    /// What was computed for it, part by part.
    pub findings: Findings,
    /// What is wrong with it; nothing, if it stands.
    pub faults: Vec<Fault>,
}

impl Judgement {
    /// Whether the row is in order and its evidence bears out its verdict.
    pub fn stands(&self) -> bool {
        self.faults.is_empty()
    }

    /// What is wrong with it, in one line.
    pub(super) fn fault_list(&self) -> String {
        self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    /// The evidence of a part, counted from zero.
    pub(super) fn evidence(&self, part: usize) -> &[Evidence] {
        self.findings.get(part).and_then(|found| found.as_deref().ok()).unwrap_or_default()
    }
}

impl Ledger {
    /// Computes the evidence of a row, and compares it with the verdict.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownClaim`](crate::Error::UnknownClaim) if there is no such row. What is
    /// wrong with a row is not an error but a [`Fault`] in its judgement.
    pub fn judge(&self, id: &str) -> Result<Judgement> {
        self.find(id).map(|claim| assess(self, claim, gather(claim)))
    }

    /// The judgement of every row.
    pub fn judge_all(&self) -> Vec<Judgement> {
        self.claims().iter().map(|claim| assess(self, claim, gather(claim))).collect()
    }
}

/// Computes the evidence of a row.
pub fn gather(claim: &Claim) -> Findings {
    let compute = |part: &Part| match part.basis {
        Basis::Computed(evidence) => evidence(),
        Basis::Reason(_) | Basis::RestsOn(_) => Ok(Vec::new()),
    };
    claim.parts.iter().map(compute).collect()
}

/// Compares a row with what was found for it.
///
/// Apart from [`gather`], so that a test can change what was found and see that it is noticed.
pub fn assess(ledger: &Ledger, claim: &Claim, findings: Findings) -> Judgement {
    let mut faults = faults_of_form(ledger, claim);
    for (index, part) in claim.parts.iter().enumerate() {
        let number = index + 1;
        match (part.basis, findings.get(index)) {
            (Basis::Computed(_), Some(Ok(evidence))) => {
                faults.extend(faults_of_evidence(number, part.verdict, evidence));
            }
            (Basis::Computed(_), Some(Err(error))) => {
                faults.push(Fault::NotComputed { part: number, error: error.clone() });
            }
            (Basis::Computed(_), None) => faults.push(Fault::NoBasis { part: number }),
            (Basis::Reason(reason), _) => {
                faults.extend(fault_of_reason(number, part.verdict, reason));
            }
            (Basis::RestsOn(ids), _) => {
                faults.extend(faults_of_references(ledger, claim, number, part.verdict, ids));
            }
        }
    }
    faults.extend(ambiguous_labels(&findings));
    Judgement { claim: *claim, findings, faults }
}

/// How the row is written, whatever its evidence says.
fn faults_of_form(ledger: &Ledger, claim: &Claim) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !is_well_formed(claim.id) {
        faults.push(Fault::MalformedId);
    }
    if ledger.claims().iter().filter(|other| other.id == claim.id).count() > 1 {
        faults.push(Fault::DuplicateId);
    }
    let texts = [
        ("place in the paper", claim.place),
        ("statement", claim.statement),
        ("correct statement", claim.correct),
        ("brief statement", claim.brief),
        ("finding", claim.finding),
        ("cell", claim.cell),
    ];
    let amendment = claim.amendment.iter();
    let amendment =
        amendment.flat_map(|it| [("hypothesis that fails", it.fails), ("smallest edit", it.edit)]);
    let parts = claim.parts.iter().map(|part| ("description of a part", part.about));
    let texts = texts.into_iter().chain(amendment).chain(parts);
    let empty = texts.filter(|(_, text)| text.trim().is_empty());
    faults.extend(empty.map(|(what, _)| Fault::Unwritten { what }));
    let length = claim.brief.chars().count();
    if length > LINE {
        faults.push(Fault::LongBrief { length });
    }
    if !NOTEBOOKS.contains(&claim.notebook) {
        faults.push(Fault::UnknownNotebook { notebook: claim.notebook });
    }
    // An added fact may have parts of every kind, but it has parts.
    let fits = |part: &Part| claim.verdict == Verdict::Added || part.verdict == claim.verdict;
    if !claim.parts.iter().any(fits) {
        faults.push(Fault::HeadlineWithoutPart { headline: claim.verdict });
    }
    faults
}

/// `C`, two digits, a dot, a number without a leading zero other than 0 itself.
fn is_well_formed(id: &str) -> bool {
    let Some((section, number)) = id.strip_prefix('C').and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let short = number == "0" || !number.starts_with('0');
    digits(section) && section.len() == 2 && digits(number) && short
}

/// What the evidence of a part says about its verdict.
fn faults_of_evidence(part: usize, verdict: Verdict, evidence: &[Evidence]) -> Vec<Fault> {
    if verdict == Verdict::NotTestable {
        return vec![Fault::TestedAnyway { part }];
    }
    if evidence.is_empty() {
        return vec![Fault::NoBasis { part }];
    }
    let mut faults: Vec<Fault> = evidence.iter().flat_map(|found| disproofs(part, found)).collect();
    let contradiction = evidence.iter().find(|found| found.contradicts().is_some());
    match (verdict, contradiction) {
        (Verdict::False, None) => faults.push(Fault::NoContradiction { part }),
        (Verdict::Holds | Verdict::Added, Some(found)) => {
            faults.push(Fault::ContradictedVerdict { part, verdict, label: found.label.clone() });
        }
        _ => {}
    }
    faults
}

/// What a piece of evidence was to show, and does not.
fn disproofs(part: usize, evidence: &Evidence) -> Vec<Fault> {
    let (label, observed) = (&evidence.label, evidence.observed);
    let mut faults = Vec::new();
    if !evidence.agrees() {
        faults.push(Fault::Disagrees {
            part,
            label: label.clone(),
            observed,
            expected: evidence.expected,
            tolerance: evidence.allowance(),
        });
    }
    if let Kind::Contradicts { rival, margin } = evidence.kind
        && evidence.contradicts() == Some(false)
    {
        let (label, rival) = (label.clone(), rival.value());
        faults.push(Fault::NotContradicted { part, label, observed, rival, margin });
    }
    faults
}

fn fault_of_reason(part: usize, verdict: Verdict, reason: &str) -> Option<Fault> {
    if verdict != Verdict::NotTestable {
        return Some(Fault::ReasonInsteadOfEvidence { part, verdict });
    }
    reason.trim().is_empty().then_some(Fault::NoBasis { part })
}

/// Whether the rows that a part rests on exist, are founded on something, and fit its verdict.
fn faults_of_references(
    ledger: &Ledger,
    claim: &Claim,
    part: usize,
    verdict: Verdict,
    ids: &[&'static str],
) -> Vec<Fault> {
    if ids.is_empty() {
        return vec![Fault::NoBasis { part }];
    }
    let unknown = ids.iter().filter(|id| ledger.get(id).is_none());
    let unknown: Vec<Fault> = unknown.map(|&id| Fault::RestsOnUnknown { part, id }).collect();
    if !unknown.is_empty() {
        return unknown;
    }
    let mut faults = Vec::new();
    if ids.iter().any(|id| leads_to(ledger, id, claim.id, &mut Vec::new())) {
        faults.push(Fault::RestsOnItself { part });
    }
    let verdicts = || ids.iter().filter_map(|id| ledger.get(id)).map(|row| row.verdict);
    let is_opposite = match verdict {
        Verdict::Holds => verdicts().all(|other| other == Verdict::False),
        Verdict::False => verdicts().all(|other| other == Verdict::Holds),
        _ => false,
    };
    if is_opposite {
        faults.push(Fault::RestsOnOpposite { part, verdict });
    }
    faults
}

/// Whether a row rests on the row `goal`, directly or through others, or is that row.
fn leads_to(ledger: &Ledger, id: &'static str, goal: &str, seen: &mut Vec<&'static str>) -> bool {
    if id == goal {
        return true;
    }
    if seen.contains(&id) {
        return false;
    }
    seen.push(id);
    let parts = ledger.get(id).map_or(&[][..], |claim| claim.parts);
    let next = parts.iter().flat_map(|part| match part.basis {
        Basis::RestsOn(ids) => ids,
        Basis::Computed(_) | Basis::Reason(_) => &[],
    });
    next.into_iter().any(|next| leads_to(ledger, next, goal, seen))
}

/// Labels that do not tell one piece of evidence of the row from another.
fn ambiguous_labels(findings: &Findings) -> Vec<Fault> {
    let mut seen: Vec<&str> = vec![""];
    let mut faults = Vec::new();
    for (index, found) in findings.iter().enumerate() {
        for evidence in found.as_deref().unwrap_or_default() {
            if seen.contains(&evidence.label.as_str()) {
                let label = evidence.label.clone();
                faults.push(Fault::AmbiguousLabel { part: index + 1, label });
            }
            seen.push(&evidence.label);
        }
    }
    faults
}
