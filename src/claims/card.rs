//! Verdict cards: what a notebook shows for the claims of its section.

use serde_json::json;

use super::{Judgement, Kind, Ledger, Verdict, markdown, number};
use crate::notebook::{Bundle, CHECKS_MIME, Check, Show};
use crate::{Error, Result};

/// The version of the record of checks, as [`Check`] records itself.
const CHECKS_VERSION: u32 = 1;

/// The judgement of a row in the form in which a cell shows it.
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

    /// The card in Markdown, without HTML.
    pub fn markdown(&self) -> String {
        markdown::card(&self.0)
    }

    /// The card as a sentence or two.
    pub fn text(&self) -> String {
        let claim = &self.0.claim;
        let count: usize = (0..claim.parts.len()).map(|part| self.0.evidence(part).len()).sum();
        let numbers = match count {
            0 => "no number of its own".to_owned(),
            1 => "1 number".to_owned(),
            count => format!("{count} numbers"),
        };
        let result = match self.0.stands() {
            true => format!("borne out by {numbers}"),
            false => format!("NOT borne out: {}", markdown::fault_list(&self.0)),
        };
        format!("{} {}, {result}. {}", claim.id, claim.verdict, claim.correct)
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
                if let (Kind::Contradicts { printed, margin }, Some(contradicts)) =
                    (evidence.kind, evidence.contradicts())
                {
                    let printed = number::text(number::to_significant(printed, 7));
                    let margin = number::to_digits(margin, 2);
                    let words = "differs from the printed";
                    let claim =
                        format!("{} {words} {printed} by more than {margin}", evidence.label);
                    checks.push(Check::holds(&format!("{id}/printed"), &claim, contradicts));
                }
            }
        }
        let words = match claim.verdict {
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
        let (id, faults) = (self.0.claim.id.to_owned(), markdown::fault_list(&self.0));
        Err(Error::ClaimNotBorneOut { id, faults })
    }
}

impl Show for Card {
    fn bundle(&self) -> Bundle {
        bundle_of(std::slice::from_ref(self))
    }
}

/// Cards in one bundle: a stock evcxr kernel shows no more than one for each cell.
pub(super) fn bundle_of(cards: &[Card]) -> Bundle {
    let joined = |form: fn(&Card) -> String, between: &str| {
        cards.iter().map(form).collect::<Vec<_>>().join(between)
    };
    let checks: Vec<Check> = cards.iter().flat_map(Card::checks).collect();
    Bundle::new(&joined(Card::text, "\n"))
        .with("text/markdown", joined(Card::markdown, "\n").into())
        .with(CHECKS_MIME, json!({ "version": CHECKS_VERSION, "checks": checks }))
}

/// The ledger at a glance, with one check a row.
pub(super) fn overview_bundle(ledger: &Ledger, judgements: &[Judgement]) -> Bundle {
    let standing = judgements.iter().filter(|judgement| judgement.stands()).count();
    let text = format!("{standing} of {} rows of the ledger stand.", judgements.len());
    let check = |judgement: &Judgement| {
        let (id, verdict) = (judgement.claim.id, judgement.claim.verdict);
        Check::holds(&format!("ledger/{id}"), &format!("{id}: {verdict}"), judgement.stands())
    };
    let checks: Vec<Check> = judgements.iter().map(check).collect();
    Bundle::new(&text)
        .with("text/markdown", markdown::overview(ledger, judgements).into())
        .with(CHECKS_MIME, json!({ "version": CHECKS_VERSION, "checks": checks }))
}
