//! Lanczos with full reorthogonalisation: the run that can be trusted.

use ndarray::Array2;

use super::basis::{Basis, norm};
use super::krylov::{check_steps, larger, product, unit_start};
use super::ritz::{RitzValue, convergence, rounding_floor, status};
use crate::operator::{Operator, SymmetricTridiagonal};
use crate::{Error, Result};

/// The Lanczos factorisation $M Q_k = Q_k T_k + \beta_k q_{k+1} e_k^{\mathsf T}$ with an orthonormal
/// $Q_k$.
///
/// Every new vector is orthogonalised against all before it, twice, which keeps $Q_k^{\mathsf T} Q_k = I$
/// to rounding. So $T_k$ really is a projection of $M$, its eigenvalues (the *Ritz values*) are
/// distinct and lie within the spectrum, and none of them is a copy of another: an eigenvalue of any
/// multiplicity shows up once, since a single start vector has a single component in its eigenspace.
/// [`eigenvalues_at_the_ends`](super::eigenvalues_at_the_ends) finds the multiplicity too.
///
/// The paper's section 17 (Figure 7) runs the same recursion without the orthogonalisation, see
/// [`PublishedRun`](super::PublishedRun).
///
/// ```
/// use itakura_saito::curvature::{Diagonal, Lanczos, copies};
///
/// let known = Diagonal::isolated_top(1)?;
/// let run: Lanczos = Lanczos::run(&known, &[1.0; 200], 20)?;
/// assert_eq!(copies(&run.values(), 10.0, 1e-3), 1);
/// assert!(run.loss_of_orthogonality() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Lanczos {
    tridiagonal: SymmetricTridiagonal,
    basis: Basis,
    coupling: f64,
    is_invariant: bool,
    ritz: Vec<RitzValue>,
    /// Eigenvectors of the tridiagonal matrix, one per column, in the order of `ritz`.
    combinations: Array2<f64>,
}

impl Lanczos {
    /// Runs `steps` steps from a start vector, which need not have length one.
    ///
    /// It ends earlier where the vectors so far span an invariant subspace: there $\beta$ is zero up to
    /// rounding, the Ritz values are eigenvalues, and another step would only follow the rounding.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] or [`Error::OutOfRange`] for the number of steps; [`Error::Lengths`],
    /// [`Error::NotFiniteAt`] or [`Error::NotPositive`] for the start vector; [`Error::NotFiniteAt`] or
    /// [`Error::NotFinite`] if a product is not finite or too long; [`Error::NotSymmetric`], with entries in the Lanczos basis, if the
    /// operator is not symmetric.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::{Diagonal, Lanczos};
    ///
    /// // After as many steps as there are eigenvalues, the Ritz values are the eigenvalues.
    /// let matrix = Diagonal::new(vec![1.0, 2.0, 4.0])?;
    /// let run: Lanczos = Lanczos::run(&matrix, &[1.0, 1.0, 1.0], 3)?;
    /// assert!(run.values().iter().zip([4.0, 2.0, 1.0]).all(|(at, exact)| (at - exact).abs() < 1e-13));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn run(operator: &dyn Operator, start: &[f64], steps: usize) -> Result<Self> {
        check_steps(steps, operator.dim())?;
        let mut basis = Basis::new(operator.dim(), steps);
        basis.push(&unit_start(operator, start)?);
        let (mut diagonal, mut off_diagonal) = (Vec::new(), Vec::new());
        let mut image = vec![0.0; operator.dim()];
        let mut scale: f64 = 0.0;
        loop {
            let last = diagonal.len();
            product(operator, basis.vector(last), &mut image)?;
            scale = larger(scale, norm(&image))?;
            let coefficients = basis.project_out(&mut image);
            check_symmetry(&coefficients, &off_diagonal, scale)?;
            diagonal.push(coefficients[last]);
            let coupling = norm(&image);
            let is_invariant = coupling <= rounding_floor(operator.dim(), scale, f64::EPSILON);
            if is_invariant || diagonal.len() == steps {
                let tridiagonal = SymmetricTridiagonal::new(diagonal, off_diagonal)?;
                return Ok(Self::finished(tridiagonal, basis, coupling, is_invariant));
            }
            off_diagonal.push(coupling);
            basis.push_scaled(&image, coupling);
        }
    }

    fn finished(
        tridiagonal: SymmetricTridiagonal,
        basis: Basis,
        coupling: f64,
        is_invariant: bool,
    ) -> Self {
        let (ritz, combinations) =
            ritz_values(&tridiagonal, coupling, basis.vector(0).len(), f64::EPSILON);
        Self { tridiagonal, basis, coupling, is_invariant, ritz, combinations }
    }

    /// The projected matrix $T_k$.
    pub fn tridiagonal(&self) -> &SymmetricTridiagonal {
        &self.tridiagonal
    }

    /// $\beta_k$, the norm of what the last step adds to the space.
    pub fn coupling(&self) -> f64 {
        self.coupling
    }

    /// Whether the vectors span an invariant subspace, so that all Ritz values are eigenvalues.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::{Diagonal, Lanczos};
    ///
    /// // A double eigenvalue is seen once from a single start.
    /// let matrix = Diagonal::new(vec![1.0, 1.0, 3.0])?;
    /// let run: Lanczos = Lanczos::run(&matrix, &[1.0, 2.0, 3.0], 3)?;
    /// assert!(run.found_an_invariant_subspace());
    /// assert_eq!(run.steps(), 2);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn found_an_invariant_subspace(&self) -> bool {
        self.is_invariant
    }

    /// The number of steps, and of products with the operator.
    pub fn steps(&self) -> usize {
        self.ritz.len()
    }

    /// The Ritz values with their certificates, the largest first.
    pub fn ritz(&self) -> &[RitzValue] {
        &self.ritz
    }

    /// The Ritz values alone, the largest first.
    pub fn values(&self) -> Vec<f64> {
        self.ritz.iter().map(|ritz| ritz.value).collect()
    }

    /// The unit vector that belongs to the Ritz value number `index`, counted from the largest.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there are not so many.
    pub fn ritz_vector(&self, index: usize) -> Result<Vec<f64>> {
        if index >= self.steps() {
            return Err(Error::OutOfRange {
                name: "the number of the Ritz vector",
                value: index as f64,
                lower: 0.0,
                upper: (self.steps() - 1) as f64,
                remedy: "count from zero, at the largest Ritz value",
            });
        }
        Ok(self.basis.combination(self.combinations.column(index).iter().copied()))
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

/// The Ritz values of a tridiagonal matrix, the largest first, and its eigenvectors in this order.
pub(super) fn ritz_values(
    tridiagonal: &SymmetricTridiagonal,
    coupling: f64,
    dimension: usize,
    epsilon: f64,
) -> (Vec<RitzValue>, Array2<f64>) {
    let (values, vectors) = tridiagonal.eigenpairs();
    let count = values.len();
    let largest = values[0].abs().max(values[count - 1].abs());
    let floor = rounding_floor(dimension, largest, epsilon);
    let combinations =
        Array2::from_shape_fn((count, count), |(row, place)| vectors[(row, count - 1 - place)]);
    let ritz = values.iter().rev().enumerate().map(|(place, &value)| {
        let residual = coupling * combinations[(count - 1, place)].abs();
        let bound = residual + floor;
        let weight = combinations[(0, place)].powi(2);
        let status = status(bound, convergence(epsilon) * largest, dimension);
        RitzValue { value, residual, bound, weight, status }
    });
    (ritz.collect(), combinations)
}

/// How far a coefficient may be from what symmetry demands, in units of the largest image: Hessians of
/// networks keep ten digits and more.
const ASYMMETRY: f64 = 1e-7;

/// In the Lanczos basis a symmetric operator is tridiagonal, and its coefficient along the last but one
/// vector is the $\beta$ of the step before.
fn check_symmetry(coefficients: &[f64], off_diagonal: &[f64], scale: f64) -> Result<()> {
    let column = coefficients.len() - 1;
    for (row, &entry) in coefficients[..column].iter().enumerate() {
        let mirrored = if row + 1 == column { off_diagonal[row] } else { 0.0 };
        if (entry - mirrored).abs() > ASYMMETRY * scale {
            return Err(Error::NotSymmetric { row, column, entry, mirrored });
        }
    }
    Ok(())
}
