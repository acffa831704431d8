//! Evidence that a field is a minimum.

/// How a solve stands: the last iteration.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    pub(super) iterations: usize,
    pub(super) step: f64,
    pub(super) gradient: f64,
    pub(super) rounding_floor: f64,
}

/// What shows that a field is a minimum, as numbers that anybody can judge.
///
/// A field is returned only if the step is at most $10^{-12}$ and the gradient is at most the rounding
/// floor: an absolute bound on the gradient could not be reached on a fine grid.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::field::Action;
///
/// // For a constant target the minimum is the target, and the smallest eigenvalue there 1/y².
/// let target = PositiveArray::constant(&[10], 4.0)?;
/// let certificate = Action::neumann(target, 0.1)?.minimise()?.certificate;
/// assert!((certificate.smallest_eigenvalue - 1.0 / 16.0).abs() < 1e-10);
/// assert!(certificate.gradient <= certificate.rounding_floor);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// The number of Newton steps that were taken.
    pub iterations: usize,
    /// The next Newton step, relative to the field at each point: its largest entry.
    pub step: f64,
    /// The largest entry of the gradient divided by the cell, which is the left side of (9).
    pub gradient: f64,
    /// What rounding alone makes of that gradient,
    /// $16\varepsilon\\,(4\lambda \max f/h^2 + \max|\partial_f d|)$ with what the rounding of $f$ adds to
    /// the second term. It grows like $1/h^2$.
    pub rounding_floor: f64,
    /// The smallest eigenvalue of the Hessian divided by the cell. Positive: a strict minimum.
    pub smallest_eigenvalue: f64,
    /// How far the smallest eigenvalue may lie below that number; it cannot lie above.
    pub eigenvalue_error: f64,
}
