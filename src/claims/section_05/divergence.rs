//! The numbers behind the claims of section 5.

use crate::Result;
use crate::claims::five_points::{five_predictions, five_targets};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{
    Design, Divergence, Link, Noise, Positive, PositiveArray, additive_efficiency, best_constant,
    direct_step, fisher_information, fisher_information_by_quadrature, fisher_weight, fit_line,
    gamma_kullback_leibler_by_quadrature, gauss_newton_weights, itakura_saito,
    itakura_saito_derivative, itakura_saito_second_derivative, log_descent, log_gradient,
    lognormal_efficiency, multiplicative_efficiency, natural_gradient, simulate_design,
    simulate_efficiency, through_link,
};

const TRAJECTORY: Tolerance =
    Tolerance::absolute(1e-12, "a hundred steps on numbers of size ten, each rounded at 1e-15");

pub fn two_losses_of_five_points() -> Result<Vec<Evidence>> {
    let (target, prediction) = (five_targets()?, five_predictions()?);
    Ok(vec![
        // ½ (0.1² + 0.2² + 0.5² + 0.2² + 0.3²).
        Evidence::new("MSE", Divergence::SQUARED_ERROR.total(&target, &prediction)?, 0.215),
        // scikit-learn 1.9.1, `_beta_divergence` with beta = 0.
        Evidence::new(
            "IS, beside scikit-learn",
            Divergence::ItakuraSaito.total(&target, &prediction)?,
            0.06382625014805837,
        ),
    ])
}

pub fn the_mean_of_frameworks() -> Result<Vec<Evidence>> {
    let (target, prediction) = (five_targets()?, five_predictions()?);
    let squares = target.as_slice().iter().zip(prediction.as_slice()).map(|(y, f)| (y - f).powi(2));
    let framework = squares.sum::<f64>() / target.len() as f64;
    let printed = Divergence::SQUARED_ERROR.total(&target, &prediction)?;
    let hessian = Divergence::SQUARED_ERROR.hessian_diagonal(&target, &prediction)?[0];
    Ok(vec![
        Evidence::new("mean of the squares of five points", framework, 0.086),
        Evidence::new("the same over the printed MSE: 2/n", framework / printed, 0.4),
        Evidence::new("Hessian of the printed MSE", hessian, 1.0),
    ])
}

pub fn the_local_expansion() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (target, expected) in [(0.5, 4.0), (2.0, 0.25), (100.0, 1e-4)] {
        let target = Positive::new(target)?;
        let curvature = Divergence::ItakuraSaito.second_derivative(target, target);
        evidence.push(Evidence::new(&format!("curvature at y = {target}"), curvature, expected));
    }
    let slope = Divergence::ItakuraSaito.derivative(Positive::ONE, Positive::ONE);
    evidence.push(Evidence::exact("slope at the optimum", slope, 0.0));
    Ok(evidence)
}

pub fn half_costs_more_than_twice() -> Result<Vec<Evidence>> {
    Ok(vec![
        Evidence::new("V(1, 2)", itakura_saito(1.0, 2.0)?, 0.193147180559945),
        Evidence::new("V(1, 1/2)", itakura_saito(1.0, 0.5)?, 0.306852819440055),
    ])
}

pub fn only_the_ratio_counts() -> Result<Vec<Evidence>> {
    let value = |scale: f64| itakura_saito(2.0 * scale, 3.0 * scale);
    let mut evidence = Vec::new();
    for scale in [1e-6, 7.0, 1e6] {
        let label = format!("V(2c, 3c) at c = {scale}");
        evidence.push(Evidence::new(&label, value(scale)?, value(1.0)?));
    }
    let weight = |target| Ok(Divergence::ItakuraSaito.curvature(Positive::new(target)?));
    let ratio = weight(100.0)? / weight(1.0)?;
    evidence.push(Evidence::new("weight of a small error at y = 100, over y = 1", ratio, 1e-4));
    Ok(evidence)
}

pub fn plain_descent_is_not_natural() -> Result<Vec<Evidence>> {
    let (target, prediction) = (Positive::new(2.0)?, Positive::new(5.0)?);
    let plain = Divergence::ItakuraSaito.derivative(target, prediction);
    let natural = plain / fisher_information(1.0, 5.0)?;
    let squared = Divergence::SQUARED_ERROR.derivative(target, prediction);
    let weights = gauss_newton_weights(Divergence::ItakuraSaito, Link::Identity, &five_decades()?)?;
    Ok(vec![
        Evidence::new("natural gradient of IS at y = 2, f = 5", natural, 3.0)
            .against_claim(plain, 1.0),
        Evidence::new("f - y there", natural_gradient(2.0, 5.0)?, 3.0),
        Evidence::new("plain gradient of the squared error there", squared, 3.0),
        Evidence::new("plain gradient of IS there", plain, 0.12),
        // Scaling that is automatic would make all weights alike.
        Evidence::new("largest over smallest weight, y = 0.01 ... 100", weights.ratio, 1e8)
            .against_claim(1.0, 1e7),
    ])
}

pub fn the_gamma_family() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (shape, mean, expected) in [(1.0, 2.0, 0.25), (3.0, 0.7, 6.12244897959184)] {
        let place = format!("k = {shape}, f = {mean}");
        let information = fisher_information_by_quadrature(shape, mean)?;
        let label = format!("mean squared score by quadrature, {place}");
        evidence.push(Evidence::new(&label, information.value, expected));
        let label = format!("k/f², {place}");
        evidence.push(Evidence::new(&label, fisher_information(shape, mean)?, expected));
    }
    let divergence = gamma_kullback_leibler_by_quadrature(3.0, 1.0, 2.0)?;
    let label = "KL of two gamma variables by quadrature, k = 3, means 1 and 2";
    evidence.push(Evidence::new(label, divergence.value, 0.579441541679836));
    let label = "k V(1, 2), k = 3";
    evidence.push(Evidence::new(label, 3.0 * itakura_saito(1.0, 2.0)?, 0.579441541679836));
    Ok(evidence)
}

pub fn descent_in_the_logarithm_is_natural() -> Result<Vec<Evidence>> {
    let shape = Positive::new(3.0)?;
    let mut evidence = Vec::new();
    for target in five_decades()?.iter() {
        let metric = fisher_weight(Link::Exponential, shape, target);
        evidence.push(Evidence::new(
            &format!("Fisher metric in ψ, k = 3, f = {target}"),
            metric,
            3.0,
        ));
        let loss = through_link(Divergence::ItakuraSaito, Link::Exponential, target, target)?;
        evidence.push(Evidence::new(
            &format!("Hessian in ψ at f = y = {target}"),
            loss.hessian,
            1.0,
        ));
    }
    let path = log_descent(2.0, 0.5, 0.3, 100)?;
    for scale in [1e-3, 1000.0] {
        let shift = f64::ln(scale);
        let moved = log_descent(2.0 * scale, 0.5 + shift, 0.3, 100)?;
        let errors = moved.iter().zip(&path).map(|(moved, psi)| (moved - psi - shift).abs());
        let label =
            format!("largest departure of ψ from a shift by ln c in 100 steps, c = {scale}");
        evidence.push(Evidence::new(&label, errors.fold(0.0, f64::max), 0.0).within(TRAJECTORY));
    }
    Ok(evidence)
}

pub fn the_link_decides() -> Result<Vec<Evidence>> {
    let targets = five_decades()?;
    let (squared, divergence) = (Divergence::SQUARED_ERROR, Divergence::ItakuraSaito);
    let table = [
        ("MSE, identity", squared, Link::Identity, 1.0),
        ("IS, identity", divergence, Link::Identity, 1e8),
        ("MSE, exponential", squared, Link::Exponential, 1e8),
        ("IS, exponential", divergence, Link::Exponential, 1.0),
        ("MSE, softplus", squared, Link::Softplus, 10100.4175004153),
        ("IS, softplus", divergence, Link::Softplus, 9900.58084191951),
    ];
    let row = |(label, loss, link, expected): (&str, Divergence, Link, f64)| {
        let ratio = gauss_newton_weights(loss, link, &targets)?.ratio;
        Ok(Evidence::new(&format!("spread of the weights, {label}"), ratio, expected))
    };
    table.into_iter().map(row).collect()
}

pub fn small_targets_behind_softplus() -> Result<Vec<Evidence>> {
    let targets = PositiveArray::from_vec(vec![0.1, 2.0])?;
    let table = [
        ("MSE", Divergence::SQUARED_ERROR, [0.009055917006062723, 0.7476450724155088], 82.56, 0.01),
        ("IS", Divergence::ItakuraSaito, [0.9055917006062723, 0.1869112681038772], 4.845, 0.001),
    ];
    let mut evidence = Vec::new();
    for (name, loss, expected, ratio, last_digit) in table {
        let found = gauss_newton_weights(loss, Link::Softplus, &targets)?;
        for (index, target) in [0.1, 2.0].into_iter().enumerate() {
            let weight = found.weights.as_slice()[index];
            let label = format!("weight of y = {target}, {name}");
            evidence.push(Evidence::new(&label, weight, expected[index]));
        }
        evidence.push(
            Evidence::new(&format!("ratio of the two weights, {name}"), found.ratio, ratio)
                .within(Tolerance::last_digit(last_digit)),
        );
    }
    Ok(evidence)
}

pub fn one_step_overshoots() -> Result<Vec<Evidence>> {
    let (target, start, learning_rate) = (1.0, 0.1, 0.5);
    let landed = direct_step(target, start, learning_rate)?;
    let curvature = |prediction| itakura_saito_second_derivative(target, prediction);
    Ok(vec![
        // A stable step would not leave the interval between the start and the target.
        Evidence::new("f after one step from 0.1 to y = 1, η = 0.5", landed, 45.1)
            .against_claim(1.0, 40.0),
        Evidence::new("gradient there", itakura_saito_derivative(target, landed)?, 0.0217)
            .within(Tolerance::last_digit(1e-4)),
        Evidence::new("curvature at f = 0.1: (2y - f)/f³", curvature(0.1)?, 1900.0),
        Evidence::new("curvature at f = 0.01, a thousand times as much", curvature(0.01)?, 1.99e6),
    ])
}

pub fn the_logarithm_bounds_one_side() -> Result<Vec<Evidence>> {
    let path = log_descent(1.0, 0.1f64.ln(), 0.5, 200)?;
    Ok(vec![
        Evidence::new("gradient in ψ at ψ = 50, y = 1", log_gradient(1.0, 50.0)?, 1.0),
        Evidence::new(
            "gradient in ψ at ψ = -10, y = 1: 1 - e^10",
            log_gradient(1.0, -10.0)?,
            1.0 - 10f64.exp(),
        ),
        Evidence::new("ψ after 200 steps from f = 0.1 to y = 1, η = 0.5", path[200], 0.0)
            .within(TRAJECTORY),
    ])
}

pub fn multiplicative_noise_favours_the_divergence() -> Result<Vec<Evidence>> {
    let expected = 0.5851063829787234;
    let noise = Noise::Multiplicative { shape: Positive::new(2.0)? };
    let simulated = simulate_efficiency(&one_to_ten()?, Positive::ONE, noise, REPETITIONS, SEED)?;
    let design = simulate_design(Design::Uniform, 10 * REPETITIONS, SEED)?;
    Ok(vec![
        Evidence::new(
            "efficiency of least squares, x = 1 ... 10",
            multiplicative_efficiency(&one_to_ten()?),
            expected,
        ),
        Evidence::new("the same by Monte Carlo", simulated.efficiency, expected)
            .within(Tolerance::three_standard_errors(simulated.standard_error)),
        Evidence::new(
            "lognormal x, s = 0.5: e^(-4s²)",
            lognormal_efficiency(0.5)?,
            0.367879441171442,
        ),
        Evidence::new("uniform x: 5/9", Design::Uniform.efficiency(), 0.555555555555556),
        Evidence::new("uniform x, from a sample", design.efficiency, 5.0 / 9.0)
            .within(Tolerance::three_standard_errors(design.standard_error)),
    ])
}

pub fn additive_noise_favours_squares() -> Result<Vec<Evidence>> {
    let expected = 0.1675994760484193;
    let noise = Noise::Additive { half_width: Positive::new(0.9)? };
    let simulated = simulate_efficiency(&one_to_ten()?, Positive::ONE, noise, REPETITIONS, SEED)?;
    // An advantage that came with the loss, whatever the noise, would give at least 1.
    Ok(vec![
        Evidence::new(
            "efficiency of IS, x = 1 ... 10",
            additive_efficiency(&one_to_ten()?),
            expected,
        )
        .against_claim(1.0, 0.5),
        Evidence::new("efficiency of IS by Monte Carlo", simulated.efficiency, expected)
            .within(Tolerance::three_standard_errors(simulated.standard_error)),
    ])
}

pub fn both_estimate_the_mean() -> Result<Vec<Evidence>> {
    let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
    let constant = PositiveArray::constant(&[3], 4.0)?;
    let best = |loss| Ok(best_constant(loss, &sample)?.prediction.get());
    let fit = fit_line(&sample, &constant)?;
    Ok(vec![
        Evidence::new("best constant for {1, 2, 6} by IS", best(Divergence::ItakuraSaito)?, 3.0),
        Evidence::new("best constant for {1, 2, 6} by MSE", best(Divergence::SQUARED_ERROR)?, 3.0),
        Evidence::new("slope by IS, all x = 4", fit.itakura_saito, 0.75),
        Evidence::new("slope by least squares, all x = 4", fit.least_squares, 0.75),
        Evidence::new("efficiency at constant x", multiplicative_efficiency(&constant), 1.0),
        Evidence::new(
            "efficiency at constant x, additive noise",
            additive_efficiency(&constant),
            1.0,
        ),
    ])
}

/// Enough for two digits of an efficiency, and a fraction of a second.
const REPETITIONS: usize = 100_000;
const SEED: u64 = 20_250;

fn five_decades() -> Result<PositiveArray> {
    PositiveArray::from_vec(vec![0.01, 0.1, 1.0, 10.0, 100.0])
}

fn one_to_ten() -> Result<PositiveArray> {
    PositiveArray::from_vec((1..=10).map(f64::from).collect())
}
