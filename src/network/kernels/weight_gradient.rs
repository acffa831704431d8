//! The gradient of a convolution in its weights: scalar products of rows, many at once.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::Rows;
use super::{Real, Stencil};

/// Adds to `gradient` the scalar products of the rows of `upstream` with the shifted rows of `input`,
/// over all sequences.
///
/// $$ g_{o,c,k} \mathrel{+}= \sum_{b,l} u_{b,o,l}\\, x_{b,c,\\,l + (k - K/2) D} $$
///
/// Upstream must be zero beyond the ends of its rows, up to whole vectors.
pub(in super::super) fn correlate<R: Real>(
    gradient: &mut [R],
    upstream: (&[R], Rows),
    input: (&[R], Rows),
    stencil: Stencil,
) {
    let (upstream, upstream_rows) = upstream;
    let (input, input_rows) = input;
    assert!(input_rows.margin >= stencil.reach(), "the margin holds the neighbours of the ends");
    Arch::new().dispatch(Correlate {
        gradient,
        upstream,
        upstream_rows,
        input,
        input_rows,
        stencil,
    });
}

struct Correlate<'a, R> {
    gradient: &'a mut [R],
    upstream: &'a [R],
    upstream_rows: Rows,
    input: &'a [R],
    input_rows: Rows,
    stencil: Stencil,
}

impl<R: Real> WithSimd for Correlate<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let columns = self.stencil.inputs * self.stencil.taps;
        let outputs = self.stencil.outputs;
        let mut first = 0;
        while first < outputs {
            let four = outputs - first >= 4;
            match (four, R::lanes::<S>() == R::WIDEST, columns.is_multiple_of(5)) {
                (true, true, true) => self.outputs::<S, 4, 5>(simd, first),
                (true, true, false) => self.outputs::<S, 4, 4>(simd, first),
                (true, false, _) => self.outputs::<S, 4, 3>(simd, first),
                (false, ..) => self.outputs::<S, 1, 8>(simd, first),
            }
            first += if four { 4 } else { 1 };
        }
    }
}

impl<R: Real> Correlate<'_, R> {
    /// All columns, which are the pairs of an input and a tap, of `OUT` outputs.
    #[inline(always)]
    fn outputs<S: Simd, const OUT: usize, const COL: usize>(&mut self, simd: S, first: usize) {
        let columns = self.stencil.inputs * self.stencil.taps;
        for column in (0..columns).step_by(COL) {
            self.tile::<S, OUT, COL>(simd, first, column);
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const OUT: usize, const COL: usize>(
        &mut self,
        simd: S,
        first: usize,
        first_column: usize,
    ) {
        let Stencil { inputs, taps, dilation, .. } = self.stencil;
        let columns = inputs * taps;
        let rounded = self.upstream_rows.rounded();
        let mut sums = [[R::splat(simd, R::zero()); COL]; OUT];
        for sequence in 0..self.upstream_rows.sequences {
            let mut upstream: [&[R::Vector<S>]; OUT] = [&[]; OUT];
            for output in 0..OUT {
                let start = self.upstream_rows.start(sequence, first + output);
                upstream[output] = R::vectors::<S>(&self.upstream[start..start + rounded]);
            }
            let mut input: [&[R::Vector<S>]; COL] = [&[]; COL];
            for column in 0..COL {
                // Beyond the last column the first one is taken again, and its sum thrown away.
                let at = if first_column + column < columns { first_column + column } else { 0 };
                let start = self.input_rows.start(sequence, at / taps) + at % taps * dilation
                    - self.stencil.reach();
                input[column] = R::vectors::<S>(&self.input[start..start + rounded]);
            }
            for at in 0..rounded / R::lanes::<S>() {
                let mut values = [R::splat(simd, R::zero()); COL];
                for column in 0..COL {
                    values[column] = input[column][at];
                }
                for output in 0..OUT {
                    let upstream = upstream[output][at];
                    for column in 0..COL {
                        sums[output][column] =
                            R::multiply_add(simd, upstream, values[column], sums[output][column]);
                    }
                }
            }
        }
        for output in 0..OUT {
            for column in 0..COL.min(columns - first_column) {
                let at = (first + output) * columns + first_column + column;
                self.gradient[at] += R::sum_of_lanes(simd, sums[output][column]);
            }
        }
    }
}
