//! The claims of section 3: the linearised regime.

mod divergence;
mod field;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C03.1",
        place: "section 3",
        statement: "Near a constant target the potential is half the square of the relative deviation, \
                V(y, y + e) ≈ ½ (e/y)².",
        verdict: Verdict::Holds,
        correct: "With u = e/y, V = u²/2 - 2u³/3 + 3u⁴/4 - 4u⁵/5 + ..., for |u| < 1: the first term is the \
              printed one, and the next changes it by the fraction 4u/3.",
        brief: "V(y, y + e) ≈ ½ (e/y)²",
        finding: "The next term changes it by the fraction 4e/(3y).",
        notebook: "01_divergence",
        cell: "series-check",
        amendment: None,
        parts: &[
            Part {
                about: "The leading term is u²/2.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::the_leading_term_is_half_the_square),
            },
            Part {
                about: "The series at a tenth, and what it leaves out.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::the_series_at_a_tenth),
            },
        ],
    },
    Claim {
        id: "C03.2",
        place: "section 3",
        statement: "Around a constant target the action of a small deviation is \
                    ∫ (λ e'² + e²/(2y²)) dx.",
        verdict: Verdict::Holds,
        correct: "For a constant target, as the section assumes. What is left out begins with \
                  -(2/3) ∫ e³/y³ dx.",
        brief: "The linearised action is ∫ λe'² + e²/(2y²)",
        finding: "For constant targets, as printed.",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "The action of a small deviation.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(field::the_quadratic_action),
            },
            Part {
                about: "The first term that is left out.",
                verdict: Verdict::Added,
                basis: Basis::Computed(field::the_cubic_term),
            },
        ],
    },
    Claim {
        id: "C03.3",
        place: "section 3",
        statement: "The squared mass is m² = 1/(2y²).",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the number beside e² in the action, and so belongs to half of the second variation, \
                  -λΔ + 1/(2y²); with that operator section 4 is consistent. In the linearised \
                  Euler-Lagrange equation (12), -2λΔ + 1/y², the term is 1/y²; and the squared mass of \
                  -Δ + m² is 1/(2λy²). The correlation length √(2λ) y is the same in all three.",
        brief: "The squared mass is 1/(2y²)",
        finding: "That is half of the term in (12), 1/y².",
        notebook: "02_field_theory",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that all sections normalise the operator alike",
            edit: "Add \"for the operator -λΔ + m², half the second variation\".",
        }),
        parts: &[
            Part {
                about: "In half the second variation.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::half_the_second_variation),
            },
            Part {
                about: "In equation (12), to which appendix A.5 assigns the same number, it is 1/y².",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(field::the_whole_second_variation),
            },
        ],
    },
];
