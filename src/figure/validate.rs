//! Everything that is checked before a figure may be drawn.

use std::mem::discriminant;

use super::axis::Axis;
use super::builder::{Frame, Slider};
use super::check::{
    check_count, check_finite, check_length, check_optional_text, check_order, check_text,
    check_value, check_values, empty, order,
};
use super::panel::{Guide, Panel};
use super::series::{Heatmap, Series, SeriesKind};
use super::{FigureBuilder, text};
use crate::{Error, Result};

/// More lines than this cannot be told apart in one panel.
const MOST_LINES: usize = 5;
/// More axes than this plotly.rs cannot name.
const MOST_PANELS: usize = 8;
/// More frames than this make a notebook heavy.
const MOST_FRAMES: usize = 40;
/// Below this length the marks of an axis would run out of floats.
const SMALLEST_LENGTH: f64 = 1e-290;

pub(super) fn check(figure: &FigureBuilder) -> Result<()> {
    check_text("the title of the figure", &figure.title)?;
    check_text("the finding of the figure", &figure.finding)?;
    check_optional_text("the source of the figure", &figure.source)?;
    for (index, panel) in figure.panels.iter().enumerate() {
        check_panel(panel, index + 1)?;
    }
    let mut panels = figure.panels.len();
    if let Some(slider) = &figure.slider {
        check_slider(slider, panels)?;
        check_shown_frame(figure, slider)?;
        panels += slider.frames[0].panels.len();
    }
    if panels == 0 {
        return Err(empty("the figure has no panel".to_string()));
    }
    if figure.columns == 0 {
        return Err(empty("the figure has 0 columns".to_string()));
    }
    check_count("panels", "the figure".to_string(), panels, MOST_PANELS)
}

fn check_slider(slider: &Slider, still_panels: usize) -> Result<()> {
    check_text("the name of the slider", &slider.name)?;
    let place = format!("the slider over `{}`", slider.name);
    let Some(first) = slider.frames.first() else {
        return Err(empty(format!("{place} has no frame")));
    };
    check_count("frames", place, slider.frames.len(), MOST_FRAMES)?;
    if slider.start >= slider.frames.len() {
        return Err(Error::FigureFrames {
            frame: slider.start.to_string(),
            difference: format!("is asked for, but there are only {}", slider.frames.len()),
        });
    }
    for frame in &slider.frames {
        check_text("the label of a frame", &frame.label)?;
        for (index, panel) in frame.panels.iter().enumerate() {
            check_panel(panel, still_panels + index + 1)?;
        }
        check_same_shape(first, frame)?;
    }
    Ok(())
}

/// The frame that a static picture shows is one that the finding speaks of, by its label.
fn check_shown_frame(figure: &FigureBuilder, slider: &Slider) -> Result<()> {
    let label = text::plain(&slider.frames[slider.start].label);
    if names(&text::plain(&figure.finding), &label) {
        return Ok(());
    }
    Err(Error::FigureFrameUnnamed { slider: slider.name.clone(), label })
}

/// Whether a sentence holds a label as a word of its own: "1" is not in "10" or "0.1".
fn names(sentence: &str, label: &str) -> bool {
    let part_of_word = |character: Option<char>, next: Option<char>| {
        character.is_some_and(|character| {
            character.is_alphanumeric()
                || "-−_".contains(character)
                || ".,".contains(character) && next.is_some_and(char::is_alphanumeric)
        })
    };
    sentence.match_indices(label).any(|(at, _)| {
        let mut before = sentence[..at].chars().rev();
        let mut after = sentence[at + label.len()..].chars();
        !part_of_word(before.next(), before.next()) && !part_of_word(after.next(), after.next())
    })
}

/// A slider only moves values: panels, axes, names and kinds are those of the first frame.
fn check_same_shape(first: &Frame, frame: &Frame) -> Result<()> {
    let differs = |what: String| {
        Err(Error::FigureFrames {
            frame: frame.label.clone(),
            difference: format!("differs from frame `{}` in {what}", first.label),
        })
    };
    if first.panels.len() != frame.panels.len() {
        return differs("its number of panels".to_string());
    }
    for (index, (a, b)) in first.panels.iter().zip(&frame.panels).enumerate() {
        let panel = format!("of panel {}", index + 1);
        if a.title != b.title || a.x != b.x || a.y != b.y {
            return differs(format!("the title or the axes {panel}"));
        }
        if a.heatmap.as_ref().map(|h| &h.name) != b.heatmap.as_ref().map(|h| &h.name) {
            return differs(format!("the heat map {panel}"));
        }
        // plotly.js overwrites reference lines and notes one by one: what has no successor would stay.
        let guides = |panel: &Panel| -> Vec<_> { panel.guides.iter().map(discriminant).collect() };
        if guides(a) != guides(b) || a.notes.len() != b.notes.len() {
            return differs(format!("the reference lines or notes {panel}"));
        }
        if !a.series.iter().map(look).eq(b.series.iter().map(look)) {
            return differs(format!("the names, kinds or roles of the series {panel}"));
        }
    }
    Ok(())
}

fn look(series: &Series) -> (&str, SeriesKind, super::Role, bool) {
    (&series.name, series.kind, series.role, series.interval.is_some())
}

fn check_panel(panel: &Panel, number: usize) -> Result<()> {
    let place = format!("panel {number}");
    check_optional_text("the title of a panel", &panel.title)?;
    check_axis(&panel.x)?;
    check_axis(&panel.y)?;
    if panel.series.is_empty() && panel.heatmap.is_none() {
        return Err(empty(format!("{place} has neither a series nor a heat map")));
    }
    let lines = panel.series.iter().filter(|series| series.has_line()).count();
    check_count("lines", place, lines, MOST_LINES)?;
    panel.series.iter().try_for_each(|series| check_series(series, panel))?;
    panel.heatmap.iter().try_for_each(|heatmap| check_heatmap(heatmap, panel))?;
    panel.guides.iter().try_for_each(|guide| check_guide(guide, panel))?;
    for note in &panel.notes {
        check_text("a note", &note.text)?;
        check_value(&note.text, 0, note.x, &panel.x)?;
        check_value(&note.text, 0, note.y, &panel.y)?;
        let (right, above) = note.offset.unwrap_or_default();
        check_finite(&note.text, &[right, above])?;
    }
    Ok(())
}

fn check_axis(axis: &Axis) -> Result<()> {
    check_text("the title of an axis", &axis.title)?;
    check_optional_text("the unit of an axis", &axis.unit)?;
    axis.categories.iter().try_for_each(|name| check_text("the name of a category", name))?;
    if let Some((low, high)) = axis.range {
        check_value(&axis.title, 0, low, axis)?;
        check_value(&axis.title, 1, high, axis)?;
        // A narrower range would vanish in the seven digits of the numbers that are drawn in it.
        if high - low <= 1e-6 * low.abs().max(high.abs()) || high - low < SMALLEST_LENGTH {
            return Err(Error::FigureRange { axis: axis.title.clone(), low, high });
        }
    }
    Ok(())
}

fn check_series(series: &Series, panel: &Panel) -> Result<()> {
    check_text("the name of a series", &series.name)?;
    if series.x.is_empty() {
        return Err(empty(format!("the series `{}` has no points", series.name)));
    }
    if series.kind == SeriesKind::Bars && panel.x.is_logarithmic() {
        return Err(Error::FigureScale {
            what: format!(
                "the bars `{}` stand on the logarithmic axis `{}`",
                series.name, panel.x.title
            ),
            remedy: "use a linear axis or categories, or draw markers instead of bars",
        });
    }
    check_values(&series.name, &series.x, &panel.x)?;
    if series.kind != SeriesKind::Band {
        check_length(&series.name, series.x.len(), series.y.len())?;
        check_values(&series.name, &series.y, &panel.y)?;
    } else if series.interval.is_none() {
        return Err(empty(format!("the band `{}` has no limits", series.name)));
    }
    let Some(interval) = &series.interval else {
        return Ok(());
    };
    for limit in [&interval.lower, &interval.upper] {
        check_length(&series.name, series.x.len(), limit.len())?;
        check_values(&series.name, limit, &panel.y)?;
    }
    for (index, (&lower, &upper)) in interval.lower.iter().zip(&interval.upper).enumerate() {
        let middle = series.y.get(index).copied().unwrap_or(upper);
        check_order(&series.name, index, lower, middle)?;
        check_order(&series.name, index, middle, upper)?;
    }
    Ok(())
}

fn check_heatmap(heatmap: &Heatmap, panel: &Panel) -> Result<()> {
    check_text("the name of a heat map", &heatmap.name)?;
    if heatmap.x.is_empty() || heatmap.y.is_empty() {
        return Err(empty(format!("the heat map `{}` has no cells", heatmap.name)));
    }
    check_length(&heatmap.name, heatmap.y.len(), heatmap.rows.len())?;
    for row in &heatmap.rows {
        check_length(&heatmap.name, heatmap.x.len(), row.len())?;
        check_finite(&heatmap.name, row)?;
    }
    for (centres, axis) in [(&heatmap.x, &panel.x), (&heatmap.y, &panel.y)] {
        check_values(&heatmap.name, centres, axis)?;
        for (index, pair) in centres.windows(2).enumerate() {
            check_order(&heatmap.name, index + 1, pair[0], pair[1])?;
            if super::seven_digits(pair[0]) == super::seven_digits(pair[1]) {
                return Err(order(&heatmap.name, index + 1, pair[0], pair[1]));
            }
        }
    }
    Ok(())
}

fn check_guide(guide: &Guide, panel: &Panel) -> Result<()> {
    let label = guide.label();
    check_optional_text("the label of a reference line", label)?;
    match *guide {
        Guide::Vertical { x, .. } => check_value(label, 0, x, &panel.x),
        Guide::Horizontal { y, .. } => check_value(label, 0, y, &panel.y),
        Guide::Slope { .. } if !(panel.x.is_logarithmic() && panel.y.is_logarithmic()) => {
            Err(Error::FigureScale {
                what: format!(
                    "the reference slope `{label}` stands between the axes `{}` and `{}`",
                    panel.x.title, panel.y.title
                ),
                remedy: "make both axes logarithmic: only there is a power law a straight line",
            })
        }
        Guide::Slope { exponent, from, to_x, .. } => {
            check_value(label, 0, from.0, &panel.x)?;
            check_value(label, 0, from.1, &panel.y)?;
            check_value(label, 1, to_x, &panel.x)?;
            check_value(label, 1, Guide::end_of_slope(exponent, from, to_x), &panel.y)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_label_is_found_as_a_word_of_its_own_only() {
        for sentence in ["At λ = 0.1 it is flat.", "It ends at 0.1.", "0.1, then 2", "(0.1)"] {
            assert!(names(sentence, "0.1"), "{sentence}");
        }
        for sentence in ["At λ = 0.15 it is flat.", "It ends at 10.1.", "-0.1", "0.1e3", "nothing"]
        {
            assert!(!names(sentence, "0.1"), "{sentence}");
        }
    }
}
