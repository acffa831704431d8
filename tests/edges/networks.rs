//! Networks: vectors that are no numbers, subjects that are not there, layers without a bias.

use itakura_saito::Error;
use itakura_saito::curvature::{Lanczos, random_start};
use itakura_saito::dataset::{Dataset, Split, paper_split};
use itakura_saito::divergence::{Link, Loss, PositiveArray};
use itakura_saito::network::*;
use itakura_saito::ntk::{EmpiricalKernel, KernelOperator};
use itakura_saito::operator::{Operator, Symmetric};
use itakura_saito::training::Training;
use itakura_saito::training::study::{Job, NoisyFits, Protocol, Study};
use ndarray::{Array2, Array3};

fn inputs() -> Array2<f64> {
    Array2::from_shape_fn((2, 12), |(row, at)| (0.7 * at as f64 + 0.4 * row as f64).sin())
}

fn objective(network: Architecture) -> Objective {
    let targets = PositiveArray::new(inputs().mapv(f64::exp).into_dyn()).unwrap();
    let batch = Batch::new(inputs(), targets).unwrap();
    Objective::new(network, Loss::ITAKURA_SAITO, batch, Normalization::none(), 1).unwrap()
}

#[test]
fn a_product_that_is_no_number_is_refused_and_never_a_panic() {
    let network = Architecture::smooth_tiny_cnn();
    let parameters = network.initial_parameters(1);
    let objective = objective(network);
    for wrong in [f64::NAN, f64::INFINITY] {
        let mut direction = vec![1.0; parameters.len()];
        direction[7] = wrong;
        assert!(objective.hessian_product(&parameters, &direction).is_err());
        assert!(objective.hessian(&parameters).unwrap().applied(&direction)[0].is_nan());
        let kernel = KernelOperator::new(objective.predictor(), &parameters).unwrap();
        let mut vector = vec![1.0; kernel.dim()];
        vector[3] = wrong;
        assert!(kernel.applied(&vector).iter().all(|value| value.is_nan()));
    }
    let huge = vec![1e308; parameters.len()];
    let refused = objective.hessian_product(&parameters, &huge);
    assert!(matches!(refused, Err(Error::NotFiniteAt { .. })), "{refused:?}");
    let hessian = objective.hessian(&parameters).unwrap();
    assert!(hessian.applied(&huge).iter().all(|value| value.is_nan()));
    assert!(Lanczos::run(&hessian, &huge, 3).is_ok(), "a start vector is brought to length one");
}

#[test]
fn a_product_does_not_need_a_loss_that_fits_an_f64() {
    let network = Architecture::tiny_cnn();
    let mut parameters = network.initial_parameters(1);
    let batch = objective(network.clone()).batch().clone();
    let objective =
        Objective::new(network, Loss::MeanSquaredError, batch, Normalization::none(), 1).unwrap();
    // The last bias: all predictions are 1e160, and the square of that overflows.
    *parameters.last_mut().unwrap() = 1e160;
    let mut direction = vec![0.0; parameters.len()];
    *direction.last_mut().unwrap() = 1.0;
    for refused in [objective.value(&parameters), objective.gradient(&parameters).map(|got| got.0)]
    {
        assert!(matches!(refused, Err(Error::NotFinite { name: "the loss", .. })), "{refused:?}");
    }
    let product = objective.hessian_product(&parameters, &direction).unwrap();
    assert!((product.last().unwrap() - 2.0).abs() < 1e-14);
    let two =
        ndarray::stack![ndarray::Axis(0), ndarray::aview1(&direction), ndarray::aview1(&direction)];
    let products = objective.products(CurvaturePart::Hessian, &parameters, two.view()).unwrap();
    assert!((products[[1, parameters.len() - 1]] - 2.0).abs() < 1e-14);
}

#[test]
fn a_block_of_no_parameters_is_refused_by_its_ends() {
    let network = Architecture::tiny_cnn();
    let (parameters, objective) = (network.initial_parameters(1), objective(network));
    #[allow(clippy::reversed_empty_ranges)]
    for range in [9..3, 5..5, 400..402] {
        let end = range.end as f64;
        match objective.hessian_block(&parameters, range) {
            Err(Error::OutOfRange { value, .. }) => assert_eq!(value, end),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_misspelt_subject_is_told_by_name() {
    let told = |result: Result<(), Error>, subject: &str| {
        let message = result.expect_err("refused").to_string();
        assert!(message.contains(&format!("`{subject}`")), "{message}");
        assert!(!message.contains("number of pairs"), "{message}");
    };
    let job = Job {
        protocol: Protocol::Paired,
        subject: "ResNet".to_owned(),
        loss: Loss::ITAKURA_SAITO,
        seed: 1,
        epochs: 1,
    };
    told(job.train().map(drop), "ResNet");
    told(job.training_data().map(drop), "ResNet");
    told(job.training().map(drop), "ResNet");
    told(NoisyFits::train("gamma", 1, 1, &mut |_| Ok(())).map(drop), "gamma");
    let results = Study::stored(Protocol::Paired).expect("a stored study");
    let (is, mse) = (Loss::ITAKURA_SAITO, Loss::MeanSquaredError);
    told(results.effect("TinyCnn", (is, mse), |_| 0.0).map(drop), "TinyCnn");
    told(results.signs("TinyCnn", (is, mse), |_| 0.0).map(drop), "TinyCnn");
    told(results.mean("", is, |_| 0.0).map(drop), "");
    let loss = results.effect("TinyCNN", (Loss::SquaredLogarithm, mse), |_| 0.0);
    assert!(matches!(&loss, Err(Error::Record { .. })), "{loss:?}");
}

#[test]
fn a_link_that_doubles_a_softplus_is_refused_where_targets_lie_below() {
    let split = |lowest: f64| {
        let data = |items: usize| {
            let inputs = Array3::from_shape_fn((items, 1, 8), |(i, _, at)| ((i + at) as f64).sin());
            let targets = Array2::from_shape_fn((items, 8), |(i, at)| lowest + (i + at) as f64);
            Dataset::new(inputs, PositiveArray::try_from(targets).unwrap()).unwrap()
        };
        Split { training: data(6), validation: data(2) }
    };
    let layer = ConvolutionLayer::new;
    let sum = Architecture::Convolutions {
        layers: vec![layer(2, 3, Nonlinearity::Gelu), layer(1, 1, Nonlinearity::Identity)],
        sharing: Sharing::Tied,
    };
    let run = |network: &Architecture, link, lowest| {
        let printed = Training::of_section_17(network.clone(), Loss::ITAKURA_SAITO);
        Training { link, epochs: 1, batch_size: 3, ..printed }.run(&split(lowest))
    };
    for network in [Architecture::tiny_cnn(), Architecture::Resnet1d] {
        // e^z is above 1 and ln(1 + e^z) above ln 2, if z is a softplus.
        for (link, lowest) in [(Link::Exponential, 0.99), (Link::Softplus, 0.69)] {
            let refused = run(&network, link, lowest);
            assert!(
                matches!(&refused, Err(Error::OutOfRange { value, .. }) if *value == lowest),
                "{refused:?}"
            );
            run(&network, link, lowest + 0.1).expect("targets within reach");
            run(&sum, link, lowest).expect("targets within reach");
        }
        assert!(run(&network, Link::Identity, 0.1).is_ok());
    }
}

#[test]
fn a_layer_without_bias_is_one_whose_bias_is_zero() {
    let layer = ConvolutionLayer::new;
    let with = [layer(3, 3, Nonlinearity::Gelu), layer(1, 5, Nonlinearity::Softplus)];
    for sharing in [Sharing::Tied, Sharing::Untied { length: 12 }] {
        let of = |layers: Vec<ConvolutionLayer>| Architecture::Convolutions { layers, sharing };
        let biased = of(with.to_vec());
        let bare = of(with.iter().map(|layer| layer.without_bias()).collect());
        let parameters = bare.initial_parameters(4);
        assert_eq!(parameters.len(), bare.parameter_count());
        // The same weights with zeros between them, and where each weight stands then.
        let mut places = Vec::new();
        let mut padded = vec![0.0; biased.parameter_count()];
        for block in biased.layout().into_iter().filter(|block| block.name.ends_with("weight")) {
            places.extend(block.range());
        }
        for (&place, &value) in places.iter().zip(&parameters) {
            padded[place] = value;
        }
        let (one, other) = (objective(bare), objective(biased));
        let (value, gradient) = one.gradient(&parameters).unwrap();
        let (expected, whole) = other.gradient(&padded).unwrap();
        assert!((value - expected).abs() < 1e-15);
        let direction = random_start(parameters.len(), 2);
        let mut wide = vec![0.0; padded.len()];
        for (&place, &value) in places.iter().zip(&direction) {
            wide[place] = value;
        }
        let product = one.hessian_product(&parameters, &direction).unwrap();
        let product_of_whole = other.hessian_product(&padded, &wide).unwrap();
        for (index, &place) in places.iter().enumerate() {
            assert!((gradient[index] - whole[place]).abs() < 1e-15);
            assert!((product[index] - product_of_whole[place]).abs() < 1e-14);
        }
    }
}

#[test]
fn a_stored_layer_that_says_nothing_of_a_bias_has_one() {
    let stored = r#"{"channels":2,"taps":3,"nonlinearity":"relu"}"#;
    let layer: ConvolutionLayer = serde_json::from_str(stored).unwrap();
    assert_eq!(layer, ConvolutionLayer::new(2, 3, Nonlinearity::Relu));
    assert_eq!(serde_json::to_string(&layer).unwrap(), stored);
    let bare = serde_json::to_string(&layer.without_bias()).unwrap();
    assert_eq!(serde_json::from_str::<ConvolutionLayer>(&bare).unwrap(), layer.without_bias());
}

#[test]
fn a_data_set_becomes_a_batch_and_a_matrix_a_kernel() {
    let data = paper_split().validation;
    let batch = Batch::try_from(&data).unwrap();
    assert_eq!(batch.targets(), data.targets());
    assert_eq!(batch.inputs(), data.sequences().unwrap());
    let two =
        Dataset::new(Array3::zeros((2, 2, 4)), PositiveArray::constant(&[2, 4], 1.0).unwrap());
    assert!(matches!(Batch::try_from(&two.unwrap()), Err(Error::OutOfRange { .. })));

    let network = Architecture::tiny_cnn();
    let parameters = network.initial_parameters(2);
    let predictor = Predictor::new(network, inputs(), Normalization::none(), 1).unwrap();
    let kernel = EmpiricalKernel::new(&predictor, &parameters).unwrap();
    let again = EmpiricalKernel::from_matrix(kernel.matrix().clone(), 12).unwrap();
    assert_eq!(again, kernel);
    let matrix = || Symmetric::new(Array2::eye(24)).unwrap();
    for length in [0, 5, 25] {
        let refused = EmpiricalKernel::from_matrix(matrix(), length);
        assert!(matches!(refused, Err(Error::Lengths { expected: 24, .. })), "{refused:?}");
    }
}
