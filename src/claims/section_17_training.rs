//! The claims of section 17 about training and validation.

mod baselines;

use super::{Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[Claim {
    id: "C17.0",
    place: "section 17",
    statement: "What a predictor without input reaches on the data of section 17, which the paper does not \
                show.",
    verdict: Verdict::Added,
    correct: "On the 77 validation items a constant has a squared error 7 % above that on the 435 training \
              items, and an Itakura-Saito loss 12 % below. A curve of section 17 says something about a \
              network only beside these numbers, taken on the same items: \"validation above training\" under \
              one loss and \"validation below training\" under the other need no network at all. Read off \
              the printed plots, the CNN ends within 2 % of a constant, and the Transformer about where the \
              mean of each position stands.",
    notebook: "12_training",
    parts: &[
        Part {
            about: "The best constant and the mean of each position, on both parts of the data.",
            verdict: Verdict::Added,
            basis: Basis::Computed(baselines::the_two_predictors),
        },
        Part {
            about: "The gap between validation and training has a sign of its own in each loss.",
            verdict: Verdict::Added,
            basis: Basis::Computed(baselines::the_gaps_without_a_network),
        },
        Part {
            about: "The ends of the printed curves, as gains over a constant on the same items.",
            verdict: Verdict::Added,
            basis: Basis::Computed(baselines::the_printed_ends),
        },
        Part {
            about: "The targets of section 17.",
            verdict: Verdict::Added,
            basis: Basis::Computed(baselines::the_targets),
        },
    ],
}];
