//! The logarithmic variant: the field as $e^\psi$, and its Euler-Lagrange equation.

use super::action::{checked_elasticity, in_range};
use super::{Action, largest};
use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::figure::{Axis, Figure, Panel, Series};
use crate::{Error, Result};

/// What is left of the Euler-Lagrange equation of the logarithmic variant, at the inner points.
///
/// With $f = e^\psi$ appendix A.8 prints
///
/// $$ -2\lambda\\,(e^{2\psi}\psi')' + 1 - y e^{-\psi} = 0, $$
///
/// and the variation of its own action gives one term more, since $e^{2\psi}$ depends on $\psi$ too:
///
/// $$ -2\lambda\\,(e^{2\psi}\psi')' + 2\lambda\\,e^{2\psi}\psi'^2 + 1 - y e^{-\psi} = 0. $$
///
/// The second is $f$ times (9). On the grid the flux through the face between two points has the weight
/// $e^{\psi_i + \psi_{i+1}}$, and $\psi'$ in the square is a central difference.
///
/// # Examples
///
/// ```
/// use itakura_saito::field::{Action, LogarithmicResidual, sample};
/// use itakura_saito::grid::Grid;
///
/// let target = sample(&Grid::finite_volume(100)?, &|x| 2.0 - x)?;
/// let action = Action::neumann(target, 0.05)?;
/// let residual = LogarithmicResidual::of(&action, &action.minimise()?.field)?;
/// assert!(residual.largest_printed(5) > 100.0 * residual.largest_corrected(5));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LogarithmicResidual {
    points: Vec<f64>,
    printed: Vec<f64>,
    corrected: Vec<f64>,
}

impl LogarithmicResidual {
    /// Of a field, which should be a minimum.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each
    /// target, [`Error::NotFinite`] for a residual that is not finite.
    pub fn of(action: &Action, field: &PositiveArray) -> Result<Self> {
        action.target().check_shape(field)?;
        let coupling = action.coupling();
        let mut residual = Self {
            points: action.grid().points()[1..field.len() - 1].to_vec(),
            printed: Vec::new(),
            corrected: Vec::new(),
        };
        for (three, target) in field.as_slice().windows(3).zip(&action.target().as_slice()[1..]) {
            let (before, here, after) = (three[0], three[1], three[2]);
            // e^ψ is the field: as a factor, it leaves nothing to be rounded or to overflow between.
            let (left, right) = (logarithmic_step(before, here), logarithmic_step(here, after));
            let divergence = coupling * here * (after * right - before * left);
            let force = (here - target) / here;
            let printed = force - divergence;
            let slope = here * (0.5 * (left + right));
            let missing = coupling * slope * slope;
            residual.printed.push(in_range("the printed left side", printed)?);
            residual.corrected.push(in_range("the corrected left side", printed + missing)?);
        }
        Ok(residual)
    }

    /// Of a field that is known as a formula, at any points: without a grid, and without its error.
    ///
    /// `field` gives $f$, $f'$ and $f''$ at a place, `target` gives $y$. In terms of these the printed left
    /// side is
    ///
    /// $$ -2\lambda\\,(f'^2 + f f'') + 1 - \frac yf, $$
    ///
    /// and the corrected one has the first term $-2\lambda\\,f f''$. So for a solution of (9) the printed
    /// equation is off by $-2\lambda f'^2$, exactly.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without points,
    /// [`Error::NotPositive`] for a field or a target that is not positive,
    /// [`Error::NotFinite`] for a residual that is not finite; as
    /// [`Action::neumann`] for the elasticity.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::field::LogarithmicResidual;
    ///
    /// // f = 2 + x² solves (9) for the target y = f - 2λ f² f''.
    /// let lambda: f64 = 0.01;
    /// let solution = |x: f64| [2.0 + x * x, 2.0 * x, 2.0];
    /// let target = |x: f64| {
    ///     let [f, _, bend] = solution(x);
    ///     f - 2.0 * lambda * f * f * bend
    /// };
    /// let residual: LogarithmicResidual =
    ///     LogarithmicResidual::of_formula(lambda, &[0.5, 1.0], &solution, &target)?;
    /// assert!(residual.corrected().iter().all(|left| left.abs() < 1e-15));
    /// assert!((residual.printed()[1] + 2.0 * lambda * 4.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_formula(
        elasticity: f64,
        points: &[f64],
        field: &dyn Fn(f64) -> [f64; 3],
        target: &dyn Fn(f64) -> f64,
    ) -> Result<Self> {
        let elasticity = checked_elasticity(elasticity)?;
        if points.is_empty() {
            return Err(Error::Empty { name: "the list of points", remedy: "give at least one" });
        }
        let mut residual =
            Self { points: points.to_vec(), printed: Vec::new(), corrected: Vec::new() };
        for &point in points {
            let [value, slope, bend] = field(point);
            let remedy = "the equation is one of positive fields: choose other points";
            let value = Positive::named("the field", value, remedy)?;
            let target = Positive::target(target(point))?;
            // 1 - y/f, which the difference of the two would round.
            let force = value.get() * Divergence::ItakuraSaito.derivative(target, value);
            let corrected = -2.0 * elasticity * value.get() * bend + force;
            let printed = corrected - 2.0 * elasticity * slope * slope;
            residual.printed.push(in_range("the printed left side", printed)?);
            residual.corrected.push(in_range("the corrected left side", corrected)?);
        }
        Ok(residual)
    }

    /// The coordinates of the points: the inner ones of a grid, or those that were given.
    pub fn points(&self) -> &[f64] {
        &self.points
    }

    /// What is left of the equation as printed.
    pub fn printed(&self) -> &[f64] {
        &self.printed
    }

    /// What is left of the equation with the missing term.
    pub fn corrected(&self) -> &[f64] {
        &self.corrected
    }

    /// The largest size of the printed residual, without `margin` points of the grid at each end, where a
    /// difference quotient does not know of the boundary.
    pub fn largest_printed(&self, margin: usize) -> f64 {
        largest(inner(&self.printed, margin))
    }

    /// The same of the corrected residual.
    pub fn largest_corrected(&self, margin: usize) -> f64 {
        largest(inner(&self.corrected, margin))
    }

    /// Both residuals over the interval.
    ///
    /// # Errors
    ///
    /// [`Error::FigureEmpty`] for a grid without inner points.
    pub fn figure(&self) -> Result<Figure> {
        let (printed, corrected) = (self.largest_printed(1), self.largest_corrected(1));
        let finding = format!(
            "At the minimum the printed logarithmic equation is off by up to {printed:.2}, the corrected \
             one by {corrected:.1e}, the error of the differences."
        );
        let panel =
            Panel::new(Axis::linear("position x"), Axis::linear("left side of the equation"))
                .series(Series::as_printed("as printed", &self.points, &self.printed))
                .series(Series::corrected(
                    "with 2λ e<sup>2ψ</sup>ψ′²",
                    &self.points,
                    &self.corrected,
                ));
        Figure::builder("The minimum solves the corrected equation only", &finding)
            .source("§A.8")
            .panel(panel)
            .build()
    }
}

/// $\ln(b/a)$, which loses no digits where the two are alike.
fn logarithmic_step(from: f64, to: f64) -> f64 {
    let deviation = (to - from) / from;
    if deviation.abs() < 0.5 { deviation.ln_1p() } else { to.ln() - from.ln() }
}

/// The residuals begin at the second point of the grid.
fn inner(residual: &[f64], margin: usize) -> &[f64] {
    let skipped = margin.saturating_sub(1).min(residual.len() / 2);
    &residual[skipped..residual.len() - skipped]
}

impl Action {
    /// The action as a functional of $\psi = \ln f$, in the form of appendix A.8.
    ///
    /// $$ \int \Bigl( \lambda\\,e^{2\psi}\psi'^2 + y e^{-\psi} - \ln y + \psi - 1 \Bigr)\\,\mathrm{d}x $$
    ///
    /// The squared gradient is discretised in $\psi$, with the weight $e^{\psi_i + \psi_{i+1}}$ on a face,
    /// and so agrees with [`Action::value`] up to a multiple of $h^2$. For Itakura-Saito only: the last
    /// terms are $V(y, e^\psi)$.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the field does not have one value for each
    /// target, [`Error::NotFinite`] if the action is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Without a slope it is the same action.
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 2.0, 3.0])?, 0.1)?;
    /// let flat = PositiveArray::constant(&[3], 2.0)?;
    /// assert!((action.logarithmic_value(&flat)? - action.value(&flat)?).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn logarithmic_value(&self, field: &PositiveArray) -> Result<f64> {
        self.target().check_shape(field)?;
        let spacing = self.grid().spacing();
        // The last terms as the divergence, which keeps its digits where field and target are alike.
        let force = Divergence::ItakuraSaito.total(self.target(), field)?;
        let mut values = field.as_slice().to_vec();
        if let Some(value) = self.boundary_value() {
            values.insert(0, value.get());
            values.push(value.get());
        }
        let bond = |pair: &[f64]| {
            let step = logarithmic_step(pair[0], pair[1]);
            pair[0] * step * (pair[1] * step)
        };
        let steps: f64 = values.windows(2).map(bond).sum();
        in_range("the action", self.elasticity() * steps / spacing + spacing * force)
    }
}
