//! Dual numbers at several positions at once, and the functions that they need.

use pulp::Simd;

/// Dual numbers with `P` parts at as many positions as a vector has lanes.
pub(super) type Jet<S, const P: usize> = [<S as Simd>::f64s; P];

/// A jet of real numbers.
#[inline(always)]
pub(super) fn constant<S: Simd, const P: usize>(simd: S, value: f64) -> Jet<S, P> {
    let mut jet = [simd.splat_f64s(0.0); P];
    jet[0] = simd.splat_f64s(value);
    jet
}

/// The same dual number at all positions.
#[inline(always)]
pub(super) fn splat<S: Simd, const P: usize>(simd: S, parts: [f64; P]) -> Jet<S, P> {
    let mut jet = [simd.splat_f64s(0.0); P];
    for part in 0..P {
        jet[part] = simd.splat_f64s(parts[part]);
    }
    jet
}

/// The numbers of each part's row from `at` on.
#[inline(always)]
pub(super) fn load<S: Simd, const P: usize>(simd: S, parts: &[&[f64]; P], at: usize) -> Jet<S, P> {
    let mut jet = [simd.splat_f64s(0.0); P];
    for part in 0..P {
        jet[part] = S::as_simd_f64s(&parts[part][at..at + S::F64_LANES]).0[0];
    }
    jet
}

#[inline(always)]
pub(super) fn store<S: Simd, const P: usize>(jet: Jet<S, P>, parts: &mut [Vec<f64>; P], at: usize) {
    for part in 0..P {
        S::as_mut_simd_f64s(&mut parts[part][at..at + S::F64_LANES]).0[0] = jet[part];
    }
}

#[inline(always)]
pub(super) fn add<S: Simd, const P: usize>(simd: S, one: Jet<S, P>, other: Jet<S, P>) -> Jet<S, P> {
    let mut sum = one;
    for part in 0..P {
        sum[part] = simd.add_f64s(one[part], other[part]);
    }
    sum
}

#[inline(always)]
pub(super) fn subtract<S: Simd, const P: usize>(
    simd: S,
    one: Jet<S, P>,
    other: Jet<S, P>,
) -> Jet<S, P> {
    let mut difference = one;
    for part in 0..P {
        difference[part] = simd.sub_f64s(one[part], other[part]);
    }
    difference
}

/// A jet times a real number.
#[inline(always)]
pub(super) fn scale<S: Simd, const P: usize>(simd: S, jet: Jet<S, P>, factor: f64) -> Jet<S, P> {
    let mut product = jet;
    for part in 0..P {
        product[part] = simd.mul_f64s(jet[part], simd.splat_f64s(factor));
    }
    product
}

/// The product, by the product rule.
#[inline(always)]
pub(super) fn multiply<S: Simd, const P: usize>(
    simd: S,
    one: Jet<S, P>,
    other: Jet<S, P>,
) -> Jet<S, P> {
    let mut product = one;
    product[0] = simd.mul_f64s(one[0], other[0]);
    for part in 1..P {
        let first = simd.mul_f64s(one[part], other[0]);
        product[part] = simd.mul_add_e_f64s(one[0], other[part], first);
    }
    product
}

/// The sum and a product.
#[inline(always)]
pub(super) fn multiply_add<S: Simd, const P: usize>(
    simd: S,
    one: Jet<S, P>,
    other: Jet<S, P>,
    sum: Jet<S, P>,
) -> Jet<S, P> {
    let mut result = sum;
    result[0] = simd.mul_add_e_f64s(one[0], other[0], sum[0]);
    for part in 1..P {
        let first = simd.mul_add_e_f64s(one[part], other[0], sum[part]);
        result[part] = simd.mul_add_e_f64s(one[0], other[part], first);
    }
    result
}

/// A function of a jet, from its value and derivative at the jet's value.
#[inline(always)]
fn chain<S: Simd, const P: usize>(
    simd: S,
    jet: Jet<S, P>,
    value: S::f64s,
    derivative: S::f64s,
) -> Jet<S, P> {
    let mut image = jet;
    image[0] = value;
    for part in 1..P {
        image[part] = simd.mul_f64s(jet[part], derivative);
    }
    image
}

/// $1/x$.
#[inline(always)]
pub(super) fn reciprocal<S: Simd, const P: usize>(simd: S, jet: Jet<S, P>) -> Jet<S, P> {
    let value = simd.div_f64s(simd.splat_f64s(1.0), jet[0]);
    let derivative = simd.neg_f64s(simd.mul_f64s(value, value));
    chain(simd, jet, value, derivative)
}

/// $x^{-1/2}$.
#[inline(always)]
pub(super) fn inverse_square_root<S: Simd, const P: usize>(simd: S, jet: Jet<S, P>) -> Jet<S, P> {
    let value = simd.div_f64s(simd.splat_f64s(1.0), simd.sqrt_f64s(jet[0]));
    let derivative = simd.div_f64s(simd.mul_f64s(value, simd.splat_f64s(-0.5)), jet[0]);
    chain(simd, jet, value, derivative)
}

/// $e^x$.
#[inline(always)]
pub(super) fn exponential<S: Simd, const P: usize>(simd: S, jet: Jet<S, P>) -> Jet<S, P> {
    let value = exponential_of_value(simd, jet[0]);
    chain(simd, jet, value, value)
}

/// $e^x$ for $x \le 700$, to two units in the last place: $2^n e^r$ with $|r| \le \tfrac12\ln 2$.
#[inline(always)]
pub(super) fn exponential_of_value<S: Simd>(simd: S, x: S::f64s) -> S::f64s {
    // Below, the result is less than 1e-306, and the exponent of the power of two would underflow.
    let x = simd.max_f64s(x, simd.splat_f64s(-705.0));
    // Adding 1.5 * 2^52 leaves the nearest integer in the last bits.
    let shifter = simd.splat_f64s(6755399441055744.0);
    let shifted = simd.mul_add_e_f64s(x, simd.splat_f64s(std::f64::consts::LOG2_E), shifter);
    let n = simd.sub_f64s(shifted, shifter);
    // ln 2 in two parts, the first of which has zeros enough that its product with n is exact.
    let r = simd.mul_add_e_f64s(n, simd.splat_f64s(-6.931_471_803_691_238e-1), x);
    let r = simd.mul_add_e_f64s(n, simd.splat_f64s(-1.908_214_929_270_587_7e-10), r);
    let mut sum = simd.splat_f64s(1.0 / FACTORIALS[13]);
    for factorial in FACTORIALS[..13].iter().rev() {
        sum = simd.mul_add_e_f64s(sum, r, simd.splat_f64s(1.0 / factorial));
    }
    let bits = simd.add_u64s(simd.transmute_u64s_f64s(shifted), simd.splat_u64s(1023));
    let power = simd.mul_u64s(bits, simd.splat_u64s(1 << 52));
    simd.mul_f64s(sum, simd.transmute_f64s_u64s(power))
}

/// The factorials of 0 to 13. The Taylor series of the exponential needs no more terms for an argument
/// of at most 0.35.
const FACTORIALS: [f64; 14] = {
    let mut factorials = [1.0; 14];
    let mut n = 1;
    while n < 14 {
        factorials[n] = factorials[n - 1] * n as f64;
        n += 1;
    }
    factorials
};

/// The density of the normal law and its distribution function.
///
/// $\Phi(-|z|) = \tfrac12 e^{-x^2}\operatorname{erfcx}(x)$ with $x = |z|/\sqrt2$, and
/// $(1 + 2x)\operatorname{erfcx}(x)$ is a polynomial in $(x - 3)/(x + 3)$ to 5e-16: no branch, so that all
/// lanes take the same way. The function of the library takes half of the time of a Transformer.
#[inline(always)]
pub(super) fn normal<S: Simd>(simd: S, z: S::f64s) -> (S::f64s, S::f64s) {
    let constant = |value: f64| simd.splat_f64s(value);
    let x = simd.mul_f64s(simd.abs_f64s(z), constant(std::f64::consts::FRAC_1_SQRT_2));
    let half_square = simd.mul_f64s(simd.mul_f64s(z, z), constant(-0.5));
    let gauss = exponential_of_value(simd, half_square);
    let q = simd.div_f64s(simd.sub_f64s(x, constant(3.0)), simd.add_f64s(x, constant(3.0)));
    let mut sum = constant(SCALED_ERFCX[SCALED_ERFCX.len() - 1]);
    for coefficient in SCALED_ERFCX[..SCALED_ERFCX.len() - 1].iter().rev() {
        sum = simd.mul_add_e_f64s(sum, q, constant(*coefficient));
    }
    let scaled = simd.div_f64s(sum, simd.mul_add_e_f64s(x, constant(2.0), constant(1.0)));
    let tail = simd.mul_f64s(simd.mul_f64s(gauss, scaled), constant(0.5));
    let negative = simd.less_than_f64s(z, constant(0.0));
    let distribution = simd.select_f64s(negative, tail, simd.sub_f64s(constant(1.0), tail));
    // 1 / sqrt(2 pi)
    (simd.mul_f64s(gauss, constant(0.398_942_280_401_432_7)), distribution)
}

/// The Chebyshev interpolant of $(1 + 2x)\operatorname{erfcx}(x)$ in $(x - 3)/(x + 3)$, by powers.
const SCALED_ERFCX: [f64; 25] = [
    1.2530080582697296,
    -0.13562110612458117,
    -0.0475622943534492,
    0.1296451587027594,
    -0.11927366341538638,
    0.0683080273440099,
    -0.02377051491717134,
    0.0025293918156939696,
    0.0018886903449991718,
    -0.0007798322696543306,
    -0.00010515971958448065,
    0.0001250993424583729,
    4.949196649968345e-06,
    -2.0100542268525612e-05,
    -7.308281468783614e-07,
    3.472370944977168e-06,
    3.5576086684080595e-07,
    -6.166011460398726e-07,
    -1.4047654315428462e-07,
    1.0183620603842736e-07,
    4.1064013667940355e-08,
    -1.3312919661038687e-08,
    -8.217595058711455e-09,
    9.862533510345587e-10,
    8.393734858690877e-10,
];
