//! The numbers for the conclusions.

use crate::Result;
use crate::causality::{Graph, LocalKernel, NonlinearDescent};
use crate::claims::Evidence;
use crate::divergence::{Divergence, Positive};

pub fn scale_invariance() -> Result<Vec<Evidence>> {
    let value = |scale: f64| -> Result<f64> {
        let (target, prediction) = (Positive::new(2.0 * scale)?, Positive::new(3.0 * scale)?);
        Ok(Divergence::ItakuraSaito.value(target, prediction))
    };
    Ok(vec![
        Evidence::new("V(2, 3)", value(1.0)?, 0.072131774774831),
        Evidence::new("V(2000, 3000)", value(1000.0)?, 0.072131774774831),
        Evidence::new("V(0.02, 0.03)", value(0.01)?, 0.072131774774831),
    ])
}

/// How far the derivative of the map reaches under a loss.
fn reach(loss: Divergence, steps: usize) -> Result<f64> {
    let kernel = LocalKernel::by_distance(&Graph::chain(12)?, &[1.0, 0.4])?;
    let targets: Vec<f64> = (0..12).map(|node| 1.0 + 0.1 * f64::from(node)).collect();
    let start: Vec<f64> = targets.iter().map(|target| 1.2 * target).collect();
    let path = NonlinearDescent::new(&kernel, loss, &targets, 0.3)?.run(&start, steps)?;
    let filled = path.jacobian.indexed_iter().filter(|(_, entry)| **entry != 0.0);
    Ok(filled.map(|((row, column), _)| row.abs_diff(column)).max().unwrap_or(0) as f64)
}

pub fn same_limit() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for steps in [2, 5] {
        let label = format!("reach after {steps} steps, Itakura-Saito");
        evidence.push(Evidence::exact(
            &label,
            reach(Divergence::ItakuraSaito, steps)?,
            steps as f64,
        ));
        // Were the limit this loss's own, another one would reach the whole chain.
        let label = format!("reach after {steps} steps, squared error");
        let found = reach(Divergence::SQUARED_ERROR, steps)?;
        evidence.push(Evidence::exact(&label, found, steps as f64).against_claim(11.0, 1.0));
    }
    Ok(evidence)
}
