//! A scalar field in Euclidean AdS₂: from its boundary value into the bulk.

use std::f64::consts::{FRAC_PI_2, PI};

use super::mass_squared_of;
use crate::special::{ONE_TERM_ORDER, SMALL_ARGUMENT, bessel_k, gamma, half_exponent};
use crate::trapezoid::trapezoidal;
use crate::{Error, Result};

/// The bulk-boundary propagator of a field of scaling dimension $\Delta > 1/2$.
///
/// $$ z^2 (\partial_x^2 + \partial_z^2) K = \Delta(\Delta - 1) K, \qquad
///    K = C \Bigl(\frac{z}{z^2 + x^2}\Bigr)^{\Delta}, \qquad
///    C = \frac{\Gamma(\Delta)}{\sqrt\pi\\, \Gamma(\Delta - \frac12)} $$
///
/// $z > 0$ is the depth and $x$ runs along the boundary; $\int K\\,dx = z^{1-\Delta}$. At $\Delta = 1$, where
/// the field is massless, it is Poisson's kernel of the half plane.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::BulkBoundary;
///
/// let kernel = BulkBoundary::new(1.5)?;
/// assert!((kernel.normalisation() - 0.5).abs() < 1e-15);
/// assert!((kernel.value(0.7, 0.4)? - 0.558787946406061).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BulkBoundary {
    dimension: f64,
    normalisation: f64,
}

/// An integral of the kernel along the boundary, and what it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KernelIntegral {
    /// The integral.
    pub value: f64,
    /// How much it changes when the step is doubled: a bound on what is left.
    pub change: f64,
    /// How many points the finer rule took.
    pub points: usize,
}

impl BulkBoundary {
    /// The propagator of a scaling dimension.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless the dimension is above 1/2, where the integral converges, and at most
    /// 20. Towards 1/2 the normalisation vanishes: the integral of $1/|x|$ does not exist.
    pub fn new(dimension: f64) -> Result<Self> {
        if !(dimension > 0.5 && dimension <= 20.0) {
            return Err(Error::OutOfRange {
                name: "the scaling dimension of a bulk-boundary propagator",
                value: dimension,
                lower: 0.5,
                upper: 20.0,
                remedy: "take the larger root of the mass, above the bound; at 1/2 itself the kernel cannot \
                         be normalised",
            });
        }
        let normalisation = gamma(dimension)? / (PI.sqrt() * gamma(dimension - 0.5)?);
        Ok(Self { dimension, normalisation })
    }

    /// $\Delta$.
    pub fn dimension(&self) -> f64 {
        self.dimension
    }

    /// $C$.
    pub fn normalisation(&self) -> f64 {
        self.normalisation
    }

    /// $K(z, x)$ at a depth and a distance along the boundary.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless the depth is positive and finite, [`Error::NotFinite`] unless the
    /// distance is finite, and where the value is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    /// use std::f64::consts::PI;
    ///
    /// // Poisson's kernel of the half plane, z/(π(z² + x²)).
    /// let massless = BulkBoundary::new(1.0)?;
    /// assert!((massless.value(2.0, 1.0)? - 2.0 / (5.0 * PI)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn value(&self, depth: f64, distance: f64) -> Result<f64> {
        let depth = positive("the depth z in the bulk", depth)?;
        let distance = number("the distance along the boundary", distance)?;
        in_range(self.at(depth, distance))
    }

    fn at(&self, depth: f64, distance: f64) -> f64 {
        let square = depth * depth + distance * distance;
        let ratio = depth / square;
        if square.is_normal() && ratio.is_normal() {
            return self.normalisation * ratio.powf(self.dimension);
        }
        // The square or the ratio has left the range of numbers; the value need not have.
        let logarithm = depth.ln() - 2.0 * depth.hypot(distance).ln();
        self.normalisation * (self.dimension * logarithm).exp()
    }

    /// $\int K\\,dx$ by quadrature; it has to be $z^{1-\Delta}$.
    ///
    /// The substitution $x = z \sinh(\tfrac\pi2 \sinh s)$ turns the power tail into a doubly exponential one.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless the depth is positive and finite, [`Error::NotFinite`] where the
    /// integral is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    ///
    /// // z^(1 - Δ): one without a mass.
    /// assert!((BulkBoundary::new(1.0)?.integral(3.0)?.value - 1.0).abs() < 1e-12);
    /// assert!((BulkBoundary::new(2.5)?.integral(4.0)?.value - 0.125).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn integral(&self, depth: f64) -> Result<KernelIntegral> {
        let depth = positive("the depth z in the bulk", depth)?;
        let rule = |step: f64| {
            trapezoidal(step, |s| {
                let exponent = FRAC_PI_2 * s.sinh();
                let slope = FRAC_PI_2 * s.cosh();
                // K dx = C z^(1-Δ) cosh(e)^(1-2Δ) de, with cosh(e) kept as a logarithm.
                let log_cosh = exponent.abs() + (0.5 + 0.5 * (-2.0 * exponent.abs()).exp()).ln();
                let fall = (1.0 - 2.0 * self.dimension) * log_cosh;
                // Near the bound the tail is long: at the smallest ν the sum ends at s = 42.
                (fall > -60.0).then(|| [fall.exp() * slope])
            })
        };
        let (coarse, fine) = (rule(1.0 / 16.0), rule(1.0 / 32.0));
        let scale = self.normalisation * depth.powf(1.0 - self.dimension);
        let [value, rough] = [fine, coarse].map(|sums| scale * sums.integrals[0]);
        let value = in_range(value)?;
        Ok(KernelIntegral { value, change: (value - rough).abs(), points: fine.points })
    }

    /// The residual of the field equation by central differences of eighth order, relative to $K$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless the depth is positive and finite, [`Error::NotFinite`] unless the
    /// distance is finite, and so far out that $K$ vanishes.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    ///
    /// assert!(BulkBoundary::new(1.7)?.residual(0.8, 0.3)?.abs() < 1e-8);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn residual(&self, depth: f64, distance: f64) -> Result<f64> {
        let depth = positive("the depth z in the bulk", depth)?;
        let distance = number("the distance along the boundary", distance)?;
        // Relative to K the equation knows no unit: where the square of the step would leave the range of
        // numbers, the depth is the unit.
        let is_moderate = (1e-100..1e100).contains(&depth);
        let (depth, distance) =
            if is_moderate { (depth, distance) } else { (1.0, distance / depth) };
        let step = STENCIL_STEP * depth;
        let along = second_difference(step, |shift| self.at(depth, distance + shift));
        let inward = second_difference(step, |shift| self.at(depth + shift, distance));
        let value = self.at(depth, distance);
        number(
            "the residual of the field equation",
            depth * depth * (along + inward) / value - mass_squared_of(self.dimension),
        )
    }

    /// The response at a distance along the boundary, the coefficient of $z^\Delta$: $C |x|^{-2\Delta}$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless the distance is positive and finite, [`Error::NotFinite`] where the
    /// response is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    ///
    /// // A conformal correlator: twice as far, 2^(-2Δ) as much.
    /// let kernel = BulkBoundary::new(1.5)?;
    /// assert!((kernel.two_point(2.0)? / kernel.two_point(1.0)? - 0.125).abs() < 1e-15);
    /// // It is what is left of the kernel near the boundary.
    /// let near = kernel.value(1e-6, 2.0)? / 1e-6f64.powf(1.5);
    /// assert!((near / kernel.two_point(2.0)? - 1.0).abs() < 1e-11);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn two_point(&self, distance: f64) -> Result<f64> {
        let distance = positive("the distance along the boundary", distance)?;
        in_range(self.normalisation * distance.powf(-2.0 * self.dimension))
    }

    /// The Fourier transform of the kernel along the boundary.
    ///
    /// $$ \frac{2^{1-\nu}}{\Gamma(\nu)}\\, k^\nu \sqrt z\\, K_\nu(kz), \qquad \nu = \Delta - \tfrac12 $$
    ///
    /// It begins as $z^{1-\Delta}$ at the boundary.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless depth and momentum are positive and finite, [`Error::NotFinite`] where
    /// the value is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    ///
    /// // A harmonic function that oscillates along the boundary dies away into the bulk.
    /// let massless = BulkBoundary::new(1.0)?;
    /// assert!((massless.in_momentum_space(0.5, 3.0)? - (-1.5f64).exp()).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn in_momentum_space(&self, depth: f64, momentum: f64) -> Result<f64> {
        let depth = positive("the depth z in the bulk", depth)?;
        let momentum = positive("the momentum k along the boundary", momentum)?;
        let order = self.dimension - 0.5;
        let argument = momentum * depth;
        if argument >= SMALL_ARGUMENT {
            let amplitude = (1.0 - order).exp2() / gamma(order)? * momentum.powf(order);
            let value = amplitude * depth.sqrt() * bessel_k(order, argument)?;
            if amplitude.is_normal() && value.is_finite() {
                return Ok(value);
            }
        }
        // The power at the boundary times what tends to one there.
        in_range(
            depth.powf(1.0 - self.dimension) * self.fall(argument, momentum.ln() + depth.ln())?,
        )
    }

    /// $2^{1-\nu} x^\nu K_\nu(x) / \Gamma(\nu)$ from $x$ and its logarithm; 1 at $x = 0$.
    fn fall(&self, argument: f64, logarithm: f64) -> Result<f64> {
        let order = self.dimension - 0.5;
        if argument >= SMALL_ARGUMENT {
            let power = argument.powf(order) * (1.0 - order).exp2() / gamma(order)?;
            return Ok(power * bessel_k(order, argument)?);
        }
        // Without the subtraction, which cancels near the bound of the mass.
        Ok(if order < ONE_TERM_ORDER {
            -(-2.0 * half_exponent(order, logarithm)).exp_m1()
        } else {
            1.0
        })
    }

    /// The response to a source of momentum $k$: the coefficient of $z^\Delta$ over that of $z^{1-\Delta}$.
    ///
    /// $$ c(k) = 4^{-\nu}\\, \frac{\Gamma(-\nu)}{\Gamma(\nu)}\\, k^{2\nu} $$
    ///
    /// For a massless field it is $-|k|$: minus the map from boundary value to outward slope.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] unless the momentum is; [`Error::NotFinite`] for a whole $\nu$, where a
    /// logarithm takes the place of the power, and where the response is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::BulkBoundary;
    ///
    /// assert!((BulkBoundary::new(1.0)?.response(3.0)? + 3.0).abs() < 1e-14);
    /// // For ν = 1 there is a logarithm instead.
    /// assert!(BulkBoundary::new(1.5)?.response(3.0).is_err());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn response(&self, momentum: f64) -> Result<f64> {
        let momentum = positive("the momentum k along the boundary", momentum)?;
        let order = self.dimension - 0.5;
        in_range((0.5 * momentum).powf(2.0 * order) * gamma(-order)? / gamma(order)?)
    }
}

/// The step of the stencil in units of the depth: truncation stays below 1e-9 up to Δ = 4, rounding at 1e-11.
const STENCIL_STEP: f64 = 0.012;

/// The weights of the central second difference of eighth order, from the middle outwards.
const STENCIL: [f64; 5] = [-205.0 / 72.0, 8.0 / 5.0, -1.0 / 5.0, 8.0 / 315.0, -1.0 / 560.0];

fn second_difference(step: f64, function: impl Fn(f64) -> f64) -> f64 {
    let mut sum = STENCIL[0] * function(0.0);
    for (index, weight) in STENCIL.iter().enumerate().skip(1) {
        let shift = index as f64 * step;
        sum += weight * (function(shift) + function(-shift));
    }
    sum / (step * step)
}

/// A value that is no larger than an `f64` can be.
fn in_range(value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotFinite {
        name: "the field, its integral or its response",
        value,
        remedy: "it grows like a power: take a larger depth or distance, or a smaller momentum",
    })
}

fn number(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    let remedy = "give a place where the kernel does not vanish, in units of the curvature radius";
    Err(Error::NotFinite { name, value, remedy })
}

fn positive(name: &'static str, value: f64) -> Result<f64> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    let remedy = "the boundary itself, and what lies beyond it, are not part of the bulk";
    Err(Error::NotPositive { name, value, remedy })
}
