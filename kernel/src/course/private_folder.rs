//! The folder in which a submission is run: a copy, so that nothing it writes reaches another's.

use anyhow::{Context, Result};
use std::path::Path;
use tempfile::TempDir;

/// evcxr would run the code in it before any cell.
const NOT_COPIED: &str = "evcxr.toml";

/// Makes a folder with the files that lie beside a submission and those that lie beside its original, which
/// win. Folders and links are left out, and so are other notebooks.
pub fn private_folder(submission: &Path, original: &Path) -> Result<TempDir> {
    let copy = tempfile::Builder::new()
        .prefix("itakura-submission-")
        .tempdir()
        .context("cannot make a temporary folder")?;
    for notebook in [submission, original] {
        for entry in fs_err::read_dir(notebook.parent().expect("a file in a folder"))? {
            let entry = entry?;
            let path = entry.path();
            let is_notebook = path.extension().is_some_and(|end| end == "ipynb");
            if entry.file_type()?.is_file() && !is_notebook && entry.file_name() != NOT_COPIED {
                fs_err::copy(&path, copy.path().join(entry.file_name()))?;
            }
        }
    }
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fs_err as fs;

    #[test]
    fn the_originals_files_win_and_nothing_that_runs_or_leads_elsewhere_is_copied() {
        let folder = tempfile::tempdir().unwrap();
        let [theirs, ours] = ["theirs", "ours"].map(|name| folder.path().join(name));
        for (place, words) in [(&theirs, "forged"), (&ours, "measured")] {
            fs::create_dir(place).unwrap();
            fs::write(place.join("data.csv"), words).unwrap();
            fs::write(place.join("some.ipynb"), "{}").unwrap();
        }
        fs::write(theirs.join("evcxr.toml"), "").unwrap();
        fs::write(theirs.join("own.csv"), "own").unwrap();
        std::os::unix::fs::symlink("/dev/zero", theirs.join("link")).unwrap();
        let copy = private_folder(&theirs.join("some.ipynb"), &ours.join("some.ipynb")).unwrap();
        let read = |name: &str| fs::read_to_string(copy.path().join(name)).unwrap_or_default();
        assert_eq!([read("data.csv"), read("own.csv")], ["measured", "own"]);
        assert_eq!(fs::read_dir(copy.path()).unwrap().count(), 2);
    }
}
