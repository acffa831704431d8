//! Layer norm over the channels of each position.

use std::sync::Arc;

use dfdx::prelude::{Cpu, HasShape, Tape};

use super::super::kernels::layer_norm::{Normalized, normalize, pull_back};
use super::super::planes::{Planes, Rows};
use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Field, Parameters, layer};
use super::batch_norm::EPSILON;

/// Where a layer norm finds its scale and shift.
#[derive(Debug)]
pub(in super::super) struct LayerNorm {
    pub(in super::super) scale: usize,
    pub(in super::super) shift: usize,
}

/// Layer norm, scale and shift.
pub(in super::super) fn layer_norm<E, T, const P: usize>(
    input: Activation<Field, E, T>,
    parameters: &Parameters<E, P>,
    norm: &Arc<LayerNorm>,
) -> Activation<Field, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
{
    let shape = *input.shape();
    let planes = &parameters.planes;
    layer(input.into(), parameters, shape, |inputs| {
        let rows = Rows::new(shape, 0);
        let input = Planes::split(inputs.values, rows);
        let scale = planes.list(norm.scale, shape.1);
        let shift = planes.list(norm.shift, shape.1);
        let mut result = Normalized {
            output: Planes::zeros(rows),
            normalized: Planes::zeros(rows),
            inverse_deviation: Planes::zeros(Rows::new((shape.0, 1, shape.2), 0)),
        };
        normalize(&input, &scale, &shift, EPSILON, &mut result);
        let output = result.output.join();
        let backward = T::OWNS_TAPE.then(|| {
            let norm = norm.clone();
            let backward: Backward<E> = Box::new(move |upstream, mut downstream| {
                let collected = &mut *downstream.parameters;
                let upstream = Planes::split(upstream, rows);
                for channel in 0..rows.channels {
                    collected[norm.shift + channel] += E::from_parts(upstream.sum(channel));
                    let of_scale = upstream.dot(&result.normalized, channel);
                    collected[norm.scale + channel] += E::from_parts(of_scale);
                }
                let mut gradient = Planes::zeros(rows);
                pull_back(&upstream, &scale, &result, &mut gradient);
                gradient.add_to(downstream.of_input());
            });
            backward
        });
        (output, backward)
    })
}
