//! Dual numbers by parts: the values of all entries, then the derivatives of all entries along each
//! direction, in rows that vector instructions can run over.
//!
//! A product of dual numbers is a sum of products of real ones, so a layer that is linear in its input
//! and in its parameters needs kernels for real numbers only.

use super::scalar::Scalar;

/// The length of a row is rounded up to a multiple of this many entries, the widest vectors there are.
pub(super) const LANES: usize = 8;

/// How rows of a batch lie in memory: one for each sequence and channel, with zeros on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) sequences: usize,
    pub(super) channels: usize,
    pub(super) length: usize,
    /// The zeros before a row's first entry, and at least as many after its last.
    pub(super) margin: usize,
}

impl Rows {
    pub(super) fn new((sequences, channels, length): (usize, usize, usize), margin: usize) -> Self {
        Self { sequences, channels, length, margin }
    }

    /// The length of a row, rounded up to whole vectors.
    pub(super) fn rounded(&self) -> usize {
        self.length.next_multiple_of(LANES)
    }

    /// From the beginning of a row to that of the next.
    pub(super) fn stride(&self) -> usize {
        self.rounded() + 2 * self.margin
    }

    /// Where the first entry of a row stands.
    pub(super) fn start(&self, sequence: usize, channel: usize) -> usize {
        (sequence * self.channels + channel) * self.stride() + self.margin
    }

    fn count(&self) -> usize {
        self.sequences * self.channels
    }

    /// How many numbers a plane of such rows holds.
    pub(super) fn size(&self) -> usize {
        self.count() * self.stride()
    }
}

/// A batch of dual numbers, one plane a part.
#[derive(Debug, Clone)]
pub(super) struct Planes<const P: usize> {
    pub(super) rows: Rows,
    pub(super) parts: [Vec<f64>; P],
    /// Which parts have an entry that is not zero. The others take no part in any product.
    pub(super) active: [bool; P],
}

impl<const P: usize> Planes<P> {
    /// Zeros, to be written to.
    pub(super) fn zeros(rows: Rows) -> Self {
        Self { rows, parts: std::array::from_fn(|_| vec![0.0; rows.size()]), active: [true; P] }
    }

    /// Room for values, while all derivatives are zero and take none.
    pub(super) fn of_values(rows: Rows) -> Self {
        let size = |part| if part == 0 { rows.size() } else { 0 };
        Self {
            rows,
            parts: std::array::from_fn(|part| vec![0.0; size(part)]),
            active: std::array::from_fn(|part| part == 0),
        }
    }

    /// From numbers in the order of a tensor.
    pub(super) fn split<E: Scalar<P>>(values: &[E], rows: Rows) -> Self {
        let mut planes = Self::zeros(rows);
        for (row, values) in values.chunks_exact(rows.length).enumerate() {
            let start = row * rows.stride() + rows.margin;
            let parts = planes.parts.each_mut().map(|part| &mut part[start..start + rows.length]);
            for (at, value) in values.iter().enumerate() {
                let value = value.parts();
                for part in 0..P {
                    parts[part][at] = value[part];
                }
            }
        }
        planes.find_active();
        planes
    }

    /// Looks again which parts are zero throughout.
    pub(super) fn find_active(&mut self) {
        for (active, part) in self.active.iter_mut().zip(&self.parts) {
            *active = part.iter().any(|&value| value != 0.0);
        }
    }

    /// The numbers in the order of a tensor.
    pub(super) fn join<E: Scalar<P>>(&self) -> Vec<E> {
        let mut values = Vec::with_capacity(self.rows.count() * self.rows.length);
        for row in 0..self.rows.count() {
            let start = row * self.rows.stride() + self.rows.margin;
            let parts = self.parts.each_ref().map(|part| &part[start..start + self.rows.length]);
            values
                .extend((0..self.rows.length).map(|at| E::from_parts(parts.map(|part| part[at]))));
        }
        values
    }

    /// Adds the numbers to those of a tensor.
    pub(super) fn add_to<E: Scalar<P>>(&self, values: &mut [E]) {
        for (row, values) in values.chunks_exact_mut(self.rows.length).enumerate() {
            let start = row * self.rows.stride() + self.rows.margin;
            let parts = self.parts.each_ref().map(|part| &part[start..start + self.rows.length]);
            for (at, value) in values.iter_mut().enumerate() {
                *value += E::from_parts(parts.map(|part| part[at]));
            }
        }
    }

    /// The row of one part.
    pub(super) fn row(&self, part: usize, sequence: usize, channel: usize) -> &[f64] {
        let start = self.rows.start(sequence, channel);
        &self.parts[part][start..start + self.rows.length]
    }
}

/// The parameters by parts, and where they are zero throughout.
#[derive(Debug)]
pub(super) struct ParameterPlanes<const P: usize> {
    parts: [Vec<f64>; P],
}

impl<const P: usize> ParameterPlanes<P> {
    /// From the values and the directions.
    pub(super) fn new(parts: [Vec<f64>; P]) -> Self {
        Self { parts }
    }

    /// A block of the parameters.
    pub(super) fn block(&self, part: usize, offset: usize, length: usize) -> &[f64] {
        &self.parts[part][offset..offset + length]
    }

    /// One parameter.
    pub(super) fn scalar<E: Scalar<P>>(&self, offset: usize) -> E {
        E::from_parts(std::array::from_fn(|part| self.parts[part][offset]))
    }

    /// All of them, in the order of a tensor.
    pub(super) fn join<E: Scalar<P>>(&self) -> Vec<E> {
        (0..self.parts[0].len()).map(|offset| self.scalar(offset)).collect()
    }
}
