//! Attention to the nearest neighbours.

use dfdx::prelude::{Cpu, HasShape, Tape};

use super::super::kernels::attention::{Heads, attend, pull_back};
use super::super::planes::{Planes, Rows};
use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Field, Parameters, layer};

/// From queries, keys and values, one after the other in the channels, to the mixed values.
pub(in super::super) fn attention<E, T, const P: usize>(
    input: Activation<Field, E, T>,
    parameters: &Parameters<E, P>,
    heads: Heads,
) -> Activation<Field, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
{
    let &(sequences, channels, length) = input.shape();
    let shape = (sequences, heads.channels(), length);
    let rows = move |channels| Rows::new((sequences, channels, length), heads.reach());
    layer(input.into(), parameters, shape, |inputs| {
        let input = Planes::<P>::split(inputs.values, rows(channels));
        let mut weights = Planes::zeros(rows(heads.count * heads.window));
        let mut output = Planes::zeros(rows(heads.channels()));
        attend(&input, heads, &mut weights, &mut output);
        let backward: Backward<E> = Box::new(move |upstream, mut downstream| {
            let upstream = Planes::split(upstream, rows(heads.channels()));
            let mut scores = Planes::zeros(weights.rows);
            let mut gradient = Planes::zeros(input.rows);
            pull_back(&upstream, (&input, &weights), heads, &mut scores, &mut gradient);
            gradient.add_to(downstream.of_input());
        });
        (output.join(), T::OWNS_TAPE.then_some(backward))
    })
}
