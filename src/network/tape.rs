//! The only place that touches dfdx's tape: a layer is one operation on it.

use std::sync::Arc;

use dfdx::dtypes::Unit;
use dfdx::prelude::{Cpu, HasShape, Shape, SplitTape, Tape, Tensor, TensorFromVec};
use dfdx::tensor::{NoneTape, PutTape};

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

impl<E: Scalar<P>, const P: usize> Parameters<E, P> {
    /// From the values and the directions.
    pub(super) fn new(parts: [Vec<f64>; P]) -> Self {
        let planes = ParameterPlanes::new(parts);
        let values = planes.join::<E>();
        let shape = (values.len(),);
        let tensor = Cpu::default().tensor_from_vec(values, shape);
        Self { tensor, planes: Arc::new(planes) }
    }
}

/// What goes into a layer.
pub(super) struct Sources<E: Unit, T> {
    /// Where its input comes from.
    pub(super) input: Activation<Field, E, T>,
    /// Whether anybody asks for the gradient of the input; nobody does for the data.
    pub(super) input_gradient: InputGradient,
    /// What went round some layers and is added here. dfdx's own sum walks over its indices one by one
    /// and takes longer than a layer.
    pub(super) skip: Option<Activation<Field, E, NoneTape>>,
}

/// Whether anybody asks for the gradient of a layer's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputGradient {
    Wanted,
    Unused,
}

impl<E: Unit, T> From<Activation<Field, E, T>> for Sources<E, T> {
    fn from(input: Activation<Field, E, T>) -> Self {
        Self { input, input_gradient: InputGradient::Wanted, skip: None }
    }
}

/// The numbers that go into a layer.
pub(super) struct Inputs<'a, E> {
    pub(super) values: &'a [E],
    pub(super) skip: Option<&'a [E]>,
}

/// The gradients to which a layer adds on the way back.
pub(super) struct Downstream<'a, E> {
    pub(super) input: Option<&'a mut [E]>,
    pub(super) skip: Option<&'a mut [E]>,
    pub(super) parameters: &'a mut [E],
}

impl<E> Downstream<'_, E> {
    /// The gradient of the input of a layer that never stands first.
    pub(super) fn of_input(&mut self) -> &mut [E] {
        self.input.as_deref_mut().expect("only a first layer's input has no gradient")
    }
}

/// What a layer leaves behind for the way back: from the gradient of its output to the others.
pub(super) type Backward<E> = Box<dyn FnOnce(&[E], Downstream<'_, E>)>;

/// Puts a layer on the tape. `forward` gives the output and, if there is a tape, the way back.
pub(super) fn layer<E, T, Out, const P: usize>(
    sources: Sources<E, T>,
    parameters: &Parameters<E, P>,
    shape: Out,
    forward: impl FnOnce(Inputs<'_, E>) -> (Vec<E>, Option<Backward<E>>),
) -> Activation<Out, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
    Out: Shape,
{
    let (input, mut tape) = sources.input.split_tape();
    let skip = sources.skip.as_ref().map(copied);
    let (output, backward) = forward(Inputs { values: &copied(&input), skip: skip.as_deref() });
    let output = input.device().tensor_from_vec(output, shape);
    if let Some(backward) = backward {
        let wanted = sources.input_gradient == InputGradient::Wanted;
        let of_input = wanted.then(|| input.ghost());
        let of_skip = sources.skip.map(|skip| skip.ghost());
        let (of_output, of_parameters) = (output.ghost(), parameters.tensor.ghost());
        tape.add_backward_op(move |gradients| {
            #[cfg(test)]
            tests::count();
            // dfdx lends one gradient at a time: the others are taken out and put back, without a copy.
            let upstream = std::mem::take(&mut **gradients.get_or_alloc_mut(&of_output)?);
            let mut collected = std::mem::take(&mut **gradients.get_or_alloc_mut(&of_parameters)?);
            let mut skipped = match &of_skip {
                Some(skip) => Some(std::mem::take(&mut **gradients.get_or_alloc_mut(skip)?)),
                None => None,
            };
            let input = match &of_input {
                Some(input) => Some(gradients.get_or_alloc_mut(input)?.as_mut_slice()),
                None => None,
            };
            let (skip, parameters) = (skipped.as_deref_mut(), collected.as_mut_slice());
            backward(&upstream, Downstream { input, skip, parameters });
            **gradients.get_or_alloc_mut(&of_parameters)? = collected;
            if let (Some(skip), Some(skipped)) = (&of_skip, skipped) {
                **gradients.get_or_alloc_mut(skip)? = skipped;
            }
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use ndarray::Array2;

    use super::super::{Architecture, Batch, CurvaturePart, Loss, Normalization, Objective};
    use crate::divergence::PositiveArray;

    thread_local! {
        static WAYS_BACK: Cell<usize> = const { Cell::new(0) };
    }

    /// Called by each layer when dfdx runs it backwards.
    pub(super) fn count() {
        WAYS_BACK.set(WAYS_BACK.get() + 1);
    }

    #[test]
    fn every_product_runs_every_layer_backwards_on_the_tape() {
        // With the pairing at the end. A Transformer's block has seven layers, a residual one four.
        for (network, layers) in [
            (Architecture::tiny_cnn(), 3 + 1),
            (Architecture::Resnet1d, 2 + 3 * 4 + 1),
            (Architecture::Transformer1d, 2 + 3 * 7 + 1),
        ] {
            let inputs = Array2::from_shape_fn((1, 16), |(_, at)| (at as f64).sin());
            let targets = PositiveArray::new(inputs.mapv(f64::exp).into_dyn()).expect("positive");
            let batch = Batch::new(inputs, targets).expect("a batch");
            let parameters = network.initial_parameters(1);
            let normalization = Normalization::initial(&network);
            let objective = Objective::new(network, Loss::ITAKURA_SAITO, batch, normalization, 1)
                .expect("fits");
            let ways_back = |work: &dyn Fn()| {
                let before = WAYS_BACK.get();
                work();
                WAYS_BACK.get() - before
            };
            let gradient = || drop(objective.gradient(&parameters).expect("a gradient"));
            assert_eq!(ways_back(&gradient), layers);
            for part in
                [CurvaturePart::Hessian, CurvaturePart::GaussNewton, CurvaturePart::Residual]
            {
                let product = || drop(objective.product(part, &parameters, &parameters));
                assert_eq!(ways_back(&product), layers, "{part:?}");
                let many = Array2::from_elem((7, parameters.len()), 1.0);
                let block = || drop(objective.products(part, &parameters, many.view()));
                assert_eq!(ways_back(&block), layers, "{part:?}");
            }
        }
    }
}
