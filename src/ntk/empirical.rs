//! The kernel of a network at given parameters, with all its entries.

use libm::scalbn;
use ndarray::{Array2, ArrayView2};

use super::Conditioning;
use super::weighted_kernel::times;
use crate::divergence::{Link, Positive, PositiveArray};
use crate::figure::{Axis, Figure, Panel, Series};
use crate::network::Predictor;
use crate::operator::Symmetric;
use crate::operator::scale::{exponent_where_needed, largest};
use crate::{Error, Result};

/// The neural tangent kernel of a network on given sequences, at given parameters.
///
/// $$ K_{ij} = \sum_\theta \frac{\partial f_i}{\partial\theta}\frac{\partial f_j}{\partial\theta}
///    = (J J^{\mathsf T})\_{ij} $$
///
/// Outputs are in row-major order of (sequence, position). Section 9 takes $K$ to be banded for local
/// networks. It is, where positions have weights of their own; shared weights, and a shared bias, couple
/// outputs at every distance.
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization, Predictor};
/// use itakura_saito::ntk::EmpiricalKernel;
/// use ndarray::Array2;
///
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let inputs: Array2<f64> = Array2::from_shape_fn((1, 32), |(_, at)| (0.7 * at as f64).sin());
/// let predictor: Predictor = Predictor::new(network, inputs, Normalization::none(), 1)?;
/// let kernel: EmpiricalKernel = EmpiricalKernel::new(&predictor, &parameters)?;
/// // An input reaches 5 positions to either side; the kernel does not care.
/// assert!(kernel.largest_beyond(10) > 0.01);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EmpiricalKernel {
    matrix: Symmetric,
    length: usize,
}

impl EmpiricalKernel {
    /// By the Jacobian.
    ///
    /// # Errors
    ///
    /// Those of [`Predictor::jacobian`].
    pub fn new(predictor: &Predictor, parameters: &[f64]) -> Result<Self> {
        let jacobian = predictor.jacobian(parameters)?;
        let matrix = Symmetric::new(jacobian.dot(&jacobian.t()))?;
        Ok(Self { matrix, length: predictor.inputs().ncols() })
    }

    /// A kernel that was computed elsewhere, for outputs in the order of (sequence, position) with sequences of
    /// this length.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless the sequences fill the rows of the matrix.
    ///
    /// ```
    /// use itakura_saito::ntk::EmpiricalKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// let matrix: Symmetric = Symmetric::new(array![[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0]])?;
    /// let kernel: EmpiricalKernel = EmpiricalKernel::from_matrix(matrix, 3)?;
    /// assert_eq!((kernel.bandwidth(), kernel.zeros()), (1, 2));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn from_matrix(matrix: Symmetric, length: usize) -> Result<Self> {
        let outputs = matrix.view().nrows();
        if length == 0 || !outputs.is_multiple_of(length) {
            return Err(Error::Lengths {
                name: "the sequences of the kernel together",
                expected: outputs,
                found: length * (outputs / length.max(1)),
                remedy: "give the length of a sequence, by which the number of rows can be divided",
            });
        }
        Ok(Self { matrix, length })
    }

    /// The kernel as a matrix.
    pub fn matrix(&self) -> &Symmetric {
        &self.matrix
    }

    /// Its entries.
    pub fn view(&self) -> ArrayView2<'_, f64> {
        self.matrix.view()
    }

    /// The largest $|K_{ij}|$ at each distance between positions, over all pairs of outputs of one sequence.
    pub fn largest_by_distance(&self) -> Vec<f64> {
        let mut largest = vec![0.0_f64; self.length];
        for ((row, column), entry) in self.view().indexed_iter() {
            if row / self.length == column / self.length {
                let place = &mut largest[row.abs_diff(column)];
                *place = place.max(entry.abs());
            }
        }
        largest
    }

    /// The largest $|K_{ij}|$ of positions of one sequence farther apart than `distance`: exactly zero if
    /// the kernel is banded.
    pub fn largest_beyond(&self, distance: usize) -> f64 {
        let largest = self.largest_by_distance();
        largest.into_iter().skip(distance + 1).fold(0.0, f64::max)
    }

    /// The farthest distance at which an entry is not exactly zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::EmpiricalKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// let matrix = array![[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]];
    /// let kernel = EmpiricalKernel::from_matrix(Symmetric::new(matrix)?, 3)?;
    /// assert_eq!((kernel.bandwidth(), kernel.largest_beyond(1)), (1, 0.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn bandwidth(&self) -> usize {
        let largest = self.largest_by_distance();
        largest.iter().rposition(|&entry| entry != 0.0).unwrap_or(0)
    }

    /// The share of the squared Frobenius norm $\sum_{ij} K_{ij}^2$ that comes from positions of one
    /// sequence farther apart than `distance`, of all pairs of positions of one sequence; zero of nothing.
    pub fn share_beyond(&self, distance: usize) -> f64 {
        let (mut beyond, mut all) = (0.0, 0.0);
        let unit = exponent_where_needed(largest(&self.largest_by_distance()));
        for ((row, column), entry) in self.view().indexed_iter() {
            if row / self.length == column / self.length {
                let square = scalbn(*entry, -unit).powi(2);
                all += square;
                beyond += if row.abs_diff(column) > distance { square } else { 0.0 };
            }
        }
        if all == 0.0 { 0.0 } else { beyond / all }
    }

    /// How many entries are exactly zero.
    pub fn zeros(&self) -> usize {
        self.view().iter().filter(|entry| **entry == 0.0).count()
    }

    /// $(\operatorname{tr} K)^2 / \lVert K \rVert_F^2$: the number of equal eigenvalues that would have
    /// the same trace and the same norm, between 1 and the number of outputs; zero for a kernel of zeros.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::EmpiricalKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::{Array2, array};
    ///
    /// // All outputs on their own, or all together.
    /// let alone = EmpiricalKernel::from_matrix(Symmetric::new(Array2::eye(3))?, 3)?;
    /// assert!((alone.effective_rank() - 3.0).abs() < 1e-14);
    /// let together = EmpiricalKernel::from_matrix(Symmetric::new(Array2::ones((3, 3)))?, 3)?;
    /// assert!((together.effective_rank() - 1.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn effective_rank(&self) -> f64 {
        let unit = exponent_where_needed(largest(self.view()));
        let entries = self.view().mapv(|entry| scalbn(entry, -unit));
        let trace: f64 = entries.diag().sum();
        let square: f64 = entries.iter().map(|entry| entry * entry).sum();
        if square == 0.0 { 0.0 } else { trace * trace / square }
    }

    /// The kernel of the sums $z$ before a link, from that of the predictions $f = h(z)$.
    ///
    /// By the chain rule $K_{ij} = h'(z_i)\\, K^z_{ij}\\, h'(z_j)$.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a prediction for each output.
    pub fn before(&self, link: Link, predictions: &PositiveArray) -> Result<Self> {
        self.rescaled("the predictions", predictions, |prediction| link.slope(prediction).recip())
    }

    /// The kernel of predictions $f = h(z)$ behind a link, from that of the sums $z$: the inverse of
    /// [`EmpiricalKernel::before`], with the slopes of any link at any predictions.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a prediction for each output.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{Link, PositiveArray};
    /// use itakura_saito::ntk::EmpiricalKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Behind the exponential each entry takes its two predictions as factors.
    /// let sums = EmpiricalKernel::from_matrix(Symmetric::new(array![[1.0, 0.5], [0.5, 1.0]])?, 2)?;
    /// let predictions = sums.behind(Link::Exponential, &PositiveArray::of(&[2.0, 4.0])?)?;
    /// assert_eq!(predictions.view(), array![[4.0, 4.0], [4.0, 16.0]]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn behind(&self, link: Link, predictions: &PositiveArray) -> Result<Self> {
        self.rescaled("the predictions", predictions, |prediction| link.slope(prediction))
    }

    /// $W^{1/2} K W^{1/2}$ with $W = \operatorname{diag}(1/y_i^2)$, the curvature of IS at its optimum:
    /// similar to $KW$, which drives the errors of training with IS.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a target for each output.
    pub fn weighted(&self, targets: &PositiveArray) -> Result<Symmetric> {
        Ok(self.rescaled("the targets", targets, |target| target.get().recip())?.matrix)
    }

    /// $D K D$ with a diagonal $D$, one factor for each value.
    fn rescaled(
        &self,
        name: &'static str,
        values: &PositiveArray,
        factor: impl Fn(Positive) -> f64,
    ) -> Result<Self> {
        let count = self.view().nrows();
        if values.len() != count {
            return Err(Error::Lengths {
                name,
                expected: count,
                found: values.len(),
                remedy: "give one value for each output of the network",
            });
        }
        let factors: Vec<f64> = values.iter().map(factor).collect();
        let entry =
            |place: (usize, usize)| times(self.view()[place], factors[place.0], factors[place.1]);
        let matrix = Symmetric::new(Array2::from_shape_fn((count, count), entry))?;
        Ok(Self { matrix, length: self.length })
    }

    /// The ends of the spectrum of $K$.
    pub fn conditioning(&self) -> Conditioning {
        Conditioning::of(&self.matrix)
    }

    /// The ends of the spectrum of $W^{1/2} K W^{1/2}$.
    ///
    /// # Errors
    ///
    /// As [`EmpiricalKernel::weighted`].
    pub fn weighted_conditioning(&self, targets: &PositiveArray) -> Result<Conditioning> {
        Ok(Conditioning::of(&self.weighted(targets)?))
    }

    /// The largest entry at each distance of this kernel and of that of the same network with untied
    /// weights.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] if the sequences of the two have different lengths.
    pub fn figure(&self, untied: &Self) -> Result<Figure> {
        if untied.length != self.length {
            return Err(Error::Lengths {
                name: "a sequence of the untied network",
                expected: self.length,
                found: untied.length,
                remedy: "compare two networks on the same sequences",
            });
        }
        let distances: Vec<f64> = (0..self.length).map(|distance| distance as f64).collect();
        let band = untied.bandwidth();
        let finding = format!(
            "With shared weights the kernel reaches {:.3} at the largest distances; with weights of their \
             own for each position it is exactly zero beyond distance {band}.",
            self.largest_beyond(self.length / 2)
        );
        let panel =
            Panel::new(Axis::linear("distance |i − j|"), Axis::linear("largest |K<sub>ij</sub>|"))
                .series(Series::data("shared weights", &distances, &self.largest_by_distance()))
                .series(Series::corrected("own weights", &distances, &untied.largest_by_distance()))
                .vertical(band as f64, "band of own weights");
        Figure::builder("How far does a step for one position reach?", &finding)
            .source("§9")
            .panel(panel)
            .build()
    }
}
