//! Three ways to write one quadratic form, which the paper uses in turn.

use crate::Result;
use crate::divergence::Positive;

/// The operator of the linearised field, in three normalisations.
///
/// The action $\int \lambda\\,\varepsilon'^2 + \varepsilon^2/(2y_0^2)$ of §3 can be read as
/// $\tfrac12\langle\varepsilon, L\varepsilon\rangle$, as $\langle\varepsilon, \tfrac12 L\\,\varepsilon\rangle$,
/// or up to a factor as $\langle\varepsilon, (-\partial^2 + m^2)\\,\varepsilon\rangle$:
///
/// | | operator | mass term | $G(0)$ | $\int G$ |
/// |---|---|---|---|---|
/// | Hessian | $L = -2\lambda\\,\partial^2 + 1/y_0^2$ | $1/y_0^2$ | $y_0/(2\sqrt{2\lambda})$ | $y_0^2$ |
/// | half Hessian | $L/2$ | $1/(2y_0^2)$ | $y_0/\sqrt{2\lambda}$ | $2y_0^2$ |
/// | canonical | $L/(2\lambda)$ | $1/(2\lambda y_0^2)$ | $\xi/2$ | $\xi^2$ |
///
/// §4 uses the half Hessian, A.5 and A.6 the operator of the first row with the mass term of the second,
/// and §2, §4 and §6 also write $-\Delta + m^2$.
///
/// ```
/// use itakura_saito::propagator::FieldOperator;
///
/// let (lambda, target) = (0.5, 2.0);
/// assert_eq!(FieldOperator::Hessian.mass_term(lambda, target)?, 0.25);
/// assert_eq!(FieldOperator::HalfHessian.mass_term(lambda, target)?, 0.125);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldOperator {
    /// $L$, the second variation of the action: its inverse is the covariance of $e^{-S}$.
    Hessian,
    /// $L/2$, the quadratic form as §3 displays it.
    HalfHessian,
    /// $L/(2\lambda)$, the form of field theory, in which the squared mass is $1/\xi^2$.
    Canonical,
}

impl FieldOperator {
    /// All three, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Hessian, Self::HalfHessian, Self::Canonical];

    /// The name of the normalisation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hessian => "Hessian",
            Self::HalfHessian => "half Hessian",
            Self::Canonical => "canonical",
        }
    }

    /// The operator in Unicode.
    pub fn operator(self) -> &'static str {
        match self {
            Self::Hessian => "−2λ∂² + 1/y₀²",
            Self::HalfHessian => "−λ∂² + 1/(2y₀²)",
            Self::Canonical => "−∂² + 1/(2λy₀²)",
        }
    }

    /// The factor in front of $-\partial^2$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if λ is not positive, or the stiffness leaves the
    /// range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::FieldOperator;
    ///
    /// // Half of the Hessian is half as stiff.
    /// let [whole, half] = [FieldOperator::Hessian, FieldOperator::HalfHessian];
    /// assert_eq!(whole.stiffness(0.5)?, 2.0 * half.stiffness(0.5)?);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn stiffness(self, lambda: f64) -> Result<f64> {
        let lambda = Positive::lambda(lambda)?.get();
        let value = match self {
            Self::Hessian => 2.0 * lambda,
            Self::HalfHessian => lambda,
            Self::Canonical => 1.0,
        };
        Ok(Positive::named("the stiffness", value, "choose a smaller λ")?.get())
    }

    /// The constant beside it.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if λ or the target is not positive, or the mass term
    /// leaves the range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::FieldOperator;
    ///
    /// // A common factor of the operator does not change the correlation length y₀√(2λ).
    /// let (lambda, target) = (0.5, 3.0);
    /// for operator in FieldOperator::ALL {
    ///     let squared = operator.stiffness(lambda)? / operator.mass_term(lambda, target)?;
    ///     assert!((squared - 9.0).abs() < 1e-14);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn mass_term(self, lambda: f64, target: f64) -> Result<f64> {
        let (lambda, target) = (Positive::lambda(lambda)?.get(), Positive::target(target)?.get());
        let curvature = 1.0 / target / target;
        let value = match self {
            Self::Hessian => curvature,
            Self::HalfHessian => 0.5 * curvature,
            Self::Canonical => 0.5 * curvature / lambda,
        };
        let remedy = "choose a target and a λ of moderate size";
        Ok(Positive::named("the mass term", value, remedy)?.get())
    }
}
