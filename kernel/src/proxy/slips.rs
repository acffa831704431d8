//! The most common slips, and what to write instead.
//!
//! The compiler's message stays as it is; a line in words of this project follows it.

use super::failure::without_colours;
use jupyter_protocol::ErrorOutput;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};
use std::collections::HashMap;

/// Of errors that all have one cause so many are shown.
const SHOWN: usize = 2;

/// What earlier cells of the session have left and not left.
#[derive(Default)]
pub struct Past {
    /// Names that a cell was to define which failed, with its number.
    missing: HashMap<String, usize>,
    /// Whether a cell has imported anything.
    has_imports: bool,
}

impl Past {
    /// Takes note of a cell that is over.
    pub fn note(&mut self, code: &str, number: usize, succeeded: bool) {
        let names = defined_names(code);
        if succeeded {
            self.has_imports |= words(code).any(|word| word == "use");
            for name in names {
                self.missing.remove(name);
            }
        } else {
            self.missing.extend(names.into_iter().map(|name| (name.to_owned(), number)));
        }
    }
}

/// What the compiler says of a cell, with advice where it is one of the slips.
pub fn with_advice(errors: &[ErrorOutput], code: &str, past: &Past) -> Vec<String> {
    let advice = errors.iter().find_map(|error| advice_for(error, past));
    let unknown = errors.iter().filter(|error| error.evalue.starts_with("cannot find ")).count();
    let follow_each_other = unknown > SHOWN && unknown == errors.len();
    let shown = if follow_each_other { SHOWN } else { errors.len() };
    let mut report: Vec<String> =
        errors[..shown].iter().flat_map(|error| error.traceback.clone()).collect();
    if shown < errors.len() {
        report.push(format!("and {} more names that are not known", errors.len() - shown));
    }
    if let Some(advice) = missing_semicolon(code).or(advice) {
        report.push(format!("\u{1b}[36mwhat to do\u{1b}[0m: {advice}"));
    }
    report
}

fn advice_for(error: &ErrorOutput, past: &Past) -> Option<String> {
    let text = without_colours(&error.traceback.join("\n"));
    let has = |words: &str| text.contains(words) || error.evalue.contains(words);
    let quoted = |after: &str| quoted_after(&error.evalue, after);
    Some(if has("expected `Option<") && has("found ") {
        "this value may be left out, so it stands in `Some(...)`: write `Some(0.5)` for `0.5`, or \
         `None` for nothing"
            .to_owned()
    } else if has("on ambiguous numeric type `{float}`") {
        "say which type the number has: write `2.0_f64` for one of the numbers".to_owned()
    } else if has("`?` operator can only be used on `Result`s, not `Option`s") {
        "there may be nothing here: write `.ok_or(\"what is missing\")?` for the bare `?`"
            .to_owned()
    } else if has("`Result<") && has(": Show` is not satisfied") {
        "this is a result that may hold an error: write `?` after the call that made it".to_owned()
    } else if has("expected `f64`, found integer") || has("`f64` by `{integer}`") {
        "whole numbers and decimal numbers are different types: write `1.0` for `1`".to_owned()
    } else if has("expected `usize`, found floating-point") || has("found floating-point number") {
        "a whole number is wanted here: write `1` for `1.0`".to_owned()
    } else if has("of moved value") {
        let name = quoted("value: ").unwrap_or("it");
        format!(
            "`{name}` was given away before: lend it with `&{name}`, or give a copy away, `{name}.clone()`"
        )
    } else if let Some(name) = unknown_name(&error.evalue) {
        match past.missing.get(name) {
            Some(cell) => {
                format!(
                    "`{name}` should have come from cell [{cell}], which failed: mend that cell and run it again"
                )
            }
            None if !past.has_imports => {
                "no cell has imported anything yet: run the first cell of the notebook".to_owned()
            }
            None => format!("no cell that was run has defined `{name}`: run the cell that does"),
        }
    } else {
        return None;
    })
}

/// A name that no cell has defined; the standard library has macros by some of the likely names.
fn unknown_name(message: &str) -> Option<&str> {
    let is_unknown =
        message.starts_with("cannot find ") || message.starts_with("expected value, found macro `");
    is_unknown.then(|| quoted_after(message, " "))?
}

/// The advice for a cell that would be right with a semicolon at its end.
pub fn missing_semicolon(code: &str) -> Option<String> {
    let parses = |code: &str| syn::parse_str::<syn::Block>(&format!("{{{code}\n}}")).is_ok();
    if parses(code) || !parses(&format!("{code}\n;")) {
        return None;
    }
    let lines = code.lines().enumerate();
    let (index, line) = lines.filter(|(_, line)| !line.trim().is_empty()).last()?;
    Some(format!("a `;` is missing at the end of line {}: {}", index + 1, line.trim()))
}

fn quoted_after<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let rest = &text[text.find(&format!("{before}`"))? + before.len() + 1..];
    rest.split('`').next()
}

/// The words of a cell's code, without comments and strings.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let mut position = 0;
    tokenize(code, FrontmatterAllowed::No).filter_map(move |token| {
        let start = position;
        position += token.len as usize;
        (token.kind == TokenKind::Ident).then(|| &code[start..position])
    })
}

/// The names that stand behind `let`, `fn`, `struct` and the like.
pub fn defined_names(code: &str) -> Vec<&str> {
    let words: Vec<&str> = words(code).collect();
    let defines = |word: &str| {
        ["let", "fn", "struct", "enum", "const", "static", "type", "trait"].contains(&word)
    };
    words
        .windows(3)
        .chain(words.len().checked_sub(2).map(|last| &words[last..]))
        .filter(|group| defines(group[0]))
        .map(|group| if group[1] == "mut" { group.get(2).copied().unwrap_or("") } else { group[1] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(message: &str, label: &str) -> ErrorOutput {
        ErrorOutput {
            ename: "Error".to_owned(),
            evalue: message.to_owned(),
            traceback: vec![message.to_owned(), label.to_owned()],
        }
    }

    fn advice(message: &str, label: &str) -> String {
        with_advice(&[error(message, label)], "f();", &Past::default()).pop().unwrap()
    }

    #[test]
    fn each_slip_has_its_advice() {
        for (message, label, words) in [
            (
                "mismatched types",
                "expected `Option<f64>`, found floating-point number",
                "Some(0.5)",
            ),
            ("can't call method `sqrt` on ambiguous numeric type `{float}`", "", "2.0_f64"),
            (
                "the `?` operator can only be used on `Result`s, not `Option`s, in a closure",
                "",
                "ok_or",
            ),
            ("the trait bound `Result<Figure, Error>: Show` is not satisfied", "", "write `?`"),
            ("mismatched types", "expected `f64`, found integer", "write `1.0`"),
            ("cannot multiply `f64` by `{integer}`", "", "write `1.0`"),
            ("borrow of moved value: `line`", "", "`&line`"),
            ("cannot find value `line` in this scope", "", "first cell"),
            ("expected value, found macro `line`", "", "first cell"),
        ] {
            assert!(
                advice(message, label).contains(words),
                "{message}: {}",
                advice(message, label)
            );
        }
        assert_eq!(advice("something else", "label"), "label");
    }

    #[test]
    fn a_missing_semicolon_is_named_with_its_line() {
        let advice = missing_semicolon("let a: i32 = 1;\nlet b: i32 = 2\n").unwrap();
        assert!(advice.contains("line 2") && advice.ends_with("let b: i32 = 2"), "{advice}");
        assert_eq!(missing_semicolon("let a: i32 = 1;\na"), None);
        assert_eq!(missing_semicolon("let a: = 1;"), None);
    }

    #[test]
    fn a_name_that_a_failed_cell_was_to_define_is_named_with_that_cell() {
        let mut past = Past::default();
        past.note("use a::b;", 1, true);
        past.note("let mut line: Line = Line::new(-1.0)?;\nfn f() {}", 2, false);
        let unknown = error("cannot find value `line` in this scope", "");
        let said = with_advice(std::slice::from_ref(&unknown), "line;", &past).pop().unwrap();
        assert!(said.contains("cell [2], which failed"), "{said}");
        past.note("let mut line: Line = Line::new(1.0)?;", 3, true);
        let said = with_advice(&[unknown], "line;", &past).pop().unwrap();
        assert!(said.contains("no cell that was run"), "{said}");
    }

    #[test]
    fn ten_unknown_names_are_not_ten_pictures() {
        let errors: Vec<ErrorOutput> = (0..10)
            .map(|n| error(&format!("cannot find value `n{n}` in this scope"), ""))
            .collect();
        let report = with_advice(&errors, "n0;", &Past::default());
        assert!(
            report.len() < 8 && report.iter().any(|line| line.contains("8 more")),
            "{report:?}"
        );
    }
}
