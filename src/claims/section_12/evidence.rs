//! The numbers for section 12: constants, sharpness, and the rate that must be given up.

use crate::Result;
use crate::causality::{ExponentialKernel, Tilt};
use crate::claims::{Evidence, Tolerance};

fn kernel() -> Result<ExponentialKernel> {
    ExponentialKernel::new(1.0, 1.0, 1.0)
}

pub fn constants() -> Result<Vec<Evidence>> {
    let kernel = kernel()?;
    let displaced = kernel.optimal_speed(Tilt::Displacement)?;
    let distance = kernel.optimal_speed(Tilt::Distance)?;
    let place =
        Tolerance::absolute(1e-5, "a minimum fixes its place to the root of the rounding only");
    let mut violations = 0;
    for (steps, far) in (1..=10).flat_map(|steps| (0..=60).map(move |far| (steps, far))) {
        let entry = kernel.power_entry(steps, far)?;
        for tilt in [Tilt::Distance, Tilt::Displacement] {
            violations += usize::from(entry > kernel.bound(steps, far, 2.0, tilt)? * (1.0 + 1e-12));
        }
    }
    Ok(vec![
        Evidence::new(
            "v at ξ = 2, by distance",
            kernel.speed(2.0, Tilt::Distance)?,
            2.81365822749459,
        ),
        Evidence::new("smallest v, by displacement", displaced.speed, 1.978095943725),
        Evidence::new("its 1/ξ", displaced.decay_length.recip(), 0.62844).within(place),
        Evidence::new("smallest v, by distance", distance.speed, 2.696070173926),
        Evidence::new("1/ξ of that", distance.decay_length.recip(), 0.63711).within(place),
        Evidence::exact("entries above a bound, t ≤ 10, d ≤ 60, ξ = 2", violations as f64, 0.0),
    ])
}

pub fn same_rate() -> Result<Vec<Evidence>> {
    let kernel = kernel()?;
    // A bound with the kernel's own rate keeps the value that it has at distance zero.
    let kept = kernel.same_rate_ratio(0);
    let ratio = |distance: usize| -> Result<f64> {
        Ok((kernel.log_power_entry(2, distance)? + distance as f64).exp())
    };
    Ok(vec![
        Evidence::new("(K²) at distance 10", kernel.power_entry(2, 10)?, 5.13611007362182e-4),
        Evidence::new("e^d (K²) at distance 10", ratio(10)?, 11.3130352854993)
            .against_claim(kept, 5.0),
        Evidence::new("e^d (K²) at distance 100", ratio(100)?, 101.313035285499)
            .against_claim(kept, 50.0),
    ])
}

pub fn sharpness() -> Result<Vec<Evidence>> {
    let kernel = kernel()?;
    let mut evidence = Vec::new();
    for (steps, exact, bound) in [
        (5, -28.1054297681, -24.2048637751),
        (10, -52.6487450067, -48.4097275502),
        (20, -101.4009815762, -96.8194551004),
        (40, -198.5649780225, -193.6389102009),
    ] {
        let (best, rate) = kernel.optimal_log_bound(steps, 8 * steps)?;
        let found = kernel.log_power_entry(steps, 8 * steps)?;
        evidence.push(Evidence::new(&format!("ln of the entry, t = {steps}"), found, exact));
        evidence.push(Evidence::new(&format!("ln of the best bound, t = {steps}"), best, bound));
        let place =
            Tolerance::absolute(1e-6, "a minimum fixes its place to the root of the rounding only");
        let label = format!("rate of the best bound, t = {steps}");
        evidence.push(Evidence::new(&label, rate, 0.884653).within(place));
    }
    Ok(evidence)
}

pub fn pure_decay() -> Result<Vec<Evidence>> {
    // coth(1/2) is the row sum of exp(-|i - j|).
    let kernel = ExponentialKernel::new(0.5 * 0.5f64.tanh(), 1.0, 1.0)?;
    let speed = kernel.speed(100.0, Tilt::Distance)?;
    let has_best = kernel.optimal_speed(Tilt::Distance).is_ok();
    let factor = kernel.step_factor(1e9, Tilt::Distance)?;
    let limit = Tolerance::relative(1e-8, "ξ = 1e9 in place of infinity");
    Ok(vec![
        Evidence::new("row sum of |A|, the factor as ξ goes to infinity", factor, 0.5)
            .within(limit),
        // 100 ln(coth(0.495) tanh(0.5)/2).
        Evidence::new("v at ξ = 100", speed, 100.0 * (0.5 * 0.5f64.tanh() / 0.495f64.tanh()).ln())
            .against_claim(1.0, 1.0),
        Evidence::exact("whether there is a smallest speed", f64::from(u8::from(has_best)), 0.0),
    ])
}
