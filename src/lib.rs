//! The paper *Conformal Structure and Causality Bounds in Neural Optimization with the
//! Itakura-Saito Loss*, computed: every statement as printed and, where it fails, as it should read.
//!
//! | paper section | module | notebook |
//! |---|---|---|
//! | 2, 5, A.1, A.7 | [`divergence`] | `01_divergence` |
//! | 3, 4, A.6 | [`propagator`] | `03_propagator` |
//! | all | [`claims`] | `15_claims` |
//!
//! What a notebook cell calls to show a figure or record a check stands in [`notebook`]; figures are
//! data first, in [`figure`].

pub mod claims;
pub mod divergence;
pub mod error;
pub mod exercises;
pub mod figure;
pub mod gallery;
pub mod grid;
pub mod notebook;
pub mod operator;
pub mod propagator;
pub mod seed;

pub use error::{Error, Result};
