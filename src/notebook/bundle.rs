//! Showing something in a cell: one bundle of forms, from which the reader's program takes the richest.

use super::marker;
use crate::Result;
use crate::figure::Figure;
use serde_json::{Map, Value, json};
use std::io::Write;

/// The MIME type of an interactive figure.
#[cfg(feature = "plotly")]
const PLOTLY: &str = "application/vnd.plotly.v1+json";

/// The forms of one thing to show, by MIME type.
///
/// # Examples
///
/// ```
/// use itakura_saito::notebook::Bundle;
/// use serde_json::json;
///
/// let bundle = Bundle::new("one half").with("text/markdown", json!("**one half**"));
/// assert_eq!(bundle.get("text/plain"), Some(&json!("one half")));
/// assert_eq!(bundle.get("image/svg+xml"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bundle(Map<String, Value>);

impl Bundle {
    /// A bundle with its text form, which every program can show.
    pub fn new(text: &str) -> Bundle {
        Bundle::default().with("text/plain", Value::from(text))
    }

    /// Adds a form.
    pub fn with(mut self, mime_type: &str, content: Value) -> Bundle {
        self.0.insert(mime_type.to_owned(), content);
        self
    }

    /// The form of a MIME type, if it is there.
    pub fn get(&self, mime_type: &str) -> Option<&Value> {
        self.0.get(mime_type)
    }

    /// Shows it by the means of the project's kernel: at once, and beside what the cell shows else.
    fn send(&self, kind: &str, identity: Option<&str>) {
        let transient = match identity {
            Some(identity) => json!({ "display_id": identity }),
            None => json!({}),
        };
        marker::send(kind, &json!({ "data": self.0, "metadata": {}, "transient": transient }));
    }

    /// Shows it by the means of a stock evcxr kernel: when the cell ends, and in one bundle with what
    /// else it shows, of which the last form of a type remains.
    fn print(&self) {
        let mut stdout = std::io::stdout().lock();
        for (mime_type, content) in &self.0 {
            let text = match content {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            // A kernel that is gone reads nothing; there is nobody left to tell.
            let _ = write!(stdout, "EVCXR_BEGIN_CONTENT {mime_type}\n{text}\nEVCXR_END_CONTENT\n");
        }
        let _ = stdout.flush();
    }
}

/// Something that a cell can show.
///
/// # Examples
///
/// ```
/// use itakura_saito::notebook::{Bundle, Show};
///
/// struct Loss(f64);
/// impl Show for Loss {
///     fn bundle(&self) -> Bundle {
///         Bundle::new(&format!("loss {:.2}", self.0))
///     }
/// }
/// assert!(Loss(0.5).bundle().get("text/plain").is_some_and(|text| text == "loss 0.50"));
/// ```
pub trait Show {
    /// Its forms.
    fn bundle(&self) -> Bundle;
}

/// A figure is interactive where Plotly is, a drawing where it is not, and a sentence everywhere.
/// There is no `text/html`: static viewers would prefer it to the drawing, and show nothing.
impl Show for Figure {
    fn bundle(&self) -> Bundle {
        let bundle = Bundle::new(&self.to_text()).with("image/svg+xml", Value::from(self.to_svg()));
        #[cfg(feature = "plotly")]
        let bundle = bundle.with(PLOTLY, self.to_plotly());
        bundle
    }
}

/// A plot of the plotly crate, for those who need what [`Figure`] does not have. It has no drawing, so
/// a static viewer shows the sentence only.
#[cfg(feature = "plotly")]
impl Show for plotly::Plot {
    fn bundle(&self) -> Bundle {
        let content = crate::figure::plot_to_json(self);
        Bundle::new("A Plotly figure, shown where Plotly is available.").with(PLOTLY, content)
    }
}

/// A number, or the reason why there is none: for a cell in which the refusal is the lesson. Where it is
/// not, write `?`, which makes it an error.
impl Show for Result<f64> {
    fn bundle(&self) -> Bundle {
        match self {
            Ok(number) => Bundle::new(&number.to_string()),
            Err(error) => Bundle::new(&error.to_string()),
        }
    }
}

impl Show for Bundle {
    fn bundle(&self) -> Bundle {
        self.clone()
    }
}

/// Shows something in the cell that is running.
///
/// On the project's kernel each call gives its own output, at once. On a stock evcxr kernel all calls
/// of a cell share one output, in which the last figure remains.
pub fn show(item: &dyn Show) {
    let bundle = item.bundle();
    if marker::understood() { bundle.send("display", None) } else { bundle.print() }
}

/// An output that changes in place while the cell runs.
///
/// On a stock evcxr kernel only its last state is shown, when the cell ends.
#[derive(Debug)]
pub struct Live {
    identity: String,
}

impl Live {
    /// Shows the first state.
    pub fn start(item: &dyn Show) -> Live {
        // Statics are new in every cell, so a counter would repeat itself; the clock does not.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let live = Live { identity: format!("live-{}", now.unwrap_or_default().as_nanos()) };
        live.show("display", item);
        live
    }

    /// Replaces what is shown.
    pub fn update(&self, item: &dyn Show) {
        self.show("update_display", item);
    }

    fn show(&self, kind: &str, item: &dyn Show) {
        let bundle = item.bundle();
        if marker::understood() { bundle.send(kind, Some(&self.identity)) } else { bundle.print() }
    }
}
