//! The paper's ten figures: each as printed, and as it should be; where it is right, what it leaves out.
//! [`EXHIBITS`] lists them in both forms.
//!
//! ```
//! use itakura_saito::gallery::{figure_1, figure_1_corrected};
//!
//! assert_eq!(figure_1()?.source(), "§4, Figure 1");
//! assert!(figure_1_corrected()?.to_text().contains("straight line"));
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod exhibit;
mod figure_1;
mod figure_10;
mod figure_2;
mod figure_3;
mod figure_4;
mod figure_5;
mod figure_6;
mod figure_7;
mod figure_8;
mod figure_9;

pub use exhibit::{EXHIBITS, Exhibit, exhibit, gallery_register};
pub use figure_1::{figure_1, figure_1_corrected};
pub use figure_2::{figure_2, figure_2_corrected};
pub use figure_3::{figure_3, figure_3_corrected};
pub use figure_4::{figure_4, figure_4_corrected};
pub use figure_5::{figure_5, figure_5_corrected};
pub use figure_6::{figure_6, figure_6_corrected, figure_6_refuted, figure_6_upside_down};
pub use figure_7::{
    figure_7_as_printed, figure_7_certified, figure_7_explained, figure_7_reproduced,
};
pub use figure_8::{figure_8, figure_8_corrected};
pub use figure_9::{figure_9, figure_9_corrected};
pub use figure_10::{figure_10, figure_10_corrected};
