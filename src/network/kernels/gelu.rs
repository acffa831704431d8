//! The smooth rectifier $z\\,\Phi(z)$ with its first two derivatives, many at once.

use pulp::{Arch, Simd, WithSimd};

use super::Real;
use super::lanes::normal;

/// Replaces $z$ by $z\\,\Phi(z)$, and writes the derivatives $\Phi + z\varphi$ and, if there is room,
/// $(2 - z^2)\varphi$. The lengths are multiples of the widest vector.
pub(in super::super) fn gelu<R: Real>(sums: &mut [R], slopes: &mut [R], curvatures: &mut [R]) {
    assert!(sums.len().is_multiple_of(R::WIDEST), "rows hold whole vectors");
    Arch::new().dispatch(Gelu { sums, slopes, curvatures });
}

struct Gelu<'a, R> {
    sums: &'a mut [R],
    slopes: &'a mut [R],
    curvatures: &'a mut [R],
}

impl<R: Real> WithSimd for Gelu<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let sums = R::vectors_mut::<S>(self.sums);
        let slopes = R::vectors_mut::<S>(self.slopes);
        let curvatures = R::vectors_mut::<S>(self.curvatures);
        for (at, (sum, slope)) in sums.iter_mut().zip(slopes).enumerate() {
            let z = *sum;
            let (density, distribution) = normal::<R, S>(simd, z);
            *sum = R::product(simd, z, distribution);
            *slope = R::multiply_add(simd, z, density, distribution);
            if let Some(curvature) = curvatures.get_mut(at) {
                let two = R::splat(simd, R::of(2.0));
                let factor = R::difference(simd, two, R::product(simd, z, z));
                *curvature = R::product(simd, factor, density);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gelu;

    #[test]
    fn gelu_agrees_with_the_error_function_of_the_library() {
        // From far below where it underflows to far above where it is the identity, zero included.
        let sums: Vec<f64> = (0..4000).map(|at| (at as f64 - 2000.0) * 0.02).collect();
        let (mut values, mut slopes, mut curvatures) =
            (sums.clone(), vec![0.0; 4000], vec![0.0; 4000]);
        gelu(&mut values, &mut slopes, &mut curvatures);
        for (at, &z) in sums.iter().enumerate() {
            let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let distribution = 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
            let expected = [z * distribution, distribution + z * density, (2.0 - z * z) * density];
            // Relative to the size of the terms that are added; 1e-305 where everything underflows.
            let sizes = [
                (z * distribution).abs(),
                distribution.max((z * density).abs()),
                (2.0 + z * z) * density,
            ];
            let observed = [values[at], slopes[at], curvatures[at]];
            for ((observed, expected), size) in observed.iter().zip(expected).zip(sizes) {
                // The square in the exponent has a relative error that grows with it.
                let tolerance = 4e-16 * (4.0 + z * z) * size + 1e-300;
                assert!((observed - expected).abs() <= tolerance, "{z}: {observed} {expected}");
            }
        }
    }

    #[test]
    fn gelu_of_32_bits_is_that_of_64_up_to_rounding() {
        let sums: Vec<f64> = (0..1600).map(|at| (f64::from(at) - 800.0) * 0.0078125).collect();
        let mut double = [sums.clone(), vec![0.0; 1600], vec![0.0; 1600]];
        let mut single = double.each_ref().map(|list| {
            let list: Vec<f32> = list.iter().map(|&value| value as f32).collect();
            list
        });
        let [values, slopes, curvatures] = &mut double;
        gelu(values, slopes, curvatures);
        let [values, slopes, curvatures] = &mut single;
        gelu(values, slopes, curvatures);
        for (one, other) in single.iter().flatten().zip(double.iter().flatten()) {
            assert!((f64::from(*one) - other).abs() < 1e-6 * other.abs().max(1.0), "{one} {other}");
        }
    }
}
