//! The flow of the cumulants and the two dimensions of a mass, as figures.

use super::{BREITENLOHNER_FREEDMAN, Cumulants, ScalingDimensions};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// How the cumulants of order 2 to 5 of the unit exponential change over a number of doublings.
///
/// # Errors
///
/// Those of a figure, for no doubling at all.
///
/// # Examples
///
/// ```
/// assert!(itakura_saito::universality::flow_figure(10)?.to_text().contains("skewness"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn flow_figure(doublings: u32) -> Result<Figure> {
    let start = Cumulants::exponential(5)?;
    let steps: Vec<f64> = (0..=doublings).map(f64::from).collect();
    let mut panel =
        Panel::new(Axis::linear("doublings"), Axis::logarithmic("cumulant κ<sub>j</sub>"));
    for (index, order) in ["second", "third", "fourth", "fifth"].into_iter().enumerate() {
        let value = |doubling| start.after(doubling).of_order(index + 2);
        let values: Vec<f64> = (0..=doublings).filter_map(value).collect();
        panel = panel.series(Series::line_with_markers(order, &steps, &values));
    }
    let finding = format!(
        "After {doublings} doublings the variance is unchanged and the skewness of the exponential law has \
         fallen from 2 to {:.4}.",
        start.after(doublings).skewness()
    );
    Figure::builder("Which cumulant stays, and which dies out last?", &finding)
        .source("§7")
        .panel(panel)
        .build()
}

/// Both scaling dimensions over the squared mass, with the bound and the two cases of section 7.
///
/// # Errors
///
/// None for the fixed range; those of a figure in principle.
///
/// # Examples
///
/// ```
/// assert!(itakura_saito::universality::dimension_figure()?.to_text().contains("-1/2"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn dimension_figure() -> Result<Figure> {
    let masses: Vec<f64> =
        (0..=120).map(|index| BREITENLOHNER_FREEDMAN + 2e-4 * f64::from(index).powi(2)).collect();
    let roots: Vec<ScalingDimensions> = masses
        .iter()
        .map(|&mass| ScalingDimensions::of_mass_squared(mass))
        .collect::<Result<_>>()?;
    let larger: Vec<f64> = roots.iter().map(|root| root.larger).collect();
    let smaller: Vec<f64> = roots.iter().map(|root| root.smaller).collect();
    let panel = Panel::new(
        Axis::linear("squared mass m² of the bulk field"),
        Axis::linear("scaling dimension Δ"),
    )
    .series(Series::corrected("larger root", &masses, &larger))
    .series(Series::line("smaller root", &masses, &smaller))
    .vertical(BREITENLOHNER_FREEDMAN, "bound")
    .note_at(BREITENLOHNER_FREEDMAN, 0.5, "correlator 1/|x| as printed", 60.0, 0.0)
    .note(0.75, -0.5, "scalar on the line");
    Figure::builder(
        "The printed correlator and the scalar on the line need different bulk fields",
        "The correlator 1/|x| needs the dimension 1/2 at the squared bulk mass -1/4, and the massless scalar \
         on the line has the dimension -1/2 at 3/4.",
    )
    .source("§7")
    .panel(panel)
    .build()
}
