//! A figure that is still being put together.

use serde::{Deserialize, Serialize};

use super::Panel;

/// One position of a slider: its label, and the panels as they look there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) label: String,
    pub(super) panels: Vec<Panel>,
}

/// A parameter that the reader moves through, in at most forty frames.
///
/// All frames travel with the figure, so the slider also works where no kernel runs. Axes and names are
/// the same in every frame; only values, reference lines and notes change. A static picture shows the first frame
/// unless [`Slider::start_at`] chooses another: the one that the finding of the figure describes, and names.
///
/// ```
/// use itakura_saito::figure::{Axis, Panel, Series, Slider};
///
/// let mut slider: Slider = Slider::new("mass m");
/// for mass in [0.5, 1.0, 2.0] {
///     let decay: Vec<f64> = (0..5).map(|x| (-mass * f64::from(x)).exp()).collect();
///     let panel: Panel = Panel::new(Axis::linear("distance x"), Axis::linear("G(x)"))
///         .series(Series::corrected("propagator", &[0.0, 1.0, 2.0, 3.0, 4.0], &decay));
///     slider = slider.frame(&mass.to_string(), vec![panel]);
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slider {
    pub(super) name: String,
    #[serde(default)]
    pub(super) start: usize,
    pub(super) frames: Vec<Frame>,
}

impl Slider {
    /// A slider over the quantity `name`, without frames yet.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_string(), start: 0, frames: Vec::new() }
    }

    /// Adds a frame: the value of the quantity as it is shown, and the panels as they look there.
    pub fn frame(mut self, label: &str, panels: Vec<Panel>) -> Self {
        self.frames.push(Frame { label: label.to_string(), panels });
        self
    }

    /// The frame that is shown first, and in a static picture; counted from zero. The finding names its label.
    pub fn start_at(mut self, frame: usize) -> Self {
        self.start = frame;
        self
    }
}

/// A figure that is still being put together; [`FigureBuilder::build`] checks it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureBuilder {
    pub(super) title: String,
    pub(super) finding: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) source: String,
    pub(super) columns: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) panels: Vec<Panel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) slider: Option<Slider>,
}

impl FigureBuilder {
    pub(super) fn new(title: &str, finding: &str) -> Self {
        Self {
            title: title.to_string(),
            finding: finding.to_string(),
            source: String::new(),
            columns: 1,
            panels: Vec::new(),
            slider: None,
        }
    }

    /// Where in the paper the figure belongs, for example `"§4, Figure 1"`.
    pub fn source(mut self, source: &str) -> Self {
        self.source = source.to_string();
        self
    }

    /// Adds a panel. Beside a slider, these panels stand still and come first.
    pub fn panel(mut self, panel: Panel) -> Self {
        self.panels.push(panel);
        self
    }

    /// How many panels stand side by side (one, unless said otherwise). They share the width of 720
    /// pixels; a row of several is 300 pixels high.
    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    /// Adds panels that change with a slider.
    pub fn slider(mut self, slider: Slider) -> Self {
        self.slider = Some(slider);
        self
    }
}
