//! The eigenvalues at both ends of a spectrum, with certificates and multiplicities.

use super::basis::{Basis, norm};
use super::krylov::{check_dimension, product};
use super::ritz::{convergence, rounding_floor, status};
use super::search::{Found, Outcome, Search};
use super::spectrum::{CertifiedSpectrum, Eigenpair};
use crate::operator::Operator;
use crate::{Error, Result, seed};

/// What to compute of a spectrum, and how much it may cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    /// How many of the largest eigenvalues.
    pub top: usize,
    /// How many of the smallest.
    pub bottom: usize,
    /// The residual at which a pair counts as converged, in units of the size of the largest eigenvalue of
    /// the operator, wanted or not.
    pub tolerance: f64,
    /// The most products with the operator, those of the certificates included: one for each wanted pair,
    /// and at least one more. Pairs that are not converged then are marked as open.
    pub products: usize,
    /// The seed of the start vectors.
    pub seed: u64,
}

impl Ends {
    /// So many from each end, to the root of the rounding unit (the error of an eigenvalue is of the
    /// order of the squared residual), by at most ten thousand products.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::{Diagonal, Ends, eigenvalues_at_the_ends};
    ///
    /// // Multiplicities are found.
    /// let matrix = Diagonal::new(vec![0.0, 1.0, 2.0, 3.0, 5.0, 5.0])?;
    /// let ends = eigenvalues_at_the_ends(&matrix, &Ends::new(2, 1))?;
    /// assert!(ends.is_converged());
    /// assert!(ends.top_values().iter().all(|value| (value - 5.0).abs() < 1e-12));
    /// assert!(ends.bottom_values()[0].abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(top: usize, bottom: usize) -> Self {
        Self { top, bottom, tolerance: convergence(f64::EPSILON), products: 10_000, seed: 0 }
    }
}

/// A coarse tolerance for the audit: it only has to see on which side of a wanted value the next lies.
const GLANCE: f64 = 1e-3;

/// The eigenvalues at the ends of a symmetric operator, as often as they occur.
///
/// Lanczos with full reorthogonalisation, restarted with the best Ritz vectors until the wanted pairs
/// have converged (thick restart, K. Wu and H. Simon 2000). Then the audit of multiplicity: a single
/// start vector has one component in an eigenspace, and finds each eigenvalue once; so the search is
/// repeated from new random vectors, orthogonal to all that was found, until what it finds lies outside
/// the wanted ends. Finally each residual $\lVert M x - \theta x \rVert$ is measured with a product of
/// its own, so that no certificate relies on the recursion.
///
/// That no eigenvalue was missed is as certain as random vectors make it, but not proved; for a matrix with
/// all its entries [`inertia`](fn@super::inertia) proves it.
///
/// # Errors
///
/// [`Error::TooFew`] if nothing is wanted, or if there are no products to search with beside those of the
/// certificates; [`Error::OutOfRange`] if more is wanted than there is, or for
/// the tolerance; [`Error::NotFiniteAt`] if a product is not finite; [`Error::NotSymmetric`], with
/// entries in the Lanczos basis.
///
/// # Examples
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Ends, Status, eigenvalues_at_the_ends};
///
/// // The largest eigenvalue three times: Lanczos alone would find it once.
/// let known = Diagonal::isolated_top(3)?;
/// let spectrum = eigenvalues_at_the_ends(&known, &Ends::new(4, 1))?;
/// let top: Vec<f64> = spectrum.top.iter().map(|pair| pair.value).collect();
/// for (found, expected) in top.iter().zip([10.0, 10.0, 10.0, 0.8]) {
///     assert!((found - expected).abs() < 1e-12);
/// }
/// assert!((spectrum.bottom[0].value + 0.2).abs() < 1e-12);
/// assert!(spectrum.top.iter().all(|pair| pair.status == Status::Converged));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn eigenvalues_at_the_ends(operator: &dyn Operator, ends: &Ends) -> Result<CertifiedSpectrum> {
    check(operator, ends)?;
    let mut known = Basis::new(operator.dim(), 2 * (ends.top + ends.bottom));
    let mut collected = Collected::default();
    let mut round = 0;
    let search = |known: &Basis, top, bottom, tolerance, round, left| {
        let seed = seed::stream(ends.seed, round);
        Search { operator, known, top, bottom, tolerance, seed }.run(left)
    };
    // What remains when each wanted pair has its certificate.
    let products = ends.products - (ends.top + ends.bottom);
    let first = search(&known, ends.top, ends.bottom, ends.tolerance, round, products)?;
    collected.take(first, &mut known);
    loop {
        round += 1;
        let left = products - collected.products;
        if known.len() == operator.dim() {
            collected.is_audited = true;
            break;
        }
        if left == 0 {
            break;
        }
        let (one_top, one_bottom) = (ends.top.min(1), ends.bottom.min(1));
        let glance = search(&known, one_top, one_bottom, GLANCE, round, left)?;
        collected.products += glance.products;
        if !collected.is_missing(ends, &glance) {
            collected.is_audited = !glance.is_cut_short;
            break;
        }
        let left = left - glance.products;
        if left == 0 {
            break;
        }
        let found = search(&known, one_top, one_bottom, ends.tolerance, round, left)?;
        let is_missing = collected.is_missing(ends, &found);
        let is_audited = !found.is_cut_short;
        collected.take(found, &mut known);
        if !is_missing {
            collected.is_audited = is_audited;
            break;
        }
    }
    collected.certified(operator, ends, &known)
}

fn check(operator: &dyn Operator, ends: &Ends) -> Result<()> {
    check_dimension(operator.dim())?;
    let wanted = ends.top.saturating_add(ends.bottom);
    if wanted == 0 {
        return Err(Error::TooFew {
            name: "the number of wanted eigenvalues",
            count: 0,
            minimum: 1,
            remedy: "ask for some at the top, at the bottom, or both",
        });
    }
    if wanted > operator.dim() {
        return Err(Error::OutOfRange {
            name: "the number of wanted eigenvalues",
            value: wanted as f64,
            lower: 1.0,
            upper: operator.dim() as f64,
            remedy: "there are no more eigenvalues than dimensions",
        });
    }
    if !(f64::EPSILON..1.0).contains(&ends.tolerance) {
        return Err(Error::OutOfRange {
            name: "the tolerance of the residual",
            value: ends.tolerance,
            lower: f64::EPSILON,
            upper: 1.0,
            remedy: "it is relative to the largest eigenvalue; 1e-8 gives full accuracy",
        });
    }
    if ends.products <= wanted {
        return Err(Error::TooFew {
            name: "the number of products",
            count: ends.products,
            minimum: wanted + 1,
            remedy: "each wanted pair takes one for its certificate, and the search some more",
        });
    }
    Ok(())
}

/// All pairs that were found so far, the outermost first.
#[derive(Default)]
struct Collected {
    top: Vec<Found>,
    bottom: Vec<Found>,
    products: usize,
    /// The size of the largest Ritz value of all searches.
    size: f64,
    /// Whether a last search found nothing that is missing, or there is nothing left to be found.
    is_audited: bool,
}

impl Collected {
    fn take(&mut self, found: Outcome, known: &mut Basis) {
        for pair in found.top.iter().chain(&found.bottom) {
            let mut vector = pair.vector.clone();
            known.project_out(&mut vector);
            let length = norm(&vector);
            known.push_scaled(&vector, length);
        }
        self.top.extend(found.top);
        self.bottom.extend(found.bottom);
        self.top.sort_by(|one, other| other.value.total_cmp(&one.value));
        self.bottom.sort_by(|one, other| one.value.total_cmp(&other.value));
        self.products += found.products;
        self.size = self.size.max(found.size);
    }

    fn has_all(&self, ends: &Ends) -> bool {
        self.top.len() >= ends.top && self.bottom.len() >= ends.bottom
    }

    /// Whether one of these belongs to the wanted ends, or these are not complete without it.
    fn is_missing(&self, ends: &Ends, found: &Outcome) -> bool {
        if !self.has_all(ends) {
            return true;
        }
        let last_top = ends.top.checked_sub(1).map(|last| &self.top[last]);
        let last_bottom = ends.bottom.checked_sub(1).map(|last| &self.bottom[last]);
        let above =
            |last: &Found| found.top.iter().any(|pair| pair.value + pair.residual >= last.value);
        let below =
            |last: &Found| found.bottom.iter().any(|pair| pair.value - pair.residual <= last.value);
        last_top.is_some_and(above) || last_bottom.is_some_and(below)
    }

    /// The wanted pairs, each with its measured residual.
    fn certified(
        mut self,
        operator: &dyn Operator,
        ends: &Ends,
        known: &Basis,
    ) -> Result<CertifiedSpectrum> {
        let is_complete = self.is_audited && self.has_all(ends);
        self.top.truncate(ends.top);
        self.bottom.truncate(ends.bottom);
        let largest = self.size;
        let mut image = vec![0.0; operator.dim()];
        let mut certify = |found: &Found| -> Result<Eigenpair> {
            product(operator, &found.vector, &mut image)?;
            for (entry, component) in image.iter_mut().zip(&found.vector) {
                *entry -= found.value * component;
            }
            let residual = norm(&image);
            let bound = residual + rounding_floor(operator.dim(), largest, f64::EPSILON);
            let goal = ends.tolerance.max(convergence(f64::EPSILON)) * largest;
            let status = status(bound, goal, operator.dim());
            let vector = found.vector.clone();
            Ok(Eigenpair { value: found.value, residual, bound, status, vector })
        };
        let top = self.top.iter().map(&mut certify).collect::<Result<Vec<_>>>()?;
        let bottom = self.bottom.iter().map(&mut certify).collect::<Result<Vec<_>>>()?;
        let products = self.products + top.len() + bottom.len();
        let loss_of_orthogonality = known.loss_of_orthogonality();
        Ok(CertifiedSpectrum {
            dimension: operator.dim(),
            top,
            bottom,
            products,
            is_complete,
            loss_of_orthogonality,
        })
    }
}
