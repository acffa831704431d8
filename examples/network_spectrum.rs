//! The ends of a Hessian's spectrum for a network that you describe, on data of your own.

use itakura_saito::Result;
use itakura_saito::curvature::{Ends, eigenvalues_at_the_ends};
use itakura_saito::divergence::{Loss, PositiveArray};
use itakura_saito::network::{Architecture, Batch, Nonlinearity, Normalization, Objective};
use ndarray::Array2;

pub fn main() -> Result<()> {
    let network =
        Architecture::Mlp { window: 5, hidden: vec![6], nonlinearity: Nonlinearity::Gelu };
    let inputs = Array2::from_shape_fn((4, 32), |(row, at)| (0.3 * (row * 32 + at) as f64).sin());
    let targets = PositiveArray::new(inputs.mapv(f64::exp).into_dyn())?;
    let parameters = network.initial_parameters(1);

    let batch = Batch::new(inputs, targets)?;
    let objective = Objective::new(network, Loss::ITAKURA_SAITO, batch, Normalization::none(), 1)?;
    let hessian = objective.hessian(&parameters)?;
    let spectrum = eigenvalues_at_the_ends(&hessian, &Ends::new(2, 1))?;
    println!("{} parameters, {} products", spectrum.dimension, spectrum.products);
    println!("largest:  {:.6?}", spectrum.top_values());
    println!("smallest: {:.6?}", spectrum.bottom_values());
    Ok(())
}
