//! Whether a fresh run reproduces the outputs that are committed, to their tolerances.

use super::document::Document;
use super::judge::{CHECKS, Complaint};
use nbformat::v4::{Cell, Output};
use serde_json::Value;

/// How far numbers that are drawn or printed may lie apart, relative to their size. They are rounded to
/// seven digits, and a processor's own last bits can turn the seventh.
const RELATIVE: f64 = 2e-6;
/// And absolutely: a result that is zero up to rounding is another one on another processor.
const ABSOLUTE: f64 = 1e-9;

/// The differences between the outputs of two executions of one notebook, by the index of the cell.
pub fn differences(committed: &Document, fresh: &Document) -> Vec<(usize, Complaint)> {
    let pairs = committed.notebook.cells.iter().zip(&fresh.notebook.cells).enumerate();
    pairs
        .filter_map(|(index, (before, now))| {
            let reason = cell_difference(outputs(before)?, outputs(now)?)?;
            Some((index, Complaint::new(None, reason)))
        })
        .collect()
}

fn outputs(cell: &Cell) -> Option<&[Output]> {
    match cell {
        Cell::Code { outputs, .. } => Some(outputs),
        _ => None,
    }
}

fn cell_difference(before: &[Output], now: &[Output]) -> Option<String> {
    if before.len() != now.len() {
        let (before, now) = (before.len(), now.len());
        return Some(format!(
            "it committed {before} outputs, but a fresh run gives {now}: {REMEDY}"
        ));
    }
    before.iter().zip(now).find_map(|(before, now)| {
        let (before, now) = (to_value(before), to_value(now));
        let place = value_difference(&before, &now, Tolerance::Drawn)?;
        Some(format!("its committed output differs from a fresh run: {place}; {REMEDY}"))
    })
}

const REMEDY: &str = "if the new one is right, `itakura run --write`";

fn to_value(output: &Output) -> Value {
    serde_json::to_value(output).unwrap_or(Value::Null)
}

/// By what numbers are compared.
#[derive(Clone, Copy)]
enum Tolerance {
    Drawn,
    /// The tolerance that a check states itself.
    OfCheck(f64),
}

impl Tolerance {
    fn allows(self, before: f64, now: f64) -> bool {
        let difference = (before - now).abs();
        match self {
            Tolerance::OfCheck(tolerance) => difference <= tolerance,
            Tolerance::Drawn => {
                difference <= ABSOLUTE || difference <= RELATIVE * before.abs().max(now.abs())
            }
        }
    }
}

/// The first place at which two values differ, in words.
fn value_difference(before: &Value, now: &Value, tolerance: Tolerance) -> Option<String> {
    match (before, now) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64()?, b.as_f64()?);
            (!tolerance.allows(a, b)).then(|| format!("{a} became {b}"))
        }
        (Value::String(a), Value::String(b)) => text_difference(a, b, tolerance),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).find_map(|(a, b)| value_difference(a, b, tolerance))
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            let of_check = a.get("tolerance").and_then(Value::as_f64);
            let tolerance = match of_check {
                Some(stated) if a.contains_key("observed") => Tolerance::OfCheck(stated),
                _ => tolerance,
            };
            // The sentence beside a recorded check repeats its numbers.
            let repeats = |name: &str| a.contains_key(CHECKS) && name.starts_with("text/");
            a.iter().filter(|(name, _)| !repeats(name)).find_map(|(name, value)| {
                value_difference(value, &b[name], tolerance).map(|place| format!("{name}: {place}"))
            })
        }
        (a, b) => (a != b).then(|| format!("{} became {}", shortened(a), shortened(b))),
    }
}

/// Texts agree if they do between their numbers, and the numbers do to the tolerance.
fn text_difference(before: &str, now: &str, tolerance: Tolerance) -> Option<String> {
    if before == now {
        return None;
    }
    let (a, b) = (pieces(before), pieces(now));
    let differs = || format!("{:?} became {:?}", shorten(before), shorten(now));
    if a.len() != b.len() {
        return Some(differs());
    }
    a.iter().zip(&b).find_map(|pair| match pair {
        (Piece::Number(a), Piece::Number(b)) if tolerance.allows(*a, *b) => None,
        (Piece::Number(a), Piece::Number(b)) => Some(format!("{a} became {b}")),
        (Piece::Text(a), Piece::Text(b)) if a == b => None,
        _ => Some(differs()),
    })
}

enum Piece<'a> {
    Text(&'a str),
    Number(f64),
}

/// Cuts a text into numbers and what stands between them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let part_of_number =
            |character: char| character.is_ascii_digit() || ".eE+-".contains(character);
        let length = rest[start..].find(|character| !part_of_number(character));
        let end = length.map_or(rest.len(), |length| start + length);
        let signed = rest[..start].ends_with('-');
        let begin = if signed { start - 1 } else { start };
        pieces.push(Piece::Text(&rest[..begin]));
        match rest[begin..end].parse() {
            Ok(number) => pieces.push(Piece::Number(number)),
            Err(_) => pieces.push(Piece::Text(&rest[begin..end])),
        }
        rest = &rest[end..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn shortened(value: &Value) -> String {
    shorten(&value.to_string())
}

fn shorten(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differ(before: Value, now: Value) -> bool {
        value_difference(&before, &now, Tolerance::Drawn).is_some()
    }

    #[test]
    fn numbers_in_texts_are_compared_as_numbers() {
        assert!(!differ(json!("x = 1.0000001, y = -2"), json!("x = 1.0000002, y = -2")));
        assert!(differ(json!("x = 1.00001"), json!("x = 1.00002")));
        assert!(differ(json!("x = 1"), json!("x = -1")));
        assert!(differ(json!("x = 1"), json!("y = 1")));
        assert!(!differ(json!("M10.0000001,20"), json!("M10,20")));
    }

    #[test]
    fn a_check_is_compared_by_its_own_tolerance_and_by_ten_of_them_noticed() {
        let record = |observed: f64| {
            json!({ CHECKS: { "version": 1, "checks": [
                { "id": "a", "observed": observed, "expected": 0.5, "tolerance": 1e-12, "passed": true }
            ] }, "text/plain": format!("observed {observed}") })
        };
        assert!(!differ(record(0.5), record(0.5 + 5e-13)));
        assert!(differ(record(0.5), record(0.5 + 1e-11)));
    }

    #[test]
    fn what_appears_or_disappears_is_a_difference() {
        assert!(differ(json!({"a": 1}), json!({"a": 1, "b": 2})));
        assert!(differ(json!([1, 2]), json!([1])));
        assert!(differ(json!(true), json!(false)));
    }

    /// The record with one field of one of its checks moved by ten of its tolerances.
    fn moved(record: &Value, index: usize, field: &str) -> Value {
        let mut changed = record.clone();
        let check = &mut changed[CHECKS]["checks"][index];
        let tolerance = check["tolerance"].as_f64().expect("a check states its tolerance");
        check[field] = match &check[field] {
            Value::Bool(value) => json!(!value),
            Value::Number(number) => {
                let number = number.as_f64().expect("a number");
                // A check without a tolerance compares exactly.
                let step =
                    if tolerance > 0.0 { 10.0 * tolerance } else { 1e-12 * number.abs().max(1.0) };
                json!(number + step)
            }
            other => json!(format!("{other}, changed")),
        };
        changed
    }

    #[test]
    fn every_check_that_the_notebooks_record_is_noticed_when_it_moves_by_ten_tolerances() {
        let notebooks = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../notebooks");
        let mut seen = 0;
        for entry in fs_err::read_dir(notebooks).expect("the notebooks").flatten() {
            if entry.path().extension().is_none_or(|extension| extension != "ipynb") {
                continue;
            }
            let document = Document::read(&entry.path()).expect("a notebook");
            let outputs = document.notebook.cells.iter().filter_map(outputs).flatten();
            for data in outputs.map(to_value).map(|output| output["data"].clone()) {
                let count = data[CHECKS]["checks"].as_array().map_or(0, Vec::len);
                for (index, field) in
                    (0..count).flat_map(|index| [(index, "observed"), (index, "expected")])
                {
                    let changed = moved(&data, index, field);
                    let noticed = value_difference(&data, &changed, Tolerance::Drawn);
                    assert!(noticed.is_some(), "{field} of {}", data[CHECKS]["checks"][index]);
                    seen += 1;
                }
            }
        }
        assert!(seen > 0, "no notebook records a check");
    }
}
