//! The ledger in Markdown: cards for notebooks, and the page of the documentation.

use super::{Amendment, Basis, Card, Evidence, Judgement, Part, Rival, Verdict, number};

/// A row as its card: a line, from which the finding unfolds. What is wrong with a row is never folded.
fn card(card: &Card) -> String {
    let claim = &card.judgement().claim;
    let (verdict, result) = (claim.headline(), in_html(&card.result()));
    let line = format!("<b>{} · {verdict}</b> · {} · {result}", claim.id, in_html(claim.brief));
    if !card.judgement().stands() {
        return format!("<p>{line}</p>\n");
    }
    let finding = in_html(claim.finding);
    format!("<details><summary>{line}</summary>{finding}</details>\n")
}

impl Card {
    /// The card in Markdown: its line, from which the finding unfolds.
    pub fn markdown(&self) -> String {
        card(self)
    }
}

/// Cards one below the other, and where the rest of their numbers stands.
pub(super) fn cards(cards: &[Card]) -> String {
    let lines: String = cards.iter().map(card).collect();
    let count: usize = cards.iter().map(Card::count_of_numbers).sum();
    format!("{lines}\nAll {count} numbers: `docs/claims.md`.\n")
}

/// A row of the documentation: a heading, its texts, and one table per part.
fn row(judgement: &Judgement) -> String {
    let claim = &judgement.claim;
    let mut text = format!("### {} · {}\n\n", claim.id, claim.headline());
    if !judgement.stands() {
        text += &format!("**This row does not stand:** {}.\n\n", escape(&judgement.fault_list()));
    }
    text += &format!("**The paper** ({}): {}\n\n", escape(claim.place), escape(claim.statement));
    let heading = match claim.headline() {
        Verdict::Holds | Verdict::Added => "Precisely",
        Verdict::NotTestable => "What can be said",
        _ => "As it should read",
    };
    text += &format!("**{heading}:** {}\n\n", escape(claim.correct));
    if let Some(Amendment { fails, edit }) = claim.amendment {
        let missing =
            if claim.headline() == Verdict::NotTestable { "What is missing" } else { "What fails" };
        text += &format!("**{missing}:** {}.\n\n", escape(fails));
        text += &format!("**The smallest edit:** {}\n\n", escape(edit));
    }
    for (index, part) in claim.parts.iter().enumerate() {
        text += &format!("*Part {}, {}.* {}", index + 1, part.verdict, escape(part.about));
        text += &basis(part, judgement.evidence(index));
    }
    text + &format!("Shown in `{}`, cell `{}`.\n", claim.notebook, claim.cell)
}

/// The numbers, the reason or the rows that a part is founded on, to follow its description.
fn basis(part: &Part, evidence: &[Evidence]) -> String {
    match part.basis {
        Basis::Computed(_) => format!("\n\n{}\n", table(evidence)),
        Basis::Reason(reason) => format!(" {}\n\n", escape(reason)),
        Basis::RestsOn(ids) => format!(" Rests on {}.\n\n", ids.join(", ")),
    }
}

/// Observed beside expected; with a column for what is printed, and one for what the claim implies, if
/// there is such a number.
fn table(evidence: &[Evidence]) -> String {
    let rivals = [Rival::Printed(0.0), Rival::Implied(0.0)].map(Rival::title);
    let has = |title: &&str| evidence.iter().any(|found| title_of(found) == Some(*title));
    let rivals: Vec<&str> = rivals.into_iter().filter(has).collect();
    let titles: String = rivals.iter().map(|title| format!(" {title} |")).collect();
    let mut text = format!("| quantity | observed | expected | tolerance |{titles} |\n");
    text += &format!("|---|---|---|---|{}---|\n", "---|".repeat(rivals.len()));
    for found in evidence {
        let (observed, expected) = (found.shown(found.observed), found.shown(found.expected));
        let (label, tolerance) = (escape(&found.label), found.tolerance);
        text += &format!("| {label} | {observed} | {expected} | {tolerance} |");
        for title in &rivals {
            let rival = found.rival().filter(|rival| rival.title() == *title);
            let value = rival.map(|rival| number::to_digits(rival.value(), 7) + " ");
            text += &format!(" {}|", value.unwrap_or_default());
        }
        text += &format!(" {} |\n", result(found));
    }
    text
}

fn title_of(evidence: &Evidence) -> Option<&'static str> {
    evidence.rival().map(Rival::title)
}

/// What the numbers of a line say.
fn result(evidence: &Evidence) -> &'static str {
    match (evidence.is_borne_out(), evidence.rival()) {
        (false, _) => "**fails**",
        (true, None) => "agrees",
        (true, Some(Rival::Printed(_))) => "agrees, not with the print",
        (true, Some(Rival::Implied(_))) => "agrees, not with the claim",
    }
}

/// The whole ledger as a page.
pub(super) fn page(judgements: &[Judgement]) -> String {
    let mut text = String::from(
        "# The ledger of claims\n\n\
         Every statement of the paper with its verdict, and the numbers that it is judged by. A verdict is that \
         of the worst part. This page is generated: change `src/claims`, then run `cargo run --example claims`.\n\n",
    );
    text += &counts(judgements);
    text += &register(judgements);
    for judgement in judgements {
        text += &format!("\n{}", row(judgement));
    }
    text
}

/// The ledger at a glance: how many rows have which verdict, and one line per row to unfold.
pub(super) fn overview(judgements: &[Judgement]) -> String {
    let summary = "<details><summary>One line a row</summary>";
    format!("{}{summary}\n\n{}\n</details>\n", counts(judgements), register(judgements))
}

/// How many rows have which verdict.
fn counts(judgements: &[Judgement]) -> String {
    let mut text = String::from("| verdict | rows |\n|---|---|\n");
    for verdict in Verdict::ALL {
        let rows = judgements.iter().filter(|judgement| judgement.claim.headline() == verdict);
        text += &format!("| {verdict} | {} |\n", rows.count());
    }
    text + &format!("| all | {} |\n\n", judgements.len())
}

/// One line per row.
fn register(judgements: &[Judgement]) -> String {
    let mut text = String::from(
        "| row | verdict | statement | notebook | evidence |\n|---|---|---|---|---|\n",
    );
    for judgement in judgements {
        let claim = &judgement.claim;
        let result = if judgement.stands() { "stands" } else { "**fails**" };
        let (brief, verdict) = (escape(claim.brief), claim.headline());
        text +=
            &format!("| {} | {verdict} | {brief} | `{}` | {result} |\n", claim.id, claim.notebook);
    }
    text
}

/// Plain text in Markdown: what would be read as a mark, a table or a tag is shown as it is.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_$|<[".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Plain text in HTML, where neither a tag nor a formula begins.
pub(super) fn in_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '$' => escaped += "&#36;",
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Evidence, escape, in_html, table};

    #[test]
    fn what_is_printed_and_what_a_claim_implies_have_columns_of_their_own() {
        let one = || Evidence::exact("one", 1.0, 1.0);
        let titles = |evidence: &[Evidence]| table(evidence).lines().next().map(str::to_owned);
        let both = [one().against_print(2.0, 0.5), one().against_claim(3.0, 0.5)];
        let expected =
            "| quantity | observed | expected | tolerance | as printed | if the claim held | |";
        assert_eq!(titles(&both).as_deref(), Some(expected));
        let table = table(&both);
        assert!(table.contains("| exact | 2 | | agrees, not with the print |"), "{table}");
        assert!(table.contains("| exact | | 3 | agrees, not with the claim |"), "{table}");
        assert!(!titles(&both[..1]).unwrap_or_default().contains("if the claim held"));
        assert!(!titles(&both[1..]).unwrap_or_default().contains("as printed"));
    }

    #[test]
    fn what_would_be_a_mark_is_shown_as_it_is() {
        assert_eq!(escape("V(y || f) < 2, S_h"), "V(y \\|\\| f) \\< 2, S\\_h");
        assert_eq!(in_html("a < b & $c$"), "a &lt; b &amp; &#36;c&#36;");
    }
}
