//! Answers of cargo that do not change while the cells' `Cargo.toml` does not.
//!
//! At each start evcxr's analyser asks for cargo's version, its settings, what the compiler is like and
//! which packages there are, twice, and each answer costs a tenth of a second. The answers of the
//! set-up are good for every kernel.

use super::Call;
use anyhow::Result;
use fs_err as fs;
use serde::{Deserialize, Serialize};
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Output};

#[derive(Serialize, Deserialize)]
struct Answer {
    stdout: String,
    stderr: String,
}

/// The questions whose answers are kept.
const QUESTIONS: [&[&str]; 5] =
    [&["--version"], &["locate-project"], &["metadata"], &["config", "get"], &["rustc", "--print"]];

/// Whether the call is a question that has a lasting answer.
pub(super) fn has_one_for(call: &Call) -> bool {
    QUESTIONS.iter().any(|words| words.iter().all(|word| call.has(word)))
}

/// The answer to the same question, or else the one that `ask` brings, which is kept if it is good.
pub(super) fn remembered(call: &Call, ask: impl FnOnce() -> Result<Output>) -> Result<Output> {
    if !has_one_for(call) {
        return ask();
    }
    let words = question(call);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let path = call.note(&format!("answer-{:016x}.json", call.key(&words)?));
    if let Some(answer) = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
        let Answer { stdout, stderr } = answer;
        return Ok(Output {
            status: ExitStatus::from_raw(0),
            stdout: call.local(&stdout).into_bytes(),
            stderr: call.local(&stderr).into_bytes(),
        });
    }
    let output = ask()?;
    if output.status.success()
        && let (Ok(stdout), Ok(stderr)) =
            (std::str::from_utf8(&output.stdout), std::str::from_utf8(&output.stderr))
    {
        let answer = Answer { stdout: call.portable(stdout), stderr: call.portable(stderr) };
        let fresh = path.with_extension(format!("{}.new", std::process::id()));
        fs::write(&fresh, serde_json::to_vec(&answer)?)?;
        fs::rename(fresh, path)?;
    }
    Ok(output)
}

/// The arguments that make the question. The analyser copies the lock into a folder with a random name.
fn question(call: &Call) -> Vec<String> {
    let mut words = Vec::new();
    let mut arguments = call.arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--lockfile-path") => drop(arguments.next()),
            _ => words.push(call.portable(&argument.to_string_lossy())),
        }
    }
    words
}
