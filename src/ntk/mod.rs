//! The neural tangent kernel: how a change of the parameters that improves one output moves the others.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | $KW$ and the symmetric matrix that is similar to it | 9, 11 | [`WeightedKernel`], [`Conditioning`] |
//! | errors under gradient descent: stability, rate, transient growth | 11 | [`ErrorDynamics`] |
//! | whether any targets improve the conditioning | 11, 14 | [`ScalingSearch`] |
//! | when Itakura-Saito does improve it | 11, 13 | [`multiplicative_kernel`], [`PowerSweep`] |
//! | the kernel of a network at given parameters | 9 | `EmpiricalKernel`, `KernelOperator` |
//! | the same function with own weights at each position | 9 | `untied` |
//! | the link between sums and predictions | 9, 11 | `conditioning_by_link` |
//! | how far an input reaches | 9 | `input_range` |
//!
//! The last four need the feature `networks`.

mod conditioning;
mod dynamics;
#[cfg(feature = "networks")]
mod empirical;
#[cfg(feature = "networks")]
mod kernel_operator;
#[cfg(feature = "networks")]
mod links;
mod multiplicative;
#[cfg(feature = "networks")]
mod receptive;
mod scaling_search;
#[cfg(feature = "networks")]
mod untied;
mod weighted_kernel;

pub use conditioning::Conditioning;
pub use dynamics::ErrorDynamics;
#[cfg(feature = "networks")]
pub use empirical::EmpiricalKernel;
#[cfg(feature = "networks")]
pub use kernel_operator::KernelOperator;
#[cfg(feature = "networks")]
pub use links::{LinkConditioning, conditioning_by_link, conditioning_of_items};
pub use multiplicative::{PowerSweep, multiplicative_kernel};
#[cfg(feature = "networks")]
pub use receptive::input_range;
pub use scaling_search::ScalingSearch;
#[cfg(feature = "networks")]
pub use untied::untied;
pub use weighted_kernel::WeightedKernel;
