//! The neural tangent kernel: how a change of the parameters that improves one output moves the others.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the kernel of a network at given parameters | 9 | [`EmpiricalKernel`], [`KernelOperator`] |
//! | how far an input reaches | 9 | [`input_range`] |

mod conditioning;
mod empirical;
mod kernel_operator;
mod receptive;

pub use conditioning::Conditioning;
pub use empirical::EmpiricalKernel;
pub use kernel_operator::KernelOperator;
pub use receptive::input_range;
