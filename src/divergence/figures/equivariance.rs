//! What scaling the targets does to a descent.

use ndarray::Array1;

use crate::Result;
use crate::divergence::{Positive, direct_descent, log_descent, natural_descent};
use crate::figure::{Axis, Figure, Panel, Role, Series, Slider};

/// The same descent for a target $cy$ and a start $cf_0$, drawn in units of $c$.
///
/// Section 5: the loss is scale invariant, $V(cy, cf) = V(y, f)$, and its descent is said to be a natural
/// gradient. The natural gradient of the loss is $f - y$ (the step of squared error), the plain one
/// $(f - y)/f^2$. In $\psi = \ln f$ the Fisher metric is constant, plain descent *is* natural descent, and
/// $\psi_t$ for the target $cy$ is $\psi_t + \ln c$ for every step $t$, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Equivariance {
    /// The factors by which target and start are multiplied.
    pub factors: Vec<f64>,
    /// The predictions of descent in $f$, over the factor, for each factor.
    pub direct: Vec<Array1<f64>>,
    /// Those of the natural gradient.
    pub natural: Vec<Array1<f64>>,
    /// Those of descent in $\ln f$.
    pub logarithmic: Vec<Array1<f64>>,
}

/// Where the descent begins, and how it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DescentPlan {
    /// The target $y$.
    pub target: f64,
    /// The start $f_0$.
    pub start: f64,
    /// The learning rate.
    pub learning_rate: f64,
    /// How many steps are taken.
    pub steps: usize,
}

impl Equivariance {
    /// Runs all three descents for each factor.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) for a factor or a number of the plan that is not
    /// positive, or for a step of direct or natural descent that leaves the positive numbers.
    ///
    /// ```
    /// use itakura_saito::divergence::{DescentPlan, Equivariance};
    ///
    /// let plan = DescentPlan { target: 1.0, start: 3.0, learning_rate: 0.5, steps: 20 };
    /// let runs = Equivariance::of_factors(plan, &[1.0, 4.0])?;
    /// assert!(runs.logarithmic_gap() < 1e-12 && runs.direct_gap() > 0.5);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of_factors(plan: DescentPlan, factors: &[f64]) -> Result<Self> {
        let mut runs = Self {
            factors: factors.to_vec(),
            direct: Vec::new(),
            natural: Vec::new(),
            logarithmic: Vec::new(),
        };
        let DescentPlan { target, start, learning_rate, steps } = plan;
        for &factor in factors {
            let factor = Positive::named("the factor", factor, "scale by a positive number")?.get();
            let target = Positive::target(factor * target)?.get();
            let start =
                Positive::named("the start", factor * start, "start at a positive number")?.get();
            let unscaled = |run: Array1<f64>| run / factor;
            runs.direct.push(unscaled(direct_descent(target, start, learning_rate, steps)?));
            runs.natural.push(unscaled(natural_descent(target, start, learning_rate, steps)?));
            let logarithms = log_descent(target, start.ln(), learning_rate, steps)?;
            runs.logarithmic.push(unscaled(logarithms.mapv(f64::exp)));
        }
        Ok(runs)
    }

    /// The largest difference between the first and another run of descent in $\ln f$, in units of the factor.
    pub fn logarithmic_gap(&self) -> f64 {
        gap(&self.logarithmic)
    }

    /// The same of descent in $f$.
    pub fn direct_gap(&self) -> f64 {
        gap(&self.direct)
    }

    /// The same of natural descent.
    pub fn natural_gap(&self) -> f64 {
        gap(&self.natural)
    }

    /// Predictions over the step, in units of the factor; the slider moves through the factors.
    ///
    /// # Errors
    ///
    /// If there is no factor, or more than forty.
    pub fn figure(&self) -> Result<Figure> {
        let last = self.factors.len().saturating_sub(1);
        let finding = format!(
            "In units of the factor, descent in the logarithm takes the same path whatever the factor, to \
             within {:.0e}; direct descent does not: at the factor {} it is up to {:.2} away from its path at \
             the first one.",
            self.logarithmic_gap().max(f64::EPSILON),
            self.factors.last().copied().unwrap_or(1.0),
            self.direct_gap(),
        );
        let mut slider = Slider::new("factor c").start_at(last);
        for (index, factor) in self.factors.iter().enumerate() {
            let steps: Vec<f64> = (0..self.direct[index].len()).map(|step| step as f64).collect();
            let line = |name: &str, run: &Array1<f64>| Series::line(name, &steps, &run.to_vec());
            let panel = Panel::new(Axis::linear("step"), Axis::linear("prediction over c"))
                .series(line("direct: in f", &self.direct[index]))
                .series(line("natural: f − y", &self.natural[index]))
                .series(
                    line("logarithmic: in ln f", &self.logarithmic[index]).role(Role::Corrected),
                );
            slider = slider.frame(&factor.to_string(), vec![panel]);
        }
        Figure::builder("Which descent does not know the scale of the targets?", &finding)
            .source("§5")
            .slider(slider)
            .build()
    }
}

fn gap(runs: &[Array1<f64>]) -> f64 {
    let Some(first) = runs.first() else { return 0.0 };
    let from_first =
        |run: &Array1<f64>| (run - first).mapv(f64::abs).fold(0.0, |a: f64, b| a.max(*b));
    runs.iter().map(from_first).fold(0.0, f64::max)
}
