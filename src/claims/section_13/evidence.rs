//! The numbers for sections 13 and 14.

use crate::Result;
use crate::causality::{BandedJacobian, GradientStep, Graph, LocalKernel};
use crate::claims::target_families::{CONDITION, families, linspace, table_kernel};
use crate::claims::{Evidence, Tolerance};
use crate::ntk::{WeightedKernel, multiplicative_kernel};
use crate::spectrum::ConditioningByMass;

/// $\kappa$ under both losses for a kernel with multiplicative sensitivity.
pub fn exact_cancellation() -> Result<Vec<Evidence>> {
    let targets = linspace(0.5, 2.0);
    let weighted =
        WeightedKernel::new(&multiplicative_kernel(&table_kernel()?, &targets)?, &targets)?;
    Ok(vec![
        Evidence::new(
            "κ under Itakura-Saito, K = Y K₀ Y",
            weighted.conditioning().condition_number()?,
            CONDITION,
        )
        .within(Tolerance::EIGENVALUE),
        Evidence::new(
            "κ under squared error, K = Y K₀ Y",
            weighted.plain().condition_number()?,
            82.9454021628,
        )
        .within(Tolerance::EIGENVALUE),
    ])
}

pub fn massless_condition() -> Result<Vec<Evidence>> {
    let chain = ConditioningByMass::new(50, &[1.0, 1e-4])?;
    let highest = 2.0 + 2.0 * (std::f64::consts::PI / 50.0).cos();
    Ok(vec![
        Evidence::new("condition number at m² = 1", chain.free[0], highest + 1.0)
            .within(Tolerance::EIGENVALUE),
        Evidence::new("condition number at m² = 0.0001", chain.free[1], highest * 1e4 + 1.0)
            .within(Tolerance::EIGENVALUE)
            .against_claim(1.0, 1e4),
    ])
}

fn chain() -> Result<LocalKernel> {
    LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])
}

fn slope_of_targets() -> Vec<f64> {
    (0..12).map(|node| 1.0 + 0.1 * f64::from(node)).collect()
}

pub fn band() -> Result<Vec<Evidence>> {
    let step = GradientStep::new(&chain()?, &slope_of_targets(), 0.5)?;
    let mut evidence = Vec::new();
    for steps in [1_usize, 3, 5] {
        let jacobian = BandedJacobian::after(&step, steps)?;
        let filled = (0..12).filter(|&column| jacobian.entry(6, column) != 0.0).count();
        let label = format!("filled entries in the middle row after {steps} steps");
        evidence.push(Evidence::exact(&label, filled as f64, (2 * steps + 1) as f64));
    }
    let eigenvalues = chain()?.matrix()?.eigenvalues();
    let wave = |mode: f64| 1.0 + 0.8 * (mode * std::f64::consts::PI / 13.0).cos();
    evidence.push(
        Evidence::new("smallest eigenvalue of K", eigenvalues[0], wave(12.0))
            .within(Tolerance::EIGENVALUE),
    );
    evidence.push(
        Evidence::new("largest eigenvalue of K", eigenvalues[11], wave(1.0))
            .within(Tolerance::EIGENVALUE),
    );
    let refused = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.52]).is_err();
    let accepted = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.51]).is_ok();
    let yes = |answer: bool| f64::from(u8::from(answer));
    evidence.push(Evidence::exact("β = 0.51 is a kernel (1: yes)", yes(accepted), 1.0));
    evidence.push(Evidence::exact("β = 0.52 is none (1: yes)", yes(refused), 1.0));
    Ok(evidence)
}

pub fn amplitudes() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (name, targets) in [("all one", vec![1.0; 12]), ("growing", slope_of_targets())] {
        let jacobian = BandedJacobian::after(&GradientStep::new(&chain()?, &targets, 0.5)?, 4)?;
        let product: f64 = targets[2..6].iter().map(|y| -0.2 / (y * y)).product();
        let label = format!("edge of the band after 4 steps, targets {name}");
        evidence.push(Evidence::new(&label, jacobian.entry(6, 2), product));
        let label = format!("beyond the edge, targets {name}");
        evidence.push(Evidence::exact(&label, jacobian.entry(7, 2), 0.0));
    }
    Ok(evidence)
}

pub fn largest_eigenvalues() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (name, targets, expected) in [
        ("from 0.5 to 2", linspace(0.5, 2.0), 3.283359704),
        ("from 0.1 to 1", linspace(0.1, 1.0), 72.06330474),
    ] {
        let weighted = WeightedKernel::new(&table_kernel()?, &targets)?;
        let ratio = weighted.conditioning().largest / weighted.plain().largest;
        let label = format!("λmax(KW)/λmax(K), targets {name}");
        let found = Evidence::new(&label, ratio, expected).within(Tolerance::EIGENVALUE);
        evidence.push(found.against_claim(1.0, 1.0));
    }
    Ok(evidence)
}

pub fn crossover() -> Result<Vec<Evidence>> {
    let weighted = WeightedKernel::new(&table_kernel()?, &linspace(0.5, 2.0))?;
    let unit = weighted.unit_of_equal_limits();
    let scaled: Vec<f64> = linspace(0.5, 2.0).iter().map(|target| unit * target).collect();
    let equal = WeightedKernel::new(&table_kernel()?, &scaled)?;
    let mut outside = 0;
    for family in families() {
        let weighted = WeightedKernel::new(&table_kernel()?, &family.targets)?;
        let ratio = weighted.conditioning().largest / weighted.plain().largest;
        let smallest = family.targets.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = family.targets.iter().copied().fold(0.0, f64::max);
        let range = (1.0 - 1e-12) / largest.powi(2)..=(1.0 + 1e-12) / smallest.powi(2);
        // The diagonal of K is one.
        let diagonal = weighted.conditioning().largest * smallest.powi(2) >= 1.0 - 1e-12;
        outside += usize::from(!range.contains(&ratio) || !diagonal);
    }
    Ok(vec![
        Evidence::new("crossover of the unit, targets from 0.5 to 2", unit, 1.8120043333)
            .within(Tolerance::EIGENVALUE),
        Evidence::new(
            "λmax(KW) over λmax(K) at the crossover",
            equal.conditioning().largest / equal.plain().largest,
            1.0,
        )
        .within(Tolerance::EIGENVALUE),
        Evidence::exact("families outside the bounds", outside as f64, 0.0),
    ])
}
