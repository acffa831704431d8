//! The rows of the ledger as a table that a browser filters.
//!
//! Nothing here needs a script: the rows are folded by section, and listed again by verdict and by notebook.
//! Where scripts run, these lists give way to controls, see `table.js`.

use super::markdown::in_html;
use super::{Card, Claim, NOTEBOOKS, SECTIONS, Verdict, number};

/// What makes controls of the table.
const SCRIPT: &str = include_str!("table.js");

/// Up to so many rows stand open; more are folded, section by section.
const OPEN: usize = 20;

/// The rows as a table with its filters.
pub(super) fn page(cards: &[Card]) -> String {
    if cards.is_empty() {
        return "<p>No row of the ledger is like that.</p>".to_owned();
    }
    let sections = SECTIONS.map(|(_, name)| name);
    let of_sections = groups(cards, &sections, |claim| claim.section().to_owned());
    let sections: String = of_sections.iter().map(|group| section(group, cards.len())).collect();
    let lists = match cards.len() > OPEN {
        true => {
            let verdicts = Verdict::ALL.map(|verdict| verdict.to_string());
            let verdicts: Vec<&str> = verdicts.iter().map(String::as_str).collect();
            lists("By verdict", &groups(cards, &verdicts, |claim| claim.headline().to_string()))
                + &lists(
                    "By notebook",
                    &groups(cards, &NOTEBOOKS, |claim| claim.notebook.to_owned()),
                )
        }
        false => String::new(),
    };
    format!("<div class=\"ledger\">\n{sections}{lists}<script>\n{SCRIPT}</script>\n</div>\n")
}

/// Rows that have something in common, and its name.
struct Group<'a> {
    name: &'a str,
    cards: Vec<&'a Card>,
}

/// The rows by what they have in common, in the order of the names; names without a row are left out.
fn groups<'a>(
    cards: &'a [Card],
    names: &[&'a str],
    of: impl Fn(&Claim) -> String,
) -> Vec<Group<'a>> {
    let group = |name: &&'a str| {
        let cards = cards.iter().filter(|card| of(claim(card)) == *name).collect();
        Group { name, cards }
    };
    names.iter().map(group).filter(|group| !group.cards.is_empty()).collect()
}

fn claim(card: &Card) -> &Claim {
    &card.judgement().claim
}

/// The rows of a section, with all that is known of them.
fn section(group: &Group, all: usize) -> String {
    let open = if all <= OPEN { " open" } else { "" };
    let title = section_title(group.name);
    let rows: String = group.cards.iter().map(|card| row(card)).collect();
    let titles = [
        "row",
        "the paper says",
        "which hypothesis fails",
        "observed",
        "expected",
        "the paper's number",
        "shown in",
    ];
    let titles: String = titles.map(|title| format!("<th>{title}</th>")).concat();
    format!(
        "<details class=\"ledger-section\"{open}><summary>{title} · <span>{}</span></summary>\n\
         <table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</details>\n",
        counted(group.cards.len())
    )
}

/// The name of a section in words.
pub(super) fn section_title(name: &str) -> String {
    match name {
        "1" => "Abstract and section 1".to_owned(),
        "16" => "Sections 15 and 16".to_owned(),
        "A" | "B" => format!("Appendix {name}"),
        name => format!("Section {name}"),
    }
}

fn counted(rows: usize) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

fn row(card: &Card) -> String {
    let claim = claim(card);
    let (id, section, notebook, verdict) =
        (claim.id, claim.section(), claim.notebook, claim.headline());
    let fails = claim.amendment.map_or("", |amendment| amendment.fails);
    format!(
        "<tr data-section=\"{section}\" data-verdict=\"{verdict}\" data-notebook=\"{notebook}\">\
         <td><b>{id}</b><br>{verdict}</td><td>{}</td><td>{}</td>{}<td>{}</td></tr>\n",
        statement(card),
        in_html(fails),
        numbers(card),
        link(claim, &notebook.replace('_', " "))
    )
}

/// The statement in brief, from which it unfolds with what is true of it.
fn statement(card: &Card) -> String {
    let claim = claim(card);
    let label =
        card.telling_evidence().map(|found| format!(" The number is {}.", in_html(&found.label)));
    format!(
        "<details><summary>{}</summary>{} <b>Precisely:</b> {}{}</details>",
        in_html(claim.brief),
        in_html(claim.statement),
        in_html(claim.finding),
        label.unwrap_or_default()
    )
}

/// What was computed, what it should be, and where the statement leads.
fn numbers(card: &Card) -> String {
    let judgement = card.judgement();
    match card.telling_evidence().filter(|_| judgement.stands()) {
        Some(evidence) => {
            let rival = evidence.rival().map(|rival| {
                format!("{} ({})", number::to_digits(rival.value(), 4), rival.title())
            });
            format!(
                "<td>{}</td><td>{}</td><td>{}</td>",
                evidence.in_brief(evidence.observed),
                evidence.in_brief(evidence.expected),
                rival.unwrap_or_default()
            )
        }
        None => format!("<td colspan=\"3\">{}</td>", in_html(&card.result())),
    }
}

/// The cell that shows a row. JupyterLab and the book know a cell by the same name.
pub(super) fn address(claim: &Claim) -> String {
    format!("{}.ipynb#cell-id={}", claim.notebook, claim.cell)
}

fn link(claim: &Claim, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", address(claim), in_html(words))
}

/// Rows by what they have in common, in brief.
fn lists(title: &str, groups: &[Group]) -> String {
    let lists: String = groups.iter().map(list).collect();
    format!("<details class=\"ledger-list\"><summary>{title}</summary>\n{lists}</details>\n")
}

fn list(group: &Group) -> String {
    let item = |card: &&Card| {
        let claim = claim(card);
        let verdict = claim.headline();
        format!("<li>{} · {verdict} · {}</li>\n", link(claim, claim.id), in_html(claim.brief))
    };
    let items: String = group.cards.iter().map(item).collect();
    let (name, rows) = (group.name.replace('_', " "), counted(group.cards.len()));
    format!("<details><summary>{name} · {rows}</summary>\n<ul>\n{items}</ul>\n</details>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::ledger;

    #[test]
    fn every_row_stands_once_in_the_table_and_once_in_each_list() {
        let cards: Vec<Card> = ledger().judge_all().into_iter().map(Card::new).collect();
        let page = page(&cards);
        let rows = cards.len();
        assert_eq!(page.matches("<tr data-section=").count(), rows);
        assert_eq!(page.matches("<li>").count(), 2 * rows);
        for card in &cards {
            let claim = claim(card);
            assert_eq!(
                page.matches(&format!("<td><b>{}</b>", claim.id)).count(),
                1,
                "{}",
                claim.id
            );
            assert!(!claim.section().is_empty(), "{}", claim.id);
        }
        let (text, _) = page.split_once("<script>").expect("the controls");
        assert!(!text.contains('$'), "JupyterLab would read a formula");
    }

    #[test]
    fn few_rows_stand_open_and_none_are_told() {
        let few = ledger().rows().section("3").expect("a section").judge();
        let few: Vec<Card> = few.into_iter().map(Card::new).collect();
        let page_of_few = page(&few);
        assert!(page_of_few.contains("class=\"ledger-section\" open"));
        assert!(!page_of_few.contains("class=\"ledger-list\""));
        assert!(page(&[]).contains("No row"));
    }
}
