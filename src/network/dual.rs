//! Dual numbers, one at a time.

use std::ops::{Add, Mul, Neg};

use super::kernels::Real;

/// A dual number: a value and its derivatives along `P - 1` directions, $x + \sum_j \varepsilon_j x_j$ with
/// $\varepsilon_i\varepsilon_j = 0$.
///
/// Everything of this module that depends on the parameters is made of them. With one part a pass through
/// the tape gives the gradient; with more, its parts are the gradient and Hessian-vector products, since
/// the derivative of a gradient along $v$ is $Hv$. Where there are many, they are stored by parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dual<R, const P: usize>(pub(super) [R; P]);

impl<R: Real, const P: usize> Dual<R, P> {
    /// A number that depends on nothing.
    pub(super) fn constant(value: f64) -> Self {
        let mut parts = [R::zero(); P];
        parts[0] = R::of(value);
        Self(parts)
    }

    /// The number without its derivatives.
    pub(super) fn value(self) -> f64 {
        self.0[0].double()
    }

    /// $x^{-1/2}$.
    pub(super) fn inverse_square_root(self) -> Self {
        let value = self.0[0].sqrt().recip();
        let derivative = R::of(-0.5) * value / self.0[0];
        let mut image = self.0.map(|part| derivative * part);
        image[0] = value;
        Self(image)
    }

    /// Adds it to the numbers of the parameters, which stand part after part, at an offset.
    pub(super) fn add_to(self, collected: &mut [R], offset: usize) {
        let count = collected.len() / P;
        for (part, value) in self.0.into_iter().enumerate() {
            collected[part * count + offset] += value;
        }
    }
}

impl<R: Real, const P: usize> Add for Dual<R, P> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|part| self.0[part] + other.0[part]))
    }
}

impl<R: Real, const P: usize> Neg for Dual<R, P> {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|part| -part))
    }
}

impl<R: Real, const P: usize> Mul for Dual<R, P> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(std::array::from_fn(|part| match part {
            0 => self.0[0] * other.0[0],
            _ => self.0[part] * other.0[0] + self.0[0] * other.0[part],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duals_obey_the_rules_of_derivatives() {
        let (x, y) = (Dual([3.0, 1.0, 0.0]), Dual([2.0, 0.0, 1.0]));
        assert_eq!((x * y).0, [6.0, 2.0, 3.0]);
        assert_eq!((x + y).0, [5.0, 1.0, 1.0]);
        assert_eq!((-x).0, [-3.0, -1.0, 0.0]);
        assert_eq!(Dual([4.0, 1.0]).inverse_square_root().0, [0.5, -0.0625]);
        let mut collected = [0.0; 6];
        x.add_to(&mut collected, 1);
        assert_eq!(collected, [0.0, 3.0, 0.0, 1.0, 0.0, 0.0]);
    }
}
