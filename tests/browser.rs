//! What a reader sees in a browser: JupyterLab as `cargo lab` starts it, the book, and a plain HTML page;
//! always without a network.

mod common;

use common::{python, python_script, root, run, text};
use std::path::{Path, PathBuf};

/// Where a test leaves a picture of what it saw.
fn screenshot(name: &str) -> PathBuf {
    let folder = root().join("target/browser");
    std::fs::create_dir_all(&folder).expect("a folder for screenshots");
    folder.join(name)
}

fn words(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

#[test]
fn notebook_00_runs_in_jupyterlab_and_every_figure_is_drawn() {
    common::itakura();
    println!("{}", python_script("browser.py", &["lab", words(&screenshot("lab.png"))]));
}

#[test]
fn the_book_is_complete_without_a_network_and_without_scripts() {
    let book = tempfile::tempdir().expect("a temporary folder");
    let written = run(&["book", "--pdf", "--output", words(book.path())]);
    assert!(written.status.success(), "{}", text(&written));
    let printed = std::fs::read(book.path().join("book.pdf")).expect("the printed book");
    assert!(printed.starts_with(b"%PDF-"), "book.pdf is something else");
    let sheets = printed.windows(12).filter(|bytes| bytes.starts_with(b"/Type /Page\n")).count();
    assert!(sheets > 100, "the printed book has {sheets} pages only");
    for page in std::fs::read_dir(book.path()).expect("the book's folder") {
        let page = page.expect("an entry of the folder").path();
        if page.extension().is_some_and(|extension| extension == "html") {
            let html = std::fs::read_to_string(&page).expect("a page");
            for server in ["cdn", "require.js", "MathJax", "jquery"] {
                assert!(!html.contains(server), "{} names {server}", page.display());
            }
        }
    }
    let picture = screenshot("book.png");
    python_script("browser.py", &["book", words(book.path()), words(&picture)]);
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
