//! The minimum as the elasticity varies.

use super::{Action, Minimum, shown};
use crate::divergence::{PositiveArray, best_constant};
use crate::figure::{Axis, Figure, Panel, Series, Slider};
use crate::{Error, Result};

/// The minima of an action for several elasticities.
///
/// Each solve starts from the target, so that a value does not depend on its neighbours in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    action: Action,
    elasticities: Vec<f64>,
    minima: Vec<Minimum>,
}

impl Sweep {
    /// Solves for each elasticity in turn.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for no elasticity; as [`Action::with_elasticity`] and [`Action::minimise`], for the
    /// first that fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::{Action, Sweep};
    ///
    /// // The stiffer, the dearer: the least action grows with λ, and ever more slowly.
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 1.5, 2.0])?, 0.1)?;
    /// let sweep = Sweep::over(&action, &[0.1, 0.2, 0.3])?;
    /// let least: Vec<f64> = sweep.minima().iter().map(|minimum| minimum.action).collect();
    /// assert!(least[0] < least[1] && least[1] < least[2]);
    /// assert!(least[2] - least[1] < least[1] - least[0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn over(action: &Action, elasticities: &[f64]) -> Result<Self> {
        if elasticities.is_empty() {
            return Err(Error::Empty {
                name: "the list of elasticities",
                remedy: "give at least one, and the lower end of a range first",
            });
        }
        let solve = |&elasticity: &f64| action.clone().with_elasticity(elasticity)?.minimise();
        let minima = elasticities.iter().map(solve).collect::<Result<_>>()?;
        Ok(Self { action: action.clone(), elasticities: elasticities.to_vec(), minima })
    }

    /// Over decades: `per_decade` elasticities per decade, equally spaced in the logarithm.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the last exponent is below the first, or for none per decade; as [`Sweep::over`].
    pub fn over_decades(
        action: &Action,
        first_exponent: i32,
        last_exponent: i32,
        per_decade: i32,
    ) -> Result<Self> {
        if last_exponent < first_exponent {
            return Err(Error::OutOfRange {
                name: "the last exponent",
                value: f64::from(last_exponent),
                lower: f64::from(first_exponent),
                upper: f64::MAX,
                remedy: "give the smaller exponent first",
            });
        }
        let per_decade = f64::from(per_decade);
        if per_decade < 1.0 {
            return Err(Error::OutOfRange {
                name: "the number of elasticities a decade",
                value: per_decade,
                lower: 1.0,
                upper: f64::from(i32::MAX),
                remedy: "one a decade gives the powers of ten",
            });
        }
        let [first, last] = [first_exponent, last_exponent].map(|end| f64::from(end) * per_decade);
        let steps = first as i64..=last as i64;
        let elasticities: Vec<f64> =
            steps.map(|step| 10f64.powf(step as f64 / per_decade)).collect();
        Self::over(action, &elasticities)
    }

    /// The elasticities.
    pub fn elasticities(&self) -> &[f64] {
        &self.elasticities
    }

    /// The minimum for each of them.
    pub fn minima(&self) -> &[Minimum] {
        &self.minima
    }

    /// The minimum beside its target, with the elasticity on a slider.
    ///
    /// # Errors
    ///
    /// As [`FigureBuilder::build`](crate::figure::FigureBuilder::build), for more than 40 elasticities
    /// among others.
    pub fn figure(&self) -> Result<Figure> {
        let points = self.action.grid().points();
        let target = self.action.target();
        let (low, high) = (target.minimum().get(), target.maximum().get());
        let margin = 0.05 * (high - low).max(0.1 * high);
        let finding = format!(
            "At λ = {:.1e} the field follows the target to within {:.2}; at λ = {:.1e} it is flat to {:.0e}.",
            self.elasticities[0],
            self.distance_from_target(0),
            self.elasticities[self.minima.len() - 1],
            self.spread(self.minima.len() - 1),
        );
        let mut slider = Slider::new("elasticity λ").start_at(self.minima.len() - 1);
        for (elasticity, minimum) in self.elasticities.iter().zip(&self.minima) {
            let axis = Axis::linear("field").range(low - margin, high + margin);
            let panel = Panel::new(Axis::linear("position x"), axis)
                .series(shown(self.action.grid(), target))
                .series(Series::corrected("minimum f", &points, minimum.field.as_slice()));
            slider = slider.frame(&format!("{elasticity:.1e}"), vec![panel]);
        }
        Figure::builder("A stiffer field forgets its target", &finding)
            .source("§2, A.2")
            .slider(slider)
            .build()
    }

    /// The least action over the elasticity, with its slope, which is the squared gradient of the field.
    ///
    /// # Errors
    ///
    /// As [`Sweep::figure`].
    pub fn action_figure(&self) -> Result<Figure> {
        let actions: Vec<f64> = self.minima.iter().map(|minimum| minimum.action).collect();
        let roughness = self
            .minima
            .iter()
            .map(|minimum| self.action.roughness(&minimum.field))
            .collect::<Result<Vec<f64>>>()?;
        let (last, limit) = (actions[actions.len() - 1], self.action_of_constant()?);
        let finding = format!(
            "The least action rises with λ and ends at {last:.4}, where the constant field has {limit:.4}; \
             its slope, the squared gradient, only falls."
        );
        let elasticity = || Axis::logarithmic("elasticity λ");
        let above = Panel::new(elasticity(), Axis::logarithmic("least action S"))
            .series(Series::corrected("S(λ)", &self.elasticities, &actions))
            .horizontal(limit, "constant field");
        let below = Panel::new(elasticity(), Axis::logarithmic("∫ f′² dx = dS/dλ"))
            .series(Series::line("squared gradient", &self.elasticities, &roughness));
        Figure::builder("Where does the least action go as the field gets stiff?", &finding)
            .source("§2, A.4")
            .panel(above)
            .panel(below)
            .build()
    }

    /// The action of the constant in which an infinitely stiff field ends: the best one where the ends are
    /// free, the value at the ends where they are fixed.
    fn action_of_constant(&self) -> Result<f64> {
        let target = self.action.target();
        let constant = match self.action.boundary_value() {
            Some(value) => value,
            None => best_constant(self.action.divergence(), target)?.prediction,
        };
        self.action.value(&PositiveArray::constant(target.shape(), constant.get())?)
    }

    /// The largest distance of a minimum from the target.
    fn distance_from_target(&self, index: usize) -> f64 {
        let field = self.minima[index].field.as_slice();
        let pairs = field.iter().zip(self.action.target().as_slice());
        pairs.map(|(field, target)| (field - target).abs()).fold(0.0, f64::max)
    }

    /// The distance between the extremes of a minimum.
    fn spread(&self, index: usize) -> f64 {
        let field = &self.minima[index].field;
        field.maximum().get() - field.minimum().get()
    }
}
