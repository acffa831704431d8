//! Dual numbers at several positions at once, and the functions that they need.

use pulp::Simd;

use super::Real;

/// Dual numbers with `P` parts at as many positions as a vector has lanes.
pub(super) type Jet<R, S, const P: usize> = [<R as Real>::Vector<S>; P];

/// The same dual number at all positions.
#[inline(always)]
pub(super) fn splat<R: Real, S: Simd, const P: usize>(simd: S, parts: [R; P]) -> Jet<R, S, P> {
    let mut jet = zero::<R, S, P>(simd);
    for part in 0..P {
        jet[part] = R::splat(simd, parts[part]);
    }
    jet
}

#[inline(always)]
pub(super) fn zero<R: Real, S: Simd, const P: usize>(simd: S) -> Jet<R, S, P> {
    [R::splat(simd, R::zero()); P]
}

/// A jet of real numbers.
#[inline(always)]
pub(super) fn constant<R: Real, S: Simd, const P: usize>(simd: S, value: R) -> Jet<R, S, P> {
    let mut jet = zero::<R, S, P>(simd);
    jet[0] = R::splat(simd, value);
    jet
}

/// The numbers of each part from `at` on.
#[inline(always)]
pub(super) fn load<R: Real, S: Simd, const P: usize>(
    simd: S,
    parts: &[&[R]; P],
    at: usize,
) -> Jet<R, S, P> {
    let mut jet = zero::<R, S, P>(simd);
    for part in 0..P {
        jet[part] = R::vectors::<S>(&parts[part][at..at + R::lanes::<S>()])[0];
    }
    jet
}

#[inline(always)]
pub(super) fn store<R: Real, S: Simd, const P: usize>(
    jet: Jet<R, S, P>,
    parts: &mut [&mut [R]; P],
    at: usize,
) {
    for part in 0..P {
        R::vectors_mut::<S>(&mut parts[part][at..at + R::lanes::<S>()])[0] = jet[part];
    }
}

/// Adds to the numbers of each part.
#[inline(always)]
pub(super) fn accumulate<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
    parts: &mut [&mut [R]; P],
    at: usize,
) {
    for part in 0..P {
        let place = &mut R::vectors_mut::<S>(&mut parts[part][at..at + R::lanes::<S>()])[0];
        *place = R::sum(simd, *place, jet[part]);
    }
}

#[inline(always)]
pub(super) fn add<R: Real, S: Simd, const P: usize>(
    simd: S,
    one: Jet<R, S, P>,
    other: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let mut sum = one;
    for part in 0..P {
        sum[part] = R::sum(simd, one[part], other[part]);
    }
    sum
}

#[inline(always)]
pub(super) fn subtract<R: Real, S: Simd, const P: usize>(
    simd: S,
    one: Jet<R, S, P>,
    other: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let mut difference = one;
    for part in 0..P {
        difference[part] = R::difference(simd, one[part], other[part]);
    }
    difference
}

/// A jet times a real number.
#[inline(always)]
pub(super) fn scale<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
    factor: R,
) -> Jet<R, S, P> {
    let mut product = jet;
    for part in 0..P {
        product[part] = R::product(simd, jet[part], R::splat(simd, factor));
    }
    product
}

/// The product, by the product rule.
#[inline(always)]
pub(super) fn multiply<R: Real, S: Simd, const P: usize>(
    simd: S,
    one: Jet<R, S, P>,
    other: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let mut product = one;
    product[0] = R::product(simd, one[0], other[0]);
    for part in 1..P {
        let first = R::product(simd, one[part], other[0]);
        product[part] = R::multiply_add(simd, one[0], other[part], first);
    }
    product
}

/// The sum and a product.
#[inline(always)]
pub(super) fn multiply_add<R: Real, S: Simd, const P: usize>(
    simd: S,
    one: Jet<R, S, P>,
    other: Jet<R, S, P>,
    sum: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let mut result = sum;
    result[0] = R::multiply_add(simd, one[0], other[0], sum[0]);
    for part in 1..P {
        let first = R::multiply_add(simd, one[part], other[0], sum[part]);
        result[part] = R::multiply_add(simd, one[0], other[part], first);
    }
    result
}

/// A function of a jet, from its value and derivative at the jet's value.
#[inline(always)]
fn chain<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
    value: R::Vector<S>,
    derivative: R::Vector<S>,
) -> Jet<R, S, P> {
    let mut image = jet;
    image[0] = value;
    for part in 1..P {
        image[part] = R::product(simd, jet[part], derivative);
    }
    image
}

/// $1/x$.
#[inline(always)]
pub(super) fn reciprocal<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let value = R::quotient(simd, R::splat(simd, R::one()), jet[0]);
    let derivative = R::negated(simd, R::product(simd, value, value));
    chain::<R, S, P>(simd, jet, value, derivative)
}

/// $x^{-1/2}$.
#[inline(always)]
pub(super) fn inverse_square_root<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let value = R::quotient(simd, R::splat(simd, R::one()), R::square_root(simd, jet[0]));
    let half = R::product(simd, value, R::splat(simd, R::of(-0.5)));
    let derivative = R::quotient(simd, half, jet[0]);
    chain::<R, S, P>(simd, jet, value, derivative)
}

/// $e^x$.
#[inline(always)]
pub(super) fn exponential<R: Real, S: Simd, const P: usize>(
    simd: S,
    jet: Jet<R, S, P>,
) -> Jet<R, S, P> {
    let value = exponential_of_value::<R, S>(simd, jet[0]);
    chain::<R, S, P>(simd, jet, value, value)
}

/// $e^x$ for $x$ up to nearly where it overflows, to two units in the last place: $2^n e^r$ with
/// $|r| \le \tfrac12\ln 2$.
#[inline(always)]
pub(super) fn exponential_of_value<R: Real, S: Simd>(simd: S, x: R::Vector<S>) -> R::Vector<S> {
    let constant = |value: f64| R::splat(simd, R::of(value));
    let x = R::maximum(simd, x, constant(R::LOWEST_EXPONENT));
    let shifter = R::splat(simd, R::SHIFTER);
    let shifted = R::multiply_add(simd, x, constant(std::f64::consts::LOG2_E), shifter);
    let n = R::difference(simd, shifted, shifter);
    let r = R::multiply_add(simd, n, constant(-R::LN_2[0]), x);
    let r = R::multiply_add(simd, n, constant(-R::LN_2[1]), r);
    let mut sum = constant(1.0 / FACTORIALS[R::EXPONENTIAL_DEGREE]);
    for factorial in FACTORIALS[..R::EXPONENTIAL_DEGREE].iter().rev() {
        sum = R::multiply_add(simd, sum, r, constant(1.0 / factorial));
    }
    R::product(simd, sum, R::power_of_two(simd, shifted))
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
pub(super) fn normal<R: Real, S: Simd>(simd: S, z: R::Vector<S>) -> (R::Vector<S>, R::Vector<S>) {
    let constant = |value: f64| R::splat(simd, R::of(value));
    let root = constant(std::f64::consts::FRAC_1_SQRT_2);
    let x = R::product(simd, R::absolute(simd, z), root);
    let half_square = R::product(simd, R::product(simd, z, z), constant(-0.5));
    let gauss = exponential_of_value::<R, S>(simd, half_square);
    let three = constant(3.0);
    let q = R::quotient(simd, R::difference(simd, x, three), R::sum(simd, x, three));
    let mut sum = constant(SCALED_ERFCX[SCALED_ERFCX.len() - 1]);
    for coefficient in SCALED_ERFCX[..SCALED_ERFCX.len() - 1].iter().rev() {
        sum = R::multiply_add(simd, sum, q, constant(*coefficient));
    }
    let scale = R::multiply_add(simd, x, constant(2.0), constant(1.0));
    let scaled = R::quotient(simd, sum, scale);
    let tail = R::product(simd, R::product(simd, gauss, scaled), constant(0.5));
    let other = R::difference(simd, constant(1.0), tail);
    let distribution = R::where_negative(simd, z, tail, other);
    // 1 / sqrt(2 pi)
    (R::product(simd, gauss, constant(0.398_942_280_401_432_7)), distribution)
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
