//! The claims of section 12: kernels with exponential tails.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

const NOTEBOOK: &str = "10_exponential_tails";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C12.1",
        place: "section 12, first display",
        statement: "If |K_ij| ≤ C₀ exp(-d/ξ₀), then |(A^t)_ij| ≤ C exp(-(d - vt)/ξ).",
        verdict: Verdict::HoldsUnderAssumptions,
        correct: "For every ξ > ξ₀, with C = 1 and v = ξ ln N, where N = w C₀ times the largest sum of \
                  exp(-(1/ξ₀ - 1/ξ) d) over the nodes and w = 1/ymin²: on a chain w C₀ coth((1/ξ₀ - 1/ξ)/2). The \
                  sum must be finite. On a chain, weights that keep the sign of the displacement give the \
                  smaller w C₀ sinh μ₀/(cosh μ₀ - cosh μ), whose exponent is sharp. With ξ = ξ₀ the bound is false \
                  for every C and v.",
        brief: "Tails of K give |(A^t)_ij| ≤ C exp(-(d - vt)/ξ)",
        finding: "For ξ > ξ₀ with C = 1; with ξ = ξ₀ it fails, as this ratio grows without end.",
        notebook: NOTEBOOK,
        cell: "same-rate-check",
        amendment: Some(Amendment {
            fails: "that products of kernels keep the full rate",
            edit: "Add \"for every ξ > ξ₀, with C = 1 and v = ξ ln N\".",
        }),
        parts: &[
            Part {
                about: "With ξ > ξ₀ and the constants written out.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(evidence::constants),
            },
            Part {
                about: "With ξ = ξ₀ no constants do: the rate must be given up a little.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::same_rate),
            },
            Part {
                about: "The best bound beside the exact entry at d = 8t: the difference grows like the logarithm of t.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::sharpness),
            },
        ],
    },
    Claim {
        id: "C12.2",
        place: "section 12, last sentence",
        statement: "Influence is exponentially suppressed outside a cone of the speed v.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "Where the bound is below the trivial one, the t-th power of the largest row sum. If the row sums of |A| \
                  are below one, v is negative for large ξ: everything decays, and nothing travels.",
        brief: "Influence is suppressed outside a cone of speed v",
        finding: "Where row sums are below one, v is negative: all decays, nothing travels.",
        notebook: NOTEBOOK,
        cell: "decay",
        amendment: Some(Amendment {
            fails: "that the bound is below the trivial one, and v positive",
            edit: "Add \"where the bound is below the t-th power of the largest row sum\".",
        }),
        parts: &[Part {
            about: "A kernel whose row sums are one half.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::pure_decay),
        }],
    },
];
