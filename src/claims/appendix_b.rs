//! The claims of appendix B: the minimum, its second variation and its spectrum. Their ids begin with C20.

mod field;
pub(super) mod spectrum;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C20.1",
        place: "appendix B.1-B.2, theorem B.1",
        statement: "A minimum exists; it is locally unique by the strong convexity of V in f near y.",
        verdict: Verdict::Holds,
        correct: "It exists. V is convex in f up to 2y, and a minimum need not be there: it is unique if the \
                  targets differ by at most a factor of two, and isolated wherever the smallest eigenvalue \
                  of its Hessian is positive.",
        brief: "A minimum exists and is locally unique",
        finding: "Unique if the targets differ by at most a factor of two.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the minimum lies where the divergence is convex",
            edit: "Add \"if f < 2y there, or if the targets differ by at most a factor of two\".",
        }),
        parts: &[
            Part {
                about: "Existence.",
                verdict: Verdict::Holds,
                basis: Basis::RestsOn(&["C19.4"]),
            },
            Part {
                about: "Local uniqueness from convexity near y, which takes f < 2y or M ≤ 2m.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(field::convexity_near_the_target),
            },
        ],
    },
    Claim {
        id: "C20.2",
        place: "appendix B.3, theorem B.2",
        statement: "The minimum solves -2λΔf + 1/f - y/f² = 0, and is in C^(2,α) if the target is in C^α.",
        verdict: Verdict::Holds,
        correct: "Both. Since the minimum is bounded away from zero, the right side f'' = (f - y)/(2λf²) is \
                  as smooth as the target. For ellipticity λ > 0 is all it takes.",
        brief: "The minimum is as smooth as (9) allows",
        finding: "C^(2,α) for targets in C^α.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "The equation is that of appendix A.",
                verdict: Verdict::Holds,
                basis: Basis::RestsOn(&["C19.3"]),
            },
            Part {
                about: "A target with a root singularity: the second derivative has the same.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::as_smooth_as_the_target),
            },
        ],
    },
    Claim {
        id: "C20.3",
        place: "appendix B.4, theorem B.3",
        statement: "L = -2λΔ + 1/y² is self-adjoint and positive definite on H¹.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is self-adjoint as an operator on L², with a domain in H²; H¹ is the domain of its \
                  quadratic form. A function with a kink is in H¹, has a finite form, and no image in L².",
        brief: "L is self-adjoint on H¹",
        finding: "On L², with domain in H²: the norm of L on a kink diverges.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that every function in H¹ has an image in L²",
            edit: "Write \"on L², with a domain in H² and the form domain H¹\".",
        }),
        parts: &[Part {
            about: "A kink has a finite form, and an image whose norm diverges on finer grids.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(field::a_kink_has_a_form_and_no_image),
        }],
    },
    Claim {
        id: "C20.4",
        place: "B.4",
        statement: "The spectrum of L lies in [1/M², ∞), with M the largest target.",
        verdict: Verdict::Holds,
        correct: "It does. With free ends the bound is attained if and only if the target is constant; \
                  with fixed ends the lowest eigenvalue is larger by at least 2λ times that of the \
                  Laplacian, which is π² on the unit interval.",
        brief: "The spectrum lies above 1/M²",
        finding: "With free ends only a constant target attains it.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The lower bound, and when it is attained.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(spectrum::the_lower_bound),
        }],
    },
    Claim {
        id: "C20.5",
        place: "appendix B.4, (15) and (16)",
        statement: "With f = y(x) + e the action is ∫ (λ|∇e|² + e²/(2y²)), and the linearised operator is \
                    L = -2λΔ + 1/y².",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "For a target that varies, f = y is not a stationary point: the constant λ∫|∇y|² and the linear \
                  term -2λ∫(Δy) e are missing. What decides on stability is the Hessian at the minimum, \
                  -2λΔ + (2y - f)/f³. Its lowest eigenvalue differs from that of L.",
        brief: "Around f = y the action is quadratic",
        finding: "Where y varies a constant and a linear term are missing.",
        notebook: "02_field_theory",
        cell: "hessian",
        amendment: Some(Amendment {
            fails: "that the target is a stationary point",
            edit: "Add the constant λ∫|∇y|² and the linear term -2λ∫(Δy) e.",
        }),
        parts: &[
            Part {
                about: "The expansion around a target that varies lacks two terms.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::the_target_is_not_stationary),
            },
            Part {
                about: "The lowest eigenvalue at the minimum beside that of L.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::two_lowest_eigenvalues),
            },
        ],
    },
    Claim {
        id: "C20.6",
        place: "B.4",
        statement: "The eigenvalues grow like k to the power 2/d (Weyl).",
        verdict: Verdict::Holds,
        correct: "They do, with the constant 2λ·4π²/(ω|Ω|)^(2/d), ω the volume of the unit ball: 2λπ²k² \
                  on the unit interval. The mean of 1/y² is the next term. On a grid of N points this \
                  holds for k well below N.",
        brief: "Eigenvalues grow like k^(2/d)",
        finding: "On the unit interval like 2λπ²k².",
        notebook: "05_spectrum",
        cell: "weyl-check",
        amendment: None,
        parts: &[
            Part {
                about: "On the interval.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(spectrum::weyl_on_the_interval),
            },
            Part {
                about: "On the square.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(spectrum::weyl_on_the_square),
            },
        ],
    },
    Claim {
        id: "C20.7",
        place: "B.5",
        statement: "Unlike squared error, the Itakura-Saito loss bounds the spectrum from below, by 1/M².",
        verdict: Verdict::False,
        correct: "With the same gradient term squared error gives -2λ d²/dx² + 1, whose spectrum lies above \
                  1. That bound is the larger one whenever M exceeds one, and which of the two is larger \
                  depends on the unit of the target.",
        brief: "Unlike MSE, IS bounds the spectrum below",
        finding: "The squared error has the bound 1.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that squared error has no lower bound",
            edit: "Write \"as for MSE, with 1 in place of 1/M²\" for \"unlike MSE where the spectrum can \
                   be ill-conditioned\".",
        }),
        parts: &[Part {
            about: "Squared error has no such bound.",
            verdict: Verdict::False,
            basis: Basis::Computed(spectrum::squared_error_is_bounded_too),
        }],
    },
    Claim {
        id: "C20.8",
        place: "B.5",
        statement: "The regularity of the minimiser makes for regular optimisation.",
        verdict: Verdict::NotTestable,
        correct: "The minimiser is smooth; what regular optimisation is, the paper does not define.",
        brief: "Regular minimisers, regular optimisation",
        finding: "What the latter is, is not defined.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "regular optimisation is not defined",
            edit: "Define it, or end with the regularity of the minimiser.",
        }),
        parts: &[Part {
            about: "From smooth fields to regular training.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason("No quantity is named that a computation could compare."),
        }],
    },
    Claim {
        id: "C20.9",
        place: "B.5",
        statement: "The spectrum is flattened, which improves conditioning.",
        verdict: Verdict::False,
        correct: "In the paper's own setting the condition number under the Itakura-Saito loss exceeds that \
                  under squared error at every elasticity that is shown.",
        brief: "The flatter spectrum is better conditioned",
        finding: "IS is the worse conditioned at every λ shown.",
        notebook: "05_spectrum",
        cell: "kappa",
        amendment: Some(Amendment {
            fails: "that the condition number is below that of squared error",
            edit: "Write \"which here makes conditioning worse\", and print the condition numbers.",
        }),
        parts: &[Part {
            about: "Conditioning is better than under squared error.",
            verdict: Verdict::False,
            basis: Basis::Computed(spectrum::conditioning_of_the_two_losses),
        }],
    },
    Claim {
        id: "C20.10",
        place: "Figures 8 to 10",
        statement: "How Figures 8 to 10 were made (recovered from the drawings; not in the paper).",
        verdict: Verdict::Added,
        correct: "300 inner points of [0, 1] with the field fixed at the ends, targets 1.25 + 0.75 sin 4πt \
                  with t from 0 to 1 inclusive, λ = 0, 0.001, 0.005 and 0.01, and 50 equal bins between \
                  the smallest and the largest eigenvalue. The axis says density and shows counts.",
        brief: "How Figures 8 to 10 were made",
        finding: "300 inner points, fixed ends, 50 bins of counts.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "Extremes, low eigenvalues and medians.",
                verdict: Verdict::Added,
                basis: Basis::Computed(spectrum::recovered_eigenvalues),
            },
            Part {
                about: "The fifty counts.",
                verdict: Verdict::Added,
                basis: Basis::Computed(spectrum::recovered_counts),
            },
        ],
    },
    Claim {
        id: "C20.11",
        place: "Figure 8",
        statement: "The spectral density under the Itakura-Saito loss for several regularisations.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "What it shows for λ > 0 is 2λ times the Laplacian, up to 8λ/h². The targets enter through \
                  shifts of at most 4, one part in a thousand of the axis.",
        brief: "Figure 8: densities under IS",
        finding: "It shows 2λ times the Laplacian; targets shift by at most 4.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the counts depend on the loss",
            edit: "Call it the spectrum of 2λ times the Laplacian, which the targets shift by at \
                   most 4.",
        }),
        parts: &[Part {
            about: "The Laplacian alone gives nearly the same picture.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(spectrum::the_laplacian_alone),
        }],
    },
    Claim {
        id: "C20.12",
        place: "Figure 9",
        statement: "A comparison of the spectral densities of the two losses.",
        verdict: Verdict::Holds,
        correct: "It is drawn rightly, and can show nothing: all fifty counts are the same for both. No \
                  eigenvalue moves by more than 3 (Weyl), and a bin is 72.5 wide. The difference of the \
                  eigenvalues, rank by rank, is what separates the losses.",
        brief: "Figure 9 compares the losses",
        finding: "All fifty counts agree: a bin is wider than any difference.",
        notebook: "05_spectrum",
        cell: "figure-9-check",
        amendment: None,
        parts: &[Part {
            about: "The counts, and the shifts that they hide.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(spectrum::what_the_bins_hide),
        }],
    },
    Claim {
        id: "C20.13",
        place: "Figure 10",
        statement: "The empirical distribution of the eigenvalues for several regularisations.",
        verdict: Verdict::Holds,
        correct: "It is the empirical distribution function of the same eigenvalues, k/300.",
        brief: "Figure 10: distributions of eigenvalues",
        finding: "As drawn, k/300.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The share of eigenvalues below the median.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(spectrum::the_distribution_function),
        }],
    },
];
