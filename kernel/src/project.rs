//! Where things are: the project, its Python environment, the kernel's working files, the toolchain.

use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
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
    /// The project around `start`, or else the one that this program was built in.
    pub fn find(start: &Path) -> Result<Project> {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let start =
            start.canonicalize().with_context(|| format!("{} is no folder", start.display()))?;
        start
            .ancestors()
            .chain(built_in)
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
            .unwrap_or_else(std::env::temp_dir);
        if has_space(&cache) {
            bail!(
                "the project's path {:?} and the cache's path {cache:?} both hold a space, and evcxr \
                 cannot work in such a place: set XDG_CACHE_HOME to a folder without one",
                self.root
            );
        }
        Ok(cache.join(format!("itakura-saito-{:016x}", hasher.finish())))
    }
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
const RUST_VERSION: &str = "1.95";

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

    /// Whether the standard library's sources are there, so that evcxr can infer the types of `let`s.
    pub fn has_sources(&self) -> bool {
        self.sysroot.join("lib/rustlib/src/rust/library").is_dir()
    }

    /// Makes `command` use this toolchain and nothing that the caller's own build has set.
    pub fn apply(&self, command: &mut Command) {
        let mut libraries = vec![self.libraries.clone()];
        if let Some(others) = std::env::var_os("LD_LIBRARY_PATH") {
            libraries.extend(std::env::split_paths(&others));
        }
        let libraries = std::env::join_paths(libraries).expect("a library folder without a colon");
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let of_a_build = name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_PROFILE_")
                || name.starts_with("CARGO_BUILD_")
                || name.starts_with("CARGO_MANIFEST_");
            let flags = [
                "RUSTFLAGS",
                "CARGO_ENCODED_RUSTFLAGS",
                "CARGO_TARGET_DIR",
                "CARGO_INCREMENTAL",
                "RUSTC_WRAPPER",
                "RUSTC_WORKSPACE_WRAPPER",
            ];
            if of_a_build || flags.contains(&name.as_str()) {
                command.env_remove(&name);
            }
        }
        command.env("RUSTUP_TOOLCHAIN", &self.sysroot).env("LD_LIBRARY_PATH", libraries);
        // The programs themselves, where they are: rustup's stand-ins cost a tenth of a kernel's start.
        for (variable, program) in [("CARGO", "bin/cargo"), ("RUSTC", "bin/rustc")] {
            let program = self.sysroot.join(program);
            if program.exists() {
                command.env(variable, program);
            }
        }
    }
}
