//! The renderings of a figure agree with each other and with the data, and what cannot be drawn is
//! refused with its value.
//!
//! The oracle for the SVG is a reader with a ruler: the numbers beside two tick marks give the scale of
//! an axis, and the scale turns the pixels of a path back into values.

use itakura_saito::Error;
use itakura_saito::figure::{Axis, Figure, FigureBuilder, Heatmap, Panel, Role, Series, Slider};
use itakura_saito::figure::{plot_to_json, seven_digits};
use ndarray::{Array2, array};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::Value;

/// As a share of an axis: coordinates are written to a hundredth of a pixel, so a point and two marks
/// together are off by at most two hundredths; a panel is at least 150 pixels high.
const RULER: f64 = 2e-4;

// --- Reading a figure -----------------------------------------------------------------------------

fn build(panel: Panel) -> Figure {
    sketch().panel(panel).build().expect("a figure that can be drawn")
}

fn refuse(panel: Panel) -> Error {
    sketch().panel(panel).build().expect_err("a figure that cannot be drawn")
}

fn sketch() -> FigureBuilder {
    Figure::builder("What is found", "The finding.")
}

fn linear() -> Panel {
    Panel::new(Axis::linear("distance"), Axis::linear("response"))
}

fn logarithmic() -> Panel {
    Panel::new(Axis::logarithmic("nodes"), Axis::logarithmic("gap"))
}

fn of_class<'a, 'd>(node: Node<'a, 'd>, class: &str) -> Vec<Node<'a, 'd>> {
    node.descendants().filter(|node| node.attribute("class") == Some(class)).collect()
}

fn text_of(node: Node) -> String {
    node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}

/// The numbers after each command of a path: `[('M', [1.0, 2.0]), ('L', [3.0, 4.0])]`.
fn commands(path: &str) -> Vec<(char, Vec<f64>)> {
    let mut commands = Vec::new();
    let starts: Vec<usize> =
        path.char_indices().filter(|(_, c)| c.is_alphabetic()).map(|(index, _)| index).collect();
    for (position, &start) in starts.iter().enumerate() {
        let end = starts.get(position + 1).copied().unwrap_or(path.len());
        let numbers = path[start + 1..end].replace('-', " -");
        let numbers = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
        commands.push((path[start..].chars().next().unwrap(), numbers));
    }
    commands
}

/// The corners of a path that uses absolute commands only.
fn corners(path: &str) -> Vec<(f64, f64)> {
    let corners = commands(path).into_iter().filter(|(_, numbers)| numbers.len() == 2);
    corners
        .map(|(command, numbers)| {
            assert!(command == 'M' || command == 'L', "{command}");
            (numbers[0], numbers[1])
        })
        .collect()
}

/// A straight relation between pixels and coordinates, from two marks.
#[derive(Debug, Clone, Copy)]
struct Ruler {
    pixel: f64,
    coordinate: f64,
    per_pixel: f64,
}

impl Ruler {
    fn read(&self, pixel: f64) -> f64 {
        self.coordinate + (pixel - self.pixel) * self.per_pixel
    }
}

fn ruler(pixels: &[f64], labels: &[Node], is_logarithmic: bool) -> Ruler {
    let coordinates: Vec<f64> = labels.iter().map(|label| label_value(*label)).collect();
    let coordinate = |value: f64| if is_logarithmic { value.log10() } else { value };
    let (first, last) = (coordinate(coordinates[0]), coordinate(*coordinates.last().unwrap()));
    let length = pixels.last().unwrap() - pixels[0];
    Ruler { pixel: pixels[0], coordinate: first, per_pixel: (last - first) / length }
}

/// `−0.5`, `10` with a raised `−3`, or `2×10` with a raised `6`.
fn label_value(label: Node) -> f64 {
    let mut parts =
        label.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
    let base = parts.next().unwrap().replace('−', "-");
    let Some(power) = parts.next() else {
        return base.parse().unwrap();
    };
    let mantissa = base.strip_suffix("10").unwrap().strip_suffix('×').unwrap_or("1");
    format!("{mantissa}e{}", power.replace('−', "-")).parse().unwrap()
}

struct Border {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn border(panel: Node) -> Border {
    let rect = of_class(panel, "border")[0];
    let number = |name| rect.attribute(name).unwrap().parse::<f64>().unwrap();
    let (left, top) = (number("x"), number("y"));
    Border { left, right: left + number("width"), top, bottom: top + number("height") }
}

/// The rulers of both axes of a panel.
fn rulers(panel: Node, logarithmic: (bool, bool)) -> (Ruler, Ruler) {
    let labels = |class| of_class(panel, class)[0].children().filter(Node::is_element).collect();
    let (x_labels, y_labels): (Vec<Node>, Vec<Node>) = (labels("x-ticks"), labels("y-ticks"));
    let marks = commands(of_class(panel, "ticks")[0].attribute("d").unwrap());
    let marks: Vec<&Vec<f64>> = marks.iter().filter(|(c, _)| *c == 'M').map(|(_, at)| at).collect();
    let (x_marks, y_marks) = marks.split_at(x_labels.len());
    let x_pixels: Vec<f64> = x_marks.iter().map(|mark| mark[0]).collect();
    let y_pixels: Vec<f64> = y_marks.iter().map(|mark| mark[1]).collect();
    (ruler(&x_pixels, &x_labels, logarithmic.0), ruler(&y_pixels, &y_labels, logarithmic.1))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn assert_close(seen: f64, expected: f64, scale: f64, what: &str) {
    assert!((seen - expected).abs() <= RULER * scale, "{what}: {seen} is not {expected}");
}

// --- The renderings agree -------------------------------------------------------------------------

#[test]
fn the_path_in_the_svg_leads_through_the_points_of_the_plotly_trace() {
    let x = [1.0, 10.0, 250.0, 4000.0];
    let y = [3.0e-2, 7.7e-4, 1.0e-6, 2.0e-9];
    for (panel, is_log) in [
        (linear(), (false, false)),
        (logarithmic(), (true, true)),
        (Panel::new(Axis::linear("x"), Axis::logarithmic("y")), (false, true)),
    ] {
        let figure = build(panel.series(Series::corrected("corrected", &x, &y)));
        let (svg, json) = (figure.to_svg(), figure.to_plotly());
        let document = Document::parse(&svg).unwrap();
        let panel = of_class(document.root(), "panel")[0];
        let (x_ruler, y_ruler) = rulers(panel, is_log);
        let path = corners(of_class(panel, "line")[0].attribute("d").unwrap());
        let trace = &json["data"][0];
        let coordinate = |value: f64, is_log| if is_log { f64::log10(value) } else { value };
        let (trace_x, trace_y) = (numbers(&trace["x"]), numbers(&trace["y"]));
        assert_eq!((path.len(), trace_x.len()), (4, 4));
        let edges = border(panel);
        for (index, (across, down)) in path.iter().enumerate() {
            let (width, height) = (
                x_ruler.read(edges.right) - x_ruler.read(edges.left),
                y_ruler.read(edges.top) - y_ruler.read(edges.bottom),
            );
            assert_close(x_ruler.read(*across), coordinate(trace_x[index], is_log.0), width, "x");
            assert_close(y_ruler.read(*down), coordinate(trace_y[index], is_log.1), height, "y");
        }
    }
}

#[test]
fn both_renderings_show_the_same_part_of_each_axis() {
    let automatic = linear().series(Series::data("data", &[-3.0, 8.0], &[0.2, 0.9]));
    let decades = logarithmic().series(Series::data("data", &[1.0, 1e5], &[1e-7, 0.1]));
    let fixed =
        Panel::new(Axis::linear("x").range(0.0, 4.0), Axis::logarithmic("y").range(1e-3, 1.0))
            .series(Series::data("data", &[1.0], &[0.5]));
    for (panel, is_log) in
        [(automatic, (false, false)), (decades, (true, true)), (fixed, (false, true))]
    {
        let figure = build(panel);
        let (svg, json) = (figure.to_svg(), figure.to_plotly());
        let document = Document::parse(&svg).unwrap();
        let panel = of_class(document.root(), "panel")[0];
        let ((x, y), edges) = (rulers(panel, is_log), border(panel));
        let range = |axis: &str| numbers(&json["layout"][axis]["range"]);
        let seen = [
            (x, edges.left, edges.right, range("xaxis")),
            (y, edges.bottom, edges.top, range("yaxis")),
        ];
        for (ruler, low, high, range) in seen {
            let length = range[1] - range[0];
            assert_close(ruler.read(low), range[0], length, "low end");
            assert_close(ruler.read(high), range[1], length, "high end");
        }
    }
    let json = build(
        Panel::new(Axis::linear("x").range(0.0, 4.0), Axis::logarithmic("y").range(1e-3, 1.0))
            .series(Series::data("data", &[1.0], &[0.5])),
    )
    .to_plotly();
    assert_eq!(numbers(&json["layout"]["xaxis"]["range"]), [0.0, 4.0]);
    assert_eq!(numbers(&json["layout"]["yaxis"]["range"]), [-3.0, 0.0]);
}

#[test]
fn markers_are_centred_on_their_points_and_error_bars_end_at_their_limits() {
    let figure =
        build(linear().series(Series::data("data", &[1.0, 2.0], &[4.0, 6.0]).errors(&[0.5, 1.5])));
    let svg = figure.to_svg();
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let (x, y) = rulers(panel, (false, false));
    let edges = border(panel);
    let scale =
        (x.read(edges.right) - x.read(edges.left), y.read(edges.top) - y.read(edges.bottom));
    // A circle begins at its left end and is as wide as its first arc says.
    let circles = commands(of_class(panel, "markers")[0].attribute("d").unwrap());
    let starts = circles
        .iter()
        .filter(|(c, _)| *c == 'M')
        .zip(circles.iter().filter(|(c, _)| *c == 'a').step_by(2));
    for (((_, start), (_, arc)), point) in starts.zip([(1.0, 4.0), (2.0, 6.0)]) {
        assert_close(x.read(start[0] + arc[5] / 2.0), point.0, scale.0, "x of a marker");
        assert_close(y.read(start[1]), point.1, scale.1, "y of a marker");
    }
    let bars = commands(of_class(panel, "errors")[0].attribute("d").unwrap());
    let stems: Vec<f64> = bars.chunks(6).flat_map(|bar| [bar[0].1[1], bar[1].1[1]]).collect();
    assert_eq!(stems.len(), 4);
    for (pixel, limit) in stems.iter().zip([3.5, 4.5, 4.5, 7.5]) {
        assert_close(y.read(*pixel), limit, scale.1, "end of an error bar");
    }
    let trace = &figure.to_plotly()["data"][0];
    assert_eq!(numbers(&trace["error_y"]["array"]), [0.5, 1.5]);
    assert_eq!(numbers(&trace["error_y"]["arrayminus"]), [0.5, 1.5]);
}

#[test]
fn bars_stand_side_by_side_on_zero_at_the_same_places_in_both_renderings() {
    let axis = Axis::categories("network", &["TinyCNN", "ResNet1D"]);
    let figure = build(
        Panel::new(axis, Axis::linear("eigenvalue"))
            .series(Series::bars("first", &[0.0, 1.0], &[3.0, 5.0]))
            .series(Series::bars("second", &[0.0, 1.0], &[4.0, 2.0]).errors(&[1.0, 0.5])),
    );
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let edges = border(panel);
    let range = numbers(&json["layout"]["yaxis"]["range"]);
    let x_at = |pixel: f64| -0.5 + 2.0 * (pixel - edges.left) / (edges.right - edges.left);
    let y_at = |pixel: f64| {
        range[0] + (range[1] - range[0]) * (edges.bottom - pixel) / (edges.bottom - edges.top)
    };
    assert_eq!(range[0], 0.0);
    let series = of_class(panel, "bars");
    assert_eq!(series.len(), 2);
    for (path, trace) in series.iter().zip(json["data"].as_array().unwrap()) {
        let (offset, width) = (trace["offset"].as_f64().unwrap(), trace["width"].as_f64().unwrap());
        let places = numbers(&trace["x"]).into_iter().zip(numbers(&trace["y"]));
        for (bar, (x, height)) in corners(path.attribute("d").unwrap()).chunks(4).zip(places) {
            assert_close(x_at(bar[0].0), x + offset, 2.0, "left edge");
            assert_close(x_at(bar[2].0), x + offset + width, 2.0, "right edge");
            assert_close(y_at(bar[0].1), 0.0, range[1], "foot");
            assert_close(y_at(bar[1].1), height, range[1], "head");
        }
    }
    let (first, second) = (&json["data"][0], &json["data"][1]);
    assert_eq!(
        first["offset"].as_f64().unwrap() + first["width"].as_f64().unwrap(),
        second["offset"].as_f64().unwrap()
    );
    // The stem of an error bar stands in the middle of its own bar.
    let stem = commands(of_class(panel, "errors")[0].attribute("d").unwrap())[0].1[0];
    let middle = second["offset"].as_f64().unwrap() + second["width"].as_f64().unwrap() / 2.0;
    assert_close(x_at(stem), middle, 2.0, "stem");
    assert_eq!(json["layout"]["xaxis"]["ticktext"][1], "ResNet1D");
}

#[test]
fn a_band_is_the_same_closed_outline_in_both_renderings() {
    let x = [0.0, 1.0, 3.0];
    let figure =
        build(linear().series(Series::bound("bound", &x, &[0.0, 1.0, 1.0], &[2.0, 4.0, 9.0])));
    let (svg, trace) = (figure.to_svg(), figure.to_plotly()["data"][0].clone());
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let (x_ruler, y_ruler) = rulers(panel, (false, false));
    let outline = corners(of_class(panel, "area")[0].attribute("d").unwrap());
    let expected: Vec<(f64, f64)> =
        numbers(&trace["x"]).into_iter().zip(numbers(&trace["y"])).collect();
    assert_eq!(expected[..3], [(0.0, 2.0), (1.0, 4.0), (3.0, 9.0)]);
    assert_eq!(outline.len(), 6);
    for (pixel, point) in outline.iter().zip(expected) {
        assert_close(x_ruler.read(pixel.0), point.0, 3.0, "x");
        assert_close(y_ruler.read(pixel.1), point.1, 9.0, "y");
    }
    assert_eq!(trace["fill"], "toself");
}

#[test]
fn a_heat_map_has_the_same_values_cells_and_colours_in_both_renderings() {
    let values = array![[0.0, 1.0, 2.0], [3.0, 4.0, 8.0]];
    let figure =
        build(linear().heatmap(Heatmap::new("response", &[0.0, 1.0, 2.0], &[0.0, 10.0], &values)));
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let trace = &json["data"][0];
    assert_eq!(numbers(&trace["z"][1]), [3.0, 4.0, 8.0]);
    assert_eq!((trace["zmin"].as_f64(), trace["zmax"].as_f64()), (Some(0.0), Some(8.0)));
    assert_eq!(numbers(&json["layout"]["xaxis"]["range"]), [-0.5, 2.5]);
    assert_eq!(numbers(&json["layout"]["yaxis"]["range"]), [-5.0, 15.0]);
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let edges = border(panel);
    let cells: Vec<Node> =
        of_class(panel, "field")[0].children().filter(Node::is_element).collect();
    assert_eq!(cells.len(), 6);
    let lowest = corners(cells[0].attribute("d").unwrap());
    assert_eq!(cells[0].attribute("fill"), trace["colorscale"][0][1].as_str());
    assert_close(lowest[0].0, edges.left, 1.0, "left edge of the first cell");
    assert_close(lowest[0].1, edges.bottom, 1.0, "lower edge of the first cell");
    let highest = corners(cells[5].attribute("d").unwrap());
    assert_eq!(cells[5].attribute("fill"), trace["colorscale"][10][1].as_str());
    assert_close(highest[2].0, edges.right, 1.0, "right edge of the last cell");
    assert_close(highest[2].1, edges.top, 1.0, "upper edge of the last cell");
}

#[test]
fn a_reference_line_is_not_hidden_by_a_heat_map() {
    let field = Heatmap::new("field", &[0.0, 1.0], &[0.0, 1.0], &array![[0.0, 1.0], [2.0, 3.0]]);
    let series = Series::data("data", &[0.0], &[1.0]);
    let on_field = build(linear().heatmap(field).vertical(0.5, "half"));
    let on_page = build(linear().series(series).vertical(0.5, "half"));
    let layer = |figure: &Figure| figure.to_plotly()["layout"]["shapes"][0]["layer"].clone();
    assert_eq!([layer(&on_field), layer(&on_page)], ["above", "below"]);
    let svg = on_field.to_svg();
    let document = Document::parse(&svg).unwrap();
    let classes = document.descendants().filter_map(|node| node.attribute("class"));
    let order: Vec<&str> = classes.filter(|class| ["field", "guide"].contains(class)).collect();
    assert_eq!(order, ["field", "guide"]);
}

#[test]
fn a_role_has_one_look_everywhere() {
    let (x, y) = ([0.0, 1.0], [0.0, 1.0]);
    let figure = build(
        linear()
            .series(Series::as_printed("as printed", &x, &y))
            .series(Series::corrected("corrected", &x, &y))
            .series(Series::line("other", &x, &y))
            .series(Series::data("data", &x, &y)),
    );
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let data = &json["data"];
    let look = |index: usize| {
        (
            data[index]["line"]["color"].as_str().unwrap(),
            data[index]["line"]["dash"].as_str().unwrap(),
        )
    };
    assert_eq!([look(0), look(1)], [("#8c8c8c", "dash"), ("#0072b2", "solid")]);
    assert!(look(2) != look(0) && look(2) != look(1));
    assert_eq!(data[3]["marker"]["color"], "#000000");
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let lines = of_class(panel, "line");
    let looks = |line: &Node| {
        (
            line.attribute("stroke").unwrap().to_string(),
            line.attribute("stroke-dasharray").is_some(),
        )
    };
    assert_eq!(looks(&lines[0]), ("#8c8c8c".to_string(), true));
    assert_eq!(looks(&lines[1]), ("#0072b2".to_string(), false));
    assert_eq!(of_class(panel, "markers")[0].attribute("fill"), Some("#000000"));
}

#[test]
fn a_name_stands_once_in_the_legend_of_a_figure_with_several_panels() {
    let panel = || linear().series(Series::corrected("corrected", &[0.0, 1.0], &[0.0, 1.0]));
    let figure = sketch().panel(panel()).panel(panel()).columns(2).build().unwrap();
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let in_legend: Vec<bool> =
        (0..2).map(|index| json["data"][index]["showlegend"].as_bool().unwrap()).collect();
    assert_eq!(in_legend, [true, false]);
    assert_eq!(json["data"][1]["xaxis"], "x2");
    let document = Document::parse(&svg).unwrap();
    assert_eq!(text_of(of_class(document.root(), "legend")[0]).trim(), "corrected");
    // The domains of plotly.js are the borders of the picture.
    let panels = of_class(document.root(), "panel");
    let (first, second) = (border(panels[0]), border(panels[1]));
    let domain = numbers(&json["layout"]["xaxis2"]["domain"]);
    let share = |pixel: f64| (pixel - first.left) / (second.right - first.left);
    assert_close(share(second.left), domain[0], 1.0, "left border");
    assert_eq!(domain[1], 1.0);
}

#[test]
fn reference_lines_and_notes_stand_at_their_values() {
    let figure = build(
        logarithmic()
            .series(Series::data("data", &[1.0, 1e4], &[1e-8, 1.0]))
            .slope(-2.0, (10.0, 1e-1), 1000.0, "slope −2")
            .vertical(100.0, "reach")
            .horizontal(1e-3, "")
            .note(1e4, 1.0, "here"),
    );
    let (svg, layout) = (figure.to_svg(), figure.to_plotly()["layout"].clone());
    let shape = |index: usize, key: &str| layout["shapes"][index][key].as_f64().unwrap();
    // Shapes have values on a logarithmic axis, annotations have logarithms: so it is in plotly.js.
    assert_eq!(
        [shape(0, "x0"), shape(0, "y0"), shape(0, "x1"), shape(0, "y1")],
        [10.0, 0.1, 1000.0, 1e-5]
    );
    assert_eq!([shape(1, "x0"), shape(1, "x1"), shape(2, "y0")], [100.0, 100.0, 1e-3]);
    let labels: Vec<&str> = layout["annotations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["text"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["slope −2", "reach", "here"]);
    assert_eq!(
        (layout["annotations"][1]["x"].as_f64(), layout["annotations"][2]["x"].as_f64()),
        (Some(2.0), Some(4.0))
    );
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let (x, y) = rulers(panel, (true, true));
    let guides: Vec<Vec<(f64, f64)>> =
        of_class(panel, "guide").iter().map(|g| corners(g.attribute("d").unwrap())).collect();
    assert_close(x.read(guides[0][0].0), 1.0, 4.0, "beginning of the slope");
    assert_close(y.read(guides[0][1].1), -5.0, 8.0, "end of the slope");
    assert_close(x.read(guides[1][0].0), 2.0, 4.0, "vertical line");
    assert_close(y.read(guides[2][0].1), -3.0, 8.0, "horizontal line");
}

// --- Clipping -------------------------------------------------------------------------------------

#[test]
fn points_outside_a_fixed_range_are_clipped_and_not_clamped() {
    let axis = Axis::linear("response").range(0.0, 1.0);
    let figure = build(Panel::new(Axis::linear("distance"), axis).series(Series::corrected(
        "corrected",
        &[0.0, 1.0, 2.0],
        &[0.5, 3.0, -2.0],
    )));
    let svg = figure.to_svg();
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let (_, y) = rulers(panel, (false, false));
    let line = of_class(panel, "line")[0];
    for ((_, down), value) in corners(line.attribute("d").unwrap()).iter().zip([0.5, 3.0, -2.0]) {
        assert_close(y.read(*down), value, 1.0, "a point where it belongs");
    }
    let clip = line.ancestors().find_map(|node| node.attribute("clip-path")).expect("a clip path");
    let id = clip.trim_start_matches("url(#").trim_end_matches(')');
    let window = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
    let window = window.first_element_child().unwrap();
    let frame = of_class(panel, "border")[0];
    for side in ["x", "y", "width", "height"] {
        assert_eq!(window.attribute(side), frame.attribute(side), "{side}");
    }
    assert_eq!(numbers(&figure.to_plotly()["data"][0]["y"]), [0.5, 3.0, -2.0]);
}

#[test]
fn a_line_to_a_point_millions_of_panels_away_keeps_its_direction() {
    let axis = |title| Axis::linear(title).range(0.0, 1.0);
    let figure = build(Panel::new(axis("x"), axis("y")).series(Series::line(
        "steep",
        &[0.25, 1e7 + 0.25],
        &[0.5, 3e7 + 0.5],
    )));
    let svg = figure.to_svg();
    let document = Document::parse(&svg).unwrap();
    let panel = of_class(document.root(), "panel")[0];
    let (x, y) = rulers(panel, (false, false));
    let path = corners(of_class(panel, "line")[0].attribute("d").unwrap());
    assert!(path.iter().all(|(across, down)| across.abs() <= 5001.0 && down.abs() <= 5001.0));
    let (from, to) = (path[0], path[1]);
    let slope = (y.read(to.1) - y.read(from.1)) / (x.read(to.0) - x.read(from.0));
    assert!((slope - 3.0).abs() < 1e-3, "{slope}");
}

// --- Sliders --------------------------------------------------------------------------------------

fn slider() -> Slider {
    let frame = |mass: f64| {
        let values = [1.0 / mass, (-mass).exp() / mass];
        linear()
            .series(Series::corrected("corrected", &[0.0, 1.0], &values))
            .vertical(1.0 / mass, "reach")
    };
    let masses = [0.5, 1.0, 2.0];
    masses.iter().fold(Slider::new("mass m"), |slider, &mass| {
        slider.frame(&mass.to_string(), vec![frame(mass)])
    })
}

/// A figure whose finding names the frames with which the sliders of these tests begin.
fn moving_sketch() -> FigureBuilder {
    Figure::builder("A title", "The finding, at 0.5, at 1 and at step 0.")
}

#[test]
fn a_slider_begins_with_the_frame_that_the_finding_names() {
    let named = |finding: &str, start| {
        Figure::builder("A title", finding).slider(slider().start_at(start)).build()
    };
    assert!(named("It decays at m = 2.", 2).is_ok());
    for finding in ["It decays.", "It decays at m = 2.5.", "It decays at m = 12."] {
        let error = named(finding, 2).unwrap_err();
        let words = "begins with the frame `2`";
        assert!(error.to_string().contains(words), "{finding}: {error}");
        assert!(matches!(error, Error::FigureFrameUnnamed { .. }));
    }
}

#[test]
fn every_step_of_a_slider_calls_a_frame_that_travels_with_the_figure() {
    let still = linear().series(Series::data("still", &[0.0, 1.0], &[0.0, 1.0]));
    let figure = moving_sketch().panel(still).slider(slider()).build().unwrap();
    let json = figure.to_plotly();
    let (frames, steps) = (
        json["frames"].as_array().unwrap(),
        json["layout"]["sliders"][0]["steps"].as_array().unwrap(),
    );
    assert_eq!((frames.len(), steps.len(), figure.frame_count()), (3, 3, 3));
    for (index, (frame, step)) in frames.iter().zip(steps).enumerate() {
        assert_eq!(step["method"], "animate");
        assert_eq!(step["args"][0][0], frame["name"]);
        assert_eq!(step["label"].as_str().unwrap(), ["0.5", "1", "2"][index]);
        // Only the trace that moves, and of it only what changes.
        assert_eq!(frame["traces"], serde_json::json!([1]));
        assert_eq!(frame["data"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["y"]);
        assert_eq!(numbers(&frame["data"][0]["y"])[0], [2.0, 1.0, 0.5][index]);
        assert_eq!(frame["layout"]["shapes"][0]["x0"].as_f64().unwrap(), [2.0, 1.0, 0.5][index]);
    }
    // The axes hold every frame: none of them jumps.
    let range = numbers(&json["layout"]["yaxis2"]["range"]);
    assert!(range[0] < 0.06 && range[1] > 2.0);
}

#[test]
fn the_svg_of_a_slider_shows_the_first_position_and_says_so() {
    let figure = moving_sketch().slider(slider().start_at(1)).build().unwrap();
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let document = Document::parse(&svg).unwrap();
    let description =
        document.descendants().find(|node| node.has_tag_name("desc")).map(text_of).unwrap();
    assert!(description.contains("mass m = 1 (frame 2 of 3)"), "{description}");
    assert!(description.starts_with("The finding, at 0.5,") && description.contains("slider"));
    let panel = of_class(document.root(), "panel")[0];
    let (_, y) = rulers(panel, (false, false));
    let path = corners(of_class(panel, "line")[0].attribute("d").unwrap());
    assert_close(y.read(path[0].1), 1.0, 2.0, "the value of frame 2");
    assert_eq!(json["layout"]["sliders"][0]["active"], 1);
    assert_eq!(numbers(&json["data"][0]["y"])[0], 1.0);
}

#[test]
fn frames_that_differ_in_more_than_values_are_refused() {
    let other =
        linear().series(Series::corrected("another name", &[0.0], &[1.0])).vertical(0.25, "reach");
    let error = sketch().slider(slider().frame("4", vec![other])).build().unwrap_err();
    assert!(matches!(&error, Error::FigureFrames { frame, .. } if frame == "4"), "{error}");
    assert!(error.to_string().contains("names"), "{error}");
    let without_line = linear().series(Series::corrected("corrected", &[0.0], &[1.0]));
    let error = sketch().slider(slider().frame("4", vec![without_line])).build().unwrap_err();
    assert!(error.to_string().contains("reference lines"), "{error}");
    let error = sketch().slider(slider().start_at(7)).build().unwrap_err();
    assert!(error.to_string().contains('7') && error.to_string().contains("only 3"), "{error}");
}

#[test]
fn forty_frames_are_taken_and_forty_one_are_not() {
    let frames = |count: usize| {
        let panel = || linear().series(Series::data("data", &[0.0], &[1.0]));
        (0..count).fold(Slider::new("step"), |slider, step| {
            slider.frame(&step.to_string(), vec![panel()])
        })
    };
    assert_eq!(moving_sketch().slider(frames(40)).build().unwrap().frame_count(), 40);
    let error = sketch().slider(frames(41)).build().unwrap_err();
    assert!(
        matches!(error, Error::FigureTooMany { what: "frames", count: 41, limit: 40, .. }),
        "{error}"
    );
    let error = sketch().slider(Slider::new("step")).build().unwrap_err();
    assert!(matches!(&error, Error::FigureEmpty { what } if what.contains("`step`")), "{error}");
}

// --- What cannot be drawn is refused, with its value ------------------------------------------------

#[test]
fn a_value_that_is_not_a_finite_number_is_named_with_its_series_and_place() {
    for (value, words) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
        let bad = |x: &[f64], y: &[f64]| linear().series(Series::line("decay", x, y));
        let interval =
            Series::line("decay", &[0.0, 1.0], &[0.0, 1.0]).interval(&[0.0, value], &[0.0, 2.0]);
        for panel in [
            bad(&[0.0, 1.0], &[1.0, value]),
            bad(&[0.0, value], &[1.0, 2.0]),
            linear().series(interval),
        ] {
            let error = refuse(panel);
            assert!(
                matches!(&error, Error::FigureNotFinite { name, index: 1, .. } if name == "decay"),
                "{error}"
            );
            assert!(
                error.to_string().contains(&format!("value 1 of `decay` is {words}")),
                "{error}"
            );
        }
        let field = Heatmap::new("field", &[0.0, 1.0], &[0.0], &array![[1.0, value]]);
        assert!(matches!(refuse(linear().heatmap(field)), Error::FigureNotFinite { index: 1, .. }));
        let series = || linear().series(Series::data("data", &[0.0], &[1.0]));
        for panel in [
            series().vertical(value, "here"),
            series().horizontal(value, "here"),
            series().note(0.0, value, "here"),
        ] {
            assert!(matches!(refuse(panel), Error::FigureNotFinite { name, .. } if name == "here"));
        }
    }
}

#[test]
fn a_value_that_is_not_positive_is_refused_on_a_logarithmic_axis_only() {
    for value in [0.0, -2.5] {
        let series = || Series::data("losses", &[1.0, 2.0, 3.0], &[0.5, 0.25, value]);
        build(linear().series(series()));
        let error = refuse(logarithmic().series(series()));
        assert!(
            matches!(&error, Error::FigureNotPositive { name, axis, index: 2, .. } if name == "losses" && axis == "gap")
        );
        let words = error.to_string();
        assert!(words.contains(&format!("is {value}")) && words.contains("`gap`"), "{words}");
        let range = Axis::logarithmic("gap").range(value, 1.0);
        let panel =
            Panel::new(Axis::linear("x"), range).series(Series::data("data", &[1.0], &[1.0]));
        assert!(matches!(refuse(panel), Error::FigureNotPositive { index: 0, .. }));
        let error_bar = Series::data("data", &[1.0], &[1.0]).errors(&[1.0 - value]);
        assert!(matches!(refuse(logarithmic().series(error_bar)), Error::FigureNotPositive { .. }));
    }
}

#[test]
fn lists_of_different_lengths_are_refused_with_both_lengths() {
    let lengths = |panel, a: usize, b: usize| {
        let error = refuse(panel);
        let Error::FigureLengths { expected, found, .. } = error else { panic!("{error}") };
        assert_eq!((expected, found), (a, b));
        assert!(
            error.to_string().contains(&a.to_string())
                && error.to_string().contains(&b.to_string())
        );
    };
    lengths(linear().series(Series::line("s", &[1.0, 2.0, 3.0], &[1.0])), 3, 1);
    lengths(linear().series(Series::line("s", &[1.0, 2.0], &[1.0, 2.0]).errors(&[0.1])), 2, 1);
    lengths(linear().series(Series::line("s", &[1.0], &[1.0]).errors(&[0.1, 0.2, 0.3])), 1, 3);
    lengths(linear().series(Series::band("s", &[1.0, 2.0], &[1.0, 2.0], &[1.0])), 2, 1);
    lengths(linear().heatmap(Heatmap::new("h", &[0.0, 1.0], &[0.0], &Array2::zeros((1, 3)))), 2, 3);
    lengths(linear().heatmap(Heatmap::new("h", &[0.0, 1.0], &[0.0], &Array2::zeros((2, 2)))), 1, 2);
}

#[test]
fn an_empty_series_panel_or_figure_is_refused() {
    let empty = |error: Error, word: &str| {
        assert!(matches!(&error, Error::FigureEmpty { what } if what.contains(word)), "{error}");
    };
    empty(refuse(linear().series(Series::line("nothing", &[], &[]))), "`nothing`");
    empty(refuse(linear()), "panel 1");
    empty(sketch().build().unwrap_err(), "no panel");
    empty(
        refuse(linear().heatmap(Heatmap::new("void", &[], &[], &Array2::zeros((0, 0))))),
        "`void`",
    );
    let panel = linear().series(Series::data("data", &[0.0], &[1.0]));
    empty(sketch().panel(panel).columns(0).build().unwrap_err(), "0 columns");
}

#[test]
fn five_lines_and_eight_panels_are_taken_and_one_more_is_not() {
    let lines = |count: usize| {
        let line = |index: usize| Series::line(&format!("line {index}"), &[0.0], &[1.0]);
        (0..count).fold(linear(), |panel, index| panel.series(line(index)))
    };
    build(lines(5).series(Series::data("data", &[0.0], &[1.0])));
    let error = refuse(lines(6));
    assert!(
        matches!(error, Error::FigureTooMany { what: "lines", count: 6, limit: 5, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("panel 1 has 6 lines"), "{error}");
    let panels = |count: usize| (0..count).fold(sketch(), |figure, _| figure.panel(lines(1)));
    assert_eq!(panels(8).build().unwrap().to_plotly()["data"][7]["xaxis"], "x8");
    let error = panels(9).build().unwrap_err();
    assert!(
        matches!(error, Error::FigureTooMany { what: "panels", count: 9, limit: 8, .. }),
        "{error}"
    );
}

#[test]
fn a_missing_text_and_latex_are_refused() {
    let panel = || linear().series(Series::data("data", &[0.0], &[1.0]));
    let wrong = |figure: FigureBuilder, text: &str| {
        let error = figure.build().unwrap_err();
        assert!(
            matches!(&error, Error::FigureText { text: found, .. } if found == text),
            "{error}"
        );
        assert!(error.to_string().contains(text));
    };
    wrong(Figure::builder(" ", "Finding.").panel(panel()), " ");
    wrong(Figure::builder("Title", "").panel(panel()), "");
    wrong(Figure::builder("The mass $m^2$", "Finding.").panel(panel()), "The mass $m^2$");
    wrong(sketch().panel(Panel::new(Axis::linear(""), Axis::linear("y"))), "");
    wrong(sketch().panel(linear().series(Series::data("", &[0.0], &[1.0]))), "");
    wrong(sketch().panel(panel().note(0.0, 1.0, "")), "");
    Figure::builder("It costs 5 $", "Finding.").panel(panel()).build().unwrap();
}

#[test]
fn ranges_limits_and_cells_must_be_in_order() {
    let panel = |low, high| {
        Panel::new(Axis::linear("x").range(low, high), Axis::linear("y")).series(Series::data(
            "d",
            &[0.0],
            &[1.0],
        ))
    };
    for (low, high) in [(1.0, 1.0), (2.0, 1.0), (1.0, 1.0 + 1e-9)] {
        let error = refuse(panel(low, high));
        assert!(matches!(&error, Error::FigureRange { axis, .. } if axis == "x"), "{error}");
        assert!(error.to_string().contains(&format!("from {low} to {high}")), "{error}");
    }
    let order = |panel, index: usize, first: f64, second: f64| {
        let error = refuse(panel);
        let Error::FigureOrder { index: i, first: a, second: b, .. } = error else {
            panic!("{error}")
        };
        assert_eq!((i, a, b), (index, first, second));
    };
    order(linear().series(Series::band("b", &[0.0, 1.0], &[0.0, 3.0], &[1.0, 2.0])), 1, 3.0, 2.0);
    order(linear().series(Series::line("l", &[0.0], &[5.0]).interval(&[0.0], &[4.0])), 0, 5.0, 4.0);
    order(linear().series(Series::data("d", &[0.0], &[5.0]).errors(&[-1.0])), 0, 6.0, 5.0);
    order(
        linear().heatmap(Heatmap::new("h", &[0.0, 2.0, 1.0], &[0.0], &Array2::zeros((1, 3)))),
        2,
        2.0,
        1.0,
    );
    order(
        linear().heatmap(Heatmap::new("h", &[1.0, 1.0], &[0.0], &Array2::zeros((1, 2)))),
        1,
        1.0,
        1.0,
    );
}

#[test]
fn bars_and_reference_slopes_are_refused_where_they_have_no_meaning() {
    let error = refuse(logarithmic().series(Series::bars("counts", &[1.0], &[2.0])));
    assert!(
        matches!(&error, Error::FigureScale { what, .. } if what.contains("`counts`") && what.contains("`nodes`")),
        "{error}"
    );
    let error = refuse(linear().series(Series::data("d", &[1.0], &[1.0])).slope(
        -2.0,
        (1.0, 1.0),
        2.0,
        "steep",
    ));
    assert!(
        matches!(&error, Error::FigureScale { what, .. } if what.contains("`steep`")),
        "{error}"
    );
}

// --- Data ------------------------------------------------------------------------------------------

#[test]
fn the_last_bits_of_the_data_do_not_show() {
    let figure =
        |third: f64| {
            build(linear().series(
                Series::corrected("c", &[0.0, third], &[third, 1.0]).errors(&[third, third]),
            ))
        };
    let (one, other) = (0.1 + 0.2, 0.3);
    assert_ne!(one, other);
    assert_eq!(figure(one).to_svg(), figure(other).to_svg());
    assert_eq!(figure(one).to_plotly(), figure(other).to_plotly());
    assert_eq!(figure(one), figure(other));
}

#[test]
fn a_stored_figure_is_the_same_figure_and_a_stored_error_is_still_an_error() {
    let panel = logarithmic()
        .series(Series::data("data", &[1.0, 2.0], &[0.1, 0.3]).errors(&[0.05, 0.1]))
        .slope(1.0, (1.0, 0.1), 2.0, "one");
    let figure = moving_sketch().source("§6").panel(panel).slider(slider()).build().unwrap();
    let stored = serde_json::to_string(&figure).unwrap();
    let read: Figure = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, figure);
    assert_eq!(read.to_svg(), figure.to_svg());
    let broken = stored.replacen("[1.0,2.0]", "[1.0,2.0,3.0]", 1);
    assert_ne!(broken, stored);
    let error = serde_json::from_str::<Figure>(&broken).unwrap_err();
    assert!(error.to_string().contains("needs 3 values"), "{error}");
}

#[test]
fn two_figures_on_one_page_do_not_share_ids() {
    let ids = |value: f64| {
        let svg = build(linear().series(Series::data("data", &[0.0], &[value]))).to_svg();
        let document = Document::parse(&svg).unwrap();
        document
            .descendants()
            .filter_map(|node| node.attribute("id").map(str::to_string))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(1.0).len(), 3);
    assert!(ids(1.0).iter().all(|id| !ids(2.0).contains(id)));
    assert_eq!(ids(1.0), ids(1.0));
}

#[test]
fn words_reach_every_reader_in_their_own_form() {
    let panel = linear().series(Series::data("x<sup>2</sup> < y & z", &[0.0], &[1.0]));
    let figure = Figure::builder("The gap is N<sup>−2</sup>", "It falls as N<sup>−2</sup>.")
        .source("§6")
        .panel(panel)
        .build()
        .unwrap();
    assert_eq!(figure.to_text(), "It falls as N⁻².");
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let document = Document::parse(&svg).unwrap();
    let title =
        document.descendants().find(|node| node.has_tag_name("title")).map(text_of).unwrap();
    assert_eq!(title, "The gap is N⁻²");
    assert_eq!(text_of(of_class(document.root(), "title")[0]), "The gap is N−2");
    assert_eq!(text_of(of_class(document.root(), "source")[0]), "Source: §6");
    assert_eq!(json["layout"]["title"]["text"], "<b>The gap is N<sup>−2</sup></b>");
    assert_eq!(json["data"][0]["name"], "x<sup>2</sup> &lt; y &amp; z");
}

#[test]
fn a_plot_made_with_plotly_rs_becomes_data_and_layout() {
    let mut plot = plotly::Plot::new();
    plot.add_trace(plotly::Bar::new(vec![1, 2], vec![3, 4]));
    let json = plot_to_json(&plot);
    assert_eq!(json["data"][0]["type"], "bar");
    assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["data", "layout"]);
}

// --- Whatever is finite can be drawn -----------------------------------------------------------------

fn finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![
        POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
        -10.0..10.0,
        Just(f64::MAX),
        Just(-f64::MAX)
    ]
}

fn words() -> impl Strategy<Value = String> {
    let any_text = prop::collection::vec(any::<char>(), 1..40)
        .prop_map(|characters| characters.into_iter().collect());
    let written = "[a-zλξ <>&\"'/−0-9]{1,60}";
    prop_oneof![any_text, written].prop_map(|text: String| format!("w{}", text.replace('$', "")))
}

fn drawn(points: &[(f64, f64, f64)], kind: usize, name: &str) -> Series {
    let x: Vec<f64> = points.iter().map(|point| point.0).collect();
    let (y, z): (Vec<f64>, Vec<f64>) =
        points.iter().map(|point| (point.1.min(point.2), point.1.max(point.2))).unzip();
    match kind {
        0 => Series::line(name, &x, &y).interval(&y, &z),
        1 => Series::data(name, &x, &y).interval(&y, &z),
        2 => Series::line_with_markers(name, &x, &y),
        3 => Series::bound(name, &x, &y, &z),
        _ => Series::bars(name, &x, &y).interval(&y, &z).role(Role::Plain),
    }
}

fn assert_drawable(figure: &Figure) -> Result<(), TestCaseError> {
    let (svg, json) = (figure.to_svg(), figure.to_plotly());
    let document = Document::parse(&svg).map_err(|error| TestCaseError::fail(error.to_string()))?;
    for attribute in document.descendants().flat_map(|node| node.attributes()) {
        if ["d", "x", "y", "width", "height", "transform", "viewBox", "dy"]
            .contains(&attribute.name())
        {
            let value = attribute.value();
            prop_assert!(
                !value.contains("NaN") && !value.contains("inf"),
                "{}={value}",
                attribute.name()
            );
        }
    }
    // A number that is none is `null` in JSON.
    prop_assert!(!json.to_string().contains("null"), "{}", json);
    for panel in of_class(document.root(), "panel") {
        for class in ["x-ticks", "y-ticks"] {
            prop_assert!(
                !of_class(panel, class)[0].children().any(|node| text_of(node).contains("NaN"))
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_finite_data_and_any_words_render_to_well_formed_xml_without_nan(
        points in prop::collection::vec((finite(), finite(), finite()), 1..12),
        kind in 0..5_usize,
        (title, name, note) in (words(), words(), words()),
    ) {
        let panel = linear().title(&title).series(drawn(&points, kind, &name)).note(points[0].0, points[0].1, &note);
        let figure = Figure::builder(&title, &note).source(&name).panel(panel).build();
        assert_drawable(&figure.unwrap())?;
    }

    #[test]
    fn any_positive_data_render_on_logarithmic_axes(
        points in prop::collection::vec((finite(), finite(), finite()), 1..12),
        kind in 0..4_usize,
    ) {
        let positive = |value: f64| value.abs().max(5e-324);
        let points: Vec<_> = points.into_iter().map(|(x, y, z)| (positive(x), positive(y), positive(z))).collect();
        assert_drawable(&build(logarithmic().series(drawn(&points, kind, "series"))))?;
    }

    #[test]
    fn any_finite_data_render_in_a_fixed_range(
        points in prop::collection::vec((finite(), finite(), finite()), 1..12),
        kind in 0..5_usize,
        low in -1e3..1e3_f64,
        length in prop_oneof![1e-2..1.0_f64, 1.0..1e9_f64],
    ) {
        let axis = |title| Axis::linear(title).range(low, low + length);
        let panel = Panel::new(axis("x"), axis("y")).series(drawn(&points, kind, "series"));
        assert_drawable(&build(panel))?;
    }

    #[test]
    fn any_finite_field_renders(
        values in prop::collection::vec(finite(), 6),
        (left, width) in (-1e6..1e6_f64, 1.0..1e6_f64),
    ) {
        let x = [left, left + width, left + 3.0 * width];
        let field = Array2::from_shape_vec((2, 3), values).unwrap();
        assert_drawable(&build(linear().heatmap(Heatmap::new("field", &x, &[0.0, 1.0], &field))))?;
    }

    #[test]
    fn seven_digits_are_kept(value in finite()) {
        let rounded = seven_digits(value);
        prop_assert!((rounded - value).abs() <= 5.1e-7 * value.abs() + 5e-324);
        prop_assert_eq!(seven_digits(rounded), rounded);
    }
}
