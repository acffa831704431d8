//! Integrating variables out of a Gaussian, one after the other.

use ndarray::Array2;

use crate::error::excluded;
use crate::operator::Symmetric;
use crate::{Error, Result};

/// The precision matrix of the variables that stay, when all others are integrated out.
///
/// $$ A' = A_{ss} - A_{so}\\,A_{oo}^{-1}A_{os} $$
///
/// with $s$ for those that stay, in the order given, and $o$ for the others. Its inverse is the block
/// of $A^{-1}$ that belongs to $s$. Each step removes one variable $e$ by
/// $A_{ij} \mathrel{-}= A_{ie}A_{ej}/A_{ee}$.
///
/// # Errors
///
/// [`Error::Empty`] if nothing stays; [`Error::OutOfRange`] for a variable that is not there;
/// [`Error::InsideOf`] for one that is named twice; [`Error::NotPositiveDefinite`] with the first pivot that is not positive.
///
/// # Examples
///
/// ```
/// use itakura_saito::operator::Symmetric;
/// use itakura_saito::renormalization::schur_complement;
/// use ndarray::array;
///
/// // Three sites with K = 1 and r = 1, of which the middle one goes.
/// let chain = Symmetric::new(array![[2.0, -1.0, 0.0], [-1.0, 3.0, -1.0], [0.0, -1.0, 2.0]])?;
/// let ends = schur_complement(&chain, &[0, 2])?;
/// assert!((ends.view()[(0, 1)] + 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn schur_complement(precision: &Symmetric, staying: &[usize]) -> Result<Symmetric> {
    let mut entries = precision.view().to_owned();
    let count = entries.nrows();
    if staying.is_empty() {
        return Err(Error::Empty { name: "the list of sites that stay", remedy: "keep one site" });
    }
    let mut stays = vec![false; count];
    for &site in staying {
        if site < count && stays[site] {
            let site = site as f64;
            return Err(excluded("another site that stays", site, "name each site once"));
        }
        if site >= count {
            return Err(Error::OutOfRange {
                name: "a site that stays",
                value: site as f64,
                lower: 0.0,
                upper: count as f64 - 1.0,
                remedy: "count the sites from zero",
            });
        }
        stays[site] = true;
    }
    let mut gone = vec![false; count];
    for site in (0..count).filter(|&site| !stays[site]) {
        gone[site] = true;
        eliminate(&mut entries, site, &gone)?;
    }
    let size = (staying.len(), staying.len());
    Symmetric::new(Array2::from_shape_fn(size, |(i, j)| entries[(staying[i], staying[j])]))
}

/// Integrates one variable out of those that are not gone yet.
fn eliminate(entries: &mut Array2<f64>, site: usize, gone: &[bool]) -> Result<()> {
    let pivot = entries[(site, site)];
    if pivot.is_nan() || pivot <= 0.0 {
        return Err(Error::NotPositiveDefinite { row: site, pivot });
    }
    // Most variables of a lattice are not coupled to this one.
    let coupled: Vec<(usize, f64)> = (0..gone.len())
        .filter(|&other| !gone[other] && entries[(site, other)] != 0.0)
        .map(|other| (other, entries[(site, other)]))
        .collect();
    for &(row, to_row) in &coupled {
        for &(column, to_column) in &coupled {
            let product = to_row * to_column;
            // The product may leave the range of numbers where its share of the pivot does not.
            let share =
                if product.is_normal() { product / pivot } else { to_row / pivot * to_column };
            entries[(row, column)] -= share;
        }
    }
    Ok(())
}
