//! Arrays that are positive by type.

use ndarray::{Array1, Array2, ArrayD, ArrayViewD, Dimension, IxDyn};

use super::Positive;
use crate::{Error, Result};

/// A non-empty array of positive, finite numbers: a sample, or a field on a grid.
///
/// Any number of axes; entries in row-major order. Checked once, at construction.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::PositiveArray;
///
/// let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
/// assert_eq!(sample.arithmetic_mean().get(), 3.0);
/// assert!((sample.harmonic_mean().get() - 1.8).abs() < 1e-15);
///
/// // From a part of a list, too.
/// let part = PositiveArray::try_from(&sample.as_slice()[1..])?;
/// assert_eq!(part, PositiveArray::try_from([2.0, 6.0])?);
///
/// let refused = PositiveArray::from_vec(vec![1.0, 0.0]).unwrap_err();
/// assert!(refused.to_string().contains("[1] must be positive"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PositiveArray(ArrayD<f64>);

impl PositiveArray {
    /// Checks every entry of `values`.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there is no entry, [`Error::NotPositiveAt`] for the first entry that is
    /// zero, negative, infinite or NaN.
    pub fn new(values: ArrayD<f64>) -> Result<Self> {
        Self::named(
            values,
            "the target or prediction at ",
            "drop or correct the entry; nothing is clamped",
        )
    }

    /// The same check, with the caller's words for the entries and the remedy.
    pub(crate) fn named(
        values: ArrayD<f64>,
        name: &'static str,
        remedy: &'static str,
    ) -> Result<Self> {
        if values.is_empty() {
            return Err(Error::Empty {
                name: "an array of targets or predictions",
                remedy: "give at least one value",
            });
        }
        let refused = |value: &f64| Positive::new(*value).is_err();
        // Without the indices first: to count them takes longer than all the rest.
        if values.iter().any(refused)
            && let Some((index, &value)) = values.indexed_iter().find(|(_, value)| refused(value))
        {
            return Err(Error::NotPositiveAt {
                name,
                index: index.as_array_view().to_vec(),
                value,
                remedy,
            });
        }
        Ok(Self(values.as_standard_layout().into_owned()))
    }

    /// Checks a list of values: one axis.
    ///
    /// # Errors
    ///
    /// As [`PositiveArray::new`].
    pub fn from_vec(values: Vec<f64>) -> Result<Self> {
        Self::new(Array1::from_vec(values).into_dyn())
    }

    /// Checks a list of values: one axis.
    ///
    /// # Errors
    ///
    /// As [`PositiveArray::new`].
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    ///
    /// let sample: PositiveArray = PositiveArray::of(&[1.0, 2.0, 6.0])?;
    /// assert_eq!(sample.arithmetic_mean().get(), 3.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn of(values: &[f64]) -> Result<Self> {
        Self::from_vec(values.to_vec())
    }

    /// A sample in which every entry is `value`.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the value is not positive, [`Error::Empty`] if `shape` has an axis of length
    /// zero.
    pub fn constant(shape: &[usize], value: f64) -> Result<Self> {
        let value = Positive::new(value)?.get();
        Self::new(ArrayD::from_elem(IxDyn(shape), value))
    }

    /// The array with every entry multiplied by a positive number.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`] if the factor is not positive, [`Error::NotPositiveAt`] for the first product
    /// that leaves the range of numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::{PositiveArray, mean_gamma_deviance};
    ///
    /// // The loss does not know the unit of target and prediction.
    /// let (target, field) = (PositiveArray::of(&[1.0, 2.0])?, PositiveArray::of(&[3.0, 1.0])?);
    /// let loss: f64 = mean_gamma_deviance(&target, &field)?;
    /// assert_eq!(mean_gamma_deviance(&target.scaled(8.0)?, &field.scaled(8.0)?)?, loss);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn scaled(&self, factor: f64) -> Result<Self> {
        let factor = Positive::named("the factor", factor, "scale by a positive number")?.get();
        let remedy = "choose a factor that keeps every entry in the range of numbers";
        Self::named(self.map(|value| factor * value.get()), "the scaled value at ", remedy)
    }

    /// The values as an array.
    pub fn view(&self) -> ArrayViewD<'_, f64> {
        self.0.view()
    }

    /// The values in row-major order.
    pub fn as_slice(&self) -> &[f64] {
        self.0.as_slice().expect("the constructor stores row-major order")
    }

    /// The values, given away.
    pub fn into_array(self) -> ArrayD<f64> {
        self.0
    }

    /// The length of each axis.
    pub fn shape(&self) -> &[usize] {
        self.0.shape()
    }

    /// The number of entries, at least one.
    #[allow(clippy::len_without_is_empty)] // never empty
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The entries in row-major order, positive by type.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Positive> + '_ {
        self.as_slice().iter().copied().map(Positive::checked)
    }

    /// The smallest entry.
    pub fn minimum(&self) -> Positive {
        self.iter().min().expect("never empty")
    }

    /// The largest entry.
    pub fn maximum(&self) -> Positive {
        self.iter().max().expect("never empty")
    }

    /// The arithmetic mean, the prediction that minimises the mean of $V(y, f)$ over the sample.
    ///
    /// $$ \bar y = \frac1n \sum_i y_i $$
    ///
    /// The same holds for every Bregman divergence of the target from the prediction.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    ///
    /// assert_eq!(PositiveArray::of(&[1.0, 2.0, 6.0])?.arithmetic_mean().get(), 3.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn arithmetic_mean(&self) -> Positive {
        let count = self.len() as f64;
        let sum: f64 = self.as_slice().iter().sum();
        let mean = if sum.is_finite() {
            sum / count
        } else {
            self.as_slice().iter().map(|value| value / count).sum()
        };
        self.between_extremes(mean)
    }

    /// The harmonic mean, the prediction that minimises the mean of the reversed divergence.
    ///
    /// $$ \Bigl(\frac1n \sum_i \frac1{y_i}\Bigr)^{-1} $$
    ///
    /// Section 2 of the paper prints that reversed divergence in its first display.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    ///
    /// // Never above the arithmetic mean, which is 5 here.
    /// assert!((PositiveArray::of(&[2.0, 8.0])?.harmonic_mean().get() - 3.2).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn harmonic_mean(&self) -> Positive {
        // Measured in units of the smallest entry, no reciprocal can overflow.
        let unit = self.minimum().get();
        let sum: f64 = self.as_slice().iter().map(|value| unit / value).sum();
        self.between_extremes(unit * (self.len() as f64 / sum))
    }

    /// A mean lies between the extremes; its rounding must not leave them.
    fn between_extremes(&self, mean: f64) -> Positive {
        Positive::checked(mean.max(self.minimum().get()).min(self.maximum().get()))
    }

    /// An array of the same shape, made entry by entry.
    pub(crate) fn map(&self, function: impl Fn(Positive) -> f64) -> ArrayD<f64> {
        self.0.mapv(|value| function(Positive::checked(value)))
    }

    /// The mean of a function of the entries.
    pub(crate) fn mean_of(&self, function: impl Fn(Positive) -> f64) -> f64 {
        self.iter().map(function).sum::<f64>() / self.len() as f64
    }

    /// The same as `map`, from a target and a prediction at each entry.
    pub(crate) fn map_with(
        &self,
        prediction: &Self,
        function: impl Fn(Positive, Positive) -> f64,
    ) -> Result<ArrayD<f64>> {
        self.check_shape(prediction)?;
        let values = self.iter().zip(prediction.iter());
        let values = values.map(|(target, prediction)| function(target, prediction)).collect();
        Ok(ArrayD::from_shape_vec(self.0.raw_dim(), values).expect("as many values as entries"))
    }

    /// The mean over all entries, if it is a number, also where the sum is none.
    pub(crate) fn mean_with(
        &self,
        prediction: &Self,
        name: &'static str,
        function: impl Fn(Positive, Positive) -> f64,
    ) -> Result<f64> {
        let count = self.len() as f64;
        let mean = self.sum_with(prediction, &function)? / count;
        if mean.is_finite() {
            return Ok(mean);
        }
        let value = self.sum_with(prediction, |one, other| function(one, other) / count)?;
        if value.is_finite() {
            return Ok(value);
        }
        Err(Error::NotFinite { name, value, remedy: "use a larger unit, or look for an outlier" })
    }

    /// The sum over all entries, without the array between.
    pub(crate) fn sum_with(
        &self,
        prediction: &Self,
        function: impl Fn(Positive, Positive) -> f64,
    ) -> Result<f64> {
        self.check_shape(prediction)?;
        let pairs = self.iter().zip(prediction.iter());
        Ok(pairs.map(|(target, prediction)| function(target, prediction)).sum())
    }

    pub(crate) fn check_shape(&self, prediction: &Self) -> Result<()> {
        if self.shape() == prediction.shape() {
            return Ok(());
        }
        Err(Error::ShapeMismatch {
            target: self.shape().to_vec(),
            prediction: prediction.shape().to_vec(),
            remedy: "give one prediction for each target; nothing is broadcast",
        })
    }
}

impl TryFrom<Vec<f64>> for PositiveArray {
    type Error = Error;

    fn try_from(values: Vec<f64>) -> Result<Self> {
        Self::from_vec(values)
    }
}

impl TryFrom<&[f64]> for PositiveArray {
    type Error = Error;

    /// As [`PositiveArray::of`].
    fn try_from(values: &[f64]) -> Result<Self> {
        Self::of(values)
    }
}

impl<const N: usize> TryFrom<[f64; N]> for PositiveArray {
    type Error = Error;

    fn try_from(values: [f64; N]) -> Result<Self> {
        Self::of(&values)
    }
}

impl<const N: usize> TryFrom<&[f64; N]> for PositiveArray {
    type Error = Error;

    fn try_from(values: &[f64; N]) -> Result<Self> {
        Self::of(values)
    }
}

impl TryFrom<Array1<f64>> for PositiveArray {
    type Error = Error;

    fn try_from(values: Array1<f64>) -> Result<Self> {
        Self::new(values.into_dyn())
    }
}

impl TryFrom<Array2<f64>> for PositiveArray {
    type Error = Error;

    fn try_from(values: Array2<f64>) -> Result<Self> {
        Self::new(values.into_dyn())
    }
}

impl TryFrom<ArrayD<f64>> for PositiveArray {
    type Error = Error;

    fn try_from(values: ArrayD<f64>) -> Result<Self> {
        Self::new(values)
    }
}
