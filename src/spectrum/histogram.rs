//! Counts in equal bins, by the convention of the paper's figures.

use crate::{Error, Result};

/// Counts of eigenvalues in equal bins between the smallest and the largest.
///
/// A value on an inner edge belongs to the bin above it, and the largest value to the last bin: the
/// convention of numpy, with which Figures 8 and 9 were made. Their axis says density and shows counts.
///
/// # Examples
///
/// ```
/// use itakura_saito::spectrum::Spectrum;
///
/// // A value on an inner edge counts to the right, the largest to the last bin.
/// let histogram = Spectrum::new(vec![0.0, 1.0, 1.0, 2.0])?.histogram(2)?;
/// assert_eq!((histogram.edges, histogram.counts), (vec![0.0, 1.0, 2.0], vec![1, 3]));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The edges of the bins, one more than there are bins.
    pub edges: Vec<f64>,
    /// The number of eigenvalues in each bin.
    pub counts: Vec<usize>,
}

impl Histogram {
    pub(super) fn of_sorted(values: &[f64], bins: usize) -> Result<Self> {
        if bins == 0 {
            return Err(Error::TooFew {
                name: "the number of bins",
                count: bins,
                minimum: 1,
                remedy: "the paper uses 50",
            });
        }
        let (low, high) = (values[0], values[values.len() - 1]);
        let edge = |index: usize| match index {
            last if last == bins => high,
            index if (high - low).is_finite() => low + (high - low) * index as f64 / bins as f64,
            index => {
                let part = index as f64 / bins as f64;
                low * (1.0 - part) + high * part
            }
        };
        let edges: Vec<f64> = (0..=bins).map(edge).collect();
        let below = |edge: f64| values.partition_point(|&value| value < edge);
        let mut starts: Vec<usize> = edges[..bins].iter().map(|&edge| below(edge)).collect();
        // The last bin is closed.
        starts.push(values.len());
        let counts = starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        Ok(Self { edges, counts })
    }

    /// The width of each bin.
    pub fn width(&self) -> f64 {
        let (low, high) = (self.edges[0], self.edges[self.edges.len() - 1]);
        let count = self.counts.len() as f64;
        let width = (high - low) / count;
        if width.is_finite() { width } else { high / count - low / count }
    }

    /// The middle of each bin.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::spectrum::Spectrum;
    ///
    /// let histogram = Spectrum::new(vec![0.0, 1.0, 4.0])?.histogram(2)?;
    /// assert_eq!((histogram.centres(), histogram.width()), (vec![1.0, 3.0], 2.0));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn centres(&self) -> Vec<f64> {
        self.edges.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect()
    }

    /// The counts as numbers that can be drawn.
    pub fn heights(&self) -> Vec<f64> {
        self.counts.iter().map(|&count| count as f64).collect()
    }
}
