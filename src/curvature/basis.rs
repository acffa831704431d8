//! Orthonormal vectors, and the projection of another one to their complement.

use crate::{Error, Result};

/// How many entries of all vectors are treated together: the same stretch of a hundred vectors stays in
/// the processor's second cache while it is used twice.
const STRETCH: usize = 512;

/// Vectors of one length that are meant to be orthonormal, one after another in memory.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Basis {
    dimension: usize,
    entries: Vec<f64>,
}

impl Basis {
    pub(super) fn new(dimension: usize, capacity: usize) -> Self {
        Self { dimension, entries: Vec::with_capacity(dimension * capacity) }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len() / self.dimension
    }

    pub(super) fn vector(&self, index: usize) -> &[f64] {
        &self.entries[index * self.dimension..][..self.dimension]
    }

    pub(super) fn vectors(&self) -> impl Iterator<Item = &[f64]> {
        self.entries.chunks_exact(self.dimension)
    }

    pub(super) fn push(&mut self, vector: &[f64]) {
        debug_assert_eq!(vector.len(), self.dimension);
        self.entries.extend_from_slice(vector);
    }

    /// Adds a vector, divided by a number.
    pub(super) fn push_scaled(&mut self, vector: &[f64], divisor: f64) {
        self.entries.extend(vector.iter().map(|entry| entry / divisor));
    }

    /// Takes the components along the vectors out of `vector`, twice, and returns their sums.
    ///
    /// Classical Gram-Schmidt, of which two passes are enough. The second pass takes its coefficients
    /// from each stretch as soon as the first one has changed it, so that the vectors are read three
    /// times and not four: for a large network this reading is what the orthogonalisation costs.
    pub(super) fn project_out(&self, vector: &mut [f64]) -> Vec<f64> {
        let first = self.coefficients(vector);
        let second = self.subtract(&first, vector, true);
        self.subtract(&second, vector, false);
        first.iter().zip(&second).map(|(one, other)| one + other).collect()
    }

    /// The components along the vectors.
    fn coefficients(&self, vector: &[f64]) -> Vec<f64> {
        let mut coefficients = vec![0.0; self.len()];
        for (at, stretch) in stretches(vector) {
            for (coefficient, basis) in coefficients.iter_mut().zip(self.vectors()) {
                *coefficient += dot(&basis[at..at + stretch.len()], stretch);
            }
        }
        coefficients
    }

    /// Subtracts a combination of the vectors; with `again`, returns the components that are left.
    fn subtract(&self, combination: &[f64], vector: &mut [f64], again: bool) -> Vec<f64> {
        let mut left = vec![0.0; combination.len()];
        for (number, stretch) in vector.chunks_mut(STRETCH).enumerate() {
            let at = number * STRETCH;
            for (coefficient, basis) in combination.iter().zip(self.vectors()) {
                add_multiple(stretch, -coefficient, &basis[at..at + stretch.len()]);
            }
            if again {
                for (component, basis) in left.iter_mut().zip(self.vectors()) {
                    *component += dot(&basis[at..at + stretch.len()], stretch);
                }
            }
        }
        left
    }

    /// The components along the vectors, of a vector that a caller gives.
    pub(super) fn checked_coefficients(&self, vector: &[f64]) -> Result<Vec<f64>> {
        if vector.len() != self.dimension {
            return Err(Error::Lengths {
                name: "the vector",
                expected: self.dimension,
                found: vector.len(),
                remedy: "give one entry for each dimension of the operator",
            });
        }
        Ok(self.coefficients(vector))
    }

    /// The sum of the vectors with these coefficients.
    pub(super) fn combination(&self, coefficients: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut sum = vec![0.0; self.dimension];
        for (coefficient, basis) in coefficients.zip(self.vectors()) {
            add_multiple(&mut sum, coefficient, basis);
        }
        sum
    }

    /// $\max_{ij} |Q^{\mathsf T} Q - I|$: how far the vectors are from orthonormal.
    pub(super) fn loss_of_orthogonality(&self) -> f64 {
        let mut worst: f64 = 0.0;
        for (row, one) in self.vectors().enumerate() {
            for (column, other) in self.vectors().enumerate().take(row + 1) {
                let wanted = if row == column { 1.0 } else { 0.0 };
                worst = worst.max((dot(one, other) - wanted).abs());
            }
        }
        worst
    }
}

fn stretches(vector: &[f64]) -> impl Iterator<Item = (usize, &[f64])> {
    vector.chunks(STRETCH).enumerate().map(|(number, stretch)| (number * STRETCH, stretch))
}

/// How many sums run side by side: one would wait for each addition before the next.
const LANES: usize = 8;

pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in ones.zip(others) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

pub(super) fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

fn add_multiple(sum: &mut [f64], factor: f64, vector: &[f64]) {
    for (entry, other) in sum.iter_mut().zip(vector) {
        *entry += factor * other;
    }
}
