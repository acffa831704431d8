//! A committed notebook as its reader sees it: texts, code, and the words of outputs and figures.
#![allow(dead_code, reason = "each test program uses its own part")]

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A cell, and what a reader can read of its outputs.
pub struct Cell {
    pub id: String,
    pub is_code: bool,
    pub tags: Vec<String>,
    pub source: String,
    /// The texts that are shown: printed lines, text and Markdown forms, labels of figures.
    pub shown: Vec<String>,
    outputs: Vec<Value>,
}

impl Cell {
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|candidate| candidate == tag)
    }

    /// All that it has shown in one form, such as `text/html`.
    pub fn in_form(&self, form: &str) -> Vec<String> {
        let forms = self.outputs.iter().filter_map(|output| output["data"].get(form));
        forms.map(text).collect()
    }
}

/// A notebook's name and its cells.
pub struct Page {
    pub name: String,
    pub cells: Vec<Cell>,
}

impl Page {
    /// The rows of the ledger of which it shows the cards, in their order.
    pub fn rows(&self) -> Vec<&str> {
        let shown = self.cells.iter().filter(|cell| cell.source.contains("show_cards("));
        shown.flat_map(|cell| cell.source.split('"').skip(1).step_by(2)).collect()
    }

    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.id == id)
    }

    /// Where the last cell of a kind stands.
    pub fn position(&self, condition: impl Fn(&Cell) -> bool) -> Option<usize> {
        self.cells.iter().rposition(condition)
    }
}

/// All notebooks of the project, in their order.
pub fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    let entries = std::fs::read_dir(folder).expect("the notebooks' folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ipynb"));
    paths.sort();
    paths.iter().map(page).collect()
}

fn page(path: &PathBuf) -> Page {
    let text = std::fs::read_to_string(path).expect("a readable notebook");
    let notebook: Value = serde_json::from_str(&text).expect("a notebook is JSON");
    let cells = notebook["cells"].as_array().expect("a list of cells");
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    Page { name, cells: cells.iter().map(cell).collect() }
}

fn cell(cell: &Value) -> Cell {
    let tags = cell["metadata"]["tags"].as_array();
    Cell {
        id: text(&cell["id"]),
        is_code: cell["cell_type"] == "code",
        tags: tags.into_iter().flatten().map(text).collect(),
        source: text(&cell["source"]),
        shown: cell["outputs"].as_array().into_iter().flatten().flat_map(shown).collect(),
        outputs: cell["outputs"].as_array().cloned().unwrap_or_default(),
    }
}

/// A text, which a notebook may hold as a list of its lines.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

fn shown(output: &Value) -> Vec<String> {
    let data = &output["data"];
    let mut texts =
        vec![text(&output["text"]), text(&data["text/plain"]), text(&data["text/markdown"])];
    labels(&data["application/vnd.plotly.v1+json"], &mut texts);
    texts.retain(|text| !text.is_empty());
    texts
}

/// The labels of a Plotly figure: titles, names of series, annotations, steps of a slider.
fn labels(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(label) if ["text", "name", "label"].contains(&name.as_str()) => {
                        found.push(label.clone());
                    }
                    field => labels(field, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| labels(item, found)),
        _ => {}
    }
}
