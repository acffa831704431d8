//! Looks: the colours of Okabe and Ito with three of Tol, all safe for the colour-blind and each doubled by a
//! dash and a marker, and the colours of a field.

use super::series::{Role, Series, SeriesKind};

/// Text on the page of a figure.
pub(super) const TEXT: &str = "#333333";
/// The border of a panel and the lines of reference.
pub(super) const BORDER: &str = "#8c8c8c";
/// The grid, faint on the page.
pub(super) const GRID: &str = "rgba(128,128,128,0.22)";
/// What stands behind a whole figure. A figure brings its own white page, so that black points and words keep
/// their contrast where the notebook is dark: no grey reaches 4.5 to 1 on white and on near black.
pub(super) const PAGE: &str = "#ffffff";
/// What lets the page shine through.
pub(super) const TRANSPARENT: &str = "rgba(0,0,0,0)";
/// Lines and the rims of words on the colours of a field, which is mostly dark.
pub(super) const LIGHT: &str = "#ffffff";
/// Words on the colours of a field, on a light plate.
pub(super) const TEXT_ON_FIELD: &str = "#202020";
/// Typefaces, in the order in which they are looked for.
pub(super) const FONT_FAMILY: &str = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/// Widths of lines and sizes of markers, in pixels.
pub(super) const LINE_WIDTH: f64 = 2.0;
pub(super) const MARKER_SIZE: usize = 8;
/// How much of the page a bar hides: the error bars on it stay visible.
pub(super) const BAR_OPACITY: f64 = 0.65;
/// How much of the page an area hides.
pub(super) const AREA_OPACITY: f64 = 0.28;

/// How a line is interrupted. The lengths are those of plotly.js, so that both renderings look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Solid,
    Dashed,
    DashDot,
    LongDash,
    Dotted,
}

impl Stroke {
    /// Lengths of strokes and gaps, in pixels; none for a solid line.
    pub(super) fn lengths(self) -> Option<&'static str> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some("9 9"),
            Self::DashDot => Some("9 3 3 3"),
            Self::LongDash => Some("15 15"),
            Self::Dotted => Some("3 3"),
        }
    }
}

/// The shape of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Circle,
    Square,
    TriangleUp,
    Diamond,
    TriangleDown,
}

/// Everything that tells one series from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) color: &'static str,
    pub(super) dash: Stroke,
    pub(super) symbol: Symbol,
}

impl Style {
    /// Error bars stand out against the bars that they sit on.
    pub(super) fn error_color(&self, kind: SeriesKind) -> &'static str {
        if kind == SeriesKind::Bars { TEXT } else { self.color }
    }
}

const fn style(color: &'static str, dash: Stroke, symbol: Symbol) -> Style {
    Style { color, dash, symbol }
}

/// For series without a meaning of their own. Blue, vermilion, grey, black and orange are taken by roles.
/// The solid stroke comes late: beside a corrected and a printed curve two plain ones differ in their
/// strokes too.
const PALETTE: [Style; 5] = [
    style("#009e73", Stroke::LongDash, Symbol::Circle),
    style("#332288", Stroke::DashDot, Symbol::Square),
    style("#cc79a7", Stroke::Solid, Symbol::TriangleUp),
    style("#56b4e9", Stroke::Dotted, Symbol::Diamond),
    style("#999933", Stroke::Dashed, Symbol::TriangleDown),
];

/// The style of the plain series number `index`. After five the colours return with other dashes and
/// markers.
fn plain(index: usize) -> Style {
    let (color, other) =
        (index % PALETTE.len(), (index + 2 * (index / PALETTE.len())) % PALETTE.len());
    Style { color: PALETTE[color].color, ..PALETTE[other] }
}

fn of_role(role: Role, plain_index: usize) -> Style {
    match role {
        Role::Plain => plain(plain_index),
        Role::AsPrinted => style("#8c8c8c", Stroke::Dashed, Symbol::Square),
        Role::Corrected | Role::ItakuraSaito => style("#0072b2", Stroke::Solid, Symbol::Circle),
        Role::Data => style("#000000", Stroke::Solid, Symbol::Circle),
        Role::Bound => style("#e69f00", Stroke::DashDot, Symbol::Diamond),
        Role::SquaredError => style("#d55e00", Stroke::DashDot, Symbol::Square),
        Role::SquaredLogarithm => style("#117733", Stroke::Dotted, Symbol::TriangleUp),
        Role::Training => style("#009e73", Stroke::Solid, Symbol::Circle),
        Role::Validation => style("#cc79a7", Stroke::Dashed, Symbol::TriangleUp),
        Role::SinglePrecision => style("#56b4e9", Stroke::Dotted, Symbol::Diamond),
        Role::DoublePrecision => style("#882255", Stroke::LongDash, Symbol::TriangleDown),
    }
}

/// The styles of a whole figure: series of the same name look the same in every panel and frame.
pub(super) struct Styles<'a> {
    plain_names: Vec<&'a str>,
}

impl<'a> Styles<'a> {
    pub(super) fn of(series: impl Iterator<Item = &'a Series>) -> Self {
        let mut plain_names: Vec<&str> = Vec::new();
        for series in series.filter(|series| series.role == Role::Plain) {
            if !plain_names.contains(&series.name.as_str()) {
                plain_names.push(&series.name);
            }
        }
        Self { plain_names }
    }

    pub(super) fn get(&self, series: &Series) -> Style {
        let index = self.plain_names.iter().position(|name| *name == series.name);
        of_role(series.role, index.unwrap_or(0))
    }
}

/// The colour of a line of reference: white on a heat map, which is mostly dark.
pub(super) fn guide_color(on_field: bool) -> &'static str {
    if on_field { LIGHT } else { BORDER }
}

/// What lies under what: bars, then areas, then lines and markers.
pub(super) fn layer(series: &Series) -> u8 {
    match series.kind {
        SeriesKind::Bars => 0,
        SeriesKind::Band => 1,
        SeriesKind::Line | SeriesKind::Markers | SeriesKind::LineWithMarkers => 2,
    }
}

/// Eleven stops of the map viridis (even in lightness, readable without red or green).
pub(super) const VIRIDIS: [[u8; 3]; 11] = [
    [68, 1, 84],
    [72, 36, 117],
    [65, 68, 135],
    [53, 95, 141],
    [42, 120, 142],
    [33, 145, 140],
    [34, 168, 132],
    [68, 191, 112],
    [122, 209, 81],
    [189, 223, 38],
    [253, 231, 37],
];

/// The colour at a fraction between 0 and 1 of the map, as `#rrggbb`.
pub(super) fn viridis(fraction: f64) -> String {
    let position = fraction.clamp(0.0, 1.0) * (VIRIDIS.len() - 1) as f64;
    let stop = (position as usize).min(VIRIDIS.len() - 2);
    let weight = position - stop as f64;
    let mix = |channel: usize| {
        let (from, to) = (f64::from(VIRIDIS[stop][channel]), f64::from(VIRIDIS[stop + 1][channel]));
        (from + weight * (to - from)).round() as u8
    };
    format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
}

/// A colour `#rrggbb` with an opacity.
pub(super) fn translucent(color: &str, opacity: f64) -> String {
    let channel = |at: usize| u8::from_str_radix(&color[at..at + 2], 16).unwrap_or(0);
    format!("rgba({},{},{},{opacity})", channel(1), channel(3), channel(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_the_first_fifteen_plain_styles_look_the_same_and_none_looks_like_a_role() {
        let mut looks: Vec<Style> = (0..15).map(plain).collect();
        for role in [Role::AsPrinted, Role::Corrected, Role::SquaredError, Role::Data, Role::Bound]
        {
            looks.push(of_role(role, 0));
        }
        for (index, look) in looks.iter().enumerate() {
            let same = |other: &&Style| other.color == look.color && other.dash == look.dash;
            assert_eq!(looks[..index].iter().find(same), None, "style {index}");
        }
    }

    /// Lightness as the eye weighs it, from 0 for black to 1 for white (relative luminance of sRGB).
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn words_stand_out_from_the_page_and_so_does_every_line() {
        let contrast = |color: &str| (luminance(PAGE) + 0.05) / (luminance(color) + 0.05);
        assert!(contrast(TEXT) > 7.0);
        let of_roles = ROLES.map(|role| of_role(role, 0));
        for look in of_roles.iter().chain(&PALETTE) {
            assert!(contrast(look.color) > 2.1, "{} has {:.2}", look.color, contrast(look.color));
        }
    }

    const ROLES: [Role; 11] = [
        Role::AsPrinted,
        Role::Corrected,
        Role::Data,
        Role::Bound,
        Role::ItakuraSaito,
        Role::SquaredError,
        Role::SquaredLogarithm,
        Role::Training,
        Role::Validation,
        Role::SinglePrecision,
        Role::DoublePrecision,
    ];

    #[test]
    fn pairs_differ_in_dash_and_marker_and_not_in_colour_alone() {
        for [one, other] in [
            [Role::ItakuraSaito, Role::SquaredError],
            [Role::ItakuraSaito, Role::SquaredLogarithm],
            [Role::SquaredError, Role::SquaredLogarithm],
            [Role::Training, Role::Validation],
            [Role::SinglePrecision, Role::DoublePrecision],
            [Role::AsPrinted, Role::Corrected],
        ] {
            let (one, other) = (of_role(one, 0), of_role(other, 0));
            assert!(one.dash != other.dash && one.symbol != other.symbol);
            assert_ne!(one.color, other.color);
        }
        let owned = [Role::ItakuraSaito, Role::SquaredError].map(|role| of_role(role, 0).color);
        assert!(PALETTE.iter().all(|look| !owned.contains(&look.color)));
    }

    #[test]
    fn the_colours_of_a_field_grow_lighter_all_the_way() {
        let lightness = |step: usize| {
            let color = viridis(step as f64 / 50.0);
            let channel = |at| f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap());
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        assert!((0..50).all(|step| lightness(step) < lightness(step + 1)));
        assert_eq!((viridis(0.0), viridis(1.0)), ("#440154".to_string(), "#fde725".to_string()));
    }
}
