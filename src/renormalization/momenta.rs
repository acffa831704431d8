//! Decimation of a lattice in any number of dimensions, in closed form.

use std::f64::consts::PI;

use super::{at_least, positive};
use crate::error::finite;
use crate::{Error, Result};

/// The squared mass of the lattice of every `block`-th site in each direction, in units of its spacing.
///
/// The sites that stay have the same covariances, and so the propagator
/// $G_b(k) = b^{-d}\sum_n G((k + 2\pi n)/b)$: momenta that the coarser lattice cannot tell apart add up.
/// Its expansion $1/G_b = r_b + K_b k^2 + \dots$ gives $u_b = r_b/K_b$. In one dimension this is
/// [`squared_mass_at_scale`](super::squared_mass_at_scale); in more, couplings beyond the neighbours appear,
/// and $u_b = b^2u$ still holds for small masses. (7) of section IIbis prints the exponent $2 - d$.
///
/// Along the first axis the sum is that of a chain, for each momentum $p$ across it with the squared mass
/// $u + \sum (2 - 2\cos p_a) = 4\sinh^2(\theta_p/2)$. What is left is a mean of positive terms:
/// $$ \frac1{u_b} = \frac{\sum_p w_p / \bigl(4\sinh^2(b\theta_p/2)\bigr)}{\sum_p w_p}, \qquad
///    w_p = \frac{\coth(b\theta_p/2)}{\sinh\theta_p} $$
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
    let momenta_across = momenta as usize / block;
    let kinetic = |index: usize| -> f64 {
        // The digits of the index in the base b are the components of n.
        let component = |axis: usize| (index / block.pow(axis as u32)) % block;
        let angle = |axis: usize| PI * component(axis) as f64 / block as f64;
        (0..dimensions - 1).map(|axis| 4.0 * angle(axis).sin().powi(2)).sum()
    };
    let slowest = Mode::new(squared_mass, block);
    let (mut weights, mut reciprocals) = (0.0, 0.0);
    for index in 0..momenta_across {
        let mode = Mode::new(squared_mass + kinetic(index), block);
        // In units of the slowest mode, which has the largest weight and the smallest mass.
        let weight = (slowest.coupling / mode.coupling) * (slowest.saturation / mode.saturation);
        weights += weight;
        reciprocals += weight * (slowest.mass_after / mode.mass_after);
    }
    let mass = slowest.mass_after * (weights / reciprocals);
    finite(
        "the squared mass after decimation",
        mass,
        "take a mass that the coarser lattice resolves",
    )
}

const MOST_MOMENTA: f64 = 1e6;

/// A chain of its own: all momenta that differ along the first axis only.
struct Mode {
    /// $\sinh\theta$.
    coupling: f64,
    /// $\tanh(b\theta/2)$.
    saturation: f64,
    /// $4\sinh^2(b\theta/2)$, infinite for one so heavy that it does not count.
    mass_after: f64,
}

impl Mode {
    fn new(squared_mass: f64, block: usize) -> Self {
        let half = 0.5 * squared_mass.sqrt();
        let exponent = block as f64 * half.asinh();
        Self {
            coupling: 2.0 * half * half.hypot(1.0),
            saturation: exponent.tanh(),
            mass_after: 4.0 * exponent.sinh().powi(2),
        }
    }
}
