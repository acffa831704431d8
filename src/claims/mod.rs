//! The ledger: every statement of the paper, its verdict, and the numbers that it is judged by.
//!
//! A row ([`Claim`]) is data in our own words. Each of its parts has a verdict and a basis: a function
//! that computes [`Evidence`] through the crate, a reason why nothing can be computed, or other rows.
//! [`Ledger::judge`] compares the two. A statement that is called false must show the number that it
//! leads to, beside the right one and further from it than a stated margin; a statement that is said to
//! hold must not. Whether the paper prints that number or only implies it is kept apart ([`Rival`]). The
//! verdict above a row is that of its worst part. The same evidence feeds the tests, the cards of the notebooks ([`card`](card()),
//! [`show_cards`]) and the pages `docs/claims.md` and `docs/claims.json`, which
//! `cargo run --example claims` writes.
//!
//! The rows are in one file per section, `section_04.rs`, which holds `CLAIMS` and nothing else; what they are
//! judged by is in the folder beside it: one file `evidence.rs`, or one a topic. A new section adds its `CLAIMS` to
//! [`ledger`](ledger()), and nothing else needs to know of it.
//!
//! # Examples
//!
//! In a cell:
//!
//! ```
//! use itakura_saito::claims::show_cards;
//!
//! show_cards(&["C02.1", "C19.1"]).expect("the evidence bears out both verdicts");
//! ```
//!
//! And one by one:
//!
//! ```
//! use itakura_saito::claims::{Verdict, card};
//! use itakura_saito::notebook::show;
//!
//! let natural_gradient = card("C05.4").expect("a row of the ledger");
//! assert_eq!(natural_gradient.judgement().claim.verdict, Verdict::False);
//! show(&natural_gradient);
//!
//! let unknown = card("C5.4").unwrap_err();
//! assert!(unknown.to_string().contains("C05.4"));
//! ```

mod appendix_a;
mod appendix_b;
mod author;
mod bundle;
mod card;
mod claim;
mod evidence;
mod export;
mod fault;
mod five_points;
mod glance;
mod judge;
mod ledger;
mod markdown;
mod number;
mod rows;
mod section_01;
mod section_02;
mod section_03;
mod section_04;
mod section_05;
mod section_06;
mod section_07;
mod section_08;
mod section_09;
mod section_10;
mod section_11;
mod section_12;
mod section_13;
mod section_16;
#[cfg(feature = "networks")]
mod section_17_spectra;
#[cfg(feature = "networks")]
mod section_17_training;
mod section_iibis;
mod table;
mod target_families;
mod targets;
mod tolerance;

pub use card::Card;
pub use claim::{Amendment, Basis, Claim, LINE, NOTEBOOKS, Part, SECTIONS, Verdict};
pub use evidence::{Evidence, Kind, Rival};
pub use fault::Fault;
pub use judge::{Findings, Judgement, assess, gather};
pub use ledger::Ledger;
pub use rows::Rows;
pub use tolerance::Tolerance;

use crate::Result;
use crate::notebook::{Bundle, show};

/// The ledger of the paper, in the order of its sections.
pub fn ledger() -> Ledger {
    let sections = [
        section_01::CLAIMS,
        section_02::CLAIMS,
        section_03::CLAIMS,
        section_04::CLAIMS,
        section_05::CLAIMS,
        section_06::CLAIMS,
        section_07::CLAIMS,
        section_08::CLAIMS,
        section_09::CLAIMS,
        section_10::CLAIMS,
        section_11::CLAIMS,
        section_12::CLAIMS,
        section_13::CLAIMS,
        section_16::CLAIMS,
        section_iibis::CLAIMS,
        #[cfg(feature = "networks")]
        section_17_training::CLAIMS,
        #[cfg(feature = "networks")]
        section_17_spectra::CLAIMS,
        appendix_a::CLAIMS,
        appendix_b::CLAIMS,
    ];
    let mut claims = sections.concat();
    claims.sort_by_key(Claim::order);
    Ledger::new(claims)
}

/// The card of a row, with its evidence computed.
///
/// # Errors
///
/// [`Error::UnknownClaim`](crate::Error::UnknownClaim) if there is no such row. A row whose evidence
/// contradicts its verdict has a card that says so; see [`Card::verify`].
pub fn card(id: &str) -> Result<Card> {
    ledger().judge(id).map(Card::new)
}

/// Shows the cards of several rows in the cell that is running, and records their checks.
///
/// # Errors
///
/// [`Error::UnknownClaim`](crate::Error::UnknownClaim) if there is no such row, before anything is shown.
/// [`Error::ClaimNotBorneOut`](crate::Error::ClaimNotBorneOut), after all are shown, for the first row
/// whose evidence contradicts its verdict.
pub fn show_cards(ids: &[&str]) -> Result<()> {
    let ledger = ledger();
    let cards: Vec<Card> =
        ids.iter().map(|id| ledger.judge(id).map(Card::new)).collect::<Result<_>>()?;
    show(&bundle::bundle_of(&cards));
    cards.iter().try_for_each(Card::verify)
}

/// The whole ledger at a glance, to be shown: the count of each verdict, and one line per row to unfold.
///
/// It computes the evidence of every row, and records one check for each.
pub fn overview() -> Bundle {
    overview_of(&ledger().judge_all())
}

/// [`overview`] of rows that are judged already.
pub fn overview_of(judgements: &[Judgement]) -> Bundle {
    bundle::overview_bundle(judgements)
}

/// A page for the paper's author, to be shown: what holds, and of each other statement the smallest edit that
/// makes it true.
pub fn author_page() -> Bundle {
    Bundle::new(&author::summary(&ledger())).with("text/markdown", author::page(&ledger()).into())
}

/// Judged rows with their evidence as Markdown: the content of `docs/claims.md`.
pub fn to_markdown(judgements: &[Judgement]) -> String {
    markdown::page(judgements)
}

/// Judged rows with their evidence as JSON: the content of `docs/claims.json`.
///
/// Numbers are rounded to a tenth of their tolerance: the same text on every machine, and still precise
/// enough to be judged again.
pub fn to_json(judgements: &[Judgement]) -> String {
    export::to_json(judgements)
}
