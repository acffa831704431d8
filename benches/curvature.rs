//! Lanczos on the Hessians of the three networks of set A: what it costs beside its products.
//!
//! `cargo bench --bench curvature` prints, for the IS loss on 24 sequences, the CPU time of one product
//! and of a hundred Lanczos steps, by one thread; and of the latter the share that is not spent in
//! products: at most 10 % is the aim, so that the network decides how long a spectrum takes. Beside it the
//! published recursion of three terms, which leaves the orthogonalisation out, and the eigenvalues at both
//! ends with their certificates. `NETWORKS=cnn,resnet` chooses the networks; `WRITE=1` writes the section of
//! `docs/performance.md`.

mod clock;
mod report;
#[path = "../tests/set_a/mod.rs"]
mod set_a;

use std::cell::Cell;

use clock::{Clock, best};
use itakura_saito::curvature::{
    Ends, Lanczos, Precision, PublishedRun, eigenvalues_at_the_ends, random_start,
};
use itakura_saito::divergence::Loss;
use itakura_saito::network::CurvatureOperator;
use itakura_saito::operator::Operator;
use report::Report;
use set_a::SetA;

const STEPS: usize = 100;

/// Runs of which the best counts.
const RUNS: usize = 3;

fn main() {
    let networks =
        std::env::var("NETWORKS").unwrap_or_else(|_| "cnn,resnet,transformer".to_owned());
    let mut table = Report::new(
        "curvature",
        &["network, work                                 ", "n", "products", "CPU ms", "besides"],
    );
    for network in networks.split(',') {
        let set = SetA::read(network);
        let objective = set.objective(Loss::ITAKURA_SAITO, "eval", 1);
        let hessian = Timed::new(objective.hessian(&set.parameters).expect("a Hessian"));
        let start = random_start(hessian.dim(), 0);
        let product = best(|| hessian.applied(&start));
        let mut line = |work: &str, products: usize, milliseconds: f64, besides: &str| {
            table.row(&[
                format!("{network}, {work}"),
                hessian.dim().to_string(),
                products.to_string(),
                format!("{milliseconds:.2}"),
                besides.to_owned(),
            ]);
        };
        line("one product", 1, product, "");
        let mut report = |work: &str, run: &dyn Fn()| {
            let (products, milliseconds, share) = hessian.share_besides(run);
            line(work, products, milliseconds, &format!("{:.1} %", 100.0 * share));
        };
        report("Lanczos, orthogonalised twice", &|| {
            Lanczos::run(&hessian, &start, STEPS).expect("a run");
        });
        for precision in [Precision::Double, Precision::Single] {
            report(&format!("three terms as published, {precision}"), &|| {
                PublishedRun::run(&hessian, &start, STEPS, precision).expect("a run");
            });
        }
        report("10 + 3 eigenvalues at the ends", &|| {
            let spectrum = eigenvalues_at_the_ends(&hessian, &Ends::new(10, 3));
            assert!(spectrum.expect("a spectrum").is_converged());
        });
    }
    table.note("\"Besides\" is the share of the time that is not spent in products.");
    table.finish(None);
}

/// An operator that notes how often it is applied and how long that takes.
struct Timed {
    operator: CurvatureOperator,
    products: Cell<usize>,
    milliseconds: Cell<f64>,
}

impl Timed {
    fn new(operator: CurvatureOperator) -> Self {
        Self { operator, products: Cell::new(0), milliseconds: Cell::new(0.0) }
    }

    /// Of the best of several runs: its products, its time, and the share of it outside the products.
    fn share_besides(&self, run: &dyn Fn()) -> (usize, f64, f64) {
        let measure = |_| {
            self.products.set(0);
            self.milliseconds.set(0.0);
            let clock = Clock::start();
            run();
            let whole = clock.milliseconds();
            (self.products.get(), whole, 1.0 - self.milliseconds.get() / whole)
        };
        (0..RUNS).map(measure).min_by(|one, other| one.1.total_cmp(&other.1)).expect("a run")
    }
}

impl Operator for Timed {
    fn dim(&self) -> usize {
        self.operator.dim()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        let clock = Clock::start();
        self.operator.apply(x, y);
        self.milliseconds.set(self.milliseconds.get() + clock.milliseconds());
        self.products.set(self.products.get() + 1);
    }
}
