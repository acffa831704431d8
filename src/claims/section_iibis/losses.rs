//! Homogeneous divergences, and how the action scales.

use crate::Result;
use crate::claims::five_points::{five_point_action, five_predictions};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{
    BetaDivergence, Divergence, FDivergence, Positive, PositiveArray, best_constant,
};

/// β with the value d(2, 3).
const BETA: [(f64, f64); 7] = [
    (-1.0, 0.027777777777778),
    (0.0, 0.072131774774831),
    (0.5, 0.11664844240388),
    (1.0, 0.18906978378367),
    (1.5, 0.3071345511905),
    (2.0, 0.5),
    (3.0, 1.3333333333333),
];

pub fn the_beta_family() -> Result<Vec<Evidence>> {
    let (two, three) = (Positive::new(2.0)?, Positive::new(3.0)?);
    let (fourteen, twenty_one) = (Positive::new(14.0)?, Positive::new(21.0)?);
    let mut evidence = Vec::new();
    for (beta, expected) in BETA {
        let divergence = BetaDivergence::new(beta)?;
        let value = divergence.value(two, three);
        evidence.push(Evidence::new(&format!("d(2, 3) at β = {beta}"), value, expected));
        let ratio = divergence.value(fourteen, twenty_one) / value;
        let label = format!("d(14, 21) / d(2, 3) at β = {beta}: 7^β");
        evidence.push(Evidence::new(&label, ratio, 7f64.powf(beta)));
        let curvature = divergence.second_derivative(two, two);
        let label = format!("curvature at y = 2, β = {beta}: 2^(β-2)");
        evidence.push(Evidence::new(&label, curvature, 2f64.powf(beta - 2.0)));
    }
    let limit = BetaDivergence::new(1e-13)?.value(two, three);
    evidence.push(Evidence::new("d(2, 3) at β = 1e-13, beside V(2, 3)", limit, 0.072131774774831));
    let halfway = BetaDivergence::new(0.5)?.curvature(two);
    evidence.push(Evidence::new("y^(β-2) at y = 2, β = 0.5", halfway, 0.35355339059327));
    Ok(evidence)
}

pub fn the_beta_family_in_the_prediction() -> Result<Vec<Evidence>> {
    let (two, three) = (Positive::new(2.0)?, Positive::new(3.0)?);
    let mut evidence = Vec::new();
    // f^(β-2) (f - y) and f^(β-3) ((β-1) f - (β-2) y) at y = 2, f = 3, by hand.
    let table = [
        (0.0, 1.0 / 9.0, 1.0 / 27.0),
        (1.0, 1.0 / 3.0, 2.0 / 9.0),
        (2.0, 1.0, 1.0),
        (3.0, 3.0, 4.0),
    ];
    for (beta, first, second) in table {
        let divergence = BetaDivergence::new(beta)?;
        let label = format!("derivative in f at (2, 3), β = {beta}");
        evidence.push(Evidence::new(&label, divergence.derivative(two, three), first));
        let label = format!("second derivative in f at (2, 3), β = {beta}");
        evidence.push(Evidence::new(&label, divergence.second_derivative(two, three), second));
    }
    // Convex beyond both ends of fifty decades around the target, or not.
    for (beta, expected) in [(0.9, 0.0), (1.0, 1.0), (1.5, 1.0), (2.0, 1.0), (2.1, 0.0)] {
        let label = format!("convex in f over fifty decades, β = {beta} (1: yes)");
        evidence.push(Evidence::exact(&label, is_convex(BetaDivergence::new(beta)?)?, expected));
    }
    Ok(evidence)
}

/// 1 if the second derivative is nowhere negative between 1e-25 and 1e25 times the target, else 0.
fn is_convex(divergence: BetaDivergence) -> Result<f64> {
    for step in -250..=250 {
        let prediction = Positive::new(10f64.powf(f64::from(step) / 10.0))?;
        if divergence.second_derivative(Positive::ONE, prediction) < 0.0 {
            return Ok(0.0);
        }
    }
    Ok(1.0)
}

/// The second difference of the values is exact to the order of the squared step.
const SECOND_DIFFERENCE: Tolerance =
    Tolerance::relative(1e-7, "a second difference with the relative step 1e-4 errs by its square");

pub fn f_divergences() -> Result<Vec<Evidence>> {
    let table = [
        // The curvature of the generator, and the best constant for {1, 2, 6} in closed form: the
        // mean of a Bregman divergence would be 3.
        (FDivergence::KullbackLeibler, 1.0, 3.0),
        (FDivergence::Hellinger, 1.0, ((1.0 + 2f64.sqrt() + 6f64.sqrt()) / 3.0).powi(2)),
        (FDivergence::PearsonChiSquared, 2.0, (41f64 / 3.0).sqrt()),
        (FDivergence::NeymanChiSquared, 2.0, 1.8),
    ];
    let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
    let (one, four, seven) = (Positive::ONE, Positive::new(4.0)?, Positive::new(7.0)?);
    let mut evidence = Vec::new();
    for (divergence, of_generator, best) in table {
        let name = Divergence::Weighted(divergence);
        for target in [0.3, 50.0] {
            let label = format!("y × curvature at y = {target}, {name}");
            let y = Positive::new(target)?;
            let curvature = target * divergence.second_derivative(y, y);
            evidence.push(Evidence::new(&label, curvature, of_generator));
        }
        let (low, high) = (Positive::new(2.0 * (1.0 - 1e-4))?, Positive::new(2.0 * (1.0 + 1e-4))?);
        let two = Positive::new(2.0)?;
        let second = (divergence.value(two, low) + divergence.value(two, high)) / (2e-4 * 2e-4);
        let label = format!("2 × second difference at y = 2, {name}");
        evidence.push(Evidence::new(&label, 2.0 * second, of_generator).within(SECOND_DIFFERENCE));
        let ratio = divergence.value(seven, Positive::new(28.0)?) / divergence.value(one, four);
        evidence.push(Evidence::new(&format!("d(7, 28) / d(1, 4), {name}"), ratio, 7.0));
        let found = best_constant(name, &sample)?.prediction.get();
        let label = format!("best constant for {{1, 2, 6}}, {name}");
        evidence.push(Evidence::new(&label, found, best));
    }
    Ok(evidence)
}

pub fn the_action_scales() -> Result<Vec<Evidence>> {
    let prediction = five_predictions()?;
    let scale = 7.0f64;
    let mut evidence = Vec::new();
    for divergence in [
        Divergence::ItakuraSaito,
        Divergence::Beta(BetaDivergence::new(0.5)?),
        Divergence::KULLBACK_LEIBLER,
        Divergence::Weighted(FDivergence::Hellinger),
        Divergence::SQUARED_ERROR,
        Divergence::Beta(BetaDivergence::new(3.0)?),
    ] {
        let degree = divergence.degree();
        let scaled = five_point_action(0.1)?.with_divergence(divergence).scaled(scale)?;
        let stiffer = five_point_action(0.1 * scale.powf(2.0 - degree))?;
        let observed = scaled.value(&prediction.scaled(scale)?)?;
        let value = stiffer.with_divergence(divergence).value(&prediction)?;
        let expected = scale.powf(degree) * value;
        let label = format!("S of five points at c = 7, {divergence} (p = {degree})");
        evidence.push(Evidence::new(&label, observed, expected));
    }
    Ok(evidence)
}
