//! How the feedback on an answer is shown: a box in the cell's output, and a record for the runner.

use super::answer::Feedback;
use crate::notebook::{Bundle, CHECKS_MIME, Check, Show};
use serde_json::Value;

/// What is said about the answer to one exercise.
pub(super) struct Told<'a> {
    pub(super) id: &'a str,
    pub(super) feedback: Feedback,
}

const NOTHING: &str = "Replace `None` by `Some(your answer)`, and run this cell again.";

impl Show for Told<'_> {
    /// The classes are JupyterLab's own, which have colours for light and for dark themes; the word at
    /// the front says the same without colour.
    fn bundle(&self) -> Bundle {
        let (class, heading, words) = match &self.feedback {
            Feedback::Missing => ("info", "Nothing yet.", NOTHING),
            Feedback::Right(words) => ("success", "Right.", words.as_str()),
            Feedback::Close(words) => ("warning", "Close.", words.as_str()),
            Feedback::NotYet(words) => ("danger", "Not yet.", words.as_str()),
        };
        let html =
            format!("<div class=\"alert alert-{class}\">\n\n**{heading}** {words}\n\n</div>");
        let bundle = Bundle::new(&format!("{heading} {}", words.replace('`', "")))
            .with("text/markdown", Value::from(html));
        match self.record() {
            Some(record) => bundle.with(CHECKS_MIME, record),
            None => bundle,
        }
    }
}

impl Told<'_> {
    /// An answer that is there is recorded, whether it is right or not; it says nothing about the
    /// expected one.
    fn record(&self) -> Option<Value> {
        let right = match self.feedback {
            Feedback::Missing => return None,
            Feedback::Right(_) => true,
            Feedback::Close(_) | Feedback::NotYet(_) => false,
        };
        Check::holds(self.id, "the answer is right", right).bundle().get(CHECKS_MIME).cloned()
    }
}
