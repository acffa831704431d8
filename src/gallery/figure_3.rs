//! Figure 3: the spectrum of a ring with and without a mass.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::grid::{Boundary, Grid};
use crate::spectrum::{ConditioningByMass, laplacian};

const NODES: usize = 40;
const SQUARED_MASS: f64 = 0.6;

/// Figure 3 as printed: $2 - 2\cos(2\pi k/40)$ over the mode $k$, and the same shifted by 0.6.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_3() -> Result<Figure> {
    let modes: Vec<f64> = (0..NODES).map(|mode| mode as f64).collect();
    let massless = by_mode(&Grid::lattice(NODES, Boundary::Periodic)?);
    let massive: Vec<f64> = massless.iter().map(|value| value + SQUARED_MASS).collect();
    let highest = massive.iter().copied().fold(0.0, f64::max);
    let finding = format!(
        "On a ring of 40 points the mass lifts every mode by 0.6, from 0 to 0.6 at the bottom and to \
         {highest:.1} at the top."
    );
    let panel = Panel::new(Axis::linear("mode k").range(-2.0, 44.0), Axis::linear("eigenvalue"))
        .series(Series::markers("massless", &modes, &massless).role(Role::AsPrinted))
        .series(Series::markers("with m² = 0.6", &modes, &massive))
        .horizontal(SQUARED_MASS, "m²");
    Figure::builder("The mass shifts every mode alike", &finding)
        .source("§6, Figure 3")
        .panel(panel)
        .build()
}

/// The eigenvalues of a ring in the order of the modes, in which they rise and fall.
fn by_mode(ring: &Grid) -> Vec<f64> {
    let sorted = laplacian(ring);
    // Modes k and N - k share a value, so that sorted they stand side by side.
    let place = |mode: usize| match mode.min(NODES - mode) {
        0 => 0,
        distance => 2 * distance - 1,
    };
    (0..NODES).map(|mode| sorted.eigenvalues()[place(mode)]).collect()
}

/// What Figure 3 leaves out: the condition number over the mass.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_3_corrected() -> Result<Figure> {
    let masses: Vec<f64> = (-16..=4).map(|quarter| 10f64.powf(0.25 * f64::from(quarter))).collect();
    ConditioningByMass::new(NODES, &masses)?.figure()
}
