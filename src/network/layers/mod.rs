//! The layers, as operations on the tape.

mod attention;
mod batch_norm;
mod convolution;
mod layer_norm;
mod nonlinearity;
mod pairing;
mod untied;

pub(super) use attention::attention;
pub(super) use batch_norm::{BatchNorm, batch_norm};
pub(super) use convolution::{Filter, convolution};
pub(super) use layer_norm::{LayerNorm, layer_norm};
pub(super) use pairing::pairing;
pub(super) use untied::{UntiedFilter, untied};

use super::scalar::Scalar;

/// Adds a block of gradients, by parts, to those of all parameters.
fn collect<E: Scalar<P>, const P: usize>(
    collected: &mut [E],
    offset: usize,
    gradient: &[Vec<f64>; P],
    range: std::ops::Range<usize>,
) {
    for (at, place) in range.zip(&mut collected[offset..]) {
        *place += E::from_parts(gradient.each_ref().map(|part| part[at]));
    }
}
