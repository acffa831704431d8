//! Figure 10: the empirical distribution of the eigenvalues.

use super::figure_8::{ELASTICITIES, comparison};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// Figure 10: the share of eigenvalues up to each value, for the four elasticities.
///
/// It is right as printed.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_10() -> Result<Figure> {
    let mut panel =
        Panel::new(Axis::logarithmic("eigenvalue"), Axis::linear("share of eigenvalues up to it"));
    let mut medians = Vec::new();
    for elasticity in ELASTICITIES {
        let spectrum = comparison(elasticity)?.itakura_saito;
        let name = format!("λ = {elasticity}");
        panel = panel.series(Series::line(&name, spectrum.eigenvalues(), &spectrum.cumulative()));
        medians.push(spectrum.median());
    }
    let finding = format!(
        "Elasticity moves the distribution as a whole: the median goes from {:.2} to {:.0}.",
        medians[0],
        medians[medians.len() - 1]
    );
    Figure::builder("Elasticity sets the scale of the spectrum", &finding)
        .source("B.5, Figure 10")
        .panel(panel.horizontal(0.5, "median"))
        .build()
}
