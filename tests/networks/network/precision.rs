//! Threads, precisions and zeros change no bit that they should not.

use super::*;

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
