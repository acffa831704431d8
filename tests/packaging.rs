//! What the project's files must agree on: versions, licences, the weight of the dependencies, the
//! order of the modules, and that nothing in them belongs to one machine only.

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

// ---- versions

/// The channel of rust-toolchain.toml.
fn toolchain() -> String {
    let text = read("rust-toolchain.toml");
    let channel = content(&text).find_map(|line| line.strip_prefix("channel = "));
    channel.expect("rust-toolchain.toml names a channel").trim_matches('"').to_owned()
}

#[test]
fn the_toolchain_is_a_channel_and_nothing_more() {
    let text = read("rust-toolchain.toml");
    let keys: Vec<&str> =
        content(&text).filter_map(|line| Some(line.split_once('=')?.0.trim())).collect();
    assert_eq!(keys, ["channel"], "rustup would fetch what else is named here without asking");
}

#[test]
fn every_python_package_is_pinned_exactly() {
    for list in [
        "kernel/requirements.txt",
        "kernel/requirements-test.txt",
        "kernel/requirements-nbgrader.txt",
    ] {
        let text = read(list);
        for line in content(&text).filter(|line| *line != "-r requirements.txt") {
            assert!(is_exact_pin(line), "{list}: {line:?} is no exact pin (name==version)");
        }
    }
}

fn is_exact_pin(line: &str) -> bool {
    let Some((name, version)) = line.split_once("==") else { return false };
    let of_name = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let of_version = |character: char| character.is_ascii_alphanumeric() || character == '.';
    !name.is_empty()
        && name.chars().all(of_name)
        && version.starts_with(|character: char| character.is_ascii_digit())
        && version.chars().all(of_version)
}

#[test]
fn conda_takes_its_versions_from_the_same_places() {
    let text = read("environment.yml");
    let items: Vec<&str> = content(&text).filter_map(|line| line.strip_prefix("- ")).collect();
    assert_eq!(
        items.last(),
        Some(&"-r kernel/requirements.txt"),
        "the one list of pins comes last"
    );
    assert!(items.contains(&format!("rust={}", toolchain()).as_str()), "Rust is {}", toolchain());
    let versioned: Vec<&str> = items
        .iter()
        .filter(|item| item.contains(['=', '<', '>', '~']))
        .filter_map(|item| item.split(['=', '<', '>', '~']).next())
        .collect();
    assert_eq!(versioned, ["python", "rust"], "only these have a version of their own");
}

#[test]
fn cells_and_tests_compile_the_dependencies_alike() {
    let overrides = |path: &str| -> Vec<String> {
        let text = read(path);
        let lines = content(&text).skip_while(|line| *line != "[profile.dev.package.\"*\"]");
        lines.map(str::to_owned).collect()
    };
    let of_cells = overrides("kernel/config/cargo.toml");
    assert!(of_cells.len() > 1, "kernel/config/cargo.toml holds the override");
    assert_eq!(overrides(".cargo/config.toml"), of_cells);
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

// ---- the package

/// What the package may hold besides what cargo adds by itself.
const PACKAGED: &[&str] = &["src/", "examples/", "data/"];
/// And the files beside these folders.
const PACKAGED_FILES: &[&str] = &[
    ".cargo_vcs_info.json",
    "CHANGELOG.md",
    "CITATION.cff",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// The cells of a table's row in Markdown.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_bench_has_its_table_and_the_ratios_are_those_of_the_times() {
    let text = read("docs/performance.md");
    let manifest = read("Cargo.toml");
    let benches = manifest.split("[[bench]]\nname = \"").skip(1);
    for name in benches.map(|bench| bench.split('"').next().expect("a name")) {
        let section = |side: &str| text.find(&format!("<!-- {side} {name} -->"));
        let (Some(begin), Some(end)) = (section("begin"), section("end")) else {
            panic!("docs/performance.md has no section for the bench {name}");
        };
        let section = &text[begin..end];
        assert!(section.contains("\nMeasured on 20"), "{name}: when, and on what?");
        let mut rows = section.lines().filter(|line| line.starts_with('|')).map(cells);
        let columns = rows.next().unwrap_or_else(|| panic!("the bench {name} has no table"));
        let measured: Vec<Vec<&str>> = rows.skip(1).collect();
        assert!(!measured.is_empty(), "the table of {name} is empty");
        for row in measured {
            let number = |at: usize| row[at].parse::<f64>().ok();
            let mut peer = None;
            for (at, &column) in columns.iter().enumerate() {
                match column {
                    "SciPy" | "PyTorch" | "JAX" => peer = number(at),
                    "ratio" => {
                        let Some(theirs) = peer else { continue };
                        let ours = columns.iter().position(|&column| column == "ours");
                        let ours = ours.and_then(number).expect("our time");
                        let ratio = number(at).expect("a ratio beside two times");
                        // The times are rounded to microseconds.
                        let slack = 0.006 + ratio * (5e-4 / ours + 5e-4 / theirs);
                        assert!((theirs / ours - ratio).abs() < slack, "{name}: {row:?}");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn the_package_holds_the_crate_and_what_it_embeds_and_nothing_else() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let listed = printed(&cargo, &["package", "--list", "--allow-dirty", "--offline"]);
    let listed: BTreeSet<&str> = listed.lines().collect();
    for file in &listed {
        let belongs =
            PACKAGED_FILES.contains(file) || PACKAGED.iter().any(|folder| file.starts_with(folder));
        assert!(belongs, "{file} does not belong into the package: see `include` in Cargo.toml");
        assert!(
            !file.starts_with("src/bin"),
            "{file} is a program of the project, not the crate's"
        );
    }
    for file in PACKAGED_FILES.iter().filter(|file| !file.starts_with(".cargo")) {
        assert!(listed.contains(file), "the package lacks {file}");
    }
    let source = root().join("src");
    for file in rust_files(&source) {
        let name = file.strip_prefix(root()).expect("a file of the project");
        let name = name.to_str().expect("UTF-8");
        assert!(name.starts_with("src/bin") || listed.contains(name), "the package lacks {name}");
        for embedded in embedded_files(&file) {
            assert!(
                listed.contains(embedded.as_str()),
                "{name} embeds {embedded}, which is left out"
            );
        }
    }
}

/// The files that a source file takes in as text or bytes, from the project's folder on.
fn embedded_files(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("UTF-8");
    let calls = ["include_str!(\"", "include_bytes!(\""];
    let paths = calls.iter().flat_map(|call| text.split(call).skip(1));
    let folder = file.parent().expect("a folder");
    let whole = paths.map(|rest| {
        let path = rest.split('"').next().expect("a path");
        let path = folder.join(path).canonicalize();
        let path = path.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let root = root().canonicalize().expect("the project's folder");
        path.strip_prefix(root).expect("a file of the project").display().to_string()
    });
    whole.collect()
}

/// The first formula of a documentation that Markdown spoils. It takes the backslash from a backslash and a
/// sign, so that a thin space `\,` would become a comma: formulas write `\\,` and the like. An underscore after a
/// sign may begin an emphasis: formulas write `\_` there. And a line that begins with `+` or `-` begins a list.
fn spoiled_formula(text: &str) -> Option<String> {
    let mut is_formula = false;
    for line in text.lines() {
        let line = line.trim_start();
        let comment = ["///", "//!"].iter().find_map(|mark| line.strip_prefix(mark));
        let Some(comment) = comment.filter(|comment| !comment.trim().is_empty()) else {
            is_formula = false;
            continue;
        };
        // Every second part between backquotes is code, and has no formulas.
        for prose in comment.split('`').step_by(2) {
            for (at, part) in prose.replace("$$", "$").split('$').enumerate() {
                is_formula ^= at > 0;
                let without_pairs = part.replace("\\\\", "");
                let mut signs =
                    without_pairs.split('\\').skip(1).filter_map(|rest| rest.chars().next());
                let loses_a_sign = signs.any(|sign| ",;:!|{}#%&".contains(sign));
                let mut before = without_pairs.split('_').rev().skip(1);
                let is_emphasis =
                    before.any(|text| text.ends_with([')', '}', ']', '\'', '|', '>']));
                let is_list = at == 0
                    && ["+ ", "- ", "* "].iter().any(|mark| part.trim_start().starts_with(mark));
                if is_formula && (loses_a_sign || is_emphasis || is_list) {
                    return Some(line.to_owned());
                }
            }
        }
    }
    None
}

#[test]
fn formulas_of_the_documentation_survive_markdown() {
    for file in rust_files(&root().join("src")) {
        let spoiled = spoiled_formula(&fs::read_to_string(&file).expect("UTF-8"));
        assert_eq!(spoiled, None, "{}: see spoiled_formula", file.display());
    }
    assert!(spoiled_formula("/// The sum $a\\,b$.").is_some());
    assert!(spoiled_formula("/// $$ a\n/// \\; b $$").is_some());
    assert!(spoiled_formula("/// $(a)_b$").is_some());
    assert!(spoiled_formula("/// $$ a\n/// + b $$").is_some());
    assert_eq!(spoiled_formula("/// The sum $a\\\\,b$, of `$a\\,b$`, with $c\\_d$."), None);
}

// ---- examples of the documentation

/// The public items of a file that are documented, and how many of them have an example. The compiler asks
/// for documentation of all that can be reached from outside (`missing_docs`); what has none is not for readers.
fn documented_items(text: &str) -> (usize, usize) {
    let (mut items, mut with_example) = (0, 0);
    let mut documentation = String::new();
    for line in text.lines().map(str::trim_start).filter(|line| !line.starts_with("#[")) {
        match line.strip_prefix("///") {
            Some(comment) => documentation += comment,
            None => {
                if public_name(line).is_some() && !documentation.is_empty() {
                    items += 1;
                    with_example += usize::from(documentation.contains("```"));
                }
                documentation.clear();
            }
        }
    }
    (items, with_example)
}

#[test]
fn three_of_ten_public_items_have_an_example() {
    let (mut items, mut with_example) = (0, 0);
    for file in rust_files(&root().join("src")) {
        let (here, of_these) = documented_items(&fs::read_to_string(&file).expect("UTF-8"));
        items += here;
        with_example += of_these;
    }
    assert!(items > 500, "only {items} items were found: is src/ still where it was?");
    assert!(
        10 * with_example >= 3 * items,
        "{with_example} of {items} public items have an example: write one for what a reader looks up"
    );
    let shown = "/// A.\n/// ```\n/// a();\n/// ```\n#[must_use]\npub fn a() {}\n";
    assert_eq!(documented_items(&format!("{shown}    /// B.\n    pub fn b() {{}}")), (2, 1));
    assert_eq!(documented_items(&format!("{shown}pub fn c() {{}}\nfn d() {{}}")), (1, 1));
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

// ---- nothing of one machine

/// Package registries, in two parts so that this file does not name them. Which one is asked is a
/// matter of the reader's cargo and pip, a mirror among them; no file of ours may go round it.
const REGISTRIES: &[(&str, &str)] = &[
    ("crates", "io"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("anaconda", "org"),
];

/// Folders of one machine, without the slashes around them.
const MACHINE_FOLDERS: &[&str] = &["root", "home", "Users", "tmp"];

/// Where such a path may stand, how many times, and why.
const EXPLAINED: &[(&str, usize, &str)] = &[(
    "kernel/src/proxy/failure.rs",
    1,
    "an invented place in the registry's folder, which a test expects to be shortened",
)];

#[test]
fn no_tracked_file_names_a_registry_or_a_folder_of_one_machine() {
    let mut complaints = Vec::new();
    for path in printed("git", &["ls-files", "-z"]).split_terminator('\0') {
        // A file that was removed but is still in git's list has nothing to say.
        let Ok(bytes) = fs::read(root().join(path)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let (is_lock, mut found) = (path.ends_with("Cargo.lock"), Vec::new());
        for (number, line) in text.lines().enumerate() {
            if is_lock && line.starts_with("source = ") {
                if !is_default_source(line) {
                    found.push(format!("{path}:{}: {line} is no usual source", number + 1));
                }
            } else if let Some(word) = registry_in(line).or_else(|| machine_folder_in(line)) {
                found.push(format!("{path}:{}: names {word}", number + 1));
            }
        }
        let explained = EXPLAINED.iter().find(|(file, ..)| *file == path);
        match explained {
            Some((_, count, _)) if *count == found.len() => {}
            Some((_, count, _)) => {
                complaints
                    .push(format!("{path}: {count} places are explained, {} found", found.len()));
                complaints.extend(found);
            }
            None => complaints.extend(found),
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Cargo writes where each package comes from; it must be where everybody's cargo looks.
fn is_default_source(line: &str) -> bool {
    let (name, domain) = REGISTRIES[0];
    line == format!("source = \"registry+https://github.com/rust-lang/{name}.{domain}-index\"")
}

fn registry_in(line: &str) -> Option<String> {
    let hosts = REGISTRIES.iter().map(|(name, domain)| format!("{name}.{domain}"));
    hosts.into_iter().find(|host| line.contains(host.as_str()))
}

/// An absolute path into such a folder; a path of the same name below another one is none.
fn machine_folder_in(line: &str) -> Option<String> {
    let starts_there = |at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || ".-_~}/".contains(character))
    };
    let folders = MACHINE_FOLDERS.iter().map(|folder| format!("/{folder}/"));
    folders
        .into_iter()
        .find(|folder| line.match_indices(folder.as_str()).any(|(at, _)| starts_there(at)))
}

#[test]
fn registries_and_folders_are_told_from_what_looks_like_them() {
    let (name, domain) = REGISTRIES[1];
    assert!(registry_in(&format!("index = \"https://{name}.{domain}/simple\"")).is_some());
    assert!(registry_in("docs.rs, github.com").is_none());
    for folder in MACHINE_FOLDERS {
        assert!(machine_folder_in(&format!("open \"/{folder}/a\"")).is_some());
        assert!(machine_folder_in(&format!("/{folder}/a")).is_some());
        assert!(
            machine_folder_in(&format!("https://example.org/{folder}/a, {{root}}/{folder}/a"))
                .is_none()
        );
    }
    let (name, domain) = REGISTRIES[0];
    let usual = format!("source = \"registry+https://github.com/rust-lang/{name}.{domain}-index\"");
    assert!(is_default_source(&usual));
    assert!(!is_default_source("source = \"registry+https://mirror.example.org/index\""));
}

// ---- the order of the modules

/// The modules of the crate from top to bottom, those that are still to come included. A module
/// imports from the layers below its own, and from no neighbour; one that needs a neighbour gets a
/// layer of its own, so that there is never a circle.
const LAYERS: &[&[&str]] = &[
    &["prelude"],
    &["claims", "exercises", "gallery"],
    &["notebook"],
    &["ntk", "curvature", "renormalization", "causality", "universality", "spectrum", "propagator"],
    &["training"],
    &["network", "field", "dataset"],
    &["divergence"],
    &["figure", "operator", "grid", "seed", "special", "trapezoid", "precision", "interrupt"],
    &["positive"],
    &["error"],
];

/// What lib.rs re-exports at the crate's root is written with a capital, and lives here.
const OF_TYPES_AT_THE_ROOT: &str = "error";
/// Exported macros are at the crate's root too, under names that begin so, and live here.
const OF_MACROS: &str = "cell_";
const OF_MACROS_AT_THE_ROOT: &str = "notebook";

#[test]
fn modules_import_only_from_the_layers_below() {
    let layer = |module: &str| {
        LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or_else(|| {
            panic!("the module {module} has no place in LAYERS of tests/packaging.rs: give it one")
        })
    };
    let mut imports_seen = 0;
    for file in rust_files(&root().join("src")) {
        let relative = file.strip_prefix(root().join("src")).expect("a file of src");
        let first = relative.iter().next().expect("a name").to_string_lossy();
        let module = first.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        for imported in imports(&fs::read_to_string(&file).expect("UTF-8")) {
            imports_seen += 1;
            assert!(
                imported == module || layer(&imported) > layer(module),
                "{}: {module} imports {imported}, which is not below it",
                relative.display()
            );
        }
    }
    assert!(imports_seen > 0, "no import was found: is src/ still where it was?");
}

/// Types, traits and functions that are public at the top of a file, with the files that have them.
#[test]
fn sections_of_the_ledger_have_one_shape() {
    let folder = root().join("src/claims");
    let mut sections = 0;
    for entry in fs::read_dir(&folder).expect("the ledger").flatten() {
        let path = entry.path();
        if !path.is_dir() {
            continue;
        }
        sections += 1;
        let rows = path.with_extension("rs");
        let text = fs::read_to_string(&rows).expect("a section has a file of rows");
        let name = rows.display();
        // Rows are data: what they are judged by is computed in the folder.
        let defined: Vec<&str> = text.lines().filter_map(public_name).collect();
        assert!(text.contains("pub(super) const CLAIMS: &[Claim] = &["), "{name} has no rows");
        assert!(defined.is_empty() && !text.contains("fn "), "{name} holds more than rows");
        let files = || fs::read_dir(&path).expect("a folder").flatten();
        let evidence = files().any(|file| file.file_name() == "evidence.rs");
        assert!(!evidence || files().count() == 1, "{name}: one file evidence.rs, or one a topic");
    }
    assert!(sections > 15, "only {sections} sections were found");
}

#[test]
fn no_two_public_things_share_a_name() {
    let mut seen: std::collections::BTreeMap<String, PathBuf> = std::collections::BTreeMap::new();
    for file in rust_files(&root().join("src")) {
        // A ledger's page names its evidence functions by what they show; they are not the crate's.
        if file.components().any(|part| matches!(part.as_os_str().to_str(), Some("claims" | "bin")))
        {
            continue;
        }
        let text = fs::read_to_string(&file).expect("UTF-8");
        for name in text.lines().filter_map(public_name) {
            if let Some(other) = seen.insert(name.to_owned(), file.clone()) {
                panic!(
                    "{name} stands in {} and in {}: give one of them another name",
                    other.display(),
                    file.display()
                );
            }
        }
    }
    assert!(seen.len() > 100, "only {} names were found: is src/ still where it was?", seen.len());
}

/// The name of a public item that starts at the margin.
fn public_name(line: &str) -> Option<&str> {
    let item = line.strip_prefix("pub ")?;
    let kinds = ["struct ", "enum ", "trait ", "type ", "fn "];
    let rest = kinds.iter().find_map(|kind| item.strip_prefix(kind))?;
    rest.split(|character: char| !character.is_alphanumeric() && character != '_').next()
}

#[test]
fn no_files_inside_a_module_import_each_other_in_a_circle() {
    let files = module_files();
    let mut below: BTreeMap<&ModulePath, BTreeSet<ModulePath>> = BTreeMap::new();
    for (module, text) in &files {
        let found = imported_paths(module, text, &files).into_iter();
        let found = found.filter_map(|path| defined_in(&path, &files, 0));
        below.insert(module, found.filter(|other| other != module).collect());
    }
    assert!(below.values().map(BTreeSet::len).sum::<usize>() > 300, "the imports are not found");
    // What imports nothing that is left is taken away, until nothing is left: or a circle.
    loop {
        let left: BTreeSet<ModulePath> = below.keys().map(|module| (*module).clone()).collect();
        let before = left.len();
        below.retain(|_, imported| !imported.is_disjoint(&left));
        if below.len() == before {
            break;
        }
    }
    // What is left imports a circle, or is in one; what nobody left imports is only above it.
    loop {
        let imported: BTreeSet<ModulePath> = below.values().flatten().cloned().collect();
        let before = below.len();
        below.retain(|module, _| imported.contains(*module));
        if below.len() == before {
            break;
        }
    }
    let circle: Vec<String> = below.keys().map(|module| module.join("::")).collect();
    assert!(circle.is_empty(), "these files import each other in a circle: {circle:#?}");
}

/// The names of the modules that lead to a file.
type ModulePath = Vec<String>;

/// The code of each file of the crate by its module, without comments and unit tests.
fn module_files() -> BTreeMap<ModulePath, String> {
    let source = root().join("src");
    let mut files = BTreeMap::new();
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).expect("a file of src").with_extension("");
        let mut module: ModulePath =
            relative.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if module[0] == "bin" {
            continue;
        }
        if module.last().is_some_and(|name| name == "mod" || name == "lib") {
            module.pop();
        }
        let text = fs::read_to_string(&file).expect("UTF-8");
        let text = text.split("#[cfg(test)]\nmod ").next().expect("a beginning").to_owned();
        let code: Vec<&str> =
            text.lines().map(|line| line.split("//").next().expect("a beginning")).collect();
        files.insert(module, code.join("\n"));
    }
    files
}

/// The paths that a file imports from the crate, from its root on; what it hands on to others is left out.
fn imported_paths(
    module: &ModulePath,
    code: &str,
    files: &BTreeMap<ModulePath, String>,
) -> Vec<ModulePath> {
    let mut paths = Vec::new();
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        match statement.rfind("use ").map(|at| (at, statement[..at].trim_end())) {
            Some((_, before)) if before.ends_with("pub") || before.ends_with(')') => {}
            Some((at, before)) if before.is_empty() || before.ends_with([';', '}', '{', ']']) => {
                let tree = statement[at + 4..].trim_end_matches(';');
                paths
                    .extend(branches(tree).iter().filter_map(|path| absolute(module, path, files)));
            }
            _ => rest += statement,
        }
    }
    for prefix in ["crate::", "super::"] {
        for (at, _) in rest.match_indices(prefix) {
            let begins =
                !rest[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == ':');
            let end =
                rest[at..].find(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
            let path = rest[at..at + end.unwrap_or(rest.len() - at)].trim_end_matches(':');
            if begins {
                paths.extend(absolute(module, path, files));
            }
        }
    }
    paths
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn branches(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((prefix, group)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().expect("a path").trim().to_owned()];
    };
    let of = |member: &String| {
        branches(member).into_iter().map(|path| format!("{prefix}{path}")).collect::<Vec<String>>()
    };
    members(group).iter().flat_map(of).collect()
}

/// A path from the crate's root on, or nothing for a path into another crate.
fn absolute(
    module: &ModulePath,
    path: &str,
    files: &BTreeMap<ModulePath, String>,
) -> Option<ModulePath> {
    let mut names: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut base = module.clone();
    let relative = ["super", "self"].contains(&names[0]);
    if names[0] == "crate" {
        base.clear();
        names.remove(0);
    }
    while names.first() == Some(&"super") {
        base.pop();
        names.remove(0);
    }
    if names.first() == Some(&"self") {
        names.remove(0);
    }
    let first = names.first()?.to_string();
    let child = [module.clone(), vec![first]].concat();
    let inside = relative || path.starts_with("crate::") || files.contains_key(&child);
    inside.then(|| base.into_iter().chain(names.into_iter().map(str::to_owned)).collect())
}

/// The file in which the thing at a path is defined, through what modules hand on.
fn defined_in(
    path: &ModulePath,
    files: &BTreeMap<ModulePath, String>,
    depth: usize,
) -> Option<ModulePath> {
    let length = (0..=path.len()).rev().find(|&length| files.contains_key(&path[..length]))?;
    let (module, names) = (path[..length].to_vec(), &path[length..]);
    let Some(name) = names.first() else { return Some(module) };
    for statement in files[&module].split(';') {
        let Some((before, tree)) = statement.split_once("use ") else { continue };
        let hands_on = before.trim_end().ends_with("pub") || before.trim_end().ends_with(')');
        for branch in branches(tree).into_iter().filter(|_| hands_on && depth < 6) {
            if branch.rsplit("::").next() == Some(name) {
                let target = absolute(&module, &branch, files)?;
                let further = [target, names[1..].to_vec()].concat();
                return defined_in(&further, files, depth + 1);
            }
        }
    }
    Some(module)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let rust =
        files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

/// The modules that a file names after `crate::`, in a `use` or elsewhere, comments left out.
fn imports(text: &str) -> Vec<String> {
    let code: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut modules = Vec::new();
    for path in code.split("crate::").skip(1) {
        match path.strip_prefix('{') {
            Some(group) => modules.extend(members(group).iter().map(|member| module_of(member))),
            None => modules.push(module_of(path)),
        }
    }
    modules
}

/// The parts of a braced group, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().expect("a part").push(character),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The module in which the first name of a path lives.
fn module_of(path: &str) -> String {
    let path = path.trim_start();
    let end = path.find(|character: char| !character.is_alphanumeric() && character != '_');
    let (name, rest) = path.split_at(end.unwrap_or(path.len()));
    if name.starts_with(char::is_uppercase) {
        OF_TYPES_AT_THE_ROOT.to_owned()
    } else if rest.starts_with('!') || name.starts_with(OF_MACROS) {
        OF_MACROS_AT_THE_ROOT.to_owned()
    } else {
        name.to_owned()
    }
}

#[test]
fn imports_are_read_from_every_form_of_a_path() {
    let code = "use crate::figure::{Axis, Panel};\nuse crate::{Error, field::{Grid, Edge},\n    \
                grid};\n// use crate::claims;\nlet a = crate::divergence::b();\n$crate::eprint!(\"\");";
    assert_eq!(imports(code), ["figure", "error", "field", "grid", "divergence", "notebook"]);
}
