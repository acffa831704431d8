//! The squared mass at another scale: Chebyshev's polynomials, which form a semigroup.

use std::f64::consts::FRAC_PI_2;

use super::at_least;
use crate::error::finite;
use crate::{Error, Result};

/// Below this the chain has a mode of negative weight that is not bounded by its bonds.
const LOWEST: f64 = -4.0;

/// The squared mass $u = m^2a^2$ of a chain, seen at a scale $b$ times as large.
///
/// $$ u_b = 2\\,T_b(1 + u/2) - 2 = 4\sinh^2(b\theta/2) $$
///
/// For a whole $b$ it is what decimation leaves when one of $b$ sites stays; $b < 1$ zooms in. Since
/// $T_b \circ T_c = T_{bc}$, scales multiply. Zero is a fixed point and repels: $u_b \simeq b^2u$.
/// (6) and (7) of section IIbis print a flow towards it.
///
/// Between -4 and 0, where no chain has a finite covariance, $-u/4$ follows the logistic map
/// $z \mapsto 4z(1 - z)$ when the scale doubles.
///
/// # Errors
///
/// [`Error::OutOfRange`] for $u < -4$ or NaN; [`Error::NotPositive`] if the scale is not positive;
/// [`Error::NotFinite`] if the mass overflows, which it does soon after the scale exceeds the
/// correlation length.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::squared_mass_at_scale;
///
/// let pair = squared_mass_at_scale(0.01, 2.0)?;
/// assert!((pair - 0.01 * 4.01).abs() < 1e-16);
/// assert!((squared_mass_at_scale(pair, 3.0)? - squared_mass_at_scale(0.01, 6.0)?).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn squared_mass_at_scale(squared_mass: f64, scale: f64) -> Result<f64> {
    let scale = super::positive("the scale b", scale, "above 1 is coarser, below 1 is finer")?;
    if !(squared_mass >= LOWEST && squared_mass.is_finite()) {
        return Err(Error::OutOfRange {
            name: "the squared mass u of the lattice",
            value: squared_mass,
            lower: LOWEST,
            upper: f64::MAX,
            remedy: "a chain has a positive one; from -4 to 0 the map is still defined",
        });
    }
    let half = 0.5 * squared_mass.abs().sqrt();
    let mass = if squared_mass >= 0.0 {
        4.0 * (scale * half.asinh()).sinh().powi(2)
    } else if squared_mass >= 0.5 * LOWEST {
        -4.0 * (scale * half.asin()).sin().powi(2)
    } else {
        -4.0 * squared_sine_near_the_lowest(squared_mass - LOWEST, scale)
    };
    finite(
        "the squared mass at the scale b",
        mass,
        "stop at a smaller scale: the sites are independent by then",
    )
}

/// $\sin^2 b(\pi/2 - \epsilon)$ with $\sin\epsilon = \sqrt{u + 4}/2$: the arc sine of $\sqrt{-u}/2$, which is next to
/// one, has lost what tells $u$ from -4, and so has a multiple of $\pi/2$ that is not taken out before.
fn squared_sine_near_the_lowest(above: f64, scale: f64) -> f64 {
    let quarters = scale % 4.0;
    let whole = quarters.round();
    let angle = (quarters - whole) * FRAC_PI_2 - scale * (0.5 * above.sqrt()).asin();
    let root = if whole % 2.0 == 0.0 { angle.sin() } else { angle.cos() };
    root.powi(2)
}

/// The decay of correlations per site, $\theta = a/\xi = 2\\,\mathrm{arsinh}(\sqrt u/2)$.
///
/// It is exactly proportional to the scale: $\theta_b = b\\,\theta$.
///
/// # Errors
///
/// [`Error::OutOfRange`] if the squared mass is negative.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::{decay_per_site, squared_mass_at_scale};
///
/// let (fine, coarse) = (0.01, squared_mass_at_scale(0.01, 5.0)?);
/// assert!((decay_per_site(coarse)? - 5.0 * decay_per_site(fine)?).abs() < 1e-14);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn decay_per_site(squared_mass: f64) -> Result<f64> {
    if squared_mass >= 0.0 && squared_mass.is_finite() {
        return Ok(2.0 * (0.5 * squared_mass.sqrt()).asinh());
    }
    Err(Error::OutOfRange {
        name: "the squared mass u of the lattice",
        value: squared_mass,
        lower: 0.0,
        upper: f64::MAX,
        remedy: "correlations decay only where the squared mass is not negative",
    })
}

/// The beta function of the chain, $du/d\ln b = 2\theta\sinh\theta$.
///
/// It is $2u + u^2/6 + \dots$: positive, so that the mass grows with the scale. In the continuum the
/// same holds without further terms, $\beta(m^2) = 2m^2$ in every dimension; (7) prints $(2 - d)\\,m^2$.
///
/// # Errors
///
/// [`Error::OutOfRange`] if the squared mass is negative.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::beta_function;
///
/// assert!((beta_function(1e-6)? / 1e-6 - 2.0).abs() < 1e-6);
/// assert_eq!(beta_function(0.0)?, 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn beta_function(squared_mass: f64) -> Result<f64> {
    let theta = decay_per_site(squared_mass)?;
    let remedy = "take a mass that a lattice can resolve";
    finite("the beta function", 2.0 * theta * theta.sinh(), remedy)
}

/// The polynomial in $u$ that one step of decimation is, from the constant on.
///
/// $$ u_b = \sum_{k=1}^{b} \frac{2b}{b+k} \binom{b+k}{2k}\\, u^k $$
///
/// All coefficients are whole: $4u + u^2$ for pairs, $9u + 6u^2 + u^3 = u(u+3)^2$ for triples. The first is
/// $b^2$, the eigenvalue of the massless point; all are positive, so no mass ever shrinks.
///
/// # Errors
///
/// [`Error::TooFew`] for a block of no site; [`Error::OutOfRange`] beyond 24 sites, where 64 bits do not
/// hold the coefficients with certainty.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::decimation_polynomial;
///
/// assert_eq!(decimation_polynomial(2)?, [0, 4, 1]);
/// assert_eq!(decimation_polynomial(3)?, [0, 9, 6, 1]);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn decimation_polynomial(block: usize) -> Result<Vec<i64>> {
    at_least(1, "the number of sites in a block", block, "1 leaves the chain as it is")?;
    if block > LARGEST_BLOCK {
        return Err(Error::OutOfRange {
            name: "the number of sites in a block",
            value: block as f64,
            lower: 1.0,
            upper: LARGEST_BLOCK as f64,
            remedy: "compose the polynomials of smaller blocks, or use squared_mass_at_scale",
        });
    }
    // t_b = 2 T_b(1 + u/2) obeys t_(b+1) = (2 + u) t_b - t_(b-1).
    let (mut before, mut here) = (vec![2], vec![2, 1]);
    for _ in 1..block {
        let mut next = vec![0; here.len() + 1];
        for (power, coefficient) in here.iter().enumerate() {
            next[power] += 2 * coefficient;
            next[power + 1] += coefficient;
        }
        for (power, coefficient) in before.iter().enumerate() {
            next[power] -= coefficient;
        }
        (before, here) = (here, next);
    }
    here[0] -= 2;
    Ok(here)
}

/// Up to here the sum of the coefficients, below $(3/2 + \sqrt5/2)^{b}$, is far from the limit of `i64`.
const LARGEST_BLOCK: usize = 24;
