//! Figure 1: massive and massless propagator.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::propagator::{Dimension, FreePropagator};

/// What the paper draws: 100 distances from 0.1 to 8, the mass 0.7, nothing above 2.2.
const POINTS: usize = 100;
const NEAREST: f64 = 0.1;
const FARTHEST: f64 = 8.0;
const MASS: f64 = 0.7;
const CEILING: f64 = 2.2;

fn distances() -> Vec<f64> {
    let step = (FARTHEST - NEAREST) / (POINTS - 1) as f64;
    (0..POINTS).map(|index| NEAREST + step * index as f64).collect()
}

/// Figure 1 as printed: $1/r$ and $e^{-mr}/r$ with $m = 0.7$, and a mark at $\xi = 1/m$.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_1() -> Result<Figure> {
    let distances = distances();
    let massless: Vec<f64> = distances.iter().map(|r| r.recip()).collect();
    let massive: Vec<f64> = distances.iter().map(|r| (-MASS * r).exp() / r).collect();
    let finding = "As printed, both curves rise like 1/r at the origin, and the massive one is smaller by \
                   a factor of e at the distance 1/m: the behaviour of three dimensions.";
    let x = Axis::linear("distance r");
    let panel = Panel::new(x, Axis::linear("G(r), as printed").range(0.0, CEILING))
        .series(Series::as_printed("1/r", &distances, &massless))
        .series(Series::line("e<sup>−mr</sup>/r, m = 0.7", &distances, &massive))
        .vertical(1.0 / MASS, "ξ = 1/m");
    Figure::builder("As printed: a 1/r that belongs to three dimensions", finding)
        .source("§4, Figure 1")
        .panel(panel)
        .build()
}

/// Figure 1 for the model of the paper, a field on a line: $G(r) - G(0)$ with and without the mass.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_1_corrected() -> Result<Figure> {
    let distances = distances();
    let massive = FreePropagator::massive(Dimension::One, MASS)?;
    let massless = FreePropagator::massless(Dimension::One);
    let at_zero = 0.5 / MASS;
    let (mut with_mass, mut without) = (Vec::new(), Vec::new());
    for &distance in &distances {
        with_mass.push(massive.at(distance)? - at_zero);
        without.push(massless.at(distance)?);
    }
    let finding = "On a line the propagator is finite at the source: with the mass 0.7 it falls by \
                   0.71 in all, and without a mass it falls for ever, along a straight line.";
    let panel = Panel::new(Axis::linear("distance r"), Axis::linear("G(r) − G(0)"))
        .series(Series::corrected("massive, m = 0.7", &distances, &with_mass))
        .series(Series::line("massless: −r/2", &distances, &without))
        .vertical(1.0 / MASS, "ξ = 1/m");
    Figure::builder("On a line, massless means a straight line", finding)
        .source("§4, Figure 1, corrected")
        .panel(panel)
        .build()
}
