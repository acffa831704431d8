//! What is conformal about the massless field on a line.

use super::Reparametrization;
use super::finite;
use crate::{Error, Result};

/// The scaling dimension of a free massless scalar field in $d$ dimensions.
///
/// $$ \Delta = \frac{d - 2}{2} $$
///
/// On a line it is $-\tfrac12$, and the correlator $|x|^{-2\Delta} = |x|$ grows. The $1/|x|$ of §4 would
/// need $\Delta = \tfrac12$, which is the free field of three dimensions.
///
/// # Errors
///
/// [`Error::TooFew`] for no dimension at all.
///
/// ```
/// use itakura_saito::propagator::{correlator_exponent, scaling_dimension};
///
/// assert_eq!(scaling_dimension(1)?, -0.5);
/// assert_eq!(correlator_exponent(scaling_dimension(1)?), 1.0);
/// assert_eq!(correlator_exponent(scaling_dimension(3)?), -1.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn scaling_dimension(dimensions: usize) -> Result<f64> {
    if dimensions == 0 {
        return Err(Error::TooFew {
            name: "the number of dimensions",
            count: 0,
            minimum: 1,
            remedy: "a field needs a place to live",
        });
    }
    Ok((dimensions as f64 - 2.0) / 2.0)
}

/// The exponent $-2\Delta$ of a correlator of two fields of scaling dimension $\Delta$.
pub fn correlator_exponent(dimension: f64) -> f64 {
    -2.0 * dimension
}

/// A smooth function to try an identity on: a polynomial times $e^{-s x^2}$.
///
/// ```
/// use itakura_saito::propagator::TestFunction;
///
/// let function: TestFunction = TestFunction::new(1.0, &[1.0, 0.5])?; // exp(-x²)(1 + x/2)
/// assert_eq!(function.value_and_slope(0.0), (1.0, 0.5));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TestFunction {
    sharpness: f64,
    coefficients: Vec<f64>,
}

impl TestFunction {
    /// With this sharpness $s$ and these coefficients of the polynomial, from the constant on.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`] or [`Error::NotFiniteAt`] for what is no number.
    pub fn new(sharpness: f64, coefficients: &[f64]) -> Result<Self> {
        if let Some(index) = coefficients.iter().position(|entry| !entry.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the coefficients at ",
                index: vec![index],
                value: coefficients[index],
                remedy: "give numbers",
            });
        }
        let sharpness = finite("the sharpness", sharpness)?;
        Ok(Self { sharpness, coefficients: coefficients.to_vec() })
    }

    /// The function and its derivative at `x`.
    pub fn value_and_slope(&self, x: f64) -> (f64, f64) {
        let (mut value, mut slope) = (0.0, 0.0);
        for coefficient in self.coefficients.iter().rev() {
            slope = slope * x + value;
            value = value * x + coefficient;
        }
        let envelope = (-self.sharpness * x * x).exp();
        (envelope * value, envelope * (slope - 2.0 * self.sharpness * x * value))
    }
}

/// How the kinetic term changes under $\tilde x = F(x)$, $\tilde e(\tilde x) = \sqrt{F'(x)}\\; e(x)$.
///
/// $$ \int \Bigl(\frac{d\tilde e}{d\tilde x}\Bigr)^2 d\tilde x = \int e'^2\\,dx -
///    \frac12 \int \\{F, x\\}\\, e^2\\,dx + \Bigl[\frac{F''}{2F'}\\, e^2\Bigr]\_{\text{ends}} $$
///
/// For a Möbius map the Schwarzian $\\{F, x\\}$ vanishes, and the kinetic term is the same up to the ends:
/// the conformal symmetry that the massless field on a line does have, with the weight $-\tfrac12$. The
/// left side is integrated over $\tilde x$ through the inverse map, the right side over $x$, so that the
/// two have nothing in common but the field.
///
/// ```
/// use itakura_saito::propagator::{KineticIdentity, Moebius, Reparametrization, TestFunction};
///
/// let map = Reparametrization::Moebius(Moebius::new(2.0, 1.0, 1.0, 3.0)?);
/// let field = TestFunction::new(1.0, &[1.0, 0.5])?;
/// let identity: KineticIdentity = KineticIdentity::new(&map, &field, 0.0, 1.0)?;
/// assert!((identity.transformed - 0.671457312342947).abs() < 1e-12);
/// assert!(identity.residual().abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KineticIdentity {
    /// The kinetic term of the transformed field, over the transformed interval.
    pub transformed: f64,
    /// The kinetic term of the field itself.
    pub original: f64,
    /// Minus half the integral of the Schwarzian times the squared field.
    pub schwarzian_term: f64,
    /// What the ends of the interval contribute.
    pub boundary_term: f64,
}

impl KineticIdentity {
    /// Both sides, on the interval from `low` to `high`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the map has a pole there, or the interval is empty; [`Error::NotFinite`]
    /// if an integral overflows.
    pub fn new(map: &Reparametrization, field: &TestFunction, low: f64, high: f64) -> Result<Self> {
        map.check(low, high)?;
        let integrate = |name: &'static str, integrand: &dyn Fn(f64) -> f64, from: f64, to: f64| {
            finite(name, quadrature::integrate(integrand, from, to, TARGET_ERROR).integral)
        };
        let transformed = |image: f64| {
            let x = map.apply_inverse(image);
            let (value, slope) = field.value_and_slope(x);
            let derivative = map.derivative(x);
            // d/dx of √F' e, divided by F'.
            (slope + 0.5 * map.second_over_first(x) * value).powi(2) / derivative
        };
        let kinetic = |x: f64| field.value_and_slope(x).1.powi(2);
        let anomaly = |x: f64| -0.5 * map.schwarzian(x) * field.value_and_slope(x).0.powi(2);
        let end = |x: f64| 0.5 * map.second_over_first(x) * field.value_and_slope(x).0.powi(2);
        let (from, to) = (map.apply(low), map.apply(high));
        Ok(Self {
            transformed: integrate("the transformed kinetic term", &transformed, from, to)?,
            original: integrate("the kinetic term", &kinetic, low, high)?,
            schwarzian_term: integrate("the Schwarzian term", &anomaly, low, high)?,
            boundary_term: finite("the boundary term", end(high) - end(low))?,
        })
    }

    /// Left side minus right side.
    pub fn residual(&self) -> f64 {
        self.transformed - self.original - self.schwarzian_term - self.boundary_term
    }
}

/// The error that the quadrature aims for; it reaches a few ulps before.
const TARGET_ERROR: f64 = 1e-14;
