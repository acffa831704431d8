//! Figure 2: the same on logarithmic axes.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::propagator::{Dimension, FreePropagator};

/// What the paper draws: 400 distances from 0.1 to 10, evenly spaced in their logarithm, the mass 1/2.
const POINTS: usize = 400;
/// As smooth to the eye, in a quarter of the space.
const POINTS_CORRECTED: usize = 101;
const NEAREST: f64 = 0.1;
const FARTHEST: f64 = 10.0;
const MASS: f64 = 0.5;

fn distances(count: usize) -> Vec<f64> {
    let step = (FARTHEST / NEAREST).ln() / (count - 1) as f64;
    (0..count).map(|index| NEAREST * (step * index as f64).exp()).collect()
}

/// Figure 2 as printed: $1/r$ and $e^{-r/2}/r$ on logarithmic axes.
///
/// The title that the paper sets above it belongs to another figure.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_2() -> Result<Figure> {
    let distances = distances(POINTS);
    let massless: Vec<f64> = distances.iter().map(|r| r.recip()).collect();
    let massive: Vec<f64> = distances.iter().map(|r| (-MASS * r).exp() / r).collect();
    let finding = "As printed, the massless curve is straight with slope −1, and the massive one bends \
                   down from it: the slope −1 is that of three dimensions.";
    let panel = Panel::new(Axis::logarithmic("distance r"), Axis::logarithmic("G(r), as printed"))
        .series(Series::as_printed("1/r", &distances, &massless))
        .series(Series::line("e<sup>−r/2</sup>/r", &distances, &massive))
        .slope(-1.0, (0.12, 1.0), 1.2, "slope −1");
    Figure::builder("As printed: slope −1 belongs to three dimensions", finding)
        .source("§4, Figure 2")
        .panel(panel)
        .build()
}

/// Figure 2 in one, two and three dimensions.
///
/// On a line and in the plane a massless propagator has a free constant, so its fall is drawn there, from
/// the source on a line and from the nearest distance in the plane; in space the propagator itself.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_2_corrected() -> Result<Figure> {
    let distances = distances(POINTS_CORRECTED);
    let mut figure = Figure::builder(
        "How steep is the massless propagator in one, two and three dimensions?",
        "Without a mass the propagator falls linearly on a line, logarithmically in the plane, and only \
         in three dimensions like 1/r.",
    )
    .source("§4, Figure 2, corrected")
    .columns(3);
    for dimension in Dimension::ALL {
        let massive = FreePropagator::massive(dimension, MASS)?;
        let massless = FreePropagator::massless(dimension);
        // Where the fall begins: at the source on a line, where G is finite, and nearby in the plane.
        let (from_massive, from_massless) = match dimension {
            Dimension::One => (0.5 / MASS, 0.0),
            Dimension::Two => (massive.at(NEAREST)?, massless.at(NEAREST)?),
            Dimension::Three => (0.0, 0.0),
        };
        let sign = if dimension == Dimension::Three { 1.0 } else { -1.0 };
        let (mut with_mass, mut without) = (Vec::new(), Vec::new());
        for &distance in &distances {
            with_mass.push(sign * (massive.at(distance)? - from_massive));
            without.push(sign * (massless.at(distance)? - from_massless));
        }
        let (title, vertical) = match dimension {
            Dimension::One => ("d = 1", Axis::logarithmic("G(0) − G(r)")),
            Dimension::Two => ("d = 2", Axis::linear("G(0.1) − G(r)")),
            Dimension::Three => ("d = 3", Axis::logarithmic("G(r)")),
        };
        let panel = Panel::new(Axis::logarithmic("distance r"), vertical)
            .title(title)
            .series(Series::corrected("massive, m = 0.5", &distances, &with_mass))
            .series(Series::line("massless", &distances, &without));
        figure = figure.panel(panel);
    }
    figure.build()
}
