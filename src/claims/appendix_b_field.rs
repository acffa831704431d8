//! The claims of appendix B about the minimum and its second variation. Their ids begin with C20.

mod evidence;

use super::{Basis, Claim, Part, Verdict};

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
        parts: &[
            Part {
                about: "Existence.",
                verdict: Verdict::Holds,
                basis: Basis::RestsOn(&["C19.4"]),
            },
            Part {
                about: "Local uniqueness from convexity near y, which takes f < 2y or M ≤ 2m.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(evidence::convexity_near_the_target),
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
        parts: &[
            Part {
                about: "The equation is that of appendix A.",
                verdict: Verdict::Holds,
                basis: Basis::RestsOn(&["C19.3"]),
            },
            Part {
                about: "A target with a root singularity: the second derivative has the same.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::as_smooth_as_the_target),
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
        parts: &[Part {
            about: "A kink has a finite form, and an image whose norm diverges on finer grids.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::a_kink_has_a_form_and_no_image),
        }],
    },
    Claim {
        id: "C20.5",
        place: "appendix B.4, (15) and (16)",
        statement: "With f = y(x) + e the action is ∫ (λ|∇e|² + e²/(2y²)), and the linearised operator is \
                    L = -2λΔ + 1/y².",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "For a target that varies, f = y is no stationary point: the constant λ∫|∇y|² and the linear \
                  term -2λ∫(Δy) e are missing. What decides on stability is the Hessian at the minimum, \
                  -2λΔ + (2y - f)/f³. Its lowest eigenvalue differs from that of L.",
        brief: "Around f = y the action is quadratic",
        finding: "Where y varies a constant and a linear term are missing.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "The expansion around a target that varies lacks two terms.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_target_is_not_stationary),
            },
            Part {
                about: "The lowest eigenvalue at the minimum beside that of L.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::two_lowest_eigenvalues),
            },
        ],
    },
];
