//! The claims of section 7: holography and universality.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C07.1",
        place: "section 7",
        statement: "Holography has reshaped the understanding of space and time, is realised in string \
                    theory, and is explored in loop gravity.",
        verdict: Verdict::NotTestable,
        correct: "An account of the history of physics, given as motivation; nothing in the paper is \
                  derived from it.",
        brief: "Holography changed physics",
        finding: "History and motivation; nothing is derived from it.",
        notebook: "06_universality",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "no hypothesis: it is an account of history",
            edit: "None is needed; it is a motivation.",
        }),
        parts: &[Part {
            about: "The historical account.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason(
                "History and motivation, without a quantity that could be computed.",
            ),
        }],
    },
    Claim {
        id: "C07.2",
        place: "section 7",
        statement: "The central limit theorem is an example of universality: sums of many independent \
                    variables become Gaussian, regardless of their details.",
        verdict: Verdict::Holds,
        correct: "It holds for every law with a finite variance. Adding pairs and dividing by √2 multiplies \
                  the cumulant κ_j by 2^(1 - j/2). Without a variance it fails: the mean of Cauchy \
                  variables has Cauchy's law again.",
        brief: "Sums become Gaussian, regardless of details",
        finding: "With a finite variance: each pair summation divides the skewness by √2.",
        notebook: "06_universality",
        cell: "flow-check",
        amendment: None,
        parts: &[
            Part {
                about: "Pair summation multiplies skewness by 2^(-1/2) and excess kurtosis by 1/2.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::pair_summation),
            },
            Part {
                about: "The sum of exponentials approaches the normal law like the root of 1/n.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_sum_of_exponentials),
            },
            Part {
                about: "Whatever the law: not without a finite variance.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::cauchy_stays),
            },
        ],
    },
    Claim {
        id: "C07.3",
        place: "section 7",
        statement: "At large scales the universe, and a deep network, flow to a conformal theory.",
        verdict: Verdict::NotTestable,
        correct: "A conjecture, and called one. In the Gaussian chain of section IIbis the flow leads away \
                  from the massless point.",
        brief: "The universe and networks flow to a conformal theory",
        finding: "A conjecture; the Gaussian chain flows away from it.",
        notebook: "06_universality",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the flow leads to the massless point",
            edit: "Keep the word \"conjecture\", and say that the Gaussian chain flows the other \
                   way.",
        }),
        parts: &[Part {
            about: "A conformal fixed point attracts.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason(
                "A conjecture about systems for which no large-scale theory is written down.",
            ),
        }],
    },
    Claim {
        id: "C07.4",
        place: "section 7",
        statement: "The massless action on the line is a conformal field theory with correlator 1/|x|.",
        verdict: Verdict::False,
        correct: "The massless propagator on the line is linear in |x|, and its scaling dimension is -1/2.",
        brief: "The massless line is conformal, with correlator 1/|x|",
        finding: "Its correlator is linear in |x|.",
        notebook: "06_universality",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the correlator falls with the distance",
            edit: "Write |x| for 1/|x|.",
        }),
        parts: &[Part {
            about: "The correlator is 1/|x|.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C04.5", "C04.6"]),
        }],
    },
    Claim {
        id: "C07.5",
        place: "section 7",
        statement: "By analogy with AdS/CFT, the predictions at the boundary impose coherence on the latent \
                    representation in the bulk.",
        verdict: Verdict::NotTestable,
        correct: "No map from a network to a bulk field is given. For a scalar field in Euclidean AdS₂ the \
                  correspondence is exact: Δ(Δ - 1) = m², and the boundary value determines the bulk through \
                  the kernel C (z/(z² + x²))^Δ. The dimension 1/2, which 1/|x| asks for, sits at the bound \
                  m² = -1/4; the massless scalar on the line has m² = 3/4.",
        brief: "Boundary predictions shape the bulk",
        finding: "No map from networks is given; for fields in AdS₂ Δ(Δ - 1) = m².",
        notebook: "06_universality",
        cell: "roots",
        amendment: Some(Amendment {
            fails: "a map from the network to a field in the bulk is missing",
            edit: "Say \"by analogy only\", or define the map.",
        }),
        parts: &[
            Part {
                about: "The analogy for networks.",
                verdict: Verdict::NotTestable,
                basis: Basis::Reason("The bulk field of a network is not defined."),
            },
            Part {
                about: "Mass and dimension of a scalar field.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::mass_and_dimension),
            },
            Part {
                about: "The bulk-boundary propagator, its integral and its field equation.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::bulk_and_boundary),
            },
            Part {
                about: "In momentum space, and the massless field as Dirichlet-to-Neumann map.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::momentum_space),
            },
        ],
    },
    Claim {
        id: "C07.6",
        place: "section 7",
        statement: "Conformal invariance as a constraint improves conditioning and convergence, and \
                    robustness against local fluctuations.",
        verdict: Verdict::False,
        correct: "Towards the massless limit the condition number grows; it is the mass that bounds it. Of \
                  robustness no measure is given.",
        brief: "Conformal invariance improves conditioning and robustness",
        finding: "Towards the massless limit the condition number grows.",
        notebook: "06_universality",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that conditioning improves as the mass vanishes; of robustness there is no \
                    measure",
            edit: "Write \"a mass\" for \"conformal invariance\", and leave robustness out.",
        }),
        parts: &[
            Part {
                about: "Conditioning improves in the conformal limit.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C01.2", "C06.4"]),
            },
            Part {
                about: "Robustness improves.",
                verdict: Verdict::NotTestable,
                basis: Basis::Reason(
                    "No measure of robustness and no constrained training is defined.",
                ),
            },
        ],
    },
];
