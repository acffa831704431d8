//! What the link between a network's last sums and its predictions does to the conditioning of its kernel.

use std::fmt;

use super::{Conditioning, EmpiricalKernel, untied};
use crate::Result;
use crate::dataset::Dataset;
use crate::divergence::{Link, PositiveArray};
use crate::network::{Architecture, Normalization, Predictor};

/// The condition of the kernel behind one link, without weights and with those of IS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkConditioning {
    /// How predictions follow from the last sums.
    pub link: Link,
    /// Of $K$, which drives the errors of training with the squared error.
    pub plain: Conditioning,
    /// Of $W^{1/2} K W^{1/2}$ with $W = \operatorname{diag}(1/y_i^2)$: similar to $KW$, which drives
    /// those of training with IS.
    pub weighted: Conditioning,
}

/// The condition of $K$ and of $W^{1/2} K W^{1/2}$ behind each link, at these predictions: those of the
/// network as it is, or the targets themselves, $f = y$, where section 9 linearises.
///
/// `sums` is the kernel of the sums before the link ([`EmpiricalKernel::before`]), so that the network
/// is the same up to there. At $f = y$ the weighted kernel is $D K_z D$ with $D = 1$ behind the exponential,
/// $1/y$ behind the identity and $(1 - e^{-y})/y$ behind softplus: which loss is the better conditioned
/// one is a matter of the link.
///
/// # Errors
///
/// [`Error::Lengths`](crate::Error::Lengths) unless there is one prediction and one target for each output.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::{Link, PositiveArray};
/// use itakura_saito::network::{Architecture, Normalization, Predictor};
/// use itakura_saito::ntk::{EmpiricalKernel, LinkConditioning, conditioning_by_link};
/// use ndarray::array;
///
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let predictor: Predictor =
///     Predictor::new(network, array![[1.0, -1.0, 0.5]], Normalization::none(), 1)?;
/// let predictions = PositiveArray::new(predictor.predictions(&parameters)?.into_dyn())?;
/// let kernel: EmpiricalKernel = EmpiricalKernel::new(&predictor, &parameters)?;
/// let sums: EmpiricalKernel = kernel.before(Link::Softplus, &predictions)?;
/// let targets: PositiveArray = PositiveArray::from_vec(vec![0.1, 1.0, 10.0])?;
/// let rows: Vec<LinkConditioning> = conditioning_by_link(&sums, &targets, &targets)?;
/// // Behind the exponential the weights of IS take the scale of the targets out.
/// let exponential: &LinkConditioning = &rows[1];
/// assert!(exponential.weighted.condition_number()? < exponential.plain.condition_number()?);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn conditioning_by_link(
    sums: &EmpiricalKernel,
    predictions: &PositiveArray,
    targets: &PositiveArray,
) -> Result<Vec<LinkConditioning>> {
    let of = |link: Link| {
        let kernel = sums.behind(link, predictions)?;
        let (plain, weighted) = (kernel.conditioning(), kernel.weighted_conditioning(targets)?);
        Ok(LinkConditioning { link, plain, weighted })
    };
    Link::ALL.into_iter().map(of).collect()
}

/// What the weights of IS do to the kernel of each item at the predictions of a stack of convolutions that ends
/// in softplus, with a copy of the weights for each position: the network's own kernel is singular.
///
/// # Errors
///
/// As [`untied`](fn@untied) and [`Predictor::new`].
pub fn conditioning_of_items(
    items: &Dataset,
    network: &Architecture,
    parameters: &[f64],
) -> Result<Vec<LinkConditioning>> {
    let (own, own_parameters) = untied(network, parameters, items.length())?;
    let of = |item: usize| {
        let item = items.select(&[item])?;
        let predictor = Predictor::new(own.clone(), item.sequences()?, Normalization::none(), 1)?;
        let kernel = EmpiricalKernel::new(&predictor, &own_parameters)?;
        let weighted = kernel.weighted_conditioning(item.targets())?;
        Ok(LinkConditioning { link: Link::Softplus, plain: kernel.conditioning(), weighted })
    };
    (0..items.items()).map(of).collect()
}

impl LinkConditioning {
    /// Whether the weights of IS make the conditioning worse.
    ///
    /// # Errors
    ///
    /// As [`Conditioning::condition_number`].
    pub fn weighted_is_worse(&self) -> Result<bool> {
        Ok(self.weighted.condition_number()? > self.plain.condition_number()?)
    }
}

/// The link, and the two condition numbers or why there is none.
impl fmt::Display for LinkConditioning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { link, plain, weighted } = self;
        write!(formatter, "{link:?}: {plain}; weighted by 1/y²: {weighted}")
    }
}
