//! What the weights of Itakura-Saito do to the spectrum of a kernel.

use ndarray::Array2;

use super::Conditioning;
use crate::divergence::PositiveArray;
use crate::operator::Symmetric;
use crate::{Error, Result};

/// A kernel $K$ with targets, and with them the spectrum of $A = KW$, $W = \operatorname{diag}(1/y_i^2)$.
///
/// $A$ is not symmetric. It is similar to $B = W^{1/2} K W^{1/2}$, which is, and only $B$ is ever given to an
/// eigenvalue solver. With $r = (y_{\max}/y_{\min})^2$ Ostrowski's theorem gives
/// $$ \lambda_k(A) = \theta_k \lambda_k(K), \quad y_{\max}^{-2} \le \theta_k \le y_{\min}^{-2}, \qquad
///    \kappa(K)/r \le \kappa(A) \le r\\,\kappa(K) $$
/// Section 11 says that $W$ flattens the spectrum. If the diagonal of $K$ is constant then $\kappa(A) \ge r$, and if
/// moreover $K$ is tridiagonal, no targets at all make $\kappa(A)$ smaller than $\kappa(K)$ (Forsythe and Straus):
/// the example of section 14 is such a kernel.
///
/// ```
/// use itakura_saito::causality::{Graph, LocalKernel};
/// use itakura_saito::ntk::WeightedKernel;
/// use itakura_saito::operator::Symmetric;
///
/// let kernel: Symmetric = LocalKernel::by_distance(&Graph::chain(64)?, &[1.0, 0.4])?.matrix()?;
/// let targets: Vec<f64> = (0..64).map(|i| 0.5 + 1.5 * f64::from(i) / 63.0).collect();
/// let weighted: WeightedKernel = WeightedKernel::new(&kernel, &targets)?;
/// let before: f64 = weighted.plain().condition_number()?;
/// let after: f64 = weighted.conditioning().condition_number()?;
/// assert!((before - 8.953506249908367).abs() < 1e-8);
/// assert!((after - 94.8711858243).abs() < 1e-6);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedKernel {
    kernel: Symmetric,
    targets: PositiveArray,
    weighted: Symmetric,
    plain: Conditioning,
    conditioning: Conditioning,
}

impl WeightedKernel {
    /// Checks kernel and targets.
    ///
    /// # Errors
    ///
    /// [`Error::Lengths`] unless there is a target for each row; [`Error::NotPositiveAt`] for a target that
    /// is not positive; [`Error::OutOfRange`] if the kernel has a negative eigenvalue.
    pub fn new(kernel: &Symmetric, targets: &[f64]) -> Result<Self> {
        let targets = PositiveArray::from_vec(targets.to_vec())?;
        let y = targets.as_slice();
        let scaled = scaled(kernel, y, over)?;
        let plain = Conditioning::of(kernel);
        if plain.smallest < -plain.rounding {
            return Err(Error::OutOfRange {
                name: "the smallest eigenvalue of the kernel",
                value: plain.smallest,
                lower: 0.0,
                upper: f64::MAX,
                remedy: "a kernel is a sum of squares: take smaller entries beside the diagonal",
            });
        }
        let conditioning = Conditioning::of(&scaled);
        Ok(Self { kernel: kernel.clone(), weighted: scaled, plain, conditioning, targets })
    }

    /// $K$.
    pub fn kernel(&self) -> &Symmetric {
        &self.kernel
    }

    /// The targets $y$.
    pub fn targets(&self) -> &[f64] {
        self.targets.as_slice()
    }

    /// $B = W^{1/2} K W^{1/2}$, similar to $A = KW$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::WeightedKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // Each entry over the targets of its row and of its column.
    /// let kernel = Symmetric::new(array![[1.0, 0.5], [0.5, 1.0]])?;
    /// let weighted = WeightedKernel::new(&kernel, &[1.0, 4.0])?;
    /// assert_eq!(weighted.symmetric_form().view(), array![[1.0, 0.125], [0.125, 0.0625]]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn symmetric_form(&self) -> &Symmetric {
        &self.weighted
    }

    /// The ends of the spectrum of $K$, which drives the errors of squared error.
    pub fn plain(&self) -> Conditioning {
        self.plain
    }

    /// The ends of the spectrum of $A$, which drives those of Itakura-Saito.
    pub fn conditioning(&self) -> Conditioning {
        self.conditioning
    }

    /// $r = (y_{\max}/y_{\min})^2$: an upper bound on $\kappa(A)/\kappa(K)$ and, for a constant
    /// diagonal, a lower bound on $\kappa(A)$ itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::WeightedKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // For the identity it is the condition number of KW: Itakura-Saito makes a perfect kernel worse.
    /// let weighted =
    ///     WeightedKernel::new(&Symmetric::new(array![[1.0, 0.0], [0.0, 1.0]])?, &[1.0, 3.0])?;
    /// assert!((weighted.target_ratio() - 9.0).abs() < 1e-14);
    /// assert!((weighted.conditioning().condition_number()? - 9.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn target_ratio(&self) -> f64 {
        (self.targets.maximum().get() / self.targets.minimum().get()).powi(2)
    }

    /// Ostrowski's factors $\theta_k = \lambda_k(A)/\lambda_k(K)$, in increasing order of the eigenvalues, for the
    /// eigenvalues of $K$ that can be told from zero.
    pub fn ostrowski_factors(&self) -> Vec<f64> {
        let pairs = self.weighted.eigenvalues().into_iter().zip(self.kernel.eigenvalues());
        let regular = pairs.filter(|(_, plain)| *plain > self.plain.rounding);
        regular.map(|(weighted, plain)| weighted / plain).collect()
    }

    /// The learning rate below which gradient descent is stable, $2/\lambda_{\max}(A)$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::ntk::WeightedKernel;
    /// use itakura_saito::operator::Symmetric;
    /// use ndarray::array;
    ///
    /// // In another unit of the targets it is another number: 2 y² for the identity.
    /// let identity = Symmetric::new(array![[1.0, 0.0], [0.0, 1.0]])?;
    /// assert!((WeightedKernel::new(&identity, &[1.0, 1.0])?.stability_limit() - 2.0).abs() < 1e-14);
    /// assert!((WeightedKernel::new(&identity, &[5.0, 5.0])?.stability_limit() - 50.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn stability_limit(&self) -> f64 {
        2.0 / self.conditioning.largest
    }

    /// By how much the targets would have to grow for both losses to have the same limit:
    /// $c_\star = \sqrt{\lambda_{\max}(KW)/\lambda_{\max}(K)}$. A larger limit is a matter of the unit of the targets.
    /// One for a kernel of zeros, for which neither has a limit.
    pub fn unit_of_equal_limits(&self) -> f64 {
        let (weighted, plain) = (self.conditioning.largest, self.plain.largest);
        if weighted == plain {
            return 1.0;
        }
        let ratio = weighted / plain;
        if is_moderate(ratio) { ratio.sqrt() } else { weighted.sqrt() / plain.sqrt() }
    }
}

/// Whether a number and its reciprocal have all their digits.
fn is_moderate(value: f64) -> bool {
    value.is_normal() && value.recip().is_normal()
}

/// An entry over two targets, one after the other where their product leaves the range of numbers.
pub(super) fn over(entry: f64, one: f64, other: f64) -> f64 {
    let product = one * other;
    if is_moderate(product) { product.recip() * entry } else { entry / one / other }
}

/// An entry times two factors, one after the other where their product leaves the range of numbers.
pub(super) fn times(entry: f64, one: f64, other: f64) -> f64 {
    let product = one * other;
    if product.is_normal() { product * entry } else { entry * one * other }
}

/// A kernel with each entry made a function of itself and the two values at its row and its column.
pub(super) fn scaled(
    kernel: &Symmetric,
    values: &[f64],
    function: impl Fn(f64, f64, f64) -> f64,
) -> Result<Symmetric> {
    let entries = kernel.view();
    if values.len() != entries.nrows() {
        return Err(Error::Lengths {
            name: "the list of targets",
            expected: entries.nrows(),
            found: values.len(),
            remedy: "give one target for each row of the kernel",
        });
    }
    let entry = |(row, column)| function(entries[(row, column)], values[row], values[column]);
    Symmetric::new(Array2::from_shape_fn(entries.dim(), entry))
}
