//! The Green function on an infinite line.

use super::{FieldOperator, evenly, finite};
use crate::Result;
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Series};

/// How many points a curve holds.
const POINTS: usize = 161;

/// The solution of $(-a\\,\partial_x^2 + c)\\,G = \delta(x)$ that vanishes at infinity.
///
/// $$ G(x) = \frac{1}{2\sqrt{ac}}\\; e^{-|x|/\xi}, \qquad \xi = \sqrt{a/c} $$
///
/// Two conditions fix it: the slope jumps by $-1/a$ at the origin, and the area is $1/c$. §4 prints it
/// correctly for the [half Hessian](FieldOperator::HalfHessian); for A.6 see
/// [`AppendixFormula`](super::AppendixFormula).
///
/// ```
/// use itakura_saito::propagator::{LinePropagator, FieldOperator};
///
/// let (lambda, target) = (0.5, 2.0);
/// let line: LinePropagator = LinePropagator::new(FieldOperator::Hessian, lambda, target)?;
/// assert_eq!((line.at_zero(), line.correlation_length()), (1.0, 2.0));
/// assert!((line.at(1.0)? - 0.606530659712633).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinePropagator {
    stiffness: f64,
    mass_term: f64,
    correlation_length: f64,
    at_zero: f64,
}

impl LinePropagator {
    /// For the linearised field around a constant target $y_0$, with the gradient weighted by $\lambda$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if λ or the target is not positive, or if a derived
    /// quantity leaves the range of 64 bits.
    pub fn new(operator: FieldOperator, lambda: f64, target: f64) -> Result<Self> {
        Self::of_operator(operator.stiffness(lambda)?, operator.mass_term(lambda, target)?)
    }

    /// For the operator with this stiffness $a$ and this mass term $c$.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if one of the two is not positive, or if $\xi$ or
    /// $G(0)$ leaves the range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// // (-d²/dx² + 1) G = δ has the solution exp(-|x|)/2.
    /// let line = LinePropagator::of_operator(1.0, 1.0)?;
    /// assert!((line.at(-2.0)? - 0.5 * (-2f64).exp()).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_operator(stiffness: f64, mass_term: f64) -> Result<Self> {
        let remedy = "choose a stiffness and a mass term of moderate size";
        let stiffness = Positive::named("the stiffness", stiffness, remedy)?.get();
        let mass_term = Positive::named("the mass term", mass_term, remedy)?.get();
        let length = stiffness.sqrt() / mass_term.sqrt();
        let amplitude = 0.5 / (stiffness.sqrt() * mass_term.sqrt());
        Ok(Self {
            stiffness,
            mass_term,
            correlation_length: Positive::named("the correlation length", length, remedy)?.get(),
            at_zero: Positive::named("G(0)", amplitude, remedy)?.get(),
        })
    }

    /// The factor $a$ in front of $-\partial^2$.
    pub fn stiffness(&self) -> f64 {
        self.stiffness
    }

    /// The constant $c$ of the operator.
    pub fn mass_term(&self) -> f64 {
        self.mass_term
    }

    /// The distance $\xi$ over which $G$ falls by a factor of $e$, in the unit of length.
    pub fn correlation_length(&self) -> f64 {
        self.correlation_length
    }

    /// $G(0)$.
    pub fn at_zero(&self) -> f64 {
        self.at_zero
    }

    /// $G(x)$.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    pub fn at(&self, x: f64) -> Result<f64> {
        Ok(self.at_zero * (-self.lengths(x)?).exp())
    }

    /// $G(x) - G(0)$, without subtracting two large numbers: this is what has a massless limit.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// // Almost massless: G(0) is huge, the difference is -|x|/(2a).
    /// let line = LinePropagator::of_operator(1.0, 1e-20)?;
    /// assert!(line.at_zero() > 1e9);
    /// assert!((line.difference(3.0)? + 1.5).abs() < 1e-9);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn difference(&self, x: f64) -> Result<f64> {
        Ok(self.at_zero * (-self.lengths(x)?).exp_m1())
    }

    /// The mean squared difference of the field between two points at distance $|x|$, under $e^{-S}$ if
    /// the operator is the Hessian: $D(x) = 2\\,(G(0) - G(x))$.
    ///
    /// For $|x| \ll \xi$ it is $|x|/a$, as for Brownian motion.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// let line = LinePropagator::of_operator(2.0, 1.0)?;
    /// // A random walk near by, twice the variance far away.
    /// assert!((line.structure_function(1e-8)? / 0.5e-8 - 1.0).abs() < 1e-7);
    /// assert!((line.structure_function(100.0)? - 2.0 * line.at_zero()).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn structure_function(&self, x: f64) -> Result<f64> {
        Ok(-2.0 * self.difference(x)?)
    }

    /// The slope $d\ln D/d\ln|x|$ of the structure function on logarithmic axes: $s/(e^s - 1)$ with
    /// $s = |x|/\xi$, so 1 in the massless limit.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// let line = LinePropagator::of_operator(4.0, 1.0)?;
    /// assert_eq!(line.structure_slope(0.0)?, 1.0);
    /// // At the correlation length, 2 here, it has fallen to 1/(e - 1).
    /// assert!((line.structure_slope(2.0)? * (1f64.exp() - 1.0) - 1.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn structure_slope(&self, x: f64) -> Result<f64> {
        let lengths = self.lengths(x)?;
        let growth = lengths.exp_m1();
        Ok(match lengths {
            0.0 => 1.0,
            _ if growth.is_infinite() => 0.0,
            _ => lengths / growth,
        })
    }

    /// The area under $G$ by quadrature, which has to be $1/c$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// // The stiffness makes it wider, not larger.
    /// for stiffness in [0.1, 1.0, 10.0] {
    ///     assert!((LinePropagator::of_operator(stiffness, 4.0)?.area() - 0.25).abs() < 1e-12);
    /// }
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn area(&self) -> f64 {
        // With t = s/(1 - s) the half line becomes the unit interval.
        let integrand = |s: f64| {
            let lengths = s / (1.0 - s);
            (-lengths).exp() / (1.0 - s).powi(2)
        };
        let half = quadrature::integrate(integrand, 0.0, 1.0, 1e-14).integral;
        2.0 * self.at_zero * self.correlation_length * half
    }

    /// What a target disturbed at the origin does to the minimiser at `x`, for a unit of disturbance:
    /// $c\\,G(x) = e^{-|x|/\xi}/(2\xi)$, in inverse units of length. Positive, and its integral is 1.
    ///
    /// # Errors
    ///
    /// [`Error::NotFinite`](crate::Error::NotFinite) if `x` is not a number.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::propagator::LinePropagator;
    ///
    /// // Half an inverse correlation length where the target was disturbed.
    /// let line = LinePropagator::of_operator(4.0, 1.0)?;
    /// assert!((line.static_response(0.0)? - 0.25).abs() < 1e-15);
    /// assert_eq!(line.static_response(-1.0)?, line.static_response(1.0)?);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn static_response(&self, x: f64) -> Result<f64> {
        Ok((-self.lengths(x)?).exp() / (2.0 * self.correlation_length))
    }

    /// $|x|/\xi$.
    fn lengths(&self, x: f64) -> Result<f64> {
        Ok(finite("the position", x)?.abs() / self.correlation_length)
    }

    /// $G$ from `-half_width` to `half_width`, with the correlation length marked.
    ///
    /// # Errors
    ///
    /// If `half_width` is not positive.
    pub fn figure(&self, half_width: f64) -> Result<Figure> {
        let remedy = "give the distance to which the curve is drawn";
        let half_width = Positive::named("the half width", half_width, remedy)?.get();
        let positions = evenly(-half_width, half_width, POINTS);
        let values = positions.iter().map(|&x| self.at(x)).collect::<Result<Vec<f64>>>()?;
        let length = self.correlation_length;
        let finding = format!(
            "The propagator has a kink of height {:.4} at the disturbed point and falls by a factor of e \
             over the correlation length {length:.4}.",
            self.at_zero
        );
        let vertical = Axis::linear("G(x)").range(0.0, 1.1 * self.at_zero);
        let mut panel = Panel::new(Axis::linear("distance x"), vertical).series(Series::corrected(
            "propagator G",
            &positions,
            &values,
        ));
        if length < half_width {
            panel = panel.vertical(length, "ξ").vertical(-length, "−ξ");
        }
        let title = "A disturbance fades by a factor of e over the length ξ";
        Figure::builder(title, &finding).source("§4 and A.6").panel(panel).build()
    }
}
