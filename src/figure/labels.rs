//! Where the words beside reference lines and points stand.

use super::panel::{Guide, Note, Panel};
use super::scene::Place;
use super::text::{self, LINE_HEIGHT, Line};

/// A position along one side of a panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Along {
    /// A coordinate on the axis.
    Axis(f64),
    /// A share of the side.
    Side(f64),
}

/// Words in a panel: `right` and `above` are the distance from the position to the first line, in pixels.
pub(super) struct Label {
    pub(super) x: Along,
    pub(super) y: Along,
    pub(super) right: f64,
    pub(super) above: f64,
    pub(super) ends_here: bool,
    pub(super) text: Vec<Line>,
    pub(super) has_arrow: bool,
    /// Behind the words are the colours of a heat map, not the page.
    pub(super) on_field: bool,
}

impl Place {
    /// The labels of all reference lines and notes of a panel.
    pub(super) fn labels(&self, panel: &Panel) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut vertical_lines = 0.0;
        for guide in panel.guides.iter().filter(|guide| !guide.label().is_empty()) {
            labels.push(self.guide_label(guide, panel, vertical_lines));
            if matches!(guide, Guide::Vertical { .. }) {
                vertical_lines += 1.0;
            }
        }
        labels.extend(panel.notes.iter().map(|note| self.note_label(note, panel)));
        labels
    }

    fn guide_label(&self, guide: &Guide, panel: &Panel, vertical_lines: f64) -> Label {
        let text = vec![text::line(guide.label())];
        let label = |x, y, right, above, ends_here| Label {
            x,
            y,
            right,
            above,
            ends_here,
            text: text.clone(),
            has_arrow: false,
            on_field: panel.heatmap.is_some(),
        };
        match *guide {
            // Labels of neighbouring lines stand at different heights.
            Guide::Vertical { x, .. } => {
                let x = panel.x.coordinate(x);
                let room = self.plot.width * (1.0 - self.x.extent.fraction(x));
                let ends_here = room < text::widest(&text) + 12.0;
                let right = if ends_here { -5.0 } else { 5.0 };
                label(
                    Along::Axis(x),
                    Along::Side(1.0),
                    right,
                    -16.0 - LINE_HEIGHT * vertical_lines,
                    ends_here,
                )
            }
            Guide::Horizontal { y, .. } => {
                let below = self.stands_below(y, panel);
                let above = if below { -LINE_HEIGHT } else { 5.0 };
                label(Along::Side(1.0), Along::Axis(panel.y.coordinate(y)), -5.0, above, true)
            }
            // Halfway along the line, on the upper side of it.
            Guide::Slope { exponent, from, to_x, .. } => {
                let x = (panel.x.coordinate(from.0) + panel.x.coordinate(to_x)) / 2.0;
                let end = Guide::end_of_slope(exponent, from, to_x);
                let y = (panel.y.coordinate(from.1) + panel.y.coordinate(end)) / 2.0;
                let right = if exponent > 0.0 { -7.0 } else { 7.0 };
                label(Along::Axis(x), Along::Axis(y), right, 5.0, exponent > 0.0)
            }
        }
    }

    /// Whether the words beside a horizontal line stand below it: where there is no room above, at the
    /// border or because the words of the next line stand below that one.
    fn stands_below(&self, y: f64, panel: &Panel) -> bool {
        let height = |y: f64| self.plot.height * self.y.extent.fraction(panel.y.coordinate(y));
        let named = panel.guides.iter().filter(|guide| !guide.label().is_empty());
        let lines = named.filter_map(|guide| match *guide {
            Guide::Horizontal { y, .. } => Some(y),
            _ => None,
        });
        let next = lines.filter(|other| *other > y).fold(f64::INFINITY, f64::min);
        let room = LINE_HEIGHT + 4.0;
        self.plot.height - height(y) < room
            || (next.is_finite()
                && height(next) - height(y) < 2.0 * room
                && self.stands_below(next, panel))
    }

    fn note_label(&self, note: &Note, panel: &Panel) -> Label {
        let (x, y) = (panel.x.coordinate(note.x), panel.y.coordinate(note.y));
        let towards_middle =
            |fraction: f64, distance: f64| if fraction > 0.5 { -distance } else { distance };
        let (right, above) = note.offset.unwrap_or((
            towards_middle(self.x.extent.fraction(x), 36.0),
            towards_middle(self.y.extent.fraction(y), 32.0),
        ));
        let head = self.pixel(x, y).0;
        let room = if right < 0.0 {
            head + right - self.plot.left
        } else {
            self.plot.right() - head - right
        };
        let width = (room - 8.0).clamp(80.0, (self.plot.width * 0.45).max(80.0));
        Label {
            x: Along::Axis(x),
            y: Along::Axis(y),
            right,
            above,
            ends_here: right < 0.0,
            text: text::wrap(&note.text, width),
            has_arrow: true,
            on_field: panel.heatmap.is_some(),
        }
    }
}
