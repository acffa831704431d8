//! Dual numbers by parts: the values of all entries, then the derivatives of all entries along each
//! direction, in rows that vector instructions can run over.
//!
//! A product of dual numbers is a sum of products of real ones, so a layer that is linear in its input
//! and in its parameters needs kernels for real numbers only. The tensors on the tape hold the same
//! numbers in the same order, so that nothing is converted between a layer and the tape.

use pulp::Arch;

use super::dual::Dual;
use super::kernels::{self, Real};

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
    /// From the beginning of a row to that of the next, whole vectors too.
    stride: usize,
}

impl Rows {
    /// Rows for numbers of which the widest vector holds `lanes`.
    pub(super) fn new(
        (sequences, channels, length): (usize, usize, usize),
        margin: usize,
        lanes: usize,
    ) -> Self {
        let rounded = length.next_multiple_of(lanes);
        let stride = (rounded + 2 * margin).next_multiple_of(lanes);
        Self { sequences, channels, length, margin, rounded, stride }
    }

    /// The same with another number of channels.
    pub(super) fn with_channels(self, channels: usize) -> Self {
        Self { channels, ..self }
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
        (sequence * self.channels + channel) * self.stride + self.margin
    }

    /// How many numbers a plane of such rows holds.
    pub(super) fn size(&self) -> usize {
        self.sequences * self.channels * self.stride
    }

    /// The number of entries of a channel.
    pub(super) fn entries_of_a_channel(&self) -> usize {
        self.sequences * self.length
    }

    /// Writes zeros between the end of each row and the next whole vector, where kernels leave numbers
    /// that belong to no position.
    fn clear_ends<R: Real>(&self, numbers: &mut [R]) {
        if self.length < self.rounded {
            for row in numbers.chunks_exact_mut(self.stride) {
                row[self.margin + self.length..self.margin + self.rounded].fill(R::zero());
            }
        }
    }

    /// Writes zeros all round each row.
    pub(super) fn clear_margins<R: Real>(&self, numbers: &mut [R]) {
        for row in numbers.chunks_exact_mut(self.stride) {
            row[..self.margin].fill(R::zero());
            row[self.margin + self.length..].fill(R::zero());
        }
    }
}

/// A batch of dual numbers, one plane per part, with zeros all round each row.
#[derive(Debug, Clone)]
pub(super) struct Planes<R, const P: usize> {
    pub(super) rows: Rows,
    /// Plane after plane.
    numbers: Vec<R>,
    /// Which parts have an entry that is not zero. The others take no part in any product.
    pub(super) active: [bool; P],
}

impl<R: Real, const P: usize> Planes<R, P> {
    /// From numbers in this order; what stands behind the ends of rows is cleared.
    pub(super) fn new(rows: Rows, numbers: Vec<R>) -> Self {
        Self { rows, numbers, active: [true; P] }.completed()
    }

    /// After kernels have written to it: what stands behind the ends of rows is cleared, and which parts
    /// are zero is known again.
    pub(super) fn completed(mut self) -> Self {
        self.rows.clear_ends(&mut self.numbers);
        self.find_active();
        self
    }

    /// Zeros, to be written to.
    pub(super) fn zeros(rows: Rows) -> Self {
        Self { rows, numbers: vec![R::zero(); P * rows.size()], active: [true; P] }
    }

    /// Looks again which parts are zero throughout.
    pub(super) fn find_active(&mut self) {
        let parts = self.numbers.chunks_exact(self.rows.size());
        for (active, part) in self.active.iter_mut().zip(parts) {
            *active = part.iter().any(|value| !value.is_zero());
        }
    }

    /// The numbers, plane after plane.
    pub(super) fn into_numbers(self) -> Vec<R> {
        self.numbers
    }

    /// The numbers, plane after plane.
    pub(super) fn numbers(&self) -> &[R] {
        &self.numbers
    }

    /// One plane.
    pub(super) fn part(&self, part: usize) -> &[R] {
        let size = self.rows.size();
        &self.numbers[part * size..(part + 1) * size]
    }

    /// One plane, to be written to.
    pub(super) fn part_mut(&mut self, part: usize) -> &mut [R] {
        let size = self.rows.size();
        &mut self.numbers[part * size..(part + 1) * size]
    }

    /// All planes.
    pub(super) fn parts(&self) -> [&[R]; P] {
        std::array::from_fn(|part| self.part(part))
    }

    /// All planes, to be written to.
    pub(super) fn parts_mut(&mut self) -> [&mut [R]; P] {
        parts_mut(&mut self.numbers)
    }

    /// The row of one part.
    pub(super) fn row(&self, part: usize, sequence: usize, channel: usize) -> &[R] {
        let start = self.rows.start(sequence, channel);
        &self.part(part)[start..start + self.rows.length]
    }

    /// Each part's row, to be written to.
    fn rows_mut(&mut self, sequence: usize, channel: usize) -> [&mut [R]; P] {
        let start = self.rows.start(sequence, channel);
        let range = start..start + self.rows.length;
        self.parts_mut().map(|part| &mut part[range.clone()])
    }

    /// A copy of one channel.
    pub(super) fn channel(&self, channel: usize) -> Self {
        let mut copy = Self::zeros(self.rows.with_channels(1));
        for sequence in 0..self.rows.sequences {
            let rows = copy.rows_mut(sequence, 0);
            rows.into_iter()
                .enumerate()
                .for_each(|(part, row)| row.copy_from_slice(self.row(part, sequence, channel)));
        }
        copy
    }

    /// The sum of a channel over all sequences and positions.
    pub(super) fn sum(&self, channel: usize) -> Dual<R, P> {
        self.over_rows(|part, sequence| kernels::sum(self.row(part, sequence, channel)))
    }

    /// The scalar product of a channel with that of another batch, as dual numbers.
    pub(super) fn dot(&self, other: &Self, channel: usize) -> Dual<R, P> {
        self.over_rows(|part, sequence| {
            let of = |one: usize, two: usize| {
                let used = self.active[one] && other.active[two];
                let (ones, others) =
                    (self.row(one, sequence, channel), other.row(two, sequence, channel));
                if used { kernels::dot(ones, others) } else { R::zero() }
            };
            if part == 0 { of(0, 0) } else { of(part, 0) + of(0, part) }
        })
    }

    fn over_rows(&self, of_row: impl Fn(usize, usize) -> R) -> Dual<R, P> {
        Dual(std::array::from_fn(|part| {
            (0..self.rows.sequences).fold(R::zero(), |sum, sequence| sum + of_row(part, sequence))
        }))
    }

    /// Replaces each number $x$ of a channel by $ax + b$.
    pub(super) fn transform(&mut self, channel: usize, a: Dual<R, P>, b: Dual<R, P>) {
        for sequence in 0..self.rows.sequences {
            let mut rows = self.rows_mut(sequence, channel);
            let (values, tangents) = rows.split_first_mut().expect("a number has a value");
            Arch::new().dispatch(
                #[inline(always)]
                || {
                    for (part, tangents) in tangents.iter_mut().enumerate() {
                        let (slope, shift) = (a.0[part + 1], b.0[part + 1]);
                        for (tangent, value) in tangents.iter_mut().zip(&**values) {
                            *tangent = *tangent * a.0[0] + (*value * slope + shift);
                        }
                    }
                    values.iter_mut().for_each(|value| *value = *value * a.0[0] + b.0[0]);
                },
            );
        }
    }

    /// Adds $ax$ for each number $x$ of a channel of another batch.
    pub(super) fn add_multiple(&mut self, channel: usize, a: Dual<R, P>, other: &Self) {
        for sequence in 0..self.rows.sequences {
            for (part, sums) in self.rows_mut(sequence, channel).into_iter().enumerate() {
                let mut add = |factor: R, row: &[R]| {
                    if !factor.is_zero() {
                        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * *value);
                    }
                };
                add(a.0[0], other.row(part, sequence, channel));
                if part > 0 {
                    add(a.0[part], other.row(0, sequence, channel));
                }
            }
        }
    }
}

/// Plane after plane, one by one.
pub(super) fn parts_mut<R, const P: usize>(numbers: &mut [R]) -> [&mut [R]; P] {
    let size = numbers.len() / P;
    let mut parts = numbers.chunks_exact_mut(size);
    std::array::from_fn(|_| parts.next().expect("as many planes as parts"))
}

/// Adds one list of numbers to another.
pub(super) fn add<R: Real>(sums: &mut [R], terms: &[R]) {
    Arch::new().dispatch(
        #[inline(always)]
        || sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += *term),
    );
}

/// The parameters by parts.
#[derive(Debug)]
pub(super) struct ParameterPlanes<R, const P: usize> {
    /// Part after part.
    numbers: Vec<R>,
}

impl<R: Real, const P: usize> ParameterPlanes<R, P> {
    /// From the values and the directions, one after the other.
    pub(super) fn new(numbers: Vec<R>) -> Self {
        Self { numbers }
    }

    /// A block of the parameters.
    pub(super) fn block(&self, part: usize, offset: usize, length: usize) -> &[R] {
        let start = part * (self.numbers.len() / P) + offset;
        &self.numbers[start..start + length]
    }

    /// One parameter.
    pub(super) fn dual(&self, offset: usize) -> Dual<R, P> {
        Dual(std::array::from_fn(|part| self.block(part, offset, 1)[0]))
    }

    /// Several, one after the other.
    pub(super) fn list(&self, offset: usize, length: usize) -> Vec<[R; P]> {
        (offset..offset + length).map(|at| self.dual(at).0).collect()
    }
}
