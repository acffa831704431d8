//! A minimum of the action with its certificate.

use super::Action;
use super::certificate::{Certificate, Progress};
use super::chain::Enclosure;
use crate::Result;
use crate::divergence::PositiveArray;
use crate::figure::Figure;

/// A field at which the action is stationary, with what shows that it is a minimum.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::field::Action;
///
/// // The sum over a free chain of V'(f) vanishes: no flux leaves through the ends.
/// let target = PositiveArray::of(&[1.0, 2.0, 3.0])?;
/// let field = Action::neumann(target.clone(), 0.1)?.minimise()?.field;
/// let pairs = field.as_slice().iter().zip(target.as_slice());
/// assert!(pairs.map(|(f, y)| (f - y) / f / f).sum::<f64>().abs() < 1e-10);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The field $f^*$ at the points of the grid.
    pub field: PositiveArray,
    /// The action of that field.
    pub action: f64,
    /// What shows that it is a minimum.
    pub certificate: Certificate,
}

impl Minimum {
    pub(super) fn new(
        action: f64,
        field: PositiveArray,
        progress: Progress,
        lowest: Enclosure,
    ) -> Self {
        let certificate = Certificate {
            iterations: progress.iterations,
            step: progress.step,
            gradient: progress.gradient,
            rounding_floor: progress.rounding_floor,
            smallest_eigenvalue: lowest.value,
            eigenvalue_error: lowest.error,
        };
        Self { field, action, certificate }
    }

    /// The minimum of an action beside its target, with its certificate in words.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`](crate::Error::ShapeMismatch) if it is the minimum of another action, with
    /// another number of points.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::field::{Action, sample};
    /// use itakura_saito::grid::Grid;
    ///
    /// let target = sample(&Grid::finite_volume(40)?, &|x| 1.0 + x)?;
    /// let action = Action::neumann(target, 0.1)?;
    /// let figure = action.minimise()?.figure(&action)?;
    /// assert!(figure.to_text().contains("The least action"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn figure(&self, action: &Action) -> Result<Figure> {
        action.target().check_shape(&self.field)?;
        let Certificate { gradient, rounding_floor, smallest_eigenvalue, .. } = &self.certificate;
        let finding = format!(
            "The least action is {:.4}: there the gradient is {gradient:.0e}, which rounding alone could make \
             {rounding_floor:.0e}, and the smallest eigenvalue of the Hessian is {smallest_eigenvalue:.4}.",
            self.action,
        );
        let title = format!("The field of the least action at λ = {}", action.elasticity());
        Figure::builder(&title, &finding).source("§2, A.2").panel(action.panel(&self.field)).build()
    }
}
