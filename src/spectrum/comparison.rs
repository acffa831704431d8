//! The operator of appendix B under the Itakura-Saito loss and under squared error.

use std::f64::consts::PI;
use std::fmt;

use super::{Spectrum, laplacian};
use crate::Result;
use crate::divergence::{Divergence, PositiveArray};
use crate::field::Action;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// The targets behind Figures 8 to 10: $y = 5/4 + 3/4 \sin 4\pi t$ with $t$ from 0 to 1 *inclusive*.
///
/// The grid of the operator has only inner points, $x_i = (i + 1)/(N + 1)$. The two do not quite fit, and the
/// figures were made so; the difference is of order $1/N$.
///
/// # Errors
///
/// [`Error::TooFew`](crate::Error::TooFew) for fewer than two points.
///
/// # Examples
///
/// ```
/// use itakura_saito::spectrum::appendix_target;
///
/// // From 1/2 to 2: the masses 1/y² differ by a factor of 16.
/// let target = appendix_target(9)?;
/// assert!((target.maximum().get() - 2.0).abs() < 1e-15);
/// assert!((target.minimum().get() - 0.5).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn appendix_target(nodes: usize) -> Result<PositiveArray> {
    if nodes < 2 {
        return Err(crate::Error::TooFew {
            name: "the number of targets",
            count: nodes,
            minimum: 2,
            remedy: "the paper uses 300",
        });
    }
    let position = |index: usize| index as f64 / (nodes - 1) as f64;
    let target = |index: usize| 1.25 + 0.75 * (4.0 * PI * position(index)).sin();
    PositiveArray::from_vec((0..nodes).map(target).collect())
}

/// The spectra of $-2\lambda\\,\mathrm{d}^2/\mathrm{d}x^2 + 1/y^2$ and of $-2\lambda\\,\mathrm{d}^2/\mathrm{d}x^2 + 1$
/// with the field fixed at both ends of $[0, 1]$.
///
/// The first is the paper's $L$, (16); the second what squared error, $(f - y)^2/2$, gives in its place.
///
/// # Examples
///
/// ```
/// use itakura_saito::spectrum::{LossComparison, appendix_target};
///
/// let comparison = LossComparison::new(appendix_target(40)?, 0.01)?;
/// // The trace fixes the mean of the differences, Weyl's inequality the largest of them.
/// let mean = comparison.itakura_saito.mean() - comparison.squared_error.mean();
/// assert!((mean - comparison.mean_shift).abs() < 1e-10);
/// assert!(comparison.largest_shift() <= comparison.largest_possible_shift);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LossComparison {
    /// The elasticity $\lambda$.
    pub elasticity: f64,
    /// The spectrum under the Itakura-Saito loss.
    pub itakura_saito: Spectrum,
    /// The spectrum under squared error.
    pub squared_error: Spectrum,
    /// $\max_i |1/y_i^2 - 1|$: no eigenvalue of one differs by more from that of the other (Weyl).
    pub largest_possible_shift: f64,
    /// The mean of $1/y^2 - 1$: what the eigenvalues differ by on average, exactly.
    pub mean_shift: f64,
}

impl LossComparison {
    /// On as many inner points as there are targets.
    ///
    /// # Errors
    ///
    /// Those of [`Action::dirichlet`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::spectrum::LossComparison;
    ///
    /// // Where every target is one, the two losses have the same curvature.
    /// let comparison = LossComparison::new(PositiveArray::constant(&[10], 1.0)?, 0.01)?;
    /// assert_eq!(comparison.largest_shift(), 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(target: PositiveArray, elasticity: f64) -> Result<Self> {
        let excess: Vec<f64> = target.iter().map(|y| y.get().powi(-2) - 1.0).collect();
        // The value at the ends drops out of the linearised operator.
        let action = Action::dirichlet(target, elasticity, 1.0)?;
        let itakura_saito = Spectrum::of(&action.linearised()?);
        let squares = action.with_divergence(Divergence::SQUARED_ERROR);
        Ok(Self {
            elasticity,
            itakura_saito,
            squared_error: Spectrum::of(&squares.linearised()?),
            largest_possible_shift: excess
                .iter()
                .fold(0.0, |largest, shift| shift.abs().max(largest)),
            mean_shift: excess.iter().sum::<f64>() / excess.len() as f64,
        })
    }

    /// $\lambda_k(\mathrm{IS}) - \lambda_k(\mathrm{squares})$ for every rank $k$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::spectrum::LossComparison;
    ///
    /// // A constant target of one half adds 1/y² - 1 = 3 to every eigenvalue.
    /// let comparison = LossComparison::new(PositiveArray::constant(&[10], 0.5)?, 0.01)?;
    /// assert!(comparison.shifts().iter().all(|shift| (shift - 3.0).abs() < 1e-12));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn shifts(&self) -> Vec<f64> {
        self.itakura_saito.excess_over(&self.squared_error).expect("two spectra of the same size")
    }

    /// The largest of the differences in size.
    pub fn largest_shift(&self) -> f64 {
        self.shifts().iter().fold(0.0, |largest, shift| shift.abs().max(largest))
    }

    /// The lowest `count` eigenvalues of both, and their difference over all ranks.
    ///
    /// What Figure 9 cannot show: its bins are as wide as a hundred times the difference.
    ///
    /// # Errors
    ///
    /// [`Error::FigureEmpty`](crate::Error::FigureEmpty) for a count of zero.
    pub fn figure(&self, count: usize) -> Result<Figure> {
        let shifts = self.shifts();
        let ranks: Vec<f64> = (1..=shifts.len()).map(|rank| rank as f64).collect();
        let count = count.min(ranks.len());
        let lowest = |spectrum: &Spectrum| spectrum.eigenvalues()[..count].to_vec();
        let finding = format!(
            "At λ = {} the eigenvalues of the two losses differ by at most {:.2}, and by {:.3} on average, \
             while they extend to {:.0}.",
            self.elasticity,
            self.largest_shift(),
            self.mean_shift,
            self.itakura_saito.largest()
        );
        let low = Panel::new(Axis::linear("rank k"), Axis::logarithmic("eigenvalue"))
            .title("the lowest")
            .series(
                Series::markers("Itakura-Saito", &ranks[..count], &lowest(&self.itakura_saito))
                    .role(Role::ItakuraSaito),
            )
            .series(
                Series::line_with_markers(
                    "squared error",
                    &ranks[..count],
                    &lowest(&self.squared_error),
                )
                .role(Role::SquaredError),
            );
        let difference =
            Panel::new(Axis::linear("rank k"), Axis::linear("difference of eigenvalues"))
                .title("Itakura-Saito minus squared error")
                .series(Series::markers("difference", &ranks, &shifts))
                .horizontal(self.mean_shift, "mean of 1/y² − 1");
        Figure::builder("The loss shows at the two ends, and is a constant in between", &finding)
            .source("B.5, in place of Figure 9")
            .panel(low)
            .panel(difference)
            .columns(2)
            .build()
    }

    /// The spectrum of the elastic part alone.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::{LossComparison, appendix_target};
    ///
    /// // Squared error adds one to each eigenvalue of the elastic part.
    /// let comparison = LossComparison::new(appendix_target(10)?, 0.01)?;
    /// let masses = comparison.squared_error.excess_over(&comparison.elastic_part()?)?;
    /// assert!(masses.iter().all(|mass| (mass - 1.0).abs() < 1e-12));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn elastic_part(&self) -> Result<Spectrum> {
        let grid = crate::grid::Grid::finite_difference(self.itakura_saito.eigenvalues().len())?;
        let scaled = laplacian(&grid);
        Spectrum::new(
            scaled.eigenvalues().iter().map(|value| 2.0 * self.elasticity * value).collect(),
        )
    }
}

/// The condition numbers of the two.
impl fmt::Display for LossComparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |spectrum: &Spectrum| spectrum.largest() / spectrum.smallest();
        write!(
            formatter,
            "λ = {}: condition number {:.2} under Itakura-Saito, {:.2} under squared error",
            self.elasticity,
            ratio(&self.itakura_saito),
            ratio(&self.squared_error)
        )
    }
}
