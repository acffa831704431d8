//! The figures of the paper: as printed, and then as they should read.

mod figure_7;

pub use figure_7::{figure_7_as_printed, figure_7_certified, figure_7_explained};
