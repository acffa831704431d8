//! Decimation of a square lattice, by integrating out three sites of four.

use ndarray::Array2;

use super::{at_least, decimated_squared_mass, positive, schur_complement};
use crate::error::excluded;
use crate::operator::Symmetric;
use crate::{Error, Result};

/// What is left of a square lattice with bonds 1, of which every second site in each direction stays.
///
/// In the plane decimation does not close: the lattice that is left couples sites beyond the neighbours.
/// Bond and mass are then those of long waves, $r' = \sum_j A'\_{0j}$ and
/// $K' = -\tfrac12\sum_j A'\_{0j}\\,x_j^2$.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::PlaneDecimation;
///
/// let plane: PlaneDecimation = PlaneDecimation::new(8, 0.05)?;
/// // Two dimensions, and still the exponent 2, where (7) prints 0.
/// assert!((plane.exponent() - 2.0).abs() < 0.15);
/// assert!(plane.share_of_neighbours < 0.99);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneDecimation {
    /// The squared mass $u$ before.
    pub squared_mass: f64,
    /// The mass $r'$ that is left at each site.
    pub site_mass: f64,
    /// The bond $K'$ of long waves.
    pub bond: f64,
    /// The coupling to a neighbour, $-A'\_{01}$.
    pub to_neighbour: f64,
    /// The coupling across a diagonal, which was zero before.
    pub across_diagonal: f64,
    /// What fraction of all coupling, in absolute value, is with the four neighbours.
    pub share_of_neighbours: f64,
}

impl PlaneDecimation {
    /// On a torus of `side` times `side` sites.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for a side below 8; [`Error::InsideOf`] for an odd side; [`Error::OutOfRange`] above 48,
    /// where the matrix would be too large; [`Error::NotPositive`] if the squared mass is not;
    /// [`Error::NotFinite`] where the masses of all sites together overflow.
    pub fn new(side: usize, squared_mass: f64) -> Result<Self> {
        at_least(8, "the side of the lattice", side, "a shorter one meets itself")?;
        if side % 2 == 1 {
            let side = side as f64;
            return Err(excluded(
                "the side of the lattice",
                side,
                "every second site stays: take an even side",
            ));
        }
        if side > LARGEST_SIDE {
            return Err(Error::OutOfRange {
                name: "the side of the lattice",
                value: side as f64,
                lower: 8.0,
                upper: LARGEST_SIDE as f64,
                remedy: "the matrix of a longer one would be too large",
            });
        }
        let squared_mass =
            positive("the squared mass u", squared_mass, "0 is the fixed point itself")?;
        let precision = torus(side, squared_mass)?;
        let half = side / 2;
        let mut staying: Vec<usize> =
            (0..half * half).map(|site| 2 * (site / half) * side + 2 * (site % half)).collect();
        staying.push(side * side);
        let coarse = schur_complement(&precision, &staying)?;
        let mut from_origin = coarse.view().row(0).to_vec();
        let site_mass = -from_origin.pop().expect("the bond to the wall");
        // The shorter way around the torus.
        let distance = |position: usize| position.min(half - position) as f64;
        let stiffness =
            |(site, coupling): (usize, &f64)| -0.5 * coupling * distance(site % half).powi(2);
        let total: f64 = from_origin[1..].iter().map(|coupling| coupling.abs()).sum();
        Ok(Self {
            squared_mass,
            site_mass,
            bond: from_origin.iter().enumerate().map(stiffness).sum(),
            to_neighbour: -from_origin[1],
            across_diagonal: -from_origin[half + 1],
            share_of_neighbours: 4.0 * from_origin[1].abs() / total,
        })
    }

    /// The squared mass $u' = r'/K'$ of the lattice that is left, in its own units.
    pub fn squared_mass_after(&self) -> f64 {
        self.site_mass / self.bond
    }

    /// The exponent $\log_2(u'/u)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::PlaneDecimation;
    ///
    /// // A torus of a few correlation lengths is as good as the infinite lattice.
    /// let plane = PlaneDecimation::new(12, 4.0)?;
    /// assert!((plane.exponent() - plane.exponent_in_closed_form()?).abs() < 1e-4);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn exponent(&self) -> f64 {
        // In this order a large mass does not overflow.
        (self.site_mass / self.squared_mass / self.bond).log2()
    }

    /// The same in closed form for an infinite lattice.
    ///
    /// # Errors
    ///
    /// As [`decimated_squared_mass`].
    pub fn exponent_in_closed_form(&self) -> Result<f64> {
        Ok((decimated_squared_mass(2, self.squared_mass, 2)? / self.squared_mass).log2())
    }
}

const LARGEST_SIDE: usize = 48;

/// $4 + u$ on the diagonal, -1 to each of the four neighbours.
///
/// The mass of each site is its bond to a wall that stays, the last row: elimination then adds positive terms to
/// it, where as a sum of couplings it would cancel.
fn torus(side: usize, squared_mass: f64) -> Result<Symmetric> {
    let wall = side * side;
    let mut entries = Array2::zeros((wall + 1, wall + 1));
    for site in 0..wall {
        let (row, column) = (site / side, site % side);
        entries[(site, site)] = 4.0 + squared_mass;
        entries[(site, wall)] = -squared_mass;
        entries[(wall, site)] = -squared_mass;
        for neighbour in [((row + 1) % side) * side + column, row * side + (column + 1) % side] {
            entries[(site, neighbour)] = -1.0;
            entries[(neighbour, site)] = -1.0;
        }
    }
    Symmetric::new(entries)
}
