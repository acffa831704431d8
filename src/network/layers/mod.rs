//! The layers, as operations on the tape.

mod attention;
mod batch_norm;
mod convolution;
mod layer_norm;
mod nonlinearity;
mod untied;

pub(super) use attention::attention;
pub(super) use batch_norm::{BatchNorm, batch_norm};
pub(super) use convolution::{Filter, convolution};
pub(super) use layer_norm::{LayerNorm, layer_norm};
pub(super) use untied::{UntiedFilter, untied};

use super::kernels::Real;

/// Adds a block of gradients, by parts, to those of all parameters.
fn collect<R: Real, const P: usize>(
    collected: &mut [R],
    offset: usize,
    gradient: &[Vec<R>; P],
    range: std::ops::Range<usize>,
) {
    let count = collected.len() / P;
    for (part, gradient) in gradient.iter().enumerate() {
        let places = &mut collected[part * count + offset..][..range.len()];
        places.iter_mut().zip(&gradient[range.clone()]).for_each(|(place, term)| *place += *term);
    }
}
