//! The exercises of an original notebook: what judges them, and which part of a submitted cell is the answer.

use crate::runner::document::Document;
use crate::runner::exercise::{CHECK, answers_of, stub_of};
use anyhow::{Context, Result, bail};
use nbformat::v4::Cell;

/// The key of a cell's metadata that says how many points its exercise is worth.
const POINTS: &str = "points";
/// Where the checks are, whatever a submission calls by their names.
pub const CHECKS: &str = "::itakura_saito::prelude::";

/// The checks that return whether the answer is right; others end their cell with an error if it is not.
const TELLING: [&str; 6] = [
    "check_number(",
    "check_count(",
    "check_vector(",
    "check_function(",
    "check_functional(",
    "check_operator(",
];
/// With these words a check ends that was told so.
pub const NOT_RIGHT: &str = "the answer is not right";

/// An exercise of an original notebook.
pub struct Exercise {
    /// The id of its cell.
    pub cell: String,
    /// Under which names its check records, such as `03-area`. An exercise in prose has none.
    pub names: Vec<String>,
    /// The lines that judge the answer; empty for an exercise in prose.
    pub check: String,
    /// The answers that the check uses, each with its type, as the original declares them.
    pub declared: Vec<(String, String)>,
    /// What it is worth.
    pub points: f64,
}

/// The answer in a submitted cell.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub code: String,
    /// Whether the lines that judge it are no longer those of the original.
    pub is_check_changed: bool,
}

impl Exercise {
    /// The exercises of a notebook, in its order.
    pub fn all(original: &Document) -> Result<Vec<Exercise>> {
        let is_exercise =
            |cell: &&Cell| cell.metadata().tags.iter().flatten().any(|tag| tag == "exercise");
        original
            .notebook
            .cells
            .iter()
            .filter(is_exercise)
            .map(|cell| {
                Exercise::of(cell)
                    .with_context(|| format!("the original {}", original.path.display()))
            })
            .collect()
    }

    fn of(cell: &Cell) -> Result<Exercise> {
        let (identity, text) = (cell.id().to_string(), cell.source().concat());
        let points = points_of(cell)?;
        if !matches!(cell, Cell::Code { .. }) {
            let (names, check, declared) = Default::default();
            let points = points.unwrap_or(0.0);
            return Ok(Exercise { cell: identity, names, check, declared, points });
        }
        let stub = stub_of(&text)
            .with_context(|| format!("no line of the exercise {identity} begins with {CHECK}"))?;
        let check = text[stub.len()..].trim_end().to_owned();
        let name = |call: &str| call.split('"').nth(1).map(str::to_owned);
        let names = calls(&check).filter_map(|start| name(&check[start..])).collect();
        let declared = answers_of(&text).into_iter().filter_map(|(declared, _)| {
            let (name, kind) = declared.strip_prefix("let ")?.split_once(": ")?;
            Some((name.to_owned(), kind.to_owned()))
        });
        let declared = declared.collect();
        Ok(Exercise { cell: identity, names, check, declared, points: points.unwrap_or(1.0) })
    }

    /// Whether a person has to read it.
    pub fn is_in_prose(&self) -> bool {
        self.check.is_empty()
    }

    /// How it is called in the list of scores.
    pub fn name(&self) -> String {
        if self.names.is_empty() { self.cell.clone() } else { self.names.join(" ") }
    }

    /// The answer in a submitted cell: all but the lines that judge it. If these are not to be found, the
    /// first line that judges at all ends the answer.
    pub fn answer(&self, cell: &str) -> Answer {
        let starts_line = |at: usize| at == 0 || cell[..at].ends_with('\n');
        let found = cell.rmatch_indices(&self.check).find(|(at, _)| starts_line(*at));
        match found {
            Some((at, check)) => Answer {
                code: format!("{}{}", &cell[..at], &cell[at + check.len()..]),
                is_check_changed: false,
            },
            None => {
                Answer { code: stub_of(cell).unwrap_or(cell).to_owned(), is_check_changed: true }
            }
        }
    }

    /// The call that judges, if there is one and it returns whether the answer is right.
    pub fn telling_call(&self) -> Option<&str> {
        let call = self.check.strip_suffix(';').unwrap_or(&self.check);
        let is_alone = call.matches(CHECK).count() == 1;
        (is_alone && TELLING.iter().any(|telling| call.starts_with(telling))).then_some(call)
    }

    /// The cell that judges: the original's lines, whose calls are the crate's whatever has been defined
    /// since, and a word at the end that no answer can know. It ends with an error if the answer is not right.
    pub fn judging_cell(&self, word: &str) -> String {
        let mut code = self.check.clone();
        if let Some(call) = self.telling_call() {
            code = format!("let _ = if !{CHECKS}{call} {{ ::std::panic!(\"{NOT_RIGHT}\") }};");
            return format!("{code}\nlet _ = ::std::println!(\"{word}\");");
        }
        for start in calls(&self.check).collect::<Vec<_>>().into_iter().rev() {
            // evcxr takes a line that begins with a colon for a command.
            code.insert_str(start, &format!("let _ = {CHECKS}"));
        }
        if !code.ends_with([';', '}']) {
            code.push(';');
        }
        // An answer of another type could bring a comparison of its own, which always holds.
        for (name, kind) in &self.declared {
            code.insert_str(0, &format!("let {name}: ::std::option::{kind} = {name};\n"));
        }
        format!("{code}\nlet _ = ::std::println!(\"{word}\");")
    }
}

/// What an exercise is worth, if its metadata say so.
fn points_of(cell: &Cell) -> Result<Option<f64>> {
    let Some(given) = cell.metadata().additional.get(POINTS) else { return Ok(None) };
    match given.as_f64().filter(|points| *points >= 0.0) {
        Some(points) => Ok(Some(points)),
        None => bail!("the points of {} must be a number from 0 on, but are {given}", cell.id()),
    }
}

/// Where the lines begin that judge.
fn calls(check: &str) -> impl Iterator<Item = usize> {
    let starts = std::iter::once(0).chain(check.match_indices('\n').map(|(at, _)| at + 1));
    starts.filter(|&start| check[start..].starts_with(CHECK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercise() -> Exercise {
        let check = "check_number(\"03-length\", reach);".to_owned();
        Exercise {
            cell: "length-answer".into(),
            names: vec!["03-length".into()],
            check,
            declared: vec![("reach".into(), "Option<f64>".into())],
            points: 1.0,
        }
    }

    #[test]
    fn the_answer_is_all_but_the_lines_that_judge() {
        let answer = |cell: &str| {
            let Answer { code, is_check_changed } = exercise().answer(cell);
            (code, is_check_changed)
        };
        let check = exercise().check;
        assert_eq!(answer(&format!("let a = 1;\n{check}")), ("let a = 1;\n".into(), false));
        assert_eq!(
            answer(&format!("check_true(\"mine\", \"\", true);\n{check}\nlet b = 2;")),
            ("check_true(\"mine\", \"\", true);\n\nlet b = 2;".into(), false)
        );
        assert_eq!(
            answer("let a = 1;\ncheck_number(\"03-length\", Some(1.0));\n"),
            ("let a = 1;\n".into(), true)
        );
        let hidden = format!("let a = 1;\n// {check}");
        assert_eq!(answer(&hidden), (hidden.clone(), true));
    }

    #[test]
    fn the_judging_cell_calls_the_crate_and_begins_no_line_with_a_colon() {
        let code = exercise().judging_cell("end");
        assert_eq!(
            code,
            "let _ = if !::itakura_saito::prelude::check_number(\"03-length\", reach) \
             { ::std::panic!(\"the answer is not right\") };\n\
             let _ = ::std::println!(\"end\");"
        );
        let own = Exercise { check: "check_true(\"a\", \"\", b);".to_owned(), ..exercise() };
        assert_eq!(own.telling_call(), None);
        assert!(own.judging_cell("end").starts_with(
            "let reach: ::std::option::Option<f64> = reach;\n\
             let _ = ::itakura_saito::prelude::check_true("
        ));
    }
}
