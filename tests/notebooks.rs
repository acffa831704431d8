//! The notebooks, executed by the real kernel; and notebooks that must fail, each for its own reason.

mod common;

use common::{itakura, python_script, root, run, screenshot, text};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The book, for which all notebooks are executed.
fn book() -> &'static Path {
    static BOOK: OnceLock<PathBuf> = OnceLock::new();
    BOOK.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).expect("the book of the last time goes");
        }
        let path = folder.to_str().expect("a UTF-8 path");
        let written = run(&["book", "--pdf", "--output", path]);
        assert!(written.status.success(), "{}", text(&written));
        folder
    })
}

#[test]
fn every_notebook_reproduces_its_committed_outputs_and_twice_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let status = Command::new(itakura())
        .args(["run", "--compare", "--output"])
        .arg(folder.path())
        .current_dir(root())
        .status();
    assert!(status.expect("itakura starts").success(), "a notebook failed; its cell stands above");
    let first = contents(folder.path());
    assert!(!first.is_empty());
    let second = contents(&book().join("notebooks"));
    for ((name, before), (_, now)) in first.iter().zip(&second) {
        assert!(before == now, "{name} was not written twice the same");
    }
    assert_eq!(first.len(), second.len());
}

/// The files of a folder by name.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder was written")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).expect("text")))
        .map(|(path, text)| (path.rsplit('/').next().unwrap_or_default().to_owned(), text))
        .collect();
    files.sort();
    files
}

#[test]
fn the_book_is_complete_without_a_network_and_without_scripts() {
    let printed = std::fs::read(book().join("book.pdf")).expect("the printed book");
    assert!(printed.starts_with(b"%PDF-"), "book.pdf is something else");
    let sheets = printed.windows(12).filter(|bytes| bytes.starts_with(b"/Type /Page\n")).count();
    assert!(sheets > 100, "the printed book has {sheets} pages only");
    for page in std::fs::read_dir(book()).expect("the book's folder") {
        let page = page.expect("an entry of the folder").path();
        if page.extension().is_some_and(|extension| extension == "html") {
            let html = std::fs::read_to_string(&page).expect("a page");
            let name = page.file_stem().and_then(|name| name.to_str()).expect("a UTF-8 name");
            let download = html.contains(&format!("href=\"notebooks/{name}.ipynb\""));
            assert_eq!(download, name != "index" && name != "print", "{name}: its notebook");
            for server in ["cdn", "require.js", "MathJax", "jquery"] {
                assert!(!html.contains(server), "{} names {server}", page.display());
            }
        }
    }
    let picture = screenshot("book.png");
    let words = [book(), &picture].map(|path| path.to_str().expect("a UTF-8 path"));
    python_script("browser.py", &["book", words[0], words[1]]);
}

#[test]
fn every_exercise_is_solved_by_its_solution() {
    let output = run(&["run", "--solved"]);
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn every_knob_that_a_notebook_names_can_be_turned() {
    let output = run(&["run", "--knobs"]);
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn every_notebook_is_in_its_normal_form_and_keeps_the_style() {
    let output = run(&["normalise", "--check"]);
    assert!(output.status.success(), "{}", text(&output));
}

/// Notebook, cell, line where one is known, and words of the reason.
const FAILURES: &[(&str, &str, Option<u32>, &str)] = &[
    ("abort", "aborting", None, "signal 6"),
    (
        "another_failure",
        "unexpected",
        Some(1),
        "that says \"invalid digit\", but: error: invalid float",
    ),
    ("compile_error", "no-such-name", Some(2), "cannot find value `no_such_name`"),
    ("dead_kernel", "killing", None, "the kernel died (signal: 9"),
    ("deep_nesting", "nested", Some(1), "nested more than 200 deep"),
    ("exit", "exiting", None, "exit status 0"),
    ("failed_check", "wrong-check", Some(1), "the check two-is-three"),
    ("judged_after_failures", "real-failure", Some(1), "not allowed"),
    ("long_expression", "endless-sum", Some(2), "more than 1000 words and signs"),
    ("missing_check", "unchecked", None, "tagged check, but recorded none"),
    ("missing_exception", "harmless", None, "tagged raises-exception, but raised none"),
    ("missing_figure", "unshown", None, "tagged figure, but showed none"),
    ("panic", "wrong-assert", Some(3), "two is 2"),
    ("partial_figure", "undrawn", None, "lacks image/svg+xml and text/plain"),
    ("replaced_check", "replacing", None, "the check replaced"),
    ("returned_error", "no-number", Some(2), "invalid float literal"),
    ("stack_overflow", "overflowing", None, "stack overflow"),
    ("stderr", "grumbling", None, "wrote to stderr: a grumble"),
    ("stderr_of_a_library", "grumbling", None, "wrote to stderr: a raw grumble"),
    ("time_limit", "endless", None, "its time limit"),
    ("untyped_let", "untyped", Some(2), "states no type"),
    ("wrong_answer", "panicking-answer", None, "the answer to the exercise 05-chain is not right"),
];

/// Those that must pass beside them: what is allowed is told from what is not.
const PASSES: &[&str] =
    &["allowed_errors", "good", "settings", "settings_of_another", "updated_later"];
/// A process that still runs at the end is a fault of the notebook as a whole.
const LEFT: (&str, &str) = ("left_process", "it left these running, and they were ended: sleep");

#[test]
fn notebooks_that_must_fail_do_so_each_for_its_own_reason() {
    let junit = tempfile::NamedTempFile::new().expect("a temporary file");
    let report = junit.path().to_str().expect("a UTF-8 path");
    let output = run(&["run", "--time-limit", "10", "--junit", report, "tests/fixture_notebooks"]);
    let printed = text(&output);
    assert!(!output.status.success(), "a run with failing notebooks must fail:\n{printed}");
    for (notebook, cell, line, reason) in FAILURES {
        let place = match line {
            Some(line) => format!("({cell}), line {line}: "),
            None => format!("({cell}): "),
        };
        let told = printed.lines().any(|text| {
            text.starts_with(&format!("FAILED {notebook}, cell "))
                && text.contains(&place)
                && text.contains(reason)
        });
        assert!(told, "{notebook} should fail at {place:?} with {reason:?}:\n{printed}");
    }
    let left = format!("FAILED {}: {}", LEFT.0, LEFT.1);
    assert!(printed.contains(&left), "{left:?} is not told:\n{printed}");
    for notebook in PASSES {
        let told = printed.lines().any(|line| line.starts_with(&format!("{notebook} passed")));
        assert!(told, "{notebook} should pass:\n{printed}");
    }
    let xml = std::fs::read_to_string(report).expect("the JUnit report was written");
    junit_agrees(&xml);
}

#[test]
fn written_notebooks_hold_what_later_cells_have_made_of_an_output_and_edits_are_safe() {
    let folder = tempfile::tempdir_in(root().join("tests")).expect("a folder beside the fixtures");
    let path = folder.path().join("updated_later.ipynb");
    let fixture = root().join("tests/fixture_notebooks/updated_later.ipynb");
    std::fs::copy(fixture, &path).expect("the fixture is there");
    let path = path.to_str().expect("a UTF-8 path");
    let output = run(&["run", "--write", path]);
    assert!(output.status.success(), "{}", text(&output));
    let written = std::fs::read_to_string(path).expect("the notebook was written");
    assert!(
        written.contains("in the end") && written.matches("at first").count() == 1,
        "{written}"
    );
    let files = std::fs::read_dir(folder.path()).expect("the folder is there").count();
    assert_eq!(files, 1, "something was left beside the notebook");
}

/// The JUnit report tells the same as the table.
fn junit_agrees(xml: &str) {
    let document = roxmltree::Document::parse(xml).expect("the report is XML");
    let suites: Vec<roxmltree::Node> =
        document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    assert_eq!(suites.len(), FAILURES.len() + PASSES.len() + 1);
    for suite in suites {
        let name = suite.attribute("name").expect("a suite has a name");
        let failing: Vec<&str> = suite
            .children()
            .filter(|case| case.children().any(|child| child.has_tag_name("failure")))
            .filter_map(|case| case.attribute("name"))
            .collect();
        let mut expected: Vec<&str> =
            FAILURES.iter().filter(|failure| failure.0 == name).map(|failure| failure.1).collect();
        expected.extend((name == LEFT.0).then_some("notebook"));
        assert_eq!(failing, expected, "the cells of {name} that failed");
    }
}
