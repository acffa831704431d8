//! What is drawn in a panel: curves, points, bars, bands, and a field of values as colours.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// What a series stands for. The look of a role is the same in every figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// No fixed meaning: the next free colour of the palette, with a dash and a marker of its own.
    #[default]
    Plain,
    /// A statement as the paper prints it: grey, dashed.
    AsPrinted,
    /// The statement as it should read: blue, solid.
    Corrected,
    /// Measured or sampled values: black points.
    Data,
    /// A bound: orange band.
    Bound,
    /// The Itakura-Saito loss beside the squared error: blue, solid, in every notebook.
    ItakuraSaito,
    /// The squared error beside the Itakura-Saito loss: vermilion, in every notebook.
    SquaredError,
    /// The squared logarithm beside the two: dark green, dotted.
    SquaredLogarithm,
    /// What is computed on the items that a network is trained on.
    Training,
    /// What is computed on the items that it has not seen.
    Validation,
    /// Computed in 32 bits.
    SinglePrecision,
    /// Computed in 64 bits.
    DoublePrecision,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// Points joined in the order in which they are given.
    Line,
    /// Points alone.
    Markers,
    /// Points joined, each one visible.
    LineWithMarkers,
    /// A bar from zero (from the lower border of a logarithmic axis) to each value.
    Bars,
    /// The area between a lower and an upper curve.
    Band,
}

/// Lower and upper limit of each point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Interval {
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

/// A named set of points and the way they are drawn.
///
/// Nothing is checked here; [`FigureBuilder::build`](super::FigureBuilder::build) checks the whole
/// figure and names the series and the value at fault.
///
/// ```
/// use itakura_saito::figure::{Role, Series};
///
/// let steps: Vec<f64> = vec![1.0, 2.0, 4.0];
/// let printed: Series = Series::line("as printed", &steps, &[1.0, 0.5, 0.25]).role(Role::AsPrinted);
/// let sampled: Series = Series::data("3 seeds", &steps, &[0.9, 0.6, 0.2]).errors(&[0.1, 0.1, 0.05]);
/// let bound: Series = Series::bound("bound", &steps, &[0.0; 3], &[1.5, 1.0, 0.5]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) kind: SeriesKind,
    pub(super) x: Vec<f64>,
    /// Empty for a band, which has limits only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) y: Vec<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) interval: Option<Interval>,
}

impl Series {
    /// A line through the points.
    pub fn line(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::new(name, SeriesKind::Line, x, y)
    }

    /// The points alone.
    pub fn markers(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::new(name, SeriesKind::Markers, x, y)
    }

    /// A line with a marker at each point.
    pub fn line_with_markers(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::new(name, SeriesKind::LineWithMarkers, x, y)
    }

    /// Bars of the given heights. Several sets of bars in a panel stand side by side.
    pub fn bars(name: &str, x: &[f64], height: &[f64]) -> Self {
        Self::new(name, SeriesKind::Bars, x, height)
    }

    /// The area between two curves, for an uncertainty that has no central curve.
    pub fn band(name: &str, x: &[f64], lower: &[f64], upper: &[f64]) -> Self {
        Self::new(name, SeriesKind::Band, x, &[]).interval(lower, upper)
    }

    /// What the paper prints: [`Series::line`] with [`Role::AsPrinted`].
    pub fn as_printed(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::line(name, x, y).role(Role::AsPrinted)
    }

    /// What it should read: [`Series::line`] with [`Role::Corrected`].
    pub fn corrected(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::line(name, x, y).role(Role::Corrected)
    }

    /// Measured or sampled values: [`Series::markers`] with [`Role::Data`].
    pub fn data(name: &str, x: &[f64], y: &[f64]) -> Self {
        Self::markers(name, x, y).role(Role::Data)
    }

    /// A bound: [`Series::band`] with [`Role::Bound`].
    pub fn bound(name: &str, x: &[f64], lower: &[f64], upper: &[f64]) -> Self {
        Self::band(name, x, lower, upper).role(Role::Bound)
    }

    /// Gives the series a meaning, and with it a fixed look.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// The uncertainty of each value, as a half width (`value - error` to `value + error`): a band
    /// around a line, error bars on markers and bars.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::figure::{Axis, Figure, Panel, Series};
    ///
    /// // One half width for each value.
    /// let build = |errors: &[f64]| {
    ///     let series = Series::markers("measured", &[1.0, 2.0], &[3.0, 4.0]).errors(errors);
    ///     let panel = Panel::new(Axis::linear("x"), Axis::linear("y")).series(series);
    ///     Figure::builder("Two values", "The second is larger.").panel(panel).build()
    /// };
    /// assert!(build(&[0.1, 0.2]).is_ok());
    /// assert!(build(&[0.1]).is_err());
    /// ```
    pub fn errors(self, error: &[f64]) -> Self {
        // A list of the wrong length keeps its length, for `build` to find and name.
        let value_at = |index: usize| self.y.get(index).copied().unwrap_or(0.0);
        let lower: Vec<f64> = error.iter().enumerate().map(|(i, e)| value_at(i) - e).collect();
        let upper: Vec<f64> = error.iter().enumerate().map(|(i, e)| value_at(i) + e).collect();
        self.interval(&lower, &upper)
    }

    /// The uncertainty of each value, as a lower and an upper limit.
    pub fn interval(mut self, lower: &[f64], upper: &[f64]) -> Self {
        self.interval = Some(Interval { lower: lower.to_vec(), upper: upper.to_vec() });
        self
    }

    fn new(name: &str, kind: SeriesKind, x: &[f64], y: &[f64]) -> Self {
        Self {
            name: name.to_string(),
            role: Role::Plain,
            kind,
            x: x.to_vec(),
            y: y.to_vec(),
            interval: None,
        }
    }

    pub(super) fn has_line(&self) -> bool {
        matches!(self.kind, SeriesKind::Line | SeriesKind::LineWithMarkers)
    }

    pub(super) fn has_markers(&self) -> bool {
        matches!(self.kind, SeriesKind::Markers | SeriesKind::LineWithMarkers)
    }

    /// The limits, where they are drawn as an area.
    pub(super) fn area(&self) -> Option<&Interval> {
        self.interval.as_ref().filter(|_| self.has_line() || self.kind == SeriesKind::Band)
    }

    /// The limits, where they are drawn as bars on the points.
    pub(super) fn error_bars(&self) -> Option<&Interval> {
        self.interval
            .as_ref()
            .filter(|_| matches!(self.kind, SeriesKind::Markers | SeriesKind::Bars))
    }

    /// The outline of the area: along the upper limit and back along the lower one.
    pub(super) fn outline(&self, area: &Interval) -> (Vec<f64>, Vec<f64>) {
        let x = self.x.iter().chain(self.x.iter().rev());
        let y = area.upper.iter().chain(area.lower.iter().rev());
        (x.copied().collect(), y.copied().collect())
    }
}

/// A field of values on a grid, shown as colours with a colour bar.
///
/// ```
/// use itakura_saito::figure::Heatmap;
/// use ndarray::array;
///
/// // Two rows (y = 0 and 1), three columns (x = 0, 1 and 2).
/// let response: Heatmap =
///     Heatmap::new("response", &[0.0, 1.0, 2.0], &[0.0, 1.0], &array![[1.0, 0.5, 0.1], [0.5, 1.0, 0.5]]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heatmap {
    pub(super) name: String,
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) rows: Vec<Vec<f64>>,
}

impl Heatmap {
    /// `values[[row, column]]` is the value at `y[row]`, `x[column]`; `x` and `y` are cell centres and
    /// increase. `name` is the title of the colour bar: the quantity, with its unit in brackets.
    pub fn new(name: &str, x: &[f64], y: &[f64], values: &Array2<f64>) -> Self {
        Self {
            name: name.to_string(),
            x: x.to_vec(),
            y: y.to_vec(),
            rows: values.rows().into_iter().map(|row| row.to_vec()).collect(),
        }
    }
}
