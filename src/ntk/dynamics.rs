//! Errors under gradient descent with a fixed kernel: what decays, how fast, and what grows first.

use libm::scalbn;
use ndarray::{Array1, Array2};

use super::WeightedKernel;
use crate::divergence::Positive;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::operator::Symmetric;
use crate::operator::scale::{exponent_where_needed, largest};
use crate::{Error, Result};

/// The linear map of errors $e_{t+1} = (I - \eta A)\\,e_t$, section 11.
///
/// It is stable for $0 < \eta < 2/\lambda_{\max}(A)$. Each step shrinks the slowest mode by the larger of
/// $|1 - \eta\lambda_{\min}^+|$ and $|1 - \eta\lambda_{\max}|$; the paper names the first, which is the larger one
/// only up to $\eta = 2/(\lambda_{\min}^+ + \lambda_{\max})$, where the rate is best: $(\kappa - 1)/(\kappa + 1)$. Modes
/// that $K$ maps to zero are neutral and never decay.
///
/// What shrinks in every step is $\lVert W^{1/2} e \rVert$. The plain norm may grow before it falls, since $A$ is
/// not normal, by up to $y_{\max}/y_{\min}$.
///
/// ```
/// use itakura_saito::ntk::{ErrorDynamics, WeightedKernel};
/// use itakura_saito::operator::Symmetric;
/// use ndarray::array;
///
/// let kernel: Symmetric = Symmetric::new(array![[1.0, 0.9], [0.9, 1.0]])?;
/// let weighted: WeightedKernel = WeightedKernel::new(&kernel, &[1.0, 10.0])?;
/// let rate: f64 = 0.5 * weighted.stability_limit();
/// let dynamics: ErrorDynamics = ErrorDynamics::new(&weighted, rate)?;
/// let largest: f64 = dynamics.jacobian_norms(200)?.into_iter().fold(0.0, f64::max);
/// assert!((largest - 1.3331974504469).abs() < 1e-12);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorDynamics {
    targets: Vec<f64>,
    rate: f64,
    /// The eigenvalues of $B$ in increasing order, and its eigenvectors, one per column.
    eigenvalues: Vec<f64>,
    vectors: Array2<f64>,
    rounding: f64,
}

/// A norm after so many steps that an `f64` holds.
fn finite_after(time: usize, norm: f64) -> Result<f64> {
    if norm.is_finite() {
        return Ok(norm);
    }
    Err(Error::NotFiniteAt {
        name: "the norm after step ",
        index: vec![time],
        value: norm,
        remedy: "take fewer steps, or a learning rate below the stability limit",
    })
}

impl ErrorDynamics {
    /// With the learning rate $\eta$ of the summed loss.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] for a rate that is not positive.
    pub fn new(kernel: &WeightedKernel, rate: f64) -> Result<Self> {
        const REMEDY: &str = "a step against the gradient has a positive rate";
        let rate = Positive::named("the learning rate η", rate, REMEDY)?.get();
        let (eigenvalues, vectors) = kernel.symmetric_form().eigenpairs();
        let rounding = kernel.conditioning().rounding;
        Ok(Self { targets: kernel.targets().to_vec(), rate, eigenvalues, vectors, rounding })
    }

    /// The learning rate $\eta$.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Whether no error grows without bound: $\eta < 2/\lambda_{\max}(A)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::{ErrorDynamics, WeightedKernel};
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Targets of two make the limit four times as large.
    /// let kernel = Symmetric::new(array![[1.0, 0.0], [0.0, 1.0]])?;
    /// let weighted = WeightedKernel::new(&kernel, &[2.0, 2.0])?;
    /// assert!(ErrorDynamics::new(&weighted, 7.9)?.is_stable());
    /// assert!(!ErrorDynamics::new(&weighted, 8.1)?.is_stable());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn is_stable(&self) -> bool {
        self.rate * self.largest() < 2.0
    }

    /// The factor by which the slowest mode that moves at all shrinks in a step.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the kernel is zero, so that none moves.
    pub fn decay_factor(&self) -> Result<f64> {
        let slow = self.decay_factor_of_the_smallest()?;
        Ok(slow.max((1.0 - self.rate * self.largest()).abs()))
    }

    /// What the printed lemma says of the same factor: $|1 - \eta\lambda_{\min}^+|$ alone.
    ///
    /// # Errors
    ///
    /// As [`ErrorDynamics::decay_factor`].
    pub fn decay_factor_of_the_smallest(&self) -> Result<f64> {
        Ok((1.0 - self.rate * self.smallest()?).abs())
    }

    /// The learning rate with the smallest decay factor, $2/(\lambda_{\min}^+ + \lambda_{\max})$, and that factor,
    /// $(\kappa - 1)/(\kappa + 1)$.
    ///
    /// # Errors
    ///
    /// As [`ErrorDynamics::decay_factor`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::{ErrorDynamics, WeightedKernel};
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Eigenvalues 1 and 3: the rate 2/(1 + 3), with which each mode shrinks to a half.
    /// let kernel = Symmetric::new(array![[2.0, 1.0], [1.0, 2.0]])?;
    /// let dynamics = ErrorDynamics::new(&WeightedKernel::new(&kernel, &[1.0, 1.0])?, 0.1)?;
    /// let (rate, factor) = dynamics.best()?;
    /// assert!((rate - 0.5).abs() < 1e-14 && (factor - 0.5).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn best(&self) -> Result<(f64, f64)> {
        let (smallest, largest) = (self.smallest()?, self.largest());
        Ok((2.0 / (smallest + largest), (largest - smallest) / (largest + smallest)))
    }

    fn largest(&self) -> f64 {
        self.eigenvalues[self.eigenvalues.len() - 1]
    }

    /// The smallest eigenvalue that can be told from zero.
    fn smallest(&self) -> Result<f64> {
        let positive = self.eigenvalues.iter().copied().find(|value| *value > self.rounding);
        positive.ok_or(Error::OutOfRange {
            name: "the largest eigenvalue of the kernel",
            value: self.largest(),
            lower: self.rounding,
            upper: f64::MAX,
            remedy: "a kernel of zeros moves nothing: give it a diagonal",
        })
    }

    /// What so many steps make of a mode. A negative number has a power for whole exponents only.
    fn factor(&self, eigenvalue: f64, steps: usize) -> f64 {
        let (decay, time) = (self.rate * eigenvalue, steps as f64);
        let factor = 1.0 - decay;
        let power = factor.powf(time);
        if decay.abs() > 0.5 {
            return power;
        }
        // What the difference was rounded by, which many steps make large.
        let rounding = (1.0 - factor) - decay;
        power * (time * (rounding / factor).ln_1p()).exp()
    }

    /// An error for each target.
    fn checked<'errors>(&self, errors: &'errors [f64]) -> Result<&'errors [f64]> {
        if errors.len() == self.targets.len() {
            return Ok(errors);
        }
        Err(Error::Lengths {
            name: "the vector of errors",
            expected: self.targets.len(),
            found: errors.len(),
            remedy: "give one error for each target",
        })
    }

    /// $J_t = (I - \eta A)^t = W^{-1/2} (I - \eta B)^t\\, W^{1/2}$.
    pub fn jacobian(&self, steps: usize) -> Array2<f64> {
        let powers: Array1<f64> =
            self.eigenvalues.iter().map(|value| self.factor(*value, steps)).collect();
        let symmetric = (&self.vectors * &powers).dot(&self.vectors.t());
        let entry =
            |(row, column)| symmetric[(row, column)] * self.targets[row] / self.targets[column];
        Array2::from_shape_fn(symmetric.dim(), entry)
    }

    /// The errors after so many steps from a start.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is an error for each target.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::{ErrorDynamics, WeightedKernel};
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // (1, -1) belongs to the eigenvalue one: a factor of 0.9 in each step.
    /// let kernel = Symmetric::new(array![[2.0, 1.0], [1.0, 2.0]])?;
    /// let dynamics = ErrorDynamics::new(&WeightedKernel::new(&kernel, &[1.0, 1.0])?, 0.1)?;
    /// let errors: Vec<f64> = dynamics.errors(&[1.0, -1.0], 3)?;
    /// assert!((errors[0] - 0.729).abs() < 1e-14 && (errors[1] + 0.729).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn errors(&self, start: &[f64], steps: usize) -> Result<Vec<f64>> {
        let start = Array1::from_vec(self.checked(start)?.to_vec());
        Ok(self.jacobian(steps).dot(&start).to_vec())
    }

    /// $\lVert W^{1/2} e_t \rVert$ after each step from 0 on: it never grows while the step is stable.
    ///
    /// # Errors
    ///
    /// As [`ErrorDynamics::errors`]; [`Error::NotFiniteAt`] for an error that is not finite, or a norm that
    /// overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::{ErrorDynamics, WeightedKernel};
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // The plain norm may grow at first; this one never does while the step is stable.
    /// let kernel = Symmetric::new(array![[1.0, 0.9], [0.9, 1.0]])?;
    /// let weighted = WeightedKernel::new(&kernel, &[1.0, 10.0])?;
    /// let dynamics = ErrorDynamics::new(&weighted, 0.5 * weighted.stability_limit())?;
    /// let norms: Vec<f64> = dynamics.weighted_norms(&[0.0, 1.0], 20)?;
    /// assert!(norms.windows(2).all(|pair| pair[1] <= pair[0]));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn weighted_norms(&self, start: &[f64], steps: usize) -> Result<Vec<f64>> {
        let start = self.checked(start)?;
        let weighted: Array1<f64> = start.iter().zip(&self.targets).map(|(e, y)| e / y).collect();
        if let Some(index) = weighted.iter().position(|error| !error.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the weighted error at ",
                index: vec![index],
                value: weighted[index],
                remedy: "give finite errors, not much larger than their targets",
            });
        }
        // In the eigenvectors of B each mode decays by itself.
        let modes = self.vectors.t().dot(&weighted);
        let norm = |time: usize| {
            let mode = |(mode, value): (&f64, &f64)| mode * self.factor(*value, time);
            let modes: Vec<f64> = modes.iter().zip(&self.eigenvalues).map(mode).collect();
            let unit = exponent_where_needed(largest(&modes));
            let squares = modes.iter().map(|&mode| scalbn(mode, -unit).powi(2));
            finite_after(time, scalbn(squares.sum::<f64>().sqrt(), unit))
        };
        (0..=steps).map(norm).collect()
    }

    /// $\lVert J_t \rVert_2$ after each step from 0 on: the largest growth of any error.
    ///
    /// # Errors
    ///
    /// [`Error::NotFiniteAt`] if an unstable step lets the Jacobian overflow.
    pub fn jacobian_norms(&self, steps: usize) -> Result<Vec<f64>> {
        let norm = |time: usize| {
            let jacobian = self.jacobian(time);
            let unit = exponent_where_needed(largest(&jacobian));
            let jacobian = jacobian.mapv(|entry| scalbn(entry, -unit));
            let square = Symmetric::new(jacobian.dot(&jacobian.t()))?;
            let norm = square.eigenvalues().last().copied().unwrap_or(0.0).max(0.0).sqrt();
            finite_after(time, scalbn(norm, unit))
        };
        (0..=steps).map(norm).collect()
    }

    /// The factor of a step over the learning rate, as Lemma 11.1 is printed and as it should read.
    ///
    /// # Errors
    ///
    /// As [`ErrorDynamics::decay_factor`].
    pub fn rate_figure(kernel: &WeightedKernel) -> Result<Figure> {
        let dynamics = Self::new(kernel, 1.0)?;
        let ((best_rate, best), limit) = (dynamics.best()?, kernel.stability_limit());
        let rates: Vec<f64> = (1..=100).map(|part| 0.0105 * f64::from(part) * limit).collect();
        let at = |rate: &f64| Self { rate: *rate, ..dynamics.clone() };
        let printed: Vec<f64> = rates
            .iter()
            .map(|rate| at(rate).decay_factor_of_the_smallest())
            .collect::<Result<_>>()?;
        let corrected: Vec<f64> =
            rates.iter().map(|rate| at(rate).decay_factor()).collect::<Result<_>>()?;
        let finding = format!(
            "The smallest eigenvalue sets the factor of a step up to η = {best_rate:.3}, where it is best, {best:.3}; \
             beyond, the largest does, up to the limit of stability at {limit:.3}."
        );
        let panel = Panel::new(Axis::linear("learning rate η"), Axis::linear("factor of a step"))
            .series(Series::as_printed("by λmin alone, as printed", &rates, &printed))
            .series(Series::corrected("the larger of two", &rates, &corrected))
            .vertical(limit, "2/λmax");
        Figure::builder("Which eigenvalue sets the rate?", &finding)
            .source("§11, Lemma 11.1")
            .panel(panel)
            .build()
    }

    /// The largest growth of the plain norm, and that of the weighted one, over the steps.
    ///
    /// # Errors
    ///
    /// As [`ErrorDynamics::jacobian_norms`].
    pub fn figure(&self, steps: usize) -> Result<Figure> {
        let times: Vec<f64> = (0..=steps).map(|time| time as f64).collect();
        let plain = self.jacobian_norms(steps)?;
        let factor = |value: &f64| (1.0 - self.rate * value).abs();
        let slowest = self.eigenvalues.iter().map(factor).fold(0.0, f64::max);
        let weighted: Vec<f64> = times.iter().map(|time| slowest.powf(*time)).collect();
        let highest = plain.iter().copied().fold(0.0, f64::max);
        let finding = format!(
            "The plain norm of an error can grow to {highest:.3} times its start; the weighted norm never grows."
        );
        let panel = Panel::new(Axis::linear("step t"), Axis::linear("largest growth, 1 is none"))
            .series(Series::line_with_markers("plain norm", &times, &plain))
            .series(Series::corrected("norm weighted by 1/y", &times, &weighted))
            .horizontal(1.0, "");
        Figure::builder("Can a stable error grow?", &finding).source("§11").panel(panel).build()
    }
}
