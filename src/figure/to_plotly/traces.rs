//! Series and heat maps as traces.

use plotly::common::{
    ColorBar, ColorScale, ColorScaleElement, DashType, ErrorData, ErrorType, Fill, Font, HoverInfo,
    Line, Marker, MarkerSymbol, Mode, Side, ThicknessMode, TickMode, Title,
};
use plotly::{Bar, HeatMap, Scatter, Trace, Traces};

use crate::figure::extent::BarSlots;
use crate::figure::measures::{COLOR_BAR_GAP, COLOR_BAR_WIDTH};
use crate::figure::panel::Panel;
use crate::figure::scene::{Place, Scene};
use crate::figure::series::{Heatmap, Interval, Series, SeriesKind};
use crate::figure::style::{self, LINE_WIDTH, MARKER_SIZE, Stroke, Style, Symbol};
use crate::figure::{seven_digits, text};

/// The traces of all panels in one frame. Their number and order are the same in every frame.
pub(super) fn all(scene: &Scene, frame: usize) -> Traces {
    let mut traces = Traces::new();
    let mut named: Vec<&str> = Vec::new();
    for (index, (panel, place)) in
        scene.figure.panels(frame).into_iter().zip(&scene.places).enumerate()
    {
        let axes = Axes::of(index);
        if let Some(heatmap) = &panel.heatmap {
            traces.push(field(heatmap, place, scene, &axes));
        }
        for series in panel.in_drawing_order() {
            let in_legend = !named.contains(&series.name.as_str());
            named.push(&series.name);
            let look = Look {
                name: text::plotly(&scene.name_of(series)),
                style: scene.styles.get(series),
                in_legend,
            };
            series_traces(series, panel, &look, &axes)
                .into_iter()
                .for_each(|trace| traces.push(trace));
        }
    }
    traces
}

/// The names of the axes of a panel: `x` and `y`, `x2` and `y2`, and so on.
pub(super) struct Axes {
    pub(super) x: String,
    pub(super) y: String,
}

impl Axes {
    pub(super) fn of(panel: usize) -> Self {
        let number = if panel == 0 { String::new() } else { (panel + 1).to_string() };
        Self { x: format!("x{number}"), y: format!("y{number}") }
    }
}

struct Look {
    name: String,
    style: Style,
    in_legend: bool,
}

fn series_traces(series: &Series, panel: &Panel, look: &Look, axes: &Axes) -> Vec<Box<dyn Trace>> {
    let mut traces: Vec<Box<dyn Trace>> = Vec::new();
    if let Some(area) = series.area() {
        traces.push(band(series, area, look, axes));
    }
    match series.kind {
        SeriesKind::Band => {}
        SeriesKind::Bars => traces.push(bars(series, panel, look, axes)),
        SeriesKind::Line | SeriesKind::Markers | SeriesKind::LineWithMarkers => {
            traces.push(curve(series, look, axes))
        }
    }
    traces
}

fn curve(series: &Series, look: &Look, axes: &Axes) -> Box<dyn Trace> {
    let mode = match (series.has_line(), series.has_markers()) {
        (true, true) => Mode::LinesMarkers,
        (true, false) => Mode::Lines,
        (false, _) => Mode::Markers,
    };
    let mut trace = Scatter::new(series.x.clone(), series.y.clone())
        .name(look.name.as_str())
        .legend_group(series.name.as_str())
        .show_legend(look.in_legend)
        .mode(mode)
        .x_axis(axes.x.as_str())
        .y_axis(axes.y.as_str());
    if series.has_line() {
        let line =
            Line::new().color(look.style.color).width(LINE_WIDTH).dash(dash(look.style.dash));
        trace = trace.line(line.simplify(false));
    }
    if series.has_markers() {
        trace =
            trace.marker(marker(look.style).symbol(symbol(look.style.symbol)).size(MARKER_SIZE));
    }
    if let Some(limits) = series.error_bars() {
        trace = trace.error_y(error_bars(series, limits, look.style));
    }
    trace
}

fn bars(series: &Series, panel: &Panel, look: &Look, axes: &Axes) -> Box<dyn Trace> {
    let slots = BarSlots::of(panel);
    let mut trace = Bar::new(series.x.clone(), series.y.clone())
        .name(look.name.as_str())
        .legend_group(series.name.as_str())
        .show_legend(look.in_legend)
        .width(slots.width)
        .offset(slots.offset(panel.bar_index(series)))
        .marker(marker(look.style).opacity(style::BAR_OPACITY))
        .x_axis(axes.x.as_str())
        .y_axis(axes.y.as_str());
    if let Some(limits) = series.error_bars() {
        trace = trace.error_y(error_bars(series, limits, look.style));
    }
    trace
}

fn band(series: &Series, area: &Interval, look: &Look, axes: &Axes) -> Box<dyn Trace> {
    let (x, y) = series.outline(area);
    Scatter::new(x, y)
        .name(look.name.as_str())
        .legend_group(series.name.as_str())
        .show_legend(look.in_legend && series.kind == SeriesKind::Band)
        .mode(Mode::Lines)
        .line(Line::new().width(0.0).simplify(false))
        .fill(Fill::ToSelf)
        .fill_color(style::translucent(look.style.color, style::AREA_OPACITY))
        .hover_info(HoverInfo::Skip)
        .x_axis(axes.x.as_str())
        .y_axis(axes.y.as_str())
}

fn error_bars(series: &Series, limits: &Interval, style: Style) -> ErrorData {
    // The distance between two values may exceed the largest number.
    let length = |(low, high): (&f64, &f64)| seven_digits((high - low).min(f64::MAX));
    let lengths = |low: &[f64], high: &[f64]| low.iter().zip(high).map(length).collect();
    ErrorData::new(ErrorType::Data)
        .symmetric(false)
        .array(lengths(&series.y, &limits.upper))
        .array_minus(lengths(&limits.lower, &series.y))
        .color(style.error_color(series.kind))
        .thickness(1.5)
        .width(4)
}

fn marker(style: Style) -> Marker {
    Marker::new().color(style.color).line(Line::new().width(0.0))
}

fn dash(dash: Stroke) -> DashType {
    match dash {
        Stroke::Solid => DashType::Solid,
        Stroke::Dashed => DashType::Dash,
        Stroke::DashDot => DashType::DashDot,
        Stroke::LongDash => DashType::LongDash,
        Stroke::Dotted => DashType::Dot,
    }
}

fn symbol(symbol: Symbol) -> MarkerSymbol {
    match symbol {
        Symbol::Circle => MarkerSymbol::Circle,
        Symbol::Square => MarkerSymbol::Square,
        Symbol::TriangleUp => MarkerSymbol::TriangleUp,
        Symbol::Diamond => MarkerSymbol::Diamond,
        Symbol::TriangleDown => MarkerSymbol::TriangleDown,
    }
}

fn field(heatmap: &Heatmap, place: &Place, scene: &Scene, axes: &Axes) -> Box<dyn Trace> {
    let mut trace = HeatMap::new(heatmap.x.clone(), heatmap.y.clone(), heatmap.rows.clone())
        .name(text::plain(&heatmap.name))
        .color_scale(ColorScale::Vector(color_stops()))
        .x_axis(axes.x.as_str())
        .y_axis(axes.y.as_str());
    if let Some(color) = &place.color {
        trace =
            trace.zmin(color.extent.low).zmax(color.extent.high).color_bar(color_bar(place, scene));
    }
    trace
}

fn color_stops() -> Vec<ColorScaleElement> {
    let last = (style::VIRIDIS.len() - 1) as f64;
    let stop =
        |(index, _)| ColorScaleElement(index as f64 / last, style::viridis(index as f64 / last));
    style::VIRIDIS.iter().enumerate().map(stop).collect()
}

/// The colour bar stands beside its own panel and is as high as it.
fn color_bar(place: &Place, scene: &Scene) -> ColorBar {
    let paper = scene.paper();
    let (plot, bar) = (place.plot, ColorBar::new());
    let Some(color) = &place.color else {
        return bar;
    };
    let font = Font::new().color(style::TEXT).size(text::FONT_SIZE as usize);
    bar.len_mode(ThicknessMode::Pixels)
        .len(plot.height as usize)
        .thickness_mode(ThicknessMode::Pixels)
        .thickness(COLOR_BAR_WIDTH as usize)
        .x(seven_digits((plot.right() + COLOR_BAR_GAP - paper.left) / paper.width))
        .x_anchor(plotly::common::Anchor::Left)
        .x_pad(0.0)
        .y(seven_digits((paper.bottom() - plot.bottom()) / paper.height))
        .y_anchor(plotly::common::Anchor::Bottom)
        .y_pad(0.0)
        .outline_width(0)
        .tick_mode(TickMode::Array)
        .tick_vals(color.ticks.iter().map(|tick| tick.coordinate).collect())
        .tick_text(color.ticks.iter().map(|tick| text::line(&tick.label).plotly()).collect())
        .tick_font(font.clone())
        .title(Title::with_text(text::plotly(&color.title)).side(Side::Right).font(font))
}
