//! A symmetric matrix whose entries lie near its diagonal: what a chain with a longer reach gives.

use ndarray::Array2;

use super::scale::{all_finite, row_in_range};
use super::{Operator, Symmetric};
use crate::{Error, Result};

/// A symmetric banded matrix, stored as its diagonals.
///
/// $$ M_{ij} = 0 \quad\text{where}\quad |i - j| > b $$
///
/// A product takes $O(n\\,b)$ time, and the matrix $O(n\\,b)$ memory. With the half width $b = 1$ it is a
/// [`SymmetricTridiagonal`](super::SymmetricTridiagonal) one, which can also be solved; with
/// $b = n - 1$ it is dense.
///
/// # Examples
///
/// ```
/// use itakura_saito::operator::{Operator, SymmetricBanded};
///
/// // A kernel that reaches two neighbours.
/// let kernel: SymmetricBanded =
///     SymmetricBanded::new(vec![vec![1.0; 4], vec![0.4; 3], vec![0.1; 2]])?;
/// assert_eq!(kernel.half_width(), 2);
/// assert_eq!(kernel.applied(&[1.0, 0.0, 0.0, 0.0]), [1.0, 0.4, 0.1, 0.0]);
/// assert_eq!(kernel.to_dense()?.view()[(3, 1)], 0.1);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SymmetricBanded {
    /// The diagonal, and those beside it, each one entry shorter.
    diagonals: Vec<Vec<f64>>,
}

impl SymmetricBanded {
    /// From the diagonal and the $b$ diagonals above it, each one entry shorter than the one before.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a diagonal, [`Error::Lengths`] or [`Error::NotFiniteAt`] for one of them;
    /// [`Error::NotFinite`] if the sizes of a row add up to more than an `f64` holds.
    pub fn new(diagonals: Vec<Vec<f64>>) -> Result<Self> {
        let count = diagonals.first().map_or(0, Vec::len);
        if count == 0 {
            return Err(Error::Empty { name: "the diagonal", remedy: "give at least one entry" });
        }
        for (distance, entries) in diagonals.iter().enumerate() {
            if distance >= count || entries.len() != count - distance {
                return Err(Error::Lengths {
                    name: "a diagonal of the band",
                    expected: count.saturating_sub(distance),
                    found: entries.len(),
                    remedy: "the k-th diagonal has k entries fewer than the first",
                });
            }
            all_finite("a diagonal of the band at ", entries)?;
        }
        let banded = Self { diagonals };
        for row in 0..count {
            row_in_range(banded.row(row).map(|(_, entry)| entry.abs()).sum())?;
        }
        Ok(banded)
    }

    /// How far the entries reach from the diagonal, $b$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricBanded;
    ///
    /// let band = SymmetricBanded::new(vec![vec![2.0; 4], vec![-1.0; 3]])?;
    /// assert_eq!((band.half_width(), band.diagonal(1)), (1, &[-1.0; 3][..]));
    /// assert!(band.diagonal(2).is_empty());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn half_width(&self) -> usize {
        self.diagonals.len() - 1
    }

    /// The entries at a distance from the diagonal; none beyond the band.
    pub fn diagonal(&self, distance: usize) -> &[f64] {
        self.diagonals.get(distance).map_or(&[], Vec::as_slice)
    }

    /// The same matrix with all its entries, for its eigenvalues or to solve with it.
    ///
    /// # Errors
    ///
    /// None: what was checked once stays so.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::operator::SymmetricBanded;
    /// use ndarray::array;
    ///
    /// let band = SymmetricBanded::new(vec![vec![2.0; 3], vec![-1.0; 2]])?;
    /// assert_eq!(
    ///     band.to_dense()?.view(),
    ///     array![[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]]
    /// );
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn to_dense(&self) -> Result<Symmetric> {
        let count = self.dim();
        Symmetric::new(Array2::from_shape_fn((count, count), |(row, column)| {
            let beside = self.diagonals.get(row.abs_diff(column));
            beside.map_or(0.0, |entries| entries[row.min(column)])
        }))
    }

    /// The columns of a row that the band holds, with their entries.
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let last = (row + self.half_width()).min(self.dim() - 1);
        (row.saturating_sub(self.half_width())..=last)
            .map(move |column| (column, self.diagonals[row.abs_diff(column)][row.min(column)]))
    }
}

impl Operator for SymmetricBanded {
    fn dim(&self) -> usize {
        self.diagonals[0].len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the matrix's dimension");
        for (image, (entry, value)) in y.iter_mut().zip(self.diagonals[0].iter().zip(x)) {
            *image = entry * value;
        }
        // Diagonal by diagonal: each runs through memory in order.
        for (distance, entries) in self.diagonals.iter().enumerate().skip(1) {
            for (row, entry) in entries.iter().enumerate() {
                y[row] += entry * x[row + distance];
                y[row + distance] += entry * x[row];
            }
        }
    }
}
