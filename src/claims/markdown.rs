//! The ledger in Markdown, for cards and for the page of the documentation. No raw HTML.

use super::{Basis, Evidence, Judgement, Kind, Ledger, Part, Verdict, number};

/// A table longer than this is shortened on a card.
const LONG_TABLE: usize = 30;
/// So many of its lines are left there.
const LINES_LEFT: usize = 10;

/// A row as a heading, its texts, and one table a part. Of a long table the beginning, and every line that
/// fails.
pub(super) fn card(judgement: &Judgement) -> String {
    row(judgement, LONG_TABLE)
}

/// A row of which no table is longer than `most` lines.
fn row(judgement: &Judgement, most: usize) -> String {
    let claim = &judgement.claim;
    let mut text = format!("### {} · {}\n\n", claim.id, claim.verdict);
    if !judgement.stands() {
        text += &format!("**This row does not stand:** {}.\n\n", escape(&fault_list(judgement)));
    }
    text += &format!("**The paper** ({}): {}\n\n", escape(claim.place), escape(claim.statement));
    let heading = match claim.verdict {
        Verdict::Holds | Verdict::Added => "Precisely",
        Verdict::NotTestable => "What can be said",
        _ => "As it should read",
    };
    text += &format!("**{heading}:** {}\n\n", escape(claim.correct));
    for (index, part) in claim.parts.iter().enumerate() {
        text += &format!("*Part {}, {}.* {}", index + 1, part.verdict, escape(part.about));
        text += &basis(part, judgement.evidence(index), most);
    }
    text + &format!("Shown in `{}`.\n", claim.notebook)
}

/// What is wrong with a row, in one line.
pub(super) fn fault_list(judgement: &Judgement) -> String {
    judgement.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The numbers, the reason or the rows that a part is founded on, to follow its description.
fn basis(part: &Part, evidence: &[Evidence], most: usize) -> String {
    match part.basis {
        Basis::Computed(_) if evidence.len() > most => shortened(evidence),
        Basis::Computed(_) => format!("\n\n{}\n", table(evidence.iter())),
        Basis::Reason(reason) => format!(" {}\n\n", escape(reason)),
        Basis::RestsOn(ids) => format!(" Rests on {}.\n\n", ids.join(", ")),
    }
}

/// The first lines of a table and those that fail, and how many there are besides.
fn shortened(evidence: &[Evidence]) -> String {
    let (first, others) = evidence.split_at(LINES_LEFT);
    let failing = others.iter().filter(|found| !found.is_borne_out());
    let left = others.iter().filter(|found| found.is_borne_out()).count();
    let lines = table(first.iter().chain(failing));
    format!("\n\n{lines}\n{left} more numbers agree; `docs/claims.md` lists them.\n\n")
}

/// Observed beside expected; with a column for the printed value if there is one.
fn table<'a>(evidence: impl Iterator<Item = &'a Evidence> + Clone) -> String {
    let with_printed = evidence.clone().any(|found| matches!(found.kind, Kind::Contradicts { .. }));
    let (title, rule) = if with_printed { (" as printed |", "---|") } else { ("", "") };
    let mut text = format!("| quantity | observed | expected | tolerance |{title} |\n");
    text += &format!("|---|---|---|---|{rule}---|\n");
    for found in evidence {
        let observed = found.shown(found.observed);
        let expected = found.shown(found.expected);
        text += &format!(
            "| {} | {observed} | {expected} | {} |",
            escape(&found.label),
            found.tolerance
        );
        text += &match (with_printed, found.kind) {
            (false, _) => String::new(),
            (true, Kind::Agrees) => " |".to_owned(),
            (true, Kind::Contradicts { printed, .. }) => {
                format!(" {} |", number::text(number::to_significant(printed, 7)))
            }
        };
        text += &format!(" {} |\n", result(found));
    }
    text
}

/// What the numbers of a line say.
fn result(evidence: &Evidence) -> &'static str {
    match (evidence.is_borne_out(), evidence.kind) {
        (false, _) => "**fails**",
        (true, Kind::Agrees) => "agrees",
        (true, Kind::Contradicts { .. }) => "agrees, not with the print",
    }
}

/// The whole ledger as a page.
pub(super) fn page(ledger: &Ledger, judgements: &[Judgement]) -> String {
    let mut text = String::from(
        "# The ledger of claims\n\n\
         Every statement of the paper with its verdict, and the numbers that it is judged by. This page is \
         generated: change `src/claims`, then run `cargo run --example claims`.\n\n",
    );
    text += &overview(ledger, judgements);
    for judgement in judgements {
        text += &format!("\n{}", row(judgement, usize::MAX));
    }
    text
}

/// How many rows have which verdict, and one line a row.
pub(super) fn overview(ledger: &Ledger, judgements: &[Judgement]) -> String {
    let mut text = String::from("| verdict | rows |\n|---|---|\n");
    for verdict in Verdict::ALL {
        text += &format!("| {verdict} | {} |\n", ledger.count(verdict));
    }
    text += &format!("| all | {} |\n\n", ledger.claims().len());
    text +=
        "| row | place | verdict | statement | notebook | evidence |\n|---|---|---|---|---|---|\n";
    for judgement in judgements {
        let claim = &judgement.claim;
        let result = if judgement.stands() { "stands" } else { "**fails**" };
        let (place, statement) = (escape(claim.place), escape(claim.statement));
        text += &format!(
            "| {} | {place} | {} | {statement} | `{}` | {result} |\n",
            claim.id, claim.verdict, claim.notebook
        );
    }
    text
}

/// Plain text in Markdown: what would be read as a mark, a table or a tag is shown as it is.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_$|<[".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Evidence, LINES_LEFT, escape, shortened};

    #[test]
    fn a_long_table_keeps_its_beginning_and_every_line_that_fails() {
        let found = |line: usize| {
            let expected = if line == 35 { 2.0 } else { 1.0 };
            Evidence::exact(&format!("line {line}"), 1.0, expected)
        };
        let text = shortened(&(0..40).map(found).collect::<Vec<_>>());
        assert_eq!(text.lines().filter(|line| line.starts_with("| line")).count(), LINES_LEFT + 1);
        assert!(text.contains("| line 35 | 1 | 2 |"), "{text}");
        assert!(text.contains("29 more numbers agree"), "{text}");
    }

    #[test]
    fn what_would_be_a_mark_is_shown_as_it_is() {
        assert_eq!(escape("V(y || f) < 2, S_h"), "V(y \\|\\| f) \\< 2, S\\_h");
    }
}
