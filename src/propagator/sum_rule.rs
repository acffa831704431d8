//! The test that finds a factor of two: the area under a propagator is one over its mass term.

use super::{AppendixFormula, FieldOperator, LinePropagator};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// One propagator before the sum rule.
#[derive(Debug, Clone, PartialEq)]
pub struct SumRuleRow {
    /// Which propagator.
    pub name: &'static str,
    /// Its operator, in Unicode.
    pub operator: &'static str,
    /// Its value at the origin.
    pub at_zero: f64,
    /// The area under it, by quadrature.
    pub area: f64,
    /// The mass term of the operator.
    pub mass_term: f64,
}

impl SumRuleRow {
    /// Area times mass term: 1 for a Green function.
    pub fn product(&self) -> f64 {
        self.area * self.mass_term
    }
}

/// The three normalisations and the formula of A.6 before the sum rule.
///
/// Integrating $(-a\\,\partial_x^2 + c)\\,G = \delta$ over the line leaves $c \int G\\,dx = 1$: whatever
/// the stiffness, the area is one over the mass term.
///
/// ```
/// use itakura_saito::propagator::SumRule;
///
/// let rule: SumRule = SumRule::new(0.5, 2.0)?;
/// assert!((rule.printed.product() - 2.0).abs() < 1e-12);
/// assert!(rule.normalizations.iter().all(|row| (row.product() - 1.0).abs() < 1e-12));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SumRule {
    /// The Green functions, in the order of [`FieldOperator::ALL`].
    pub normalizations: Vec<SumRuleRow>,
    /// The formula of A.6, with the operator that is printed beside it.
    pub printed: SumRuleRow,
}

impl SumRule {
    /// For a field around the constant target $y_0$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if λ or the target is not positive, or if a derived
    /// quantity leaves the range of 64 bits.
    pub fn new(lambda: f64, target: f64) -> Result<Self> {
        let row = |normalization: FieldOperator| {
            let line = LinePropagator::new(normalization, lambda, target)?;
            Ok(SumRuleRow {
                name: normalization.name(),
                operator: normalization.operator(),
                at_zero: line.at_zero(),
                area: line.area(),
                mass_term: line.mass_term(),
            })
        };
        let formula = AppendixFormula::new(lambda, target)?;
        Ok(Self {
            normalizations: FieldOperator::ALL.into_iter().map(row).collect::<Result<_>>()?,
            printed: SumRuleRow {
                name: "A.6 as printed",
                operator: FieldOperator::Hessian.operator(),
                at_zero: formula.at(0.0)?,
                area: formula.area(),
                mass_term: formula.corrected().mass_term(),
            },
        })
    }

    /// Area times mass term of all four.
    ///
    /// # Errors
    ///
    /// None that valid input leads to: the products are 1 and 2.
    pub fn figure(&self) -> Result<Figure> {
        let mut names: Vec<&str> = self.normalizations.iter().map(|row| row.name).collect();
        names.push(self.printed.name);
        let places: Vec<f64> = (0..names.len()).map(|place| place as f64).collect();
        let right: Vec<f64> = self.normalizations.iter().map(SumRuleRow::product).collect();
        let (of_right, of_printed) = places.split_at(right.len());
        let printed = self.printed.product();
        let finding = format!(
            "Area times mass term is {:.4} for each of the three normalisations, and {printed:.4} for the \
             formula printed in A.6.",
            right[0]
        );
        let x = Axis::categories("propagator", &names);
        let panel = Panel::new(x, Axis::linear("area × mass term").range(0.0, 2.4))
            .series(Series::markers("Green functions", of_right, &right).role(Role::Corrected))
            .series(Series::markers("as printed", of_printed, &[printed]).role(Role::AsPrinted))
            .horizontal(1.0, "the sum rule");
        Figure::builder("Which of the four formulas keeps the sum rule?", &finding)
            .source("§4 and A.6")
            .panel(panel)
            .build()
    }
}
