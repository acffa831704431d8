//! Where things are: the project, its Python environment, the kernel's working files, the toolchain.

use crate::build_directory::ignore_missing;
use crate::stand_in::{TARGET_VARIABLE, TOOLCHAIN_VARIABLE};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name under which Jupyter knows the kernel. Never `rust`: evcxr_jupyter rewrites a kernelspec of
/// that name at every start.
pub const KERNEL_NAME: &str = "itakura-saito";

/// A checkout of the project.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder with the root `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// The project around the current folder, or else the one that this program was built in.
    pub fn find() -> Result<Project> {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        Project::around(Path::new("."))
            .or_else(|error| built_in.map_or(Err(error), Project::around))
    }

    /// The project that a folder belongs to.
    pub fn around(start: &Path) -> Result<Project> {
        let start =
            start.canonicalize().with_context(|| format!("{} is not a folder", start.display()))?;
        start
            .ancestors()
            .find(|folder| {
                folder.join("kernel/config/init.evcxr").is_file()
                    && folder.join("notebooks").is_dir()
            })
            .map(|folder| Project { root: folder.to_path_buf() })
            .with_context(|| {
                format!(
                    "{} is not inside a checkout of itakura-saito: change to the project's folder, \
                     or give it with --project",
                    start.display()
                )
            })
    }

    /// The notebooks, which are the only source of themselves.
    pub fn notebooks(&self) -> PathBuf {
        self.root.join("notebooks")
    }

    /// The Python environment with JupyterLab in it.
    pub fn python_environment(&self) -> PathBuf {
        self.root.join(".venv")
    }

    /// A program of the Python environment.
    pub fn python_program(&self, name: &str) -> PathBuf {
        self.python_environment().join("bin").join(name)
    }

    /// The kernel's description for Jupyter.
    pub fn kernelspec(&self) -> PathBuf {
        self.python_environment()
            .join("share/jupyter/kernels")
            .join(KERNEL_NAME)
            .join("kernel.json")
    }

    /// Build directories, locks and settings of the kernel.
    ///
    /// evcxr separates the words of its protocol by spaces and cannot load a library whose path holds
    /// one; the working files of such a project live in the user's cache.
    pub fn state(&self) -> Result<PathBuf> {
        let has_space = |path: &Path| path.to_string_lossy().contains(char::is_whitespace);
        if !has_space(&self.root) {
            return Ok(self.root.join(".itakura"));
        }
        let mut hasher = DefaultHasher::new();
        self.root.hash(&mut hasher);
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
            .filter(|cache| !has_space(cache))
            .with_context(|| {
                format!(
                    "the project's path {:?} holds a space, and evcxr cannot work in such a place: set \
                     XDG_CACHE_HOME to a folder of your own without one in its path",
                    self.root
                )
            })?;
        Ok(cache.join(format!("itakura-saito-{:016x}", hasher.finish())))
    }
}

/// Refuses a folder that somebody else owns or may write to: what lies in it is run.
pub fn check_owner(folder: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let metadata =
        fs::metadata(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let owner = metadata.uid();
    if owner != rustix::process::geteuid().as_raw() {
        bail!("{} belongs to the user {owner}, not to you: remove or rename it", folder.display());
    }
    if metadata.mode() & 0o002 != 0 {
        bail!("anybody may write to {}: look into it, then run chmod o-w on it", folder.display());
    }
    Ok(())
}

/// The Rust toolchain that compiles the cells, given by its path: by name, evcxr's analyser would
/// fetch the standard library's sources into it behind the reader's back.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// The release, such as `1.95.0`.
    pub version: String,
    /// The toolchain's own folder.
    pub sysroot: PathBuf,
    /// The folder of the shared standard library, which the cells load.
    pub libraries: PathBuf,
}

fn ask_rustc(project: &Project, arguments: &[&str]) -> Result<String> {
    let output = Command::new("rustc")
        .args(arguments)
        .current_dir(&project.root)
        .output()
        .with_context(|| {
            format!("rustc was not found: install Rust {RUST_VERSION} and put its bin folder on the PATH")
        })?;
    if !output.status.success() {
        bail!(
            "rustc does not start: {}\ninstall Rust {RUST_VERSION} (rustup toolchain install {RUST_VERSION})",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The release that evcxr 0.22 needs.
pub const RUST_VERSION: &str = "1.95";

impl Toolchain {
    /// Asks `rustc`, from the project's folder so that `rust-toolchain.toml` counts.
    pub fn find(project: &Project) -> Result<Toolchain> {
        let printed = ask_rustc(project, &["--version"])?;
        let version = printed.split_whitespace().nth(1).unwrap_or_default().to_owned();
        if !version.starts_with(&format!("{RUST_VERSION}.")) {
            bail!(
                "rustc is {version}, but evcxr 0.22 and this project need {RUST_VERSION}: \
                 rustup toolchain install {RUST_VERSION}, and unset RUSTUP_TOOLCHAIN if it is set"
            );
        }
        let folders = ask_rustc(project, &["--print", "sysroot", "--print", "target-libdir"])?;
        let (sysroot, libraries) = folders
            .trim()
            .split_once('\n')
            .filter(|(sysroot, _)| Path::new(sysroot).is_dir())
            .with_context(|| format!("rustc printed no folders, but: {folders}"))?;
        Ok(Toolchain { version, sysroot: sysroot.into(), libraries: libraries.into() })
    }

    /// The platform for which it compiles: its libraries lie in `lib/rustlib/TARGET/lib`.
    fn target(&self) -> &OsStr {
        self.libraries.parent().and_then(Path::file_name).unwrap_or_default()
    }

    /// Whether the standard library's sources are there, so that evcxr can infer the types of `let`s.
    pub fn has_sources(&self) -> bool {
        self.sysroot.join("lib/rustlib/src/rust/library").is_dir()
    }

    /// Makes `command` use this toolchain, by way of its shadow in the folder `shadow`, and nothing that
    /// the caller's own build has set.
    pub fn apply(&self, command: &mut Command, shadow: &Path) -> Result<()> {
        self.make_shadow(shadow, command.get_program())?;
        let mut libraries = vec![self.libraries.clone()];
        if let Some(others) = std::env::var_os("LD_LIBRARY_PATH") {
            libraries.extend(std::env::split_paths(&others));
        }
        let mut programs = vec![shadow.join("bin")];
        if let Some(others) = std::env::var_os("PATH") {
            programs.extend(std::env::split_paths(&others));
        }
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_a_build(name)) {
            command.env_remove(name);
        }
        command
            .env(TOOLCHAIN_VARIABLE, &self.sysroot)
            .env(TARGET_VARIABLE, self.target())
            .env("RUSTUP_TOOLCHAIN", shadow)
            .env("LD_LIBRARY_PATH", std::env::join_paths(libraries)?)
            .env("PATH", std::env::join_paths(programs)?)
            // The programs themselves, where they are: rustup's own cost a tenth of a kernel's start.
            .env("CARGO", shadow.join("bin/cargo"))
            .env("RUSTC", self.sysroot.join("bin/rustc"));
        Ok(())
    }

    /// Makes a folder of links that looks like this toolchain, in which `cargo` is `program`, which is this
    /// one: see `stand_in`.
    fn make_shadow(&self, shadow: &Path, program: &OsStr) -> Result<()> {
        fs::remove_dir_all(shadow).or_else(ignore_missing)?;
        let link_all = |of: &Path, to: &Path| -> Result<()> {
            fs::create_dir_all(to)?;
            for entry in fs::read_dir(of)? {
                let name = entry?.file_name();
                let target = if name == "cargo" { program.into() } else { of.join(&name) };
                if name != "bin" {
                    symlink(target, to.join(name))?;
                }
            }
            Ok(())
        };
        link_all(&self.sysroot, shadow)
            .and_then(|()| link_all(&self.sysroot.join("bin"), &shadow.join("bin")))
            .with_context(|| format!("cannot link the toolchain into {}", shadow.display()))
    }
}

/// Whether a variable sets something of a build: all that cargo and rustc read, except where cargo keeps
/// its packages and how it reaches the network.
fn is_of_a_build(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let kept = ["CARGO_HOME", "CARGO_NET_", "CARGO_HTTP_", "CARGO_REGISTR"];
    ["CARGO", "RUSTC", "RUSTFLAGS", "RUSTDOC"].iter().any(|start| name.starts_with(start))
        && !kept.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_a_build_sets_is_not_for_the_cells() {
        for (name, of_a_build) in [
            ("RUSTC_BOOTSTRAP", true),
            ("RUSTFLAGS", true),
            ("CARGO_TARGET_DIR", true),
            ("CARGO_PROFILE_DEV_OPT_LEVEL", true),
            ("RUSTUP_HOME", false),
            ("CARGO_HOME", false),
            ("CARGO_NET_OFFLINE", false),
            ("PATH", false),
        ] {
            assert_eq!(is_of_a_build(OsStr::new(name)), of_a_build, "{name}");
        }
    }

    #[test]
    fn a_folder_to_which_anybody_may_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        check_owner(folder.path()).unwrap();
        fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        let error = check_owner(folder.path()).unwrap_err().to_string();
        assert!(error.contains("chmod o-w"), "{error}");
    }
}
