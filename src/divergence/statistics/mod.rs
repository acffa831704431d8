//! The statistics of section 5: the best constant, weights and descents behind a link, the gamma family, and
//! estimators under noise of changing size.

mod descent;
mod efficiency;
mod fisher;
mod minimiser;
mod sampling;
mod simulation;
mod weights;

pub use descent::{direct_descent, direct_step, log_descent, log_gradient, log_step};
pub use descent::{natural_descent, natural_gradient, natural_step};
pub use efficiency::{Design, DesignEstimate, simulate_design};
pub use efficiency::{additive_efficiency, lognormal_efficiency, multiplicative_efficiency};
pub use fisher::{GammaExpectation, fisher_information, fisher_information_by_quadrature};
pub use fisher::{gamma_kullback_leibler, gamma_kullback_leibler_by_quadrature};
pub use minimiser::{BestConstant, best_constant};
pub use sampling::gamma_sample;
pub use simulation::{EfficiencyEstimate, LineFit, Noise, fit_line, simulate_efficiency};
pub use weights::{GaussNewtonWeights, fisher_weight, gauss_newton_weight, gauss_newton_weights};
