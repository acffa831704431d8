//! Whatever is finite can be drawn.

use super::*;

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
