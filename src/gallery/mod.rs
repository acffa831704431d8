//! The paper's ten figures: each as printed, and, where the audit asks for it, as it should be.
//!
//! ```
//! use itakura_saito::gallery::{figure_1, figure_1_corrected};
//!
//! assert_eq!(figure_1()?.source(), "§4, Figure 1");
//! assert!(figure_1_corrected()?.to_text().contains("straight line"));
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod figure_1;
mod figure_2;

pub use figure_1::{figure_1, figure_1_corrected};
pub use figure_2::{figure_2, figure_2_corrected};
