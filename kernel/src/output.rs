//! Where results are to be written: looked at before the work, which may take hours.

use anyhow::{Result, bail};
use std::path::Path;

/// Refuses a file whose folder is not there, or whose place a folder has.
pub fn check_file(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("{} cannot be written: there is no folder {}", path.display(), folder.display());
    }
    if path.is_dir() {
        bail!("{} cannot be written: it is a folder", path.display());
    }
    Ok(())
}

/// Refuses a folder whose place a file has.
pub fn check_folder(path: &Path) -> Result<()> {
    if path.exists() && !path.is_dir() {
        bail!("{} cannot be a folder: it is a file", path.display());
    }
    Ok(())
}
