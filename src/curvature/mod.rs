//! Spectra of Hessians from products with vectors: section 17 and its Figure 7.
//!
//! | what | here |
//! |---|---|
//! | the published algorithm, with its copies | [`PublishedRun`], [`Precision`] |
//! | telling the copies from eigenvalues | [`cullum_willoughby`], [`surplus_copies`], [`CopyForecast`] |
//! | how copies grow with the steps; the printed lists | [`CopyStudy`], [`printed_spectra`] |
//! | Lanczos that can be trusted | [`Lanczos`], [`RitzValue`] |
//! | the eigenvalues at both ends, with multiplicities | [`eigenvalues_at_the_ends`], [`CertifiedSpectrum`] |
//! | counts on either side of a number | [`inertia`](fn@inertia) |
//! | why copies come back | [`ComponentHistory`] |
//! | the Hessian of a trained network, its parts and layers | [`Checkpoint::hessian`](crate::training::Checkpoint::hessian), [`curvature_parts`], [`layer_blocks`] |
//! | trace and density | [`hutchinson`], [`hutch_plus_plus`], [`SpectralDensity`] |
//! | a matrix whose spectrum is known | [`Diagonal`] |
//!
//! All of it takes an [`Operator`](crate::operator::Operator), and of that only its products. Every number
//! comes with what is known of its error: an eigenvalue with its residual, an estimate with its standard
//! error.
//!
//! # Examples
//!
//! ```
//! use itakura_saito::curvature::{Diagonal, Lanczos, Precision, PublishedRun, copies};
//!
//! // Two hundred eigenvalues, 10 among them once.
//! let known = Diagonal::isolated_top(1)?;
//! let published = PublishedRun::run(&known, &[1.0; 200], 40, Precision::Double)?;
//! let certified = Lanczos::run(&known, &[1.0; 200], 40)?;
//! assert_eq!(copies(&published.values(), 10.0, 1e-3), 4);
//! assert_eq!(copies(&certified.values(), 10.0, 1e-3), 1);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod basis;
mod components;
mod density;
mod diagonal;
mod ends;
mod estimate;
mod figure_data;
mod forecast;
mod ghosts;
mod inertia;
mod krylov;
mod lanczos;
#[cfg(feature = "networks")]
mod networks;
mod published;
mod ritz;
mod search;
mod spectrum;
mod study;
mod trace;

pub use crate::precision::Precision;
pub use components::ComponentHistory;
pub use density::SpectralDensity;
pub use diagonal::Diagonal;
pub use ends::{Ends, eigenvalues_at_the_ends};
pub use estimate::Estimate;
pub use figure_data::{PRINTED_COPY, PrintedSpectrum, printed_spectra};
pub use forecast::CopyForecast;
pub use ghosts::{COPY, cullum_willoughby, surplus_copies};
pub use inertia::{Inertia, inertia};
pub use krylov::random_start;
pub use lanczos::Lanczos;
#[cfg(feature = "networks")]
pub use networks::{CurvatureParts, LayerBlock, curvature_parts, layer_blocks};
pub use published::PublishedRun;
pub use ritz::{RitzValue, Status, copies};
pub use spectrum::{CertifiedSpectrum, Eigenpair};
pub use study::CopyStudy;
pub use trace::{hutch_plus_plus, hutchinson};
