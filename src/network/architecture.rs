//! Which network.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// What a neuron does with its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nonlinearity {
    /// Nothing.
    Identity,
    /// $\max(z, 0)$, with the derivative 0 at 0.
    Relu,
    /// $z\\,\Phi(z)$ with the distribution function of the normal law, exactly.
    Gelu,
    /// $\ln(1 + e^z)$: positive, and smooth.
    Softplus,
}

/// Whether all positions share their weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// One set of weights and biases for all positions: a convolution.
    Tied,
    /// Weights and biases of their own for each position of a sequence of this length: a locally
    /// connected layer.
    Untied {
        /// The length of the sequences.
        length: usize,
    },
}

/// One layer of [`Architecture::Convolutions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConvolutionLayer {
    /// The number of channels that it gives.
    pub channels: usize,
    /// The number of neighbouring positions that it looks at, odd.
    pub taps: usize,
    /// What follows the sum.
    pub nonlinearity: Nonlinearity,
    /// Whether each sum has a bias. A stored layer that does not say so has one.
    #[serde(default = "with_bias", skip_serializing_if = "is_with_bias")]
    pub bias: bool,
}

impl ConvolutionLayer {
    /// A layer with a bias.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::network::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
    ///
    /// let layer: ConvolutionLayer = ConvolutionLayer::new(1, 3, Nonlinearity::Softplus);
    /// let of = |layer| Architecture::Convolutions { layers: vec![layer], sharing: Sharing::Tied };
    /// assert_eq!(of(layer).parameter_count(), 4);
    /// assert_eq!(of(layer.without_bias()).parameter_count(), 3);
    /// ```
    pub fn new(channels: usize, taps: usize, nonlinearity: Nonlinearity) -> Self {
        Self { channels, taps, nonlinearity, bias: true }
    }

    /// The same layer without a bias. A network of such layers with ReLU or nothing between them is
    /// homogeneous: an input that is multiplied by $c > 0$ multiplies the last sum by $c$.
    pub fn without_bias(self) -> Self {
        Self { bias: false, ..self }
    }
}

fn with_bias() -> bool {
    true
}

fn is_with_bias(bias: &bool) -> bool {
    *bias
}

/// The networks of section 17, and those that are needed to understand them.
///
/// All map a batch of sequences of one channel to sequences of the same length, with zero padding. Weights
/// of convolutions stand in the order (output, input, tap).
///
/// ```
/// use itakura_saito::network::Architecture;
///
/// assert_eq!(Architecture::tiny_cnn().parameter_count(), 401);
/// assert_eq!(Architecture::Resnet1d.parameter_count(), 2137);
/// assert_eq!(Architecture::Transformer1d.parameter_count(), 25857);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Architecture {
    /// Three convolutions, 1 to 8 to 8 channels with five taps and 8 to 1 with three, and softplus: 401
    /// parameters. The paper's has ReLU; another nonlinearity makes it smooth.
    TinyCnn {
        /// What follows the first two convolutions.
        nonlinearity: Nonlinearity,
    },
    /// Three residual blocks of 8 channels with batch norm and dilations 1, 2, 4: 2137 parameters.
    Resnet1d,
    /// Three blocks of 32 channels with attention of 4 heads over 9 neighbours: 25857 parameters.
    ///
    /// A neighbour outside the sequence is a zero key and a zero value that stay in the softmax. The
    /// positional table reaches to length 96.
    Transformer1d,
    /// A perceptron that sees `window` neighbouring inputs and gives the value in their middle: the same
    /// one at every position.
    Mlp {
        /// How many inputs it sees, odd.
        window: usize,
        /// The widths of its hidden layers.
        hidden: Vec<usize>,
        /// What follows each of them.
        nonlinearity: Nonlinearity,
    },
    /// Any stack of convolutions, tied or untied.
    Convolutions {
        /// The layers, the last of one channel.
        layers: Vec<ConvolutionLayer>,
        /// Whether all positions share their weights.
        sharing: Sharing,
    },
}

impl Architecture {
    /// The first network of section 17, with ReLU.
    pub fn tiny_cnn() -> Self {
        Self::TinyCnn { nonlinearity: Nonlinearity::Relu }
    }

    /// Its smooth relative, with GELU.
    pub fn smooth_tiny_cnn() -> Self {
        Self::TinyCnn { nonlinearity: Nonlinearity::Gelu }
    }

    /// The name by which figures and files call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TinyCnn { nonlinearity: Nonlinearity::Relu } => "TinyCNN",
            Self::TinyCnn { .. } => "smooth TinyCNN",
            Self::Resnet1d => "ResNet1D",
            Self::Transformer1d => "Transformer1D",
            Self::Mlp { .. } => "MLP",
            Self::Convolutions { .. } => "convolutions",
        }
    }

    /// The layers, if it is a plain stack of convolutions.
    pub(crate) fn stack(&self) -> Option<(Vec<ConvolutionLayer>, Sharing)> {
        let layer = ConvolutionLayer::new;
        match self {
            Self::TinyCnn { nonlinearity } => Some((
                vec![
                    layer(8, 5, *nonlinearity),
                    layer(8, 5, *nonlinearity),
                    layer(1, 3, Nonlinearity::Softplus),
                ],
                Sharing::Tied,
            )),
            Self::Mlp { window, hidden, nonlinearity } => {
                let widths = hidden.iter().map(|&width| (width, *nonlinearity));
                let widths = widths.chain([(1, Nonlinearity::Softplus)]).enumerate();
                let taps = |index| if index == 0 { *window } else { 1 };
                let layers = widths
                    .map(|(index, (width, nonlinearity))| layer(width, taps(index), nonlinearity));
                Some((layers.collect(), Sharing::Tied))
            }
            Self::Convolutions { layers, sharing } => Some((layers.clone(), *sharing)),
            Self::Resnet1d | Self::Transformer1d => None,
        }
    }

    /// Checks the numbers in it.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for a layer without channels or a stack without layers, [`Error::OutOfRange`]
    /// for an even number of taps or a last layer of more than one channel.
    pub fn validate(&self) -> Result<()> {
        let Some((layers, sharing)) = self.stack() else { return Ok(()) };
        let Some(last) = layers.last() else {
            return Err(Error::TooFew {
                name: "the number of layers",
                count: 0,
                minimum: 1,
                remedy: "give at least one convolution",
            });
        };
        for layer in &layers {
            if layer.channels == 0 {
                return Err(Error::TooFew {
                    name: "the number of channels of a layer",
                    count: 0,
                    minimum: 1,
                    remedy: "give each layer a channel",
                });
            }
            if layer.taps.is_multiple_of(2) {
                return Err(Error::OutOfRange {
                    name: "the number of neighbours that a layer sees, modulo 2,",
                    value: 0.0,
                    lower: 1.0,
                    upper: 1.0,
                    remedy: "take an odd number, so that one stands in the middle",
                });
            }
        }
        if last.channels != 1 {
            return Err(Error::OutOfRange {
                name: "the number of channels of the last layer",
                value: last.channels as f64,
                lower: 1.0,
                upper: 1.0,
                remedy: "the network predicts one number a position",
            });
        }
        match sharing {
            Sharing::Untied { length: 0 } => Err(Error::TooFew {
                name: "the length of an untied network",
                count: 0,
                minimum: 1,
                remedy: "give the length of the sequences",
            }),
            _ => Ok(()),
        }
    }
}
