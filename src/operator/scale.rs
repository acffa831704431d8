//! Powers of two as units, so that squares neither overflow nor vanish, and nothing is rounded.

use libm::scalbn;

use crate::{Error, Result};

/// The size of the largest entry.
pub(crate) fn largest<'a>(entries: impl IntoIterator<Item = &'a f64>) -> f64 {
    entries.into_iter().fold(0.0, |largest: f64, entry| largest.max(entry.abs()))
}

/// The exponent of the power of two next to a number; 0 for zero.
pub(crate) fn exponent_of(size: f64) -> i32 {
    if size == 0.0 { 0 } else { size.log2().round() as i32 }
}

/// The exponent of the unit in which entries of this size are safe to square: 0 where they are as they are.
pub(crate) fn exponent_where_needed(size: f64) -> i32 {
    if (1e-100..1e100).contains(&size) { 0 } else { exponent_of(size) }
}

/// Entries in units of a power of two.
pub(crate) fn in_units(entries: &[f64], exponent: i32) -> Vec<f64> {
    entries.iter().map(|&entry| scalbn(entry, -exponent)).collect()
}

/// The length of a vector of any size: in units of a power of two where the squares leave the range of numbers.
pub(crate) fn norm(vector: &[f64]) -> f64 {
    let length = |vector: &[f64]| vector.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
    match exponent_where_needed(largest(vector)) {
        0 => length(vector),
        exponent => scalbn(length(&in_units(vector, exponent)), exponent),
    }
}

/// Refuses a row whose entries have sizes that add up to more than a number holds: by Gershgorin's theorem no
/// eigenvalue of the others overflows, nor does a product with a unit vector.
pub(super) fn row_in_range(sum: f64) -> Result<()> {
    if sum.is_finite() {
        return Ok(());
    }
    Err(Error::NotFinite {
        name: "the sum of the sizes of a row of the matrix",
        value: sum,
        remedy: "an eigenvalue may be as large as that; use a larger unit",
    })
}

/// Whether a right side has one finite value for each row.
pub(super) fn right_side_fits(right_side: &[f64], rows: usize) -> Result<()> {
    if right_side.len() != rows {
        return Err(Error::Lengths {
            name: "the right side",
            expected: rows,
            found: right_side.len(),
            remedy: "give one value a row",
        });
    }
    all_finite("the right side at ", right_side)
}

/// Refuses the first entry that is not a number.
pub(super) fn all_finite(name: &'static str, entries: &[f64]) -> Result<()> {
    match entries.iter().position(|entry| !entry.is_finite()) {
        None => Ok(()),
        Some(index) => Err(Error::NotFiniteAt {
            name,
            index: vec![index],
            value: entries[index],
            remedy: "find out which computation overflowed or divided by zero",
        }),
    }
}
