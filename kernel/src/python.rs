//! The Python environment, in which JupyterLab lives.

use crate::project::{KERNEL_NAME, Project};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest Python that the pinned packages support.
const OLDEST: (u32, u32) = (3, 10);

/// A Python interpreter that can make environments.
pub struct Python {
    pub program: PathBuf,
    pub version: String,
}

impl Python {
    /// The `python3` on the PATH, or the one that `PYTHON` names.
    pub fn find() -> Result<Python> {
        let program =
            std::env::var_os("PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
        let question = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";
        let output = Command::new(&program).args(["-c", question]).output().with_context(|| {
            format!(
                "{} was not found: install Python 3 (Debian: apt install python3 python3-venv), or \
                 name it in the environment variable PYTHON",
                program.display()
            )
        })?;
        if !output.status.success() {
            let reason = String::from_utf8_lossy(&output.stderr).into_owned();
            if reason.contains("ensurepip") || reason.contains("venv") {
                bail!(
                    "{} cannot make virtual environments: install its venv module (Debian: apt \
                     install python3-venv)",
                    program.display()
                );
            }
            bail!("{} does not start: {}", program.display(), reason.trim());
        }
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let (major, minor) = version.split_once('.').context("Python printed no version")?;
        if (major.parse::<u32>()?, minor.parse::<u32>()?) < OLDEST {
            bail!(
                "{} is Python {version}, but JupyterLab needs {}.{} or newer: name another one in the \
                 environment variable PYTHON",
                program.display(),
                OLDEST.0,
                OLDEST.1
            );
        }
        Ok(Python { program, version })
    }
}

/// Which list of packages an environment holds.
fn requirements(project: &Project, for_tests: bool) -> PathBuf {
    let name = if for_tests { "requirements-test.txt" } else { "requirements.txt" };
    project.root.join("kernel").join(name)
}

fn stamp(project: &Project, for_tests: bool) -> PathBuf {
    let name = if for_tests { "itakura-tests.stamp" } else { "itakura.stamp" };
    project.python_environment().join(name)
}

/// What the stamp of an up-to-date environment holds.
fn wanted(project: &Project, for_tests: bool) -> Result<String> {
    let read = |for_tests| {
        let path = requirements(project, for_tests);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    Ok(if for_tests { read(false)? + &read(true)? } else { read(false)? })
}

/// What an environment is worth.
pub enum State {
    /// It holds the pinned packages.
    Current,
    /// It was never made, or the pins have changed.
    Outdated,
    /// This file of a package is not as it was installed.
    Damaged(String),
}

/// Whether the environment holds the pinned packages, and they are whole.
pub fn state(project: &Project, for_tests: bool) -> Result<State> {
    let installed = fs::read_to_string(stamp(project, for_tests)).unwrap_or_default();
    Ok(if installed != wanted(project, for_tests)? {
        State::Outdated
    } else if !project.python_program("python").exists() {
        State::Damaged(project.python_program("python").display().to_string())
    } else if let Some(file) = damaged_file(&project.python_environment()) {
        State::Damaged(file)
    } else {
        State::Current
    })
}

/// The first file of a package that is gone or has another size than its RECORD says.
fn damaged_file(environment: &Path) -> Option<String> {
    let entries = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
    let packages = entries(environment.join("lib"))
        .map(|python| python.path().join("site-packages"))
        .flat_map(|folder| {
            entries(folder.clone()).map(move |entry| (folder.clone(), entry.path()))
        });
    packages.filter(|(_, path)| path.extension().is_some_and(|end| end == "dist-info")).find_map(
        |(folder, package)| {
            let record = package.join("RECORD");
            let Ok(text) = fs::read_to_string(&record) else {
                return Some(record.display().to_string());
            };
            text.lines().find_map(|line| {
                // A name with a comma is quoted.
                let (rest, size) = line.rsplit_once(',')?;
                let (name, _) = rest.rsplit_once(',')?;
                let path = folder.join(name.trim_matches('"'));
                let size: u64 = size.trim().parse().ok()?;
                let is_whole = fs::metadata(&path).is_ok_and(|metadata| metadata.len() == size);
                (!is_whole).then(|| path.display().to_string())
            })
        },
    )
}

/// Makes the environment and installs the pinned packages. Taken up where it was interrupted; made anew
/// if it is damaged.
pub fn install(project: &Project, python: &Python, for_tests: bool) -> Result<()> {
    let environment = project.python_environment();
    let wanted = wanted(project, for_tests)?;
    let has_pip = Command::new(project.python_program("python"))
        .args(["-c", "import pip"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_pip || damaged_file(&environment).is_some() {
        let mut command = Command::new(&python.program);
        command.args(["-m", "venv", "--clear"]).arg(&environment);
        succeed(&mut command, "cannot make the virtual environment")?;
    }
    let mut command = Command::new(project.python_program("python"));
    command
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(requirements(project, for_tests));
    succeed(&mut command, "cannot install the Python packages")?;
    if for_tests {
        fs::write(stamp(project, true), &wanted)?;
    }
    // The tests' list holds the other one.
    fs::write(stamp(project, false), self::wanted(project, false)?)?;
    Ok(())
}

fn succeed(command: &mut Command, what: &str) -> Result<()> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("{what}: {command:?}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    let advice = if said.contains("No space left on device") {
        "the disk is full: free about 1 GB and run it again"
    } else if said.contains("Temporary failure in name resolution")
        || said.contains("Failed to establish a new connection")
        || said.contains("Max retries exceeded")
    {
        "the package index cannot be reached: set-up needs the network once"
    } else {
        "run it again; if it fails again, remove .venv first"
    };
    bail!("{what}: {advice}\n{}", said.trim());
}

/// The kernel's description.
pub fn kernelspec(project: &Project) -> Result<String> {
    let program = project.state()?.join("itakura");
    let description = json!({
        "argv": [program, "kernel", "{connection_file}", "--project", project.root],
        "display_name": "Rust (itakura-saito)",
        "language": "rust",
        "interrupt_mode": "message",
        "metadata": {"debugger": false},
    });
    Ok(format!("{description:#}\n"))
}

/// Describes the kernel to Jupyter, inside the environment only.
pub fn write_kernelspec(project: &Project, environment: &Path) -> Result<()> {
    let folder = environment.join("share/jupyter/kernels").join(KERNEL_NAME);
    write_if_changed(&folder.join("kernel.json"), &kernelspec(project)?)
}

/// Keeps JupyterLab from asking the network for news.
pub fn write_lab_settings(environment: &Path) -> Result<()> {
    let settings = json!({
        "@jupyterlab/apputils-extension:notification": {
            "checkForUpdates": false,
            "doNotDisturbMode": true,
            "fetchNews": "false",
        },
    });
    let path = environment.join("share/jupyter/lab/settings/overrides.json");
    write_if_changed(&path, &format!("{settings:#}\n"))
}

fn write_if_changed(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().expect("a file in a folder");
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
