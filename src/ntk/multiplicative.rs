//! When Itakura-Saito wins: predictions that answer in proportion to their size.

use ndarray::Array2;

use super::WeightedKernel;
use super::weighted_kernel::{scaled, times};
use crate::divergence::PositiveArray;
use crate::figure::{Axis, Figure, Panel, Series};
use crate::operator::Symmetric;
use crate::{Error, Result};

/// The kernel $K = Y K_0 Y$ of predictions whose sensitivity is proportional to their size, such as $f = e^z$.
///
/// Then $W^{1/2} K W^{1/2} = K_0$: the weights of Itakura-Saito take the scale of the targets out exactly, and
/// $\kappa(A) = \kappa(K_0)$, while squared error sees $\kappa(Y K_0 Y)$. This is the hypothesis under which the
/// conclusions of sections 11 and 13 hold.
///
/// ```
/// use itakura_saito::ntk::{WeightedKernel, multiplicative_kernel};
/// use itakura_saito::operator::Symmetric;
/// use ndarray::array;
///
/// let inner: Symmetric = Symmetric::new(array![[1.0, 0.5], [0.5, 1.0]])?;
/// let kernel: Symmetric = multiplicative_kernel(&inner, &[1.0, 20.0])?;
/// let weighted: WeightedKernel = WeightedKernel::new(&kernel, &[1.0, 20.0])?;
/// assert!(weighted.plain().condition_number()? > 500.0);
/// assert!((weighted.conditioning().condition_number()? - 3.0).abs() < 1e-13);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Lengths`] unless there is a target for each row; [`Error::NotPositiveAt`] for a target that
/// is not positive.
pub fn multiplicative_kernel(inner: &Symmetric, targets: &[f64]) -> Result<Symmetric> {
    let targets = PositiveArray::from_vec(targets.to_vec())?;
    scaled(inner, targets.as_slice(), times)
}

/// How the condition number depends on how the targets grow: $K_{ij} = e^{-|i - j|/2} (1 + i)(1 + j)$ with
/// $y_i = (1 + i)^p$.
///
/// At $p = 1$ the targets match the kernel's own growth, and the conditioning is that of the exponential alone.
///
/// ```
/// use itakura_saito::ntk::PowerSweep;
///
/// let sweep: PowerSweep = PowerSweep::new(20, &[0.0, 1.0, 2.0])?;
/// assert!((sweep.condition_numbers[1] - 15.534879041800693).abs() < 1e-9);
/// assert_eq!(sweep.best().0, 1.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PowerSweep {
    /// The powers $p$.
    pub powers: Vec<f64>,
    /// $\kappa(KW)$ for each of them.
    pub condition_numbers: Vec<f64>,
}

impl PowerSweep {
    /// On so many nodes, for these powers.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a power; [`Error::NotFiniteAt`] for one that is infinite or NaN; [`Error::TooFew`] for fewer than two nodes; [`Error::NotPositiveAt`] if
    /// a power is so large that a target overflows; [`Error::OutOfRange`] if a kernel becomes singular to rounding.
    pub fn new(nodes: usize, powers: &[f64]) -> Result<Self> {
        if powers.is_empty() {
            return Err(Error::Empty { name: "the list of powers", remedy: "give at least one" });
        }
        if nodes < 2 {
            return Err(Error::TooFew {
                name: "the number of nodes",
                count: nodes,
                minimum: 2,
                remedy: "a single node has the condition number one",
            });
        }
        if let Some(index) = powers.iter().position(|power| !power.is_finite()) {
            return Err(Error::NotFiniteAt {
                name: "the power at ",
                index: vec![index],
                value: powers[index],
                remedy: "a power of the size of a node is a target: give a moderate number",
            });
        }
        let size = |node: usize| 1.0 + node as f64;
        let entry = |(row, column): (usize, usize)| {
            (-0.5 * row.abs_diff(column) as f64).exp() * size(row) * size(column)
        };
        let kernel = Symmetric::new(Array2::from_shape_fn((nodes, nodes), entry))?;
        let condition = |&power: &f64| {
            let targets: Vec<f64> = (0..nodes).map(|node| size(node).powf(power)).collect();
            let conditioning = WeightedKernel::new(&kernel, &targets)?.conditioning();
            conditioning.condition_number()
        };
        let condition_numbers = powers.iter().map(condition).collect::<Result<_>>()?;
        Ok(Self { powers: powers.to_vec(), condition_numbers })
    }

    /// The power with the smallest condition number, and that number.
    pub fn best(&self) -> (f64, f64) {
        let pairs = self.powers.iter().copied().zip(self.condition_numbers.iter().copied());
        pairs.min_by(|one, other| one.1.total_cmp(&other.1)).expect("at least one power")
    }

    /// The condition number over the power.
    ///
    /// # Errors
    ///
    /// None that a sweep leads to.
    pub fn figure(&self) -> Result<Figure> {
        let (power, smallest) = self.best();
        let finding = format!(
            "The condition number is smallest, {smallest:.2}, at the power {power}; it is {:.0} at the power {}.",
            self.condition_numbers[0], self.powers[0]
        );
        let panel = Panel::new(
            Axis::linear("power p of the targets"),
            Axis::logarithmic("condition number"),
        )
        .series(Series::corrected("κ(KW)", &self.powers, &self.condition_numbers));
        Figure::builder("Where do the weights of Itakura-Saito help?", &finding)
            .source("§11")
            .panel(panel)
            .build()
    }
}
