//! Response, correlation, speed of the support and speed at a threshold, in one picture.

use super::cone::threshold_name;
use super::{GradientStep, LightCone};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// The four words that are easily confused, for one node and one step map.
///
/// Left, after so many steps: the response of each node to the source, and its covariance with the source if
/// all nodes had started with the same random number. Right: when the support arrives at each distance, and
/// when a response above a threshold does.
///
/// ```
/// use itakura_saito::causality::{Graph, GradientStep, LocalKernel, four_words_figure};
/// use itakura_saito::figure::Figure;
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
/// let step: GradientStep = GradientStep::new(&kernel, &[1.0; 12], 0.5)?;
/// let figure: Figure = four_words_figure(&step, 0, 4, 1e-3)?;
/// assert!(figure.to_text().contains("exactly zero beyond distance 4"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a node that does not exist.
pub fn four_words_figure(
    step: &GradientStep,
    source: usize,
    steps: usize,
    threshold: f64,
) -> Result<Figure> {
    let graph = step.kernel().graph();
    let source = graph.checked("the source", source)?;
    let distances = graph.distances(source);
    let farthest = distances.iter().copied().max().unwrap_or(0);
    let range = step.kernel().range().max(1);
    let cone = LightCone::new(step, source, steps.max(farthest.div_ceil(range)) + farthest)?;
    let common = step.repeated(&vec![1.0; graph.node_count()], steps)?;
    let places: Vec<f64> = distances.iter().map(|&distance| distance as f64).collect();
    let sizes = |value: &dyn Fn(usize) -> f64| -> Vec<f64> {
        (0..graph.node_count()).map(|node| value(node).abs()).collect()
    };
    let response = sizes(&|node| cone.response(steps, node));
    let covariance = sizes(&|node| common[node]);
    let after = Panel::new(Axis::linear("distance d"), Axis::linear("size"))
        .title(&format!("after {steps} steps"))
        .series(Series::data("response", &places, &response))
        .series(Series::markers("correlation, common start", &places, &covariance));
    let split = |threshold: f64| -> (Vec<f64>, Vec<f64>) {
        let arrivals = cone.arrivals(threshold).into_iter();
        arrivals.map(|(distance, time)| (distance as f64, time as f64)).unzip()
    };
    let (support, threshold_times) = (split(0.0), split(threshold));
    let when = Panel::new(Axis::linear("distance d"), Axis::linear("first step"))
        .title("arrivals")
        .series(Series::corrected("support", &support.0, &support.1))
        .series(Series::line_with_markers(
            &threshold_name(threshold),
            &threshold_times.0,
            &threshold_times.1,
        ));
    let finding = format!(
        "After {steps} steps the response is exactly zero beyond distance {}, while nodes with a common start are \
         correlated at every distance; the support arrives at one pace, a threshold at another.",
        range * steps
    );
    Figure::builder("Four words: response, correlation, and two speeds", &finding)
        .source("§8, §10")
        .columns(2)
        .panel(after)
        .panel(when)
        .build()
}
