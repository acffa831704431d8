//! The exercises of notebook 12.

use super::exercise::{Exercise, Number, Task};
use crate::dataset::paper_split;
use crate::divergence::Loss;
use crate::training::study::{Protocol, SplitPart, Study};
use crate::training::{Baselines, Metric};

pub(super) fn exercises() -> Vec<Exercise> {
    vec![gain(), own_gain(), second_difference()]
}

fn baselines() -> Baselines {
    Baselines::of(&paper_split()).expect("the data of section 17 are in order")
}

/// The printed end of the CNN's validation curve under IS, read off the plot.
const PRINTED_END: f64 = 0.2505;

fn gain() -> Exercise {
    let constant = baselines().constant;
    Exercise {
        id: "12-gain",
        task: Task::Number(Number {
            expected: 1.0 - PRINTED_END / constant.validation.itakura_saito,
            tolerance: 0.02,
            mistakes: vec![
                (
                    1.0 - PRINTED_END / constant.training.itakura_saito,
                    "13 % is what one gets with the constant's loss on the training items; the printed end \
                     is a validation loss",
                ),
                (
                    PRINTED_END / constant.validation.itakura_saito,
                    "that is the ratio; the gain is what is missing to one",
                ),
                (
                    constant.validation.itakura_saito - PRINTED_END,
                    "that is the difference; a gain is a part of the constant's loss",
                ),
            ],
            advice: "divide .2505 by a constant's IS loss on the validation items, 0.2529, and subtract the \
                     result from one",
        }),
    }
}

fn own_gain() -> Exercise {
    let study = Study::stored(Protocol::Printed).expect("the stored study is complete");
    let gain = |loss: Loss, metric: Metric, part: SplitPart| {
        let mean = study.mean("TinyCNN", loss, |record| record.gain(part, metric));
        100.0 * mean.expect("ten seeds differ").mean
    };
    let expected = gain(Loss::ITAKURA_SAITO, Metric::ItakuraSaito, SplitPart::Validation);
    Exercise {
        id: "12-own-gain",
        task: Task::Number(Number {
            expected,
            tolerance: 0.02,
            mistakes: vec![
                (
                    gain(Loss::MeanSquaredError, Metric::MeanSquaredError, SplitPart::Validation),
                    "that is the gain under MSE; look at Loss::ITAKURA_SAITO",
                ),
                (
                    gain(Loss::ITAKURA_SAITO, Metric::ItakuraSaito, SplitPart::Training),
                    "that is the gain on the training items; ask for SplitPart::Validation",
                ),
                (expected / 100.0, "the size is right, but the question is for per cent"),
            ],
            advice: "call printed.mean with Loss::ITAKURA_SAITO and the gain on SplitPart::Validation in \
                     Metric::ItakuraSaito, and multiply by 100",
        }),
    }
}

fn second_difference() -> Exercise {
    Exercise {
        id: "12-roughness",
        task: Task::Number(Number {
            // A second difference of independent noise: weights 1, -2, 1.
            expected: 6.0,
            tolerance: 1e-3,
            mistakes: vec![
                (4.0, "the weights 1, -2, 1 add in squares, not in sizes: 1 + 4 + 1"),
                (2.0, "that is the variance of a first difference"),
                (0.0, "the weights add up to zero, but variances take their squares"),
                (6f64.sqrt(), "that is the standard deviation; the question is for the variance"),
            ],
            advice: "write a - 2b + c; the variance of a sum of independent terms is the sum of theirs",
        }),
    }
}
