//! Figure 5: the soft light cone.

use ndarray::Array2;

use crate::Result;
use crate::causality::ExponentialKernel;
use crate::figure::{Axis, Figure, Heatmap, Panel, Series};

const FARTHEST: i32 = 6;
const LAST: usize = 7;
/// Read off the sizes of the printed dots.
const SPEED: f64 = 1.2;
const DECAY_LENGTH: f64 = 1.5;

/// Figure 5 as printed: the sizes of its dots, which are $\min(1, e^{-(|i| - 1.2\\,t)/1.5})$.
///
/// That is the bound of section 12 itself, with a speed and a length that no kernel was asked for.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_5() -> Result<Figure> {
    let size = |distance: f64, time: f64| ((SPEED * time - distance) / DECAY_LENGTH).exp().min(1.0);
    let values = field(|distance, step| Ok(size(distance as f64, step as f64)))?;
    draw(
        "As printed: the size of a dot is the bound, not a response",
        "The printed dots follow the formula of the bound, with v = 1.2 and ξ = 1.5.",
        panel(Heatmap::new("size of the dot", &sites(), &steps(), &values)),
    )
}

/// Figure 5 from data: $\log_{10} (A^t)\_{0i}$ for the kernel $e^{-|i - j|}$ and targets of $1.5$, whose row sums are just
/// below one.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_5_corrected() -> Result<Figure> {
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.5)?;
    let values = field(|distance, step| match (step, distance) {
        (0, 0) => Ok(0.0),
        // Before the first step the matrix is the identity: the colour of nothing.
        (0, _) => Ok(FLOOR),
        _ => Ok(kernel.log_power_entry(step, distance)? / 10f64.ln()),
    })?;
    let heatmap = Heatmap::new("log₁₀ (A<sup>t</sup>)<sub>0i</sub>", &sites(), &steps(), &values);
    let others: Vec<f64> = sites().into_iter().filter(|site| *site != 0.0).collect();
    draw(
        "A soft cone from a kernel with tails",
        "From the first step on every site responds; the response falls by a decade every 2.3 nodes at first, and \
         more slowly later.",
        panel(heatmap).series(Series::markers("exactly zero", &others, &vec![0.0; others.len()])),
    )
}

/// Drawn where the entry is exactly zero.
const FLOOR: f64 = -5.0;

fn sites() -> Vec<f64> {
    (-FARTHEST..=FARTHEST).map(f64::from).collect()
}

fn steps() -> Vec<f64> {
    (0..=LAST).map(|step| step as f64).collect()
}

/// A value for each step, in rows, and each site.
fn field(value: impl Fn(usize, usize) -> Result<f64>) -> Result<Array2<f64>> {
    let mut values = Array2::zeros((LAST + 1, sites().len()));
    for ((step, column), place) in values.indexed_iter_mut() {
        *place = value(column.abs_diff(FARTHEST as usize), step)?;
    }
    Ok(values)
}

fn panel(heatmap: Heatmap) -> Panel {
    Panel::new(Axis::linear("site i − j"), Axis::linear("step t")).heatmap(heatmap)
}

fn draw(title: &str, finding: &str, panel: Panel) -> Result<Figure> {
    Figure::builder(title, finding).source("§10, Figure 5").panel(panel).build()
}
