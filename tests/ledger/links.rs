//! That what is named is there: notebooks, cells, links, and the rows of the ledger in notebook 15.

use crate::page::{Page, pages};
use itakura_saito::claims::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn by_name() -> BTreeMap<String, Page> {
    pages().into_iter().map(|notebook| (notebook.name.clone(), notebook)).collect()
}

#[test]
fn the_list_of_notebooks_is_the_folder() {
    let names: Vec<String> = pages().into_iter().map(|notebook| notebook.name).collect();
    assert_eq!(names, NOTEBOOKS);
}

#[test]
fn the_cell_that_demonstrates_a_row_is_there_and_checks_it() {
    let notebooks = by_name();
    let mut checking = 0;
    for claim in ledger().claims() {
        let cell = notebooks[claim.notebook].cell(claim.cell);
        let cell = cell.unwrap_or_else(|| panic!("{}: no cell {}", claim.id, claim.cell));
        let quoted = |end: &str| cell.source.contains(&format!("\"{}{end}", claim.id));
        let names_it = ["\"", "/", " ", "-"].into_iter().any(quoted);
        assert!(names_it, "{}: the cell {} does not name it", claim.id, claim.cell);
        checking += usize::from(claim.cell != "cards");
    }
    assert!(checking > 50, "only {checking} rows have a cell of their own");
}

#[test]
fn notebook_15_has_every_row_once_and_leads_to_each() {
    let notebooks = by_name();
    let tool = notebooks["15_claims"].cell("whole-ledger").expect("the cell of the tool");
    let [table] = &tool.in_form("text/html")[..] else { panic!("it shows one table") };
    assert_eq!(table.matches("<tr data-section").count(), ledger().claims().len());
    for claim in ledger().claims() {
        let row = table.split("<tr ").find(|row| row.contains(&format!("<b>{}</b>", claim.id)));
        let row = row.unwrap_or_else(|| panic!("{} is not in the table", claim.id));
        let link = format!("{}.ipynb#cell-id={}", claim.notebook, claim.cell);
        assert!(row.contains(&link), "{}: {row}", claim.id);
    }
    assert!(notebooks["15_claims"].rows().is_empty(), "the table stands for the cards");
}

/// The targets of the links of a text, in Markdown and in HTML.
fn targets(text: &str) -> Vec<&str> {
    let ends = [("](", ')'), ("href=\"", '"')];
    let of = |(begin, end): (&'static str, char)| {
        text.split(begin).skip(1).filter_map(move |rest| rest.split(end).next())
    };
    ends.into_iter().flat_map(of).collect()
}

#[test]
fn every_link_between_notebooks_leads_to_a_notebook_and_a_cell() {
    let notebooks = by_name();
    let mut count = 0;
    for (name, notebook) in &notebooks {
        for cell in &notebook.cells {
            let shown = ["text/html", "text/markdown"].map(|form| cell.in_form(form)).concat();
            let source = (!cell.is_code).then_some(&cell.source);
            for target in source.into_iter().chain(&shown).flat_map(|text| targets(text)) {
                let Some((file, fragment)) = target.split_once(".ipynb") else { continue };
                if file.contains("://") {
                    continue;
                }
                count += 1;
                let place = format!("{name}, {}: {target}", cell.id);
                let there = notebooks.get(file).unwrap_or_else(|| panic!("{place}: no notebook"));
                let id = fragment.strip_prefix("#cell-id=");
                assert!(fragment.is_empty() || id.is_some(), "{place}: name a cell by its id");
                assert!(id.is_none_or(|id| there.cell(id).is_some()), "{place}: no such cell");
            }
        }
    }
    assert!(count > 300, "only {count} links were found");
}

#[test]
fn a_notebook_that_is_mentioned_is_linked() {
    for notebook in pages() {
        for cell in notebook.cells.iter().filter(|cell| !cell.is_code) {
            for word in ["otebook 0", "otebook 1"] {
                for (place, _) in cell.source.match_indices(word) {
                    let rest = &cell.source[place + word.len() + 1..];
                    assert!(rest.starts_with("]("), "{}, {}: ...{rest}", notebook.name, cell.id);
                }
            }
        }
    }
}

#[test]
fn the_notebooks_lead_from_00_to_15_and_back() {
    let notebooks = by_name();
    let leads = |from: &str, to: &str| {
        let first = &notebooks[from].cells[0].source;
        targets(first).iter().any(|target| target.split('#').next() == Some(&format!("{to}.ipynb")))
    };
    for pair in NOTEBOOKS.windows(2) {
        assert!(leads(pair[0], pair[1]), "{} does not lead on", pair[0]);
        assert!(leads(pair[1], pair[0]), "{} does not lead back", pair[1]);
    }
    assert!(leads(NOTEBOOKS[15], NOTEBOOKS[0]), "the last leads to the first");
    let start = &notebooks["00_start_here"];
    let map = &start.cell("map").expect("the map").source;
    for name in &NOTEBOOKS[1..] {
        assert!(targets(map).contains(&format!("{name}.ipynb").as_str()), "the map lacks {name}");
    }
    // The glossary leads to the notebooks, and they lead to the glossary.
    let glossary = &start.cell("glossary").expect("the glossary").source;
    for name in &NOTEBOOKS[1..] {
        let first = &notebooks[*name].cells[0].source;
        let glossary = "00_start_here.ipynb#cell-id=glossary";
        assert!(targets(first).contains(&glossary), "{name} does not lead to the glossary");
    }
    let words = glossary.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    for line in words.filter(|line| line.starts_with('|')) {
        assert!(!targets(line).is_empty(), "the glossary does not say where: {line}");
    }
}

/// Texts in which notebooks are named: files that git knows, without the data and this test's own examples.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new("git").args(["ls-files"]).current_dir(root).output().expect("git");
    let listed = String::from_utf8(listed.stdout).expect("UTF-8");
    let is_text = |path: &&str| {
        [".md", ".rs", ".py", ".ipynb", ".toml", ".cff"].iter().any(|end| path.ends_with(end))
    };
    let paths = listed.lines().filter(is_text);
    let read = |path: &str| Some((path.to_owned(), std::fs::read_to_string(root.join(path)).ok()?));
    paths.filter_map(read).collect()
}

/// Words such as `05_spectrum`: two digits, a low line, small letters.
fn named(text: &str) -> Vec<&str> {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    let is_name = |word: &&str| {
        let Some((number, rest)) = word.split_once('_') else { return false };
        number.len() == 2
            && ["0", "1"].iter().any(|digit| number.starts_with(digit))
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.len() > 3
            // A number with its type, `12_usize`.
            && !rest.ends_with("size")
            && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    words.filter(is_name).collect()
}

#[test]
fn every_notebook_that_is_named_anywhere_exists() {
    assert_eq!(
        named("see `05_spectrum` and 99_nowhere, 12_bits, 12_usize"),
        ["05_spectrum", "12_bits"]
    );
    let mut count = 0;
    for (path, text) in texts().iter().filter(|(path, _)| !path.ends_with("ledger/links.rs")) {
        for name in named(text) {
            count += 1;
            assert!(NOTEBOOKS.contains(&name), "{path} names {name}, which is no notebook");
        }
    }
    assert!(count > 300, "only {count} names were found");
    let readme = texts().into_iter().find(|(path, _)| path == "README.md").expect("a README").1;
    assert!(readme.contains("15_claims"), "the README lists the last notebook");
}
