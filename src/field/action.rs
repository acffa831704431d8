//! The action of a field on an interval.

use super::chain::Chain;
use super::shown;
use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::figure::{Axis, Figure, Panel, Series};
use crate::grid::{Boundary, Grid};
use crate::operator::SymmetricTridiagonal;
use crate::{Error, Result};

/// The action of a positive field on an interval, for a target field and an elasticity $\lambda$.
///
/// $$ S\lbrack f\rbrack = \int \Bigl( \lambda\\, f'(x)^2 + V(y(x), f(x)) \Bigr)\\, \mathrm{d}x $$
///
/// Section 2, (8) and (13). On the grid it is
/// $S_h = \lambda \sum (f_{i+1} - f_i)^2/h + h \sum V(y_i, f_i)$: with free ends
/// ([`Action::neumann`]) the points are the centres of $N$ cells, and with fixed ends
/// ([`Action::dirichlet`]) the $N$ inner points, where the first sum includes the steps to the two ends.
/// The interval is $[0, 1]$ unless [`Action::on`] or [`Action::with_length`] says otherwise. The elastic
/// term is the modeller's; no divergence contains it.
///
/// Gradients and Hessians are divided by the cell $h$: they are the left side of (9) and the operator
/// of the second variation, and have limits on fine grids.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::field::Action;
///
/// let target = PositiveArray::from_vec(vec![1.0, 2.0, 3.0, 2.0, 1.0])?;
/// let field = PositiveArray::from_vec(vec![1.1, 1.8, 2.5, 2.2, 1.3])?;
/// let action = Action::neumann(target, 0.1)?.with_length(1.25)?;
/// assert!((action.value(&field)? - 0.7679565625370146).abs() < 1e-15);
///
/// let minimum = action.minimise()?;
/// assert!(minimum.action < action.value(&field)?);
/// assert!(minimum.certificate.gradient <= minimum.certificate.rounding_floor);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    divergence: Divergence,
    elasticity: f64,
    grid: Grid,
    boundary_value: Option<Positive>,
    target: PositiveArray,
}

impl Action {
    /// With free ends: no flux, $f' = 0$.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for a target of one point, [`Error::Axes`] for one with several axes, and
    /// [`Error::OutOfRange`] for an elasticity that is negative, infinite or NaN. The elasticity may be
    /// zero; then every point is on its own.
    pub fn neumann(target: PositiveArray, elasticity: f64) -> Result<Self> {
        let grid = Grid::finite_volume(target.len())?;
        Self::checked(grid, target, elasticity, None)
    }

    /// With the value of the field given at both ends.
    ///
    /// # Errors
    ///
    /// As [`Action::neumann`], and [`Error::NotPositive`] for the boundary value.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Where the walls ask for the target itself, it is the minimum; otherwise the walls cost something.
    /// let target = PositiveArray::constant(&[20], 2.0)?;
    /// assert!(Action::dirichlet(target.clone(), 0.1, 2.0)?.minimise()?.action.abs() < 1e-15);
    /// assert!(Action::dirichlet(target, 0.1, 1.0)?.minimise()?.action > 0.01);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn dirichlet(target: PositiveArray, elasticity: f64, boundary_value: f64) -> Result<Self> {
        let boundary_value = checked_boundary_value(boundary_value)?;
        let grid = Grid::finite_difference(target.len())?;
        Self::checked(grid, target, elasticity, Some(boundary_value))
    }

    fn checked(
        grid: Grid,
        target: PositiveArray,
        elasticity: f64,
        boundary_value: Option<Positive>,
    ) -> Result<Self> {
        if target.shape().len() != 1 {
            return Err(Error::Axes {
                name: "the target of a field on an interval",
                expected: 1,
                found: target.shape().len(),
                remedy: "give a list of values, or use the action on a rectangle",
            });
        }
        let elasticity = checked_elasticity(elasticity)?;
        let divergence = Divergence::ItakuraSaito;
        Self { divergence, elasticity, grid, boundary_value, target }.with_finite_coupling()
    }

    /// The same targets on an interval of another length.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for the length.
    pub fn with_length(self, length: f64) -> Result<Self> {
        Self { grid: self.grid.with_length(length)?, ..self }.with_finite_coupling()
    }

    /// The same targets at the points of a grid.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] if the grid does not have one point for each target, [`Error::Ends`] if its ends are not
    /// those of the action: free as those of [`Grid::finite_volume`], or fixed as those of
    /// [`Grid::finite_difference`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::field::{Action, sample};
    /// use itakura_saito::grid::Grid;
    ///
    /// // Twice as long as the unit interval, and so four times as stiff for the same shape.
    /// let grid = Grid::finite_volume(50)?.with_length(2.0)?;
    /// let target = sample(&grid, &|x| 1.0 + x)?;
    /// let long = Action::neumann(target.clone(), 0.4)?.on(grid)?;
    /// let short = Action::neumann(target, 0.1)?;
    /// let (long, short) = (long.minimise()?.field, short.minimise()?.field);
    /// let pairs = long.as_slice().iter().zip(short.as_slice());
    /// assert!(pairs.into_iter().all(|(one, other)| (one - other).abs() < 1e-12));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn on(self, grid: Grid) -> Result<Self> {
        if grid.nodes() != self.target.len() {
            return Err(Error::Lengths {
                name: "the grid of the field",
                expected: self.target.len(),
                found: grid.nodes(),
                remedy: "sample the target at the points of this grid",
            });
        }
        if grid.boundary() != self.grid.boundary() {
            return Err(Error::Ends {
                expected: format!("{:?}", self.grid.boundary()),
                found: format!("{:?}", grid.boundary()),
                remedy: "free ends go with Grid::finite_volume, fixed ones with Grid::finite_difference",
            });
        }
        Self { grid, ..self }.with_finite_coupling()
    }

    fn with_finite_coupling(self) -> Result<Self> {
        let coupling = self.coupling();
        if coupling.is_finite() {
            return Ok(self);
        }
        Err(Error::NotFinite {
            name: "the coupling of neighbours, 2λ/h²",
            value: coupling,
            remedy: "use a smaller elasticity or fewer points",
        })
    }

    /// The same with another divergence in place of $V$.
    pub fn with_divergence(self, divergence: Divergence) -> Self {
        Self { divergence, ..self }
    }

    /// The same with another elasticity.
    ///
    /// # Errors
    ///
    /// As [`Action::neumann`].
    pub fn with_elasticity(self, elasticity: f64) -> Result<Self> {
        let Self { divergence, grid, boundary_value, target, .. } = self;
        Ok(Self::checked(grid, target, elasticity, boundary_value)?.with_divergence(divergence))
    }

    /// The same with target and boundary value multiplied by $c$.
    ///
    /// $$ S_\lambda[cf; cy] = c^p\\, S_{\lambda c^{2-p}}[f; y] $$
    ///
    /// with $p$ the [`degree`](Divergence::degree) of the divergence, 0 for IS. A larger target at the same
    /// elasticity is thus the same problem with a larger elasticity, which section 2 calls its conformal
    /// limit.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveAt`] or [`Error::NotPositive`] if a value leaves the range of numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Three times the field at the same elasticity costs what nine times the elasticity does.
    /// let field = PositiveArray::of(&[1.1, 1.8, 2.5])?;
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 2.0, 3.0])?, 0.1)?;
    /// let scaled = action.scaled(3.0)?.value(&field.scaled(3.0)?)?;
    /// assert!((scaled - action.with_elasticity(0.9)?.value(&field)?).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn scaled(&self, factor: f64) -> Result<Self> {
        let target = self.target.scaled(factor)?;
        let boundary_value = self.boundary_value.map(|value| value.get() * factor);
        let boundary_value = boundary_value.map(checked_boundary_value).transpose()?;
        Ok(Self { target, boundary_value, ..self.clone() })
    }

    /// The divergence of the target from the field.
    pub fn divergence(&self) -> Divergence {
        self.divergence
    }

    /// The elasticity $\lambda$, in units of a length squared over a field squared.
    pub fn elasticity(&self) -> f64 {
        self.elasticity
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The target field.
    pub fn target(&self) -> &PositiveArray {
        &self.target
    }

    /// The value of the field at both ends, if it is given.
    pub fn boundary_value(&self) -> Option<Positive> {
        self.boundary_value
    }

    /// $c = 2\lambda/h^2$, by which the Hessian couples neighbours.
    pub(super) fn coupling(&self) -> f64 {
        2.0 * self.elasticity / self.grid.spacing() / self.grid.spacing()
    }

    /// The action of a field.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target, [`Error::NotFinite`] if the
    /// action is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // A flat field costs the divergence alone: V(1, 2) = ln 2 - 1/2 on the unit interval.
    /// let action = Action::neumann(PositiveArray::constant(&[8], 1.0)?, 0.1)?;
    /// let value = action.value(&PositiveArray::constant(&[8], 2.0)?)?;
    /// assert!((value - (2f64.ln() - 0.5)).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn value(&self, field: &PositiveArray) -> Result<f64> {
        let potential = self.divergence.total(&self.target, field)?;
        let spacing = self.grid.spacing();
        in_range("the action", self.elasticity * self.roughness_of(field) + spacing * potential)
    }

    /// The squared gradient of a field, $E = \int f'^2\\,\mathrm{d}x$; on the grid
    /// $\sum (f_{i+1} - f_i)^2/h$.
    ///
    /// At a minimum it is the derivative of the least action in $\lambda$: the field need not be moved,
    /// since the action does not change with it to first order.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target, [`Error::NotFinite`] if it is
    /// too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // A slope of two between the centres of the first and the last of four cells: 4 times 3/4.
    /// let line = PositiveArray::of(&[1.25, 1.75, 2.25, 2.75])?;
    /// assert_eq!(Action::neumann(line.clone(), 0.1)?.roughness(&line)?, 3.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn roughness(&self, field: &PositiveArray) -> Result<f64> {
        self.target.check_shape(field)?;
        in_range("the squared gradient of the field", self.roughness_of(field))
    }

    fn roughness_of(&self, field: &PositiveArray) -> f64 {
        let field = field.as_slice();
        let walls = self.boundary_value.map_or(0.0, |value| {
            (field[0] - value.get()).powi(2) + (field[field.len() - 1] - value.get()).powi(2)
        });
        let steps: f64 = field.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        (walls + steps) / self.grid.spacing()
    }

    /// The gradient of the action divided by the cell: the left side of the Euler-Lagrange equation.
    ///
    /// $$ -2\lambda f'' + \frac1f - \frac{y}{f^2} $$
    ///
    /// Equations (9) and (14).
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target, [`Error::NotFiniteAt`] if an
    /// entry overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Of a flat field 1/f - y/f².
    /// let action = Action::neumann(PositiveArray::constant(&[4], 1.0)?, 0.1)?;
    /// let gradient: Vec<f64> = action.gradient(&PositiveArray::constant(&[4], 2.0)?)?;
    /// assert!(gradient.iter().all(|slope| (slope - 0.25).abs() < 1e-15));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn gradient(&self, field: &PositiveArray) -> Result<Vec<f64>> {
        let mut gradient =
            self.divergence.gradient(&self.target, field)?.into_raw_vec_and_offset().0;
        let field = field.as_slice();
        let coupling = self.coupling();
        let wall = self.boundary_value.map(Positive::get);
        let mut left = wall.map_or(0.0, |value| field[0] - value);
        for (index, entry) in gradient.iter_mut().enumerate() {
            // Differences of neighbours are exact; the usual second difference is not.
            let right = match field.get(index + 1) {
                Some(next) => next - field[index],
                None => wall.map_or(0.0, |value| value - field[index]),
            };
            *entry -= coupling * (right - left);
            left = right;
        }
        entries_in_range("the gradient of the action at ", &gradient)?;
        Ok(gradient)
    }

    /// The Hessian of the action divided by the cell: the operator of the second variation.
    ///
    /// $$ -2\lambda\\,\frac{\mathrm{d}^2}{\mathrm{d}x^2} + \frac{2y - f}{f^3} $$
    ///
    /// Not printed in the paper, which puts $f = y$: see [`Action::linearised`].
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target, [`Error::NotFiniteAt`] if
    /// an entry overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Beyond twice the target a flat field is no minimum: (2y - f)/f³ = -1/27 for its lowest mode.
    /// let action = Action::neumann(PositiveArray::constant(&[4], 1.0)?, 0.1)?;
    /// let hessian = action.hessian(&PositiveArray::constant(&[4], 3.0)?)?;
    /// assert!((hessian.eigenvalues()[0] + 1.0 / 27.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn hessian(&self, field: &PositiveArray) -> Result<SymmetricTridiagonal> {
        let curvature = self.divergence.hessian_diagonal(&self.target, field)?;
        self.chain(curvature.into_raw_vec_and_offset().0).to_tridiagonal()
    }

    /// The paper's linearised operator.
    ///
    /// $$ L = -2\lambda\\,\frac{\mathrm{d}^2}{\mathrm{d}x^2} + \frac1{y^2} $$
    ///
    /// Equations (12) and (16): the Hessian at $f = y$, which is a minimum for a constant target only.
    ///
    /// # Errors
    ///
    /// [`Error::NotFiniteAt`] if an entry overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // The mass 1/y² is the lowest eigenvalue where the ends are free.
    /// let action = Action::neumann(PositiveArray::constant(&[6], 4.0)?, 0.1)?;
    /// assert!((action.linearised()?.eigenvalues()[0] - 1.0 / 16.0).abs() < 1e-13);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn linearised(&self) -> Result<SymmetricTridiagonal> {
        self.hessian(&self.target)
    }

    /// A field beside its target.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each target.
    pub fn figure(&self, field: &PositiveArray) -> Result<Figure> {
        let (value, roughness) = (self.value(field)?, self.roughness(field)?);
        let finding = format!(
            "At λ = {} the action of the field is {value:.4}, of which the elastic term makes {:.4}.",
            self.elasticity,
            self.elasticity * roughness,
        );
        let title = match self.boundary_value {
            None => "With free ends the field ends without slope".to_owned(),
            Some(wall) => format!("With fixed ends the field starts and ends at {wall}"),
        };
        Figure::builder(&title, &finding).source("§2, A.2").panel(self.panel(field)).build()
    }

    /// A field beside its target, with the values at fixed ends.
    pub(super) fn panel(&self, field: &PositiveArray) -> Panel {
        let mut points = self.grid.points();
        let mut values = field.as_slice().to_vec();
        if let Some(wall) = self.boundary_value {
            points.insert(0, points[0] - self.grid.spacing());
            points.push(points[points.len() - 1] + self.grid.spacing());
            values.insert(0, wall.get());
            values.push(wall.get());
        }
        Panel::new(Axis::linear("position x"), Axis::linear("field"))
            .series(shown(&self.grid, &self.target))
            .series(Series::corrected("field f", &points, &values))
    }

    pub(super) fn chain(&self, potential: Vec<f64>) -> Chain {
        let tied = self.grid.boundary() == Boundary::Dirichlet;
        Chain { coupling: self.coupling(), tied, potential }
    }
}

/// A number that has not overflowed on its way.
pub(super) fn in_range(name: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::NotFinite { name, value, remedy: TOO_FAR })
    }
}

/// The same for each entry of a list.
pub(super) fn entries_in_range(name: &'static str, values: &[f64]) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(index) => Err(Error::NotFiniteAt {
            name,
            index: vec![index],
            value: values[index],
            remedy: TOO_FAR,
        }),
    }
}

const TOO_FAR: &str = "measure field and target in a unit in which they are of moderate size, and keep the \
    field within some decades of the target";

/// An elasticity that is finite and not negative.
pub(super) fn checked_elasticity(elasticity: f64) -> Result<f64> {
    if elasticity >= 0.0 && elasticity.is_finite() {
        return Ok(elasticity);
    }
    Err(Error::OutOfRange {
        name: "the elasticity",
        value: elasticity,
        lower: 0.0,
        upper: f64::MAX,
        remedy: "give zero or a positive number; a negative one would reward roughness without a limit",
    })
}

pub(super) fn checked_boundary_value(value: f64) -> Result<Positive> {
    Positive::named("the boundary value", value, "the action is defined for positive fields only")
}
