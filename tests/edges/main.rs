//! Numbers at the edges: very large, very small, equal, missing, or none at all.
//!
//! Reference values are those of mpmath 1.3 at 60 digits for the formula that stands beside them, rounded to
//! seventeen digits.

#![allow(clippy::excessive_precision)] // references with all the digits that were computed

mod causality;
mod certificates;
mod divergence;
#[cfg(feature = "networks")]
mod effects;
mod eigenvalues;
mod field;
mod input;
mod messages;
#[cfg(feature = "networks")]
mod networks;
mod ntk;
mod propagator;
mod renormalization;
mod special;
mod spectra;
mod statistics;
mod universality;

/// Whether two numbers agree to a relative tolerance.
#[track_caller]
fn assert_close(observed: f64, expected: f64, tolerance: f64) {
    let gap = (observed - expected).abs();
    assert!(gap <= tolerance * expected.abs(), "{observed:e} is not {expected:e}");
}
