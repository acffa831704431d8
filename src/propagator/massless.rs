//! What is left of the propagator on a line when the mass goes away.

use super::{FieldOperator, LinePropagator, evenly};
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Series, Slider};
use crate::{Error, Result};

/// How many points a curve holds; odd, so that the kink is one of them.
const POINTS: usize = 81;

/// The propagator of the Hessian for larger and larger targets.
///
/// $$ \frac{y_0}{2\sqrt{2\lambda}}\\,e^{-|x|/\xi} = \frac{y_0}{2\sqrt{2\lambda}} - \frac{|x|}{4\lambda} +
///    O(1/y_0) $$
///
/// The first term diverges and depends on nothing else; what has a limit is $G(x) - G(0)$, and the limit
/// is a straight line on either side. §4 prints $1/|x|$.
///
/// ```
/// use itakura_saito::propagator::MasslessLimit;
///
/// let limit: MasslessLimit = MasslessLimit::of_targets(0.5, &[1.0, 10.0, 1000.0], 4.0)?;
/// assert!(limit.figure()?.to_text().contains("straight line"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MasslessLimit {
    stiffness: f64,
    targets: Vec<f64>,
    propagators: Vec<LinePropagator>,
    half_width: f64,
}

impl MasslessLimit {
    /// For several targets in increasing order, drawn to a distance of `half_width`.
    ///
    /// # Errors
    ///
    /// If there is no target, or a number is not positive.
    pub fn of_targets(lambda: f64, targets: &[f64], half_width: f64) -> Result<Self> {
        if targets.is_empty() {
            return Err(Error::Empty { name: "the list of targets", remedy: "give at least one" });
        }
        let remedy = "give the distance to which the curves are drawn";
        let half_width = Positive::named("the half width", half_width, remedy)?.get();
        let of_target = |&target: &f64| LinePropagator::new(FieldOperator::Hessian, lambda, target);
        Ok(Self {
            stiffness: FieldOperator::Hessian.stiffness(lambda)?,
            targets: targets.to_vec(),
            propagators: targets.iter().map(of_target).collect::<Result<_>>()?,
            half_width,
        })
    }

    /// $G(x) - G(0)$ without a mass: $-|x|/(2a)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{FieldOperator, LinePropagator, MasslessLimit};
    ///
    /// // What the difference of a propagator tends to as the target grows.
    /// let limit = MasslessLimit::of_targets(0.5, &[1.0, 10.0], 2.0)?.limit(1.5);
    /// let line = LinePropagator::new(FieldOperator::Hessian, 0.5, 1e9)?;
    /// assert!((line.difference(1.5)? - limit).abs() < 1e-8);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn limit(&self, x: f64) -> f64 {
        -x.abs() / (2.0 * self.stiffness)
    }

    /// $G(x) - G(0)$ beside its limit, and $G(0)$, with a slider over the target.
    ///
    /// # Errors
    ///
    /// If there are more than forty targets.
    pub fn figure(&self) -> Result<Figure> {
        let reach = self.half_width;
        let positions = evenly(-reach, reach, POINTS);
        let limits: Vec<f64> = positions.iter().map(|&x| self.limit(x)).collect();
        // 1/|x| where it fits between the borders; the printed form says nothing about its size.
        let depth = -self.limit(reach);
        let right: Vec<f64> = evenly(reach / 40.0, reach, POINTS);
        let power: Vec<f64> = right.iter().map(|x| x.recip()).collect();
        let heights: Vec<f64> = self.propagators.iter().map(LinePropagator::at_zero).collect();
        let mut slider = Slider::new("target y₀").start_at(self.targets.len() - 1);
        for (index, (target, line)) in self.targets.iter().zip(&self.propagators).enumerate() {
            let values =
                positions.iter().map(|&x| line.difference(x)).collect::<Result<Vec<_>>>()?;
            let vertical = Axis::linear("G(x) − G(0)").range(-1.1 * depth, 1.1 * depth);
            let shape = Panel::new(Axis::linear("distance x"), vertical)
                .series(Series::as_printed("1/|x|, as printed", &right, &power))
                .series(Series::corrected("massive", &positions, &values))
                .series(Series::line("−|x|/(4λ)", &positions, &limits));
            let height = Panel::new(Axis::logarithmic("target y₀"), Axis::logarithmic("G(0)"))
                .series(Series::line_with_markers("G(0)", &self.targets, &heights))
                .series(Series::data("shown", &[*target], &[heights[index]]));
            slider = slider.frame(&format!("{target}"), vec![shape, height]);
        }
        let last = self.propagators[self.propagators.len() - 1];
        let finding = format!(
            "As the target grows, G(0) diverges, while G(x) − G(0) tends to a straight line: at x = {reach} \
             it is {:.4} for the target {} and {:.4} in the limit.",
            last.difference(reach)?,
            self.targets[self.targets.len() - 1],
            self.limit(reach)
        );
        Figure::builder("What is left of the propagator without a mass?", &finding)
            .source("§4 and A.6")
            .columns(2)
            .slider(slider)
            .build()
    }
}
