//! What a run has found: a table for people, JUnit XML for machines.

use super::judge::{Complaint, without_colours};
use anyhow::{Context, Result};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::path::Path;
use std::time::Duration;

/// What became of one cell.
pub struct CellReport {
    pub identity: String,
    /// Its place among the code cells, from 1.
    pub number: usize,
    pub seconds: f64,
    pub complaints: Vec<Complaint>,
}

/// What became of one notebook.
pub struct NotebookReport {
    pub name: String,
    pub cells: Vec<CellReport>,
    /// How many code cells were not run, because one before them failed.
    pub left_out: usize,
    pub checks: usize,
    pub figures: usize,
    pub seconds: f64,
    /// What is wrong with the notebook as a whole.
    pub complaint: Option<String>,
}

impl NotebookReport {
    pub fn passed(&self) -> bool {
        self.complaint.is_none() && self.cells.iter().all(|cell| cell.complaints.is_empty())
    }

    /// Every failure, as `notebook, cell, line: reason`.
    pub fn failures(&self) -> Vec<String> {
        let mut failures: Vec<String> =
            self.complaint.iter().map(|reason| format!("{}: {reason}", self.name)).collect();
        for cell in &self.cells {
            for Complaint { line, reason } in &cell.complaints {
                let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
                let reason = without_colours(reason).replace('\n', "\n    ");
                let place =
                    format!("{}, cell {} ({}){line}", self.name, cell.number, cell.identity);
                failures.push(format!("{place}: {reason}"));
            }
        }
        failures
    }
}

/// The summary table.
pub fn table(reports: &[NotebookReport]) -> String {
    let width = reports.iter().map(|report| report.name.len()).max().unwrap_or(0).max(8);
    let mut table = format!(
        "{:width$}  {:>6} {:>7} {:>8} {:>8}  result\n",
        "notebook", "cells", "checks", "figures", "seconds"
    );
    for report in reports {
        let result = match (report.passed(), report.left_out) {
            (true, _) => "passed".to_owned(),
            (false, 0) => "FAILED".to_owned(),
            (false, left_out) => format!("FAILED ({left_out} cells not run)"),
        };
        table += &format!(
            "{:width$}  {:>6} {:>7} {:>8} {:>8.1}  {result}\n",
            report.name,
            report.cells.len(),
            report.checks,
            report.figures,
            report.seconds
        );
    }
    table
}

/// Writes the same as JUnit XML, one suite per notebook and one case per cell.
pub fn write_junit(reports: &[NotebookReport], path: &Path) -> Result<()> {
    let mut junit = Report::new("notebooks");
    for report in reports {
        let mut suite = TestSuite::new(report.name.clone());
        suite.set_time(Duration::from_secs_f64(report.seconds));
        if let Some(reason) = &report.complaint {
            suite.add_test_case(case("notebook", &report.name, std::slice::from_ref(reason), 0.0));
        }
        for cell in &report.cells {
            let reasons: Vec<String> = cell
                .complaints
                .iter()
                .map(|complaint| without_colours(&complaint.reason))
                .collect();
            suite.add_test_case(case(&cell.identity, &report.name, &reasons, cell.seconds));
        }
        junit.add_test_suite(suite);
    }
    fs_err::write(path, junit.to_string()?)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn case(name: &str, notebook: &str, reasons: &[String], seconds: f64) -> TestCase {
    let mut status = TestCaseStatus::success();
    if !reasons.is_empty() {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(reasons.join("\n"));
    }
    let mut case = TestCase::new(name, status);
    case.set_classname(notebook).set_time(Duration::from_secs_f64(seconds));
    case
}
