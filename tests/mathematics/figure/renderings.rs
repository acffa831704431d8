//! Both renderings of a figure show the same.

use super::*;

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
