//! Attention to the nearest neighbours, at as many positions at once as a vector has lanes.
//!
//! Channel-first rows make a neighbour a shift: no gather, no horizontal sum.

use pulp::{Arch, Simd, WithSimd};

use super::super::planes::Planes;
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
    fn temperature(&self) -> f64 {
        (self.width as f64).sqrt().recip()
    }
}

/// The weights of the neighbours and the weighted values.
///
/// $$ a_{h,w,l} = \operatorname{softmax}_w \frac{q_l \cdot k_{l+w}}{\sqrt d}, \qquad
///    o_l = \sum_w a_{h,w,l}\, v_{l+w} $$
///
/// Beyond the ends, keys and values are zero and take part. `input` holds queries, keys and values, with
/// margins of the reach.
pub(in super::super) fn attend<const P: usize>(
    input: &Planes<P>,
    heads: Heads,
    weights: &mut Planes<P>,
    output: &mut Planes<P>,
) {
    assert!(input.rows.margin >= heads.reach(), "the margin holds the neighbours of the ends");
    Arch::new().dispatch(Attend { input, heads, weights, output });
}

/// The gradient of queries, keys and values. `scores` is room for that of the logits, zeroed.
pub(in super::super) fn pull_back<const P: usize>(
    upstream: &Planes<P>,
    saved: (&Planes<P>, &Planes<P>),
    heads: Heads,
    scores: &mut Planes<P>,
    gradient: &mut Planes<P>,
) {
    let (input, weights) = saved;
    for rows in [upstream.rows, input.rows, weights.rows, scores.rows] {
        assert!(rows.margin >= heads.reach(), "the margin holds the neighbours of the ends");
    }
    Arch::new().dispatch(PullBack { upstream, input, weights, heads, scores, gradient });
}

struct Attend<'a, const P: usize> {
    input: &'a Planes<P>,
    heads: Heads,
    weights: &'a mut Planes<P>,
    output: &'a mut Planes<P>,
}

impl<const P: usize> WithSimd for Attend<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.input.rows;
        for sequence in 0..rows.sequences {
            for head in 0..self.heads.count {
                for at in (0..rows.rounded()).step_by(S::F64_LANES) {
                    self.weigh(simd, sequence, head, at);
                    self.mix(simd, sequence, head, at);
                }
            }
        }
    }
}

impl<const P: usize> Attend<'_, P> {
    #[inline(always)]
    fn weigh<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.input.rows);
        let input = self.input.parts.each_ref().map(Vec::as_slice);
        let place =
            |neighbour| self.weights.rows.start(sequence, head * heads.window + neighbour) + at;
        let mut largest = simd.splat_f64s(f64::NEG_INFINITY);
        for neighbour in 0..heads.window {
            let mut score: Jet<S, P> = lanes::constant(simd, 0.0);
            for channel in 0..heads.width {
                let query = rows.start(sequence, heads.query(head, channel)) + at;
                let key =
                    rows.start(sequence, heads.key(head, channel)) + at + neighbour - heads.reach();
                let query = lanes::load(simd, &input, query);
                score = lanes::multiply_add(simd, query, lanes::load(simd, &input, key), score);
            }
            let score = lanes::scale(simd, score, heads.temperature());
            largest = simd.max_f64s(largest, score[0]);
            lanes::store::<S, P>(score, &mut self.weights.parts, place(neighbour));
        }
        let mut total: Jet<S, P> = lanes::constant(simd, 0.0);
        for neighbour in 0..heads.window {
            let mut score: Jet<S, P> = lanes::load(
                simd,
                &self.weights.parts.each_ref().map(Vec::as_slice),
                place(neighbour),
            );
            // The weights do not change when all scores do by the same number.
            score[0] = simd.sub_f64s(score[0], largest);
            let weight = lanes::exponential(simd, score);
            total = lanes::add(simd, total, weight);
            lanes::store::<S, P>(weight, &mut self.weights.parts, place(neighbour));
        }
        let share = lanes::reciprocal(simd, total);
        for neighbour in 0..heads.window {
            let weight: Jet<S, P> = lanes::load(
                simd,
                &self.weights.parts.each_ref().map(Vec::as_slice),
                place(neighbour),
            );
            let weight = lanes::multiply(simd, weight, share);
            lanes::store::<S, P>(weight, &mut self.weights.parts, place(neighbour));
        }
    }

    #[inline(always)]
    fn mix<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.input.rows);
        let input = self.input.parts.each_ref().map(Vec::as_slice);
        let weights = self.weights.parts.each_ref().map(Vec::as_slice);
        for channel in 0..heads.width {
            let mut sum: Jet<S, P> = lanes::constant(simd, 0.0);
            for neighbour in 0..heads.window {
                let weight = head * heads.window + neighbour;
                let weight = self.weights.rows.start(sequence, weight) + at;
                let value = rows.start(sequence, heads.value(head, channel)) + at + neighbour
                    - heads.reach();
                let weight = lanes::load(simd, &weights, weight);
                sum = lanes::multiply_add(simd, weight, lanes::load(simd, &input, value), sum);
            }
            let place = self.output.rows.start(sequence, heads.query(head, channel)) + at;
            lanes::store::<S, P>(sum, &mut self.output.parts, place);
        }
    }
}

struct PullBack<'a, const P: usize> {
    upstream: &'a Planes<P>,
    input: &'a Planes<P>,
    weights: &'a Planes<P>,
    heads: Heads,
    scores: &'a mut Planes<P>,
    gradient: &'a mut Planes<P>,
}

impl<const P: usize> WithSimd for PullBack<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let rows = self.input.rows;
        for sequence in 0..rows.sequences {
            for head in 0..self.heads.count {
                for at in (0..rows.rounded()).step_by(S::F64_LANES) {
                    self.scores(simd, sequence, head, at);
                }
                for at in (0..rows.rounded()).step_by(S::F64_LANES) {
                    self.queries_keys_values(simd, sequence, head, at);
                }
            }
        }
    }
}

impl<const P: usize> PullBack<'_, P> {
    /// The gradient of the scores: $a_w (u_w - \sum_{w'} a_{w'} u_{w'})$ for weights with gradient $u$.
    #[inline(always)]
    fn scores<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.input.rows);
        let upstream = self.upstream.parts.each_ref().map(Vec::as_slice);
        let input = self.input.parts.each_ref().map(Vec::as_slice);
        let weights = self.weights.parts.each_ref().map(Vec::as_slice);
        let place =
            |neighbour| self.scores.rows.start(sequence, head * heads.window + neighbour) + at;
        let mut mean: Jet<S, P> = lanes::constant(simd, 0.0);
        for neighbour in 0..heads.window {
            let mut sum: Jet<S, P> = lanes::constant(simd, 0.0);
            for channel in 0..heads.width {
                let from = self.upstream.rows.start(sequence, heads.query(head, channel)) + at;
                let value = rows.start(sequence, heads.value(head, channel)) + at + neighbour
                    - heads.reach();
                let from = lanes::load(simd, &upstream, from);
                sum = lanes::multiply_add(simd, from, lanes::load(simd, &input, value), sum);
            }
            lanes::store::<S, P>(sum, &mut self.scores.parts, place(neighbour));
            let weight = lanes::load(simd, &weights, place(neighbour));
            mean = lanes::multiply_add(simd, weight, sum, mean);
        }
        for neighbour in 0..heads.window {
            let score: Jet<S, P> = lanes::load(
                simd,
                &self.scores.parts.each_ref().map(Vec::as_slice),
                place(neighbour),
            );
            let weight = lanes::load(simd, &weights, place(neighbour));
            let score = lanes::multiply(simd, weight, lanes::subtract(simd, score, mean));
            let score = lanes::scale(simd, score, heads.temperature());
            lanes::store::<S, P>(score, &mut self.scores.parts, place(neighbour));
        }
    }

    #[inline(always)]
    fn queries_keys_values<S: Simd>(&mut self, simd: S, sequence: usize, head: usize, at: usize) {
        let (heads, rows) = (self.heads, self.input.rows);
        let upstream = self.upstream.parts.each_ref().map(Vec::as_slice);
        let input = self.input.parts.each_ref().map(Vec::as_slice);
        let weights = self.weights.parts.each_ref().map(Vec::as_slice);
        let scores = self.scores.parts.each_ref().map(Vec::as_slice);
        for channel in 0..heads.width {
            let mut of_query: Jet<S, P> = lanes::constant(simd, 0.0);
            let mut of_key: Jet<S, P> = lanes::constant(simd, 0.0);
            let mut of_value: Jet<S, P> = lanes::constant(simd, 0.0);
            let query_row = rows.start(sequence, heads.query(head, channel));
            let key_row = rows.start(sequence, heads.key(head, channel));
            let upstream_row = self.upstream.rows.start(sequence, heads.query(head, channel));
            for neighbour in 0..heads.window {
                let row = self.scores.rows.start(sequence, head * heads.window + neighbour);
                let score = lanes::load(simd, &scores, row + at);
                let key = lanes::load(simd, &input, key_row + at + neighbour - heads.reach());
                of_query = lanes::multiply_add(simd, score, key, of_query);
                // Who looks at this position from the other side of the window.
                let seen_from = |row| row + at + heads.reach() - neighbour;
                let score = lanes::load(simd, &scores, seen_from(row));
                let query = lanes::load(simd, &input, seen_from(query_row));
                of_key = lanes::multiply_add(simd, score, query, of_key);
                let weight = lanes::load(simd, &weights, seen_from(row));
                let from = lanes::load(simd, &upstream, seen_from(upstream_row));
                of_value = lanes::multiply_add(simd, weight, from, of_value);
            }
            let rows = self.gradient.rows;
            for (jet, channel) in [
                (of_query, heads.query(head, channel)),
                (of_key, heads.key(head, channel)),
                (of_value, heads.value(head, channel)),
            ] {
                lanes::store::<S, P>(
                    jet,
                    &mut self.gradient.parts,
                    rows.start(sequence, channel) + at,
                );
            }
        }
    }
}
