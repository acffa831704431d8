//! Random permutations: the same seed gives the same order on every run.

use ndarray_rand::rand::seq::SliceRandom;

use crate::seed::{generator, stream};
use crate::{Error, Result};

/// The numbers below `count` in an order drawn uniformly by the seed.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::permutation;
///
/// // Each number once, and the same order for the same seed.
/// let mut order: Vec<usize> = permutation(100, 7);
/// assert_eq!(order, permutation(100, 7));
/// assert_ne!(order, permutation(100, 8));
/// order.sort();
/// assert!(order.into_iter().eq(0..100));
/// ```
pub fn permutation(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.shuffle(&mut generator(seed));
    order
}

/// The batches of one epoch: a fresh order of all items, cut into pieces of `size`; the last may be shorter.
///
/// The order depends on seed and epoch alone, so two runs with the same seed see the same batches.
///
/// # Errors
///
/// [`Error::OutOfRange`] if `size` is zero or larger than the number of items.
///
/// ```
/// use itakura_saito::dataset::epoch_batches;
///
/// let batches: Vec<Vec<usize>> = epoch_batches(435, 64, 1, 0)?;
/// assert_eq!((batches.len(), batches[6].len()), (7, 51));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn epoch_batches(
    items: usize,
    size: usize,
    seed: u64,
    epoch: usize,
) -> Result<Vec<Vec<usize>>> {
    if size == 0 || size > items {
        return Err(Error::OutOfRange {
            name: "the size of a batch",
            value: size as f64,
            lower: 1.0,
            upper: items as f64,
            remedy: "a batch has at least one item and at most all of them",
        });
    }
    let order = permutation(items, stream(seed, epoch as u64));
    Ok(order.chunks(size).map(<[usize]>::to_vec).collect())
}
