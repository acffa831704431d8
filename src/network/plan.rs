//! The networks as sequences of layers, with the places of their parameters looked up once.

use std::sync::Arc;

use dfdx::dtypes::Unit;

use super::Normalization;
use super::architecture::{Architecture, Nonlinearity, Sharing};
use super::design::{Attention, Convolution, Design, Residual};
use super::kernels::attention::Heads;
use super::kernels::{Real, Stencil};
use super::layers::{
    BatchNorm, Filter, LayerNorm, UntiedFilter, attention, batch_norm, convolution, layer_norm,
    untied,
};
use super::positions::positional_table;
use super::tape::{Field, InputGradient, Parameters, Record, Sources};

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
    heads: Heads,
    mixing: Arc<Filter>,
    perceptron: [Arc<Filter>; 2],
}

impl Plan {
    pub(super) fn new(architecture: &Architecture, normalization: &Normalization) -> Self {
        let mut places = Places::new(architecture);
        match architecture.design() {
            Design::Stack { layers, sharing: Sharing::Tied } => {
                Self::Stack(layers.iter().map(|layer| places.convolution(layer)).collect())
            }
            Design::Stack { layers, sharing: Sharing::Untied { .. } } => {
                Self::Untied(layers.iter().map(|layer| places.untied(layer)).collect())
            }
            Design::Resnet { input, blocks, output } => {
                let input = places.convolution(&input);
                let numbered = blocks.iter().enumerate();
                let block = |(index, block)| places.residual(block, index, normalization);
                let blocks = numbered.map(block).collect();
                Self::Resnet { input, blocks, output: places.convolution(&output) }
            }
            Design::Transformer { input, blocks, output } => {
                let input = places.with_table(&input);
                let blocks = blocks.iter().map(|block| places.transformer(block)).collect();
                Self::Transformer { input, blocks, output: places.convolution(&output) }
            }
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
            Self::Transformer { input, blocks, output } => {
                let inside = blocks.iter().map(|block| block.heads.reach());
                inside.chain([reach(input), reach(output)]).collect()
            }
        };
        reaches.into_iter().max().expect("a network has a layer")
    }

    /// From the data to the prediction.
    pub(super) fn run<R: Real, const P: usize>(
        &self,
        tape: &mut Record<R>,
        data: Field<R, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, P> {
        let data = Sources { input: data, input_gradient: InputGradient::Unused, skip: None };
        match self {
            Self::Stack(filters) => {
                let (first, others) = filters.split_first().expect("validated");
                let field = convolution(tape, data, parameters, first);
                let run =
                    |field: Field<R, P>, next| convolution(tape, field.into(), parameters, next);
                others.iter().fold(field, run)
            }
            Self::Untied(filters) => {
                let (first, others) = filters.split_first().expect("validated");
                let field = untied(tape, data, parameters, first);
                let run = |field: Field<R, P>, next| untied(tape, field.into(), parameters, next);
                others.iter().fold(field, run)
            }
            Self::Resnet { input, blocks, output } => {
                let field = convolution(tape, data, parameters, input);
                let run = |field, block: &ResidualBlock| block.run(tape, field, parameters);
                let field = blocks.iter().fold(field, run);
                convolution(tape, field.into(), parameters, output)
            }
            Self::Transformer { input, blocks, output } => {
                let field = convolution(tape, data, parameters, input);
                let run = |field, block: &TransformerBlock| block.run(tape, field, parameters);
                let field = blocks.iter().fold(field, run);
                convolution(tape, field.into(), parameters, output)
            }
        }
    }
}

/// A field, and what is to be added to the output of the next layer.
fn joined<R: Unit, const P: usize>(input: Field<R, P>, skip: Field<R, P>) -> Sources<R, P> {
    Sources { input, input_gradient: InputGradient::Wanted, skip: Some(skip) }
}

impl ResidualBlock {
    fn couples_sequences(&self) -> bool {
        self.norms.iter().any(|norm| norm.statistics.is_none())
    }

    fn run<R: Real, const P: usize>(
        &self,
        tape: &mut Record<R>,
        field: Field<R, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, P> {
        let skip = field.clone();
        let [first, second] = &self.convolutions;
        let [norm_of_first, norm_of_second] = &self.norms;
        let field = convolution(tape, field.into(), parameters, first);
        let field = batch_norm(tape, field.into(), parameters, norm_of_first);
        let field = convolution(tape, field.into(), parameters, second);
        batch_norm(tape, joined(field, skip), parameters, norm_of_second)
    }
}

impl TransformerBlock {
    fn run<R: Real, const P: usize>(
        &self,
        tape: &mut Record<R>,
        field: Field<R, P>,
        parameters: &Parameters<R, P>,
    ) -> Field<R, P> {
        let [before_attention, before_perceptron] = &self.norms;
        let skip = field.clone();
        let field = layer_norm(tape, field, parameters, before_attention);
        let field = convolution(tape, field.into(), parameters, &self.queries_keys_values);
        let field = attention(tape, field, parameters, self.heads);
        let field = convolution(tape, joined(field, skip), parameters, &self.mixing);
        let skip = field.clone();
        let field = layer_norm(tape, field, parameters, before_perceptron);
        let [inner, outer] = &self.perceptron;
        let field = convolution(tape, field.into(), parameters, inner);
        convolution(tape, joined(field, skip), parameters, outer)
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

    /// A filter with a bias.
    fn filter(&mut self, stencil: Stencil, nonlinearity: Nonlinearity) -> Filter {
        let (weights, biases) = (vec![self.next()], vec![self.next()]);
        Filter { stencil, nonlinearity, weights, biases, table: None }
    }

    fn convolution(&mut self, convolution: &Convolution) -> Arc<Filter> {
        let Convolution { stencil, nonlinearity, bias, .. } = *convolution;
        let weights = vec![self.next()];
        let biases = if bias { vec![self.next()] } else { Vec::new() };
        Arc::new(Filter { stencil, nonlinearity, weights, biases, table: None })
    }

    /// A convolution that adds the encoding of positions.
    fn with_table(&mut self, convolution: &Convolution) -> Arc<Filter> {
        let filter = self.filter(convolution.stencil, convolution.nonlinearity);
        Arc::new(Filter { table: Some(positional_table()), ..filter })
    }

    fn untied(&mut self, convolution: &Convolution) -> Arc<UntiedFilter> {
        let Convolution { stencil, nonlinearity, bias, .. } = *convolution;
        let (weights, biases) = (self.next(), bias.then(|| self.next()));
        Arc::new(UntiedFilter { stencil, nonlinearity, weights, biases })
    }

    fn residual(
        &mut self,
        block: &Residual,
        index: usize,
        normalization: &Normalization,
    ) -> ResidualBlock {
        let convolutions =
            [0, 1].map(|_| Arc::new(self.filter(block.stencil, Nonlinearity::Identity)));
        let norms = [0, 1].map(|which| {
            let (scale, shift) = (self.next(), self.next());
            let statistics = match normalization {
                Normalization::Train => None,
                Normalization::Frozen(layers) => Some(layers[2 * index + which].clone()),
            };
            Arc::new(BatchNorm { scale, shift, statistics, nonlinearity: Nonlinearity::Relu })
        });
        ResidualBlock { convolutions, norms }
    }

    fn transformer(&mut self, block: &Attention) -> TransformerBlock {
        let (heads, width) = (block.heads, block.heads.channels());
        let mixed = |inputs, outputs| Stencil { inputs, outputs, taps: 1, dilation: 1 };
        let before_attention = self.layer_norm();
        let parts = [0, 1, 2].map(|_| (self.next(), self.next()));
        let queries_keys_values = Arc::new(Filter {
            stencil: mixed(width, 3 * width),
            nonlinearity: Nonlinearity::Identity,
            weights: parts.iter().map(|part| part.0).collect(),
            biases: parts.iter().map(|part| part.1).collect(),
            table: None,
        });
        let mixing = Arc::new(self.filter(mixed(width, width), Nonlinearity::Identity));
        let before_perceptron = self.layer_norm();
        let perceptron = [
            self.filter(mixed(width, block.hidden), Nonlinearity::Gelu),
            self.filter(mixed(block.hidden, width), Nonlinearity::Identity),
        ];
        let norms = [before_attention, before_perceptron];
        let perceptron = perceptron.map(Arc::new);
        TransformerBlock { norms, queries_keys_values, heads, mixing, perceptron }
    }

    fn layer_norm(&mut self) -> Arc<LayerNorm> {
        let (scale, shift) = (self.next(), self.next());
        Arc::new(LayerNorm { scale, shift })
    }
}
