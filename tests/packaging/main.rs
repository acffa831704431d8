//! What the project's files must agree on: versions, licences, the weight of the dependencies, the
//! order of the modules, and that nothing in them belongs to one machine only.

mod machine;
mod modules;
mod package;
mod versions;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines that say something, without comments and indentation.
fn content(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|line| !line.is_empty())
}

/// What a command of this project's folder prints.
fn printed(program: &str, arguments: &[&str]) -> String {
    let output =
        Command::new(program).args(arguments).current_dir(root()).output().unwrap_or_else(
            |error| panic!("this test needs {program}, which does not start: {error}"),
        );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {arguments:?} failed, and this test needs it:\n{errors}"
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The files of Rust below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let rust =
        files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

/// The name of a public item that starts at the margin.
fn public_name(line: &str) -> Option<&str> {
    let item = line.strip_prefix("pub ")?;
    let kinds = ["struct ", "enum ", "trait ", "type ", "fn "];
    let rest = kinds.iter().find_map(|kind| item.strip_prefix(kind))?;
    rest.split(|character: char| !character.is_alphanumeric() && character != '_').next()
}

// ---- licences

const LICENCE: &str = "license = \"MIT OR Apache-2.0\"";

#[test]
fn packages_and_folders_say_under_which_licence_they_are() {
    for package in ["Cargo.toml", "kernel/Cargo.toml"] {
        let text = read(package);
        assert!(content(&text).any(|line| line == LICENCE), "{package} lacks {LICENCE}");
        assert!(
            content(&text).any(|line| line.starts_with("description = ")),
            "{package} lacks one"
        );
    }
    let owner = "The itakura-saito authors";
    for (file, words) in [
        ("LICENSE-MIT", "Permission is hereby granted, free of charge"),
        ("LICENSE-APACHE", "Apache License\n                           Version 2.0, January 2004"),
        ("notebooks/LICENSE", "Creative Commons Attribution 4.0 International"),
        ("CITATION.cff", "license:"),
    ] {
        assert!(read(file).contains(words), "{file} does not hold {words:?}");
    }
    for file in ["LICENSE-MIT", "notebooks/LICENSE", "CITATION.cff"] {
        assert!(read(file).contains(owner), "{file} does not name the authors");
    }
}

#[test]
fn every_file_of_the_data_has_its_card() {
    let cards = read("data/README.md");
    let mut files = 0;
    for entry in fs::read_dir(root().join("data")).expect("the data").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && name != "README.md" {
            files += 1;
            assert!(cards.contains(&format!("`{name}`")), "data/README.md has no card for {name}");
        }
    }
    assert!(files > 3, "only {files} files were found");
    for entry in fs::read_dir(root().join("data/study")).expect("the studies").flatten() {
        let path = entry.path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let study = name.split('.').next().expect("a beginning");
        assert!(cards.contains(&format!("| `{study}` |")), "data/README.md does not list {study}");
    }
}

#[test]
fn the_two_files_for_citation_agree_with_each_other_and_with_the_package() {
    let codemeta: serde_json::Value =
        serde_json::from_str(&read("codemeta.json")).expect("codemeta.json is JSON");
    let (citation, package) = (read("CITATION.cff"), read("Cargo.toml"));
    let version = codemeta["version"].as_str().expect("a version");
    assert!(package.contains(&format!("\nversion = \"{version}\"\n")));
    assert!(citation.contains(&format!("\nversion: {version}\n")));
    let description = codemeta["description"].as_str().expect("a description");
    assert!(package.contains(&format!("description = \"{description}\"")));
    let paper = codemeta["referencePublication"]["name"].as_str().expect("the paper's title");
    assert!(citation.contains(paper), "CITATION.cff does not name {paper}");
    for keyword in codemeta["keywords"].as_array().expect("keywords") {
        let keyword = keyword.as_str().expect("a word");
        assert!(citation.contains(&format!("  - {keyword}\n")), "CITATION.cff lacks {keyword}");
    }
    for licence in codemeta["license"].as_array().expect("licences") {
        let name = licence.as_str().and_then(|link| link.rsplit('/').next()).expect("a name");
        assert!(LICENCE.contains(name) && citation.contains(&format!("  - {name}\n")), "{name}");
    }
}

#[test]
fn other_machines_call_what_a_reader_calls() {
    assert!(read(".github/workflows/ci.yml").contains("run: .ci/run\n"));
    let hooks = read(".pre-commit-config.yaml");
    assert!(hooks.contains("entry: cargo itakura normalise --check\n"));
    let container = read(".devcontainer/devcontainer.json");
    let container: serde_json::Value = serde_json::from_str(&container).expect("JSON");
    assert_eq!(container["postCreateCommand"], "cargo itakura setup");
    let file = container["build"]["dockerfile"].as_str().expect("the container's file");
    let pinned = read("rust-toolchain.toml");
    let image = read(&format!(".devcontainer/{file}"));
    let release = image
        .lines()
        .find_map(|line| line.strip_prefix("FROM rust:"))
        .and_then(|tag| tag.split('-').next())
        .expect("the image of a release of Rust");
    assert!(pinned.contains(&format!("channel = \"{release}.")), "{release} is not what is pinned");
}

// ---- the weight of the dependencies

/// How many packages the crate may bring into a notebook. The kernel's analyser loads every one of
/// them at each start, so each costs every reader a little at every start, used or not. Raise the
/// number on purpose, with the measured start of a kernel before and after. With 114 packages the first cell
/// of a fresh kernel was done after 5.4 s, with `faer` (141) after 6.2 s, and with `pulp`'s features, `rustdct`,
/// `puruspe` and `quadrature` (152) after 6.75 s (medians of three, the same machine and day).
const PACKAGE_BUDGET: usize = 152;

/// Cargo's own list rather than the packages that are compiled: the analyser reads the list, which
/// also holds optional packages that no feature in use switches on.
#[test]
fn notebooks_load_no_more_packages_than_the_budget_allows() {
    let platform = printed("rustc", &["--version", "--verbose"]);
    let platform = platform.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut arguments = vec!["metadata", "--format-version", "1", "--locked", "--offline"];
    arguments.extend(["--filter-platform", platform]);
    let metadata: Value = serde_json::from_str(&printed(&cargo, &arguments)).expect("JSON");
    let loaded = normal_dependencies(&metadata["resolve"]);
    assert!(loaded.len() > 20, "too few to be true: {loaded:#?}");
    assert!(
        loaded.len() <= PACKAGE_BUDGET,
        "{} packages, and the budget is {PACKAGE_BUDGET}: see its comment\n{loaded:#?}",
        loaded.len()
    );
}

/// The packages that the root package needs at run time, itself left out.
fn normal_dependencies(resolve: &Value) -> BTreeSet<&str> {
    let root = resolve["root"].as_str().expect("the root package");
    let nodes = resolve["nodes"].as_array().expect("a list of packages");
    let mut loaded = BTreeSet::new();
    let mut waiting = vec![root];
    while let Some(package) = waiting.pop() {
        let node = nodes.iter().find(|node| node["id"] == package).expect("a resolved package");
        for dependency in node["deps"].as_array().expect("a list of dependencies") {
            let kinds = dependency["dep_kinds"].as_array().expect("a list of kinds");
            let identity = dependency["pkg"].as_str().expect("an identity");
            if kinds.iter().any(|kind| kind["kind"].is_null()) && loaded.insert(identity) {
                waiting.push(identity);
            }
        }
    }
    loaded
}

// ---- advisories

/// Packages of which some version is known to be unsafe, a version of which nothing is known, and where that
/// is told. The list of all advisories cannot be had offline; this holds those that have concerned us.
const ADVISORIES: &[(&str, &str, &str)] =
    &[("crossbeam-epoch", "0.9.20", "RUSTSEC-2026-0204"), ("scc", "3.8.8", "RUSTSEC-2026-0205")];

#[test]
fn no_locked_package_has_a_known_advisory() {
    for lock in ["Cargo.lock", "kernel/Cargo.lock"] {
        let text = read(lock);
        let packages: Vec<(&str, &str)> = text
            .split("[[package]]")
            .filter_map(|package| Some((field(package, "name")?, field(package, "version")?)))
            .collect();
        assert!(packages.len() > 100, "too few to be true: {lock} has {packages:?}");
        for (name, good, advisory) in ADVISORIES {
            for (_, version) in packages.iter().filter(|(package, _)| package == name) {
                assert!(
                    numbers(version) >= numbers(good),
                    "{lock} has {name} {version}, see {advisory}: `cargo update -p {name}`"
                );
            }
        }
    }
    assert!(numbers("0.9.18") < numbers("0.9.20") && numbers("0.10.0") > numbers("0.9.20"));
}

/// The value of a key in a package's part of a lock file.
fn field<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    package
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

fn numbers(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    release.split('.').map(|number| number.parse().expect("a number")).collect()
}

// ---- kernel and crate

/// What the crate writes for the kernel to read, with the files of the crate and of the kernel that spell it.
const AGREED: &[(&str, &str, &str)] = &[
    (
        "\"application/vnd.itakura-saito.checks+json\"",
        "src/notebook/check.rs",
        "kernel/src/runner/judge.rs",
    ),
    ("\"application/vnd.plotly.v1+json\"", "src/notebook/bundle.rs", "kernel/src/runner/judge.rs"),
    ("\"ITAKURA_KERNEL\"", "src/notebook/marker.rs", "kernel/src/frame.rs"),
    ("(3, 10)", "kernel/launcher/main.rs", "kernel/src/python.rs"),
    ("\"ITAKURA_INTERRUPT\"", "src/interrupt.rs", "kernel/src/frame.rs"),
    ("\"\\u{1}itakura:", "src/notebook/marker.rs", "kernel/src/frame.rs"),
    ("\"display\"", "src/notebook/bundle.rs", "kernel/src/proxy/cell.rs"),
    ("\"update_display\"", "src/notebook/bundle.rs", "kernel/src/proxy/cell.rs"),
    ("\"stderr\"", "src/notebook/marker.rs", "kernel/src/runtime/relay.rs"),
];

#[test]
fn kernel_and_crate_agree_on_the_names_of_what_they_exchange() {
    for (name, of_crate, of_kernel) in AGREED {
        assert!(read(of_crate).contains(name), "{of_crate} does not say {name}");
        assert!(read(of_kernel).contains(name), "{of_kernel} does not say {name}");
    }
}
