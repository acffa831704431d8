//! All entries of $J_t$ that can differ from zero, on a chain.

use super::GradientStep;
use crate::{Error, Result};

/// The Jacobian $J_t = (I - \eta A)^t$ within its band: $n\\,(2tR + 1)$ numbers, never $n^2$.
///
/// "Band" refers to the order of the nodes: on a chain, or on any graph whose nodes are numbered so that
/// neighbours stand close together. Outside of the band nothing is stored, because there is nothing but
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
    /// [`Error::OutOfRange`] if the band would hold more than $10^9$ numbers.
    pub fn after(step: &GradientStep, steps: usize) -> Result<Self> {
        let nodes = step.weights().len();
        let reach = |row: usize| {
            step.row(row).0.iter().map(|column| column.abs_diff(row)).max().unwrap_or(0)
        };
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
        let mut jacobian = Self { nodes, half_width: 0, values: vec![1.0; nodes] };
        for _ in 0..steps {
            jacobian = jacobian.advanced(step, radius);
        }
        Ok(jacobian)
    }

    /// $J_{t+1} = (I - \eta A) J_t$: each row is a sum of the rows of its neighbours.
    fn advanced(&self, step: &GradientStep, radius: usize) -> Self {
        let half_width = (self.half_width + radius).min(self.nodes - 1);
        let (old, new) = (2 * self.half_width + 1, 2 * half_width + 1);
        let mut values = vec![0.0; self.nodes * new];
        for (row, target) in values.chunks_exact_mut(new).enumerate() {
            let (columns, entries) = step.row(row);
            for (&column, &entry) in columns.iter().zip(entries) {
                let source = &self.values[column * old..(column + 1) * old];
                // Where the band of the other row begins in this one. What is cut off lies outside the matrix.
                let offset = (column + half_width) as isize - (row + self.half_width) as isize;
                let skipped = (-offset).max(0) as usize;
                let start = offset.max(0) as usize;
                let length = (old - skipped).min(new - start);
                let target = &mut target[start..start + length];
                for (value, other) in target.iter_mut().zip(&source[skipped..]) {
                    *value += entry * other;
                }
            }
        }
        Self { nodes: self.nodes, half_width, values }
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
