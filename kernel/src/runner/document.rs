//! Notebooks as files: reading, the form in which they are committed, writing.

use anyhow::{Context, Result, bail};
use jupyter_protocol::{ExecutionCount, Media};
use nbformat::v4::{
    Cell, CellMetadata, JupyterCellMetadata, KernelSpec, LanguageInfo, Metadata, Notebook, Output,
};
use std::collections::HashMap;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A notebook and where it is.
#[derive(Clone)]
pub struct Document {
    pub path: PathBuf,
    pub notebook: Notebook,
    /// What the file held when it was read.
    text: String,
}

/// A code cell, apart from its outputs.
#[derive(Clone)]
pub struct CodeCell {
    /// Its place among all cells.
    pub index: usize,
    pub identity: String,
    pub tags: Vec<String>,
    pub code: String,
    /// Words of the error with which it has to end, if its metadata state them as `raises`.
    pub raises: Option<String>,
}

impl CodeCell {
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|candidate| candidate == tag)
    }
}

impl Document {
    pub fn read(path: &Path) -> Result<Document> {
        let text = fs_err::read_to_string(path)
            .with_context(|| format!("cannot read the notebook {}", path.display()))?;
        let notebook = match nbformat::parse_notebook(&text) {
            Ok(nbformat::Notebook::V4(notebook)) => notebook,
            Ok(_) => bail!(
                "{} is not of notebook format 4.5, or cells of it have no identity: open and save it \
                 in JupyterLab",
                path.display()
            ),
            Err(error) => bail!("{} is not a notebook: {error}", path.display()),
        };
        Ok(Document { path: path.to_path_buf(), notebook, text })
    }

    #[cfg(test)]
    pub fn in_memory(notebook: Notebook) -> Document {
        Document { path: PathBuf::from("some.ipynb"), notebook, text: String::new() }
    }

    /// The notebook's file name without its ending.
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub fn code_cells(&self) -> Vec<CodeCell> {
        let code = |(index, cell): (usize, &Cell)| match cell {
            Cell::Code { id, metadata, source, .. } => Some(CodeCell {
                index,
                identity: id.to_string(),
                tags: metadata.tags.clone().unwrap_or_default(),
                code: source.concat(),
                raises: metadata
                    .additional
                    .get("raises")
                    .and_then(|words| words.as_str().map(str::to_owned)),
            }),
            _ => None,
        };
        self.notebook.cells.iter().enumerate().filter_map(code).collect()
    }

    /// Stores the outputs of one code cell.
    pub fn set_outputs(&mut self, index: usize, count: usize, fresh: Vec<Output>) {
        if let Cell::Code { execution_count, outputs, .. } = &mut self.notebook.cells[index] {
            *execution_count = i32::try_from(count).ok();
            *outputs = fresh;
        }
    }

    /// Changes what an output of a cell shows.
    pub fn update_output(&mut self, index: usize, place: usize, fresh: Media) {
        if let Cell::Code { outputs, .. } = &mut self.notebook.cells[index]
            && let Some(Output::DisplayData(display)) = outputs.get_mut(place)
        {
            display.data = fresh;
        }
    }

    /// Brings the notebook into the form in which it is committed: no times, no tool's marks, sources
    /// by lines, outputs numbered from 1 in the order of the cells.
    pub fn normalise(&mut self) {
        self.notebook.metadata = Metadata {
            kernelspec: Some(KernelSpec {
                display_name: "Rust (itakura-saito)".to_owned(),
                name: crate::project::KERNEL_NAME.to_owned(),
                language: Some("rust".to_owned()),
                additional: HashMap::new(),
            }),
            language_info: Some(LanguageInfo {
                name: "rust".to_owned(),
                // What the kernel answers: JupyterLab writes it down, and would call the notebook changed.
                version: Some(crate::project::RUST_VERSION.to_owned()),
                codemirror_mode: Some(nbformat::v4::CodemirrorMode::String("rust".to_owned())),
                additional: HashMap::from([
                    ("file_extension".to_owned(), ".rs".into()),
                    ("mimetype".to_owned(), "text/rust".into()),
                    ("pygments_lexer".to_owned(), "rust".into()),
                ]),
            }),
            ..self.notebook.metadata.clone()
        };
        (self.notebook.nbformat, self.notebook.nbformat_minor) = (4, 5);
        let mut count = 0;
        let mut predicted = false;
        for cell in &mut self.notebook.cells {
            match cell {
                Cell::Code { metadata, source, outputs, execution_count, .. } => {
                    count += 1;
                    normalise_parts(metadata, source);
                    hide_outputs(metadata, predicted);
                    *execution_count =
                        (!outputs.is_empty() || execution_count.is_some()).then_some(count);
                    for output in outputs {
                        if let Output::ExecuteResult(result) = output {
                            result.execution_count = ExecutionCount::new(count as usize);
                        }
                    }
                }
                Cell::Markdown { metadata, source, .. } | Cell::Raw { metadata, source, .. } => {
                    normalise_parts(metadata, source);
                    predicted = source.concat().contains(PREDICTION);
                }
            }
        }
    }

    pub fn to_text(&self) -> Result<String> {
        let notebook = nbformat::Notebook::V4(self.notebook.clone());
        nbformat::serialize_notebook(&notebook)
            .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", self.path.display()))
    }

    /// Whether the file holds something else than this notebook.
    pub fn is_changed(&self) -> Result<bool> {
        Ok(self.to_text()? != self.text)
    }

    /// Writes the notebook to another file than its own.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs_err::create_dir_all(folder)?;
        }
        replace(path, &self.to_text()?)
    }

    /// Writes the notebook to its own file, unless that has been changed since it was read.
    pub fn write_back(&self) -> Result<()> {
        let path = &self.path;
        let now = fs_err::read_to_string(path)
            .with_context(|| format!("cannot read {} again", path.display()))?;
        if now != self.text {
            bail!(
                "{} was changed by another program meanwhile, so it was not overwritten: run this again",
                path.display()
            );
        }
        replace(path, &self.to_text()?)
    }

    /// Whether a cell changes settings of the kernel, which would last beyond the notebook.
    pub fn changes_settings(&self) -> bool {
        let is_setting = |line: &str| line.starts_with(':') && !line.starts_with(":dep ");
        self.code_cells().iter().any(|cell| cell.code.lines().map(str::trim).any(is_setting))
    }
}

/// Puts a text in place of a file's. The file is whole at each moment: if the disk is full, or the
/// power fails, it is the old one.
fn replace(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = || -> std::io::Result<()> {
        let mut fresh = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        fresh.write_all(text.as_bytes())?;
        fresh.as_file().sync_all()?;
        // A temporary file is for its owner only.
        let permissions = match fs_err::metadata(path) {
            Ok(metadata) => metadata.permissions(),
            Err(_) => std::fs::Permissions::from_mode(0o644),
        };
        fresh.as_file().set_permissions(permissions)?;
        fresh.persist(path)?;
        Ok(())
    };
    written().with_context(|| format!("cannot write {}, which is as it was", path.display()))
}

/// The words before a cell whose outcome the reader should guess first.
pub const PREDICTION: &str = "**Before you run it";

/// The committed outputs of the code cells that follow a prediction, up to the next text, are hidden
/// until asked for: JupyterLab unfolds them when the cell is run, the book by a button.
fn hide_outputs(metadata: &mut CellMetadata, hidden: bool) {
    let mut of_jupyter = metadata.jupyter.take().unwrap_or(JupyterCellMetadata {
        source_hidden: None,
        outputs_hidden: None,
        additional: HashMap::new(),
    });
    of_jupyter.outputs_hidden = hidden.then_some(true);
    // The same in the words of older programs, which JupyterLab adds where it is missing.
    metadata.collapsed = hidden.then_some(true);
    let is_needed =
        hidden || of_jupyter.source_hidden.is_some() || !of_jupyter.additional.is_empty();
    metadata.jupyter = is_needed.then_some(of_jupyter);
}

fn normalise_parts(metadata: &mut CellMetadata, source: &mut Vec<String>) {
    metadata.execution = None;
    metadata.collapsed = None;
    metadata.scrolled = None;
    metadata.id = None;
    metadata.additional.remove("vscode");
    if metadata.tags.as_ref().is_some_and(Vec::is_empty) {
        metadata.tags = None;
    }
    let text = source.concat();
    *source = text.trim_end().split_inclusive('\n').map(str::to_owned).collect();
}

/// The notebooks that are meant: the files and folders given, or all of the project.
pub fn find(project: &crate::project::Project, given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let given = if given.is_empty() { vec![project.notebooks()] } else { given.to_vec() };
    let mut found = Vec::new();
    for path in given {
        if path.is_dir() {
            let inside = notebooks_in(&path)?;
            if inside.is_empty() {
                bail!("there is no notebook in {}", path.display());
            }
            found.extend(inside);
        } else if path.exists() {
            found.push(path);
        } else {
            // A name is enough: `itakura run 00_start_here` from anywhere in the project.
            let named = project.notebooks().join(&path).with_extension("ipynb");
            if !named.exists() {
                bail!("there is no notebook {}, nor {}", path.display(), named.display());
            }
            found.push(named);
        }
    }
    Ok(found)
}

fn notebooks_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs_err::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "ipynb"))
        .collect();
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_edit_that_was_saved_meanwhile_is_not_overwritten_and_no_half_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.ipynb");
        let text = json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [] });
        fs_err::write(&path, text.to_string()).unwrap();
        fs_err::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let mut document = Document::read(&path).unwrap();
        document.normalise();
        fs_err::write(&path, "edited").unwrap();
        let error = document.write_back().unwrap_err().to_string();
        assert!(error.contains("was changed by another program"), "{error}");
        assert_eq!(fs_err::read_to_string(&path).unwrap(), "edited");
        fs_err::write(&path, text.to_string()).unwrap();
        document.write_back().unwrap();
        assert_eq!(fs_err::read_to_string(&path).unwrap(), document.to_text().unwrap());
        assert_eq!(fs_err::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        let files = fs_err::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "something was left beside the notebook");
    }

    #[test]
    fn what_follows_a_prediction_is_hidden_up_to_the_next_text() {
        let markdown = |id: &str, text: &str| json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": text });
        let code = |id: &str| {
            json!({ "cell_type": "code", "id": id, "metadata": { "jupyter": { "outputs_hidden": false } },
                    "source": "1", "outputs": [], "execution_count": null })
        };
        let notebook = json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            code("shown"), markdown("asks", "Why. **Before you run it:** which?"),
            code("hidden"), code("hidden-too"), markdown("seen", "**What to see.**"), code("shown-again"),
        ] });
        let Ok(nbformat::Notebook::V4(notebook)) = nbformat::parse_notebook(&notebook.to_string())
        else {
            panic!("no notebook of format 4");
        };
        let mut document = Document::in_memory(notebook);
        document.normalise();
        let hidden = document.notebook.cells.iter().filter_map(|cell| match cell {
            Cell::Code { metadata, .. } => Some(metadata.jupyter.as_ref()?.outputs_hidden),
            _ => None,
        });
        assert_eq!(hidden.collect::<Vec<_>>(), [Some(true), Some(true)]);
    }
}
