//! A locally connected layer: a convolution whose positions share nothing.

use std::sync::Arc;

use super::super::architecture::Nonlinearity;
use super::super::dual::Dual;
use super::super::kernels::{Real, Stencil};
use super::super::planes::{ParameterPlanes, Planes, Rows, parts_mut};
use super::super::tape::{
    Backward, Downstream, Field, Forward, Inputs, Parameters, Record, Sources, layer,
};
use super::nonlinearity::{self, Slope};

/// Where it finds its parameters, one row of them for each (output, input, tap), and what follows it.
#[derive(Debug)]
pub(in super::super) struct UntiedFilter {
    pub(in super::super) stencil: Stencil,
    pub(in super::super) nonlinearity: Nonlinearity,
    pub(in super::super) weights: usize,
    /// None for a layer without.
    pub(in super::super) biases: Option<usize>,
}

impl UntiedFilter {
    /// All (output, input, first entry of the input's row shifted by the tap), in the order of the weights.
    fn columns(&self, input: Rows) -> impl Iterator<Item = (usize, usize)> {
        let Stencil { inputs, outputs, taps, dilation } = self.stencil;
        let reach = self.stencil.reach();
        (0..outputs).flat_map(move |output| {
            (0..inputs * taps).map(move |column| {
                let shift = column % taps * dilation;
                (output, input.start(0, column / taps) + shift - reach)
            })
        })
    }

    fn sums<R: Real, const P: usize>(
        &self,
        rows: Rows,
        input: &Planes<R, P>,
        parameters: &ParameterPlanes<R, P>,
    ) -> Planes<R, P> {
        let length = rows.length;
        let mut sums: Planes<R, P> = Planes::zeros(rows);
        let per_sequence = input.rows.start(1, 0) - input.rows.start(0, 0);
        for (part, sums) in sums.parts_mut().into_iter().enumerate() {
            for sequence in 0..rows.sequences {
                if let Some(biases) = self.biases {
                    for output in 0..self.stencil.outputs {
                        let biases = parameters.block(part, biases + output * length, length);
                        let start = rows.start(sequence, output);
                        sums[start..start + length].copy_from_slice(biases);
                    }
                }
                for (column, (output, from)) in self.columns(input.rows).enumerate() {
                    let from = from + sequence * per_sequence;
                    let to = rows.start(sequence, output);
                    let to = &mut sums[to..to + length];
                    let mut add = |of_input: usize, of_weights: usize| {
                        let weights = self.weights + column * length;
                        let weights = parameters.block(of_weights, weights, length);
                        let values = &input.part(of_input)[from..from + length];
                        for ((sum, weight), value) in to.iter_mut().zip(weights).zip(values) {
                            *sum += *weight * *value;
                        }
                    };
                    add(part, 0);
                    if part > 0 {
                        add(0, part);
                    }
                }
            }
        }
        sums
    }
}

/// The layer, with zeros beyond the ends.
pub(in super::super) fn untied<R: Real, const P: usize>(
    tape: &mut Record<R>,
    sources: Sources<R, P>,
    parameters: &Parameters<R, P>,
    filter: &Arc<UntiedFilter>,
) -> Field<R, P> {
    layer(tape, sources, parameters, |inputs| forward(filter, inputs, &parameters.planes))
}

fn forward<R: Real, const P: usize>(
    filter: &Arc<UntiedFilter>,
    inputs: Inputs<R, P>,
    parameters: &Arc<ParameterPlanes<R, P>>,
) -> Forward<R, P> {
    let input = inputs.planes;
    let rows = input.rows.with_channels(filter.stencil.outputs);
    let mut output = filter.sums(rows, &input, parameters);
    let slope = nonlinearity::apply(filter.nonlinearity, &mut output);
    let backward = inputs.on_tape.then(|| {
        let saved = Saved { filter: filter.clone(), input, parameters: parameters.clone(), slope };
        let backward: Backward<R, P> =
            Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
        backward
    });
    (output, backward)
}

/// What the way back needs.
struct Saved<R, const P: usize> {
    filter: Arc<UntiedFilter>,
    input: Arc<Planes<R, P>>,
    parameters: Arc<ParameterPlanes<R, P>>,
    slope: Option<Slope<R, P>>,
}

impl<R: Real, const P: usize> Saved<R, P> {
    fn pull_back(self, mut upstream: Planes<R, P>, downstream: Downstream<'_, R>) {
        let (filter, rows) = (&self.filter, self.input.rows);
        let (collected, length) = (downstream.parameters, rows.length);
        if let Some(slope) = &self.slope {
            slope.multiply(&mut upstream);
        }
        let mut gradient: Option<[&mut [R]; P]> = downstream.input.map(parts_mut);
        let per_sequence = rows.start(1, 0) - rows.start(0, 0);
        for sequence in 0..rows.sequences {
            let at_output = |output: usize, at: usize| {
                Dual::<R, P>(std::array::from_fn(|part| upstream.row(part, sequence, output)[at]))
            };
            if let Some(biases) = filter.biases {
                for output in 0..filter.stencil.outputs {
                    for at in 0..length {
                        let place = biases + output * length + at;
                        at_output(output, at).add_to(collected, place);
                    }
                }
            }
            for (column, (output, from)) in filter.columns(rows).enumerate() {
                let weights = filter.weights + column * length;
                for at in 0..length {
                    let upstream = at_output(output, at);
                    let place = from + sequence * per_sequence + at;
                    let input = Dual(self.input.parts().map(|part| part[place]));
                    (upstream * input).add_to(collected, weights + at);
                    if let Some(gradient) = &mut gradient {
                        let product = upstream * self.parameters.dual(weights + at);
                        for (part, term) in gradient.iter_mut().zip(product.0) {
                            part[place] += term;
                        }
                    }
                }
            }
        }
    }
}
