//! One shard of a batch through the network: forward only, or forward and back through the tape.

use std::sync::Arc;

use dfdx::prelude::{Backward, Cpu, TensorFromVec, Trace};
use dfdx::tensor::NoneTape;

use super::layers::pairing;
use super::plan::Plan;
use super::planes::ParameterPlanes;
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

    fn parameters<E: Scalar<P>, const P: usize>(
        device: &Cpu,
        planes: &Arc<ParameterPlanes<P>>,
    ) -> Parameters<E, P> {
        let values = planes.join::<E>();
        let shape = (values.len(),);
        Parameters { tensor: device.tensor_from_vec(values, shape), planes: planes.clone() }
    }

    /// The predictions, with their derivatives along the directions of the parameters.
    pub(super) fn predict<E: Scalar<P>, const P: usize>(
        &self,
        planes: &Arc<ParameterPlanes<P>>,
    ) -> Vec<E> {
        let device = Cpu::default();
        let parameters = Self::parameters::<E, P>(&device, planes);
        copied(&self.plan.run(self.input(&device), &parameters))
    }

    /// $J^{\mathsf T} c$ by parts, where `cotangent` makes $c$ from the predictions.
    pub(super) fn pull_back<E: Scalar<P>, const P: usize>(
        &self,
        planes: &Arc<ParameterPlanes<P>>,
        cotangent: impl FnOnce(&[E]) -> Result<Vec<E>>,
    ) -> Result<Vec<E>> {
        let device = Cpu::default();
        let parameters = Self::parameters::<E, P>(&device, planes);
        let input = self.input::<E, P>(&device).leaky_traced();
        let prediction = self.plan.run(input, &parameters);
        let cotangent = cotangent(&copied(&prediction))?;
        let gradients = pairing(prediction, &parameters, cotangent).backward();
        Ok(copied(&gradients.get(&parameters.tensor)))
    }
}
