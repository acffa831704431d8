//! The Green function of an infinite chain, in closed form.

use super::{FieldOperator, LinePropagator};
use crate::Result;
use crate::divergence::Positive;

/// The solution of $(-a\\,D_h^2 + c)\\,G = \delta/h$ on the points $nh$, with the second difference
/// $D_h^2$.
///
/// $$ G_n = \frac{h\\,e^{-\theta|n|}}{2a \sinh\theta}, \qquad
///    \theta = 2\\,\mathrm{arsinh}\Bigl(\frac h2 \sqrt{c/a}\Bigr) $$
///
/// The sum rule $h \sum_n G_n = 1/c$ holds exactly, whatever the spacing; the values differ from the
/// continuum by $O(h^2)$. The $\theta$ is the one of §II bis.
///
/// ```
/// use itakura_saito::propagator::{FieldOperator, LatticePropagator};
///
/// let (lambda, target, spacing) = (0.5, 2.0, 0.1);
/// let lattice = LatticePropagator::new(FieldOperator::Hessian, lambda, target, spacing)?;
/// assert!((lattice.at(0) - 0.999687646408123).abs() < 1e-14);
/// assert!((lattice.at(-10) - 0.606372779897028).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatticePropagator {
    continuum: LinePropagator,
    spacing: f64,
    theta: f64,
    at_zero: f64,
}

impl LatticePropagator {
    /// For the linearised field around a constant target $y_0$, on a chain of this spacing.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive, or if a derived quantity
    /// leaves the range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{FieldOperator, LatticePropagator, LinePropagator};
    ///
    /// // A fine lattice differs from the line by the square of the spacing.
    /// let (operator, lambda, target) = (FieldOperator::Hessian, 0.5, 2.0);
    /// let lattice = LatticePropagator::new(operator, lambda, target, 0.01)?;
    /// let line = LinePropagator::new(operator, lambda, target)?;
    /// assert!((lattice.at(100) - line.at(1.0)?).abs() < 1e-5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(operator: FieldOperator, lambda: f64, target: f64, spacing: f64) -> Result<Self> {
        Self::on_chain(LinePropagator::new(operator, lambda, target)?, spacing)
    }

    /// For the operator with this stiffness and mass term on a chain of this spacing.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if a number is not positive, or if a derived quantity
    /// leaves the range of 64 bits.
    pub fn of_operator(stiffness: f64, mass_term: f64, spacing: f64) -> Result<Self> {
        Self::on_chain(LinePropagator::of_operator(stiffness, mass_term)?, spacing)
    }

    fn on_chain(continuum: LinePropagator, spacing: f64) -> Result<Self> {
        let remedy = "choose a spacing of the size of the correlation length or below";
        let spacing = Positive::named("the spacing", spacing, remedy)?.get();
        let ratio = 0.5 * spacing / continuum.correlation_length();
        let theta = Positive::named("θ", 2.0 * ratio.asinh(), remedy)?.get();
        let at_zero = spacing / (2.0 * continuum.stiffness() * theta.sinh());
        let at_zero = Positive::named("G(0)", at_zero, remedy)?.get();
        Ok(Self { continuum, spacing, theta, at_zero })
    }

    /// The decay per site.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LatticePropagator;
    ///
    /// // 4 sinh²(θ/2) = h² c/a.
    /// let lattice = LatticePropagator::of_operator(1.0, 3.0, 0.5)?;
    /// assert!((4.0 * (0.5 * lattice.theta()).sinh().powi(2) - 0.75).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn theta(&self) -> f64 {
        self.theta
    }

    /// The distance between neighbours.
    pub fn spacing(&self) -> f64 {
        self.spacing
    }

    /// $G_n$, `site` sites from the source.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LatticePropagator;
    ///
    /// // A factor exp(-θ) from site to site, on both sides of the source.
    /// let lattice = LatticePropagator::of_operator(1.0, 3.0, 0.5)?;
    /// assert!((lattice.at(4) / lattice.at(3) - (-lattice.theta()).exp()).abs() < 1e-15);
    /// assert_eq!(lattice.at(-3), lattice.at(3));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn at(&self, site: i64) -> f64 {
        self.at_distance(site.unsigned_abs())
    }

    fn at_distance(&self, sites: u64) -> f64 {
        self.at_zero * (-self.theta * sites as f64).exp()
    }

    /// The continuum limit.
    pub fn continuum(&self) -> LinePropagator {
        self.continuum
    }

    /// $h \sum_n G_n$ over all sites, by the geometric series: $h\\,G_0 \coth(\theta/2)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LatticePropagator;
    ///
    /// // One over the mass term on any lattice, as on the line.
    /// for spacing in [0.1, 1.0, 5.0] {
    ///     assert!((LatticePropagator::of_operator(1.0, 4.0, spacing)?.sum() - 0.25).abs() < 1e-14);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn sum(&self) -> f64 {
        self.spacing * self.at_zero / (0.5 * self.theta).tanh()
    }

    /// What the operator makes of $G$ at a site: $1/h$ at the source, and zero elsewhere.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LatticePropagator;
    ///
    /// // The delta function of a lattice.
    /// let lattice = LatticePropagator::of_operator(1.0, 3.0, 0.5)?;
    /// assert!((lattice.operator_at(0) - 2.0).abs() < 1e-14);
    /// assert!(lattice.operator_at(1).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn operator_at(&self, site: i64) -> f64 {
        // By distances, which have a neighbour where the last site has none.
        let distance = site.unsigned_abs();
        let here = self.at_distance(distance);
        let before = self.at_distance(if distance == 0 { 1 } else { distance - 1 });
        let after = self.at_distance(distance + 1);
        let second_difference = (before - 2.0 * here + after) / self.spacing / self.spacing;
        self.continuum.mass_term() * here - self.continuum.stiffness() * second_difference
    }
}
