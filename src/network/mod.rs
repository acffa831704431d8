//! The networks of section 17 and their exact derivatives.
//!
//! | what | here |
//! |---|---|
//! | TinyCNN, ResNet1D, Transformer1D and their relatives | [`Architecture`], [`ParameterBlock`] |
//! | data, statistics of batch norm | [`Batch`], [`Normalization`] |
//! | predictions and the Jacobian | [`Predictor`] |
//! | a [`Loss`](crate::divergence::Loss), its gradient, Hessian, Gauss-Newton part | [`Objective`], [`CurvatureOperator`] |
//!
//! All parameters stand in one flat vector, whose parts [`Architecture::layout`] names. Everything is
//! differentiated by dfdx: each layer is one operation on its tape, in 64 or in 32 bits ([`Precision`]). With
//! real numbers a pass back gives the gradient; with dual numbers the same pass gives Hessian-vector
//! products, exact to rounding, several at once. Two operations of dfdx 0.13 have wrong gradients (`slice` overwrites where it
//! should add, `accurate_gelu` lacks a factor); neither is used.

mod architecture;
mod batch;
mod curvature_operator;
mod design;
mod dual;
mod kernels;
mod layers;
mod normalization;
mod objective;
mod pass;
mod plan;
mod planes;
mod positions;
mod predictor;
mod shards;
mod tape;

pub use crate::precision::Precision;
pub use architecture::{Architecture, ConvolutionLayer, Nonlinearity, Sharing};
pub use batch::Batch;
pub use curvature_operator::CurvatureOperator;
pub use design::ParameterBlock;
pub use normalization::{ChannelStatistics, Normalization};
pub use objective::{CurvaturePart, Objective};
pub use predictor::Predictor;
