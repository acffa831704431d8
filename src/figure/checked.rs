//! From an unchecked collection of panels to a figure that can always be drawn.

use serde::{Deserialize, Serialize};

use super::panel::Guide;
use super::{FigureBuilder, Panel, rounding, text, validate};
use crate::Result;

impl FigureBuilder {
    /// Checks everything and rounds every number to seven digits; from here on drawing cannot fail.
    ///
    /// # Errors
    ///
    /// The variants of [`enum@crate::Error`] whose names begin with `Figure`: a value that is NaN or
    /// infinite, or not positive on a logarithmic axis; lists of different lengths; an empty series or
    /// figure; more than five lines in a panel, eight panels or forty frames; a missing text or one in
    /// LaTeX; an empty range; limits in the wrong order; frames that differ in more than their values; a
    /// first frame that the finding does not name.
    ///
    /// ```
    /// use itakura_saito::Error;
    /// use itakura_saito::figure::{Axis, Figure, Panel, Series};
    ///
    /// let panel: Panel = Panel::new(Axis::linear("x"), Axis::logarithmic("loss"))
    ///     .series(Series::data("loss", &[1.0, 2.0], &[0.5, 0.0]));
    /// let error: Error = Figure::builder("Title", "Finding.").panel(panel).build().unwrap_err();
    /// assert!(error.to_string().contains("`loss`") && error.to_string().contains("is 0"));
    /// ```
    pub fn build(mut self) -> Result<Figure> {
        validate::check(&self)?;
        let moving = self.slider.iter_mut().flat_map(|slider| &mut slider.frames);
        let moving = moving.flat_map(|frame| &mut frame.panels);
        self.panels.iter_mut().chain(moving).for_each(round_panel);
        Ok(Figure { content: self })
    }
}

fn round_panel(panel: &mut Panel) {
    for axis in [&mut panel.x, &mut panel.y] {
        axis.range = axis.range.map(rounding::round_pair);
    }
    for note in &mut panel.notes {
        (note.x, note.y) = rounding::round_pair((note.x, note.y));
    }
    for guide in &mut panel.guides {
        match guide {
            Guide::Vertical { x: value, .. } | Guide::Horizontal { y: value, .. } => {
                *value = rounding::seven_digits(*value);
            }
            Guide::Slope { from, to_x, .. } => {
                *from = rounding::round_pair(*from);
                *to_x = rounding::seven_digits(*to_x);
            }
        }
    }
    for series in &mut panel.series {
        rounding::round_all(&mut series.x);
        rounding::round_all(&mut series.y);
        if let Some(interval) = &mut series.interval {
            rounding::round_all(&mut interval.lower);
            rounding::round_all(&mut interval.upper);
        }
    }
    if let Some(heatmap) = &mut panel.heatmap {
        rounding::round_all(&mut heatmap.x);
        rounding::round_all(&mut heatmap.y);
        heatmap.rows.iter_mut().for_each(|row| rounding::round_all(row));
    }
}

/// A checked figure: data first, drawn as Plotly JSON, as SVG or as a sentence.
///
/// ```
/// use itakura_saito::figure::{Axis, Figure, Panel, Series};
///
/// let x: Vec<f64> = vec![0.0, 1.0, 2.0];
/// let panel: Panel = Panel::new(Axis::linear("distance x").unit("sites"), Axis::linear("G(x) − G(0)"))
///     .series(Series::as_printed("as printed", &x, &[0.0, -1.0, -2.0]))
///     .series(Series::corrected("corrected", &x, &[0.0, -0.5, -1.0]));
/// let figure: Figure =
///     Figure::builder("The printed slope is twice too steep", "The corrected line falls by one half per site.")
///         .source("§4, Figure 1")
///         .panel(panel)
///         .build()?;
///
/// assert_eq!(figure.to_text(), "The corrected line falls by one half per site.");
/// assert!(figure.to_svg().starts_with("<svg"));
/// assert_eq!(figure.to_plotly()["data"][1]["name"], "corrected");
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FigureBuilder", into = "FigureBuilder")]
pub struct Figure {
    pub(super) content: FigureBuilder,
}

impl Figure {
    /// Starts a figure. `title` says what is found; `finding` is the one sentence that a reader who
    /// cannot see the figure hears instead of it.
    ///
    /// Texts are Unicode, with `<sup>` and `<sub>` where Unicode has no character; LaTeX is refused,
    /// because JupyterLab shows nothing at all in its place.
    pub fn builder(title: &str, finding: &str) -> FigureBuilder {
        FigureBuilder::new(title, finding)
    }

    /// The title: what is found.
    pub fn title(&self) -> &str {
        &self.content.title
    }

    /// The place in the paper, or nothing.
    pub fn source(&self) -> &str {
        &self.content.source
    }

    /// How many positions the slider has; a figure without a slider has one.
    pub fn frame_count(&self) -> usize {
        self.content.slider.as_ref().map_or(1, |slider| slider.frames.len())
    }

    /// The finding, as one sentence without markup: the text form of the figure.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::figure::{Axis, Figure, Panel, Series};
    ///
    /// let panel = Panel::new(Axis::linear("x"), Axis::linear("y")).series(Series::line(
    ///     "parabola",
    ///     &[0.0, 1.0, 2.0],
    ///     &[0.0, 1.0, 4.0],
    /// ));
    /// let figure =
    ///     Figure::builder("A parabola", "The curve y = x<sup>2</sup> is convex.").panel(panel);
    /// assert!(!figure.build()?.to_text().contains("<sup>"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn to_text(&self) -> String {
        text::plain(&self.content.finding)
    }

    /// Which frame a static picture shows, if there are several.
    pub(super) fn frame_sentence(&self) -> Option<String> {
        let slider = self.content.slider.as_ref()?;
        let (label, count) = (&slider.frames[slider.start].label, slider.frames.len());
        Some(format!("Shown: {} = {label} (frame {} of {count})", slider.name, slider.start + 1))
    }

    /// The frame that is shown first.
    pub(super) fn start(&self) -> usize {
        self.content.slider.as_ref().map_or(0, |slider| slider.start)
    }

    /// All panels as they look in one frame: those that stand still, then those that move.
    pub(super) fn panels(&self, frame: usize) -> Vec<&Panel> {
        let moving = self.content.slider.iter().flat_map(|slider| &slider.frames[frame].panels);
        self.content.panels.iter().chain(moving).collect()
    }
}

impl TryFrom<FigureBuilder> for Figure {
    type Error = crate::Error;

    fn try_from(builder: FigureBuilder) -> Result<Self> {
        builder.build()
    }
}

impl From<Figure> for FigureBuilder {
    fn from(figure: Figure) -> Self {
        figure.content
    }
}
