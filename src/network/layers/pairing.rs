//! The end of the tape: the prediction, paired with what it is to be pulled back along.

use dfdx::prelude::{Cpu, Rank0, Tape};

use super::super::scalar::Scalar;
use super::super::tape::{Activation, Backward, Field, Parameters, layer};

/// The number $\sum_i c_i f_i$, whose gradient is $J^{\mathsf T} c$.
///
/// With $c_i = \ell'(f_i)$, kept as a constant but with its derivatives along the directions, this is the
/// gradient of the loss as a dual number, and so holds the Hessian-vector products.
pub(in super::super) fn pairing<E, T, const P: usize>(
    prediction: Activation<Field, E, T>,
    parameters: &Parameters<E, P>,
    cotangent: Vec<E>,
) -> Activation<Rank0, E, T>
where
    E: Scalar<P>,
    T: Tape<E, Cpu>,
{
    layer(prediction.into(), parameters, (), |inputs| {
        let mut sum = E::default();
        inputs.values.iter().zip(&cotangent).for_each(|(value, weight)| sum += *value * *weight);
        let backward: Backward<E> = Box::new(move |upstream, mut downstream| {
            for (place, weight) in downstream.of_input().iter_mut().zip(&cotangent) {
                *place += *weight * upstream[0];
            }
        });
        (vec![sum], T::OWNS_TAPE.then_some(backward))
    })
}
