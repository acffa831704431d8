//! Losses, weights and estimators in pictures.

mod beta_family;
mod curvature_map;
mod efficiency_curve;
mod equivariance;
mod mean_loss;
mod profile;
mod series_error;
mod spacing;
mod step_map;
mod target_weights;

pub use beta_family::BetaFamily;
pub use curvature_map::CurvatureMap;
pub use efficiency_curve::EfficiencyCurve;
pub use equivariance::{DescentPlan, Equivariance};
pub use mean_loss::MeanLoss;
pub use profile::Profile;
pub use series_error::SeriesError;
pub use step_map::StepMap;
pub use target_weights::TargetWeights;
