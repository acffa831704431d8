//! Layer norm over the channels of each position.

use std::sync::Arc;

use super::super::kernels::Real;
use super::super::kernels::layer_norm::{Normalized, normalize, pull_back};
use super::super::planes::{ParameterPlanes, Planes, parts_mut};
use super::super::tape::{Backward, Field, Forward, Inputs, Parameters, Record, layer};
use super::batch_norm::EPSILON;

/// Where a layer norm finds its scale and shift.
#[derive(Debug)]
pub(in super::super) struct LayerNorm {
    pub(in super::super) scale: usize,
    pub(in super::super) shift: usize,
}

/// Layer norm, scale and shift.
pub(in super::super) fn layer_norm<R: Real, const P: usize>(
    tape: &mut Record<R>,
    input: Field<R, P>,
    parameters: &Parameters<R, P>,
    norm: &Arc<LayerNorm>,
) -> Field<R, P> {
    layer(tape, input.into(), parameters, |inputs| forward(norm, inputs, &parameters.planes))
}

fn forward<R: Real, const P: usize>(
    norm: &Arc<LayerNorm>,
    inputs: Inputs<R, P>,
    planes: &ParameterPlanes<R, P>,
) -> Forward<R, P> {
    let rows = inputs.planes.rows;
    let scale = planes.list(norm.scale, rows.channels);
    let shift = planes.list(norm.shift, rows.channels);
    let mut saved = Normalized {
        normalized: Arc::unwrap_or_clone(inputs.planes),
        inverse_deviation: Planes::zeros(rows.with_channels(1)),
    };
    let mut output: Planes<R, P> = Planes::zeros(rows);
    normalize(&mut saved, (&scale, &shift), R::of(EPSILON), &mut output);
    let backward = inputs.on_tape.then(|| {
        let norm = norm.clone();
        let backward: Backward<R, P> = Box::new(move |upstream, mut downstream| {
            let collected = &mut *downstream.parameters;
            for channel in 0..rows.channels {
                upstream.sum(channel).add_to(collected, norm.shift + channel);
                let of_scale = upstream.dot(&saved.normalized, channel);
                of_scale.add_to(collected, norm.scale + channel);
            }
            pull_back(&upstream, &scale, &saved, parts_mut(downstream.of_input()));
        });
        backward
    });
    (output.completed(), backward)
}
