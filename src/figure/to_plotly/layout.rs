//! Everything around the traces: axes, title, legend, labels, slider.

use plotly::Layout;
use plotly::common::{Anchor, ExponentFormat, Font, Orientation, Reference, TickMode, Title};
use plotly::layout::{
    Annotation, Axis, AxisRange, AxisType, BarMode, HAlign, HoverMode, Legend, Margin, ModeBar,
    Shape, ShapeLayer, ShapeLine, ShapeType, TicksDirection, TraceOrder,
};

use super::font::font;
use super::slider;
use super::traces::Axes;
use crate::figure::labels::{Along, Label};
use crate::figure::legend::SWATCH;
use crate::figure::measures::{TITLE_BASELINE, WIDTH};
use crate::figure::panel::{Guide, Panel};
use crate::figure::scene::{Place, Rect, Scene, View};
use crate::figure::text::{self, FONT_SIZE, LINE_HEIGHT};
use crate::figure::{seven_digits, style};

pub(super) fn layout(scene: &Scene) -> Layout {
    let paper = scene.paper();
    let moving = scene.figure.content.slider.as_ref();
    let height = scene.height + if moving.is_some() { slider::HEIGHT } else { 0.0 };
    let margin = Margin::new()
        .left(paper.left as usize)
        .right((WIDTH - paper.right()) as usize)
        .top(paper.top as usize)
        .bottom((height - paper.bottom()) as usize)
        .auto_expand(false);
    let mut layout = decoration(scene, scene.figure.start())
        .title(title(scene, height))
        .width(WIDTH as usize)
        .height(height as usize)
        .auto_size(false)
        .margin(margin)
        .font(Font::new().family(style::FONT_FAMILY).size(FONT_SIZE as usize).color(style::TEXT))
        .paper_background_color(style::PAGE)
        .plot_background_color(style::PAGE)
        .mode_bar(
            ModeBar::new()
                .background_color(style::TRANSPARENT)
                .color(style::BORDER)
                .active_color(style::TEXT),
        )
        .show_legend(!scene.legend.is_empty())
        .legend(legend(scene, paper))
        .bar_mode(BarMode::Overlay)
        .hover_mode(HoverMode::Closest);
    for (index, (panel, place)) in scene.figure.panels(0).into_iter().zip(&scene.places).enumerate()
    {
        layout = with_axes(layout, index, axes(index, panel, place, paper));
    }
    match moving {
        Some(content) => layout.sliders(vec![slider::control(content, paper, height)]),
        None => layout,
    }
}

/// The part of the layout that may change with the frame: reference lines, labels and notes.
pub(super) fn decoration(scene: &Scene, frame: usize) -> Layout {
    let (mut shapes, mut annotations) = (Vec::new(), fixed_words(scene));
    for (index, (panel, place)) in
        scene.figure.panels(frame).into_iter().zip(&scene.places).enumerate()
    {
        let axes = Axes::of(index);
        shapes
            .extend(panel.guides.iter().map(|guide| shape(guide, &axes, panel.heatmap.is_some())));
        annotations.extend(place.labels(panel).iter().map(|label| annotation(label, &axes)));
    }
    Layout::new().shapes(shapes).annotations(annotations)
}

fn title(scene: &Scene, height: f64) -> Title {
    let words = format!("<b>{}</b>", text::plotly(&scene.title));
    // plotly.js puts the baseline of one line ten pixels below the given height, that of the first of
    // several lines at it.
    let baseline = if scene.title.len() == 1 { TITLE_BASELINE - 10.0 } else { TITLE_BASELINE };
    Title::with_text(words)
        .font(font())
        .x_ref(Reference::Container)
        .x(seven_digits(10.0 / WIDTH))
        .x_anchor(Anchor::Left)
        .y_ref(Reference::Container)
        .y(seven_digits(1.0 - baseline / height))
        .y_anchor(Anchor::Top)
}

fn legend(scene: &Scene, paper: Rect) -> Legend {
    let top = scene.legend.first().map_or(0.0, |entry| entry.middle - LINE_HEIGHT / 2.0 - 4.0);
    Legend::new()
        .orientation(Orientation::Horizontal)
        .trace_order(TraceOrder::Normal)
        .item_width(SWATCH as usize)
        .background_color(style::TRANSPARENT)
        .x(0.0)
        .x_anchor(Anchor::Left)
        .y(seven_digits(1.0 + (paper.top - top) / paper.height))
        .y_anchor(Anchor::Top)
}

/// The horizontal and the vertical axis of a panel, at its place on the paper.
fn axes(index: usize, panel: &Panel, place: &Place, paper: Rect) -> (Axis, Axis) {
    let (names, plot) = (Axes::of(index), place.plot);
    let across = |pixel: f64| seven_digits((pixel - paper.left) / paper.width);
    let up = |pixel: f64| seven_digits((paper.bottom() - pixel) / paper.height);
    let x = axis(&panel.x, &place.x)
        .domain(&[across(plot.left), across(plot.right())])
        .anchor(names.y.as_str())
        .tick_angle(0.0);
    let y = axis(&panel.y, &place.y)
        .domain(&[up(plot.bottom()), up(plot.top)])
        .anchor(names.x.as_str());
    (x, y)
}

/// Below this many decades an axis shows too few powers of ten to be read by them.
const SHORT_LOGARITHMIC_AXIS: f64 = 2.0;

/// The number at a coordinate, which is a decimal logarithm on a logarithmic axis.
fn value_at(coordinate: f64, logarithmic: bool) -> f64 {
    if logarithmic { seven_digits(10.0_f64.powf(coordinate)) } else { coordinate }
}

fn axis(content: &crate::figure::Axis, view: &View) -> Axis {
    let logarithmic = content.is_logarithmic();
    let kind = if logarithmic { AxisType::Log } else { AxisType::Linear };
    // Between powers of ten plotly.js writes single digits, 2 for 0.2, which nobody can read off where
    // hardly a power of ten is in sight. Such an axis keeps our marks, also when the reader zooms.
    let short = logarithmic && view.extent.high - view.extent.low < SHORT_LOGARITHMIC_AXIS;
    // plotly.js writes powers of ten a quarter larger than other marks.
    let size = if logarithmic && !short { FONT_SIZE * 0.8 } else { FONT_SIZE };
    let tick_font = Font::new().size(size as usize);
    let axis = Axis::new()
        .type_(kind)
        .title(Title::with_text(text::plotly(&view.title)).font(font()))
        .tick_font(tick_font)
        .range(AxisRange::new(view.extent.low, view.extent.high))
        .show_grid(true)
        .grid_color(style::GRID)
        .zero_line(false)
        .show_line(true)
        .line_color(style::BORDER)
        .mirror(true)
        .ticks(TicksDirection::Outside)
        .tick_color(style::BORDER)
        .tick_length(4)
        .exponent_format(ExponentFormat::Power);
    if content.categories.is_empty() && !short && !content.counts {
        // plotly.js chooses the marks again when the reader zooms.
        return axis.n_ticks(view.ticks.len() + 1);
    }
    axis.tick_mode(TickMode::Array)
        .tick_values(view.ticks.iter().map(|tick| value_at(tick.coordinate, logarithmic)).collect())
        .tick_text(view.labels.iter().map(|label| text::plotly(label)).collect())
}

fn with_axes(layout: Layout, index: usize, (x, y): (Axis, Axis)) -> Layout {
    match index {
        0 => layout.x_axis(x).y_axis(y),
        1 => layout.x_axis2(x).y_axis2(y),
        2 => layout.x_axis3(x).y_axis3(y),
        3 => layout.x_axis4(x).y_axis4(y),
        4 => layout.x_axis5(x).y_axis5(y),
        5 => layout.x_axis6(x).y_axis6(y),
        6 => layout.x_axis7(x).y_axis7(y),
        _ => layout.x_axis8(x).y_axis8(y),
    }
}

/// Reference lines lie below the data (but not below a heat map, which hides them) and reach across their panel however far the reader zooms.
fn shape(guide: &Guide, axes: &Axes, on_field: bool) -> Shape {
    let line = ShapeLine::new().color(style::guide_color(on_field)).width(1.5);
    let shape = Shape::new().shape_type(ShapeType::Line).layer(if on_field {
        ShapeLayer::Above
    } else {
        ShapeLayer::Below
    });
    let (x_side, y_side) = (format!("{} domain", axes.x), format!("{} domain", axes.y));
    let dotted = || line.clone().dash(plotly::common::DashType::Dot);
    match *guide {
        Guide::Vertical { x, .. } => {
            shape.x_ref(&axes.x).y_ref(y_side).x0(x).x1(x).y0(0.0).y1(1.0).line(dotted())
        }
        Guide::Horizontal { y, .. } => {
            shape.x_ref(x_side).y_ref(&axes.y).x0(0.0).x1(1.0).y0(y).y1(y).line(dotted())
        }
        Guide::Slope { exponent, from, to_x, .. } => shape
            .x_ref(&axes.x)
            .y_ref(&axes.y)
            .x0(from.0)
            .y0(from.1)
            .x1(to_x)
            .y1(Guide::end_of_slope(exponent, from, to_x))
            .line(line),
    }
}

fn annotation(label: &Label, axes: &Axes) -> Annotation {
    let (x, x_ref) = position(label.x, &axes.x);
    let (y, y_ref) = position(label.y, &axes.y);
    let (text_color, plate, arrow_color) = if label.on_field {
        let plate = style::translucent(style::LIGHT, 0.8);
        (style::TEXT_ON_FIELD, plate, style::LIGHT)
    } else {
        (style::TEXT, style::TRANSPARENT.to_string(), style::TEXT)
    };
    let words = Annotation::new()
        .text(text::plotly(&label.text))
        .x(x)
        .x_ref(x_ref)
        .y(y)
        .y_ref(y_ref)
        .x_anchor(if label.ends_here { Anchor::Right } else { Anchor::Left })
        .font(Font::new().color(text_color))
        .background_color(plate)
        .align(if label.ends_here { HAlign::Right } else { HAlign::Left });
    if !label.has_arrow {
        let words = words.show_arrow(false).y_anchor(Anchor::Bottom);
        return words.x_shift(label.right).y_shift(label.above - 5.0);
    }
    words
        .show_arrow(true)
        .arrow_head(2)
        .arrow_color(arrow_color)
        .arrow_width(1.0)
        .stand_off(5.0)
        .ax(label.right)
        .ay(-label.above)
}

fn position(along: Along, axis: &str) -> (f64, String) {
    match along {
        Along::Axis(coordinate) => (seven_digits(coordinate), axis.to_string()),
        Along::Side(share) => (share, format!("{axis} domain")),
    }
}

/// Titles of panels, and the source in the last line.
fn fixed_words(scene: &Scene) -> Vec<Annotation> {
    let mut words = Vec::new();
    for (index, place) in
        scene.places.iter().enumerate().filter(|(_, place)| !place.title.is_empty())
    {
        let axes = Axes::of(index);
        words.push(
            Annotation::new()
                .text(text::plotly(&place.title))
                .show_arrow(false)
                .x_ref(format!("{} domain", axes.x))
                .x(0.0)
                .x_anchor(Anchor::Left)
                .y_ref(format!("{} domain", axes.y))
                .y(1.0)
                .y_anchor(Anchor::Bottom)
                .align(HAlign::Left),
        );
    }
    if !scene.figure.source().is_empty() {
        let paper = scene.paper();
        let lines = text::wrap(&format!("Source: {}", scene.figure.source()), WIDTH - 20.0);
        let top = scene.height - LINE_HEIGHT * scene.footer.len() as f64 - 6.0;
        words.push(
            Annotation::new()
                .text(text::plotly(&lines))
                .show_arrow(false)
                .x_ref("paper")
                .x(seven_digits((10.0 - paper.left) / paper.width))
                .x_anchor(Anchor::Left)
                .y_ref("paper")
                .y(seven_digits((paper.bottom() - top) / paper.height))
                .y_anchor(Anchor::Top)
                .align(HAlign::Left),
        );
    }
    words
}
