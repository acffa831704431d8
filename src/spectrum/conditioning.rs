//! The condition number of a massive Laplacian as the mass goes to zero.

use super::laplacian;
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::grid::{Boundary, Grid};
use crate::{Error, Result};

/// The condition number of $-\Delta + m^2$ on the lattice over a range of squared masses, for free and for
/// fixed ends.
///
/// $$ \kappa(m^2) = \frac{\mu_{\max} + m^2}{\mu_{\min} + m^2} $$
///
/// Section 6 says in one place that the mass improves conditioning, in another that the massless limit does.
/// $\kappa$ falls with $m^2$ wherever $\mu_{\max} > \mu_{\min}$, so the first is right: with free ends it
/// diverges like $\mu_{\max}/m^2$, with fixed ends it stops at $\mu_{\max}/\mu_{\min}$, its largest value.
///
/// # Examples
///
/// ```
/// use itakura_saito::spectrum::ConditioningByMass;
///
/// // Less mass, worse conditioning; without limit where the ends are free.
/// let conditioning = ConditioningByMass::new(10, &[1.0, 1e-6])?;
/// assert!(conditioning.fixed[0] < conditioning.fixed[1] && conditioning.fixed[1] < 50.0);
/// assert!(conditioning.free[1] > 1e6);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ConditioningByMass {
    /// The squared masses, in units of the inverse squared spacing.
    pub squared_masses: Vec<f64>,
    /// The condition numbers with free ends.
    pub free: Vec<f64>,
    /// The condition numbers with fixed ends.
    pub fixed: Vec<f64>,
    nodes: usize,
    fixed_limit: f64,
}

impl ConditioningByMass {
    /// On a chain of `nodes` points.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two points, [`Error::Empty`] without a mass,
    /// [`Error::NotPositive`] for a squared mass that is not positive, [`Error::NotFiniteAt`] for one so small
    /// that a condition number is too large for an `f64`.
    ///
    /// ```
    /// use itakura_saito::spectrum::ConditioningByMass;
    ///
    /// let conditioning = ConditioningByMass::new(50, &[1.0, 0.1])?;
    /// assert!((conditioning.free[1] - 40.96053456856559).abs() < 1e-10);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(nodes: usize, squared_masses: &[f64]) -> Result<Self> {
        if squared_masses.is_empty() {
            return Err(Error::Empty { name: "the list of masses", remedy: "give at least one" });
        }
        for &mass in squared_masses {
            Positive::named(
                "the squared mass",
                mass,
                "without a mass a free chain has a zero mode",
            )?;
        }
        let free = laplacian(&Grid::lattice(nodes, Boundary::Neumann)?);
        let fixed = laplacian(&Grid::lattice(nodes, Boundary::Dirichlet)?);
        let ratios = |spectrum: &super::Spectrum| {
            let ratio = |mass: &f64| (spectrum.largest() + mass) / (spectrum.smallest() + mass);
            let ratios: Vec<f64> = squared_masses.iter().map(ratio).collect();
            match ratios.iter().position(|ratio| !ratio.is_finite()) {
                None => Ok(ratios),
                Some(index) => Err(Error::NotFiniteAt {
                    name: "the condition number of the mass ",
                    index: vec![index],
                    value: ratios[index],
                    remedy: "it grows like one over the mass: choose a larger one",
                }),
            }
        };
        Ok(Self {
            squared_masses: squared_masses.to_vec(),
            free: ratios(&free)?,
            fixed: ratios(&fixed)?,
            nodes,
            fixed_limit: fixed.largest() / fixed.smallest(),
        })
    }

    /// Condition number over squared mass, on logarithmic axes.
    ///
    /// # Errors
    ///
    /// [`Error::FigureEmpty`] and the like do not occur for a value that was made.
    pub fn figure(&self) -> Result<Figure> {
        let finding = format!(
            "On a chain of {} points the condition number falls as the mass grows; towards zero mass it \
             diverges with free ends and rises to {:.0} with fixed ends.",
            self.nodes, self.fixed_limit
        );
        let (first, last) =
            (self.squared_masses[0], self.squared_masses[self.squared_masses.len() - 1]);
        let least = first.min(last);
        let panel = Panel::new(
            Axis::logarithmic("squared mass m²"),
            Axis::logarithmic("condition number κ"),
        )
        .series(Series::line("free ends", &self.squared_masses, &self.free))
        .series(Series::line("fixed ends", &self.squared_masses, &self.fixed))
        .slope(-1.0, (least, 8.0 / least), 0.1, "slope −1")
        .horizontal(self.fixed_limit, "fixed ends without mass");
        Figure::builder("What does a mass do to the condition number?", &finding)
            .source("§6")
            .panel(panel)
            .build()
    }
}
