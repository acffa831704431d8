//! The sizes that all figures share, in pixels.

/// The width of every figure.
pub(super) const WIDTH: f64 = 720.0;
/// The height of a figure with one panel.
pub(super) const HEIGHT: f64 = 420.0;
/// The height of a row of panels, where there are several.
pub(super) const ROW_HEIGHT: f64 = 300.0;
/// The free space at the edge of the figure.
pub(super) const EDGE: f64 = 10.0;
/// The baseline of the first line of the title.
pub(super) const TITLE_BASELINE: f64 = 23.0;
/// The colour bar: its distance from the panel and its width.
pub(super) const COLOR_BAR_GAP: f64 = 12.0;
pub(super) const COLOR_BAR_WIDTH: f64 = 14.0;
