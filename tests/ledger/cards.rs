//! The cards by which notebooks show rows of the ledger: each a line, each where it belongs, and together
//! never more than a fifth of what a page has to read.

use itakura_saito::claims::*;
use itakura_saito::notebook::{CHECKS_MIME, Check, Show};
use std::collections::BTreeMap;

use crate::page::pages;

#[test]
fn a_card_is_one_line_from_which_its_finding_unfolds() {
    let bundle = card("C05.4").unwrap().bundle();
    assert!(bundle.get("text/html").is_none());
    let line = "C05.4 · false · Descent on IS is natural gradient descent · observed 3, expected 3, \
                if the claim held 0.12";
    let text = bundle.get("text/plain").unwrap().as_str().unwrap();
    assert!(text.starts_with(line) && text.lines().count() == 1, "{text}");

    let markdown = bundle.get("text/markdown").unwrap().as_str().unwrap();
    let (summary, folded) = markdown.split_once("</summary>").unwrap();
    let summary = summary.replace("<b>", "").replace("</b>", "");
    assert_eq!(summary, format!("<details><summary>{line}"));
    assert!(folded.starts_with("The natural gradient is f - y;"), "{folded}");

    let record = bundle.get(CHECKS_MIME).unwrap();
    assert_eq!(record["version"], 1);
    let checks: Vec<Check> = serde_json::from_value(record["checks"].clone()).unwrap();
    let mut ids: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    assert!(
        ids.contains(&"C05.4/1.1")
            && ids.contains(&"C05.4/1.1/implied")
            && ids.contains(&"C05.4/verdict")
    );
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "the ids of the checks are unique");
}

#[test]
fn every_card_fits_a_line() {
    for judgement in ledger().judge_all() {
        let line = Card::new(judgement).line();
        assert!(line.chars().count() <= 150 && !line.contains('\n'), "{line}");
    }
}

#[test]
fn the_overview_has_one_line_and_one_check_for_each_row() {
    let bundle = overview();
    let ledger = ledger();
    let rows = ledger.claims().len();
    let checks = bundle.get(CHECKS_MIME).unwrap()["checks"].as_array().unwrap().len();
    assert_eq!(checks, rows);
    let markdown = bundle.get("text/markdown").unwrap().as_str().unwrap();
    let lines = markdown.lines().filter(|line| line.starts_with("| C")).count();
    assert_eq!(lines, rows);
    assert!(markdown.contains(&format!("| all | {rows} |")));
}

// The cards of the notebooks.

#[test]
fn every_row_has_exactly_one_card_in_its_notebook() {
    let notebooks = pages();
    for claim in ledger().claims() {
        let shown = notebooks.iter().flat_map(|notebook| {
            let cards = notebook.rows().into_iter().filter(|row| *row == claim.id);
            cards.map(|_| notebook.name.as_str()).collect::<Vec<_>>()
        });
        assert_eq!(shown.collect::<Vec<_>>(), [claim.notebook], "{}", claim.id);
    }
}

#[test]
fn cards_come_after_the_exercises_and_in_one_cell() {
    for notebook in pages() {
        let Some(cards) = notebook.position(|cell| cell.source.contains("show_cards(")) else {
            continue;
        };
        let exercise = notebook.position(|cell| cell.source.contains("## Exercise"));
        assert!(exercise < Some(cards), "{}: cards before an exercise", notebook.name);
        let count =
            notebook.cells.iter().filter(|cell| cell.source.contains("show_cards(")).count();
        assert_eq!(count, 1, "{}: one cell judges all rows of the page", notebook.name);
    }
}

/// What is read as a word: marks of Markdown and HTML are none.
fn words(markdown: &str) -> usize {
    let plain =
        markdown.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after));
    let plain = plain.collect::<Vec<_>>().join(" ");
    plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[test]
fn the_cards_of_a_notebook_are_at_most_a_fifth_of_its_words() {
    let lines: BTreeMap<String, usize> = ledger()
        .judge_all()
        .into_iter()
        .map(|judgement| (judgement.claim.id.to_owned(), words(&Card::new(judgement).markdown())))
        .collect();
    for notebook in pages() {
        // Folded or not, all of a card counts; of the page its prose alone.
        let cards: usize = notebook.rows().into_iter().map(|row| lines[row]).sum();
        let markdown = notebook.cells.iter().filter(|cell| !cell.is_code);
        let prose: usize = markdown.map(|cell| words(&cell.source)).sum();
        println!("{}: {cards} words of cards beside {prose} of prose", notebook.name);
        assert!(5 * cards <= cards + prose, "{}: {cards} beside {prose}", notebook.name);
    }
}
