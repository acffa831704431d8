//! Grids on an interval or the unit lattice, and what happens at their ends.

use crate::{Error, Result};

/// What holds at the ends of a chain of points.
///
/// # Examples
///
/// ```
/// use itakura_saito::grid::{Boundary, Grid};
/// use itakura_saito::spectrum::laplacian;
///
/// // Free ends and a ring have a mode that costs nothing, fixed ends have none.
/// let lowest = |boundary| Grid::lattice(6, boundary).map(|grid| laplacian(&grid).smallest());
/// assert!(lowest(Boundary::Neumann)?.abs() < 1e-15);
/// assert!(lowest(Boundary::Periodic)?.abs() < 1e-15);
/// assert!(lowest(Boundary::Dirichlet)? > 0.19);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// No flux: the ends are free, and the constant is a zero mode of the Laplacian.
    Neumann,
    /// The value is given just outside: the Laplacian alone has no zero mode.
    Dirichlet,
    /// The last point is a neighbour of the first.
    Periodic,
}

/// Points at equal distances, with a rule for the ends.
///
/// ```
/// use itakura_saito::grid::Grid;
///
/// let cells = Grid::finite_volume(4)?;
/// assert_eq!(cells.points(), [0.125, 0.375, 0.625, 0.875]);
/// let inner = Grid::finite_difference(3)?;
/// assert_eq!(inner.points(), [0.25, 0.5, 0.75]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    nodes: usize,
    spacing: f64,
    first: f64,
    boundary: Boundary,
}

impl Grid {
    /// Centres of `nodes` equal cells of $[0, 1]$ with free ends: $x_i = (i + 1/2) h$, $h = 1/N$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two cells.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Grid;
    ///
    /// let cells: Grid = Grid::finite_volume(4)?;
    /// assert_eq!(cells.points(), [0.125, 0.375, 0.625, 0.875]);
    /// assert_eq!(cells.spacing(), 0.25);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn finite_volume(nodes: usize) -> Result<Self> {
        let spacing = 1.0 / nodes as f64;
        Self::checked(nodes, spacing, 0.5 * spacing, Boundary::Neumann)
    }

    /// Interior points of $[0, 1]$ with the values at 0 and 1 given: $x_i = (i + 1) h$, $h = 1/(N + 1)$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two points.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Grid;
    ///
    /// // The ends are not among them: their values are given.
    /// assert_eq!(Grid::finite_difference(3)?.points(), [0.25, 0.5, 0.75]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn finite_difference(nodes: usize) -> Result<Self> {
        let spacing = 1.0 / (nodes + 1) as f64;
        Self::checked(nodes, spacing, spacing, Boundary::Dirichlet)
    }

    /// The same points on an interval of another length, in the same proportions.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a length that is not positive and finite; [`Error::NotFinite`] if $4/h^2$ or
    /// the length is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Grid;
    ///
    /// let inner: Grid = Grid::finite_difference(3)?.with_length(8.0)?;
    /// assert_eq!((inner.points(), inner.spacing()), (vec![2.0, 4.0, 6.0], 2.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn with_length(self, length: f64) -> Result<Self> {
        if !(length > 0.0 && length.is_finite()) {
            return Err(Error::NotPositive {
                name: "the length of the interval",
                value: length,
                remedy: "give it in the unit of the coordinate",
            });
        }
        self.stretched_to(length / self.steps() as f64)
    }

    /// The same number of points at another distance from each other, on an interval that is as much longer.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a spacing that is not positive and finite; [`Error::NotFinite`] if $4/h^2$ or
    /// the length is too large for an `f64`.
    ///
    /// ```
    /// use itakura_saito::grid::Grid;
    ///
    /// let cells: Grid = Grid::finite_volume(3)?.with_spacing(0.5)?;
    /// assert_eq!(cells.points(), [0.25, 0.75, 1.25]);
    /// let inner: Grid = Grid::finite_difference(3)?.with_spacing(0.5)?;
    /// assert_eq!((inner.points(), inner.length()), (vec![0.5, 1.0, 1.5], 2.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn with_spacing(self, spacing: f64) -> Result<Self> {
        if !(spacing > 0.0 && spacing.is_finite()) {
            return Err(Error::NotPositive {
                name: "the spacing of the grid",
                value: spacing,
                remedy: "give the distance between neighbours, in the unit of the coordinate",
            });
        }
        self.stretched_to(spacing)
    }

    /// The same points at another distance, at which they and the Laplacian are numbers.
    fn stretched_to(self, spacing: f64) -> Result<Self> {
        let grid = Self { spacing, first: self.first / self.spacing * spacing, ..self };
        let stiffest = (2.0 / spacing).powi(2);
        let remedy = "choose a unit of length in which the grid is of moderate size";
        let end = grid.length();
        for (name, value) in [
            ("the largest eigenvalue of the grid, 4/h²,", stiffest),
            ("the length of the grid", end),
        ] {
            if value.is_infinite() {
                return Err(Error::NotFinite { name, value, remedy });
            }
        }
        Ok(grid)
    }

    /// The length of the interval, from wall to wall; on a ring, once around.
    pub fn length(&self) -> f64 {
        self.spacing * self.steps() as f64
    }

    /// How many spacings the interval holds.
    fn steps(&self) -> usize {
        match self.boundary {
            Boundary::Neumann | Boundary::Periodic => self.nodes,
            Boundary::Dirichlet => self.nodes + 1,
        }
    }

    /// Points of the lattice with spacing one, from 0 on.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two points, and for fewer than three on a ring.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::{Boundary, Grid};
    ///
    /// // A ring of four is as long as it has bonds.
    /// let ring: Grid = Grid::lattice(4, Boundary::Periodic)?;
    /// assert_eq!((ring.points(), ring.length()), (vec![0.0, 1.0, 2.0, 3.0], 4.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn lattice(nodes: usize, boundary: Boundary) -> Result<Self> {
        Self::checked(nodes, 1.0, 0.0, boundary)
    }

    fn checked(nodes: usize, spacing: f64, first: f64, boundary: Boundary) -> Result<Self> {
        let (minimum, remedy) = match boundary {
            Boundary::Periodic => (3, "on a ring of two, both neighbours are the same point"),
            Boundary::Neumann | Boundary::Dirichlet => (2, "a gradient needs two points"),
        };
        if nodes < minimum {
            return Err(Error::TooFew {
                name: "the number of grid points",
                count: nodes,
                minimum,
                remedy,
            });
        }
        Ok(Self { nodes, spacing, first, boundary })
    }

    /// The number of points.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The distance between neighbours, in the unit of length.
    pub fn spacing(&self) -> f64 {
        self.spacing
    }

    /// What holds at the ends.
    pub fn boundary(&self) -> Boundary {
        self.boundary
    }

    /// The coordinate of each point, in the unit of length.
    pub fn points(&self) -> Vec<f64> {
        (0..self.nodes).map(|index| self.first + index as f64 * self.spacing).collect()
    }
}
