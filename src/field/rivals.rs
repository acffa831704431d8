//! Two minima of one action.

use super::{Action, Minimum, shown};
use crate::divergence::PositiveArray;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::{Error, Result};

/// The minima that are reached from two starts, which may be two different ones.
///
/// Theorem A.1 and B.1 say that a minimum exists, and B.2 adds "local uniqueness". Where the target varies
/// by more than a factor of two, there can be several: see [`Action::is_convex_between_bounds`].
#[derive(Debug, Clone, PartialEq)]
pub struct RivalMinima {
    action: Action,
    /// The minimum that is reached from the target itself.
    pub near: Minimum,
    /// The minimum that is reached from a constant, the largest target.
    pub far: Minimum,
}

/// The elasticity at which two minima have the same action.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// The elasticity.
    pub elasticity: f64,
    /// The action that both have there.
    pub action: f64,
    /// The difference of the two actions that is left.
    pub residual: f64,
}

/// The width of a bracket beyond which rounding of the action decides.
const NARROW: f64 = 1e-14;

/// Fields that differ by less in every point, relative to their size, are one.
const SAME: f64 = 1e-8;

/// Newton's method with a bracket takes fewer than ten steps.
const MOST_STEPS: usize = 100;

impl RivalMinima {
    /// Solves from both starts.
    ///
    /// # Errors
    ///
    /// As [`Action::minimise`].
    pub fn of(action: &Action) -> Result<Self> {
        let start =
            PositiveArray::constant(action.target().shape(), action.target().maximum().get())?;
        let (near, far) = (action.minimise()?, action.minimise_from(&start)?);
        Ok(Self { action: action.clone(), near, far })
    }

    /// Whether both starts lead to one and the same minimum, up to what Newton's last step leaves.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::{Action, RivalMinima};
    ///
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 1.5, 2.0])?, 0.1)?;
    /// assert!(action.is_convex_between_bounds());
    /// assert!(RivalMinima::of(&action)?.is_one());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn is_one(&self) -> bool {
        let pairs = self.near.field.as_slice().iter().zip(self.far.field.as_slice());
        pairs.map(|(near, far)| (near - far).abs() / near).all(|distance| distance < SAME)
    }

    /// By how much the action of the near minimum is larger.
    pub fn difference(&self) -> f64 {
        self.near.action - self.far.action
    }

    /// The derivative of the difference in the elasticity.
    fn slope(&self) -> Result<f64> {
        Ok(self.action.roughness(&self.near.field)? - self.action.roughness(&self.far.field)?)
    }

    /// The elasticity between `low` and `high` at which the two minima have the same action.
    ///
    /// Newton's method on the difference, whose derivative is that of two squared gradients
    /// ([`Action::roughness`]); a step that leaves the bracket is replaced by its middle.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless the second elasticity is the larger one; [`Error::OneMinimum`] where both
    /// starts lead to the same minimum, so that the difference is all rounding; [`Error::SameSign`] if the
    /// same minimum is the lower one at both ends. As [`Action::minimise`] otherwise.
    pub fn exchange(action: &Action, low: f64, high: f64) -> Result<Exchange> {
        if low.is_nan() || high.is_nan() || low >= high {
            return Err(Error::OutOfRange {
                name: "the larger elasticity",
                value: high,
                lower: low,
                upper: f64::MAX,
                remedy: "give the smaller one first",
            });
        }
        let at = |elasticity: f64| -> Result<Self> {
            let rivals = Self::of(&action.clone().with_elasticity(elasticity)?)?;
            if rivals.is_one() { Err(Error::OneMinimum { elasticity }) } else { Ok(rivals) }
        };
        let (first, last) = (at(low)?.difference(), at(high)?.difference());
        if first.signum() == last.signum() {
            return Err(Error::SameSign {
                name: "the difference of the two actions",
                low,
                high,
                at_low: first,
                at_high: last,
                remedy: "choose two elasticities between which the lower minimum changes",
            });
        }
        let (mut low, mut high, mut elasticity) = (low, high, 0.5 * (low + high));
        for _ in 0..MOST_STEPS {
            let rivals = at(elasticity)?;
            let difference = rivals.difference();
            if difference.signum() == first.signum() {
                low = elasticity
            } else {
                high = elasticity
            }
            let newton = elasticity - difference / rivals.slope()?;
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            if (next - elasticity).abs() <= NARROW * elasticity {
                break;
            }
            elasticity = next;
        }
        let rivals = at(elasticity)?;
        let action = 0.5 * (rivals.near.action + rivals.far.action);
        Ok(Exchange { elasticity, action, residual: rivals.difference() })
    }

    /// Both minima beside the target.
    ///
    /// # Errors
    ///
    /// As [`FigureBuilder::build`](crate::figure::FigureBuilder::build).
    pub fn figure(&self) -> Result<Figure> {
        let points = self.action.grid().points();
        let (near, far) = (&self.near, &self.far);
        let (softest_near, softest_far) =
            (near.certificate.smallest_eigenvalue, far.certificate.smallest_eigenvalue);
        let (title, finding) = if self.is_one() {
            let finding = format!(
                "From the target and from a constant Newton ends at the same minimum, at S = {:.4}, with \
                 the smallest Hessian eigenvalue {softest_near:.2}.",
                near.action
            );
            ("Both starts find the same minimum", finding)
        } else {
            let finding = format!(
                "From the target Newton ends at S = {:.4}, from a constant at S = {:.4}; both are strict \
                 minima, with smallest Hessian eigenvalues {softest_near:.2} and {softest_far:.2}.",
                near.action, far.action
            );
            ("One action, two minima", finding)
        };
        let panel = Panel::new(Axis::linear("position x"), Axis::logarithmic("field"))
            .series(shown(self.action.grid(), self.action.target()))
            .series(Series::line("started at the target", &points, near.field.as_slice()))
            .series(Series::line("started at a constant", &points, far.field.as_slice()));
        Figure::builder(title, &finding).source("§A.4, B.2").panel(panel).build()
    }
}
