//! All eigenvalues of a symmetric tridiagonal matrix, beside SciPy's `eigh_tridiagonal`.
//!
//! `cargo bench --bench spectrum` prints our own times. With `PEERS=python3`, or the Python of an environment
//! into which `pip install numpy scipy` has gone, it runs `benches/peers/spectrum.py` too and prints ratios;
//! with `WRITE=1` it writes its section of `docs/performance.md`.
//! Eigenvalues only, of the operator of appendix B, and of a matrix with entries that look random. Times are
//! processor times of one thread, the smallest of several runs.

mod clock;
mod peers;
mod report;

use clock::Clock;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::Action;
use itakura_saito::operator::SymmetricTridiagonal;
use itakura_saito::spectrum::appendix_target;
use report::Report;

const SIZES: [usize; 2] = [300, 10_000];

fn main() {
    let peer = std::env::var("PEERS").ok();
    let mut report = Report::new("spectrum", &["matrix, N          ", "ours", "SciPy", "ratio"]);
    for size in SIZES {
        for (name, matrix) in [("appendix B", appendix(size)), ("irregular", irregular(size))] {
            let (milliseconds, eigenvalues) = measure(&matrix);
            let [theirs, ratio] = match &peer {
                Some(python) => beside(python, size, name, milliseconds, &eigenvalues),
                None => ["-", "-"].map(str::to_owned),
            };
            report.row(&[format!("{name}, {size}"), format!("{milliseconds:.3}"), theirs, ratio]);
        }
    }
    report.note("Eigenvalues only, without vectors.");
    report.finish(peer.as_deref());
}

/// The linearised operator of appendix B at the elasticity 0.005.
fn appendix(size: usize) -> SymmetricTridiagonal {
    let target: PositiveArray = appendix_target(size).expect("many points");
    let action = Action::dirichlet(target, 5e-3, 1.0).expect("a positive elasticity");
    action.linearised().expect("finite entries")
}

/// Entries without a pattern, the same here and in the peer's script.
fn irregular(size: usize) -> SymmetricTridiagonal {
    let entry = |index: usize, speed: f64| (speed * (index * index) as f64).sin();
    let diagonal = (0..size).map(|index| entry(index, 0.7)).collect();
    let off_diagonal = (1..size).map(|index| entry(index, 0.3).abs()).collect();
    SymmetricTridiagonal::new(diagonal, off_diagonal).expect("finite entries")
}

/// The smallest processor time of several runs, in milliseconds, and the eigenvalues.
fn measure(matrix: &SymmetricTridiagonal) -> (f64, Vec<f64>) {
    // The system counts processor time in ticks, so that short runs are timed by the hundred.
    let batch = (10_000_000 / matrix.diagonal().len().pow(2)).max(1);
    let mut best = f64::INFINITY;
    let mut eigenvalues = Vec::new();
    for _ in 0..3 {
        let clock = Clock::start();
        for _ in 0..batch {
            eigenvalues = matrix.eigenvalues();
        }
        best = best.min(clock.milliseconds() / batch as f64);
    }
    (best, eigenvalues)
}

/// The time that the peer's script prints for the same matrix, and the ratio of the two times.
fn beside(python: &str, size: usize, name: &str, ours: f64, eigenvalues: &[f64]) -> [String; 2] {
    let [milliseconds, smallest, largest] =
        peers::call(python, "spectrum.py", &[&size.to_string(), name]);
    let scale = largest.abs().max(smallest.abs());
    let ends = [(smallest, eigenvalues[0]), (largest, eigenvalues[size - 1])];
    for (theirs, ours) in ends {
        assert!((theirs - ours).abs() < 1e-10 * scale, "the spectra differ: {theirs} {ours}");
    }
    [format!("{milliseconds:.3}"), format!("{:.2}", milliseconds / ours)]
}
