//! A notebook as JSON, to look into and to edit as a student would.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub struct Notebook(Value);

/// The notebooks of a folder.
pub fn notebooks_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "ipynb")).collect()
}

impl Notebook {
    pub fn read(path: &Path) -> Notebook {
        let text = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Notebook(serde_json::from_str(&text).expect("a notebook is JSON"))
    }

    pub fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(path, self.0.to_string()).expect("the notebook can be written");
    }

    pub fn cells(&self) -> &Vec<Value> {
        self.0["cells"].as_array().expect("a list of cells")
    }

    fn cells_mut(&mut self) -> &mut Vec<Value> {
        self.0["cells"].as_array_mut().expect("a list of cells")
    }

    pub fn find(&self, wanted: &str) -> Option<&Value> {
        self.cells().iter().find(|cell| id(cell) == wanted)
    }

    fn place(&self, wanted: &str) -> usize {
        let place = self.cells().iter().position(|cell| id(cell) == wanted);
        place.unwrap_or_else(|| panic!("there is no cell {wanted}"))
    }

    /// Gives a cell another text.
    pub fn set(&mut self, id: &str, text: &str) {
        let place = self.place(id);
        self.cells_mut()[place]["source"] = json!(text);
    }

    pub fn remove(&mut self, id: &str) {
        let place = self.place(id);
        self.cells_mut().remove(place);
    }

    /// Adds a code cell.
    pub fn insert_after(&mut self, id: &str, own: &str, text: &str) {
        let place = self.place(id);
        let cell = json!({ "cell_type": "code", "id": own, "metadata": {}, "source": text,
                           "outputs": [], "execution_count": null });
        self.cells_mut().insert(place + 1, cell);
    }

    /// All texts of it.
    pub fn text(&self) -> String {
        texts(self.cells().iter())
    }

    pub fn text_without_solutions(&self) -> String {
        texts(self.cells().iter().filter(|cell| !id(cell).ends_with("-solution")))
    }
}

fn texts<'a>(cells: impl Iterator<Item = &'a Value>) -> String {
    let words = |cell: &Value| format!("{}\n{}\n", source(cell), cell["outputs"]);
    cells.map(words).collect()
}

pub fn id(cell: &Value) -> &str {
    cell["id"].as_str().expect("a cell has an identity")
}

pub fn has_tag(cell: &Value, tag: &str) -> bool {
    cell["metadata"]["tags"].as_array().is_some_and(|tags| tags.iter().any(|one| one == tag))
}

/// A cell's text, which a notebook may hold as a list of its lines.
pub fn source(cell: &Value) -> String {
    match &cell["source"] {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        other => panic!("{other} is no text of a cell"),
    }
}
