//! Dual numbers by parts: the values of all entries, then the derivatives of all entries along each
//! direction, in rows that vector instructions can run over.
//!
//! A product of dual numbers is a sum of products of real ones, so a layer that is linear in its input
//! and in its parameters needs kernels for real numbers only.

use pulp::Arch;

use super::kernels;
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
    /// The length of a row, rounded up to whole vectors.
    rounded: usize,
    /// From the beginning of a row to that of the next.
    stride: usize,
}

impl Rows {
    pub(super) fn new((sequences, channels, length): (usize, usize, usize), margin: usize) -> Self {
        let rounded = length.next_multiple_of(LANES);
        Self { sequences, channels, length, margin, rounded, stride: rounded + 2 * margin }
    }

    /// The length of a row, rounded up to whole vectors.
    pub(super) fn rounded(&self) -> usize {
        self.rounded
    }

    /// From the beginning of a row to that of the next.
    pub(super) fn stride(&self) -> usize {
        self.stride
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
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (row, values) in values.chunks_exact(rows.length).enumerate() {
                    let start = row * rows.stride() + rows.margin;
                    for (part, plane) in planes.parts.iter_mut().enumerate() {
                        let places = &mut plane[start..start + rows.length];
                        for (place, value) in places.iter_mut().zip(values) {
                            *place = value.parts()[part];
                        }
                    }
                }
            },
        );
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

    /// Adds the numbers of a tensor.
    pub(super) fn add<E: Scalar<P>>(&mut self, values: &[E]) {
        let rows = self.rows;
        for (row, values) in values.chunks_exact(rows.length).enumerate() {
            let start = row * rows.stride() + rows.margin;
            let parts = self.parts.each_mut().map(|part| &mut part[start..start + rows.length]);
            for (at, value) in values.iter().enumerate() {
                let value = value.parts();
                for part in 0..P {
                    parts[part][at] += value[part];
                }
            }
        }
        self.find_active();
    }

    /// Adds the numbers to those of a tensor.
    pub(super) fn add_to<E: Scalar<P>>(&self, values: &mut [E]) {
        let rows = self.rows;
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (row, values) in values.chunks_exact_mut(rows.length).enumerate() {
                    let start = row * rows.stride() + rows.margin;
                    let parts = self.parts.each_ref().map(|part| &part[start..start + rows.length]);
                    for (at, value) in values.iter_mut().enumerate() {
                        let mut sum = value.parts();
                        for part in 0..P {
                            sum[part] += parts[part][at];
                        }
                        *value = E::from_parts(sum);
                    }
                }
            },
        );
    }

    /// A copy of one channel.
    pub(super) fn channel(&self, channel: usize) -> Self {
        let rows = Rows { channels: 1, ..self.rows };
        let mut copy = Self::zeros(rows);
        for part in 0..P {
            for sequence in 0..rows.sequences {
                let start = rows.start(sequence, 0);
                copy.parts[part][start..start + rows.length]
                    .copy_from_slice(self.row(part, sequence, channel));
            }
        }
        copy
    }

    /// The row of one part.
    pub(super) fn row(&self, part: usize, sequence: usize, channel: usize) -> &[f64] {
        let start = self.rows.start(sequence, channel);
        &self.parts[part][start..start + self.rows.length]
    }
}

impl<const P: usize> Planes<P> {
    /// The sum of a channel over all sequences and positions.
    pub(super) fn sum(&self, channel: usize) -> [f64; P] {
        self.over_rows(|part, sequence| kernels::sum(self.row(part, sequence, channel)))
    }

    /// The scalar product of a channel with that of another batch, as dual numbers.
    pub(super) fn dot(&self, other: &Self, channel: usize) -> [f64; P] {
        self.over_rows(|part, sequence| {
            let of = |one: usize, two: usize| {
                let used = self.active[one] && other.active[two];
                let (ones, others) =
                    (self.row(one, sequence, channel), other.row(two, sequence, channel));
                if used { kernels::dot(ones, others) } else { 0.0 }
            };
            if part == 0 { of(0, 0) } else { of(part, 0) + of(0, part) }
        })
    }

    fn over_rows(&self, of_row: impl Fn(usize, usize) -> f64) -> [f64; P] {
        std::array::from_fn(|part| {
            (0..self.rows.sequences).map(|sequence| of_row(part, sequence)).sum()
        })
    }

    /// Replaces each number $x$ of a channel by $ax + b$.
    pub(super) fn transform(&mut self, channel: usize, a: [f64; P], b: [f64; P]) {
        for sequence in 0..self.rows.sequences {
            let start = self.rows.start(sequence, channel);
            let range = start..start + self.rows.length;
            let (values, tangents) = self.parts.split_at_mut(1);
            let values = &mut values[0][range.clone()];
            for (part, tangents) in tangents.iter_mut().enumerate() {
                let (slope, shift) = (a[part + 1], b[part + 1]);
                for (tangent, value) in tangents[range.clone()].iter_mut().zip(&*values) {
                    *tangent = *tangent * a[0] + (*value * slope + shift);
                }
            }
            values.iter_mut().for_each(|value| *value = *value * a[0] + b[0]);
        }
    }

    /// Adds $ax$ for each number $x$ of a channel of another batch.
    pub(super) fn add_multiple(&mut self, channel: usize, a: [f64; P], other: &Self) {
        for sequence in 0..self.rows.sequences {
            let start = self.rows.start(sequence, channel);
            for part in 0..P {
                let sums = &mut self.parts[part][start..start + self.rows.length];
                let mut add = |factor: f64, row: &[f64]| {
                    if factor != 0.0 {
                        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * value);
                    }
                };
                add(a[0], other.row(part, sequence, channel));
                if part > 0 {
                    add(a[part], other.row(0, sequence, channel));
                }
            }
        }
    }
}

/// The parameters by parts.
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

    /// Several, by parts.
    pub(super) fn list(&self, offset: usize, length: usize) -> Vec<[f64; P]> {
        let parts = |at: usize| std::array::from_fn(|part| self.parts[part][at]);
        (offset..offset + length).map(parts).collect()
    }

    /// All of them, in the order of a tensor.
    pub(super) fn join<E: Scalar<P>>(&self) -> Vec<E> {
        (0..self.parts[0].len()).map(|offset| self.scalar(offset)).collect()
    }
}
