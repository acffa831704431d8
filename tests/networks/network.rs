//! The networks against PyTorch's double backward (set A), and the theorems that their derivatives obey.

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

#[test]
fn threads_change_no_bit() {
    for (network, normalization) in small_networks() {
        let parameters = network.initial_parameters(3);
        let direction = vector(parameters.len(), 4);
        let batch = small_batch(13, 19);
        let results: Vec<_> = [1, 2, 4]
            .map(|threads| {
                let objective = Objective::new(
                    network.clone(),
                    Loss::MeanSquaredError,
                    batch.clone(),
                    normalization.clone(),
                    threads,
                )
                .expect("an objective");
                (
                    objective.gradient(&parameters).expect("a gradient"),
                    objective.hessian_product(&parameters, &direction).expect("Hv"),
                    objective.predictions(&parameters).expect("predictions"),
                )
            })
            .into();
        assert_eq!(results[0], results[1], "{network:?}");
        assert_eq!(results[0], results[2], "{network:?}");
    }
}

#[test]
fn threads_change_no_bit_of_32_bits_either() {
    for (network, normalization) in small_networks() {
        let parameters = network.initial_parameters(3);
        let direction = vector(parameters.len(), 4);
        let results = [1, 2, 4].map(|threads| {
            let objective = small_objective(&network, &normalization, threads);
            let single = objective.with_precision(Precision::Single);
            (
                single.gradient(&parameters).expect("a gradient"),
                single.hessian_product(&parameters, &direction).expect("Hv"),
            )
        });
        assert_eq!(results[0], results[1], "{network:?}");
        assert_eq!(results[0], results[2], "{network:?}");
    }
}

/// The relative distance between two neighbouring numbers of 32 bits.
const SINGLE: f64 = f32::EPSILON as f64;

#[test]
fn thirty_two_bits_give_what_64_do_up_to_their_rounding() {
    for (network, normalization) in small_networks() {
        let double = small_objective(&network, &normalization, 1);
        let single = double.clone().with_precision(Precision::Single);
        assert_eq!(single.predictor().precision(), Precision::Single);
        let parameters = network.initial_parameters(3);
        let direction = unit(vector(parameters.len(), 4));
        let of = |objective: &Objective| {
            let predictions = objective.predictions(&parameters).expect("predictions");
            let (value, gradient) = objective.gradient(&parameters).expect("a gradient");
            let product = objective.hessian_product(&parameters, &direction).expect("Hv");
            let row = objective.predictor().jacobian_product(&parameters, &direction).expect("Jv");
            let list = |array: Array2<f64>| array.iter().copied().collect::<Vec<f64>>();
            [list(predictions), vec![value], list(row), gradient, product]
        };
        for (quantity, (one, other)) in of(&single).iter().zip(&of(&double)).enumerate() {
            let error = relative_error(one, other);
            assert_ne!(one, other, "{network:?} {quantity}: these are 64 bits");
            assert!(error < 100.0 * SINGLE, "{network:?} {quantity}: {:.0}", error / SINGLE);
        }
    }
}

#[test]
fn set_a_is_reproduced_in_32_bits_up_to_their_rounding() {
    for (network, mode) in NETWORKS {
        let set = SetA::read(network);
        for name in ["mse", "is"] {
            let single = set.objective(loss(name), mode, 1).with_precision(Precision::Single);
            let (value, gradient) = single.gradient(&set.parameters).expect("a gradient");
            let expected = set.case(mode, name).number("loss");
            assert!((value / expected - 1.0).abs() < 100.0 * SINGLE, "{network} {name}: {value}");
            let product = single.hessian_product(&set.parameters, &set.direction).expect("Hv");
            for (what, observed) in [("grad", gradient), ("Hv", product)] {
                let expected = set.array(&format!("{mode}.{name}.{what}"));
                let error = relative_error(&observed, &expected) / SINGLE;
                assert!(error < 1000.0, "{network} {mode} {name} {what}: {error:.0}");
            }
        }
    }
}

#[test]
fn hessian_is_symmetric_where_sums_are_exactly_zero() {
    // Zero inputs and zero biases put every rectifier on its kink.
    let network = Architecture::tiny_cnn();
    let mut parameters = network.initial_parameters(1);
    for block in network.layout().iter().filter(|block| block.name.ends_with("bias")) {
        parameters[block.range()].fill(0.0);
    }
    let targets = PositiveArray::new(Array2::ones((2, 16)).into_dyn()).expect("positive");
    let batch = Batch::new(Array2::zeros((2, 16)), targets).expect("a batch");
    let objective = Objective::new(network, Loss::ITAKURA_SAITO, batch, Normalization::none(), 1)
        .expect("fits");
    let (u, v) = (vector(401, 1), vector(401, 2));
    let of = |x: &[f64]| objective.hessian_product(&parameters, x).expect("Hv");
    let gap = dot(&v, &of(&u)) - dot(&u, &of(&v));
    assert!(gap.abs() <= 1e-13 * norm(&u) * norm(&of(&v)), "{gap:e}");
    // The last bias alone sees the curvature of the loss.
    assert!(objective.dense_hessian(&parameters).expect("H").view()[(400, 400)] > 0.1);
}

#[test]
fn layouts_are_those_of_set_a() {
    for name in ["cnn", "resnet", "transformer"] {
        let set = SetA::read(name);
        let layout = set.architecture().layout();
        let observed: Vec<_> = layout.into_iter().map(|block| (block.name, block.shape)).collect();
        assert_eq!(observed, set.layout());
    }
}

#[test]
fn blocks_of_the_hessian_are_cut_out_of_it() {
    let set = SetA::read("cnn");
    let objective = set.objective(Loss::ITAKURA_SAITO, "eval", 1);
    let whole = objective.dense_hessian(&set.parameters).expect("H");
    for block in set.architecture().layout() {
        let range = block.range();
        let cut = objective.hessian_block(&set.parameters, range.clone()).expect("a block");
        let expected = whole.view().slice(ndarray::s![range.clone(), range]).to_owned();
        assert!(cut.view().iter().zip(&expected).all(|(one, other)| (one - other).abs() < 1e-15));
    }
}

#[test]
fn bad_input_is_refused_with_its_value() {
    let network = Architecture::tiny_cnn;
    let batch = small_batch(2, 19);
    let objective =
        Objective::new(network(), Loss::ITAKURA_SAITO, batch.clone(), Normalization::none(), 1)
            .expect("fits");
    let mut parameters = network().initial_parameters(1);
    assert!(matches!(
        objective.gradient(&parameters[1..]),
        Err(Error::Lengths { expected: 401, found: 400, .. })
    ));
    assert!(matches!(
        objective.hessian_product(&parameters, &[0.0]),
        Err(Error::Lengths { expected: 401, found: 1, .. })
    ));
    let mut weights = Array2::zeros((2, 19));
    weights[(1, 3)] = f64::INFINITY;
    assert!(matches!(
        objective.transposed_jacobian_product(&parameters, weights.view()),
        Err(Error::NotFiniteAt { ref index, .. }) if index == &[1, 3]
    ));
    assert!(matches!(
        objective.transposed_jacobian_product(&parameters, Array2::zeros((1, 19)).view()),
        Err(Error::ShapeMismatch { .. })
    ));
    assert!(matches!(objective.hessian_block(&parameters, 0..402), Err(Error::OutOfRange { .. })));
    // An output that underflows to zero is a target that no divergence can be taken from.
    parameters[400] = -1e4;
    for result in [objective.value(&parameters), objective.gradient(&parameters).map(|both| both.0)]
    {
        assert!(matches!(result, Err(Error::NotPositiveAt { value: 0.0, .. })), "{result:?}");
    }
    assert!(objective.hessian(&parameters).is_err());
    parameters[400] = f64::NAN;
    assert!(matches!(
        objective.value(&parameters),
        Err(Error::NotFiniteAt { ref index, .. }) if index == &[400]
    ));
    let of = |network, normalization, threads| {
        Objective::new(network, Loss::ITAKURA_SAITO, batch.clone(), normalization, threads).err()
    };
    assert!(matches!(of(network(), Normalization::none(), 0), Some(Error::TooFew { .. })));
    assert!(matches!(
        of(Architecture::Resnet1d, Normalization::none(), 1),
        Some(Error::Lengths { expected: 6, found: 0, .. })
    ));
    let even = Architecture::Mlp { window: 4, hidden: vec![3], nonlinearity: Nonlinearity::Relu };
    assert!(matches!(of(even, Normalization::none(), 1), Some(Error::OutOfRange { .. })));
    let long = small_batch(1, 97);
    let transformer = Architecture::Transformer1d;
    assert!(matches!(
        Objective::new(transformer, Loss::ITAKURA_SAITO, long, Normalization::none(), 1).err(),
        Some(Error::OutOfRange { value: 97.0, .. })
    ));
    let targets = PositiveArray::new(Array2::ones((2, 3)).into_dyn()).expect("positive");
    assert!(matches!(
        Batch::new(Array2::zeros((3, 2)), targets.clone()),
        Err(Error::ShapeMismatch { .. })
    ));
    assert!(matches!(
        Batch::new(Array2::from_elem((2, 3), f64::NAN), targets),
        Err(Error::NotFiniteAt { .. })
    ));
    assert!(matches!(batch.select(&[0, 2]), Err(Error::OutOfRange { value: 2.0, .. })));
    assert!(matches!(batch.select(&[]), Err(Error::Empty { .. })));
    let predictor =
        Predictor::new(Architecture::Resnet1d, batch.inputs().to_owned(), Normalization::Train, 1)
            .expect("fits");
    let parameters = Architecture::Resnet1d.initial_parameters(1);
    assert!(matches!(predictor.jacobian(&parameters), Err(Error::OutOfRange { .. })));
}

/// Why neither operation is used. When a new version of dfdx has them right, this test fails, and the
/// words about them in the crate should go.
#[test]
fn two_gradients_of_dfdx_are_wrong() {
    use dfdx::prelude::*;
    let device = Cpu::default();
    // Overlapping slices: the middle entries are used twice.
    let x = device.tensor([1.0_f64, 2.0, 3.0, 4.0]);
    let first = x.leaky_trace().slice((0..3,)).sum::<Rank0, _>();
    let second =
        x.with_empty_tape().put_tape(OwnedTape::default()).slice((1..4,)).sum::<Rank0, _>();
    let gradient = (first + second).backward().get(&x).array();
    assert_ne!(gradient, [1.0, 2.0, 2.0, 1.0], "slice accumulates now");
    // The derivative of the exact GELU at 2.
    let x = device.tensor([2.0_f64]);
    let gradient = x.leaky_trace().accurate_gelu().sum::<Rank0, _>().backward().get(&x).array();
    assert!((gradient[0] - 1.085_231_882).abs() > 0.04, "accurate_gelu is right now");
}
