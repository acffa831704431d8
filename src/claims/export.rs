//! The ledger as JSON, for programs that read it.

use serde::Serialize;

use super::{Basis, Evidence, Judgement, Kind, Rival, number};

/// The version of the form of `docs/claims.json`.
const VERSION: u32 = 3;

/// The judged rows as JSON text, the same on every run.
pub(super) fn to_json(judgements: &[Judgement]) -> String {
    let claims = judgements.iter().map(ClaimRecord::of).collect();
    let record = LedgerRecord { version: VERSION, claims };
    // Structs without maps and with finite numbers: nothing in them can fail.
    serde_json::to_string_pretty(&record).expect("a ledger has a JSON form") + "\n"
}

#[derive(Serialize)]
struct LedgerRecord {
    version: u32,
    claims: Vec<ClaimRecord>,
}

#[derive(Serialize)]
struct ClaimRecord {
    id: &'static str,
    place: &'static str,
    statement: &'static str,
    headline: String,
    verdict: String,
    correct: &'static str,
    notebook: &'static str,
    cell: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypothesis_that_fails: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_edit: Option<&'static str>,
    stands: bool,
    parts: Vec<PartRecord>,
}

#[derive(Serialize)]
struct PartRecord {
    about: &'static str,
    verdict: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rests_on: &'static [&'static str],
}

#[derive(Serialize)]
struct EvidenceRecord {
    label: String,
    observed: f64,
    expected: f64,
    tolerance: f64,
    reason_for_tolerance: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_the_claim_held: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<f64>,
}

impl ClaimRecord {
    fn of(judgement: &Judgement) -> Self {
        let claim = judgement.claim;
        let parts = (0..claim.parts.len()).map(|part| PartRecord::of(judgement, part));
        Self {
            id: claim.id,
            place: claim.place,
            statement: claim.statement,
            headline: claim.headline().to_string(),
            verdict: claim.verdict.to_string(),
            correct: claim.correct,
            notebook: claim.notebook,
            cell: claim.cell,
            hypothesis_that_fails: claim.amendment.map(|amendment| amendment.fails),
            smallest_edit: claim.amendment.map(|amendment| amendment.edit),
            stands: judgement.stands(),
            parts: parts.collect(),
        }
    }
}

impl PartRecord {
    fn of(judgement: &Judgement, index: usize) -> Self {
        let part = &judgement.claim.parts[index];
        let (reason, rests_on) = match part.basis {
            Basis::Computed(_) => (None, &[][..]),
            Basis::Reason(reason) => (Some(reason), &[][..]),
            Basis::RestsOn(ids) => (None, ids),
        };
        let evidence = judgement.evidence(index).iter().map(EvidenceRecord::of).collect();
        Self { about: part.about, verdict: part.verdict.to_string(), evidence, reason, rests_on }
    }
}

impl EvidenceRecord {
    fn of(evidence: &Evidence) -> Self {
        let value = |rival: Rival| number::to_significant(rival.value(), 7);
        let (printed, implied, margin) = match evidence.kind {
            Kind::Agrees => (None, None, None),
            Kind::Contradicts { rival: rival @ Rival::Printed(_), margin } => {
                (Some(value(rival)), None, Some(margin))
            }
            Kind::Contradicts { rival: rival @ Rival::Implied(_), margin } => {
                (None, Some(value(rival)), Some(margin))
            }
        };
        Self {
            label: evidence.label.clone(),
            observed: evidence.recorded(evidence.observed),
            expected: evidence.recorded(evidence.expected),
            tolerance: number::to_significant(evidence.allowance(), 7),
            reason_for_tolerance: evidence.tolerance.reason(),
            printed,
            if_the_claim_held: implied,
            margin,
        }
    }
}
