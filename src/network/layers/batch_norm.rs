//! Batch norm, with the statistics of the batch or with stored ones.

use std::sync::Arc;

use super::super::architecture::Nonlinearity;
use super::super::dual::Dual;
use super::super::kernels::Real;
use super::super::normalization::ChannelStatistics;
use super::super::planes::{self, Planes};
use super::super::tape::{
    Backward, Downstream, Field, Forward, Inputs, Parameters, Record, Sources, layer,
};
use super::nonlinearity::{self, Slope};

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
    /// Mean and variance by which each channel is normalised, as dual numbers.
    fn moments<R: Real, const P: usize>(
        &self,
        field: &Planes<R, P>,
    ) -> Vec<(Dual<R, P>, Dual<R, P>)> {
        let of_batch = || (0..field.rows.channels).map(|channel| batch_statistics(field, channel));
        let constant = |(&mean, &variance)| (Dual::constant(mean), Dual::constant(variance));
        match &self.statistics {
            Some(stored) => stored.mean.iter().zip(&stored.variance).map(constant).collect(),
            None => of_batch().collect(),
        }
    }
}

/// Replaces a channel $x$ by $\hat x = (x - \bar x)/\sqrt{\operatorname{var} x + \epsilon}$, and gives the
/// factor.
fn normalize<R: Real, const P: usize>(
    field: &mut Planes<R, P>,
    channel: usize,
    (mean, variance): (Dual<R, P>, Dual<R, P>),
) -> Dual<R, P> {
    let inverse = (variance + Dual::constant(EPSILON)).inverse_square_root();
    field.transform(channel, inverse, -(mean * inverse));
    inverse
}

/// The reciprocal of the number of entries of a channel.
fn share<R: Real, const P: usize>(field: &Planes<R, P>) -> Dual<R, P> {
    Dual::constant((field.rows.entries_of_a_channel() as f64).recip())
}

/// Mean and biased variance of a channel over sequences and positions.
///
/// The channel is left centred at zero up to rounding before its squares are added, so that nothing cancels.
fn batch_statistics<R: Real, const P: usize>(
    field: &Planes<R, P>,
    channel: usize,
) -> (Dual<R, P>, Dual<R, P>) {
    let mean = field.sum(channel) * share(field);
    let mut centred = field.channel(channel);
    centred.transform(0, Dual::constant(1.0), -mean);
    (mean, centred.dot(&centred, 0) * share(field))
}

/// Batch norm, scale and shift; the skip, if there is one, is added before the nonlinearity.
pub(in super::super) fn batch_norm<R: Real, const P: usize>(
    tape: &mut Record<R>,
    sources: Sources<R, P>,
    parameters: &Parameters<R, P>,
    norm: &Arc<BatchNorm>,
) -> Field<R, P> {
    layer(tape, sources, parameters, |inputs| forward(norm, inputs, parameters))
}

fn forward<R: Real, const P: usize>(
    norm: &Arc<BatchNorm>,
    inputs: Inputs<R, P>,
    parameters: &Parameters<R, P>,
) -> Forward<R, P> {
    let channels = inputs.planes.rows.channels;
    let all = &parameters.planes;
    let mut normalized = Arc::unwrap_or_clone(inputs.planes);
    let moments = norm.moments(&normalized);
    if norm.statistics.is_none() {
        let (mean, variance) =
            moments.iter().map(|(mean, variance)| (mean.value(), variance.value())).unzip();
        parameters.note(ChannelStatistics { mean, variance });
    }
    let factors: Vec<Dual<R, P>> = (0..)
        .zip(moments)
        .map(|(channel, moments)| normalize(&mut normalized, channel, moments))
        .collect();
    normalized.find_active();
    let mut output = normalized.clone();
    for channel in 0..channels {
        output.transform(channel, all.dual(norm.scale + channel), all.dual(norm.shift + channel));
    }
    let mut output = output.into_numbers();
    if let Some(skip) = inputs.skip {
        planes::add(&mut output, skip.numbers());
    }
    let mut output = Planes::new(normalized.rows, output);
    let slope = nonlinearity::apply(norm.nonlinearity, &mut output);
    let backward = inputs.on_tape.then(|| {
        let scales = (0..channels).map(|channel| all.dual(norm.scale + channel)).collect();
        let saved = Saved { norm: norm.clone(), normalized, factors, scales, slope };
        let backward: Backward<R, P> =
            Box::new(move |upstream, downstream| saved.pull_back(upstream, downstream));
        backward
    });
    (output, backward)
}

/// What the way back needs.
struct Saved<R, const P: usize> {
    norm: Arc<BatchNorm>,
    normalized: Planes<R, P>,
    factors: Vec<Dual<R, P>>,
    scales: Vec<Dual<R, P>>,
    slope: Option<Slope<R, P>>,
}

impl<R: Real, const P: usize> Saved<R, P> {
    fn pull_back(self, mut gradient: Planes<R, P>, mut downstream: Downstream<'_, R>) {
        if let Some(slope) = &self.slope {
            slope.multiply(&mut gradient);
        }
        if let Some(skip) = downstream.skip.as_deref_mut() {
            planes::add(skip, gradient.numbers());
        }
        for channel in 0..gradient.rows.channels {
            let of_shift = gradient.sum(channel);
            let of_scale = gradient.dot(&self.normalized, channel);
            of_shift.add_to(downstream.parameters, self.norm.shift + channel);
            of_scale.add_to(downstream.parameters, self.norm.scale + channel);
            let factor = self.scales[channel] * self.factors[channel];
            if self.norm.statistics.is_some() {
                gradient.transform(channel, factor, Dual::constant(0.0));
            } else {
                // The mean and the variance depend on the input too.
                let per_entry = -(factor * share(&gradient));
                gradient.transform(channel, factor, per_entry * of_shift);
                gradient.add_multiple(channel, per_entry * of_scale, &self.normalized);
            }
        }
        planes::add(downstream.of_input(), gradient.numbers());
    }
}
