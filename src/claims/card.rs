//! Verdict cards: what a notebook shows for the claims of its section.

use serde_json::json;

use super::{Basis, Evidence, Judgement, Kind, Rival, Verdict, number};
use crate::notebook::Check;
use crate::{Error, Result};

/// The judgement of a row in the form in which a cell shows it: one line, with its finding folded.
#[derive(Debug, Clone)]
#[must_use]
pub struct Card(Judgement);

impl Card {
    /// The card of a judgement.
    pub fn new(judgement: Judgement) -> Self {
        Self(judgement)
    }

    /// The judgement that it shows.
    pub fn judgement(&self) -> &Judgement {
        &self.0
    }

    /// The line of the card: verdict, statement in brief, and observed beside expected.
    pub fn line(&self) -> String {
        let claim = &self.0.claim;
        format!("{} · {} · {} · {}", claim.id, claim.headline(), claim.brief, self.result())
    }

    /// The card as a line of text, with its finding.
    pub fn text(&self) -> String {
        format!("{} · {}", self.line(), self.0.claim.finding)
    }

    /// What bears the verdict out: a number beside its reference, or the rows on which it rests. What is wrong
    /// with the row, if it does not stand.
    pub(super) fn result(&self) -> String {
        if !self.0.stands() {
            return format!("NOT borne out: {}", self.0.fault_list());
        }
        if let Some(evidence) = self.telling_evidence() {
            return numbers_of(evidence);
        }
        let claim = &self.0.claim;
        let rests_on = claim.leading_parts().find_map(|part| match claim.parts[part].basis {
            Basis::RestsOn(ids) => Some(format!("rests on {}", ids.join(", "))),
            Basis::Computed(_) | Basis::Reason(_) => None,
        });
        rests_on.unwrap_or_else(|| "nothing to compute".to_owned())
    }

    /// Of the parts with the verdict of the headline, the first evidence against the statement; without one,
    /// the first evidence.
    pub(super) fn telling_evidence(&self) -> Option<&Evidence> {
        let leading = || self.0.claim.leading_parts().flat_map(|part| self.0.evidence(part));
        leading().find(|evidence| evidence.rival().is_some()).or_else(|| leading().next())
    }

    /// How many numbers were computed for the row.
    pub(super) fn count_of_numbers(&self) -> usize {
        (0..self.0.claim.parts.len()).map(|part| self.0.evidence(part).len()).sum()
    }

    /// What the card asserts, as records: every number, every contradiction, and the verdict itself.
    pub fn checks(&self) -> Vec<Check> {
        let claim = &self.0.claim;
        let mut checks = Vec::new();
        for part in 0..claim.parts.len() {
            for (index, evidence) in self.0.evidence(part).iter().enumerate() {
                let id = format!("{}/{}.{}", claim.id, part + 1, index + 1);
                checks.push(Check {
                    id: id.clone(),
                    claim: evidence.label.clone(),
                    observed: json!(evidence.recorded(evidence.observed)),
                    expected: json!(evidence.recorded(evidence.expected)),
                    tolerance: number::to_significant(evidence.allowance(), 7),
                    passed: evidence.agrees(),
                });
                checks.extend(check_of_contradiction(&id, evidence));
            }
        }
        let words = match claim.headline() {
            Verdict::Added => "the added fact is borne out".to_owned(),
            verdict => format!("the verdict \"{verdict}\" is borne out"),
        };
        checks.push(Check::holds(&format!("{}/verdict", claim.id), &words, self.0.stands()));
        checks
    }

    /// Nothing, if the row stands.
    ///
    /// # Errors
    ///
    /// [`Error::ClaimNotBorneOut`] with what is wrong.
    pub fn verify(&self) -> Result<()> {
        if self.0.stands() {
            return Ok(());
        }
        let (id, faults) = (self.0.claim.id.to_owned(), self.0.fault_list());
        Err(Error::ClaimNotBorneOut { id, faults })
    }
}

/// A number beside its reference, and beside where the statement leads.
fn numbers_of(evidence: &Evidence) -> String {
    let Evidence { observed, expected, .. } = *evidence;
    let both = format!(
        "observed {}, expected {}",
        evidence.in_brief(observed),
        evidence.in_brief(expected)
    );
    match evidence.rival() {
        None => both,
        Some(rival) => {
            format!("{both}, {} {}", rival.title(), number::to_digits(rival.value(), 4))
        }
    }
}

/// That the statement leads elsewhere, for evidence against it.
fn check_of_contradiction(id: &str, evidence: &Evidence) -> Option<Check> {
    let (Kind::Contradicts { rival, margin }, Some(contradicts)) =
        (evidence.kind, evidence.contradicts())
    else {
        return None;
    };
    let (suffix, words) = match rival {
        Rival::Printed(_) => ("printed", "the printed"),
        Rival::Implied(_) => ("implied", "what the claim implies,"),
    };
    let value = number::text(number::to_significant(rival.value(), 7));
    let margin = number::to_digits(margin, 2);
    let claim = format!("{} differs from {words} {value} by more than {margin}", evidence.label);
    Some(Check::holds(&format!("{id}/{suffix}"), &claim, contradicts))
}
