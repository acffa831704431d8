//! The letters of axes, legend and slider.

use plotly::common::Font;

use crate::figure::style;
use crate::figure::text::FONT_SIZE;

pub(super) fn font() -> Font {
    Font::new().size(FONT_SIZE as usize).color(style::TEXT)
}
