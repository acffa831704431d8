//! Attention to the nearest neighbours.

use super::super::kernels::Real;
use super::super::kernels::attention::{Heads, attend, pull_back};
use super::super::planes::{Planes, parts_mut};
use super::super::tape::{Backward, Field, Forward, Inputs, Parameters, Record, layer};

/// From queries, keys and values, one after the other in the channels, to the mixed values.
pub(in super::super) fn attention<R: Real, const P: usize>(
    tape: &mut Record<R>,
    input: Field<R, P>,
    parameters: &Parameters<R, P>,
    heads: Heads,
) -> Field<R, P> {
    layer(tape, input.into(), parameters, |inputs| forward(heads, inputs))
}

fn forward<R: Real, const P: usize>(heads: Heads, inputs: Inputs<R, P>) -> Forward<R, P> {
    let input = inputs.planes;
    let rows = input.rows;
    let mut weights: Planes<R, P> = Planes::zeros(rows.with_channels(heads.count * heads.window));
    let mut output = Planes::zeros(rows.with_channels(heads.channels()));
    attend(&input, heads, &mut weights, &mut output);
    let backward: Backward<R, P> = Box::new(move |upstream, mut downstream| {
        let mut scores = Planes::zeros(weights.rows);
        let gradient = parts_mut(downstream.of_input());
        pull_back(&upstream, (&input, &weights), heads, &mut scores, gradient);
    });
    (output.completed(), inputs.on_tape.then_some(backward))
}
