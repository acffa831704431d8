//! Figures as data: points, axes and words, checked once, then drawn in three ways.
//!
//! A [`Figure`] says what is found (its title), how that sounds (its finding), what is measured on which
//! axes, and where the paper has it. [`Figure::to_plotly`] makes it an interactive figure,
//! [`Figure::to_svg`] a picture that needs no program at all, and [`Figure::to_text`] one sentence. All
//! three come from the same rounded numbers, so they cannot disagree.
//!
//! A look follows from the meaning of a series and is the same in every figure. A figure brings its own white
//! page, so that it reads the same in a light and in a dark notebook:
//!
//! | role | look |
//! |---|---|
//! | [`Role::AsPrinted`] | grey, dashed |
//! | [`Role::Corrected`] | blue, solid |
//! | [`Role::Data`] | black points |
//! | [`Role::Bound`] | orange band |
//! | [`Role::ItakuraSaito`], [`Role::SquaredError`] | blue, solid; vermilion, dash and dot |
//! | [`Role::Training`], [`Role::Validation`] | green, solid; purple, dashed |
//! | [`Role::SinglePrecision`], [`Role::DoublePrecision`] | sky blue, dotted; wine, long dashes |
//! | [`Role::Plain`] | the next of five further colours, each with its own dash and marker |
//!
//! ```
//! use itakura_saito::figure::{Axis, Figure, Panel, Series};
//!
//! let nodes: Vec<f64> = vec![10.0, 100.0, 1000.0];
//! let gap: Vec<f64> = vec![9.7e-2, 9.9e-4, 9.9e-6];
//! let panel: Panel = Panel::new(Axis::logarithmic("nodes N"), Axis::logarithmic("spectral gap"))
//!     .series(Series::data("computed", &nodes, &gap))
//!     .slope(-2.0, (20.0, 0.1), 500.0, "slope −2");
//! let figure: Figure = Figure::builder("The gap closes as N<sup>−2</sup>", "The gap falls by 100 when N grows tenfold.")
//!     .source("§6, Figure 3")
//!     .panel(panel)
//!     .build()?;
//! # Ok::<(), itakura_saito::Error>(())
//! ```

#![cfg_attr(
    not(feature = "plotly"),
    allow(dead_code, reason = "some of the styles serve the interactive form only")
)]

mod axis;
mod builder;
mod check;
mod checked;
mod clip;
mod extent;
mod labels;
mod legend;
mod measures;
mod panel;
mod rounding;
mod scene;
mod series;
mod style;
mod text;
mod ticks;
#[cfg(feature = "plotly")]
mod to_plotly;
mod to_svg;
mod validate;

pub use axis::{Axis, Scale};
pub use builder::{FigureBuilder, Slider};
pub use checked::Figure;
pub use panel::Panel;
pub use rounding::seven_digits;
pub use series::{Heatmap, Role, Series, SeriesKind};
pub(crate) use text::power_of_ten;
#[cfg(feature = "plotly")]
pub use to_plotly::plot_to_json;
