//! Figures of kernels with tails: the bound beside what it bounds.

use super::{ExponentialKernel, Tilt};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

impl ExponentialKernel {
    /// The entries of a power of $A$ over distance, beside the bounds of one decay length and of all.
    ///
    /// # Errors
    ///
    /// As [`ExponentialKernel::step_factor`] and [`ExponentialKernel::optimal_log_bound`].
    pub fn figure(&self, steps: usize, farthest: usize, decay_length: f64) -> Result<Figure> {
        let distances: Vec<usize> = (0..=farthest).collect();
        let places: Vec<f64> = distances.iter().map(|&distance| distance as f64).collect();
        let decades = |logarithm: f64| logarithm / 10f64.ln();
        let entry = |&d: &usize| self.log_power_entry(steps, d).map(decades);
        let entries: Vec<f64> = distances.iter().map(entry).collect::<Result<_>>()?;
        let log_factor = self.step_factor(decay_length, Tilt::Distance)?.ln();
        let one = |&d: &usize| decades(steps as f64 * log_factor - d as f64 / decay_length);
        let best = |&d: &usize| self.optimal_log_bound(steps, d).map(|(bound, _)| decades(bound));
        let one: Vec<f64> = distances.iter().map(one).collect();
        let best: Vec<f64> = distances.iter().map(best).collect::<Result<_>>()?;
        let last = distances.len() - 1;
        let finding = format!(
            "At distance {farthest} the entry is 10 to the {:.1}, the best bound is 10 to the {:.1}, and the bound with \
             ξ = {decay_length} is 10 to the {:.1}.",
            entries[last], best[last], one[last]
        );
        let panel = Panel::new(Axis::linear("distance d"), Axis::linear("log₁₀ of the entry"))
            .series(
                Series::line(&format!("bound, ξ = {decay_length}"), &places, &one)
                    .role(Role::Bound),
            )
            .series(Series::corrected("best bound", &places, &best))
            .series(Series::data(
                &format!("(A<sup>{steps}</sup>)<sub>0d</sub>, exact"),
                &places,
                &entries,
            ));
        Figure::builder("The bound stays above, and the best one close", &finding)
            .source("§12")
            .panel(panel)
            .build()
    }

    /// $e^{\mu_0 d} (A^2)\_{0d}/(w C_0)^2$ over distance: what a bound at the kernel's own rate says is bounded.
    ///
    /// # Errors
    ///
    /// As [`ExponentialKernel::log_power_entry`].
    pub fn same_rate_figure(&self, farthest: usize) -> Result<Figure> {
        let squares = self.log_power_entry(1, 0)? * 2.0;
        let value = |distance: usize| {
            let entry = self.log_power_entry(2, distance)?;
            Ok((entry - squares + self.rate() * distance as f64).exp())
        };
        let distances: Vec<f64> = (0..=farthest).map(|distance| distance as f64).collect();
        let values: Vec<f64> = (0..=farthest).map(value).collect::<Result<_>>()?;
        let level = vec![values[0]; values.len()];
        let finding = format!(
            "Multiplied by its own exponential, the square of the kernel grows from {:.2} to {:.1} at distance {farthest}.",
            values[0], values[farthest]
        );
        let panel =
            Panel::new(Axis::linear("distance d"), Axis::linear("exp(d/ξ₀) (K²)<sub>0d</sub>"))
                .series(Series::line("if the rate were kept", &distances, &level))
                .series(Series::corrected("exact", &distances, &values));
        Figure::builder("Is there a constant above this?", &finding)
            .source("§12")
            .panel(panel)
            .build()
    }
}
