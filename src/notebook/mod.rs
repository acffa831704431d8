//! What notebook cells call: showing figures, recording checks, printing in order.
//!
//! ```
//! use itakura_saito::notebook::{check_close, show};
//! # use itakura_saito::figure::{Axis, Figure, Panel, Series};
//! # let figure = Figure::builder("A straight line", "The line rises.")
//! #     .panel(Panel::new(Axis::linear("x"), Axis::linear("y"))
//! #         .series(Series::line("line", &[0.0, 1.0], &[0.0, 1.0])))
//! #     .build()?;
//! show(&figure);
//! check_close("half-of-one", "half of one is 0.5", 1.0 / 2.0, 0.5, 1e-12);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod bundle;
mod check;
mod footer;
pub mod marker;
pub mod print;
mod progress;

pub use bundle::{Bundle, Live, Show, show};
pub use check::{CHECKS_MIME, Check, check_close, check_true, check_within};
pub use footer::footer;
pub use progress::Progress;
