//! The Green function between two walls, and on a ring.

use super::{FieldOperator, LinePropagator};
use crate::divergence::Positive;
use crate::field::chain::Chain;
use crate::grid::{Boundary, Grid};
use crate::{Error, Result};

/// The solution of $(-a\\,\partial_x^2 + c)\\,G(x, x') = \delta(x - x')$ on $[0, \ell]$.
///
/// With $k = 1/\xi$, and $x_<$ and $x_>$ the smaller and the larger of the two points:
///
/// | ends | $G$ |
/// |---|---|
/// | free (Neumann) | $\cosh(k x_<)\\,\cosh(k(\ell - x_>)) \\,/\\, (a k \sinh k\ell)$ |
/// | held (Dirichlet) | $\sinh(k x_<)\\,\sinh(k(\ell - x_>)) \\,/\\, (a k \sinh k\ell)$ |
/// | joined (periodic) | $\cosh(k(\ell/2 - \lvert x - x'\rvert)) \\,/\\, (2 a k \sinh(k\ell/2))$ |
///
/// Free ends and a ring keep the sum rule $\int G\\,dx = 1/c$; held ends absorb some of it.
///
/// ```
/// use itakura_saito::grid::Boundary;
/// use itakura_saito::propagator::{FieldOperator, IntervalPropagator};
///
/// let (lambda, target, length) = (0.5, 1.0, 3.0);
/// let interval =
///     IntervalPropagator::new(FieldOperator::Hessian, lambda, target, length, Boundary::Neumann)?;
/// assert_eq!(interval.at(1.0, 2.5)?, interval.at(2.5, 1.0)?);
/// assert_eq!(interval.area(1.0)?, 1.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalPropagator {
    line: LinePropagator,
    length: f64,
    boundary: Boundary,
}

impl IntervalPropagator {
    /// For the linearised field around a constant target $y_0$, on an interval of this length.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if a number is not positive, or if a derived quantity leaves the range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Boundary;
    /// use itakura_saito::propagator::{FieldOperator, IntervalPropagator, LinePropagator};
    ///
    /// // Far from both walls the interval is a line.
    /// let (operator, lambda, target) = (FieldOperator::Hessian, 0.5, 1.0);
    /// let interval = IntervalPropagator::new(operator, lambda, target, 40.0, Boundary::Dirichlet)?;
    /// let line = LinePropagator::new(operator, lambda, target)?;
    /// assert!((interval.at(21.0, 20.0)? - line.at(1.0)?).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(
        operator: FieldOperator,
        lambda: f64,
        target: f64,
        length: f64,
        boundary: Boundary,
    ) -> Result<Self> {
        Self::between(LinePropagator::new(operator, lambda, target)?, length, boundary)
    }

    /// For the operator with this stiffness and mass term on an interval of this length.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if a number is not positive, or if a derived quantity leaves the range of 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Boundary;
    /// use itakura_saito::propagator::IntervalPropagator;
    ///
    /// // At held ends nothing responds.
    /// let held = IntervalPropagator::of_operator(1.0, 2.0, 3.0, Boundary::Dirichlet)?;
    /// assert_eq!(held.at(0.0, 1.0)?, 0.0);
    /// assert!(held.at(2.0, 1.0)? > 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_operator(
        stiffness: f64,
        mass_term: f64,
        length: f64,
        boundary: Boundary,
    ) -> Result<Self> {
        Self::between(LinePropagator::of_operator(stiffness, mass_term)?, length, boundary)
    }

    fn between(line: LinePropagator, length: f64, boundary: Boundary) -> Result<Self> {
        let remedy = "give the distance between the two ends";
        let length = Positive::named("the length of the interval", length, remedy)?.get();
        Ok(Self { line, length, boundary })
    }

    /// $G(x, x')$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a point is not on the interval, [`Error::NotFinite`] if the value is too large
    /// for an `f64`: with free ends and on a ring it grows like one over the mass term.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Boundary;
    /// use itakura_saito::propagator::IntervalPropagator;
    ///
    /// // Place and source may change roles.
    /// let held = IntervalPropagator::of_operator(1.0, 2.0, 3.0, Boundary::Dirichlet)?;
    /// assert!((held.at(2.5, 1.0)? - held.at(1.0, 2.5)?).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn at(&self, x: f64, source: f64) -> Result<f64> {
        let (x, source) = (self.inside(x)?, self.inside(source)?);
        let (lower, upper) = (x.min(source), x.max(source));
        let (between, right) = (upper - lower, self.length - upper);
        // The hyperbolic functions in terms of decaying exponentials, so that nothing overflows, and of what
        // these lack to one, so that nothing cancels where the correlation length is large.
        let images = match self.boundary {
            Boundary::Neumann => {
                let at_walls = (1.0 + self.decay(2.0 * lower)) * (1.0 + self.decay(2.0 * right));
                self.decay(between) * at_walls / self.lack(2.0 * self.length)
            }
            Boundary::Dirichlet => {
                let at_walls = self.lack(2.0 * lower) / self.lack(2.0 * self.length);
                self.decay(between) * at_walls * self.lack(2.0 * right)
            }
            Boundary::Periodic => {
                let both_ways = self.decay(between) + self.decay(self.length - between);
                both_ways / self.lack(self.length)
            }
        };
        in_range(self.line.at_zero() * images)
    }

    /// The area $\int G(x, x')\\,dx$ under the response to a source.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the source is not on the interval, [`Error::NotFinite`] if the area is too
    /// large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::grid::Boundary;
    /// use itakura_saito::propagator::IntervalPropagator;
    ///
    /// // Free ends lose nothing: one over the mass term, wherever the source is. Held ends do.
    /// let free = IntervalPropagator::of_operator(1.0, 2.0, 3.0, Boundary::Neumann)?;
    /// assert!((free.area(0.4)? - 0.5).abs() < 1e-10 && (free.area(2.0)? - 0.5).abs() < 1e-10);
    /// let held = IntervalPropagator::of_operator(1.0, 2.0, 3.0, Boundary::Dirichlet)?;
    /// assert!(held.area(0.4)? < 0.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn area(&self, source: f64) -> Result<f64> {
        let source = self.inside(source)?;
        let whole = 1.0 / self.line.mass_term();
        in_range(match self.boundary {
            Boundary::Neumann | Boundary::Periodic => whole,
            // 1 less what the walls absorb, as a product.
            Boundary::Dirichlet if whole.is_infinite() => {
                let root = self.line.mass_term().sqrt();
                let left = self.lack(source) / root / (1.0 + self.decay(self.length));
                left * (self.lack(self.length - source) / root)
            }
            Boundary::Dirichlet => {
                let left = whole * self.lack(source) / (1.0 + self.decay(self.length));
                left * self.lack(self.length - source)
            }
        })
    }

    /// $e^{-s/\xi}$.
    fn decay(&self, distance: f64) -> f64 {
        (-distance / self.line.correlation_length()).exp()
    }

    /// $1 - e^{-s/\xi}$.
    fn lack(&self, distance: f64) -> f64 {
        -(-distance / self.line.correlation_length()).exp_m1()
    }

    /// The response of a grid to a source on one of its points, by elimination: the cells of
    /// [`Grid::finite_volume`] for free ends, the inner points of [`Grid::finite_difference`] for held
    /// ones, stretched to the length of the interval. The second route to [`at`](Self::at), up to
    /// $O(h^2)$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two points; [`Error::OutOfRange`] for a source beyond the last
    /// point, and for a ring, whose matrix is not tridiagonal; [`Error::NotFinite`] if the stiffness over the
    /// squared spacing or a value is too large for an `f64`.
    pub fn on_grid(&self, nodes: usize, source: usize) -> Result<Vec<f64>> {
        let grid = match self.boundary {
            Boundary::Neumann => Grid::finite_volume(nodes)?,
            Boundary::Dirichlet => Grid::finite_difference(nodes)?,
            Boundary::Periodic => {
                return Err(Error::OutOfRange {
                    name: "the number of ends",
                    value: 0.0,
                    lower: 2.0,
                    upper: 2.0,
                    remedy: "choose free or held ends; for a ring use the closed form",
                });
            }
        };
        if source >= nodes {
            return Err(Error::OutOfRange {
                name: "the index of the source",
                value: source as f64,
                lower: 0.0,
                upper: (nodes - 1) as f64,
                remedy: "count the points from zero",
            });
        }
        let spacing = self.length * grid.spacing();
        let bond = self.line.stiffness() / spacing / spacing;
        let mass_term = self.line.mass_term();
        let entry = 2.0 * bond + mass_term;
        if entry.is_infinite() {
            return Err(Error::NotFinite {
                name: "the stiffness over the squared spacing",
                value: entry,
                remedy: "take fewer points, or a larger unit of length",
            });
        }
        // With the mass term apart: beside the stiffness of a fine grid it would lose its digits.
        let tied = self.boundary == Boundary::Dirichlet;
        let chain = Chain { coupling: bond, tied, potential: vec![mass_term; nodes] };
        let factors = chain.factors(0.0).ok_or(too_large(f64::INFINITY))?;
        let mut response = vec![0.0; nodes];
        response[source] = 1.0 / spacing;
        factors.solve(&mut response);
        response.into_iter().map(in_range).collect()
    }

    fn inside(&self, x: f64) -> Result<f64> {
        if (0.0..=self.length).contains(&x) {
            return Ok(x);
        }
        Err(Error::OutOfRange {
            name: "the position",
            value: x,
            lower: 0.0,
            upper: self.length,
            remedy: "give a point of the interval",
        })
    }
}

fn in_range(value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(too_large(value)) }
}

fn too_large(value: f64) -> Error {
    Error::NotFinite {
        name: "the response on the interval",
        value,
        remedy: "it grows like one over the mass term: choose a larger one",
    }
}
