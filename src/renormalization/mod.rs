//! Renormalisation: what is left of a field when one looks from further away (section IIbis).
//!
//! | what | where in the paper | here |
//! |---|---|---|
//! | the rescaled field and its dimension | IIbis.2, (3) | [`KineticRescaling`] |
//! | the mass at another scale, and its beta function | IIbis.3, (6), (7) | [`squared_mass_at_scale`], [`beta_function`] |
//! | the chain with every second site integrated out | not there | [`GaussianChain`], [`decimation_polynomial`] |
//! | both directions of the flow | IIbis.4 | [`FlowPortrait`] |
//! | the same from samples, with error bars | asked for in IIbis.6 | [`MeasuredFlow`] |
//! | a mass that differs from site to site | asked for in IIbis.6 | [`DisorderedChain`], [`DisorderFlow`] |
//! | more than one dimension | (7) | [`PlaneDecimation`], [`decimated_squared_mass`], [`DimensionComparison`] |
//! | means of blocks of gamma data | asked for in IIbis.6 | [`BlockMeans`] |
//! | other divergences | asked for in IIbis.6 | [`LossClass`], [`LossClassification`] |
//! | the points of Figure 6 | Figure 6 | [`PrintedFlow`] |
//!
//! Near its optimum the action is a Gaussian chain with a bond $K = 2\lambda/h$ between neighbours and a
//! mass $r = h\\,c(y)$ at each site, where $c(y)$ is the curvature of the loss. Only the ratio
//! $u = r/K = m^2a^2$ flows: the squared mass in units of the lattice, with $a$ the distance between neighbours.
//!
//! $$ u_b = 2\\,T_b(1 + u/2) - 2 = 4\sinh^2(b\theta/2), \qquad u = 4\sinh^2(\theta/2), \qquad \theta = a/\xi $$
//!
//! with the Chebyshev polynomial $T_b$ and the correlation length $\xi$. For small masses $u_b = b^2 u$: the
//! mass grows towards large scales, in every dimension. The paper prints $\beta = (2-d)\\,m^2$ and concludes
//! that the mass dies out.
//!
//! # Examples
//!
//! ```
//! use itakura_saito::renormalization::{GaussianChain, squared_mass_at_scale};
//!
//! let chain = GaussianChain::new(1.0, 0.01)?;
//! let coarse = chain.decimated(2)?;
//! assert!((coarse.squared_mass() - 0.0401).abs() < 1e-15);
//! // What two sites have in common does not change when the one between them is integrated out.
//! assert!((coarse.covariance(3) - chain.covariance(6)).abs() < 1e-12);
//! // Zooming in is the inverse.
//! assert!((squared_mass_at_scale(0.0401, 0.5)? - 0.01).abs() < 1e-15);
//! # Ok::<(), itakura_saito::Error>(())
//! ```

mod block_means;
mod chain;
mod chebyshev;
mod classification;
mod dimensions;
mod disordered;
mod jackknife;
mod measured;
mod momenta;
mod plane;
mod portrait;
mod printed;
mod rescaling;
mod schur;

pub use block_means::BlockMeans;
pub use chain::GaussianChain;
pub use chebyshev::{beta_function, decay_per_site, decimation_polynomial, squared_mass_at_scale};
pub use classification::{LossClass, LossClassification};
pub use dimensions::DimensionComparison;
pub use disordered::{DisorderFlow, DisorderedChain};
pub use jackknife::SampledValue;
pub use measured::{Exponents, MeasuredExponents, MeasuredFlow};
pub use momenta::decimated_squared_mass;
pub use plane::PlaneDecimation;
pub use portrait::FlowPortrait;
pub use printed::PrintedFlow;
pub use rescaling::KineticRescaling;
pub use schur::schur_complement;

use crate::{Error, Result};

/// A number that was checked to be positive and finite.
fn positive(name: &'static str, value: f64, remedy: &'static str) -> Result<f64> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(Error::NotPositive { name, value, remedy })
}

/// A count that was checked to be large enough.
fn at_least(
    minimum: usize,
    name: &'static str,
    count: usize,
    remedy: &'static str,
) -> Result<usize> {
    if count >= minimum {
        return Ok(count);
    }
    Err(Error::TooFew { name, count, minimum, remedy })
}
