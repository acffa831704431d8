//! The 512 sequences of section 17, embedded.

use ndarray::Array3;

use super::recipe::{Draws, LENGTH, rows};
use super::{Dataset, Split};
use crate::divergence::PositiveArray;

/// Little-endian `f32`, 96 to an item; `data/make_paper_dataset.py` makes both files.
const INPUTS: &[u8] = include_bytes!("../../data/paper_inputs.f32");
/// Little-endian `f64`, four to an item: two frequencies, two phases.
const DRAWS: &[u8] = include_bytes!("../../data/paper_phases.f64");

/// How many items section 17 trains on; the other 77 validate.
pub const PAPER_TRAINING_ITEMS: usize = 435;

/// The data of section 17: 512 items of 96 positions with one input channel.
///
/// The inputs are the author's single-precision numbers. The targets are computed in double precision from
/// the phases behind them; rounded to single precision they are the author's own, bit for bit.
///
/// ```
/// use itakura_saito::dataset::{Dataset, paper_dataset};
///
/// let data: Dataset = paper_dataset();
/// assert_eq!(data.items(), 512);
/// assert!((data.targets().arithmetic_mean().get() - 0.6335528335489716).abs() < 1e-12);
/// ```
pub fn paper_dataset() -> Dataset {
    let inputs =
        INPUTS.as_chunks::<4>().0.iter().map(|&bytes| f64::from(f32::from_le_bytes(bytes)));
    let numbers: Vec<f64> =
        DRAWS.as_chunks::<8>().0.iter().map(|&bytes| f64::from_le_bytes(bytes)).collect();
    let draws: Vec<Draws> = numbers
        .as_chunks::<4>()
        .0
        .iter()
        .map(|&[first, second, phase, other_phase]| Draws {
            frequencies: [first, second],
            phases: [phase, other_phase],
        })
        .collect();
    let inputs = Array3::from_shape_vec((draws.len(), 1, LENGTH), inputs.collect());
    let targets = PositiveArray::try_from(rows(&draws, Draws::envelope));
    Dataset::new(inputs.expect("96 inputs an item"), targets.expect("at least 0.1"))
        .expect("the embedded data are in order, which a test checks")
}

/// The data of section 17 as it splits them.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::paper_split;
///
/// let split = paper_split();
/// assert_eq!((split.training.items(), split.validation.items()), (435, 77));
/// ```
pub fn paper_split() -> Split {
    paper_dataset().split_at(PAPER_TRAINING_ITEMS).expect("512 items are more than 435")
}
