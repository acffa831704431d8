//! What a notebook asks of its reader: exercises, which have solutions, and knobs to turn.

use super::document::{CodeCell, Document};
use anyhow::{Context, Result, bail};
use nbformat::v4::{Cell, CellMetadata};
use serde::Deserialize;

/// Where an exercise's cell begins to judge the answer that stands above.
pub const CHECK: &str = "check_";

/// A change that the notebook invites its reader to try: in a code cell, one text for another.
///
/// The Markdown cell that says "Try next" holds them in its metadata:
/// `"try_next": [{"cell": "first-figure", "replace": "0.2, 5.0", "by": "0.5, 2.0"}]`.
#[derive(Debug, Clone, Deserialize)]
pub struct Knob {
    pub cell: String,
    pub replace: String,
    pub by: String,
}

impl std::fmt::Display for Knob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {:?} by {:?}", self.cell, self.replace, self.by)
    }
}

/// The stub of an exercise: what its cell holds before the first line that judges.
pub fn stub_of(code: &str) -> Option<&str> {
    let judging = code.lines().position(|line| line.starts_with(CHECK))?;
    let length: usize = code.split_inclusive('\n').take(judging).map(str::len).sum();
    Some(&code[..length])
}

/// The answers of an exercise, its lines `let NAME: Option<TYPE> = ...` whose name the check uses: what stands
/// before the sign, and what behind it.
pub fn answers_of(code: &str) -> Vec<(&str, &str)> {
    let Some(stub) = stub_of(code) else { return Vec::new() };
    let no_name = |character: char| !character.is_alphanumeric() && character != '_';
    let used: Vec<&str> = code[stub.len()..].split(no_name).collect();
    let is_answer = |declared: &str| {
        let name = declared.strip_prefix("let ").and_then(|rest| rest.split_once(": Option<"));
        name.is_some_and(|(name, _)| used.contains(&name))
    };
    let lines = stub.lines().filter_map(|line| line.split_once(" = "));
    lines.filter(|(declared, _)| is_answer(declared)).collect()
}

impl Document {
    /// The solved copy: in each code cell tagged `exercise` the stub gives way to the Rust block of its
    /// solution. The solution of the exercise `mean-answer` is the Markdown cell `mean-solution`.
    pub fn solve(&mut self) -> Result<()> {
        for cell in self.code_cells().iter().filter(|cell| cell.has_tag("exercise")) {
            let solution = self.solution_of(&cell.identity)?;
            let stub = stub_of(&cell.code).with_context(|| {
                format!("{}: no line of {} begins with {CHECK}", self.name(), cell.identity)
            })?;
            let solved = format!("{solution}{}", &cell.code[stub.len()..]);
            if let Cell::Code { source, .. } = &mut self.notebook.cells[cell.index] {
                *source = vec![solved];
            }
        }
        Ok(())
    }

    /// The Rust block of an exercise's solution.
    pub fn solution_of(&self, exercise: &str) -> Result<String> {
        let wanted = format!("{}-solution", exercise.trim_end_matches("-answer"));
        let cell = self.notebook.cells.iter().find(|cell| cell.id().to_string() == wanted);
        let text = cell.map(|cell| cell.source().concat()).unwrap_or_default();
        let code = text.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next());
        code.map(str::to_owned).with_context(|| {
            format!(
                "{}: the exercise {exercise} has no solution: it should be a Rust block in a Markdown \
                 cell with the id {wanted}",
                self.name()
            )
        })
    }

    /// The changes that the notebook invites to.
    pub fn knobs(&self) -> Result<Vec<Knob>> {
        let lists = self.notebook.cells.iter().filter_map(|cell| match cell {
            Cell::Markdown { metadata, .. } => metadata.additional.get("try_next"),
            _ => None,
        });
        let read = |list: &serde_json::Value| serde_json::from_value::<Vec<Knob>>(list.clone());
        let knobs: Vec<Vec<Knob>> =
            lists.map(read).collect::<Result<_, _>>().with_context(|| {
                format!("{}: try_next should be a list of {{cell, replace, by}}", self.name())
            })?;
        Ok(knobs.concat())
    }

    /// Makes a change; its text has to stand in its cell exactly once.
    pub fn turn(&mut self, knob: &Knob) -> Result<()> {
        let cells = self.code_cells();
        let Some(cell) = cells.iter().find(|cell| cell.identity == knob.cell) else {
            bail!("{}: there is no code cell for the knob {knob}", self.name());
        };
        let count = cell.code.matches(&knob.replace).count();
        if count != 1 {
            bail!("{}: the text of the knob {knob} occurs {count} times", self.name());
        }
        if let Cell::Code { source, .. } = &mut self.notebook.cells[cell.index] {
            *source = vec![cell.code.replacen(&knob.replace, &knob.by, 1)];
        }
        Ok(())
    }
}

/// The most exercises of a notebook, those in prose among them, and the fewest knobs.
const MOST_EXERCISES: usize = 4;
const FEWEST_KNOBS: usize = 2;

/// The lengths of an answer in code, in lines.
const LINES_OF_CODE: std::ops::RangeInclusive<usize> = 3..=8;

/// What is asked for by code that is tried, rather than by a number.
const TRIED: [&str; 4] =
    ["check_function(", "check_functional(", "check_operator(", "check_vector("];

/// What breaks the form of exercises and knobs.
pub fn complaints(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for cell in document.code_cells().iter().filter(|cell| cell.has_tag("exercise")) {
        found.extend(fault_of_stub(&cell.code).map(|fault| format!("{}: {fault}", cell.identity)));
        found.extend(document.solution_of(&cell.identity).err().map(|error| error.to_string()));
    }
    found.extend(missing_kinds(document));
    match document.knobs() {
        Ok(knobs) if knobs.len() < FEWEST_KNOBS => {
            found.push(format!("its try_next names fewer than {FEWEST_KNOBS} knobs"));
        }
        Ok(knobs) => {
            let turned = |knob: &Knob| document.clone().turn(knob).err();
            found.extend(knobs.iter().filter_map(turned).map(|error| error.to_string()));
        }
        Err(error) => found.push(format!("{error:#}")),
    }
    found
}

fn fault_of_stub(code: &str) -> Option<&'static str> {
    let Some(stub) = stub_of(code) else {
        return Some("the last line of an exercise judges it: check_number(...) or one of its kin");
    };
    if !stub.contains("= None;") {
        return Some("an exercise begins with a stub: let NAME: Option<TYPE> = None;");
    }
    (code[stub.len()..].matches(CHECK).count() != 1).then_some("an exercise is judged once")
}

/// A notebook asks for a number by hand, for a few lines of code, and for a sentence in prose.
fn missing_kinds(document: &Document) -> Vec<String> {
    let has_tag =
        |metadata: &CellMetadata| metadata.tags.iter().flatten().any(|tag| tag == "exercise");
    let in_prose = document
        .notebook
        .cells
        .iter()
        .filter(|cell| matches!(cell, Cell::Markdown { metadata, .. } if has_tag(metadata)));
    let in_prose = in_prose.count();
    let code: Vec<CodeCell> =
        document.code_cells().into_iter().filter(|cell| cell.has_tag("exercise")).collect();
    let is_code = |cell: &&CodeCell| {
        let lines = document.solution_of(&cell.identity).map_or(0, |code| code.lines().count());
        TRIED.iter().any(|check| cell.code.contains(check)) && LINES_OF_CODE.contains(&lines)
    };
    let texts =
        document.notebook.cells.iter().map(|cell| (cell.id().to_string(), cell.source().concat()));
    let by_hand = texts.filter(|(id, text)| id.ends_with("-question") && text.contains("By hand"));
    let mut missing = Vec::new();
    let mut ask = |there: bool, what: &str| {
        if !there {
            missing.push(what.to_owned());
        }
    };
    ask(by_hand.count() > 0, "no exercise asks for a number \"By hand\"");
    ask(
        code.iter().any(|cell| is_code(&cell)),
        "no exercise asks for three to eight lines of code",
    );
    ask(in_prose > 0, "no exercise asks for prose: a Markdown cell with the tag exercise");
    ask(code.len() + in_prose <= MOST_EXERCISES, "it has more than four exercises");
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Document {
        let notebook = json!({
            "nbformat": 4, "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                { "cell_type": "code", "id": "mean-answer", "metadata": { "tags": ["exercise"] },
                  "source": "// your answer\nlet mean: Option<f64> = None;\ncheck_number(\"01-mean\", mean);",
                  "outputs": [], "execution_count": null },
                { "cell_type": "markdown", "id": "mean-solution", "metadata": {},
                  "source": "Half.\n\n```rust\nlet mean: Option<f64> = Some(0.5);\n```\n" },
                { "cell_type": "markdown", "id": "learned", "metadata": { "try_next": [
                    { "cell": "mean-answer", "replace": "None", "by": "Some(2.0)" } ] },
                  "source": "**Try next:** another one." }
            ]
        });
        let notebook = match nbformat::parse_notebook(&notebook.to_string()) {
            Ok(nbformat::Notebook::V4(notebook)) => notebook,
            other => panic!("no notebook: {other:?}"),
        };
        Document::in_memory(notebook)
    }

    #[test]
    fn the_solved_copy_keeps_the_line_that_judges() {
        let mut document = document();
        document.solve().expect("a solution");
        assert_eq!(
            document.code_cells()[0].code,
            "let mean: Option<f64> = Some(0.5);\ncheck_number(\"01-mean\", mean);"
        );
    }

    #[test]
    fn a_knob_changes_the_text_that_it_names_and_nothing_else() {
        let mut document = document();
        let knobs = document.knobs().expect("a list");
        document.turn(&knobs[0]).expect("the text stands there once");
        assert!(document.code_cells()[0].code.contains("= Some(2.0);\ncheck"));
        assert!(document.turn(&knobs[0]).expect_err("it is gone").to_string().contains("0 times"));
        let elsewhere = Knob { cell: "nowhere".to_owned(), ..knobs[0].clone() };
        assert!(document.turn(&elsewhere).is_err());
    }
}
