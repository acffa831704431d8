//! The running averages by which batch norms predict.

use crate::network::{ChannelStatistics, Normalization};

/// The weight of a new batch in the running averages, as in PyTorch.
const MOMENTUM: f64 = 0.1;

/// Moves the running averages towards what the norms saw of a batch of `entries` numbers per channel; a
/// network without batch norm has none.
///
/// As in PyTorch, the running variance takes the unbiased variance of the batch.
pub(super) fn update(
    normalization: &mut Normalization,
    seen: &[ChannelStatistics],
    entries: usize,
) {
    let Normalization::Frozen(running) = normalization else { return };
    let count = entries as f64;
    let unbiased = if count > 1.0 { count / (count - 1.0) } else { 1.0 };
    for (running, batch) in running.iter_mut().zip(seen) {
        for (average, mean) in running.mean.iter_mut().zip(&batch.mean) {
            *average += MOMENTUM * (mean - *average);
        }
        for (average, variance) in running.variance.iter_mut().zip(&batch.variance) {
            *average += MOMENTUM * (unbiased * variance - *average);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Architecture, Predictor};
    use ndarray::Array2;

    #[test]
    fn running_averages_approach_the_statistics_of_a_batch_that_is_repeated() {
        let inputs = Array2::from_shape_fn((4, 16), |(row, at)| ((row * at) as f64).cos());
        let network = Architecture::Resnet1d;
        let parameters = network.initial_parameters(1);
        let predictor = Predictor::new(network.clone(), inputs, Normalization::Train, 1).unwrap();
        let (_, seen) = predictor.predictions_and_statistics(&parameters).unwrap();
        let mut running = Normalization::initial(&network);
        for _ in 0..200 {
            update(&mut running, &seen, 64);
        }
        let Normalization::Frozen(running) = running else { panic!("it stays frozen") };
        assert_eq!((running.len(), seen.len()), (6, 6));
        for (running, batch) in running.iter().zip(&seen) {
            for channel in 0..8 {
                assert!((running.mean[channel] - batch.mean[channel]).abs() < 1e-8);
                let unbiased = batch.variance[channel] * 64.0 / 63.0;
                assert!((running.variance[channel] - unbiased).abs() < 1e-8);
            }
        }
    }
}
