//! Minus the Laplacian of a chain or a ring, alone and with a mass at each point.

use std::f64::consts::PI;

use ndarray::Array2;

use super::Spectrum;
use crate::grid::{Boundary, Grid};
use crate::operator::{Symmetric, SymmetricTridiagonal};
use crate::{Error, Result};

/// The spectrum of minus the Laplacian, $(2 - 2\cos\theta_k)/h^2$.
///
/// | ends | $\theta_k$ | $k$ |
/// |---|---|---|
/// | free (Neumann) | $\pi k/N$ | $0 \dots N - 1$ |
/// | fixed (Dirichlet) | $\pi k/(N + 1)$ | $1 \dots N$ |
/// | ring (periodic) | $2\pi k/N$ | $0 \dots N - 1$ |
///
/// Section 6 and Figure 3 (a ring of 40 with $h = 1$, not sorted there). Smooth in $k$: on a ring each value
/// but the ends occurs twice, on a chain never. No part of it is flat.
///
/// ```
/// use itakura_saito::grid::{Boundary, Grid};
/// use itakura_saito::spectrum::laplacian;
///
/// let ring = laplacian(&Grid::lattice(40, Boundary::Periodic)?);
/// assert_eq!((ring.smallest(), ring.largest()), (0.0, 4.0));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn laplacian(grid: &Grid) -> Spectrum {
    let nodes = grid.nodes();
    let angle = |index: usize| match grid.boundary() {
        Boundary::Neumann => PI * index as f64 / nodes as f64,
        Boundary::Dirichlet => PI * (index + 1) as f64 / (nodes + 1) as f64,
        // Waves of either direction have one eigenvalue, and so one angle.
        Boundary::Periodic => 2.0 * PI * index.min(nodes - index) as f64 / nodes as f64,
    };
    // 4 sin²(θ/2), which does not cancel at small angles.
    let eigenvalue = |index: usize| (2.0 * (0.5 * angle(index)).sin() / grid.spacing()).powi(2);
    Spectrum::new((0..nodes).map(eigenvalue).collect())
        .expect("a grid has an inverse squared spacing")
}

/// The spectrum of $-\Delta_h + \mathrm{diag}(q)$ with a squared mass at each point.
///
/// Section 6 with one mass, $H = -\Delta + m^2$; Theorem 6.1 with many.
///
/// # Errors
///
/// [`Error::Lengths`] unless there is one mass for each point, [`Error::NotFiniteAt`] for a mass that is
/// infinite or NaN.
///
/// ```
/// use itakura_saito::grid::{Boundary, Grid};
/// use itakura_saito::spectrum::massive_laplacian;
///
/// let chain = Grid::lattice(50, Boundary::Neumann)?;
/// let spectrum = massive_laplacian(&chain, &[0.1; 50])?;
/// assert!((spectrum.smallest() - 0.1).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn massive_laplacian(grid: &Grid, masses: &[f64]) -> Result<Spectrum> {
    let nodes = grid.nodes();
    if masses.len() != nodes {
        return Err(Error::Lengths {
            name: "the list of masses",
            expected: nodes,
            found: masses.len(),
            remedy: "give one mass for each point of the grid",
        });
    }
    let bond = grid.spacing().powi(-2);
    let bonds = |index: usize| match grid.boundary() {
        Boundary::Neumann => 2 - usize::from(index == 0) - usize::from(index == nodes - 1),
        Boundary::Dirichlet | Boundary::Periodic => 2,
    };
    let diagonal: Vec<f64> =
        masses.iter().enumerate().map(|(index, mass)| bonds(index) as f64 * bond + mass).collect();
    if grid.boundary() != Boundary::Periodic {
        return Ok(Spectrum::of(&SymmetricTridiagonal::new(diagonal, vec![-bond; nodes - 1])?));
    }
    let ring = Array2::from_shape_fn((nodes, nodes), |(row, column)| {
        let distance = row.abs_diff(column);
        match distance {
            0 => diagonal[row],
            distance if distance == 1 || distance == nodes - 1 => -bond,
            _ => 0.0,
        }
    });
    Spectrum::new(Symmetric::new(ring)?.eigenvalues())
}
