//! The claims of section 9: the dynamics of errors, and the kernel of a network.

mod dynamics;
#[cfg(feature = "networks")]
mod kernel;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C09.0",
        place: "sections 9 and 14",
        statement: "The nodes are the training data, with a distance between them.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "Section 9 takes samples for nodes, section 14 a chain of data points, and the claim about \
                  networks needs the positions of one input. Only positions have a distance that comes \
                  from the architecture.",
        brief: "The nodes are data, with a distance",
        finding: "Only positions of one input have a distance that comes from the architecture.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that training samples have a distance from the architecture",
            edit: "Write \"the positions of one input, with their targets,\" for \"training data\".",
        }),
        parts: &[Part {
            about: "Say which; only positions have a distance.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::RestsOn(&["C09.5"]),
        }],
    },
    Claim {
        id: "C09.1",
        place: "section 9, first and second display",
        statement: "The loss of a node is y/f - ln(y/f) - 1, and its gradient (f - y)/f².",
        verdict: Verdict::Holds,
        correct: "Exact.",
        brief: "The loss of a node, and its gradient (f - y)/f²",
        finding: "The gradient at y = 2, f = 3.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The gradient is the derivative of the loss.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(dynamics::gradient),
        }],
    },
    Claim {
        id: "C09.2",
        place: "section 9, second display",
        statement: "Near f = y the second derivative is about 1/y².",
        verdict: Verdict::Holds,
        correct: "It is (2y - f)/f³ exactly: zero at f = 2y, negative beyond, with the minimum -1/(27 y²) at 3y.",
        brief: "Near f = y the curvature is 1/y²",
        finding: "The curvature at f = y = 2; it is zero at f = 2y and negative beyond.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "1/y² at f = y; what lies beyond.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(dynamics::curvature),
        }],
    },
    Claim {
        id: "C09.3",
        place: "section 9, third display",
        statement: "Predictions follow f ← f - ηK ∂L/∂f.",
        verdict: Verdict::HoldsUnderAssumptions,
        correct: "With a kernel that stays fixed, the loss summed over the data (with the mean, η becomes η/n), \
                  all data in every step, and plain gradient descent. Section 17 uses Adam.",
        brief: "Predictions follow f ← f - ηK ∂L/∂f",
        finding: "With a fixed kernel, the summed loss, all data and plain descent: one step of three nodes.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the kernel stays fixed and the optimiser is plain descent",
            edit: "Add \"for plain descent on the sum over all data, as long as K stays fixed\".",
        }),
        parts: &[Part {
            about: "One step on three nodes; with the mean it is a third of it.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(dynamics::one_step),
        }],
    },
    Claim {
        id: "C09.4",
        place: "section 9, fourth display",
        statement: "Errors follow e ← (I - ηA) e with A = KW.",
        verdict: Verdict::HoldsUnderAssumptions,
        correct: "To first order in the relative error u: exactly, u is replaced by \
                  u/(1+u)² = u - 2u² + 3u³ - …, so that the difference is of second order.",
        brief: "Errors follow e ← (I - ηA) e",
        finding: "To first order: what is left after ten steps from a start that is off by a tenth.",
        notebook: "08_light_cone",
        cell: "linearisation",
        amendment: Some(Amendment {
            fails: "that the relative error is small",
            edit: "Add \"to first order in the relative error\".",
        }),
        parts: &[Part {
            about: "The difference falls by a hundred when the start falls by ten.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(dynamics::linearisation),
        }],
    },
    #[cfg(feature = "networks")]
    Claim {
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
        cell: "one-layer",
        amendment: Some(Amendment {
            fails: "that no two positions share a weight",
            edit: "Add \"with weights of their own at each position\".",
        }),
        parts: &[
            Part {
                about: "As stated, for one convolution with shared weights.",
                verdict: Verdict::False,
                basis: Basis::Computed(kernel::one_convolution),
            },
            Part {
                about: "As stated, for two convolutions with a rectifier between them.",
                verdict: Verdict::False,
                basis: Basis::Computed(kernel::two_convolutions),
            },
            Part {
                about: "As stated, for a graph convolution, whose weights all nodes share.",
                verdict: Verdict::False,
                basis: Basis::Computed(kernel::graph_convolution),
            },
            Part {
                about: "As stated, for the network with local attention, whose projections all positions share.",
                verdict: Verdict::False,
                basis: Basis::Computed(kernel::attention),
            },
            Part {
                about: "Batch norm on the statistics of the batch lets every input reach every output.",
                verdict: Verdict::Added,
                basis: Basis::Computed(kernel::batch_statistics),
            },
            Part {
                about: "With weights of their own for each position the kernel is banded, exactly.",
                verdict: Verdict::Added,
                basis: Basis::Computed(kernel::own_weights),
            },
            Part {
                about: "Inputs reach as far as the half-widths of the layers, shared weights or not.",
                verdict: Verdict::Added,
                basis: Basis::Computed(kernel::range_of_inputs),
            },
            Part {
                about: "In the limit of many channels the last layer alone keeps 1/π of the diagonal at \
                    every distance, even for orthogonal patches.",
                verdict: Verdict::Added,
                basis: Basis::Computed(kernel::wide_layers),
            },
            Part {
                about: "As stated, for TinyCNN on a sequence of section 17; beside it the same function with \
                    weights of their own for each position.",
                verdict: Verdict::False,
                basis: Basis::Computed(kernel::tiny_cnn),
            },
            Part {
                about: "The condition of K and of W^(1/2) K W^(1/2), similar to KW, for the targets of this \
                    sequence, with own weights, behind three links.",
                verdict: Verdict::Added,
                basis: Basis::Computed(kernel::condition_by_link),
            },
        ],
    },
];
