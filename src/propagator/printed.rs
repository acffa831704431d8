//! The Green function as the appendix prints it.

use super::{FieldOperator, LinePropagator};
use crate::Result;

/// What A.6 prints as the Green function of $-2\lambda\\,\partial^2 + 1/y_0^2$.
///
/// $$ \text{as printed:}\quad \frac{y_0}{\sqrt{2\lambda}}\\,e^{-|x|/\xi}, \qquad
///    \text{correct:}\quad \frac{y_0}{2\sqrt{2\lambda}}\\,e^{-|x|/\xi} $$
///
/// The printed function is right for half of that operator, the one of §4. Two tests tell them apart:
/// its area is twice what the mass term asks for, and the jump of its slope twice what the delta function
/// asks for.
///
/// ```
/// use itakura_saito::propagator::AppendixFormula;
///
/// let printed = AppendixFormula::new(0.5, 2.0)?;
/// assert!((printed.at(0.0)? - 2.0).abs() < 1e-14);
/// assert!((printed.source_strength() - 2.0).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AppendixFormula {
    /// The function that is printed.
    printed: LinePropagator,
    /// The Green function of the operator that is printed beside it.
    correct: LinePropagator,
}

impl AppendixFormula {
    /// For a field around the constant target $y_0$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if λ or the target is not positive, or if a derived
    /// quantity leaves the range of 64 bits.
    pub fn new(lambda: f64, target: f64) -> Result<Self> {
        Ok(Self {
            printed: LinePropagator::new(FieldOperator::HalfHessian, lambda, target)?,
            correct: LinePropagator::new(FieldOperator::Hessian, lambda, target)?,
        })
    }

    /// The printed function.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    pub fn at(&self, x: f64) -> Result<f64> {
        self.printed.at(x)
    }

    /// The area under it, by quadrature; the operator beside it asks for $y_0^2$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::AppendixFormula;
    ///
    /// // Twice the y₀² = 9 that the mass term asks for.
    /// assert!((AppendixFormula::new(0.5, 3.0)?.area() - 18.0).abs() < 1e-11);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn area(&self) -> f64 {
        self.printed.area()
    }

    /// How many delta functions the operator beside it makes of it: minus the stiffness times the jump of
    /// the slope at the origin. It should be 1.
    pub fn source_strength(&self) -> f64 {
        let jump = -2.0 * self.printed.at_zero() / self.printed.correlation_length();
        -self.correct.stiffness() * jump
    }

    /// The Green function of the operator.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::AppendixFormula;
    ///
    /// let formula = AppendixFormula::new(0.5, 3.0)?;
    /// assert!((formula.corrected().at(1.0)? - 0.5 * formula.at(1.0)?).abs() < 1e-15);
    /// assert!((formula.corrected().area() - 9.0).abs() < 1e-11);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn corrected(&self) -> LinePropagator {
        self.correct
    }
}
