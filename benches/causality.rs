//! Banded powers (I - ηA)^t beside products of sparse matrices in SciPy.
//!
//! `cargo bench --bench causality` prints our own times. With `PEERS=python3`, or the Python of an environment
//! into which `pip install numpy scipy` has gone, it runs `benches/peers/causality.py` too and prints ratios.
//!
//! The kernel is the chain of section 14 with slowly varying targets. "All of J" is every entry after t steps,
//! of which n (2 t R + 1) can differ from zero; "a vector" is t steps applied to one vector, in O(n t R). Times are
//! processor times of one thread, the smallest of several runs.

mod clock;
mod peers;

use itakura_saito::causality::{BandedJacobian, GradientStep, Graph, LocalKernel};

const NODES: usize = 512;
const STEPS: usize = 64;
const MANY_NODES: usize = 1_000_000;
const MANY_STEPS: usize = 100;

fn main() {
    let peer = std::env::var("PEERS").ok();
    let step = step(NODES);
    let milliseconds = clock::best(|| BandedJacobian::after(&step, STEPS).expect("a small band"));
    let jacobian = BandedJacobian::after(&step, STEPS).expect("a small band");
    print!("all of J   n = {NODES:>7} t = {STEPS:>3} {milliseconds:>10.3} CPU ms");
    if let Some(python) = &peer {
        let [theirs, entry] = peers::call(python, "causality.py", &["all", "512", "64"]);
        let ours = jacobian.entry(NODES / 2, NODES / 2 + 5);
        assert!((entry / ours - 1.0).abs() < 1e-9, "the two differ: {entry:e} {ours:e}");
        print!("   SciPy {theirs:>10.3}   ratio {:>6.1}", theirs / milliseconds);
    }
    println!();
    for steps in [STEPS, 2 * STEPS] {
        let stored = BandedJacobian::after(&step, steps).expect("a small band").stored();
        println!(
            "stored     n = {NODES:>7} t = {steps:>3} {stored:>10} numbers: n (2 t R + 1) = {}, n² = {}",
            NODES * (2 * steps + 1),
            NODES * NODES
        );
    }
    let step = self::step(MANY_NODES);
    let start: Vec<f64> = (0..MANY_NODES).map(|node| (3.0 * node as f64).sin()).collect();
    let milliseconds = clock::best(|| step.repeated(&start, MANY_STEPS).expect("one error a node"));
    print!("a vector   n = {MANY_NODES:>7} t = {MANY_STEPS:>3} {milliseconds:>10.3} CPU ms");
    if let Some(python) = &peer {
        let [theirs, entry] = peers::call(python, "causality.py", &["vector", "1000000", "100"]);
        let ours = step.repeated(&start, MANY_STEPS).expect("one error a node")[MANY_NODES / 2];
        assert!((entry / ours - 1.0).abs() < 1e-9, "the two differ: {entry:e} {ours:e}");
        print!("   SciPy {theirs:>10.3}   ratio {:>6.1}", theirs / milliseconds);
    }
    println!();
}

/// The step of the peer's script.
fn step(nodes: usize) -> GradientStep {
    let chain = Graph::chain(nodes).expect("a chain");
    let kernel = LocalKernel::by_distance(&chain, &[1.0, 0.4]).expect("a positive kernel");
    let targets: Vec<f64> = (0..nodes).map(|node| 1.5 + (0.01 * node as f64).sin()).collect();
    GradientStep::new(&kernel, &targets, 0.1).expect("positive targets")
}
