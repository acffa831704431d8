//! `itakura student`: copies of notebooks for those who are to solve them.

use super::check_free;
use super::nbgrader;
use crate::project::Project;
use crate::runner::document::{self, Document, PREDICTION};
use crate::runner::exercise::{answers_of, stub_of};
use anyhow::{Context, Result, bail};
use nbformat::v4::{Cell, CellMetadata};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct StudentOptions {
    /// Notebooks: files, folders of them, or names
    #[arg(required = true)]
    notebooks: Vec<PathBuf>,
    /// Write the copies into this folder
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// Write nbgrader's source form instead, one assignment a notebook, and its configuration
    #[arg(long)]
    nbgrader: bool,
    /// Replace copies that are there already
    #[arg(long)]
    overwrite: bool,
}

/// Writes the copies, all of them or none.
pub fn student(project: &Project, options: &StudentOptions) -> Result<()> {
    let mut texts: Vec<(PathBuf, String)> = Vec::new();
    let originals = document::find(project, &options.notebooks)?;
    for path in &originals {
        let original = Document::read(path)?;
        if options.nbgrader {
            let folder = options.output.join("source").join(original.name());
            let source = nbgrader::source(&original)?.to_text()?;
            texts.push((folder.join(path.file_name().unwrap_or_default()), source));
        } else {
            let copy = options.output.join(path.file_name().unwrap_or_default());
            texts.push((copy, students_copy(&original)?.to_text()?));
        }
    }
    if options.nbgrader {
        let path = options.output.join("nbgrader_config.py");
        texts.push((path, nbgrader::CONFIGURATION.to_owned()));
    }
    let paths: Vec<PathBuf> = texts.iter().map(|(path, _)| path.clone()).collect();
    check_apart(&paths, &originals)?;
    check_free(&paths, options.overwrite)?;
    for (path, text) in &texts {
        fs_err::create_dir_all(path.parent().expect("a file in a folder"))?;
        fs_err::write(path, text)?;
        println!("{}", path.display());
    }
    Ok(())
}

/// Refuses copies that would take each other's place, or an original's.
fn check_apart(copies: &[PathBuf], originals: &[PathBuf]) -> Result<()> {
    for (position, copy) in copies.iter().enumerate() {
        if copies[..position].contains(copy) {
            bail!(
                "two notebooks would be written to {}: give them different names",
                copy.display()
            );
        }
        let is_it = |original: &&PathBuf| same_file(original, copy);
        if let Some(original) = originals.iter().find(is_it) {
            bail!("{} is an original: name another folder with --output", original.display());
        }
    }
    Ok(())
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The notebook with stubs for answers, without solutions, and without the outcomes of predictions.
fn students_copy(original: &Document) -> Result<Document> {
    let mut copy = original.clone();
    copy.notebook.cells.retain(|cell| !is_solution(cell));
    forget_outcomes(&mut copy);
    let name = original.name();
    for cell in &mut copy.notebook.cells {
        if let Cell::Code { id, metadata, source, outputs, execution_count } = cell
            && has_tag(metadata, "exercise")
        {
            let stub = stubbed(&source.concat()).with_context(|| {
                format!("{name}: the exercise {id} has no `let ...: Option<...> = None;` above its check")
            })?;
            *source = stub.split_inclusive('\n').map(str::to_owned).collect();
            outputs.clear();
            *execution_count = None;
        }
    }
    copy.normalise();
    Ok(copy)
}

pub(super) fn has_tag(metadata: &CellMetadata, wanted: &str) -> bool {
    metadata.tags.iter().flatten().any(|tag| tag == wanted)
}

pub(super) fn is_solution(cell: &Cell) -> bool {
    has_tag(cell.metadata(), "solution")
        || (matches!(cell, Cell::Markdown { .. }) && cell.id().as_str().ends_with("-solution"))
}

/// Takes away what the code cells show that follow a prediction, up to the next text.
pub(super) fn forget_outcomes(copy: &mut Document) {
    let mut predicted = false;
    for cell in &mut copy.notebook.cells {
        match cell {
            Cell::Code { outputs, execution_count, .. } if predicted => {
                outputs.clear();
                *execution_count = None;
            }
            Cell::Markdown { source, .. } => predicted = source.concat().contains(PREDICTION),
            _ => {}
        }
    }
}

/// The text of an exercise's cell without an answer, which may have been tried in it.
pub(super) fn stubbed(code: &str) -> Option<String> {
    let stub = stub_of(code)?;
    let answers = answers_of(code);
    if answers.is_empty() {
        return None;
    }
    if answers.iter().all(|(_, value)| value.starts_with("None;")) {
        return Some(code.to_owned());
    }
    // Of what else was tried, no line says whether it is a part of the answer.
    let comments = stub.split_inclusive('\n').take_while(|line| line.starts_with("//"));
    let comments: String = comments.collect();
    let nothing: String =
        answers.iter().map(|(declared, _)| format!("{declared} = None;\n")).collect();
    Some(format!("{comments}{nothing}{}", &code[stub.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_tried_gives_way_to_a_stub() {
        let stub = "// by hand\nlet area: Option<fn(&[f64]) -> f64> = None;\ncheck_functional(\"a\", area);";
        assert_eq!(stubbed(stub).as_deref(), Some(stub));
        let tried = stub.replace("None", "Some(|flank| {\n    let a: f64 = 1.0;\n    a\n})");
        assert_eq!(stubbed(&tried).as_deref(), Some(stub));
        assert_eq!(stubbed("let a: f64 = 1.0;\ncheck_number(\"a\", Some(a));"), None);
        assert_eq!(stubbed("let a: Option<f64> = None;"), None);
        let commented = "// let a: Option<f64> = None;\nlet a: Option<f64> = Some(0.3);\ncheck_number(\"a\", a);";
        assert_eq!(
            stubbed(commented).as_deref(),
            Some(commented.replace("Some(0.3)", "None").as_str())
        );
        let helped = "let start: Option<f64> = None;\nlet a: Option<f64> = Some(0.3);\ncheck_number(\"a\", a);";
        assert!(!stubbed(helped).unwrap().contains("0.3"));
    }
}
