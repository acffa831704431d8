//! Graphs and the distance on them.

use std::collections::VecDeque;

use crate::error::excluded;
use crate::{Error, Result};

/// Columns of a step on a graph are stored in four bytes.
const MOST_NODES: f64 = u32::MAX as f64;

/// A connected graph: nodes, and which of them are neighbours.
///
/// The distance between two nodes is the number of edges of the shortest path between them, the metric of
/// section 8. Nodes are counted from zero.
///
/// ```
/// use itakura_saito::causality::Graph;
///
/// let ring: Graph = Graph::ring(10)?;
/// assert_eq!(ring.distances(0)[7], 3);
/// assert_eq!(ring.diameter(), 5);
/// assert!(Graph::from_edges(3, &[(0, 1)]).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Where the neighbours of each node begin, and, last, where they all end.
    starts: Vec<usize>,
    neighbours: Vec<usize>,
}

impl Graph {
    /// Any graph, from the pairs of nodes that are neighbours.
    ///
    /// An edge counts in both directions, and only once, however often it is given.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] without a node; [`Error::OutOfRange`] for an edge to a node that does not exist;
    /// [`Error::InsideOf`] for one from a node to itself; [`Error::Disconnected`] if some nodes cannot be reached from node 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// // A star: everybody knows the middle only.
    /// let star: Graph = Graph::from_edges(4, &[(0, 1), (0, 2), (0, 3)])?;
    /// assert_eq!((star.neighbours(0), star.distances(1)), (&[1, 2, 3][..], vec![1, 0, 2, 2]));
    /// // A node that nobody knows is refused.
    /// assert!(Graph::from_edges(4, &[(0, 1), (0, 2)]).is_err());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn from_edges(nodes: usize, edges: &[(usize, usize)]) -> Result<Self> {
        if nodes == 0 {
            return Err(Error::TooFew {
                name: "the number of nodes",
                count: 0,
                minimum: 1,
                remedy: "a graph has at least one node",
            });
        }
        let mut pairs = Vec::with_capacity(2 * edges.len());
        for &(one, other) in edges {
            let largest = one.max(other);
            if one == other && one < nodes {
                return Err(excluded(
                    "the far end of an edge",
                    other as f64,
                    "an edge joins two different nodes: leave the loop out",
                ));
            }
            if largest >= nodes {
                return Err(Error::OutOfRange {
                    name: "the far end of an edge",
                    value: largest as f64,
                    lower: 0.0,
                    upper: nodes as f64 - 1.0,
                    remedy: "nodes are counted from zero",
                });
            }
            pairs.extend([(one, other), (other, one)]);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; nodes + 1];
        for &(from, _) in &pairs {
            starts[from + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let graph = Self { starts, neighbours: pairs.into_iter().map(|(_, to)| to).collect() };
        match graph.reach(0).iter().position(Option::is_none) {
            Some(to) => Err(Error::Disconnected { from: 0, to }),
            None => Ok(graph),
        }
    }

    /// A chain: each node is a neighbour of the next.
    ///
    /// # Errors
    ///
    /// As [`Graph::from_edges`].
    pub fn chain(nodes: usize) -> Result<Self> {
        Self::lattice(&[nodes])
    }

    /// A chain whose ends are neighbours.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than three nodes.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// assert_eq!(Graph::ring(6)?.distances(0), [0, 1, 2, 3, 2, 1]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn ring(nodes: usize) -> Result<Self> {
        if nodes < 3 {
            return Err(Error::TooFew {
                name: "the number of nodes of a ring",
                count: nodes,
                minimum: 3,
                remedy: "two nodes make a chain",
            });
        }
        let edges: Vec<_> = (0..nodes).map(|node| (node, (node + 1) % nodes)).collect();
        Self::from_edges(nodes, &edges)
    }

    /// A rectangular lattice with so many nodes along each axis, two or three or any number of axes.
    ///
    /// Nodes are counted in row-major order. The distance is the sum of the differences along the axes.
    ///
    /// # Errors
    ///
    /// As [`Graph::from_edges`]; [`Error::OutOfRange`] for $2^{32}$ nodes and more.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// // The way of a taxi: from corner to corner of three by five blocks.
    /// let streets: Graph = Graph::lattice(&[3, 5])?;
    /// assert_eq!(streets.diameter(), 2 + 4);
    /// assert_eq!(streets.neighbours(0), [1, 5]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn lattice(shape: &[usize]) -> Result<Self> {
        let count: f64 = shape.iter().map(|&length| length as f64).product();
        if count > MOST_NODES {
            return Err(Error::OutOfRange {
                name: "the number of nodes",
                value: count,
                lower: 1.0,
                upper: MOST_NODES,
                remedy: "take a smaller lattice",
            });
        }
        let nodes: usize = shape.iter().product();
        let mut edges = Vec::with_capacity(nodes * shape.len());
        let mut stride = nodes;
        for &length in shape {
            // Neighbours along this axis stand `stride` apart, except where a line ends.
            stride /= length.max(1);
            let inside = (0..nodes).filter(|node| (node / stride) % length + 1 < length);
            edges.extend(inside.map(|node| (node, node + stride)));
        }
        Self::from_edges(nodes, &edges)
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The neighbours of a node, in increasing order.
    ///
    /// # Panics
    ///
    /// If the graph has no such node.
    pub fn neighbours(&self, node: usize) -> &[usize] {
        &self.neighbours[self.starts[node]..self.starts[node + 1]]
    }

    /// The distance of every node from one of them.
    ///
    /// # Panics
    ///
    /// If the graph has no such node.
    pub fn distances(&self, from: usize) -> Vec<usize> {
        let reach = self.reach(from);
        reach.into_iter().map(|distance| distance.expect("a connected graph")).collect()
    }

    /// The largest distance between two nodes: no update that reaches only its neighbours can tell every node
    /// of every other one in fewer steps.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// // Closing a chain to a ring halves it.
    /// assert_eq!((Graph::chain(11)?.diameter(), Graph::ring(11)?.diameter()), (10, 5));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn diameter(&self) -> usize {
        let farthest = |node| self.distances(node).into_iter().max().unwrap_or(0);
        (0..self.node_count()).map(farthest).max().unwrap_or(0)
    }

    /// The nodes within a distance of a node, each with its distance, in the order of the nodes.
    pub(super) fn ball(&self, centre: usize, radius: usize) -> Vec<(usize, usize)> {
        let mut ball = vec![(centre, 0)];
        let mut next = 0;
        while next < ball.len() {
            let (node, distance) = ball[next];
            next += 1;
            if distance == radius {
                continue;
            }
            for &neighbour in self.neighbours(node) {
                if ball.iter().all(|&(seen, _)| seen != neighbour) {
                    ball.push((neighbour, distance + 1));
                }
            }
        }
        ball.sort_unstable();
        ball
    }

    /// Breadth-first search; `None` for a node out of reach.
    fn reach(&self, from: usize) -> Vec<Option<usize>> {
        let mut distances = vec![None; self.node_count()];
        distances[from] = Some(0);
        let mut waiting = VecDeque::from([(from, 0)]);
        while let Some((node, distance)) = waiting.pop_front() {
            for &neighbour in self.neighbours(node) {
                if distances[neighbour].is_none() {
                    distances[neighbour] = Some(distance + 1);
                    waiting.push_back((neighbour, distance + 1));
                }
            }
        }
        distances
    }

    /// Checks that a node exists.
    pub(super) fn checked(&self, name: &'static str, node: usize) -> Result<usize> {
        if node < self.node_count() {
            return Ok(node);
        }
        Err(Error::OutOfRange {
            name,
            value: node as f64,
            lower: 0.0,
            upper: self.node_count() as f64 - 1.0,
            remedy: "nodes are counted from zero",
        })
    }
}
