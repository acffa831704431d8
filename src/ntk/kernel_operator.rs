//! The kernel of a network as an operator, for batches whose Jacobian is too large to store.

use ndarray::{Array2, ArrayView2};

use crate::Result;
use crate::network::Predictor;
use crate::operator::Operator;

/// $Kv = J(J^{\mathsf T} v)$: one pass back and one forward, without $J$.
///
/// The image of a vector that is not finite, or so large that the product overflows, is NaN in all entries;
/// what takes an operator refuses it with a typed error.
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization, Predictor};
/// use itakura_saito::ntk::KernelOperator;
/// use itakura_saito::operator::Operator;
/// use ndarray::Array2;
///
/// let network: Architecture = Architecture::Transformer1d;
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let inputs: Array2<f64> = Array2::from_shape_fn((1, 16), |(_, at)| (0.7 * at as f64).sin());
/// let predictor: Predictor = Predictor::new(network, inputs, Normalization::none(), 1)?;
/// let kernel: KernelOperator = KernelOperator::new(&predictor, &parameters)?;
/// let vector: Vec<f64> = vec![1.0; 16];
/// let energy: f64 = kernel.applied(&vector).iter().sum();
/// assert!(energy > 0.0);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct KernelOperator {
    predictor: Predictor,
    parameters: Vec<f64>,
}

impl KernelOperator {
    /// Checks the parameters.
    ///
    /// # Errors
    ///
    /// Those of [`Predictor::predictions`].
    pub fn new(predictor: &Predictor, parameters: &[f64]) -> Result<Self> {
        predictor.predictions(parameters)?;
        Ok(Self { predictor: predictor.clone(), parameters: parameters.to_vec() })
    }

    fn product(&self, vector: &[f64]) -> Result<Array2<f64>> {
        let shape = self.predictor.inputs().dim();
        let weights = ArrayView2::from_shape(shape, vector).expect("a weight for each output");
        let direction = self.predictor.transposed_jacobian_product(&self.parameters, weights)?;
        self.predictor.jacobian_product(&self.parameters, &direction)
    }
}

impl Operator for KernelOperator {
    fn dim(&self) -> usize {
        self.predictor.output_count()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dim(), "a vector of the operator's dimension");
        match self.product(x) {
            Ok(product) => y.iter_mut().zip(&product).for_each(|(place, value)| *place = *value),
            Err(_) => y.fill(f64::NAN),
        }
    }
}
