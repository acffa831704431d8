//! The paper *Conformal Structure and Causality Bounds in Neural Optimization with the
//! Itakura-Saito Loss*, computed: every statement as printed and, where it fails, as it should read.
//!
//! | paper section | module | notebook |
//! |---|---|---|
//! | 2, 5, A.1, A.7 | [`divergence`] | `01_divergence` |
//! | 2, 3, A.2-A.5, A.8, B.1-B.3 | [`field`] | `02_field_theory` |
//! | 3, 4, A.6 | [`propagator`] | `03_propagator` |
//! | 6, B.4-B.5 | [`spectrum`] | `05_spectrum` |
//! | 7 | [`universality`] | `06_universality` |
//! | 8, 10, 12, 14 | [`causality`] | `07_speed_limit`, `08_light_cone`, `10_exponential_tails` |
//! | 9, 11, 13 | [`ntk`] | `08_light_cone`, `09_conditioning` |
//! | IIbis | [`renormalization`] | `11_renormalization` |
//! | 17 | [`network`], [`dataset`], [`training`] | `12_training`, `14_where_it_helps` |
//! | 17, Figure 7 | [`curvature`] | `13_hessian_spectrum` |
//! | the ten figures | [`gallery`] | all |
//! | all | [`claims`] | `15_claims` |
//!
//! What a notebook cell calls to show a figure or record a check stands in [`notebook`]; figures are
//! data first, in [`figure`]. A notebook takes all of it by `use itakura_saito::prelude::*;`, see [`prelude`].

pub mod causality;
pub mod claims;
pub mod curvature;
pub mod dataset;
pub mod divergence;
pub mod error;
pub mod exercises;
pub mod field;
pub mod figure;
pub mod gallery;
pub mod grid;
#[cfg(feature = "networks")]
pub mod network;
pub mod notebook;
pub mod ntk;
pub mod operator;
mod positive;
pub mod precision;
pub mod prelude;
pub mod propagator;
pub mod renormalization;
pub mod seed;
pub mod special;
pub mod spectrum;
#[cfg(feature = "networks")]
pub mod training;
mod trapezoid;
pub mod universality;

pub use error::{Error, Result};
