//! The numbers that flow through dfdx's tape: `f64`, or dual numbers with several tangents.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

use dfdx::dtypes::{Dtype, NotMixedPrecision, SafeZeros, Unit};
use num_traits::{FromPrimitive, ToPrimitive};

/// A number with `P` parts: its value, then its derivatives along `P - 1` directions.
///
/// Everything of this module that depends on the parameters is generic over it. With one part a pass
/// through the tape gives the gradient; with more, its parts are the gradient and Hessian-vector products,
/// since the derivative of a gradient along $v$ is $Hv$.
pub(super) trait Scalar<const P: usize>: Dtype + NotMixedPrecision {
    /// The value and the derivatives.
    fn parts(self) -> [f64; P];

    /// The number with these parts.
    fn from_parts(parts: [f64; P]) -> Self;

    /// A number that depends on nothing.
    fn constant(value: f64) -> Self {
        let mut parts = [0.0; P];
        parts[0] = value;
        Self::from_parts(parts)
    }

    /// $x^{-1/2}$.
    fn inverse_square_root(self) -> Self {
        let parts = self.parts();
        let value = parts[0].sqrt().recip();
        let derivative = -0.5 * value / parts[0];
        let mut image = parts.map(|part| derivative * part);
        image[0] = value;
        Self::from_parts(image)
    }
}

impl Scalar<1> for f64 {
    fn parts(self) -> [f64; 1] {
        [self]
    }

    fn from_parts(parts: [f64; 1]) -> Self {
        parts[0]
    }
}

/// A dual number: a value and its derivatives along `P - 1` directions, $x + \sum_j \varepsilon_j x_j$ with
/// $\varepsilon_i\varepsilon_j = 0$.
///
/// Compared by its value only, as what decides a branch of a program must.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dual<const P: usize>([f64; P]);

impl<const P: usize> Scalar<P> for Dual<P> {
    fn parts(self) -> [f64; P] {
        self.0
    }

    fn from_parts(parts: [f64; P]) -> Self {
        Self(parts)
    }
}

impl<const P: usize> Default for Dual<P> {
    fn default() -> Self {
        Self([0.0; P])
    }
}

impl<const P: usize> PartialEq for Dual<P> {
    fn eq(&self, other: &Self) -> bool {
        self.0[0] == other.0[0]
    }
}

impl<const P: usize> PartialOrd for Dual<P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0[0].partial_cmp(&other.0[0])
    }
}

impl<const P: usize> Add for Dual<P> {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl<const P: usize> AddAssign for Dual<P> {
    fn add_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(part, other)| *part += other);
    }
}

impl<const P: usize> Sub for Dual<P> {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        self -= other;
        self
    }
}

impl<const P: usize> SubAssign for Dual<P> {
    fn sub_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(part, other)| *part -= other);
    }
}

impl<const P: usize> Mul for Dual<P> {
    type Output = Self;

    fn mul(mut self, other: Self) -> Self {
        self *= other;
        self
    }
}

impl<const P: usize> MulAssign for Dual<P> {
    fn mul_assign(&mut self, other: Self) {
        for part in 1..P {
            self.0[part] = self.0[part] * other.0[0] + self.0[0] * other.0[part];
        }
        self.0[0] *= other.0[0];
    }
}

impl<const P: usize> Div for Dual<P> {
    type Output = Self;

    fn div(mut self, other: Self) -> Self {
        self /= other;
        self
    }
}

impl<const P: usize> DivAssign for Dual<P> {
    fn div_assign(&mut self, other: Self) {
        self.0[0] /= other.0[0];
        for part in 1..P {
            self.0[part] = (self.0[part] - self.0[0] * other.0[part]) / other.0[0];
        }
    }
}

impl<const P: usize> FromPrimitive for Dual<P> {
    fn from_i64(value: i64) -> Option<Self> {
        f64::from_i64(value).map(Self::constant)
    }

    fn from_u64(value: u64) -> Option<Self> {
        f64::from_u64(value).map(Self::constant)
    }

    fn from_f64(value: f64) -> Option<Self> {
        Some(Self::constant(value))
    }
}

impl<const P: usize> ToPrimitive for Dual<P> {
    fn to_i64(&self) -> Option<i64> {
        self.0[0].to_i64()
    }

    fn to_u64(&self) -> Option<u64> {
        self.0[0].to_u64()
    }

    fn to_f64(&self) -> Option<f64> {
        Some(self.0[0])
    }
}

impl<const P: usize> SafeZeros for Dual<P> {}

impl<const P: usize> NotMixedPrecision for Dual<P> {}

impl<const P: usize> Unit for Dual<P> {
    const ONE: Self = {
        let mut parts = [0.0; P];
        parts[0] = 1.0;
        Self(parts)
    };
}

impl<const P: usize> Dtype for Dual<P> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duals_obey_the_product_and_the_quotient_rule() {
        let (x, y) = (Dual([3.0, 1.0, 0.0]), Dual([2.0, 0.0, 1.0]));
        assert_eq!((x * y).0, [6.0, 2.0, 3.0]);
        assert_eq!((x / y).0, [1.5, 0.5, -0.75]);
        assert_eq!((x + y - y).0, x.0);
        assert_eq!(Dual([4.0, 1.0]).inverse_square_root().0, [0.5, -0.0625]);
    }
}
