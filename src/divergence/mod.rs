//! The Itakura-Saito divergence and its relatives.
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the divergence $V$ and its reverse $R$ | 2, (8), A.1, A.7 | [`itakura_saito`](fn@itakura_saito), [`reversed_itakura_saito`] |
//! | the expansion around the optimum | 3, A.5 | [`TaylorPolynomial`] |
//! | as the deviance of the gamma family | not there | [`gamma_deviance`], [`fisher_information`] |
//! | other divergences | IIbis.6 | [`BetaDivergence`], [`FDivergence`], [`Divergence`] |
//! | every loss that is trained on, under one name | 5, 17 | [`Loss`] |
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
//! // Predicting half the target costs more than predicting twice the target.
//! assert!(itakura_saito(target, 0.5)? > itakura_saito(target, 2.0)?);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod beta;
mod f_divergence;
mod family;
mod figures;
mod itakura_saito;
mod link;
mod linked;
mod loss;
mod ratio;
mod series;
mod statistics;

pub use crate::positive::{Positive, PositiveArray};
pub use beta::BetaDivergence;
pub use f_divergence::FDivergence;
pub use family::Divergence;
pub use figures::{BetaFamily, CurvatureMap, EfficiencyCurve, MeanLoss, Profile, SeriesError};
pub use figures::{DescentPlan, Equivariance, StepMap, TargetWeights};
pub(crate) use itakura_saito::itakura_saito_of_deviation;
pub use itakura_saito::reversed_itakura_saito_second_derivative;
pub use itakura_saito::{bregman_of_negative_logarithm, gamma_deviance, mean_gamma_deviance};
pub use itakura_saito::{itakura_saito, itakura_saito_derivative, itakura_saito_of_log_ratio};
pub use itakura_saito::{itakura_saito_second_derivative, itakura_saito_target_derivatives};
pub use itakura_saito::{reversed_itakura_saito, reversed_itakura_saito_derivative};
pub use link::Link;
pub use linked::LinkedLoss;
pub use loss::{Loss, LossTerm, through_link};
pub use series::{TaylorPolynomial, TaylorValue};
pub use statistics::{BestConstant, best_constant};
pub use statistics::{Design, DesignEstimate, simulate_design};
pub use statistics::{EfficiencyEstimate, LineFit, Noise, fit_line, simulate_efficiency};
pub use statistics::{GammaExpectation, fisher_information, fisher_information_by_quadrature};
pub use statistics::{
    GaussNewtonWeights, fisher_weight, gauss_newton_weight, gauss_newton_weights,
};
pub use statistics::{additive_efficiency, lognormal_efficiency, multiplicative_efficiency};
pub use statistics::{direct_descent, direct_step, log_descent, log_gradient, log_step};
pub use statistics::{gamma_kullback_leibler, gamma_kullback_leibler_by_quadrature, gamma_sample};
pub use statistics::{natural_descent, natural_gradient, natural_step};
