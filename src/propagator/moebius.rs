//! Changes of the coordinate, and how far each is from a Möbius map.

use crate::divergence::Positive;
use crate::error::finite;
use crate::{Error, Result};

/// A Möbius map $F(x) = (ax + b)/(cx + d)$ with $ad - bc > 0$: the conformal maps of the line.
///
/// ```
/// use itakura_saito::propagator::Moebius;
///
/// let map = Moebius::new(2.0, 1.0, 1.0, 3.0)?;
/// assert_eq!(map.inverse().apply(map.apply(0.25)), 0.25);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moebius {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
}

impl Moebius {
    /// From the four coefficients.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the determinant is not positive: the map is then constant, or turns the
    /// line around; [`Error::NotFinite`] if it overflows.
    pub fn new(a: f64, b: f64, c: f64, d: f64) -> Result<Self> {
        let map = Self { a, b, c, d };
        let determinant = map.determinant();
        if [a, b, c, d].iter().all(|coefficient| coefficient.is_finite()) {
            let name = "the determinant ad - bc";
            finite(name, determinant, "divide all four coefficients by a common factor")?;
        }
        let remedy = "exchange the rows to turn the line around, or choose other coefficients";
        Positive::named("the determinant ad - bc", determinant, remedy)?;
        Ok(map)
    }

    /// $F(x)$; infinite at the pole.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Moebius;
    ///
    /// // Cross-ratios of four places stay.
    /// let map = Moebius::new(2.0, 1.0, 1.0, 3.0)?;
    /// let ratio = |x: [f64; 4]| (x[0] - x[2]) * (x[1] - x[3]) / ((x[0] - x[3]) * (x[1] - x[2]));
    /// let places = [0.0, 1.0, 3.0, 7.0];
    /// assert!((ratio(places) - ratio(places.map(|x| map.apply(x)))).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn apply(&self, x: f64) -> f64 {
        let (above, below) = (self.a * x + self.b, self.c * x + self.d);
        if above.is_finite() && below.is_finite() {
            return above / below;
        }
        // Far out, over x: a product has overflowed, the image need not have.
        (self.a + self.b / x) / (self.c + self.d / x)
    }

    /// The map back.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Moebius;
    ///
    /// let map = Moebius::new(2.0, 1.0, 1.0, 3.0)?;
    /// assert!((map.inverse().apply(map.apply(0.7)) - 0.7).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn inverse(&self) -> Self {
        Self { a: self.d, b: -self.b, c: -self.c, d: self.a }
    }

    /// The place that is mapped to infinity, if there is one.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Moebius;
    ///
    /// assert_eq!(Moebius::new(2.0, 1.0, 1.0, 3.0)?.pole(), Some(-3.0));
    /// // Scaling and shifting move no place to infinity.
    /// assert_eq!(Moebius::new(2.0, 1.0, 0.0, 1.0)?.pole(), None);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn pole(&self) -> Option<f64> {
        (self.c != 0.0).then(|| -self.d / self.c)
    }

    fn determinant(&self) -> f64 {
        // With the rounding of the second product, which is all of a difference that cancels.
        let product = self.b * self.c;
        self.a.mul_add(self.d, -product) - self.b.mul_add(self.c, -product)
    }
}

/// A change of the coordinate $\tilde x = F(x)$ that keeps its direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reparametrization {
    /// A Möbius map, whose Schwarzian derivative vanishes.
    Moebius(Moebius),
    /// $F(x) = x^p$ for $x > 0$ with this $p > 0$, by [`power`](Self::power): not a Möbius map unless $p = 1$.
    Power(Positive),
}

impl Reparametrization {
    /// The Möbius map with these four coefficients.
    ///
    /// # Errors
    ///
    /// As [`Moebius::new`].
    pub fn moebius(a: f64, b: f64, c: f64, d: f64) -> Result<Self> {
        Ok(Self::Moebius(Moebius::new(a, b, c, d)?))
    }

    /// $F(x) = x^p$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the exponent is not positive and finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Reparametrization;
    ///
    /// let square = Reparametrization::power(2.0)?;
    /// assert_eq!((square.apply(3.0), square.derivative(3.0)), (9.0, 6.0));
    /// assert!((square.apply_inverse(9.0) - 3.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn power(exponent: f64) -> Result<Self> {
        let remedy = "a negative power turns the line around";
        Ok(Self::Power(Positive::named("the exponent", exponent, remedy)?))
    }

    /// $F(x)$.
    pub fn apply(&self, x: f64) -> f64 {
        match self {
            Self::Moebius(map) => map.apply(x),
            Self::Power(exponent) => x.powf(exponent.get()),
        }
    }

    /// $F^{-1}$.
    pub fn apply_inverse(&self, image: f64) -> f64 {
        match self {
            Self::Moebius(map) => map.inverse().apply(image),
            Self::Power(exponent) => image.powf(1.0 / exponent.get()),
        }
    }

    /// $F'(x)$, positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::Reparametrization;
    ///
    /// // The determinant over the square of the denominator: 5/9 at the origin.
    /// let map = Reparametrization::moebius(2.0, 1.0, 1.0, 3.0)?;
    /// assert!((map.derivative(0.0) - 5.0 / 9.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn derivative(&self, x: f64) -> f64 {
        match self {
            Self::Moebius(map) => map.determinant() / (map.c * x + map.d).powi(2),
            Self::Power(exponent) => exponent.get() * x.powf(exponent.get() - 1.0),
        }
    }

    /// $F''/F'$.
    pub fn second_over_first(&self, x: f64) -> f64 {
        match self {
            Self::Moebius(map) => -2.0 * map.c / (map.c * x + map.d),
            Self::Power(exponent) => (exponent.get() - 1.0) / x,
        }
    }

    /// $F'''/F'$.
    pub fn third_over_first(&self, x: f64) -> f64 {
        match self {
            Self::Moebius(map) => 6.0 * (map.c / (map.c * x + map.d)).powi(2),
            Self::Power(exponent) => (exponent.get() - 1.0) * (exponent.get() - 2.0) / x / x,
        }
    }

    /// The Schwarzian derivative $\\{F, x\\} = F'''/F' - \tfrac32 (F''/F')^2$: what keeps the map from
    /// being a Möbius map.
    ///
    /// ```
    /// use itakura_saito::propagator::Reparametrization;
    ///
    /// let moebius = Reparametrization::moebius(2.0, 1.0, 1.0, 3.0)?;
    /// assert!(moebius.schwarzian(0.4).abs() < 1e-15);
    /// let square = Reparametrization::power(2.0)?;
    /// assert_eq!(square.schwarzian(1.0), -1.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn schwarzian(&self, x: f64) -> f64 {
        self.third_over_first(x) - 1.5 * self.second_over_first(x).powi(2)
    }

    /// Whether it is smooth and increasing from `low` to `high`.
    pub(super) fn check(&self, low: f64, high: f64) -> Result<()> {
        let refuse = |name, value, lower, upper, remedy| {
            Err(Error::OutOfRange { name, value, lower, upper, remedy })
        };
        if low.is_nan() || high.is_nan() || low >= high {
            let remedy = "the interval runs from its lower to its upper end";
            return refuse("the lower end", low, f64::NEG_INFINITY, high, remedy);
        }
        match self {
            Self::Moebius(map) => match map.pole() {
                Some(pole) if (low..=high).contains(&pole) => {
                    let remedy = "move the interval off it";
                    Err(Error::InsideOf {
                        name: "the pole of the map",
                        value: pole,
                        low,
                        high,
                        remedy,
                    })
                }
                _ => Ok(()),
            },
            Self::Power(_) if low <= 0.0 => {
                refuse("the lower end", low, 0.0, high, "a power is smooth for positive x only")
            }
            Self::Power(_) => Ok(()),
        }
    }
}
