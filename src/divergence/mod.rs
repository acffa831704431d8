//! The Itakura-Saito divergence and its relatives.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the divergence $V$ and its reverse $R$ | 2, (8), A.1, A.7 | [`itakura_saito`](fn@itakura_saito), [`reversed_itakura_saito`] |
//! | the expansion around the optimum | 3, A.5 | [`TaylorPolynomial`] |
//! | as the deviance of the gamma family | not there | [`gamma_deviance`], [`fisher_information`] |
//! | other divergences | IIbis.6 | [`BetaDivergence`], [`FDivergence`], [`Divergence`] |
//! | whatever is descended, by one name | 5, 17 | [`Loss`] |
//! | the best constant | 2, A.1 | [`best_constant`] |
//! | links, weights, natural gradient | 5, A.8 | [`Link`], [`gauss_newton_weights`], [`log_descent`] |
//! | the same in pictures | 5 | [`TargetWeights`], [`StepMap`], [`Equivariance`] |
//! | noise of changing size | 5 | [`multiplicative_efficiency`], [`simulate_efficiency`], [`EfficiencyCurve`] |
//!
//! The functions take plain numbers, check them and name the one that is wrong. Behind that door targets
//! and predictions are [`Positive`] by type, so that the methods of [`Divergence`] cannot fail. The order of
//! arguments is (target, prediction) everywhere. In formulas $y$ is the target and $f$ the prediction, which the paper writes $\varphi$ or
//! $\phi$. Nothing is clamped, no epsilon is added, and no function returns NaN for valid input.
//!
//! # Examples
//!
//! ```
//! use itakura_saito::divergence::itakura_saito;
//!
//! let target = 1.0;
//! // Predicting half of the target costs more than predicting twice of it.
//! assert!(itakura_saito(target, 0.5)? > itakura_saito(target, 2.0)?);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod array;
mod beta;
mod beta_family;
mod curvature_map;
mod descent;
mod efficiency;
mod efficiency_curve;
mod equivariance;
mod f_divergence;
mod family;
mod fisher;
mod itakura_saito;
mod link;
mod linked;
mod loss;
mod mean_loss;
mod minimiser;
mod positive;
mod profile;
mod sampling;
mod series;
mod series_error;
mod simulation;
mod spacing;
mod step_map;
mod target_weights;
mod weights;

pub use array::PositiveArray;
pub use beta::BetaDivergence;
pub use beta_family::BetaFamily;
pub use curvature_map::CurvatureMap;
pub use descent::{direct_descent, direct_step, log_descent, log_gradient, log_step};
pub use descent::{natural_descent, natural_gradient, natural_step};
pub use efficiency::{Design, DesignEstimate, simulate_design};
pub use efficiency::{additive_efficiency, lognormal_efficiency, multiplicative_efficiency};
pub use efficiency_curve::EfficiencyCurve;
pub use equivariance::{DescentPlan, Equivariance};
pub use f_divergence::FDivergence;
pub use family::Divergence;
pub use fisher::{GammaExpectation, fisher_information, fisher_information_by_quadrature};
pub use fisher::{gamma_kullback_leibler, gamma_kullback_leibler_by_quadrature};
pub use itakura_saito::reversed_itakura_saito_second_derivative;
pub use itakura_saito::{bregman_of_negative_logarithm, gamma_deviance, mean_gamma_deviance};
pub use itakura_saito::{itakura_saito, itakura_saito_derivative, itakura_saito_of_log_ratio};
pub use itakura_saito::{itakura_saito_second_derivative, itakura_saito_target_derivatives};
pub use itakura_saito::{reversed_itakura_saito, reversed_itakura_saito_derivative};
pub(crate) use link::LEFT_THE_RANGE;
pub use link::Link;
pub use linked::LinkedLoss;
pub use loss::{Loss, LossTerm, through_link};
pub use mean_loss::MeanLoss;
pub use minimiser::{BestConstant, best_constant};
pub use positive::Positive;
pub use profile::Profile;
pub use sampling::gamma_sample;
pub use series::{TaylorPolynomial, TaylorValue};
pub use series_error::SeriesError;
pub use simulation::{EfficiencyEstimate, LineFit, Noise, fit_line, simulate_efficiency};
pub use step_map::StepMap;
pub use target_weights::TargetWeights;
pub use weights::{GaussNewtonWeights, fisher_weight, gauss_newton_weight, gauss_newton_weights};
