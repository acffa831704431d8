//! The networks against PyTorch's double backward (set A), and the theorems that their derivatives obey.

mod input;
mod precision;

use std::f64::consts::PI;

use crate::set_a::{SetA, relative_error};
use itakura_saito::Error;
use itakura_saito::divergence::{Link, Loss, PositiveArray};
use itakura_saito::network::{
    Architecture, Batch, ConvolutionLayer, CurvaturePart, Nonlinearity, Normalization, Objective,
    Precision, Predictor, Sharing,
};
use ndarray::Array2;

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

/// All networks of the module, small, with sequences of an awkward length.
fn small_networks() -> Vec<(Architecture, Normalization)> {
    let layer = ConvolutionLayer::new;
    let layers = vec![
        layer(3, 5, Nonlinearity::Gelu),
        layer(2, 3, Nonlinearity::Softplus),
        layer(1, 3, Nonlinearity::Softplus),
    ];
    let untied = Sharing::Untied { length: 19 };
    let mlp = Architecture::Mlp { window: 7, hidden: vec![6, 5], nonlinearity: Nonlinearity::Gelu };
    let resnet = Architecture::Resnet1d;
    vec![
        (Architecture::smooth_tiny_cnn(), Normalization::none()),
        (mlp, Normalization::none()),
        (
            Architecture::Convolutions { layers: layers.clone(), sharing: Sharing::Tied },
            Normalization::none(),
        ),
        (Architecture::Convolutions { layers, sharing: untied }, Normalization::none()),
        (resnet.clone(), Normalization::initial(&resnet)),
        (resnet, Normalization::Train),
        (Architecture::Transformer1d, Normalization::none()),
    ]
}

fn small_batch(sequences: usize, length: usize) -> Batch {
    let wave = |(row, at): (usize, usize)| (0.4 * at as f64 + 1.3 * row as f64).sin();
    let inputs = Array2::from_shape_fn((sequences, length), wave);
    let targets = inputs.mapv(|input| (0.7 * input + 0.2).exp()).into_dyn();
    Batch::new(inputs, PositiveArray::new(targets).expect("positive")).expect("a batch")
}

fn small_objective(
    network: &Architecture,
    normalization: &Normalization,
    threads: usize,
) -> Objective {
    let batch = small_batch(5, 19);
    Objective::new(network.clone(), Loss::ITAKURA_SAITO, batch, normalization.clone(), threads)
        .expect("an objective")
}

#[test]
fn several_products_in_single_precision_are_the_single_ones() {
    for (network, normalization) in small_networks() {
        let objective = small_objective(&network, &normalization, 1);
        let objective = objective.with_precision(Precision::Single);
        let parameters = network.initial_parameters(3);
        let directions = Array2::from_shape_fn((2, parameters.len()), |(row, at)| {
            ((row + 1) as f64 * at as f64).cos()
        });
        let all = objective.products(CurvaturePart::Hessian, &parameters, directions.view());
        let all = all.expect("products");
        let images = objective.predictor().jacobian_products(&parameters, directions.view());
        for (row, image) in images.expect("products").iter().enumerate() {
            let direction = directions.row(row).to_vec();
            let alone = objective.hessian_product(&parameters, &direction).expect("a product");
            assert_eq!(all.row(row).to_vec(), alone);
            let alone = objective.jacobian_product(&parameters, &direction).expect("a product");
            assert_eq!(*image, alone);
        }
    }
}

fn unit(mut vector: Vec<f64>) -> Vec<f64> {
    let norm = norm(&vector);
    vector.iter_mut().for_each(|value| *value /= norm);
    vector
}

fn moved(parameters: &[f64], step: f64, direction: &[f64]) -> Vec<f64> {
    parameters.iter().zip(direction).map(|(value, along)| value + step * along).collect()
}

/// The smooth networks; a rectifier has kinks, which a difference may step over.
fn is_smooth(network: &Architecture) -> bool {
    !matches!(network, Architecture::Resnet1d)
}

#[test]
fn products_are_the_derivatives_of_what_they_differentiate() {
    for (network, normalization) in small_networks() {
        let objective = small_objective(&network, &normalization, 1);
        let parameters = network.initial_parameters(3);
        let direction = unit(vector(parameters.len(), 4));
        let step = if is_smooth(&network) { 1e-5 } else { 1e-6 };
        let (ahead, behind) =
            (moved(&parameters, step, &direction), moved(&parameters, -step, &direction));
        let of = |at: &[f64]| objective.gradient(at).expect("a gradient");
        let ((value_ahead, ahead_gradient), (value_behind, behind_gradient)) =
            (of(&ahead), of(&behind));
        let (_, gradient) = of(&parameters);
        let slope = dot(&gradient, &direction);
        let difference = (value_ahead - value_behind) / (2.0 * step);
        assert!((slope - difference).abs() < 1e-8, "{network:?}: {slope} {difference}");
        let difference: Vec<f64> = ahead_gradient
            .iter()
            .zip(&behind_gradient)
            .map(|(ahead, behind)| (ahead - behind) / (2.0 * step))
            .collect();
        let product = objective.hessian_product(&parameters, &direction).expect("a product");
        let error = relative_error(&product, &difference);
        // Rounding of a gradient over the step, and the step squared.
        assert!(error < 1e-8, "{network:?} {normalization:?}: {error:e}");
    }
}

/// A smooth network with a free output, and an objective of it behind a link.
fn behind(link: Link, loss: Loss, targets: PositiveArray) -> (Objective, Vec<f64>) {
    let layer = |channels, nonlinearity| ConvolutionLayer::new(channels, 3, nonlinearity);
    let layers = vec![layer(4, Nonlinearity::Gelu), layer(1, Nonlinearity::Identity)];
    let network = Architecture::Convolutions { layers, sharing: Sharing::Tied };
    let parameters = network.initial_parameters(3);
    let batch = Batch::new(small_batch(5, 19).inputs().to_owned(), targets).expect("a batch");
    let objective = Objective::new(network, loss, batch, Normalization::none(), 1);
    (objective.expect("an objective").with_link(link), parameters)
}

#[test]
fn behind_a_link_products_are_the_derivatives_of_the_loss_of_the_predictions() {
    let targets = small_batch(5, 19).targets().clone();
    for link in [Link::Exponential, Link::Softplus] {
        for loss in [Loss::MeanSquaredError, Loss::ITAKURA_SAITO, Loss::SquaredLogarithm] {
            let (objective, parameters) = behind(link, loss, targets.clone());
            let direction = unit(vector(parameters.len(), 4));
            let predictions = objective.predictions(&parameters).expect("predictions");
            let predictions = PositiveArray::try_from(predictions).expect("positive");
            let mean = loss.mean(&targets, &predictions).expect("one shape");
            let value = objective.value(&parameters).expect("a value");
            assert!((value - mean).abs() < 1e-14 * (1.0 + mean), "{loss} {link:?}: {value} {mean}");
            let at = |step: f64| {
                objective.gradient(&moved(&parameters, step, &direction)).expect("a gradient")
            };
            let ((ahead, slopes_ahead), (back, slopes_back)) = (at(1e-5), at(-1e-5));
            let slope = dot(&at(0.0).1, &direction);
            assert!((slope - (ahead - back) / 2e-5).abs() < 1e-8, "{loss} {link:?}: {slope}");
            let difference: Vec<f64> =
                slopes_ahead.iter().zip(&slopes_back).map(|(a, b)| (a - b) / 2e-5).collect();
            let product = objective.hessian_product(&parameters, &direction).expect("Hv");
            let error = relative_error(&product, &difference);
            assert!(error < 1e-8, "{loss} {link:?}: {error:e}");
        }
    }
}

#[test]
fn the_squared_logarithm_behind_the_exponential_is_the_squared_error_of_the_output() {
    let targets = small_batch(5, 19).targets().as_slice().to_vec();
    let larger = Array2::from_shape_fn((5, 19), |(row, at)| 3.0 + targets[19 * row + at]);
    let logarithms = PositiveArray::try_from(larger.mapv(f64::ln)).expect("above one");
    let larger = PositiveArray::try_from(larger).expect("positive");
    let (one, parameters) = behind(Link::Exponential, Loss::SquaredLogarithm, larger);
    let (other, _) = behind(Link::Identity, Loss::MeanSquaredError, logarithms);
    assert_eq!(one.gradient(&parameters), other.gradient(&parameters));
    let direction = vector(parameters.len(), 4);
    for part in [CurvaturePart::Hessian, CurvaturePart::GaussNewton, CurvaturePart::Residual] {
        let product = |objective: &Objective| objective.product(part, &parameters, &direction);
        assert_eq!(product(&one), product(&other), "{part:?}");
    }
}

#[test]
fn gauss_newton_is_the_jacobian_twice_and_the_residual_the_rest() {
    for (network, normalization) in small_networks() {
        let objective = small_objective(&network, &normalization, 1);
        let parameters = network.initial_parameters(3);
        let direction = unit(vector(parameters.len(), 4));
        let predictions = objective.predictions(&parameters).expect("predictions");
        let mut weighted = objective.jacobian_product(&parameters, &direction).expect("Jv");
        let targets = objective.batch().targets().clone();
        for ((weight, &prediction), target) in
            weighted.iter_mut().zip(&predictions).zip(targets.iter())
        {
            let term =
                objective.loss().behind(Link::Identity, target, prediction).expect("positive");
            *weight *= term.second_derivative / predictions.len() as f64;
        }
        let expected = objective
            .transposed_jacobian_product(&parameters, weighted.view())
            .expect("a pull-back");
        let gauss_newton = objective.gauss_newton_product(&parameters, &direction).expect("Gv");
        let error = relative_error(&gauss_newton, &expected);
        assert!(error < 1e-13, "{network:?}: {error:e}");
        let of = |part| objective.product(part, &parameters, &direction).expect("a product");
        let sum: Vec<f64> =
            gauss_newton.iter().zip(of(CurvaturePart::Residual)).map(|(g, r)| g + r).collect();
        let error = relative_error(&sum, &of(CurvaturePart::Hessian));
        assert!(error < 1e-13, "{network:?}: {error:e}");
    }
}

#[test]
fn jacobian_has_the_products_as_its_products() {
    for (network, normalization) in small_networks() {
        if normalization == Normalization::Train {
            continue;
        }
        let inputs = small_batch(2, 19).inputs().to_owned();
        let predictor =
            Predictor::new(network.clone(), inputs, normalization, 1).expect("a predictor");
        let parameters = network.initial_parameters(5);
        let jacobian = predictor.jacobian(&parameters).expect("J");
        let directions = Array2::from_shape_fn((9, parameters.len()), |(row, at)| {
            ((row + 1) as f64 * (at + 1) as f64).sin()
        });
        let products = predictor.jacobian_products(&parameters, directions.view()).expect("J v");
        for (row, product) in products.iter().enumerate() {
            let product: Vec<f64> = product.iter().copied().collect();
            let expected = jacobian.dot(&directions.row(row)).to_vec();
            let error = relative_error(&product, &expected);
            assert!(error < 1e-12, "{network:?} {row}: {error:e}");
        }
    }
}

#[test]
fn products_of_a_block_are_those_of_its_vectors() {
    for (network, normalization) in small_networks() {
        let objective = small_objective(&network, &normalization, 1);
        let parameters = network.initial_parameters(3);
        let directions = Array2::from_shape_fn((9, parameters.len()), |(row, at)| {
            ((row + 1) as f64 * (at + 1) as f64).sin()
        });
        let part = CurvaturePart::Hessian;
        let products = objective.products(part, &parameters, directions.view()).expect("products");
        for (direction, product) in directions.rows().into_iter().zip(products.rows()) {
            let single = objective.hessian_product(&parameters, &direction.to_vec()).expect("Hv");
            let error = relative_error(&product.to_vec(), &single);
            assert!(error < 1e-14, "{network:?}: {error:e}");
        }
    }
}

#[test]
fn a_network_that_stores_what_train_mode_saw_predicts_what_train_mode_predicts() {
    let network = Architecture::Resnet1d;
    let (parameters, batch) = (network.initial_parameters(3), small_batch(5, 19));
    let predictor = |normalization| {
        Predictor::new(network.clone(), batch.inputs().to_owned(), normalization, 1).expect("fits")
    };
    let (own, seen) =
        predictor(Normalization::Train).predictions_and_statistics(&parameters).expect("a pass");
    let objective = small_objective(&network, &Normalization::Train, 1);
    let (_, _, again) = objective.gradient_and_statistics(&parameters).expect("a pass back");
    assert_eq!(seen, again);
    let (stored, none) = predictor(Normalization::Frozen(seen))
        .predictions_and_statistics(&parameters)
        .expect("a pass");
    assert!(none.is_empty());
    for (one, other) in own.iter().zip(&stored) {
        assert!((one - other).abs() < 1e-12, "{one} {other}");
    }
}
