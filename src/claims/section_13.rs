//! The claims of sections 13 and 14: the synthesis, and the chain.

pub(super) mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

const NOTEBOOK: &str = "09_conditioning";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C13.1",
        place: "section 13, first point",
        statement: "The speed is fixed by the range R of the architecture, which the loss does not change.",
        verdict: Verdict::Holds,
        correct: "That of the support, where the kernel has a range at all: networks with shared weights have \
                  none (C09.5).",
        brief: "R fixes the speed, and IS does not change R",
        finding: "Every loss has the cone, where the kernel has a range.",
        notebook: "10_exponential_tails",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The cone is there for every loss, and the weights leave it alone.",
            verdict: Verdict::Holds,
            basis: Basis::RestsOn(&["C10.2", "C11.7"]),
        }],
    },
    Claim {
        id: "C13.2",
        place: "section 13, second point",
        statement: "By scale invariance the loss preconditions, improves the condition and speeds up convergence.",
        verdict: Verdict::False,
        correct: "In general it does not: on the paper's own chain it cannot. It does exactly when the kernel is \
                  Y K₀ Y, as behind a logarithmic link.",
        brief: "IS improves conditioning by scale invariance",
        finding: "Not in general; exactly when K = Y K₀ Y.",
        notebook: NOTEBOOK,
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the kernel scales along with the targets",
            edit: "Add \"behind an exponential output\".",
        }),
        parts: &[
            Part {
                about: "In general.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C11.4", "C11.5"]),
            },
            Part {
                about: "With multiplicative sensitivity.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(evidence::exact_cancellation),
            },
        ],
    },
    Claim {
        id: "C13.3",
        place: "section 13, third point",
        statement: "In the continuum, scale invariance leads to conformal symmetry, which flattens the spectrum.",
        verdict: Verdict::False,
        correct: "Conformal symmetry of the action means that the mass is zero: the pure Laplacian, which is the \
                  worst conditioned of all.",
        brief: "Conformal symmetry flattens the spectrum",
        finding: "The massless limit is the worst conditioned: κ at m² = 1 and at m² = 0.0001.",
        notebook: "10_exponential_tails",
        cell: "conclusions",
        amendment: Some(Amendment {
            fails: "that the massless spectrum is the flat one",
            edit: "Write \"which is the worst conditioned case\" for \"which further flattens the Hessian \
                   spectrum\".",
        }),
        parts: &[Part {
            about: "The condition number of a free chain of 50 points as the mass goes to zero.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::massless_condition),
        }],
    },
    Claim {
        id: "C14.1",
        place: "section 14",
        statement: "On the chain J_t is exactly zero outside a band of width 2t + 1.",
        verdict: Verdict::Holds,
        correct: "K must be positive semidefinite for it: α ≥ 2|β| cos(π/(n + 1)), from its eigenvalues \
                  α + 2β cos(kπ/(n + 1)).",
        brief: "J_t is zero outside a band of 2t + 1",
        finding: "The filled entries of the middle row after one step.",
        notebook: "08_light_cone",
        cell: "band",
        amendment: None,
        parts: &[Part {
            about: "Filled entries of a row, and the eigenvalues.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::band),
        }],
    },
    Claim {
        id: "C14.2",
        place: "section 14",
        statement: "The weights change amplitudes within the band, but create nothing beyond.",
        verdict: Verdict::Holds,
        correct: "At the edge of the band the amplitude is the product of -ηβ/y² along the way.",
        brief: "W changes amplitudes, not the band",
        finding: "The amplitude at the edge is the product of -ηβ/y² along the way.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The edge of the band with two sets of targets.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::amplitudes),
        }],
    },
    Claim {
        id: "C14.3",
        place: "section 14",
        statement: "The weights typically allow a larger stable rate, since they reduce λmax(KW).",
        verdict: Verdict::False,
        correct: "They do if all targets are at least one, and do the opposite if all are at most one: a matter of the \
                  unit of the targets, with the crossover at c = sqrt(λmax(KW)/λmax(K)) times the given ones. And \
                  a larger rate is no faster convergence: κ gets worse here in either case.",
        brief: "W allows a larger η by reducing λmax",
        finding: "For targets from 0.5 to 2 it raises λmax 3.28-fold; it is a matter of units.",
        notebook: NOTEBOOK,
        cell: "units",
        amendment: Some(Amendment {
            fails: "that all targets are at least one",
            edit: "Add \"in a unit in which all targets are at least one\".",
        }),
        parts: &[
            Part {
                about: "Targets from 0.5 to 2, and from 0.1 to 1.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::largest_eigenvalues),
            },
            Part {
                about: "The bounds 1/ymax² and 1/ymin² on λmax(A)/λmax(K), and the crossover.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::crossover),
            },
        ],
    },
    Claim {
        id: "C14.4",
        place: "section 14",
        statement: "\"Theorem 2\" gives the band.",
        verdict: Verdict::Holds,
        correct: "It is Theorem 10.2.",
        brief: "\"Theorem 2\" gives the band",
        finding: "It is Theorem 10.2.",
        notebook: "08_light_cone",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "A label.",
            verdict: Verdict::Holds,
            basis: Basis::RestsOn(&["C10.2"]),
        }],
    },
];
