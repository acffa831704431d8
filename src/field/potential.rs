//! What the minimiser asks of a divergence at one point.

use crate::divergence::{Divergence, Positive};

/// A divergence $d(y \\,\\|\\, f)$ as a function of the prediction, at a point.
///
/// Newton's method visits each point many times, so that the common case has its own code; a test
/// compares it with [`Divergence`].
pub(super) trait Potential: Copy {
    /// $\partial_f d$.
    fn slope(self, target: f64, field: f64) -> f64;
    /// $\partial_f^2 d$, of either sign.
    fn stiffness(self, target: f64, field: f64) -> f64;
    /// $(\partial_\psi^2 d)/f^2$ with $\psi = \ln f$: the curvature seen by a log link.
    fn logarithmic_stiffness(self, target: f64, field: f64) -> f64;
    /// The sum of $d(y_i \\,\\|\\, f_i + s_i) - d(y_i \\,\\|\\, f_i)$.
    fn change(self, targets: &[f64], field: &[f64], steps: impl Iterator<Item = f64>) -> f64;

    /// A curvature that is not negative, for places where the true one does not lead downhill.
    fn convex_stiffness(self, target: f64, field: f64) -> f64 {
        self.stiffness(target, field).abs().max(self.logarithmic_stiffness(target, field))
    }
}

/// $V(y, f)$, with one division where [`Divergence`] has one for each power.
#[derive(Clone, Copy)]
pub(super) struct ItakuraSaito;

impl Potential for ItakuraSaito {
    #[inline]
    fn slope(self, target: f64, field: f64) -> f64 {
        let inverse = 1.0 / field;
        (field - target) * inverse * inverse
    }

    #[inline]
    fn stiffness(self, target: f64, field: f64) -> f64 {
        let inverse = 1.0 / field;
        2.0 * ((target - 0.5 * field) * inverse) * inverse * inverse
    }

    /// $y/f^3$: positive everywhere, since $V$ is convex in $\psi$.
    #[inline]
    fn logarithmic_stiffness(self, target: f64, field: f64) -> f64 {
        let inverse = 1.0 / field;
        (target * inverse) * inverse * inverse
    }

    /// Of the step alone, so that the difference of two nearly equal values keeps its digits; with one
    /// logarithm for several points, of the product, since logarithms take most of the time.
    #[inline]
    fn change(self, targets: &[f64], field: &[f64], steps: impl Iterator<Item = f64>) -> f64 {
        let (mut change, mut product) = (0.0, 1.0);
        for (index, ((target, field), step)) in targets.iter().zip(field).zip(steps).enumerate() {
            let inverse = 1.0 / field;
            let factor = 1.0 + step * inverse;
            change -= (target * inverse) * (step * inverse / factor);
            product *= factor;
            if index % FACTORS == FACTORS - 1 {
                change += product.ln();
                product = 1.0;
            }
        }
        change + product.ln()
    }
}

/// So few that a product of factors between a tenth and 10³⁰ stays in range.
const FACTORS: usize = 8;

impl Potential for Divergence {
    fn slope(self, target: f64, field: f64) -> f64 {
        self.derivative(Positive::checked(target), Positive::checked(field))
    }

    fn stiffness(self, target: f64, field: f64) -> f64 {
        self.second_derivative(Positive::checked(target), Positive::checked(field))
    }

    fn logarithmic_stiffness(self, target: f64, field: f64) -> f64 {
        self.slope(target, field) / field + self.stiffness(target, field)
    }

    fn change(self, targets: &[f64], field: &[f64], steps: impl Iterator<Item = f64>) -> f64 {
        let value = |target, field| self.value(Positive::checked(target), Positive::checked(field));
        let points = targets.iter().zip(field).zip(steps);
        points.map(|((&y, &f), step)| value(y, f + step) - value(y, f)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_code_is_the_divergence() {
        for (target, field, step) in
            [(2.0, 3.0, 0.5), (0.1, 7.0, -6.0), (4.0, 4.0, 1.0), (1e-3, 2e3, -1e3)]
        {
            let close = |one: f64, other: f64| {
                assert!((one - other).abs() <= 1e-14 * other.abs().max(1e-3), "{one} {other}");
            };
            let general = Divergence::ItakuraSaito;
            close(ItakuraSaito.slope(target, field), general.slope(target, field));
            close(ItakuraSaito.stiffness(target, field), general.stiffness(target, field));
            close(
                ItakuraSaito.logarithmic_stiffness(target, field),
                general.logarithmic_stiffness(target, field),
            );
            let change = |targets: &[f64], field: &[f64], steps: &[f64]| {
                let steps = || steps.iter().copied();
                close(
                    ItakuraSaito.change(targets, field, steps()),
                    general.change(targets, field, steps()),
                );
            };
            change(&[target], &[field], &[step]);
            change(&[target; 11], &[field; 11], &[step; 11]);
        }
    }
}
