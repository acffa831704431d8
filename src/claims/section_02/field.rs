//! The numbers behind the claims of section 2 about the field.

use std::f64::consts::PI;

use crate::Result;
use crate::claims::five_points::{five_point_action, five_predictions};
use crate::claims::targets::{cells, half_wave, level};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{Divergence, PositiveArray};
use crate::field::{Action, sample};
use crate::grid::Grid;
use crate::operator::Operator;

/// The largest size of the entries beside the diagonal of the paper's operator.
fn largest_coupling(action: &Action) -> Result<f64> {
    let bonds = action.linearised()?;
    Ok(bonds.off_diagonal().iter().fold(0.0, |largest: f64, bond| largest.max(bond.abs())))
}

pub fn the_loss_has_no_laplacian() -> Result<Vec<Evidence>> {
    let (count, target) = (100, 2.0);
    let coupling = (count * count) as f64;
    let loss = level(count, target, 0.0)?;
    Ok(vec![
        Evidence::exact(
            "largest coupling of two points without an elastic term",
            largest_coupling(&loss)?,
            0.0,
        )
        .against_claim(coupling, 1.0),
        Evidence::new("its mass term at y = 2", loss.linearised()?.diagonal()[0], 0.25),
    ])
}

pub fn half_an_elasticity_gives_the_printed_operator() -> Result<Vec<Evidence>> {
    let (count, target) = (100, 2.0);
    let operator = level(count, target, 0.5)?.linearised()?;
    // On a cosine of one half wave, -Δ_h gives (2 sin(πh/2)/h)² exactly.
    let spacing = 1.0 / count as f64;
    let wave: Vec<f64> =
        Grid::finite_volume(count)?.points().iter().map(|x| (PI * x).cos()).collect();
    let laplacian = (2.0 * (0.5 * PI * spacing).sin() / spacing).powi(2);
    let image = operator.applied(&wave);
    let constant = operator.applied(&vec![1.0; count]);
    Ok(vec![
        Evidence::new("L on a constant, λ = 1/2, y = 2: 1/y²", constant[count / 2], 0.25),
        Evidence::new(
            "L on cos πx: (4 sin²(πh/2)/h² + 1/y²) cos πx",
            image[3] / wave[3],
            laplacian + 0.25,
        ),
        Evidence::new("-Δ on cos πx on 100 cells", laplacian, PI * PI)
            .within(Tolerance::absolute(1e-3, "π⁴h²/12 at h = 0.01 is 8.1e-4")),
    ])
}

/// Elasticities and constant targets, with their correlation lengths.
const LENGTHS: [(f64, f64, f64); 3] =
    [(0.01, 1.5, 0.212132034355964), (0.5, 2.0, 2.0), (0.02, 0.25, 0.05)];

/// The static response of a constant target to a force on the first of 200 cells.
fn response(elasticity: f64, target: f64) -> Result<Vec<f64>> {
    let mut force = vec![0.0; 200];
    force[0] = 200.0;
    level(200, target, elasticity)?.linearised()?.solve(&force)
}

/// The squared mass by which a response decays: $g''/g$, with the second difference on the grid.
fn squared_mass(response: &[f64]) -> f64 {
    let (middle, spacing) = (response.len() / 2, 1.0 / response.len() as f64);
    let neighbours = response[middle + 1] + response[middle - 1];
    (neighbours / response[middle] - 2.0) / spacing / spacing
}

const SECOND_DIFFERENCE: Tolerance = Tolerance::relative(
    1e-7,
    "the solve rounds at 1e-15, and a second difference divides by h² = 2.5e-5 and by m²",
);

pub fn the_canonical_mass() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (elasticity, target, _) in LENGTHS {
        let observed = squared_mass(&response(elasticity, target)?);
        let expected = 1.0 / (2.0 * elasticity * target * target);
        let label = format!("m² of the response at λ = {elasticity}, y = {target}: 1/(2λy²)");
        evidence.push(Evidence::new(&label, observed, expected).within(SECOND_DIFFERENCE));
    }
    let printed = 1.0 / (LENGTHS[0].1 * LENGTHS[0].1);
    evidence[0] = evidence[0].clone().against_print(printed, 1.0);
    Ok(evidence)
}

pub fn a_linear_term() -> Result<Vec<Evidence>> {
    let action = half_wave(0.05)?;
    let slope = action.gradient(action.target())?[100];
    let expected = 0.1 * 0.75 * PI * PI * (PI * action.grid().points()[100]).cos();
    let label = "slope of S at f = y for y = 1.25 + 0.75 cos πx, λ = 0.05, x = 0.25125: -2λy''";
    let tolerance = Tolerance::absolute(1e-5, "π²h²/12 = 5e-6 of a number below one");
    Ok(vec![Evidence::new(label, slope, expected).within(tolerance)])
}

pub fn the_correlation_length() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (elasticity, target, length) in LENGTHS {
        let observed = 1.0 / squared_mass(&response(elasticity, target)?).sqrt();
        let label = format!("ξ of the response at λ = {elasticity}, y = {target}: √(2λ) y");
        evidence.push(Evidence::new(&label, observed, length).within(SECOND_DIFFERENCE));
    }
    // Far from the far end the response is an exponential: it falls by e over one length.
    let response = response(0.02, 0.25)?;
    let fall = (response[20] / response[30]).ln();
    let lattice = 2.0 * (0.5 * 0.005 / 0.05_f64).asinh() * 10.0;
    evidence.push(
        Evidence::new("logarithm of the fall over ξ = 0.05", fall, lattice).within(
            Tolerance::absolute(1e-12, "the reflection at the far end, e⁻³⁴, and rounding"),
        ),
    );
    Ok(evidence)
}

pub fn large_targets_are_stiff_fields() -> Result<Vec<Evidence>> {
    let seven = 7.0;
    let scaled = five_point_action(0.1)?.scaled(seven)?;
    let value = scaled.value(&five_predictions()?.scaled(seven)?)?;
    let stiff = five_point_action(4.9)?.value(&five_predictions()?)?;
    let (three, action) = (3.0, wave()?);
    let large = action.scaled(three)?.minimise()?.field;
    let stiffer = action.with_elasticity(0.09)?.minimise()?.field;
    let pairs = large.as_slice().iter().zip(stiffer.as_slice());
    let gap = pairs.map(|(large, stiff)| (large / 3.0 / stiff - 1.0).abs()).fold(0.0, f64::max);
    Ok(vec![
        Evidence::new("S of five points times 7, λ = 0.1", value, 36.86395656253702),
        Evidence::new("S of five points, λ = 4.9", stiff, 36.86395656253702),
        Evidence::new("f₀/3 for 3y and λ = 0.01", large.as_slice()[0] / 3.0, 1.0348061660859)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("f₀ for y and λ = 0.09", stiffer.as_slice()[0], 1.0348061660859)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("largest relative difference of the two fields", gap, 0.0)
            .within(Tolerance::absolute(1e-12, "both solves end at a relative step of 1e-12")),
    ])
}

/// One wave on 64 cells.
fn wave() -> Result<Action> {
    Action::neumann(cells(64, &|x| 1.0 + 0.5 * (2.0 * PI * x).cos())?, 0.01)
}

pub fn the_limit_is_the_mean() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (factor, flatness, mean) in [
        (1.0, 0.6399248952726, 0.9355505080639),
        (10.0, 0.0126186082042, 0.9968812896999),
        (100.0, 1.265965609e-4, 0.9999683167072),
    ] {
        let field = wave()?.scaled(factor)?.minimise()?.field;
        let found = field.arithmetic_mean().get();
        let spread = field.maximum().get() - field.minimum().get();
        evidence.push(
            Evidence::new(
                &format!("spread over mean of f at c = {factor}"),
                spread / found,
                flatness,
            )
            .within(Tolerance::NONLINEAR_SOLVE),
        );
        evidence.push(
            Evidence::new(&format!("mean of f/c at c = {factor}"), found / factor, mean)
                .within(Tolerance::NONLINEAR_SOLVE),
        );
    }
    Ok(evidence)
}

pub fn the_response_is_positive_everywhere() -> Result<Vec<Evidence>> {
    let response = response(0.02, 0.25)?;
    // Beyond ten correlation lengths of 0.05, which are 100 of the 200 cells.
    let zeros = response[100..].iter().filter(|value| **value <= 0.0).count();
    let fall = (response[0] / response[199]).ln();
    Ok(vec![
        Evidence::exact("cells without response beyond ten correlation lengths", zeros as f64, 0.0)
            .against_claim(100.0, 50.0),
        Evidence::new("logarithm of the whole fall, over 20 lengths", fall, 20.0)
            .within(Tolerance::absolute(1.0, "a factor two at the free end, and the lattice")),
    ])
}

pub fn the_flow_is_positive_everywhere() -> Result<Vec<Evidence>> {
    let count = 64;
    let operator = level(count, 1.0, 0.5)?.linearised()?;
    // c - L has no negative entry if c is the largest diagonal entry, so that
    // e^{-τL} = e^{-τc} Σ (τ(c - L))ⁿ/n! is a sum without cancellation.
    let largest = operator.diagonal().iter().copied().fold(0.0, f64::max);
    let time = 1.0 / largest;
    let mut term = vec![0.0; count];
    term[0] = 1.0;
    let mut flow = term.clone();
    for order in 1..=2 * count {
        let image = operator.applied(&term);
        for (term, image) in term.iter_mut().zip(&image) {
            *term = time * (largest * *term - image) / order as f64;
        }
        flow.iter_mut().zip(&term).for_each(|(sum, term)| *sum += term);
    }
    let zeros = flow.iter().filter(|value| **value <= 0.0).count();
    Ok(vec![
        Evidence::exact(
            "cells out of 64 that a flow of time h² /(4λ) has not reached",
            zeros as f64,
            0.0,
        )
        .against_claim(60.0, 30.0),
    ])
}

pub fn the_sum_approaches_the_integral() -> Result<Vec<Evidence>> {
    // For y = 1 and f = 1 + a cos πx the three integrals are known.
    let (elasticity, amplitude): (f64, f64) = (0.1, 0.5);
    let root = (1.0 - amplitude * amplitude).sqrt();
    let exact =
        elasticity * (PI * amplitude).powi(2) / 2.0 + 1.0 / root + (0.5 * (1.0 + root)).ln() - 1.0;
    let mut evidence = Vec::new();
    for count in [100, 1000] {
        let field = cells(count, &|x| 1.0 + amplitude * (PI * x).cos())?;
        let observed = level(count, 1.0, elasticity)?.value(&field)?;
        let label = format!("S of 1 + cos(πx)/2 on {count} cells, y = 1, λ = 0.1");
        // (2 sin(πh/2)/h)² is below π² by the fraction π²h²/12.
        let error = 1.0 / (count * count) as f64;
        let tolerance =
            Tolerance::absolute(0.11 * error, "λ a²π⁴h²/24 from the difference quotient");
        evidence.push(Evidence::new(&label, observed, exact).within(tolerance));
    }
    Ok(evidence)
}

pub fn dilations_change_the_potential() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for factor in [2.0, 0.5] {
        let whole = five_point_action(0.0)?;
        let dilated = five_point_action(0.0)?.with_length(1.25 / factor)?;
        let ratio = dilated.value(&five_predictions()?)? / whole.value(&five_predictions()?)?;
        let label = format!("∫V(y(bx), f(bx))dx over ∫V dx at b = {factor}: 1/b");
        evidence.push(Evidence::new(&label, ratio, 1.0 / factor).against_claim(1.0, 0.4));
    }
    Ok(evidence)
}

pub fn amplitudes_do_not_matter() -> Result<Vec<Evidence>> {
    let whole = five_point_action(0.0)?;
    let field = five_predictions()?;
    let mut evidence = Vec::new();
    for factor in [1e-3, 7.0, 1e6] {
        let observed = whole.scaled(factor)?.value(&field.scaled(factor)?)?;
        let label = format!("∫V(cy, cf)dx over ∫V dx at c = {factor}");
        evidence.push(Evidence::new(&label, observed / whole.value(&field)?, 1.0));
    }
    Ok(evidence)
}

pub fn the_elastic_term_is_dilation_invariant() -> Result<Vec<Evidence>> {
    // In one dimension the weight is -1/2: f(x) becomes b^(-1/2) f(bx).
    let field = PositiveArray::from_vec(vec![1.1, 1.8, 2.5, 2.2, 1.3])?;
    let of = |length: f64, field: &PositiveArray| {
        five_point_action(1.0)?.with_length(length)?.roughness(field)
    };
    let mut evidence = Vec::new();
    for factor in [2.0_f64, 0.5, 10.0] {
        let weighted = field.scaled(1.0 / factor.sqrt())?;
        let ratio = of(1.25 / factor, &weighted)? / of(1.25, &field)?;
        let label = format!("∫f′² dx after over before a dilation by {factor}, d = 1");
        evidence.push(Evidence::new(&label, ratio, 1.0));
    }
    // Squared error is as far from invariant as IS: the factor is that of the volume.
    let unit = sample(&Grid::finite_volume(5)?, &|_| 1.0)?;
    let loss = Action::neumann(unit, 0.0)?.with_divergence(Divergence::SQUARED_ERROR);
    let ratio = loss.clone().with_length(0.5)?.value(&field)? / loss.value(&field)?;
    evidence.push(Evidence::new("∫(y - f)²/2 dx after over before a dilation by 2", ratio, 0.5));
    Ok(evidence)
}
