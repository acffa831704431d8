//! Sums and scalar products of rows, in several partial sums at a time.

use pulp::{Arch, Simd, WithSimd};

use super::Real;

/// $\sum_i x_i$.
pub(in super::super) fn sum<R: Real>(values: &[R]) -> R {
    Arch::new().dispatch(Sum { values })
}

/// $\sum_i x_i y_i$.
pub(in super::super) fn dot<R: Real>(ones: &[R], others: &[R]) -> R {
    Arch::new().dispatch(Dot { ones, others })
}

struct Sum<'a, R> {
    values: &'a [R],
}

impl<R: Real> WithSimd for Sum<'_, R> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> R {
        let (vectors, rest) = R::vectors_and_rest::<S>(self.values);
        let mut sums = [R::splat(simd, R::zero()); 4];
        for vectors in vectors.chunks(4) {
            for (sum, vector) in sums.iter_mut().zip(vectors) {
                *sum = R::sum(simd, *sum, *vector);
            }
        }
        let pairs = [R::sum(simd, sums[0], sums[1]), R::sum(simd, sums[2], sums[3])];
        let rest = rest.iter().fold(R::zero(), |sum, value| sum + *value);
        R::sum_of_lanes(simd, R::sum(simd, pairs[0], pairs[1])) + rest
    }
}

struct Dot<'a, R> {
    ones: &'a [R],
    others: &'a [R],
}

impl<R: Real> WithSimd for Dot<'_, R> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> R {
        let (ones, rest) = R::vectors_and_rest::<S>(self.ones);
        let (others, other_rest) = R::vectors_and_rest::<S>(self.others);
        let mut sums = [R::splat(simd, R::zero()); 4];
        for (ones, others) in ones.chunks(4).zip(others.chunks(4)) {
            for ((sum, one), other) in sums.iter_mut().zip(ones).zip(others) {
                *sum = R::multiply_add(simd, *one, *other, *sum);
            }
        }
        let pairs = [R::sum(simd, sums[0], sums[1]), R::sum(simd, sums[2], sums[3])];
        let rest = rest.iter().zip(other_rest);
        let rest = rest.fold(R::zero(), |sum, (one, other)| sum + *one * *other);
        R::sum_of_lanes(simd, R::sum(simd, pairs[0], pairs[1])) + rest
    }
}
