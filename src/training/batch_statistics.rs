//! What the batch norms of ResNet1D see of a batch: the statistics that running averages are made of.
//!
//! The network itself uses them in train mode and keeps them to itself, so that its derivatives stay pure
//! functions. Here its layers are walked once more, forward and in plain numbers.

use ndarray::ArrayView2;
use pulp::Arch;

use crate::network::{Architecture, ChannelStatistics, Normalization, ParameterBlock};

const CHANNELS: usize = 8;
/// The epsilon of the norms, which the layers document.
const EPSILON: f64 = 1e-5;
/// The weight of a new batch in the running averages, as in PyTorch.
const MOMENTUM: f64 = 0.1;

/// Moves the running averages towards the statistics of a batch; a network without batch norm has none.
///
/// As in PyTorch, the running variance takes the unbiased variance of the batch.
pub(super) fn update(
    normalization: &mut Normalization,
    architecture: &Architecture,
    parameters: &[f64],
    inputs: ArrayView2<'_, f64>,
) {
    let (Normalization::Frozen(running), Architecture::Resnet1d) = (normalization, architecture)
    else {
        return;
    };
    let count = inputs.len() as f64;
    let unbiased = if count > 1.0 { count / (count - 1.0) } else { 1.0 };
    let move_towards = |average: &mut f64, value: f64| *average += MOMENTUM * (value - *average);
    for (running, batch) in running.iter_mut().zip(of_batch(parameters, inputs)) {
        for channel in 0..CHANNELS {
            move_towards(&mut running.mean[channel], batch.mean[channel]);
            move_towards(&mut running.variance[channel], unbiased * batch.variance[channel]);
        }
    }
}

/// Mean and biased variance of each channel before each batch norm of ResNet1D, in the order of the layout.
fn of_batch(parameters: &[f64], inputs: ArrayView2<'_, f64>) -> Vec<ChannelStatistics> {
    let layout = Architecture::Resnet1d.layout();
    let block = |name: &str| {
        let of_name = |block: &&ParameterBlock| block.name == name;
        let place = layout.iter().find(of_name).expect("a name of the layout");
        &parameters[place.range()]
    };
    let layer = |name: &str| [block(&format!("{name}.weight")), block(&format!("{name}.bias"))];
    let mut seen = Vec::new();
    let mut field = Field::of_inputs(inputs).convolved(layer("inp"), 1);
    field.rectify();
    for (name, dilation) in [("b1", 1), ("b2", 2), ("b3", 4)] {
        let part = |part: &str| layer(&format!("{name}.{part}"));
        let mut inner = field.convolved(part("conv1"), dilation);
        seen.push(inner.normalize(part("bn1")));
        inner.rectify();
        let mut outer = inner.convolved(part("conv2"), dilation);
        seen.push(outer.normalize(part("bn2")));
        outer.add(&field);
        outer.rectify();
        field = outer;
    }
    seen
}

/// Values by sequence, channel and position.
struct Field {
    channels: usize,
    length: usize,
    values: Vec<f64>,
}

impl Field {
    fn of_inputs(inputs: ArrayView2<'_, f64>) -> Self {
        let (channels, length) = (1, inputs.ncols());
        Self { channels, length, values: inputs.iter().copied().collect() }
    }

    /// A convolution of five taps to eight channels, with zeros beyond the ends.
    fn convolved(&self, [weights, biases]: [&[f64]; 2], dilation: usize) -> Self {
        const TAPS: usize = 5;
        let sequences = self.values.len() / (self.channels * self.length);
        let mut values = Vec::with_capacity(sequences * CHANNELS * self.length);
        for sequence in self.values.chunks(self.channels * self.length) {
            for (bias, weights) in biases.iter().zip(weights.chunks(self.channels * TAPS)) {
                let start = values.len();
                values.resize(start + self.length, *bias);
                let output = &mut values[start..];
                for (input, weights) in sequence.chunks(self.length).zip(weights.chunks(TAPS)) {
                    for (tap, weight) in weights.iter().enumerate() {
                        add_shifted(output, input, *weight, tap * dilation, 2 * dilation);
                    }
                }
            }
        }
        Self { channels: CHANNELS, length: self.length, values }
    }

    /// Normalises each channel by its own statistics, then scales and shifts it; gives the statistics.
    fn normalize(&mut self, [scales, shifts]: [&[f64]; 2]) -> ChannelStatistics {
        let (channels, length) = (self.channels, self.length);
        let count = (self.values.len() / channels) as f64;
        let mut statistics = ChannelStatistics { mean: Vec::new(), variance: Vec::new() };
        for channel in 0..channels {
            let rows = || self.values.chunks(length).skip(channel).step_by(channels);
            let mean = rows().flatten().sum::<f64>() / count;
            let squares = rows().flatten().map(|value| (value - mean).powi(2)).sum::<f64>();
            let variance = squares / count;
            let factor = scales[channel] / (variance + EPSILON).sqrt();
            let rows = self.values.chunks_mut(length).skip(channel).step_by(channels);
            for value in rows.flatten() {
                *value = (*value - mean) * factor + shifts[channel];
            }
            statistics.mean.push(mean);
            statistics.variance.push(variance);
        }
        statistics
    }

    fn rectify(&mut self) {
        self.values.iter_mut().for_each(|value| *value = value.max(0.0));
    }

    fn add(&mut self, other: &Self) {
        self.values.iter_mut().zip(&other.values).for_each(|(value, other)| *value += other);
    }
}

/// Adds `weight` times the input to the output, moved to the left by `ahead - behind` positions.
fn add_shifted(output: &mut [f64], input: &[f64], weight: f64, ahead: usize, behind: usize) {
    let (output, input) = match ahead.checked_sub(behind) {
        Some(left) => (&mut output[..], input.get(left..).unwrap_or_default()),
        None => (output.get_mut(behind - ahead..).unwrap_or_default(), input),
    };
    Arch::new().dispatch(
        #[inline(always)]
        || output.iter_mut().zip(input).for_each(|(sum, value)| *sum += weight * value),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Predictor;
    use ndarray::Array2;

    /// The network that is given these statistics as stored ones predicts what it predicts in train mode.
    #[test]
    fn the_statistics_are_those_that_train_mode_uses() {
        let inputs = Array2::from_shape_fn((5, 24), |(row, at)| ((3 * row + at) as f64).sin());
        let parameters = Architecture::Resnet1d.initial_parameters(3);
        let frozen = Normalization::Frozen(of_batch(&parameters, inputs.view()));
        let [own, stored] = [Normalization::Train, frozen].map(|normalization| {
            let network = Architecture::Resnet1d;
            let predictor = Predictor::new(network, inputs.clone(), normalization, 1).unwrap();
            predictor.predictions(&parameters).unwrap()
        });
        let largest = (&own - &stored).fold(0.0_f64, |largest, error| largest.max(error.abs()));
        assert!(largest < 1e-12, "{largest}");
    }

    #[test]
    fn running_averages_approach_the_statistics_of_a_batch_that_is_repeated() {
        let inputs = Array2::from_shape_fn((4, 16), |(row, at)| ((row * at) as f64).cos());
        let parameters = Architecture::Resnet1d.initial_parameters(1);
        let mut running = Normalization::initial(&Architecture::Resnet1d);
        for _ in 0..200 {
            update(&mut running, &Architecture::Resnet1d, &parameters, inputs.view());
        }
        let Normalization::Frozen(running) = running else { panic!("it stays frozen") };
        for (running, batch) in running.iter().zip(of_batch(&parameters, inputs.view())) {
            for channel in 0..CHANNELS {
                assert!((running.mean[channel] - batch.mean[channel]).abs() < 1e-8);
                let unbiased = batch.variance[channel] * 64.0 / 63.0;
                assert!((running.variance[channel] - unbiased).abs() < 1e-8);
            }
        }
    }
}
