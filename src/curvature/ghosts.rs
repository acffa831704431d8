//! Telling copies from eigenvalues, in a run without reorthogonalisation.

use std::ops::Range;

use super::ritz::{RitzValue, Status};
use crate::Result;
use crate::operator::SymmetricTridiagonal;

/// Two Ritz values nearer than this to each other, relative to the larger one, are copies of one
/// eigenvalue: 32 bits give the printed copies to five digits.
pub const COPY: f64 = 1e-4;

/// A Ritz value is a ghost by the test of Cullum and Willoughby if it is nearer than so many units of
/// rounding, of the largest value, to an eigenvalue of the smaller matrix.
const ROUNDINGS: f64 = 64.0;

/// Which Ritz values are ghosts by the test of Cullum and Willoughby.
///
/// Let $\hat T$ be $T$ without its first row and column. An eigenvalue of $T$ that is an eigenvalue of
/// $\hat T$ too has an eigenvector with first entry zero: the start vector has no part in it, so it can
/// only come from rounding. The exceptions are eigenvalues that occur several times in $T$: one of them
/// is genuine. So the test is for single values, and [`surplus_copies`] for the others.
///
/// `values` are the eigenvalues of `tridiagonal` in any order, and `epsilon` is the rounding unit of the
/// run.
///
/// # Errors
///
/// [`Error::TooFew`](crate::Error::TooFew) if there is only one step: nothing would be left.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Precision, PublishedRun, cullum_willoughby};
///
/// let known = Diagonal::isolated_top(1)?;
/// let run = PublishedRun::run(&known, &[1.0; 200], 20, Precision::Single)?;
/// let epsilon = run.precision().epsilon();
/// let ghosts = cullum_willoughby(run.tridiagonal(), &run.values(), epsilon)?;
/// // Beside the copies of 10, one that is on its way there, far from every eigenvalue.
/// let on_its_way = |value: &f64| (1.0..9.0).contains(value);
/// assert!(run.values().iter().zip(&ghosts).all(|(value, ghost)| !on_its_way(value) || *ghost));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn cullum_willoughby(
    tridiagonal: &SymmetricTridiagonal,
    values: &[f64],
    epsilon: f64,
) -> Result<Vec<bool>> {
    let (diagonal, off_diagonal) = (tridiagonal.diagonal(), tridiagonal.off_diagonal());
    if diagonal.len() < 2 {
        return Err(crate::Error::TooFew {
            name: "the number of Lanczos steps",
            count: diagonal.len(),
            minimum: 2,
            remedy: "the test compares the matrix with the one without its first row and column",
        });
    }
    let smaller = SymmetricTridiagonal::new(diagonal[1..].to_vec(), off_diagonal[1..].to_vec())?;
    let others = smaller.eigenvalues();
    let largest = values.iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
    let near = ROUNDINGS * epsilon * largest;
    let is_shared = |value: &f64| others.iter().any(|other| (value - other).abs() <= near);
    Ok(values.iter().map(is_shared).collect())
}

/// Which of these values are surplus: in a row of values that are nearer than `distance` to their
/// neighbour, relative to it, all but the one with the largest weight.
///
/// The values stand in decreasing order. Used where a run without reorthogonalisation is all there is,
/// such as a printed list, for which `weights` may be empty: then the first of a row stays.
///
/// ```
/// use itakura_saito::curvature::surplus_copies;
///
/// let printed = [1.53907, 1.53906, 1.53905, 0.284079, -0.258002];
/// assert_eq!(surplus_copies(&printed, &[], 1e-4), [false, true, true, false, false]);
/// ```
pub fn surplus_copies(values: &[f64], weights: &[f64], distance: f64) -> Vec<bool> {
    let weight = |index: usize| weights.get(index).copied().unwrap_or(0.0);
    let mut is_surplus = vec![true; values.len()];
    for row in rows_of_copies(values, distance) {
        let begin = row.start;
        let heavier = |best: usize, index| if weight(index) > weight(best) { index } else { best };
        is_surplus[row.fold(begin, heavier)] = false;
    }
    is_surplus
}

/// The values cut where two neighbours are further apart than `distance`, relative to the larger one.
fn rows_of_copies(values: &[f64], distance: f64) -> Vec<Range<usize>> {
    let is_cut = |&index: &usize| {
        let (above, below) = (values[index - 1], values[index]);
        above - below > distance * above.abs().max(below.abs())
    };
    let cuts: Vec<usize> = (1..values.len()).filter(is_cut).collect();
    let begins = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(values.len()));
    begins.zip(ends).map(|(begin, end)| begin..end).filter(|row| !row.is_empty()).collect()
}

/// Sets the status of all that is a ghost by either test.
pub(super) fn mark_ghosts(
    ritz: &mut [RitzValue],
    tridiagonal: &SymmetricTridiagonal,
    epsilon: f64,
) {
    let values: Vec<f64> = ritz.iter().map(|ritz| ritz.value).collect();
    let weights: Vec<f64> = ritz.iter().map(|ritz| ritz.weight).collect();
    let is_surplus = surplus_copies(&values, &weights, COPY);
    let is_shared = cullum_willoughby(tridiagonal, &values, epsilon)
        .unwrap_or_else(|_| vec![false; values.len()]);
    for row in rows_of_copies(&values, COPY) {
        // What stands in a row with its copies is genuine once, whatever the other test says.
        let is_alone = row.len() == 1;
        for index in row {
            if is_surplus[index] || (is_alone && is_shared[index]) {
                ritz[index].status = Status::Ghost;
            }
        }
    }
}
