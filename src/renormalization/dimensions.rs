//! How fast the mass grows in one, two and three dimensions, beside (7).

use super::{PlaneDecimation, at_least, decimated_squared_mass};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series};

/// How fast the squared mass grows in one, two and three dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionComparison {
    squared_masses: Vec<f64>,
    /// One list a dimension.
    exponents: [Vec<f64>; 3],
    planes: Vec<PlaneDecimation>,
}

impl DimensionComparison {
    /// At these squared masses, one step of pairs in each direction; the plane also by integrating out the
    /// sites of a torus with `side` times `side` sites, one after the other.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for no mass; as [`decimated_squared_mass`] and [`PlaneDecimation::new`].
    pub fn new(squared_masses: &[f64], side: usize) -> Result<Self> {
        at_least(1, "the number of masses", squared_masses.len(), "give at least one")?;
        let exponents = |dimensions: usize| {
            let exponent =
                |&mass: &f64| Ok((decimated_squared_mass(dimensions, mass, 2)? / mass).log2());
            squared_masses.iter().map(exponent).collect::<Result<Vec<f64>>>()
        };
        let planes = squared_masses.iter().map(|&mass| PlaneDecimation::new(side, mass));
        Ok(Self {
            squared_masses: squared_masses.to_vec(),
            exponents: [exponents(1)?, exponents(2)?, exponents(3)?],
            planes: planes.collect::<Result<_>>()?,
        })
    }

    /// The exponents $\log_2(u_2/u)$ in one, two or three dimensions, one per mass.
    pub fn exponents(&self, dimensions: usize) -> Option<&[f64]> {
        self.exponents.get(dimensions.checked_sub(1)?).map(Vec::as_slice)
    }

    /// The plane by elimination, one per mass.
    pub fn planes(&self) -> &[PlaneDecimation] {
        &self.planes
    }

    /// The exponents over the mass, beside the printed $2 - d$.
    ///
    /// # Errors
    ///
    /// Those of a figure.
    pub fn figure(&self) -> Result<Figure> {
        let masses = &self.squared_masses;
        let eliminated: Vec<f64> = self.planes.iter().map(PlaneDecimation::exponent).collect();
        let y = Axis::linear("exponent log₂(u₂/u)").range(-1.5, 4.5);
        let mut panel = Panel::new(Axis::logarithmic("squared mass u"), y);
        for (name, exponents) in ["line", "plane", "space"].into_iter().zip(&self.exponents) {
            panel = panel.series(Series::line(&format!("{name}, closed form"), masses, exponents));
        }
        panel = panel.series(Series::data("plane, sites eliminated", masses, &eliminated));
        for (printed, label) in
            [(1.0, "printed, line"), (0.0, "printed, plane"), (-1.0, "printed, space")]
        {
            panel = panel.horizontal(printed, label);
        }
        let lowest = self.exponents.iter().map(|exponents| exponents[0]);
        let lowest: Vec<String> = lowest.map(|exponent| format!("{exponent:.3}")).collect();
        let finding = format!(
            "At the squared mass {} the exponent is {} on a line, {} in the plane and {} in space, where \
             the paper prints 1, 0 and -1.",
            masses[0], lowest[0], lowest[1], lowest[2]
        );
        Figure::builder("Does the exponent depend on the dimension?", &finding)
            .source("§II bis.3, (7)")
            .panel(panel)
            .build()
    }
}
