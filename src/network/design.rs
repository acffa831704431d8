//! What each network is made of. From this follow the layout of its parameters, how far it sees, its batch
//! norms, and the plan by which it runs.

use ndarray_rand::rand::Rng;
use serde::{Deserialize, Serialize};

use super::architecture::{Architecture, Nonlinearity, Sharing};
use super::kernels::Stencil;
use super::kernels::attention::Heads;
use crate::seed;

/// The parts of a network, in the order of their parameters.
pub(super) enum Design {
    Stack { layers: Vec<Convolution>, sharing: Sharing },
    Resnet { input: Convolution, blocks: Vec<Residual>, output: Convolution },
    Transformer { input: Convolution, blocks: Vec<Attention>, output: Convolution },
}

/// A convolution, and what follows it.
pub(super) struct Convolution {
    name: String,
    pub(super) stencil: Stencil,
    pub(super) nonlinearity: Nonlinearity,
    /// Whether each sum has a bias.
    pub(super) bias: bool,
}

/// Two convolutions of this stencil, each before a batch norm and a rectifier.
pub(super) struct Residual {
    name: &'static str,
    pub(super) stencil: Stencil,
}

/// Attention, and a perceptron of one hidden layer, each behind a layer norm.
pub(super) struct Attention {
    name: &'static str,
    pub(super) heads: Heads,
    /// The neurons of the hidden layer.
    pub(super) hidden: usize,
}

impl Convolution {
    fn new(
        name: &str,
        (inputs, outputs, taps): (usize, usize, usize),
        nonlinearity: Nonlinearity,
    ) -> Self {
        let stencil = Stencil { inputs, outputs, taps, dilation: 1 };
        Self { name: name.to_owned(), stencil, nonlinearity, bias: true }
    }

    fn reach(&self) -> usize {
        self.stencil.reach()
    }
}

impl Architecture {
    /// What it is made of.
    pub(super) fn design(&self) -> Design {
        if let Some((layers, sharing)) = self.stack() {
            let inputs = std::iter::once(1).chain(layers.iter().map(|layer| layer.channels));
            let one = |(index, (inputs, layer)): (usize, (usize, &super::ConvolutionLayer))| {
                let sizes = (inputs, layer.channels, layer.taps);
                let name = format!("conv{}", index + 1);
                let bias = layer.bias;
                Convolution { bias, ..Convolution::new(&name, sizes, layer.nonlinearity) }
            };
            let layers = inputs.zip(&layers).enumerate().map(one).collect();
            return Design::Stack { layers, sharing };
        }
        match self {
            Self::Resnet1d => {
                let block = |(name, dilation)| {
                    let stencil = Stencil { inputs: 8, outputs: 8, taps: 5, dilation };
                    Residual { name, stencil }
                };
                Design::Resnet {
                    input: Convolution::new("inp", (1, 8, 5), Nonlinearity::Relu),
                    blocks: [("b1", 1), ("b2", 2), ("b3", 4)].map(block).into(),
                    output: Convolution::new("out", (8, 1, 3), Nonlinearity::Softplus),
                }
            }
            _ => {
                let heads = Heads { count: 4, width: 8, window: 9 };
                let block = |name| Attention { name, heads, hidden: 64 };
                let width = heads.channels();
                Design::Transformer {
                    input: Convolution::new("inp", (1, width, 3), Nonlinearity::Identity),
                    blocks: ["blocks.0", "blocks.1", "blocks.2"].map(block).into(),
                    output: Convolution::new("out", (width, 1, 3), Nonlinearity::Softplus),
                }
            }
        }
    }

    /// How far the value of the network at one position can depend on the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::network::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
    ///
    /// // Two layers of three and five taps: one and two positions to either side.
    /// let layers = vec![
    ///     ConvolutionLayer::new(2, 3, Nonlinearity::Relu),
    ///     ConvolutionLayer::new(1, 5, Nonlinearity::Softplus),
    /// ];
    /// let network = Architecture::Convolutions { layers, sharing: Sharing::Tied };
    /// assert_eq!(network.receptive_half_width(), 3);
    /// ```
    pub fn receptive_half_width(&self) -> usize {
        match self.design() {
            Design::Stack { layers, .. } => layers.iter().map(Convolution::reach).sum(),
            Design::Resnet { input, blocks, output } => {
                let inside: usize = blocks.iter().map(|block| 2 * block.stencil.reach()).sum();
                input.reach() + inside + output.reach()
            }
            Design::Transformer { input, blocks, output } => {
                let inside: usize = blocks.iter().map(|block| block.heads.reach()).sum();
                input.reach() + inside + output.reach()
            }
        }
    }

    /// What follows the last sum.
    pub(crate) fn last_nonlinearity(&self) -> Nonlinearity {
        match self.design() {
            Design::Stack { layers, .. } => {
                layers.last().map_or(Nonlinearity::Identity, |layer| layer.nonlinearity)
            }
            Design::Resnet { output, .. } | Design::Transformer { output, .. } => {
                output.nonlinearity
            }
        }
    }

    /// The channels of each batch norm, in the order of the layout.
    pub(super) fn norm_channels(&self) -> Vec<usize> {
        match self.design() {
            Design::Resnet { blocks, .. } => {
                blocks.iter().flat_map(|block| [block.stencil.outputs; 2]).collect()
            }
            Design::Stack { .. } | Design::Transformer { .. } => Vec::new(),
        }
    }

    /// The number of parameters.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::network::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
    ///
    /// // Two channels with three weights and a bias, then one with 2 times 5 weights and a bias.
    /// let layers = vec![
    ///     ConvolutionLayer::new(2, 3, Nonlinearity::Relu),
    ///     ConvolutionLayer::new(1, 5, Nonlinearity::Softplus),
    /// ];
    /// let network = Architecture::Convolutions { layers, sharing: Sharing::Tied };
    /// assert_eq!(network.parameter_count(), 8 + 11);
    /// ```
    pub fn parameter_count(&self) -> usize {
        self.layout().last().map_or(0, |block| block.range().end)
    }

    /// The named parts of the parameter vector, in their order.
    ///
    /// Names, order and shapes are those of the PyTorch modules of the same networks.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::network::Architecture;
    ///
    /// // The blocks fill the parameter vector without gaps.
    /// let network = Architecture::tiny_cnn();
    /// let mut end = 0;
    /// for block in network.layout() {
    ///     assert_eq!(block.range().start, end);
    ///     end = block.range().end;
    /// }
    /// assert_eq!(end, network.parameter_count());
    /// ```
    pub fn layout(&self) -> Vec<ParameterBlock> {
        let mut layout = Layout::default();
        match self.design() {
            Design::Stack { layers, sharing } => {
                layers.iter().for_each(|layer| layout.of_stack(layer, sharing));
            }
            Design::Resnet { input, blocks, output } => {
                layout.convolution(&input);
                blocks.iter().for_each(|block| layout.residual(block));
                layout.convolution(&output);
            }
            Design::Transformer { input, blocks, output } => {
                layout.convolution(&input);
                blocks.iter().for_each(|block| layout.transformer(block));
                layout.convolution(&output);
            }
        }
        layout.blocks
    }

    /// Random parameters: weights and biases uniform in $\pm 1/\sqrt{\text{fan-in}}$, norms at scale 1 and
    /// shift 0.
    ///
    /// The same seed gives the same numbers on every machine.
    ///
    /// ```
    /// use itakura_saito::network::Architecture;
    ///
    /// let parameters: Vec<f64> = Architecture::tiny_cnn().initial_parameters(7);
    /// assert_eq!(parameters.len(), 401);
    /// // The first layer's neurons have five inputs.
    /// assert!(parameters[..48].iter().all(|value| value.abs() < 1.0 / 5.0_f64.sqrt()));
    /// ```
    pub fn initial_parameters(&self, seed: u64) -> Vec<f64> {
        let mut generator = seed::generator(seed);
        let mut parameters = Vec::with_capacity(self.parameter_count());
        for block in self.layout() {
            let value = match block.fan_in {
                Some(fan_in) => {
                    let bound = (fan_in as f64).sqrt().recip();
                    parameters
                        .extend((0..block.size()).map(|_| generator.random_range(-bound..=bound)));
                    continue;
                }
                None if block.name.ends_with("weight") => 1.0,
                None => 0.0,
            };
            parameters.resize(parameters.len() + block.size(), value);
        }
        parameters
    }
}

/// A named part of the parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterBlock {
    /// The layer and what it is there, such as `conv1.weight`.
    pub name: String,
    /// Where it begins.
    pub offset: usize,
    /// Its axes, in row-major order.
    pub shape: Vec<usize>,
    /// How many inputs a neuron of its layer has; `None` for the scale and the shift of a norm.
    pub fan_in: Option<usize>,
}

impl ParameterBlock {
    /// The number of parameters.
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Where the parameters stand in the flat vector.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.size()
    }
}

/// The layout, block by block.
#[derive(Default)]
struct Layout {
    blocks: Vec<ParameterBlock>,
}

impl Layout {
    fn push(&mut self, name: String, shape: &[usize], fan_in: Option<usize>) {
        let offset = self.blocks.last().map_or(0, |block| block.range().end);
        self.blocks.push(ParameterBlock { name, offset, shape: shape.to_vec(), fan_in });
    }

    /// Weight and bias of a layer whose neurons have `fan_in` inputs.
    fn layer(&mut self, name: &str, weight: &[usize], bias: &[usize], fan_in: usize) {
        self.push(format!("{name}.weight"), weight, Some(fan_in));
        self.push(format!("{name}.bias"), bias, Some(fan_in));
    }

    fn stencil(&mut self, name: &str, stencil: Stencil) {
        let Stencil { inputs, outputs, taps, .. } = stencil;
        self.layer(name, &[outputs, inputs, taps], &[outputs], inputs * taps);
    }

    fn convolution(&mut self, convolution: &Convolution) {
        self.stencil(&convolution.name, convolution.stencil);
    }

    fn norm(&mut self, name: &str, channels: usize) {
        self.push(format!("{name}.weight"), &[channels], None);
        self.push(format!("{name}.bias"), &[channels], None);
    }

    fn of_stack(&mut self, convolution: &Convolution, sharing: Sharing) {
        let Stencil { inputs, outputs, taps, .. } = convolution.stencil;
        let (mut weight, mut bias) = (vec![outputs, inputs, taps], vec![outputs]);
        if let Sharing::Untied { length } = sharing {
            weight.push(length);
            bias.push(length);
        }
        let (name, fan_in) = (&convolution.name, Some(inputs * taps));
        self.push(format!("{name}.weight"), &weight, fan_in);
        if convolution.bias {
            self.push(format!("{name}.bias"), &bias, fan_in);
        }
    }

    fn residual(&mut self, Residual { name, stencil }: &Residual) {
        for which in ["conv1", "conv2"] {
            self.stencil(&format!("{name}.{which}"), *stencil);
        }
        for which in ["bn1", "bn2"] {
            self.norm(&format!("{name}.{which}"), stencil.outputs);
        }
    }

    fn transformer(&mut self, Attention { name, heads, hidden }: &Attention) {
        let width = heads.channels();
        let mixing = Stencil { inputs: width, outputs: width, taps: 1, dilation: 1 };
        self.norm(&format!("{name}.norm1"), width);
        for projection in ["q", "k", "v", "o"] {
            self.stencil(&format!("{name}.attn.{projection}"), mixing);
        }
        self.norm(&format!("{name}.norm2"), width);
        self.layer(&format!("{name}.mlp.0"), &[*hidden, width], &[*hidden], width);
        self.layer(&format!("{name}.mlp.2"), &[width, *hidden], &[width], *hidden);
    }
}
