//! How fast one prediction can feel another: graphs, light cones, and what holds outside them.
//!
//! Four words are kept apart. The *response* of a node to another is what a small change there does
//! here. A *correlation* is what the two share, whatever its cause. The *speed of the support* tells how
//! far a response can reach at all; the *speed at a threshold* tells how far it is larger than a given
//! number. Only the first and the third have a strict light cone.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | nodes, edges and the distance | 8 | [`Graph`] |
//! | the bound on responses, and its speed | Theorem 8.1 | [`Coupling`], [`Speed`] |
//! | why it does not bound correlations | Theorem 8.1 | [`Start`], [`Coupling::covariance`] |
//! | continuous time, and the Lieb-Robinson speed | 8 | [`LiebRobinson`] |
//! | a local kernel, and a step of gradient descent | 9, 14 | [`LocalKernel`], [`GradientStep`] |
//! | the cone of one source, and all of $J_t$ | Lemma 10.1, Theorem 10.2 | [`LightCone`], [`BandedJacobian`] |
//! | the map that is not linearised, momentum, Newton | 9, 10 | [`NonlinearDescent`], [`GradientStep::momentum_response`], [`newton_response`] |
//! | the same time in smaller steps | 10 | [`small_steps_figure`] |
//! | the four words in one picture | 8, 10 | [`four_words_figure`] |
//! | kernels with exponential tails | 12 | [`ExponentialKernel`] |

mod band;
mod cone;
mod coupling;
mod coupling_figures;
mod four_words;
mod graph;
mod kernel;
mod lieb_robinson;
mod newton;
mod nonlinear;
mod random_graph;
mod small_steps;
mod speed;
mod step;
mod tails;
mod tails_figures;

pub use band::BandedJacobian;
pub use cone::LightCone;
pub use coupling::{Coupling, Start};
pub use four_words::four_words_figure;
pub use graph::Graph;
pub use kernel::LocalKernel;
pub use lieb_robinson::LiebRobinson;
pub use newton::newton_response;
pub use nonlinear::{Descent, NonlinearDescent};
pub use small_steps::small_steps_figure;
pub use speed::Speed;
pub use step::GradientStep;
pub use tails::{ExponentialKernel, Tilt};
