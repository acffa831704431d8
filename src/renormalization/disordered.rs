//! A chain whose masses differ from site to site, as they do when the target does.

use super::{at_least, positive};
use crate::figure::{Axis, Figure, Panel, Series};
use crate::operator::SymmetricTridiagonal;
use crate::{Error, Result};

/// A finite chain with a bond between neighbours and a mass at each site, all of them positive.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::DisorderedChain;
///
/// let chain = DisorderedChain::new(&[1.0, 1.0], &[0.5, 1.0, 0.5])?;
/// let ends = chain.decimated()?;
/// assert!((ends.bonds()[0] - 1.0 / 3.0).abs() < 1e-15);
/// assert!((ends.site_masses()[0] - (0.5 + 1.0 / 3.0)).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DisorderedChain {
    bonds: Vec<f64>,
    site_masses: Vec<f64>,
}

impl DisorderedChain {
    /// From the bonds between neighbours, and the masses, one more.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] below two sites; [`Error::Lengths`]; [`Error::NotPositiveAt`].
    pub fn new(bonds: &[f64], site_masses: &[f64]) -> Result<Self> {
        at_least(2, "the number of sites", site_masses.len(), "a chain needs a bond")?;
        if bonds.len() + 1 != site_masses.len() {
            return Err(Error::Lengths {
                name: "the list of bonds",
                expected: site_masses.len() - 1,
                found: bonds.len(),
                remedy: "a chain of n sites has n - 1 bonds",
            });
        }
        for (name, values) in [("the bond at ", bonds), ("the mass at ", site_masses)] {
            let is_bad = |value: &f64| !(*value > 0.0 && value.is_finite());
            if let Some(index) = values.iter().position(is_bad) {
                let (value, remedy) = (values[index], "bonds and masses are positive");
                return Err(Error::NotPositiveAt { name, index: vec![index], value, remedy });
            }
        }
        Ok(Self { bonds: bonds.to_vec(), site_masses: site_masses.to_vec() })
    }

    /// The action of section 2 near its optimum: $K = 2\lambda/h$ and $r_i = h/y_i^2$.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); [`Error::NotPositive`] for $\lambda$ or $h$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::DisorderedChain;
    ///
    /// // K = 2λ/h and r = h/y².
    /// let chain = DisorderedChain::of_targets(&[1.0, 2.0, 4.0], 0.25, 0.5)?;
    /// assert_eq!((chain.bonds(), chain.site_masses()), (&[1.0, 1.0][..], &[0.5, 0.125, 0.03125][..]));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_targets(targets: &[f64], elasticity: f64, spacing: f64) -> Result<Self> {
        let elasticity = positive("λ", elasticity, "without elasticity there are no bonds")?;
        let spacing = positive("the spacing h", spacing, "give the distance between neighbours")?;
        at_least(2, "the number of sites", targets.len(), "a chain needs a bond")?;
        let site_masses: Vec<f64> =
            targets.iter().map(|target| spacing / target / target).collect();
        Self::new(&vec![2.0 * elasticity / spacing; targets.len() - 1], &site_masses)
    }

    /// The bonds between neighbours.
    pub fn bonds(&self) -> &[f64] {
        &self.bonds
    }

    /// The masses, one a site.
    pub fn site_masses(&self) -> &[f64] {
        &self.site_masses
    }

    /// The chain of the first, third, fifth site and so on.
    ///
    /// A site of mass $r$ between the bonds $K_1$ and $K_2$ leaves, with $D = K_1 + K_2 + r$, the bond
    /// $K_1K_2/D$ between its neighbours and adds $K_1r/D$ and $K_2r/D$ to their masses: sums, products and
    /// quotients of positive numbers, so that bonds and masses stay positive.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] below three sites; [`Error::NotPositiveAt`] when a bond is too weak for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::DisorderedChain;
    ///
    /// // K² / (2K + r) = 1/3 between the neighbours, and 1/3 more mass for each.
    /// let chain = DisorderedChain::new(&[1.0, 1.0], &[1.0, 1.0, 1.0])?.decimated()?;
    /// assert!((chain.bonds()[0] - 1.0 / 3.0).abs() < 1e-15);
    /// assert!((chain.site_masses()[0] - 4.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn decimated(&self) -> Result<Self> {
        let remedy = "stop here: one site would be left";
        at_least(3, "the number of sites", self.site_masses.len(), remedy)?;
        let mut masses: Vec<f64> = self.site_masses.iter().copied().step_by(2).collect();
        let mut bonds = Vec::with_capacity(masses.len() - 1);
        for site in (1..self.site_masses.len()).step_by(2) {
            let (mass, left) = (self.site_masses[site], self.bonds[site - 1]);
            let right = self.bonds.get(site).copied().unwrap_or(0.0);
            // A quarter of each has a sum that cannot overflow, and the same shares.
            let quarter = if (left + right + mass).is_finite() { 1.0 } else { 0.25 };
            let total = quarter * left + quarter * right + quarter * mass;
            let share = quarter * mass / total;
            masses[site / 2] += left * share;
            if right > 0.0 {
                masses[site / 2 + 1] += right * share;
                bonds.push(left * (quarter * right / total));
            }
        }
        Self::new(&bonds, &masses)
    }

    /// The precision matrix: bonds and mass on the diagonal, minus the bond beside it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFiniteAt`] if a sum overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::DisorderedChain;
    ///
    /// // Pulled everywhere by its own mass, the chain moves by one.
    /// let chain = DisorderedChain::new(&[1.0, 3.0], &[0.5, 0.2, 0.1])?;
    /// let moved: Vec<f64> = chain.precision()?.solve(chain.site_masses())?;
    /// assert!(moved.iter().all(|value| (value - 1.0).abs() < 1e-14));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn precision(&self) -> Result<SymmetricTridiagonal> {
        let bond = |index: Option<usize>| index.and_then(|i| self.bonds.get(i)).unwrap_or(&0.0);
        let diagonal = (0..self.site_masses.len())
            .map(|site| self.site_masses[site] + bond(site.checked_sub(1)) + bond(Some(site)));
        let beside = self.bonds.iter().map(|bond| -bond);
        SymmetricTridiagonal::new(diagonal.collect(), beside.collect())
    }

    /// The squared mass in units of the lattice at each site but the ends: the mass over the mean of the
    /// two bonds.
    pub fn local_squared_masses(&self) -> Vec<f64> {
        let inner = self.bonds.windows(2).zip(&self.site_masses[1..]);
        inner.map(|(bonds, mass)| mass / (0.5 * bonds[0] + 0.5 * bonds[1])).collect()
    }
}

/// A disordered chain and what is left of it, step by step.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::{DisorderFlow, DisorderedChain};
///
/// let targets: Vec<f64> = (0..65).map(|site| 4.0 + f64::from(site % 3)).collect();
/// let flow = DisorderFlow::new(DisorderedChain::of_targets(&targets, 0.5, 1.0)?, 3)?;
/// let means = flow.mean_squared_masses();
/// assert!(means.windows(2).all(|pair| pair[1] > 3.9 * pair[0]));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DisorderFlow(Vec<DisorderedChain>);

impl DisorderFlow {
    /// The chain, and the chains after 1 to `steps` decimations.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] if fewer than three sites, which have no local squared mass, would be left;
    /// [`Error::NotPositiveAt`] for a local squared mass that overflows or vanishes; as
    /// [`DisorderedChain::decimated`].
    pub fn new(chain: DisorderedChain, steps: u32) -> Result<Self> {
        let mut chains = vec![chain];
        for _ in 0..steps {
            let next = chains[chains.len() - 1].decimated()?;
            chains.push(next);
        }
        let left = chains[chains.len() - 1].site_masses().len();
        at_least(
            3,
            "the number of sites that are left",
            left,
            "take a longer chain or fewer steps",
        )?;
        for chain in &chains {
            let masses = chain.local_squared_masses();
            let is_bad = |mass: &f64| !(*mass > 0.0 && mass.is_finite());
            if let Some(index) = masses.iter().position(is_bad) {
                return Err(Error::NotPositiveAt {
                    name: "the local squared mass at the inner site ",
                    index: vec![index],
                    value: masses[index],
                    remedy: "take masses and bonds of more similar size",
                });
            }
        }
        Ok(Self(chains))
    }

    /// The chains, from the first on.
    pub fn chains(&self) -> &[DisorderedChain] {
        &self.0
    }

    /// The mean of the local squared masses after each step.
    pub fn mean_squared_masses(&self) -> Vec<f64> {
        self.0.iter().map(|chain| mean(&chain.local_squared_masses())).collect()
    }

    /// The standard deviation of the local squared masses over their mean, after each step.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::{DisorderFlow, DisorderedChain};
    ///
    /// // Without disorder there is no spread after any step.
    /// let chain = DisorderedChain::new(&[1.0; 16], &[0.1; 17])?;
    /// let spreads = DisorderFlow::new(chain, 1)?.relative_spreads();
    /// assert!(spreads[0].abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn relative_spreads(&self) -> Vec<f64> {
        let spread = |chain: &DisorderedChain| {
            let masses = chain.local_squared_masses();
            let centre = mean(&masses);
            let squares: Vec<f64> =
                masses.iter().map(|mass| ((mass - centre) / centre).powi(2)).collect();
            mean(&squares).sqrt()
        };
        self.0.iter().map(spread).collect()
    }

    /// Mean, smallest and largest squared mass over the scale.
    ///
    /// # Errors
    ///
    /// Those of a figure.
    pub fn figure(&self) -> Result<Figure> {
        let scales: Vec<f64> = (0..self.0.len()).map(|step| 2f64.powf(step as f64)).collect();
        let masses: Vec<Vec<f64>> =
            self.0.iter().map(DisorderedChain::local_squared_masses).collect();
        let extreme = |pick: fn(f64, f64) -> f64, start: f64| -> Vec<f64> {
            masses.iter().map(|masses| masses.iter().copied().fold(start, pick)).collect()
        };
        let (lowest, highest) = (extreme(f64::min, f64::MAX), extreme(f64::max, 0.0));
        let (means, spreads) = (self.mean_squared_masses(), self.relative_spreads());
        let last = scales.len() - 1;
        let panel =
            Panel::new(Axis::logarithmic("scale b"), Axis::logarithmic("local squared mass u"))
                .series(Series::band("smallest to largest", &scales, &lowest, &highest))
                .series(Series::line_with_markers("mean", &scales, &means))
                .slope(2.0, (1.0, 0.4 * lowest[0]), scales[last], "slope +2");
        let finding = format!(
            "Bonds and masses stay positive; the mean squared mass goes from {:.2e} to {:.2e}, and the \
             relative spread from {:.2} to {:.2}.",
            means[0], means[last], spreads[0], spreads[last]
        );
        Figure::builder("What becomes of masses that differ?", &finding)
            .source("§II bis.6, a chain with random targets")
            .panel(panel)
            .build()
    }
}

fn mean(values: &[f64]) -> f64 {
    let (sum, count) = (values.iter().sum::<f64>(), values.len() as f64);
    if sum.is_finite() { sum / count } else { values.iter().map(|value| value / count).sum() }
}
