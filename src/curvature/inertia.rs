//! How many eigenvalues lie on either side of a number, without computing one.

use faer::{Mat, Side};
use libm::scalbn;

use crate::operator::Symmetric;
use crate::operator::scale::{exponent_where_needed, largest};
use crate::{Error, Result};

/// How many eigenvalues lie below and above a number.
///
/// # Examples
///
/// ```
/// use itakura_saito::curvature::{Inertia, inertia};
/// use itakura_saito::operator::Symmetric;
/// use ndarray::array;
///
/// // Eigenvalues -1 and 3.
/// let matrix: Symmetric = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
/// assert_eq!(inertia(&matrix, 0.0)?, Inertia { below: 1, at: 0, above: 1 });
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inertia {
    /// Eigenvalues below the shift.
    pub below: usize,
    /// Eigenvalues at the shift: pivots that are exactly zero.
    pub at: usize,
    /// Eigenvalues above the shift.
    pub above: usize,
}

/// Counts the eigenvalues of a matrix below and above `shift`.
///
/// By Sylvester's law of inertia the factorisation $M - \sigma I = P L D L^{\mathsf T} P^{\mathsf T}$,
/// with blocks of size one and two in $D$, has as many negative and positive eigenvalues in $D$ as the
/// matrix has below and above $\sigma$. So it proves that a list of the largest eigenvalues is complete:
/// the count above the last of them, less a bound, is its length.
///
/// # Errors
///
/// [`Error::NotFinite`] for the shift.
///
/// # Examples
///
/// ```
/// use itakura_saito::curvature::inertia;
/// use itakura_saito::operator::Symmetric;
/// use ndarray::array;
///
/// // Eigenvalues -1 and 3.
/// let matrix = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
/// let counts = inertia(&matrix, 0.5)?;
/// assert_eq!((counts.below, counts.at, counts.above), (1, 0, 1));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn inertia(matrix: &Symmetric, shift: f64) -> Result<Inertia> {
    if !shift.is_finite() {
        return Err(Error::NotFinite {
            name: "the shift",
            value: shift,
            remedy: "count on either side of a number",
        });
    }
    let entries = matrix.view();
    let count = entries.nrows();
    // In a unit in which products of two entries neither overflow nor vanish.
    let exponent = exponent_where_needed(largest(entries.iter().chain([&shift])));
    let shift = scalbn(shift, -exponent);
    let shifted = Mat::from_fn(count, count, |row, column| {
        scalbn(entries[(row, column)], -exponent) - if row == column { shift } else { 0.0 }
    });
    let factors = shifted.lblt(Side::Lower);
    let diagonal: Vec<f64> = factors.B_diag().column_vector().iter().copied().collect();
    let beside: Vec<f64> = factors.B_subdiag().column_vector().iter().copied().collect();
    let mut counts = Inertia { below: 0, at: 0, above: 0 };
    let mut row = 0;
    while row < count {
        let off_diagonal = beside[row];
        if off_diagonal == 0.0 {
            counts.add(diagonal[row]);
            row += 1;
        } else {
            // Trace and determinant of a block of two give the signs of its eigenvalues.
            let (one, other) = (diagonal[row], diagonal[row + 1]);
            let (middle, half) = (0.5 * (one + other), (0.5 * (one - other)).hypot(off_diagonal));
            counts.add(middle - half);
            counts.add(middle + half);
            row += 2;
        }
    }
    Ok(counts)
}

impl Inertia {
    fn add(&mut self, eigenvalue: f64) {
        match eigenvalue.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Less) => self.below += 1,
            Some(std::cmp::Ordering::Greater) => self.above += 1,
            _ => self.at += 1,
        }
    }
}
