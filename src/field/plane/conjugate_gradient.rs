//! Conjugate gradients for the Hessian of the action, preconditioned by a constant mass.

use libm::scalbn;

use super::laplacian::Laplacian;
use super::poisson::Poisson;
use crate::operator::Operator;
use crate::operator::scale::{exponent_where_needed, in_units, largest};

/// $a\\,(-\Delta_h) + \mathrm{diag}(q)$: the Hessian of an action on the square over the area of a cell.
pub struct Hessian<'a> {
    pub(super) laplacian: &'a Laplacian,
    pub(super) stiffness: f64,
    pub(super) masses: Vec<f64>,
}

impl Operator for Hessian<'_> {
    fn dim(&self) -> usize {
        self.masses.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "one value for each point");
        self.laplacian.apply(x, y);
        for ((value, mass), x) in y.iter_mut().zip(&self.masses).zip(x) {
            *value = self.stiffness * *value + mass * x;
        }
    }
}

/// How a solve ended.
pub(super) enum Solution {
    /// The residual fell below the tolerance, or the steps ran out, after this many.
    Found(Vec<f64>, usize),
    /// A direction in which the Hessian does not bend upwards, and what was found before.
    NotConvex(Vec<f64>),
}

/// More steps than any solve here needs: each halves the error at a condition number of 30.
const STEPS: usize = 500;

impl<'a> Hessian<'a> {
    /// The exponent of the unit in which products with it are safe to square.
    pub(super) fn exponent(&self) -> i32 {
        let stiffest = self.stiffness * self.laplacian.stiffest();
        exponent_where_needed(largest(&self.masses).max(stiffest))
    }

    /// The same in units of a power of two.
    pub(super) fn in_units(&self, exponent: i32) -> Hessian<'a> {
        Hessian {
            laplacian: self.laplacian,
            stiffness: scalbn(self.stiffness, -exponent),
            masses: in_units(&self.masses, exponent),
        }
    }

    /// The mass whose inverse is the preconditioner: between the extremes, and positive.
    fn typical_mass(&self) -> f64 {
        let sum: f64 = self.masses.iter().map(|mass| mass.abs()).sum();
        sum / self.masses.len() as f64
    }

    /// Solves for `right_side` down to `tolerance` times its norm, in units of powers of two where a square would
    /// leave the range of numbers.
    pub(super) fn solve(
        &self,
        right_side: &[f64],
        tolerance: f64,
        poisson: &mut Poisson,
    ) -> Solution {
        let own = self.exponent();
        let other = exponent_where_needed(largest(right_side));
        if (own, other) == (0, 0) {
            return self.solve_as_it_is(right_side, tolerance, poisson);
        }
        let scaled = in_units(right_side, other);
        match self.in_units(own).solve_as_it_is(&scaled, tolerance, poisson) {
            Solution::Found(found, steps) => Solution::Found(in_units(&found, own - other), steps),
            Solution::NotConvex(found) => Solution::NotConvex(in_units(&found, own - other)),
        }
    }

    fn solve_as_it_is(
        &self,
        right_side: &[f64],
        tolerance: f64,
        poisson: &mut Poisson,
    ) -> Solution {
        let count = right_side.len();
        let mass = self.typical_mass();
        let goal = tolerance * norm(right_side);
        let (mut solution, mut residual) = (vec![0.0; count], right_side.to_vec());
        let mut corrected = residual.clone();
        poisson.solve(self.stiffness, mass, &mut corrected);
        let mut direction = corrected.clone();
        let mut image = vec![0.0; count];
        let mut product = dot(&residual, &corrected);
        for step in 0..STEPS {
            if norm(&residual) <= goal {
                return Solution::Found(solution, step);
            }
            self.apply(&direction, &mut image);
            let bend = dot(&direction, &image);
            if bend <= 0.0 {
                // Before the first step the preconditioned residual itself points downhill.
                return Solution::NotConvex(if step == 0 { direction } else { solution });
            }
            let length = product / bend;
            add(&mut solution, length, &direction);
            add(&mut residual, -length, &image);
            corrected.copy_from_slice(&residual);
            poisson.solve(self.stiffness, mass, &mut corrected);
            let next = dot(&residual, &corrected);
            let keep = next / product;
            for (direction, corrected) in direction.iter_mut().zip(&corrected) {
                *direction = corrected + keep * *direction;
            }
            product = next;
        }
        Solution::Found(solution, STEPS)
    }
}

pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

pub(super) fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

fn add(to: &mut [f64], factor: f64, vector: &[f64]) {
    for (value, summand) in to.iter_mut().zip(vector) {
        *value += factor * summand;
    }
}
