//! What can be had without looking at the input: the yardstick for every curve of section 17.

use ndarray::Axis;
use serde::{Deserialize, Serialize};

use super::{Metric, Scores};
use crate::Result;
use crate::dataset::{Dataset, Split};
use crate::divergence::PositiveArray;

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
        let mean = targets.arithmetic_mean();
        let constant = |data: &Dataset| PositiveArray::constant(data.targets().shape(), mean);
        let profile = targets.view().mean_axis(Axis(0)).expect("a data set has items");
        let profiles = |data: &Dataset| {
            let row = profile.view().insert_axis(Axis(0));
            let rows = vec![row; data.items()];
            let stacked = ndarray::concatenate(Axis(0), &rows).expect("rows of one length");
            PositiveArray::new(stacked)
        };
        Ok(Self { constant: scored(split, constant)?, position_mean: scored(split, profiles)? })
    }
}

fn scored(split: &Split, predict: impl Fn(&Dataset) -> Result<PositiveArray>) -> Result<Baseline> {
    let score = |data: &Dataset| Scores::of(data.targets(), &predict(data)?);
    Ok(Baseline { training: score(&split.training)?, validation: score(&split.validation)? })
}

impl Baseline {
    /// By which part a score on the validation items lies below this baseline's on the same items: 0 is no
    /// better than the baseline, 1 is perfect, negative is worse.
    pub fn gain(&self, validation: &Scores, metric: Metric) -> f64 {
        1.0 - validation.get(metric) / self.validation.get(metric)
    }
}
