//! How far an observed number may lie from its reference: the defaults, in one place, each with its
//! reason.

use std::fmt;

use super::number;

/// How far an observed number may lie from its reference, and why.
///
/// # Examples
///
/// ```
/// use itakura_saito::claims::Tolerance;
///
/// assert_eq!(Tolerance::CLOSED_FORM.around(-2.0), 2e-10);
/// assert_eq!(Tolerance::last_digit(0.01).around(82.56), 0.005);
/// assert_eq!(Tolerance::STRUCTURAL_ZERO.around(0.0), 0.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    bound: Bound,
    reason: &'static str,
}

/// The largest difference, by itself or in units of the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    Absolute(f64),
    Relative(f64),
}

impl Tolerance {
    /// Closed forms and convergent quadratures: relative 1e-10.
    pub const CLOSED_FORM: Self =
        Self::relative(1e-10, "a closed form in f64 keeps more than the ten digits of a reference");
    /// Eigenvalues of symmetric matrices: relative 1e-9.
    pub const EIGENVALUE: Self =
        Self::relative(1e-9, "a symmetric eigenvalue is exact up to rounding of the matrix norm");
    /// Solutions of nonlinear equations: relative 1e-8.
    pub const NONLINEAR_SOLVE: Self =
        Self::relative(1e-8, "the rounding of the residual is divided by the smallest eigenvalue");
    /// Zeros that follow from which entries exist, counts and truth values: no difference at all.
    pub const STRUCTURAL_ZERO: Self =
        Self::absolute(0.0, "a structural zero or a count is exact, or it is wrong");

    /// A tolerance in the unit of the number, with the reason for it.
    pub const fn absolute(size: f64, reason: &'static str) -> Self {
        Self { bound: Bound::Absolute(size), reason }
    }

    /// A tolerance in units of the reference, with the reason for it.
    pub const fn relative(size: f64, reason: &'static str) -> Self {
        Self { bound: Bound::Relative(size), reason }
    }

    /// Half a unit of the last printed digit, for a reference that is printed with few: the last digit
    /// of 82.56 stands for 0.01.
    pub const fn last_digit(unit: f64) -> Self {
        Self::absolute(0.5 * unit, "half a unit of the last printed digit of the reference")
    }

    /// Three standard errors of a Monte Carlo estimate.
    pub const fn three_standard_errors(standard_error: f64) -> Self {
        Self::absolute(
            3.0 * standard_error,
            "three standard errors of the Monte Carlo estimate: one fresh seed in 370 exceeds them",
        )
    }

    /// The largest difference that is allowed around a reference.
    pub fn around(self, expected: f64) -> f64 {
        match self.bound {
            Bound::Absolute(size) => size,
            Bound::Relative(size) => size * expected.abs(),
        }
    }

    /// Why it is as large as it is.
    pub fn reason(self) -> &'static str {
        self.reason
    }
}

/// In words, with two digits: `1e-10 relative`, `0.005`, `exact`.
impl fmt::Display for Tolerance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bound {
            Bound::Absolute(0.0) => formatter.write_str("exact"),
            Bound::Absolute(size) => formatter.write_str(&number::to_digits(size, 2)),
            Bound::Relative(size) => write!(formatter, "{} relative", number::to_digits(size, 2)),
        }
    }
}
