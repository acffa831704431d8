//! The order of the modules.

use super::*;

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
            panic!("the module {module} has no place in LAYERS of tests/packaging/modules.rs: give it one")
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
