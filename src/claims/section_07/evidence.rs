//! Sums of random variables, and a scalar field in AdS₂.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::universality::{
    BulkBoundary, Cumulants, ExponentialSum, Lattice, ScalingDimensions, cauchy_density,
    cauchy_mean_density, simulate_cauchy_means,
};

pub fn pair_summation() -> Result<Vec<Evidence>> {
    let start = Lattice::new(&[0.9, 0.1])?;
    let (before, after) = (start.cumulants()?, start.pair_sum().cumulants()?);
    let exponential = Cumulants::exponential(4)?;
    let flowed = exponential.after(3);
    Ok(vec![
        Evidence::new(
            "skewness of a biased coin, convolved, over that before",
            after.skewness() / before.skewness(),
            0.5f64.sqrt(),
        ),
        Evidence::new(
            "its excess kurtosis, convolved, over that before",
            after.excess_kurtosis() / before.excess_kurtosis(),
            0.5,
        ),
        Evidence::new(
            "skewness after three doublings over that at the start",
            flowed.skewness() / exponential.skewness(),
            0.3535533906,
        ),
    ])
}

pub fn the_sum_of_exponentials() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    // The regularised incomplete gamma function by mpmath.
    for (count, expected) in [
        (1, 0.132120558828558),
        (4, 0.0665298796332911),
        (16, 0.0332551086122793),
        (64, 0.0166239875038265),
    ] {
        let label = format!("F at the mean minus one half, n = {count}");
        evidence.push(Evidence::new(
            &label,
            ExponentialSum::new(count)?.excess_at_mean(),
            expected,
        ));
    }
    let edgeworth = ExponentialSum::new(64)?.edgeworth_at_mean();
    evidence.push(Evidence::new("Edgeworth's first term, n = 64", edgeworth, 0.0166225950167264));
    let (distance, place) = ExponentialSum::new(1)?.distance();
    let label = "largest distance of one exponential from the normal law";
    evidence.push(Evidence::new(label, distance, 0.158655253931457));
    evidence.push(Evidence::new("where it is, in standard deviations", place, -1.0));
    Ok(evidence)
}

pub fn cauchy_stays() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for place in [0.0, 0.7, 2.0] {
        let label = format!("density of the mean of two Cauchy variables at {place}");
        evidence.push(Evidence::new(&label, cauchy_mean_density(place)?, cauchy_density(place)));
    }
    // Twelve seeds together: one of them, 7, is by itself 3.9 standard errors off.
    let runs = (1..=12).map(|seed| simulate_cauchy_means(64, 10_000, seed));
    let runs = runs.collect::<Result<Vec<_>>>()?;
    let count = runs.len() as f64;
    let fraction = runs.iter().map(|run| run.central_fraction).sum::<f64>() / count;
    let standard_error = runs[0].standard_error / count.sqrt();
    evidence.push(
        Evidence::new("fraction of means of 64 between -1 and 1, twelve seeds", fraction, 0.5)
            .within(Tolerance::three_standard_errors(standard_error)),
    );
    Ok(evidence)
}

pub fn mass_and_dimension() -> Result<Vec<Evidence>> {
    let at_bound = ScalingDimensions::of_mass_squared(-0.25)?;
    let scalar = ScalingDimensions::of_mass_squared(0.75)?;
    let below = ScalingDimensions::of_mass_squared(-0.2501).is_err();
    Ok(vec![
        Evidence::new("dimension at the bound, larger root", at_bound.larger, 0.5),
        Evidence::new("dimension at the bound, smaller root", at_bound.smaller, 0.5),
        Evidence::new("smaller root at 3/4: the scalar on the line", scalar.smaller, -0.5),
        Evidence::new("larger root at 3/4", scalar.larger, 1.5),
        Evidence::exact("below the bound there is none (1 = refused)", f64::from(below), 1.0),
    ])
}

const FIELD_EQUATION: Tolerance = Tolerance::absolute(
    1e-8,
    "differences of eighth order with a step of 0.012 depths, and rounding",
);

pub fn bulk_and_boundary() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (dimension, constant, value) in [
        (1.5, 0.5, 0.558787946406061),
        (0.75, 0.190689940875453, 0.201588752184665),
        (2.0, std::f64::consts::FRAC_2_PI, 0.738328256710331),
    ] {
        let kernel = BulkBoundary::new(dimension)?;
        let at = format!("at Δ = {dimension}");
        let integral = kernel.integral(0.7)?.value;
        let area = 0.7f64.powf(1.0 - dimension);
        evidence.extend([
            Evidence::new(&format!("normalisation {at}"), kernel.normalisation(), constant),
            Evidence::new(&format!("K(0.7, 0.4) {at}"), kernel.value(0.7, 0.4)?, value),
            Evidence::new(&format!("integral of K {at}: z^(1 - Δ)"), integral, area),
            Evidence::new(&format!("residual {at}"), kernel.residual(0.7, 0.4)?, 0.0)
                .within(FIELD_EQUATION),
        ]);
    }
    Ok(evidence)
}

pub fn momentum_space() -> Result<Vec<Evidence>> {
    let kernel = BulkBoundary::new(0.75)?;
    let massless = BulkBoundary::new(1.0)?;
    let poisson = massless.in_momentum_space(0.7, 3.0)?;
    Ok(vec![
        Evidence::new("response at Δ = 3/4, k = 1", kernel.response(1.0)?, -0.95597759497225),
        Evidence::new("response at Δ = 3/4, k = 3", kernel.response(3.0)?, -1.65580176538944),
        Evidence::new("response of the massless field, k = 3: -|k|", massless.response(3.0)?, -3.0),
        Evidence::new("massless kernel in momentum space: exp(-kz)", poisson, (-2.1f64).exp()),
        Evidence::new(
            "outward slope of the massless field at x = 0.4: -1/(πx²)",
            -massless.two_point(0.4)?,
            -1.0 / (std::f64::consts::PI * 0.16),
        ),
    ])
}
