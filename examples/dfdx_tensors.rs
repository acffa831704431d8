//! The loss on tensors of dfdx: their tape leads back from the outputs, the crate gives what it starts with.

use dfdx::prelude::*;
use itakura_saito::divergence::{Link, Loss, Positive};

pub fn main() -> Result<(), itakura_saito::Error> {
    let device: Cpu = Default::default();
    let inputs: Tensor<Rank2<4, 2>, f64, Cpu> =
        device.tensor([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0], [3.0, 1.0]]);
    let targets = [0.5, 1.0, 2.0, 4.0];
    let mut weights: Tensor<Rank1<2>, f64, Cpu> = device.zeros();
    for step in 0..=400 {
        let outputs = inputs.clone().traced(Gradients::leaky()).matmul(weights.clone());
        let (mut loss, mut slopes) = (0.0, [0.0; 4]);
        for ((slope, &target), &output) in slopes.iter_mut().zip(&targets).zip(&outputs.as_vec()) {
            let target = Positive::new(target)?;
            let term = Loss::ITAKURA_SAITO.behind(Link::Exponential, target, output)?;
            (loss, *slope) = (loss + term.value / 4.0, term.derivative / 4.0);
        }
        // The gradient of the outputs, weighted by the slopes of the loss, is that of the loss.
        let gradients = (outputs * device.tensor(slopes)).sum().backward();
        weights = weights.clone() - gradients.get(&weights) * 0.1;
        if step % 200 == 0 {
            println!("step {step}: loss {loss:.6}, weights {:.4?}", weights.as_vec());
        }
    }
    Ok(())
}
