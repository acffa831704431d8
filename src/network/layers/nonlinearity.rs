//! What a neuron does with its sum, and its slope as a dual number.

use pulp::Arch;

use super::super::architecture::Nonlinearity;
use super::super::kernels::{self, Real};
use super::super::planes::Planes;

/// The slopes of all neurons by parts. A part that is zero throughout is absent; the value never is.
#[derive(Debug)]
pub(super) struct Slope<R, const P: usize>([Option<Vec<R>>; P]);

/// Replaces the sums $z$ by $s(z)$ and gives the slope $s'(z)$, unless that is one.
///
/// Of a dual number, $s(z + \varepsilon\dot z) = s(z) + \varepsilon s'(z)\dot z$, and the slope is a dual
/// number itself, $s'(z) + \varepsilon s''(z)\dot z$: all that the way back needs.
pub(super) fn apply<R: Real, const P: usize>(
    nonlinearity: Nonlinearity,
    sums: &mut Planes<R, P>,
) -> Option<Slope<R, P>> {
    match nonlinearity {
        Nonlinearity::Identity => None,
        Nonlinearity::Relu => Some(rectify(sums)),
        Nonlinearity::Gelu => Some(smooth(sums, kernels::gelu)),
        Nonlinearity::Softplus => Some(smooth(sums, softplus)),
    }
}

impl<R: Real, const P: usize> Slope<R, P> {
    /// Multiplies a gradient by the slope, as dual numbers.
    pub(super) fn multiply(&self, gradient: &mut Planes<R, P>) {
        let slopes = self.0[0].as_ref().expect("the value is always there");
        let mut active = gradient.active;
        let [values, tangents @ ..] = &mut gradient.parts_mut()[..] else {
            unreachable!("a number has a value")
        };
        for (part, tangents) in tangents.iter_mut().enumerate() {
            if active[part + 1] {
                scale(tangents, slopes);
            }
            if let (true, Some(slopes)) = (active[0], &self.0[part + 1]) {
                add_product(tangents, values, slopes);
                active[part + 1] = true;
            }
        }
        scale(values, slopes);
        gradient.active = active;
    }
}

/// The rectifier. Where the sum is zero, the result is the constant zero and so is the slope.
fn rectify<R: Real, const P: usize>(sums: &mut Planes<R, P>) -> Slope<R, P> {
    let mut slopes = vec![R::zero(); sums.rows.size()];
    let active = sums.active;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (slope, sum) in slopes.iter_mut().zip(sums.part(0)) {
                *slope = if *sum > R::zero() { R::one() } else { R::zero() };
            }
        },
    );
    for (part, sums) in sums.parts_mut().into_iter().enumerate() {
        if active[part] {
            scale(sums, &slopes);
        }
    }
    Slope(std::array::from_fn(|part| (part == 0).then(|| std::mem::take(&mut slopes))))
}

/// A smooth function, which replaces the sums by its values and writes its first derivative and, if there
/// is room, its second.
fn smooth<R: Real, const P: usize>(
    sums: &mut Planes<R, P>,
    function: impl Fn(&mut [R], &mut [R], &mut [R]),
) -> Slope<R, P> {
    let (rows, active) = (sums.rows, sums.active);
    let mut slopes = vec![R::zero(); rows.size()];
    let mut curvatures = vec![R::zero(); if P > 1 { rows.size() } else { 0 }];
    function(sums.part_mut(0), &mut slopes, &mut curvatures);
    rows.clear_margins(sums.part_mut(0));
    let mut slope = Slope(std::array::from_fn(|_| None));
    for (part, tangents) in sums.parts_mut().into_iter().enumerate().skip(1) {
        if active[part] {
            slope.0[part] = Some(product(tangents, &curvatures));
            scale(tangents, &slopes);
        }
    }
    slope.0[0] = Some(slopes);
    slope
}

fn scale<R: Real>(values: &mut [R], factors: &[R]) {
    Arch::new().dispatch(
        #[inline(always)]
        || values.iter_mut().zip(factors).for_each(|(value, factor)| *value *= *factor),
    );
}

fn product<R: Real>(ones: &[R], others: &[R]) -> Vec<R> {
    Arch::new().dispatch(
        #[inline(always)]
        || ones.iter().zip(others).map(|(one, other)| *one * *other).collect(),
    )
}

fn add_product<R: Real>(sums: &mut [R], ones: &[R], others: &[R]) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((sum, one), other) in sums.iter_mut().zip(ones).zip(others) {
                *sum += *one * *other;
            }
        },
    );
}

/// $\ln(1 + e^z)$ without overflow, the logistic function, and its derivative.
fn softplus<R: Real>(sums: &mut [R], slopes: &mut [R], curvatures: &mut [R]) {
    for (at, (sum, slope)) in sums.iter_mut().zip(slopes).enumerate() {
        let small = (-sum.abs()).exp();
        let logistic = (R::one() + small).recip();
        *slope = if *sum > R::zero() { logistic } else { small * logistic };
        *sum = sum.max(R::zero()) + small.ln_1p();
        if let Some(curvature) = curvatures.get_mut(at) {
            *curvature = small * logistic * logistic;
        }
    }
}
