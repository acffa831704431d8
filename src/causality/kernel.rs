//! Kernels that are local on a graph.

use ndarray::Array2;

use super::Graph;
use crate::operator::{Operator, Symmetric};
use crate::{Error, Result};

/// A symmetric positive semidefinite kernel $K$ with $K_{ij} = 0$ where $d(i, j) > R$: the locality
/// assumption of section 9.
///
/// To a physicist it is a mobility matrix: the velocity of the predictions is $K$ times the force
/// $-\partial L/\partial f$ on them, and $K_{ij}$ says how a force on node $j$ moves node $i$.
///
/// ```
/// use itakura_saito::causality::{Graph, LocalKernel};
///
/// // The chain of section 14.
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
/// assert_eq!((kernel.range(), kernel.entry(3, 4), kernel.entry(3, 5)), (1, 0.4, 0.0));
/// // Positive only if α is at least 2 β cos(π/13).
/// assert!(LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.6]).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LocalKernel {
    graph: Graph,
    range: usize,
    /// For each row the columns that may hold something, in increasing order, with the entries.
    rows: Vec<Vec<(usize, f64)>>,
}

/// A check of positivity that takes more multiplications than this is refused.
const MOST_MULTIPLICATIONS: f64 = 1e10;

impl LocalKernel {
    /// The kernel whose entries depend on the distance alone: `values[d]` at distance `d`, zero beyond.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a value; [`Error::NotFiniteAt`]; [`Error::OutOfRange`] if the range goes
    /// beyond the graph; [`Error::NotPositiveDefinite`] if an eigenvalue is negative.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Graph, LocalKernel};
    ///
    /// // On a ring of four: eigenvalues α + 2β cos(kπ/2), so β up to α/2.
    /// let ring: Graph = Graph::ring(4)?;
    /// assert!(LocalKernel::by_distance(&ring, &[1.0, 0.49]).is_ok());
    /// assert!(LocalKernel::by_distance(&ring, &[1.0, 0.51]).is_err());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn by_distance(graph: &Graph, values: &[f64]) -> Result<Self> {
        let Some(range) = values.len().checked_sub(1) else {
            return Err(Error::Empty {
                name: "the list of values by distance",
                remedy: "give at least the diagonal",
            });
        };
        if let Some((index, &value)) =
            values.iter().enumerate().find(|(_, value)| !value.is_finite())
        {
            return Err(Error::NotFiniteAt {
                name: "the kernel at distance ",
                index: vec![index],
                value,
                remedy: "give finite numbers",
            });
        }
        let mut farthest = 0;
        let mut row = |node| -> Vec<(usize, f64)> {
            let ball = graph.ball(node, range);
            farthest = ball.iter().fold(farthest, |most, &(_, distance)| most.max(distance));
            ball.into_iter().map(|(other, distance)| (other, values[distance])).collect()
        };
        let rows = (0..graph.node_count()).map(&mut row).collect();
        if farthest < range {
            return Err(Error::OutOfRange {
                name: "the range of the kernel",
                value: range as f64,
                lower: 0.0,
                upper: farthest as f64,
                remedy: "no two nodes are farther apart: give one value for each distance on the graph",
            });
        }
        Self { graph: graph.clone(), range, rows }.positive()
    }

    /// Any kernel, with the range that its entries have on the graph.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a row for each node; [`Error::NotPositiveDefinite`] if an
    /// eigenvalue is negative. Symmetry has been checked by [`Symmetric::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Graph, LocalKernel};
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // The range is read off the entries: here the ends of a chain are coupled.
    /// let matrix = Symmetric::new(array![[2.0, 0.0, 1.0], [0.0, 2.0, 0.0], [1.0, 0.0, 2.0]])?;
    /// assert_eq!(LocalKernel::from_matrix(&Graph::chain(3)?, &matrix)?.range(), 2);
    /// assert_eq!(LocalKernel::from_matrix(&Graph::ring(3)?, &matrix)?.range(), 1);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn from_matrix(graph: &Graph, matrix: &Symmetric) -> Result<Self> {
        let (nodes, entries) = (graph.node_count(), matrix.view());
        if entries.nrows() != nodes {
            return Err(Error::Lengths {
                name: "the kernel",
                expected: nodes,
                found: entries.nrows(),
                remedy: "give one row for each node of the graph",
            });
        }
        let (mut range, mut rows) = (0, Vec::with_capacity(nodes));
        for node in 0..nodes {
            let distances = graph.distances(node);
            let filled = (0..nodes).filter(|&other| other == node || entries[(node, other)] != 0.0);
            let row: Vec<(usize, f64)> =
                filled.map(|other| (other, entries[(node, other)])).collect();
            range = row.iter().fold(range, |most, &(other, _)| most.max(distances[other]));
            rows.push(row);
        }
        Self { graph: graph.clone(), range, rows }.positive()
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The range $R$: how far apart two nodes may be that a single step couples.
    pub fn range(&self) -> usize {
        self.range
    }

    /// An entry, zero where nothing is stored.
    ///
    /// # Panics
    ///
    /// If the graph has no such row.
    pub fn entry(&self, row: usize, column: usize) -> f64 {
        let places = &self.rows[row];
        let found = places.binary_search_by_key(&column, |&(place, _)| place);
        found.map_or(0.0, |place| places[place].1)
    }

    /// The stored entries of a row, by increasing columns.
    pub(super) fn row(&self, row: usize) -> &[(usize, f64)] {
        &self.rows[row]
    }

    /// All entries, for the algorithms that need a full matrix.
    ///
    /// # Errors
    ///
    /// None: a kernel is symmetric, finite and not empty.
    pub fn matrix(&self) -> Result<Symmetric> {
        let nodes = self.rows.len();
        Symmetric::new(Array2::from_shape_fn((nodes, nodes), |(row, column)| {
            self.entry(row, column)
        }))
    }

    /// Factorises $K + \delta = L D L^{\mathsf T}$ within its envelope, where $\delta$ is what rounding makes of a
    /// zero eigenvalue: all pivots are positive if and only if no eigenvalue is negative.
    fn positive(self) -> Result<Self> {
        let first = |row: usize| self.rows[row][0].0.min(row);
        let nodes = self.rows.len();
        let work: f64 = (0..nodes).map(|row| ((row - first(row)) as f64).powi(2)).sum();
        if work > MOST_MULTIPLICATIONS {
            return Err(Error::OutOfRange {
                name: "the number of multiplications that would show the kernel to be positive",
                value: work,
                lower: 0.0,
                upper: MOST_MULTIPLICATIONS,
                remedy: "number neighbouring nodes close together, or take fewer nodes",
            });
        }
        let largest = (0..nodes).map(|row| self.entry(row, row)).fold(0.0, f64::max);
        let rounding = nodes as f64 * f64::EPSILON * largest;
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(nodes);
        let mut pivots: Vec<f64> = Vec::with_capacity(nodes);
        for row in 0..nodes {
            let start = first(row);
            // First L D, column by column, then L.
            let mut entries = vec![0.0; row - start];
            for column in start..row {
                let from = start.max(first(column));
                let known = (from..column)
                    .map(|inner| entries[inner - start] * factor[column][inner - first(column)]);
                entries[column - start] = self.entry(row, column) - known.sum::<f64>();
            }
            let mut pivot = self.entry(row, row) + rounding;
            for (entry, diagonal) in entries.iter_mut().zip(&pivots[start..row]) {
                let (square, ratio) = (*entry * *entry, *entry / diagonal);
                // The square may leave the range of numbers where the pivot does not.
                pivot -= if square.is_normal() { square / diagonal } else { *entry * ratio };
                *entry = ratio;
            }
            if pivot <= 0.0 || pivot.is_nan() {
                return Err(Error::NotPositiveDefinite { row, pivot });
            }
            factor.push(entries);
            pivots.push(pivot);
        }
        Ok(self)
    }
}

impl Operator for LocalKernel {
    fn dim(&self) -> usize {
        self.rows.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the kernel's dimension");
        for (image, row) in y.iter_mut().zip(&self.rows) {
            *image = row.iter().map(|&(column, entry)| entry * x[column]).sum();
        }
    }
}
