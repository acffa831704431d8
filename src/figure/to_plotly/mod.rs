//! The interactive rendering: a `plotly::Plot`, and the JSON that JupyterLab draws.

mod font;
mod layout;
mod slider;
mod traces;

use plotly::layout::Frame;
use plotly::{Plot, Trace, Traces};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Figure;
use super::scene::Scene;

impl Figure {
    /// The figure as plotly.js takes it: `{data, layout}`, and `frames` if there is a slider.
    ///
    /// This is the content of the MIME type `application/vnd.plotly.v1+json`.
    ///
    /// ```
    /// # use itakura_saito::figure::{Axis, Figure, Panel, Series};
    /// let panel: Panel = Panel::new(Axis::linear("x"), Axis::logarithmic("y"))
    ///     .series(Series::data("data", &[0.0, 1.0], &[0.1, 10.0]));
    /// let figure: Figure = Figure::builder("Title", "Finding.").panel(panel).build()?;
    /// let json: serde_json::Value = figure.to_plotly();
    /// assert_eq!(json["data"][0]["y"][1], 10.0);
    /// assert_eq!(json["layout"]["yaxis"]["type"], "log");
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn to_plotly(&self) -> Value {
        let scene = Scene::of(self);
        let states: Vec<Traces> =
            (0..self.frame_count()).map(|frame| traces::all(&scene, frame)).collect();
        let mut plot = Plot::new();
        states[self.start()].iter().for_each(|trace| plot.add_trace(trace.clone()));
        plot.set_layout(layout::layout(&scene));
        if self.content.slider.is_some() {
            // One by one: `add_frames` of plotly.rs 0.14 adds every frame twice.
            frames(&scene, &states).into_iter().for_each(|frame| {
                plot.add_frame(frame);
            });
        }
        plot_to_json(&plot)
    }
}

/// A `plotly::Plot` as `{data, layout}` and, if it has any, `frames`: what a notebook shows.
///
/// For a plot that was put together with plotly.rs itself; [`Figure::to_plotly`] needs no help.
///
/// ```
/// let mut plot = plotly::Plot::new();
/// plot.add_trace(plotly::Scatter::new(vec![0.0, 1.0], vec![2.0, 3.0]));
/// let json: serde_json::Value = itakura_saito::figure::plot_to_json(&plot);
/// assert_eq!(json["data"][0]["type"], "scatter");
/// assert!(json.get("frames").is_none());
/// ```
pub fn plot_to_json(plot: &Plot) -> Value {
    let mut json = to_json(plot);
    if let Value::Object(fields) = &mut json {
        fields.remove("config");
        fields.retain(|_, value| !value.is_null());
    }
    json
}

/// The types of plotly.rs hold numbers, words and lists of them: their JSON always exists.
fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("plotly.rs types serialise to JSON")
}

/// The fields of a trace that change from frame to frame.
#[derive(Clone, Serialize)]
#[serde(transparent)]
struct Change(Map<String, Value>);

impl Trace for Change {
    fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// What is different in each frame: only traces, and only fields of them, that are not the same in all.
fn frames(scene: &Scene, states: &[Traces]) -> Vec<Frame> {
    let states: Vec<Vec<Map<String, Value>>> = states.iter().map(fields).collect();
    let varying: Vec<(usize, Vec<&String>)> = (0..states[0].len())
        .map(|trace| (trace, varying_fields(&states, trace)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    let decorated: Vec<_> =
        (0..states.len()).map(|frame| layout::decoration(scene, frame)).collect();
    let decorations: Vec<Value> = decorated.iter().map(to_json).collect();
    let decorations_vary = decorations.iter().any(|decoration| *decoration != decorations[0]);
    let mut frames = Vec::with_capacity(states.len());
    for (index, (state, decoration)) in states.iter().zip(decorated).enumerate() {
        let mut data = Traces::new();
        for (trace, keys) in &varying {
            let changed = |key: &&String| {
                state[*trace].get(*key).map(|value| (key.to_string(), value.clone()))
            };
            data.push(Box::new(Change(keys.iter().filter_map(changed).collect())));
        }
        let traces = varying.iter().map(|(trace, _)| *trace).collect();
        let frame = Frame::new().name(slider::frame_name(index)).data(data).traces(traces);
        frames.push(if decorations_vary { frame.layout(decoration) } else { frame });
    }
    frames
}

fn fields(traces: &Traces) -> Vec<Map<String, Value>> {
    let fields = |trace| match to_json(trace) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    traces.iter().map(fields).collect()
}

fn varying_fields(states: &[Vec<Map<String, Value>>], trace: usize) -> Vec<&String> {
    let first = &states[0][trace];
    let varies =
        |key: &&String| states.iter().any(|state| state[trace].get(*key) != first.get(*key));
    first.keys().filter(varies).collect()
}
