//! A page for the author of the paper: what holds, and what would make the rest true.

use super::markdown::escape;
use super::table::{address, section_title};
use super::{Claim, Ledger, SECTIONS, Verdict};

/// The page in a line.
pub(super) fn summary(ledger: &Ledger) -> String {
    let untestable = ledger.count(Verdict::NotTestable);
    format!(
        "{} statements hold as they are printed, {} others become true by a small edit each, and {untestable} \
         name no quantity that could be computed.",
        ledger.count(Verdict::Holds),
        ledger.claims().iter().filter(|claim| claim.amendment.is_some()).count() - untestable
    )
}

/// The page in Markdown: what holds, one statement a line; the edits, folded by section; and what to add.
pub(super) fn page(ledger: &Ledger) -> String {
    let of = |verdict: Verdict| -> String {
        let claims = ledger.claims().iter().filter(|claim| claim.headline() == verdict);
        claims.map(stated).collect()
    };
    let edits: String = SECTIONS.iter().map(|(_, name)| edits(ledger, name)).collect();
    format!(
        "### What holds as it is printed\n\n{}\n### The smallest edit for each other statement\n\n\
         {edits}### What the paper could add\n\n{}",
        of(Verdict::Holds),
        of(Verdict::Added)
    )
}

fn stated(claim: &Claim) -> String {
    format!("- {} {}\n", link(claim), escape(claim.statement))
}

/// The edits in a section; nothing if it needs none.
fn edits(ledger: &Ledger, section: &str) -> String {
    let claims = ledger.claims().iter().filter(|claim| claim.section() == section);
    let rows: Vec<String> = claims.filter_map(edit).collect();
    if rows.is_empty() {
        return String::new();
    }
    let summary = format!("{} · {}", section_title(section), rows.len());
    let titles = "| row | the paper says | the smallest edit |\n|---|---|---|";
    format!("<details><summary>{summary}</summary>\n\n{titles}\n{}\n</details>\n\n", rows.concat())
}

fn edit(claim: &Claim) -> Option<String> {
    let edit = escape(claim.amendment?.edit);
    Some(format!("| {} | {} | {edit} |\n", link(claim), escape(claim.brief)))
}

fn link(claim: &Claim) -> String {
    format!("[{}]({})", claim.id, address(claim))
}
