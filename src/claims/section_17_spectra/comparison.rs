//! In which units the two losses measure curvature.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::dataset::{paper_dataset, paper_split};
use crate::divergence::{Divergence, Link, Loss, Positive, PositiveArray, gauss_newton_weights};
use crate::network::Architecture;
use crate::ntk::conditioning_of_items;
use crate::training::Training;

pub fn weights_of_an_output() -> Result<Vec<Evidence>> {
    let weight = |loss: Loss, target: f64| -> Result<f64> {
        let target = Positive::new(target)?;
        Ok(loss.second_derivative(target, target))
    };
    let mut evidence = Vec::new();
    for target in [0.1, 0.5, 1.5] {
        let squared = weight(Loss::MeanSquaredError, target)?;
        let label = format!("n × weight under MSE, y = {target}");
        evidence.push(Evidence::new(&label, squared, 2.0));
        let divergence = weight(Loss::ITAKURA_SAITO, target)?;
        let label = format!("n × weight under IS, y = {target}: 1/y²");
        evidence.push(Evidence::new(&label, divergence, 1.0 / (target * target)));
        let in_tenths = weight(Loss::ITAKURA_SAITO, 10.0 * target)?;
        let label = format!("IS weight after a change of unit by ten, y = {target}");
        evidence.push(Evidence::new(&label, in_tenths / divergence, 0.01));
    }
    Ok(evidence)
}

pub fn spread_behind_softplus() -> Result<Vec<Evidence>> {
    let data = paper_dataset();
    let targets: PositiveArray = data.targets().clone();
    let ratio = |divergence| -> Result<f64> {
        Ok(gauss_newton_weights(divergence, Link::Softplus, &targets)?.ratio)
    };
    Ok(vec![
        Evidence::new("smallest target", targets.minimum().get(), 0.1),
        Evidence::new("largest target", targets.maximum().get(), 1.5772979364246478),
        Evidence::new(
            "largest over smallest weight, MSE",
            ratio(Divergence::SQUARED_ERROR)?,
            69.52,
        )
        .within(Tolerance::last_digit(0.01)),
        Evidence::new("largest over smallest weight, IS", ratio(Divergence::ItakuraSaito)?, 3.5785)
            .within(Tolerance::last_digit(0.0001)),
    ])
}

/// Ten validation items, the CNN after the eight epochs of section 17.
pub fn kernels_at_the_predictions() -> Result<Vec<Evidence>> {
    let (split, network) = (paper_split(), Architecture::tiny_cnn());
    let run = Training::of_section_17(network.clone(), Loss::ITAKURA_SAITO).run(&split)?;
    let items = split.validation.select(&(0..10).collect::<Vec<usize>>())?;
    let mut worse = 0.0;
    for row in conditioning_of_items(&items, &network, &run.checkpoint.parameters)? {
        worse += f64::from(row.weighted_is_worse()?);
    }
    let label = "items of ten on which the weights 1/y² make the kernel worse conditioned";
    Ok(vec![Evidence::exact(label, worse, 10.0)])
}

/// One decimation of the chain with $2 + u$ on the diagonal and $-1$ beside it: every second point is
/// eliminated, and the rest divided by its new bond.
fn decimated(u: f64) -> f64 {
    let diagonal = 2.0 + u;
    let (kept, bond) = (diagonal - 2.0 / diagonal, 1.0 / diagonal);
    kept / bond - 2.0
}

pub fn away_from_the_massless_point() -> Result<Vec<Evidence>> {
    // At an attractor the distance would shrink from 0.01 towards 0.
    let after_two = decimated(decimated(0.01));
    Ok(vec![
        Evidence::new("squared mass after two decimations from 0.01", after_two, 0.16200801)
            .against_claim(0.0, 0.1),
        Evidence::new("growth in a step, near zero mass", decimated(1e-6) / 1e-6, 4.0)
            .within(Tolerance::relative(1e-6, "the growth is 4 + u")),
    ])
}
