//! `cargo check`, which evcxr calls when its analyser does not know the type of a `let`.
//!
//! The real one would check every package of the tree first, for minutes. The recorded rustc call takes
//! a tenth of a second, and can do better than find errors: among what rustc is able to write is the
//! program in its intermediate form, in which each variable has its type. The kernel reads the types
//! here, adds them to the cell, and evcxr then takes it.

use super::replay::{self, RustcCall};
use super::{Call, NOTES};
use anyhow::Result;
use fs_err as fs;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The function in which evcxr's analyser looks at the statements of a cell.
const WRAPPER: &str = "fn evcxr_analysis_wrapper";

fn note(build_directory: &Path) -> PathBuf {
    build_directory.join(NOTES).join("types.json")
}

/// The types of the variables of the cell that was checked last.
pub fn last_checked(build_directory: &Path) -> BTreeMap<String, String> {
    let text = fs::read(note(build_directory)).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Answers whether the source has errors, and takes down the types if it has none.
pub(super) fn check(call: &Call) -> Result<ExitCode> {
    fs::remove_file(note(&call.directory)).or_else(crate::build_directory::ignore_missing)?;
    // The prepared packages are compiled for `build`, which reports the same errors.
    let build = call.as_build();
    let Some(rustc) = RustcCall::recorded(&build) else {
        let exit_code = replay::build(&build)?;
        if let Some(rustc) = RustcCall::recorded(&build) {
            take_down_types(call, &rustc)?;
        }
        return Ok(exit_code);
    };
    if take_down_types(call, &rustc)? { Ok(ExitCode::SUCCESS) } else { build.pass_on() }
}

/// Lets rustc write the intermediate form of the source; false if the source has an error.
fn take_down_types(call: &Call, rustc: &RustcCall) -> Result<bool> {
    let folder = call.directory.join("target/cells");
    fs::create_dir_all(&folder)?;
    let output = rustc.command(call, "metadata,mir", &folder).output()?;
    if !output.status.success() {
        return Ok(false);
    }
    let program = fs::read_to_string(folder.join("ctx.mir")).unwrap_or_default();
    fs::write(note(&call.directory), serde_json::to_vec(&types(&program))?)?;
    Ok(true)
}

/// The types of the variables in the cell. Of variables that share a name only a common type counts.
fn types(program: &str) -> BTreeMap<String, String> {
    let bodies = program.split("\n\n").filter(|body| body.contains(WRAPPER));
    let (mut earlier, mut known) = (Vec::new(), BTreeMap::<String, Option<String>>::new());
    for body in bodies {
        let Some(head) = body.lines().find(|line| line.starts_with(WRAPPER)) else { continue };
        let variables = variables(body);
        if !head.contains("{closure") {
            // The variables of earlier cells are arguments, and come first in the body.
            earlier = variables.into_iter().map(|(name, _)| name).collect();
            continue;
        }
        for (name, place) in variables {
            if let Some(index) = earlier.iter().position(|argument| *argument == name) {
                earlier.remove(index);
                continue;
            }
            let found = declared_type(body, place);
            known
                .entry(name.to_owned())
                .and_modify(|known| {
                    if *known != found {
                        *known = None;
                    }
                })
                .or_insert(found);
        }
    }
    known.into_iter().filter_map(|(name, found)| Some((name, found?))).collect()
}

/// The lines `debug NAME => PLACE;` of a body, but for the fields in which it keeps its arguments.
fn variables(body: &str) -> Vec<(&str, &str)> {
    body.lines()
        .filter_map(|line| {
            line.trim().strip_prefix("debug ")?.strip_suffix(';')?.split_once(" => ")
        })
        .filter(|(_, place)| !place.starts_with('('))
        .collect()
}

/// The type of a local `_5`, or of a constant such as `const 3_usize`, if a cell can write it.
fn declared_type(body: &str, place: &str) -> Option<String> {
    if let Some(constant) = place.strip_prefix("const ") {
        return type_of_constant(constant);
    }
    let declaration = |line: &str| {
        let line = line.trim().strip_prefix("let ")?;
        let (local, found) = line.strip_prefix("mut ").unwrap_or(line).split_once(": ")?;
        (local == place).then(|| found.trim_end_matches(';').to_owned())
    };
    let found = body.lines().find_map(declaration)?;
    // Closures and what is hidden behind `impl` have no name.
    let has_a_name = !found.contains(['{', '\'', '?']) && !found.contains("impl ");
    (has_a_name && syn::parse_str::<syn::Type>(&found).is_ok()).then_some(found)
}

fn type_of_constant(constant: &str) -> Option<String> {
    let literal: syn::Lit = syn::parse_str(constant).ok()?;
    let suffix = match &literal {
        syn::Lit::Int(number) => number.suffix(),
        syn::Lit::Float(number) => number.suffix(),
        syn::Lit::Bool(_) => "bool",
        syn::Lit::Char(_) => "char",
        syn::Lit::Str(_) => "&str",
        _ => "",
    };
    (!suffix.is_empty()).then(|| suffix.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What rustc 1.95 writes, shortened.
    const PROGRAM: &str = "\
fn evcxr_analysis_wrapper(_1: Vec<f64>) -> {async fn body of evcxr_analysis_wrapper()} {
    debug old => _1;
    let mut _0: {async fn body of evcxr_analysis_wrapper()};
}

fn evcxr_analysis_wrapper::{closure#0}(_1: Pin<&mut {async fn body}>, _2: &mut Context<'_>) -> Poll<()> {
    debug old => ((*_35).0: std::vec::Vec<f64>);
    let _3: std::vec::Vec<f64>;
    scope 1 {
        debug old => _3;
        let _4: std::vec::Vec<i32>;
        scope 2 {
            debug v => _4;
            let mut _6: std::string::String;
            let _13: {closure@src/lib.rs:13:9: 13:17};
            scope 3 {
                debug old => _6;
                debug f => _13;
                debug n => const 5_usize;
                let _7: i32;
                let _8: bool;
                scope 4 { 
                    debug twice => _7;
                    debug twice => _8;
                }
            }
        }
    }
}

fn other(_1: i32) -> i32 {
    debug elsewhere => _1;
}
";

    #[test]
    fn types_are_read_from_the_intermediate_form() {
        let found = types(PROGRAM);
        let expected =
            [("n", "usize"), ("old", "std::string::String"), ("v", "std::vec::Vec<i32>")];
        let expected = expected.map(|(name, found)| (name.to_owned(), found.to_owned()));
        assert_eq!(found, BTreeMap::from(expected));
    }
}
