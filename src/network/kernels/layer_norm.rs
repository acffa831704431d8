//! Layer norm over the channels, at as many positions at once as a vector has lanes.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::{Planes, Rows};
use super::Real;
use super::lanes::{self, Jet};

/// What the way back of a layer norm needs.
pub(in super::super) struct Normalized<R, const P: usize> {
    /// $\hat x = (x - \bar x) / \sqrt{\operatorname{var} x + \epsilon}$, with the biased variance.
    pub(in super::super) normalized: Planes<R, P>,
    /// $1/\sqrt{\operatorname{var} x + \epsilon}$, one channel.
    pub(in super::super) inverse_deviation: Planes<R, P>,
}

/// Normalises the channels at each position in place, where at first the input stands, and writes
/// $\hat x g + b$ to `output`.
///
/// The scales $g$ and the shifts $b$ are dual numbers, one a channel. What is written to has the right
/// shapes.
pub(in super::super) fn normalize<R: Real, const P: usize>(
    saved: &mut Normalized<R, P>,
    (scale, shift): (&[[R; P]], &[[R; P]]),
    epsilon: R,
    output: &mut Planes<R, P>,
) {
    Arch::new().dispatch(Normalize {
        rows: output.rows,
        scale,
        shift,
        epsilon,
        normalized: saved.normalized.parts_mut(),
        inverse_rows: saved.inverse_deviation.rows,
        inverse: saved.inverse_deviation.parts_mut(),
        output: output.parts_mut(),
    });
}

/// Adds the gradient of the input, from that of the output.
///
/// $$ \frac{1}{\sigma}\bigl(h - \overline{h} - \hat x\\,\overline{h \hat x}\bigr), \qquad h = g\\,u $$
pub(in super::super) fn pull_back<R: Real, const P: usize>(
    upstream: &Planes<R, P>,
    scale: &[[R; P]],
    saved: &Normalized<R, P>,
    gradient: [&mut [R]; P],
) {
    Arch::new().dispatch(PullBack {
        rows: upstream.rows,
        upstream: upstream.parts(),
        scale,
        normalized: saved.normalized.parts(),
        inverse_rows: saved.inverse_deviation.rows,
        inverse: saved.inverse_deviation.parts(),
        gradient,
    });
}

struct Normalize<'a, R, const P: usize> {
    rows: Rows,
    scale: &'a [[R; P]],
    shift: &'a [[R; P]],
    epsilon: R,
    /// The input at first.
    normalized: [&'a mut [R]; P],
    inverse_rows: Rows,
    inverse: [&'a mut [R]; P],
    output: [&'a mut [R]; P],
}

impl<R: Real, const P: usize> WithSimd for Normalize<'_, R, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.rows;
        let share = R::of((rows.channels as f64).recip());
        for sequence in 0..rows.sequences {
            for at in (0..rows.rounded()).step_by(R::lanes::<S>()) {
                let place = |channel| rows.start(sequence, channel) + at;
                let mut sum: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
                for channel in 0..rows.channels {
                    sum = lanes::add::<R, S, P>(simd, sum, self.load(simd, place(channel)));
                }
                let mean = lanes::scale::<R, S, P>(simd, sum, share);
                let mut sum: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
                for channel in 0..rows.channels {
                    let value = self.load(simd, place(channel));
                    let value = lanes::subtract::<R, S, P>(simd, value, mean);
                    sum = lanes::multiply_add::<R, S, P>(simd, value, value, sum);
                }
                let variance = lanes::scale::<R, S, P>(simd, sum, share);
                let variance = lanes::add::<R, S, P>(
                    simd,
                    variance,
                    lanes::constant::<R, S, P>(simd, self.epsilon),
                );
                let inverse = lanes::inverse_square_root::<R, S, P>(simd, variance);
                let start = self.inverse_rows.start(sequence, 0) + at;
                lanes::store::<R, S, P>(inverse, &mut self.inverse, start);
                for channel in 0..rows.channels {
                    let value = self.load(simd, place(channel));
                    let value = lanes::subtract::<R, S, P>(simd, value, mean);
                    let value = lanes::multiply::<R, S, P>(simd, value, inverse);
                    lanes::store::<R, S, P>(value, &mut self.normalized, place(channel));
                    let scale = lanes::splat::<R, S, P>(simd, self.scale[channel]);
                    let shift = lanes::splat::<R, S, P>(simd, self.shift[channel]);
                    let value = lanes::multiply_add::<R, S, P>(simd, value, scale, shift);
                    lanes::store::<R, S, P>(value, &mut self.output, place(channel));
                }
            }
        }
    }
}

impl<R: Real, const P: usize> Normalize<'_, R, P> {
    #[inline(always)]
    fn load<S: Simd>(&self, simd: S, at: usize) -> Jet<R, S, P> {
        lanes::load::<R, S, P>(simd, &self.normalized.each_ref().map(|part| &**part), at)
    }
}

struct PullBack<'a, R, const P: usize> {
    rows: Rows,
    upstream: [&'a [R]; P],
    scale: &'a [[R; P]],
    normalized: [&'a [R]; P],
    inverse_rows: Rows,
    inverse: [&'a [R]; P],
    gradient: [&'a mut [R]; P],
}

impl<R: Real, const P: usize> WithSimd for PullBack<'_, R, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.rows;
        let share = R::of((rows.channels as f64).recip());
        for sequence in 0..rows.sequences {
            for at in (0..rows.rounded()).step_by(R::lanes::<S>()) {
                let place = |channel| rows.start(sequence, channel) + at;
                let mut mean: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
                let mut slope: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
                for channel in 0..rows.channels {
                    let scale = lanes::splat::<R, S, P>(simd, self.scale[channel]);
                    let value = lanes::load::<R, S, P>(simd, &self.upstream, place(channel));
                    let value = lanes::multiply::<R, S, P>(simd, value, scale);
                    mean = lanes::add::<R, S, P>(simd, mean, value);
                    let normalized = lanes::load::<R, S, P>(simd, &self.normalized, place(channel));
                    slope = lanes::multiply_add::<R, S, P>(simd, value, normalized, slope);
                }
                let mean = lanes::scale::<R, S, P>(simd, mean, share);
                let slope = lanes::scale::<R, S, P>(simd, slope, -share);
                let start = self.inverse_rows.start(sequence, 0) + at;
                let inverse = lanes::load::<R, S, P>(simd, &self.inverse, start);
                for channel in 0..rows.channels {
                    let scale = lanes::splat::<R, S, P>(simd, self.scale[channel]);
                    let value = lanes::load::<R, S, P>(simd, &self.upstream, place(channel));
                    let value = lanes::multiply::<R, S, P>(simd, value, scale);
                    let value = lanes::subtract::<R, S, P>(simd, value, mean);
                    let normalized = lanes::load::<R, S, P>(simd, &self.normalized, place(channel));
                    let value = lanes::multiply_add::<R, S, P>(simd, normalized, slope, value);
                    let value = lanes::multiply::<R, S, P>(simd, value, inverse);
                    lanes::accumulate::<R, S, P>(simd, value, &mut self.gradient, place(channel));
                }
            }
        }
    }
}
