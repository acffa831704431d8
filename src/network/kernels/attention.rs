//! Attention to the nearest neighbours, at as many positions at once as a vector has lanes.
//!
//! Channel-first rows make a neighbour a shift: no gather, no horizontal sum.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::{Planes, Rows};
use super::Real;
use super::lanes::{self, Jet};

/// The sizes of the heads.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Heads {
    pub(in super::super) count: usize,
    pub(in super::super) width: usize,
    /// How many neighbours each position attends to, an odd number.
    pub(in super::super) window: usize,
}

impl Heads {
    /// How far the farthest neighbour is away.
    pub(in super::super) fn reach(&self) -> usize {
        self.window / 2
    }

    /// The channels of the queries, as many as of the keys and of the values.
    pub(in super::super) fn channels(&self) -> usize {
        self.count * self.width
    }

    fn query(&self, head: usize, channel: usize) -> usize {
        head * self.width + channel
    }

    fn key(&self, head: usize, channel: usize) -> usize {
        self.channels() + self.query(head, channel)
    }

    fn value(&self, head: usize, channel: usize) -> usize {
        2 * self.channels() + self.query(head, channel)
    }

    /// What the products of queries and keys are multiplied by.
    fn temperature<R: Real>(&self) -> R {
        R::of((self.width as f64).sqrt().recip())
    }
}

/// The weights of the neighbours and the weighted values.
///
/// $$ a_{h,w,l} = \operatorname{softmax}\_w \frac{q_l \cdot k_{l+w}}{\sqrt d}, \qquad
///    o_l = \sum_w a_{h,w,l}\\, v_{l+w} $$
///
/// Beyond the ends, keys and values are zero and take part. `input` holds queries, keys and values, with
/// margins of the reach.
pub(in super::super) fn attend<R: Real, const P: usize>(
    input: &Planes<R, P>,
    heads: Heads,
    weights: &mut Planes<R, P>,
    output: &mut Planes<R, P>,
) {
    assert!(input.rows.margin >= heads.reach(), "the margin holds the neighbours of the ends");
    let (weight_rows, output_rows) = (weights.rows, output.rows);
    Arch::new().dispatch(Attend {
        rows: input.rows,
        input: input.parts(),
        heads,
        weight_rows,
        weights: weights.parts_mut(),
        output_rows,
        output: output.parts_mut(),
    });
}

/// Adds the gradient of queries, keys and values. `scores` is room for that of the logits, zeroed.
pub(in super::super) fn pull_back<R: Real, const P: usize>(
    upstream: &Planes<R, P>,
    saved: (&Planes<R, P>, &Planes<R, P>),
    heads: Heads,
    scores: &mut Planes<R, P>,
    gradient: [&mut [R]; P],
) {
    let (input, weights) = saved;
    assert!(input.rows.margin >= heads.reach(), "the margin holds the neighbours of the ends");
    Arch::new().dispatch(PullBack {
        rows: input.rows,
        upstream_rows: upstream.rows,
        upstream: upstream.parts(),
        input: input.parts(),
        score_rows: weights.rows,
        weights: weights.parts(),
        heads,
        scores: scores.parts_mut(),
        gradient,
    });
}

struct Attend<'a, R, const P: usize> {
    rows: Rows,
    input: [&'a [R]; P],
    heads: Heads,
    weight_rows: Rows,
    weights: [&'a mut [R]; P],
    output_rows: Rows,
    output: [&'a mut [R]; P],
}

impl<R: Real, const P: usize> WithSimd for Attend<'_, R, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.rows;
        for sequence in 0..rows.sequences {
            for head in 0..self.heads.count {
                for at in (0..rows.rounded()).step_by(R::lanes::<S>()) {
                    self.weigh(simd, sequence, head, at);
                    self.mix(simd, sequence, head, at);
                }
            }
        }
    }
}

impl<R: Real, const P: usize> Attend<'_, R, P> {
    #[inline(always)]
    fn weigh<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.rows);
        let input = self.input;
        let place =
            |neighbour| self.weight_rows.start(sequence, head * heads.window + neighbour) + at;
        let mut largest = R::splat(simd, R::neg_infinity());
        for neighbour in 0..heads.window {
            let mut score: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            for channel in 0..heads.width {
                let query = rows.start(sequence, heads.query(head, channel)) + at;
                let key =
                    rows.start(sequence, heads.key(head, channel)) + at + neighbour - heads.reach();
                let query = lanes::load::<R, S, P>(simd, &input, query);
                score = lanes::multiply_add::<R, S, P>(
                    simd,
                    query,
                    lanes::load::<R, S, P>(simd, &input, key),
                    score,
                );
            }
            let score = lanes::scale::<R, S, P>(simd, score, heads.temperature());
            largest = R::maximum(simd, largest, score[0]);
            lanes::store::<R, S, P>(score, &mut self.weights, place(neighbour));
        }
        let mut total: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
        for neighbour in 0..heads.window {
            let mut score: Jet<R, S, P> =
                lanes::load::<R, S, P>(simd, &read(&self.weights), place(neighbour));
            // The weights do not change when all scores do by the same number.
            score[0] = R::difference(simd, score[0], largest);
            let weight = lanes::exponential::<R, S, P>(simd, score);
            total = lanes::add::<R, S, P>(simd, total, weight);
            lanes::store::<R, S, P>(weight, &mut self.weights, place(neighbour));
        }
        let share = lanes::reciprocal::<R, S, P>(simd, total);
        for neighbour in 0..heads.window {
            let weight: Jet<R, S, P> =
                lanes::load::<R, S, P>(simd, &read(&self.weights), place(neighbour));
            let weight = lanes::multiply::<R, S, P>(simd, weight, share);
            lanes::store::<R, S, P>(weight, &mut self.weights, place(neighbour));
        }
    }

    #[inline(always)]
    fn mix<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.rows);
        let input = self.input;
        let weights = read(&self.weights);
        for channel in 0..heads.width {
            let mut sum: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            for neighbour in 0..heads.window {
                let weight = head * heads.window + neighbour;
                let weight = self.weight_rows.start(sequence, weight) + at;
                let value = rows.start(sequence, heads.value(head, channel)) + at + neighbour
                    - heads.reach();
                let weight = lanes::load::<R, S, P>(simd, &weights, weight);
                sum = lanes::multiply_add::<R, S, P>(
                    simd,
                    weight,
                    lanes::load::<R, S, P>(simd, &input, value),
                    sum,
                );
            }
            let place = self.output_rows.start(sequence, heads.query(head, channel)) + at;
            lanes::store::<R, S, P>(sum, &mut self.output, place);
        }
    }
}

struct PullBack<'a, R, const P: usize> {
    rows: Rows,
    upstream_rows: Rows,
    upstream: [&'a [R]; P],
    input: [&'a [R]; P],
    /// Of the weights too.
    score_rows: Rows,
    weights: [&'a [R]; P],
    heads: Heads,
    scores: [&'a mut [R]; P],
    gradient: [&'a mut [R]; P],
}

/// The same planes, to be read.
#[inline(always)]
fn read<'a, R, const P: usize>(parts: &'a [&mut [R]; P]) -> [&'a [R]; P] {
    parts.each_ref().map(|part| &**part)
}

impl<R: Real, const P: usize> WithSimd for PullBack<'_, R, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.rows;
        for sequence in 0..rows.sequences {
            for head in 0..self.heads.count {
                for at in (0..rows.rounded()).step_by(R::lanes::<S>()) {
                    self.scores(simd, sequence, head, at);
                }
                for at in (0..rows.rounded()).step_by(R::lanes::<S>()) {
                    self.queries_keys_values(simd, sequence, head, at);
                }
            }
        }
    }
}

impl<R: Real, const P: usize> PullBack<'_, R, P> {
    /// The gradient of the scores: $a_w (u_w - \sum_{w'} a_{w'} u_{w'})$ for weights with gradient $u$.
    #[inline(always)]
    fn scores<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.rows);
        let upstream = self.upstream;
        let input = self.input;
        let weights = self.weights;
        let place =
            |neighbour| self.score_rows.start(sequence, head * heads.window + neighbour) + at;
        let mut mean: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
        for neighbour in 0..heads.window {
            let mut sum: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            for channel in 0..heads.width {
                let from = self.upstream_rows.start(sequence, heads.query(head, channel)) + at;
                let value = rows.start(sequence, heads.value(head, channel)) + at + neighbour
                    - heads.reach();
                let from = lanes::load::<R, S, P>(simd, &upstream, from);
                sum = lanes::multiply_add::<R, S, P>(
                    simd,
                    from,
                    lanes::load::<R, S, P>(simd, &input, value),
                    sum,
                );
            }
            lanes::store::<R, S, P>(sum, &mut self.scores, place(neighbour));
            let weight = lanes::load::<R, S, P>(simd, &weights, place(neighbour));
            mean = lanes::multiply_add::<R, S, P>(simd, weight, sum, mean);
        }
        for neighbour in 0..heads.window {
            let score: Jet<R, S, P> =
                lanes::load::<R, S, P>(simd, &read(&self.scores), place(neighbour));
            let weight = lanes::load::<R, S, P>(simd, &weights, place(neighbour));
            let score = lanes::multiply::<R, S, P>(
                simd,
                weight,
                lanes::subtract::<R, S, P>(simd, score, mean),
            );
            let score = lanes::scale::<R, S, P>(simd, score, heads.temperature());
            lanes::store::<R, S, P>(score, &mut self.scores, place(neighbour));
        }
    }

    #[inline(always)]
    fn queries_keys_values<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.rows);
        let upstream = self.upstream;
        let input = self.input;
        let weights = self.weights;
        let scores = read(&self.scores);
        for channel in 0..heads.width {
            let mut of_query: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            let mut of_key: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            let mut of_value: Jet<R, S, P> = lanes::zero::<R, S, P>(simd);
            let query_row = rows.start(sequence, heads.query(head, channel));
            let key_row = rows.start(sequence, heads.key(head, channel));
            let upstream_row = self.upstream_rows.start(sequence, heads.query(head, channel));
            for neighbour in 0..heads.window {
                let row = self.score_rows.start(sequence, head * heads.window + neighbour);
                let score = lanes::load::<R, S, P>(simd, &scores, row + at);
                let key =
                    lanes::load::<R, S, P>(simd, &input, key_row + at + neighbour - heads.reach());
                of_query = lanes::multiply_add::<R, S, P>(simd, score, key, of_query);
                // Who looks at this position from the other side of the window.
                let seen_from = |row| row + at + heads.reach() - neighbour;
                let score = lanes::load::<R, S, P>(simd, &scores, seen_from(row));
                let query = lanes::load::<R, S, P>(simd, &input, seen_from(query_row));
                of_key = lanes::multiply_add::<R, S, P>(simd, score, query, of_key);
                let weight = lanes::load::<R, S, P>(simd, &weights, seen_from(row));
                let from = lanes::load::<R, S, P>(simd, &upstream, seen_from(upstream_row));
                of_value = lanes::multiply_add::<R, S, P>(simd, weight, from, of_value);
            }
            for (jet, channel) in [
                (of_query, heads.query(head, channel)),
                (of_key, heads.key(head, channel)),
                (of_value, heads.value(head, channel)),
            ] {
                let place = rows.start(sequence, channel) + at;
                lanes::accumulate::<R, S, P>(simd, jet, &mut self.gradient, place);
            }
        }
    }
}
