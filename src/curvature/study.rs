//! How copies appear while the number of steps grows.

use super::forecast::CopyForecast;
use super::ghosts::COPY;
use super::krylov::check_steps;
use super::lanczos::Lanczos;
use super::ritz::copies;
use super::{Precision, PublishedRun};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series, Slider};
use crate::operator::{Operator, SymmetricTridiagonal};

/// The Ritz values after each of several numbers of steps, by the published algorithm in both
/// precisions and with reorthogonalisation.
///
/// One run of each is enough: the first $j$ rows of $T_k$ are $T_j$.
///
/// ```
/// use itakura_saito::curvature::{CopyStudy, Diagonal};
///
/// let known = Diagonal::isolated_top(1)?;
/// let study: CopyStudy = CopyStudy::run(&known, &[1.0; 200], &[20, 40, 60])?;
/// assert_eq!(study.copies_in_double(), [2, 4, 6]);
/// assert_eq!(study.copies_reorthogonalised(), [1, 1, 1]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CopyStudy {
    steps: Vec<usize>,
    single: Vec<Vec<f64>>,
    double: Vec<Vec<f64>>,
    reorthogonalised: Vec<Vec<f64>>,
}

impl CopyStudy {
    /// After each of these numbers of steps, in increasing order, from one start vector.
    ///
    /// # Errors
    ///
    /// As [`PublishedRun::run`] and [`Lanczos::run`].
    pub fn run(operator: &dyn Operator, start: &[f64], steps: &[usize]) -> Result<Self> {
        let most = steps.iter().copied().max().unwrap_or(0);
        steps.iter().try_for_each(|&count| check_steps(count, operator.dim()))?;
        check_steps(most, operator.dim())?;
        let single = PublishedRun::run(operator, start, most, Precision::Single)?;
        let double = PublishedRun::run(operator, start, most, Precision::Double)?;
        let reorthogonalised = Lanczos::run(operator, start, most)?;
        let after = |tridiagonal: &SymmetricTridiagonal| -> Result<Vec<Vec<f64>>> {
            steps.iter().map(|&count| leading_values(tridiagonal, count)).collect()
        };
        Ok(Self {
            steps: steps.to_vec(),
            single: after(single.tridiagonal())?,
            double: after(double.tridiagonal())?,
            reorthogonalised: after(reorthogonalised.tridiagonal())?,
        })
    }

    /// The numbers of steps.
    pub fn steps(&self) -> &[usize] {
        &self.steps
    }

    /// Copies of the largest eigenvalue by the published algorithm in 32 bits.
    pub fn copies_in_single(&self) -> Vec<usize> {
        self.counts(&self.single)
    }

    /// Copies of the largest eigenvalue by the published algorithm in 64 bits.
    pub fn copies_in_double(&self) -> Vec<usize> {
        self.counts(&self.double)
    }

    /// Copies of the largest eigenvalue with reorthogonalisation.
    pub fn copies_reorthogonalised(&self) -> Vec<usize> {
        self.counts(&self.reorthogonalised)
    }

    /// The largest of all values: of the longest reorthogonalised run, which is never above the
    /// spectrum.
    fn top(&self) -> f64 {
        let firsts = self.reorthogonalised.iter().filter_map(|values| values.first());
        firsts.fold(f64::NEG_INFINITY, |top, value| top.max(*value))
    }

    fn counts(&self, lists: &[Vec<f64>]) -> Vec<usize> {
        let top = self.top();
        lists.iter().map(|values| copies(values, top, COPY * top.abs())).collect()
    }

    /// The Ritz values over their rank, with a slider over the number of steps.
    ///
    /// # Errors
    ///
    /// If there are more than forty numbers of steps.
    pub fn figure(&self) -> Result<Figure> {
        let lists = || self.single.iter().chain(&self.double).chain(&self.reorthogonalised);
        let values = || lists().flatten().copied();
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let margin = 0.08 * (high - low);
        let most = self.steps.iter().copied().max().unwrap_or(1);
        let mut slider = Slider::new("steps").start_at(self.steps.len() - 1);
        for (place, steps) in self.steps.iter().enumerate() {
            let mut panel = Panel::new(
                Axis::linear("rank of the Ritz value").range(0.0, most as f64 + 1.0),
                Axis::linear("Ritz value").range(low - margin, high + margin),
            );
            for (name, list, role) in [
                ("published algorithm, 32 bits", &self.single[place], Role::SinglePrecision),
                ("published algorithm, 64 bits", &self.double[place], Role::DoublePrecision),
                ("reorthogonalised", &self.reorthogonalised[place], Role::Corrected),
            ] {
                let ranks: Vec<f64> = (1..=list.len()).map(|rank| rank as f64).collect();
                panel = panel.series(Series::line_with_markers(name, &ranks, list).role(role));
            }
            slider = slider.frame(&steps.to_string(), vec![panel]);
        }
        let finding = format!(
            "After {} steps the largest eigenvalue stands {} times in the list of the published algorithm \
             in 32 bits, {} times in 64 bits, and once with reorthogonalisation.",
            self.steps[self.steps.len() - 1],
            last(self.copies_in_single()),
            last(self.copies_in_double()),
        );
        Figure::builder("How often is an eigenvalue shown that the matrix has once?", &finding)
            .source("§17, Figure 7")
            .slider(slider)
            .build()
    }

    /// The number of copies over the number of steps, beside a forecast for each precision.
    ///
    /// # Errors
    ///
    /// Only if a number of the forecasts is not finite.
    pub fn count_figure(&self, single: CopyForecast, double: CopyForecast) -> Result<Figure> {
        let numbers =
            |counts: &[usize]| -> Vec<f64> { counts.iter().map(|&count| count as f64).collect() };
        let steps = numbers(&self.steps);
        let forecast = |one: CopyForecast| -> Vec<f64> {
            steps.iter().map(|count| count / one.steps_per_copy).collect()
        };
        let panel = Panel::new(
            Axis::linear("Lanczos steps"),
            Axis::linear("copies of the largest eigenvalue"),
        )
        .series(
            Series::markers("32 bits", &steps, &numbers(&self.copies_in_single()))
                .role(Role::SinglePrecision),
        )
        .series(
            Series::line("forecast, 32 bits", &steps, &forecast(single))
                .role(Role::SinglePrecision),
        )
        .series(
            Series::markers("64 bits", &steps, &numbers(&self.copies_in_double()))
                .role(Role::DoublePrecision),
        )
        .series(
            Series::line("forecast, 64 bits", &steps, &forecast(double))
                .role(Role::DoublePrecision),
        )
        .series(
            Series::line_with_markers(
                "reorthogonalised",
                &steps,
                &numbers(&self.copies_reorthogonalised()),
            )
            .role(Role::Corrected),
        );
        let most = self.steps[self.steps.len() - 1];
        let finding = format!(
            "After {most} steps there are {} copies in 64 bits, where the forecast is one every {:.1} steps, \
             and {} in 32 bits, where it is one every {:.1}; with reorthogonalisation there is one.",
            last(self.copies_in_double()),
            double.steps_per_copy,
            last(self.copies_in_single()),
            single.steps_per_copy,
        );
        Figure::builder("Copies come at the pace that rounding and the gap dictate", &finding)
            .source("§17, Figure 7")
            .panel(panel)
            .build()
    }
}

/// The count after the last of the numbers of steps.
fn last(counts: Vec<usize>) -> usize {
    counts[counts.len() - 1]
}

/// The eigenvalues of the first rows and columns, or of all if there are fewer; the largest first.
fn leading_values(tridiagonal: &SymmetricTridiagonal, count: usize) -> Result<Vec<f64>> {
    let count = count.min(tridiagonal.diagonal().len());
    let leading = SymmetricTridiagonal::new(
        tridiagonal.diagonal()[..count].to_vec(),
        tridiagonal.off_diagonal()[..count - 1].to_vec(),
    )?;
    Ok(leading.eigenvalues().into_iter().rev().collect())
}
