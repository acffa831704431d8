//! Figure 7: Hessian spectra of three networks under two losses.

use crate::Result;
use crate::curvature::{Eigenpair, PrintedSpectrum, Spectrum, printed_spectra};
use crate::figure::{Axis, Figure, Panel, Role, Series};

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
                   under MSE stands there four times.";
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
    let title = format!("Of 120 printed values {total} are copies and {below} lie below zero");
    let finding = format!(
        "Of the 120 printed values {total} are surplus copies of another one, and {below} are negative: \
         they belong to the other end of the spectrum."
    );
    let mut builder = Figure::builder(&title, &finding).source(SOURCE).columns(2);
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

/// Figure 7 as it should be drawn: the largest and the smallest eigenvalues of each Hessian, each once for
/// each time that it occurs, with bars for the bounds.
///
/// At most eight panels, each a name and a spectrum.
///
/// # Errors
///
/// If there is no panel or more than eight, or a spectrum lacks one of its ends.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Ends, eigenvalues_at_the_ends};
/// use itakura_saito::gallery::figure_7_certified;
///
/// let spectrum = eigenvalues_at_the_ends(&Diagonal::isolated_top(1)?, &Ends::new(5, 2))?;
/// let figure = figure_7_certified(&[("known matrix", &spectrum)])?;
/// assert!(figure.to_text().contains("no plateau"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn figure_7_certified(panels: &[(&str, &Spectrum)]) -> Result<Figure> {
    let closest = panels.iter().filter_map(|(_, spectrum)| smallest_gap(&spectrum.top));
    let closest = closest.fold(f64::INFINITY, f64::min);
    let title = "The certified spectra have no plateau under either loss";
    let finding = format!(
        "The certified largest eigenvalues have no plateau: the two nearest neighbours in any of the \
         panels differ by {:.1} percent.",
        100.0 * closest
    );
    let mut builder = Figure::builder(title, &finding).source(SOURCE).columns(2);
    for (name, spectrum) in panels {
        let series = |name: &str, pairs: &[Eigenpair]| {
            let values: Vec<f64> = pairs.iter().map(|pair| pair.value).collect();
            let bounds: Vec<f64> = pairs.iter().map(|pair| pair.bound).collect();
            Series::markers(name, &ranks(pairs.len()), &values).errors(&bounds)
        };
        let panel = Panel::new(Axis::linear("rank, from its own end"), Axis::linear("eigenvalue"))
            .title(name)
            .series(series("largest", &spectrum.top).role(Role::Corrected))
            .series(series("smallest", &spectrum.bottom))
            .horizontal(0.0, "");
        builder = builder.panel(panel);
    }
    builder.build()
}

/// The smallest distance of neighbours among the largest eigenvalues, relative to the larger.
fn smallest_gap(top: &[Eigenpair]) -> Option<f64> {
    let gaps = top.windows(2).map(|pair| (pair[0].value - pair[1].value) / pair[0].value.abs());
    gaps.reduce(f64::min)
}
