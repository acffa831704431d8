//! A step of gradient descent under a local kernel, linearised at the targets.

use super::LocalKernel;
use crate::divergence::{Divergence, Positive, PositiveArray};
use crate::error::all_finite;
use crate::{Error, Result};

/// The map of errors $e_{t+1} = (I - \eta A)\\,e_t$ with $A = KW$, section 9.
///
/// $W$ holds the curvature of the loss at its optimum: $1/y_i^2$ for Itakura-Saito, one for squared
/// error. The rate $\eta$ is that of the summed loss over all nodes in every step.
///
/// ```
/// use itakura_saito::causality::{Graph, GradientStep, LocalKernel};
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(3)?, &[1.0, 0.4])?;
/// let step: GradientStep = GradientStep::new(&kernel, &[1.0, 2.0, 1.0], 0.5)?;
/// // Node 1 feels node 0 by -η β / y0²; node 2 feels nothing of it yet.
/// assert_eq!(step.applied(&[1.0, 0.0, 0.0])?, [0.5, -0.2, 0.0]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct GradientStep {
    kernel: LocalKernel,
    weights: Vec<f64>,
    rate: f64,
    decay: f64,
    /// $I - \eta A$, row by row: where the rows of the kernel begin, its columns, and the entries. Columns of
    /// four bytes make a step on a million nodes a twelfth faster than those of eight.
    starts: Vec<usize>,
    columns: Vec<u32>,
    entries: Vec<f64>,
}

impl GradientStep {
    /// A step of the Itakura-Saito loss at these targets.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveAt`] for a target that is not positive, [`Error::Lengths`] unless there is
    /// one for each node, [`Error::NotPositive`] for a rate that is not positive, [`Error::OutOfRange`] for
    /// $2^{32}$ nodes and more, [`Error::NotFiniteAt`] for a weight or an entry of $\eta A$ that overflows.
    pub fn new(kernel: &LocalKernel, targets: &[f64], rate: f64) -> Result<Self> {
        Self::of_loss(kernel, Divergence::ItakuraSaito, targets, rate)
    }

    /// The same for any loss that acts on each node by itself.
    ///
    /// # Errors
    ///
    /// As [`GradientStep::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LocalKernel};
    /// use itakura_saito::divergence::Divergence;
    ///
    /// // Squared error weighs all nodes alike, Itakura-Saito by 1/y².
    /// let kernel = LocalKernel::by_distance(&Graph::chain(2)?, &[1.0, 0.4])?;
    /// let (squares, targets) = (Divergence::SQUARED_ERROR, [1.0, 2.0]);
    /// assert_eq!(GradientStep::of_loss(&kernel, squares, &targets, 0.5)?.weights(), [1.0, 1.0]);
    /// assert_eq!(GradientStep::new(&kernel, &targets, 0.5)?.weights(), [1.0, 0.25]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_loss(
        kernel: &LocalKernel,
        loss: Divergence,
        targets: &[f64],
        rate: f64,
    ) -> Result<Self> {
        let targets = checked_targets(kernel, targets)?;
        let weights = targets.iter().map(|target| loss.curvature(target)).collect();
        let rate = checked_rate(rate)?;
        Self::assemble(kernel.clone(), weights, rate, 0.0)
    }

    /// The same step with weight decay: every error shrinks by `decay` in each step as well.
    ///
    /// Decay acts on the predictions of a linear model here, node by node, so the range is the same.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless the decay lies between 0 and 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LocalKernel};
    ///
    /// let kernel = LocalKernel::by_distance(&Graph::chain(3)?, &[1.0, 0.4])?;
    /// let step = GradientStep::new(&kernel, &[1.0; 3], 0.5)?.with_decay(0.1)?;
    /// // The node itself keeps less; the others hear of it as before.
    /// let after: Vec<f64> = step.applied(&[1.0, 0.0, 0.0])?;
    /// assert!((after[0] - 0.4).abs() < 1e-15 && (after[1] + 0.2).abs() < 1e-15 && after[2] == 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn with_decay(&self, decay: f64) -> Result<Self> {
        if !(0.0..=1.0).contains(&decay) {
            return Err(Error::OutOfRange {
                name: "the weight decay of a step",
                value: decay,
                lower: 0.0,
                upper: 1.0,
                remedy: "give the share of a prediction that a step takes away",
            });
        }
        Self::assemble(self.kernel.clone(), self.weights.clone(), self.rate, decay)
    }

    fn assemble(kernel: LocalKernel, weights: Vec<f64>, rate: f64, decay: f64) -> Result<Self> {
        const REMEDY: &str = "take larger targets, or a smaller rate";
        all_finite("the weight of node ", &weights, REMEDY)?;
        let (mut starts, mut columns, mut entries) = (vec![0], Vec::new(), Vec::new());
        for row in 0..weights.len() {
            for &(column, entry) in kernel.row(row) {
                let identity = if row == column { 1.0 - decay } else { 0.0 };
                columns.push(as_column(column)?);
                entries.push(identity - rate * entry * weights[column]);
            }
            starts.push(columns.len());
        }
        all_finite("the stored entry of the step at ", &entries, REMEDY)?;
        Ok(Self { kernel, weights, rate, decay, starts, columns, entries })
    }

    /// The kernel.
    pub fn kernel(&self) -> &LocalKernel {
        &self.kernel
    }

    /// The diagonal of $W$.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The learning rate $\eta$.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The entries of a row of $I - \eta A$ that are stored, each with its column.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[row]..self.starts[row + 1];
        let columns = self.columns[range.clone()].iter().map(|&column| column as usize);
        columns.zip(self.entries[range].iter().copied())
    }

    /// The errors after a step.
    ///
    /// # Errors
    ///
    /// As [`GradientStep::repeated`].
    pub fn applied(&self, errors: &[f64]) -> Result<Vec<f64>> {
        self.repeated(errors, 1)
    }

    /// The errors after so many steps, in $O(n\\,t\\,R)$ operations and $O(n)$ memory.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is an error for each node; [`Error::NotFiniteAt`] for one that is not
    /// finite, before or after the steps.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LocalKernel};
    ///
    /// // An error that all nodes of a ring share shrinks by 1 - η(α + 2β) = 0.82 in each step.
    /// let kernel = LocalKernel::by_distance(&Graph::ring(8)?, &[1.0, 0.4])?;
    /// let step = GradientStep::new(&kernel, &[1.0; 8], 0.1)?;
    /// let after: Vec<f64> = step.repeated(&[1.0; 8], 5)?;
    /// assert!(after.iter().all(|error| (error - 0.82f64.powi(5)).abs() < 1e-15));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn repeated(&self, errors: &[f64], steps: usize) -> Result<Vec<f64>> {
        if errors.len() != self.weights.len() {
            return Err(Error::Lengths {
                name: "the vector of errors",
                expected: self.weights.len(),
                found: errors.len(),
                remedy: "give one error for each node",
            });
        }
        all_finite("the error of node ", errors, "give finite errors")?;
        let (mut now, mut next) = (errors.to_vec(), vec![0.0; errors.len()]);
        for _ in 0..steps {
            self.advance(&now, &mut next);
            std::mem::swap(&mut now, &mut next);
        }
        all_finite("the error after the steps of node ", &now, UNSTABLE)?;
        Ok(now)
    }

    /// One step from `now` to `next`. An entry without a neighbour in the support is a sum of exact zeros.
    pub(super) fn advance(&self, now: &[f64], next: &mut [f64]) {
        // Row after row without looking each of them up, and without `sum`, which is made for more terms than
        // a row has: that takes a quarter off.
        let mut start = 0;
        for (value, &end) in next.iter_mut().zip(&self.starts[1..]) {
            let mut sum = 0.0;
            for (&column, entry) in self.columns[start..end].iter().zip(&self.entries[start..end]) {
                sum += entry * now[column as usize];
            }
            *value = sum;
            start = end;
        }
    }

    /// The response to a unit change of one node with momentum, after each step from 0 on:
    /// $e_{t+1} = (I - \eta A)\\,e_t + \mu\\,(e_t - e_{t-1})$.
    ///
    /// Momentum remembers the node's own past only, so the support moves as fast as without it.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist, or unless $0 \le \mu < 1$; [`Error::NotFiniteAt`] for a
    /// response that overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LocalKernel};
    ///
    /// // Momentum does not outrun the cone: after three steps node 4 has heard nothing.
    /// let kernel = LocalKernel::by_distance(&Graph::chain(6)?, &[1.0, 0.4])?;
    /// let step = GradientStep::new(&kernel, &[1.0; 6], 0.1)?;
    /// let responses = step.momentum_response(0, 0.9, 3)?;
    /// assert!(responses[3][3] != 0.0);
    /// assert_eq!(responses[3][4], 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn momentum_response(
        &self,
        source: usize,
        momentum: f64,
        steps: usize,
    ) -> Result<Vec<Vec<f64>>> {
        let source = self.kernel.graph().checked("the source", source)?;
        if !(0.0..1.0).contains(&momentum) {
            return Err(Error::OutOfRange {
                name: "the momentum",
                value: momentum,
                lower: 0.0,
                upper: 1.0_f64.next_down(),
                remedy: "with one or more no step is ever forgotten",
            });
        }
        let mut start = vec![0.0; self.weights.len()];
        start[source] = 1.0;
        let mut history = vec![start.clone()];
        let mut before = start;
        for _ in 0..steps {
            let now = history.last().expect("the start");
            let mut next = self.applied(now)?;
            for ((value, now), before) in next.iter_mut().zip(now).zip(&before) {
                *value += momentum * (now - before);
            }
            all_finite("the response of node ", &next, UNSTABLE)?;
            before.clone_from(now);
            history.push(next);
        }
        Ok(history)
    }
}

/// What to do where errors grow from step to step until they overflow.
pub(super) const UNSTABLE: &str = "take fewer steps, or a rate that does not let errors grow";

/// A column as it is stored.
fn as_column(column: usize) -> Result<u32> {
    u32::try_from(column).map_err(|_| Error::OutOfRange {
        name: "the number of a node",
        value: column as f64,
        lower: 0.0,
        upper: f64::from(u32::MAX),
        remedy: "take a graph of fewer nodes",
    })
}

/// One positive target for each node.
pub(super) fn checked_targets(kernel: &LocalKernel, targets: &[f64]) -> Result<PositiveArray> {
    let nodes = kernel.graph().node_count();
    if targets.len() != nodes {
        return Err(Error::Lengths {
            name: "the list of targets",
            expected: nodes,
            found: targets.len(),
            remedy: "give one target for each node",
        });
    }
    PositiveArray::from_vec(targets.to_vec())
}

/// A positive learning rate.
pub(super) fn checked_rate(rate: f64) -> Result<f64> {
    const REMEDY: &str = "a step against the gradient has a positive rate";
    Positive::named("the learning rate η", rate, REMEDY).map(Positive::get)
}
