//! Weyl's law: how fast eigenvalues grow.

use std::f64::consts::PI;

use super::{Spectrum, appendix_target};
use crate::divergence::{Positive, PositiveArray};
use crate::field::Action;
use crate::figure::{Axis, Figure, Panel, Series, Slider};
use crate::grid::Grid;
use crate::{Error, Result};

/// Eigenvalues of $-2\lambda\\,\mathrm{d}^2/\mathrm{d}x^2 + 1/y^2$ on $[0, 1]$ with fixed ends, beside Weyl's law.
///
/// $$ \lambda_k \sim c\\,k^{2/d}, \qquad c = 2\lambda\\,\frac{4\pi^2}{(\omega_d\\,|\Omega|)^{2/d}} $$
///
/// with $\omega_d$ the volume of the unit ball: $2\lambda\pi^2 k^2$ on the unit interval. B.4. The mean of
/// $1/y^2$ is the next term: with it the law holds to a fraction of a percent. On a grid it holds for
/// $k \ll N$ only, since the lattice disperses.
#[derive(Debug, Clone, PartialEq)]
pub struct WeylLaw {
    /// The spectrum on the grid.
    pub spectrum: Spectrum,
    /// The mean of $1/y^2$ over the grid.
    pub mean_mass: f64,
    elasticity: f64,
}

impl WeylLaw {
    /// From the target at the inner points of $[0, 1]$ and a positive elasticity.
    ///
    /// # Errors
    ///
    /// Those of [`Action::dirichlet`], and [`Error::NotPositive`] for an elasticity of zero, without which
    /// nothing grows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::spectrum::WeylLaw;
    ///
    /// // A constant target moves all eigenvalues by one mass.
    /// let law = WeylLaw::new(PositiveArray::constant(&[100], 0.5)?, 0.01)?;
    /// assert!((law.mean_mass - 4.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(target: PositiveArray, elasticity: f64) -> Result<Self> {
        let remedy = "without it the eigenvalues do not grow";
        Positive::named("the elasticity", elasticity, remedy)?;
        let masses = target.iter().map(|y| y.get().powi(-2));
        let mean_mass = masses.sum::<f64>() / target.len() as f64;
        let action = Action::dirichlet(target, elasticity, 1.0)?;
        Ok(Self { spectrum: Spectrum::of(&action.linearised()?), mean_mass, elasticity })
    }

    /// The law of the appendix's target on several grids, with one elasticity.
    ///
    /// # Errors
    ///
    /// As [`WeylLaw::new`].
    pub fn over_grids(points: &[usize], elasticity: f64) -> Result<Vec<Self>> {
        points.iter().map(|&points| Self::new(appendix_target(points)?, elasticity)).collect()
    }

    /// $c$ in $d$ dimensions for a domain of a given volume, for $d$ = 1, 2 or 3.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for another dimension, [`Error::NotPositive`] for a volume or an elasticity that is
    /// not positive, and if the constant leaves the range of 64 bits.
    ///
    /// ```
    /// use itakura_saito::spectrum::WeylLaw;
    ///
    /// let on_interval = WeylLaw::constant(1, 1.0, 0.5)?;
    /// assert!((on_interval - std::f64::consts::PI.powi(2)).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn constant(dimension: usize, volume: f64, elasticity: f64) -> Result<f64> {
        let volume = Positive::named("the volume", volume, "give the size of the domain")?.get();
        let remedy = "without it the eigenvalues do not grow";
        let elasticity = Positive::named("the elasticity", elasticity, remedy)?.get();
        let ball = match dimension {
            1 => 2.0,
            2 => PI,
            3 => 4.0 * PI / 3.0,
            other => {
                return Err(Error::OutOfRange {
                    name: "the dimension",
                    value: other as f64,
                    lower: 1.0,
                    upper: 3.0,
                    remedy: "the paper has no field in more dimensions",
                });
            }
        };
        let power = 2.0 / dimension as f64;
        let constant = 2.0 * elasticity * 4.0 * PI * PI / (ball * volume).powf(power);
        let remedy = "choose a volume and an elasticity of moderate size";
        Ok(Positive::named("Weyl's constant", constant, remedy)?.get())
    }

    /// $(\lambda_k - \overline{1/y^2})/(2\lambda\pi^2 k^2)$ at the rank `k`, counted from one.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for the rank zero, and beyond the last; [`Error::NotFinite`] for an elasticity so
    /// small that the ratio is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::spectrum::WeylLaw;
    /// use std::f64::consts::PI;
    ///
    /// // With a constant target the grid alone keeps the law from being exact: (sin x / x)², x = πkh/2.
    /// let law = WeylLaw::new(PositiveArray::constant(&[99], 0.5)?, 0.5)?;
    /// let x = 0.5 * PI * 20.0 * 0.01;
    /// assert!((law.ratio(20)? - (x.sin() / x).powi(2)).abs() < 1e-10);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn ratio(&self, rank: usize) -> Result<f64> {
        let eigenvalue = rank.checked_sub(1).and_then(|at| self.spectrum.eigenvalues().get(at));
        let Some(eigenvalue) = eigenvalue else {
            return Err(Error::OutOfRange {
                name: "the rank",
                value: rank as f64,
                lower: 1.0,
                upper: self.count() as f64,
                remedy: "there is one eigenvalue a point, counted from one",
            });
        };
        let law = 2.0 * self.elasticity * (PI * rank as f64).powi(2);
        let ratio = (eigenvalue - self.mean_mass) / law;
        if ratio.is_finite() {
            return Ok(ratio);
        }
        Err(Error::NotFinite {
            name: "the ratio of an eigenvalue to Weyl's law",
            value: ratio,
            remedy: "choose a larger elasticity: without one the eigenvalues do not grow",
        })
    }

    /// The ratio over the rank on several grids, one per frame: how far a grid follows the law. From rank 5
    /// on, since the first modes feel single bumps of the target.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for no law, [`Error::TooFew`] for a grid of fewer than 10 points; as [`FigureBuilder::build`](crate::figure::FigureBuilder::build) for
    /// more than 40.
    ///
    /// ```
    /// use itakura_saito::figure::Figure;
    /// use itakura_saito::spectrum::WeylLaw;
    ///
    /// let laws: Vec<WeylLaw> = WeylLaw::over_grids(&[50, 100], 5e-3)?;
    /// let figure: Figure = WeylLaw::figure_over_grids(&laws)?;
    /// assert!(figure.to_text().contains("100 points"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn figure_over_grids(laws: &[Self]) -> Result<Figure> {
        let (Some(first), Some(last)) = (laws.first(), laws.last()) else {
            return Err(Error::Empty { name: "the list of laws", remedy: "give one a grid" });
        };
        if let Some(law) = laws.iter().find(|law| law.count() < 10) {
            return Err(Error::TooFew {
                name: "the number of points of a grid",
                count: law.count(),
                minimum: 10,
                remedy: "the figure begins with rank 5; take a finer grid",
            });
        }
        let longest = laws.iter().map(Self::count).max().expect("there is one");
        let finding = format!(
            "On {} points the eigenvalues stay within a twentieth of Weyl's law up to rank {}, on {} points \
             up to rank {}.",
            first.count(),
            first.last_rank_near(0.05),
            last.count(),
            last.last_rank_near(0.05),
        );
        let mut slider = Slider::new("points N").start_at(laws.len() - 1);
        for law in laws {
            let mut drawn = evenly_on_a_logarithmic_axis(law.count());
            drawn.retain(|&rank| rank >= 5);
            let ranks: Vec<f64> = drawn.iter().map(|&rank| rank as f64).collect();
            let ratios: Vec<f64> = drawn.iter().filter_map(|&rank| law.ratio(rank).ok()).collect();
            let rank = Axis::logarithmic("rank k").range(5.0, longest as f64);
            let panel = Panel::new(rank, Axis::linear("eigenvalue over 2λπ²k²").range(0.3, 1.1))
                .series(Series::corrected("less the mean of 1/y²", &ranks, &ratios))
                .horizontal(1.0, "Weyl")
                .vertical(law.count() as f64 / 30.0, "N/30");
            slider = slider.frame(&law.count().to_string(), vec![panel]);
        }
        Figure::builder("How far does each grid follow Weyl's law?", &finding)
            .source("B.4")
            .slider(slider)
            .build()
    }

    /// The number of points, and so of eigenvalues.
    fn count(&self) -> usize {
        self.spectrum.eigenvalues().len()
    }

    /// The last rank at which the ratio is within `distance` of one; 0 if it never is.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::spectrum::WeylLaw;
    ///
    /// // The ratio falls by a tenth of a percent where (πkh)²/12 does: at k = 3.5 for h = 1/100.
    /// let law = WeylLaw::new(PositiveArray::constant(&[99], 1.0)?, 0.5)?;
    /// assert_eq!(law.last_rank_near(0.001), 3);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn last_rank_near(&self, distance: f64) -> usize {
        let near = |rank: &usize| self.ratio(*rank).is_ok_and(|it| (it - 1.0).abs() < distance);
        (1..=self.count()).rev().find(near).unwrap_or(0)
    }

    /// The ratio over the rank, with and without the mean mass, up to the last rank of the grid.
    ///
    /// # Errors
    ///
    /// None for a law that was made.
    pub fn figure(&self) -> Result<Figure> {
        let count = self.count();
        let drawn = evenly_on_a_logarithmic_axis(count);
        let ranks: Vec<f64> = drawn.iter().map(|&rank| rank as f64).collect();
        let with_mean: Vec<f64> = drawn.iter().filter_map(|&rank| self.ratio(rank).ok()).collect();
        let bare = |rank: &usize| {
            let law = 2.0 * self.elasticity * (PI * *rank as f64).powi(2);
            self.spectrum.eigenvalues()[rank - 1] / law
        };
        let without: Vec<f64> = drawn.iter().map(bare).collect();
        let tenth = self.ratio(10.min(count))?;
        let finding = format!(
            "Divided by Weyl's law, the eigenvalues come close to one: at rank {} they reach {tenth:.4} \
             once the mean of 1/y² is taken off.",
            10.min(count)
        );
        // The lowest eigenvalues are all mass: what the law says shows from rank 5 on, near one.
        let rank = Axis::logarithmic("rank k").range(5.0, count as f64);
        let panel = Panel::new(rank, Axis::linear("eigenvalue over 2λπ²k²").range(0.9, 1.2))
            .series(Series::line("as it stands", &ranks, &without))
            .series(Series::corrected("less the mean of 1/y²", &ranks, &with_mean))
            .horizontal(1.0, "Weyl")
            .vertical(count as f64 / 30.0, "N/30");
        Figure::builder("What do eigenvalues over Weyl's law tend to?", &finding)
            .source("B.4")
            .panel(panel)
            .build()
    }
}

/// Every rank up to 24, then in steps of a twelfth, and the last.
fn evenly_on_a_logarithmic_axis(count: usize) -> Vec<usize> {
    let next = |rank: &usize| Some(rank + (rank / 12).max(1));
    let below = std::iter::successors(Some(1), next).take_while(|&rank| rank < count);
    below.chain([count]).collect()
}

/// How many modes of the unit square lie below a level, beside what Weyl's law expects.
///
/// Modes of minus the Laplacian with fixed ends, $\pi^2 (j^2 + k^2)$; on the grid, sums of the eigenvalues
/// of two chains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneCount {
    /// The level.
    pub level: f64,
    /// The number of modes at or below it.
    pub count: usize,
    /// The number that Weyl's law expects: level over $4\pi$.
    pub leading: f64,
    /// The same with the term of the rim, less the square root of the level over $\pi$.
    pub with_rim: f64,
}

impl PlaneCount {
    /// On a square grid of `nodes` by `nodes` inner points.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two points, [`Error::NotPositive`] for the level.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::PlaneCount;
    /// use std::f64::consts::PI;
    ///
    /// // Below 6π² lie the modes (1, 1), (1, 2) and (2, 1); the rim takes away a half of Weyl's term.
    /// let count = PlaneCount::new(50, 6.0 * PI * PI)?;
    /// assert_eq!(count.count, 3);
    /// assert!((count.leading - 1.5 * PI).abs() < 1e-14);
    /// assert!((count.with_rim - (1.5 * PI - 6f64.sqrt())).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(nodes: usize, level: f64) -> Result<Self> {
        Positive::named("the level", level, "the Laplacian has positive eigenvalues only")?;
        let chain = super::laplacian(&Grid::finite_difference(nodes)?);
        let chain = chain.eigenvalues();
        let below = |first: &f64| chain.partition_point(|second| first + second <= level);
        Ok(Self {
            level,
            count: chain.iter().map(below).sum(),
            leading: level / (4.0 * PI),
            with_rim: level / (4.0 * PI) - level.sqrt() / PI,
        })
    }
}
