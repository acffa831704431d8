//! The empirical kernel of the networks (property P12 of the audit).

use itakura_saito::divergence::PositiveArray;
use itakura_saito::network::{
    Architecture, ConvolutionLayer, Nonlinearity, Normalization, Predictor, Sharing,
};
use itakura_saito::ntk::{EmpiricalKernel, KernelOperator, input_range};
use itakura_saito::operator::Operator;
use itakura_saito::{Error, claims};
use ndarray::Array2;

const LENGTH: usize = 24;

fn inputs(sequences: usize) -> Array2<f64> {
    Array2::from_shape_fn((sequences, LENGTH), |(row, at)| (0.7 * at as f64 + row as f64).sin())
}

fn predictor(network: &Architecture, sequences: usize) -> Predictor {
    let normalization = Normalization::initial(network);
    Predictor::new(network.clone(), inputs(sequences), normalization, 1).expect("fits")
}

fn stack(sharing: Sharing) -> Architecture {
    let layer = |channels, taps, nonlinearity| ConvolutionLayer { channels, taps, nonlinearity };
    let layers = vec![
        layer(4, 5, Nonlinearity::Gelu),
        layer(3, 3, Nonlinearity::Gelu),
        layer(1, 3, Nonlinearity::Softplus),
    ];
    Architecture::Convolutions { layers, sharing }
}

#[test]
fn kernel_is_symmetric_positive_semidefinite_and_applies_without_the_jacobian() {
    for network in [Architecture::tiny_cnn(), Architecture::Resnet1d, Architecture::Transformer1d] {
        let parameters = network.initial_parameters(2);
        let predictor = predictor(&network, 2);
        let kernel = EmpiricalKernel::new(&predictor, &parameters).expect("a kernel");
        let ends = kernel.conditioning();
        assert!(ends.smallest > -ends.rounding, "{network:?}: {ends:?}");
        let operator = KernelOperator::new(&predictor, &parameters).expect("an operator");
        let vector: Vec<f64> = (0..operator.dim()).map(|at| (1.3 * at as f64).cos()).collect();
        let (one, other) = (operator.applied(&vector), kernel.matrix().applied(&vector));
        for (one, other) in one.iter().zip(&other) {
            assert!((one - other).abs() < 1e-12 * ends.largest, "{network:?}: {one} {other}");
        }
    }
}

#[test]
fn kernel_agrees_with_differences_of_predictions() {
    let network = Architecture::smooth_tiny_cnn();
    let parameters = network.initial_parameters(2);
    let predictor = predictor(&network, 1);
    let step = 1e-5;
    let column = |at: usize| {
        let moved = |step: f64| {
            let mut parameters = parameters.clone();
            parameters[at] += step;
            predictor.predictions(&parameters).expect("predictions")
        };
        (moved(step) - moved(-step)) / (2.0 * step)
    };
    let columns: Vec<Vec<f64>> =
        (0..parameters.len()).map(|at| column(at).iter().copied().collect()).collect();
    let jacobian = Array2::from_shape_fn((LENGTH, columns.len()), |(row, at)| columns[at][row]);
    let expected = jacobian.dot(&jacobian.t());
    let kernel = EmpiricalKernel::new(&predictor, &parameters).expect("a kernel");
    for (one, other) in kernel.view().iter().zip(&expected) {
        // The step squared, and rounding over the step.
        assert!((one - other).abs() < 1e-8, "{one} {other}");
    }
}

#[test]
fn kernel_is_banded_if_and_only_if_weights_are_untied() {
    let (tied, untied) = (stack(Sharing::Tied), stack(Sharing::Untied { length: LENGTH }));
    let kernel = |network: &Architecture| {
        let parameters = network.initial_parameters(3);
        EmpiricalKernel::new(&predictor(network, 1), &parameters).expect("a kernel")
    };
    // Twice the half-widths of all layers but the first: the zeros beyond are exact.
    assert_eq!(kernel(&untied).bandwidth(), 4);
    assert_eq!(kernel(&untied).largest_beyond(4), 0.0);
    assert_eq!(kernel(&tied).bandwidth(), LENGTH - 1);
    assert!(kernel(&tied).largest_beyond(LENGTH / 2) > 1e-3);
    kernel(&tied).figure(&kernel(&untied)).expect("a figure");
}

#[test]
fn inputs_reach_as_far_as_the_receptive_field() {
    for network in [
        stack(Sharing::Tied),
        stack(Sharing::Untied { length: LENGTH }),
        Architecture::smooth_tiny_cnn(),
        Architecture::Transformer1d,
    ] {
        let parameters = network.initial_parameters(3);
        let normalization = Normalization::none();
        let range = input_range(&network, inputs(1).view(), &normalization, &parameters);
        assert_eq!(range.expect("a range"), network.receptive_half_width(), "{network:?}");
    }
}

#[test]
fn targets_weigh_the_kernel_by_their_inverse_squares() {
    let network = Architecture::smooth_tiny_cnn();
    let parameters = network.initial_parameters(2);
    let kernel = EmpiricalKernel::new(&predictor(&network, 1), &parameters).expect("a kernel");
    let twos =
        PositiveArray::new(Array2::from_elem((1, LENGTH), 2.0).into_dyn()).expect("positive");
    let weighted = kernel.weighted(&twos).expect("a matrix");
    assert!(weighted.view().iter().zip(kernel.view()).all(|(one, other)| *one == other / 4.0));
    // A common factor changes the eigenvalues, not their ratio.
    let (ends, scaled) =
        (kernel.conditioning(), kernel.weighted_conditioning(&twos).expect("a spectrum"));
    assert!((ends.largest / scaled.largest - 4.0).abs() < 1e-12);
    let short = PositiveArray::from_vec(vec![1.0; 3]).expect("positive");
    assert!(matches!(
        kernel.weighted(&short),
        Err(Error::Lengths { expected: LENGTH, found: 3, .. })
    ));
}

#[test]
fn the_row_about_banded_kernels_is_borne_out() {
    let judgement = claims::ledger().judge("C09.5").expect("a row");
    assert!(judgement.stands(), "{:?}", judgement.faults);
}
