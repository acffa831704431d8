//! Elements of SVG, as text.

use crate::figure::scene::Rect;
use crate::figure::text::{LINE_HEIGHT, Line};

/// Where a text stands relative to its position.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => r#" text-anchor="middle""#,
            Self::End => r#" text-anchor="end""#,
        }
    }
}

/// A length in pixels to a hundredth, in as few characters as possible.
pub(super) fn pixel(length: f64) -> String {
    let text = format!("{length:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_string() } else { short.to_string() }
}

/// An SVG in the making. Attributes are written as they are given; text is escaped by [`Line`].
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self { out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn raw(&mut self, element: &str) {
        self.out += element;
        self.out.push('\n');
    }

    pub(super) fn open(&mut self, name: &str, attributes: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        self.raw(&format!("<{name}{space}{attributes}>"));
    }

    pub(super) fn close(&mut self, name: &str) {
        self.raw(&format!("</{name}>"));
    }

    /// A path; nothing, if it has no points.
    pub(super) fn path(&mut self, commands: &str, attributes: &str) {
        if !commands.is_empty() {
            self.raw(&format!(r#"<path d="{commands}" {attributes}/>"#));
        }
    }

    pub(super) fn rectangle(&mut self, rect: Rect, attributes: &str) {
        let [x, y, width, height] = [rect.left, rect.top, rect.width, rect.height].map(pixel);
        self.raw(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {attributes}/>"#
        ));
    }

    /// Lines of text, the first one with its baseline at `start`.
    pub(super) fn lines(
        &mut self,
        lines: &[Line],
        start: (f64, f64),
        anchor: Anchor,
        attributes: &str,
    ) {
        for (index, line) in lines.iter().enumerate() {
            let (x, y) = (pixel(start.0), pixel(start.1 + LINE_HEIGHT * index as f64));
            let anchor = anchor.attribute();
            let space = if attributes.is_empty() { "" } else { " " };
            self.raw(&format!(
                r#"<text x="{x}" y="{y}"{anchor}{space}{attributes}>{}</text>"#,
                line.svg()
            ));
        }
    }

    /// Lines of text that run upwards, around `middle`.
    pub(super) fn turned(&mut self, lines: &[Line], middle: (f64, f64), attributes: &str) {
        let (x, y) = (pixel(middle.0), pixel(middle.1));
        self.open("g", &format!(r#"transform="translate({x} {y}) rotate(-90)""#));
        self.lines(lines, (0.0, 0.0), Anchor::Middle, attributes);
        self.close("g");
    }
}
