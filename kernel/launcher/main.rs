//! `cargo lab`, `cargo notebooks`, `cargo book`: builds the kernel if that is needed, then runs it.
//!
//! The kernel embeds a compiler front end, and its first build takes minutes. This program has no
//! dependencies and is there in a second, to say so before it begins.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    let kernel = kernel_folder();
    let program = kernel.join("target/release/itakura");
    if !program.exists() {
        eprintln!(
            "the Jupyter kernel is built first: about eight minutes on two cores, once. An interrupted \
             build continues where it stopped."
        );
    }
    // The one mostly waits for the network, the other for the processor.
    let packages =
        (!program.exists() && wants_packages()).then(|| std::thread::spawn(install_packages));
    let built = cargo()
        .args(["build", "--release", "--locked", "--package", "itakura"])
        .args(if program.exists() { &["--quiet"][..] } else { &[] })
        .current_dir(&kernel)
        .status();
    if let Some(packages) = packages {
        packages.join().ok();
    }
    match built {
        Ok(status) if status.success() => {}
        Ok(_) => {
            eprintln!(
                "the kernel could not be built; the compiler's message is above. Without network, \
                 `cargo fetch` in kernel/ has to be run once before; a full disk needs about 2 GB."
            );
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("cargo cannot be started: {error}");
            return ExitCode::FAILURE;
        }
    }
    run(&program)
}

/// Cargo without what the caller's cargo tells this program about its own package: a build script that looks
/// at it would run again each time.
fn cargo() -> Command {
    let is_told =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_told) {
            cargo.env_remove(name);
        }
    }
    // A setting of the caller's own build is none of this one's.
    cargo.env_remove("CARGO_TARGET_DIR");
    cargo
}

/// Whether the command needs JupyterLab in an environment of the project's own.
fn wants_packages() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = arguments.first().map(String::as_str);
    matches!(command, Some("setup" | "lab" | "run" | "book"))
        && !arguments.iter().any(|argument| argument.starts_with("--environment"))
}

fn environment() -> PathBuf {
    kernel_folder().with_file_name(".venv")
}

/// Begins what set-up will go on with. Set-up looks at the result, and tells of whatever fails here.
fn install_packages() {
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let succeeds = |command: &mut Command| {
        let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        silent.status().is_ok_and(|status| status.success())
    };
    // An environment of a Python that set-up refuses would stay.
    let suits = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    if !succeeds(Command::new(&python).args(["-c", suits])) {
        return;
    }
    // Of two at once one makes the folder.
    if std::fs::create_dir(environment()).is_err() {
        return;
    }
    if succeeds(Command::new(python).args(["-m", "venv"]).arg(environment())) {
        succeeds(
            Command::new(environment().join("bin/python"))
                .args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"])
                .arg(kernel_folder().join("requirements.txt")),
        );
    }
}

/// The folder of the kernel's workspace, beside or around this program's source.
fn kernel_folder() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .find(|folder| folder.join("kernel/config/init.evcxr").exists())
        .map(|root| root.join("kernel"))
        .expect("the launcher lies inside the project")
}

/// Becomes the program, so that signals and the exit status are its own.
fn run(program: &Path) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let error = Command::new(program).args(std::env::args_os().skip(1)).exec();
    eprintln!("{} cannot be started: {error}", program.display());
    ExitCode::FAILURE
}
