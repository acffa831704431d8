//! What a neuron does with its sum, and its slope as a dual number.

use pulp::Arch;

use super::super::architecture::Nonlinearity;
use super::super::kernels;
use super::super::planes::Planes;

/// Replaces the sums $z$ by $s(z)$ and gives the slope $s'(z)$, unless that is one.
///
/// Of a dual number, $s(z + \varepsilon\dot z) = s(z) + \varepsilon s'(z)\dot z$, and the slope is a dual
/// number itself, $s'(z) + \varepsilon s''(z)\dot z$: all that the way back needs.
pub(super) fn apply<const P: usize>(
    nonlinearity: Nonlinearity,
    sums: &mut Planes<P>,
) -> Option<Planes<P>> {
    match nonlinearity {
        Nonlinearity::Identity => None,
        Nonlinearity::Relu => Some(rectify(sums)),
        Nonlinearity::Gelu => Some(smooth(sums, kernels::gelu)),
        Nonlinearity::Softplus => Some(smooth(sums, softplus)),
    }
}

/// Multiplies a gradient by the slope, as dual numbers.
pub(super) fn multiply<const P: usize>(gradient: &mut Planes<P>, slope: &Planes<P>) {
    let slopes = &slope.parts[0];
    let (values, tangents) = gradient.parts.split_at_mut(1);
    for (part, tangents) in tangents.iter_mut().enumerate() {
        if gradient.active[part + 1] {
            scale(tangents, slopes);
        }
        if gradient.active[0] && slope.active[part + 1] {
            add_product(tangents, &values[0], &slope.parts[part + 1]);
            gradient.active[part + 1] = true;
        }
    }
    scale(&mut values[0], slopes);
}

/// The rectifier. Where the sum is zero, the result is the constant zero and so is the slope.
fn rectify<const P: usize>(sums: &mut Planes<P>) -> Planes<P> {
    let mut slope = Planes::of_values(sums.rows);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (slope, sum) in slope.parts[0].iter_mut().zip(&sums.parts[0]) {
                *slope = if *sum > 0.0 { 1.0 } else { 0.0 };
            }
        },
    );
    for (part, &active) in sums.parts.iter_mut().zip(&sums.active) {
        if active {
            scale(part, &slope.parts[0]);
        }
    }
    slope
}

/// A smooth function, which replaces sums by values, and writes its first derivative and, if there is
/// room, its second.
fn smooth<const P: usize>(
    sums: &mut Planes<P>,
    function: impl Fn(&mut [f64], &mut [f64], &mut [f64]),
) -> Planes<P> {
    let mut slope = Planes::of_values(sums.rows);
    let mut curvature = vec![0.0; if P > 1 { sums.rows.size() } else { 0 }];
    function(&mut sums.parts[0], &mut slope.parts[0], &mut curvature);
    for part in 1..P {
        if sums.active[part] {
            slope.parts[part] = sums.parts[part].clone();
            slope.active[part] = true;
            scale(&mut slope.parts[part], &curvature);
            scale(&mut sums.parts[part], &slope.parts[0]);
        }
    }
    slope
}

fn scale(values: &mut [f64], factors: &[f64]) {
    Arch::new().dispatch(
        #[inline(always)]
        || values.iter_mut().zip(factors).for_each(|(value, factor)| *value *= factor),
    );
}

fn add_product(sums: &mut [f64], ones: &[f64], others: &[f64]) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((sum, one), other) in sums.iter_mut().zip(ones).zip(others) {
                *sum += one * other;
            }
        },
    );
}

/// $\ln(1 + e^z)$ without overflow, the logistic function, and its derivative.
fn softplus(sums: &mut [f64], slopes: &mut [f64], curvatures: &mut [f64]) {
    for (at, (sum, slope)) in sums.iter_mut().zip(slopes).enumerate() {
        let small = (-sum.abs()).exp();
        let logistic = (1.0 + small).recip();
        *slope = if *sum > 0.0 { logistic } else { small * logistic };
        *sum = sum.max(0.0) + small.ln_1p();
        if let Some(curvature) = curvatures.get_mut(at) {
            *curvature = small * logistic * logistic;
        }
    }
}
