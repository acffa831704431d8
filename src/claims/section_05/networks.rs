//! Which loss a network should be trained on, from the stored studies of noise.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::training::Metric;
use crate::training::study::{Protocol, Study};

pub fn the_head_decides_in_the_measure_of_squares() -> Result<Vec<Evidence>> {
    let heads = Study::stored(Protocol::Heads)?;
    let ratio = |head, metric| heads.error_ratio(head, metric);
    let [logarithm, softplus] =
        [ratio("logarithm", Metric::NormalisedError)?, ratio("softplus", Metric::NormalisedError)?];
    let relative = |head| ratio(head, Metric::MedianRelativeError);
    Ok(vec![
        Evidence::new(
            "gamma noise, normalised error of IS over that of MSE, a logarithm as output",
            logarithm.ratio,
            0.79,
        )
        .within(Tolerance::absolute(0.22, "half the 95 % interval over twenty pairs")),
        Evidence::exact(
            "the same behind a softplus: pairs of 18 in which IS has the larger error",
            softplus.signs.positive as f64,
            18.0,
        ),
        Evidence::exact(
            "median relative error, a logarithm as output: pairs of 20 in which IS has the smaller one",
            relative("logarithm")?.signs.negative as f64,
            19.0,
        ),
        Evidence::exact(
            "median relative error, behind a softplus: pairs of 18 in which IS has the smaller one",
            relative("softplus")?.signs.negative as f64,
            18.0,
        ),
    ])
}
