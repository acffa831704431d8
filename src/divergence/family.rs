//! All divergences of this module as one type, for a value, for an array, for a table.

use std::fmt;
use std::str::FromStr;

use ndarray::ArrayD;

use super::linked::Logarithmic;
use super::ratio::{forward, relative_deviation, reversed};
use super::{BetaDivergence, FDivergence, Positive, PositiveArray};
use crate::{Error, Result};

/// A divergence of a positive target from a positive prediction.
///
/// Every one is zero at $f = y$, positive elsewhere, decreasing in the prediction before $f = y$ and
/// increasing after it. Arrays are compared entry by entry: none of these divergences couples two
/// points, and none contains a gradient of the field (the abstract and section 2 suggest otherwise; the
/// elastic term of the action is added by hand).
///
/// Itakura-Saito and Kullback-Leibler are also the members $\beta = 0$ and $1$ of the beta family. Whichever
/// name one is given by, it is the same value, computed in the same way.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Divergence, PositiveArray};
///
/// let target = PositiveArray::from_vec(vec![1.0, 2.0, 3.0])?;
/// let prediction = PositiveArray::from_vec(vec![1.5, 2.0, 2.5])?;
/// let total = Divergence::ItakuraSaito.total(&target, &prediction)?;
/// assert!((total - 0.0898102179808764).abs() < 1e-15);
/// assert_eq!(Divergence::ItakuraSaito.gradient(&target, &prediction)?[1], 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Divergence {
    /// $V(y, f)$, [`itakura_saito`](fn@super::itakura_saito).
    ItakuraSaito,
    /// $R(y, f) = V(f, y)$, [`reversed_itakura_saito`](super::reversed_itakura_saito).
    ReversedItakuraSaito,
    /// A member of the beta family.
    Beta(BetaDivergence),
    /// An f-divergence.
    Weighted(FDivergence),
}

impl Divergence {
    /// Half the squared error, $\tfrac12(y - f)^2$.
    pub const SQUARED_ERROR: Self = Self::Beta(BetaDivergence::SQUARED_ERROR);
    /// The generalised Kullback-Leibler divergence, $y\ln(y/f) - y + f$.
    pub const KULLBACK_LEIBLER: Self = Self::Weighted(FDivergence::KullbackLeibler);

    /// The member of the beta family with this exponent.
    ///
    /// # Errors
    ///
    /// As [`BetaDivergence::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::Divergence;
    ///
    /// assert_eq!(Divergence::beta(0.0)?, Divergence::ItakuraSaito);
    /// assert_eq!(Divergence::beta(2.0)?, Divergence::SQUARED_ERROR);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn beta(exponent: f64) -> Result<Self> {
        Ok(Self::Beta(BetaDivergence::new(exponent)?).named())
    }

    /// The member of the beta family that has a name of its own, by that name.
    #[inline]
    fn named(self) -> Self {
        match self {
            Self::Beta(BetaDivergence::ITAKURA_SAITO) => Self::ItakuraSaito,
            Self::Beta(BetaDivergence::KULLBACK_LEIBLER) => Self::KULLBACK_LEIBLER,
            other => other,
        }
    }

    /// The divergence $d(y \\,\\|\\, f)$.
    #[inline]
    pub fn value(self, target: Positive, prediction: Positive) -> f64 {
        match self.named() {
            Self::ItakuraSaito => forward::value(target, prediction),
            Self::ReversedItakuraSaito => reversed::value(target, prediction),
            Self::Beta(divergence) => divergence.value(target, prediction),
            Self::Weighted(divergence) => divergence.value(target, prediction),
        }
    }

    /// The first derivative in the prediction, $\partial_f d(y \\,\\|\\, f)$.
    #[inline]
    pub fn derivative(self, target: Positive, prediction: Positive) -> f64 {
        match self.named() {
            Self::ItakuraSaito => forward::derivative(target, prediction),
            Self::ReversedItakuraSaito => reversed::derivative(target, prediction),
            Self::Beta(divergence) => divergence.derivative(target, prediction),
            Self::Weighted(divergence) => divergence.derivative(target, prediction),
        }
    }

    /// The second derivative in the prediction, $\partial_f^2 d(y \\,\\|\\, f)$.
    #[inline]
    pub fn second_derivative(self, target: Positive, prediction: Positive) -> f64 {
        match self.named() {
            Self::ItakuraSaito => forward::second_derivative(target, prediction),
            Self::ReversedItakuraSaito => reversed::second_derivative(prediction),
            Self::Beta(divergence) => divergence.second_derivative(target, prediction),
            Self::Weighted(divergence) => divergence.second_derivative(target, prediction),
        }
    }

    /// The derivatives in $\ln f$, without forming powers of $f$ that cancel.
    pub(super) fn logarithmic_derivatives(
        self,
        target: Positive,
        prediction: Positive,
    ) -> Logarithmic {
        let (y, f) = (target.get(), prediction.get());
        match self.named() {
            Self::ItakuraSaito => Logarithmic {
                first: -relative_deviation(target, prediction),
                curvature: 2.0 * ((y - 0.5 * f) / f),
                second: y / f,
            },
            Self::ReversedItakuraSaito => Logarithmic {
                first: relative_deviation(prediction, target),
                curvature: 1.0,
                second: f / y,
            },
            Self::Beta(divergence) => divergence.logarithmic_derivatives(target, prediction),
            Self::Weighted(divergence) => divergence.logarithmic_derivatives(target, prediction),
        }
    }

    /// The curvature at the optimum $f = y$, which is the weight of a small squared error.
    ///
    /// $$ d(y \\,\\|\\, y + \varepsilon) \simeq \tfrac12\\, c(y)\\, \varepsilon^2, \qquad c(y) \propto y^{p-2} $$
    ///
    /// with $p$ the [`degree`](Self::degree): $1/y^2$ for IS and its reverse, sections 3 and 5.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, Positive};
    ///
    /// // 1/y²: the squared relative error.
    /// assert_eq!(Divergence::ItakuraSaito.curvature(Positive::new(4.0)?), 0.0625);
    /// assert_eq!(Divergence::SQUARED_ERROR.curvature(Positive::new(4.0)?), 1.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn curvature(self, target: Positive) -> f64 {
        match self.named() {
            Self::ItakuraSaito | Self::ReversedItakuraSaito => reversed::second_derivative(target),
            Self::Beta(divergence) => divergence.curvature(target),
            Self::Weighted(divergence) => divergence.generator_curvature() / target.get(),
        }
    }

    /// The degree of homogeneity $p$: 0 for IS and its reverse, $\beta$, or 1.
    ///
    /// $$ d(cy \\,\\|\\, cf) = c^p\\, d(y \\,\\|\\, f) $$
    ///
    /// Only $p = 0$ is scale invariant. The action of section 2 then obeys
    /// $S_\lambda[cf; cy] = c^p S_{\lambda c^{2-p}}[f; y]$, and its mass vanishes for large targets if
    /// and only if $p < 2$: not a privilege of IS.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, PositiveArray};
    ///
    /// // In a unit that is a hundred times smaller the numbers are 100^(3/2) times as large.
    /// let (target, field) = (PositiveArray::of(&[2.0])?, PositiveArray::of(&[3.0])?);
    /// let divergence = Divergence::beta(1.5)?;
    /// let scaled = divergence.total(&target.scaled(100.0)?, &field.scaled(100.0)?)?;
    /// assert!((scaled / divergence.total(&target, &field)? - 1000.0).abs() < 1e-9);
    /// assert_eq!(divergence.degree(), 1.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn degree(self) -> f64 {
        match self {
            Self::ItakuraSaito | Self::ReversedItakuraSaito => 0.0,
            Self::Beta(divergence) => divergence.exponent(),
            Self::Weighted(_) => 1.0,
        }
    }

    /// Where the divergence is convex in the prediction, as the ends of an interval.
    ///
    /// $(0, 2y)$ for IS (appendix A.1 and A.7 say "locally" and give no range); see
    /// [`BetaDivergence::convex_range`] for the beta family; everywhere for the others.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, Positive};
    ///
    /// assert_eq!(Divergence::ItakuraSaito.convex_range(Positive::new(3.0)?), (0.0, 6.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn convex_range(self, target: Positive) -> (f64, f64) {
        match self {
            Self::ItakuraSaito => BetaDivergence::ITAKURA_SAITO.convex_range(target),
            Self::Beta(divergence) => divergence.convex_range(target),
            Self::ReversedItakuraSaito | Self::Weighted(_) => (0.0, f64::INFINITY),
        }
    }

    /// The divergence of each entry; an array of the shape of the target.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    pub fn values(self, target: &PositiveArray, prediction: &PositiveArray) -> Result<ArrayD<f64>> {
        target.map_with(prediction, |y, f| self.value(y, f))
    }

    /// The gradient of [`total`](Self::total) in the predictions; an array of the shape of the target.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, PositiveArray};
    ///
    /// // (f - y)/f²; zero where the target is met.
    /// let (target, field) = (PositiveArray::of(&[1.0, 2.0])?, PositiveArray::of(&[2.0, 2.0])?);
    /// let gradient = Divergence::ItakuraSaito.gradient(&target, &field)?;
    /// assert_eq!(gradient.as_slice(), Some(&[0.25, 0.0][..]));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn gradient(
        self,
        target: &PositiveArray,
        prediction: &PositiveArray,
    ) -> Result<ArrayD<f64>> {
        target.map_with(prediction, |y, f| self.derivative(y, f))
    }

    /// The diagonal of the Hessian of [`total`](Self::total); its other entries are zero.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, PositiveArray};
    ///
    /// // (2y - f)/f³: 1/y² at the target.
    /// let (target, field) = (PositiveArray::of(&[1.0, 2.0])?, PositiveArray::of(&[2.0, 2.0])?);
    /// let diagonal = Divergence::ItakuraSaito.hessian_diagonal(&target, &field)?;
    /// assert_eq!(diagonal.as_slice(), Some(&[0.0, 0.25][..]));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn hessian_diagonal(
        self,
        target: &PositiveArray,
        prediction: &PositiveArray,
    ) -> Result<ArrayD<f64>> {
        target.map_with(prediction, |y, f| self.second_derivative(y, f))
    }

    /// The sum of the divergences over all entries, the loss of section 5.
    ///
    /// $$ L(f) = \sum_i d(y_i \\,\\|\\, f_i) $$
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Divergence, PositiveArray};
    ///
    /// // V(e, 1) = e - 2, and nothing where the target is met.
    /// let (target, field) = (PositiveArray::of(&[1f64.exp(), 2.0])?, PositiveArray::of(&[1.0, 2.0])?);
    /// let total: f64 = Divergence::ItakuraSaito.total(&target, &field)?;
    /// assert!((total - (1f64.exp() - 2.0)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn total(self, target: &PositiveArray, prediction: &PositiveArray) -> Result<f64> {
        target.sum_with(prediction, |y, f| self.value(y, f))
    }

    /// The mean of the divergences over all entries.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ.
    pub fn mean(self, target: &PositiveArray, prediction: &PositiveArray) -> Result<f64> {
        Ok(self.total(target, prediction)? / target.len() as f64)
    }

    /// The name under which it is stored, which [`str::parse`] reads: `itakura_saito`, `beta_0.5`.
    ///
    /// ```
    /// use itakura_saito::divergence::Divergence;
    ///
    /// let halfway = Divergence::beta(0.5)?;
    /// assert_eq!(halfway.name(), "beta_0.5");
    /// assert_eq!("beta_0.5".parse::<Divergence>()?, halfway);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn name(self) -> String {
        match self.named() {
            Self::Beta(divergence) => format!("{BETA}{}", divergence.exponent()),
            named => named.to_string().to_lowercase().replace([' ', '-'], "_"),
        }
    }
}

/// How the stored names of the beta family begin.
const BETA: &str = "beta_";

impl PartialEq for Divergence {
    fn eq(&self, other: &Self) -> bool {
        match (self.named(), other.named()) {
            (Self::ItakuraSaito, Self::ItakuraSaito)
            | (Self::ReversedItakuraSaito, Self::ReversedItakuraSaito) => true,
            (Self::Beta(one), Self::Beta(other)) => one == other,
            (Self::Weighted(one), Self::Weighted(other)) => one == other,
            _ => false,
        }
    }
}

impl FromStr for Divergence {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        if let Some(Ok(exponent)) = name.strip_prefix(BETA).map(str::parse) {
            return Self::beta(exponent);
        }
        let weighted = FDivergence::ALL.into_iter().map(Self::Weighted);
        let all = [Self::ItakuraSaito, Self::ReversedItakuraSaito].into_iter().chain(weighted);
        all.into_iter().find(|divergence| divergence.name() == name).ok_or_else(|| Error::Record {
            what: format!("the name `{name}`, which no loss has,"),
            remedy: "take mean_squared_error, squared_logarithm, itakura_saito, beta_0.5 or another",
        })
    }
}

impl fmt::Display for Divergence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named() {
            Self::ItakuraSaito => formatter.write_str("Itakura-Saito"),
            Self::ReversedItakuraSaito => formatter.write_str("reversed Itakura-Saito"),
            Self::Beta(divergence) => write!(formatter, "beta = {}", divergence.exponent()),
            Self::Weighted(divergence) => formatter.write_str(divergence.name()),
        }
    }
}
