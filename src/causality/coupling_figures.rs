//! Responses beside their bound and beside correlations.

use super::{Coupling, Start};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// Smaller than this, a response is drawn as if it were not there.
const SMALLEST: f64 = 1e-12;

impl Coupling {
    /// The responses to a source after so many steps over distance, and the bound of one decay length.
    ///
    /// # Errors
    ///
    /// As [`Coupling::bounds`].
    pub fn figure(&self, source: usize, steps: usize, decay_length: f64) -> Result<Figure> {
        let responses = self.by_distance(source, self.responses(source, steps)?);
        let bounds = self.by_distance(source, self.bounds(source, steps, decay_length)?);
        let visible = |values: &[f64]| -> (Vec<f64>, Vec<f64>) {
            let places = values.iter().enumerate().filter(|(_, value)| **value > SMALLEST);
            places.map(|(distance, value)| (distance as f64, *value)).unzip()
        };
        let (response_places, shown) = visible(&responses);
        let (bound_places, shown_bounds) = visible(&bounds);
        let edge = self.range() * steps;
        let finding = format!(
            "After {steps} steps the response is exactly zero beyond distance {edge}, and below the bound \
             everywhere."
        );
        let panel = Panel::new(Axis::linear("distance d"), Axis::logarithmic("response"))
            .series(
                Series::line(&format!("bound, ξ = {decay_length}"), &bound_places, &shown_bounds)
                    .role(Role::Bound),
            )
            .series(Series::data("largest response", &response_places, &shown))
            .vertical(edge as f64, "edge of the cone");
        Figure::builder("How close is the bound to the response?", &finding)
            .source("§8, Theorem 8.1")
            .panel(panel)
            .build()
    }

    /// What a node shares with one at each distance after so many steps: from independent nodes, and from
    /// a common mode.
    ///
    /// # Errors
    ///
    /// As [`Coupling::covariance`].
    pub fn correlation_figure(&self, source: usize, steps: usize) -> Result<Figure> {
        let of = |start: Start| -> Result<Vec<f64>> {
            let nodes = 0..self.graph().node_count();
            let values: Result<Vec<f64>> =
                nodes.map(|node| self.covariance(node, source, steps, start)).collect();
            Ok(self.by_distance(source, values?))
        };
        let (independent, common) = (of(Start::Independent)?, of(Start::CommonMode)?);
        let distances: Vec<f64> = (0..common.len()).map(|distance| distance as f64).collect();
        let finding = format!(
            "After {steps} steps, nodes that started independently share nothing beyond distance {}; nodes with a \
             common start share {:.3} at every distance.",
            self.range() * steps,
            common[common.len() - 1]
        );
        let panel =
            Panel::new(Axis::linear("distance d"), Axis::linear("covariance").range(-0.05, 1.25))
                .series(Series::line_with_markers("common mode", &distances, &common))
                .series(Series::corrected("independent start", &distances, &independent))
                .vertical((self.range() * steps) as f64, "edge of the cone");
        Figure::builder("What do distant nodes share?", &finding)
            .source("§8, Theorem 8.1")
            .panel(panel)
            .build()
    }

    /// The largest of some values at each distance from a node.
    fn by_distance(&self, source: usize, values: Vec<f64>) -> Vec<f64> {
        let distances = self.graph().distances(source);
        let farthest = distances.iter().copied().max().unwrap_or(0);
        let mut largest = vec![0.0_f64; farthest + 1];
        for (distance, value) in distances.into_iter().zip(values) {
            largest[distance] = largest[distance].max(value);
        }
        largest
    }
}
