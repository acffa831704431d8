//! The claims of appendix A: from the loss to the action and its propagator. Their ids begin with C19.

mod divergence;
mod field;
mod propagator;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C19.1",
        place: "appendix A.1",
        statement: "IS is the Bregman divergence of -ln; it is convex in the target, and locally \
                    strongly convex in the prediction near f = y.",
        verdict: Verdict::Holds,
        correct: "All of it. The second derivative in y is 1/y². In f it is (2y - f)/f³, positive for \
                  f < 2y and negative beyond, with its minimum -1/(27y²) at f = 3y; but V falls before \
                  f = y and rises after it, so that there is one minimum all the same.",
        brief: "IS is a Bregman divergence, convex in y",
        finding: "Of -ln; in f it is convex up to 2y.",
        notebook: "01_divergence",
        cell: "convexity-check",
        amendment: None,
        parts: &[
            Part {
                about: "The three terms of the Bregman divergence of -ln give IS.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::the_bregman_divergence),
            },
            Part {
                about: "Convex in the target everywhere.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::convex_in_the_target),
            },
            Part {
                about: "Convex in the prediction near the target: precisely, up to f = 2y.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::convex_in_the_prediction_up_to_twice_the_target),
            },
            Part {
                about: "One minimum in the prediction, although not convex everywhere.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::one_minimum),
            },
        ],
    },
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
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "The action is not negative, and zero for a constant target that is met.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_action_is_not_negative),
            },
            Part {
                about: "The barrier, and positivity with a margin.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_barrier),
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
        cell: "minimum",
        amendment: None,
        parts: &[
            Part {
                about: "The strong form is the gradient of the action.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_strong_form),
            },
            Part {
                about: "The weak form vanishes at a minimum for every test function.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_weak_form),
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
        cell: "existence",
        amendment: Some(Amendment {
            fails: "that the divergence grows faster than a logarithm",
            edit: "Replace coercivity by a cut at the extremes of the target, which never raises \
                   the action.",
        }),
        parts: &[
            Part {
                about: "Minima are found, and lie between the bounds.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::minima_lie_between_the_bounds),
            },
            Part {
                about: "The growth on which the printed proof rests is that of a logarithm.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::the_growth_is_logarithmic),
            },
            Part {
                about: "Truncation never raises the action.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::truncation_lowers_the_action),
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
        cell: "rivals-check",
        amendment: Some(Amendment {
            fails: "that the largest target is at most twice the smallest",
            edit: "Add \"if the largest target is at most twice the smallest\".",
        }),
        parts: &[
            Part {
                about: "Unique if the targets differ by at most a factor of two.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::one_minimum_for_mild_targets),
            },
            Part {
                about: "Unique for any target.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::two_minima_for_a_gap),
            },
            Part {
                about: "The two are no effect of the grid, and exchange at an elasticity between.",
                verdict: Verdict::Added,
                basis: Basis::Computed(field::the_two_minima_exchange),
            },
        ],
    },
    Claim {
        id: "C19.6",
        place: "appendices A.5 and A.6",
        statement: "The expansion (11) of the action to second order, with the mass m² = 1/(2y₀²) and the \
                    operator -2λΔ + 1/y₀² (12); on a line its Green function is \
                    y₀/√(2λ) exp(-|x|/ξ).",
        verdict: Verdict::Holds,
        correct: "The expansion holds, and what it leaves out begins with -(2/3) e³/y₀³. The mass belongs to \
                  half the operator. So does the printed Green function: that of (12) is half of it, \
                  y₀/(2√(2λ)) exp(-|x|/ξ), with the area y₀².",
        brief: "Expansion (11), operator (12), its Green function",
        finding: "The mass and the Green function belong to half the operator.",
        notebook: "03_propagator",
        cell: "sum-rule-check",
        amendment: Some(Amendment {
            fails: "that mass and Green function belong to one normalisation",
            edit: "Halve the operator (12): -λΔ + 1/(2y₀²).",
        }),
        parts: &[
            Part {
                about: "The expansion, and the first term it leaves out.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(propagator::the_remainder),
            },
            Part {
                about: "The mass term of the operator (12).",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(propagator::the_mass_term),
            },
            Part {
                about: "The Green function, a factor of two smaller than printed.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(propagator::appendix_formula),
            },
            Part {
                about: "The same on a grid of 2001 points from -10 to 10.",
                verdict: Verdict::Added,
                basis: Basis::Computed(propagator::the_grid),
            },
        ],
    },
    Claim {
        id: "C19.7",
        place: "appendix A.6",
        statement: "λ → 0 also sends m² to zero, and the propagator becomes a power law in a \
                    distributional sense.",
        verdict: Verdict::False,
        correct: "λ → 0 shortens the correlation length, and leaves m² = 1/(2y₀²) where it is. Without a mass \
                  the propagator on a line is linear in the distance.",
        brief: "λ → 0 also sends m² to zero",
        finding: "m² = 1/(2y₀²) does not depend on λ.",
        notebook: "03_propagator",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the mass depends on λ, and a massless correlator falls",
            edit: "Write λ → ∞ for λ → 0, and \"linear in the distance\" for \"a power law\".",
        }),
        parts: &[Part {
            about: "Both halves are statements of section 4.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C04.4", "C04.5"]),
        }],
    },
    Claim {
        id: "C19.8",
        place: "appendix A.7",
        statement: "The first derivative in the prediction is 1/f - y/f² and the second \
                    2y/f³ - 1/f²; at f = y the second is 1/y², which is local strong convexity; in f \
                    the divergence is not convex globally.",
        verdict: Verdict::Holds,
        correct: "As printed. Convexity ends at f = 2y.",
        brief: "The derivatives of V, and its convexity",
        finding: "As printed; convexity ends at f = 2y.",
        notebook: "01_divergence",
        cell: "convexity-check",
        amendment: None,
        parts: &[
            Part {
                about: "The two derivatives at generic points, and at the optimum.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::the_printed_derivatives),
            },
            Part {
                about: "Not convex globally.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::a_point_of_negative_curvature),
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
        cell: "logarithm",
        amendment: Some(Amendment {
            fails: "that e^2ψ stays as it is when ψ varies",
            edit: "Add 2λ e^2ψ |∇ψ|² to the equation.",
        }),
        parts: &[
            Part {
                about: "The action.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_logarithmic_action),
            },
            Part {
                about: "The printed equation.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::the_printed_equation_lacks_a_term),
            },
            Part {
                about: "The linearisation around a constant target.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_linearisation_is_unaffected),
            },
        ],
    },
    Claim {
        id: "C19.10",
        place: "appendix A, conclusion",
        statement: "The mass tends to zero in the conformal limit, consistently with the gain in \
                    conditioning.",
        verdict: Verdict::False,
        correct: "The mass does tend to zero. The condition number then grows.",
        brief: "The mass vanishes, and conditioning gains",
        finding: "It vanishes, and the condition number grows 800-fold.",
        notebook: "05_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that conditioning gains as the mass vanishes",
            edit: "Write \"at the price of the conditioning\" for \"consistent with the robustness and \
                   conditioning properties\".",
        }),
        parts: &[Part {
            about: "A vanishing mass and good conditioning go together.",
            verdict: Verdict::False,
            basis: Basis::Computed(super::appendix_b::spectrum::the_massless_limit_is_worst),
        }],
    },
];
