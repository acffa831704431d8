//! What cannot be drawn is refused, with its value.

use super::*;

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
