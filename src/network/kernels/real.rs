//! Real numbers of 64 and of 32 bits, and the vectors of them with which a processor computes.

use std::fmt::Debug;

use dfdx::dtypes::{Dtype, NotMixedPrecision};
use num_traits::Float;
use pulp::Simd;

/// `f64` or `f32`. Kernels are written once, for both.
///
/// The operations on vectors are those of [`Simd`], under one name for both types.
pub(in super::super) trait Real: Dtype + NotMixedPrecision + Float {
    /// As many numbers as an instruction works on.
    type Vector<S: Simd>: Copy + Debug;

    /// The number of lanes of the widest vectors there are.
    const WIDEST: usize;

    /// The nearest number of this type.
    fn of(value: f64) -> Self;

    /// The same number in 64 bits.
    fn double(self) -> f64;

    /// A list of numbers in 64 bits.
    fn doubles(values: Vec<Self>) -> Vec<f64>;

    /// How many numbers a vector holds.
    #[inline(always)]
    fn lanes<S: Simd>() -> usize {
        size_of::<Self::Vector<S>>() / size_of::<Self>()
    }

    /// The whole vectors of a slice.
    fn vectors<S: Simd>(numbers: &[Self]) -> &[Self::Vector<S>];

    /// The whole vectors of a slice, and the numbers that are left.
    fn vectors_and_rest<S: Simd>(numbers: &[Self]) -> (&[Self::Vector<S>], &[Self]);

    /// The whole vectors of a slice, to be written to.
    fn vectors_mut<S: Simd>(numbers: &mut [Self]) -> &mut [Self::Vector<S>];

    /// The same number in all lanes.
    fn splat<S: Simd>(simd: S, value: Self) -> Self::Vector<S>;

    fn sum<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    fn difference<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    fn product<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    fn quotient<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    /// $ab + c$, rounded once where the processor can.
    fn multiply_add<S: Simd>(
        simd: S,
        a: Self::Vector<S>,
        b: Self::Vector<S>,
        c: Self::Vector<S>,
    ) -> Self::Vector<S>;

    fn negated<S: Simd>(simd: S, a: Self::Vector<S>) -> Self::Vector<S>;

    fn absolute<S: Simd>(simd: S, a: Self::Vector<S>) -> Self::Vector<S>;

    fn square_root<S: Simd>(simd: S, a: Self::Vector<S>) -> Self::Vector<S>;

    fn maximum<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    /// Per lane, `a` where `x` is negative, else `b`.
    fn where_negative<S: Simd>(
        simd: S,
        x: Self::Vector<S>,
        a: Self::Vector<S>,
        b: Self::Vector<S>,
    ) -> Self::Vector<S>;

    /// The sum of all lanes.
    fn sum_of_lanes<S: Simd>(simd: S, a: Self::Vector<S>) -> Self;

    /// The number that leaves the nearest integer in the last bits of a sum: three halves of the first
    /// one whose last bit is worth one.
    const SHIFTER: Self;

    /// $2^n$ from the sum of $n$ and [`Real::SHIFTER`].
    fn power_of_two<S: Simd>(simd: S, shifted: Self::Vector<S>) -> Self::Vector<S>;

    /// $\ln 2$ as a sum, whose first term has zeros enough that its product with the exponent of any
    /// number is exact.
    const LN_2: [f64; 2];

    /// Below, an exponential is taken as that of this number: its exponent would underflow.
    const LOWEST_EXPONENT: f64;

    /// The degree of the Taylor polynomial that gives $e^r$ to rounding for $|r| \le 0.35$.
    const EXPONENTIAL_DEGREE: usize;
}

/// Implements [`Real`] by the operations of pulp that carry the name of the type.
macro_rules! real {
    (
        $real:ty, $vector:ident, $widest:literal,
        vectors: $as_vectors:ident, $as_vectors_mut:ident, $splat:ident,
        arithmetic: $add:ident, $subtract:ident, $multiply:ident, $divide:ident, $multiply_add:ident,
        functions: $negated:ident, $absolute:ident, $square_root:ident, $maximum:ident, $sum:ident,
        choice: $less_than:ident, $select:ident,
        bits: $to_bits:ident, $from_bits:ident, $add_bits:ident, $splat_bits:ident,
        |$simd:ident, $number:ident| $shift:expr,
        doubles: $doubles:expr,
        exponential: $shifter:literal, $bias:literal, $ln_2:expr, $lowest:literal, $degree:literal
    ) => {
        impl Real for $real {
            type Vector<S: Simd> = S::$vector;

            const WIDEST: usize = $widest;

            #[inline(always)]
            fn of(value: f64) -> Self {
                value as Self
            }

            #[inline(always)]
            fn double(self) -> f64 {
                self.into()
            }

            fn doubles(values: Vec<Self>) -> Vec<f64> {
                $doubles(values)
            }

            #[inline(always)]
            fn vectors<S: Simd>(numbers: &[Self]) -> &[S::$vector] {
                S::$as_vectors(numbers).0
            }

            #[inline(always)]
            fn vectors_and_rest<S: Simd>(numbers: &[Self]) -> (&[S::$vector], &[Self]) {
                S::$as_vectors(numbers)
            }

            #[inline(always)]
            fn vectors_mut<S: Simd>(numbers: &mut [Self]) -> &mut [S::$vector] {
                S::$as_vectors_mut(numbers).0
            }

            #[inline(always)]
            fn splat<S: Simd>(simd: S, value: Self) -> S::$vector {
                simd.$splat(value)
            }

            #[inline(always)]
            fn sum<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$add(a, b)
            }

            #[inline(always)]
            fn difference<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$subtract(a, b)
            }

            #[inline(always)]
            fn product<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$multiply(a, b)
            }

            #[inline(always)]
            fn quotient<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$divide(a, b)
            }

            #[inline(always)]
            fn multiply_add<S: Simd>(
                simd: S,
                a: S::$vector,
                b: S::$vector,
                c: S::$vector,
            ) -> S::$vector {
                simd.$multiply_add(a, b, c)
            }

            #[inline(always)]
            fn negated<S: Simd>(simd: S, a: S::$vector) -> S::$vector {
                simd.$negated(a)
            }

            #[inline(always)]
            fn absolute<S: Simd>(simd: S, a: S::$vector) -> S::$vector {
                simd.$absolute(a)
            }

            #[inline(always)]
            fn square_root<S: Simd>(simd: S, a: S::$vector) -> S::$vector {
                simd.$square_root(a)
            }

            #[inline(always)]
            fn maximum<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$maximum(a, b)
            }

            #[inline(always)]
            fn where_negative<S: Simd>(
                simd: S,
                x: S::$vector,
                a: S::$vector,
                b: S::$vector,
            ) -> S::$vector {
                simd.$select(simd.$less_than(x, simd.$splat(0.0)), a, b)
            }

            #[inline(always)]
            fn sum_of_lanes<S: Simd>(simd: S, a: S::$vector) -> Self {
                simd.$sum(a)
            }

            const SHIFTER: Self = $shifter;

            #[inline(always)]
            fn power_of_two<S: Simd>($simd: S, shifted: S::$vector) -> S::$vector {
                let bits = $simd.$to_bits(shifted);
                let $number = $simd.$add_bits(bits, $simd.$splat_bits($bias));
                $simd.$from_bits($shift)
            }

            const LN_2: [f64; 2] = $ln_2;

            const LOWEST_EXPONENT: f64 = $lowest;

            const EXPONENTIAL_DEGREE: usize = $degree;
        }
    };
}

real!(
    f64, f64s, 8,
    vectors: as_simd_f64s, as_mut_simd_f64s, splat_f64s,
    arithmetic: add_f64s, sub_f64s, mul_f64s, div_f64s, mul_add_e_f64s,
    functions: neg_f64s, abs_f64s, sqrt_f64s, max_f64s, reduce_sum_f64s,
    choice: less_than_f64s, select_f64s,
    bits: transmute_u64s_f64s, transmute_f64s_u64s, add_u64s, splat_u64s,
        |simd, number| simd.mul_u64s(number, simd.splat_u64s(1 << 52)),
    doubles: |values| values,
    exponential: 6_755_399_441_055_744.0, 1023,
        [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10], -705.0, 13
);

real!(
    f32, f32s, 16,
    vectors: as_simd_f32s, as_mut_simd_f32s, splat_f32s,
    arithmetic: add_f32s, sub_f32s, mul_f32s, div_f32s, mul_add_e_f32s,
    functions: neg_f32s, abs_f32s, sqrt_f32s, max_f32s, reduce_sum_f32s,
    choice: less_than_f32s, select_f32s,
    bits: transmute_u32s_f32s, transmute_f32s_u32s, add_u32s, splat_u32s,
        |simd, number| simd.wrapping_dyn_shl_u32s(number, simd.splat_u32s(23)),
    doubles: |values: Vec<f32>| values.into_iter().map(f64::from).collect(),
    exponential: 12_582_912.0, 127,
        [6.933_593_75e-1, -2.121_944_400_546_905_8e-4], -87.0, 7
);
