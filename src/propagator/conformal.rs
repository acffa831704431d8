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
///
/// # Examples
///
/// ```
/// use itakura_saito::propagator::correlator_exponent;
///
/// // In four dimensions a free field has Δ = 1: Coulomb's law there is 1/r².
/// assert_eq!(correlator_exponent(1.0), -2.0);
/// ```
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
    /// [`Error::NotFinite`] or [`Error::NotFiniteAt`] for what is not a number.
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

    /// The ends of an interval, and places between them from one to the next of which the envelope changes
    /// by a factor of $e^4$: what lies between two of them is smooth on their scale.
    fn places(&self, low: f64, high: f64) -> Vec<f64> {
        let steps =
            (1..=MOST_PANELS).map(|step| (4.0 * f64::from(step) / self.sharpness.abs()).sqrt());
        let both: Vec<f64> = steps.flat_map(|place| [-place, place]).collect();
        let mut places: Vec<f64> =
            both.into_iter().chain([0.0]).filter(|place| low < *place && *place < high).collect();
        if self.sharpness.abs() * (high - low).powi(2) < 1.0 {
            places.clear();
        }
        places.extend([low, high]);
        places.sort_by(f64::total_cmp);
        places
    }

    /// The function and its derivative at `x`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::TestFunction;
    ///
    /// let bell: TestFunction = TestFunction::new(1.0, &[1.0])?; // exp(-x²)
    /// let (value, slope) = bell.value_and_slope(1.0);
    /// assert!((value - (-1f64).exp()).abs() < 1e-15);
    /// assert!((slope + 2.0 * value).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn value_and_slope(&self, x: f64) -> (f64, f64) {
        let (mut value, mut slope) = (0.0, 0.0);
        for coefficient in self.coefficients.iter().rev() {
            slope = slope * x + value;
            value = value * x + coefficient;
        }
        let envelope = (-self.sharpness * x * x).exp();
        if envelope == 0.0 {
            // The polynomial may have overflowed there.
            return (0.0, 0.0);
        }
        (envelope * value, envelope * (slope - 2.0 * self.sharpness * x * value))
    }
}

/// After so many steps the squared envelope has fallen to zero in 64 bits, or overflowed.
const MOST_PANELS: u32 = 100;

/// How the kinetic term changes under $\tilde x = F(x)$, $\tilde e(\tilde x) = \sqrt{F'(x)}\\; e(x)$.
///
/// $$ \int \Bigl(\frac{d\tilde e}{d\tilde x}\Bigr)^2 d\tilde x = \int e'^2\\,dx -
///    \frac12 \int \\{F, x\\}\\, e^2\\,dx + \Bigl[\frac{F''}{2F'}\\, e^2\Bigr]\_{\text{ends}} $$
///
/// For a Möbius map the Schwarzian $\\{F, x\\}$ vanishes, and the kinetic term is the same up to the ends:
/// the conformal symmetry that the massless field on a line does have, with the weight $-\tfrac12$. The
/// left side is integrated over $\tilde x$ through the inverse map, the right side over $x$, so that the
/// two have nothing in common but the field. However sharp the field, the integrals see it; but places are
/// rounded on the left side, so that the two agree to about $10^{-16}\sqrt s$ of their size.
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
    /// [`Error::InsideOf`] if the map has a pole there; [`Error::OutOfRange`] if the interval is empty, or a
    /// power is taken of a negative number; [`Error::NotFinite`]
    /// if an integral overflows; [`Error::NotConverged`] if an integral is not resolved.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{KineticIdentity, Reparametrization, TestFunction};
    ///
    /// // A change of the unit of length keeps the kinetic term without any help from the ends.
    /// let twice = Reparametrization::moebius(2.0, 0.0, 0.0, 1.0)?;
    /// let field = TestFunction::new(1.0, &[1.0, 0.5])?;
    /// let identity = KineticIdentity::new(&twice, &field, 0.0, 1.0)?;
    /// assert!((identity.transformed - identity.original).abs() < 1e-14);
    /// assert_eq!((identity.schwarzian_term, identity.boundary_term), (0.0, 0.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(map: &Reparametrization, field: &TestFunction, low: f64, high: f64) -> Result<Self> {
        map.check(low, high)?;
        let mut places = field.places(low, high);
        if let Reparametrization::Power(_) = map {
            places = steps_of_three_decades(&places);
        }
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
        let boundary_term = finite("the boundary term", end(high) - end(low))?;
        let image = |x: f64| map.apply(x);
        let (of_images, of_x): (Formula<'_>, Formula<'_>) = (&image, &|x| x);
        let [transformed, original, schwarzian] = [
            ("the transformed kinetic term", &transformed as Formula<'_>, of_images),
            ("the kinetic term", &kinetic, of_x),
            ("the Schwarzian term", &anomaly, of_x),
        ]
        .map(|(name, integrand, coordinate)| Integral { name, integrand, coordinate });
        // What counts is the error beside the largest term: the Schwarzian one may be all rounding.
        let rough = [&transformed, &original, &schwarzian].map(|term| term.size(&places));
        // The ends are known without an integral, and would hide one that is missed beside them.
        let size = rough.iter().sum::<f64>();
        Ok(Self {
            transformed: transformed.resolved(&places, size)?,
            original: original.resolved(&places, size)?,
            schwarzian_term: schwarzian.resolved(&places, size)?,
            boundary_term,
        })
    }

    /// Left side minus right side.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::{KineticIdentity, Reparametrization, TestFunction};
    ///
    /// // A square is no Möbius map: the Schwarzian term is there, and with it the sides agree.
    /// let square = Reparametrization::power(2.0)?;
    /// let field = TestFunction::new(1.0, &[1.0, 0.5])?;
    /// let identity = KineticIdentity::new(&square, &field, 1.0, 2.0)?;
    /// assert!(identity.schwarzian_term > 0.01);
    /// assert!(identity.residual().abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn residual(&self) -> f64 {
        self.transformed - self.original - self.schwarzian_term - self.boundary_term
    }
}

/// A power is as steep at each scale as at any other: between two places, as many as it takes to leave no more
/// than three decades from one to the next.
fn steps_of_three_decades(places: &[f64]) -> Vec<f64> {
    let mut closer = vec![places[0]];
    for &place in &places[1..] {
        let mut last = closer[closer.len() - 1];
        while place / last > 1e3 {
            last *= 1e3;
            closer.push(last);
        }
        closer.push(place);
    }
    closer
}

/// The error that the quadrature aims for; it reaches a few ulps before.
const TARGET_ERROR: f64 = 1e-14;

/// How far the integral over a panel may differ from that over its halves, relative to the whole.
const AGREEMENT: f64 = 1e-12;

/// How often a panel is halved at most.
const HALVINGS: u32 = 40;

type Formula<'a> = &'a dyn Fn(f64) -> f64;

/// An integral over a coordinate, from panel to panel between places that are given in `x`.
///
/// The rule for one panel spends some three hundred points on it, and would miss what is narrower without a
/// word. So a panel is halved until the halves agree with the whole.
struct Integral<'a> {
    name: &'static str,
    integrand: Formula<'a>,
    coordinate: Formula<'a>,
}

impl Integral<'_> {
    fn over(&self, (from, to): (f64, f64), target: f64) -> f64 {
        let (from, to) = ((self.coordinate)(from), (self.coordinate)(to));
        quadrature::integrate(self.integrand, from, to, target).integral
    }

    /// The sum of the sizes of all panels, to begin with.
    fn size(&self, places: &[f64]) -> f64 {
        panels(places).map(|panel| self.over(panel, TARGET_ERROR).abs()).sum()
    }

    /// The integral, to [`AGREEMENT`] of `size`.
    fn resolved(&self, places: &[f64], size: f64) -> Result<f64> {
        // Numbers far below one need an error far below too.
        let target = if size < 1e-3 { TARGET_ERROR * size } else { TARGET_ERROR };
        let mut sum = 0.0;
        for panel in panels(places) {
            let whole = self.over(panel, target);
            let part = self.halved(panel, whole, (size, target), HALVINGS);
            sum += part.ok_or(Error::NotConverged {
                name: self.name,
                iterations: HALVINGS as usize,
                residual: whole.abs(),
                allowed: AGREEMENT * size,
                remedy: "take a shorter interval, or one farther from the pole of the map",
            })?;
        }
        finite(self.name, sum)
    }

    /// The integral over a panel, halved where the halves tell something else; `None` where that does not end.
    fn halved(
        &self,
        (from, to): (f64, f64),
        whole: f64,
        (size, target): (f64, f64),
        halvings: u32,
    ) -> Option<f64> {
        let middle = 0.5 * (from + to);
        let halves = [(from, middle), (middle, to)];
        let parts = halves.map(|half| self.over(half, target));
        let size = size.max(parts[0].abs() + parts[1].abs());
        if !size.is_finite() {
            return Some(f64::INFINITY);
        }
        if (parts[0] + parts[1] - whole).abs() <= AGREEMENT * size {
            return Some(whole);
        }
        let halvings = halvings.checked_sub(1)?;
        let left = self.halved(halves[0], parts[0], (size, target), halvings)?;
        Some(left + self.halved(halves[1], parts[1], (size, target), halvings)?)
    }
}

fn panels(places: &[f64]) -> impl Iterator<Item = (f64, f64)> + '_ {
    places.windows(2).map(|pair| (pair[0], pair[1]))
}
