//! The claims of section 10: the discrete light cone, and Figures 4 and 5.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

const NOTEBOOK: &str = "08_light_cone";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C10.1",
        place: "Lemma 10.1",
        statement: "If K has the range R, then (KW)^t has the range tR.",
        verdict: Verdict::Holds,
        correct: "On any graph; and the zeros are exact in floating point, being sums of exact zeros.",
        brief: "(KW)^t has the range tR",
        finding: "Beyond tR every entry is exactly zero, on every graph that was tried.",
        notebook: NOTEBOOK,
        cell: "lattice",
        amendment: None,
        parts: &[Part {
            about: "Powers of KW on a chain, a ring, a lattice and a random graph.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::powers_have_a_range),
        }],
    },
    Claim {
        id: "C10.2",
        place: "Theorem 10.2",
        statement: "(I - ηA)^t vanishes between nodes farther apart than tR.",
        verdict: Verdict::Holds,
        correct: "Given a banded K. The same holds for the map that is not linearised, for squared error and every \
                  loss that acts node by node, with momentum and with decay. It does not hold for \
                  steps that multiply by an inverse of K, which is full, as a damped natural gradient does by \
                  K(K + μ)⁻¹. Undamped and with invertible K the two factors cancel, and the step is local again. \
                  At the front of a chain the response is a product of -ηβ/y².",
        brief: "(I - ηA)^t vanishes beyond the distance tR",
        finding: "Exactly, for every loss that acts node by node; the number is the entry at the front.",
        notebook: NOTEBOOK,
        cell: "algorithm",
        amendment: None,
        parts: &[
            Part {
                about: "The entries on the chain of section 14.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::entries_of_the_chain),
            },
            Part {
                about: "Other losses, the map itself, momentum and decay.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::other_updates),
            },
            Part {
                about: "A step that multiplies by the inverse of K has no cone.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::natural_gradient),
            },
        ],
    },
    Claim {
        id: "C10.3",
        place: "section 10, after Theorem 10.2",
        statement: "The speed of the cone is R nodes a step, whatever the loss and the optimiser.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The support has that speed. A response above a threshold comes no earlier, often later, at a \
                  time that depends on η, the targets and K, or never.",
        brief: "The cone's speed is R, whatever loss and optimiser",
        finding: "That of the support, here at distance 5; a threshold is passed no earlier, often later, or never.",
        notebook: "07_speed_limit",
        cell: "thresholds-check",
        amendment: Some(Amendment {
            fails: "that a response counts as soon as it is not zero",
            edit: "Write \"a support that spreads by R nodes per step\" for \"propagation speed v = R \
                   nodes per step\".",
        }),
        parts: &[
            Part {
                about: "The support.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::support),
            },
            Part {
                about: "A threshold of one millionth.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::thresholds),
            },
        ],
    },
    Claim {
        id: "C10.4",
        place: "section 10 and the abstract",
        statement: "This is a universal speed limit of learning.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It counts steps. With smaller steps and the same training time τ = ηt there are more of them, and in \
                  the limit exp(-τA) has no cone: on an infinite chain its entry at distance d is \
                  (-1)^d exp(-ατ) I_d(2βτ).",
        brief: "A universal speed limit of learning",
        finding: "At a fixed training time small steps have no cone: the entry of exp(-3A) at distance 10.",
        notebook: "07_speed_limit",
        cell: "small-steps-check",
        amendment: Some(Amendment {
            fails: "that the step does not go to zero at a fixed training time",
            edit: "Write \"a limit per step\" for \"a universal speed limit\".",
        }),
        parts: &[Part {
            about: "The cone dissolves when η goes to zero at a fixed time.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::small_steps),
        }],
    },
    Claim {
        id: "C10.5",
        place: "Figure 4",
        statement: "A light cone for R = 1.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The dots are the cone. The filled triangle has its tip at the last step and its base at the first; \
                  it should be the region |i| ≤ t.",
        brief: "Figure 4: a light cone for R = 1",
        finding: "The fill is upside down: sites that respond at step 1, beside those in the fill.",
        notebook: NOTEBOOK,
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the filled region is |i| ≤ t",
            edit: "Turn the filled triangle over.",
        }),
        parts: &[Part {
            about: "How many sites respond, beside how many lie in the fill.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::figure_4_sites),
        }],
    },
    Claim {
        id: "C10.6",
        place: "Figure 5",
        statement: "A soft light cone, with decay outside.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The sizes of the dots are min(1, exp(-(|i| - 1.2 t)/1.5)): the bound itself, of no kernel in \
                  particular. Entries of a power of a kernel with tails, drawn beside their bound, would show data.",
        brief: "Figure 5: a soft light cone",
        finding: "The dots show the bound; the number is an entry of A³, beside the size of its dot.",
        notebook: "10_exponential_tails",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the dots are entries of a kernel's power",
            edit: "Say that the dots show the bound, or draw entries of A^t beside it.",
        }),
        parts: &[Part {
            about: "The size of a dot beside an entry of A³ for the kernel exp(-|i - j|) and targets of 1.5.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::figure_5_sizes),
        }],
    },
];
