//! The Hessian and its parts as operators, for algorithms that need products only.

use super::{CurvaturePart, Objective, Precision};
use crate::Result;
use crate::operator::Operator;

/// The Hessian of an objective at given parameters, or a part of it.
///
/// The image of a vector that is not finite, or so large that the product overflows, is NaN in all entries;
/// what takes an operator refuses it with a typed error.
///
/// ```
/// use itakura_saito::divergence::{Loss, PositiveArray};
/// use itakura_saito::network::{Architecture, Batch, Normalization, Objective};
/// use itakura_saito::operator::Operator;
/// use ndarray::Array2;
///
/// let inputs: Array2<f64> = Array2::from_shape_fn((2, 16), |(row, at)| ((row + at) as f64).sin());
/// let targets: PositiveArray = PositiveArray::new(inputs.mapv(f64::exp).into_dyn())?;
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let objective: Objective = Objective::new(
///     network,
///     Loss::MeanSquaredError,
///     Batch::new(inputs, targets)?,
///     Normalization::none(),
///     1,
/// )?;
/// let direction: Vec<f64> = (0..401).map(|at| (at as f64).cos()).collect();
/// // The Hessian is the sum of its two parts.
/// let whole: Vec<f64> = objective.hessian(&parameters)?.applied(&direction);
/// let one: Vec<f64> = objective.gauss_newton(&parameters)?.applied(&direction);
/// let other: Vec<f64> = objective.residual(&parameters)?.applied(&direction);
/// assert!((0..401).all(|at| (whole[at] - one[at] - other[at]).abs() < 1e-12));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CurvatureOperator {
    objective: Objective,
    part: CurvaturePart,
    parameters: Vec<f64>,
}

impl CurvatureOperator {
    pub(super) fn new(
        objective: Objective,
        part: CurvaturePart,
        parameters: &[f64],
    ) -> Result<Self> {
        objective.value(parameters)?;
        Ok(Self { objective, part, parameters: parameters.to_vec() })
    }

    /// The same with products in another precision; at first it is that of the objective.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`], if a prediction leaves the range of that precision.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::random_start;
    /// use itakura_saito::dataset::paper_dataset;
    /// use itakura_saito::divergence::{Link, Loss};
    /// use itakura_saito::network::{Architecture, CurvatureOperator, Precision};
    /// use itakura_saito::operator::Operator;
    /// use itakura_saito::training::Checkpoint;
    ///
    /// let items = paper_dataset().select(&[0, 1, 2])?;
    /// let start = Checkpoint::initial(&Architecture::tiny_cnn(), Link::Identity, 1)?;
    /// let double: CurvatureOperator = start.hessian(&items, Loss::ITAKURA_SAITO, 1)?;
    /// let single: CurvatureOperator = double.with_precision(Precision::Single)?;
    /// let vector: Vec<f64> = random_start(401, 1);
    /// let (one, other) = (single.applied(&vector), double.applied(&vector));
    /// assert!((0..401).all(|at| (one[at] - other[at]).abs() < 1e-5));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn with_precision(&self, precision: Precision) -> Result<Self> {
        let objective = self.objective.clone().with_precision(precision);
        Self::new(objective, self.part, &self.parameters)
    }

    /// Which part of the Hessian it is.
    pub fn part(&self) -> CurvaturePart {
        self.part
    }

    /// The objective.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The parameters at which it is taken.
    pub fn parameters(&self) -> &[f64] {
        &self.parameters
    }
}

impl Objective {
    /// $H$ at these parameters, as an operator.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`].
    pub fn hessian(&self, parameters: &[f64]) -> Result<CurvatureOperator> {
        CurvatureOperator::new(self.clone(), CurvaturePart::Hessian, parameters)
    }

    /// $J^{\mathsf T} D J$ at these parameters, as an operator.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`].
    pub fn gauss_newton(&self, parameters: &[f64]) -> Result<CurvatureOperator> {
        CurvatureOperator::new(self.clone(), CurvaturePart::GaussNewton, parameters)
    }

    /// $H - J^{\mathsf T} D J$ at these parameters, as an operator.
    ///
    /// # Errors
    ///
    /// As [`Objective::predictions`].
    pub fn residual(&self, parameters: &[f64]) -> Result<CurvatureOperator> {
        CurvatureOperator::new(self.clone(), CurvaturePart::Residual, parameters)
    }
}

impl Operator for CurvatureOperator {
    fn dim(&self) -> usize {
        self.parameters.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the operator's dimension");
        // The loss can be computed at these parameters, as the constructor has seen: what fails is a vector
        // that is not finite or too large, and the image then says so to whoever checks it.
        match self.objective.checked_product(self.part, &self.parameters, x) {
            Ok(product) => y.copy_from_slice(&product),
            Err(_) => y.fill(f64::NAN),
        }
    }
}
