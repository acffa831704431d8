//! The claims of sections 15 and 16: the conclusions.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C16.1",
        place: "section 16, first point",
        statement: "The loss is scale invariant and penalises relative errors.",
        verdict: Verdict::Holds,
        correct: "Exactly: V(cy, cf) = V(y, f).",
        brief: "IS is scale invariant",
        finding: "V(2, 3), the same in every unit.",
        notebook: "10_exponential_tails",
        cell: "conclusions",
        amendment: None,
        parts: &[Part {
            about: "The same value for targets and predictions in any unit.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::scale_invariance),
        }],
    },
    Claim {
        id: "C16.2",
        place: "section 16, second point",
        statement: "A conformal invariance emerges in a limit and makes learning robust and free of scales.",
        verdict: Verdict::False,
        correct: "No conformal regime is reached: the theory of large targets is massive as long as the targets are \
                  finite, and its spectrum is the worse the closer it comes. Of robustness the paper has no measure.",
        brief: "Emergent conformal invariance makes learning robust",
        finding: "The massless limit is the worst conditioned, and no robustness is measured.",
        notebook: "10_exponential_tails",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that a conformal regime is reached; of robustness there is no measure",
            edit: "Write \"Conformal invariance approached for large targets\" for \"Emergent conformal \
                   invariance in a key limit\", and leave the rest out.",
        }),
        parts: &[
            Part {
                about: "The massless limit explains nothing here.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C13.3", "C01.2"]),
            },
            Part {
                about: "Robust and scale-free learning.",
                verdict: Verdict::NotTestable,
                basis: Basis::Reason(
                    "no measure of robustness, and no experiment about scales, is given",
                ),
            },
        ],
    },
    Claim {
        id: "C16.3",
        place: "section 16, third point",
        statement: "The condition of the Hessian is improved.",
        verdict: Verdict::False,
        correct: "Not in general; it is for a kernel with multiplicative sensitivity.",
        brief: "The condition of the Hessian is improved",
        finding: "Not in general: on the paper's chain it gets worse.",
        notebook: "10_exponential_tails",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the kernel scales along with the targets",
            edit: "Add \"behind an exponential output\".",
        }),
        parts: &[Part {
            about: "As stated.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C11.4", "C13.3"]),
        }],
    },
    Claim {
        id: "C16.4",
        place: "sections 15 and 16, fourth point",
        statement: "The Itakura-Saito loss imposes a causal speed limit on learning.",
        verdict: Verdict::False,
        correct: "The limit comes from the range of the kernel and from counting steps. Every loss that acts on \
                  each node by itself has the same one, squared error among them.",
        brief: "IS imposes a causal speed limit",
        finding: "Squared error reaches exactly as far in as many steps.",
        notebook: "10_exponential_tails",
        cell: "conclusions",
        amendment: Some(Amendment {
            fails: "that the limit comes from the loss",
            edit: "Write \"the range of the kernel\" for \"the Itakura-Saito loss\".",
        }),
        parts: &[Part {
            about: "The farthest response after each step, under squared error.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::same_limit),
        }],
    },
];
