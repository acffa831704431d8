//! Gradients, Hessian-vector products, the dense Hessian and a training epoch of the three networks, beside
//! PyTorch and JAX in one run: CPU time of the best repetition, one thread, 64-bit numbers.
//!
//! An epoch is section 17's: 435 items in batches of 64, seven steps of Adam, batch norm in train mode. Ours
//! also scores all 512 items after it, which is timed apart and taken off.
//!
//! The last columns tell how far a Hessian-vector product is from a floor: what its multiplications alone would
//! take at the rate at which this machine multiplies matrices.
//!
//! `cargo bench --bench network` prints our own times. With `PEERS=python3`, or the Python of an
//! environment that has torch (and jax), it runs `benches/peers/network_*.py` too and prints ratios; with
//! `WRITE=1` it writes its section of `docs/performance.md`. `BATCHES=24,64` chooses the numbers of sequences, `NETWORKS=cnn,resnet` the networks.

mod clock;
mod report;
#[path = "../tests/set_a/mod.rs"]
mod set_a;

use std::collections::BTreeMap;
use std::process::Command;

use clock::best;
use itakura_saito::dataset::paper_split;
use itakura_saito::divergence::{Link, Loss, PositiveArray};
use itakura_saito::network::{Batch, CurvaturePart, Objective, Precision};
use itakura_saito::training::{Checkpoint, Scores, Training};
use ndarray::{Array2, Axis};
use report::Report;
use serde_json::Value;
use set_a::SetA;

/// What is timed: (network, batch, work).
type Key = (String, usize, String);

fn main() {
    let list = |name: &str, default: &str| -> Vec<String> {
        let list = std::env::var(name).unwrap_or_else(|_| default.to_owned());
        list.split(',').map(str::to_owned).collect()
    };
    let batches: Vec<usize> = list("BATCHES", "24")
        .iter()
        .map(|batch| batch.parse().expect("BATCHES holds numbers, such as 24,64"))
        .collect();
    let networks = list("NETWORKS", "cnn,resnet,transformer");
    let mut times = BTreeMap::new();
    for network in &networks {
        for &batch in &batches {
            for (work, milliseconds) in own_times(network, batch) {
                times.insert((network.clone(), batch, work), milliseconds);
            }
        }
        for (work, milliseconds) in epoch_times(network) {
            times.insert((network.clone(), 64, work), milliseconds);
        }
    }
    let python = std::env::var("PEERS").ok();
    let peer = |library| match &python {
        Some(python) => peer_times(python, library, &networks, &batches),
        None => BTreeMap::new(),
    };
    report(&times, &peer("torch"), &peer("jax")).finish(python.as_deref());
}

/// How many multiplications with an addition this machine does in a millisecond, in a product of matrices.
fn multiplications_per_millisecond() -> f64 {
    const SIDE: usize = 256;
    let factor = Array2::from_shape_fn((SIDE, SIDE), |(row, at)| ((row + at) as f64).sin());
    (SIDE as f64).powi(3) / best(|| factor.dot(&factor))
}

/// The multiplications by weights of one Hessian-vector product of so many that share the pass of the values. For
/// each weight and position, values take two, one forward and one back; each direction takes two forward and two
/// back by the product rule, and two for the weight's own entry. Before the first layer nothing depends on the
/// parameters, which leaves one and two. Norms, attention and nonlinearities are not counted.
fn multiplications(network: &str, batch: usize, directions: f64) -> f64 {
    let (set, objective) = objective(network, batch);
    let layout = set.architecture().layout();
    let weights = layout.iter().filter(|part| part.fan_in.is_some() && part.shape.len() > 1);
    let of_a_position = weights.enumerate().map(|(at, part)| {
        let (values, direction) = if at == 0 { (1.0, 2.0) } else { (2.0, 6.0) };
        part.size() as f64 * (direction + values / directions)
    });
    of_a_position.sum::<f64>() * objective.predictor().output_count() as f64
}

/// The first sequences of set A, over again if there are too few.
fn objective(network: &str, sequences: usize) -> (SetA, Objective) {
    let set = SetA::read(network);
    let batch = set.batch();
    let rows: Vec<usize> = (0..sequences).map(|row| row % batch.sequences()).collect();
    let inputs: Array2<f64> = batch.inputs().select(Axis(0), &rows);
    let targets = PositiveArray::new(batch.targets().view().select(Axis(0), &rows));
    let batch = Batch::new(inputs, targets.expect("positive")).expect("a batch");
    let normalization = set.normalization("eval");
    let objective =
        Objective::new(set.architecture(), Loss::ITAKURA_SAITO, batch, normalization, 1);
    (set, objective.expect("an objective"))
}

fn own_times(network: &str, batch: usize) -> Vec<(String, f64)> {
    let (set, objective) = objective(network, batch);
    let theta = &set.parameters;
    let value = best(|| objective.value(theta).expect("a value"));
    let gradient = best(|| objective.gradient(theta).expect("a gradient"));
    let product = best(|| objective.hessian_product(theta, &set.direction).expect("a product"));
    let seven = Array2::from_shape_fn((7, theta.len()), |(row, at)| set.direction[at] + row as f64);
    let block =
        best(|| objective.products(CurvaturePart::Hessian, theta, seven.view()).expect("products"));
    let mut times = vec![
        ("value".to_owned(), value),
        ("gradient".to_owned(), gradient),
        ("hvp".to_owned(), product),
        ("hvp, one of seven".to_owned(), block / 7.0),
    ];
    if network == "cnn" && batch == 24 {
        let dense = best(|| objective.dense_hessian(theta).expect("a matrix"));
        times.push(("dense hessian".to_owned(), dense));
    }
    times
}

/// What one more epoch of training takes without its scores, in each precision, and what the scores take,
/// in 64 bits.
fn epoch_times(network: &str) -> Vec<(String, f64)> {
    let split = paper_split();
    let architecture = SetA::read(network).architecture();
    let start = Checkpoint::initial(&architecture, Link::Identity, 1).expect("a checkpoint");
    let scores = best(|| {
        [&split.training, &split.validation].map(|data| {
            let predictions = start.predict(data).expect("predictions");
            Scores::of(data.targets(), &predictions).expect("scores")
        })
    });
    let section_17 = Training::of_section_17(architecture, Loss::ITAKURA_SAITO);
    let epoch = |precision| {
        let training = |epochs| Training { epochs, precision, ..section_17.clone() };
        let run = |epochs| training(epochs).run(&split).expect("a training");
        (best(|| run(3)) - best(|| run(1))) / 2.0 - scores
    };
    vec![
        ("scores of an epoch".to_owned(), scores),
        ("training epoch".to_owned(), epoch(Precision::Double)),
        ("training epoch, 32 bits".to_owned(), epoch(Precision::Single)),
    ]
}

/// What a peer's program prints, one JSON object a line; nothing if its library is not installed.
fn peer_times(
    python: &str,
    library: &str,
    networks: &[String],
    batches: &[usize],
) -> BTreeMap<Key, f64> {
    let program = format!("{}/benches/peers/network_{library}.py", env!("CARGO_MANIFEST_DIR"));
    let batches: Vec<String> = batches.iter().map(usize::to_string).collect();
    let output = Command::new(python)
        .args([&program, "--networks", &networks.join(","), "--batches", &batches.join(",")])
        .output()
        .unwrap_or_else(|error| panic!("{python} does not start: {error}"));
    if !output.status.success() {
        eprintln!("{library} is left out:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    rows.filter_map(|row| {
        let key = (
            row["network"].as_str()?.to_owned(),
            row["batch"].as_u64()? as usize,
            row["work"].as_str()?.to_owned(),
        );
        Some((key, row["cpu_ms"].as_f64()?))
    })
    .collect()
}

fn report(
    times: &BTreeMap<Key, f64>,
    torch: &BTreeMap<Key, f64>,
    jax: &BTreeMap<Key, f64>,
) -> Report {
    let rate = multiplications_per_millisecond();
    let mut report = Report::new(
        "network",
        &[
            "network, batch, work                       ",
            "ours",
            "PyTorch",
            "ratio",
            "JAX",
            "ratio",
            "floor",
            "times floor",
        ],
    );
    for (key, ours) in times {
        let (network, batch, work) = key;
        let mut cells = vec![format!("{network}, {batch}, {work}"), format!("{ours:.3}")];
        for peer in [torch, jax] {
            // A product of a block of seven is compared with the peer's single one.
            let single = (network.clone(), *batch, work.replace(", one of seven", ""));
            cells.extend(match peer.get(key).or_else(|| peer.get(&single)) {
                Some(time) => [format!("{time:.3}"), format!("{:.2}", time / ours)],
                None => ["-", "-"].map(str::to_owned),
            });
        }
        let directions = match work.as_str() {
            "hvp" => Some(1.0),
            "hvp, one of seven" => Some(7.0),
            _ => None,
        };
        cells.extend(match directions {
            Some(directions) => {
                let floor = multiplications(network, *batch, directions) / rate;
                [format!("{floor:.3}"), format!("{:.2}", ours / floor)]
            }
            None => ["-", "-"].map(str::to_owned),
        });
        report.row(&cells);
    }
    report.note(&format!(
        "\"hvp\" is a Hessian-vector product. Product of matrices: {:.1} GFLOP/s.",
        2e-6 * rate
    ));
    report
}
