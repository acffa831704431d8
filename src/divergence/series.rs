//! The divergence and its reverse as power series around the optimum.

use crate::{Error, Result};

/// A Taylor polynomial in the relative deviation $u = (f - y)/y$ of the prediction.
///
/// $$ V = \sum_{n \ge 2} (-1)^n\\, \frac{n-1}{n}\\, u^n = \frac{u^2}2 - \frac{2u^3}3 + \frac{3u^4}4 - \dots $$
///
/// $$ R = \sum_{n \ge 2} \frac{(-1)^n}{n}\\, u^n = \frac{u^2}2 - \frac{u^3}3 + \frac{u^4}4 - \dots $$
///
/// Sections 3 and A.5 stop at the common first term; from the third order on, the divergence of
/// section 3 and the one that section 2 displays differ. Both series converge for $|u| < 1$.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::TaylorPolynomial;
///
/// let series = TaylorPolynomial::itakura_saito(5)?;
/// assert_eq!(series.coefficients()[3], -2.0 / 3.0);
/// let approximation = series.evaluate(0.1)?;
/// assert!((approximation.value - 0.00440033333333333).abs() < 1e-16);
/// assert!((approximation.next_term - 5.0 / 6.0 * 1e-6).abs() < 1e-16);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TaylorPolynomial {
    /// One more than the order: the last coefficient belongs to the first omitted term.
    coefficients: Vec<f64>,
}

/// The value of a Taylor polynomial, with the first term that it leaves out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaylorValue {
    /// The sum of the terms up to the order.
    pub value: f64,
    /// The first omitted term. For $u > 0$ of moderate size it bounds the error, as the signs
    /// alternate; for $u < 0$ it is the leading part of it.
    pub next_term: f64,
}

impl TaylorPolynomial {
    /// The polynomial of [`itakura_saito`](fn@super::itakura_saito) up to $u^{\mathrm{order}}$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] if `order` is below 2, where the polynomial would be zero.
    pub fn itakura_saito(order: usize) -> Result<Self> {
        Self::alternating(order, |n| (n - 1.0) / n)
    }

    /// The polynomial of [`reversed_itakura_saito`](super::reversed_itakura_saito).
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] if `order` is below 2, where the polynomial would be zero.
    pub fn reversed_itakura_saito(order: usize) -> Result<Self> {
        Self::alternating(order, |n| 1.0 / n)
    }

    /// Coefficients $(-1)^n a_n$ from $n = 2$ on.
    fn alternating(order: usize, magnitude: fn(f64) -> f64) -> Result<Self> {
        if order < 2 {
            return Err(Error::TooFew {
                name: "the order of the Taylor polynomial",
                count: order,
                minimum: 2,
                remedy: "the divergence begins with the square of the deviation",
            });
        }
        let coefficient = |n: usize| match n {
            0 | 1 => 0.0,
            n if n.is_multiple_of(2) => magnitude(n as f64),
            n => -magnitude(n as f64),
        };
        Ok(Self { coefficients: (0..=order + 1).map(coefficient).collect() })
    }

    /// The highest power in the polynomial.
    pub fn order(&self) -> usize {
        self.coefficients.len() - 2
    }

    /// The coefficients of $u^0, u^1, \dots$ up to the order.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::TaylorPolynomial;
    ///
    /// // 1/(1 + u) - 1 + ln(1 + u) = u²/2 - 2u³/3 + 3u⁴/4 - ...
    /// let coefficients = TaylorPolynomial::itakura_saito(4)?.coefficients().to_vec();
    /// let expected = [0.0, 0.0, 1.0 / 2.0, -2.0 / 3.0, 3.0 / 4.0];
    /// assert!(coefficients.iter().zip(expected).all(|(at, one)| (at - one).abs() < 1e-15));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients[..=self.order()]
    }

    /// The polynomial at the relative deviation $u = (f - y)/y$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless $-1 < u < 1$, where the series converges.
    pub fn evaluate(&self, deviation: f64) -> Result<TaylorValue> {
        if deviation.is_nan() || deviation.abs() >= 1.0 {
            return Err(Error::OutOfRange {
                name: "the relative deviation (f - y)/y",
                value: deviation,
                lower: -1.0,
                upper: 1.0,
                remedy: "the series diverges there; use the divergence itself",
            });
        }
        let horner = |sum: f64, coefficient: &f64| sum * deviation + coefficient;
        let power = deviation.powf((self.order() + 1) as f64);
        Ok(TaylorValue {
            value: self.coefficients().iter().rev().fold(0.0, horner),
            next_term: self.coefficients[self.order() + 1] * power,
        })
    }
}
