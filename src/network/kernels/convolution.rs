//! The convolution: a tile of the output stays in registers while all inputs and taps pass by.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::Rows;
use super::Stencil;

/// Adds the convolution of `input` with `weights` to `output`.
///
/// $$ y_{o,l} \mathrel{+}= \sum_{c,k} w_{o,c,k}\, x_{c,\,l + (k - K/2) D} $$
///
/// The weights are in the order (output, input, tap). The input has margins of at least
/// [`Stencil::reach`].
pub(in super::super) fn convolve(
    output: (&mut [f64], Rows),
    input: (&[f64], Rows),
    weights: &[f64],
    stencil: Stencil,
) {
    let (output, output_rows) = output;
    let (input, input_rows) = input;
    assert!(input_rows.margin >= stencil.reach(), "the margin holds the neighbours of the ends");
    Arch::new().dispatch(Convolve { output, output_rows, input, input_rows, weights, stencil });
}

struct Convolve<'a> {
    output: &'a mut [f64],
    output_rows: Rows,
    input: &'a [f64],
    input_rows: Rows,
    weights: &'a [f64],
    stencil: Stencil,
}

impl WithSimd for Convolve<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // As many accumulators as the registers hold: 32 where vectors have eight lanes, else 16.
        let outputs = self.stencil.outputs;
        let mut first = 0;
        if S::F64_LANES == 8 {
            while outputs - first >= 8 {
                self.block::<S, 8, 3>(simd, first);
                first += 8;
            }
        }
        while outputs - first >= 4 {
            self.block::<S, 4, 3>(simd, first);
            first += 4;
        }
        while first < outputs {
            self.block::<S, 1, 6>(simd, first);
            first += 1;
        }
    }
}

impl Convolve<'_> {
    /// All positions of `OUT` output channels, `VEC` vectors at a time.
    #[inline(always)]
    fn block<S: Simd, const OUT: usize, const VEC: usize>(&mut self, simd: S, first: usize) {
        let weights = self.packed::<OUT>(first);
        let rounded = self.output_rows.rounded();
        for sequence in 0..self.output_rows.sequences {
            let mut at = 0;
            while at + VEC * S::F64_LANES <= rounded {
                self.tile::<S, OUT, VEC>(simd, &weights, sequence, first, at);
                at += VEC * S::F64_LANES;
            }
            while at < rounded {
                self.tile::<S, OUT, 1>(simd, &weights, sequence, first, at);
                at += S::F64_LANES;
            }
        }
    }

    /// The weights of a block of outputs, those that are needed together side by side.
    #[inline(always)]
    fn packed<const OUT: usize>(&self, first: usize) -> Vec<[f64; OUT]> {
        let columns = self.stencil.inputs * self.stencil.taps;
        let mut packed = vec![[0.0; OUT]; columns];
        for output in 0..OUT {
            let row = &self.weights[(first + output) * columns..][..columns];
            for (packed, weight) in packed.iter_mut().zip(row) {
                packed[output] = *weight;
            }
        }
        packed
    }

    #[inline(always)]
    fn tile<S: Simd, const OUT: usize, const VEC: usize>(
        &mut self,
        simd: S,
        weights: &[[f64; OUT]],
        sequence: usize,
        first: usize,
        at: usize,
    ) {
        let width = VEC * S::F64_LANES;
        let mut sums = [[simd.splat_f64s(0.0); VEC]; OUT];
        for output in 0..OUT {
            let start = self.output_rows.start(sequence, first + output) + at;
            let row = S::as_simd_f64s(&self.output[start..start + width]).0;
            for vector in 0..VEC {
                sums[output][vector] = row[vector];
            }
        }
        let taps = self.stencil.taps;
        for (input, weights) in weights.chunks_exact(taps).enumerate() {
            let mut start = self.input_rows.start(sequence, input) + at - self.stencil.reach();
            for weights in weights {
                let row = S::as_simd_f64s(&self.input[start..start + width]).0;
                let mut values = [simd.splat_f64s(0.0); VEC];
                for vector in 0..VEC {
                    values[vector] = row[vector];
                }
                for output in 0..OUT {
                    let weight = simd.splat_f64s(weights[output]);
                    for vector in 0..VEC {
                        sums[output][vector] =
                            simd.mul_add_e_f64s(weight, values[vector], sums[output][vector]);
                    }
                }
                start += self.stencil.dilation;
            }
        }
        for output in 0..OUT {
            let start = self.output_rows.start(sequence, first + output) + at;
            let row = S::as_mut_simd_f64s(&mut self.output[start..start + width]).0;
            for vector in 0..VEC {
                row[vector] = sums[output][vector];
            }
        }
    }
}
