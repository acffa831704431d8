//! A panel: two axes and what is drawn between them.

use serde::{Deserialize, Serialize};

use super::{Axis, Heatmap, Series, SeriesKind};

/// A line that is there to be compared with: it carries its label and is not in the legend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Guide {
    Vertical { x: f64, label: String },
    Horizontal { y: f64, label: String },
    Slope { exponent: f64, from: (f64, f64), to_x: f64, label: String },
}

/// A remark about one point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) text: String,
    /// How far right of and above the point the text begins, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<(f64, f64)>,
}

/// Two axes with everything that is drawn between them.
///
/// ```
/// use itakura_saito::figure::{Axis, Panel, Series};
///
/// let nodes: Vec<f64> = vec![10.0, 100.0, 1000.0];
/// let panel: Panel = Panel::new(Axis::logarithmic("nodes N"), Axis::logarithmic("gap"))
///     .series(Series::corrected("smallest eigenvalue", &nodes, &[1e-2, 1e-4, 1e-6]))
///     .slope(-2.0, (20.0, 1e-2), 500.0, "N<sup>−2</sup>")
///     .horizontal(1e-5, "tolerance")
///     .note(100.0, 1e-4, "the grid of Figure 8");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) heatmap: Option<Heatmap>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) series: Vec<Series>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) guides: Vec<Guide>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<Note>,
}

impl Panel {
    /// An empty panel between a horizontal and a vertical axis.
    pub fn new(x: Axis, y: Axis) -> Self {
        Self {
            title: String::new(),
            x,
            y,
            heatmap: None,
            series: Vec::new(),
            guides: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A title of its own, for one panel of several.
    pub fn title(mut self, title: &str) -> Self {
        self.title = title.to_string();
        self
    }

    /// Adds a series. At most five lines stay readable, and no more are taken.
    pub fn series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    /// Sets the field of values behind everything else.
    pub fn heatmap(mut self, heatmap: Heatmap) -> Self {
        self.heatmap = Some(heatmap);
        self
    }

    /// A vertical reference line. An empty label is left out.
    pub fn vertical(mut self, x: f64, label: &str) -> Self {
        self.guides.push(Guide::Vertical { x, label: label.to_string() });
        self
    }

    /// A horizontal reference line. An empty label is left out.
    pub fn horizontal(mut self, y: f64, label: &str) -> Self {
        self.guides.push(Guide::Horizontal { y, label: label.to_string() });
        self
    }

    /// A reference slope between two logarithmic axes: the power law of this exponent through the point
    /// `from`, drawn as far as `to_x`.
    pub fn slope(mut self, exponent: f64, from: (f64, f64), to_x: f64, label: &str) -> Self {
        self.guides.push(Guide::Slope { exponent, from, to_x, label: label.to_string() });
        self
    }

    /// A remark with an arrow to a point; the text stands towards the middle of the panel.
    pub fn note(mut self, x: f64, y: f64, text: &str) -> Self {
        self.notes.push(Note { x, y, text: text.to_string(), offset: None });
        self
    }

    /// A remark whose text begins this many pixels right of and above its point (negative: left, below).
    pub fn note_at(mut self, x: f64, y: f64, text: &str, right: f64, above: f64) -> Self {
        self.notes.push(Note { x, y, text: text.to_string(), offset: Some((right, above)) });
        self
    }
}

impl Panel {
    /// The series from the back to the front.
    pub(super) fn in_drawing_order(&self) -> Vec<&Series> {
        let mut series: Vec<&Series> = self.series.iter().collect();
        series.sort_by_key(|series| super::style::layer(series));
        series
    }

    /// Which set of bars a series is, counted from the left.
    pub(super) fn bar_index(&self, series: &Series) -> usize {
        let bars = self.series.iter().filter(|other| other.kind == SeriesKind::Bars);
        bars.take_while(|other| !std::ptr::eq(*other, series)).count()
    }
}

impl Guide {
    /// The label beside the line.
    pub(super) fn label(&self) -> &str {
        match self {
            Self::Vertical { label, .. }
            | Self::Horizontal { label, .. }
            | Self::Slope { label, .. } => label,
        }
    }

    /// The ordinate at the far end of a reference slope.
    pub(super) fn end_of_slope(exponent: f64, from: (f64, f64), to_x: f64) -> f64 {
        super::seven_digits(from.1 * (to_x / from.0).powf(exponent))
    }
}
