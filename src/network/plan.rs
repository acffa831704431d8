//! The networks as sequences of layers, with the places of their parameters looked up once.

use std::sync::Arc;

use dfdx::prelude::{Cpu, Tape};

use super::Normalization;
use super::architecture::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
use super::kernels::Stencil;
use super::layers::{Filter, UntiedFilter, convolution, untied};
use super::scalar::Scalar;
use super::tape::{Activation, Field, InputGradient, Parameters};

/// A network, ready to run.
#[derive(Debug)]
pub(super) enum Plan {
    Stack(Vec<Arc<Filter>>),
    Untied(Vec<Arc<UntiedFilter>>),
}

impl Plan {
    pub(super) fn new(architecture: &Architecture, _normalization: Normalization) -> Self {
        let mut offsets = architecture.layout().into_iter().map(|block| block.offset);
        let mut next = || offsets.next().expect("the layout lists every parameter");
        match architecture.stack().expect("a stack") {
            (layers, Sharing::Tied) => {
                let filter = |(stencil, nonlinearity)| {
                    let (weights, biases) = (vec![next()], vec![next()]);
                    Arc::new(Filter { stencil, nonlinearity, weights, biases })
                };
                Self::Stack(stencils(&layers).into_iter().map(filter).collect())
            }
            (layers, Sharing::Untied { .. }) => {
                let filter = |(stencil, nonlinearity)| {
                    let (weights, biases) = (next(), next());
                    Arc::new(UntiedFilter { stencil, nonlinearity, weights, biases })
                };
                Self::Untied(stencils(&layers).into_iter().map(filter).collect())
            }
        }
    }

    /// Whether a prediction depends on all sequences of the batch.
    pub(super) fn couples_sequences(&self) -> bool {
        false
    }

    /// From the data to the prediction.
    pub(super) fn run<E, T, const P: usize>(
        &self,
        input: Activation<Field, E, T>,
        parameters: &Parameters<E, P>,
    ) -> Activation<Field, E, T>
    where
        E: Scalar<P>,
        T: Tape<E, Cpu>,
    {
        match self {
            Self::Stack(filters) => {
                filters.iter().enumerate().fold(input, |field, (index, filter)| {
                    convolution(field, parameters, filter, wanted(index))
                })
            }
            Self::Untied(filters) => {
                filters.iter().enumerate().fold(input, |field, (index, filter)| {
                    untied(field, parameters, filter, wanted(index))
                })
            }
        }
    }
}

/// The first layer's input is the data.
fn wanted(index: usize) -> InputGradient {
    if index == 0 { InputGradient::Unused } else { InputGradient::Wanted }
}

fn stencils(layers: &[ConvolutionLayer]) -> Vec<(Stencil, Nonlinearity)> {
    let inputs = std::iter::once(1).chain(layers.iter().map(|layer| layer.channels));
    let stencil = |(inputs, layer): (usize, &ConvolutionLayer)| {
        let (outputs, taps) = (layer.channels, layer.taps);
        (Stencil { inputs, outputs, taps, dilation: 1 }, layer.nonlinearity)
    };
    inputs.zip(layers).map(stencil).collect()
}
