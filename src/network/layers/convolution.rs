//! Convolution, bias and nonlinearity in one operation.

use std::sync::Arc;

use dfdx::prelude::{Cpu, HasShape, Tape};

use super::super::architecture::Nonlinearity;
use super::super::kernels::{self, Stencil, convolve, correlate};
use super::super::planes::{ParameterPlanes, Planes, Rows};
use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Downstream, Field, Parameters, Sources, layer};
use super::{collect, nonlinearity};

/// Where a convolution finds its parameters, and what follows it.
#[derive(Debug)]
pub(in super::super) struct Filter {
    pub(in super::super) stencil: Stencil,
    pub(in super::super) nonlinearity: Nonlinearity,
    /// Where the weights of equal parts of the outputs begin: three parts for queries, keys and values.
    pub(in super::super) weights: Vec<usize>,
    /// Where their biases begin.
    pub(in super::super) biases: Vec<usize>,
    /// What is added besides, one row an output: the encoding of positions.
    pub(in super::super) table: Option<Vec<Vec<f64>>>,
}

impl Filter {
    /// The weights of all outputs, of one part of the dual numbers; `None` if they are zero.
    fn weights<const P: usize>(
        &self,
        planes: &ParameterPlanes<P>,
        part: usize,
    ) -> Option<Vec<f64>> {
        Self::gathered(planes, part, &self.weights, self.stencil.size())
    }

    fn gathered<const P: usize>(
        planes: &ParameterPlanes<P>,
        part: usize,
        offsets: &[usize],
        size: usize,
    ) -> Option<Vec<f64>> {
        let blocks = offsets.iter().map(|&at| planes.block(part, at, size / offsets.len()));
        let all = blocks.collect::<Vec<_>>().concat();
        (part == 0 || all.iter().any(|&value| value != 0.0)).then_some(all)
    }

    /// The sums of all neurons: bias, and the convolution by the product rule.
    fn sums<const P: usize>(
        &self,
        input: &Planes<P>,
        weights: &[Option<Vec<f64>>; P],
        parameters: &ParameterPlanes<P>,
    ) -> Planes<P> {
        let Rows { sequences, length, .. } = input.rows;
        let outputs = self.stencil.outputs;
        // The margin of the way back, so that a slope stands beside its gradient.
        let rows = Rows::new((sequences, outputs, length), self.stencil.reach());
        let biases: [_; P] =
            std::array::from_fn(|part| Self::gathered(parameters, part, &self.biases, outputs));
        let active = std::array::from_fn(|part| {
            biases[part].is_some() || weights[part].is_some() || input.active[part]
        });
        let plane = |biases: Option<Vec<f64>>| match biases {
            Some(biases) => {
                let mut plane = Vec::with_capacity(rows.size());
                for &bias in (0..sequences).flat_map(|_| &biases) {
                    plane.resize(plane.len() + rows.stride(), bias);
                }
                plane
            }
            None => vec![0.0; rows.size()],
        };
        let mut sums = Planes { rows, parts: biases.map(plane), active };
        if let Some(table) = &self.table {
            add_table(table, &mut sums);
        }
        multiply(&mut sums, input, weights, self.stencil);
        sums
    }
}

/// Adds a table to the values of each sequence.
fn add_table<const P: usize>(table: &[Vec<f64>], sums: &mut Planes<P>) {
    let rows = sums.rows;
    for sequence in 0..rows.sequences {
        for (channel, encoding) in table.iter().enumerate() {
            let start = rows.start(sequence, channel);
            let row = &mut sums.parts[0][start..start + rows.length];
            row.iter_mut().zip(encoding).for_each(|(sum, encoding)| *sum += encoding);
        }
    }
}

/// Adds the convolution of dual numbers with dual weights.
fn multiply<const P: usize>(
    output: &mut Planes<P>,
    input: &Planes<P>,
    weights: &[Option<Vec<f64>>; P],
    stencil: Stencil,
) {
    let (rows, values) = (output.rows, weights[0].as_ref().expect("the values are always there"));
    for part in 0..P {
        let mut add = |input_part: usize, weights: &[f64]| {
            if input.active[input_part] {
                let input = (input.parts[input_part].as_slice(), input.rows);
                convolve((&mut output.parts[part], rows), input, weights, stencil);
            }
        };
        add(part, values);
        if let (true, Some(tangents)) = (part > 0, &weights[part]) {
            add(0, tangents);
        }
    }
}

/// Convolution with zeros beyond the ends, bias and nonlinearity; the skip, if there is one, is added
/// before the nonlinearity.
pub(in super::super) fn convolution<E, T, const P: usize>(
    sources: Sources<E, T>,
    parameters: &Parameters<E, P>,
    filter: &Arc<Filter>,
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
        let weights = std::array::from_fn(|part| filter.weights(planes, part));
        let mut output = filter.sums(&input, &weights, planes);
        if let Some(skip) = inputs.skip {
            output.add(skip);
        }
        let slope = nonlinearity::apply(filter.nonlinearity, &mut output);
        let output = output.join();
        let backward = T::OWNS_TAPE.then(|| {
            let saved = Saved { filter: filter.clone(), input, weights, slope };
            let backward: Backward<E> =
                Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
            backward
        });
        (output, backward)
    })
}

/// What the way back needs.
struct Saved<const P: usize> {
    filter: Arc<Filter>,
    input: Planes<P>,
    weights: [Option<Vec<f64>>; P],
    slope: Option<Planes<P>>,
}

impl<const P: usize> Saved<P> {
    fn pull_back<E: Scalar<P>>(self, upstream: &[E], downstream: Downstream<'_, E>) {
        let stencil = self.filter.stencil;
        let Rows { sequences, channels, length, .. } = self.input.rows;
        let rows = Rows::new((sequences, stencil.outputs, length), stencil.reach());
        let mut upstream = Planes::split(upstream, rows);
        if let Some(slope) = &self.slope {
            nonlinearity::multiply(&mut upstream, slope);
        }
        if let Some(skip) = downstream.skip {
            upstream.add_to(skip);
        }
        self.collect_weights(&upstream, downstream.parameters);
        self.collect_biases(&upstream, downstream.parameters);
        if let Some(downstream) = downstream.input {
            let mut gradient = Planes::zeros(Rows::new((sequences, channels, length), 0));
            let weights =
                self.weights.map(|weights| weights.map(|weights| stencil.transpose(&weights)));
            multiply(&mut gradient, &upstream, &weights, stencil.transposed());
            gradient.add_to(downstream);
        }
    }

    fn collect_weights<E: Scalar<P>>(&self, upstream: &Planes<P>, collected: &mut [E]) {
        let stencil = self.filter.stencil;
        let mut gradient: [Vec<f64>; P] = std::array::from_fn(|_| vec![0.0; stencil.size()]);
        for (part, gradient) in gradient.iter_mut().enumerate() {
            let mut add = |of_upstream: usize, of_input: usize| {
                if upstream.active[of_upstream] && self.input.active[of_input] {
                    let upstream = (upstream.parts[of_upstream].as_slice(), upstream.rows);
                    let input = (self.input.parts[of_input].as_slice(), self.input.rows);
                    correlate(gradient, upstream, input, stencil);
                }
            };
            add(part, 0);
            if part > 0 {
                add(0, part);
            }
        }
        let size = stencil.size() / self.filter.weights.len();
        for (index, &offset) in self.filter.weights.iter().enumerate() {
            collect(collected, offset, &gradient, index * size..(index + 1) * size);
        }
    }

    fn collect_biases<E: Scalar<P>>(&self, upstream: &Planes<P>, collected: &mut [E]) {
        let (outputs, rows) = (self.filter.stencil.outputs, upstream.rows);
        let mut gradient: [Vec<f64>; P] = std::array::from_fn(|_| vec![0.0; outputs]);
        for part in (0..P).filter(|&part| upstream.active[part]) {
            for (channel, sum) in gradient[part].iter_mut().enumerate() {
                let rows =
                    (0..rows.sequences).map(|sequence| upstream.row(part, sequence, channel));
                *sum = rows.map(kernels::sum).sum();
            }
        }
        let size = outputs / self.filter.biases.len();
        for (index, &offset) in self.filter.biases.iter().enumerate() {
            collect(collected, offset, &gradient, index * size..(index + 1) * size);
        }
    }
}
