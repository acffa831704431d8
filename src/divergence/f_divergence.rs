//! f-divergences: a generator of the ratio, weighted by the target.

use super::Positive;
use super::linked::Logarithmic;
use super::ratio::{excess_over_logarithm, is_small, log_ratio, relative_deviation};

/// An f-divergence, a function of the ratio weighted by the target.
///
/// $$ d(y \\,\\|\\, f) = y\\, g\\!\left(\frac fy\right), \qquad g(1) = g'(1) = 0 $$
///
/// Section IIbis.6 asks for "other Bregman divergences (KL, $\chi^2$, etc.)"; of these only KL is one.
/// What they share is another property: the degree of homogeneity is 1, so the curvature at $f = y$ is
/// $g''(1)/y$. All have a convex generator, and so are convex in the prediction everywhere. In the unit
/// of the target.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{FDivergence, Positive};
///
/// let (target, prediction) = (Positive::new(1.0)?, Positive::new(4.0)?);
/// assert_eq!(FDivergence::Hellinger.value(target, prediction), 2.0);
/// assert_eq!(FDivergence::PearsonChiSquared.value(target, prediction), 2.25);
/// assert_eq!(FDivergence::NeymanChiSquared.value(target, prediction), 9.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FDivergence {
    /// $y\ln(y/f) - y + f$, generator $g(t) = t - 1 - \ln t$. The member of both families.
    KullbackLeibler,
    /// $f\ln(f/y) - f + y = f\\,V(y, f)$, generator $g(t) = t\ln t - t + 1$.
    ReversedKullbackLeibler,
    /// $2(\sqrt y - \sqrt f)^2$, generator $g(t) = 2(1 - \sqrt t)^2$.
    Hellinger,
    /// $(y - f)^2/f$, generator $g(t) = (1 - t)^2/t$.
    PearsonChiSquared,
    /// $(y - f)^2/y$, generator $g(t) = (t - 1)^2$.
    NeymanChiSquared,
}

impl FDivergence {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::KullbackLeibler,
        Self::ReversedKullbackLeibler,
        Self::Hellinger,
        Self::PearsonChiSquared,
        Self::NeymanChiSquared,
    ];

    /// The name in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::KullbackLeibler => "Kullback-Leibler",
            Self::ReversedKullbackLeibler => "reversed Kullback-Leibler",
            Self::Hellinger => "Hellinger",
            Self::PearsonChiSquared => "Pearson chi-squared",
            Self::NeymanChiSquared => "Neyman chi-squared",
        }
    }

    /// The generator $g(t)$ at the ratio $t = f/y$; dimensionless.
    pub fn generator(self, ratio: Positive) -> f64 {
        self.value(Positive::ONE, ratio)
    }

    /// The divergence $y\\,g(f/y)$, with full relative precision near $f = y$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{FDivergence, Positive};
    ///
    /// // Hellinger: twice the squared difference of the roots.
    /// let distance = FDivergence::Hellinger.value(Positive::new(4.0)?, Positive::new(9.0)?);
    /// assert!((distance - 2.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn value(self, target: Positive, prediction: Positive) -> f64 {
        let gap = prediction.get() - target.get();
        match self {
            Self::KullbackLeibler => kullback_leibler(target, prediction),
            Self::ReversedKullbackLeibler => kullback_leibler(prediction, target),
            Self::Hellinger => {
                2.0 * (gap / (target.get().sqrt() + prediction.get().sqrt())).powi(2)
            }
            Self::PearsonChiSquared => gap * (gap / prediction.get()),
            Self::NeymanChiSquared => gap * (gap / target.get()),
        }
    }

    /// The first derivative in the prediction.
    ///
    /// $$ \partial_f d = g'(f/y) $$
    ///
    /// In the order of the variants: $1 - y/f$, $\ln(f/y)$, $2 - 2\sqrt{y/f}$, $1 - (y/f)^2$ and
    /// $2(f/y - 1)$.
    pub fn derivative(self, target: Positive, prediction: Positive) -> f64 {
        let shortfall = relative_deviation(target, prediction);
        match self {
            Self::KullbackLeibler => -shortfall,
            Self::ReversedKullbackLeibler => log_ratio(prediction, target),
            Self::Hellinger => {
                // By the difference f - y, as 2 - 2 sqrt(y/f) loses digits near f = y.
                let (y, f) = (target.get().sqrt(), prediction.get().sqrt());
                2.0 * ((prediction.get() - target.get()) / (f + y)) / f
            }
            Self::PearsonChiSquared => -shortfall * (1.0 + target.get() / prediction.get()),
            Self::NeymanChiSquared => 2.0 * relative_deviation(prediction, target),
        }
    }

    /// The second derivative in the prediction, which is positive.
    ///
    /// $$ \partial_f^2 d = \frac{g''(f/y)}{y} $$
    ///
    /// In the order of the variants: $y/f^2$, $1/f$, $\sqrt{y/f}\\,/f$, $2y^2/f^3$ and $2/y$.
    pub fn second_derivative(self, target: Positive, prediction: Positive) -> f64 {
        let ratio = target.get() / prediction.get();
        match self {
            Self::KullbackLeibler => ratio / prediction.get(),
            Self::ReversedKullbackLeibler => 1.0 / prediction.get(),
            Self::Hellinger => target.get().sqrt() / prediction.get().sqrt() / prediction.get(),
            Self::PearsonChiSquared => 2.0 * (ratio / prediction.get()) * ratio,
            Self::NeymanChiSquared => 2.0 / target.get(),
        }
    }

    /// The derivatives in $\ln f$.
    pub(super) fn logarithmic_derivatives(
        self,
        target: Positive,
        prediction: Positive,
    ) -> Logarithmic {
        let f = prediction.get();
        let first = f * self.derivative(target, prediction);
        let curvature = f * (f * self.second_derivative(target, prediction));
        // Of Kullback-Leibler, f - y and y: their sum is f, also far below the target.
        let second = if self == Self::KullbackLeibler { f } else { first + curvature };
        Logarithmic { first, curvature, second }
    }

    /// The curvature of the generator at one, $g''(1)$: one, or two for the two $\chi^2$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{FDivergence, Positive};
    ///
    /// // At the optimum the curvature of an f-divergence is g''(1)/y: never the 1/y² of Itakura-Saito.
    /// let target = Positive::new(5.0)?;
    /// for divergence in FDivergence::ALL {
    ///     let curvature = divergence.second_derivative(target, target);
    ///     assert!((curvature * 5.0 - divergence.generator_curvature()).abs() < 1e-14);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn generator_curvature(self) -> f64 {
        match self {
            Self::KullbackLeibler | Self::ReversedKullbackLeibler | Self::Hellinger => 1.0,
            Self::PearsonChiSquared | Self::NeymanChiSquared => 2.0,
        }
    }
}

/// $y\ln(y/f) - y + f = y\\,V(f, y)$, by the first form where the second could overflow.
fn kullback_leibler(target: Positive, prediction: Positive) -> f64 {
    let excess = relative_deviation(prediction, target);
    if is_small(excess) {
        target.get() * excess_over_logarithm(excess)
    } else {
        (prediction.get() - target.get()) + target.get() * log_ratio(target, prediction)
    }
}
