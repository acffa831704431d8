//! What the kernel adds to the source of a cell before it is compiled.
//!
//! evcxr's generated code tells of a panic and of a returned error by printing a line, which a cell could
//! print too. Here these lines, and nothing that the reader wrote, are replaced by calls of a module that
//! notes how the cell ended ([`WATCH`]); whoever runs the cell asks it afterwards. No line is added before
//! the end or taken away, so the compiler's messages keep their places.
//!
//! The lines are those that evcxr 0.22.0 generates. With another version they are not found, the cell has
//! no report, and the runtime refuses it: nothing is taken for a success by mistake.

/// The source of the module.
const WATCH: &str = include_str!("watch.rs");

/// The cell's source with its report. What is no cell to be run is returned as it is; so is the form of a
/// cell in which evcxr catches no panic, and which it compiles only for the compiler's messages.
pub fn instrument(source: &str) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    let Some(function) = lines.iter().position(|line| line.starts_with(FUNCTION)) else {
        return source.to_owned();
    };
    // A cell of commands has no code, hence nothing to catch.
    let is_empty = lines.len() == function + 2;
    let at_stake = match watch_panics(&mut lines, function) {
        Some(notification) => takes_more_than_it_returns(source, function, notification),
        None if is_empty => false,
        None => return source.to_owned(),
    };
    watch_returned_errors(&mut lines[..function]);
    watch_lost_variables(&mut lines[..function]);
    append(&mut lines, at_stake);
    lines.join("\n") + "\n"
}

const FUNCTION: &str = "pub extern \"C\" fn run_user_code_";
const NOTIFICATION: &str = "    println!(\"EVCXR_PANIC_NOTIFICATION\");";

/// Replaces the line that tells of a panic, and the one that catches it; where the first one stands.
fn watch_panics(lines: &mut [String], function: usize) -> Option<usize> {
    let notification = lines.iter().rposition(|line| line == NOTIFICATION)?;
    let begins = |line: &&str| {
        *line == "match std::panic::catch_unwind(" || *line == "if std::panic::catch_unwind(||{"
    };
    let start = function + lines[function..].iter().position(|line| begins(&line.as_str()))?;
    let last = lines.iter().rposition(|line| line == "evcxr_variable_store")?;
    let before = lines[notification - 1].as_str();
    match (lines[start].starts_with("match"), before) {
        (true, "  Err(_) => {") => {
            lines[start].insert_str(0, "crate::itakura_cell::begin(); ");
            lines[notification - 1] = "  Err(payload) => {".to_owned();
        }
        (false, "}).is_err() {") => {
            lines[start] = "crate::itakura_cell::begin(); if let Err(payload) = \
                            std::panic::catch_unwind(||{"
                .to_owned();
            lines[notification - 1] = "}) {".to_owned();
        }
        _ => return None,
    }
    lines[notification] = "    crate::itakura_cell::panicked(payload);".to_owned();
    lines[last].insert_str(0, "crate::itakura_cell::end(); ");
    Some(notification)
}

/// Replaces the conversion that a `?` makes of its error.
fn watch_returned_errors(lines: &mut [String]) {
    let Some(start) = lines.iter().rposition(|line| line.trim() == "struct EvcxrUserCodeError {}")
    else {
        return;
    };
    for line in &mut lines[start..] {
        let trimmed = line.trim();
        if trimmed == "fn from(error: T) -> Self {" {
            line.insert_str(0, "#[track_caller] ");
        } else if let Some(arguments) =
            trimmed.strip_prefix("eprintln!(").and_then(|rest| rest.strip_suffix(", error);"))
        {
            *line =
                format!("crate::itakura_cell::returned(::std::format_args!({arguments}, error));");
        } else if trimmed == "println!(\"{}\", evcxr_internal_runtime::USER_ERROR_OCCURRED);" {
            *line = String::new();
            return;
        }
    }
}

/// Replaces the line by which evcxr's variable store tells that a variable's type has changed.
fn watch_lost_variables(lines: &mut [String]) {
    let told = "println!(\"{VARIABLE_CHANGED_TYPE}{name}\");";
    if let Some(line) = lines.iter_mut().rfind(|line| line.trim() == told) {
        *line = "crate::itakura_cell::lost(name);".to_owned();
    }
}

/// Whether the cell takes variables from the store which it does not put back if it fails: they are moved
/// or defined anew in it.
fn takes_more_than_it_returns(source: &str, function: usize, notification: usize) -> bool {
    let lines: Vec<&str> = source.lines().collect();
    let put_back = lines[notification..].join("\n");
    lines[function..notification].iter().any(|line| {
        let Some((variable, _)) = line
            .strip_prefix("let ")
            .and_then(|rest| rest.split_once(" = evcxr_variable_store.take_variable::<"))
        else {
            return false;
        };
        let name = variable.strip_prefix("mut ").unwrap_or(variable);
        !put_back.contains(&format!("(stringify!({name}), {name});"))
    })
}

fn append(lines: &mut Vec<String>, at_stake: bool) {
    lines.push(format!("mod itakura_cell {{ const AT_STAKE: bool = {at_stake};"));
    lines.extend(WATCH.lines().map(str::to_owned));
    lines.push("}".to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What evcxr 0.22.0 makes of `let a: i32 = b + f()?;` after a cell that defined `a` and `b`.
    const CELL: &str = r#"#![allow(unused_imports, unused_mut, dead_code)]

            struct EvcxrUserCodeError {}
            impl<T: std::fmt::Display> From<T> for EvcxrUserCodeError {
                fn from(error: T) -> Self {
                    eprintln!("{}", error);
                    println!("{}", evcxr_internal_runtime::USER_ERROR_OCCURRED);
                    EvcxrUserCodeError {}
                }
            }
        
mod evcxr_internal_runtime {
            println!("{VARIABLE_CHANGED_TYPE}{name}");
}
#[unsafe(no_mangle)]
pub extern "C" fn run_user_code_3(
mut evcxr_variable_store: *mut evcxr_internal_runtime::VariableStore)
let a = evcxr_variable_store.take_variable::<i32>(stringify!(a));
let mut b = evcxr_variable_store.take_variable::<i32>(stringify!(b));
match std::panic::catch_unwind(
  std::panic::AssertUnwindSafe(||{
let _ = (|| -> std::result::Result<(), EvcxrUserCodeError> {
    println!("EVCXR_PANIC_NOTIFICATION");
let a: i32 = b + f()?;
evcxr_variable_store.put_variable::<i32>(stringify!(a), a);
Ok(())})();
})) { 
  Ok(_) => {}
  Err(_) => {
    println!("EVCXR_PANIC_NOTIFICATION");
}}
evcxr_variable_store.put_variable::<i32>(stringify!(b), b);
evcxr_variable_store
}
"#;

    #[test]
    fn generated_lines_are_replaced_and_the_readers_own_are_not() {
        let watched = instrument(CELL);
        let before: Vec<&str> = CELL.lines().collect();
        let after: Vec<&str> = watched.lines().collect();
        let changed: Vec<usize> =
            (0..before.len()).filter(|&index| before[index] != after[index]).collect();
        assert_eq!(changed.len(), 8, "{changed:?}");
        assert!(after[22].contains("EVCXR_PANIC_NOTIFICATION"), "the reader's line is left alone");
        assert!(watched.contains("#[track_caller]") && watched.contains("fn from(error: T)"));
        assert!(watched.contains("returned(::std::format_args!(\"{}\", error));"));
        assert!(watched.contains("const AT_STAKE: bool = true;"), "`a` would be lost");
    }

    #[test]
    fn variables_that_are_put_back_are_not_at_stake() {
        let cell = CELL.replace("let a = evcxr_variable_store", "let b = evcxr_variable_store");
        assert!(instrument(&cell).contains("const AT_STAKE: bool = false;"));
    }

    #[test]
    fn a_cell_that_is_not_understood_has_no_report() {
        let other = CELL.replace("EVCXR_PANIC_NOTIFICATION", "SOMETHING_ELSE");
        assert_eq!(instrument(&other), other);
        assert_eq!(instrument("fn checked() {}\n"), "fn checked() {}\n");
    }
}
