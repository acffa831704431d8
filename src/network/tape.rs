//! The only place that touches dfdx's tape: a layer is one operation on it.
//!
//! A batch of dual numbers is one flat tensor of dfdx, part after part. dfdx collects, for each tensor, the
//! gradient that the layers add to it, and runs the layers backwards; that the gradients are dual numbers
//! too is the layers' affair.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use dfdx::dtypes::Unit;
use dfdx::prelude::{Cpu, PutTape, Tape, Tensor, TensorFromVec};
use dfdx::tensor::OwnedTape;

use super::kernels::Real;
use super::normalization::ChannelStatistics;
use super::planes::{ParameterPlanes, Planes};

/// A flat tensor of dfdx on its CPU.
type Numbers<R> = Tensor<(usize,), R, Cpu>;

/// The tape, if anybody will go back. It is handed from layer to layer beside the fields: dfdx would have it in
/// the type of each tensor, and all layers compiled twice, with a tape and without.
pub(super) type Record<R> = Option<OwnedTape<R, Cpu>>;

/// A batch of sequences with channels, on the tape.
#[derive(Clone)]
pub(super) struct Field<R: Unit, const P: usize> {
    /// What the tape knows the batch by: its gradient is collected under this tensor.
    numbers: Numbers<R>,
    /// The same numbers, from which layers read: dfdx gives copies of a tensor only.
    pub(super) planes: Arc<Planes<R, P>>,
}

impl<R: Real, const P: usize> Field<R, P> {
    /// From the numbers.
    pub(super) fn new(device: &Cpu, planes: Planes<R, P>) -> Self {
        let numbers = planes.numbers().to_vec();
        let shape = (numbers.len(),);
        Self { numbers: device.tensor_from_vec(numbers, shape), planes: Arc::new(planes) }
    }
}

/// All parameters: one flat tensor, part after part, whose gradient the tape collects, and the numbers
/// from which the layers read.
pub(super) struct Parameters<R: Unit, const P: usize> {
    pub(super) tensor: Numbers<R>,
    pub(super) planes: Arc<ParameterPlanes<R, P>>,
    /// Which parts of their gradient somebody asks for.
    asked: Range<usize>,
    /// What the batch norms in train mode saw, in the order in which they ran: all sequences are one shard
    /// then.
    seen: Mutex<Vec<ChannelStatistics>>,
}

impl<R: Real, const P: usize> Parameters<R, P> {
    /// From the values and the directions, one after the other.
    pub(super) fn new(numbers: Vec<R>, asked: Range<usize>) -> Self {
        let shape = (numbers.len(),);
        let tensor = Cpu::default().tensor_from_vec(numbers.clone(), shape);
        Self {
            tensor,
            planes: Arc::new(ParameterPlanes::new(numbers)),
            asked,
            seen: Mutex::default(),
        }
    }

    /// Notes what a batch norm saw.
    pub(super) fn note(&self, statistics: ChannelStatistics) {
        self.seen.lock().expect("no thread panics here").push(statistics);
    }

    /// What the batch norms in train mode saw.
    pub(super) fn into_seen(self) -> Vec<ChannelStatistics> {
        self.seen.into_inner().expect("no thread panics here")
    }
}

/// What goes into a layer.
pub(super) struct Sources<R: Unit, const P: usize> {
    /// Where its input comes from.
    pub(super) input: Field<R, P>,
    /// Whether anybody asks for the gradient of the input; nobody does for the data.
    pub(super) input_gradient: InputGradient,
    /// What went round some layers and is added here. dfdx's own sum walks over its indices one by one
    /// and takes longer than a layer.
    pub(super) skip: Option<Field<R, P>>,
}

/// Whether anybody asks for the gradient of a layer's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputGradient {
    Wanted,
    Unused,
}

impl<R: Unit, const P: usize> From<Field<R, P>> for Sources<R, P> {
    fn from(input: Field<R, P>) -> Self {
        Self { input, input_gradient: InputGradient::Wanted, skip: None }
    }
}

/// The numbers that go into a layer.
pub(super) struct Inputs<R, const P: usize> {
    pub(super) planes: Arc<Planes<R, P>>,
    /// What is to be added, in the rows of the output.
    pub(super) skip: Option<Arc<Planes<R, P>>>,
    /// Whether the way back is asked for.
    pub(super) on_tape: bool,
}

/// The gradients to which a layer adds on the way back, part after part.
pub(super) struct Downstream<'a, R> {
    /// In the rows of the input.
    pub(super) input: Option<&'a mut [R]>,
    /// In the rows of the output.
    pub(super) skip: Option<&'a mut [R]>,
    pub(super) parameters: &'a mut [R],
    /// Which parts of the parameters' gradient somebody asks for; a layer may leave out the others.
    pub(super) asked: Range<usize>,
}

impl<R> Downstream<'_, R> {
    /// The gradient of the input of a layer that never stands first.
    pub(super) fn of_input(&mut self) -> &mut [R] {
        self.input.as_deref_mut().expect("only a first layer's input has no gradient")
    }
}

/// What a layer leaves behind for the way back: from the gradient of its output to the others.
pub(super) type Backward<R, const P: usize> = Box<dyn FnOnce(Planes<R, P>, Downstream<'_, R>)>;

/// What a layer gives: its output and, if there is a tape, the way back.
pub(super) type Forward<R, const P: usize> = (Planes<R, P>, Option<Backward<R, P>>);

/// Puts a layer on the tape.
pub(super) fn layer<R: Real, const P: usize>(
    tape: &mut Record<R>,
    sources: Sources<R, P>,
    parameters: &Parameters<R, P>,
    forward: impl FnOnce(Inputs<R, P>) -> Forward<R, P>,
) -> Field<R, P> {
    let Sources { input, input_gradient, skip } = sources;
    let inputs = Inputs {
        planes: input.planes,
        skip: skip.as_ref().map(|skip| skip.planes.clone()),
        on_tape: tape.is_some(),
    };
    let places = Places { input: input.numbers, input_gradient, skip: skip.map(|s| s.numbers) };
    recorded(tape, places, parameters, forward(inputs))
}

/// What the tape knows of the sources of a layer.
struct Places<R: Unit> {
    input: Numbers<R>,
    input_gradient: InputGradient,
    skip: Option<Numbers<R>>,
}

/// The output of a layer, with the way back on the tape. It is compiled once for all layers.
fn recorded<R: Real, const P: usize>(
    tape: &mut Record<R>,
    places: Places<R>,
    parameters: &Parameters<R, P>,
    (output, backward): Forward<R, P>,
) -> Field<R, P> {
    let input = places.input;
    let output = Field::new(input.device(), output);
    if let (Some(tape), Some(backward)) = (tape, backward) {
        let wanted = places.input_gradient == InputGradient::Wanted;
        let of_input = wanted.then(|| input.ghost());
        let of_skip = places.skip.map(|skip| skip.ghost());
        let (of_output, of_parameters) = (output.numbers.ghost(), parameters.tensor.ghost());
        let (rows, asked) = (output.planes.rows, parameters.asked.clone());
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
            let downstream = Downstream { input, skip, parameters, asked };
            backward(Planes::new(rows, upstream), downstream);
            **gradients.get_or_alloc_mut(&of_parameters)? = collected;
            if let (Some(skip), Some(skipped)) = (&of_skip, skipped) {
                **gradients.get_or_alloc_mut(skip)? = skipped;
            }
            Ok(())
        });
    }
    output
}

/// The end of the tape: a tensor of one number, the prediction paired with what it is to be pulled back
/// along.
///
/// The number is $\sum_i c_i f_i$, whose gradient is $J^{\mathsf T} c$. With $c_i = \ell'(f_i)$, kept as a
/// constant but with its derivatives along the directions, this is the gradient of the loss as a dual
/// number, and so holds the Hessian-vector products. `cotangent` stands in the rows of the prediction.
pub(super) fn paired<R: Real, const P: usize>(
    mut tape: OwnedTape<R, Cpu>,
    prediction: Field<R, P>,
    cotangent: Planes<R, P>,
) -> Tensor<(), R, Cpu, OwnedTape<R, Cpu>> {
    let pairs = prediction.planes.part(0).iter().zip(cotangent.part(0));
    let sum = pairs.fold(R::zero(), |sum, (value, weight)| sum + *value * *weight);
    let input = prediction.numbers;
    let output = input.device().tensor_from_vec(vec![sum], ());
    let (of_input, of_output) = (input.ghost(), output.ghost());
    tape.add_backward_op(move |gradients| {
        let upstream = gradients.get_or_alloc_mut(&of_output)?[0];
        let gradient = gradients.get_or_alloc_mut(&of_input)?;
        for (place, weight) in gradient.iter_mut().zip(cotangent.numbers()) {
            *place += *weight * upstream;
        }
        Ok(())
    });
    output.put_tape(tape)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use ndarray::Array2;

    use super::super::{Architecture, Batch, CurvaturePart, Normalization, Objective};
    use crate::divergence::{Loss, PositiveArray};

    thread_local! {
        static WAYS_BACK: Cell<usize> = const { Cell::new(0) };
    }

    /// Called by each layer when dfdx runs it backwards.
    pub(super) fn count() {
        WAYS_BACK.set(WAYS_BACK.get() + 1);
    }

    #[test]
    fn every_product_runs_every_layer_backwards_on_the_tape() {
        // A Transformer's block has seven layers, a residual one four.
        for (network, layers) in [
            (Architecture::tiny_cnn(), 3),
            (Architecture::Resnet1d, 2 + 3 * 4),
            (Architecture::Transformer1d, 2 + 3 * 7),
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
