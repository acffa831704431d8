//! Predictors without input.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::dataset::{paper_dataset, paper_split};
use crate::training::{Baseline, Baselines};

pub fn of_the_paper() -> Result<Baselines> {
    Baselines::of(&paper_split())
}

pub fn the_targets() -> Result<Vec<Evidence>> {
    let data = paper_dataset();
    let targets = data.targets();
    let squares: f64 = targets.iter().map(|y| y.get().powi(-2)).sum();
    Ok(vec![
        Evidence::new("smallest target", targets.minimum().get(), 0.1),
        Evidence::new("largest target", targets.maximum().get(), 1.5772979364246478),
        Evidence::new("mean target", targets.arithmetic_mean().get(), 0.6335528335489716),
        Evidence::new("mean of 1/y²", squares / targets.len() as f64, 16.49488506446797),
    ])
}

pub fn the_two_predictors() -> Result<Vec<Evidence>> {
    let Baselines { constant, position_mean } = of_the_paper()?;
    let of = |name: &str, baseline: Baseline, references: [f64; 4]| {
        let Baseline { training, validation } = baseline;
        let [squares, squares_after, itakura_saito, itakura_saito_after] = references;
        let evidence = |what: &str, observed, expected| {
            Evidence::new(&format!("{name}: {what}"), observed, expected)
        };
        [
            evidence("squared error, training", training.mean_squared_error, squares),
            evidence("squared error, validation", validation.mean_squared_error, squares_after),
            evidence("IS, training", training.itakura_saito, itakura_saito),
            evidence("IS, validation", validation.itakura_saito, itakura_saito_after),
        ]
    };
    let of_a_constant =
        [0.1665411380223146, 0.17883051786423448, 0.2885515414359208, 0.252919819197779];
    let of_positions =
        [0.07070908953120188, 0.08244007202823833, 0.13904308902802498, 0.12364252378795859];
    let constant = of("constant", constant, of_a_constant);
    Ok([constant, of("mean of each position", position_mean, of_positions)].concat())
}

const PER_CENT: Tolerance = Tolerance::last_digit(0.01);

pub fn the_gaps_without_a_network() -> Result<Vec<Evidence>> {
    let Baseline { training, validation } = of_the_paper()?.constant;
    let squares = validation.mean_squared_error / training.mean_squared_error - 1.0;
    let itakura_saito = validation.itakura_saito / training.itakura_saito - 1.0;
    Ok(vec![
        Evidence::new("squared error of a constant, validation over training", squares, 0.07)
            .within(PER_CENT),
        Evidence::new("IS of a constant, validation over training", itakura_saito, -0.12)
            .within(PER_CENT),
    ])
}

/// Where the printed validation curves end, read off the plots to about 0.001: squared error, IS.
const PRINTED_ENDS: [(&str, f64, f64); 3] =
    [("CNN", 0.1756, 0.2505), ("ResNet", 0.152, 0.167), ("Transformer", 0.0735, 0.1205)];

const OF_A_READING: Tolerance =
    Tolerance::absolute(0.01, "a plot is read to about 0.001, which is 0.6 % of a constant's loss");

pub fn the_printed_ends() -> Result<Vec<Evidence>> {
    let Baselines { constant, position_mean } = of_the_paper()?;
    let mut evidence = Vec::new();
    let references = [(0.02, 0.01), (0.15, 0.34), (0.59, 0.52)];
    for ((network, squares, itakura_saito), expected) in PRINTED_ENDS.into_iter().zip(references) {
        let gain = |loss: f64, of_a_constant: f64| 1.0 - loss / of_a_constant;
        let squares = gain(squares, constant.validation.mean_squared_error);
        let label = format!("{network}, squared error: gain over a constant");
        evidence.push(Evidence::new(&label, squares, expected.0).within(OF_A_READING));
        let itakura_saito = gain(itakura_saito, constant.validation.itakura_saito);
        let label = format!("{network}, IS: gain over a constant");
        evidence.push(Evidence::new(&label, itakura_saito, expected.1).within(OF_A_READING));
    }
    let (_, squares, itakura_saito) = PRINTED_ENDS[2];
    let mean = position_mean.validation;
    let label = "Transformer, squared error: printed end over the mean of each position";
    let near = Tolerance::absolute(0.12, "about the positional mean: within 2 to 11 %");
    evidence.push(Evidence::new(label, squares / mean.mean_squared_error, 1.0).within(near));
    let label = "Transformer, IS: printed end over the mean of each position";
    evidence.push(Evidence::new(label, itakura_saito / mean.itakura_saito, 1.0).within(near));
    Ok(evidence)
}
