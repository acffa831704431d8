//! The algorithm behind the published spectra: the recursion of three terms, and nothing to keep the
//! vectors orthogonal.

use libm::scalbn;

use super::basis::{Basis, norm};
use super::ghosts::mark_ghosts;
use super::krylov::{check_steps, larger, product, unit_start};
use super::lanczos::ritz_values;
use super::ritz::{RitzValue, rounding_floor};
use crate::operator::scale::{exponent_of, largest};
use crate::operator::{Operator, SymmetricTridiagonal};
use crate::precision::Precision;
use crate::{Error, Result};

/// Lanczos as it stands behind Figure 7: three terms, no reorthogonalisation.
///
/// $$ \beta_j q_{j+1} = M q_j - \alpha_j q_j - \beta_{j-1} q_{j-1} $$
///
/// In exact arithmetic the vectors would be orthogonal by themselves. In floating point they lose this as
/// soon as a Ritz pair has converged, and exactly towards that pair (C. C. Paige); the recursion then
/// finds the same eigenvalue again. Section 17 reads the copies as plateaus of the spectrum. The status
/// of each value tells them apart, see [`Status`](super::Status).
///
/// In [`Precision::Single`] every vector, product and scalar is rounded to 32 bits.
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Precision, PublishedRun, copies};
///
/// let known = Diagonal::isolated_top(1)?;
/// let run = PublishedRun::run(&known, &[1.0; 200], 40, Precision::Double)?;
/// // The matrix has the eigenvalue 10 once.
/// assert_eq!(copies(&run.values(), 10.0, 1e-3), 4);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedRun {
    precision: Precision,
    tridiagonal: SymmetricTridiagonal,
    basis: Basis,
    ritz: Vec<RitzValue>,
}

impl PublishedRun {
    /// Runs `steps` steps from a start vector, which need not have length one.
    ///
    /// # Errors
    ///
    /// As [`Lanczos::run`](super::Lanczos::run), except that an operator that is not symmetric goes
    /// unnoticed; [`Error::NotPositive`] for one that is zero in 32 bits but not in 64.
    pub fn run(
        operator: &dyn Operator,
        start: &[f64],
        steps: usize,
        precision: Precision,
    ) -> Result<Self> {
        Self::recur(operator, start, steps, precision, false)
    }

    /// The same arithmetic with the line that is missing: every new vector is made orthogonal to all
    /// before it, twice.
    ///
    /// 32 bits are enough then, so the copies are not a matter of precision.
    ///
    /// # Errors
    ///
    /// As [`PublishedRun::run`].
    ///
    /// ```
    /// use itakura_saito::curvature::{Diagonal, Precision, PublishedRun, copies};
    ///
    /// let known = Diagonal::isolated_top(1)?;
    /// let repaired = PublishedRun::run_repaired(&known, &[1.0; 200], 40, Precision::Single)?;
    /// assert_eq!(copies(&repaired.values(), 10.0, 1e-3), 1);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn run_repaired(
        operator: &dyn Operator,
        start: &[f64],
        steps: usize,
        precision: Precision,
    ) -> Result<Self> {
        Self::recur(operator, start, steps, precision, true)
    }

    fn recur(
        operator: &dyn Operator,
        start: &[f64],
        steps: usize,
        precision: Precision,
        repair: bool,
    ) -> Result<Self> {
        check_steps(steps, operator.dim())?;
        let keep = |number: f64| precision.rounded(number);
        let mut basis = Basis::new(operator.dim(), steps);
        let first: Vec<f64> = unit_start(operator, start)?.into_iter().map(keep).collect();
        basis.push(&first);
        let (mut diagonal, mut off_diagonal) = (Vec::new(), Vec::<f64>::new());
        let mut image = vec![0.0; operator.dim()];
        let mut scale: f64 = 0.0;
        loop {
            let last = diagonal.len();
            product(operator, basis.vector(last), &mut image)?;
            let size = norm(&image);
            image.iter_mut().for_each(|entry| *entry = keep(*entry));
            scale = larger(scale, norm(&image))?;
            if scale == 0.0 && size > 0.0 {
                return Err(Error::NotPositive {
                    name: "the length of a product in this precision",
                    value: 0.0,
                    remedy: "so small a number is zero in 32 bits: use a smaller unit, or 64 bits",
                });
            }
            if let Some(&coupling) = off_diagonal.last() {
                step_back(&mut image, coupling, basis.vector(last - 1), precision);
            }
            let along = inner_product(&image, basis.vector(last), precision);
            step_back(&mut image, along, basis.vector(last), precision);
            diagonal.push(along);
            if repair {
                for vector in basis.vectors().chain(basis.vectors()) {
                    let component = inner_product(&image, vector, precision);
                    step_back(&mut image, component, vector, precision);
                }
            }
            let coupling = length(&image, precision);
            let floor = rounding_floor(operator.dim(), scale, precision.epsilon());
            if coupling <= floor || diagonal.len() == steps {
                let tridiagonal = SymmetricTridiagonal::new(diagonal, off_diagonal)?;
                let (mut ritz, _) =
                    ritz_values(&tridiagonal, coupling, operator.dim(), precision.epsilon());
                mark_ghosts(&mut ritz, &tridiagonal, precision.epsilon());
                return Ok(Self { precision, tridiagonal, basis, ritz });
            }
            off_diagonal.push(coupling);
            image.iter_mut().for_each(|entry| *entry = keep(*entry / coupling));
            basis.push(&image);
        }
    }

    /// The arithmetic of the run.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The tridiagonal matrix of the recursion: no longer a projection of the operator.
    pub fn tridiagonal(&self) -> &SymmetricTridiagonal {
        &self.tridiagonal
    }

    /// The number of steps.
    pub fn steps(&self) -> usize {
        self.ritz.len()
    }

    /// The Ritz values, the largest first. Their bounds are those of exact arithmetic: a ghost has a
    /// small one too.
    pub fn ritz(&self) -> &[RitzValue] {
        &self.ritz
    }

    /// The Ritz values alone, the largest first: what Figure 7 shows.
    pub fn values(&self) -> Vec<f64> {
        self.ritz.iter().map(|ritz| ritz.value).collect()
    }

    /// $q_j^{\mathsf T} x$, step by step.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] if the vector does not have the dimension of the operator.
    pub fn components_along(&self, vector: &[f64]) -> Result<Vec<f64>> {
        self.basis.checked_coefficients(vector)
    }

    /// $\max |Q^{\mathsf T} Q - I|$, computed from the vectors.
    pub fn loss_of_orthogonality(&self) -> f64 {
        self.basis.loss_of_orthogonality()
    }
}

/// Subtracts a multiple of a vector, each operation rounded.
fn step_back(image: &mut [f64], factor: f64, vector: &[f64], precision: Precision) {
    for (entry, other) in image.iter_mut().zip(vector) {
        *entry = precision.rounded(*entry - precision.rounded(factor * other));
    }
}

/// How many partial sums run side by side, as in vectorised code: their rounding errors stay smaller
/// than those of one long sum.
const LANES: usize = 8;

/// The length with every operation rounded; in units of a power of two where squares would leave the range.
fn length(vector: &[f64], precision: Precision) -> f64 {
    let square = inner_product(vector, vector, precision);
    let smallest = precision.smallest() / precision.epsilon().powi(2);
    if (smallest..f64::INFINITY).contains(&square) {
        return precision.rounded(square.sqrt());
    }
    let exponent = exponent_of(largest(vector));
    let scaled: Vec<f64> = vector.iter().map(|&entry| scalbn(entry, -exponent)).collect();
    let root = precision.rounded(inner_product(&scaled, &scaled, precision).sqrt());
    precision.rounded(scalbn(root, exponent))
}

/// The inner product with every product and sum rounded.
fn inner_product(one: &[f64], other: &[f64], precision: Precision) -> f64 {
    let mut sums = [0.0; LANES];
    for (index, (a, b)) in one.iter().zip(other).enumerate() {
        let sum = &mut sums[index % LANES];
        *sum = precision.rounded(*sum + precision.rounded(a * b));
    }
    sums.into_iter().fold(0.0, |total, sum| precision.rounded(total + sum))
}
