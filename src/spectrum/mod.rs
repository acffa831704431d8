//! Spectra of the linearised field, and what they say about conditioning.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the Laplacian of a chain or ring, with masses | 6, Figure 3 | [`laplacian()`], [`massive_laplacian`] |
//! | eigenvalues with what is read off them | 6, B.4-B.5 | [`Spectrum`], [`Histogram`] |
//! | conditioning against the mass | 6 | [`ConditioningByMass`] |
//! | the variance theorem | Theorem 6.1 | [`VarianceSplit`] |
//! | Itakura-Saito against squared error | B.5, Figures 8-10 | [`LossComparison`], [`appendix_target`] |
//! | Weyl's law in one and two dimensions | B.4 | [`WeylLaw`] |
//!
//! The operator of appendix B is $L = -2\lambda\\,\mathrm{d}^2/\mathrm{d}x^2 + 1/y^2$, that of section 6
//! $-\Delta + m^2$ on the lattice with spacing one. These live in function space: the Hessian of a network
//! in its parameters contains no Laplacian.
//!
//! # Examples
//!
//! ```
//! use itakura_saito::spectrum::{LossComparison, appendix_target};
//!
//! let comparison = LossComparison::new(appendix_target(300)?, 5e-3)?;
//! let (of_loss, of_squares) =
//!     (comparison.itakura_saito.condition_number()?, comparison.squared_error.condition_number()?);
//! assert!((of_loss - 4428.064375).abs() < 1e-4 && (of_squares - 3299.314929).abs() < 1e-4);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod comparison;
mod conditioning;
mod eigenvalues;
mod histogram;
mod laplacian;
mod variance;
mod weyl;

pub use comparison::{LossComparison, appendix_target};
pub use conditioning::ConditioningByMass;
pub use eigenvalues::Spectrum;
pub use histogram::Histogram;
pub use laplacian::{laplacian, massive_laplacian};
pub use variance::VarianceSplit;
pub use weyl::{PlaneCount, WeylLaw};
