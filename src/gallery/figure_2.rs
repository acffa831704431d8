//! Figure 2: the same between logarithmic axes.

use crate::Result;
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Role, Series};
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

/// Figure 2 as printed: $1/r$ and $e^{-r/2}/r$ between logarithmic axes.
///
/// The title that the paper sets above it belongs to another figure.
///
/// # Errors
///
/// None that its fixed numbers lead to.
pub fn figure_2() -> Result<Figure> {
    let distances = distances(POINTS);
    let massless: Vec<f64> = distances.iter().map(|r| r.recip()).collect();
    let massive: Vec<f64> = distances.iter().map(|r| (-MASS * r).exp() / r).collect();
    let finding = "As printed, the massless curve is straight with slope −1, and the massive one bends \
                   down from it: the slope −1 is that of three dimensions.";
    let panel = Panel::new(Axis::logarithmic("distance r"), Axis::logarithmic("G(r), as printed"))
        .series(Series::as_printed("1/r", &distances, &massless))
        .series(Series::markers("e<sup>−r/2</sup>/r", &distances, &massive).role(Role::AsPrinted))
        .slope(-1.0, (0.15, 2.0), 4.0, "slope −1");
    Figure::builder("As printed: slope −1 belongs to three dimensions", finding)
        .source("§4, Figure 2")
        .panel(panel)
        .build()
}

/// Figure 2 in one, two and three dimensions.
///
/// On a line and in the plane a massless propagator has a free constant, so the fall $G(r_0) - G(r)$ from
/// the nearest distance is drawn there; in space the propagator itself.
///
/// # Errors
///
/// None that its fixed numbers lead to.
pub fn figure_2_corrected() -> Result<Figure> {
    let distances = distances(POINTS_CORRECTED);
    let mut figure = Figure::builder(
        "Slope +1 on a line, a logarithm in the plane, slope −1 in space",
        "Without a mass the propagator falls linearly on a line, logarithmically in the plane, and only \
         in three dimensions like 1/r.",
    )
    .source("§4, Figure 2, corrected")
    .columns(3);
    for dimension in Dimension::ALL {
        let massive = FreePropagator::massive(dimension, Positive::new(MASS)?);
        let massless = FreePropagator::massless(dimension);
        let (mut with_mass, mut without) = (Vec::new(), Vec::new());
        let nearest = Positive::new(NEAREST)?;
        // The first point of a fall is zero, which has no logarithm.
        let shown = if dimension == Dimension::Three { &distances[..] } else { &distances[1..] };
        for &distance in shown {
            let distance = Positive::new(distance)?;
            let drawn = |propagator: FreePropagator| match dimension {
                Dimension::One | Dimension::Two => propagator.at(nearest) - propagator.at(distance),
                Dimension::Three => propagator.at(distance),
            };
            with_mass.push(drawn(massive));
            without.push(drawn(massless));
        }
        let (title, vertical) = match dimension {
            Dimension::One => ("d = 1", Axis::logarithmic("G(0.1) − G(r)")),
            Dimension::Two => ("d = 2", Axis::linear("G(0.1) − G(r)")),
            Dimension::Three => ("d = 3", Axis::logarithmic("G(r)")),
        };
        let panel = Panel::new(Axis::logarithmic("distance r"), vertical)
            .title(title)
            .series(Series::corrected("massive, m = 0.5", shown, &with_mass))
            .series(Series::line("massless", shown, &without));
        figure = figure.panel(panel);
    }
    figure.build()
}
