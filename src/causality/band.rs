//! All entries of $J_t$ that can differ from zero, on a chain.

use pulp::Arch;

use super::GradientStep;
use super::step::UNSTABLE;
use crate::error::all_finite;
use crate::{Error, Result, interrupt};

/// As many neighbouring columns are computed together, in a few vector registers.
const LANES: usize = 16;

/// The Jacobian $J_t = (I - \eta A)^t$ within its band: $n\\,(2tR + 1)$ numbers, never $n^2$.
///
/// "Band" refers to the order of the nodes: on a chain, or on any graph whose nodes are numbered so that
/// neighbours stand close together. Outside the band nothing is stored, because there is nothing but
/// zeros: Lemma 10.1.
///
/// ```
/// use itakura_saito::causality::{BandedJacobian, Graph, GradientStep, LocalKernel};
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
/// let targets: Vec<f64> = (0..12).map(|node| 1.0 + 0.1 * f64::from(node)).collect();
/// let step: GradientStep = GradientStep::new(&kernel, &targets, 0.5)?;
/// let jacobian: BandedJacobian = BandedJacobian::after(&step, 4)?;
/// assert!((jacobian.entry(6, 2) - 1.490843981686473e-4).abs() < 1e-18);
/// assert_eq!(jacobian.entry(7, 2), 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BandedJacobian {
    nodes: usize,
    half_width: usize,
    /// Row `i` holds the columns `i - half_width ..= i + half_width`; those outside the matrix are zero.
    values: Vec<f64>,
}

impl BandedJacobian {
    /// After so many steps.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the band would hold more than $10^9$ numbers; [`Error::NotFiniteAt`] for an entry
    /// that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{BandedJacobian, GradientStep, Graph, LocalKernel};
    ///
    /// let kernel = LocalKernel::by_distance(&Graph::chain(50)?, &[1.0, 0.4])?;
    /// let jacobian = BandedJacobian::after(&GradientStep::new(&kernel, &[1.0; 50], 0.5)?, 7)?;
    /// // Seven steps of range one; the corner of the band is (-ηβ)^7.
    /// assert_eq!((jacobian.half_width(), jacobian.entry(20, 12)), (7, 0.0));
    /// assert!((jacobian.entry(20, 13) / (-0.2f64).powi(7) - 1.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn after(step: &GradientStep, steps: usize) -> Result<Self> {
        let nodes = step.weights().len();
        let reach =
            |row: usize| step.row(row).map(|(column, _)| column.abs_diff(row)).max().unwrap_or(0);
        let radius = (0..nodes).map(reach).max().unwrap_or(0);
        let numbers = nodes as f64 * (2 * (steps * radius).min(nodes - 1) + 1) as f64;
        if numbers > 1e9 {
            return Err(Error::OutOfRange {
                name: "the count of numbers in the band of the Jacobian",
                value: numbers,
                lower: 0.0,
                upper: 1e9,
                remedy: "take fewer steps, or follow one source with LightCone",
            });
        }
        let half_width = (steps * radius).min(nodes - 1);
        let mut jacobian =
            Self { nodes, half_width, values: vec![0.0; nodes * (2 * half_width + 1)] };
        for first in (0..nodes).step_by(LANES) {
            interrupt::check()?;
            let (top, block) = Arch::new().dispatch(
                #[inline(always)]
                || columns_after(step, steps, radius, first),
            );
            jacobian.store(first, top, &block);
        }
        all_finite("the stored entry of the Jacobian at ", &jacobian.values, UNSTABLE)?;
        Ok(jacobian)
    }

    /// Writes down the columns from `first` on, of which `block` holds the rows from `top` on.
    fn store(&mut self, first: usize, top: usize, block: &[[f64; LANES]]) {
        let width = 2 * self.half_width + 1;
        let end = (first + LANES).min(self.nodes);
        for (row, lanes) in (top..).zip(block) {
            let from = first.max(row.saturating_sub(self.half_width));
            let to = end.min(row + self.half_width + 1);
            if from < to {
                let start = row * width + from + self.half_width - row;
                let target = &mut self.values[start..start + to - from];
                target.copy_from_slice(&lanes[from - first..to - first]);
            }
        }
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.nodes
    }

    /// How far from the diagonal entries can differ from zero: $tR$, or the whole chain.
    pub fn half_width(&self) -> usize {
        self.half_width
    }

    /// How many numbers are stored.
    pub fn stored(&self) -> usize {
        self.values.len()
    }

    /// $(J_t)\_{ij}$, the response of node $i$ to node $j$; exactly zero outside the band.
    ///
    /// # Panics
    ///
    /// If there is no such row or column.
    pub fn entry(&self, row: usize, column: usize) -> f64 {
        assert!(row < self.nodes && column < self.nodes, "a row and a column of the Jacobian");
        match row.abs_diff(column) <= self.half_width {
            true => self.values[row * (2 * self.half_width + 1) + column + self.half_width - row],
            false => 0.0,
        }
    }
}

/// The columns $J_t e_j$ for [`LANES`] nodes $j$ from `first` on, and the row at which they begin.
///
/// The cones of neighbours cover nearly the same rows, so each entry of $I - \eta A$ is read once for all of
/// them, and two stretches of rows, which the first cache holds, take turns. Products are added in the order of
/// the row, with no fused operation: the bits are those of single numbers, at any width of vectors.
#[inline(always)]
fn columns_after(
    step: &GradientStep,
    steps: usize,
    radius: usize,
    first: usize,
) -> (usize, Vec<[f64; LANES]>) {
    let nodes = step.weights().len();
    let rows = |reach: usize| first.saturating_sub(reach)..nodes.min(first + LANES + reach);
    // One step more than there are: the rows that the last step reads.
    let held = rows((steps + 1) * radius);
    let mut now = vec![[0.0; LANES]; held.len()];
    let mut next = now.clone();
    for lane in 0..LANES.min(nodes - first) {
        now[first + lane - held.start][lane] = 1.0;
    }
    for time in 1..=steps {
        for row in rows(time * radius) {
            let mut sums = [0.0; LANES];
            for (column, entry) in step.row(row) {
                for (sum, value) in sums.iter_mut().zip(&now[column - held.start]) {
                    *sum += entry * value;
                }
            }
            next[row - held.start] = sums;
        }
        std::mem::swap(&mut now, &mut next);
    }
    (held.start, now)
}
