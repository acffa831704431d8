//! The neural tangent kernel: how a change of the parameters that improves one output moves the others.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the kernel of a network at given parameters | 9 | [`EmpiricalKernel`], [`KernelOperator`] |
//! | the same function with own weights at each position | 9 | [`untied`](fn@untied) |
//! | the condition of $K$ and $KW$, and the link | 9, 11 | [`Conditioning`], [`conditioning_by_link`] |
//! | how far an input reaches | 9 | [`input_range`] |

mod conditioning;
mod empirical;
mod kernel_operator;
mod links;
mod receptive;
mod untied;

pub use conditioning::Conditioning;
pub use empirical::EmpiricalKernel;
pub use kernel_operator::KernelOperator;
pub use links::{LinkConditioning, conditioning_by_link, conditioning_of_items};
pub use receptive::input_range;
pub use untied::untied;
