//! The claims of section IIbis: the renormalisation group. Their ids begin with C15.

mod evidence;

use super::{Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[Claim {
    id: "C15.12",
    place: "section IIbis.6",
    statement: "The analysis should extend to other Bregman divergences, such as KL and χ², and to a \
                classification of their fixed points.",
    verdict: Verdict::HoldsUnderAssumptions,
    correct: "It extends to every homogeneous divergence. If d(cy, cf) = c^p d(y, f), the curvature at \
              f = y is proportional to y^(p-2), and S with elasticity λ obeys \
              S_λ[cf; cy] = c^p S_κ[f; y] with κ = λ c^(2-p). The beta family has p = β: IS, KL and \
              the squared error are β = 0, 1 and 2, and it is convex in f for 1 ≤ β ≤ 2. Every \
              f-divergence y g(f/y) has p = 1; of KL, χ² and Hellinger only KL is also a Bregman \
              divergence. The mass vanishes for large targets whenever p < 2, so this sets nobody \
              apart; only p = 0 is invariant under scaling.",
    brief: "The analysis extends to other divergences",
    finding: "If d(cy, cf) = c^p d(y, f): the curvature goes like y^(p-2).",
    notebook: "11_renormalization",
    parts: &[
        Part {
            about: "The beta family: values, homogeneity, curvature.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(evidence::the_beta_family),
        },
        Part {
            about: "Derivatives and the range of convexity of the beta family.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(evidence::the_beta_family_in_the_prediction),
        },
        Part {
            about: "f-divergences have p = 1 and the curvature g''(1)/y; only KL is minimised by the mean.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(evidence::f_divergences),
        },
        Part {
            about: "The action of a divergence of degree p scales with c^p.",
            verdict: Verdict::HoldsUnderAssumptions,
            basis: Basis::Computed(evidence::the_action_scales),
        },
    ],
}];
