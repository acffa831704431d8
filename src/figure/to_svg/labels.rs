//! Words in a panel, and arrows from them to points.

use super::marks::open;
use super::writer::{Anchor, Writer};
use crate::figure::clip::Point;
use crate::figure::labels::{Along, Label};
use crate::figure::scene::Place;
use crate::figure::style;
use crate::figure::text::LINE_HEIGHT;
use crate::figure::ticks::Extent;

/// The label of a reference line, or a note with its arrow; nothing, if its point is not in the panel.
pub(super) fn label(svg: &mut Writer, label: &Label, place: &Place) {
    let along = |along, view: &Extent| match along {
        Along::Axis(coordinate) => view.fraction(coordinate),
        Along::Side(share) => share,
    };
    let (across, up) = (along(label.x, &place.x.extent), along(label.y, &place.y.extent));
    if !(0.0..=1.0).contains(&across) || !(0.0..=1.0).contains(&up) {
        return;
    }
    let head =
        (place.plot.left + place.plot.width * across, place.plot.bottom() - place.plot.height * up);
    let tail = (head.0 + label.right, head.1 - label.above);
    let anchor = if label.ends_here { Anchor::End } else { Anchor::Start };
    let plate = if label.on_field { plate() } else { String::new() };
    if !label.has_arrow {
        svg.lines(&label.text, tail, anchor, &format!(r#"class="label"{plate}"#));
        return;
    }
    arrow(svg, tail, head, label.on_field);
    let gap = if label.ends_here { -3.0 } else { 3.0 };
    // The tail points at the middle of the text.
    let first = tail.1 + 5.0 - LINE_HEIGHT / 2.0 * (label.text.len() as f64 - 1.0);
    svg.lines(&label.text, (tail.0 + gap, first), anchor, &format!(r#"class="note"{plate}"#));
}

/// Dark letters with a light rim, for words on the colours of a field.
fn plate() -> String {
    format!(
        r#" fill="{}" stroke="{}" stroke-width="3" stroke-linejoin="round" paint-order="stroke""#,
        style::TEXT_ON_FIELD,
        style::LIGHT
    )
}

fn arrow(svg: &mut Writer, tail: Point, head: Point, on_field: bool) {
    let (across, down) = (head.0 - tail.0, head.1 - tail.1);
    let length = across.hypot(down);
    if length < 8.0 {
        return;
    }
    let (across, down) = (across / length, down / length);
    // It stops short of the point, so as not to hide it.
    let tip = (head.0 - 5.0 * across, head.1 - 5.0 * down);
    let barb = |side: f64| {
        (tip.0 - 7.0 * across + side * 3.0 * down, tip.1 - 7.0 * down - side * 3.0 * across)
    };
    let commands = open(&[tail, tip]) + &open(&[barb(1.0), tip, barb(-1.0)]);
    svg.path(
        &commands,
        &format!(
            r#"class="arrow" fill="none" stroke="{}""#,
            if on_field { style::LIGHT } else { style::TEXT }
        ),
    );
}
