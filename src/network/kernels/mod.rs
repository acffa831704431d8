//! The inner loops, on plain slices of real numbers of either precision, with the widest vector instructions that the
//! processor has (found at run time).
//!
//! They are written with explicit vectors, so that they are fast in every profile: tests compile the
//! crate with less optimisation than notebooks do.

#![allow(
    clippy::needless_range_loop,
    clippy::manual_memcpy,
    reason = "accumulators stay in registers when they are indexed by counters of known range"
)]

pub(super) mod attention;
mod convolution;
mod gelu;
mod lanes;
pub(super) mod layer_norm;
mod real;
mod rows;
mod weight_gradient;

pub(super) use convolution::convolve;
pub(super) use gelu::gelu;
pub(super) use real::Real;
pub(super) use rows::{dot, sum};
pub(super) use weight_gradient::correlate;

/// The numbers that say which input meets which output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stencil {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// How many neighbours of a position take part, an odd number.
    pub(super) taps: usize,
    /// The distance between two of them.
    pub(super) dilation: usize,
}

impl Stencil {
    /// How far the farthest of them is away.
    pub(super) fn reach(&self) -> usize {
        self.taps / 2 * self.dilation
    }

    /// The number of weights.
    pub(super) fn size(&self) -> usize {
        self.outputs * self.inputs * self.taps
    }

    /// The stencil of the way back.
    pub(super) fn transposed(&self) -> Self {
        Self { inputs: self.outputs, outputs: self.inputs, ..*self }
    }

    /// Weights, in the order (output, input, tap), in the order of the way back: (input, output, tap
    /// reversed).
    pub(super) fn transpose<R: Real>(&self, weights: &[R]) -> Vec<R> {
        let mut transposed = vec![R::zero(); weights.len()];
        for (output, of_output) in weights.chunks_exact(self.inputs * self.taps).enumerate() {
            // Tap by tap, both sides advance by a step of their own; a quarter of the time of copying tap lists.
            for tap in 0..self.taps {
                let first = output * self.taps + self.taps - 1 - tap;
                let places = transposed[first..].iter_mut().step_by(self.outputs * self.taps);
                let of_tap = of_output[tap..].iter().step_by(self.taps);
                places.zip(of_tap).for_each(|(place, weight)| *place = *weight);
            }
        }
        transposed
    }
}
