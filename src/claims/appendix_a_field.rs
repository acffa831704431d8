//! The claims of appendix A about the action: existence, stationarity, uniqueness, the log variant.

mod evidence;

use super::{Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C19.2",
        place: "appendix A.2",
        statement: "The functional with elasticity, on positive fields; the barrier of V at zero keeps the \
                    field positive at the optimum.",
        verdict: Verdict::Holds,
        correct: "As printed. More is true: the minimum nowhere falls below the smallest target or boundary \
                  value.",
        brief: "V keeps the field positive",
        finding: "No minimum falls below the smallest target.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "The action is not negative, and zero for a constant target that is met.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_action_is_not_negative),
            },
            Part {
                about: "The barrier, and positivity with a margin.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_barrier),
            },
        ],
    },
    Claim {
        id: "C19.3",
        place: "appendix A.3",
        statement: "The Euler-Lagrange equation -2λΔf + 1/f - y/f² = 0 (9), and its weak form (10).",
        verdict: Verdict::Holds,
        correct: "Both. The weak form needs 1/f² to be integrable, which the bounds on the minimum give.",
        brief: "Euler-Lagrange equation (9), weak form (10)",
        finding: "Both, since f is bounded away from zero.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "The strong form is the gradient of the action.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_strong_form),
            },
            Part {
                about: "The weak form vanishes at a minimum for every test function.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_weak_form),
            },
        ],
    },
    Claim {
        id: "C19.4",
        place: "appendix A.4, theorem A.1",
        statement: "A minimum exists, under Neumann and Dirichlet conditions; the idea of the proof is the \
                    direct method with the coercivity of V.",
        verdict: Verdict::Holds,
        correct: "The theorem is true, and its proof wants a repair. For large f the divergence grows like \
                  ln f only, and to fix the mean of the field is to solve another problem. Cutting a field off \
                  at the extremes m and M of the target never raises the action; so one may look between \
                  them, where V is bounded and continuous, and the direct method applies. It follows that \
                  m ≤ f ≤ M, with the boundary value among the extremes where there is one.",
        brief: "A minimum exists, V being coercive",
        finding: "It exists; V grows like a logarithm only, so truncate first.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "Minima are found, and lie between the bounds.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::minima_lie_between_the_bounds),
            },
            Part {
                about: "The growth on which the printed proof rests is that of a logarithm.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_growth_is_logarithmic),
            },
            Part {
                about: "Truncation never raises the action.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::truncation_lowers_the_action),
            },
        ],
    },
    Claim {
        id: "C19.5",
        place: "appendix A.4 and A.7",
        statement: "The minimum is unique and stable around f = y.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "If the largest target is at most twice the smallest, the action is strictly convex between \
                  its bounds, and there is one minimum. Otherwise there may be several: a target of 1 with a \
                  gap of width 0.1, in which it is 0.02, has two strict minima at λ = 0.02. The lower one \
                  bridges the gap with f up to 35 times the target, where V is concave, and is stable thanks to the \
                  elastic term.",
        brief: "The minimum is unique",
        finding: "If M ≤ 2m; a deep gap has two, with these actions.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "Unique if the targets differ by at most a factor of two.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::one_minimum_for_mild_targets),
            },
            Part {
                about: "Unique for any target.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::two_minima_for_a_gap),
            },
            Part {
                about: "The two are no effect of the grid, and exchange at an elasticity between.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_two_minima_exchange),
            },
        ],
    },
    Claim {
        id: "C19.9",
        place: "appendix A.8",
        statement: "With f = e^ψ the action is ∫ (λ e^2ψ |∇ψ|² + y e^-ψ - ln y + ψ - 1), its \
                    Euler-Lagrange equation -2λ∇·(e^2ψ ∇ψ) + 1 - y e^-ψ = 0, and the linearisation that \
                    of (12).",
        verdict: Verdict::Holds,
        correct: "The action is right. Its variation has one term more, 2λ e^2ψ |∇ψ|², since e^2ψ depends on ψ \
                  as well: -2λ e^2ψ (Δψ + |∇ψ|²) + 1 - y e^-ψ = 0, which is f times (9). The missing term is \
                  of second order, so that the linearisation is right again.",
        brief: "The action in ψ = ln f and its equation",
        finding: "The equation lacks 2λ e^2ψ |∇ψ|²; the rest is right.",
        notebook: "02_field_theory",
        parts: &[
            Part {
                about: "The action.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_logarithmic_action),
            },
            Part {
                about: "The printed equation.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_printed_equation_lacks_a_term),
            },
            Part {
                about: "The linearisation around a constant target.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_linearisation_is_unaffected),
            },
        ],
    },
];
