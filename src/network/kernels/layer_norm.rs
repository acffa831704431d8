//! Layer norm over the channels, at as many positions at once as a vector has lanes.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::Planes;
use super::lanes::{self, Jet};

/// What a layer norm gives: its output, and what the way back needs.
pub(in super::super) struct Normalized<const P: usize> {
    /// $\hat x g + b$.
    pub(in super::super) output: Planes<P>,
    /// $\hat x = (x - \bar x) / \sqrt{\operatorname{var} x + \epsilon}$, with the biased variance.
    pub(in super::super) normalized: Planes<P>,
    /// $1/\sqrt{\operatorname{var} x + \epsilon}$, one channel.
    pub(in super::super) inverse_deviation: Planes<P>,
}

/// Normalises the channels at each position. `result` has zeroed planes of the right shapes; `scale` and
/// `shift` are dual numbers, one a channel.
pub(in super::super) fn normalize<const P: usize>(
    input: &Planes<P>,
    scale: &[[f64; P]],
    shift: &[[f64; P]],
    epsilon: f64,
    result: &mut Normalized<P>,
) {
    Arch::new().dispatch(Normalize { input, scale, shift, epsilon, result });
}

/// The gradient of the input, from that of the output.
///
/// $$ \frac{1}{\sigma}\bigl(h - \overline{h} - \hat x\,\overline{h \hat x}\bigr), \qquad h = g\,u $$
pub(in super::super) fn pull_back<const P: usize>(
    upstream: &Planes<P>,
    scale: &[[f64; P]],
    saved: &Normalized<P>,
    gradient: &mut Planes<P>,
) {
    Arch::new().dispatch(PullBack { upstream, scale, saved, gradient });
}

struct Normalize<'a, const P: usize> {
    input: &'a Planes<P>,
    scale: &'a [[f64; P]],
    shift: &'a [[f64; P]],
    epsilon: f64,
    result: &'a mut Normalized<P>,
}

impl<const P: usize> WithSimd for Normalize<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let rows = self.input.rows;
        let input = self.input.parts.each_ref().map(Vec::as_slice);
        let share = (rows.channels as f64).recip();
        for sequence in 0..rows.sequences {
            for at in (0..rows.rounded()).step_by(S::F64_LANES) {
                let place = |channel| rows.start(sequence, channel) + at;
                let mut sum: Jet<S, P> = lanes::constant(simd, 0.0);
                for channel in 0..rows.channels {
                    sum = lanes::add(simd, sum, lanes::load(simd, &input, place(channel)));
                }
                let mean = lanes::scale(simd, sum, share);
                let mut sum: Jet<S, P> = lanes::constant(simd, 0.0);
                for channel in 0..rows.channels {
                    let value = lanes::load(simd, &input, place(channel));
                    let value = lanes::subtract(simd, value, mean);
                    sum = lanes::multiply_add(simd, value, value, sum);
                }
                let variance = lanes::scale(simd, sum, share);
                let variance = lanes::add(simd, variance, lanes::constant(simd, self.epsilon));
                let inverse = lanes::inverse_square_root(simd, variance);
                let result = &mut *self.result;
                let start = result.inverse_deviation.rows.start(sequence, 0) + at;
                lanes::store::<S, P>(inverse, &mut result.inverse_deviation.parts, start);
                for channel in 0..rows.channels {
                    let value = lanes::load(simd, &input, place(channel));
                    let value = lanes::subtract(simd, value, mean);
                    let value = lanes::multiply(simd, value, inverse);
                    lanes::store::<S, P>(value, &mut result.normalized.parts, place(channel));
                    let scale = lanes::splat(simd, self.scale[channel]);
                    let shift = lanes::splat(simd, self.shift[channel]);
                    let value = lanes::multiply_add(simd, value, scale, shift);
                    lanes::store::<S, P>(value, &mut result.output.parts, place(channel));
                }
            }
        }
    }
}

struct PullBack<'a, const P: usize> {
    upstream: &'a Planes<P>,
    scale: &'a [[f64; P]],
    saved: &'a Normalized<P>,
    gradient: &'a mut Planes<P>,
}

impl<const P: usize> WithSimd for PullBack<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let rows = self.upstream.rows;
        let upstream = self.upstream.parts.each_ref().map(Vec::as_slice);
        let normalized = self.saved.normalized.parts.each_ref().map(Vec::as_slice);
        let inverse = self.saved.inverse_deviation.parts.each_ref().map(Vec::as_slice);
        let share = (rows.channels as f64).recip();
        for sequence in 0..rows.sequences {
            for at in (0..rows.rounded()).step_by(S::F64_LANES) {
                let place = |channel| rows.start(sequence, channel) + at;
                let mut mean: Jet<S, P> = lanes::constant(simd, 0.0);
                let mut slope: Jet<S, P> = lanes::constant(simd, 0.0);
                for channel in 0..rows.channels {
                    let scale = lanes::splat(simd, self.scale[channel]);
                    let value = lanes::load(simd, &upstream, place(channel));
                    let value = lanes::multiply(simd, value, scale);
                    mean = lanes::add(simd, mean, value);
                    let normalized = lanes::load(simd, &normalized, place(channel));
                    slope = lanes::multiply_add(simd, value, normalized, slope);
                }
                let mean = lanes::scale(simd, mean, share);
                let slope = lanes::scale(simd, slope, -share);
                let start = self.saved.inverse_deviation.rows.start(sequence, 0) + at;
                let inverse = lanes::load(simd, &inverse, start);
                for channel in 0..rows.channels {
                    let scale = lanes::splat(simd, self.scale[channel]);
                    let value = lanes::load(simd, &upstream, place(channel));
                    let value = lanes::multiply(simd, value, scale);
                    let value = lanes::subtract(simd, value, mean);
                    let normalized = lanes::load(simd, &normalized, place(channel));
                    let value = lanes::multiply_add(simd, normalized, slope, value);
                    let value = lanes::multiply(simd, value, inverse);
                    lanes::store::<S, P>(value, &mut self.gradient.parts, place(channel));
                }
            }
        }
    }
}
