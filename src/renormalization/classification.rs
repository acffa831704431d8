//! Other losses: what depends on the loss is where the flow begins, not how it goes on.

use std::fmt;

use super::{positive, squared_mass_at_scale};
use crate::Result;
use crate::divergence::{BetaDivergence, Divergence, FDivergence, Positive};
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// What scaling and renormalisation make of one loss, each number found from values of the loss.
///
/// A loss of the degree $p$, $d(cy \\,\\|\\, cf) = c^p\\,d(y \\,\\|\\, f)$, has a curvature proportional to
/// $y^{p-2}$ at its optimum, and with elasticity $\lambda$ and spacing $h$ the squared mass
/// $u = h^2c(y)/(2\lambda)$. From there on all losses flow alike. "MSE does not flow", as section IIbis.5
/// has it, is not so.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::Divergence;
/// use itakura_saito::renormalization::LossClass;
///
/// let class: LossClass = LossClass::of(Divergence::SQUARED_ERROR)?;
/// assert!((class.degree - 2.0).abs() < 1e-10);
/// assert!((class.eigenvalue - 2.0).abs() < 1e-6);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossClass {
    /// The loss.
    pub divergence: Divergence,
    /// The degree of homogeneity $p$, from the values at one pair and at its sevenfold.
    pub degree: f64,
    /// The exponent of the curvature in the target, from second differences of the values.
    pub curvature_exponent: f64,
    /// The exponent with which the squared mass grows in one step of decimation, for a large target or,
    /// where the mass grows with the target, a small one.
    pub eigenvalue: f64,
}

impl LossClass {
    /// The class of a loss.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), which does not fail for the numbers used here.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::Divergence;
    /// use itakura_saito::renormalization::LossClass;
    ///
    /// // Scale-invariant, and massless for large targets: a loss can be either, or both.
    /// let class = LossClass::of(Divergence::ItakuraSaito)?;
    /// assert!(class.is_scale_invariant() && class.is_massless_for_large_targets());
    /// assert!((class.curvature_exponent + 2.0).abs() < 1e-6);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(divergence: Divergence) -> Result<Self> {
        let value = |target: f64, prediction: f64| -> Result<f64> {
            Ok(divergence.value(Positive::new(target)?, Positive::new(prediction)?))
        };
        let degree = (value(14.0, 21.0)? / value(2.0, 3.0)?).ln() / 7f64.ln();
        let curvature = |target: f64| -> Result<f64> {
            let step = STEP * target;
            Ok((value(target, target - step)? + value(target, target + step)?) / (step * step))
        };
        let curvature_exponent = (curvature(20.0)? / curvature(2.0)?).log10();
        let start = Self::start(divergence, 1.0, 1.0, SMALL_SPACING)?;
        let eigenvalue = (squared_mass_at_scale(start, 2.0)? / start).log2();
        Ok(Self { divergence, degree, curvature_exponent, eigenvalue })
    }

    /// Whether a common factor of target and prediction changes nothing: $p = 0$.
    pub fn is_scale_invariant(&self) -> bool {
        self.degree.abs() < 1e-9
    }

    /// Whether the mass vanishes for large targets: $p < 2$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::Divergence;
    /// use itakura_saito::renormalization::LossClass;
    ///
    /// // The curvature of squared error is the same everywhere.
    /// assert!(!LossClass::of(Divergence::SQUARED_ERROR)?.is_massless_for_large_targets());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn is_massless_for_large_targets(&self) -> bool {
        self.curvature_exponent < -1e-6
    }

    /// The squared mass $u = h^2c(y)/(2\lambda)$ with which the flow of a loss begins at a target.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if one of the numbers is not, or $u$ underflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::Divergence;
    /// use itakura_saito::renormalization::LossClass;
    ///
    /// assert_eq!(LossClass::start(Divergence::ItakuraSaito, 2.0, 0.5, 1.0)?, 0.25);
    /// assert_eq!(LossClass::start(Divergence::SQUARED_ERROR, 2.0, 0.5, 1.0)?, 1.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn start(
        divergence: Divergence,
        target: f64,
        elasticity: f64,
        spacing: f64,
    ) -> Result<f64> {
        let target = positive("the target y", target, "these losses are for positive targets")?;
        let elasticity = positive("λ", elasticity, "without elasticity there are no bonds")?;
        let spacing = positive("the spacing h", spacing, "give the distance between neighbours")?;
        let curvature = divergence.curvature(Positive::new(target)?);
        let squared_mass = 0.5 * spacing * (spacing / elasticity) * curvature;
        positive("the squared mass u", squared_mass, "choose numbers closer to one")
    }
}

/// The relative step of the second differences.
const STEP: f64 = 1e-4;
/// Small enough that the squared mass is far below one.
const SMALL_SPACING: f64 = 1e-4;

/// Several losses side by side: the table that section IIbis.6 asks for.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::LossClassification;
///
/// let table: LossClassification = LossClassification::new()?;
/// assert_eq!(table.classes().iter().filter(|class| class.is_scale_invariant()).count(), 1);
/// assert!(table.to_string().contains("Hellinger"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LossClassification(Vec<LossClass>);

impl LossClassification {
    /// Itakura-Saito, the squared error, Kullback-Leibler, two more of the beta family, Hellinger, and both
    /// kinds of $\chi^2$.
    ///
    /// # Errors
    ///
    /// None: its numbers are fixed.
    pub fn new() -> Result<Self> {
        let divergences = [
            Divergence::ItakuraSaito,
            Divergence::Beta(BetaDivergence::new(0.5)?),
            Divergence::KULLBACK_LEIBLER,
            Divergence::Weighted(FDivergence::Hellinger),
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Divergence::Weighted(FDivergence::NeymanChiSquared),
            Divergence::SQUARED_ERROR,
            Divergence::Beta(BetaDivergence::new(3.0)?),
        ];
        Ok(Self(divergences.into_iter().map(LossClass::of).collect::<Result<_>>()?))
    }

    /// The losses, in the order of their degrees.
    pub fn classes(&self) -> &[LossClass] {
        &self.0
    }

    /// Squared mass over target, a line for each of the five degrees: of the four losses of degree one,
    /// whose lines are parallel, Kullback-Leibler.
    ///
    /// # Errors
    ///
    /// None: its numbers are fixed.
    pub fn figure(&self) -> Result<Figure> {
        let targets: Vec<f64> =
            (0..=20).map(|step| 10f64.powf(0.1 * f64::from(step) - 1.0)).collect();
        let [half, three] = [BetaDivergence::new(0.5)?, BetaDivergence::new(3.0)?];
        let shown = [
            (Divergence::ItakuraSaito, "Itakura-Saito, y⁻²", Role::ItakuraSaito),
            (Divergence::Beta(half), "β = 1/2, y<sup>−3/2</sup>", Role::Plain),
            (Divergence::KULLBACK_LEIBLER, "Kullback-Leibler, y⁻¹", Role::Plain),
            (Divergence::SQUARED_ERROR, "squared error, constant", Role::SquaredError),
            (Divergence::Beta(three), "β = 3, y", Role::Plain),
        ];
        let mut panel =
            Panel::new(Axis::logarithmic("target y"), Axis::logarithmic("squared mass u"));
        for (divergence, name, role) in shown {
            let start = |&target: &f64| LossClass::start(divergence, target, 0.5, 0.1);
            let masses = targets.iter().map(start).collect::<Result<Vec<f64>>>()?;
            panel = panel.series(Series::line(name, &targets, &masses).role(role));
        }
        let vanishing = self.0.iter().filter(|class| class.is_massless_for_large_targets()).count();
        let finding = format!(
            "The loss sets where the flow begins, with a mass that goes like the power p − 2 of the target; \
             for {vanishing} of the {} losses it vanishes at large targets. A line stands for each power: \
             Hellinger and both kinds of χ² share that of Kullback-Leibler.",
            self.0.len()
        );
        Figure::builder("For which losses does the mass vanish at large targets?", &finding)
            .source("§II bis.5 and 6, with λ = 1/2 and h = 0.1")
            .panel(panel)
            .build()
    }
}

/// As a table in Markdown.
impl fmt::Display for LossClassification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "| loss | degree p | curvature ~ y^ | growth of the mass | scale invariant |"
        )?;
        writeln!(formatter, "|---|---|---|---|---|")?;
        for class in &self.0 {
            writeln!(
                formatter,
                "| {} | {} | {} | b^{:.3} | {} |",
                class.divergence,
                without_noise(class.degree),
                without_noise(class.curvature_exponent),
                class.eigenvalue,
                if class.is_scale_invariant() { "yes" } else { "no" }
            )?;
        }
        Ok(())
    }
}

/// With three decimals at most, and without the sign of a zero that rounding has made negative.
fn without_noise(value: f64) -> f64 {
    (1e3 * value).round() / 1e3 + 0.0
}
