//! The operator $-2\lambda\\,\mathrm{d}^2/\mathrm{d}x^2 + q(x)$ on a grid, its factors and its lowest eigenvalue.

use libm::scalbn;

use crate::Result;
use crate::operator::SymmetricTridiagonal;
use crate::operator::scale::{exponent_where_needed, in_units, largest, norm};

/// Neighbours coupled by the same spring, and a spring at each point that may push or pull.
///
/// Kept apart from [`SymmetricTridiagonal`], which sees only entries. Near the continuum the potential
/// $q$ is a rounding error of the diagonal $2c + q$, $c = 2\lambda/h^2$: at $10^7$ points its relative
/// size is $10^{-13}$. Eliminating with $p_i - c$ in place of the pivot $p_i$ never subtracts the two.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    /// $c = 2\lambda/h^2$.
    pub(crate) coupling: f64,
    /// Whether the ends are tied to a fixed value; else they are free.
    pub(crate) tied: bool,
    /// $q_i$.
    pub(crate) potential: Vec<f64>,
}

/// The factors of a positive definite chain: $1/p_i$ and $c/p_i$.
pub(crate) struct Factors {
    inverse_pivots: Vec<f64>,
    ratios: Vec<f64>,
}

/// One row of the elimination: what the rows above leave to the next.
#[derive(Clone, Copy)]
pub(super) struct Elimination {
    coupling: f64,
    /// $c\\,v/(c + v)$ of the row above, where $v = p - c$; what a wall or nothing at all leaves at first.
    excess: f64,
}

/// A row after elimination.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) inverse_pivot: f64,
    pub(super) ratio: f64,
}

impl Elimination {
    pub(super) fn new(coupling: f64, tied: bool) -> Self {
        Self { coupling, excess: if tied { coupling } else { 0.0 } }
    }

    /// Eliminates the next row; the pivot that is not positive, if there is one.
    #[inline]
    pub(super) fn next(
        &mut self,
        potential: f64,
        has_right: bool,
    ) -> std::result::Result<Row, f64> {
        let remainder = potential + self.excess;
        let pivot = if has_right { self.coupling + remainder } else { remainder };
        if pivot.is_nan() || pivot <= 0.0 {
            return Err(pivot);
        }
        let inverse_pivot = 1.0 / pivot;
        let ratio = self.coupling * inverse_pivot;
        self.excess = remainder * ratio;
        Ok(Row { inverse_pivot, ratio })
    }
}

impl Chain {
    pub(super) fn to_tridiagonal(&self) -> Result<SymmetricTridiagonal> {
        let last = self.potential.len() - 1;
        let free_ends = |index: usize| {
            if self.tied { 0 } else { u8::from(index == 0) + u8::from(index == last) }
        };
        let springs = |index: usize| f64::from(2 - free_ends(index)) * self.coupling;
        let diagonal =
            self.potential.iter().enumerate().map(|(index, q)| springs(index) + q).collect();
        SymmetricTridiagonal::new(diagonal, vec![-self.coupling; last])
    }

    /// The factors of the chain with its potential lowered by `shift`, if it is positive definite then:
    /// if and only if every eigenvalue is above the shift.
    pub(crate) fn factors(&self, shift: f64) -> Option<Factors> {
        let count = self.potential.len();
        let mut elimination = Elimination::new(self.coupling, self.tied);
        let mut factors = Factors {
            inverse_pivots: Vec::with_capacity(count),
            ratios: Vec::with_capacity(count),
        };
        for (index, potential) in self.potential.iter().enumerate() {
            let has_right = self.tied || index + 1 < count;
            let row = elimination.next(potential - shift, has_right).ok()?;
            factors.inverse_pivots.push(row.inverse_pivot);
            factors.ratios.push(row.ratio);
        }
        Some(factors)
    }

    /// The smallest eigenvalue, with a bound on its error.
    ///
    /// On a long chain a shorter one comes first: its eigenvalue tells where to shift, and its eigenvector where
    /// to begin, so that one inverse iteration is left to do.
    pub(super) fn lowest_eigenvalue(&self) -> Enclosure {
        // In units of a power of two where a square would leave the range of numbers.
        let exponent = exponent_where_needed(largest(&self.potential).max(self.coupling));
        if exponent != 0 {
            let scaled = Self {
                coupling: scalbn(self.coupling, -exponent),
                tied: self.tied,
                potential: in_units(&self.potential, exponent),
            };
            let Enclosure { value, error } = scaled.lowest_eigenvalue();
            return Enclosure { value: scalbn(value, exponent), error: scalbn(error, exponent) };
        }
        let by_shorter = (self.potential.len() >= 4 * SHORT).then(|| self.lowest_by_shorter());
        by_shorter.flatten().unwrap_or_else(|| self.lowest_pair().0)
    }

    /// The enclosure that a start from a shorter chain leads to, if it leads to a narrow one.
    fn lowest_by_shorter(&self) -> Option<Enclosure> {
        let stride = self.potential.len().div_ceil(SHORT);
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        let shorter = Self {
            coupling: self.coupling / (stride * stride) as f64,
            tied: self.tied,
            potential: self.potential.chunks(stride).map(mean).collect(),
        };
        let (guess, coarse) = shorter.lowest_pair();
        let shift = guess.value - guess.error - BELOW * guess.value.abs();
        let factors = self.factors(shift)?;
        // Steps from part to part are waves that one inverse iteration removes.
        let mut vector: Vec<f64> =
            (0..self.potential.len()).map(|index| coarse[index / stride]).collect();
        factors.solve(&mut vector);
        let norm = norm(&vector);
        vector.iter_mut().for_each(|value| *value /= norm);
        let (upper, _) = self.rayleigh(&vector);
        let lower = upper - 0.5 * ENCLOSURE * upper.abs();
        self.factors(lower)?;
        Some(Enclosure::between(lower, upper))
    }

    /// The smallest eigenvalue with a bound on its error, and a unit vector near its eigenvector.
    ///
    /// Inverse iteration below the spectrum. A chain that stays positive definite after a shift has all
    /// its eigenvalues above it, and no Rayleigh quotient is below the smallest one: together they
    /// enclose it.
    fn lowest_pair(&self) -> (Enclosure, Vec<f64>) {
        let count = self.potential.len();
        let lowest_potential = self.potential.iter().copied().fold(f64::INFINITY, f64::min);
        // No eigenvalue is below the lowest potential; just below it the chain is positive definite.
        let mut lower = lowest_potential - 1e-3 * lowest_potential.abs() - f64::MIN_POSITIVE;
        let mut vector = vec![1.0 / (count as f64).sqrt(); count];
        let (mut upper, mut residual) = self.rayleigh(&vector);
        let mut factors = self.factors(lower);
        for _ in 0..MOST_ITERATIONS {
            // The nearest eigenvalue is within the residual; if it is the smallest one, this is below it.
            let trial = (upper - residual).max(lower);
            if let Some(better) = self.factors(trial) {
                (lower, factors) = (trial, Some(better));
            }
            if upper - lower <= ENCLOSURE * upper.abs() {
                break;
            }
            let Some(factors) = &factors else { break };
            factors.solve(&mut vector);
            let norm = norm(&vector);
            vector.iter_mut().for_each(|value| *value /= norm);
            let previous = (upper, residual);
            (upper, residual) = self.rayleigh(&vector);
            let stands_still = upper >= previous.0 && residual >= 0.5 * previous.1;
            if stands_still {
                (upper, residual) = (upper.min(previous.0), residual.min(previous.1));
                if lower >= upper - residual {
                    break;
                }
            }
        }
        if upper - lower > ENCLOSURE * upper.abs() {
            lower = self.raised(lower, upper);
        }
        (Enclosure::between(lower, upper), vector)
    }

    /// A bound below the smallest eigenvalue that is as near to one above it as can be shown.
    ///
    /// On a fine grid the residual ends at the rounding of $2\lambda/h^2$, far above the error of the
    /// Rayleigh quotient, which is of its square. The pivots do not suffer from that.
    fn raised(&self, lower: f64, upper: f64) -> f64 {
        let widths = [1e-9, 1e-8, 1e-7, 1e-6].map(|width| width * upper.abs());
        let mut nearer =
            widths.into_iter().map(|width| upper - width).filter(|&trial| trial > lower);
        nearer.find(|&trial| self.factors(trial).is_some()).unwrap_or(lower)
    }

    /// The Rayleigh quotient of a unit vector, and the norm of its residual.
    ///
    /// With differences of neighbours in place of the second difference: they are exact for a smooth
    /// vector, and the other form loses them at small spacings.
    fn rayleigh(&self, vector: &[f64]) -> (f64, f64) {
        let (first, last) = (vector[0], vector[vector.len() - 1]);
        let walls = if self.tied { first * first + last * last } else { 0.0 };
        let steps: f64 = vector.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        let springs: f64 = vector.iter().zip(&self.potential).map(|(x, q)| q * x * x).sum();
        let quotient = self.coupling * (walls + steps) + springs;
        let mut left = if self.tied { first } else { 0.0 };
        let mut squares = 0.0;
        for (index, (value, potential)) in vector.iter().zip(&self.potential).enumerate() {
            let right = match vector.get(index + 1) {
                Some(next) => next - value,
                None if self.tied => -value,
                None => 0.0,
            };
            let image = potential * value - self.coupling * (right - left);
            squares += (image - quotient * value).powi(2);
            left = right;
        }
        (quotient, squares.sqrt())
    }
}

/// An eigenvalue, and how far it may be from the true one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Enclosure {
    pub(super) value: f64,
    pub(super) error: f64,
}

impl Enclosure {
    /// From a bound below and a Rayleigh quotient, which is one above up to its rounding.
    fn between(lower: f64, upper: f64) -> Self {
        let rounding = 4.0 * f64::EPSILON * upper.abs();
        Self { value: upper, error: (upper - lower).max(0.0) + rounding }
    }
}

/// The length of the shorter chain.
const SHORT: usize = 2048;

/// How far below the eigenvalue of the shorter chain the shift lies, relatively: further than the two chains
/// differ, and near enough for one inverse iteration.
const BELOW: f64 = 1e-3;

/// Each iteration squares the error; what is not there by then is held back by rounding.
const MOST_ITERATIONS: usize = 60;

/// The relative width at which an enclosure is narrow enough. The value itself is nearer: its error is of
/// the square of the residual.
const ENCLOSURE: f64 = 1e-8;

impl Factors {
    /// Replaces a right side by the solution.
    pub(crate) fn solve(&self, vector: &mut [f64]) {
        let mut carried = 0.0;
        for ((value, inverse_pivot), ratio) in
            vector.iter_mut().zip(&self.inverse_pivots).zip(&self.ratios)
        {
            let right_side = *value + carried;
            carried = ratio * right_side;
            *value = inverse_pivot * right_side;
        }
        let mut below = 0.0;
        for (value, ratio) in vector.iter_mut().zip(&self.ratios).rev() {
            *value += ratio * below;
            below = *value;
        }
    }
}
