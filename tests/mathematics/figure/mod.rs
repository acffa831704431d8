//! The renderings of a figure agree with each other and with the data, and what cannot be drawn is
//! refused with its value.
//!
//! The oracle for the SVG is a reader with a ruler: the numbers beside two tick marks give the scale of
//! an axis, and the scale turns the pixels of a path back into values.

mod data;
mod finite;
mod refusals;
mod renderings;
mod sliders;

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
