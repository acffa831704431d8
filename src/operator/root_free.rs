//! All eigenvalues of a symmetric tridiagonal matrix, without its eigenvectors and without square roots.
//!
//! The QL iteration with the shift of Wilkinson, in the form of Pal, Walker and Kahan: it works on the squares
//! of the off-diagonal entries, so that a sweep needs no root (Parlett, *The Symmetric Eigenvalue Problem*,
//! section 8.15). Own code for its speed: for the operator of appendix B on 10 000 points it takes 0.80 s of
//! processor time, LAPACK 0.98 s, and `faer` 0.24, for eigenvalues alone, 1.99 s (`benches/spectrum.rs`).

use libm::scalbn;

use super::scale::{exponent_of, in_units, largest};
use crate::{Error, Result};

/// Each eigenvalue takes two sweeps on average; LAPACK gives up after thirty.
const SWEEPS: usize = 30;

/// The eigenvalues of the matrix with this diagonal and these entries beside it, in increasing order.
pub(super) fn eigenvalues(diagonal: &[f64], off_diagonal: &[f64]) -> Result<Vec<f64>> {
    let largest = largest(diagonal.iter().chain(off_diagonal));
    if largest == 0.0 {
        return Ok(diagonal.to_vec());
    }
    let exponent = exponent_of(largest);
    let mut values = in_units(diagonal, exponent);
    let mut squares = in_units(off_diagonal, exponent);
    squares.iter_mut().for_each(|bond| *bond *= *bond);
    let mut first = 0;
    while first < values.len() {
        let last = first + end_of_block(&values[first..], &mut squares[first..]);
        let block = (&mut values[first..=last], &mut squares[first..last]);
        // The iteration finds eigenvalues at its first entry, and graded matrices want the small ones there.
        if block.0[block.0.len() - 1].abs() < block.0[0].abs() {
            block.0.reverse();
            block.1.reverse();
        }
        diagonalise(block.0, block.1)?;
        first = last + 1;
    }
    values.iter_mut().for_each(|value| *value = scalbn(*value, exponent));
    values.sort_by(f64::total_cmp);
    Ok(values)
}

/// The first place behind which the matrix falls apart; the bond there is set to zero.
fn end_of_block(values: &[f64], squares: &mut [f64]) -> usize {
    for place in 0..values.len() - 1 {
        if is_negligible(squares[place], values[place], values[place + 1]) {
            squares[place] = 0.0;
            return place;
        }
    }
    values.len() - 1
}

/// Whether a squared bond is below the rounding of the two entries that it joins.
#[inline]
fn is_negligible(square: f64, one: f64, other: f64) -> bool {
    const UNIT: f64 = 0.5 * f64::EPSILON;
    square <= UNIT * UNIT * (one * other).abs()
}

/// Turns a block without negligible bonds into its eigenvalues.
fn diagonalise(values: &mut [f64], squares: &mut [f64]) -> Result<()> {
    let (mut first, last) = (0, values.len() - 1);
    let mut sweeps = 0;
    while first < last {
        let end = first + end_of_block(&values[first..], &mut squares[first..]);
        if end == first {
            first += 1;
            sweeps = 0;
            continue;
        }
        if sweeps == SWEEPS * values.len() {
            return Err(Error::NotConverged {
                name: "an eigenvalue of the tridiagonal matrix",
                iterations: sweeps,
                residual: squares[first].sqrt(),
                allowed: f64::EPSILON * values[first].abs(),
                remedy: "this has not been seen; please report the matrix",
            });
        }
        sweep(&mut values[first..=end], &mut squares[first..end]);
        sweeps += 1;
    }
    Ok(())
}

/// One QL sweep from the end of the block to its beginning, which drives the first bond to zero.
fn sweep(values: &mut [f64], squares: &mut [f64]) {
    let end = values.len() - 1;
    let shift = wilkinson(values[0], values[1], squares[0].sqrt());
    let (mut cosine, mut sine) = (1.0, 0.0);
    let mut residue = values[end] - shift;
    let mut power = residue * residue;
    for place in (0..end).rev() {
        let bond = squares[place];
        let sum = power + bond;
        if place + 1 < end {
            squares[place + 1] = sine * sum;
        }
        let last_cosine = cosine;
        // Two quotients side by side rather than one after the other: the processor overlaps them.
        let (forwards, back) = (power / sum, sum / power);
        cosine = forwards;
        sine = bond / sum;
        let last_residue = residue;
        let value = values[place];
        residue = cosine * (value - shift) - sine * last_residue;
        values[place + 1] = last_residue + (value - residue);
        power = if cosine == 0.0 { last_cosine * bond } else { residue * residue * back };
    }
    squares[0] = sine * power;
    values[0] = shift + residue;
}

/// The eigenvalue of the 2 by 2 corner that is nearer to its first entry.
fn wilkinson(corner: f64, next: f64, bond: f64) -> f64 {
    let half_gap = (next - corner) / (2.0 * bond);
    corner - bond / (half_gap + half_gap.hypot(1.0).copysign(half_gap))
}
