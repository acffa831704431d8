//! Convolution, bias and nonlinearity in one operation.

use std::sync::Arc;

use super::super::architecture::Nonlinearity;
use super::super::kernels::{self, Real, Stencil, convolve, correlate};
use super::super::planes::{self, ParameterPlanes, Planes, Rows, parts_mut};
use super::super::tape::{
    Backward, Downstream, Field, Forward, Inputs, Parameters, Record, Sources, layer,
};
use super::collect;
use super::nonlinearity::{self, Slope};

/// Where a convolution finds its parameters, and what follows it.
#[derive(Debug)]
pub(in super::super) struct Filter {
    pub(in super::super) stencil: Stencil,
    pub(in super::super) nonlinearity: Nonlinearity,
    /// Where the weights of equal parts of the outputs begin: three parts for queries, keys and values.
    pub(in super::super) weights: Vec<usize>,
    /// Where their biases begin; none for a layer without.
    pub(in super::super) biases: Vec<usize>,
    /// What is added besides, one row per output: the encoding of positions.
    pub(in super::super) table: Option<Vec<Vec<f64>>>,
}

impl Filter {
    /// The weights of all outputs, of one part of the dual numbers; `None` if they are zero.
    fn weights<R: Real, const P: usize>(
        &self,
        planes: &ParameterPlanes<R, P>,
        part: usize,
    ) -> Option<Vec<R>> {
        Self::gathered(planes, part, &self.weights, self.stencil.size())
    }

    fn gathered<R: Real, const P: usize>(
        planes: &ParameterPlanes<R, P>,
        part: usize,
        offsets: &[usize],
        size: usize,
    ) -> Option<Vec<R>> {
        let blocks = offsets.iter().map(|&at| planes.block(part, at, size / offsets.len()));
        let all = blocks.collect::<Vec<_>>().concat();
        (part == 0 || all.iter().any(|value| !value.is_zero())).then_some(all)
    }

    /// The sums of all neurons: bias, table, and the convolution by the product rule, on top of a skip.
    fn sums<R: Real, const P: usize>(
        &self,
        rows: Rows,
        inputs: (&Planes<R, P>, Option<&Planes<R, P>>),
        weights: &[Option<Vec<R>>; P],
        parameters: &ParameterPlanes<R, P>,
    ) -> Planes<R, P> {
        let (input, skip) = inputs;
        let outputs = self.stencil.outputs;
        let mut numbers = match skip {
            Some(skip) => skip.numbers().to_vec(),
            None => vec![R::zero(); P * rows.size()],
        };
        let mut sums: [&mut [R]; P] = parts_mut(&mut numbers);
        let biased = if self.biases.is_empty() { 0 } else { P };
        for (part, sums) in sums.iter_mut().enumerate().take(biased) {
            if let Some(biases) = Self::gathered(parameters, part, &self.biases, outputs) {
                add_biases(&biases, sums, rows);
            }
        }
        if let Some(table) = &self.table {
            add_table(table, sums[0], rows);
        }
        multiply((&mut sums, rows), input, weights, self.stencil);
        Planes::new(rows, numbers)
    }
}

/// Adds the bias of each output at all positions.
fn add_biases<R: Real>(biases: &[R], sums: &mut [R], rows: Rows) {
    for (row, bias) in sums.chunks_exact_mut(rows.stride()).zip(biases.iter().cycle()) {
        let row = &mut row[rows.margin..rows.margin + rows.length];
        row.iter_mut().for_each(|sum| *sum += *bias);
    }
}

/// Adds a table to the values of each sequence.
fn add_table<R: Real>(table: &[Vec<f64>], values: &mut [R], rows: Rows) {
    for sequence in 0..rows.sequences {
        for (channel, encoding) in table.iter().enumerate() {
            let start = rows.start(sequence, channel);
            let row = &mut values[start..start + rows.length];
            row.iter_mut().zip(encoding).for_each(|(sum, &encoding)| *sum += R::of(encoding));
        }
    }
}

/// Adds the convolution of dual numbers with dual weights.
fn multiply<R: Real, const P: usize>(
    (output, rows): (&mut [&mut [R]; P], Rows),
    input: &Planes<R, P>,
    weights: &[Option<Vec<R>>; P],
    stencil: Stencil,
) {
    let values = weights[0].as_ref().expect("the values are always there");
    for (part, output) in output.iter_mut().enumerate() {
        let mut add = |input_part: usize, weights: &[R]| {
            if input.active[input_part] {
                let input = (input.part(input_part), input.rows);
                convolve((output, rows), input, weights, stencil);
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
pub(in super::super) fn convolution<R: Real, const P: usize>(
    tape: &mut Record<R>,
    sources: Sources<R, P>,
    parameters: &Parameters<R, P>,
    filter: &Arc<Filter>,
) -> Field<R, P> {
    layer(tape, sources, parameters, |inputs| forward(filter, inputs, &parameters.planes))
}

fn forward<R: Real, const P: usize>(
    filter: &Arc<Filter>,
    inputs: Inputs<R, P>,
    parameters: &ParameterPlanes<R, P>,
) -> Forward<R, P> {
    let input = inputs.planes;
    let rows = input.rows.with_channels(filter.stencil.outputs);
    let weights = std::array::from_fn(|part| filter.weights(parameters, part));
    let mut output = filter.sums(rows, (&input, inputs.skip.as_deref()), &weights, parameters);
    let slope = nonlinearity::apply(filter.nonlinearity, &mut output);
    let backward = inputs.on_tape.then(|| {
        let saved = Saved { filter: filter.clone(), input, weights, slope };
        let backward: Backward<R, P> =
            Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
        backward
    });
    (output, backward)
}

/// What the way back needs.
struct Saved<R, const P: usize> {
    filter: Arc<Filter>,
    input: Arc<Planes<R, P>>,
    weights: [Option<Vec<R>>; P],
    slope: Option<Slope<R, P>>,
}

impl<R: Real, const P: usize> Saved<R, P> {
    fn pull_back(self, mut upstream: Planes<R, P>, downstream: Downstream<'_, R>) {
        let stencil = self.filter.stencil;
        if let Some(slope) = &self.slope {
            slope.multiply(&mut upstream);
        }
        if let Some(skip) = downstream.skip {
            planes::add(skip, upstream.numbers());
        }
        self.collect_weights(&upstream, downstream.asked, downstream.parameters);
        self.collect_biases(&upstream, downstream.parameters);
        if let Some(gradient) = downstream.input {
            let weights =
                self.weights.map(|weights| weights.map(|weights| stencil.transpose(&weights)));
            let gradient = (&mut parts_mut(gradient), self.input.rows);
            multiply(gradient, &upstream, &weights, stencil.transposed());
        }
    }

    fn collect_weights(
        &self,
        upstream: &Planes<R, P>,
        asked: std::ops::Range<usize>,
        collected: &mut [R],
    ) {
        let stencil = self.filter.stencil;
        let mut gradient: [Vec<R>; P] = std::array::from_fn(|_| vec![R::zero(); stencil.size()]);
        for (part, gradient) in asked.clone().zip(&mut gradient[asked]) {
            let mut add = |of_upstream: usize, of_input: usize| {
                if upstream.active[of_upstream] && self.input.active[of_input] {
                    let upstream = (upstream.part(of_upstream), upstream.rows);
                    let input = (self.input.part(of_input), self.input.rows);
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

    fn collect_biases(&self, upstream: &Planes<R, P>, collected: &mut [R]) {
        if self.filter.biases.is_empty() {
            return;
        }
        let (outputs, rows) = (self.filter.stencil.outputs, upstream.rows);
        let mut gradient: [Vec<R>; P] = std::array::from_fn(|_| vec![R::zero(); outputs]);
        for part in (0..P).filter(|&part| upstream.active[part]) {
            for (channel, sum) in gradient[part].iter_mut().enumerate() {
                for sequence in 0..rows.sequences {
                    *sum += kernels::sum(upstream.row(part, sequence, channel));
                }
            }
        }
        let size = outputs / self.filter.biases.len();
        for (index, &offset) in self.filter.biases.iter().enumerate() {
            collect(collected, offset, &gradient, index * size..(index + 1) * size);
        }
    }
}
