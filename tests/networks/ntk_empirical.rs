//! The empirical kernel of the networks (property P12 of the audit), and its condition for the targets of
//! section 17.

use crate::set_a::SetA;
use itakura_saito::dataset::paper_dataset;
use itakura_saito::divergence::{Link, PositiveArray};
use itakura_saito::network::{
    Architecture, ConvolutionLayer, Nonlinearity, Normalization, Predictor, Sharing,
};
use itakura_saito::ntk::{
    EmpiricalKernel, KernelOperator, LinkConditioning, conditioning_by_link, input_range, untied,
};
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
    stack_behind(Nonlinearity::Softplus, sharing)
}

fn stack_behind(last: Nonlinearity, sharing: Sharing) -> Architecture {
    let layer = ConvolutionLayer::new;
    let layers =
        vec![layer(4, 5, Nonlinearity::Gelu), layer(3, 3, Nonlinearity::Gelu), layer(1, 3, last)];
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

/// The networks that can be untied.
fn stacks() -> [Architecture; 4] {
    let mlp = Architecture::Mlp { window: 5, hidden: vec![4, 3], nonlinearity: Nonlinearity::Gelu };
    [Architecture::tiny_cnn(), Architecture::smooth_tiny_cnn(), mlp, stack(Sharing::Tied)]
}

#[test]
fn an_untied_network_is_the_same_function_and_its_jacobian_adds_up_to_that_of_the_tied_one() {
    for network in stacks() {
        let parameters = network.initial_parameters(4);
        let (other, copies) = untied(&network, &parameters, LENGTH).expect("a stack");
        let (tied, own) = (predictor(&network, 2), predictor(&other, 2));
        let gap = tied.predictions(&parameters).unwrap() - own.predictions(&copies).unwrap();
        assert!(gap.iter().all(|gap| gap.abs() < 1e-14), "{network:?}");
        let (jacobian, of_copies) =
            (tied.jacobian(&parameters).unwrap(), own.jacobian(&copies).unwrap());
        for (row, of_copies) in jacobian.rows().into_iter().zip(of_copies.rows()) {
            for (entry, copies) in row.iter().zip(of_copies.to_vec().chunks(LENGTH)) {
                assert!((entry - copies.iter().sum::<f64>()).abs() < 1e-13, "{network:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_untied_is_refused() {
    for network in [Architecture::Resnet1d, stack(Sharing::Untied { length: LENGTH })] {
        let refused = untied(&network, &network.initial_parameters(1), LENGTH).unwrap_err();
        assert!(refused.to_string().contains(network.name()), "{refused}");
    }
    let short = untied(&Architecture::tiny_cnn(), &[0.0; 400], LENGTH);
    assert!(matches!(short, Err(Error::Lengths { expected: 401, found: 400, .. })));
    let empty = untied(&Architecture::tiny_cnn(), &[0.0; 401], 0);
    assert!(matches!(empty, Err(Error::TooFew { count: 0, .. })));
}

#[test]
fn shares_and_ranks_are_those_of_entries_and_eigenvalues() {
    let network = Architecture::smooth_tiny_cnn();
    let parameters = network.initial_parameters(2);
    // Two sequences: pairs of different ones have no distance.
    let kernel = EmpiricalKernel::new(&predictor(&network, 2), &parameters).expect("a kernel");
    let eigenvalues = kernel.matrix().eigenvalues();
    let (sum, squares) = eigenvalues
        .iter()
        .fold((0.0, 0.0), |(sum, squares), value| (sum + value, squares + value * value));
    assert!((kernel.effective_rank() / (sum * sum / squares) - 1.0).abs() < 1e-12);
    let blocks = [0, LENGTH].map(|first| {
        kernel.view().slice(ndarray::s![first..first + LENGTH, first..first + LENGTH]).to_owned()
    });
    let square = |entries: &[f64]| entries.iter().map(|entry| entry * entry).sum::<f64>();
    let all: f64 = blocks.iter().map(|block| square(block.as_slice().expect("owned"))).sum();
    let diagonals: f64 = blocks.iter().map(|block| square(&block.diag().to_vec())).sum();
    assert!((kernel.share_beyond(0) - (1.0 - diagonals / all)).abs() < 1e-12);
    assert_eq!(kernel.share_beyond(LENGTH - 1), 0.0);
    assert_eq!(kernel.zeros(), 0);
}

#[test]
fn a_link_multiplies_rows_and_columns_by_its_slopes() {
    let (softplus, sums) =
        (stack(Sharing::Tied), stack_behind(Nonlinearity::Identity, Sharing::Tied));
    let parameters = softplus.initial_parameters(3);
    let before = EmpiricalKernel::new(&predictor(&sums, 1), &parameters).expect("a kernel");
    let kernel = EmpiricalKernel::new(&predictor(&softplus, 1), &parameters).expect("a kernel");
    let positive = |values: Array2<f64>| PositiveArray::new(values.into_dyn()).expect("positive");
    let predictions = positive(predictor(&softplus, 1).predictions(&parameters).unwrap());
    // The softplus of a network that ends in it is taken away again.
    let found = kernel.before(Link::Softplus, &predictions).expect("one for each");
    let scale = before.conditioning().largest;
    for (one, other) in found.view().iter().zip(before.view()) {
        assert!((one - other).abs() < 1e-13 * scale, "{one} {other}");
    }
    // Behind the exponential, which no network ends in: differences of the exponential of the sums.
    let predictor = predictor(&sums, 1);
    let step = 1e-5;
    let column = |at: usize| {
        let moved = |step: f64| {
            let mut parameters = parameters.clone();
            parameters[at] += step;
            predictor.predictions(&parameters).expect("sums").mapv(f64::exp)
        };
        ((moved(step) - moved(-step)) / (2.0 * step)).into_iter().collect::<Vec<f64>>()
    };
    let columns: Vec<Vec<f64>> = (0..parameters.len()).map(column).collect();
    let jacobian = Array2::from_shape_fn((LENGTH, columns.len()), |(row, at)| columns[at][row]);
    let exponentials = positive(predictor.predictions(&parameters).unwrap().mapv(f64::exp));
    let found = before.behind(Link::Exponential, &exponentials).expect("one for each");
    for (one, other) in found.view().iter().zip(&jacobian.dot(&jacobian.t())) {
        assert!((one - other).abs() < 1e-8 * scale, "{one} {other}");
    }
    let short = PositiveArray::from_vec(vec![1.0; 3]).expect("positive");
    for result in [before.behind(Link::Exponential, &short), kernel.before(Link::Softplus, &short)]
    {
        assert!(matches!(result, Err(Error::Lengths { expected: LENGTH, found: 3, .. })));
    }
}

// The 96 outputs of TinyCNN for the first sequence of section 17, at the weights of set A.

/// The network with shared weights or with own ones, its predictions, and the kernel of its sums.
struct OfSection17 {
    kernel: EmpiricalKernel,
    sums: EmpiricalKernel,
    predictions: PositiveArray,
    targets: PositiveArray,
}

impl OfSection17 {
    fn new(network: Architecture, parameters: &[f64]) -> Self {
        let item = paper_dataset().select(&[0]).expect("512 items");
        let inputs = item.sequences().expect("one channel");
        let normalization = Normalization::none();
        let predictor = Predictor::new(network, inputs, normalization, 2).expect("fits");
        let predictions = predictor.predictions(parameters).expect("predictions").into_dyn();
        let predictions = PositiveArray::new(predictions).expect("behind softplus");
        let kernel = EmpiricalKernel::new(&predictor, parameters).expect("a kernel");
        let sums = kernel.before(Link::Softplus, &predictions).expect("one for each");
        Self { kernel, sums, predictions, targets: item.targets().clone() }
    }

    fn with_shared_weights() -> Self {
        Self::new(Architecture::tiny_cnn(), &SetA::read("cnn").parameters)
    }

    fn with_own_weights() -> Self {
        let parameters = SetA::read("cnn").parameters;
        let (network, copies) = untied(&Architecture::tiny_cnn(), &parameters, 96).expect("fits");
        Self::new(network, &copies)
    }

    fn by_link(&self, predictions: &PositiveArray) -> Vec<LinkConditioning> {
        conditioning_by_link(&self.sums, predictions, &self.targets).expect("one for each")
    }
}

/// References by layer-wise sums of products in NumPy, without differentiation by a machine.
#[test]
fn shared_weights_spread_the_kernel_and_own_weights_confine_it() {
    let shared = OfSection17::with_shared_weights().kernel;
    for (distance, expected) in [(6, 0.8229136992818951), (10, 0.7481668170897235)] {
        assert!((shared.share_beyond(distance) - expected).abs() < 1e-12, "{distance}");
    }
    assert!((shared.effective_rank() - 1.4499609721045386).abs() < 1e-11);
    assert_eq!(shared.zeros(), 0);
    let own = OfSection17::with_own_weights().kernel;
    assert_eq!((own.bandwidth(), own.share_beyond(6)), (6, 0.0));
    // All pairs farther apart than 6, and no other pair.
    assert_eq!(own.zeros(), 89 * 90);
    assert!((own.effective_rank() - 90.02838794533358).abs() < 1e-10);
}

#[test]
fn the_condition_for_the_targets_of_section_17_is_a_matter_of_the_link_and_of_the_predictions() {
    let own = OfSection17::with_own_weights();
    // Of K, and weighted by 1/y²: behind the identity, the exponential and softplus.
    let at_the_weights = [
        (4.253325484861412, 76.81638214280285),
        (3.4689916626410153, 70.86037961467024),
        (3.526380714839195, 71.93400878001205),
    ];
    let at_the_targets = [
        (4.253325484861412, 76.81638214280285),
        (272.70792986327257, 4.25332548486143),
        (136.0481430807558, 4.631797062566051),
    ];
    for (predictions, expected) in
        [(&own.predictions, at_the_weights), (&own.targets, at_the_targets)]
    {
        for (row, (plain, weighted)) in own.by_link(predictions).iter().zip(expected) {
            for (found, expected) in [(row.plain, plain), (row.weighted, weighted)] {
                let found = found.condition_number().expect("regular");
                assert!((found / expected - 1.0).abs() < 1e-10, "{row}: {expected}");
            }
        }
    }
    // The row of softplus at the weights is the network as it is.
    let (plain, weighted) =
        (own.kernel.conditioning(), own.kernel.weighted_conditioning(&own.targets).unwrap());
    let as_it_is = own.by_link(&own.predictions)[2];
    assert_eq!(as_it_is.to_string(), "Softplus: κ = 3.53; weighted by 1/y²: κ = 71.93");
    for (one, other) in [(plain, as_it_is.plain), (weighted, as_it_is.weighted)] {
        let ratio = one.condition_number().unwrap() / other.condition_number().unwrap();
        assert!((ratio - 1.0).abs() < 1e-12);
    }
    // A bias of its own adds one to the diagonal of each sum's kernel.
    assert!(own.sums.conditioning().smallest >= 1.0);
}

#[test]
fn behind_the_exponential_the_weights_of_is_take_the_targets_out_exactly() {
    for of in [OfSection17::with_shared_weights(), OfSection17::with_own_weights()] {
        let exponential = of.sums.behind(Link::Exponential, &of.targets).expect("one for each");
        let weighted = exponential.weighted(&of.targets).expect("one for each");
        for (one, other) in weighted.view().iter().zip(of.sums.view()) {
            // Two products and two quotients.
            assert!((one - other).abs() <= 4.0 * f64::EPSILON * other.abs(), "{one} {other}");
        }
        // Behind softplus a factor is left, which is between 1 - y/2 and 1.
        let softplus = of.sums.behind(Link::Softplus, &of.targets).expect("one for each");
        let weighted = softplus.weighted(&of.targets).expect("one for each");
        let left = |y: f64| -(-y).exp_m1() / y;
        for ((row, column), entry) in weighted.view().indexed_iter() {
            let targets = of.targets.as_slice();
            let expected =
                left(targets[row]) * left(targets[column]) * of.sums.view()[(row, column)];
            assert!((entry - expected).abs() <= 8.0 * f64::EPSILON * expected.abs());
        }
    }
}

#[test]
fn a_singular_kernel_has_a_rank_and_no_condition_number() {
    // Of a constant, all outputs but five at either end see the same: eleven different rows of the
    // Jacobian. Weights of their own tell them apart.
    let network = Architecture::smooth_tiny_cnn();
    let parameters = network.initial_parameters(2);
    let of = |network: &Architecture, parameters: &[f64]| {
        let constant = Array2::from_elem((1, LENGTH), 0.4);
        let predictor = Predictor::new(network.clone(), constant, Normalization::none(), 1);
        EmpiricalKernel::new(&predictor.expect("fits"), parameters).expect("a kernel")
    };
    let kernel = of(&network, &parameters);
    let row = kernel.conditioning();
    assert!(row.rank <= 11 && row.condition_number().is_err(), "{row:?}");
    assert!(row.to_string().contains(&format!("rank {}", row.rank)), "{row}");
    // No weights make it regular.
    let targets = PositiveArray::from_vec((0..LENGTH).map(|at| 1.0 + at as f64).collect());
    let weighted = kernel.weighted_conditioning(&targets.expect("positive")).expect("fits");
    assert!(weighted.condition_number().is_err() && weighted.rank <= 11, "{weighted:?}");
    let (other, copies) = untied(&network, &parameters, LENGTH).expect("a stack");
    assert_eq!(of(&other, &copies).conditioning().rank, LENGTH);
}

#[test]
fn a_kernel_of_section_17_may_be_singular_whatever_the_link_and_the_weights() {
    // Shared weights as drawn, and rectifiers of which many are shut.
    let network = Architecture::tiny_cnn();
    let of = OfSection17::new(network.clone(), &network.initial_parameters(1));
    for predictions in [&of.predictions, &of.targets] {
        for row in of.by_link(predictions) {
            for conditioning in [row.plain, row.weighted] {
                assert!(conditioning.condition_number().is_err(), "{row}");
                assert!((80..96).contains(&conditioning.rank), "{row}");
            }
        }
    }
}

#[test]
fn the_row_about_banded_kernels_is_borne_out() {
    let judgement = claims::ledger().judge("C09.5").expect("a row");
    assert!(judgement.stands(), "{:?}", judgement.faults);
}
