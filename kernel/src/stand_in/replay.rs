//! A cell is compiled by the rustc call that cargo made for an earlier one.
//!
//! From one cell to the next only the source differs. Cargo takes longer to find that out than rustc to
//! compile it; so its call is recorded once, and made again directly as long as nothing else has changed.
//!
//! An error is reported as cargo does, which puts each diagnostic of rustc unchanged between a few words of
//! its own; these are recorded too. Whenever there is anything other than diagnostics, the real cargo is
//! asked.

use super::{Call, HERE, NOTES};
use anyhow::Result;
use fs_err as fs;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::SystemTime;

/// The package of the cells.
const PACKAGE: &str = "ctx";

/// How cargo called rustc for a cell.
#[derive(Serialize, Deserialize)]
pub(super) struct RustcCall {
    environment: Vec<(String, String)>,
    arguments: Vec<String>,
}

/// Compiles a cell.
pub(super) fn build(call: &Call) -> Result<ExitCode> {
    crate::runtime::watch_cell(&call.directory.join("src/lib.rs"))?;
    // Somebody else stands between cargo and rustc.
    if std::env::var_os("RUSTC_WRAPPER").is_some() {
        return call.pass_on();
    }
    match RustcCall::recorded(call) {
        Some(rustc) => match rustc.compile(call)? {
            Ok(library) => report(&library),
            Err(errors) => report_errors(call, &errors),
        },
        None => record(call),
    }
}

/// Reports what rustc says against a cell.
fn report_errors(call: &Call, errors: &str) -> Result<ExitCode> {
    let note = call.note("diagnostic.json");
    let known = fs::read_to_string(&note).ok();
    let frame = known.and_then(|frame| serde_json::from_str(&call.local(&frame)).ok());
    if let Some(diagnostics) = frame.and_then(|frame| wrap_diagnostics(&frame, errors)) {
        diagnostics.iter().for_each(|diagnostic| println!("{diagnostic}"));
        return Ok(ExitCode::from(101));
    }
    let output = call.output(&[])?;
    if let Some(frame) = frame_of_diagnostics(&String::from_utf8_lossy(&output.stdout)) {
        fs::write(note, call.portable(&frame.to_string()))?;
    }
    call.print(&output)
}

/// What cargo says around a diagnostic of the cells' package.
fn frame_of_diagnostics(cargo: &str) -> Option<Value> {
    let mut messages = cargo.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut frame = messages.find(|message| {
        message["reason"] == "compiler-message" && message["target"]["name"] == PACKAGE
    })?;
    frame["message"] = Value::Null;
    Some(frame)
}

/// The diagnostics as cargo reports them; none if rustc said anything else, or nothing.
fn wrap_diagnostics(frame: &Value, errors: &str) -> Option<Vec<Value>> {
    let lines: Vec<Value> =
        errors.lines().map(serde_json::from_str).collect::<Result<_, _>>().ok()?;
    // Cargo counts errors and warnings itself.
    let is_a_count = |text: &str| {
        text.starts_with("aborting due to")
            || text.ends_with("warning emitted")
            || text.ends_with("warnings emitted")
    };
    let is_diagnostic = |line: &Value| {
        line["$message_type"] == "diagnostic" && !line["message"].as_str().is_some_and(is_a_count)
    };
    let wrap = |mut diagnostic: Value| {
        tell_what_the_linker_says(&mut diagnostic);
        let mut message = frame.clone();
        message["message"] = diagnostic;
        message
    };
    let diagnostics: Vec<Value> = lines.into_iter().filter(is_diagnostic).map(wrap).collect();
    (!diagnostics.is_empty()).then_some(diagnostics)
}

/// Of an error that stands nowhere in the source, evcxr shows the message alone. That of the linker says only
/// that it failed; why is in its notes.
fn tell_what_the_linker_says(diagnostic: &mut Value) {
    let is_nowhere = diagnostic["spans"].as_array().is_some_and(Vec::is_empty);
    let message = diagnostic["message"].as_str().unwrap_or_default();
    if !is_nowhere || !message.starts_with("linking with") {
        return;
    }
    let notes = diagnostic["children"].as_array().into_iter().flatten();
    let lines = notes.filter_map(|note| note["message"].as_str()).flat_map(str::lines);
    // The first note is the whole command.
    let is_reason = |line: &&str| {
        !line.starts_with('"') && ["error: ", "undefined "].iter().any(|word| line.contains(word))
    };
    let reasons = lines.map(str::trim).filter(is_reason);
    let told: Vec<&str> = std::iter::once(message).chain(reasons.take(REASONS_SHOWN)).collect();
    diagnostic["message"] = told.join("\n").into();
}

/// A library that is missing can be the reason of thousands of errors.
const REASONS_SHOWN: usize = 3;

/// What evcxr reads of cargo's report.
fn report(library: &Path) -> Result<ExitCode> {
    let message = json!({
        "reason": "compiler-artifact",
        "target": {"name": PACKAGE},
        "filenames": [library],
    });
    println!("{message}");
    Ok(ExitCode::SUCCESS)
}

/// Lets cargo compile the cell and takes down how it does so.
fn record(call: &Call) -> Result<ExitCode> {
    let output =
        call.real_for_cells()?.arg("--verbose").arg("--verbose").stdin(Stdio::null()).output()?;
    super::lock::keep(&call.directory)?;
    if !output.status.success() {
        // Its talk would be among the diagnostics.
        return call.pass_on();
    }
    if let Some(rustc) = RustcCall::read(&String::from_utf8_lossy(&output.stderr)) {
        rustc.keep(call)?;
    }
    call.print(&output)
}

impl RustcCall {
    /// The call that was recorded for the same `Cargo.toml`, arguments and settings, if what it refers
    /// to is as it was then.
    pub(super) fn recorded(call: &Call) -> Option<RustcCall> {
        let text = fs::read_to_string(RustcCall::path(call).ok()?).ok()?;
        let rustc: RustcCall = serde_json::from_str(&call.local(&text)).ok()?;
        let is_current = rustc.libraries().all(|library| is_fresh(&library));
        is_current.then_some(rustc)
    }

    fn keep(&self, call: &Call) -> Result<()> {
        fs::write(RustcCall::path(call)?, call.portable(&serde_json::to_string(self)?))?;
        Ok(())
    }

    fn path(call: &Call) -> Result<PathBuf> {
        let arguments: Vec<_> = call.arguments.iter().filter_map(|word| word.to_str()).collect();
        Ok(call.note(&format!("rustc-{:016x}.json", call.key(&arguments)?)))
    }

    /// Finds the call in what cargo prints when it is very verbose.
    fn read(verbose: &str) -> Option<RustcCall> {
        let line =
            verbose.lines().rev().map(str::trim).find(|line| {
                line.starts_with("Running `") && line.contains(" --crate-name ctx ")
            })?;
        let words = shell_words(line.strip_prefix("Running `")?.strip_suffix('`')?)?;
        let is_assignment = |word: &String| {
            word.split_once('=').is_some_and(|(name, _)| {
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
        };
        let variables = words.iter().take_while(|word| is_assignment(word));
        let environment: Vec<(String, String)> = variables
            .filter_map(|word| word.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut rest = words.into_iter().skip(environment.len());
        let program = rest.next()?;
        let arguments: Vec<String> = rest.collect();
        (program.ends_with("rustc") && arguments.iter().any(|word| word == "--out-dir"))
            .then_some(RustcCall { environment, arguments })
    }

    /// The libraries to which the cell is linked.
    fn libraries(&self) -> impl Iterator<Item = PathBuf> {
        let pairs = self.arguments.windows(2).filter(|pair| pair[0] == "--extern");
        pairs.filter_map(|pair| Some(PathBuf::from(pair[1].split_once('=')?.1)))
    }

    /// The same call with some options changed, in the folder `output`: cargo has its own idea of what
    /// lies in its folders.
    pub(super) fn command(&self, call: &Call, emit: &str, output: &Path) -> Command {
        let mut command = Command::new(call.rustc());
        command.current_dir(&call.directory).envs(self.environment.iter().cloned());
        let mut arguments = self.arguments.iter();
        while let Some(argument) = arguments.next() {
            match (argument.as_str(), arguments.as_slice().first()) {
                ("--out-dir", Some(_)) => {
                    command.arg(argument).arg(output);
                    arguments.next();
                }
                // The cells are compiled without debug information: there is nothing to strip.
                ("-C", Some(option)) if option.starts_with("strip=") => {
                    arguments.next();
                }
                // Colours, which cargo would take away again.
                (option, _) if option.starts_with("--json=") => {
                    command.arg(option.replace("diagnostic-rendered-ansi,", ""));
                }
                (option, _) if option.starts_with("--emit=") => {
                    command.arg(format!("--emit={emit}"));
                }
                _ => {
                    command.arg(argument);
                }
            }
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The library that rustc makes of the cell, or what it says against it.
    fn compile(&self, call: &Call) -> Result<Result<PathBuf, String>> {
        let folder = call.directory.join("target/cells");
        fs::create_dir_all(&folder)?;
        let output = self.command(call, "link", &folder).output()?;
        let library = folder.join(format!("lib{PACKAGE}.so"));
        Ok(if output.status.success() && library.is_file() {
            Ok(library)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        })
    }
}

/// The libraries of all calls that were recorded in a build directory.
pub(super) fn libraries(build_directory: &Path) -> Vec<PathBuf> {
    let notes = fs::read_dir(build_directory.join(NOTES)).into_iter().flatten().flatten();
    notes
        .filter(|note| note.file_name().to_string_lossy().starts_with("rustc-"))
        .filter_map(|note| fs::read_to_string(note.path()).ok())
        .filter_map(|text| {
            let text = text.replace(HERE, &build_directory.to_string_lossy());
            serde_json::from_str::<RustcCall>(&text).ok()
        })
        .flat_map(|rustc| rustc.libraries().collect::<Vec<_>>())
        .collect()
}

/// Whether no source of a library is newer than it. Rustc has noted beside it which those are.
pub(super) fn is_fresh(library: &Path) -> bool {
    let name = library.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let modified = |path: &Path| path.metadata().and_then(|metadata| metadata.modified());
    let (Some(name), Ok(made)) = (name, modified(library)) else { return false };
    let name = name.strip_prefix("lib").unwrap_or(&name);
    let Ok(notes) = fs::read_to_string(library.with_file_name(format!("{name}.d"))) else {
        return false;
    };
    let is_older = |source: &PathBuf| modified(source).is_ok_and(|time: SystemTime| time <= made);
    sources(&notes).iter().all(is_older)
}

/// The sources in a file of dependencies: its lines are `target: source source`, with `\ ` for a space.
fn sources(notes: &str) -> Vec<PathBuf> {
    let rule = notes.lines().find_map(|line| line.split_once(": ")).map_or("", |(_, rule)| rule);
    let rule = rule.replace("\\ ", "\0");
    rule.split_whitespace().map(|path| PathBuf::from(path.replace('\0', " "))).collect()
}

/// The words of a command as cargo prints it: quoted by `'`, or with `\` before a character.
fn shell_words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut characters = line.chars().peekable();
    while characters.peek().is_some() {
        let mut word = String::new();
        let mut quoted = false;
        loop {
            match characters.next() {
                Some('\'') => quoted = !quoted,
                Some('\\') if !quoted => word.push(characters.next()?),
                Some(' ') if !quoted => break,
                Some(character) => word.push(character),
                None if quoted => return None,
                None => break,
            }
        }
        words.push(word);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_a_shell_would() {
        let words = shell_words(r"A='b c' D=e'f'\''g' /x/rustc --cfg 'feature=\'").unwrap();
        assert_eq!(words, ["A=b c", "D=ef'g", "/x/rustc", "--cfg", r"feature=\"]);
        assert_eq!(shell_words("an 'open quote"), None);
    }

    #[test]
    fn the_call_of_the_cells_package_is_found_among_others() {
        let verbose = "   Compiling ctx v1.0.0 (/b)\n\
                       \x20    Running `X=1 /x/rustc --crate-name other --out-dir /b`\n\
                       \x20    Running `CARGO_PKG_NAME=ctx LD_LIBRARY_PATH='/a b:/c' /x/rustc --crate-name ctx \
                       --edition=2024 src/lib.rs --emit=dep-info,link -C strip=debuginfo -C opt-level=0 \
                       --out-dir /b/deps --extern own=/b/deps/libown-1.rlib`\n\
                       \x20   Finished\n";
        let rustc = RustcCall::read(verbose).expect("it is there");
        assert_eq!(rustc.environment[1], ("LD_LIBRARY_PATH".to_owned(), "/a b:/c".to_owned()));
        assert_eq!(rustc.libraries().collect::<Vec<_>>(), [PathBuf::from("/b/deps/libown-1.rlib")]);
        let call = Call { toolchain: "/x".into(), arguments: vec![], directory: "/b".into() };
        let command = rustc.command(&call, "link", Path::new("/out"));
        let arguments: Vec<_> = command.get_args().map(|word| word.to_str().unwrap()).collect();
        assert_eq!(
            arguments.join(" "),
            "--crate-name ctx --edition=2024 src/lib.rs --emit=link -C opt-level=0 --out-dir /out \
             --extern own=/b/deps/libown-1.rlib"
        );
    }

    #[test]
    fn diagnostics_are_wrapped_as_cargo_does_and_nothing_else_is() {
        let diagnostic = json!({"$message_type": "diagnostic", "message": "mismatched types"});
        let artifact = json!({"$message_type": "artifact", "artifact": "x"});
        let count = json!({"$message_type": "diagnostic", "message": "aborting due to 2 errors"});
        let target = json!({"name": "ctx"});
        let reported =
            json!({"reason": "compiler-message", "target": target, "message": diagnostic});
        let cargo = format!("{}\n{reported}\n", json!({"reason": "compiler-artifact"}));
        let frame = frame_of_diagnostics(&cargo).expect("a diagnostic is there");
        let wrapped =
            wrap_diagnostics(&frame, &format!("{diagnostic}\n{artifact}\n{diagnostic}\n{count}\n"));
        assert_eq!(wrapped, Some(vec![reported.clone(), reported]));
        for other in ["", &artifact.to_string(), &format!("{diagnostic}\nAborted")] {
            assert_eq!(wrap_diagnostics(&frame, other), None, "{other}");
        }
    }

    #[test]
    fn a_library_is_stale_when_a_source_is_newer_or_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a source.rs"), "").unwrap();
        let source = path("a source.rs").display().to_string().replace(' ', "\\ ");
        fs::write(path("own-1.d"), format!("{}: {source}\n", path("own-1.d").display())).unwrap();
        fs::write(path("libown-1.rlib"), "").unwrap();
        assert!(is_fresh(&path("libown-1.rlib")));
        let later = SystemTime::now() + std::time::Duration::from_secs(9);
        fs::File::options()
            .write(true)
            .open(path("a source.rs"))
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert!(!is_fresh(&path("libown-1.rlib")));
        fs::remove_file(path("a source.rs")).unwrap();
        assert!(!is_fresh(&path("libown-1.rlib")));
        assert!(!is_fresh(&path("libother-1.rlib")), "nothing is known of it");
    }
}
