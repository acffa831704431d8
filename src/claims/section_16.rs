//! The claims of sections 15 and 16: the conclusions.

use super::{Basis, Claim, Evidence, Part, Verdict};
use crate::Result;
use crate::causality::{Graph, LocalKernel, NonlinearDescent};
use crate::divergence::{Divergence, Positive};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C16.1",
        place: "section 16, first point",
        statement: "The loss is scale invariant and penalises relative errors.",
        verdict: Verdict::Holds,
        correct: "Exactly: V(cy, cf) = V(y, f).",
        notebook: "01_divergence",
        parts: &[Part {
            about: "The same value for targets and predictions in any unit.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(scale_invariance),
        }],
    },
    Claim {
        id: "C16.2",
        place: "section 16, second point",
        statement: "A conformal invariance emerges in a limit and makes learning robust and free of scales.",
        verdict: Verdict::False,
        correct: "No conformal regime is reached: the theory of large targets is massive as long as the targets are \
                  finite, and its spectrum is the worse the closer it comes. Of robustness the paper has no measure.",
        notebook: "03_propagator",
        parts: &[
            Part {
                about: "The massless limit explains nothing here.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C13.3", "C01.2"]),
            },
            Part {
                about: "Robust and scale-free learning.",
                verdict: Verdict::NotTestable,
                basis: Basis::Reason(
                    "no measure of robustness, and no experiment about scales, is given",
                ),
            },
        ],
    },
    Claim {
        id: "C16.3",
        place: "section 16, third point",
        statement: "The condition of the Hessian is improved.",
        verdict: Verdict::False,
        correct: "Not in general; it is for a kernel with multiplicative sensitivity.",
        notebook: "09_conditioning",
        parts: &[Part {
            about: "As stated.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C11.4", "C13.3"]),
        }],
    },
    Claim {
        id: "C16.4",
        place: "sections 15 and 16, fourth point",
        statement: "The Itakura-Saito loss imposes a causal speed limit on learning.",
        verdict: Verdict::False,
        correct: "The limit comes from the range of the kernel and from counting steps. Every loss that acts on \
                  each node by itself has the same one, squared error among them.",
        notebook: "08_light_cone",
        parts: &[Part {
            about: "The farthest response after each step, under squared error.",
            verdict: Verdict::False,
            basis: Basis::Computed(same_limit),
        }],
    },
];

fn scale_invariance() -> Result<Vec<Evidence>> {
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

fn same_limit() -> Result<Vec<Evidence>> {
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
        evidence.push(Evidence::exact(&label, found, steps as f64).contradicting(11.0, 1.0));
    }
    Ok(evidence)
}
