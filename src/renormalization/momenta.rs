//! Decimation of a lattice in any number of dimensions, in closed form.

use std::f64::consts::TAU;

use super::{at_least, finite, positive};
use crate::{Error, Result};

/// The squared mass of the lattice of every `block`-th site in each direction, in units of its spacing.
///
/// The sites that stay have the same covariances, and so the propagator
/// $G_b(k) = b^{-d}\sum_n G((k + 2\pi n)/b)$: momenta that the coarser lattice cannot tell apart add up.
/// Its expansion $1/G_b = r_b + K_b k^2 + \dots$ gives $u_b = r_b/K_b$. In one dimension this is
/// [`squared_mass_at_scale`](super::squared_mass_at_scale); in more, couplings beyond the neighbours appear,
/// and $u_b = b^2u$ still holds for small masses. (7) of section IIbis prints the exponent $2 - d$.
///
/// # Errors
///
/// [`Error::TooFew`] for no dimension or no site in a block; [`Error::NotPositive`] if the squared mass is
/// not; [`Error::OutOfRange`] for more than a million momenta; [`Error::NotFinite`] if the mass overflows.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::decimated_squared_mass;
///
/// assert!((decimated_squared_mass(1, 0.01, 2)? - 0.0401).abs() < 1e-15);
/// for dimensions in 1..=3 {
///     let growth = decimated_squared_mass(dimensions, 1e-6, 2)? / 1e-6;
///     assert!((growth.log2() - 2.0).abs() < 1e-5);
/// }
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn decimated_squared_mass(dimensions: usize, squared_mass: f64, block: usize) -> Result<f64> {
    at_least(1, "the number of dimensions", dimensions, "a lattice needs one")?;
    at_least(1, "the number of sites in a block", block, "1 leaves the lattice as it is")?;
    let squared_mass = positive("the squared mass u", squared_mass, "0 is the fixed point itself")?;
    let momenta = (block as f64).powf(dimensions as f64);
    if momenta > MOST_MOMENTA {
        return Err(Error::OutOfRange {
            name: "the number of momenta that are added",
            value: momenta,
            lower: 1.0,
            upper: MOST_MOMENTA,
            remedy: "take smaller blocks, and several steps",
        });
    }
    let (mut at_zero, mut bending) = (0.0, 0.0);
    for index in 0..momenta as usize {
        // The digits of the index in the base b are the components of n.
        let component = |axis: usize| (index / block.pow(axis as u32)) % block;
        let angle = |axis: usize| TAU * component(axis) as f64 / block as f64;
        let kinetic: f64 = (0..dimensions).map(|axis| 2.0 - 2.0 * angle(axis).cos()).sum();
        let denominator = squared_mass + kinetic;
        let (slope, curvature) = (2.0 * angle(0).sin(), 2.0 * angle(0).cos());
        at_zero += denominator.recip();
        bending += curvature / denominator.powi(2) - 2.0 * slope.powi(2) / denominator.powi(3);
    }
    let mass = 2.0 * (block as f64).powi(2) * at_zero / bending;
    finite(
        "the squared mass after decimation",
        mass,
        "take a mass that the coarser lattice resolves",
    )
}

const MOST_MOMENTA: f64 = 1e6;
