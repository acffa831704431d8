//! Notebooks in the form from which nbgrader releases and grades.

use super::exercise::{CHECKS, Exercise, NOT_RIGHT};
use super::student::{forget_outcomes, is_solution, stubbed};
use crate::runner::document::Document;
use crate::runner::exercise::stub_of;
use anyhow::{Context, Result};
use nbformat::v4::{Cell, CellId, CellMetadata};
use serde_json::{Value, json};

/// What nbgrader has to know of Rust.
pub const CONFIGURATION: &str = include_str!("../../config/nbgrader_config.py");

const BEGIN_SOLUTION: &str = "// BEGIN SOLUTION\n";
const END_SOLUTION: &str = "// END SOLUTION";

/// The source form. Each exercise becomes two cells: the answer, with its solution between marks, and the
/// check, which is locked and ends with an error unless the answer is right.
pub fn source(original: &Document) -> Result<Document> {
    let exercises = Exercise::all(original)?;
    let mut source = original.clone();
    source.notebook.cells.retain(|cell| !is_solution(cell));
    forget_outcomes(&mut source);
    let mut cells = Vec::new();
    for mut cell in std::mem::take(&mut source.notebook.cells) {
        forget_the_crate(&mut cell);
        let exercise = exercises.iter().find(|exercise| exercise.cell == cell.id().as_str());
        match exercise {
            None => cells.push(cell),
            Some(exercise) if exercise.is_in_prose() => cells.push(prose(cell, exercise)),
            Some(exercise) => {
                let solution = original.solution_of(&exercise.cell)?;
                cells.extend(code(&cell, exercise, &solution)?);
            }
        }
    }
    source.notebook.cells = cells;
    source.normalise();
    Ok(source)
}

/// nbgrader runs notebooks in folders of its own, where the path to the crate is another one. The kernel has
/// loaded the crate before the first cell.
fn forget_the_crate(cell: &mut Cell) {
    if let Cell::Code { source, .. } = cell {
        source.retain(|line| !line.starts_with(":dep itakura-saito "));
    }
}

fn code(cell: &Cell, exercise: &Exercise, solution: &str) -> Result<[Cell; 2]> {
    let text = stubbed(&cell.source().concat())
        .with_context(|| format!("the exercise {} has no stub", exercise.cell))?;
    let stub = stub_of(&text).unwrap_or_default();
    let answer = format!("{stub}{BEGIN_SOLUTION}{}\n{END_SOLUTION}", solution.trim_end());
    let check_cell = format!("{}-check", exercise.cell.trim_end_matches("-answer"));
    Ok([
        code_cell(cell, &exercise.cell, &answer, &marks(&exercise.cell, Part::Answer)),
        code_cell(
            cell,
            &check_cell,
            &asserted(exercise),
            &marks(&check_cell, Part::Check(exercise.points)),
        ),
    ])
}

/// The check as an assertion: nbgrader gives its points if the cell ends well.
fn asserted(exercise: &Exercise) -> String {
    match exercise.telling_call() {
        Some(call) => format!("assert!({CHECKS}{call}, \"{NOT_RIGHT}\");"),
        None => exercise.check.clone(),
    }
}

fn prose(cell: Cell, exercise: &Exercise) -> Cell {
    let Cell::Markdown { id, mut metadata, source, attachments } = cell else { return cell };
    let marks = marks(&exercise.cell, Part::Prose(exercise.points));
    metadata.additional.insert("nbgrader".to_owned(), marks);
    Cell::Markdown { id, metadata, source, attachments }
}

fn code_cell(model: &Cell, identity: &str, text: &str, marks: &Value) -> Cell {
    let mut metadata = CellMetadata { tags: None, ..model.metadata().clone() };
    metadata.additional.insert("nbgrader".to_owned(), marks.clone());
    Cell::Code {
        id: CellId::new(identity).unwrap_or_else(|_| model.id().clone()),
        metadata,
        execution_count: None,
        source: text.split_inclusive('\n').map(str::to_owned).collect(),
        outputs: Vec::new(),
    }
}

enum Part {
    Answer,
    Check(f64),
    Prose(f64),
}

/// What nbgrader reads in a cell's metadata.
fn marks(identity: &str, part: Part) -> Value {
    let (points, is_solution) = match part {
        Part::Answer => (None, true),
        Part::Check(points) => (Some(points), false),
        Part::Prose(points) => (Some(points), true),
    };
    let mut marks = json!({
        "schema_version": 3,
        "grade_id": identity,
        "grade": points.is_some(),
        "solution": is_solution,
        "locked": !is_solution,
        "task": false,
    });
    if let Some(points) = points {
        marks["points"] = json!(points);
    }
    marks
}
