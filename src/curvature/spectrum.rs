//! A computed part of a spectrum, as data and as a figure.

use super::ritz::Status;
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// An eigenvalue with its certificate and its vector.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenpair {
    /// The value.
    pub value: f64,
    /// $\lVert M x - \theta x \rVert$, measured with a product of its own.
    pub residual: f64,
    /// The residual and the floor of rounding: an eigenvalue lies within this of the value.
    pub bound: f64,
    /// Converged, or open where the products were not enough.
    pub status: Status,
    /// The unit eigenvector.
    pub vector: Vec<f64>,
}

/// Eigenvalues at the ends of a spectrum, each as often as it occurs.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct CertifiedSpectrum {
    /// The dimension of the operator.
    pub dimension: usize,
    /// The largest eigenvalues, the largest first.
    pub top: Vec<Eigenpair>,
    /// The smallest eigenvalues, the smallest first.
    pub bottom: Vec<Eigenpair>,
    /// How many products with the operator it took.
    pub products: usize,
    /// Whether there are as many pairs as were wanted, and the audit of multiplicity saw no other one before
    /// the products ran out.
    pub is_complete: bool,
    /// $\max |X^{\mathsf T} X - I|$ of all eigenvectors that were found.
    pub loss_of_orthogonality: f64,
}

impl CertifiedSpectrum {
    /// The largest eigenvalues alone, the largest first.
    pub fn top_values(&self) -> Vec<f64> {
        self.top.iter().map(|pair| pair.value).collect()
    }

    /// The smallest eigenvalues alone, the smallest first.
    pub fn bottom_values(&self) -> Vec<f64> {
        self.bottom.iter().map(|pair| pair.value).collect()
    }

    /// Whether every wanted pair was found and has converged.
    pub fn is_converged(&self) -> bool {
        self.is_complete
            && self.top.iter().chain(&self.bottom).all(|pair| pair.status == Status::Converged)
    }

    /// The eigenvalues over their rank from either end, with their bounds as bars.
    ///
    /// # Errors
    ///
    /// Only if a value is not finite, which no operator leads to that passed.
    pub fn figure(&self) -> Result<Figure> {
        let ends = [
            ("largest", "rank from the top", &self.top, Role::Corrected),
            ("smallest", "rank from the bottom", &self.bottom, Role::Plain),
        ];
        let ends: Vec<_> = ends.into_iter().filter(|(_, _, pairs, _)| !pairs.is_empty()).collect();
        let panels = ends.iter().map(|&(name, rank, pairs, role)| {
            let ranks: Vec<f64> = (1..=pairs.len()).map(|rank| rank as f64).collect();
            let values: Vec<f64> = pairs.iter().map(|pair| pair.value).collect();
            let bounds: Vec<f64> = pairs.iter().map(|pair| pair.bound).collect();
            Panel::new(Axis::linear(rank), eigenvalue_axis(pairs))
                .title(name)
                .series(Series::markers(name, &ranks, &values).errors(&bounds).role(role))
        });
        let wanted = self.top.len() + self.bottom.len();
        let pairs = self.top.iter().chain(&self.bottom);
        let open = pairs.filter(|pair| pair.status != Status::Converged).count();
        let title = match open {
            0 => format!("{wanted} of {} eigenvalues, each one certified", self.dimension),
            _ => format!("{wanted} of {} eigenvalues, {open} of them open", self.dimension),
        };
        let finding = format!(
            "The eigenvalues at the ends of the spectrum with their error bounds; {} products were needed.",
            self.products
        );
        let figure = Figure::builder(&title, &finding).source("§17, Figure 7").columns(ends.len());
        panels.fold(figure, |figure, panel| figure.panel(panel)).build()
    }
}

/// A logarithmic axis where values of one sign range over more than a factor of ten with their bounds: on a
/// linear one all but the largest would seem to be equal.
fn eigenvalue_axis(pairs: &[Eigenpair]) -> Axis {
    let lowest = pairs.iter().map(|pair| pair.value - pair.bound).fold(f64::INFINITY, f64::min);
    let highest = pairs.iter().map(|pair| pair.value).fold(0.0, f64::max);
    match lowest > 0.0 && highest > 10.0 * lowest {
        true => Axis::logarithmic("eigenvalue"),
        false => Axis::linear("eigenvalue"),
    }
}
