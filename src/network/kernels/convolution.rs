//! The convolution: a tile of the output stays in registers while all inputs and taps pass by.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::Rows;
use super::{Real, Stencil};

/// Adds the convolution of `input` with `weights` to `output`.
///
/// $$ y_{o,l} \mathrel{+}= \sum_{c,k} w_{o,c,k}\\, x_{c,\\,l + (k - K/2) D} $$
///
/// The weights are in the order (output, input, tap). The input has margins of at least
/// [`Stencil::reach`].
pub(in super::super) fn convolve<R: Real>(
    output: (&mut [R], Rows),
    input: (&[R], Rows),
    weights: &[R],
    stencil: Stencil,
) {
    let (output, output_rows) = output;
    let (input, input_rows) = input;
    assert!(input_rows.margin >= stencil.reach(), "the margin holds the neighbours of the ends");
    Arch::new().dispatch(Convolve { output, output_rows, input, input_rows, weights, stencil });
}

struct Convolve<'a, R> {
    output: &'a mut [R],
    output_rows: Rows,
    input: &'a [R],
    input_rows: Rows,
    weights: &'a [R],
    stencil: Stencil,
}

impl<R: Real> WithSimd for Convolve<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // As many accumulators as the registers hold: 32 where vectors are the widest, else 16.
        let outputs = self.stencil.outputs;
        let mut first = 0;
        if R::lanes::<S>() == R::WIDEST {
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

impl<R: Real> Convolve<'_, R> {
    /// All positions of `OUT` output channels, `VEC` vectors at a time.
    #[inline(always)]
    fn block<S: Simd, const OUT: usize, const VEC: usize>(&mut self, simd: S, first: usize) {
        let weights = self.packed::<OUT>(first);
        let rounded = self.output_rows.rounded();
        for sequence in 0..self.output_rows.sequences {
            let mut at = 0;
            while at + VEC * R::lanes::<S>() <= rounded {
                self.tile::<S, OUT, VEC>(simd, &weights, sequence, first, at);
                at += VEC * R::lanes::<S>();
            }
            while at < rounded {
                self.tile::<S, OUT, 1>(simd, &weights, sequence, first, at);
                at += R::lanes::<S>();
            }
        }
    }

    /// The weights of a block of outputs, those that are needed together side by side.
    #[inline(always)]
    fn packed<const OUT: usize>(&self, first: usize) -> Vec<[R; OUT]> {
        let columns = self.stencil.inputs * self.stencil.taps;
        let mut packed = vec![[R::zero(); OUT]; columns];
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
        weights: &[[R; OUT]],
        sequence: usize,
        first: usize,
        at: usize,
    ) {
        let width = VEC * R::lanes::<S>();
        let mut sums = [[R::splat(simd, R::zero()); VEC]; OUT];
        for output in 0..OUT {
            let start = self.output_rows.start(sequence, first + output) + at;
            let row = R::vectors::<S>(&self.output[start..start + width]);
            for vector in 0..VEC {
                sums[output][vector] = row[vector];
            }
        }
        let taps = self.stencil.taps;
        for (input, weights) in weights.chunks_exact(taps).enumerate() {
            let mut start = self.input_rows.start(sequence, input) + at - self.stencil.reach();
            for weights in weights {
                let row = R::vectors::<S>(&self.input[start..start + width]);
                let mut values = [R::splat(simd, R::zero()); VEC];
                for vector in 0..VEC {
                    values[vector] = row[vector];
                }
                for output in 0..OUT {
                    let weight = R::splat(simd, weights[output]);
                    for vector in 0..VEC {
                        sums[output][vector] =
                            R::multiply_add(simd, weight, values[vector], sums[output][vector]);
                    }
                }
                start += self.stencil.dilation;
            }
        }
        for output in 0..OUT {
            let start = self.output_rows.start(sequence, first + output) + at;
            let row = R::vectors_mut::<S>(&mut self.output[start..start + width]);
            for vector in 0..VEC {
                row[vector] = sums[output][vector];
            }
        }
    }
}
