//! A `let` without a type whose type evcxr's analyser cannot tell.
//!
//! Without the standard library's sources the analyser knows neither `Vec` nor `Result`. evcxr then refuses
//! the cell before anything of it has run. By that time rustc has named the types (`stand_in::types`), so
//! the cell is sent once more with them: behind `let v = vec![1, 2];`, on the same line, stands
//! `let v: std::vec::Vec<i32> = v;`.

use jupyter_protocol::ErrorOutput;
use std::collections::BTreeMap;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// How evcxr begins its refusal.
const REFUSAL: &str = "Couldn't automatically determine type of variable `";

/// Whether evcxr has refused the cell for want of a type.
pub fn was_refused(errors: &[ErrorOutput]) -> bool {
    errors.iter().any(|error| error.evalue.starts_with(REFUSAL))
}

/// The cell with types for all untyped variables that have one; none if there is nothing to add.
pub fn with_types(code: &str, types: &BTreeMap<String, String>) -> Option<String> {
    let mut lines: Vec<String> = code.lines().map(str::to_owned).collect();
    let additions: Vec<(usize, usize, String)> = untyped(code)?
        .into_iter()
        .filter_map(|variable| {
            let found = types.get(&variable.name)?;
            let (name, mutable) = (&variable.name, if variable.is_mutable { "mut " } else { "" });
            Some((
                variable.line,
                variable.column,
                format!(" let {mutable}{name}: {found} = {name};"),
            ))
        })
        .collect();
    // From the end, so that the places before stay where they are.
    for (line, column, text) in additions.iter().rev() {
        let line = lines.get_mut(line - 1)?;
        let (position, _) = line.char_indices().nth(*column).unwrap_or((line.len(), ' '));
        line.insert_str(position, text);
    }
    (!additions.is_empty()).then(|| lines.join("\n"))
}

/// Says where the type is missing, if evcxr's refusal is all that is left to say.
pub fn explain(errors: &mut [ErrorOutput], code: &str) {
    for error in errors {
        let name = error.evalue.strip_prefix(REFUSAL).and_then(|rest| rest.split('`').next());
        let variables = untyped(code).unwrap_or_default();
        let Some(variable) = variables.iter().find(|variable| Some(&*variable.name) == name) else {
            continue;
        };
        let text = code.lines().nth(variable.line - 1).unwrap_or_default().trim();
        let advice = format!(
            "the type of `{0}` has to be written: let {0}: TYPE = ...\n  in line {1} of this cell: {text}",
            variable.name, variable.line
        );
        error.evalue = advice.lines().next().unwrap_or_default().to_owned();
        error.traceback = advice.lines().map(str::to_owned).collect();
    }
}

struct Variable {
    name: String,
    is_mutable: bool,
    /// The end of its `let`.
    line: usize,
    column: usize,
}

/// The variables of the top-level `let`s without a type.
fn untyped(code: &str) -> Option<Vec<Variable>> {
    // evcxr's commands are not Rust; the lines keep their numbers.
    let rust = code.lines().map(|line| if line.trim_start().starts_with(':') { "" } else { line });
    let rust: Vec<&str> = rust.collect();
    // The brace stands on a line of its own, so that columns are those of the cell.
    let block: syn::Block = syn::parse_str(&format!("{{\n{}\n}}", rust.join("\n"))).ok()?;
    let of_statement = |statement: &syn::Stmt| match statement {
        syn::Stmt::Local(local) if !matches!(local.pat, syn::Pat::Type(_)) => {
            let end = local.semi_token.span().end();
            let mut names = Names(Vec::new());
            names.visit_pat(&local.pat);
            let variable = |(name, is_mutable)| Variable {
                name,
                is_mutable,
                line: end.line - 1,
                column: end.column,
            };
            names.0.into_iter().map(variable).collect()
        }
        _ => Vec::new(),
    };
    Some(block.stmts.iter().flat_map(of_statement).collect())
}

/// The names that a pattern binds, and whether they are mutable.
struct Names(Vec<(String, bool)>);

impl<'ast> Visit<'ast> for Names {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0.push((pattern.ident.to_string(), pattern.mutability.is_some()));
        syn::visit::visit_pat_ident(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, found)| (name.to_string(), found.to_string())).collect()
    }

    #[test]
    fn types_stand_behind_the_statement_on_its_line() {
        let known = types(&[("v", "Vec<i32>"), ("a", "f64"), ("b", "String"), ("t", "u8")]);
        let cell = ":dep rand = \"0.9\"\nlet ü: f64 = 1.0; let v = vec![1,\n  2]; // two\nlet (mut a, b) = f();\n\
                    let t: u8 = 1;\n{ let v = 3; }\nlet closure = |x: f64| x;";
        assert_eq!(
            with_types(cell, &known).expect("there is something to add"),
            ":dep rand = \"0.9\"\nlet ü: f64 = 1.0; let v = vec![1,\n  2]; let v: Vec<i32> = v; // two\n\
             let (mut a, b) = f(); let mut a: f64 = a; let b: String = b;\nlet t: u8 = 1;\n{ let v = 3; }\n\
             let closure = |x: f64| x;"
        );
        assert_eq!(with_types("let t: u8 = 1;", &known), None);
        assert_eq!(with_types("let v = ;", &known), None, "it does not parse");
    }

    #[test]
    fn a_type_that_nobody_knows_is_asked_for_with_its_line() {
        let mut errors = [ErrorOutput {
            ename: "Error".to_owned(),
            evalue: format!("{REFUSAL}v`.\nPlease give it an explicit type."),
            traceback: vec![],
        }];
        assert!(was_refused(&errors));
        explain(&mut errors, "println!();\nlet v = f();");
        assert_eq!(errors[0].evalue, "the type of `v` has to be written: let v: TYPE = ...");
        assert_eq!(errors[0].traceback[1], "  in line 2 of this cell: let v = f();");
    }
}
