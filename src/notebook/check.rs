//! Checks: comparisons of a cell that are recorded, so that a run of the notebook can be judged by them.

use super::bundle::{Bundle, Show, show};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The MIME type of recorded checks: `{version, checks: [...]}`.
pub const CHECKS_MIME: &str = "application/vnd.itakura-saito.checks+json";

/// The version of the record's form.
const VERSION: u32 = 1;

/// A comparison: what was found, what should be, and how far apart they may lie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// A name of the check, unique in its notebook.
    pub id: String,
    /// What is claimed, in words.
    pub claim: String,
    /// What the cell has found: a number, or a truth value.
    pub observed: Value,
    /// What it should be.
    pub expected: Value,
    /// The largest difference that passes; 0 for truth values.
    pub tolerance: f64,
    /// Whether it passed.
    pub passed: bool,
}

impl Check {
    /// Compares two numbers: passes if they differ by at most `tolerance`. A NaN never passes.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::notebook::Check;
    ///
    /// assert!(
    ///     Check::within("pi", "a good fraction", 355.0 / 113.0, std::f64::consts::PI, 1e-6).passed
    /// );
    /// // What is no number is never right.
    /// assert!(!Check::within("pi", "no number", f64::NAN, std::f64::consts::PI, 1e9).passed);
    /// ```
    pub fn within(id: &str, claim: &str, observed: f64, expected: f64, tolerance: f64) -> Check {
        Check {
            id: id.to_owned(),
            claim: claim.to_owned(),
            observed: number(observed, tolerance),
            expected: number(expected, tolerance),
            tolerance,
            passed: (observed - expected).abs() <= tolerance,
        }
    }

    /// Records whether a statement holds.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::notebook::Check;
    ///
    /// assert!(Check::holds("order", "one is less than two", 1 < 2).passed);
    /// ```
    pub fn holds(id: &str, claim: &str, observed: bool) -> Check {
        Check {
            id: id.to_owned(),
            claim: claim.to_owned(),
            observed: Value::from(observed),
            expected: Value::from(true),
            tolerance: 0.0,
            passed: observed,
        }
    }

    fn sentence(&self) -> String {
        let result = if self.passed { "holds" } else { "FAILS" };
        let mut sentence = format!("{result}: {}", self.claim);
        if !self.expected.is_boolean() {
            let Check { observed, expected, tolerance, .. } = self;
            sentence +=
                &format!(" (observed {observed}, expected {expected}, tolerance {tolerance:.1e})");
        }
        sentence
    }
}

impl Show for Check {
    fn bundle(&self) -> Bundle {
        Bundle::new(&self.sentence())
            .with(CHECKS_MIME, json!({ "version": VERSION, "checks": [self] }))
    }
}

/// A number as it is recorded: to a hundredth of the tolerance, and to 15 digits at most, so that the
/// last bits, which differ between processors, do not show. What is not finite is recorded in words.
fn number(value: f64, tolerance: f64) -> Value {
    if !value.is_finite() {
        return Value::from(value.to_string());
    }
    let magnitude = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    let resolution =
        if tolerance > 0.0 { tolerance.log10().floor() - 2.0 } else { f64::NEG_INFINITY };
    let digits = (magnitude - resolution).clamp(0.0, 14.0) as usize;
    Value::from(format!("{value:.digits$e}").parse::<f64>().unwrap_or(value))
}

/// Records that two numbers agree to a relative tolerance; a check that fails ends the cell.
///
/// # Panics
///
/// If the check fails: the cell then fails for every Jupyter tool, and keeps its variables.
#[track_caller]
pub fn check_close(id: &str, claim: &str, observed: f64, expected: f64, relative_tolerance: f64) {
    record(Check::within(id, claim, observed, expected, relative_tolerance * expected.abs()));
}

/// Records that two numbers differ by at most `tolerance`; a check that fails ends the cell.
///
/// # Panics
///
/// If the check fails: the cell then fails for every Jupyter tool, and keeps its variables.
#[track_caller]
pub fn check_within(id: &str, claim: &str, observed: f64, expected: f64, tolerance: f64) {
    record(Check::within(id, claim, observed, expected, tolerance));
}

/// Records that a statement holds; a check that fails ends the cell.
///
/// # Panics
///
/// If the check fails: the cell then fails for every Jupyter tool, and keeps its variables.
#[track_caller]
pub fn check_true(id: &str, claim: &str, holds: bool) {
    record(Check::holds(id, claim, holds));
}

#[track_caller]
fn record(check: Check) {
    show(&check);
    assert!(check.passed, "the check {} {}", check.id, check.sentence());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_passes_within_its_tolerance_and_fails_outside() {
        assert!(Check::within("a", "b", 1.0 + 1e-9, 1.0, 2e-9).passed);
        assert!(!Check::within("a", "b", 1.0 + 3e-9, 1.0, 2e-9).passed);
        assert!(!Check::within("a", "b", f64::NAN, 1.0, 1.0).passed);
        assert!(!Check::holds("a", "b", false).passed);
    }

    #[test]
    fn numbers_are_recorded_to_the_resolution_of_their_tolerance() {
        assert_eq!(number(0.123456789, 1e-3), json!(0.12346));
        assert_eq!(number(12345.678912, 1e-6), json!(12345.678912));
        assert_eq!(number(0.0, 1e-9), json!(0.0));
        assert_eq!(number(f64::INFINITY, 1.0), json!("inf"));
    }

    #[test]
    fn a_recorded_check_can_be_read_back() {
        let check = Check::within("C02.1", "V(2, 3)", 0.0721, 0.0721, 1e-12);
        let bundle = check.bundle();
        let record = bundle.get(CHECKS_MIME).unwrap();
        assert_eq!(record["version"], 1);
        let read: Check = serde_json::from_value(record["checks"][0].clone()).unwrap();
        assert_eq!(read, check);
    }
}
