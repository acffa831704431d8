//! Layouts, blocks, and input that is refused.

use super::*;

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
