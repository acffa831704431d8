//! Figure 9: the spectra of the two losses in one histogram.

use super::figure_8::{BINS, comparison};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// Figure 9 as printed: counts in 50 bins under both losses, at the elasticity 0.005.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_9() -> Result<Figure> {
    let comparison = comparison(5e-3)?;
    let of_loss = comparison.itakura_saito.histogram(BINS)?;
    let of_squares = comparison.squared_error.histogram(BINS)?;
    let differing = of_loss.counts.iter().zip(&of_squares.counts).filter(|(a, b)| a != b).count();
    let finding = format!(
        "Of the {BINS} bins, {differing} have a different count under the two losses: the bars coincide."
    );
    let panel = Panel::new(Axis::linear("eigenvalue"), Axis::linear("count (printed as density)"))
        .series(
            Series::bars("Itakura-Saito", &of_loss.centres(), &of_loss.heights())
                .role(Role::ItakuraSaito),
        )
        .series(
            Series::markers("squared error", &of_squares.centres(), &of_squares.heights())
                .role(Role::SquaredError),
        );
    Figure::builder("As printed: where do the two losses differ?", &finding)
        .source("B.5, Figure 9")
        .panel(panel)
        .build()
}

/// What separates the losses: the lowest twenty eigenvalues, and the difference at every rank.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_9_corrected() -> Result<Figure> {
    comparison(5e-3)?.figure(20)
}
