//! The networks as sequences of layers, with the places of their parameters looked up once.

use std::sync::Arc;

use dfdx::dtypes::Unit;
use dfdx::prelude::{Cpu, Tape};
use dfdx::tensor::NoneTape;

use super::Normalization;
use super::architecture::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
use super::kernels::attention::Heads;
use super::kernels::{Real, Stencil};
use super::layers::{
    BatchNorm, Filter, LayerNorm, UntiedFilter, attention, batch_norm, convolution, layer_norm,
    untied,
};
use super::positions::positional_table;
use super::tape::{Field, InputGradient, Parameters, Sources};

/// A network, ready to run.
#[derive(Debug)]
pub(super) enum Plan {
    Stack(Vec<Arc<Filter>>),
    Untied(Vec<Arc<UntiedFilter>>),
    Resnet { input: Arc<Filter>, blocks: Vec<ResidualBlock>, output: Arc<Filter> },
    Transformer { input: Arc<Filter>, blocks: Vec<TransformerBlock>, output: Arc<Filter> },
}

/// $\max(x + N_2(C_2(\max(N_1(C_1(x)), 0))), 0)$ with convolutions $C$ and batch norms $N$.
#[derive(Debug)]
pub(super) struct ResidualBlock {
    convolutions: [Arc<Filter>; 2],
    norms: [Arc<BatchNorm>; 2],
}

/// $x' = x + A(N_1(x))$, then $x' + M(N_2(x'))$, with attention $A$, perceptron $M$ and layer norms $N$.
#[derive(Debug)]
pub(super) struct TransformerBlock {
    norms: [Arc<LayerNorm>; 2],
    queries_keys_values: Arc<Filter>,
    mixing: Arc<Filter>,
    perceptron: [Arc<Filter>; 2],
}

const HEADS: Heads = Heads { count: 4, width: 8, window: 9 };

impl Plan {
    pub(super) fn new(architecture: &Architecture, normalization: &Normalization) -> Self {
        let mut places = Places::new(architecture);
        match (architecture, architecture.stack()) {
            (_, Some((layers, Sharing::Tied))) => {
                let filter = |(stencil, layer)| places.filter_of(stencil, layer);
                Self::Stack(stencils(&layers).into_iter().map(filter).collect())
            }
            (_, Some((layers, Sharing::Untied { .. }))) => {
                let filter = |(stencil, layer): (_, ConvolutionLayer)| {
                    let nonlinearity = layer.nonlinearity;
                    let (weights, biases) = (places.next(), layer.bias.then(|| places.next()));
                    Arc::new(UntiedFilter { stencil, nonlinearity, weights, biases })
                };
                Self::Untied(stencils(&layers).into_iter().map(filter).collect())
            }
            (Architecture::Resnet1d, None) => places.resnet(normalization),
            (_, None) => places.transformer(),
        }
    }

    /// Whether a prediction depends on all sequences of the batch.
    pub(super) fn couples_sequences(&self) -> bool {
        match self {
            Self::Resnet { blocks, .. } => blocks.iter().any(ResidualBlock::couples_sequences),
            _ => false,
        }
    }

    /// The zeros that rows need on both sides: as many as the layer with the longest reach sees.
    pub(super) fn margin(&self) -> usize {
        let reach = |filter: &Arc<Filter>| filter.stencil.reach();
        let reaches: Vec<usize> = match self {
            Self::Stack(filters) => filters.iter().map(reach).collect(),
            Self::Untied(filters) => filters.iter().map(|filter| filter.stencil.reach()).collect(),
            Self::Resnet { input, blocks, output } => {
                let inside = blocks.iter().flat_map(|block| &block.convolutions);
                inside.chain([input, output]).map(reach).collect()
            }
            Self::Transformer { input, output, .. } => {
                vec![reach(input), HEADS.reach(), reach(output)]
            }
        };
        reaches.into_iter().max().expect("a network has a layer")
    }

    /// From the data to the prediction.
    pub(super) fn run<R, T, const P: usize>(
        &self,
        data: Field<R, T, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, T, P>
    where
        R: Real,
        T: Tape<R, Cpu>,
    {
        let data = Sources { input: data, input_gradient: InputGradient::Unused, skip: None };
        match self {
            Self::Stack(filters) => {
                let (first, others) = filters.split_first().expect("validated");
                let field = convolution(data, parameters, first);
                others.iter().fold(field, |field, next| convolution(field.into(), parameters, next))
            }
            Self::Untied(filters) => {
                let (first, others) = filters.split_first().expect("validated");
                let field = untied(data, parameters, first);
                others.iter().fold(field, |field, next| untied(field.into(), parameters, next))
            }
            Self::Resnet { input, blocks, output } => {
                let field = convolution(data, parameters, input);
                let run = |field, block: &ResidualBlock| block.run(field, parameters);
                convolution(blocks.iter().fold(field, run).into(), parameters, output)
            }
            Self::Transformer { input, blocks, output } => {
                let field = convolution(data, parameters, input);
                let run = |field, block: &TransformerBlock| block.run(field, parameters);
                convolution(blocks.iter().fold(field, run).into(), parameters, output)
            }
        }
    }
}

/// A field, and what is to be added to the output of the next layer.
fn joined<R: Unit, T, const P: usize>(
    input: Field<R, T, P>,
    skip: Field<R, NoneTape, P>,
) -> Sources<R, T, P> {
    Sources { input, input_gradient: InputGradient::Wanted, skip: Some(skip) }
}

impl ResidualBlock {
    fn couples_sequences(&self) -> bool {
        self.norms.iter().any(|norm| norm.statistics.is_none())
    }

    fn run<R, T, const P: usize>(
        &self,
        field: Field<R, T, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, T, P>
    where
        R: Real,
        T: Tape<R, Cpu>,
    {
        let (field, skip) = field.branched();
        let [first, second] = &self.convolutions;
        let [norm_of_first, norm_of_second] = &self.norms;
        let field = convolution(field.into(), parameters, first);
        let field = batch_norm(field.into(), parameters, norm_of_first);
        let field = convolution(field.into(), parameters, second);
        batch_norm(joined(field, skip), parameters, norm_of_second)
    }
}

impl TransformerBlock {
    fn run<R, T, const P: usize>(
        &self,
        field: Field<R, T, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, T, P>
    where
        R: Real,
        T: Tape<R, Cpu>,
    {
        let [before_attention, before_perceptron] = &self.norms;
        let (field, skip) = field.branched();
        let field = layer_norm(field, parameters, before_attention);
        let field = convolution(field.into(), parameters, &self.queries_keys_values);
        let field = attention(field, parameters, HEADS);
        let field = convolution(joined(field, skip), parameters, &self.mixing);
        let (field, skip) = field.branched();
        let field = layer_norm(field, parameters, before_perceptron);
        let [inner, outer] = &self.perceptron;
        let field = convolution(field.into(), parameters, inner);
        convolution(joined(field, skip), parameters, outer)
    }
}

/// Hands out the offsets of the layout in their order.
struct Places {
    offsets: std::vec::IntoIter<usize>,
}

impl Places {
    fn new(architecture: &Architecture) -> Self {
        let offsets: Vec<usize> =
            architecture.layout().into_iter().map(|block| block.offset).collect();
        Self { offsets: offsets.into_iter() }
    }

    fn next(&mut self) -> usize {
        self.offsets.next().expect("the layout lists every parameter")
    }

    fn filter(&mut self, stencil: Stencil, nonlinearity: Nonlinearity) -> Arc<Filter> {
        let (weights, biases) = (vec![self.next()], vec![self.next()]);
        Arc::new(Filter { stencil, nonlinearity, weights, biases, table: None })
    }

    fn filter_of(&mut self, stencil: Stencil, layer: ConvolutionLayer) -> Arc<Filter> {
        let nonlinearity = layer.nonlinearity;
        let weights = vec![self.next()];
        let biases = if layer.bias { vec![self.next()] } else { Vec::new() };
        Arc::new(Filter { stencil, nonlinearity, weights, biases, table: None })
    }

    fn resnet(&mut self, normalization: &Normalization) -> Plan {
        let statistics = |index: usize| match normalization {
            Normalization::Train => None,
            Normalization::Frozen(layers) => Some(layers[index].clone()),
        };
        let input = self.filter(stencil(1, 8, 5), Nonlinearity::Relu);
        let mut blocks = Vec::new();
        for (index, dilation) in [1, 2, 4].into_iter().enumerate() {
            let inside = Stencil { inputs: 8, outputs: 8, taps: 5, dilation };
            let convolutions = [0, 1].map(|_| self.filter(inside, Nonlinearity::Identity));
            let norms = [0, 1].map(|which| {
                let (scale, shift) = (self.next(), self.next());
                let statistics = statistics(2 * index + which);
                Arc::new(BatchNorm { scale, shift, statistics, nonlinearity: Nonlinearity::Relu })
            });
            blocks.push(ResidualBlock { convolutions, norms });
        }
        let output = self.filter(stencil(8, 1, 3), Nonlinearity::Softplus);
        Plan::Resnet { input, blocks, output }
    }

    fn transformer(&mut self) -> Plan {
        let width = HEADS.channels();
        let (weights, biases) = (vec![self.next()], vec![self.next()]);
        let input = Arc::new(Filter {
            stencil: stencil(1, width, 3),
            nonlinearity: Nonlinearity::Identity,
            weights,
            biases,
            table: Some(positional_table()),
        });
        let blocks = (0..3).map(|_| self.transformer_block(width)).collect();
        let output = self.filter(stencil(width, 1, 3), Nonlinearity::Softplus);
        Plan::Transformer { input, blocks, output }
    }

    fn transformer_block(&mut self, width: usize) -> TransformerBlock {
        let before_attention = self.layer_norm();
        let parts = [0, 1, 2].map(|_| (self.next(), self.next()));
        let queries_keys_values = Arc::new(Filter {
            stencil: stencil(width, 3 * width, 1),
            nonlinearity: Nonlinearity::Identity,
            weights: parts.iter().map(|part| part.0).collect(),
            biases: parts.iter().map(|part| part.1).collect(),
            table: None,
        });
        let mixing = self.filter(stencil(width, width, 1), Nonlinearity::Identity);
        let before_perceptron = self.layer_norm();
        let perceptron = [
            self.filter(stencil(width, 2 * width, 1), Nonlinearity::Gelu),
            self.filter(stencil(2 * width, width, 1), Nonlinearity::Identity),
        ];
        let norms = [before_attention, before_perceptron];
        TransformerBlock { norms, queries_keys_values, mixing, perceptron }
    }

    fn layer_norm(&mut self) -> Arc<LayerNorm> {
        let (scale, shift) = (self.next(), self.next());
        Arc::new(LayerNorm { scale, shift })
    }
}

fn stencil(inputs: usize, outputs: usize, taps: usize) -> Stencil {
    Stencil { inputs, outputs, taps, dilation: 1 }
}

fn stencils(layers: &[ConvolutionLayer]) -> Vec<(Stencil, ConvolutionLayer)> {
    let inputs = std::iter::once(1).chain(layers.iter().map(|layer| layer.channels));
    let one = |(inputs, layer): (usize, &ConvolutionLayer)| {
        (stencil(inputs, layer.channels, layer.taps), *layer)
    };
    inputs.zip(layers).map(one).collect()
}
