//! `itakura doctor`: what is installed, what is missing, and how to repair it.

use crate::build_directory::{Prepared, State};
use crate::project::{Project, Toolchain};
use crate::python::{self, Python};
use anyhow::Result;
use std::os::unix::fs::FileTypeExt;
use std::process::ExitCode;

/// One finding: what was looked at, and what is so or what to do.
type Finding = Result<String, String>;

/// Looks at everything; fails if something is missing.
pub fn run(project: &Project) -> Result<ExitCode> {
    let toolchain = Toolchain::find(project);
    let findings: Vec<(&str, Finding)> = vec![
        ("project", Ok(project.root.display().to_string())),
        ("working files", project.state().map(|state| state.display().to_string()).map_err(say)),
        ("Rust", toolchain.as_ref().map(describe).map_err(|error| format!("{error:#}"))),
        ("type inference", toolchain.as_ref().map(mode).map_err(|_| "needs Rust first".to_owned())),
        (
            "Python",
            Python::find()
                .map(|python| format!("{} ({})", python.version, python.program.display()))
                .map_err(say),
        ),
        ("JupyterLab", packages(project)),
        ("kernelspec", kernelspec(project)),
        (
            "compiled crate",
            toolchain
                .as_ref()
                .map_err(|_| "needs Rust first".to_owned())
                .and_then(|toolchain| prepared(project, toolchain)),
        ),
        ("/dev/null", null_device()),
    ];
    for (what, finding) in &findings {
        match finding {
            Ok(text) => println!("ok       {what:15} {text}"),
            Err(text) => println!("MISSING  {what:15} {text}"),
        }
    }
    let healthy = findings.iter().all(|(_, finding)| finding.is_ok());
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn say(error: anyhow::Error) -> String {
    format!("{error:#}")
}

fn describe(toolchain: &Toolchain) -> String {
    format!("{} ({})", toolchain.version, toolchain.sysroot.display())
}

fn mode(toolchain: &Toolchain) -> String {
    if toolchain.has_sources() {
        "on: rust-src is installed; kernels start about 3 s later and take twice the memory"
            .to_owned()
    } else {
        "off: where a let states no type, rustc names it; rust-src would add completion of std, at 3 s \
         more per start and twice the memory"
            .to_owned()
    }
}

fn packages(project: &Project) -> Finding {
    match python::state(project, false) {
        Ok(python::State::Current) => {
            Ok(format!("installed as pinned in {}", project.python_environment().display()))
        }
        Ok(python::State::Outdated) => {
            Err("not installed as pinned: run `itakura setup`".to_owned())
        }
        Ok(python::State::Damaged(file)) => {
            Err(format!("{file} is damaged or gone: run `itakura setup`"))
        }
        Err(error) => Err(say(error)),
    }
}

fn kernelspec(project: &Project) -> Finding {
    let path = project.kernelspec();
    match fs_err::read_to_string(&path) {
        Ok(text) if python::kernelspec(project).is_ok_and(|wanted| wanted == text) => {
            Ok(path.display().to_string())
        }
        Ok(_) => Err(format!("{} is damaged: run `itakura setup`", path.display())),
        Err(_) => Err("not there: run `itakura setup`".to_owned()),
    }
}

fn prepared(project: &Project, toolchain: &Toolchain) -> Finding {
    match Prepared::of(project, toolchain).and_then(|prepared| prepared.state()) {
        Ok(State::Current) => Ok("current".to_owned()),
        Ok(State::Outdated) => {
            Err("the crate has changed, or was never compiled for the cells: run `itakura setup`"
                .to_owned())
        }
        Ok(State::Damaged(file)) => Err(format!("{file} is damaged or gone: run `itakura setup`")),
        Err(error) => Err(say(error)),
    }
}

/// Cargo keeps the answer of a failed compiler probe, and a /dev/null that is a plain file makes them
/// fail: seen once, and hard to find.
fn null_device() -> Finding {
    match fs_err::metadata("/dev/null") {
        Ok(metadata) if metadata.file_type().is_char_device() => Ok("a device, as it should be".to_owned()),
        _ => Err("no device: restore it with mknod -m 666 /dev/null c 1 3, and remove target/.rustc_info.json".to_owned()),
    }
}
