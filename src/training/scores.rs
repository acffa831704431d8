//! How good predictions are, in every loss at once and in relative terms.

use serde::{Deserialize, Serialize};

use crate::divergence::{Divergence, FDivergence, Loss, PositiveArray};
use crate::{Error, Result};

/// Predictions judged by several yardsticks, so that two losses can be compared on common ones.
///
/// A network that was trained on one loss tends to look better in that loss; only what it shows in the
/// others as well says something about the network.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
/// use itakura_saito::training::Scores;
///
/// let target = PositiveArray::from_vec(vec![1.0, 2.0, 4.0])?;
/// let prediction = PositiveArray::from_vec(vec![1.0, 3.0, 1.0])?;
/// let scores = Scores::of(&target, &prediction)?;
/// assert!((scores.mean_squared_error - 10.0 / 3.0).abs() < 1e-15);
/// assert_eq!(scores.median_relative_error, 0.5);
/// assert!((scores.within_factor_two - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// The mean of $(f - y)^2$, without a half.
    pub mean_squared_error: f64,
    /// The mean of $V(y, f)$.
    pub itakura_saito: f64,
    /// The mean of $R(y, f) = V(f, y)$.
    pub reversed_itakura_saito: f64,
    /// The mean generalised Kullback-Leibler divergence.
    pub kullback_leibler: f64,
    /// The mean of $(\ln f - \ln y)^2$.
    pub squared_logarithm: f64,
    /// The mean of $|f - y|/y$.
    pub mean_relative_error: f64,
    /// The median of $|f - y|/y$.
    pub median_relative_error: f64,
    /// The root of the mean squared error, in units of the standard deviation of the targets.
    pub normalised_error: f64,
    /// The share of predictions between half and twice the target.
    pub within_factor_two: f64,
}

/// A quantity of [`Scores`] by which runs are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// [`Scores::mean_squared_error`]
    MeanSquaredError,
    /// [`Scores::itakura_saito`]
    ItakuraSaito,
    /// [`Scores::reversed_itakura_saito`]
    ReversedItakuraSaito,
    /// [`Scores::kullback_leibler`]
    KullbackLeibler,
    /// [`Scores::squared_logarithm`]
    SquaredLogarithm,
    /// [`Scores::mean_relative_error`]
    MeanRelativeError,
    /// [`Scores::median_relative_error`]
    MedianRelativeError,
    /// [`Scores::normalised_error`]
    NormalisedError,
    /// [`Scores::log10_error`]
    Log10Error,
    /// [`Scores::within_factor_two`]: the only one for which more is better.
    WithinFactorTwo,
}

impl Metric {
    /// The yardstick that is this loss; only five losses are one.
    pub fn of(loss: Loss) -> Option<Self> {
        match loss {
            Loss::MeanSquaredError => Some(Self::MeanSquaredError),
            Loss::Divergence(Divergence::ItakuraSaito) => Some(Self::ItakuraSaito),
            Loss::Divergence(Divergence::ReversedItakuraSaito) => Some(Self::ReversedItakuraSaito),
            Loss::Divergence(Divergence::Weighted(FDivergence::KullbackLeibler)) => {
                Some(Self::KullbackLeibler)
            }
            Loss::SquaredLogarithm => Some(Self::SquaredLogarithm),
            Loss::Divergence(_) => None,
        }
    }

    /// The name for axes and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::MeanSquaredError => "mean squared error",
            Self::ItakuraSaito => "Itakura-Saito",
            Self::ReversedItakuraSaito => "reversed Itakura-Saito",
            Self::KullbackLeibler => "Kullback-Leibler",
            Self::SquaredLogarithm => "squared logarithm",
            Self::MeanRelativeError => "mean relative error",
            Self::MedianRelativeError => "median relative error",
            Self::NormalisedError => "normalised error",
            Self::Log10Error => "error of log10",
            Self::WithinFactorTwo => "share within a factor 2",
        }
    }
}

impl Scores {
    /// Judges predictions entry by entry.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`] if the shapes differ; [`Error::NotFinite`] if a mean overflows, or if all
    /// targets are the same, which leaves no unit for the normalised error.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::training::Scores;
    ///
    /// // Predictions that are ten times too large are wrong by one decade.
    /// let targets = PositiveArray::of(&[1.0, 2.0])?;
    /// let scores = Scores::of(&targets, &targets.scaled(10.0)?)?;
    /// assert!((scores.log10_error() - 1.0).abs() < 1e-15);
    /// assert!((scores.mean_relative_error - 9.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(targets: &PositiveArray, predictions: &PositiveArray) -> Result<Self> {
        let mean = |loss: Loss| loss.mean(targets, predictions);
        let mean_squared_error = mean(Loss::MeanSquaredError)?;
        let pairs = || targets.as_slice().iter().zip(predictions.as_slice());
        let mut relative: Vec<f64> = pairs().map(|(y, f)| (f - y).abs() / y).collect();
        let count = relative.len() as f64;
        let share = |holds: fn((&f64, &f64)) -> bool| pairs().filter(|&pair| holds(pair)).count();
        let scores = Self {
            mean_squared_error,
            itakura_saito: mean(Loss::ITAKURA_SAITO)?,
            reversed_itakura_saito: mean(Divergence::ReversedItakuraSaito.into())?,
            kullback_leibler: mean(Divergence::KULLBACK_LEIBLER.into())?,
            squared_logarithm: mean(Loss::SquaredLogarithm)?,
            mean_relative_error: relative.iter().sum::<f64>() / count,
            median_relative_error: median(&mut relative),
            normalised_error: mean_squared_error.sqrt() / targets.view().std(0.0),
            within_factor_two: share(|(y, f)| 0.5 * y <= *f && *f <= 2.0 * y) as f64 / count,
        };
        scores.checked()
    }

    /// The score by one yardstick.
    pub fn get(&self, metric: Metric) -> f64 {
        match metric {
            Metric::MeanSquaredError => self.mean_squared_error,
            Metric::ItakuraSaito => self.itakura_saito,
            Metric::ReversedItakuraSaito => self.reversed_itakura_saito,
            Metric::KullbackLeibler => self.kullback_leibler,
            Metric::SquaredLogarithm => self.squared_logarithm,
            Metric::MeanRelativeError => self.mean_relative_error,
            Metric::MedianRelativeError => self.median_relative_error,
            Metric::NormalisedError => self.normalised_error,
            Metric::Log10Error => self.log10_error(),
            Metric::WithinFactorTwo => self.within_factor_two,
        }
    }

    /// The root mean square of $\log_{10}(f/y)$.
    pub fn log10_error(&self) -> f64 {
        self.squared_logarithm.sqrt() / std::f64::consts::LN_10
    }

    fn checked(self) -> Result<Self> {
        let values = [
            ("the mean squared error", self.mean_squared_error),
            ("the mean Itakura-Saito divergence", self.itakura_saito),
            ("the mean reversed Itakura-Saito divergence", self.reversed_itakura_saito),
            ("the mean Kullback-Leibler divergence", self.kullback_leibler),
            ("the mean squared logarithm", self.squared_logarithm),
            ("the mean relative error", self.mean_relative_error),
            ("the error in units of the spread of the targets", self.normalised_error),
        ];
        match values.into_iter().find(|(_, value)| !value.is_finite()) {
            None => Ok(self),
            Some((name, value)) => {
                let remedy = "predictions this far from the targets, or targets without any spread, have \
                              no finite score";
                Err(Error::NotFinite { name, value, remedy })
            }
        }
    }
}

/// The median; of an even number of values the mean of the middle two.
fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    match below.iter().copied().max_by(f64::total_cmp) {
        Some(lower) if values.len().is_multiple_of(2) => 0.5 * (lower + upper),
        _ => upper,
    }
}
