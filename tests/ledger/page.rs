//! The committed notebooks, as far as the ledger concerns them.

use serde_json::Value;
use std::path::Path;

/// A notebook: its name, and its cells.
pub struct Notebook {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// A cell, with what it has shown.
pub struct Cell {
    pub id: String,
    pub is_markdown: bool,
    pub source: String,
    pub outputs: Vec<Value>,
}

impl Cell {
    /// All that it has shown in one form, such as `text/html`.
    pub fn shown(&self, form: &str) -> Vec<String> {
        let forms = self.outputs.iter().filter_map(|output| output["data"].get(form));
        forms.map(text).collect()
    }
}

/// All of them, in their order.
pub fn notebooks() -> Vec<Notebook> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "ipynb"));
    paths.sort();
    paths.iter().map(|path| notebook(path)).collect()
}

fn notebook(path: &Path) -> Notebook {
    let json = std::fs::read_to_string(path).expect("a text");
    let json: Value = serde_json::from_str(&json).expect("a notebook is JSON");
    let cells = json["cells"].as_array().expect("cells").iter().map(cell).collect();
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    Notebook { name, cells }
}

fn cell(cell: &Value) -> Cell {
    Cell {
        id: text(&cell["id"]),
        is_markdown: cell["cell_type"] == "markdown",
        source: text(&cell["source"]),
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

impl Notebook {
    /// The rows of which it shows the cards, in their order on the page.
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
