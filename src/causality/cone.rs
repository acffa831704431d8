//! The light cone of one node: what its change does to all others, step by step.

use ndarray::Array2;

use super::{BandedJacobian, GradientStep};
use crate::figure::{Axis, Figure, Heatmap, Panel, Series, Slider, power_of_ten};
use crate::{Error, Result, interrupt};

/// The responses of all nodes to a unit change of one of them, after each step: column $j$ of $J_0, \dots, J_t$.
///
/// Theorem 10.2: $(J_t)\_{ij} = 0$ where $d(i, j) > tR$. The zeros are exact in floating point too, since
/// they are sums of products with exact zeros.
///
/// ```
/// use itakura_saito::causality::{Graph, GradientStep, LightCone, LocalKernel};
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
/// let step: GradientStep = GradientStep::new(&kernel, &[1.0; 12], 0.5)?;
/// let cone: LightCone = LightCone::new(&step, 0, 11)?;
/// assert_eq!(cone.first_arrival(5, 0.0), Some(5));
/// // At the front each step multiplies by -η β / y².
/// assert!((cone.response(5, 5) + 0.2f64.powi(5)).abs() < 1e-18);
/// assert_eq!(cone.response(5, 6), 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LightCone {
    source: usize,
    range: usize,
    distances: Vec<usize>,
    /// A row per step, from 0 on, and a column per node.
    responses: Array2<f64>,
}

impl LightCone {
    /// Follows a unit change of `source` through so many steps.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for a node that does not exist; [`Error::NotFiniteAt`] for a response that overflows.
    pub fn new(step: &GradientStep, source: usize, steps: usize) -> Result<Self> {
        let graph = step.kernel().graph();
        let source = graph.checked("the source", source)?;
        let mut responses = Array2::zeros((steps + 1, graph.node_count()));
        responses[(0, source)] = 1.0;
        for time in 0..steps {
            interrupt::check()?;
            let now = responses.row(time).to_vec();
            let next = step.applied(&now)?;
            responses.row_mut(time + 1).iter_mut().zip(next).for_each(|(to, from)| *to = from);
        }
        let distances = graph.distances(source);
        Ok(Self { source, range: step.kernel().range(), distances, responses })
    }

    /// The node that was changed.
    pub fn source(&self) -> usize {
        self.source
    }

    /// The number of steps.
    pub fn steps(&self) -> usize {
        self.responses.nrows() - 1
    }

    /// The response of a node after so many steps.
    ///
    /// # Panics
    ///
    /// If the cone has no such step or node.
    pub fn response(&self, steps: usize, node: usize) -> f64 {
        self.responses[(steps, node)]
    }

    /// The largest $|J|$ outside the cone $d \le tR$, over all steps: exactly zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LightCone, LocalKernel};
    ///
    /// let kernel = LocalKernel::by_distance(&Graph::ring(16)?, &[1.0, 0.4])?;
    /// let step = GradientStep::new(&kernel, &[1.0; 16], 0.5)?;
    /// assert_eq!(LightCone::new(&step, 3, 6)?.largest_outside(), 0.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn largest_outside(&self) -> f64 {
        let entries = self.responses.indexed_iter();
        let outside = entries.filter(|((time, node), _)| self.distances[*node] > time * self.range);
        outside.fold(0.0, |largest, (_, response)| largest.max(response.abs()))
    }

    /// The first step after which the response of a node is larger than a threshold. With the
    /// threshold zero it is the arrival of the support; with any other it depends on everything.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LightCone, LocalKernel};
    ///
    /// // The support arrives after d steps; what can be measured comes later.
    /// let kernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
    /// let cone = LightCone::new(&GradientStep::new(&kernel, &[1.0; 12], 0.5)?, 0, 40)?;
    /// assert_eq!(cone.first_arrival(6, 0.0), Some(6));
    /// assert!(cone.first_arrival(6, 1e-3).is_none_or(|step| step > 6));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn first_arrival(&self, node: usize, threshold: f64) -> Option<usize> {
        self.responses.column(node).iter().position(|response| response.abs() > threshold)
    }

    /// For each distance at which it happens, the first step after which some node there responds by more
    /// than a threshold.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{GradientStep, Graph, LightCone, LocalKernel};
    ///
    /// // A kernel of range two moves its front by two nodes a step.
    /// let kernel = LocalKernel::by_distance(&Graph::chain(9)?, &[1.0, 0.3, 0.1])?;
    /// let cone = LightCone::new(&GradientStep::new(&kernel, &[1.0; 9], 0.5)?, 0, 2)?;
    /// assert_eq!(cone.arrivals(0.0), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn arrivals(&self, threshold: f64) -> Vec<(usize, usize)> {
        let farthest = self.distances.iter().copied().max().unwrap_or(0);
        let first = |distance: usize| {
            let nodes = (0..self.distances.len()).filter(|&node| self.distances[node] == distance);
            let arrival = nodes.filter_map(|node| self.first_arrival(node, threshold)).min()?;
            Some((distance, arrival))
        };
        (0..=farthest).filter_map(first).collect()
    }

    /// The responses over node and step, on a logarithmic colour scale; exact zeros carry a mark of their own.
    ///
    /// # Errors
    ///
    /// None that a cone leads to.
    pub fn figure(&self) -> Result<Figure> {
        let plural = if self.range == 1 { "" } else { "s" };
        let finding = format!(
            "The change of node {} reaches {} node{plural} farther with each step; beyond that the response is \
             exactly zero.",
            self.source, self.range
        );
        Figure::builder("Outside the cone the response is exactly zero", &finding)
            .source("§10, Theorem 10.2")
            .panel(field(
                Axis::linear("node"),
                Axis::linear("step t"),
                &self.responses,
                floor(&self.responses),
            ))
            .build()
    }

    /// All entries of $|J_t|$, a frame per step; exact zeros carry a mark of their own.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for fewer than two nodes; as [`BandedJacobian::after`] for very many.
    pub fn frames(step: &GradientStep, steps: usize) -> Result<Figure> {
        let nodes = step.weights().len();
        // A frame without any zero would have no mark, and all frames must be alike.
        let range = step.kernel().range();
        if nodes <= range * steps + 1 {
            return Err(Error::TooFew {
                name: "the number of nodes",
                count: nodes,
                minimum: range * steps + 2,
                remedy: "take fewer steps, so that some entry is zero in every frame",
            });
        }
        let entries = |time: usize| {
            let jacobian = BandedJacobian::after(step, time)?;
            let entry = |(row, column)| jacobian.entry(row, column);
            Ok(Array2::from_shape_fn((nodes, nodes), entry))
        };
        let frames: Vec<Array2<f64>> = (0..=steps).map(entries).collect::<Result<_>>()?;
        // The colours mean the same in all frames, that of zero included.
        let floor = frames.iter().map(floor).fold(f64::INFINITY, f64::min);
        let mut slider = Slider::new("step t");
        for (time, entries) in frames.iter().enumerate() {
            let (x, y) = (Axis::linear("changed node j"), Axis::linear("node i"));
            slider = slider.frame(&time.to_string(), vec![field(x, y, entries, floor)]);
        }
        let start = steps.min(4);
        let finding = format!(
            "At t = {start} the entries farther than {} from the diagonal are exactly zero; each step adds {range}.",
            range * start
        );
        Figure::builder("The band of |J| widens with each step", &finding)
            .source("§10, Theorem 10.2")
            .slider(slider.start_at(start))
            .build()
    }

    /// When each distance is reached: by the support, and by responses above some thresholds.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositiveAt`] for a threshold that is not positive.
    pub fn arrival_figure(&self, thresholds: &[f64]) -> Result<Figure> {
        let split = |arrivals: Vec<(usize, usize)>| -> (Vec<f64>, Vec<f64>) {
            arrivals.into_iter().map(|(distance, time)| (distance as f64, time as f64)).unzip()
        };
        let (x, y) = split(self.arrivals(0.0));
        let mut panel = Panel::new(Axis::linear("distance d"), Axis::linear("first step"))
            .series(Series::corrected("support", &x, &y));
        let (last_distance, last) =
            (x.last().copied().unwrap_or(0.0), y.last().copied().unwrap_or(0.0));
        for (index, &threshold) in thresholds.iter().enumerate() {
            if !(threshold > 0.0 && threshold.is_finite()) {
                return Err(Error::NotPositiveAt {
                    name: "the threshold at ",
                    index: vec![index],
                    value: threshold,
                    remedy: "zero is the support, which is drawn anyway",
                });
            }
            let (x, y) = split(self.arrivals(threshold));
            if !x.is_empty() {
                panel = panel.series(Series::line_with_markers(&threshold_name(threshold), &x, &y));
            }
        }
        let finding = format!(
            "The support is at distance {last_distance} after {last} steps; a response above a threshold \
             comes later, or never."
        );
        Figure::builder("When does a response arrive?", &finding).source("§10").panel(panel).build()
    }
}

/// How a threshold stands in a legend.
pub(super) fn threshold_name(threshold: f64) -> String {
    let digits = format!("{threshold:e}");
    let (factor, exponent) = digits.split_once('e').expect("digits and an exponent");
    let power = power_of_ten(exponent.parse().expect("an exponent is an integer"));
    let number = if factor == "1" { power } else { format!("{factor}·{power}") };
    format!("|response| > {number}")
}

/// The sizes of some entries as colours, with the exact zeros marked.
fn field(x: Axis, y: Axis, entries: &Array2<f64>, floor: f64) -> Panel {
    let places = |count: usize| (0..count).map(|place| place as f64).collect::<Vec<f64>>();
    let (rows, columns) = entries.dim();
    let colour = |entry: f64| if entry == 0.0 { floor } else { entry.abs().log10() };
    let colours = entries.mapv(colour);
    let heatmap = Heatmap::new("log₁₀ |J|", &places(columns), &places(rows), &colours);
    let panel = Panel::new(x, y).heatmap(heatmap);
    let zeros = entries.indexed_iter().filter(|(_, entry)| **entry == 0.0);
    let (x, y): (Vec<f64>, Vec<f64>) =
        zeros.map(|((row, column), _)| (column as f64, row as f64)).unzip();
    match x.is_empty() {
        true => panel,
        false => panel.series(Series::markers("exactly zero", &x, &y)),
    }
}

/// The colour of exact zeros: two decades below everything else.
fn floor(entries: &Array2<f64>) -> f64 {
    let sizes = entries.iter().map(|entry| entry.abs()).filter(|size| *size > 0.0);
    sizes.fold(f64::INFINITY, f64::min).log10() - 2.0
}
