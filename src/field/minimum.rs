//! A minimum of the action with its certificate.

use super::certificate::{Certificate, Progress};
use super::chain::Enclosure;
use crate::divergence::PositiveArray;

/// A field at which the action is stationary, with what shows that it is a minimum.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The field $f^*$ at the points of the grid.
    pub field: PositiveArray,
    /// The action of that field.
    pub action: f64,
    /// What shows that it is a minimum.
    pub certificate: Certificate,
}

impl Minimum {
    pub(super) fn new(
        action: f64,
        field: PositiveArray,
        progress: Progress,
        lowest: Enclosure,
    ) -> Self {
        let certificate = Certificate {
            iterations: progress.iterations,
            step: progress.step,
            gradient: progress.gradient,
            rounding_floor: progress.rounding_floor,
            smallest_eigenvalue: lowest.value,
            eigenvalue_error: lowest.error,
        };
        Self { field, action, certificate }
    }
}
