//! A locally connected layer: a convolution whose positions share nothing.

use std::sync::Arc;

use dfdx::prelude::{Cpu, HasShape, Tape};

use super::super::architecture::Nonlinearity;
use super::super::kernels::Stencil;
use super::super::planes::{ParameterPlanes, Planes, Rows};
use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Downstream, Field, Parameters, Sources, layer};
use super::{collect, nonlinearity};

/// Where it finds its parameters, one row of them for each (output, input, tap), and what follows it.
#[derive(Debug)]
pub(in super::super) struct UntiedFilter {
    pub(in super::super) stencil: Stencil,
    pub(in super::super) nonlinearity: Nonlinearity,
    pub(in super::super) weights: usize,
    pub(in super::super) biases: usize,
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

    fn sums<const P: usize>(
        &self,
        input: &Planes<P>,
        parameters: &ParameterPlanes<P>,
    ) -> Planes<P> {
        let Rows { sequences, length, .. } = input.rows;
        let rows = Rows::new((sequences, self.stencil.outputs, length), 0);
        let mut sums = Planes::zeros(rows);
        let per_sequence = input.rows.start(1, 0) - input.rows.start(0, 0);
        for part in 0..P {
            for sequence in 0..sequences {
                for output in 0..self.stencil.outputs {
                    let biases = parameters.block(part, self.biases + output * length, length);
                    let start = rows.start(sequence, output);
                    sums.parts[part][start..start + length].copy_from_slice(biases);
                }
                for (column, (output, from)) in self.columns(input.rows).enumerate() {
                    let from = from + sequence * per_sequence;
                    let to = rows.start(sequence, output);
                    let to = &mut sums.parts[part][to..to + length];
                    let mut add = |of_input: usize, of_weights: usize| {
                        let weights = self.weights + column * length;
                        let weights = parameters.block(of_weights, weights, length);
                        let values = &input.parts[of_input][from..from + length];
                        for ((sum, weight), value) in to.iter_mut().zip(weights).zip(values) {
                            *sum += weight * value;
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
pub(in super::super) fn untied<E, T, const P: usize>(
    sources: Sources<E, T>,
    parameters: &Parameters<E, P>,
    filter: &Arc<UntiedFilter>,
) -> Activation<Field, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
{
    let &(sequences, channels, length) = sources.input.shape();
    let shape = (sequences, filter.stencil.outputs, length);
    let planes = &parameters.planes;
    layer(sources, parameters, shape, |inputs| {
        let rows = Rows::new((sequences, channels, length), filter.stencil.reach());
        let input = Planes::split(inputs.values, rows);
        let mut output = filter.sums(&input, planes);
        let slope = nonlinearity::apply(filter.nonlinearity, &mut output);
        let output = output.join();
        let backward = T::OWNS_TAPE.then(|| {
            let saved = Saved { filter: filter.clone(), input, parameters: planes.clone(), slope };
            let backward: Backward<E> =
                Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
            backward
        });
        (output, backward)
    })
}

/// What the way back needs.
struct Saved<const P: usize> {
    filter: Arc<UntiedFilter>,
    input: Planes<P>,
    parameters: Arc<ParameterPlanes<P>>,
    slope: Option<Planes<P>>,
}

impl<const P: usize> Saved<P> {
    fn pull_back<E: Scalar<P>>(self, upstream: &[E], downstream: Downstream<'_, E>) {
        let (filter, rows) = (&self.filter, self.input.rows);
        let collected = downstream.parameters;
        let Rows { sequences, length, .. } = rows;
        let mut upstream =
            Planes::split(upstream, Rows::new((sequences, filter.stencil.outputs, length), 0));
        if let Some(slope) = &self.slope {
            nonlinearity::multiply(&mut upstream, slope);
        }
        let mut gradient = Planes::<P>::zeros(rows);
        let per_sequence = rows.start(1, 0) - rows.start(0, 0);
        for sequence in 0..sequences {
            for output in 0..filter.stencil.outputs {
                let row: [Vec<f64>; P] =
                    std::array::from_fn(|part| upstream.row(part, sequence, output).to_vec());
                collect(collected, filter.biases + output * length, &row, 0..length);
            }
            for (column, (output, from)) in filter.columns(rows).enumerate() {
                let weights = filter.weights + column * length;
                for at in 0..length {
                    let upstream = E::from_parts(std::array::from_fn(|part| {
                        upstream.row(part, sequence, output)[at]
                    }));
                    let place = from + sequence * per_sequence + at;
                    let input = E::from_parts(self.input.parts.each_ref().map(|part| part[place]));
                    collected[weights + at] += upstream * input;
                    let weight: E = self.parameters.scalar(weights + at);
                    let product = (upstream * weight).parts();
                    gradient
                        .parts
                        .iter_mut()
                        .zip(product)
                        .for_each(|(part, add)| part[place] += add);
                }
            }
        }
        if let Some(downstream) = downstream.input {
            gradient.add_to(downstream);
        }
    }
}
