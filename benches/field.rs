//! The minimiser of the action on an interval, beside Newton's method with SciPy's banded solver.
//!
//! `cargo bench --bench field` prints our own times. With `PEERS=python3`, or the Python of an environment
//! into which `pip install numpy scipy` has gone, it runs `benches/peers/field.py` too and prints ratios;
//! with `WRITE=1` it writes its section of `docs/performance.md`.
//! `SIZES=1000,100000,10000000` chooses the numbers of cells; the peer takes several gigabytes for the last.
//!
//! Both minimise the same action from the same start, and stop by the same rule: the largest entry of the
//! gradient is at most 10⁻¹⁰ times what it was (or 10⁻¹⁰, if that is larger), or at most its rounding
//! floor, where that is higher. This crate goes on until the step is below 10⁻¹² too, and its time includes the
//! certificate with the smallest eigenvalue; the peer has none. Times are processor times of one thread, the
//! smallest of several runs.

mod clock;
mod peers;
mod report;

use std::f64::consts::PI;

use clock::Clock;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::{Action, Minimum, sample};
use itakura_saito::grid::Grid;
use report::Report;

const ELASTICITIES: [f64; 2] = [1e-4, 1e-2];

fn main() {
    let peer = std::env::var("PEERS").ok();
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "1000,100000,10000000".to_owned());
    let sizes: Vec<usize> =
        sizes.split(',').map(|size| size.parse().expect("SIZES holds numbers of cells")).collect();
    let mut report = Report::new(
        "field",
        &[
            "N, λ           ",
            "ours",
            "steps",
            "gradient",
            "floor",
            "SciPy",
            "steps",
            "gradient",
            "ratio",
        ],
    );
    for size in sizes {
        for elasticity in ELASTICITIES {
            let (milliseconds, minimum) = measure(size, elasticity);
            let certificate = minimum.certificate;
            let mut cells = vec![
                format!("{size}, {elasticity:.0e}"),
                format!("{milliseconds:.3}"),
                certificate.iterations.to_string(),
                format!("{:.1e}", certificate.gradient),
                format!("{:.1e}", certificate.rounding_floor),
            ];
            cells.extend(match &peer {
                Some(python) => beside(python, size, elasticity, milliseconds, &minimum),
                None => ["-"; 4].map(str::to_owned),
            });
            report.row(&cells);
        }
    }
    report
        .note("\"Floor\" is the rounding floor of the gradient, below which no step can bring it.");
    report.finish(peer.as_deref());
}

/// The target of the peer's script.
fn target(size: usize) -> PositiveArray {
    let grid = Grid::finite_volume(size).expect("at least two cells");
    sample(&grid, &|x| (0.85 + 0.6 * (2.0 * PI * x).sin()).max(0.1)).expect("at least 0.1")
}

/// The smallest processor time of several solves, in milliseconds, and the minimum.
fn measure(size: usize, elasticity: f64) -> (f64, Minimum) {
    let action = Action::neumann(target(size), elasticity).expect("a positive elasticity");
    // The system counts processor time in ticks, so that short solves are timed by the hundred.
    let batch = (1_000_000 / size).max(1);
    let mut best = f64::INFINITY;
    let mut minimum = None;
    for _ in 0..5 {
        let clock = Clock::start();
        for _ in 0..batch {
            minimum = Some(action.minimise().expect("a smooth target"));
        }
        best = best.min(clock.milliseconds() / batch as f64);
    }
    (best, minimum.expect("five batches"))
}

/// What the peer's script prints for the same problem: time, steps and gradient; and the ratio of the two times.
fn beside(python: &str, size: usize, elasticity: f64, ours: f64, minimum: &Minimum) -> [String; 4] {
    let [milliseconds, steps, gradient, mean] =
        peers::call(python, "field.py", &[&size.to_string(), &elasticity.to_string()]);
    let ours_mean = minimum.field.arithmetic_mean().get();
    // At ten million points the peer's rule is met while the field still moves in its fifth digit.
    let agree = if size > 1_000_000 { 1e-4 } else { 1e-6 };
    assert!((mean / ours_mean - 1.0).abs() < agree, "the two fields differ: {mean} {ours_mean}");
    [
        format!("{milliseconds:.3}"),
        steps.to_string(),
        format!("{gradient:.1e}"),
        format!("{:.2}", milliseconds / ours),
    ]
}
