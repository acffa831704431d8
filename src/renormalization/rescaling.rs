//! The rescaled field: which dimension keeps the kinetic term, and what the mass term then does.

use super::{at_least, positive};
use crate::Result;
use crate::error::finite;

/// What the two terms of the action make of a rescaled field, on the profile $\varphi(x) = e^{-|x|^2}$.
///
/// $$ \varphi_b(x) = b^{\Delta}\varphi(bx), \qquad
///    \int |\nabla\varphi_b|^2 = b^{2\Delta + 2 - d} \int |\nabla\varphi|^2, \qquad
///    \int \varphi_b^2 = b^{2\Delta - d} \int \varphi^2 $$
///
/// As (3) of section IIbis says, the kinetic term stays for $\Delta = (d-2)/2$. Then
/// $\int\varphi^2 = b^2\int\varphi_b^2$ in every dimension, so the action that is written in
/// $\varphi_b$ has the squared mass $b^2m^2$: the $(2-d)$ of (7) does not come out. All integrals are
/// by quadrature over the radius.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::KineticRescaling;
///
/// for dimensions in 1..=3 {
///     let rescaling = KineticRescaling::canonical(dimensions, 2.0)?;
///     assert!((rescaling.kinetic_ratio - 1.0).abs() < 1e-12);
///     assert!((rescaling.squared_mass_factor() - 4.0).abs() < 1e-11);
/// }
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KineticRescaling {
    /// The kinetic term of $\varphi_b$ over that of $\varphi$.
    pub kinetic_ratio: f64,
    /// The integral of $\varphi_b^2$ over that of $\varphi^2$.
    pub square_ratio: f64,
}

impl KineticRescaling {
    /// With the canonical dimension $\Delta = (d - 2)/2$.
    ///
    /// # Errors
    ///
    /// As [`with_dimension`](Self::with_dimension).
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::KineticRescaling;
    ///
    /// // The canonical dimension keeps the kinetic term; the mass grows by b² in any dimension.
    /// let rescaling = KineticRescaling::canonical(1, 3.0)?;
    /// assert!((rescaling.kinetic_ratio - 1.0).abs() < 1e-10);
    /// assert!((rescaling.squared_mass_factor() - 9.0).abs() < 1e-9);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn canonical(dimensions: usize, scale: f64) -> Result<Self> {
        Self::with_dimension(dimensions, scale, 0.5 * (dimensions as f64 - 2.0))
    }

    /// With another dimension $\Delta$ of the field.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for no dimension of space;
    /// [`Error::NotPositive`](crate::Error::NotPositive) if the scale is not, or a ratio underflows;
    /// [`Error::NotFinite`](crate::Error::NotFinite) if one overflows.
    pub fn with_dimension(dimensions: usize, scale: f64, field_dimension: f64) -> Result<Self> {
        at_least(1, "the number of dimensions", dimensions, "a field needs a place to live")?;
        let scale = positive("the scale b", scale, "take a positive factor, such as 2")?;
        // φ_b is b^Δ times a profile that is b times as narrow; its slope has two more powers of b.
        let ratio = |power: f64, exponent: f64| {
            let profiles = log_integral(power, scale) - log_integral(power, 1.0);
            (exponent * scale.ln() + profiles).exp()
        };
        let axes = dimensions as f64;
        let kinetic_ratio = ratio(axes + 1.0, 2.0 * field_dimension + 4.0);
        let square_ratio = ratio(axes - 1.0, 2.0 * field_dimension);
        let in_range = |name, value| positive(name, finite(name, value, REMEDY)?, REMEDY);
        Ok(Self {
            kinetic_ratio: in_range("the ratio of the kinetic terms", kinetic_ratio)?,
            square_ratio: in_range("the ratio of the squares", square_ratio)?,
        })
    }

    /// By what the squared mass is multiplied when the action is written in the rescaled field, with its
    /// kinetic term kept at its size.
    pub fn squared_mass_factor(&self) -> f64 {
        self.kinetic_ratio / self.square_ratio
    }
}

/// $\ln \int_0^\infty r^p e^{-2(br)^2}\\,dr$, by quadrature about the peak at $br = \sqrt p/2$ and in units of its height:
/// in many dimensions the integral itself is no number.
fn log_integral(power: f64, scale: f64) -> f64 {
    let peak = 0.5 * power.sqrt();
    let height = |radius: f64| {
        let shell = if power == 0.0 { 0.0 } else { power * (radius / peak).ln() };
        (shell - 2.0 * (radius - peak) * (radius + peak)).exp()
    };
    // Farther out than seven widths it is below the rounding of the integral.
    let (low, high) = ((peak - 7.0).max(0.0), peak + 7.0);
    let integral = quadrature::integrate(height, low, high, TARGET_ERROR).integral;
    let log_shell = if power == 0.0 { 0.0 } else { power * (peak / scale).ln() };
    log_shell - 2.0 * peak * peak + integral.ln() - scale.ln()
}

const REMEDY: &str = "take a scale nearer to 1";

/// The error that the quadrature aims for; it reaches a few ulps before.
const TARGET_ERROR: f64 = 1e-15;
