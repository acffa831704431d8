//! Kernels of networks, with shared and with own weights.

use ndarray::Array2;

use crate::Result;
use crate::causality::Graph;
use crate::claims::{Evidence, Tolerance};
use crate::dataset::{Dataset, paper_dataset};
use crate::divergence::{Link, PositiveArray};
use crate::network::{
    Architecture, ConvolutionLayer, Nonlinearity, Normalization, Predictor, Sharing,
};
use crate::ntk::{EmpiricalKernel, conditioning_by_link, input_range, untied};

/// A stack of convolutions with three taps, rectified in between.
fn stack(channels: &[usize], sharing: Sharing) -> Architecture {
    let last = channels.len() - 1;
    let layer = |(index, &channels): (usize, &usize)| {
        let after = if index == last { Nonlinearity::Identity } else { Nonlinearity::Relu };
        ConvolutionLayer::new(channels, 3, after)
    };
    Architecture::Convolutions { layers: channels.iter().enumerate().map(layer).collect(), sharing }
}

fn kernel(
    network: Architecture,
    inputs: Array2<f64>,
    parameters: &[f64],
) -> Result<EmpiricalKernel> {
    let predictor = Predictor::new(network, inputs, Normalization::none(), 1)?;
    EmpiricalKernel::new(&predictor, parameters)
}

const SHORT: usize = 12;

pub fn one_convolution() -> Result<Vec<Evidence>> {
    let inputs = || Array2::from_shape_fn((1, SHORT), |(_, at)| (0.7 * at as f64).sin());
    // The kernel of a linear layer does not depend on its parameters.
    let shared = kernel(stack(&[1], Sharing::Tied), inputs(), &[0.5, -1.0, 0.25, 0.1])?;
    let own = stack(&[1], Sharing::Untied { length: SHORT });
    let parameters = own.initial_parameters(1);
    let own = kernel(own, inputs(), &parameters)?;
    let entry = |row: usize, column: usize| shared.view()[(row, column)];
    Ok(vec![
        Evidence::new("K at (0, 0)", entry(0, 0), 1.4150164285498794),
        Evidence::new("K at (0, 1)", entry(0, 1), 1.6348441459421728),
        // No band is meant to reach beyond two layers of radius one.
        Evidence::new("K at (0, 6)", entry(0, 6), 0.36708665007452534).against_claim(0.0, 0.1),
        Evidence::new("K at (0, 6), without the bias", entry(0, 6) - 1.0, -0.6329133499254747)
            .against_claim(0.0, 0.1),
        Evidence::new("K at (0, 11)", entry(0, 11), 1.0).against_claim(0.0, 0.1),
        Evidence::new("K at (5, 11)", entry(5, 11), 0.8734498828023018).against_claim(0.0, 0.1),
        Evidence::exact("off the diagonal, with own weights", own.largest_beyond(0), 0.0),
    ])
}

const LONG: usize = 16;

fn long_inputs() -> Array2<f64> {
    Array2::from_shape_fn((1, LONG), |(_, at)| {
        let at = at as f64;
        (0.9 * at).cos() + 0.3 * (2.1 * at).sin()
    })
}

/// Waves as weights. With `own` set, phases move along the positions, and no two share a weight.
fn waves(own: bool) -> (Architecture, Vec<f64>) {
    let positions = if own { LONG } else { 1 };
    let sharing = if own { Sharing::Untied { length: LONG } } else { Sharing::Tied };
    let places = |channels: usize, taps: usize| {
        (0..channels).flat_map(move |channel| {
            (0..taps).flat_map(move |tap| {
                (0..positions)
                    .map(move |at| ((3 * channel + tap) as f64, channel as f64, at as f64))
            })
        })
    };
    let mut parameters = Vec::new();
    parameters.extend(places(3, 3).map(|(place, _, at)| (1.0 + place + 0.37 * at).sin()));
    parameters.extend(places(3, 1).map(|(_, channel, _)| 0.1 * (channel + 1.0)));
    parameters.extend(places(3, 3).map(|(place, _, at)| (2.0 + place + 0.53 * at).cos()));
    parameters.extend(places(1, 1).map(|_| 0.2));
    (stack(&[3, 1], sharing), parameters)
}

pub fn two_convolutions() -> Result<Vec<Evidence>> {
    let (network, parameters) = waves(false);
    let kernel = kernel(network, long_inputs(), &parameters)?;
    let entry = |row: usize, column: usize| kernel.view()[(row, column)];
    Ok(vec![
        Evidence::new("K at (8, 8)", entry(8, 8), 28.27658871557551),
        Evidence::new("K at (8, 9)", entry(8, 9), 17.2021665943204),
        Evidence::new("K at (8, 15)", entry(8, 15), 20.26001086424721).against_claim(0.0, 1.0),
        Evidence::new(
            "largest |K| beyond distance 4",
            kernel.largest_beyond(4),
            30.689179420225138,
        )
        .against_claim(0.0, 1.0),
    ])
}

/// A graph convolution that averages a node and its neighbours, times one weight, plus a bias: its kernel is the
/// product of two averages, plus one.
pub fn graph_convolution() -> Result<Vec<Evidence>> {
    let graph = Graph::chain(SHORT)?;
    let feature = |node: usize| (0.7 * node as f64).sin();
    let average = |node: usize| {
        let others = graph.neighbours(node).iter().map(|&other| feature(other));
        (feature(node) + others.sum::<f64>()) / (1 + graph.neighbours(node).len()) as f64
    };
    let entry = |row: usize, column: usize| average(row) * average(column) + 1.0;
    Ok(vec![
        Evidence::new("K between the ends of a chain of 12", entry(0, 11), GRAPH_ENDS)
            .against_claim(0.0, 0.1),
        Evidence::new("K at (2, 8) of the same", entry(2, 8), GRAPH_INSIDE).against_claim(0.0, 0.1),
    ])
}

// By the same sums in Python.
const GRAPH_ENDS: f64 = 1.2649594603506926;
const GRAPH_INSIDE: f64 = 0.5576790807676117;

/// Forty positions: an input reaches 14 of them to either side, and a banded kernel would end at 28.
pub fn attention() -> Result<Vec<Evidence>> {
    let network = Architecture::Transformer1d;
    let parameters = network.initial_parameters(1);
    let inputs = Array2::from_shape_fn((1, 40), |(_, at)| (0.7 * at as f64).sin());
    let kernel = kernel(network, inputs, &parameters)?;
    // 11 · 12 pairs are farther apart than 28.
    Ok(vec![
        Evidence::exact("zeros of the kernel with attention", kernel.zeros() as f64, 0.0)
            .against_claim(132.0, 1.0),
        Evidence::exact(
            "farthest distance at which it is not zero",
            kernel.bandwidth() as f64,
            39.0,
        )
        .against_claim(28.0, 1.0),
    ])
}

/// How far an input reaches on 64 positions, with stored statistics and with those of the batch.
pub fn batch_statistics() -> Result<Vec<Evidence>> {
    let network = Architecture::Resnet1d;
    let parameters = network.initial_parameters(1);
    let inputs = Array2::from_shape_fn((1, 64), |(_, at)| (0.7 * at as f64).sin());
    let reach = |normalization: Normalization| {
        input_range(&network, inputs.view(), &normalization, &parameters)
    };
    let stored = reach(Normalization::initial(&network))?;
    let of_the_batch = reach(Normalization::Train)?;
    Ok(vec![
        Evidence::exact("reach of an input, stored statistics", stored as f64, 31.0),
        Evidence::exact("reach of an input, statistics of the batch", of_the_batch as f64, 63.0),
    ])
}

pub fn own_weights() -> Result<Vec<Evidence>> {
    let (network, parameters) = waves(true);
    let kernel = kernel(network, long_inputs(), &parameters)?;
    let entry = |row: usize, column: usize| kernel.view()[(row, column)];
    Ok(vec![
        Evidence::new("K at (8, 8), own weights", entry(8, 8), 10.562509591509457),
        Evidence::new("K at (8, 9), own weights", entry(8, 9), 1.6223998859303463),
        Evidence::exact("largest |K| beyond distance 2", kernel.largest_beyond(2), 0.0),
        Evidence::exact("bandwidth", kernel.bandwidth() as f64, 2.0),
    ])
}

pub fn range_of_inputs() -> Result<Vec<Evidence>> {
    let range = |own: bool| {
        let (network, parameters) = waves(own);
        input_range(&network, long_inputs().view(), &Normalization::none(), &parameters)
    };
    Ok(vec![
        Evidence::exact("range with shared weights", range(false)? as f64, 2.0),
        Evidence::exact("range with own weights", range(true)? as f64, 2.0),
    ])
}

/// For orthogonal patches the sums $u$ and $v$ of a wide layer are independent normal variables, and
/// $E[u_+ v_+]/E[u_+^2] = E[u_+]^2 / E[u_+^2]$, both by the trapezoidal rule.
pub fn wide_layers() -> Result<Vec<Evidence>> {
    let step = 1.0 / 512.0;
    let moment = |power: i32| -> f64 {
        let density = |z: f64| (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
        (1..=20_480).map(|at| f64::from(at) * step).map(|z| step * z.powi(power) * density(z)).sum()
    };
    // The rule's only error at the kink of the mean is known: step squared over twelve, times the slope.
    let mean = moment(1) + step * step / 12.0 / (2.0 * std::f64::consts::PI).sqrt();
    let ratio = mean * mean / moment(2);
    Ok(vec![Evidence::new(
        "kernel of orthogonal patches over its diagonal",
        ratio,
        std::f64::consts::FRAC_1_PI,
    )])
}

/// TinyCNN with waves as weights, in the size of random ones.
fn tiny_cnn_of_waves() -> (Architecture, Vec<f64>) {
    let network = Architecture::tiny_cnn();
    let mut parameters = Vec::new();
    for block in network.layout() {
        let bound = block.fan_in.map_or(1.0, |fan_in| (fan_in as f64).sqrt().recip());
        let wave = |at: usize| bound * (0.7 * (at as f64 + 1.0).powi(2)).sin();
        parameters.extend(block.range().map(wave));
    }
    (network, parameters)
}

/// The first sequence of section 17.
fn first_item() -> Result<Dataset> {
    paper_dataset().select(&[0])
}

/// The kernel of the 96 outputs, and the outputs.
fn of_section_17(
    network: Architecture,
    parameters: &[f64],
) -> Result<(EmpiricalKernel, PositiveArray)> {
    let predictor = Predictor::new(network, first_item()?.sequences()?, Normalization::none(), 1)?;
    let predictions = PositiveArray::new(predictor.predictions(parameters)?.into_dyn())?;
    Ok((EmpiricalKernel::new(&predictor, parameters)?, predictions))
}

// The references of the next two by layer-wise sums of products in NumPy.

pub fn tiny_cnn() -> Result<Vec<Evidence>> {
    let (network, parameters) = tiny_cnn_of_waves();
    let (own_network, copies) = untied(&network, &parameters, 96)?;
    let (shared, predictions) = of_section_17(network, &parameters)?;
    let (own, own_predictions) = of_section_17(own_network, &copies)?;
    let pairs = predictions.as_slice().iter().zip(own_predictions.as_slice());
    let gap = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    let rounding = Tolerance::absolute(1e-13, "the same sums of 40 products, in another order");
    let share = |distance: usize, expected: f64| {
        let label = format!("share of the squares beyond distance {distance}, shared weights");
        Evidence::new(&label, shared.share_beyond(distance), expected).against_claim(0.0, 0.5)
    };
    let entry = shared.view()[(48, 58)];
    Ok(vec![
        Evidence::new("largest gap between the two predictions", gap, 0.0).within(rounding),
        share(6, 0.7729380242809544),
        share(10, 0.7023515505167373),
        Evidence::new("K at (48, 58), shared weights", entry, 0.47169080514370587)
            .against_claim(0.0, 0.1),
        Evidence::exact("entries that are zero, shared weights", shared.zeros() as f64, 0.0),
        // 89 · 90 pairs are farther apart than 6.
        Evidence::exact("entries that are zero, own weights", own.zeros() as f64, 8010.0),
        Evidence::exact("bandwidth, own weights", own.bandwidth() as f64, 6.0),
        Evidence::new(
            "effective rank, shared weights",
            shared.effective_rank(),
            1.9894847600831835,
        ),
        Evidence::new("effective rank, own weights", own.effective_rank(), 80.12507150697441),
    ])
}

pub fn condition_by_link() -> Result<Vec<Evidence>> {
    let (network, parameters) = tiny_cnn_of_waves();
    let (network, copies) = untied(&network, &parameters, 96)?;
    let (kernel, predictions) = of_section_17(network, &copies)?;
    let sums = kernel.before(Link::Softplus, &predictions)?;
    let targets = first_item()?.targets().clone();
    let at_the_predictions = [
        (5.172001467318691, 102.07559324355174),
        (5.669448779573052, 107.29371406013665),
        (5.504855798916241, 105.44588866885367),
    ];
    let at_the_targets = [
        (5.172001467318691, 102.07559324355174),
        (276.9763246797148, 5.172001467318662),
        (141.78224221525946, 6.758601776557412),
    ];
    let mut evidence = Vec::new();
    for (place, predictions, expected) in [
        ("the network's own predictions", &predictions, at_the_predictions),
        ("f = y", &targets, at_the_targets),
    ] {
        let rows = conditioning_by_link(&sums, predictions, &targets)?;
        for (row, (plain, weighted)) in rows.iter().zip(expected) {
            for (what, conditioning, expected) in
                [("K", row.plain, plain), ("K weighted by 1/y²", row.weighted, weighted)]
            {
                let label = format!("condition of {what} behind {:?}, at {place}", row.link);
                // A singular kernel has none, and NaN agrees with nothing.
                let found = conditioning.condition_number().unwrap_or(f64::NAN);
                evidence.push(Evidence::new(&label, found, expected).within(Tolerance::EIGENVALUE));
            }
        }
    }
    Ok(evidence)
}
