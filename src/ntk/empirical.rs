//! The kernel of a network at given parameters, with all its entries.

use ndarray::{Array2, ArrayView2};

use super::Conditioning;
use crate::divergence::PositiveArray;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::network::Predictor;
use crate::operator::Symmetric;
use crate::{Error, Result};

/// The neural tangent kernel of a network on given sequences, at given parameters.
///
/// $$ K_{ij} = \sum_\theta \frac{\partial f_i}{\partial\theta}\frac{\partial f_j}{\partial\theta}
///    = (J J^{\mathsf T})_{ij} $$
///
/// Outputs are in row-major order of (sequence, position). Section 9 takes $K$ to be banded for local
/// networks. It is where positions have weights of their own; shared weights, and a shared bias, couple
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

    /// The kernel as a matrix.
    pub fn matrix(&self) -> &Symmetric {
        &self.matrix
    }

    /// Its entries.
    pub fn view(&self) -> ArrayView2<'_, f64> {
        self.matrix.view()
    }

    /// The largest $|K_{ij}|$ at each distance of positions, over all pairs of outputs of one sequence.
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
    pub fn bandwidth(&self) -> usize {
        let largest = self.largest_by_distance();
        largest.iter().rposition(|&entry| entry != 0.0).unwrap_or(0)
    }

    /// $W^{1/2} K W^{1/2}$ with $W = \operatorname{diag}(1/y_i^2)$, the curvature of IS at its optimum:
    /// similar to $KW$, which drives the errors of training with IS.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a target for each output.
    pub fn weighted(&self, targets: &PositiveArray) -> Result<Symmetric> {
        let count = self.view().nrows();
        if targets.len() != count {
            return Err(Error::Lengths {
                name: "the targets",
                expected: count,
                found: targets.len(),
                remedy: "give one target for each output of the network",
            });
        }
        let targets = targets.as_slice();
        let entry = |(row, column)| self.view()[(row, column)] / targets[row] / targets[column];
        Symmetric::new(Array2::from_shape_fn((count, count), entry))
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
        let panel = Panel::new(Axis::linear("distance |i − j|"), Axis::linear("largest |K_ij|"))
            .series(Series::data("shared weights", &distances, &self.largest_by_distance()))
            .series(Series::corrected("own weights", &distances, &untied.largest_by_distance()))
            .vertical(band as f64, "band of own weights");
        Figure::builder("Shared weights couple outputs at every distance", &finding)
            .source("§9")
            .panel(panel)
            .build()
    }
}
