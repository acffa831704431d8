//! What a reader sees in a browser: JupyterLab as `cargo lab` starts it, and a plain HTML page; always without a
//! network. The book is in `notebooks.rs`.

mod common;

use common::{python, python_script, run, screenshot, text};
use std::path::Path;

fn words(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

#[test]
fn notebook_00_runs_in_jupyterlab_and_every_figure_is_drawn() {
    common::itakura();
    println!("{}", python_script("browser.py", &["lab", words(&screenshot("lab.png"))]));
}

#[test]
fn a_page_of_plain_nbconvert_shows_every_figure_without_scripts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let executed = run(&["run", "00_start_here", "--output", words(folder.path())]);
    assert!(executed.status.success(), "{}", text(&executed));
    let notebook = folder.path().join("00_start_here.ipynb");
    let json = std::fs::read_to_string(&notebook).expect("the executed notebook");
    let (figures, drawings) =
        (json.matches("vnd.plotly").count(), json.matches("image/svg+xml").count());
    assert!(
        figures > 0 && figures == drawings,
        "{figures} figures, but {drawings} drawings of them"
    );
    let converted = python(&["-m", "nbconvert", "--to", "html", words(&notebook)]).output();
    let converted = converted.expect("Python starts");
    assert!(converted.status.success(), "{}", text(&converted));
    let page = notebook.with_extension("html");
    python_script("browser.py", &["static", words(&page), &figures.to_string()]);
}
