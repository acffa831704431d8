//! Means of blocks of gamma data: coarse-graining the data instead of the field.

use ndarray_rand::rand_distr::{Distribution, Gamma};

use super::jackknife::{SampledValue, jackknife};
use super::{at_least, positive};
use crate::Result;
use crate::seed::{generator, stream};

/// Shape and skewness of means of $b$ gamma variables, estimated from samples.
///
/// The mean of $b$ independent variables of the shape $k$ has the gamma law of the shape $bk$. As the
/// likelihood of a gamma variable is $-k\\,V(y, f)$ up to terms without $f$, the loss of
/// coarse-grained data is IS again, with $b$ times the weight: that weight, like the mass, grows with the
/// scale.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::BlockMeans;
///
/// let means: BlockMeans = BlockMeans::of_samples(2.0, 4, 20_000, 1)?;
/// assert!((means.shape.value - 8.0).abs() < 4.0 * means.shape.standard_error);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockMeans {
    /// The squared mean over the variance: the shape of a gamma law.
    pub shape: SampledValue,
    /// The skewness, $2/\sqrt{bk}$ for a gamma law.
    pub skewness: SampledValue,
    /// $bk$.
    pub expected_shape: f64,
}

/// Into how many groups the samples are divided for their standard error.
const GROUPS: usize = 50;

impl BlockMeans {
    /// Draws `count` means of `block` variables of the shape `shape` and the mean 1.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if the shape is not, or is too extreme;
    /// [`Error::TooFew`](crate::Error::TooFew) for a block of no variable, or below 100 means.
    pub fn of_samples(shape: f64, block: usize, count: usize, seed: u64) -> Result<Self> {
        let shape = positive("the shape k", shape, "1 is exponential, larger is narrower")?;
        let scale = positive("1/k", shape.recip(), "choose a shape closer to one")?;
        at_least(1, "the number of variables in a block", block, "1 leaves the data as they are")?;
        at_least(2 * GROUPS, "the number of means", count, "the errors come from groups of means")?;
        let law = Gamma::new(shape, scale).expect("a positive shape and scale");
        let of_group = |group: usize| {
            let mut random = generator(stream(seed, group as u64));
            let mut sums = [0.0; 4];
            for _ in 0..count / GROUPS {
                let sum: f64 = (0..block).map(|_| law.sample(&mut random)).sum();
                // Powers of the deviation from the known mean cancel less.
                let deviation = sum / block as f64 - 1.0;
                let powers = [1.0, deviation, deviation.powi(2), deviation.powi(3)];
                sums.iter_mut().zip(powers).for_each(|(sum, power)| *sum += power);
            }
            sums
        };
        let groups: Vec<[f64; 4]> = (0..GROUPS).map(of_group).collect();
        let [shape_of_means, skewness] = jackknife(&groups, |sums| {
            let [first, second, third] = [1, 2, 3].map(|power| sums[power] / sums[0]);
            let remedy = "draw more means";
            let variance = positive("the variance of the means", second - first * first, remedy)?;
            let cubes = third - 3.0 * first * second + 2.0 * first.powi(3);
            Ok([(1.0 + first).powi(2) / variance, cubes / variance.powf(1.5)])
        })?;
        let expected_shape = block as f64 * shape;
        Ok(Self { shape: shape_of_means, skewness, expected_shape })
    }

    /// $2/\sqrt{bk}$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::BlockMeans;
    ///
    /// // Four exponentials: half the skewness 2 of one.
    /// let means = BlockMeans::of_samples(1.0, 4, 1000, 7)?;
    /// assert!((means.expected_skewness() - 1.0).abs() < 1e-15);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn expected_skewness(&self) -> f64 {
        2.0 / self.expected_shape.sqrt()
    }
}
