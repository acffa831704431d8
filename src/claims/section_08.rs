//! The claims of section 8: a bound on the speed of propagation.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

const NOTEBOOK: &str = "07_speed_limit";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C08.1",
        place: "Theorem 8.1",
        statement: "Under local Lipschitz updates the correlation of two nodes is at most \
                    C exp(-(d - vt)/ξ).",
        verdict: Verdict::False,
        correct: "Locality bounds responses, not correlations. If F_x depends on its neighbours with Lipschitz \
                  constants g, then two runs that differ at y differ at x by at most (g^t)_xy times as much: \
                  exactly zero for d > rt, and at most exp(-(d - v t)/ξ) with C = 1 and v = ξ ln M for every \
                  ξ > 0, where M is the largest row sum of g weighted by the exponential of the distance gained. \
                  Correlations obey the same bound if the nodes start independently. Nodes that share a random \
                  number at the start are correlated at every distance, at every time.",
        brief: "Correlations are at most C exp(-(d - vt)/ξ)",
        finding: "Nodes with a common start are correlated at every distance; responses obey the bound.",
        notebook: NOTEBOOK,
        cell: "common-check",
        amendment: Some(Amendment {
            fails: "that the nodes start independently",
            edit: "Write \"the response of one to the other\" for \"their correlation\".",
        }),
        parts: &[
            Part {
                about: "As stated, for correlations.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::a_common_mode),
            },
            Part {
                about: "For responses, with its constants.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::responses),
            },
            Part {
                about: "For correlations of nodes that start independently.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(evidence::independent_nodes),
            },
        ],
    },
    Claim {
        id: "C08.2",
        place: "section 8.1, first and second point",
        statement: "It reduces to the Lieb-Robinson bound, and implies a strict light cone.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "In discrete time the cone is strict. In continuous time there are only tails: neighbours with the \
                  rate g respond by I_d(2gt), positive at every distance, below inf exp(-sd + 2gt cosh s), with \
                  the speed 2g sinh s, s tanh s = 1. The theorem of Lieb and Robinson bounds commutators, \
                  which are responses as well.",
        brief: "It reduces to Lieb-Robinson, and the cone is strict",
        finding: "In continuous time the response is I_d(2gt), zero nowhere; the number is its speed over g.",
        notebook: NOTEBOOK,
        cell: "continuous",
        amendment: Some(Amendment {
            fails: "that time is discrete",
            edit: "Add \"in discrete time; in continuous time there are exponential tails\".",
        }),
        parts: &[Part {
            about: "Tails, a bound and a speed instead of a strict cone.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::continuous_time),
        }],
    },
    Claim {
        id: "C08.3",
        place: "section 8.1, first point",
        statement: "The bound is related to the diameter of a network and the depth of a circuit.",
        verdict: Verdict::Holds,
        correct: "Influence over a distance d takes at least d/r steps, rounded up, and over the whole graph as \
                  many as its diameter asks for.",
        brief: "The bound is related to diameter and depth",
        finding: "The farthest node responds first at the step that is the diameter.",
        notebook: NOTEBOOK,
        cell: "graphs",
        amendment: None,
        parts: &[Part {
            about: "The first step at which the farthest node responds is the diameter over the range.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::diameters),
        }],
    },
    Claim {
        id: "C08.4",
        place: "section 8.1, third point",
        statement: "Conformal invariance strengthens robustness inside the cone, and generalisation follows from \
                    causality.",
        verdict: Verdict::NotTestable,
        correct: "Neither robustness nor the way from one to the other is defined.",
        brief: "Conformal invariance makes the inside robust",
        finding: "No quantity is named that could be computed.",
        notebook: NOTEBOOK,
        cell: "cards",
        amendment: Some(Amendment {
            fails: "robustness inside the cone is not defined",
            edit: "Define the quantity that is robust, or call the sentence an outlook.",
        }),
        parts: &[Part {
            about: "No quantity is named that could be computed.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason(
                "the section defines no measure of robustness or of generalisation, and no map from a bound \
                 on propagation to either",
            ),
        }],
    },
];
