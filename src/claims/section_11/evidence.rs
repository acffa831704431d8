//! The numbers for section 11: stability, rate, conditioning.

use crate::Result;
use crate::causality::{GradientStep, Graph, LightCone, LocalKernel};
use crate::claims::target_families::{
    CONDITION, NODES, TargetFamily, families, linspace, table_kernel,
};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{Link, PositiveArray};
use crate::ntk::{ErrorDynamics, PowerSweep, ScalingSearch, WeightedKernel, multiplicative_kernel};
use crate::operator::Symmetric;
use ndarray::Array2;

fn yes(answer: bool) -> f64 {
    f64::from(u8::from(answer))
}

pub fn stability() -> Result<Vec<Evidence>> {
    let weighted = WeightedKernel::new(&table_kernel()?, &linspace(0.5, 2.0))?;
    let limit = weighted.stability_limit();
    let stable = |rate: f64| Ok(yes(ErrorDynamics::new(&weighted, rate)?.is_stable()));
    let norm = |rate: f64, steps: usize| -> Result<f64> {
        let norms = ErrorDynamics::new(&weighted, rate)?.weighted_norms(&[1.0; NODES], steps)?;
        Ok(norms[steps] / norms[0])
    };
    // All ones have rank one: a difference of two nodes is never moved.
    let singular = WeightedKernel::new(&Symmetric::new(Array2::ones((2, 2)))?, &[1.0, 1.0])?;
    let neutral = ErrorDynamics::new(&singular, 0.5)?.errors(&[1.0, -1.0], 50)?;
    let rounding = Tolerance::absolute(1e-12, "fifty steps of a mode that rounding alone moves");
    Ok(vec![
        Evidence::new("2/λmax, targets from 0.5 to 2", limit, 0.3385824853).within(EIGENVALUE_10),
        Evidence::exact("stable at 0.999 of it (1: yes)", stable(0.999 * limit)?, 1.0),
        Evidence::exact("stable at 1.001 of it (1: yes)", stable(1.001 * limit)?, 0.0),
        Evidence::exact(
            "whether errors have grown at 1.01 of it",
            yes(norm(1.01 * limit, 2000)? > 1.0),
            1.0,
        ),
        Evidence::exact(
            "whether errors have shrunk at 0.99 of it",
            yes(norm(0.99 * limit, 2000)? < 1.0),
            1.0,
        ),
        Evidence::new("a neutral mode after fifty steps", neutral[0], 1.0).within(rounding),
    ])
}

/// For references that are printed with ten digits.
const EIGENVALUE_10: Tolerance =
    Tolerance::relative(1e-9, "a symmetric eigenvalue, and a reference of ten digits");

/// For the table of the audit, whose shortest entry has eight digits.
const AS_PRINTED: Tolerance =
    Tolerance::relative(5e-8, "half a unit of the last digit, where a reference has eight");

pub fn rate() -> Result<Vec<Evidence>> {
    let kernel = WeightedKernel::new(&table_kernel()?, &[1.0; NODES])?;
    let dynamics = ErrorDynamics::new(&kernel, 1.9 / kernel.conditioning().largest)?;
    let (_, best) = dynamics.best()?;
    let printed = dynamics.decay_factor_of_the_smallest()?;
    Ok(vec![
        Evidence::new("factor of a step at η = 1.9/λmax", dynamics.decay_factor()?, 0.9)
            .within(Tolerance::EIGENVALUE)
            .against_print(printed, 0.1),
        Evidence::new("best factor", best, (CONDITION - 1.0) / (CONDITION + 1.0))
            .within(Tolerance::EIGENVALUE),
    ])
}

pub fn transient_growth() -> Result<Vec<Evidence>> {
    let kernel = Symmetric::new(ndarray::array![[1.0, 0.9], [0.9, 1.0]])?;
    let weighted = WeightedKernel::new(&kernel, &[1.0, 10.0])?;
    let ends = weighted.conditioning();
    let mut evidence = Vec::new();
    for (factor, expected) in [(1.0, 1.3331974504469), (1.9, 2.1075573982324)] {
        let dynamics = ErrorDynamics::new(&weighted, factor / ends.largest)?;
        let growth = dynamics.jacobian_norms(300)?.into_iter().fold(0.0, f64::max);
        let label = format!("largest norm of (I - ηA)^t, η = {factor}/λmax");
        evidence.push(Evidence::new(&label, growth, expected));
        let label = format!("whether it exceeds ymax/ymin, η = {factor}/λmax");
        evidence.push(Evidence::exact(&label, yes(growth > 10.0), 0.0));
        let norms = dynamics.weighted_norms(&[0.3, 10.0], 300)?;
        let growing = norms.windows(2).filter(|pair| pair[1] > pair[0]).count();
        let label = format!("steps in which the weighted norm grows, η = {factor}/λmax");
        evidence.push(Evidence::exact(&label, growing as f64, 0.0));
    }
    evidence.extend([
        Evidence::new("smallest eigenvalue of A", ends.smallest, 0.5 * (1.01 - 1.0125f64.sqrt()))
            .within(Tolerance::EIGENVALUE),
        Evidence::new("largest eigenvalue of A", ends.largest, 0.5 * (1.01 + 1.0125f64.sqrt())),
    ]);
    Ok(evidence)
}

fn weighted(family: &TargetFamily) -> Result<WeightedKernel> {
    WeightedKernel::new(&table_kernel()?, &family.targets)
}

pub fn condition_numbers() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for family in families() {
        let found = weighted(&family)?.conditioning().condition_number()?;
        let label = format!("κ(A), targets {}", family.name);
        let found = Evidence::new(&label, found, family.condition).within(EIGENVALUE_10);
        // Constant targets change nothing; with all others the weights were to reduce κ(K).
        let varies = family.ratio > 1.0;
        evidence.push(if varies { found.against_claim(CONDITION, 1.0) } else { found });
    }
    Ok(evidence)
}

pub fn spectra() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for family in families() {
        let weighted = weighted(&family)?;
        let (name, ends) = (family.name, weighted.conditioning());
        let ratio = ends.largest / weighted.plain().largest;
        for (what, found, expected) in [
            ("λmin(A)", ends.smallest, family.smallest),
            ("λmax(A)", ends.largest, family.largest),
            ("λmax(A)/λmax(K)", ratio, family.largest_ratio),
            ("r", weighted.target_ratio(), family.ratio),
            ("largest stable rate", weighted.stability_limit(), family.limit),
        ] {
            let label = format!("{what}, targets {name}");
            evidence.push(Evidence::new(&label, found, expected).within(AS_PRINTED));
        }
    }
    Ok(evidence)
}

pub fn bounds() -> Result<Vec<Evidence>> {
    let mut outside = 0;
    let mut below_the_ratio = 0;
    for family in families() {
        let weighted = weighted(&family)?;
        let smallest = family.targets.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = family.targets.iter().copied().fold(0.0, f64::max);
        let range = (1.0 - 1e-12) / largest.powi(2)..=(1.0 + 1e-12) / smallest.powi(2);
        outside += weighted.ostrowski_factors().iter().filter(|one| !range.contains(one)).count();
        let condition = weighted.conditioning().condition_number()?;
        below_the_ratio += usize::from(condition < weighted.target_ratio() * (1.0 - 1e-12));
    }
    let short = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?.matrix()?;
    let search = ScalingSearch::new(&short, 1000, 1)?;
    let identity = Symmetric::new(Array2::eye(NODES))?;
    let of_identity = WeightedKernel::new(&identity, &linspace(0.5, 2.0))?;
    // Van der Sluis: targets with y² proportional to the diagonal, on the kernel Y K Y.
    let grown = multiplicative_kernel(&table_kernel()?, &linspace(0.5, 2.0))?;
    let diagonal: Vec<f64> = grown.view().diag().iter().map(|value| value.sqrt()).collect();
    let equilibrated = WeightedKernel::new(&grown, &diagonal)?;
    Ok(vec![
        Evidence::exact(
            "eigenvalues outside Ostrowski's bounds, of all families",
            outside as f64,
            0.0,
        ),
        Evidence::exact("families with κ(A) < r", below_the_ratio as f64, 0.0),
        Evidence::new("κ(A) for K = I", of_identity.conditioning().condition_number()?, 16.0)
            .within(Tolerance::EIGENVALUE),
        Evidence::exact(
            "of a thousand random targets on twelve nodes, better than equal ones",
            search.improvements() as f64,
            0.0,
        ),
        Evidence::new(
            "κ with y² proportional to the diagonal of Y K Y",
            equilibrated.conditioning().condition_number()?,
            CONDITION,
        )
        .within(Tolerance::EIGENVALUE),
    ])
}

pub fn best_factors() -> Result<Vec<Evidence>> {
    let plain = (CONDITION - 1.0) / (CONDITION + 1.0);
    let factor = |targets: &[f64]| -> Result<f64> {
        let weighted = WeightedKernel::new(&table_kernel()?, targets)?;
        ErrorDynamics::new(&weighted, 1.0)?.best().map(|(_, factor)| factor)
    };
    let condition = 94.8711858243;
    let found = factor(&linspace(0.5, 2.0))?;
    Ok(vec![
        Evidence::new(
            "best factor of a step, targets from 0.5 to 2",
            found,
            (condition - 1.0) / (condition + 1.0),
        )
        .within(Tolerance::EIGENVALUE)
        .against_claim(plain, 0.1),
        Evidence::new("best factor of a step, equal targets", factor(&[3.0; NODES])?, plain)
            .within(Tolerance::EIGENVALUE),
    ])
}

pub fn units() -> Result<Vec<Evidence>> {
    let of = |scale: f64| -> Result<WeightedKernel> {
        let targets: Vec<f64> = linspace(0.5, 2.0).iter().map(|target| scale * target).collect();
        WeightedKernel::new(&table_kernel()?, &targets)
    };
    let (one, seven) = (of(1.0)?, of(7.0)?);
    let condition = seven.conditioning().condition_number()?;
    Ok(vec![
        Evidence::new("κ(A) with all targets times 7", condition, 94.8711858243)
            .within(EIGENVALUE_10),
        Evidence::new(
            "largest stable rate with all targets times 7, over that without",
            seven.stability_limit() / one.stability_limit(),
            49.0,
        )
        .within(Tolerance::EIGENVALUE),
    ])
}

pub fn same_support() -> Result<Vec<Evidence>> {
    let kernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
    let arrivals = |targets: &[f64]| -> Result<Vec<(usize, usize)>> {
        Ok(LightCone::new(&GradientStep::new(&kernel, targets, 0.5)?, 0, 11)?.arrivals(0.0))
    };
    let varied: Vec<f64> = (0..12).map(|node| 1.0 + 0.3 * f64::from(node)).collect();
    let (with, without) = (arrivals(&varied)?, arrivals(&[1.0; 12])?);
    let differing = with.iter().zip(&without).filter(|(one, other)| one != other).count();
    Ok(vec![
        Evidence::exact("distances that respond at another step", differing as f64, 0.0),
        Evidence::exact("distances that respond at all", with.len() as f64, 12.0),
    ])
}

pub fn behind_a_link() -> Result<Vec<Evidence>> {
    let targets = linspace(0.5, 2.0);
    let predictions = PositiveArray::from_vec(targets.clone())?;
    let condition = |link: Link| -> Result<f64> {
        let slopes: Vec<f64> = predictions.iter().map(|f| link.slope(f)).collect();
        let kernel = multiplicative_kernel(&table_kernel()?, &slopes)?;
        WeightedKernel::new(&kernel, &targets)?.conditioning().condition_number()
    };
    Ok(vec![
        Evidence::new("κ behind the exponential", condition(Link::Exponential)?, CONDITION)
            .within(Tolerance::EIGENVALUE),
        Evidence::new("κ behind the identity", condition(Link::Identity)?, 94.8711858243)
            .within(EIGENVALUE_10),
    ])
}

pub fn multiplicative() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for family in families() {
        let Some(expected) = family.multiplicative else { continue };
        let kernel = multiplicative_kernel(&table_kernel()?, &family.targets)?;
        let weighted = WeightedKernel::new(&kernel, &family.targets)?;
        let label = format!("κ(Y K₀ Y), squared error, targets {}", family.name);
        let plain = weighted.plain().condition_number()?;
        evidence.push(Evidence::new(&label, plain, expected).within(EIGENVALUE_10));
        let label = format!("κ under Itakura-Saito, targets {}", family.name);
        let found = weighted.conditioning().condition_number()?;
        evidence.push(Evidence::new(&label, found, CONDITION).within(Tolerance::EIGENVALUE));
    }
    Ok(evidence)
}

pub fn sweep() -> Result<Vec<Evidence>> {
    let expected = [
        (0.0, 1674.825497143),
        (0.5, 115.478176054529),
        (1.0, 15.534879041800693),
        (1.5, 96.68368490421688),
        (2.0, 1434.561942271),
    ];
    let sweep = PowerSweep::new(20, &expected.map(|(power, _)| power))?;
    let pairs = sweep.condition_numbers.iter().zip(expected);
    let mut evidence: Vec<Evidence> = pairs
        .map(|(found, (power, expected))| {
            Evidence::new(&format!("κ(A) at p = {power}"), *found, expected).within(EIGENVALUE_10)
        })
        .collect();
    evidence.push(Evidence::exact("p with the smallest of them", sweep.best().0, 1.0));
    Ok(evidence)
}
