//! A forecast: how many steps until the next copy.

use crate::{Error, Result};

/// How many steps of a run without reorthogonalisation it takes to another copy of the largest
/// eigenvalue.
///
/// With $\lambda_1$ alone above the rest of the spectrum $[\lambda_n, \lambda_2]$,
///
/// $$ g = 1 + 2\\,\frac{\lambda_1 - \lambda_2}{\lambda_2 - \lambda_n}, \qquad
///    \rho = g + \sqrt{g^2 - 1}, \qquad \text{steps} = \frac{\ln(1/\varepsilon)}{\ln\rho}: $$
///
/// the Chebyshev polynomial that is small on the rest grows like $\rho^j$ at $\lambda_1$, so a component
/// of the size of rounding needs that many steps to become one of order one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CopyForecast {
    /// $\rho$: by how much a step raises the component along the first eigenvector.
    pub growth: f64,
    /// $\ln(1/\varepsilon)/\ln\rho$.
    pub steps_per_copy: f64,
}

impl CopyForecast {
    /// For the eigenvalues $\lambda_1 > \lambda_2 > \lambda_n$ and the rounding unit $\varepsilon$.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the eigenvalues are not in this order, or the rounding unit is not
    /// between 0 and 1; [`Error::NotFinite`] if the growth is too large for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::curvature::CopyForecast;
    ///
    /// let forecast = CopyForecast::new(10.0, 0.8, -0.2, f64::EPSILON)?;
    /// assert!((forecast.steps_per_copy - 9.854).abs() < 1e-3);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn new(first: f64, second: f64, last: f64, epsilon: f64) -> Result<Self> {
        let remedy = "give the first, the second and the last eigenvalue, in decreasing order";
        let between = |name, value, lower, upper, remedy| {
            let fits = value > lower && value < upper;
            let error = Error::OutOfRange { name, value, lower, upper, remedy };
            if fits { Ok(()) } else { Err(error) }
        };
        between("the second eigenvalue", second, last, first, remedy)?;
        let remedy = "2.2e-16 for 64 bits, 1.2e-7 for 32 bits";
        between("the rounding unit", epsilon, 0.0, 1.0, remedy)?;
        // γ - 1, and what the growth exceeds 1 by, which 1 + would round where the gap is small.
        let gap = 2.0 * ((first - second) / (second - last));
        let excess = gap + gap.sqrt() * (2.0 + gap).sqrt();
        if excess.is_infinite() {
            return Err(Error::NotFinite {
                name: "the growth of a copy in a step",
                value: excess,
                remedy: "the second and the last eigenvalue are too near to each other",
            });
        }
        Ok(Self { growth: 1.0 + excess, steps_per_copy: -epsilon.ln() / excess.ln_1p() })
    }
}
