//! What the existence proof and the weak form say, as numbers.

use super::Action;
use super::action::in_range;
use crate::divergence::{Positive, PositiveArray};
use crate::{Error, Result};

impl Action {
    /// The left side of the weak form for one test function.
    ///
    /// $$ \int 2\lambda\\,f' v'\\,\mathrm{d}x + \int \Bigl(\frac1f - \frac y{f^2}\Bigr) v\\,\mathrm{d}x $$
    ///
    /// Equation (10), summed over faces and cells, so that no second derivative is formed. With fixed
    /// ends the test function is zero there.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target, [`Error::Lengths`] if the
    /// test function has not; [`Error::NotFiniteAt`] for a value of the test function, [`Error::NotFinite`] if
    /// the sum overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // At a minimum it vanishes for every test function.
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 2.0, 3.0])?, 0.1)?;
    /// let field = action.minimise()?.field;
    /// assert!(action.weak_residual(&field, &[0.3, -1.0, 2.0])?.abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn weak_residual(&self, field: &PositiveArray, variation: &[f64]) -> Result<f64> {
        let slopes = self.divergence().gradient(self.target(), field)?;
        if variation.len() != field.len() {
            return Err(Error::Lengths {
                name: "the test function",
                expected: field.len(),
                found: variation.len(),
                remedy: "give one value for each point of the grid",
            });
        }
        if let Some(index) = variation.iter().position(|value| !value.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the test function at ",
                index: vec![index],
                value: variation[index],
                remedy: "give numbers",
            });
        }
        let values = field.as_slice();
        let (spacing, last) = (self.grid().spacing(), values.len() - 1);
        let faces: f64 = values
            .windows(2)
            .zip(variation.windows(2))
            .map(|(f, v)| (f[1] - f[0]) * (v[1] - v[0]))
            .sum();
        let walls = self.boundary_value().map_or(0.0, |wall| {
            (values[0] - wall.get()) * variation[0] + (values[last] - wall.get()) * variation[last]
        });
        let cells: f64 = slopes.iter().zip(variation).map(|(slope, v)| slope * v).sum();
        let residual = 2.0 * self.elasticity() * (faces + walls) / spacing + spacing * cells;
        in_range("the left side of the weak form", residual)
    }

    /// Between which values every minimum lies: the extremes of the target, and of the boundary value.
    ///
    /// $$ \min(m, f_b) \le f^* \le \max(M, f_b) $$
    ///
    /// Not in the paper, and what makes its existence proof (theorems A.1 and B.1) complete: see
    /// [`Action::truncated`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// let action = Action::dirichlet(PositiveArray::of(&[1.0, 2.0, 3.0])?, 0.1, 5.0)?;
    /// let (low, high) = action.bounds();
    /// assert_eq!((low.get(), high.get()), (1.0, 5.0));
    /// assert!(action.minimise()?.field.iter().all(|value| low < value && value < high));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bounds(&self) -> (Positive, Positive) {
        let (low, high) = (self.target().minimum(), self.target().maximum());
        match self.boundary_value() {
            Some(wall) => (low.min(wall), high.max(wall)),
            None => (low, high),
        }
    }

    /// A field cut off at [`Action::bounds`], which never raises the action.
    ///
    /// Cutting off takes no slope up, and moves the field towards the target wherever it moves it.
    /// So a minimum may be looked for between the bounds, where the divergence is bounded and continuous;
    /// without them its growth is that of a logarithm only.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 2.0, 3.0])?, 0.1)?;
    /// let wild = PositiveArray::of(&[0.2, 2.0, 9.0])?;
    /// assert_eq!(action.truncated(&wild)?.as_slice(), [1.0, 2.0, 3.0]);
    /// assert!(action.value(&action.truncated(&wild)?)? < action.value(&wild)?);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn truncated(&self, field: &PositiveArray) -> Result<PositiveArray> {
        self.target().check_shape(field)?;
        let (low, high) = self.bounds();
        PositiveArray::from_vec(field.iter().map(|value| value.clamp(low, high).get()).collect())
    }

    /// Whether the divergence is convex everywhere between [`Action::bounds`], so that there is one
    /// minimum and no other.
    ///
    /// For Itakura-Saito: if the largest value is at most twice the smallest target, $M \le 2m$.
    /// Appendix B.2 speaks of strong convexity near $y$, and names no condition.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// let varies_by = |ratio: f64| Action::neumann(PositiveArray::of(&[1.0, ratio])?, 0.1);
    /// assert!(varies_by(2.0)?.is_convex_between_bounds());
    /// assert!(!varies_by(2.1)?.is_convex_between_bounds());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn is_convex_between_bounds(&self) -> bool {
        let (low, high) = self.bounds();
        let (first, last) = self.divergence().convex_range(self.target().minimum());
        first <= low.get() && high.get() <= last
    }
}
