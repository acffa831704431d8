//! The claims of section 6: the spectrum, its mass gap, and the variance theorem.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C06.1",
        place: "section 6, second display",
        statement: "The Hessian of the Itakura-Saito loss is the elliptic operator -Δ + m².",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the Hessian of the action, loss plus gradient term, at a constant target, and \
                  then reads -2λΔ + 1/y². It acts on fields. The Hessian of a network acts on \
                  parameters, where it is J'V''J plus a residual term, without a Laplacian; and the \
                  loss alone couples no two points.",
        brief: "The Hessian is -Δ + m²",
        finding: "That of the action at a constant target; a network's has no Laplacian.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the loss alone contains a Laplacian",
            edit: "Write \"the Hessian of the action, at a constant target, is -2λΔ + 1/y²\".",
        }),
        parts: &[Part {
            about: "At a constant target the Hessian of the action is -2λΔ + 1/y².",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::the_hessian_of_the_action),
        }],
    },
    Claim {
        id: "C06.2",
        place: "section 6, mass gap",
        statement: "The mass keeps the low modes from collapsing and so avoids flat directions.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "With free ends or on a ring the lowest eigenvalue is exactly the mass term, 1/y². But \
                  squared error has the gap 1 in the same place, which is larger whenever the target \
                  exceeds one. The gap is no feature of this loss.",
        brief: "The mass avoids flat directions",
        finding: "The squared error has a gap too, of 1.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that only this loss has a gap",
            edit: "Add \"as squared error does, whose gap is 1\".",
        }),
        parts: &[
            Part {
                about: "The lowest eigenvalue is the mass term.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_gap_is_the_mass),
            },
            Part {
                about: "Squared error has a gap as well, a larger one for targets above one.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::squared_error_has_a_gap),
            },
        ],
    },
    Claim {
        id: "C06.3",
        place: "section 6, eigenmodes and correlation lengths",
        statement: "The correlation length 1/m bounds how far information propagates.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the length over which the static response to a changed target decays. Nothing is \
                  cut off there, and nothing travels: the response is positive at every distance.",
        brief: "The correlation length bounds propagation",
        finding: "A decay length: the response reaches every distance.",
        notebook: "03_propagator",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that a decay length is a limit",
            edit: "Write \"in the static response\" for \"and thus bounding the propagation of \
                   information\".",
        }),
        parts: &[Part {
            about: "A decay length of the static response, and no bound.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::RestsOn(&["C02.6", "C04.9"]),
        }],
    },
    Claim {
        id: "C06.4",
        place: "section 6, conformal limit",
        statement: "As the mass goes to zero the spectrum becomes that of the pure Laplacian.",
        verdict: Verdict::Holds,
        correct: "It does: the mass shifts every eigenvalue by the same amount. The condition number, \
                  however, falls as the mass grows, so this limit is the worst conditioned of all, and \
                  the two arguments of the section contradict each other.",
        brief: "Massless, the spectrum is the Laplacian's",
        finding: "The mass is a shift; without it the condition is worst.",
        notebook: "05_spectrum",
        cell: "mass-check",
        amendment: None,
        parts: &[
            Part {
                about: "The mass is a shift.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_mass_is_a_shift),
            },
            Part {
                about: "The condition number grows as the mass falls.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::conditioning_worsens_as_the_mass_falls),
            },
        ],
    },
    Claim {
        id: "C06.5",
        place: "section 6, conformal limit and conclusion",
        statement: "The operator explains the plateaus and the hierarchy in measured Hessian spectra.",
        verdict: Verdict::False,
        correct: "Its eigenvalues, 2 - 2 cos θ, are smooth in the rank. On a ring each stands twice, on a \
                  chain none does, and nowhere are three alike. What was measured are copies that the \
                  Lanczos recursion makes when it loses orthogonality.",
        brief: "The operator explains measured plateaus",
        finding: "On a chain no two eigenvalues are alike.",
        notebook: "05_spectrum",
        cell: "plateau",
        amendment: Some(Amendment {
            fails: "that the operator has eigenvalues of high multiplicity",
            edit: "Write \"predicts a spectrum without plateaus\" for \"explains the emergence of \
                   plateaus and hierarchies in the eigenvalue spectra\".",
        }),
        parts: &[Part {
            about: "A spectrum of this operator has plateaus.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::no_plateaus),
        }],
    },
    Claim {
        id: "C06.6",
        place: "section 6, conclusion",
        statement: "The structure of the measured spectra is not a numerical artefact.",
        verdict: Verdict::False,
        correct: "It is one: the equal values are copies of converged eigenvalues.",
        brief: "Measured plateaus are no artefact",
        finding: "They are copies that the recursion makes.",
        notebook: "13_hessian_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the vectors of the recursion stayed orthogonal",
            edit: "Leave out \"not\", and name the cause: Lanczos without reorthogonalisation.",
        }),
        parts: &[Part {
            about: "The plateaus are a property of the Hessian.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C06.5", "C17.7"]),
        }],
    },
    Claim {
        id: "C06.7",
        place: "Figure 3",
        statement: "A discrete Laplacian in one dimension, and the same with a mass gap.",
        verdict: Verdict::Holds,
        correct: "A ring of 40 points, 2 - 2 cos(2πk/40) over k = 0 to 39, and the same shifted by 0.6. \
                  With the mass the condition number is 23/3, without it infinite.",
        brief: "Figure 3: a Laplacian, with and without mass",
        finding: "A ring of 40 points, shifted by 0.6.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The drawn values.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::figure_3_as_drawn),
        }],
    },
    Claim {
        id: "C06.8",
        place: "Theorem 6.1",
        statement: "The variance of the spectrum is strictly smaller for conformally invariant models, \
                    which flattens the spectrum and improves conditioning.",
        verdict: Verdict::False,
        correct: "If the diagonal of the Laplacian is constant, the variance of the spectrum is that of \
                  the Laplacian plus that of the masses, exactly. Every constant mass gives the same \
                  variance, zero or not; only masses that differ add to it. Variance says nothing about \
                  conditioning: relative to the mean, the spread is largest without a mass.",
        brief: "Conformal models have less spectral variance",
        finding: "Every constant mass gives the same variance: difference 0.",
        notebook: "05_spectrum",
        cell: "variance",
        amendment: Some(Amendment {
            fails: "that a constant mass changes the variance",
            edit: "Write \"is that of the Laplacian plus that of the masses, if its diagonal is \
                   constant\", and leave the conditioning out.",
        }),
        parts: &[
            Part {
                about: "Without a mass the variance is strictly smaller.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::a_constant_mass_changes_no_variance),
            },
            Part {
                about: "The variance of the masses adds to that of the Laplacian.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_variance_splits),
            },
            Part {
                about: "Less variance means better conditioning.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::variance_says_nothing_of_conditioning),
            },
        ],
    },
];
