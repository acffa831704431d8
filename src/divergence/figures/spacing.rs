//! Evenly spaced arguments for the figures of this module.

use crate::divergence::Positive;
use crate::{Error, Result};

/// `count` numbers from `lowest` to `highest`, evenly spaced in their logarithm.
pub(super) fn geometric(lowest: f64, highest: f64, count: usize) -> Result<Vec<f64>> {
    let words = ("an end of the range", "give a positive number");
    let lowest = Positive::named(words.0, lowest, words.1)?.get();
    let highest = Positive::named(words.0, highest, words.1)?.get();
    if lowest >= highest {
        return Err(Error::OutOfRange {
            name: "the lower end of the range",
            value: lowest,
            lower: 0.0,
            upper: highest,
            remedy: "it must be smaller than the upper end, so exchange the two",
        });
    }
    let step = (highest / lowest).ln() / (count - 1) as f64;
    let mut numbers: Vec<f64> =
        (0..count - 1).map(|index| lowest * (step * index as f64).exp()).collect();
    // Rounding would miss the end.
    numbers.push(highest);
    Ok(numbers)
}
