//! The networks against PyTorch's double backward (set A), and the theorems that their derivatives obey.

mod set_a;

use std::f64::consts::PI;

use itakura_saito::network::{CurvaturePart, Loss, Objective};
use set_a::{SetA, relative_error};

/// The loss that set A calls by this name.
fn loss(name: &str) -> Loss {
    match name {
        "mse" => Loss::MeanSquaredError,
        "is" => Loss::ITAKURA_SAITO,
        _ => panic!("set A has no loss {name}"),
    }
}

#[test]
fn tiny_cnn_reproduces_set_a() {
    reproduces_set_a("cnn", "eval");
}

#[test]
fn resnet_reproduces_set_a() {
    reproduces_set_a("resnet", "eval");
}

#[test]
fn resnet_reproduces_set_a_with_the_statistics_of_the_batch() {
    reproduces_set_a("resnet", "train");
}

#[test]
fn transformer_reproduces_set_a() {
    reproduces_set_a("transformer", "eval");
}

/// Loss and prediction to 1e-12, gradient and Hv to 1e-10: what rounding may do in sums of a few thousand
/// terms, in two implementations that add in different orders.
fn reproduces_set_a(network: &str, mode: &str) {
    let set = SetA::read(network);
    let expected = set.predictions(mode);
    for name in ["mse", "is"] {
        let objective: Objective = set.objective(loss(name), mode, 1);
        let case = set.case(mode, name);
        let predictions = objective.predictions(&set.parameters).expect("predictions");
        for (observed, expected) in predictions.iter().zip(&expected) {
            assert!((observed / expected - 1.0).abs() < 1e-12, "{observed} {expected}");
        }
        let (value, gradient) = objective.gradient(&set.parameters).expect("a gradient");
        assert!(
            (value / case.number("loss") - 1.0).abs() < 1e-12,
            "{network} {mode} {name}: {value}"
        );
        let error = relative_error(&gradient, &set.array(&format!("{mode}.{name}.grad")));
        assert!(error < 1e-10, "{network} {mode} {name}: gradient {error:e}");
        let product = objective.hessian_product(&set.parameters, &set.direction).expect("Hv");
        let error = relative_error(&product, &set.array(&format!("{mode}.{name}.Hv")));
        assert!(error < 1e-10, "{network} {mode} {name}: Hv {error:e}");
    }
}

#[test]
fn dense_spectrum_of_tiny_cnn_is_that_of_set_a() {
    let set = SetA::read("cnn");
    for name in ["mse", "is"] {
        let objective = set.objective(loss(name), "eval", 1);
        let mut observed = objective.dense_hessian(&set.parameters).expect("H").eigenvalues();
        observed.reverse();
        let expected = set.array(&format!("eval.{name}.eigs_all"));
        for (one, other) in observed.iter().zip(&expected) {
            assert!((one - other).abs() < 1e-9 * expected[0], "{name}: {one} {other}");
        }
    }
}

/// Vectors without pattern, the same on every run.
fn vector(count: usize, seed: usize) -> Vec<f64> {
    let phase = |at: usize| ((at * at % 9973 + 31 * at) as f64 + seed as f64) * PI / 17.3;
    (0..count).map(|at| phase(at).sin()).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

#[test]
fn hessian_and_its_parts_are_symmetric() {
    for (network, mode) in NETWORKS {
        let set = SetA::read(network);
        for name in ["mse", "is"] {
            let objective = set.objective(loss(name), mode, 1);
            let count = set.parameters.len();
            let (u, v) = (vector(count, 1), vector(count, 2));
            for part in
                [CurvaturePart::Hessian, CurvaturePart::GaussNewton, CurvaturePart::Residual]
            {
                let of = |x| objective.product(part, &set.parameters, x).expect("a product");
                let (hu, hv) = (of(&u), of(&v));
                let gap = (dot(&v, &hu) - dot(&u, &hv)).abs();
                assert!(
                    gap < 1e-13 * norm(&u) * norm(&hv),
                    "{network} {mode} {name} {part:?}: {gap:e}"
                );
            }
        }
    }
}

const NETWORKS: [(&str, &str); 4] =
    [("cnn", "eval"), ("resnet", "eval"), ("resnet", "train"), ("transformer", "eval")];
