//! An educator changes a notebook and slips: what is said, and that it names the cell.

mod common;

use common::{root, run, text};
use serde_json::{Value, json};
use std::path::Path;

/// A notebook as an educator may begin with: the identities of its cells, their tags and their code.
const CELLS: [(&str, &str, &str); 5] = [
    ("load", "", "use itakura_saito::prelude::*;"),
    ("parameter", "", "let target: f64 = 1.0;"),
    (
        "first-figure",
        "figure",
        "let profile: Profile = Profile::of_ratios(target, 0.2, 5.0)?;\nshow(&profile.figure()?);",
    ),
    (
        "at-target",
        "check",
        "check_close(\"C05.3\", \"no loss at the target\", itakura_saito(target, target)?, 0.0, 1e-12);",
    ),
    (
        "quarter-answer",
        "exercise",
        "let quarter: Option<f64> = None;\ncheck_number(\"00-quarter\", quarter);",
    ),
];

/// What the change is.
enum Slip {
    /// In a cell, one text becomes another.
    Edit(&'static str, &'static str, &'static str),
    /// A cell goes behind another.
    Move(&'static str, &'static str),
}

/// Which command tells of it.
#[derive(PartialEq, Clone, Copy)]
enum Told {
    ByRun,
    ByNormalise,
}

use Slip::{Edit, Move};
use Told::{ByNormalise, ByRun};

/// The name of a notebook, its slip, who tells of it, and words that the message has.
const SLIPS: &[(&str, Slip, Told, &[&str])] = &[
    (
        "out_of_range",
        Edit("parameter", "= 1.0", "= -1.0"),
        ByRun,
        &["first-figure), line 1", "must be positive and finite, but it is -1"],
    ),
    (
        "lost_type",
        Edit("parameter", ": f64", ""),
        ByNormalise,
        &["parameter", "this let states no type: write let NAME: TYPE"],
    ),
    (
        "moved_cell",
        Move("parameter", "at-target"),
        ByRun,
        &["first-figure", "`target` is defined further down, by the cell parameter: move it up"],
    ),
    (
        "two_plots",
        // Not a slip for this kernel: both are shown, and counted.
        Edit("first-figure", "show(", "show(&profile.figure()?);\nshow("),
        ByRun,
        &["passed", "two_plots                       5       1        2"],
    ),
    (
        "renamed_variable",
        Edit("parameter", "target", "goal"),
        ByRun,
        &["first-figure), line 1", "no cell that was run has defined `target`"],
    ),
    (
        "forgotten_question_mark",
        Edit("first-figure", "figure()?", "figure()"),
        ByRun,
        &["first-figure"],
    ),
    (
        "integer",
        Edit("first-figure", "0.2, 5.0", "0.2, 5"),
        ByRun,
        &["first-figure), line 1", "write `1.0` for `1`"],
    ),
    (
        "misspelt_exercise",
        Edit("quarter-answer", "00-quarter", "00-quartre"),
        ByRun,
        &["quarter-answer", "00-quarter"],
    ),
    (
        "figure_not_shown",
        Edit("first-figure", "show(&profile.figure()?);", "profile.figure()?;"),
        ByRun,
        &["first-figure", "figure"],
    ),
    (
        "old_expectation",
        Edit("at-target", "(target, target)", "(target, 2.0)"),
        ByRun,
        &["at-target", "no loss at the target", "0.193"],
    ),
    (
        "lists_of_different_length",
        Edit(
            "first-figure",
            "show(&profile.figure()?);",
            "let axis: Axis = Axis::linear(\"x\");\nlet panel: Panel = Panel::new(axis.clone(), axis).series(Series::line(\"s\", &[1.0, 2.0], &[1.0]));\n\
             show(&Figure::builder(\"A line\", \"One line.\").source(\"own\").panel(panel).build()?);",
        ),
        ByRun,
        &["first-figure", "`s` needs 2 values, one for each place, but has 1"],
    ),
    (
        "panicking_call",
        Edit("first-figure", "5.0)?", "5.0).unwrap()"),
        ByNormalise,
        &["first-figure", "write ? instead of .unwrap()"],
    ),
];

/// The notebook with a slip in it.
fn notebook(slip: &Slip) -> Value {
    let dependency = format!(":dep itakura-saito = {{ path = {:?} }}\n", root());
    let mut cells: Vec<(&str, &str, String)> = CELLS
        .iter()
        .map(|&(identity, tag, code)| {
            let first = if identity == "load" { dependency.as_str() } else { "" };
            (identity, tag, format!("{first}{code}"))
        })
        .collect();
    let place = |cells: &[(&str, &str, String)], wanted: &str| {
        cells.iter().position(|(identity, ..)| *identity == wanted).expect("a cell of the notebook")
    };
    match *slip {
        Edit(cell, from, to) => {
            let code = &mut cells[CELLS.iter().position(|(name, ..)| *name == cell).unwrap()].2;
            assert!(code.contains(from), "{cell} has no {from:?}");
            *code = code.replacen(from, to, 1);
        }
        Move(cell, behind) => {
            let moved = cells.remove(place(&cells, cell));
            cells.insert(place(&cells, behind) + 1, moved);
        }
    }
    let cell = |(identity, tag, code): &(&str, &str, String)| {
        let tags: Vec<&str> = tag.split_whitespace().collect();
        let metadata = if tags.is_empty() { json!({}) } else { json!({ "tags": tags }) };
        let source: Vec<&str> = code.split_inclusive('\n').collect();
        json!({
            "cell_type": "code", "id": identity, "metadata": metadata, "source": source,
            "execution_count": null, "outputs": [],
        })
    };
    json!({
        "cells": cells.iter().map(cell).collect::<Vec<_>>(),
        "metadata": {
            "kernelspec": {
                "display_name": "Rust (itakura-saito)", "language": "rust", "name": "itakura-saito",
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    })
}

/// What is said about one notebook of several: the lines that name it, with those that belong to them.
fn about<'a>(said: &'a str, name: &str) -> Vec<&'a str> {
    let names_one = |line: &str| SLIPS.iter().any(|(other, ..)| line.contains(*other));
    let mut ours = false;
    let mut lines = Vec::new();
    for line in said.lines() {
        if names_one(line) {
            ours = line.contains(name);
        }
        if ours {
            lines.push(line);
        }
    }
    lines
}

fn call(command: &[&str], folder: &Path) -> String {
    let folder = folder.to_str().expect("a UTF-8 path");
    text(&run(&[command, &[folder]].concat()))
}

#[test]
fn each_slip_is_told_with_its_cell_and_its_remedy() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, slip, ..) in SLIPS {
        let path = folder.path().join(format!("{name}.ipynb"));
        std::fs::write(path, format!("{:#}\n", notebook(slip))).expect("a notebook is written");
    }
    let said = [
        (ByRun, call(&["run"], folder.path())),
        (ByNormalise, call(&["normalise", "--check"], folder.path())),
    ];
    for (name, _, told, words) in SLIPS {
        let (_, said) = said.iter().find(|(by, _)| by == told).expect("both were called");
        let lines = about(said, name).join("\n");
        for word in *words {
            assert!(
                lines.contains(word),
                "{name}: {word:?} is not said in:\n{lines}\n\nof\n{said}"
            );
        }
    }
}
