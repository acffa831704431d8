//! How the part along an eigenvector dies and comes back: Paige's explanation of the copies.

use super::basis::norm;
use super::forecast::CopyForecast;
use super::lanczos::Lanczos;
use super::{Precision, PublishedRun};
use crate::figure::{Axis, Figure, Panel, Role, Series};
use crate::operator::Operator;
use crate::{Error, Result};

/// The parts of the Lanczos vectors along one eigenvector, step by step.
///
/// In exact arithmetic the part along a converged eigenvector stays zero. In floating point each step
/// leaves rounding there, which the recursion multiplies by $\rho$ a step
/// ([`CopyForecast`]) until it is of order one: then the eigenvalue is found again, and the story
/// begins anew.
///
/// ```
/// use itakura_saito::curvature::{ComponentHistory, Diagonal};
///
/// let known = Diagonal::isolated_top(1)?;
/// let mut top: Vec<f64> = vec![0.0; 200];
/// top[199] = 1.0;
/// let history = ComponentHistory::run(&known, &[1.0; 200], &top, 30)?;
/// // With reorthogonalisation it dies within ten steps, and nothing comes back.
/// assert!(history.reorthogonalised[10..].iter().all(|part| *part < 1e-10));
/// assert!(history.double[10..].iter().any(|part| *part > 0.8));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentHistory {
    /// $|q_j^{\mathsf T} x|$ by the published algorithm in 32 bits.
    pub single: Vec<f64>,
    /// The same in 64 bits.
    pub double: Vec<f64>,
    /// The same in 64 bits with reorthogonalisation.
    pub reorthogonalised: Vec<f64>,
}

impl ComponentHistory {
    /// Along `eigenvector`, which need not have length one.
    ///
    /// # Errors
    ///
    /// As [`Lanczos::run`], for both vectors.
    pub fn run(
        operator: &dyn Operator,
        start: &[f64],
        eigenvector: &[f64],
        steps: usize,
    ) -> Result<Self> {
        let length = norm(eigenvector);
        if !(length.is_finite() && length > 0.0) {
            return Err(Error::NotPositive {
                name: "the norm of the eigenvector",
                value: length,
                remedy: "take a Ritz vector of a certified run",
            });
        }
        let sizes = |parts: Result<Vec<f64>>| -> Result<Vec<f64>> {
            Ok(parts?.iter().map(|part| part.abs() / length).collect())
        };
        let published = |precision| -> Result<Vec<f64>> {
            let run = PublishedRun::run(operator, start, steps, precision)?;
            sizes(run.components_along(eigenvector))
        };
        Ok(Self {
            single: published(Precision::Single)?,
            double: published(Precision::Double)?,
            reorthogonalised: sizes(
                Lanczos::run(operator, start, steps)?.components_along(eigenvector),
            )?,
        })
    }

    /// The parts over the steps, on a logarithmic axis, with the forecast growth from the lowest point in
    /// 64 bits. A part that is exactly zero is left out.
    ///
    /// # Errors
    ///
    /// If nothing is left to draw.
    pub fn figure(&self, forecast: CopyForecast) -> Result<Figure> {
        let mut panel = Panel::new(
            Axis::linear("Lanczos step"),
            Axis::logarithmic("part along the first eigenvector"),
        );
        for (name, parts, role) in [
            ("published algorithm, 32 bits", &self.single, Role::SinglePrecision),
            ("published algorithm, 64 bits", &self.double, Role::DoublePrecision),
            ("reorthogonalised", &self.reorthogonalised, Role::Corrected),
        ] {
            let (steps, sizes): (Vec<f64>, Vec<f64>) = parts
                .iter()
                .enumerate()
                .filter(|(_, size)| **size > 0.0)
                .map(|(index, size)| ((index + 1) as f64, *size))
                .unzip();
            panel = panel.series(Series::line_with_markers(name, &steps, &sizes).role(role));
        }
        let (from, lowest) = self.first_low();
        let growth = |index: usize| lowest * forecast.growth.powi((index - from) as i32);
        let (steps, sizes): (Vec<f64>, Vec<f64>) = (from..self.double.len())
            .map(|index| ((index + 1) as f64, growth(index)))
            .take_while(|(_, size)| *size < 10.0)
            .unzip();
        panel = panel.series(Series::line("forecast: times ρ each step", &steps, &sizes));
        let finding = format!(
            "The part along the first eigenvector falls to rounding and grows back by a factor of {:.0} \
             each step, unless the vectors are kept orthogonal.",
            forecast.growth
        );
        Figure::builder("What becomes of the part along an eigenvector that was found?", &finding)
            .source("§17, Figure 7")
            .panel(panel)
            .build()
    }

    /// The lowest point before the part first grows back, in 64 bits.
    fn first_low(&self) -> (usize, f64) {
        let found = self.double.iter().enumerate();
        let rising =
            self.double.windows(2).position(|pair| pair[0] < 1e-8 && pair[1] > 1e3 * pair[0]);
        let until = rising.map_or(self.double.len(), |place| place + 1);
        let positive = found.take(until).filter(|(_, size)| **size > 0.0);
        let lowest = positive.min_by(|(_, one), (_, other)| one.total_cmp(other));
        lowest.map_or((0, f64::EPSILON), |(index, size)| (index, *size))
    }
}
