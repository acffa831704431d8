//! What the tests of kernel and notebooks share: the built kernel and the Python environment.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program `itakura`, built, with everything set up. The first call takes minutes on a fresh
/// machine; cargo and the set-up say what they do while they do it.
pub fn itakura() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = root().join("kernel/target/release/itakura");
        if !program.exists() {
            eprintln!("building the Jupyter kernel: about eight minutes on two cores, once");
        }
        cargo_in_kernel(&["build", "--release", "--locked"]);
        let status = Command::new(&program).args(["setup", "--tests"]).current_dir(root()).status();
        assert!(status.expect("itakura starts").success(), "itakura setup failed");
        program
    })
}

/// Runs cargo in the kernel's workspace, with its output shown.
pub fn cargo_in_kernel(arguments: &[&str]) {
    // What cargo tells a test about the test's own package is not meant for another build: a build script
    // that looks at it would run again each time.
    let is_told =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    let mut cargo = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_told) {
            cargo.env_remove(name);
        }
    }
    cargo.args(arguments).current_dir(root().join("kernel")).env_remove("CARGO_TARGET_DIR");
    let status = cargo.status().expect("cargo starts");
    assert!(status.success(), "cargo {arguments:?} failed in kernel/");
}

/// Runs itakura and returns what it printed.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(itakura()).args(arguments).current_dir(root()).output().expect("itakura starts")
}

/// A command of the Python environment, in the project's folder.
pub fn python(arguments: &[&str]) -> Command {
    itakura();
    let environment = root().join(".venv");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(environment.join("bin")).chain(std::env::split_paths(&path));
    let mut command = Command::new(environment.join("bin/python"));
    command
        .args(arguments)
        .current_dir(root())
        .env("PATH", std::env::join_paths(folders).expect("a path without a colon"))
        .env("JUPYTER_PREFER_ENV_PATH", "1");
    command
}

/// Runs a script of tests/python, with its output shown if it fails.
pub fn python_script(name: &str, arguments: &[&str]) -> String {
    let script = root().join("tests/python").join(name);
    let mut command = python(&[script.to_str().expect("a UTF-8 path")]);
    let output = command.args(arguments).output().expect("Python starts");
    let printed = text(&output);
    assert!(output.status.success(), "{name} failed:\n{printed}");
    printed
}

/// Where a test leaves a picture of what it saw.
pub fn screenshot(name: &str) -> PathBuf {
    let folder = root().join("target/browser");
    std::fs::create_dir_all(&folder).expect("a folder for screenshots");
    folder.join(name)
}

/// Everything that a command printed.
pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
