//! The claims of section 9 about the kernel of a network.

mod evidence;

use super::{Basis, Claim, Part, Verdict};

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
              training samples rather than positions, no distance comes from the architecture at all. \
              What the weights 1/y² of IS do to the condition of K is a matter of the link and of the \
              predictions: at f = y behind the exponential they take the targets out exactly, behind \
              softplus nearly; behind the identity, or far from the targets, they make it worse.",
    brief: "The kernel K is banded for local networks",
    finding: "Shared weights couple all positions; own weights do not.",
    notebook: "08_light_cone",
    parts: &[
        Part {
            about: "As stated, for one convolution with shared weights.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::one_convolution),
        },
        Part {
            about: "As stated, for two convolutions with a rectifier between them.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::two_convolutions),
        },
        Part {
            about: "With weights of their own for each position the kernel is banded, exactly.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::own_weights),
        },
        Part {
            about: "Inputs reach as far as the half-widths of the layers, shared weights or not.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::range_of_inputs),
        },
        Part {
            about: "In the limit of many channels the last layer alone keeps 1/π of the diagonal at \
                    every distance, even for orthogonal patches.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::wide_layers),
        },
        Part {
            about: "As stated, for TinyCNN on a sequence of section 17; beside it the same function with \
                    weights of their own for each position.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::tiny_cnn),
        },
        Part {
            about: "The condition of K and of W^(1/2) K W^(1/2), similar to KW, for the targets of this \
                    sequence, with own weights, behind three links.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::condition_by_link),
        },
    ],
}];
