//! The descent that is not linearised: each node's own loss, coupled by the kernel.

use ndarray::Array2;

use super::step::{UNSTABLE, checked_rate, checked_targets};
use super::{GradientStep, LocalKernel};
use crate::divergence::{Divergence, PositiveArray};
use crate::error::all_finite;
use crate::{Result, interrupt};

/// The exact map $f_{t+1} = f_t - \eta K\\,\partial L/\partial f$ of section 9, with a fixed kernel.
///
/// Its Jacobian is a product of factors $I - \eta K \operatorname{diag} V''(f_s)$. Each has the range of
/// $K$, so that the cone of Theorem 10.2 holds for this map too, and for every loss that acts on each
/// node by itself.
///
/// ```
/// use itakura_saito::causality::{Descent, Graph, LocalKernel, NonlinearDescent};
/// use itakura_saito::divergence::Divergence;
///
/// let kernel: LocalKernel = LocalKernel::by_distance(&Graph::chain(8)?, &[1.0, 0.4])?;
/// let targets: Vec<f64> = (0..8).map(|node| 1.0 + 0.25 * f64::from(node)).collect();
/// let start: Vec<f64> = targets.iter().map(|target| 1.05 * target).collect();
/// let descent: NonlinearDescent =
///     NonlinearDescent::new(&kernel, Divergence::ItakuraSaito, &targets, 0.5)?;
/// let path: Descent = descent.run(&start, 3)?;
/// assert_eq!(path.jacobian[(0, 4)], 0.0);
/// assert!(path.jacobian[(0, 3)] != 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NonlinearDescent {
    kernel: LocalKernel,
    loss: Divergence,
    targets: PositiveArray,
    rate: f64,
}

/// Where a descent went.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The predictions, a row per step, from the start on.
    pub predictions: Array2<f64>,
    /// $\partial f_t / \partial f_0$ after the last step.
    pub jacobian: Array2<f64>,
}

impl NonlinearDescent {
    /// Checks targets and rate.
    ///
    /// # Errors
    ///
    /// As [`GradientStep::new`].
    pub fn new(kernel: &LocalKernel, loss: Divergence, targets: &[f64], rate: f64) -> Result<Self> {
        let targets = checked_targets(kernel, targets)?;
        Ok(Self { kernel: kernel.clone(), loss, targets, rate: checked_rate(rate)? })
    }

    /// So many steps from a start, with the exact Jacobian.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`](crate::Error::Lengths) unless there is a prediction for each node;
    /// [`Error::NotPositiveAt`](crate::Error::NotPositiveAt) as soon as a
    /// prediction is not positive: nothing is clamped;
    /// [`Error::NotFiniteAt`](crate::Error::NotFiniteAt) for a curvature or an entry of the Jacobian that overflows.
    pub fn run(&self, start: &[f64], steps: usize) -> Result<Descent> {
        let nodes = self.targets.len();
        let mut now = checked_targets(&self.kernel, start)?;
        let mut predictions = Array2::zeros((steps + 1, nodes));
        predictions.row_mut(0).iter_mut().zip(start).for_each(|(to, from)| *to = *from);
        let mut jacobian = Array2::eye(nodes);
        for time in 1..=steps {
            interrupt::check()?;
            let slopes = self.loss.gradient(&self.targets, &now)?;
            let curvatures = self.loss.hessian_diagonal(&self.targets, &now)?;
            let too_steep = "take larger targets and predictions";
            all_finite("the slope of the loss at node ", &slopes, too_steep)?;
            all_finite("the curvature of the loss at node ", &curvatures, too_steep)?;
            let mut moved = now.as_slice().to_vec();
            let mut factor = Array2::eye(nodes);
            for (row, value) in moved.iter_mut().enumerate() {
                for &(column, entry) in self.kernel.row(row) {
                    *value -= self.rate * entry * slopes[column];
                    factor[(row, column)] -= self.rate * entry * curvatures[column];
                }
            }
            jacobian = factor.dot(&jacobian);
            all_finite("the entry of the Jacobian at ", &jacobian, UNSTABLE)?;
            predictions.row_mut(time).iter_mut().zip(&moved).for_each(|(to, from)| *to = *from);
            now = PositiveArray::from_vec(moved)?;
        }
        Ok(Descent { predictions, jacobian })
    }

    /// The largest $|f_t - y - e_t|$ after so many steps: how far the linear map of errors leads astray.
    ///
    /// The linear one replaces $u/(1+u)^2 = u - 2u^2 + \dots$, with $u$ the relative error, by $u$, so the
    /// difference is quadratic in the start.
    ///
    /// # Errors
    ///
    /// As [`NonlinearDescent::run`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::causality::{Graph, LocalKernel, NonlinearDescent};
    /// use itakura_saito::divergence::Divergence;
    ///
    /// // Half the distance from the targets, a quarter of the error.
    /// let kernel = LocalKernel::by_distance(&Graph::chain(3)?, &[1.0, 0.4])?;
    /// let descent = NonlinearDescent::new(&kernel, Divergence::ItakuraSaito, &[1.0; 3], 0.1)?;
    /// let error = |start: f64| descent.linearisation_error(&[1.0 + start, 1.0, 1.0], 4);
    /// assert!((error(2e-4)? / error(1e-4)? - 4.0).abs() < 1e-2);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn linearisation_error(&self, start: &[f64], steps: usize) -> Result<f64> {
        let targets = self.targets.as_slice();
        let step = GradientStep::of_loss(&self.kernel, self.loss, targets, self.rate)?;
        let path = self.run(start, steps)?;
        let errors: Vec<f64> = start.iter().zip(targets).map(|(start, y)| start - y).collect();
        let linear = step.repeated(&errors, steps)?;
        let gaps = path.predictions.row(steps).to_vec().into_iter().zip(targets).zip(linear);
        Ok(gaps.map(|((f, y), error)| (f - y - error).abs()).fold(0.0, f64::max))
    }
}
