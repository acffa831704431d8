//! The crate without networks, one module per topic. One program: each would link the whole crate.

mod causality;
mod curvature;
mod dataset;
mod divergence;
mod divergence_references;
mod field;
mod field_on_the_square;
#[cfg(feature = "plotly")]
mod figure;
mod ntk_dynamics;
mod operator;
mod optimization;
#[cfg(feature = "plotly")]
mod propagator;
mod renormalization;
mod special;
mod spectrum;
mod universality;
