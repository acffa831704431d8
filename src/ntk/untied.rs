//! The same function with weights of their own at each position.

use crate::network::{Architecture, Sharing};
use crate::{Error, Result};

/// The locally connected network that computes what a stack of convolutions computes, with its parameters:
/// each position of a sequence of this length gets a copy of every weight.
///
/// The function of the inputs is the same, and so are its derivatives in the inputs. The derivatives in
/// the parameters are not: with $P$ the map that makes the copies, the Jacobians obey
/// $J_{\text{tied}} = J_{\text{untied}} P$, and sums over positions are what makes the kernel of section 9
/// reach everywhere.
///
/// # Errors
///
/// [`Error::Record`] for a network that is not a plain stack of convolutions with shared weights;
/// [`Error::Lengths`] if the parameters are not its own; those of [`Architecture::validate`].
///
/// # Examples
///
/// ```
/// use itakura_saito::network::{Architecture, Normalization, Predictor};
/// use itakura_saito::ntk::untied;
/// use ndarray::Array2;
///
/// let network: Architecture = Architecture::tiny_cnn();
/// let parameters: Vec<f64> = network.initial_parameters(1);
/// let (other, copies): (Architecture, Vec<f64>) = untied(&network, &parameters, 16)?;
/// assert_eq!(copies.len(), 16 * 401);
/// let inputs: Array2<f64> = Array2::from_shape_fn((1, 16), |(_, at)| (0.7 * at as f64).sin());
/// let of = |network, parameters| {
///     Predictor::new(network, inputs.clone(), Normalization::none(), 1)?.predictions(parameters)
/// };
/// let gap: f64 = (of(network, &parameters)? - of(other, &copies)?).mapv(f64::abs).sum();
/// assert!(gap < 1e-13);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
pub fn untied(
    architecture: &Architecture,
    parameters: &[f64],
    length: usize,
) -> Result<(Architecture, Vec<f64>)> {
    let Some((layers, Sharing::Tied)) = architecture.stack() else {
        return Err(Error::Record {
            what: format!("{} as a network with own weights at each position", architecture.name()),
            remedy: "take a plain stack of convolutions with shared weights, such as TinyCNN",
        });
    };
    if parameters.len() != architecture.parameter_count() {
        return Err(Error::Lengths {
            name: "the parameters",
            expected: architecture.parameter_count(),
            found: parameters.len(),
            remedy: "give one number a parameter, in the order of the layout",
        });
    }
    let untied = Architecture::Convolutions { layers, sharing: Sharing::Untied { length } };
    untied.validate()?;
    // Positions are the last axis of every block, so that the copies of a parameter are neighbours.
    let copies = parameters.iter().flat_map(|&value| std::iter::repeat_n(value, length));
    Ok((untied, copies.collect()))
}
