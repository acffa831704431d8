//! Random graphs: regular ones, and small worlds.

use ndarray_rand::rand::Rng;
use ndarray_rand::rand::rngs::StdRng;
use ndarray_rand::rand::seq::SliceRandom;

use super::Graph;
use crate::error::excluded;
use crate::seed::generator;
use crate::{Error, Result};

/// After so many drawings without a simple connected graph, there is hardly one.
const MOST_DRAWINGS: usize = 1000;

impl Graph {
    /// A connected graph in which every node has `degree` neighbours, drawn at random.
    ///
    /// Each node gets so many ends of edges, the ends are paired at random, and pairings with a loop or a
    /// double edge are drawn again.
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// let graph: Graph = Graph::random_regular(60, 3, 1)?;
    /// assert!((0..60).all(|node| graph.neighbours(node).len() == 3));
    /// // Far shorter ways than on a ring, whose diameter is 30.
    /// assert!(graph.diameter() < 10);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two nodes; [`Error::OutOfRange`] if the degree is not below the number
    /// of nodes; [`Error::InsideOf`] if their product is odd; [`Error::NotDrawn`] if no connected graph was drawn in a thousand
    /// attempts, as happens for a degree above five.
    pub fn random_regular(nodes: usize, degree: usize, seed: u64) -> Result<Self> {
        if nodes < 2 {
            return Err(Error::TooFew {
                name: "the number of nodes",
                count: nodes,
                minimum: 2,
                remedy: "a node on its own has no neighbour",
            });
        }
        if degree % 2 == 1 && nodes % 2 == 1 {
            return Err(excluded(
                "the number of neighbours of each of an odd number of nodes",
                degree as f64,
                "edges have two ends each: take an even number of neighbours, or of nodes",
            ));
        }
        if degree >= nodes || degree == 0 {
            return Err(Error::OutOfRange {
                name: "the number of neighbours of each node",
                value: degree as f64,
                lower: 1.0,
                upper: (nodes - 1) as f64,
                remedy: "take fewer than there are nodes",
            });
        }
        let mut random = generator(seed);
        let drawn = (0..MOST_DRAWINGS).find_map(|_| pairing(nodes, degree, &mut random));
        drawn.ok_or(Error::NotDrawn {
            drawings: MOST_DRAWINGS,
            nodes,
            degree,
            remedy: "take a smaller degree, at least 3, or another seed",
        })
    }

    /// A small world: a ring in which each node knows the next `reach` nodes on either side, and each edge is
    /// moved to a random far end with a given probability.
    ///
    /// Watts and Strogatz: a few moved edges shorten the distances, and with them the time that any local
    /// update needs, from a share of the ring to the logarithm of its length.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the reach is zero or half the ring, or if the probability is not from 0 to 1;
    /// [`Error::Disconnected`] if the moved edges leave a node alone.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::Graph;
    ///
    /// // Nothing moved: a ring on which each step is two nodes long. Moved edges are short cuts.
    /// let ring: Graph = Graph::small_world(100, 2, 0.0, 1)?;
    /// assert_eq!(ring.diameter(), 25);
    /// assert!(Graph::small_world(100, 2, 0.2, 1)?.diameter() < 25);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn small_world(nodes: usize, reach: usize, probability: f64, seed: u64) -> Result<Self> {
        let half = nodes.saturating_sub(1) / 2;
        if reach == 0 || reach > half {
            return Err(Error::OutOfRange {
                name: "the reach on the ring",
                value: reach as f64,
                lower: 1.0,
                upper: half as f64,
                remedy: "beyond half the ring everybody knows everybody",
            });
        }
        if !(0.0..=1.0).contains(&probability) {
            return Err(Error::OutOfRange {
                name: "the probability to move an edge",
                value: probability,
                lower: 0.0,
                upper: 1.0,
                remedy: "give a share of the edges",
            });
        }
        let mut random = generator(seed);
        let mut edges = Vec::with_capacity(nodes * reach);
        for node in 0..nodes {
            for step in 1..=reach {
                let moved = random.random::<f64>() < probability;
                let other = match moved {
                    true => (node + random.random_range(1..nodes)) % nodes,
                    false => (node + step) % nodes,
                };
                edges.push((node, other));
            }
        }
        Self::from_edges(nodes, &edges)
    }
}

/// A random pairing of the ends of edges, if it is a simple connected graph.
fn pairing(nodes: usize, degree: usize, random: &mut StdRng) -> Option<Graph> {
    let mut ends: Vec<usize> = (0..nodes * degree).map(|end| end / degree).collect();
    ends.shuffle(random);
    let edges: Vec<(usize, usize)> = ends.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let graph = Graph::from_edges(nodes, &edges).ok()?;
    (0..nodes).all(|node| graph.neighbours(node).len() == degree).then_some(graph)
}
