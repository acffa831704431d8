//! What a cell shows of cards and of the ledger: text, Markdown and records of checks.

use serde_json::json;

use super::{Card, Judgement, markdown};
use crate::notebook::{Bundle, CHECKS_MIME, Check, Show};

/// The version of the record of checks, as [`Check`] records itself.
const CHECKS_VERSION: u32 = 1;

impl Show for Card {
    fn bundle(&self) -> Bundle {
        bundle_of(std::slice::from_ref(self))
    }
}

/// Cards in one bundle, which gives them one judgement and one output.
pub(super) fn bundle_of(cards: &[Card]) -> Bundle {
    let text = cards.iter().map(Card::text).collect::<Vec<_>>().join("\n");
    let checks: Vec<Check> = cards.iter().flat_map(Card::checks).collect();
    Bundle::new(&text)
        .with("text/markdown", markdown::cards(cards).into())
        .with(CHECKS_MIME, json!({ "version": CHECKS_VERSION, "checks": checks }))
}

/// The ledger at a glance, with one check per row.
pub(super) fn overview_bundle(judgements: &[Judgement]) -> Bundle {
    let standing = judgements.iter().filter(|judgement| judgement.stands()).count();
    let text = format!("{standing} of {} rows of the ledger stand.", judgements.len());
    let check = |judgement: &Judgement| {
        let (id, verdict) = (judgement.claim.id, judgement.claim.headline());
        Check::holds(&format!("ledger/{id}"), &format!("{id}: {verdict}"), judgement.stands())
    };
    let checks: Vec<Check> = judgements.iter().map(check).collect();
    Bundle::new(&text)
        .with("text/markdown", markdown::overview(judgements).into())
        .with(CHECKS_MIME, json!({ "version": CHECKS_VERSION, "checks": checks }))
}
