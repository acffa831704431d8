//! What a class has earned: CSV for people and their spreadsheets, JUnit XML for machines.

use super::exercise::Exercise;
use anyhow::{Context, Result};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::path::Path;
use std::time::Duration;

/// What became of one exercise of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub exercise: String,
    /// The points earned; none if a person has to read the answer.
    pub earned: Option<f64>,
    pub points: f64,
    /// Why there are no points.
    pub reason: String,
    /// What the student saw; of an answer in prose, the answer.
    pub feedback: String,
    pub seconds: f64,
}

impl Score {
    /// No points, and why.
    pub fn none(exercise: &Exercise, reason: &str) -> Score {
        if exercise.is_in_prose() {
            return Score { reason: reason.to_owned(), ..Score::to_be_read(exercise, "") };
        }
        Score {
            exercise: exercise.name(),
            earned: Some(0.0),
            points: exercise.points,
            reason: reason.to_owned(),
            feedback: String::new(),
            seconds: 0.0,
        }
    }

    /// All points.
    pub fn full(exercise: &Exercise, feedback: &str, seconds: f64) -> Score {
        let feedback = feedback.to_owned();
        Score { earned: Some(exercise.points), feedback, seconds, ..Score::none(exercise, "") }
    }

    /// An answer that no program judges.
    pub fn to_be_read(exercise: &Exercise, answer: &str) -> Score {
        Score {
            exercise: exercise.name(),
            earned: None,
            points: exercise.points,
            reason: "to be read by a person".to_owned(),
            feedback: answer.to_owned(),
            seconds: 0.0,
        }
    }
}

/// The scores of one student in one notebook.
pub struct Graded {
    pub student: String,
    pub notebook: String,
    pub scores: Vec<Score>,
}

impl Graded {
    /// The points earned, and those that could be.
    pub fn total(&self) -> (f64, f64) {
        let judged = || self.scores.iter().filter(|score| score.earned.is_some());
        let earned = judged().filter_map(|score| score.earned).sum();
        (earned, judged().map(|score| score.points).sum())
    }
}

/// A row for each exercise of each submission.
pub fn write_csv(all: &[Graded], path: &Path) -> Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "student", "notebook", "exercise", "score", "points", "reason", "feedback", "seconds",
    ])?;
    for Graded { student, notebook, scores } in all {
        for Score { exercise, earned, points, reason, feedback, seconds } in scores {
            writer.write_record([
                &as_text(student),
                &as_text(notebook),
                exercise,
                &earned.map(|earned| earned.to_string()).unwrap_or_default(),
                &points.to_string(),
                &as_text(reason),
                &as_text(feedback),
                &format!("{seconds:.1}"),
            ])?;
        }
    }
    fs_err::write(path, writer.into_inner().context("the scores cannot be put in order")?)?;
    Ok(())
}

/// A text that no spreadsheet takes for a formula, and without characters that only steer a terminal: some of
/// it was written by students.
fn as_text(text: &str) -> String {
    let is_seen = |c: &char| !c.is_control() || ['\n', '\t', '\r'].contains(c);
    let seen: String = text.chars().filter(is_seen).collect();
    if seen.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{seen}") } else { seen }
}

/// A suite for each submission, and a case for each exercise.
pub fn write_junit(all: &[Graded], path: &Path) -> Result<()> {
    let mut junit = Report::new("grades");
    for Graded { student, notebook, scores } in all {
        let mut suite = TestSuite::new(format!("{student}/{notebook}"));
        for score in scores {
            let mut status = match score.earned {
                None => TestCaseStatus::skipped(),
                Some(earned) if earned < score.points => {
                    TestCaseStatus::non_success(NonSuccessKind::Failure)
                }
                Some(_) => TestCaseStatus::success(),
            };
            if !score.reason.is_empty() {
                status.set_message(score.reason.as_str());
            }
            let mut case = TestCase::new(score.exercise.as_str(), status);
            case.set_classname(format!("{student}/{notebook}"))
                .set_time(Duration::from_secs_f64(score.seconds))
                .set_system_out(score.feedback.as_str());
            suite.add_test_case(case);
        }
        junit.add_test_suite(suite);
    }
    fs_err::write(path, junit.to_string()?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_student_is_no_formula_of_a_spreadsheet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scores.csv");
        let score = Score {
            exercise: "03-area".to_owned(),
            earned: Some(0.5),
            points: 2.0,
            reason: "it says \"no\", twice".to_owned(),
            feedback: "=1+1\nmore".to_owned(),
            seconds: 0.25,
        };
        let read = Score { earned: None, ..score.clone() };
        let (student, notebook) = ("ada".to_owned(), "03".to_owned());
        let graded = Graded { student, notebook, scores: vec![score, read] };
        assert_eq!(graded.total(), (0.5, 2.0));
        write_csv(&[graded], &path).unwrap();
        assert_eq!(
            fs_err::read_to_string(&path).unwrap(),
            "student,notebook,exercise,score,points,reason,feedback,seconds\n\
             ada,03,03-area,0.5,2,\"it says \"\"no\"\", twice\",\"'=1+1\nmore\",0.2\n\
             ada,03,03-area,,2,\"it says \"\"no\"\", twice\",\"'=1+1\nmore\",0.2\n"
        );
    }
}
