//! A search for targets that improve the conditioning of a kernel.

use ndarray_rand::rand::Rng;

use super::Conditioning;
use super::weighted_kernel::{over, scaled};
use crate::figure::{Axis, Figure, Panel, Series};
use crate::operator::Symmetric;
use crate::seed::generator;
use crate::{Error, Result, interrupt};

/// The condition numbers of $W^{1/2} K W^{1/2}$ for targets that are drawn at random.
///
/// Forsythe and Straus: for a kernel with a constant diagonal whose nodes fall into two classes that are coupled
/// with each other only, such as any tridiagonal one, no diagonal scaling is better than none. The extreme
/// eigenvectors are $(u, v)$ and $(u, -v)$ then, with components of equal size, and serve as test vectors for
/// every scaling at once.
///
/// ```
/// use itakura_saito::causality::{Graph, LocalKernel};
/// use itakura_saito::ntk::ScalingSearch;
/// use itakura_saito::operator::Symmetric;
///
/// let kernel: Symmetric = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?.matrix()?;
/// let search: ScalingSearch = ScalingSearch::new(&kernel, 500, 1)?;
/// assert_eq!(search.improvements(), 0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ScalingSearch {
    /// $\kappa(K)$, with all targets alike.
    pub unscaled: f64,
    /// $(y_{\max}/y_{\min})^2$ of each draw.
    pub target_ratios: Vec<f64>,
    /// $\kappa(KW)$ of each draw.
    pub condition_numbers: Vec<f64>,
}

/// What rounding makes of an eigenvalue of the smallest matrix, relative to the condition number.
const ROUNDING: f64 = 1e-12;

impl ScalingSearch {
    /// Draws targets so many times, from nearly equal ones to ratios of a thousand.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] without a draw; [`Error::OutOfRange`] if the kernel is singular or has a negative
    /// eigenvalue.
    pub fn new(kernel: &Symmetric, draws: usize, seed: u64) -> Result<Self> {
        if draws == 0 {
            return Err(Error::TooFew {
                name: "the number of draws",
                count: 0,
                minimum: 1,
                remedy: "a search draws at least once",
            });
        }
        let conditioning = Conditioning::of(kernel);
        let unscaled = conditioning.condition_number()?;
        let mut random = generator(seed);
        let nodes = kernel.view().nrows();
        let (mut target_ratios, mut condition_numbers) = (Vec::new(), Vec::new());
        for _ in 0..draws {
            interrupt::check()?;
            // The width of the draw is itself drawn, over decades: close to equal targets the margin is small.
            let width = 10f64.powf(random.random_range(-3.0..0.5));
            let draw = |_| (width * random.random_range(-1.0..1.0_f64)).exp();
            let targets: Vec<f64> = (0..nodes).map(draw).collect();
            let weighted = scaled(kernel, &targets, over)?;
            condition_numbers.push(Conditioning::of(&weighted).condition_number()?);
            let largest = targets.iter().copied().fold(0.0, f64::max);
            let smallest = targets.iter().copied().fold(f64::INFINITY, f64::min);
            target_ratios.push((largest / smallest).powi(2));
        }
        Ok(Self { unscaled, target_ratios, condition_numbers })
    }

    /// How many draws have a smaller condition number than equal targets, by more than rounding.
    pub fn improvements(&self) -> usize {
        let better = |value: &&f64| **value < self.unscaled * (1.0 - ROUNDING * self.unscaled);
        self.condition_numbers.iter().filter(better).count()
    }

    /// The smallest condition number that was drawn.
    pub fn smallest(&self) -> f64 {
        self.condition_numbers.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The condition number of each draw over the ratio of its targets.
    ///
    /// # Errors
    ///
    /// None that a search leads to.
    pub fn figure(&self) -> Result<Figure> {
        let draws = self.condition_numbers.len();
        let finding = format!(
            "Of {draws} random choices of targets {} have a smaller condition number than equal targets; the smallest is \
             {:.4}, and equal targets have {:.4}.",
            self.improvements(),
            self.smallest(),
            self.unscaled
        );
        let panel = Panel::new(
            Axis::logarithmic("(largest target / smallest)²"),
            Axis::logarithmic("condition number"),
        )
        .series(Series::data("random targets", &self.target_ratios, &self.condition_numbers))
        .horizontal(self.unscaled, "equal targets");
        Figure::builder("Which targets beat equal ones?", &finding)
            .source("§11")
            .panel(panel)
            .build()
    }
}
