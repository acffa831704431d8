//! All that a notebook cell calls, from one line: `use itakura_saito::prelude::*;`.
//!
//! The topics of the paper are here as a whole, so that a new function needs no new line. No name stands
//! for two things: the compiler refuses that, below. Nothing of the standard library's own prelude is
//! replaced, `print!` least of all; the kernel does that by a line of its own.
//!
//! Everything that can fail returns [`Result`](crate::Result) with [`Error`], so that `?` is enough:
//!
//! ```
//! use itakura_saito::prelude::*;
//!
//! let target: f64 = 2.0;
//! let profile: Profile = Profile::of_ratios(target, 0.2, 5.0)?;
//! show(&profile.figure()?);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

#![deny(ambiguous_glob_reexports)]

pub use ndarray::{Array1, Array2};
pub use std::f64::consts::PI;

pub use crate::Error;
pub use crate::causality::*;
pub use crate::claims::{Rows, Verdict, author_page, ledger, overview, show_cards};
pub use crate::curvature::*;
pub use crate::dataset::*;
pub use crate::divergence::*;
pub use crate::exercises::*;
pub use crate::field::*;
pub use crate::figure::*;
pub use crate::gallery::*;
pub use crate::grid::*;
#[cfg(feature = "networks")]
pub use crate::network::*;
pub use crate::notebook::{Bundle, Live, Progress, Show, show};
pub use crate::notebook::{check_close, check_true, check_within, footer};
pub use crate::ntk::*;
pub use crate::operator::*;
pub use crate::precision::Precision;
pub use crate::propagator::*;
pub use crate::renormalization::*;
pub use crate::spectrum::*;
#[cfg(feature = "networks")]
pub use crate::training::{study::*, *};
pub use crate::universality::*;
