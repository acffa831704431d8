//! The claims of section 2: from the loss to a field theory.

mod divergence;
mod field;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C02.1",
        place: "section 2, first display",
        statement: "The Itakura-Saito functional is the integral of f/y - ln(f/y) - 1 for a target y \
                and a prediction f.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The rest of the paper uses V(y, f) = y/f - ln(y/f) - 1. The display has the two \
              arguments exchanged, R(y, f) = V(f, y). Up to second order around f = y they cannot be \
              told apart, so that everything linear survives the exchange. Further away they can: V \
              is convex in f up to 2y, and the mean of the targets minimises it; R is convex \
              everywhere, and the harmonic mean minimises it.",
        brief: "IS is printed as f/y - ln(f/y) - 1",
        finding: "V(2, 3) tells it from y/f - ln(y/f) - 1, which the paper uses.",
        notebook: "01_divergence",
        cell: "best-constants",
        amendment: Some(Amendment {
            fails: "that the divergence and its reverse are one function",
            edit: "Exchange y and f in the display.",
        }),
        parts: &[
            Part {
                about: "What is displayed is the reverse of the divergence that the other sections use.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::the_display_is_another_divergence),
            },
            Part {
                about: "Up to second order around the optimum the two are the same.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::both_have_the_same_second_order),
            },
            Part {
                about: "V is convex up to twice the target, R everywhere.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::one_is_convex_further_than_the_other),
            },
        ],
    },
    Claim {
        id: "C02.2",
        place: "section 2",
        statement: "Expanding the Itakura-Saito functional around the target gives the quadratic action \
                    ½ φ(-Δ + m²)φ of a free field.",
        verdict: Verdict::False,
        correct: "The expansion of the functional has the mass term alone; every entry beside the diagonal \
                  of its Hessian is zero. The Laplacian is that of the elastic term λ|∇f|², which is added \
                  by hand. With it, with λ = 1/2 and with a constant target, the second variation is \
                  -Δ + 1/y².",
        brief: "The loss expands into ½ φ(-Δ + m²)φ",
        finding: "Its Hessian is diagonal; the Laplacian comes from λ|∇f|².",
        notebook: "02_field_theory",
        cell: "locality",
        amendment: Some(Amendment {
            fails: "that the expansion of a pointwise loss contains a gradient",
            edit: "Write \"the action with λ = 1/2, at a constant target\" for \"the functional\".",
        }),
        parts: &[
            Part {
                about: "As stated: the functional by itself gives a Laplacian.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::the_loss_has_no_laplacian),
            },
            Part {
                about: "With an elastic term, λ = 1/2, and a constant target.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::half_an_elasticity_gives_the_printed_operator),
            },
        ],
    },
    Claim {
        id: "C02.3",
        place: "section 2",
        statement: "The curvature of the divergence gives the field an effective squared mass 1/y(x)².",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "1/y² is the term beside -2λΔ in the second variation. Divided by 2λ, which is how a mass \
                  is defined, it is m² = 1/(2λy²): only then is 1/m a length. Where the target varies there \
                  is a linear term as well, since the target is no stationary point.",
        brief: "The squared mass is 1/y²",
        finding: "It is 1/(2λy²), so that 1/m is a length.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the factor beside the Laplacian is one",
            edit: "Write m² = 1/(2λy²), for a constant target.",
        }),
        parts: &[
            Part {
                about: "The squared mass by which a response decays is 1/(2λy²).",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::the_canonical_mass),
            },
            Part {
                about: "A target that varies brings a linear term.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::a_linear_term),
            },
        ],
    },
    Claim {
        id: "C02.4",
        place: "section 2",
        statement: "For finite targets the mass sets a characteristic correlation length.",
        verdict: Verdict::Holds,
        correct: "For a constant target it is ξ = √(2λ) y: the length over which a static response falls by \
                  e. It is a length and no speed.",
        brief: "Finite targets set a correlation length",
        finding: "ξ = √(2λ) y, a length and no speed.",
        notebook: "02_field_theory",
        cell: "mass",
        amendment: None,
        parts: &[Part {
            about: "The response to a force at one end falls by e over √(2λ) y.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(field::the_correlation_length),
        }],
    },
    Claim {
        id: "C02.5",
        place: "section 2",
        statement: "For large targets the mass vanishes, the theory becomes conformal, and scale invariance \
                    is recovered.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "Scale invariance is never lost: V(cy, cf) = V(y, f) at every y. What breaks it is the \
                  elastic term, and S_λ[cf; cy] = S_κ[f; y] with κ = λc² says how. A target c times as large \
                  is thus the old one with c² times the elasticity. In the limit the field with free \
                  ends is the constant mean of the target, and all else about the target is forgotten.",
        brief: "Large targets: conformal, scale invariance recovered",
        finding: "V never loses it; scaling targets by c is λ → λc².",
        notebook: "02_field_theory",
        cell: "scaling",
        amendment: Some(Amendment {
            fails: "that scale invariance is lost at finite targets",
            edit: "Write \"where the field is infinitely stiff\" for \"recovering scale invariance\".",
        }),
        parts: &[
            Part {
                about: "A larger target is the same problem with a larger elasticity.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::large_targets_are_stiff_fields),
            },
            Part {
                about: "In the limit the field is the mean of the target.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::the_limit_is_the_mean),
            },
        ],
    },
    Claim {
        id: "C02.6",
        place: "section 2",
        statement: "The identification with a field theory explains the emergence of light-cone-like bounds.",
        verdict: Verdict::False,
        correct: "The field is Euclidean. Its equation is elliptic, and the response to a force is positive at \
                  every distance: it decays, but no cone bounds it. Gradient flow of the action is parabolic, \
                  and reaches every point at once. A cone takes a hyperbolic equation, or updates that are \
                  discrete and strictly local.",
        brief: "The field theory explains light cones",
        finding: "No cell is without response: it decays, but no cone bounds it.",
        notebook: "02_field_theory",
        cell: "mass",
        amendment: Some(Amendment {
            fails: "that an elliptic or a parabolic equation has a cone",
            edit: "Write \"exponentially decaying responses\" for \"light-cone-like bounds\".",
        }),
        parts: &[
            Part {
                about: "The static response vanishes beyond some distance.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::the_response_is_positive_everywhere),
            },
            Part {
                about: "Gradient flow reaches distant points after a delay.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::the_flow_is_positive_everywhere),
            },
        ],
    },
    Claim {
        id: "C02.7",
        place: "section 2",
        statement: "The action is S = ∫ (λ f'² + y/f - ln(y/f) - 1) dx.",
        verdict: Verdict::Holds,
        correct: "A definition, and here with the arguments in the right order.",
        brief: "The action is ∫ λf'² + V(y, f)",
        finding: "A definition.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The action on a grid approaches the integral.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(field::the_sum_approaches_the_integral),
        }],
    },
    Claim {
        id: "C02.8",
        place: "sections 2, 6, 7, 13 and 16",
        statement: "The invariance of the loss under a change of amplitude carries over to conformal \
                    invariance in space.",
        verdict: Verdict::False,
        correct: "Two groups are taken for one. (y, f) → (cy, cf) acts on values and leaves x alone; a dilation \
                  acts on x. Under x → bx the integral of V picks up the volume factor b⁻ᵈ whatever weight the \
                  field has, so that V is never invariant. The massless elastic term is, if the field has the \
                  weight (d - 2)/2, and that owes nothing to Itakura and Saito.",
        brief: "Amplitude invariance becomes conformal invariance",
        finding: "A dilation by b divides ∫V dx by b, here 2.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that a symmetry of the values acts on positions",
            edit: "Name two symmetries: that of amplitudes belongs to the loss, the conformal one \
                   to the massless elastic term.",
        }),
        parts: &[
            Part {
                about: "The integral of V is invariant under dilations.",
                verdict: Verdict::False,
                basis: Basis::Computed(field::dilations_change_the_potential),
            },
            Part {
                about: "A change of amplitude does leave V as it is.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::amplitudes_do_not_matter),
            },
            Part {
                about: "The massless elastic term is invariant under dilations by itself.",
                verdict: Verdict::Added,
                basis: Basis::Computed(field::the_elastic_term_is_dilation_invariant),
            },
        ],
    },
];
