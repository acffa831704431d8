//! How firmly each target holds a network, under two losses and three links.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{Divergence, Link, Positive, gauss_newton_weight};
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// The Gauss-Newton weight at the optimum over the target, for three links and two losses.
///
/// The weight of [`gauss_newton_weight`]: the curvature of the loss in the network's *output* where the
/// prediction meets the target. Section 5 speaks of the weight $1/y^2$, which belongs to the identity link
/// alone. A loss and a link together decide; the largest weight over the smallest bounds how badly a set of
/// targets is conditioned.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetWeights {
    targets: Vec<f64>,
    /// For each link the weights under Itakura-Saito and under squared error.
    weights: Vec<(Link, Vec<f64>, Vec<f64>)>,
}

/// Enough for a smooth line.
const POINTS: usize = 81;

impl TargetWeights {
    /// Over targets from `lowest` to `highest`.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) or
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) unless the ends are positive and in order.
    ///
    /// ```
    /// use itakura_saito::divergence::TargetWeights;
    ///
    /// let weights = TargetWeights::between(0.01, 100.0)?;
    /// assert!(weights.figure()?.to_text().contains("exponential"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn between(lowest: f64, highest: f64) -> Result<Self> {
        let targets = geometric(lowest, highest, POINTS)?;
        let under = |loss: Divergence, link: Link| {
            let weight = |&y: &f64| Ok(gauss_newton_weight(loss, link, Positive::new(y)?));
            targets.iter().map(weight).collect::<Result<Vec<f64>>>()
        };
        let both = |link: Link| {
            Ok((
                link,
                under(Divergence::ItakuraSaito, link)?,
                under(Divergence::SQUARED_ERROR, link)?,
            ))
        };
        let links = [Link::Identity, Link::Exponential, Link::Softplus];
        let weights = links.into_iter().map(both).collect::<Result<_>>()?;
        Ok(Self { targets, weights })
    }

    /// Weight over target, one panel per link.
    ///
    /// # Errors
    ///
    /// If a weight leaves the range of `f64`.
    pub fn figure(&self) -> Result<Figure> {
        let spread = |weights: &[f64]| {
            let highest = weights.iter().copied().fold(0.0, f64::max);
            highest / weights.iter().copied().fold(f64::INFINITY, f64::min)
        };
        let (first, last) = (self.targets[0], self.targets[self.targets.len() - 1]);
        let (_, of_loss, of_squares) = &self.weights[self.weights.len() - 1];
        let finding = format!(
            "Between targets of {first} and {last} the weight of a target is flat for squared error behind \
             the identity and for Itakura-Saito behind the exponential; behind the softplus the largest over \
             the smallest weight is {:.3e} under Itakura-Saito and {:.3e} under squared error.",
            spread(of_loss),
            spread(of_squares)
        );
        let mut figure =
            Figure::builder("Loss and link together decide which targets count", &finding)
                .source("§5");
        for (link, of_loss, of_squares) in &self.weights {
            let name = match link {
                Link::Identity => "identity: f = z",
                Link::Exponential => "exponential: f = e<sup>z</sup>",
                Link::Softplus => "softplus: f = ln(1 + e<sup>z</sup>)",
            };
            let panel =
                Panel::new(Axis::logarithmic("target y"), Axis::logarithmic("Gauss-Newton weight"))
                    .title(name)
                    .series(
                        Series::line("Itakura-Saito", &self.targets, of_loss)
                            .role(Role::ItakuraSaito),
                    )
                    .series(
                        Series::line("squared error", &self.targets, of_squares)
                            .role(Role::SquaredError),
                    );
            figure = figure.panel(panel);
        }
        figure.columns(3).build()
    }
}
