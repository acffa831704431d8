//! The legend: where the names of the series stand.

use super::measures::{EDGE, WIDTH};
use super::panel::Panel;
use super::series::Series;
use super::style::{Style, Styles};
use super::text::{self, LINE_HEIGHT, Line};

/// The sample of a line or marker before a name in the legend, with the gaps around it: long enough for two
/// of the longest strokes.
pub(super) const SWATCH: f64 = 50.0;
const ENTRY_GAP: f64 = 24.0;

/// A name in the legend.
pub(super) struct Entry<'a> {
    pub(super) series: &'a Series,
    pub(super) style: Style,
    pub(super) name: Vec<Line>,
    pub(super) left: f64,
    /// The middle of the first line.
    pub(super) middle: f64,
}

/// Names in rows below the title: of their own width if they fit into one row, else in columns.
pub(super) fn entries<'a>(
    panels: &[&'a Panel],
    styles: &Styles<'a>,
    top: f64,
) -> (Vec<Entry<'a>>, f64) {
    let mut entries: Vec<Entry> = Vec::new();
    for series in panels.iter().flat_map(|panel| panel.in_drawing_order()) {
        if !entries.iter().any(|entry| entry.series.name == series.name) {
            let name = text::wrap(&series.name, WIDTH / 2.0 - SWATCH - ENTRY_GAP - EDGE);
            let style = styles.get(series);
            entries.push(Entry { series, style, name, left: 0.0, middle: 0.0 });
        }
    }
    if entries.is_empty() {
        return (entries, 0.0);
    }
    let widths: Vec<f64> =
        entries.iter().map(|entry| SWATCH + text::widest(&entry.name) + ENTRY_GAP).collect();
    let free = WIDTH - 4.0 * EDGE;
    let one_row = widths.iter().sum::<f64>() <= free;
    let column = widths.iter().copied().fold(0.0, f64::max);
    let columns = if one_row { entries.len() } else { ((free / column) as usize).max(1) };
    let row = entries.iter().map(|entry| text::height(&entry.name)).fold(0.0, f64::max) + 3.0;
    for (index, entry) in entries.iter_mut().enumerate() {
        let before =
            if one_row { widths[..index].iter().sum() } else { column * (index % columns) as f64 };
        entry.left = before;
        entry.middle = top + row * (index / columns) as f64 + LINE_HEIGHT / 2.0;
    }
    let rows = entries.len().div_ceil(columns);
    (entries, row * rows as f64 + 6.0)
}
