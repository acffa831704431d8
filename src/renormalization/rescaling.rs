//! The rescaled field: which dimension keeps the kinetic term, and what the mass term then does.

use super::{at_least, finite, positive};
use crate::Result;

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
    /// [`Error::NotPositive`](crate::Error::NotPositive) if the scale is not;
    /// [`Error::NotFinite`](crate::Error::NotFinite) if an integral overflows.
    pub fn with_dimension(dimensions: usize, scale: f64, field_dimension: f64) -> Result<Self> {
        at_least(1, "the number of dimensions", dimensions, "a field needs a place to live")?;
        let scale = positive("the scale b", scale, "take a positive factor, such as 2")?;
        let shell = |radius: f64| radius.powi(dimensions as i32 - 1);
        // Beyond seven widths the squared profile is below the rounding of its integral.
        let integral = |integrand: &dyn Fn(f64) -> f64, width: f64| {
            quadrature::integrate(integrand, 0.0, 7.0 * width, TARGET_ERROR).integral
        };
        let (kinetic, square) = (
            |radius: f64| shell(radius) * (2.0 * radius * (-radius * radius).exp()).powi(2),
            |radius: f64| shell(radius) * (-2.0 * radius * radius).exp(),
        );
        let amplitude = scale.powf(field_dimension);
        let field = |radius: f64| amplitude * (-(scale * radius).powi(2)).exp();
        let slope = |radius: f64| -2.0 * scale * scale * radius * field(radius);
        let rescaled_kinetic = |radius: f64| shell(radius) * slope(radius).powi(2);
        let rescaled_square = |radius: f64| shell(radius) * field(radius).powi(2);
        let width = scale.recip();
        let remedy = "take a scale nearer to 1";
        Ok(Self {
            kinetic_ratio: finite(
                "the ratio of the kinetic terms",
                integral(&rescaled_kinetic, width) / integral(&kinetic, 1.0),
                remedy,
            )?,
            square_ratio: finite(
                "the ratio of the squares",
                integral(&rescaled_square, width) / integral(&square, 1.0),
                remedy,
            )?,
        })
    }

    /// By what the squared mass is multiplied when the action is written in the rescaled field, with its
    /// kinetic term kept at its size.
    pub fn squared_mass_factor(&self) -> f64 {
        self.kinetic_ratio / self.square_ratio
    }
}

/// The error that the quadrature aims for; it reaches a few ulps before.
const TARGET_ERROR: f64 = 1e-15;
