//! What the minimiser asks of a divergence at one point.

use crate::divergence::{Divergence, Positive};

/// A divergence $d(y \,\|\, f)$ as a function of the prediction, at a point.
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
    /// $d(y \,\|\, f + s) - d(y \,\|\, f)$.
    fn change(self, target: f64, field: f64, step: f64) -> f64;

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

    /// Of the step alone, so that the difference of two nearly equal values keeps its digits.
    #[inline]
    fn change(self, target: f64, field: f64, step: f64) -> f64 {
        let inverse = 1.0 / field;
        let relative = step * inverse;
        relative.ln_1p() - (target * inverse) * (relative / (1.0 + relative))
    }
}

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

    fn change(self, target: f64, field: f64, step: f64) -> f64 {
        let value = |field| self.value(Positive::checked(target), Positive::checked(field));
        value(field + step) - value(field)
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
            close(ItakuraSaito.change(target, field, step), general.change(target, field, step));
        }
    }
}
