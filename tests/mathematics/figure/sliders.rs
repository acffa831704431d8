//! Figures whose frames a slider chooses.

use super::*;

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
