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
    /// Converged, or open where the products did not do.
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

    /// Whether every pair has converged.
    pub fn is_converged(&self) -> bool {
        self.top.iter().chain(&self.bottom).all(|pair| pair.status == Status::Converged)
    }

    /// The eigenvalues over their rank, with their bounds as bars; ranks of the smallest ones are
    /// counted from the other end, with a minus.
    ///
    /// # Errors
    ///
    /// Only if a value is not finite, which no operator leads to that passed.
    pub fn figure(&self) -> Result<Figure> {
        let ranks = |count: usize, sign: f64| -> Vec<f64> {
            (1..=count).map(|rank| sign * rank as f64).collect()
        };
        let bounds =
            |pairs: &[Eigenpair]| -> Vec<f64> { pairs.iter().map(|pair| pair.bound).collect() };
        let mut panel = Panel::new(
            Axis::linear("rank, from the top (+) or from the bottom (−)"),
            Axis::linear("eigenvalue"),
        )
        .horizontal(0.0, "");
        for (name, pairs, sign, role) in [
            ("largest", &self.top, 1.0, Role::Corrected),
            ("smallest", &self.bottom, -1.0, Role::Plain),
        ] {
            if !pairs.is_empty() {
                let values: Vec<f64> = pairs.iter().map(|pair| pair.value).collect();
                let series = Series::markers(name, &ranks(pairs.len(), sign), &values);
                panel = panel.series(series.errors(&bounds(pairs)).role(role));
            }
        }
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
        Figure::builder(&title, &finding).source("§17, Figure 7").panel(panel).build()
    }
}
