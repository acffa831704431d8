//! The claims of section 11: stability, rate, and what the weights do to the conditioning.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

const NOTEBOOK: &str = "09_conditioning";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C11.1",
        place: "Lemma 11.1, first sentence",
        statement: "The dynamics are stable for 0 < η < 2/λmax(A).",
        verdict: Verdict::Holds,
        correct: "A is similar to a positive semidefinite matrix, so that all its eigenvalues are real and none \
                  is negative. Modes that K maps to zero do not decay: they are neutral.",
        brief: "Stable for 0 < η < 2/λmax(A)",
        finding: "The limit for targets from 0.5 to 2, and what happens on either side of it.",
        notebook: NOTEBOOK,
        cell: "rate-check",
        amendment: None,
        parts: &[Part {
            about: "Just below and just above the limit, and a neutral mode.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::stability),
        }],
    },
    Claim {
        id: "C11.2",
        place: "Lemma 11.1, second sentence",
        statement: "The rate of convergence is then set by the smallest positive eigenvalue of A.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "By the larger of |1 - ηλmin| and |1 - ηλmax|. The first is the larger one up to \
                  η = 2/(λmin + λmax) only, where the rate is best: (κ - 1)/(κ + 1).",
        brief: "The smallest eigenvalue sets the rate",
        finding: "The larger of two factors does; at η = 1.9/λmax it is the other one.",
        notebook: NOTEBOOK,
        cell: "rate-check",
        amendment: Some(Amendment {
            fails: "that η is at most 2/(λmin + λmax)",
            edit: "Add \"for η up to 2/(λmin + λmax)\".",
        }),
        parts: &[Part {
            about: "The rate at η = 1.9/λmax, and the best one.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::rate),
        }],
    },
    Claim {
        id: "C11.3",
        place: "section 11, left out",
        statement: "Stable errors may grow at first.",
        verdict: Verdict::Added,
        correct: "A is not normal, and the norm of (I - ηA)^t can exceed one, by up to ymax/ymin. What never \
                  grows is the norm of W^(1/2) e.",
        brief: "Stable errors may grow at first",
        finding: "The plain norm grows to 1.33 at η = 1/λmax; the weighted one never.",
        notebook: NOTEBOOK,
        cell: "transient-check",
        amendment: None,
        parts: &[Part {
            about: "Two nodes with targets 1 and 10.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::transient_growth),
        }],
    },
    Claim {
        id: "C11.4",
        place: "section 11, last paragraph",
        statement: "The weights flatten the spectrum of A and reduce its condition number compared with W = I.",
        verdict: Verdict::False,
        correct: "They can do either, within bounds: κ(K)/r ≤ κ(A) ≤ r κ(K) with r = (ymax/ymin)². If K has a \
                  constant diagonal then κ(A) ≥ r. If moreover its nodes fall into two classes that only couple \
                  with each other, as for every tridiagonal K, no targets whatever make κ(A) smaller than κ(K) \
                  (Forsythe and Straus): the paper's own example is such a kernel.",
        brief: "W flattens the spectrum and reduces κ",
        finding: "On the paper's chain no targets reduce κ; constant ones leave it, all others raise it.",
        notebook: NOTEBOOK,
        cell: "table",
        amendment: Some(Amendment {
            fails: "that the kernel scales along with the targets",
            edit: "Add \"if K = Y K₀ Y, as behind an exponential output\".",
        }),
        parts: &[
            Part {
                about: "The condition number of section 14's kernel for seven families of targets.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::condition_numbers),
            },
            Part {
                about: "The spectrum and the largest stable rate for the same.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::spectra),
            },
            Part {
                about: "The bounds of Ostrowski, of a constant diagonal, of Forsythe and Straus, of van der Sluis.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::bounds),
            },
        ],
    },
    Claim {
        id: "C11.5",
        place: "section 11, last paragraph",
        statement: "Hence convergence is faster.",
        verdict: Verdict::False,
        correct: "The best rate depends on κ alone, and κ is larger. The scale of the targets only changes the unit \
                  of η.",
        brief: "Hence faster convergence",
        finding: "The best factor of a step, for targets from 0.5 to 2, is nearer to one.",
        notebook: NOTEBOOK,
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the condition number falls",
            edit: "Add the same condition, K = Y K₀ Y.",
        }),
        parts: &[Part {
            about: "The best factor of a step, with weights and without.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::best_factors),
        }],
    },
    Claim {
        id: "C11.6",
        place: "section 11, last paragraph",
        statement: "And more robust to the scale of the targets.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "With a fixed K, targets that are c times larger mean a rate that is c² times smaller, and nothing \
                  else. Scales that vary within the data do harm here. Exact equivariance needs the logarithmic \
                  link, where K scales along.",
        brief: "More robust to the scale of the targets",
        finding: "A common factor is a unit of η; scales that vary raise κ.",
        notebook: NOTEBOOK,
        cell: "units",
        amendment: Some(Amendment {
            fails: "that the kernel scales along with the targets",
            edit: "Add \"behind a logarithmic link\".",
        }),
        parts: &[Part {
            about: "Targets in another unit.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::units),
        }],
    },
    Claim {
        id: "C11.7",
        place: "section 11, last sentence",
        statement: "The speed of propagation is not altered by the weights.",
        verdict: Verdict::Holds,
        correct: "That of the support.",
        brief: "The weights leave the speed unaltered",
        finding: "No distance responds at another step.",
        notebook: "10_exponential_tails",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The first response at each distance, with weights and without.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::same_support),
        }],
    },
    Claim {
        id: "C11.8",
        place: "section 11, left out",
        statement: "For a network K must be the kernel of the predictions, link included.",
        verdict: Verdict::Added,
        correct: "K = D K₀ D with D the slopes of the link, so that the link decides what the weights meet: behind \
                  the exponential they take the targets out, behind the identity they do not.",
        brief: "K must include the link",
        finding: "Behind the exponential the weights take the targets out: κ is that of K₀.",
        notebook: NOTEBOOK,
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The condition behind two links, at f = y.",
            verdict: Verdict::Added,
            basis: Basis::Computed(evidence::behind_a_link),
        }],
    },
    Claim {
        id: "C11.9",
        place: "section 11, left out",
        statement: "If K = Y K₀ Y, the weights remove the scale of the targets exactly.",
        verdict: Verdict::Added,
        correct: "Then W^(1/2) K W^(1/2) = K₀: the condition number under Itakura-Saito is that of K₀, while \
                  squared error sees that of Y K₀ Y. This is the case in which the section's conclusion holds.",
        brief: "If K = Y K₀ Y, IS removes the scale exactly",
        finding: "Squared error sees the first number, Itakura-Saito κ(K₀) = 8.95.",
        notebook: NOTEBOOK,
        cell: "win",
        amendment: None,
        parts: &[
            Part {
                about: "Section 14's kernel with multiplicative sensitivity, four families of targets.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::multiplicative),
            },
            Part {
                about: "A kernel that grows linearly, with targets that grow like a power p.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::sweep),
            },
        ],
    },
];
