//! What is drawn inside a panel.

use super::writer::{Writer, pixel};
use crate::figure::clip::{self, Point};
use crate::figure::extent::{BarSlots, cell_borders};
use crate::figure::legend::SWATCH;
use crate::figure::panel::{Guide, Panel};
use crate::figure::scene::Place;
use crate::figure::series::{Heatmap, Interval, Series, SeriesKind};
use crate::figure::style::{
    self, AREA_OPACITY, BAR_OPACITY, LINE_WIDTH, MARKER_SIZE, Style, Symbol,
};
use crate::figure::text;
use crate::figure::ticks::Extent;

/// Half the width of the cap of an error bar, in pixels.
const CAP: f64 = 4.0;

pub(super) fn series(
    svg: &mut Writer,
    series: &Series,
    panel: &Panel,
    place: &Place,
    style: Style,
) {
    let name = text::escaped(&text::plain(&series.name)).replace('"', "&quot;");
    svg.open("g", &format!(r#"class="series" data-name="{name}""#));
    let points = pixels(&series.x, &series.y, panel, place);
    if let Some(area) = series.area() {
        let (x, y) = series.outline(area);
        let outline = clip::area(&pixels(&x, &y, panel, place));
        svg.path(&closed(&outline), &area_attributes(style));
    }
    if series.kind == SeriesKind::Bars {
        svg.path(&bars(series, panel, place), &bar_attributes(style));
    }
    if series.has_line() {
        let commands: String = clip::line(&points).iter().map(|part| open(part)).collect();
        svg.path(&commands, &line_attributes(style));
    }
    if let Some(limits) = series.error_bars() {
        let color = style.error_color(series.kind);
        let attributes =
            format!(r#"class="errors" fill="none" stroke="{color}" stroke-width="1.5""#);
        svg.path(&error_bars(series, limits, panel, place), &attributes);
    }
    if series.has_markers() {
        let near = points.iter().filter(|point| clip::is_near(**point));
        let commands: String = near.map(|point| symbol(style.symbol, *point)).collect();
        svg.path(&commands, &marker_attributes(style));
    }
    svg.close("g");
}

fn pixels(x: &[f64], y: &[f64], panel: &Panel, place: &Place) -> Vec<Point> {
    let pixel = |(x, y): (&f64, &f64)| place.pixel(panel.x.coordinate(*x), panel.y.coordinate(*y));
    x.iter().zip(y).map(pixel).collect()
}

/// A line through the points: `M` to the first, `L` to each other one.
pub(super) fn open(points: &[Point]) -> String {
    let command = |(index, (x, y)): (usize, &Point)| {
        format!("{}{} {}", if index == 0 { 'M' } else { 'L' }, pixel(*x), pixel(*y))
    };
    points.iter().enumerate().map(command).collect()
}

fn closed(points: &[Point]) -> String {
    if points.is_empty() { String::new() } else { open(points) + "z" }
}

fn rectangle((left, bottom): Point, (right, top): Point) -> String {
    closed(&clip::area(&[(left, bottom), (left, top), (right, top), (right, bottom)]))
}

fn line_attributes(style: Style) -> String {
    let dash = style
        .dash
        .lengths()
        .map_or(String::new(), |lengths| format!(r#" stroke-dasharray="{lengths}""#));
    format!(
        r#"class="line" fill="none" stroke="{}" stroke-width="{LINE_WIDTH}" stroke-linejoin="round"{dash}"#,
        style.color
    )
}

fn area_attributes(style: Style) -> String {
    format!(r#"class="area" fill="{}" fill-opacity="{AREA_OPACITY}""#, style.color)
}

fn bar_attributes(style: Style) -> String {
    format!(r#"class="bars" fill="{}" opacity="{BAR_OPACITY}""#, style.color)
}

fn marker_attributes(style: Style) -> String {
    format!(r#"class="markers" fill="{}""#, style.color)
}

/// A marker whose bounding box is centred on the point.
fn symbol(symbol: Symbol, (x, y): Point) -> String {
    let r = MARKER_SIZE as f64 / 2.0;
    let [left, right, top, bottom] = [x - r, x + r, y - r, y + r].map(pixel);
    let [x, y, r, size] = [x, y, r, 2.0 * r].map(pixel);
    match symbol {
        Symbol::Circle => format!("M{left} {y}a{r} {r} 0 1 0 {size} 0a{r} {r} 0 1 0 -{size} 0z"),
        Symbol::Square => format!("M{left} {top}h{size}v{size}h-{size}z"),
        Symbol::Diamond => format!("M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}z"),
        Symbol::TriangleUp => format!("M{x} {top}L{right} {bottom}L{left} {bottom}z"),
        Symbol::TriangleDown => format!("M{x} {bottom}L{right} {top}L{left} {top}z"),
    }
}

/// Bars from zero, or from the lower border where zero is infinitely far down.
fn bars(series: &Series, panel: &Panel, place: &Place) -> String {
    let slots = BarSlots::of(panel);
    let offset = slots.offset(panel.bar_index(series));
    let foot = if panel.y.is_logarithmic() { place.y.extent.low } else { 0.0 };
    let bar = |(x, y): (&f64, &f64)| {
        let (left, right) = (x + offset, x + offset + slots.width);
        let (left, top) = place.pixel(panel.x.coordinate(left), panel.y.coordinate(*y));
        let (right, bottom) = place.pixel(panel.x.coordinate(right), foot);
        rectangle((left, bottom), (right, top))
    };
    series.x.iter().zip(&series.y).map(bar).collect()
}

fn error_bars(series: &Series, limits: &Interval, panel: &Panel, place: &Place) -> String {
    let shift = if series.kind == SeriesKind::Bars {
        let slots = BarSlots::of(panel);
        slots.offset(panel.bar_index(series)) + slots.width / 2.0
    } else {
        0.0
    };
    let x: Vec<f64> = series.x.iter().map(|x| x + shift).collect();
    let lower = pixels(&x, &limits.lower, panel, place);
    let upper = pixels(&x, &limits.upper, panel, place);
    let bar = |(low, high): (&Point, &Point)| {
        let stem: String = clip::line(&[*low, *high]).iter().map(|part| open(part)).collect();
        let caps = [low, high].into_iter().filter(|end| clip::is_near(**end));
        let caps = caps
            .map(|end| format!("M{} {}h{}", pixel(end.0 - CAP), pixel(end.1), pixel(2.0 * CAP)));
        stem + &caps.collect::<String>()
    };
    lower.iter().zip(&upper).map(bar).collect()
}

/// One path for each colour, and one rectangle for neighbours of the same colour: a cell costs a few
/// characters.
pub(super) fn field(
    svg: &mut Writer,
    heatmap: &Heatmap,
    panel: &Panel,
    place: &Place,
    colors: Extent,
) {
    const LEVELS: usize = 256;
    let columns = cell_borders(&heatmap.x, &panel.x);
    let rows = cell_borders(&heatmap.y, &panel.y);
    let mut paths = vec![String::new(); LEVELS];
    let level = |value: &f64| {
        (colors.fraction(*value).clamp(0.0, 1.0) * (LEVELS - 1) as f64).round() as usize
    };
    for (row, values) in heatmap.rows.iter().enumerate() {
        let levels: Vec<usize> = values.iter().map(level).collect();
        let mut column = 0;
        for run in levels.chunk_by(|a, b| a == b) {
            let (left, bottom) = place.pixel(columns[column], rows[row]);
            column += run.len();
            let (right, top) = place.pixel(columns[column], rows[row + 1]);
            paths[run[0]] += &rectangle((left, bottom), (right, top));
        }
    }
    svg.open("g", r#"class="field" shape-rendering="crispEdges""#);
    for (level, path) in paths.iter().enumerate() {
        let fill = style::viridis(level as f64 / (LEVELS - 1) as f64);
        svg.path(path, &format!(r#"fill="{fill}""#));
    }
    svg.close("g");
}

pub(super) fn guide(svg: &mut Writer, guide: &Guide, panel: &Panel, place: &Place) {
    let (x_range, y_range) = (place.x.extent, place.y.extent);
    let (ends, dash) = match *guide {
        Guide::Vertical { x, .. } => {
            let x = panel.x.coordinate(x);
            ([(x, y_range.low), (x, y_range.high)], r#" stroke-dasharray="3 3""#)
        }
        Guide::Horizontal { y, .. } => {
            let y = panel.y.coordinate(y);
            ([(x_range.low, y), (x_range.high, y)], r#" stroke-dasharray="3 3""#)
        }
        Guide::Slope { exponent, from, to_x, .. } => {
            let end = (to_x, Guide::end_of_slope(exponent, from, to_x));
            ([from, end].map(|(x, y)| (panel.x.coordinate(x), panel.y.coordinate(y))), "")
        }
    };
    let commands: String =
        clip::line(&ends.map(|(x, y)| place.pixel(x, y))).iter().map(|part| open(part)).collect();
    svg.path(
        &commands,
        &format!(
            r#"class="guide" fill="none" stroke="{}" stroke-width="1.5"{dash}"#,
            style::guide_color(panel.heatmap.is_some())
        ),
    );
}

/// The length of a sample in the legend: what is left of its place before the name.
const SAMPLE: f64 = SWATCH - 6.0;

/// The sample of a series in the legend, 24 pixels wide, from `start` to the right.
pub(super) fn swatch(svg: &mut Writer, series: &Series, style: Style, (left, middle): Point) {
    let (right, center) = (left + SAMPLE, (left + SAMPLE / 2.0, middle));
    let block =
        [(left, middle - 5.0), (left, middle + 5.0), (right, middle + 5.0), (right, middle - 5.0)];
    if series.area().is_some() {
        svg.path(&closed(&block), &area_attributes(style));
    }
    if series.kind == SeriesKind::Bars {
        svg.path(&closed(&block), &bar_attributes(style));
    }
    if series.has_line() {
        svg.path(&open(&[(left, middle), (right, middle)]), &line_attributes(style));
    }
    if series.has_markers() {
        svg.path(&symbol(style.symbol, center), &marker_attributes(style));
    }
}
