//! Where everything stands, in pixels; worked out once for both renderings.

use super::Figure;
use super::extent;
use super::legend::{self, Entry};
use super::measures::{COLOR_BAR_GAP, COLOR_BAR_WIDTH, EDGE, HEIGHT, ROW_HEIGHT, WIDTH};
use super::panel::Panel;
use super::series::Series;
use super::style::Styles;
use super::text::{self, FONT_SIZE, LINE_HEIGHT, Line};
use super::ticks::{Extent, Tick, ticks};

#[derive(Debug, Clone, Copy)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// An axis as it is shown.
pub(super) struct View {
    pub(super) extent: Extent,
    pub(super) ticks: Vec<Tick>,
    /// The labels of the ticks, broken into lines.
    pub(super) labels: Vec<Vec<Line>>,
    pub(super) title: Vec<Line>,
}

/// A panel with its place in the figure.
pub(super) struct Place {
    pub(super) plot: Rect,
    pub(super) title: Vec<Line>,
    pub(super) x: View,
    pub(super) y: View,
    pub(super) color: Option<View>,
}

/// A figure with everything in its place.
pub(super) struct Scene<'a> {
    pub(super) figure: &'a Figure,
    pub(super) height: f64,
    pub(super) title: Vec<Line>,
    pub(super) legend: Vec<Entry<'a>>,
    pub(super) places: Vec<Place>,
    pub(super) styles: Styles<'a>,
    /// Source, and the frame that is shown; the last lines of the figure.
    pub(super) footer: Vec<Line>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(figure: &'a Figure) -> Self {
        let first = figure.panels(0);
        let styles = Styles::of(first.iter().flat_map(|panel| &panel.series));
        let title = text::wrap(&figure.content.title, (WIDTH - 2.0 * EDGE) / 1.06);
        let header = EDGE + text::height(&title) + 8.0;
        let (legend, legend_height) = legend::entries(&first, &styles, header);
        let footer = footer(figure);
        let footer_height = if footer.is_empty() { 0.0 } else { text::height(&footer) + 4.0 };
        let top = header + legend_height;
        let columns = figure.content.columns.min(first.len());
        let rows = first.len().div_ceil(columns);
        let row_height =
            if rows * columns == 1 { HEIGHT - top - footer_height } else { ROW_HEIGHT };
        let cell = |index: usize| Rect {
            left: (WIDTH / columns as f64) * (index % columns) as f64,
            top: top + row_height * (index / columns) as f64,
            width: WIDTH / columns as f64,
            height: row_height,
        };
        let height = (top + row_height * rows as f64 + footer_height).round();
        let places =
            (0..first.len()).map(|index| place(&states(figure, index), cell(index))).collect();
        Self { figure, height, title, legend, places: aligned(places, columns), styles, footer }
    }

    /// The name of a series as it stands in the legend.
    pub(super) fn name_of(&self, series: &Series) -> Vec<Line> {
        let entry = self.legend.iter().find(|entry| entry.series.name == series.name);
        entry.map_or_else(Vec::new, |entry| entry.name.clone())
    }

    /// The rectangle around all panels, which Plotly calls the paper.
    pub(super) fn paper(&self) -> Rect {
        let plots = || self.places.iter().map(|place| place.plot);
        let left = plots().map(|plot| plot.left).fold(f64::MAX, f64::min);
        let top = plots().map(|plot| plot.top).fold(f64::MAX, f64::min);
        let right = plots().map(|plot| plot.right()).fold(0.0, f64::max);
        let bottom = plots().map(|plot| plot.bottom()).fold(0.0, f64::max);
        Rect { left, top, width: right - left, height: bottom - top }
    }
}

/// One panel in all its frames.
fn states(figure: &Figure, index: usize) -> Vec<&Panel> {
    (0..figure.frame_count()).map(|frame| figure.panels(frame)[index]).collect()
}

fn footer(figure: &Figure) -> Vec<Line> {
    let mut sentences = Vec::new();
    if !figure.source().is_empty() {
        sentences.push(format!("Source: {}", figure.source()));
    }
    if let Some(frame) = figure.frame_sentence() {
        sentences.push(frame);
    }
    if sentences.is_empty() {
        Vec::new()
    } else {
        text::wrap(&sentences.join(" · "), WIDTH - 2.0 * EDGE)
    }
}

/// A panel in its cell; `states` are its frames.
fn place(states: &[&Panel], cell: Rect) -> Place {
    let panel = states[0];
    let title = optional(&panel.title, cell.width - 4.0 * EDGE);
    let x_title = text::wrap(&panel.x.label(), cell.width - 100.0);
    let y_title = text::wrap(&panel.y.label(), cell.height - 90.0);
    let y_extent = extent::vertical(states);
    let y = view(&panel.y, y_extent, y_title, cell.height - 90.0, Side::Vertical);
    let color = extent::colors(states).zip(panel.heatmap.as_ref()).map(|(extent, heatmap)| {
        let name = text::wrap(&heatmap.name, cell.height - 90.0);
        view(&super::Axis::linear("colour"), extent, name, cell.height - 90.0, Side::Vertical)
    });
    let left = EDGE / 2.0 + text::height(&y.title) + 4.0 + labels_width(&y) + 6.0;
    let right = color.as_ref().map_or(2.5 * EDGE, |color| {
        COLOR_BAR_GAP
            + COLOR_BAR_WIDTH
            + 6.0
            + labels_width(color)
            + 4.0
            + text::height(&color.title)
            + EDGE
    });
    let width = (cell.width - left - right).round();
    let x = view(&panel.x, extent::horizontal(states), x_title, width, Side::Horizontal);
    let top = if title.is_empty() { 6.0 } else { text::height(&title) + 10.0 };
    let tick_lines = x.labels.iter().map(|label| text::height(label)).fold(LINE_HEIGHT, f64::max);
    let bottom = 4.0 + tick_lines + 3.0 + text::height(&x.title) + 14.0;
    let plot = Rect {
        left: (cell.left + left).round(),
        top: (cell.top + top).round(),
        width,
        height: (cell.height - top - bottom).round(),
    };
    Place { plot, title, x, y, color }
}

/// Panels of a column share their left and right borders, panels of a row their upper and lower ones.
fn aligned(mut places: Vec<Place>, columns: usize) -> Vec<Place> {
    let plots: Vec<Rect> = places.iter().map(|place| place.plot).collect();
    for (index, place) in places.iter_mut().enumerate() {
        let numbered = || plots.iter().enumerate();
        let column =
            || numbered().filter(|(i, _)| i % columns == index % columns).map(|(_, plot)| plot);
        let row =
            || numbered().filter(|(i, _)| i / columns == index / columns).map(|(_, plot)| plot);
        let left = column().map(|plot| plot.left).fold(0.0, f64::max);
        let right = column().map(Rect::right).fold(f64::MAX, f64::min);
        let top = row().map(|plot| plot.top).fold(0.0, f64::max);
        let bottom = row().map(Rect::bottom).fold(f64::MAX, f64::min);
        place.plot = Rect { left, top, width: right - left, height: bottom - top };
    }
    places
}

fn optional(markup: &str, width: f64) -> Vec<Line> {
    if markup.is_empty() { Vec::new() } else { text::wrap(markup, width) }
}

fn labels_width(view: &View) -> f64 {
    view.labels.iter().map(|label| text::widest(label)).fold(0.0, f64::max)
}

enum Side {
    Horizontal,
    Vertical,
}

/// As many marks as fit along `length` pixels, at most seven steps.
fn view(axis: &super::Axis, extent: Extent, title: Vec<Line>, length: f64, side: Side) -> View {
    let slot = match (axis.categories.len(), &side) {
        (0, _) => f64::MAX,
        (count, Side::Horizontal) => (length / count as f64 - 8.0).max(FONT_SIZE),
        (_, Side::Vertical) => 120.0,
    };
    let marks = |count: usize| {
        let ticks = ticks(axis, extent, count);
        let labels = ticks.iter().map(|tick| text::wrap(&tick.label, slot)).collect();
        View { extent, ticks, labels, title: Vec::new() }
    };
    let fits = |view: &View| match side {
        Side::Horizontal => (labels_width(view) + 14.0) * view.labels.len() as f64 <= length,
        Side::Vertical => 30.0 * view.labels.len() as f64 <= length,
    };
    let chosen = (2..=7).rev().map(marks).find(fits).unwrap_or_else(|| marks(2));
    View { title, ..chosen }
}

impl Place {
    /// Pixels of a pair of coordinates.
    pub(super) fn pixel(&self, x: f64, y: f64) -> (f64, f64) {
        let right = self.plot.left + self.plot.width * self.x.extent.fraction(x);
        let down = self.plot.bottom() - self.plot.height * self.y.extent.fraction(y);
        (right, down)
    }
}
