//! Whether a compiled library is whole.
//!
//! After a change rustc compiles again only the pieces of the crate that it touches. Now and then it leaves pieces
//! that refer to others which are not there any more (rust-lang/rust, issues 81280 and 85309). The library
//! looks finished, and the first cell that needs such a piece cannot be linked. So all pieces are linked
//! once after each build, which takes a tenth of a second.

use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether the linker finds all that a library's pieces take from each other.
pub fn is_whole(library: &Path, rustc: &Path) -> Result<bool> {
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let argument = |text: &str| format!("-Clink-arg={text}");
    let status = Command::new(rustc)
        .args(["-", "--crate-type=cdylib", "--crate-name=whole", "--out-dir"])
        .arg(scratch.path())
        // Nothing uses the pieces here: they are linked all the same.
        .args(["-Clink-dead-code", &argument("-Wl,--whole-archive")])
        .arg(argument(&library.to_string_lossy()))
        .arg(argument("-Wl,--no-whole-archive"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| format!("{} does not start", rustc.display()))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_lacks_a_piece_is_told_from_one_that_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("libpieces.rlib");
        let whole =
            "pub fn sum(list: &[u8]) -> usize { list.iter().map(|&n| usize::from(n)).sum() }";
        // As rustc writes it: a name that is for the library alone, and that nothing in it defines.
        let piece = "core::arch::global_asm!(\".hidden piece\", \"caller: call piece\");";
        for (source, expected) in [(whole.to_owned(), true), (format!("{whole}\n{piece}"), false)] {
            let path = folder.path().join("pieces.rs");
            std::fs::write(&path, source).unwrap();
            let mut rustc = Command::new("rustc");
            rustc.args(["--crate-type=rlib", "--edition=2024", "-o"]).arg(&library).arg(&path);
            assert!(rustc.status().unwrap().success());
            assert_eq!(is_whole(&library, Path::new("rustc")).unwrap(), expected);
        }
    }
}
