//! How a cell is written: what the notebooks' style asks of code, checked on its syntax tree.

use super::document::{CodeCell, Document};
use super::judge::Complaint;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// The longest loop and the longest cell, in lines; longer ones belong in the crate. A cell with the tag
/// `algorithm` writes out the algorithm of its section, in a loop of any length that the cell can hold.
const LONGEST_LOOP: usize = 3;
const LONGEST_CELL: usize = 15;
const ALGORITHM: &str = "algorithm";

/// A cell as statements; evcxr's commands are blanked so that lines keep their numbers.
fn statements(code: &str) -> syn::Result<syn::Block> {
    let blank = |line: &str| {
        if line.trim_start().starts_with([':', '!']) { String::new() } else { line.to_owned() }
    };
    let rust: Vec<String> = code.lines().map(blank).collect();
    syn::parse_str(&format!("{{{}\n}}", rust.join("\n")))
}

/// The top-level `let`s without a type: where the standard library's sources are absent, evcxr cannot
/// infer them. Code that is no Rust is left to the compiler to complain about.
pub fn untyped_lets(code: &str) -> Vec<Complaint> {
    let Ok(block) = statements(code) else { return Vec::new() };
    let untyped = |statement: &syn::Stmt| match statement {
        syn::Stmt::Local(local) if !matches!(local.pat, syn::Pat::Type(_)) => {
            let reason = "this let states no type: write let NAME: TYPE = ...";
            Some(Complaint::new(Some(local.let_token.span().start().line), reason))
        }
        _ => None,
    };
    block.stmts.iter().filter_map(untyped).collect()
}

/// Everything that the style asks of a notebook of this project.
pub fn complaints(document: &Document) -> Vec<(CodeCell, Complaint)> {
    let mut found = Vec::new();
    for (position, cell) in document.code_cells().into_iter().enumerate() {
        let mut of_cell = untyped_lets(&cell.code);
        of_cell.extend(misplaced(&cell.code, position == 0, cell.has_tag(ALGORITHM)));
        let lines = cell.code.lines().count();
        if lines > LONGEST_CELL {
            of_cell.push(Complaint::new(
                None,
                format!("it has {lines} lines; {LONGEST_CELL} are the most"),
            ));
        }
        if cell.identity.len() < 3
            || !cell.identity.contains(|character: char| character.is_ascii_lowercase())
            || looks_random(&cell.identity)
        {
            let reason = format!(
                "its id {:?} is not a slug: give it words, such as first-figure",
                cell.identity
            );
            of_cell.push(Complaint::new(None, reason));
        }
        found.extend(of_cell.into_iter().map(|complaint| (cell.clone(), complaint)));
    }
    found
}

/// Jupyter gives new cells eight hexadecimal digits, or a long identity of groups of them.
fn looks_random(identity: &str) -> bool {
    let hexadecimal = |group: &str| group.chars().all(|character| character.is_ascii_hexdigit());
    identity.contains(|character: char| character.is_ascii_digit())
        && identity.split('-').all(hexadecimal)
}

/// Items, long loops, what panics where `?` would do, and `use`s that are late or not the only one.
fn misplaced(code: &str, first_cell: bool, algorithm: bool) -> Vec<Complaint> {
    let Ok(block) = statements(code) else {
        return vec![Complaint::new(None, "it is not Rust code")];
    };
    let mut finder = Finder { first_cell, algorithm, uses: 0, complaints: Vec::new() };
    finder.visit_block(&block);
    finder.complaints
}

struct Finder {
    first_cell: bool,
    algorithm: bool,
    uses: usize,
    complaints: Vec<Complaint>,
}

/// The methods that turn an error into a panic, or a value into one.
const PANICKING: [&str; 4] = ["expect", "expect_err", "unwrap", "unwrap_err"];

impl Finder {
    fn complain(&mut self, place: impl Spanned, reason: &str) {
        self.complaints.push(Complaint::new(Some(place.span().start().line), reason));
    }

    fn judge_loop(&mut self, place: impl Spanned) {
        let span = place.span();
        let lines = span.end().line - span.start().line + 1;
        if lines > LONGEST_LOOP && !self.algorithm {
            let reason = format!(
                "this loop has {lines} lines; longer than {LONGEST_LOOP} belongs in the crate"
            );
            self.complaints.push(Complaint::new(Some(span.start().line), reason));
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Use(_) if self.first_cell => {
                self.uses += 1;
                if self.uses > 1 {
                    self.complain(item, "one use is enough: use itakura_saito::prelude::*;");
                }
            }
            syn::Item::Use(_) => self.complain(item, "a use belongs into the first cell"),
            _ => self.complain(item, "functions, types and other items belong in the crate"),
        }
    }

    fn visit_expr_for_loop(&mut self, expression: &'ast syn::ExprForLoop) {
        self.judge_loop(expression);
        syn::visit::visit_expr_for_loop(self, expression);
    }

    fn visit_expr_while(&mut self, expression: &'ast syn::ExprWhile) {
        self.judge_loop(expression);
        syn::visit::visit_expr_while(self, expression);
    }

    fn visit_expr_loop(&mut self, expression: &'ast syn::ExprLoop) {
        self.judge_loop(expression);
        syn::visit::visit_expr_loop(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if PANICKING.iter().any(|method| call.method == method) {
            let method = &call.method;
            let reason = format!("write ? instead of .{method}(): its error says what is wrong");
            self.complain(method, &reason);
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(code: &str) -> Vec<(Option<usize>, String)> {
        misplaced(code, false, false)
            .into_iter()
            .map(|complaint| (complaint.line, complaint.reason))
            .collect()
    }

    #[test]
    fn untyped_lets_are_found_at_the_top_level_only() {
        let code = ":dep a = \"1\"\nlet a: f64 = 1.0;\nlet b = 2.0;\n{ let c = 3.0; }\nlet (d, e): (f64, f64) = (a, b);";
        let lines: Vec<Option<usize>> =
            untyped_lets(code).into_iter().map(|complaint| complaint.line).collect();
        assert_eq!(lines, [Some(3)]);
    }

    #[test]
    fn items_loops_and_late_uses_are_found() {
        assert_eq!(reasons("let a: f64 = 1.0;\nfn f() {}")[0].0, Some(2));
        assert!(reasons("use std::fmt;")[0].1.contains("first cell"));
        assert!(misplaced("use std::fmt;", true, false).is_empty());
        assert!(reasons("for i in 0..3 {\n    a(i);\n}").is_empty());
        let long = "for i in 0..3 {\n    a(i);\n    b(i);\n}";
        assert!(reasons(long)[0].1.contains("4 lines"));
        assert!(misplaced(long, false, true).is_empty(), "the algorithm of the section");
    }

    #[test]
    fn a_question_mark_is_the_rule_and_a_panic_is_refused() {
        assert!(reasons("let a: f64 = f(1.0)?.unwrap_or(2.0);\nshow(&g()?);").is_empty());
        for panicking in
            ["a.expect(\"fine\")", "a.unwrap()", "a.expect_err(\"b\")", "a.unwrap_err()"]
        {
            let found = reasons(&format!("f();\nlet a: f64 = {panicking};"));
            assert_eq!(found.len(), 1, "{panicking}");
            assert!(found[0].0 == Some(2) && found[0].1.starts_with("write ? instead of"));
        }
        assert_eq!(
            reasons("let v: Vec<f64> = w.iter().map(|x| f(*x).unwrap()).collect();").len(),
            1
        );
    }

    #[test]
    fn one_use_is_enough() {
        let two = ":dep a = \"1\"\nuse a::prelude::*;\nuse std::f64::consts::PI;";
        let found = misplaced(two, true, false);
        assert_eq!(found.len(), 1);
        assert!(found[0].line == Some(3) && found[0].reason.contains("prelude"));
    }

    #[test]
    fn slugs_are_told_from_random_identities() {
        assert!(looks_random("1f2e3d4c") && looks_random("0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f"));
        assert!(
            !looks_random("first-figure") && !looks_random("decade") && !looks_random("figure-1")
        );
    }
}
