//! Figure 7: Hessian spectra of three networks under two losses.

use crate::curvature::{
    CertifiedSpectrum, Eigenpair, PRINTED_COPY, PrintedSpectrum, copies, printed_spectra,
};
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::{Error, Result};

const SOURCE: &str = "§17, Figure 7";

fn ranks(count: usize) -> Vec<f64> {
    (1..=count).map(|rank| rank as f64).collect()
}

/// Figure 7 as it is printed: six lists of twenty values, in the order of the print.
///
/// # Errors
///
/// None: the lists are embedded.
///
/// ```
/// use itakura_saito::gallery::figure_7_as_printed;
///
/// assert!(figure_7_as_printed()?.to_text().contains("four times"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn figure_7_as_printed() -> Result<Figure> {
    let finding = "As printed, the lists show plateaus under both losses: the first value of the CNN \
                   under MSE appears four times.";
    let mut builder = Figure::builder("Figure 7 as printed: plateaus under both losses", finding)
        .source(SOURCE)
        .columns(2);
    for PrintedSpectrum { network, loss, values } in printed_spectra() {
        let line = Series::line_with_markers("as printed", &ranks(values.len()), &values);
        let panel = Panel::new(Axis::linear("position in the list"), Axis::linear("value"))
            .title(&format!("{network}, {loss}"))
            .series(line.role(Role::AsPrinted))
            .horizontal(0.0, "");
        builder = builder.panel(panel);
    }
    builder.build()
}

/// Figure 7 with what its values are: surplus copies, and values from the negative end.
///
/// A copy is a value within a thousandth of its neighbour; the true spectra of such networks have
/// neighbours that are one percent apart at the least.
///
/// # Errors
///
/// None: the lists are embedded.
///
/// ```
/// use itakura_saito::gallery::figure_7_explained;
///
/// assert!(figure_7_explained()?.to_text().contains("surplus"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn figure_7_explained() -> Result<Figure> {
    let printed = printed_spectra();
    let surplus =
        |spectrum: &PrintedSpectrum| spectrum.surplus().iter().filter(|one| **one).count();
    let total: usize = printed.iter().map(surplus).sum();
    let negative = |spectrum: &PrintedSpectrum| -> usize {
        spectrum.values.iter().filter(|value| **value < 0.0).count()
    };
    let below: usize = printed.iter().map(negative).sum();
    let title = "How many printed values are copies, and how many lie below zero?";
    let finding = format!(
        "Of the 120 printed values {total} are surplus copies of another one, and {below} are negative: \
         they belong to the other end of the spectrum."
    );
    let mut builder = Figure::builder(title, &finding).source(SOURCE).columns(2);
    for spectrum in &printed {
        let mut kinds: [(Vec<f64>, Vec<f64>); 3] = Default::default();
        for ((rank, &value), copy) in
            ranks(20).into_iter().zip(&spectrum.values).zip(spectrum.surplus())
        {
            let kind = if copy { 1 } else { usize::from(value < 0.0) * 2 };
            kinds[kind].0.push(rank);
            kinds[kind].1.push(value);
        }
        let [(once, values), (at_copy, copies), (at_end, end)] = &kinds;
        let panel = Panel::new(Axis::linear("position in the list"), Axis::linear("value"))
            .title(&spectrum.name())
            .series(Series::markers("first of its value", once, values).role(Role::Corrected))
            .series(Series::markers("surplus copy", at_copy, copies).role(Role::AsPrinted))
            .series(Series::markers("from the negative end", at_end, end))
            .horizontal(0.0, "");
        builder = builder.panel(panel);
    }
    builder.build()
}

/// The printed lists beside those that the published algorithm makes of other weights.
///
/// At most eight panels, each a printed list and one of ours, the largest value first.
///
/// # Errors
///
/// If there is no panel or more than eight, or a list is empty.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Precision, PublishedRun, printed_spectra};
/// use itakura_saito::gallery::figure_7_reproduced;
///
/// let known = Diagonal::isolated_top(1)?;
/// let ours = PublishedRun::run(&known, &[1.0; 200], 20, Precision::Single)?.values();
/// let figure = figure_7_reproduced(&[(&printed_spectra()[0], &ours)])?;
/// assert!(figure.to_text().contains("printed 4"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn figure_7_reproduced(panels: &[(&PrintedSpectrum, &[f64])]) -> Result<Figure> {
    let plateau = |values: &[f64]| {
        values.first().map_or(0, |first| copies(values, *first, PRINTED_COPY * first.abs()))
    };
    let counts = panels.iter().map(|(printed, ours)| {
        let (ours, theirs) = (plateau(ours), plateau(&printed.values));
        format!("{ours} (printed {theirs}) for {}", printed.name())
    });
    let finding = format!(
        "How often the published algorithm shows the first value with our own weights: {}.",
        counts.collect::<Vec<_>>().join("; ")
    );
    let title = "With our own weights: what is left of the printed pictures?";
    let mut builder = Figure::builder(title, &finding).source(SOURCE).columns(2);
    for (printed, ours) in panels {
        let theirs =
            Series::line_with_markers("as printed", &ranks(printed.values.len()), &printed.values);
        let ours = Series::line_with_markers("with our weights", &ranks(ours.len()), ours);
        let panel = Panel::new(Axis::linear("position in the list"), Axis::linear("value"))
            .title(&printed.name())
            .series(theirs.role(Role::AsPrinted))
            .series(ours)
            .horizontal(0.0, "");
        builder = builder.panel(panel);
    }
    builder.build()
}

/// Figure 7 as it should be drawn: the largest eigenvalues of each Hessian and the most negative ones, each
/// once for each time that it occurs, with bars for the bounds, over what a dense solver finds.
///
/// The axis is logarithmic, so that small values are seen to be apart; of negative ones it shows the size.
/// At most eight panels, each a name, a spectrum, and all eigenvalues by the dense solver, the largest
/// first.
///
/// # Errors
///
/// [`Error::NotPositive`] if not all of the largest eigenvalues are positive or of the smallest negative.
/// If there is no panel or more than eight, or a spectrum lacks one of its ends.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Ends, eigenvalues_at_the_ends};
/// use itakura_saito::gallery::figure_7_certified;
///
/// let known = Diagonal::isolated_top(1)?;
/// let spectrum = eigenvalues_at_the_ends(&known, &Ends::new(5, 2))?;
/// let figure = figure_7_certified(&[("known matrix", &spectrum, &known.sorted())])?;
/// assert!(figure.to_text().contains("no plateau"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn figure_7_certified(panels: &[(&str, &CertifiedSpectrum, &[f64])]) -> Result<Figure> {
    let closest = panels.iter().filter_map(|(_, spectrum, _)| smallest_gap(&spectrum.top));
    let closest = closest.fold(f64::INFINITY, f64::min);
    let title = "How much of the plateaus is left in the certified spectra?";
    let finding = format!(
        "The certified largest eigenvalues have no plateau: the two nearest neighbours in any of the \
         panels differ by {:.1} percent.",
        100.0 * closest
    );
    let mut builder = Figure::builder(title, &finding).source(SOURCE).columns(2);
    for (name, spectrum, dense) in panels {
        let largest = dense.iter().take(spectrum.top.len()).copied().collect();
        let negative = dense.iter().rev().take(spectrum.bottom.len()).map(|value| -value).collect();
        let panel = Panel::new(
            Axis::linear("rank, from its own end"),
            Axis::logarithmic("size of the eigenvalue"),
        )
        .title(name)
        .series(solved("largest, dense solver", largest)?.role(Role::Data))
        .series(solved("most negative, dense solver", negative)?)
        .series(certified("largest, with bounds", &spectrum.top).role(Role::Corrected))
        .series(certified("most negative, with bounds", &spectrum.bottom));
        builder = builder.panel(panel);
    }
    builder.build()
}

/// Eigenvalues by a dense solver, whose sizes must be positive.
fn solved(name: &str, sizes: Vec<f64>) -> Result<Series> {
    if let Some(&value) = sizes.iter().find(|size| **size <= 0.0) {
        return Err(Error::NotPositive {
            name: "the size of an eigenvalue at either end",
            value,
            remedy: "ask for fewer: the largest must be positive, and the smallest negative",
        });
    }
    Ok(Series::line(name, &ranks(sizes.len()), &sizes))
}

/// The sizes of certified eigenvalues, with their bounds.
fn certified(name: &str, pairs: &[Eigenpair]) -> Series {
    let sizes: Vec<f64> = pairs.iter().map(|pair| pair.value.abs()).collect();
    let bounds: Vec<f64> = pairs.iter().map(|pair| pair.bound).collect();
    Series::markers(name, &ranks(pairs.len()), &sizes).errors(&bounds)
}

/// The smallest distance between neighbours among the largest eigenvalues, relative to the larger.
fn smallest_gap(top: &[Eigenpair]) -> Option<f64> {
    let gaps = top.windows(2).map(|pair| (pair[0].value - pair[1].value) / pair[0].value.abs());
    gaps.reduce(f64::min)
}
