//! Copies of eigenvalues, on a matrix whose spectrum is known.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::curvature::{
    COPY, CopyForecast, Diagonal, Ends, Lanczos, Precision, PublishedRun, Status, copies,
    cullum_willoughby, eigenvalues_at_the_ends, surplus_copies,
};

/// The start vector of the audit.
fn ones() -> Vec<f64> {
    vec![1.0; 200]
}

/// How many values are within 1e-3 of 10.
fn at_ten(values: &[f64]) -> f64 {
    copies(values, 10.0, 1e-3) as f64
}

pub fn copies_of_a_simple_eigenvalue() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let mut evidence = Vec::new();
    for (precision, expected) in
        [(Precision::Single, [3.0, 7.0, 11.0]), (Precision::Double, [2.0, 4.0, 6.0])]
    {
        for (steps, expected) in [20, 40, 60].into_iter().zip(expected) {
            let run = PublishedRun::run(&known, &ones(), steps, precision)?;
            let label = format!("copies of 10 after {steps} steps, as published, {precision}");
            evidence.push(Evidence::exact(&label, at_ten(&run.values()), expected));
        }
    }
    for steps in [20, 40, 60] {
        let run = Lanczos::run(&known, &ones(), steps)?;
        let label = format!("copies of 10 after {steps} steps, reorthogonalised");
        evidence.push(Evidence::exact(&label, at_ten(&run.values()), 1.0));
    }
    let triple = Diagonal::isolated_top(3)?;
    let run = Lanczos::run(&triple, &ones(), 60)?;
    let label = "a triple eigenvalue, after 60 reorthogonalised steps";
    evidence.push(Evidence::exact(label, at_ten(&run.values()), 1.0));
    let audited = eigenvalues_at_the_ends(&triple, &Ends::new(4, 0))?.top_values();
    let label = "the same with new start vectors orthogonal to what was found";
    evidence.push(Evidence::exact(label, at_ten(&audited), 3.0));
    Ok(evidence)
}

/// What is left of orthogonality depends on the order of the sums.
const OF_ORDER_ONE: Tolerance = Tolerance::absolute(
    0.25,
    "once orthogonality is lost, the order of the sums decides by how much",
);

pub fn loss_of_orthogonality() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let mut evidence = Vec::new();
    for (precision, lost, kept, rounding) in
        [(Precision::Single, 0.735, 2.5e-7, 2.5e-7), (Precision::Double, 0.77, 8.9e-16, 1.8e-15)]
    {
        let as_published = PublishedRun::run(&known, &ones(), 20, precision)?;
        let label = format!("largest entry of QᵀQ - I, as published, {precision}");
        let loss = as_published.loss_of_orthogonality();
        evidence.push(Evidence::new(&label, loss, lost).within(OF_ORDER_ONE));
        let repaired = PublishedRun::run_repaired(&known, &ones(), 20, precision)?;
        let label = format!("the same, reorthogonalised twice, {precision}");
        let tolerance = Tolerance::absolute(rounding, "a few units of rounding");
        let loss = repaired.loss_of_orthogonality();
        evidence.push(Evidence::new(&label, loss, kept).within(tolerance));
    }
    Ok(evidence)
}

pub fn the_pace_of_the_copies() -> Result<Vec<Evidence>> {
    let single = CopyForecast::new(10.0, 0.8, -0.2, Precision::Single.epsilon())?;
    let double = CopyForecast::new(10.0, 0.8, -0.2, Precision::Double.epsilon())?;
    let digits = Tolerance::last_digit(1e-4);
    Ok(vec![
        Evidence::new("growth ρ in a step", double.growth, 38.774209661299736),
        Evidence::new("steps for a copy, f32", single.steps_per_copy, 4.3585).within(digits),
        Evidence::new("steps for a copy, f64", double.steps_per_copy, 9.8540).within(digits),
    ])
}

pub fn three_ways_to_be_rid_of_them() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let mut evidence = Vec::new();
    for steps in [20, 40, 60] {
        let run = PublishedRun::run(&known, &ones(), steps, Precision::Double)?;
        let values = run.values();
        let surplus = surplus_copies(&values, &[], COPY);
        let merged =
            values.iter().zip(&surplus).filter(|(value, surplus)| !**surplus && **value > 1.0);
        let label = format!("{steps} steps: values above 1, near ones merged");
        evidence.push(Evidence::exact(&label, merged.count() as f64, 1.0));
        // The copies share their eigenvalue with the smaller matrix, and one of them is genuine.
        let shared = cullum_willoughby(run.tridiagonal(), &values, f64::EPSILON)?;
        let bulk = values.iter().zip(&shared).filter(|(value, shared)| **shared && **value < 1.0);
        let label = format!("{steps} steps: values of the bulk that the smaller matrix shares");
        evidence.push(Evidence::exact(&label, bulk.count() as f64, 0.0));
        let kept =
            run.ritz().iter().filter(|ritz| ritz.status != Status::Ghost && ritz.value > 1.0);
        let label = format!("{steps} steps: values above 1 that no test calls a ghost");
        evidence.push(Evidence::exact(&label, kept.count() as f64, 1.0));
    }
    Ok(evidence)
}

/// The Ritz values of twenty reorthogonalised steps in 64 bits.
const TWENTY: [f64; 20] = [
    10.0,
    0.798181295724,
    0.781702010586,
    0.752902175914,
    0.712345165134,
    0.661079593711,
    0.600446585157,
    0.532032195117,
    0.457622770691,
    0.379156704027,
    0.298672961117,
    0.218257607312,
    0.139989692148,
    0.0658878467744,
    -0.00214112237186,
    -0.0623504846726,
    -0.113197781105,
    -0.153385001473,
    -0.181901832995,
    -0.198216367478,
];

pub fn twenty_ritz_values() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let values = Lanczos::run(&known, &ones(), 20)?.values();
    let beside = |(place, (&value, &expected)): (usize, (&f64, &f64))| {
        let label = format!("Ritz value {}", place + 1);
        Evidence::new(&label, value, expected).within(Tolerance::EIGENVALUE)
    };
    Ok(values.iter().zip(&TWENTY).enumerate().map(beside).collect())
}

pub fn twenty_steps_are_not_the_top_twenty() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let exact = known.sorted();
    let values = Lanczos::run(&known, &ones(), 20)?.values();
    let hits = values.iter().filter(|value| copies(&exact, **value, 1e-6) > 0).count();
    Ok(vec![
        Evidence::new("the twentieth Ritz value", values[19], -0.198216367478)
            .within(Tolerance::EIGENVALUE)
            .against_claim(0.7090909091, 0.5),
        Evidence::exact("Ritz values within 1e-6 of an eigenvalue", hits as f64, 1.0)
            .against_claim(20.0, 10.0),
    ])
}

pub fn the_top_twenty_with_certificates() -> Result<Vec<Evidence>> {
    let known = Diagonal::isolated_top(1)?;
    let exact = known.sorted();
    let spectrum = eigenvalues_at_the_ends(&known, &Ends::new(20, 0))?;
    let values = spectrum.top_values();
    let hits = values.iter().zip(&exact).filter(|(one, other)| (*one - *other).abs() < 1e-6);
    let converged = spectrum.top.iter().filter(|pair| pair.status == Status::Converged);
    let digits = Tolerance::last_digit(1e-10);
    Ok(vec![
        Evidence::new("the twentieth eigenvalue", values[19], 0.7090909091).within(digits),
        Evidence::exact("values within 1e-6 of their eigenvalue", hits.count() as f64, 20.0),
        Evidence::exact("values whose residual is small", converged.count() as f64, 20.0),
    ])
}
