//! Damped Newton on a chain: time and memory proportional to the number of points.

use super::Action;
use super::certificate::Progress;
use super::chain::Elimination;
use super::potential::Potential;
use crate::{Error, Result, interrupt};

/// A Newton step far from the solution gains half of it at least where $f \ll y$; from the smallest
/// number to the largest this takes two thousand, and a sensible start takes five to twenty.
const MOST_ITERATIONS: usize = 300;

/// The largest relative Newton step at which a field counts as solved.
const STEP: f64 = 1e-12;

/// Below this relative step, and with the true Hessian, the quadratic model is exact to a thousandth: the
/// method converges by itself, and the action changes too little to be compared.
const SAFE_STEP: f64 = 1e-4;

/// The share of the value at a point that one step may take away: the field stays positive by its path,
/// not by a clamp.
const LARGEST_LOSS: f64 = 0.9;

/// The share of the decrease predicted by the slope that a step must achieve (Armijo).
const ARMIJO: f64 = 1e-4;

/// A shorter step than this many halvings cannot be told from none.
const MOST_HALVINGS: usize = 50;

/// The unknowns of one solve, as slices and numbers without types around them.
pub(super) struct Newton<'a, P> {
    potential: P,
    target: &'a [f64],
    /// $c = 2\lambda/h^2$.
    coupling: f64,
    boundary_value: Option<f64>,
    field: Vec<f64>,
    /// The right side, then the step.
    step: Vec<f64>,
    ratios: Vec<f64>,
}

/// Which second derivative of the divergence made the Hessian positive definite.
#[derive(Clone, Copy, PartialEq)]
enum Curvature {
    True,
    Convex,
}

/// The size of a Newton step relative to the field: its largest entry, and its largest loss.
struct Extent {
    largest: f64,
    largest_loss: f64,
}

impl<'a, P: Potential> Newton<'a, P> {
    pub(super) fn new(action: &'a Action, potential: P, start: &[f64]) -> Self {
        Self {
            potential,
            target: action.target().as_slice(),
            coupling: action.coupling(),
            boundary_value: action.boundary_value().map(f64::from),
            field: start.to_vec(),
            step: vec![0.0; start.len()],
            ratios: vec![0.0; start.len()],
        }
    }

    /// The field at which the gradient is a rounding error, and how it was reached.
    pub(super) fn solve(mut self) -> Result<(Vec<f64>, Progress)> {
        let mut progress = Progress::default();
        for iteration in 0..=MOST_ITERATIONS {
            interrupt::check()?;
            progress.iterations = iteration;
            let Some(curvature) = self.direction(&mut progress) else { break };
            let extent = self.finish_direction();
            progress.step = extent.largest;
            let is_true = curvature == Curvature::True;
            if is_true && extent.largest <= STEP && progress.gradient <= progress.rounding_floor {
                return Ok((self.field, progress));
            }
            let safe = is_true && extent.largest <= SAFE_STEP;
            let length = if safe { Some(1.0) } else { self.length(extent.largest_loss) };
            let Some(length) = length else { break };
            for (value, step) in self.field.iter_mut().zip(&self.step) {
                *value += length * step;
            }
        }
        Err(Error::NotConverged {
            name: "the minimiser of the action",
            iterations: progress.iterations,
            residual: progress.gradient,
            allowed: progress.rounding_floor,
            remedy: "start nearer to a minimum, or scale target and elasticity towards one",
        })
    }

    /// Eliminates downwards with the true Hessian, or else with a convex one.
    fn direction(&mut self, progress: &mut Progress) -> Option<Curvature> {
        let potential = self.potential;
        let curvature = if self.eliminate(progress, |y, f| potential.stiffness(y, f)) {
            Curvature::True
        } else if self.eliminate(progress, |y, f| potential.convex_stiffness(y, f)) {
            Curvature::Convex
        } else {
            return None;
        };
        progress.gradient.is_finite().then_some(curvature)
    }

    fn eliminate(&mut self, progress: &mut Progress, stiffness: impl Fn(f64, f64) -> f64) -> bool {
        let (coupling, count) = (self.coupling, self.field.len());
        let tied = self.boundary_value.is_some();
        let mut elimination = Elimination::new(coupling, tied);
        let mut size = Size::default();
        let mut left = self.boundary_value.map_or(0.0, |value| self.field[0] - value);
        let mut carried = 0.0;
        for index in 0..count {
            let (target, field) = (self.target[index], self.field[index]);
            let right = match self.field.get(index + 1) {
                Some(next) => next - field,
                None => self.boundary_value.map_or(0.0, |value| value - field),
            };
            let slope = self.potential.slope(target, field);
            let gradient = slope - coupling * (right - left);
            let stiffness = stiffness(target, field);
            size.include(field, slope, gradient, stiffness);
            let Ok(row) = elimination.next(stiffness, tied || index + 1 < count) else {
                return false;
            };
            let right_side = carried - gradient;
            carried = row.ratio * right_side;
            self.step[index] = row.inverse_pivot * right_side;
            self.ratios[index] = row.ratio;
            left = right;
        }
        progress.gradient = size.gradient;
        progress.rounding_floor = size.rounding_floor(coupling);
        true
    }

    /// Substitutes upwards, which completes the step.
    fn finish_direction(&mut self) -> Extent {
        let mut below = 0.0;
        let mut extent = Extent { largest: 0.0, largest_loss: 0.0 };
        for ((step, ratio), field) in self.step.iter_mut().zip(&self.ratios).zip(&self.field).rev()
        {
            *step += ratio * below;
            below = *step;
            let relative = below / field;
            extent.largest = extent.largest.max(relative.abs());
            extent.largest_loss = extent.largest_loss.max(-relative);
        }
        extent
    }

    /// How much of the step to take: all of it if nothing speaks against it.
    fn length(&self, largest_loss: f64) -> Option<f64> {
        let mut length =
            if largest_loss > LARGEST_LOSS { LARGEST_LOSS / largest_loss } else { 1.0 };
        for _ in 0..MOST_HALVINGS {
            let (change, slope) = self.change(length);
            if change <= ARMIJO * slope {
                return Some(length);
            }
            length *= 0.5;
        }
        None
    }

    /// The change of the action, and what its slope predicts, for this part of the step; both divided by
    /// the spacing. Formed from the step alone, so that they keep their digits when it is small.
    fn change(&self, length: f64) -> (f64, f64) {
        let coupling = self.coupling;
        let (mut change, mut slope) = (0.0, 0.0);
        let mut bond = |difference: f64, step: f64| {
            change += 0.5 * coupling * step * (2.0 * difference + step);
            slope += coupling * step * difference;
        };
        if let Some(value) = self.boundary_value {
            for end in [0, self.field.len() - 1] {
                bond(self.field[end] - value, length * self.step[end]);
            }
        }
        for (field, step) in self.field.windows(2).zip(self.step.windows(2)) {
            bond(field[1] - field[0], length * (step[1] - step[0]));
        }
        for ((&target, &field), step) in self.target.iter().zip(&self.field).zip(&self.step) {
            slope += length * step * self.potential.slope(target, field);
        }
        let steps = self.step.iter().map(|step| length * step);
        change += self.potential.change(self.target, &self.field, steps);
        (change, slope)
    }
}

/// The largest numbers of a field, which say how far its gradient can be known.
#[derive(Default)]
struct Size {
    field: f64,
    slope: f64,
    gradient: f64,
    stiffness: f64,
}

impl Size {
    #[inline]
    fn include(&mut self, field: f64, slope: f64, gradient: f64, stiffness: f64) {
        self.field = self.field.max(field);
        self.slope = self.slope.max(slope.abs());
        // Keeps NaN, which `max` would drop.
        let gradient = gradient.abs();
        if gradient > self.gradient || gradient.is_nan() {
            self.gradient = gradient;
        }
        self.stiffness = self.stiffness.max(field * stiffness.abs());
    }

    /// The rule of the ledger, $16\varepsilon\\,(4\lambda \max f/h^2 + \max|\partial_f d|)$, and what the
    /// rounding of the field itself does to the second term.
    fn rounding_floor(&self, coupling: f64) -> f64 {
        f64::EPSILON * (16.0 * (2.0 * coupling * self.field + self.slope) + self.stiffness)
    }
}
