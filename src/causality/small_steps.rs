//! The same training time in more and smaller steps: the cone dissolves.

use super::{GradientStep, Graph, LiebRobinson, LocalKernel};
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::{Error, Result};

/// Distances that are followed; the chain is so long that its ends are not felt.
const FARTHEST: usize = 20;
const NODES: usize = 81;
/// Below this, nothing is drawn.
const SMALLEST: f64 = 1e-14;

/// The response over distance at the training time $\tau = \eta t$, for several numbers of steps $t$, beside the
/// limit $e^{-\alpha\tau} I_d(2\beta\tau)$, on a long chain with targets of one.
///
/// # Errors
///
/// [`Error::NotPositive`] for a time that is not positive; [`Error::TooFew`] for a number of steps that is zero;
/// those of [`LocalKernel::by_distance`] and [`LiebRobinson::gradient_flow`]; [`Error::FigureTooMany`] for more
/// than four numbers of steps.
pub fn small_steps_figure(
    diagonal: f64,
    neighbour: f64,
    time: f64,
    step_counts: &[usize],
) -> Result<Figure> {
    const REMEDY: &str = "give the learning rate times the number of steps";
    let time = Positive::named("the training time τ", time, REMEDY)?.get();
    let kernel = LocalKernel::by_distance(&Graph::chain(NODES)?, &[diagonal, neighbour])?;
    let flow = |distance| LiebRobinson::gradient_flow(diagonal, neighbour, time, distance);
    let limit: Vec<f64> = (0..=FARTHEST).map(flow).collect::<Result<_>>()?;
    let visible = |values: &[f64]| -> (Vec<f64>, Vec<f64>) {
        let sizes = values.iter().map(|value| value.abs()).enumerate();
        let places = sizes.filter(|(_, size)| *size > SMALLEST);
        places.map(|(distance, size)| (distance as f64, size)).unzip()
    };
    let (x, y) = visible(&limit);
    let mut panel = Panel::new(Axis::linear("distance d"), Axis::logarithmic("|response|"))
        .series(Series::corrected("t → ∞: no cone", &x, &y));
    for &count in step_counts {
        if count == 0 {
            return Err(Error::TooFew {
                name: "the number of steps",
                count,
                minimum: 1,
                remedy: "a training time is made of at least one step",
            });
        }
        let step = GradientStep::new(&kernel, &[1.0; NODES], time / count as f64)?;
        let mut start = vec![0.0; NODES];
        start[NODES / 2] = 1.0;
        let end = step.repeated(&start, count)?;
        let (x, y) = visible(&end[NODES / 2..=NODES / 2 + FARTHEST]);
        panel = panel.series(Series::line_with_markers(&format!("t = {count}"), &x, &y));
    }
    let finding = format!(
        "In few steps the response ends at a sharp edge; in the limit of many it is {:.1e} at distance 10 and zero \
         nowhere.",
        limit[10].abs()
    );
    Figure::builder("Where does the cone end in smaller steps?", &finding)
        .source("§10")
        .panel(panel)
        .build()
}
