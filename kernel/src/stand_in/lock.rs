//! The versions of the packages: those of the project's `Cargo.lock`, from the first call to the last.
//!
//! evcxr calls cargo before it has read its configuration. The cells' package then depends on nothing,
//! cargo drops all packages from the lock, and at the next call chooses new ones, with the network if it
//! can. So the lock is put back before and after each call. Packages that a reader adds are kept with
//! the others once they are chosen; cargo ignores what it does not need.

use super::NOTES;
use anyhow::{Context, Result};
use fs_err as fs;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const BEGIN_PACKAGE: &str = "\n[[package]]\n";

fn pinned(directory: &Path) -> PathBuf {
    directory.join(NOTES).join("Cargo.lock")
}

/// Makes `lock_file` the lock of a build directory.
pub fn pin(directory: &Path, lock_file: &Path) -> Result<()> {
    fs::copy(lock_file, pinned(directory))
        .context("the project has no Cargo.lock: cargo generate-lockfile")?;
    restore(directory)
}

/// Puts the lock back.
pub fn restore(directory: &Path) -> Result<()> {
    let Ok(text) = fs::read_to_string(pinned(directory)) else { return Ok(()) };
    replace(&directory.join("Cargo.lock"), &text)
}

/// Adds to the lock what cargo has chosen for packages that the reader added, and puts it back.
pub fn keep(directory: &Path) -> Result<()> {
    let path = pinned(directory);
    let Ok(known) = fs::read_to_string(&path) else { return Ok(()) };
    let chosen = fs::read_to_string(directory.join("Cargo.lock")).unwrap_or_default();
    if let Some(more) = union(&known, &chosen) {
        replace(&path, &more)?;
    }
    restore(directory)
}

/// Other calls of cargo may be reading: they see the old text or the new one.
fn replace(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    fs::write(&fresh, text)
        .and_then(|()| fs::rename(&fresh, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The known lock and the packages of the chosen one that it lacks; nothing if it lacks none.
fn union(known: &str, chosen: &str) -> Option<String> {
    let packages: BTreeSet<String> =
        known.split(BEGIN_PACKAGE).skip(1).filter_map(identity).collect();
    let more: Vec<&str> = chosen
        .split(BEGIN_PACKAGE)
        .skip(1)
        .filter(|package| identity(package).is_some_and(|name| !packages.contains(&name)))
        .collect();
    let text = more.iter().fold(known.trim_end().to_owned() + "\n", |text, package| {
        text + BEGIN_PACKAGE + package.trim_end() + "\n"
    });
    (!more.is_empty()).then_some(text)
}

/// Name, version and source of a package that was taken from somewhere. Those without a source are
/// folders on this machine, and have no versions to choose from.
fn identity(package: &str) -> Option<String> {
    let lines = |key: &'static str| package.lines().find(move |line| line.starts_with(key));
    Some([lines("name = ")?, lines("version = ")?, lines("source = ")?].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PINNED: &str = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"s\"\n\
                          \n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";

    #[test]
    fn a_lock_that_cargo_has_pruned_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let (project, build) = (folder.path().join("project.lock"), folder.path().join("build"));
        fs::create_dir_all(build.join(NOTES)).unwrap();
        fs::write(&project, PINNED).unwrap();
        pin(&build, &project).unwrap();
        fs::write(build.join("Cargo.lock"), "version = 4\n").unwrap();
        keep(&build).unwrap();
        assert_eq!(fs::read_to_string(build.join("Cargo.lock")).unwrap(), PINNED);
    }

    #[test]
    fn what_was_chosen_for_an_added_package_is_kept_beside_the_pinned_ones() {
        let chosen = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\nsource = \"s\"\n\
                      \n[[package]]\nname = \"ctx\"\nversion = \"1.0.0\"\ndependencies = [\n \"a\",\n]\n";
        let text = union(PINNED, chosen).expect("a 2.0.0 is new");
        assert!(text.starts_with(PINNED));
        assert!(
            text.ends_with("\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\nsource = \"s\"\n")
        );
        assert_eq!(text.matches("[[package]]").count(), 3, "{text}");
        assert_eq!(union(&text, chosen), None, "nothing is kept twice");
    }
}
