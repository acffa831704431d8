//! Theorem 8.1 as it should read: a bound on responses, under any local Lipschitz update.

use super::{GradientStep, Graph, Speed};
use crate::divergence::Positive;
use crate::error::{all_finite, finite};
use crate::{Error, Result};

/// The Lipschitz constants of a local update: $|F_x(a) - F_x(b)| \le \sum_y g_{xy} |a_y - b_y|$, with $g_{xy} = 0$
/// beyond the range.
///
/// Two runs that differ only at $y$ differ at $x$ after $t$ steps by at most $(g^t)\_{xy}$ times as much. That is
/// exactly zero for $d(x, y) > rt$, and for every $\xi > 0$ it is bounded by
/// $$ (g^t)\_{xy} \le e^{-(d - v_\xi t)/\xi}, \qquad v_\xi = \xi \ln \max_x \sum_z g_{xz}\\,
///    e^{(d(x, y) - d(z, y))/\xi} $$
/// since the weighted row sum is multiplied in every step. Section 8 states this for correlations, which is
/// false: see [`Coupling::covariance`].
///
/// ```
/// use itakura_saito::causality::{Coupling, Graph, Speed};
///
/// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::chain(41)?, 0.5, 0.4)?;
/// // In the middle of a chain the weighted row sum is a + 2 b cosh(1/ξ).
/// assert!((coupling.speed(20, 1.0)? - 0.5506987247520038).abs() < 1e-14);
/// let smallest: Speed = coupling.optimal_speed(20)?;
/// assert!((smallest.speed - 0.5506105514991246).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Coupling {
    graph: Graph,
    range: usize,
    rows: Vec<Vec<(usize, f64)>>,
}

/// What the nodes have in common before the first step; every node has the variance one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Independent nodes: a product measure.
    Independent,
    /// All nodes hold the same random number.
    CommonMode,
}

/// Beyond this decay the weights of a row overflow.
const LARGEST_DECAY: f64 = 30.0;

/// Up to this decay the smallest speed is looked for: the ratio of any two constants is far below its exponential.
const LAST_DECAY: f64 = 1e4;

impl Coupling {
    /// Every node keeps `own` times its state and takes `neighbour` times the sum of its neighbours'. It averages
    /// if the two add up to one over a row; they need not.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if one of the two is negative or not finite.
    pub fn nearest_neighbour(graph: &Graph, own: f64, neighbour: f64) -> Result<Self> {
        let row = |node: usize| {
            let others = graph.neighbours(node).iter().map(|&other| (other, neighbour));
            std::iter::once((node, own)).chain(others).collect()
        };
        Self::new(graph, (0..graph.node_count()).map(row).collect())
    }

    /// Any update: for each node the nodes that it listens to, with the constants.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a row for each node; [`Error::OutOfRange`] for a node that does not
    /// exist or a constant that is negative or not finite.
    pub fn new(graph: &Graph, rows: Vec<Vec<(usize, f64)>>) -> Result<Self> {
        if rows.len() != graph.node_count() {
            return Err(Error::Lengths {
                name: "the list of rows",
                expected: graph.node_count(),
                found: rows.len(),
                remedy: "give one row for each node",
            });
        }
        let mut range = 0;
        for (node, row) in rows.iter().enumerate() {
            let distances = graph.distances(node);
            for &(other, constant) in row {
                graph.checked("a node that another one listens to", other)?;
                if !(0.0..f64::MAX).contains(&constant) {
                    return Err(Error::OutOfRange {
                        name: "a Lipschitz constant",
                        value: constant,
                        lower: 0.0,
                        upper: f64::MAX,
                        remedy: "take the size of the derivative",
                    });
                }
                range = range.max(if constant == 0.0 { 0 } else { distances[other] });
            }
        }
        Ok(Self { graph: graph.clone(), range, rows })
    }

    /// The constants $|I - \eta A|$ of a step of gradient descent.
    ///
    /// # Errors
    ///
    /// None that a step leads to.
    pub fn of_step(step: &GradientStep) -> Result<Self> {
        let row = |node| step.row(node).map(|(column, entry)| (column, entry.abs())).collect();
        let graph = step.kernel().graph();
        Self::new(graph, (0..graph.node_count()).map(row).collect())
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How far apart two nodes may be that a single step couples.
    pub fn range(&self) -> usize {
        self.range
    }

    /// The column of $g^t$ at `source`: the largest response of each node that the constants allow.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist; [`Error::NotFiniteAt`] or [`Error::NotFinite`] for what
    /// overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph};
    ///
    /// // A random walk with the steps -1, 0 and 1: after two, 1, 2, 3, 2 and 1 ways out of nine.
    /// let walk: Coupling = Coupling::nearest_neighbour(&Graph::chain(5)?, 1.0 / 3.0, 1.0 / 3.0)?;
    /// let ways: Vec<f64> = walk.responses(2, 2)?.iter().map(|share| 9.0 * share).collect();
    /// assert!(ways.iter().zip([1.0, 2.0, 3.0, 2.0, 1.0]).all(|(at, way)| (at - way).abs() < 1e-14));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn responses(&self, source: usize, steps: usize) -> Result<Vec<f64>> {
        let source = self.graph.checked("the source", source)?;
        let mut state = vec![0.0; self.rows.len()];
        state[source] = 1.0;
        self.repeated(state, steps)
    }

    fn repeated(&self, state: Vec<f64>, steps: usize) -> Result<Vec<f64>> {
        let step = |state: Vec<f64>| {
            let row = |row: &Vec<(usize, f64)>| row.iter().map(|&(at, g)| g * state[at]).sum();
            self.rows.iter().map(row).collect()
        };
        let after: Vec<f64> = (0..steps).fold(state, |state, _| step(state));
        all_finite("the response of node ", &after, GROWING)?;
        Ok(after)
    }

    /// $M_\xi = \max_x \sum_z g_{xz}\\,e^{(d(x, y) - d(z, y))/\xi}$ around a source $y$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist, or for a decay length below 1/30;
    /// [`Error::NotPositive`] for one that is not positive; [`Error::NotFinite`] for a sum that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph};
    ///
    /// // On a long chain a + 2b cosh(1/ξ); for all sources at once a + 2b exp(1/ξ).
    /// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::chain(41)?, 0.5, 0.2)?;
    /// assert!((coupling.weighted_row_sum(20, 2.0)? - (0.5 + 0.4 * 0.5f64.cosh())).abs() < 1e-14);
    /// assert!((coupling.uniform_row_sum(2.0)? - (0.5 + 0.4 * 0.5f64.exp())).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn weighted_row_sum(&self, source: usize, decay_length: f64) -> Result<f64> {
        let source = self.graph.checked("the source", source)?;
        let decay = checked_decay(decay_length)?;
        finite("the weighted row sum", self.row_sum(&self.graph.distances(source), decay), GROWING)
    }

    fn row_sum(&self, distances: &[usize], decay: f64) -> f64 {
        let row = |(node, row): (usize, &Vec<(usize, f64)>)| -> f64 {
            let gain = |other: usize| decay * (distances[node] as f64 - distances[other] as f64);
            row.iter().map(|&(other, constant)| constant * gain(other).exp()).sum()
        };
        self.rows.iter().enumerate().map(row).fold(0.0, f64::max)
    }

    /// The same for all sources at once, $\max_x \sum_z g_{xz}\\,e^{d(x, z)/\xi}$: simpler, and never smaller.
    ///
    /// # Errors
    ///
    /// As [`Coupling::weighted_row_sum`].
    pub fn uniform_row_sum(&self, decay_length: f64) -> Result<f64> {
        let decay = checked_decay(decay_length)?;
        let row = |(node, row): (usize, &Vec<(usize, f64)>)| -> f64 {
            let distances = self.graph.distances(node);
            row.iter().map(|&(other, g)| g * (decay * distances[other] as f64).exp()).sum()
        };
        let sum = self.rows.iter().enumerate().map(row).fold(0.0, f64::max);
        finite("the weighted row sum", sum, GROWING)
    }

    /// The logarithm of [`Coupling::weighted_row_sum`], for any decay.
    fn log_row_sum(&self, distances: &[usize], decay: f64) -> f64 {
        let sum = self.row_sum(distances, decay);
        if decay <= LARGEST_DECAY && sum.is_finite() {
            return sum.ln();
        }
        let row = |(node, row): (usize, &Vec<(usize, f64)>)| -> f64 {
            let gain = |other: usize| decay * (distances[node] as f64 - distances[other] as f64);
            let terms: Vec<f64> = row.iter().map(|&(other, g)| g.ln() + gain(other)).collect();
            let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if largest == f64::NEG_INFINITY {
                return largest;
            }
            largest + terms.iter().map(|term| (term - largest).exp()).sum::<f64>().ln()
        };
        self.rows.iter().enumerate().map(row).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The speed $v_\xi = \xi \ln M_\xi$ of the bound around a source.
    ///
    /// # Errors
    ///
    /// As [`Coupling::weighted_row_sum`]; [`Error::NotPositive`] if no node listens to any.
    pub fn speed(&self, source: usize, decay_length: f64) -> Result<f64> {
        let sum = self.weighted_row_sum(source, decay_length)?;
        let remedy = "no node listens to any: without a response there is no speed";
        Positive::named("the weighted row sum", sum, remedy)?;
        Ok(decay_length * sum.ln())
    }

    /// The smallest of these speeds.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist, if row sums of at most one let everything
    /// decay, and if no node listens to one that is nearer to the source.
    pub fn optimal_speed(&self, source: usize) -> Result<Speed> {
        let distances = self.graph.distances(self.graph.checked("the source", source)?);
        let log_norm = |decay: f64| self.log_row_sum(&distances, decay);
        let mut limit = LARGEST_DECAY;
        loop {
            let smallest = Speed::smallest(&log_norm, limit)?;
            // At the end of the interval the speed is still falling.
            if smallest.speed < log_norm(limit) / limit {
                return Ok(smallest);
            }
            if limit > LAST_DECAY {
                return Err(Error::OutOfRange {
                    name: "the decay 1/ξ of the smallest speed",
                    value: limit,
                    lower: 0.0,
                    upper: LAST_DECAY,
                    remedy: "no node listens to one that is nearer to the source: nothing travels",
                });
            }
            limit *= 2.0;
        }
    }

    /// The bound $e^{-(d - v_\xi t)/\xi}$ at each node.
    ///
    /// # Errors
    ///
    /// As [`Coupling::weighted_row_sum`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph};
    ///
    /// // No response exceeds its bound.
    /// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::ring(20)?, 0.5, 0.2)?;
    /// let (responses, bounds) = (coupling.responses(0, 6)?, coupling.bounds(0, 6, 1.5)?);
    /// assert!(responses.iter().zip(&bounds).all(|(response, bound)| response <= bound));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bounds(&self, source: usize, steps: usize, decay_length: f64) -> Result<Vec<f64>> {
        let log_norm = self.weighted_row_sum(source, decay_length)?.ln();
        // No step is none, also where a step leaves nothing.
        let log_growth = if steps == 0 { 0.0 } else { steps as f64 * log_norm };
        let bound = |distance: usize| (log_growth - distance as f64 / decay_length).exp();
        let bounds: Vec<f64> = self.graph.distances(source).into_iter().map(bound).collect();
        all_finite("the bound at node ", &bounds, GROWING)?;
        Ok(bounds)
    }

    /// The covariance of node $x$ after so many steps with node $y$ at the start, for the linear update
    /// $\phi(t + 1) = g\\,\phi(t)$.
    ///
    /// From independent nodes it is the response, and stays inside its cone. From a common mode it is there at
    /// every distance from the start, though nothing has travelled: the counterexample to Theorem 8.1 as
    /// printed.
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph, Start};
    ///
    /// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::ring(64)?, 0.5, 0.25)?;
    /// let far = |start: Start| coupling.covariance(10, 0, 3, start);
    /// assert_eq!(far(Start::Independent)?, 0.0);
    /// assert_eq!(far(Start::CommonMode)?, 1.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist; [`Error::NotFiniteAt`] for what overflows.
    pub fn covariance(&self, x: usize, y: usize, steps: usize, start: Start) -> Result<f64> {
        let x = self.graph.checked("the later node", x)?;
        let initial = self.initial(y, start)?;
        Ok(self.repeated(initial, steps)?[x])
    }

    /// The covariance of two nodes at the same time.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist; [`Error::NotFiniteAt`] or [`Error::NotFinite`] for what
    /// overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph, Start};
    ///
    /// // Both nodes listen: what starts independent is correlated up to twice the distance.
    /// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::ring(64)?, 0.5, 0.25)?;
    /// let at = |y: usize| coupling.equal_time_covariance(0, y, 3, Start::Independent);
    /// assert!(at(6)? > 0.0);
    /// assert_eq!(at(7)?, 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn equal_time_covariance(
        &self,
        x: usize,
        y: usize,
        steps: usize,
        start: Start,
    ) -> Result<f64> {
        let x = self.graph.checked("a node", x)?;
        let y = self.graph.checked("a node", y)?;
        let covariance = match start {
            Start::Independent => {
                // (g^t (g^t)ᵀ)_xy: both nodes listen to the same sources.
                let columns = (0..self.rows.len()).map(|source| self.responses(source, steps));
                columns
                    .map(|column| column.map(|column| column[x] * column[y]))
                    .sum::<Result<f64>>()?
            }
            Start::CommonMode => {
                let state = self.repeated(vec![1.0; self.rows.len()], steps)?;
                state[x] * state[y]
            }
        };
        finite("the covariance", covariance, GROWING)
    }

    /// The covariance of every node with node $y$ before the first step.
    fn initial(&self, y: usize, start: Start) -> Result<Vec<f64>> {
        let y = self.graph.checked("the earlier node", y)?;
        let mut state = vec![0.0; self.rows.len()];
        match start {
            Start::Independent => state[y] = 1.0,
            Start::CommonMode => state.fill(1.0),
        }
        Ok(state)
    }

    /// The least number of steps until a node can feel another: $\lceil d/r \rceil$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist; [`Error::NotPositive`] if no node listens to
    /// another.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Coupling, Graph};
    ///
    /// let coupling: Coupling = Coupling::nearest_neighbour(&Graph::lattice(&[4, 4])?, 0.5, 0.1)?;
    /// assert_eq!(coupling.steps_to_reach(0, 15)?, 6);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn steps_to_reach(&self, x: usize, y: usize) -> Result<usize> {
        let x = self.graph.checked("a node", x)?;
        let distance = self.graph.distances(self.graph.checked("a node", y)?)[x];
        Positive::named(
            "the range of the update",
            self.range as f64,
            "no node listens to another, and nothing ever arrives",
        )?;
        Ok(distance.div_ceil(self.range))
    }
}

const GROWING: &str = "take fewer steps, or smaller constants";

/// $1/\xi$, not too large for the weights.
fn checked_decay(decay_length: f64) -> Result<f64> {
    let decay_length = Positive::named("the decay length ξ", decay_length, "take one node or so")?;
    let decay = decay_length.get().recip();
    if decay <= LARGEST_DECAY {
        return Ok(decay);
    }
    Err(Error::OutOfRange {
        name: "the decay length ξ",
        value: decay_length.get(),
        lower: LARGEST_DECAY.recip(),
        upper: f64::MAX,
        remedy: "the weights of so steep a bound overflow",
    })
}
