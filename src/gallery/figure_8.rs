//! Figure 8: how the eigenvalues of the linearised operator are distributed.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::spectrum::{LossComparison, Spectrum, appendix_target};

/// The elasticities of Figures 8 and 10.
pub(super) const ELASTICITIES: [f64; 4] = [0.0, 1e-3, 5e-3, 1e-2];
pub(super) const NODES: usize = 300;
pub(super) const BINS: usize = 50;

pub(super) fn comparison(elasticity: f64) -> Result<LossComparison> {
    LossComparison::new(appendix_target(NODES)?, elasticity)
}

/// Figure 8 as printed: counts in 50 bins, one panel for each elasticity.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_8() -> Result<Figure> {
    let finding = "At every positive elasticity the counts are high at both ends and even between: the \
                   arcsine law of a discrete Laplacian.";
    let mut figure = Figure::builder("As printed: how much of the target is seen?", finding)
        .source("B.4, Figure 8")
        .columns(2);
    for elasticity in ELASTICITIES {
        let histogram = comparison(elasticity)?.itakura_saito.histogram(BINS)?;
        let bars = Series::bars("as printed", &histogram.centres(), &histogram.heights());
        let panel = Panel::new(Axis::linear("eigenvalue"), Axis::linear("count"))
            .title(&format!("λ = {elasticity}"))
            .series(bars.role(Role::AsPrinted));
        figure = figure.panel(panel);
    }
    figure.build()
}

/// Figure 8 beside the spectrum of the elastic part alone, which knows nothing of the loss.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_8_corrected() -> Result<Figure> {
    let comparison = comparison(5e-3)?;
    let elastic = comparison.elastic_part()?;
    let ranks: Vec<f64> = (1..=NODES).map(|rank| rank as f64).collect();
    let shifts = comparison.itakura_saito.excess_over(&elastic)?;
    let largest = shifts.iter().copied().fold(0.0, f64::max);
    let above = |title: &str, spectrum: &Spectrum| -> Series {
        Series::line(title, &ranks, spectrum.eigenvalues())
    };
    let whole = Panel::new(Axis::linear("rank k"), Axis::linear("eigenvalue"))
        .title("all that Figure 8 counts")
        .series(above("with the targets", &comparison.itakura_saito).role(Role::Corrected))
        .series(above("2λ times the Laplacian", &elastic).role(Role::AsPrinted));
    let part = Panel::new(Axis::linear("rank k"), Axis::linear("difference of eigenvalues"))
        .title("what the targets add")
        .series(Series::markers("difference", &ranks, &shifts));
    let finding = format!(
        "The targets move no eigenvalue by more than {largest:.2}, on an axis that reaches {:.0}.",
        elastic.largest()
    );
    Figure::builder("The targets hardly show", &finding)
        .source("B.4, Figure 8, taken apart")
        .panel(whole)
        .panel(part)
        .columns(2)
        .build()
}
