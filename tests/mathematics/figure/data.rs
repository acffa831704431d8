//! A figure as data: digits, storage, identities, words.

use super::*;

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
