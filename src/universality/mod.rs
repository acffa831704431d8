//! Universality: the central limit theorem as a renormalisation, and a scalar field in two-dimensional
//! anti-de Sitter space (section 7).
//!
//! | what | here |
//! |---|---|
//! | what pair summation does to the cumulants | [`Cumulants`], [`Lattice`] |
//! | how fast a sum of exponentials becomes normal | [`ExponentialSum`] |
//! | a law that never does | [`cauchy_mean_density`], [`simulate_cauchy_means`] |
//! | mass and scaling dimension | [`ScalingDimensions`], [`mass_squared_of`] |
//! | from the boundary into the bulk | [`BulkBoundary`] |
//!
//! Section 7 argues by analogy, and what it says about the history of physics, the universe and networks
//! cannot be computed. These two mathematical statements behind the analogy can.

mod anti_de_sitter;
mod cauchy;
mod central_limit;
mod cumulants;
mod dimension;
mod figures;

pub use anti_de_sitter::{BulkBoundary, KernelIntegral};
pub use cauchy::{CauchyMeans, cauchy_density, cauchy_mean_density, simulate_cauchy_means};
pub use central_limit::{ExponentialSum, central_limit_figure};
pub use cumulants::{Cumulants, Lattice};
pub use dimension::{BREITENLOHNER_FREEDMAN, ScalingDimensions, mass_squared_of};
pub use figures::{dimension_figure, flow_figure};
