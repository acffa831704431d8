//! The beta function measured: samples of the chain, coarse-grained, and their covariances.

use ndarray_rand::rand_distr::{Distribution, StandardNormal};

use super::jackknife::{SampledValue, jackknife};
use super::{GaussianChain, at_least, positive};
use crate::error::finite;
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::seed::{generator, stream};
use crate::{Result, interrupt};

/// How bond, mass and their ratio change with the scale: $\ln(x_b/x)/\ln b$ for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponents<T> {
    /// Of the bond $K$: -1 for small masses.
    pub bond: T,
    /// Of the mass $r$ of a site: +1 for small masses, which is what (7) of section IIbis has at $d = 1$.
    pub site_mass: T,
    /// Of the squared mass $u = r/K$: +2.
    pub squared_mass: T,
}

/// The exponents of one chain, from samples and in closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredExponents {
    /// The squared mass of the chain that the samples are drawn from.
    pub squared_mass: f64,
    /// From the samples, with standard errors.
    pub observed: Exponents<SampledValue>,
    /// From [`GaussianChain::decimated`].
    pub expected: Exponents<f64>,
}

impl MeasuredExponents {
    /// The exponent of the squared mass: observed minus expected, in standard errors.
    pub fn deviation(&self) -> f64 {
        let observed = self.observed.squared_mass;
        (observed.value - self.expected.squared_mass) / observed.standard_error
    }

    /// By how many standard errors the observed exponent of the squared mass differs from `value`.
    pub fn distance_from(&self, value: f64) -> f64 {
        let observed = self.observed.squared_mass;
        (observed.value - value).abs() / observed.standard_error
    }
}

/// The flow of the mass, measured on samples.
///
/// A sample of the chain is drawn site by site, since given one site the next depends on no earlier one.
/// Then every $b$-th site is kept. Nothing but the variance and the covariance of neighbours is taken from
/// either, and gives bond and mass of a chain with nearest neighbours:
///
/// $$ \rho = \frac{\langle\varphi_i\varphi_{i+1}\rangle}{\langle\varphi_i^2\rangle}, \qquad
///    u = \frac{(1-\rho)^2}{\rho}, \qquad K = \frac{\rho}{(1-\rho^2)\\,\langle\varphi_i^2\rangle} $$
///
/// The section's perspectives ask for this experiment.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::MeasuredFlow;
///
/// let flow = MeasuredFlow::of_samples(&[0.04, 0.25], 2, 32, 4000, 1)?;
/// for point in flow.points() {
///     assert!(point.deviation().abs() < 4.0);
///     assert!(point.distance_from(0.0) > 20.0);
/// }
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredFlow {
    block: usize,
    points: Vec<MeasuredExponents>,
}

impl MeasuredFlow {
    /// For each squared mass: `chains` independent samples of `sites` sites, of which one in `block` stays.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for fewer than 2 sites in a block, 8 chains, 2 blocks a chain
    /// or one mass; [`Error::NotPositive`](crate::Error::NotPositive) for a mass that is not, or if the
    /// samples are so few that neighbours come out uncorrelated.
    pub fn of_samples(
        squared_masses: &[f64],
        block: usize,
        chains: usize,
        sites: usize,
        seed: u64,
    ) -> Result<Self> {
        at_least(1, "the number of masses", squared_masses.len(), "give at least one")?;
        at_least(2, "the number of sites in a block", block, "with 1 nothing changes")?;
        at_least(8, "the number of chains", chains, "the errors come from their differences")?;
        at_least(
            2 * block + 1,
            "the number of sites of a chain",
            sites,
            "give two blocks at least",
        )?;
        let measure = |(index, &squared_mass): (usize, &f64)| {
            let chain = GaussianChain::new(1.0, squared_mass)?;
            let seed = stream(seed, index as u64);
            let sample = |number| {
                interrupt::check()?;
                Ok(covariances(&chain, block, sites, stream(seed, number as u64)))
            };
            let sums = (0..chains).map(sample).collect::<Result<Vec<_>>>()?;
            let [bond, site_mass, squared] = jackknife(&sums, |sums| exponents(sums, block))?;
            let coarse = chain.decimated(block)?;
            let growth = |after: f64, before: f64| (after / before).ln() / (block as f64).ln();
            Ok(MeasuredExponents {
                squared_mass,
                observed: Exponents { bond, site_mass, squared_mass: squared },
                expected: Exponents {
                    bond: growth(coarse.bond(), chain.bond()),
                    site_mass: growth(coarse.site_mass(), chain.site_mass()),
                    squared_mass: growth(coarse.squared_mass(), chain.squared_mass()),
                },
            })
        };
        let points = squared_masses.iter().enumerate().map(measure).collect::<Result<_>>()?;
        Ok(Self { block, points })
    }

    /// What was measured, one entry per mass.
    pub fn points(&self) -> &[MeasuredExponents] {
        &self.points
    }

    /// How many sites a block has.
    pub fn block(&self) -> usize {
        self.block
    }

    /// The exponent of the squared mass over the mass, with three standard errors, the closed form, and
    /// the exponent 1 that (7) prints for one dimension.
    ///
    /// # Errors
    ///
    /// Those of a figure.
    pub fn figure(&self) -> Result<Figure> {
        let masses: Vec<f64> = self.points.iter().map(|point| point.squared_mass).collect();
        let observed = |point: &MeasuredExponents| point.observed.squared_mass.value;
        let bars = |point: &MeasuredExponents| 3.0 * point.observed.squared_mass.standard_error;
        let values: Vec<f64> = self.points.iter().map(observed).collect();
        let errors: Vec<f64> = self.points.iter().map(bars).collect();
        let (low, high) = (
            masses.iter().copied().fold(f64::MAX, f64::min) / 1.5,
            masses.iter().copied().fold(0.0, f64::max) * 1.5,
        );
        let fine: Vec<f64> =
            (0..=60).map(|step| low * (high / low).powf(f64::from(step) / 60.0)).collect();
        let exact = fine.iter().map(|&mass| self.closed_form(mass)).collect::<Result<Vec<_>>>()?;
        let worst = self.points.iter().map(|point| point.deviation().abs()).fold(0.0, f64::max);
        let finding = format!(
            "At {} masses the measured exponent of the squared mass agrees with the closed form, at most \
             {worst:.1} standard errors off, and is 2 where the mass is small: neither 0, nor negative, nor \
             the printed 1.",
            self.points.len()
        );
        let y = Axis::linear("exponent ln(u<sub>b</sub>/u) / ln b").range(-1.2, 3.4);
        let panel = Panel::new(Axis::logarithmic("squared mass u"), y)
            .series(Series::line("printed, d = 1", &[low, high], &[1.0, 1.0]).role(Role::AsPrinted))
            .series(Series::corrected("closed form", &fine, &exact))
            .series(Series::data("samples, 3 standard errors", &masses, &values).errors(&errors))
            .horizontal(0.0, "below: the mass would die out");
        Figure::builder("Which way does the mass go, and how fast?", &finding)
            .source("§II bis.3, measured")
            .panel(panel)
            .build()
    }

    fn closed_form(&self, squared_mass: f64) -> Result<f64> {
        let coarse = super::squared_mass_at_scale(squared_mass, self.block as f64)?;
        Ok((coarse / squared_mass).ln() / (self.block as f64).ln())
    }
}

/// Variance and covariance of neighbours in one sample, for all sites and for every `block`-th.
fn covariances(chain: &GaussianChain, block: usize, sites: usize, seed: u64) -> [f64; 4] {
    let mut random = generator(seed);
    let deviation = chain.covariance(0).sqrt();
    let correlation = (-chain.correlation_length().recip()).exp();
    let fresh = deviation * (1.0 - correlation * correlation).sqrt();
    let mut draw = || -> f64 { StandardNormal.sample(&mut random) };
    let mut here = deviation * draw();
    let mut kept = here;
    let (mut all, mut coarse) = ([here * here, 0.0], [here * here, 0.0]);
    for site in 1..sites {
        let next = correlation * here + fresh * draw();
        all[0] += next * next;
        all[1] += here * next;
        if site % block == 0 {
            coarse[0] += next * next;
            coarse[1] += kept * next;
            kept = next;
        }
        here = next;
    }
    let blocks = (sites - 1) / block;
    let (bonds, coarse_bonds) = ((sites - 1) as f64, blocks as f64);
    [
        all[0] / (bonds + 1.0),
        all[1] / bonds,
        coarse[0] / (coarse_bonds + 1.0),
        coarse[1] / coarse_bonds,
    ]
}

/// The exponents of bond, mass and squared mass from the covariances of both lattices.
fn exponents(sums: &[f64; 4], block: usize) -> Result<[f64; 3]> {
    let couplings = |variance: f64, covariance: f64| -> Result<(f64, f64)> {
        let remedy =
            "draw more sites, or take a smaller mass: neighbours must be seen to go together";
        let rho =
            positive("the measured correlation of neighbours", covariance / variance, remedy)?;
        let squared = positive("the measured squared mass", (1.0 - rho).powi(2) / rho, remedy)?;
        let bond = rho / ((1.0 - rho) * (1.0 + rho) * variance);
        Ok((finite("the measured bond", bond, remedy)?, squared))
    };
    let count = (block as f64).ln();
    let (bond, squared) = couplings(sums[0], sums[1])?;
    let (coarse_bond, coarse_squared) = couplings(sums[2], sums[3])?;
    let (bond, squared) =
        ((coarse_bond / bond).ln() / count, (coarse_squared / squared).ln() / count);
    Ok([bond, bond + squared, squared])
}
