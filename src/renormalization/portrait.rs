//! Both directions of the flow, side by side.

use super::{at_least, squared_mass_at_scale};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// Squared masses of several chains, seen from further and further away, and from nearer and nearer.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::FlowPortrait;
///
/// let portrait = FlowPortrait::new(&[0.01, 1.0], 2, 4)?;
/// assert!((portrait.infrared()[0][1] - 0.0401).abs() < 1e-15);
/// // Zooming in by two is -2 + √(4 + u).
/// assert!((portrait.ultraviolet()[1][1] - (5f64.sqrt() - 2.0)).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FlowPortrait {
    scales: Vec<f64>,
    infrared: Vec<Vec<f64>>,
    ultraviolet: Vec<Vec<f64>>,
}

impl FlowPortrait {
    /// From each of these squared masses, `steps` steps of a factor `block` either way.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for no mass, no step, or a block below 2;
    /// [`Error::NotPositive`](crate::Error::NotPositive) for a mass that is not;
    /// [`Error::NotFinite`](crate::Error::NotFinite) if a mass overflows on its way out.
    pub fn new(squared_masses: &[f64], block: usize, steps: u32) -> Result<Self> {
        at_least(1, "the number of masses", squared_masses.len(), "give at least one")?;
        at_least(2, "the factor of a step", block, "with 1 nothing changes")?;
        at_least(1, "the number of steps", steps as usize, "go one step at least")?;
        let scales: Vec<f64> =
            (0..=steps).map(|step| (block as f64).powf(f64::from(step))).collect();
        let follow = |direction: &dyn Fn(f64) -> f64| -> Result<Vec<Vec<f64>>> {
            let along = |&start: &f64| -> Result<Vec<f64>> {
                let start =
                    super::positive("a squared mass", start, "0 is the fixed point itself")?;
                // The start itself, not what rounding makes of it.
                let further = scales[1..].iter();
                let further = further.map(|&b| squared_mass_at_scale(start, direction(b)));
                std::iter::once(Ok(start)).chain(further).collect()
            };
            squared_masses.iter().map(along).collect()
        };
        let (infrared, ultraviolet) = (follow(&|b| b)?, follow(&f64::recip)?);
        Ok(Self { scales, infrared, ultraviolet })
    }

    /// The scales $b$, from one on.
    pub fn scales(&self) -> &[f64] {
        &self.scales
    }

    /// The squared masses at the scale $b$, one list per start.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::{FlowPortrait, squared_mass_at_scale};
    ///
    /// let portrait = FlowPortrait::new(&[0.01, 0.1], 2, 3)?;
    /// let expected = squared_mass_at_scale(0.1, 8.0)?;
    /// assert!((portrait.infrared()[1][3] / expected - 1.0).abs() < 1e-12);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn infrared(&self) -> &[Vec<f64>] {
        &self.infrared
    }

    /// The squared masses at the scale $1/b$, one list per start.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::FlowPortrait;
    ///
    /// // Seen from near by, every chain is massless: a quarter for each factor of two.
    /// let portrait = FlowPortrait::new(&[0.1], 2, 10)?;
    /// let last: &[f64] = &portrait.ultraviolet()[0][9..];
    /// assert!((last[0] / last[1] - 4.0).abs() < 1e-6);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn ultraviolet(&self) -> &[Vec<f64>] {
        &self.ultraviolet
    }

    /// Two panels: away from the massless point towards large scales, towards it at small ones.
    ///
    /// # Errors
    ///
    /// [`Error::FigureTooMany`](crate::Error::FigureTooMany) for more than five masses.
    pub fn figure(&self) -> Result<Figure> {
        let last = self.scales.len() - 1;
        let panel = |title: &str, x: &str, flows: &[Vec<f64>], exponent: f64| {
            let mut panel = Panel::new(Axis::logarithmic(x), Axis::logarithmic("squared mass u"));
            for flow in flows {
                let name = format!("u = {}", flow[0]);
                panel = panel.series(Series::line_with_markers(&name, &self.scales, flow));
            }
            let from = (1.0, 0.01 * flows[0][0]);
            let label = if exponent > 0.0 { "slope +2" } else { "slope −2" };
            panel.title(title).slope(exponent, from, self.scales[last], label)
        };
        let finding = format!(
            "Seen from {} times further away the squared mass {} becomes {:.3}, and seen from as much \
             nearer {:.1e}: the massless point repels at large scales and attracts at small ones.",
            self.scales[last],
            self.infrared[0][0],
            self.infrared[0][last],
            self.ultraviolet[0][last]
        );
        Figure::builder("Does the mass grow or shrink?", &finding)
            .source("§II bis.4, both directions")
            .columns(2)
            .panel(panel("from further away (infrared)", "scale b", &self.infrared, 2.0))
            .panel(panel("from nearer (ultraviolet)", "magnification 1/b", &self.ultraviolet, -2.0))
            .build()
    }
}
