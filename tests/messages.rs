//! What a newcomer reads when something is missing: what it is, and what to do.

mod common;

use common::{itakura, root, text};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// A folder with a program of that name that prints a text and ends with a status.
fn pretend(name: &str, script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join(name);
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("executable");
    folder
}

/// The PATH with a folder before it.
fn path_with(folder: &Path) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).expect("a path without a colon")
}

/// Runs itakura where something is wrong: it must fail, and say these words.
fn fails_with(command: &mut Command, words: &[&str]) {
    let output: Output = command.output().expect("itakura starts");
    let printed = text(&output);
    assert!(!output.status.success(), "it should fail, but printed:\n{printed}");
    for word in words {
        assert!(printed.contains(word), "{word:?} is missing in:\n{printed}");
    }
    assert!(
        !printed.contains("Stack backtrace"),
        "a reader has no use for a backtrace:\n{printed}"
    );
}

#[test]
fn an_old_rust_is_named_with_the_one_that_is_needed() {
    let old = pretend("rustc", "echo 'rustc 1.80.0 (051478957 2024-07-21)'");
    let mut command = Command::new(itakura());
    command.arg("setup").current_dir(root()).env("PATH", path_with(old.path()));
    fails_with(&mut command, &["rustc is 1.80.0", "1.95", "rustup toolchain install"]);
}

#[test]
fn a_missing_rust_is_told() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(itakura());
    command.arg("setup").current_dir(root()).env("PATH", empty.path());
    fails_with(&mut command, &["rustc was not found", "install Rust 1.95"]);
}

#[test]
fn a_missing_python_a_missing_venv_and_an_old_python_are_told_apart() {
    let no_venv = pretend("python3", "echo \"No module named 'ensurepip'\" >&2; exit 1");
    let old = pretend("python3", "echo 3.7");
    let cases = [
        (Path::new("/nowhere/python3").to_path_buf(), "was not found: install Python 3"),
        (no_venv.path().join("python3"), "python3-venv"),
        (old.path().join("python3"), "is Python 3.7, but JupyterLab needs 3.10"),
    ];
    for (python, words) in cases {
        // The doctor looks for Python even where everything is installed.
        let mut command = Command::new(itakura());
        command.arg("doctor").current_dir(root()).env("PYTHON", python);
        fails_with(&mut command, &["MISSING  Python", words]);
    }
}

#[test]
fn a_busy_port_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let mut command = Command::new(itakura());
    command.args(["lab", "--no-browser", "--port", &port]).current_dir(root());
    fails_with(&mut command, &[&format!("port {port} is in use"), "--port"]);
}

#[test]
fn a_notebook_that_is_not_there_or_is_none_is_named() {
    let mut command = Command::new(itakura());
    command.args(["run", "99_nowhere"]).current_dir(root());
    fails_with(&mut command, &["there is no notebook 99_nowhere"]);
    let file = tempfile::Builder::new().suffix(".ipynb").tempfile().expect("a temporary file");
    std::fs::write(file.path(), "no notebook").expect("written");
    let mut command = Command::new(itakura());
    command.arg("run").arg(file.path()).current_dir(root());
    fails_with(&mut command, &["is not a notebook"]);
    let empty = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(itakura());
    command.arg("run").arg(empty.path()).current_dir(root());
    fails_with(&mut command, &["there is no notebook in"]);
    for (notebook, words) in
        [("99_nowhere", "there is no notebook 99_nowhere"), ("notebooks", "is not a notebook")]
    {
        let mut command = Command::new(itakura());
        command.args(["lab", "--no-browser", notebook]).current_dir(root());
        fails_with(&mut command, &[words]);
    }
}

#[test]
fn an_option_that_makes_no_sense_is_refused_before_the_work() {
    for (arguments, words) in [
        (
            ["--time-limit=-1", "00_start_here"],
            "--time-limit must be a positive number of seconds, but it is -1",
        ),
        (["--time-limit=nan", "00_start_here"], "but it is NaN"),
        (["--junit=/nowhere/report.xml", "00_start_here"], "there is no folder /nowhere"),
        (["--output=README.md", "00_start_here"], "README.md cannot be a folder"),
    ] {
        let mut command = Command::new(itakura());
        command.arg("run").args(arguments).current_dir(root());
        fails_with(&mut command, &[words]);
    }
}

#[test]
fn outside_the_project_the_way_back_is_told() {
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(itakura());
    // The program was built in the project and finds it; another one that is named has to be there.
    command.args(["--project", "/nowhere", "doctor"]).current_dir(elsewhere.path());
    fails_with(&mut command, &["/nowhere is not a folder"]);
    let mut command = Command::new(itakura());
    command.args(["--project", "/tmp", "doctor"]).current_dir(root());
    fails_with(&mut command, &["/tmp is not inside a checkout of itakura-saito", "--project"]);
}

/// A folder that looks like the project, except for the place where set-up writes.
#[test]
fn a_project_that_cannot_be_written_is_named_with_the_way_out() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for entry in std::fs::read_dir(root()).expect("the project's folder") {
        let entry = entry.expect("an entry");
        if entry.file_name() != ".itakura" {
            let link = copy.path().join(entry.file_name());
            std::os::unix::fs::symlink(entry.path(), link).expect("a link");
        }
    }
    std::fs::write(copy.path().join(".itakura"), "no folder").expect("a file");
    let project = copy.path().to_str().expect("a UTF-8 path");
    let mut command = Command::new(itakura());
    command.args(["--project", project, "setup"]);
    fails_with(&mut command, &[project, "has to be a folder that you can write", ".itakura"]);
}

#[test]
fn a_temporary_folder_that_is_not_there_is_named() {
    let mut command = Command::new(itakura());
    command.args(["run", "tests/fixture_notebooks/good.ipynb"]).current_dir(root());
    command.env("TMPDIR", "/nowhere/temporary");
    fails_with(&mut command, &["/nowhere/temporary", "No such file or directory"]);
}

#[test]
fn a_kernel_that_cannot_compile_cells_says_why_in_the_cell() {
    let broken = pretend("rustc", "echo 'rustc 1.80.0 (051478957 2024-07-21)'");
    let script = root().join("tests/python/behaviour.py");
    let output = common::python(&[script.to_str().expect("a UTF-8 path"), "broken_compiler"])
        .env("PATH", path_with(broken.path()))
        .output()
        .expect("Python starts");
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn without_a_network_everything_that_is_set_up_works() {
    let nowhere = "http://127.0.0.1:9";
    let output = Command::new(itakura())
        .args(["run", "tests/fixture_notebooks/good.ipynb"])
        .current_dir(root())
        .env("CARGO_NET_OFFLINE", "true")
        .env("http_proxy", nowhere)
        .env("https_proxy", nowhere)
        .env("ALL_PROXY", nowhere)
        .output()
        .expect("itakura starts");
    assert!(output.status.success(), "{}", text(&output));
}
