//! Items with inputs and positive targets, cut into parts.

use ndarray::{Array2, Array3, Axis};

use super::shuffle::permutation;
use crate::divergence::PositiveArray;
use crate::figure::{Axis as FigureAxis, Figure, Panel, Series};
use crate::{Error, Result};

/// Inputs of shape (items, channels, length) and positive targets of shape (items, length).
///
/// # Examples
///
/// ```
/// use itakura_saito::dataset::Dataset;
/// use itakura_saito::divergence::PositiveArray;
/// use ndarray::{Array3, array};
///
/// let targets = PositiveArray::try_from(array![[1.0, 2.0], [3.0, 4.0]])?;
/// let data = Dataset::new(Array3::zeros((2, 1, 2)), targets)?;
/// assert_eq!((data.items(), data.channels(), data.length()), (2, 1, 2));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    inputs: Array3<f64>,
    targets: PositiveArray,
}

/// A part to train on and a part to judge by.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// What the parameters are fitted to.
    pub training: Dataset,
    /// What they are judged by.
    pub validation: Dataset,
}

impl Dataset {
    /// Checks that the inputs are finite and that each item has a target at each position.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without items, channels or positions; [`Error::NotFiniteAt`] for an input that is
    /// infinite or NaN; [`Error::ShapeMismatch`] if items or positions differ.
    pub fn new(inputs: Array3<f64>, targets: PositiveArray) -> Result<Self> {
        let (items, channels, length) = inputs.dim();
        if items * channels * length == 0 {
            let remedy = "give at least one item, one channel and one position";
            return Err(Error::Empty { name: "the inputs of a data set", remedy });
        }
        if targets.shape() != [items, length] {
            return Err(Error::ShapeMismatch {
                target: targets.shape().to_vec(),
                prediction: vec![items, length],
                remedy: "give one positive target for each item and position of the inputs",
            });
        }
        let found = inputs.indexed_iter().find(|(_, value)| !value.is_finite());
        if let Some(((item, channel, position), &value)) = found {
            return Err(Error::NotFiniteAt {
                name: "the input at ",
                index: vec![item, channel, position],
                value,
                remedy: "drop or correct the item",
            });
        }
        Ok(Self { inputs: inputs.as_standard_layout().into_owned(), targets })
    }

    /// The inputs, of shape (items, channels, length).
    pub fn inputs(&self) -> &Array3<f64> {
        &self.inputs
    }

    /// The targets, of shape (items, length).
    pub fn targets(&self) -> &PositiveArray {
        &self.targets
    }

    /// The inputs as the networks of section 17 take them: one sequence per item, one number per position.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for more than one channel.
    pub fn sequences(&self) -> Result<Array2<f64>> {
        if self.channels() != 1 {
            return Err(Error::OutOfRange {
                name: "the number of input channels",
                value: self.channels() as f64,
                lower: 1.0,
                upper: 1.0,
                remedy: "the networks take one; add the second one to it, as Task::PositionAdded does",
            });
        }
        Ok(self.inputs.index_axis(Axis(1), 0).to_owned())
    }

    /// The number of items.
    pub fn items(&self) -> usize {
        self.inputs.dim().0
    }

    /// The number of input channels.
    pub fn channels(&self) -> usize {
        self.inputs.dim().1
    }

    /// The number of positions of an item.
    pub fn length(&self) -> usize {
        self.inputs.dim().2
    }

    /// The items with these indices, in this order.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without an index, [`Error::OutOfRange`] for an index that no item has.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::dataset::Dataset;
    /// use itakura_saito::divergence::PositiveArray;
    /// use ndarray::{Array3, array};
    ///
    /// let targets = PositiveArray::new(array![[1.0], [2.0], [3.0]].into_dyn())?;
    /// let items = Dataset::new(Array3::zeros((3, 1, 1)), targets)?;
    /// assert_eq!(items.select(&[2, 0])?.targets().as_slice(), [3.0, 1.0]);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn select(&self, items: &[usize]) -> Result<Self> {
        if items.is_empty() {
            return Err(Error::Empty { name: "a selection of items", remedy: "name at least one" });
        }
        if let Some(&wrong) = items.iter().find(|&&item| item >= self.items()) {
            return Err(Error::OutOfRange {
                name: "the index of an item",
                value: wrong as f64,
                lower: 0.0,
                upper: (self.items() - 1) as f64,
                remedy: "items are counted from zero",
            });
        }
        let targets = PositiveArray::new(self.targets.view().select(Axis(0), items))?;
        Self::new(self.inputs.select(Axis(0), items), targets)
    }

    /// The first `count` items to train on, the others to judge by, as section 17 does it.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless both parts have items.
    pub fn split_at(&self, count: usize) -> Result<Split> {
        self.split_by(&(0..self.items()).collect::<Vec<usize>>(), count)
    }

    /// `count` items chosen by the seed to train on, the others to judge by.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] unless both parts have items.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::dataset::Dataset;
    /// use itakura_saito::divergence::PositiveArray;
    /// use ndarray::{Array3, array};
    ///
    /// // No item is lost, none is in both parts.
    /// let targets = PositiveArray::new(array![[1.0], [2.0], [4.0], [8.0]].into_dyn())?;
    /// let split = Dataset::new(Array3::zeros((4, 1, 1)), targets)?.split_shuffled(3, 1)?;
    /// let sum = |part: &Dataset| part.targets().as_slice().iter().sum::<f64>();
    /// assert_eq!(sum(&split.training) + sum(&split.validation), 15.0);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn split_shuffled(&self, count: usize, seed: u64) -> Result<Split> {
        self.split_by(&permutation(self.items(), seed), count)
    }

    /// The inputs and the target of an item over its positions.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] for an index that no item has.
    pub fn figure(&self, item: usize) -> Result<Figure> {
        let one = self.select(&[item])?;
        let positions: Vec<f64> = (0..self.length()).map(|position| position as f64).collect();
        let input = one.inputs.index_axis(Axis(0), 0).index_axis(Axis(0), 0).to_vec();
        let target = one.targets.as_slice();
        let finding = format!(
            "Item {item}: the input runs from {:.2} to {:.2} and the target from {:.2} to {:.2}.",
            input.iter().copied().fold(f64::INFINITY, f64::min),
            input.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            one.targets.minimum().get(),
            one.targets.maximum().get(),
        );
        let panel = Panel::new(FigureAxis::linear("position"), FigureAxis::linear("value"))
            .series(Series::line("input x", &positions, &input))
            .series(Series::data("target y", &positions, target));
        let title = format!("Item {item}: from a noisy sum of two sines to a slow envelope");
        Figure::builder(&title, &finding).source("§17").panel(panel).build()
    }

    fn split_by(&self, order: &[usize], count: usize) -> Result<Split> {
        if count == 0 || count >= self.items() {
            return Err(Error::OutOfRange {
                name: "the number of training items",
                value: count as f64,
                lower: 1.0,
                upper: self.items() as f64 - 1.0,
                remedy: "leave at least one item to judge by",
            });
        }
        let (training, validation) = order.split_at(count);
        Ok(Split { training: self.select(training)?, validation: self.select(validation)? })
    }
}
