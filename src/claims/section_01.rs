//! The claims of the abstract and of section 1.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C01.1",
        place: "abstract and section 2",
        statement: "To minimise the Itakura-Saito loss is to minimise the energy of a scalar field.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The loss compares target and prediction point by point: to second order it is \
              the sum of e²/(2y²) over the points, and no point knows its neighbours. It becomes the \
              energy of a field once an elastic term with λ > 0 is added to it, which is a choice of \
              the modeller. The networks of section 17 are trained without one.",
        brief: "Minimising IS minimises a field's energy",
        finding: "IS alone couples no two points; the gradient term is added by hand.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the loss by itself couples neighbouring points",
            edit: "Write \"the loss plus an elastic term λ|∇f|²\" for \"the loss\".",
        }),
        parts: &[
            Part {
                about: "The loss by itself has no gradient of the field, and couples no two points.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_loss_alone_couples_no_points),
            },
            Part {
                about: "With an elastic term the sum is the action of section 2, and couples neighbours \
                    and nobody else.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_elastic_term_couples_neighbours),
            },
        ],
    },
    Claim {
        id: "C01.2",
        place: "abstract",
        statement: "For large targets the theory becomes conformal, and this improves the conditioning of \
                    the Hessian.",
        verdict: Verdict::False,
        correct: "The massless limit is the worst conditioned: with free ends or on a ring the condition \
                  number diverges, with fixed ends it takes its largest value.",
        brief: "Large targets: conformal, hence better conditioned",
        finding: "From m² = 1 to 0.001 the condition number grows 800-fold.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that conditioning improves as the mass vanishes",
            edit: "Write \"In this limit the Hessian is worst conditioned\" for \"This conformal \
                   invariance improves the conditioning of the Hessian\".",
        }),
        parts: &[Part {
            about: "Conditioning improves towards the massless limit.",
            verdict: Verdict::False,
            basis: Basis::Computed(super::appendix_b::spectrum::the_massless_limit_is_worst),
        }],
    },
    Claim {
        id: "C01.3",
        place: "abstract",
        statement: "Training with the Itakura-Saito loss obeys a universal speed bound.",
        verdict: Verdict::HoldsUnderAssumptions,
        correct: "In discrete steps, if the kernel is banded, and then for every loss that acts on each output by \
                  itself. Networks with shared weights have no banded kernel.",
        brief: "IS training obeys a universal speed bound",
        finding: "The bound comes from a banded kernel and from counting steps; IS has no part in it.",
        notebook: "07_speed_limit",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the kernel of the network is banded",
            edit: "Add \"in discrete steps, for every pointwise loss, if the kernel is banded\".",
        }),
        parts: &[Part {
            about: "A property of the architecture, where it has it.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::RestsOn(&["C10.2", "C09.5"]),
        }],
    },
    Claim {
        id: "C01.4",
        place: "abstract",
        statement: "Its preconditioning accelerates convergence.",
        verdict: Verdict::False,
        correct: "Not in general: on the paper's own chain it cannot. It does exactly where the sensitivity of a \
                  prediction is proportional to its size, as behind a logarithmic link, and in part behind softplus \
                  for targets below about one.",
        brief: "IS preconditioning accelerates convergence",
        finding: "In general the condition number grows; with multiplicative sensitivity it is that of K₀.",
        notebook: "09_conditioning",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the sensitivity of a prediction is proportional to its size",
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
                basis: Basis::Computed(super::section_13::evidence::exact_cancellation),
            },
        ],
    },
    #[cfg(feature = "networks")]
    Claim {
        id: "C01.5",
        place: "abstract",
        statement: "Experiments confirm better conditioning and better generalisation than with MSE.",
        verdict: Verdict::False,
        correct: "The printed results do not support it. Most of what is read off the curves of section 17 is not on \
              them, and the rest is what predictors without input show as well. Over paired seeds that share \
              data, weights and batches, training on IS instead of MSE changes what is gained over a constant \
              by little, in either direction.",
        brief: "Experiments confirm better conditioning and generalisation",
        finding: "Not on the printed curves; over paired seeds the gains hardly differ.",
        notebook: "12_training",
        cell: "effects-check",
        amendment: Some(Amendment {
            fails: "that one seed without a baseline tells two losses apart",
            edit: "Write \"do not yet tell the losses apart\" for \"confirm\".",
        }),
        parts: &[
            Part {
                about: "The printed curves show better generalisation.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C17.0", "C17.1", "C17.2", "C17.3", "C17.5"]),
            },
            Part {
                about: "The effect over paired seeds, in a measure that is common to both.",
                verdict: Verdict::Added,
                basis: Basis::Computed(
                    super::section_17_training::curves::generalisation_over_paired_seeds,
                ),
            },
        ],
    },
];
