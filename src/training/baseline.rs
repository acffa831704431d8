//! Predictors that never look at the input: the yardstick for every curve of section 17.

use ndarray::Axis as ArrayAxis;
use serde::{Deserialize, Serialize};

use super::{Metric, Scores};
use crate::Result;
use crate::dataset::{Dataset, Split};
use crate::divergence::PositiveArray;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// A predictor without input, fitted to the training part and scored on both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Its scores on the part that it was fitted to.
    pub training: Scores,
    /// Its scores on the other part.
    pub validation: Scores,
}

/// The two predictors without input.
///
/// The paper shows none. Its training and validation curves can only be read beside them: on its 77
/// validation items a constant has a *smaller* IS and a *larger* squared error than on its training items.
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::paper_split;
/// use itakura_saito::training::{Baselines, Metric};
///
/// let baselines = Baselines::of(&paper_split())?;
/// let constant = baselines.constant;
/// assert!(constant.validation.itakura_saito < constant.training.itakura_saito);
/// assert!(constant.validation.mean_squared_error > constant.training.mean_squared_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Baselines {
    /// The mean of all training targets: of all constants the best one in squared error and in IS.
    pub constant: Baseline,
    /// The mean of the training targets at each position.
    pub position_mean: Baseline,
}

impl Baselines {
    /// Fits both to the training part and scores them on both parts.
    ///
    /// # Errors
    ///
    /// As [`Scores::of`]; [`Error::ShapeMismatch`](crate::Error::ShapeMismatch) if the items of the two
    /// parts differ in length.
    pub fn of(split: &Split) -> Result<Self> {
        let targets = split.training.targets();
        let mean = targets.arithmetic_mean().get();
        let constant = |data: &Dataset| PositiveArray::constant(data.targets().shape(), mean);
        let profile = targets.view().mean_axis(ArrayAxis(0)).expect("a data set has items");
        let profiles = |data: &Dataset| {
            let row = profile.view().insert_axis(ArrayAxis(0));
            let rows = vec![row; data.items()];
            let stacked = ndarray::concatenate(ArrayAxis(0), &rows).expect("rows of one length");
            PositiveArray::new(stacked)
        };
        Ok(Self { constant: scored(split, constant)?, position_mean: scored(split, profiles)? })
    }
}

impl Baselines {
    /// By how much the loss on the validation items lies above that on the training items.
    ///
    /// # Errors
    ///
    /// If a gap is not finite.
    pub fn figure(&self) -> Result<Figure> {
        let gap = |baseline: &Baseline, metric| {
            100.0 * (baseline.validation.get(metric) / baseline.training.get(metric) - 1.0)
        };
        let both = [&self.constant, &self.position_mean];
        let squares = both.map(|baseline| gap(baseline, Metric::MeanSquaredError));
        let itakura_saito = both.map(|baseline| gap(baseline, Metric::ItakuraSaito));
        let title = "Without any network: does validation end above training, or below?";
        let finding = format!(
            "From training to validation the loss of a constant changes by {:+.1} % in squared error and by \
             {:+.1} % in Itakura-Saito; that of the mean of each position by {:+.1} % and {:+.1} %.",
            squares[0], itakura_saito[0], squares[1], itakura_saito[1],
        );
        let panel = Panel::new(
            Axis::categories("predictor without input", &["constant", "mean of each position"]),
            Axis::linear("validation over training, minus 1").unit("%"),
        )
        .series(Series::bars("squared error", &[0.0, 1.0], &squares).role(Role::SquaredError))
        .series(
            Series::bars("Itakura-Saito", &[0.0, 1.0], &itakura_saito).role(Role::ItakuraSaito),
        );
        Figure::builder(title, &finding).source("§17").panel(panel).build()
    }
}

fn scored(split: &Split, predict: impl Fn(&Dataset) -> Result<PositiveArray>) -> Result<Baseline> {
    let score = |data: &Dataset| Scores::of(data.targets(), &predict(data)?);
    Ok(Baseline { training: score(&split.training)?, validation: score(&split.validation)? })
}

impl Baseline {
    /// By what fraction a score on the validation items lies below this baseline's on the same items: 0 is no
    /// better than the baseline, 1 is perfect, negative is worse.
    pub fn gain(&self, validation: &Scores, metric: Metric) -> f64 {
        1.0 - validation.get(metric) / self.validation.get(metric)
    }
}
