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

/// Figure 10 without the elastic part: the share of eigenvalues that the targets lift by at most so much.
///
/// Without elasticity that is the distribution of $1/y^2$ itself; with it, every eigenvalue but a few is
/// lifted by about the mean of $1/y^2$.
///
/// # Errors
///
/// None that its fixed numbers lead to.
pub fn figure_10_corrected() -> Result<Figure> {
    let x = Axis::linear("eigenvalue above that of the elastic part");
    let mut panel = Panel::new(x, Axis::linear("share of eigenvalues up to it"));
    let mut spreads = Vec::new();
    for elasticity in ELASTICITIES {
        let comparison = comparison(elasticity)?;
        let mut lifts = comparison.itakura_saito.excess_over(&comparison.elastic_part()?)?;
        lifts.sort_by(f64::total_cmp);
        let shares: Vec<f64> = (1..=lifts.len()).map(|k| k as f64 / lifts.len() as f64).collect();
        panel = panel.series(Series::line(&format!("λ = {elasticity}"), &lifts, &shares));
        spreads.push(lifts[lifts.len() * 9 / 10] - lifts[lifts.len() / 10]);
    }
    let finding = format!(
        "What the targets add is spread over {:.2} without elasticity, from the lowest to the highest tenth, and over \
         {:.4} at λ = 0.01: stiffness averages the targets.",
        spreads[0],
        spreads[spreads.len() - 1]
    );
    Figure::builder("Without the elastic part: what the targets add", &finding)
        .source("B.5, Figure 10, without the elastic part")
        .panel(panel)
        .build()
}
