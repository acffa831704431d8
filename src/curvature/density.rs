//! The density of eigenvalues, by stochastic Lanczos quadrature.

use super::estimate::{Estimate, at_least};
use super::krylov::random_start;
use super::lanczos::Lanczos;
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::operator::Operator;
use crate::{Error, Result, seed};

/// The density of eigenvalues as weighted points, from several start vectors.
///
/// For a unit vector $v$ the Ritz values $\theta_i$ of $k$ Lanczos steps, with the squared first entries
/// $w_i$ of their eigenvectors, are the Gauss quadrature of the measure that $v$ sees:
/// $\sum_i w_i \theta_i^j = v^{\mathsf T} M^j v$ for $j \le 2k - 1$. Averaged over random $v$ this is
/// $\operatorname{tr} M^j / n$. Where 20 Ritz values cannot be the 20 largest eigenvalues of 2000, they
/// can say how many lie where.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, SpectralDensity};
///
/// let known = Diagonal::isolated_top(1)?;
/// let density = SpectralDensity::estimate(&known, 10, 20, 1)?;
/// let exact: f64 = known.sorted().iter().map(|value| value * value).sum::<f64>() / 200.0;
/// let second = density.moment(2);
/// assert!((second.value - exact).abs() <= 3.0 * second.standard_error + 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SpectralDensity {
    dimension: usize,
    steps: usize,
    /// For each start vector its nodes and their weights.
    quadratures: Vec<Vec<(f64, f64)>>,
}

impl SpectralDensity {
    /// From `starts` vectors of random direction, with `steps` Lanczos steps each.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two start vectors, and as [`Lanczos::run`].
    pub fn estimate(
        operator: &dyn Operator,
        starts: usize,
        steps: usize,
        seed: u64,
    ) -> Result<Self> {
        at_least("the number of start vectors", starts, 2)?;
        let quadrature = |number: usize| {
            let start = random_start(operator.dim(), seed::stream(seed, number as u64));
            let run = Lanczos::run(operator, &start, steps)?;
            Ok(run.ritz().iter().map(|ritz| (ritz.value, ritz.weight)).collect())
        };
        let quadratures = (0..starts).map(quadrature).collect::<Result<_>>()?;
        Ok(Self { dimension: operator.dim(), steps, quadratures })
    }

    /// $\operatorname{tr} M^j / n$: the mean of the eigenvalues, of their squares, and so on.
    pub fn moment(&self, order: u32) -> Estimate {
        // Ritz values are far from 2^31, and so are the orders that a quadrature of k points knows.
        let exponent = i32::try_from(order).unwrap_or(i32::MAX);
        self.mean_of(|value| value.powi(exponent))
    }

    /// The share of eigenvalues that lie below a number.
    pub fn share_below(&self, limit: f64) -> Estimate {
        self.mean_of(|value| if value < limit { 1.0 } else { 0.0 })
    }

    /// The mean of a function over the eigenvalues.
    fn mean_of(&self, function: impl Fn(f64) -> f64) -> Estimate {
        let sum = |points: &Vec<(f64, f64)>| -> f64 {
            points.iter().map(|&(value, weight)| weight * function(value)).sum()
        };
        let samples: Vec<f64> = self.quadratures.iter().map(sum).collect();
        Estimate::of(&samples, self.quadratures.len() * self.steps)
    }

    /// The density at a place, every point widened to a normal distribution of this standard deviation.
    fn smoothed(&self, place: f64, width: f64) -> Estimate {
        let norm = width * (2.0 * std::f64::consts::PI).sqrt();
        self.mean_of(|value| (-0.5 * ((place - value) / width).powi(2)).exp() / norm)
    }

    /// The density with three standard errors, on a logarithmic axis: a Hessian has most of its
    /// eigenvalues near zero and a few far out.
    ///
    /// `width` is the standard deviation of the normal distribution that a point is widened to.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for the width.
    pub fn figure(&self, width: f64) -> Result<Figure> {
        if !(width.is_finite() && width > 0.0) {
            return Err(Error::NotPositive {
                name: "the width of the smoothing",
                value: width,
                remedy: "a hundredth of the spectrum's width shows its shape",
            });
        }
        let points = || self.quadratures.iter().flatten().map(|&(value, _)| value);
        let low = points().fold(f64::INFINITY, f64::min) - 4.0 * width;
        let high = points().fold(f64::NEG_INFINITY, f64::max) + 4.0 * width;
        let places: Vec<f64> =
            (0..=POINTS).map(|i| low + (high - low) * i as f64 / POINTS as f64).collect();
        // A thousandth of an eigenvalue in a cell of this width is the least that is drawn.
        let floor = 1e-3 / (self.dimension as f64 * width);
        let density: Vec<Estimate> =
            places.iter().map(|&place| self.smoothed(place, width)).collect();
        // What is not positive has no place on the axis: it goes out of sight through the lower border.
        let level = |errors: f64| -> Vec<f64> {
            let at = |one: &Estimate| (one.value + errors * one.standard_error).max(1e-9 * floor);
            density.iter().map(at).collect()
        };
        let highest = level(3.0).into_iter().fold(floor, f64::max);
        let vertical = Axis::logarithmic("density, normalised to 1").range(floor, 2.0 * highest);
        let panel = Panel::new(Axis::linear("eigenvalue"), vertical)
            .series(Series::bound("three standard errors", &places, &level(-3.0), &level(3.0)))
            .series(Series::line("density", &places, &level(0.0)).role(Role::Corrected));
        // Rounding puts the eigenvalues that are exactly zero on both sides of it.
        let negative = self.share_below(-width).value;
        let finding = format!(
            "Most eigenvalues lie in a narrow heap around zero; {:.0} % of them lie more than {width} below zero.",
            100.0 * negative
        );
        Figure::builder("Where do the other eigenvalues lie?", &finding)
            .source("§17, Figure 7")
            .panel(panel)
            .build()
    }
}

/// How many places a drawn density has.
const POINTS: usize = 400;
