//! The mass of a field in the bulk and its scaling dimension at the boundary.

use crate::{Error, Result};

/// The smallest squared mass of a stable field in AdS₂, the bound of Breitenlohner and Freedman.
pub const BREITENLOHNER_FREEDMAN: f64 = -0.25;

/// The two scaling dimensions that a squared mass allows in AdS₂.
///
/// $$ \Delta(\Delta - 1) = m^2, \qquad \Delta_\pm = \tfrac12 \pm \sqrt{\tfrac14 + m^2} $$
///
/// Section 7 claims a correlator $1/|x|$, that is $\Delta = 1/2$, which sits at the bound. The massless
/// scalar on the line has $\Delta = -1/2$, so $m^2 = 3/4$, with the conjugate root $3/2$.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::ScalingDimensions;
///
/// let roots = ScalingDimensions::of_mass_squared(0.75)?;
/// assert_eq!((roots.larger, roots.smaller), (1.5, -0.5));
/// assert!(ScalingDimensions::of_mass_squared(-0.26).is_err());
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScalingDimensions {
    /// The root from one half upwards.
    pub larger: f64,
    /// The root from one half downwards.
    pub smaller: f64,
}

impl ScalingDimensions {
    /// The roots for a squared mass, in units of the curvature.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] below -1/4, where the roots are complex, and for what is not finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::universality::{BREITENLOHNER_FREEDMAN, ScalingDimensions};
    ///
    /// // The two add up to one, the dimension of the boundary, and meet at the bound.
    /// let massive = ScalingDimensions::of_mass_squared(2.0)?;
    /// assert_eq!((massive.larger, massive.smaller), (2.0, -1.0));
    /// assert_eq!(ScalingDimensions::of_mass_squared(BREITENLOHNER_FREEDMAN)?.larger, 0.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_mass_squared(mass_squared: f64) -> Result<Self> {
        if !(BREITENLOHNER_FREEDMAN..=f64::MAX).contains(&mass_squared) {
            return Err(Error::OutOfRange {
                name: "the squared mass of a field in AdS2",
                value: mass_squared,
                lower: BREITENLOHNER_FREEDMAN,
                upper: f64::MAX,
                remedy: "below the bound of Breitenlohner and Freedman the dimensions are complex and the \
                         field is unstable",
            });
        }
        let larger = 0.5 + (0.25 + mass_squared).sqrt();
        // By the product of the roots: the difference cancels for a small mass. No negative zero.
        Ok(Self { larger, smaller: -mass_squared / larger + 0.0 })
    }
}

/// The squared mass of a scaling dimension, $\Delta(\Delta - 1)$.
///
/// # Examples
///
/// ```
/// use itakura_saito::universality::{BREITENLOHNER_FREEDMAN, mass_squared_of};
///
/// // Massless at 0 and at 1, and at the bound halfway between.
/// assert_eq!((mass_squared_of(0.0), mass_squared_of(1.0)), (0.0, 0.0));
/// assert_eq!(mass_squared_of(0.5), BREITENLOHNER_FREEDMAN);
/// ```
pub fn mass_squared_of(dimension: f64) -> f64 {
    dimension * (dimension - 1.0)
}
