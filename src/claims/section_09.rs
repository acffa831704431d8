//! The claims of section 9 about the kernel of a network.

use ndarray::Array2;

use super::{Basis, Claim, Evidence, Part, Verdict};
use crate::Result;
use crate::network::{
    Architecture, ConvolutionLayer, Nonlinearity, Normalization, Predictor, Sharing,
};
use crate::ntk::{EmpiricalKernel, input_range};

pub(super) const CLAIMS: &[Claim] = &[Claim {
    id: "C09.5",
    place: "section 9",
    statement: "The kernel K is banded for convolutional, graph and other local networks.",
    verdict: Verdict::False,
    correct: "K sums over parameters, and a parameter that all positions share couples all of them: the \
              kernel of a convolution is the autocorrelation of its input, plus one for the bias, at every \
              distance. What does have a range is the map from inputs to outputs: the half-widths of the \
              layers add up. With weights and biases of their own for each position, K is banded too: \
              K_ij = 0 beyond twice the half-widths of all layers but the first. If the nodes are \
              training samples rather than positions, no distance comes from the architecture at all.",
    notebook: "08_light_cone",
    parts: &[
        Part {
            about: "As stated, for one convolution with shared weights.",
            verdict: Verdict::False,
            basis: Basis::Computed(one_convolution),
        },
        Part {
            about: "As stated, for two convolutions with a rectifier between them.",
            verdict: Verdict::False,
            basis: Basis::Computed(two_convolutions),
        },
        Part {
            about: "With weights of their own for each position the kernel is banded, exactly.",
            verdict: Verdict::Added,
            basis: Basis::Computed(own_weights),
        },
        Part {
            about: "Inputs reach as far as the half-widths of the layers, shared weights or not.",
            verdict: Verdict::Added,
            basis: Basis::Computed(range_of_inputs),
        },
        Part {
            about: "In the limit of many channels the last layer alone keeps 1/π of the diagonal at \
                    every distance, even for orthogonal patches.",
            verdict: Verdict::Added,
            basis: Basis::Computed(wide_layers),
        },
    ],
}];

/// A stack of convolutions with three taps, rectified in between.
fn stack(channels: &[usize], sharing: Sharing) -> Architecture {
    let last = channels.len() - 1;
    let layer = |(index, &channels): (usize, &usize)| ConvolutionLayer {
        channels,
        taps: 3,
        nonlinearity: if index == last { Nonlinearity::Identity } else { Nonlinearity::Relu },
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

fn one_convolution() -> Result<Vec<Evidence>> {
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
        Evidence::new("K at (0, 6)", entry(0, 6), 0.36708665007452534).contradicting(0.0, 0.1),
        Evidence::new("K at (0, 6), without the bias", entry(0, 6) - 1.0, -0.6329133499254747)
            .contradicting(0.0, 0.1),
        Evidence::new("K at (0, 11)", entry(0, 11), 1.0).contradicting(0.0, 0.1),
        Evidence::new("K at (5, 11)", entry(5, 11), 0.8734498828023018).contradicting(0.0, 0.1),
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

fn two_convolutions() -> Result<Vec<Evidence>> {
    let (network, parameters) = waves(false);
    let kernel = kernel(network, long_inputs(), &parameters)?;
    let entry = |row: usize, column: usize| kernel.view()[(row, column)];
    Ok(vec![
        Evidence::new("K at (8, 8)", entry(8, 8), 28.27658871557551),
        Evidence::new("K at (8, 9)", entry(8, 9), 17.2021665943204),
        Evidence::new("K at (8, 15)", entry(8, 15), 20.26001086424721).contradicting(0.0, 1.0),
        Evidence::new(
            "largest |K| beyond distance 4",
            kernel.largest_beyond(4),
            30.689179420225138,
        )
        .contradicting(0.0, 1.0),
    ])
}

fn own_weights() -> Result<Vec<Evidence>> {
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

fn range_of_inputs() -> Result<Vec<Evidence>> {
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
fn wide_layers() -> Result<Vec<Evidence>> {
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
