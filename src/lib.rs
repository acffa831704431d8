//! The paper *Conformal Structure and Causality Bounds in Neural Optimization with the
//! Itakura-Saito Loss*, computed: every statement as printed and, where it fails, as it should read.
//!
//! # Front doors
//!
//! Short programs in `examples/`, each by `cargo run --example NAME`:
//!
//! | you have | you get | by | example |
//! |---|---|---|---|
//! | a product with a vector | certified eigenvalues | [`MatrixFree`](operator::MatrixFree), [`eigenvalues_at_the_ends`](curvature::eigenvalues_at_the_ends) | `own_operator` |
//! | a network and its data | the ends of its Hessian's spectrum | [`Architecture`](network::Architecture), [`Objective`](network::Objective) | `network_spectrum` |
//! | a training loop | the loss, its derivatives, a link | [`Loss::behind`](divergence::Loss::behind) | `training_loop` |
//! | tensors of dfdx | the same on their tape | [`Loss::behind`](divergence::Loss::behind) | `dfdx_tensors` |
//! | a noisy target | a field with its certificate | [`Action`](field::Action), [`Minimum`](field::Minimum) | `field` |
//! | points to show | an interactive figure, a drawing, a sentence | [`Figure`](figure::Figure) | `figure` |
//!
//! ```
//! use itakura_saito::divergence::{Link, Loss, Positive};
//!
//! // The loss of an output z, whose prediction is exp(z), with its derivatives in z.
//! let term = Loss::ITAKURA_SAITO.behind(Link::Exponential, Positive::new(2.0)?, 0.5)?;
//! assert!((term.derivative - (1.0 - 2.0 / 0.5f64.exp())).abs() < 1e-15);
//! # Ok::<(), itakura_saito::Error>(())
//! ```
//!
//! Without the feature `networks` the crate needs no dfdx; without `plotly` a figure has only its drawing and
//! its sentence. Spectra, divergences and fields need neither feature.
//!
//! # The paper
//!
//! | paper section | module | notebook |
//! |---|---|---|
//! | 2, 5, A.1, A.7 | [`divergence`] | `01_divergence` |
//! | 2, 3, A.2-A.5, A.8, B.1-B.3 | [`field`] | `02_field_theory` |
//! | 3, 4, A.6 | [`propagator`] | `03_propagator` |
//! | 6, B.4-B.5 | [`spectrum`] | `05_spectrum` |
//! | 7 | [`universality`] | `06_universality` |
//! | 8, 10, 12, 14 | [`causality`] | `07_speed_limit`, `08_light_cone`, `10_exponential_tails` |
//! | 9, 11, 13 | [`ntk`] | `08_light_cone`, `09_conditioning` |
//! | IIbis | [`renormalization`] | `11_renormalization` |
//! | 17 | [`network`], [`dataset`], [`training`] | `12_training`, `14_where_it_helps` |
//! | 17, Figure 7 | [`curvature`] | `13_hessian_spectrum` |
//! | the ten figures | [`gallery`] | all |
//! | all | [`claims`] | `15_claims` |
//!
//! What a notebook cell calls to show a figure or record a check is in [`notebook`]; figures are
//! data first, in [`figure`]. A notebook takes all of it by `use itakura_saito::prelude::*;`, see [`prelude`].

#![warn(missing_docs)]

pub mod causality;
pub mod claims;
pub mod curvature;
pub mod dataset;
pub mod divergence;
pub mod error;
pub mod exercises;
pub mod field;
pub mod figure;
pub mod gallery;
pub mod grid;
pub mod interrupt;
#[cfg(feature = "networks")]
pub mod network;
pub mod notebook;
pub mod ntk;
pub mod operator;
mod positive;
pub mod precision;
pub mod prelude;
pub mod propagator;
pub mod renormalization;
pub mod seed;
pub mod special;
pub mod spectrum;
#[cfg(feature = "networks")]
pub mod training;
mod trapezoid;
pub mod universality;

pub use error::{Error, Result};
