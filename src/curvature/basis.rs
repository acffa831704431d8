//! Orthonormal vectors, and the projection of another one to their complement.

use libm::scalbn;
use pulp::Arch;

use crate::operator::scale::{exponent_of, largest};
use crate::{Error, Result};

/// How many entries of all vectors are treated together: the same stretch of a hundred vectors stays in
/// the processor's second cache while it is used twice.
const STRETCH: usize = 512;

/// How many vectors are treated side by side: memory sends several at once faster than one after another.
const GROUP: usize = 4;

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
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (number, stretch) in vector.chunks(STRETCH).enumerate() {
                    self.add_components(number * STRETCH, stretch, &mut coefficients);
                }
            },
        );
        coefficients
    }

    /// Subtracts a combination of the vectors; with `again`, returns the components that are left.
    fn subtract(&self, combination: &[f64], vector: &mut [f64], again: bool) -> Vec<f64> {
        let mut left = vec![0.0; combination.len()];
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (number, stretch) in vector.chunks_mut(STRETCH).enumerate() {
                    self.subtract_from(number * STRETCH, stretch, combination);
                    if again {
                        self.add_components(number * STRETCH, stretch, &mut left);
                    }
                }
            },
        );
        left
    }

    /// Adds what one stretch of a vector, which begins at `at`, has to its components.
    #[inline(always)]
    fn add_components(&self, at: usize, stretch: &[f64], components: &mut [f64]) {
        let part = |index: usize| &self.vector(index)[at..at + stretch.len()];
        let (groups, rest) = components.as_chunks_mut::<GROUP>();
        let grouped = GROUP * groups.len();
        for (number, group) in groups.iter_mut().enumerate() {
            let parts: [&[f64]; GROUP] = std::array::from_fn(|place| part(GROUP * number + place));
            let sums = dots(parts, stretch);
            group.iter_mut().zip(sums).for_each(|(component, sum)| *component += sum);
        }
        for (place, component) in rest.iter_mut().enumerate() {
            *component += dots([part(grouped + place)], stretch)[0];
        }
    }

    /// Subtracts a combination of the vectors from one stretch of a vector.
    #[inline(always)]
    fn subtract_from(&self, at: usize, stretch: &mut [f64], combination: &[f64]) {
        let length = stretch.len();
        let part = |index: usize| &self.vector(index)[at..at + length];
        let (groups, rest) = combination.as_chunks::<GROUP>();
        for (number, group) in groups.iter().enumerate() {
            let parts: [&[f64]; GROUP] = std::array::from_fn(|place| part(GROUP * number + place));
            add_multiples(stretch, group.map(|factor| -factor), parts);
        }
        for (place, factor) in rest.iter().enumerate() {
            add_multiples(stretch, [-factor], [part(GROUP * groups.len() + place)]);
        }
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
            add_multiples(&mut sum, [coefficient], [basis]);
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

/// How many sums run side by side: one would wait for each addition before the next.
const LANES: usize = 8;

pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    dots([one], other)[0]
}

/// The scalar products of several vectors with another one.
#[inline(always)]
fn dots<const N: usize>(ones: [&[f64]; N], other: &[f64]) -> [f64; N] {
    let mut sums = [[0.0; LANES]; N];
    let (chunks, rest) = other.as_chunks::<LANES>();
    let whole = LANES * chunks.len();
    let ones_chunks = ones.map(|one| one[..whole].as_chunks::<LANES>().0);
    for (at, chunk) in chunks.iter().enumerate() {
        for (sums, one) in sums.iter_mut().zip(&ones_chunks) {
            for lane in 0..LANES {
                sums[lane] += one[at][lane] * chunk[lane];
            }
        }
    }
    std::array::from_fn(|place| {
        let rest: f64 = ones[place][whole..].iter().zip(rest).map(|(a, b)| a * b).sum();
        sums[place].iter().sum::<f64>() + rest
    })
}

/// The length of a vector, of any size: where the squares leave the range of numbers, that of the vector in
/// units of a power of two.
pub(super) fn norm(vector: &[f64]) -> f64 {
    let square = dot(vector, vector);
    if SAFE_SQUARES.contains(&square) {
        return square.sqrt();
    }
    let exponent = exponent_of(largest(vector));
    let scaled: Vec<f64> = vector.iter().map(|&entry| scalbn(entry, -exponent)).collect();
    scalbn(dot(&scaled, &scaled).sqrt(), exponent)
}

/// Sums of squares that have lost nothing: what underflows beside them is below their rounding.
const SAFE_SQUARES: std::ops::Range<f64> = 1e-280..f64::INFINITY;

/// Adds multiples of several vectors, one after the other.
#[inline(always)]
fn add_multiples<const N: usize>(sum: &mut [f64], factors: [f64; N], vectors: [&[f64]; N]) {
    let vectors = vectors.map(|vector| &vector[..sum.len()]);
    for (at, entry) in sum.iter_mut().enumerate() {
        for (factor, vector) in factors.iter().zip(&vectors) {
            *entry += factor * vector[at];
        }
    }
}
