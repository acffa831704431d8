//! The propagator of a free field in one, two and three dimensions.

use std::f64::consts::{EULER_GAMMA, LN_2, PI};

use crate::divergence::Positive;
use crate::error::finite;
use crate::special::SMALL_ARGUMENT;
use crate::{Error, Result};

/// How many dimensions space has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A line: where the paper's field lives.
    One,
    /// A plane.
    Two,
    /// Space: where Figures 1 and 2 are at home.
    Three,
}

impl Dimension {
    /// All three.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// As a number.
    pub fn number(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// The area of the unit sphere: 2, $2\pi$, $4\pi$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Dimension;
    /// use itakura_saito::special::gamma;
    /// use std::f64::consts::PI;
    ///
    /// // 2 π^(d/2) / Γ(d/2) in any number of dimensions.
    /// for dimension in Dimension::ALL {
    ///     let half = 0.5 * f64::from(dimension.number());
    ///     assert!((dimension.unit_sphere() - 2.0 * PI.powf(half) / gamma(half)?).abs() < 1e-14);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn unit_sphere(self) -> f64 {
        match self {
            Self::One => 2.0,
            Self::Two => 2.0 * PI,
            Self::Three => 4.0 * PI,
        }
    }
}

/// The solution of $(-\Delta + m^2)\\,G = \delta$ in free space, as a function of the distance $r$.
///
/// | $d$ | massive | massless, up to a constant for $d \le 2$ |
/// |---|---|---|
/// | 1 | $e^{-mr}/(2m)$ | $-r/2$ |
/// | 2 | $K_0(mr)/(2\pi)$ | $-\ln r/(2\pi)$ |
/// | 3 | $e^{-mr}/(4\pi r)$ | $1/(4\pi r)$ |
///
/// §4 and Figures 1 and 2 use the last row, without the $4\pi$, for a field on a line. The Bessel
/// functions come from `puruspe`: for $10^{-8} \le x \le 300$ its $K_0$ and $K_1$ differ from 40 digits of
/// mpmath by at most $1.6 \cdot 10^{-15}$, relatively.
///
/// ```
/// use itakura_saito::propagator::{Dimension, FreePropagator};
///
/// let (mass, distance) = (0.7, 2.0);
/// let plane = FreePropagator::massive(Dimension::Two, mass)?;
/// assert!((plane.at(distance)? - 0.0387789073964006).abs() < 1e-15);
/// let space = FreePropagator::massless(Dimension::Three);
/// assert!((space.log_slope(distance)? + 1.0).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FreePropagator {
    dimension: Dimension,
    mass: Option<f64>,
}

impl FreePropagator {
    /// With the mass $m$, one over the correlation length.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the mass is not positive and finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{Dimension, FreePropagator};
    /// use std::f64::consts::PI;
    ///
    /// // Yukawa's potential.
    /// let space = FreePropagator::massive(Dimension::Three, 0.5)?;
    /// assert!((space.at(2.0)? - (-1f64).exp() / (8.0 * PI)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn massive(dimension: Dimension, mass: f64) -> Result<Self> {
        let mass = Positive::named("the mass", mass, "for the mass zero call `massless`")?.get();
        Ok(Self { dimension, mass: Some(mass) })
    }

    /// Without a mass.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{Dimension, FreePropagator};
    /// use std::f64::consts::PI;
    ///
    /// // Coulomb's potential.
    /// let space = FreePropagator::massless(Dimension::Three);
    /// assert!((space.at(2.0)? - 1.0 / (8.0 * PI)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn massless(dimension: Dimension) -> Self {
        Self { dimension, mass: None }
    }

    /// $G(r)$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the distance is not positive and finite, [`Error::NotFinite`] if the value is too
    /// large for an `f64`.
    pub fn at(&self, distance: f64) -> Result<f64> {
        finite("the propagator", self.value(checked_distance(distance)?), TOO_NEAR)
    }

    fn value(&self, r: f64) -> f64 {
        match (self.dimension, self.mass) {
            (Dimension::One, Some(mass)) => (-mass * r).exp() / (2.0 * mass),
            (Dimension::Two, Some(mass)) if mass * r < SMALL_ARGUMENT => {
                near_the_source(mass, r) / (2.0 * PI)
            }
            (Dimension::Two, Some(mass)) => bessel_k(0, mass * r) / (2.0 * PI),
            (Dimension::Three, Some(mass)) => (-mass * r).exp() / (4.0 * PI * r),
            (Dimension::One, None) => -r / 2.0,
            (Dimension::Two, None) => -r.ln() / (2.0 * PI),
            (Dimension::Three, None) => 1.0 / (4.0 * PI * r),
        }
    }

    /// $dG/dr$, in which the free constant of the massless cases does not appear.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the distance is not positive and finite, [`Error::NotFinite`] if the slope is too
    /// large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{Dimension, FreePropagator};
    /// use std::f64::consts::PI;
    ///
    /// // On a line the field of a charge is constant, in the plane it falls like 1/r.
    /// assert_eq!(FreePropagator::massless(Dimension::One).derivative(7.0)?, -0.5);
    /// let plane = FreePropagator::massless(Dimension::Two);
    /// assert!((plane.derivative(2.0)? + 1.0 / (4.0 * PI)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn derivative(&self, distance: f64) -> Result<f64> {
        finite(
            "the derivative of the propagator",
            self.slope(checked_distance(distance)?),
            TOO_NEAR,
        )
    }

    fn slope(&self, r: f64) -> f64 {
        match (self.dimension, self.mass) {
            (Dimension::One, Some(mass)) => -0.5 * (-mass * r).exp(),
            (Dimension::Two, Some(mass)) if mass * r < SMALL_ARGUMENT => -0.5 / PI / r,
            (Dimension::Two, Some(mass)) => -mass * bessel_k(1, mass * r) / (2.0 * PI),
            (Dimension::Three, Some(mass)) => -(1.0 / r + mass) * self.value(r),
            (Dimension::One, None) => -0.5,
            (Dimension::Two, None) => -0.5 / PI / r,
            (Dimension::Three, None) => -0.25 / PI / r / r,
        }
    }

    /// The slope $d\ln|G|/d\ln r$ on logarithmic axes. It is infinite where a massless $G$ in the
    /// plane crosses zero, at $r = 1$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the distance is not positive and finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{Dimension, FreePropagator};
    ///
    /// // In space: -1 without a mass, -(1 + mr) with one.
    /// assert_eq!(FreePropagator::massless(Dimension::Three).log_slope(2.0)?, -1.0);
    /// let massive = FreePropagator::massive(Dimension::Three, 0.5)?;
    /// assert!((massive.log_slope(2.0)? + 2.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn log_slope(&self, distance: f64) -> Result<f64> {
        let r = checked_distance(distance)?;
        // In closed form: far out G itself and its slope are both zero in 64 bits.
        Ok(match (self.dimension, self.mass) {
            (Dimension::One, Some(mass)) => -mass * r,
            (Dimension::Two, Some(mass)) if mass * r < SMALL_ARGUMENT => {
                -1.0 / near_the_source(mass, r)
            }
            (Dimension::Two, Some(mass)) => -mass * r * ratio_of_bessel_k(mass * r),
            (Dimension::Three, Some(mass)) => -(1.0 + mass * r),
            (Dimension::One, None) => 1.0,
            (Dimension::Two, None) => 1.0 / r.ln(),
            (Dimension::Three, None) => -1.0,
        })
    }

    /// The flux $-S_d\\, r^{d-1}\\, dG/dr$ through the sphere of radius $r$.
    ///
    /// Gauss's law: without a mass it is 1 at every radius, with one it is 1 at the source and decreases.
    /// This is what fixes the $4\pi$ that Figures 1 and 2 leave out.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the distance is not positive and finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{Dimension, FreePropagator};
    ///
    /// let massless = FreePropagator::massless(Dimension::Two);
    /// assert!((massless.flux(0.1)? - 1.0).abs() < 1e-14 && (massless.flux(9.0)? - 1.0).abs() < 1e-14);
    /// // A mass screens the source: (1 + mr) exp(-mr) in space.
    /// let massive = FreePropagator::massive(Dimension::Three, 0.5)?;
    /// assert!((massive.flux(2.0)? - 2.0 * (-1f64).exp()).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn flux(&self, distance: f64) -> Result<f64> {
        let r = checked_distance(distance)?;
        let power = i32::try_from(self.dimension.number()).expect("1, 2 or 3") - 1;
        let flux = -self.dimension.unit_sphere() * r.powi(power) * self.slope(r);
        if flux.is_normal() {
            return Ok(flux);
        }
        // The area or the slope has left the range of numbers.
        Ok(match (self.dimension, self.mass.unwrap_or(0.0) * r) {
            (_, 0.0) => 1.0,
            (Dimension::One, lengths) => (-lengths).exp(),
            (Dimension::Two, lengths) if lengths < SMALL_ARGUMENT => 1.0,
            (Dimension::Two, lengths) => bessel_k(1, lengths) * lengths.min(f64::MAX),
            (Dimension::Three, lengths) => (1.0 + lengths.min(f64::MAX)) * (-lengths).exp(),
        })
    }
}

/// The value may be too large for an `f64` near the source, or for a tiny mass.
const TOO_NEAR: &str = "measure the distance in a smaller unit";

/// $K_0(mr)$ where $mr$ is small, or no number any more.
fn near_the_source(mass: f64, r: f64) -> f64 {
    let lengths = mass * r;
    let logarithm = if lengths.is_normal() { lengths.ln() } else { mass.ln() + r.ln() };
    LN_2 - logarithm - EULER_GAMMA
}

fn checked_distance(distance: f64) -> Result<f64> {
    Ok(Positive::named("the distance", distance, "give a point away from the source")?.get())
}

/// $K_0$ or $K_1$, which is zero in 64 bits beyond 745, where the library's products of zero and infinity
/// would not be. It may be infinite at zero.
fn bessel_k(order: u32, x: f64) -> f64 {
    match order {
        _ if x > 745.0 => 0.0,
        0 if x < SMALL_ARGUMENT => LN_2 - x.ln() - EULER_GAMMA,
        1 if x < SMALL_ARGUMENT => 1.0 / x,
        _ => puruspe::Kn(order, x),
    }
}

/// $K_1(x)/K_0(x)$, also where both are zero in 64 bits.
///
/// From 700 on by its asymptotic series, whose first omitted term is below $10^{-14}$ of the last digit.
fn ratio_of_bessel_k(x: f64) -> f64 {
    if x < 700.0 {
        return bessel_k(1, x) / bessel_k(0, x);
    }
    let inverse = 1.0 / x;
    1.0 + inverse * (0.5 - inverse * (0.125 - inverse * (0.125 - inverse * 25.0 / 128.0)))
}

/// The massless propagator in $d \ge 3$ dimensions.
///
/// $$ G(r) = \frac{\Gamma(d/2 - 1)}{4\pi^{d/2}}\\, r^{2-d} $$
///
/// A power law with a negative exponent needs three dimensions, and $1/r$ is $d = 3$ alone.
///
/// # Errors
///
/// [`Error::TooFew`] for fewer than three dimensions, [`Error::NotPositive`] if the distance is not positive,
/// [`Error::NotFinite`] if the value is too large for an `f64`.
///
/// ```
/// use itakura_saito::propagator::massless_power_law;
///
/// let value = massless_power_law(4, 2.0)?;
/// assert!((value - 0.0063325739776461).abs() < 1e-15); // 1/(4 π² r²)
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn massless_power_law(dimensions: usize, distance: f64) -> Result<f64> {
    let distance = checked_distance(distance)?;
    if dimensions < 3 {
        return Err(Error::TooFew {
            name: "the number of dimensions",
            count: dimensions,
            minimum: 3,
            remedy: "on a line the massless propagator is linear, in the plane a logarithm",
        });
    }
    let half = dimensions as f64 / 2.0;
    let constant = puruspe::gamma(half - 1.0) / (4.0 * PI.powf(half));
    let power = distance.powf(2.0 - 2.0 * half);
    let value = constant * power;
    if [constant, power, value].into_iter().all(f64::is_normal) {
        return Ok(value);
    }
    // A factor has left the range of numbers; the product need not have.
    let power = half - 1.0;
    let logarithm = if power >= STIRLING && (distance * distance).is_normal() {
        logarithm_of_many_dimensions(power, distance)
    } else {
        libm::lgamma(power) - power * (PI.ln() + 2.0 * distance.ln())
    };
    let value = (logarithm - (4.0 * PI).ln()).exp();
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotFinite {
        name: "the massless propagator",
        value,
        remedy: "it grows like a power at the source: take a larger distance or fewer dimensions",
    })
}

/// From here on the three terms of Stirling's series that are used are all of it, to rounding.
const STIRLING: f64 = 100.0;

/// $\pi e$, and what its rounding leaves out.
const PI_E: (f64, f64) = (8.539_734_222_673_568, -6.773_815_290_502_424e-16);

/// $\ln(\Gamma(n)\\, (\pi r^2)^{-n})$ by Stirling's series, as $n \ln(n/\pi e r^2)$ and what is small beside it.
///
/// The logarithm of a number is near zero, but $n$ times that of its rounding is not: the number is
/// formed with twice the digits.
fn logarithm_of_many_dimensions(n: f64, r: f64) -> f64 {
    let square = r * r;
    let square_rest = r.mul_add(r, -square);
    let divisor = PI_E.0 * square;
    let divisor_rest = PI_E.0.mul_add(square, -divisor) + PI_E.1 * square + PI_E.0 * square_rest;
    let ratio = n / divisor;
    let remainder = (-ratio).mul_add(divisor, n) - ratio * divisor_rest;
    let logarithm = ratio.ln() + remainder / n;
    let inverse = 1.0 / n;
    let series = inverse / 12.0 - inverse.powi(3) / 360.0 + inverse.powi(5) / 1260.0;
    n * logarithm + 0.5 * (2.0 * PI / n).ln() + series
}
