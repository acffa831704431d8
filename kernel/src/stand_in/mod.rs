//! The `cargo` that evcxr finds: this program, called by that name.
//!
//! evcxr asks cargo for everything, some fifteen times at a start and at least once per cell. The kernel
//! hands it a folder that looks like the toolchain (`Toolchain::shadow`), in which `bin/cargo` is a link
//! to this program. So evcxr stays as it is, and
//!
//! - the project's `Cargo.lock` is in force, and the network is left alone (`lock`);
//! - evcxr's analyser is told of the cells' package and what it depends on directly (`metadata`);
//! - a question that was answered before is answered again without asking (`answers`);
//! - a cell is compiled by the rustc call that cargo made for an earlier one (`replay`);
//! - `cargo check`, which evcxr calls when its analyser does not know the type of a `let`, is answered
//!   by the same call, which also names the types (`types`).
//!
//! Whatever else is asked, and whatever goes wrong, goes to the real cargo.

mod answers;
mod lock;
mod metadata;
mod replay;
pub mod types;

use anyhow::{Context, Result};
use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

/// Names the folder of the real toolchain to the stand-in.
pub const TOOLCHAIN_VARIABLE: &str = "ITAKURA_TOOLCHAIN";

/// Names the platform for which cells are compiled.
pub const TARGET_VARIABLE: &str = "ITAKURA_TARGET";

/// Allows the stand-in to fetch what is missing of the project's own packages. The set-up may.
pub const NETWORK_VARIABLE: &str = "ITAKURA_NETWORK";

/// The notes of the stand-in lie in the build directory, and are copied with it.
const NOTES: &str = "stand-in";

/// Stands for the build directory in the notes.
const HERE: &str = "{build directory}";

/// Runs as cargo if this process was called by that name.
pub fn hook() -> Option<ExitCode> {
    let name = std::env::args_os().next()?;
    if Path::new(&name).file_name() != Some(OsStr::new("cargo")) {
        return None;
    }
    let toolchain = std::env::var_os(TOOLCHAIN_VARIABLE)?.into();
    let call = Call::of_this_process(toolchain);
    Some(call.perform().unwrap_or_else(|error| {
        eprintln!("itakura as cargo: {error:#}");
        ExitCode::FAILURE
    }))
}

/// Puts the pinned versions where the stand-in looks for them.
pub fn pin(build_directory: &Path, lock_file: &Path) -> Result<()> {
    let notes = build_directory.join(NOTES);
    fs_err::remove_dir_all(&notes).or_else(crate::build_directory::ignore_missing)?;
    fs_err::create_dir_all(&notes)?;
    lock::pin(build_directory, lock_file)
}

/// The libraries to which the cells of a build directory are linked: the crate's.
pub fn libraries(build_directory: &Path) -> Vec<PathBuf> {
    replay::libraries(build_directory)
}

/// Whether they are newer than their sources.
pub fn is_fresh(build_directory: &Path) -> bool {
    libraries(build_directory).iter().all(|library| replay::is_fresh(library))
}

/// One call of cargo.
struct Call {
    toolchain: PathBuf,
    arguments: Vec<OsString>,
    /// Where evcxr works.
    directory: PathBuf,
}

impl Call {
    fn of_this_process(toolchain: PathBuf) -> Call {
        Call {
            toolchain,
            arguments: std::env::args_os().skip(1).collect(),
            directory: std::env::var_os("EVCXR_TMPDIR").map(PathBuf::from).unwrap_or_default(),
        }
    }

    fn perform(&self) -> Result<ExitCode> {
        if !self.is_about_cells() {
            return Err(self.real().exec()).context("cannot start the real cargo");
        }
        match self.subcommand() {
            Some("build") => replay::build(self),
            Some("check") => types::check(self),
            Some("metadata") => metadata::answer(self),
            _ if answers::has_one_for(self) => {
                let output = answers::remembered(self, || self.output(&[]))?;
                self.print(&output)
            }
            _ => self.pass_on(),
        }
    }

    /// The call of `build` for a call of `check`.
    fn as_build(&self) -> Call {
        let word = |word: &OsString| if word == "check" { "build".into() } else { word.clone() };
        Call {
            toolchain: self.toolchain.clone(),
            arguments: self.arguments.iter().map(word).collect(),
            directory: self.directory.clone(),
        }
    }

    /// A cell may call cargo too, for its own purposes.
    fn is_about_cells(&self) -> bool {
        let here = std::env::current_dir().and_then(|folder| folder.canonicalize());
        let directory = self.directory.canonicalize();
        matches!((here, directory), (Ok(here), Ok(directory)) if here == directory)
    }

    /// The first argument that is neither an option nor one's value.
    fn subcommand(&self) -> Option<&str> {
        let arguments = self.arguments.iter().filter_map(|argument| argument.to_str());
        let mut words = arguments.skip_while(|word| word.starts_with('-') && *word != "-Z");
        match words.next() {
            Some("-Z") => words.nth(1),
            word => word,
        }
    }

    fn has(&self, argument: &str) -> bool {
        self.arguments.iter().any(|word| word == argument)
    }

    /// The real cargo with the same arguments, in the environment without any stand-in.
    fn real(&self) -> Command {
        let cargo = self.toolchain.join("bin/cargo");
        let mut command = Command::new(&cargo);
        command
            .args(&self.arguments)
            .env("CARGO", cargo)
            .env("RUSTUP_TOOLCHAIN", &self.toolchain)
            .env_remove(TOOLCHAIN_VARIABLE);
        // evcxr names the compiler by the folder that it takes for the toolchain; cargo keeps what it
        // has learnt of a compiler by its path.
        if std::env::var_os("RUSTC").is_some() {
            command.env("RUSTC", self.rustc());
        }
        command
    }

    fn rustc(&self) -> PathBuf {
        self.toolchain.join("bin/rustc")
    }

    /// The same for the cells' package: with the pinned versions, and without the network.
    fn real_for_cells(&self) -> Result<Command> {
        lock::restore(&self.directory)?;
        let mut command = self.real();
        if std::env::var_os(OFFLINE).is_none() {
            command.env(OFFLINE, "true");
        }
        Ok(command)
    }

    /// What the real cargo answers. Only if it needs what is not on this machine, in the set-up or for a
    /// package that the reader has added, is it asked again with the network.
    fn output(&self, more: &[OsString]) -> Result<Output> {
        let ask = |mut cargo: Command| cargo.args(more).stdin(Stdio::null()).output();
        let mut output = ask(self.real_for_cells()?)?;
        let may_fetch = std::env::var_os(OFFLINE).is_none()
            && (std::env::var_os(NETWORK_VARIABLE).is_some()
                || self.manifest()?.has_added_packages());
        if !output.status.success() && may_fetch {
            let mut cargo = self.real_for_cells()?;
            cargo.env_remove(OFFLINE);
            output = ask(cargo)?;
        }
        lock::keep(&self.directory)?;
        Ok(output)
    }

    /// Lets the real cargo do it, and print what it likes.
    fn pass_on(&self) -> Result<ExitCode> {
        let status = self.real_for_cells()?.status().context("cannot start the real cargo")?;
        lock::keep(&self.directory)?;
        Ok(exit_code(status))
    }

    fn print(&self, output: &Output) -> Result<ExitCode> {
        use std::io::Write;
        std::io::stderr().write_all(&output.stderr)?;
        std::io::stdout().write_all(&output.stdout)?;
        Ok(exit_code(output.status))
    }

    fn manifest(&self) -> Result<Manifest> {
        let path = self.directory.join("Cargo.toml");
        let text = fs_err::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Manifest { text })
    }

    fn note(&self, name: &str) -> PathBuf {
        self.directory.join(NOTES).join(name)
    }

    /// A text of this directory as it is kept in the notes, which are copied to other directories.
    fn portable(&self, text: &str) -> String {
        text.replace(&*self.directory.to_string_lossy(), HERE)
    }

    fn local(&self, text: &str) -> String {
        text.replace(HERE, &self.directory.to_string_lossy())
    }

    /// What an answer depends on, in a number.
    fn key(&self, arguments: &[&str]) -> Result<u64> {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (arguments, &self.toolchain).hash(&mut hasher);
        self.portable(&self.manifest()?.text).hash(&mut hasher);
        let settings = self.directory.join(".cargo/config.toml");
        fs_err::read(settings).unwrap_or_default().hash(&mut hasher);
        let mut variables: Vec<(String, String)> = std::env::vars_os()
            .map(|(name, value)| {
                (name.to_string_lossy().into_owned(), self.portable(&value.to_string_lossy()))
            })
            .filter(|(name, _)| is_a_setting(name))
            .collect();
        variables.sort();
        variables.hash(&mut hasher);
        Ok(hasher.finish())
    }
}

const OFFLINE: &str = "CARGO_NET_OFFLINE";

/// Whether cargo or rustc reads this variable. Left out are those that differ from one kernel, or one
/// question of the analyser, to another and do not change the answer.
fn is_a_setting(name: &str) -> bool {
    let passing = ["CARGO", "RUSTC", "RUSTC_BOOTSTRAP", "CARGO_RESOLVER_LOCKFILE_PATH", OFFLINE];
    ["CARGO", "RUSTC", "RUSTFLAGS"].iter().any(|start| name.starts_with(start))
        && !passing.contains(&name)
}

fn exit_code(status: std::process::ExitStatus) -> ExitCode {
    ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(101))
}

/// The cells' `Cargo.toml`, as evcxr writes it.
struct Manifest {
    text: String,
}

impl Manifest {
    /// The names under `[dependencies]`.
    fn dependencies(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "[dependencies]")
            .skip(1)
            .filter_map(|line| Some(line.split_once('=')?.0.trim()))
    }

    /// Whether the reader has asked for more than this project's crate.
    fn has_added_packages(&self) -> bool {
        self.dependencies().any(|name| name != "itakura-saito")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(line: &str) -> Call {
        Call {
            toolchain: "/toolchain".into(),
            arguments: line.split_whitespace().map(OsString::from).collect(),
            directory: "/state/prepared".into(),
        }
    }

    #[test]
    fn the_subcommand_is_found_behind_options() {
        for (line, subcommand) in [
            ("build --target here", Some("build")),
            ("--offline build", Some("build")),
            ("-Z unstable-options config get", Some("config")),
            ("--version", None),
        ] {
            assert_eq!(call(line).subcommand(), subcommand, "{line}");
        }
    }

    #[test]
    fn a_note_means_the_same_in_a_copy_of_the_directory() {
        let prepared = call("build");
        let copy = Call { directory: "/state/kernels/1/build".into(), ..call("build") };
        let note = prepared.portable("--out-dir /state/prepared/target -L/state/prepared/target");
        assert_eq!(
            copy.local(&note),
            "--out-dir /state/kernels/1/build/target -L/state/kernels/1/build/target"
        );
    }

    #[test]
    fn what_a_reader_adds_is_told_from_what_the_project_needs() {
        let own = "[package]\nname = \"ctx\"\n[dependencies]\nitakura-saito = { path = \"/p\" }\n";
        let manifest = |text: String| Manifest { text };
        assert!(!manifest(own.to_owned()).has_added_packages());
        assert!(manifest(format!("{own}rand = \"0.9\"\n")).has_added_packages());
        assert!(!manifest("[package]\nname = \"ctx\"\n".to_owned()).has_added_packages());
        let validated = "    [dependencies]\n    rand = \"0.9\"\n    ".to_owned();
        assert!(manifest(validated).has_added_packages());
    }
}
