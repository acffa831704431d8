//! The directory in which evcxr compiles cells: prepared once, then one private copy per kernel.
//!
//! A kernel that starts in an unprepared directory compiles some 150 packages first. Two kernels in one
//! directory overwrite each other's source. So `prepared/` is built once, and every kernel works in its
//! own copy, in which the compiled packages are hard links and everything that cargo or evcxr writes to
//! is a real copy with its modification time, by which cargo judges what is fresh.

use crate::library;
use crate::project::{Project, Toolchain, check_owner};
use crate::stand_in;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::fs::{File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

/// Tells the cells' process where its kernel works.
pub const DIRECTORY_VARIABLE: &str = "ITAKURA_BUILD_DIRECTORY";

/// The configuration that evcxr reads, with the project's path to be filled in.
const INIT: &str = include_str!("../config/init.evcxr");
/// The cargo configuration above every build directory.
const CARGO_CONFIGURATION: &str = include_str!("../config/cargo.toml");

/// Where cargo keeps the packages.
fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// What the environment of the process that compiles the cells needs.
pub fn apply_environment(command: &mut Command, directory: &Path, state: &Path) {
    // The packages are compiled from the folder in which they lay when the directory was prepared.
    let stamp = fs::read_to_string(state.join("prepared.stamp")).unwrap_or_default();
    let prepared = stamp.split_once('\n').map(|(_, packages)| PathBuf::from(packages));
    if let Some(packages) = prepared.or_else(cargo_home) {
        command.env("CARGO_HOME", packages);
    }
    command
        .env("EVCXR_TMPDIR", directory)
        .env("EVCXR_CONFIG_DIR", state.join("evcxr"))
        // evcxr_jupyter looks there for kernelspecs to rewrite.
        .env_remove("JUPYTER_PATH");
}

/// What a prepared directory is worth.
#[derive(Debug, PartialEq)]
pub enum State {
    /// A kernel can start from it.
    Current,
    /// The crate or the toolchain has changed, or it was never built.
    Outdated,
    /// This file of it is not as it was built.
    Damaged(String),
}

/// The prepared directory of a project.
pub struct Prepared {
    project: Project,
    toolchain: Toolchain,
    state: PathBuf,
}

impl Prepared {
    /// The prepared directory of `project`, whether it exists or not.
    pub fn of(project: &Project, toolchain: &Toolchain) -> Result<Prepared> {
        let state = project.state()?;
        fs::create_dir_all(state.join("kernels"))
            .with_context(|| format!("cannot create {}", state.display()))?;
        check_owner(&state)?;
        Ok(Prepared { project: project.clone(), toolchain: toolchain.clone(), state })
    }

    /// Whether it is as it was made, and was made from the crate as it is now.
    pub fn state(&self) -> Result<State> {
        let directory = self.state.join("prepared");
        let damaged = fs::read_to_string(self.inventory_path())
            .ok()
            .and_then(|inventory| missing_from(&directory, &inventory));
        if let Some(file) = damaged {
            return Ok(State::Damaged(file));
        }
        let stamp = fs::read_to_string(self.stamp_path()).unwrap_or_default();
        let (fingerprint, packages) = stamp.split_once('\n').unwrap_or_default();
        let is_current = fingerprint == self.fingerprint()?
            && Path::new(packages).is_dir()
            && stand_in::is_fresh(&directory);
        Ok(if is_current { State::Current } else { State::Outdated })
    }

    /// Builds it, if it is not current, and reports how many packages are compiled. An interrupted
    /// build is taken up where it stopped; of two at once, the second waits and finds it done.
    pub fn prepare(&self, mut progress: impl FnMut(usize)) -> Result<()> {
        if self.state()? == State::Current {
            return Ok(());
        }
        let lock = fs::File::create(self.lock_path())?.into_file();
        lock.lock().context("cannot lock the prepared build directory")?;
        share_with_children(&lock)?;
        match self.state()? {
            State::Current => return Ok(()),
            State::Outdated => {}
            // Cargo judges by times, and would not see what is wrong.
            State::Damaged(_) => fs::remove_dir_all(self.state.join("prepared"))?,
        }
        let fingerprint = self.fingerprint()?;
        for note in [self.stamp_path(), self.inventory_path()] {
            fs::remove_file(note).or_else(ignore_missing)?;
        }
        self.write_configuration()?;
        self.compile(&mut progress)?;
        if !self.is_whole()? {
            self.forget_pieces()?;
            self.compile(&mut progress)?;
        }
        fs::write(self.inventory_path(), inventory(&self.state.join("prepared"))?)?;
        let packages = cargo_home().context("neither CARGO_HOME nor HOME names a folder")?;
        fs::write(self.stamp_path(), format!("{fingerprint}\n{}", packages.display()))?;
        Ok(())
    }

    /// A private copy for one kernel, removed when the returned value is dropped, or by the next kernel
    /// if this process is killed.
    pub fn private_copy(&self) -> Result<PrivateDirectory> {
        // A directory and its lock appear together for those who sweep.
        let kernels = fs::File::create(self.state.join("kernels.lock"))?.into_file();
        kernels.lock().context("cannot lock the folder of the kernels")?;
        sweep(&self.state.join("kernels"));
        let prepared = fs::File::create(self.lock_path())?.into_file();
        prepared.lock_shared().context("cannot lock the prepared build directory")?;
        let path = self.state.join("kernels").join(format!(
            "{}-{}",
            std::process::id(),
            uuid::Uuid::new_v4().simple()
        ));
        let lock = fs::File::create(path.with_extension("lock"))?.into_file();
        lock.lock()?;
        drop(kernels);
        let janitor = Janitor::of(&path)?;
        fs::create_dir_all(&path)?;
        let copy =
            PrivateDirectory { path, state: self.state.clone(), _lock: lock, _janitor: janitor };
        copy_build(&self.state.join("prepared"), &copy.build(), Path::new(""))
            .context("cannot copy the prepared build directory (is the disk full?)")?;
        Ok(copy)
    }

    fn stamp_path(&self) -> PathBuf {
        self.state.join("prepared.stamp")
    }

    fn inventory_path(&self) -> PathBuf {
        self.state.join("prepared.files")
    }

    fn lock_path(&self) -> PathBuf {
        self.state.join("prepared.lock")
    }

    /// Changes whenever what is compiled changes: the toolchain, the configuration, the crate.
    pub fn fingerprint(&self) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        (&self.toolchain.version, &self.toolchain.sysroot, INIT, CARGO_CONFIGURATION)
            .hash(&mut hasher);
        // The notes of the stand-in may be others with another version of this program.
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        for file in ["Cargo.toml", "Cargo.lock", "src", "data"] {
            hash_files(&self.project.root.join(file), &mut hasher)?;
        }
        Ok(format!("{:016x}", hasher.finish()))
    }

    fn write_configuration(&self) -> Result<()> {
        let write = |path: PathBuf, text: &str| -> Result<()> {
            fs::create_dir_all(path.parent().expect("a file in a folder"))?;
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
        };
        let project = self.project.root.to_string_lossy();
        let project = project.replace('\\', "\\\\").replace('"', "\\\"");
        write(self.state.join("evcxr/init.evcxr"), &INIT.replace("{project}", &project))?;
        write(self.state.join(".cargo/config.toml"), CARGO_CONFIGURATION)?;
        stand_in::pin(&self.state.join("prepared"), &self.project.root.join("Cargo.lock"))
    }

    /// Whether every cell can be linked to what was compiled.
    fn is_whole(&self) -> Result<bool> {
        let rustc = self.toolchain.sysroot.join("bin/rustc");
        for path in stand_in::libraries(&self.state.join("prepared")) {
            if !library::is_whole(&path, &rustc)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes the crate's library and the pieces of it that a next build would use again.
    fn forget_pieces(&self) -> Result<()> {
        for path in stand_in::libraries(&self.state.join("prepared")) {
            fs::remove_file(&path).or_else(ignore_missing)?;
            let profile = path.parent().and_then(Path::parent).context("a library in no folder")?;
            fs::remove_dir_all(profile.join("incremental")).or_else(ignore_missing)?;
        }
        Ok(())
    }

    /// Lets evcxr compile the crate and one cell, in a process of its own and exactly as a kernel does.
    fn compile(&self, progress: &mut impl FnMut(usize)) -> Result<()> {
        let directory = self.state.join("prepared");
        let log = self.state.join("prepared.log");
        let mut command = Command::new(std::env::current_exe()?);
        self.toolchain.apply(&mut command, &self.state.join("toolchain"))?;
        apply_environment(&mut command, &directory, &self.state);
        let mut child = command
            .arg("compile-cells")
            .env(stand_in::NETWORK_VARIABLE, "1")
            .current_dir(self.project.notebooks())
            .stdin(Stdio::null())
            .stdout(fs::File::create(&log)?.into_file())
            .stderr(File::options().append(true).open(&log)?)
            .spawn()?;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            progress(count_libraries(&directory));
            std::thread::sleep(Duration::from_millis(500));
        };
        if !status.success() {
            bail!("{}", explain_failure(&fs::read_to_string(&log).unwrap_or_default()));
        }
        Ok(())
    }
}

/// What the preparing process writes when rustc refuses the crate.
const CRATE_BROKEN: &str = "the crate does not compile";

/// Says what went wrong while the crate was compiled for the cells, and what to do.
pub fn explain_failure(log: &str) -> String {
    let full = format!(
        "the disk is full: free about 1.5 GB there, or in {} for the compiler's own files, and try again",
        std::env::temp_dir().display()
    );
    let advice = if log.contains("No space left on device") {
        &full
    } else if log.contains("failed to download") || log.contains("Could not resolve") {
        "a package is missing and the network cannot be reached: run `cargo fetch` while online"
    } else if log.contains(CRATE_BROKEN) {
        "run `cargo check` in the project and mend what it reports"
    } else {
        "`itakura doctor` says what is missing"
    };
    let skipped = log.lines().count().saturating_sub(20);
    let tail: Vec<&str> = log.lines().skip(skipped).collect();
    format!("{advice}\n{}", tail.join("\n"))
}

/// Compiles the crate and one cell in `EVCXR_TMPDIR`. Runs in a process of its own.
pub fn compile_cells() -> Result<()> {
    let (mut context, _outputs) = evcxr::CommandContext::new()?;
    // The last one makes an error of rustc's, which evcxr mends, and by which errors are known afterwards.
    for code in [":load_config --quiet", "let prepared: f64 = 1.0;", "prepared"] {
        context.execute(code).map_err(|error| match error {
            evcxr::Error::CompilationErrors(errors) => {
                let errors: Vec<String> = errors.iter().map(|error| error.message()).collect();
                anyhow::anyhow!("{CRATE_BROKEN}\n{}", errors.join("\n"))
            }
            error => error.into(),
        })?;
    }
    Ok(())
}

/// A kernel's own working directory.
#[derive(Debug)]
pub struct PrivateDirectory {
    path: PathBuf,
    state: PathBuf,
    _lock: File,
    _janitor: Janitor,
}

impl PrivateDirectory {
    /// Where evcxr works.
    pub fn build(&self) -> PathBuf {
        self.path.join("build")
    }

    /// A file beside it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// What the environment of the process that compiles the cells needs.
    pub fn apply_environment(&self, command: &mut Command) {
        apply_environment(command, &self.build(), &self.state);
        command.env(DIRECTORY_VARIABLE, &self.path);
    }
}

impl Drop for PrivateDirectory {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// A process that outlives the kernel by a moment, to remove its directory however it ended.
#[derive(Debug)]
struct Janitor {
    /// Closed by the system when the kernel is gone; that is the signal.
    _kernel_lives: ChildStdin,
}

impl Janitor {
    fn of(directory: &Path) -> Result<Janitor> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("janitor")
            .arg(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Jupyter kills the process group of a kernel that does not leave.
            .process_group(0)
            .spawn()
            .context("cannot start the process that cleans up after the kernel")?;
        Ok(Janitor { _kernel_lives: process.stdin.take().expect("stdin is piped") })
    }
}

/// Waits until the kernel is gone, then removes its directory. Runs in a process of its own.
pub fn clean_up_after_kernel(directory: &Path) -> Result<()> {
    io::copy(&mut io::stdin(), &mut io::sink())?;
    // The compiler and the cells end within a moment of the kernel, but may still be writing.
    for _ in 0..5 {
        remove(directory);
        std::thread::sleep(Duration::from_millis(300));
    }
    Ok(())
}

/// Removes a private directory and its lock. A compiler that was just killed may still be writing.
pub fn remove(directory: &Path) {
    for _ in 0..20 {
        match fs::remove_dir_all(directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                std::thread::sleep(Duration::from_millis(50));
            }
            _ => break,
        }
    }
    fs::remove_file(directory.with_extension("lock")).ok();
}

/// Removes the directories of kernels that are gone: the system has released their locks.
fn sweep(kernels: &Path) {
    let Ok(entries) = fs::read_dir(kernels) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let lock = path.with_extension("lock");
        let abandoned = match File::open(&lock).map(|file| file.try_lock()) {
            Ok(Err(TryLockError::WouldBlock)) => false,
            Ok(_) => true,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if abandoned {
            remove(&path.with_extension(""));
        }
    }
}

fn count_libraries(directory: &Path) -> usize {
    let is_library = |path: &Path| path.extension().is_some_and(|extension| extension == "rlib");
    let Ok(targets) = fs::read_dir(directory.join("target")) else { return 0 };
    targets
        .flatten()
        .filter_map(|target| fs::read_dir(target.path().join("debug/deps")).ok())
        .flat_map(|files| files.flatten())
        .filter(|file| is_library(&file.path()))
        .count()
}

fn hash_files(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_file() {
        path.hash(hasher);
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))?.hash(hasher);
    } else if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        for entry in entries {
            hash_files(&entry, hasher)?;
        }
    }
    Ok(())
}

/// What to do with an entry of the prepared directory.
enum Copying {
    /// It belongs to the last cell.
    Skip,
    Descend,
    /// A compiler's finished product, which is replaced but never written into.
    Link,
    Copy,
}

impl Copying {
    fn of(entry: &fs::DirEntry, within: &Path) -> io::Result<Copying> {
        let name = entry.file_name().to_string_lossy().into_owned();
        let in_target = within.starts_with("target");
        let of_a_cell = ["ctx", "libctx", "libcode_"].iter().any(|start| name.starts_with(start));
        Ok(if in_target && (of_a_cell || name == "incremental" || name == ".cargo-lock") {
            Copying::Skip
        } else if entry.file_type()?.is_dir() {
            Copying::Descend
        } else if in_target && is_product(&name, within) {
            Copying::Link
        } else {
            Copying::Copy
        })
    }
}

/// Whether rustc or the linker made the file: libraries, and the programs of build scripts. Both put a
/// new file in place of the old one. What cargo notes of a build script, and what the script itself
/// writes, is written in place.
fn is_product(name: &str, within: &Path) -> bool {
    let is_library = [".rlib", ".rmeta", ".so"].iter().any(|end| name.ends_with(end));
    let is_script = name.starts_with("build-script-") || name.starts_with("build_script_");
    let folder = |wanted: &str| within.iter().any(|part| part == wanted);
    is_library && folder("deps")
        || is_script && !name.ends_with(".d") && folder("build") && !folder("out")
}

/// Name, size and time of every file that a kernel's copy gets, one per line.
fn inventory(directory: &Path) -> Result<String> {
    fn list(directory: &Path, within: &Path, lines: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(directory.join(within))? {
            let entry = entry?;
            let path = within.join(entry.file_name());
            match Copying::of(&entry, within)? {
                Copying::Skip => {}
                Copying::Descend => list(directory, &path, lines)?,
                Copying::Link | Copying::Copy => {
                    let (size, time) = size_and_time(&directory.join(&path))?;
                    lines.push(format!("{size} {time} {}", path.display()));
                }
            }
        }
        Ok(())
    }
    let mut lines = Vec::new();
    list(directory, Path::new(""), &mut lines)?;
    Ok(lines.join("\n"))
}

/// The first file of an inventory that is not as it was.
fn missing_from(directory: &Path, inventory: &str) -> Option<String> {
    let is_there = |line: &&str| {
        let mut words = line.splitn(3, ' ');
        let (Some(size), Some(time), Some(path)) = (words.next(), words.next(), words.next())
        else {
            return false;
        };
        size_and_time(&directory.join(path)).is_ok_and(|(found_size, found_time)| {
            size == found_size.to_string() && time == found_time.to_string()
        })
    };
    let line = inventory.lines().find(|line| !is_there(line))?;
    Some(line.splitn(3, ' ').last().unwrap_or(line).to_owned())
}

fn size_and_time(path: &Path) -> io::Result<(u64, u128)> {
    let metadata = fs::metadata(path)?;
    let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), since.as_nanos()))
}

/// Lets the processes that are started from now on keep a lock: if this one is killed, the next one waits
/// until they too are gone.
pub fn share_with_children(lock: &File) -> Result<()> {
    rustix::io::fcntl_setfd(lock, rustix::io::FdFlags::empty())?;
    Ok(())
}

/// Copies the folder `within` of one build directory to another.
fn copy_build(from: &Path, to: &Path, within: &Path) -> io::Result<()> {
    fs::create_dir_all(to.join(within))?;
    for entry in fs::read_dir(from.join(within))? {
        let entry = entry?;
        let relative = within.join(entry.file_name());
        let (source, target) = (from.join(&relative), to.join(&relative));
        match Copying::of(&entry, within)? {
            Copying::Skip => {}
            Copying::Descend => copy_build(from, to, &relative)?,
            Copying::Link => fs::hard_link(&source, &target)?,
            Copying::Copy => copy_with_time(&source, &target)?,
        }
    }
    Ok(())
}

fn copy_with_time(source: &Path, target: &Path) -> io::Result<()> {
    let mut from = fs::File::open(source)?.into_file();
    let mut to = fs::File::create_new(target)?.into_file();
    io::copy(&mut from, &mut to)?;
    to.set_modified(from.metadata()?.modified()?)
}

/// Takes what is not there for removed.
pub fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// A file that only its owner may read.
pub fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt;

    const PACKAGE: &str = "target/debug/build/package-1";

    /// A build directory with a file of each kind.
    fn prepared() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "Cargo.toml",
            "target/debug/deps/libpackage-1.rlib",
            "target/debug/deps/package-1.d",
            "target/debug/build/package-1/build-script-build",
            "target/debug/build/package-1/build_script_build-1.d",
            "target/debug/build/package-1/output",
            "target/debug/build/package-1/out/codegen.rs",
            "target/debug/build/package-1/out/build-script-notes.rlib",
            "target/debug/deps/libctx.so",
            "target/debug/incremental/ctx-1/state",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "as it was").unwrap();
        }
        folder
    }

    #[test]
    fn a_copy_shares_only_what_is_never_rewritten() {
        let (prepared, copy) = (prepared(), tempfile::tempdir().unwrap());
        copy_build(prepared.path(), copy.path(), Path::new("")).unwrap();
        let is_shared = |path: &str| {
            let node = |folder: &Path| fs::metadata(folder.join(path)).unwrap().ino();
            node(prepared.path()) == node(copy.path())
        };
        assert!(is_shared("target/debug/deps/libpackage-1.rlib"));
        assert!(is_shared(&format!("{PACKAGE}/build-script-build")));
        for written in
            ["output", "out/codegen.rs", "out/build-script-notes.rlib", "build_script_build-1.d"]
        {
            assert!(!is_shared(&format!("{PACKAGE}/{written}")), "{written}");
        }
        assert!(!is_shared("Cargo.toml"));
        assert!(!copy.path().join("target/debug/deps/libctx.so").exists());
        assert!(!copy.path().join("target/debug/incremental").exists());
    }

    #[test]
    fn damage_is_found_and_named() {
        let prepared = prepared();
        let list = inventory(prepared.path()).unwrap();
        let missing = || missing_from(prepared.path(), &list);
        assert_eq!(missing(), None);
        fs::write(prepared.path().join("target/debug/incremental/ctx-1/state"), "").unwrap();
        assert_eq!(missing(), None, "what belongs to the last cell does not matter");
        let notes = prepared.path().join(PACKAGE).join("output");
        let time = fs::metadata(&notes).unwrap().modified().unwrap();
        fs::write(&notes, "truncated").unwrap();
        File::options().write(true).open(&notes).unwrap().set_len(3).unwrap();
        File::options().write(true).open(&notes).unwrap().set_modified(time).unwrap();
        assert_eq!(missing(), Some(format!("{PACKAGE}/output")));
        fs::remove_file(&notes).unwrap();
        assert_eq!(missing(), Some(format!("{PACKAGE}/output")));
    }

    #[test]
    fn a_lock_is_held_until_the_last_process_that_shares_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let lock = File::create(&path).unwrap();
        lock.lock().unwrap();
        share_with_children(&lock).unwrap();
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        drop(lock);
        let second = File::create(&path).unwrap();
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        child.kill().unwrap();
        child.wait().unwrap();
        second.try_lock().unwrap();
    }
}
