//! Banded powers (I - ηA)^t beside products of sparse matrices in SciPy.
//!
//! `cargo bench --bench causality` prints our own times. With `PEERS=python3`, or the Python of an environment
//! into which `pip install numpy scipy` has gone, it runs `benches/peers/causality.py` too and prints ratios;
//! with `WRITE=1` it writes its section of `docs/performance.md`.
//!
//! The kernel is the chain of section 14 with slowly varying targets. "all" is every entry after t steps,
//! of which n (2 t R + 1) can differ from zero; "vector" is t steps applied to one vector, in O(n t R). Times are
//! processor times of one thread, the smallest of several runs.

mod clock;
mod peers;
mod report;

use itakura_saito::causality::{BandedJacobian, GradientStep, Graph, LocalKernel};
use report::Report;

const NODES: usize = 512;
const STEPS: usize = 64;
const MANY_NODES: usize = 1_000_000;
const MANY_STEPS: usize = 100;

fn main() {
    let peer = std::env::var("PEERS").ok();
    let mut report =
        Report::new("causality", &["work, n, t                ", "ours", "SciPy", "ratio"]);
    // The peer prints its time and one number, which must be `entry`.
    let mut row = |work: &str, nodes: usize, steps: usize, ours: f64, entry: f64| {
        let [theirs, ratio] = match &peer {
            Some(python) => {
                let arguments = [work, &nodes.to_string(), &steps.to_string()];
                let [theirs, number] = peers::call(python, "causality.py", &arguments);
                assert!(
                    (number / entry - 1.0).abs() < 1e-9,
                    "the two differ: {number:e} {entry:e}"
                );
                [format!("{theirs:.3}"), format!("{:.2}", theirs / ours)]
            }
            None => ["-", "-"].map(str::to_owned),
        };
        report.row(&[format!("{work}, {nodes}, {steps}"), format!("{ours:.3}"), theirs, ratio]);
    };

    let step = step(NODES);
    let milliseconds = clock::best(|| BandedJacobian::after(&step, STEPS).expect("a small band"));
    let jacobian = BandedJacobian::after(&step, STEPS).expect("a small band");
    row("all", NODES, STEPS, milliseconds, jacobian.entry(NODES / 2, NODES / 2 + 5));

    let many = self::step(MANY_NODES);
    let start: Vec<f64> = (0..MANY_NODES).map(|node| (3.0 * node as f64).sin()).collect();
    let repeated = || many.repeated(&start, MANY_STEPS).expect("one error a node");
    row("vector", MANY_NODES, MANY_STEPS, clock::best(repeated), repeated()[MANY_NODES / 2]);

    for steps in [STEPS, 2 * STEPS] {
        let stored = BandedJacobian::after(&step, steps).expect("a small band").stored();
        report.note(&format!(
            "After {steps} steps the Jacobian of {NODES} nodes stores {stored} numbers: n (2 t R + 1) = {}, n² = {}.",
            NODES * (2 * steps + 1),
            NODES * NODES
        ));
    }
    report.finish(peer.as_deref());
}

/// The step of the peer's script.
fn step(nodes: usize) -> GradientStep {
    let chain = Graph::chain(nodes).expect("a chain");
    let kernel = LocalKernel::by_distance(&chain, &[1.0, 0.4]).expect("a positive kernel");
    let targets: Vec<f64> = (0..nodes).map(|node| 1.5 + (0.01 * node as f64).sin()).collect();
    GradientStep::new(&kernel, &targets, 0.1).expect("positive targets")
}
