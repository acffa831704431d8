//! Batch norm, with the statistics of the batch or with stored ones.

use std::sync::Arc;

use dfdx::prelude::{Cpu, HasShape, Tape};

use super::super::architecture::Nonlinearity;
use super::super::normalization::ChannelStatistics;
use super::super::planes::{Planes, Rows};
use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Downstream, Field, Parameters, Sources, layer};
use super::nonlinearity;

/// What is added to a variance: the documented epsilon of the layer.
pub(super) const EPSILON: f64 = 1e-5;

/// Where a batch norm finds its scale and shift, and what it divides by.
#[derive(Debug)]
pub(in super::super) struct BatchNorm {
    pub(in super::super) scale: usize,
    pub(in super::super) shift: usize,
    /// `None` for those of the batch.
    pub(in super::super) statistics: Option<ChannelStatistics>,
    /// What follows.
    pub(in super::super) nonlinearity: Nonlinearity,
}

impl BatchNorm {
    /// Replaces a channel $x$ by $\hat x = (x - \bar x)/\sqrt{\operatorname{var} x + \epsilon}$, and gives
    /// the factor.
    fn normalize<E: Scalar<P>, const P: usize>(&self, field: &mut Planes<P>, channel: usize) -> E {
        let (mean, variance) = match &self.statistics {
            Some(statistics) => {
                (E::constant(statistics.mean[channel]), E::constant(statistics.variance[channel]))
            }
            None => batch_statistics(field, channel),
        };
        let inverse = (variance + E::constant(EPSILON)).inverse_square_root();
        let shift = E::default() - mean * inverse;
        field.transform(channel, inverse.parts(), shift.parts());
        inverse
    }
}

/// Mean and biased variance of a channel over sequences and positions.
///
/// The channel is left centred at zero up to rounding before its squares are added, so that nothing cancels.
fn batch_statistics<E: Scalar<P>, const P: usize>(field: &Planes<P>, channel: usize) -> (E, E) {
    let share = E::constant(((field.rows.sequences * field.rows.length) as f64).recip());
    let mean = E::from_parts(field.sum(channel)) * share;
    let mut centred = field.channel(channel);
    centred.transform(0, E::constant(1.0).parts(), (E::default() - mean).parts());
    (mean, E::from_parts(centred.dot(&centred, 0)) * share)
}

/// Batch norm, scale and shift; the skip, if there is one, is added before the nonlinearity.
pub(in super::super) fn batch_norm<E, T, const P: usize>(
    sources: Sources<E, T>,
    parameters: &Parameters<E, P>,
    norm: &Arc<BatchNorm>,
) -> Activation<Field, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
{
    let shape = *sources.input.shape();
    let planes = &parameters.planes;
    layer(sources, parameters, shape, |inputs| {
        let mut normalized = Planes::split(inputs.values, Rows::new(shape, 0));
        let factors: Vec<E> =
            (0..shape.1).map(|channel| norm.normalize(&mut normalized, channel)).collect();
        normalized.find_active();
        let mut output = normalized.clone();
        for channel in 0..shape.1 {
            let scale: E = planes.scalar(norm.scale + channel);
            let shift: E = planes.scalar(norm.shift + channel);
            output.transform(channel, scale.parts(), shift.parts());
        }
        if let Some(skip) = inputs.skip {
            output.add(skip);
        }
        output.find_active();
        let slope = nonlinearity::apply(norm.nonlinearity, &mut output);
        let output = output.join();
        let backward = T::OWNS_TAPE.then(|| {
            let scales = (0..shape.1).map(|channel| planes.scalar(norm.scale + channel)).collect();
            let saved = Saved { norm: norm.clone(), normalized, factors, scales, slope };
            let backward: Backward<E> =
                Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
            backward
        });
        (output, backward)
    })
}

/// What the way back needs.
struct Saved<E, const P: usize> {
    norm: Arc<BatchNorm>,
    normalized: Planes<P>,
    factors: Vec<E>,
    scales: Vec<E>,
    slope: Option<Planes<P>>,
}

impl<E: Scalar<P>, const P: usize> Saved<E, P> {
    fn pull_back(self, upstream: &[E], mut downstream: Downstream<'_, E>) {
        let rows = self.normalized.rows;
        let mut gradient = Planes::split(upstream, rows);
        if let Some(slope) = &self.slope {
            nonlinearity::multiply(&mut gradient, slope);
        }
        if let Some(skip) = downstream.skip.as_deref_mut() {
            gradient.add_to(skip);
        }
        let share = E::constant(((rows.sequences * rows.length) as f64).recip());
        for channel in 0..rows.channels {
            let of_shift = E::from_parts(gradient.sum(channel));
            let of_scale = E::from_parts(gradient.dot(&self.normalized, channel));
            downstream.parameters[self.norm.shift + channel] += of_shift;
            downstream.parameters[self.norm.scale + channel] += of_scale;
            let factor = self.scales[channel] * self.factors[channel];
            let (mut shift, mut multiple) = (E::default(), E::default());
            if self.norm.statistics.is_none() {
                // The mean and the variance depend on the input too.
                shift = E::default() - factor * of_shift * share;
                multiple = E::default() - factor * of_scale * share;
            }
            gradient.transform(channel, factor.parts(), shift.parts());
            gradient.add_multiple(channel, multiple.parts(), &self.normalized);
        }
        gradient.add_to(downstream.of_input());
    }
}
