//! One shard of a batch through the network: forward only, or forward and back through the tape.

use dfdx::prelude::{Backward, Cpu, TensorFromVec, Trace};
use dfdx::tensor::NoneTape;

use super::layers::pairing;
use super::plan::Plan;
use super::scalar::Scalar;
use super::tape::{Activation, Field, Parameters, copied};
use crate::Result;

/// A number of whole sequences of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shard<'a> {
    pub(super) plan: &'a Plan,
    pub(super) inputs: &'a [f64],
    pub(super) sequences: usize,
    pub(super) length: usize,
}

impl Shard<'_> {
    fn input<E: Scalar<P>, const P: usize>(&self, device: &Cpu) -> Activation<Field, E, NoneTape> {
        let values = self.inputs.iter().map(|&value| E::constant(value)).collect();
        device.tensor_from_vec(values, (self.sequences, 1, self.length))
    }

    /// The predictions, with their derivatives along the directions of the parameters.
    pub(super) fn predict<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &Parameters<E, P>,
    ) -> Vec<E> {
        copied(&self.plan.run(self.input(parameters.tensor.device()), parameters))
    }

    /// $J^{\mathsf T} c$ by parts, where `cotangent` makes $c$ from the predictions.
    pub(super) fn pull_back<E: Scalar<P>, const P: usize>(
        &self,
        parameters: &Parameters<E, P>,
        cotangent: impl FnOnce(&[E]) -> Result<Vec<E>>,
    ) -> Result<Vec<E>> {
        let input = self.input::<E, P>(parameters.tensor.device()).leaky_traced();
        let prediction = self.plan.run(input, parameters);
        let cotangent = cotangent(&copied(&prediction))?;
        let mut gradients = pairing(prediction, parameters, cotangent).backward();
        let gradient = gradients.get_or_alloc_mut(&parameters.tensor);
        Ok(std::mem::take(&mut **gradient.expect("dfdx asks the system's allocator only")))
    }
}
