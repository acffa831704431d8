//! Integrals over the whole line by the trapezoidal rule.
//!
//! For an integrand that is analytic in a strip around the line and falls off at both ends, the rule
//! converges geometrically in the reciprocal of its step. What an integral needs of its own is a change
//! of variables after which this is so; the rest is here.

/// Integrals that were taken together, and at how many points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Integrals<const N: usize> {
    pub(crate) integrals: [f64; N],
    pub(crate) points: usize,
}

/// The integrals of several functions over the line, with a fixed step.
///
/// The sum runs outwards from zero, first to the right and then to the left, and ends on either side
/// where the integrands are `None`: their way to say that what follows is negligible.
pub(crate) fn trapezoidal<const N: usize>(
    step: f64,
    integrands: impl Fn(f64) -> Option<[f64; N]>,
) -> Integrals<N> {
    let (mut sums, mut points) = ([0.0; N], 0);
    let mut add = |x: f64| {
        let Some(values) = integrands(x) else { return false };
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        points += 1;
        true
    };
    add(0.0);
    for direction in [1.0, -1.0] {
        let mut index = 1.0;
        while add(direction * index * step) {
            index += 1.0;
        }
    }
    Integrals { integrals: sums.map(|sum| step * sum), points }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_converges_geometrically_for_a_gaussian() {
        let gaussian = |x: f64| (x.abs() < 9.0).then(|| [(-x * x).exp(), x * x * (-x * x).exp()]);
        let exact = std::f64::consts::PI.sqrt();
        // The error is 2 exp(-(pi/h)^2), relative: 1e-4 at h = 1, and below rounding at h = 1/2.
        let coarse = trapezoidal(1.0, gaussian).integrals[0] / exact - 1.0;
        assert!((coarse - 2.0 * (-std::f64::consts::PI.powi(2)).exp()).abs() < 1e-14, "{coarse:e}");
        let fine = trapezoidal(0.5, gaussian);
        assert!((fine.integrals[0] / exact - 1.0).abs() < 1e-15);
        assert!((fine.integrals[1] / exact - 0.5).abs() < 1e-14);
        assert_eq!(fine.points, 35);
    }
}
