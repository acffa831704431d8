//! Sums and scalar products of rows, in several partial sums at a time.

use pulp::{Arch, Simd, WithSimd};

/// $\sum_i x_i$.
pub(in super::super) fn sum(values: &[f64]) -> f64 {
    Arch::new().dispatch(Sum { values })
}

/// $\sum_i x_i y_i$.
pub(in super::super) fn dot(ones: &[f64], others: &[f64]) -> f64 {
    Arch::new().dispatch(Dot { ones, others })
}

struct Sum<'a> {
    values: &'a [f64],
}

impl WithSimd for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (vectors, rest) = S::as_simd_f64s(self.values);
        let mut sums = [simd.splat_f64s(0.0); 4];
        for vectors in vectors.chunks(4) {
            for (sum, vector) in sums.iter_mut().zip(vectors) {
                *sum = simd.add_f64s(*sum, *vector);
            }
        }
        let pairs = [simd.add_f64s(sums[0], sums[1]), simd.add_f64s(sums[2], sums[3])];
        let rest: f64 = rest.iter().sum();
        simd.reduce_sum_f64s(simd.add_f64s(pairs[0], pairs[1])) + rest
    }
}

struct Dot<'a> {
    ones: &'a [f64],
    others: &'a [f64],
}

impl WithSimd for Dot<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (ones, rest) = S::as_simd_f64s(self.ones);
        let (others, other_rest) = S::as_simd_f64s(self.others);
        let mut sums = [simd.splat_f64s(0.0); 4];
        for (ones, others) in ones.chunks(4).zip(others.chunks(4)) {
            for ((sum, one), other) in sums.iter_mut().zip(ones).zip(others) {
                *sum = simd.mul_add_e_f64s(*one, *other, *sum);
            }
        }
        let pairs = [simd.add_f64s(sums[0], sums[1]), simd.add_f64s(sums[2], sums[3])];
        let rest: f64 = rest.iter().zip(other_rest).map(|(one, other)| one * other).sum();
        simd.reduce_sum_f64s(simd.add_f64s(pairs[0], pairs[1])) + rest
    }
}
