//! What becomes of Theorem 6.1: the variance of a spectrum splits.

use super::{Spectrum, laplacian, massive_laplacian};
use crate::Result;
use crate::divergence::Positive;
use crate::grid::{Boundary, Grid};

/// The variance of the spectrum of $L_0 + \mathrm{diag}(q)$ beside its two parts.
///
/// $$ \mathrm{Var}\\,\sigma(L_0 + \mathrm{diag}(q)) = \mathrm{Var}\\,\sigma(L_0) + \mathrm{Var}(q)
///    \qquad \text{if the diagonal of } L_0 \text{ is constant} $$
///
/// All variances with $1/N$. The reason: in the trace of $(L_0 + Q)^2$ the mixed term is twice the trace of
/// $L_0 Q$, and that is the constant times the trace of $Q$. Theorem 6.1 prints that a massless operator has
/// strictly less variance; so does every operator with one mass, however large. Only masses that differ add
/// variance.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceSplit {
    /// The variance of the eigenvalues of the whole operator.
    pub whole: f64,
    /// The variance of the eigenvalues without the masses.
    pub of_laplacian: f64,
    /// The variance of the masses themselves.
    pub of_masses: f64,
    /// The spectrum of the whole operator.
    pub spectrum: Spectrum,
}

impl VarianceSplit {
    /// On the lattice with fixed ends, whose Laplacian has a constant diagonal.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for fewer than two masses,
    /// [`Error::NotFiniteAt`](crate::Error::NotFiniteAt) for one that is infinite or NaN,
    /// [`Error::NotPositive`](crate::Error::NotPositive) if the variance of the whole is zero or too large.
    ///
    /// ```
    /// use itakura_saito::spectrum::VarianceSplit;
    ///
    /// let split = VarianceSplit::on_lattice(&[0.6; 50])?;
    /// assert!((split.whole - 1.96).abs() < 1e-12 && split.of_masses < 1e-30);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn on_lattice(masses: &[f64]) -> Result<Self> {
        Self::on_grid(&Grid::lattice(masses.len(), Boundary::Dirichlet)?, masses)
    }

    /// On the lattice with fixed ends, whose neighbours are coupled by $c$: the spectrum of
    /// $c\\,L_0 + \mathrm{diag}(q)$.
    ///
    /// The operator of the linearised field has $c = 2\lambda/h^2$ and $q = 1/y^2$. The variance of its first
    /// part grows with $c^2$, so that on a fine grid the masses do not show.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) for the coupling; as [`VarianceSplit::on_lattice`].
    ///
    /// ```
    /// use itakura_saito::spectrum::VarianceSplit;
    ///
    /// let weak: VarianceSplit = VarianceSplit::with_coupling(0.1, &[0.6, 0.2, 0.9, 0.4])?;
    /// assert!((weak.of_laplacian - 0.01 * 1.5).abs() < 1e-15);
    /// assert!(weak.of_masses > weak.of_laplacian && weak.relative_gap() < 1e-13);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn with_coupling(coupling: f64, masses: &[f64]) -> Result<Self> {
        let remedy = "neighbours that are not coupled have no Laplacian: give a positive number";
        let coupling = Positive::named("the coupling", coupling, remedy)?.get();
        let lattice = Grid::lattice(masses.len(), Boundary::Dirichlet)?;
        // The Laplacian of a grid is divided by the squared spacing.
        Self::on_grid(&lattice.with_spacing(coupling.sqrt().recip())?, masses)
    }

    fn on_grid(grid: &Grid, masses: &[f64]) -> Result<Self> {
        let spectrum = massive_laplacian(grid, masses)?;
        let remedy = "choose a coupling and masses of moderate size, of which one is not the rounding of the other";
        let whole = Positive::named("the variance of the spectrum", spectrum.variance(), remedy)?;
        Ok(Self {
            whole: whole.get(),
            of_laplacian: laplacian(grid).variance(),
            of_masses: Spectrum::new(masses.to_vec())?.variance(),
            spectrum,
        })
    }

    /// By how much the two parts miss the whole, relative to it.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::VarianceSplit;
    ///
    /// // The variances add up, although the eigenvalues do not.
    /// assert!(VarianceSplit::on_lattice(&[0.3, 2.0, 0.1, 0.7])?.relative_gap().abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn relative_gap(&self) -> f64 {
        (self.of_laplacian + self.of_masses - self.whole).abs() / self.whole
    }
}
