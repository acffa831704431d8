//! The only place that touches dfdx's tape: a layer is one operation on it.

use std::sync::Arc;

use dfdx::dtypes::Unit;
use dfdx::prelude::{Cpu, HasShape, Shape, SplitTape, Tape, Tensor, TensorFromVec};
use dfdx::tensor::PutTape;

use super::planes::ParameterPlanes;
use super::scalar::Scalar;

/// A batch of sequences with channels: (sequences, channels, length).
pub(super) type Field = (usize, usize, usize);

/// A tensor of dfdx on its CPU.
pub(super) type Activation<S, E, T> = Tensor<S, E, Cpu, T>;

/// All parameters: one flat tensor, whose gradient the tape collects, and its parts as planes, from
/// which the layers read.
pub(super) struct Parameters<E: Unit, const P: usize> {
    pub(super) tensor: Tensor<(usize,), E, Cpu>,
    pub(super) planes: Arc<ParameterPlanes<P>>,
}

/// What a layer leaves behind for the way back: from the gradient of its output to the gradients of its
/// input and of the parameters, which it adds to what is there.
pub(super) type Backward<E> = Box<dyn FnOnce(&[E], Option<&mut [E]>, &mut [E])>;

/// Whether anybody asks for the gradient of a layer's input; nobody does for the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputGradient {
    Wanted,
    Unused,
}

/// Puts a layer on the tape.
///
/// `forward` gets the input and whether a tape records, and gives the output and the way back.
pub(super) fn layer<E, T, In, Out, const P: usize>(
    input: Activation<In, E, T>,
    parameters: &Parameters<E, P>,
    shape: Out,
    wanted: InputGradient,
    forward: impl FnOnce(&[E]) -> (Vec<E>, Option<Backward<E>>),
) -> Activation<Out, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
    In: Shape,
    Out: Shape,
{
    let (input, mut tape) = input.split_tape();
    let (output, backward) = forward(&copied(&input));
    let output = input.device().tensor_from_vec(output, shape);
    if let Some(backward) = backward {
        let of_input = input.ghost();
        let of_output = output.ghost();
        let of_parameters = parameters.tensor.ghost();
        tape.add_backward_op(move |gradients| {
            // dfdx lends one gradient at a time: two are taken out and put back, without a copy.
            let upstream = std::mem::take(&mut **gradients.get_or_alloc_mut(&of_output)?);
            let mut collected = std::mem::take(&mut **gradients.get_or_alloc_mut(&of_parameters)?);
            match wanted {
                InputGradient::Wanted => {
                    let downstream = gradients.get_or_alloc_mut(&of_input)?;
                    backward(&upstream, Some(downstream), &mut collected);
                }
                InputGradient::Unused => backward(&upstream, None, &mut collected),
            }
            **gradients.get_or_alloc_mut(&of_parameters)? = collected;
            Ok(())
        });
    }
    output.put_tape(tape)
}

/// The entries of a tensor, which is contiguous since all of ours are.
pub(super) fn copied<S: Shape, E: Unit, T>(tensor: &Activation<S, E, T>) -> Vec<E> {
    let mut values = vec![E::default(); tensor.shape().num_elements()];
    tensor.copy_into(&mut values);
    values
}
