//! The claims of section 17 about training and validation.

mod baselines;
pub(super) mod curves;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
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
        brief: "What predictors without input reach",
        finding: "The number is a constant's squared error in training; a network counts beside it.",
        notebook: "12_training",
        cell: "baselines-check",
        amendment: None,
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
    },
    Claim {
        id: "C17.1",
        place: "section 17, training and validation curves",
        statement: "CNN under MSE: the validation curve is unstable and noisy, a sign of fragile \
                    generalisation.",
        verdict: Verdict::False,
        correct: "The printed curve has eight points on a smooth line: down from .1744 to .1709, up to .1757. \
                  With ten other sets of weights on the same data it moves as little, and ends where the printed \
                  one does, one to two per cent below a constant: there is nothing yet that could be \
                  unstable.",
        brief: "CNN under MSE: validation unstable and noisy",
        finding: "The curve is smooth: small second differences over ten seeds.",
        notebook: "12_training",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the printed curve is rough",
            edit: "Write \"is smooth, and ends about where a constant does\" for \"remains unstable and \
                   noisy\".",
        }),
        parts: &[Part {
            about: "The validation curve is unstable and noisy.",
            verdict: Verdict::False,
            basis: Basis::Computed(curves::the_cnn_on_squares_is_smooth),
        }],
    },
    Claim {
        id: "C17.2",
        place: "section 17, training and validation curves",
        statement: "CNN under IS: the validation curve is more regular and stabilises better, a sign of \
                    robustness.",
        verdict: Verdict::False,
        correct: "The printed curve rises from .2445 to .2533 and ends at .2505, above its first value and one \
                  per cent below a constant. Over ten sets of weights on the paper's split the curves under IS are \
                  as rough as those under MSE, and both losses gain the same over a constant: one per cent. \
                  That is a property of this split. With other splits of the same sequences the curve under IS \
                  is the smoother one in 20 of 20 pairs, with fresh data in 19 of 20, each curve in its own \
                  loss (sign tests below 0.001); in one yardstick for both it is in 11 to 13 of 20. What is \
                  smoother is the loss as a yardstick, and not the network.",
        brief: "CNN under IS: validation more regular",
        finding: "On the paper's split as rough; on other splits smoother only in its own loss.",
        notebook: "12_training",
        cell: "smoother",
        amendment: Some(Amendment {
            fails: "that the paper's split shows it",
            edit: "Write \"is as rough as under MSE on this split, and smoother on others\" for \
                   \"is more regular\".",
        }),
        parts: &[
            Part {
                about: "The validation curve is more regular than under MSE, on the paper's split.",
                verdict: Verdict::False,
                basis: Basis::Computed(curves::the_cnn_on_the_divergence_is_no_smoother),
            },
            Part {
                about: "Pairs with other splits or fresh data, in which it is.",
                verdict: Verdict::Added,
                basis: Basis::Computed(curves::smoother_in_its_own_loss_only),
            },
        ],
    },
    Claim {
        id: "C17.3",
        place: "section 17, training and validation curves",
        statement: "ResNet1D under MSE: validation stagnates or rises slightly while training falls, a classic \
                    case of overfitting.",
        verdict: Verdict::False,
        correct: "The printed validation curve falls at every epoch, from .182 to .152. It falls with other \
                  weights too.",
        brief: "ResNet under MSE: validation stagnates or rises",
        finding: "It falls, printed and trained anew: last over first loss.",
        notebook: "12_training",
        cell: "resnet",
        amendment: Some(Amendment {
            fails: "that the printed validation curve rises",
            edit: "Write \"falls at every epoch\" for \"stagnates or even slightly increases\".",
        }),
        parts: &[Part {
            about: "Validation stagnates or rises.",
            verdict: Verdict::False,
            basis: Basis::Computed(curves::the_resnet_on_squares_improves),
        }],
    },
    Claim {
        id: "C17.4",
        place: "section 17, training and validation curves",
        statement: "ResNet1D under IS: training and validation stay parallel and close and fall at the same \
                    rate; the loss regularises.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "Both do fall, validation from .283 to .167. But validation lies below training, which no \
                  regularisation does: on these two parts of the data a constant has an IS loss that is 12 % \
                  smaller in validation. In units of the constant's ratio the network's is about one.",
        brief: "ResNet under IS: training and validation parallel",
        finding: "Both fall; their gap has the sign of a constant's.",
        notebook: "12_training",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that training and validation share a baseline",
            edit: "Leave out \"IS acts here as a built-in regularization\", and draw both curves relative \
                   to a constant.",
        }),
        parts: &[
            Part {
                about: "Validation falls with training.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(curves::the_resnet_on_the_divergence),
            },
            Part {
                about: "The sign of the gap is that of a constant.",
                verdict: Verdict::Added,
                basis: Basis::Computed(curves::a_constant_has_the_same_sign_of_gap),
            },
        ],
    },
    Claim {
        id: "C17.5",
        place: "section 17, training and validation curves",
        statement: "Transformer1D under MSE: validation quickly diverges from training; under IS it stays close \
                    and stable.",
        verdict: Verdict::False,
        correct: "Under MSE the printed validation loss falls from .134 to .0735, 59 % below a constant, with \
                  fluctuations; under IS from .145 to .1205, 52 % below, with fluctuations as well. Other weights \
                  give the same picture.",
        brief: "Transformer under MSE: validation diverges",
        finding: "It falls: last over first loss.",
        notebook: "12_training",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the printed curve under MSE rises",
            edit: "Write \"comes down with fluctuations, under either loss\".",
        }),
        parts: &[
            Part {
                about: "Under MSE validation diverges.",
                verdict: Verdict::False,
                basis: Basis::Computed(curves::the_transformer_on_squares_comes_down),
            },
            Part {
                about: "Under IS it comes down too.",
                verdict: Verdict::Added,
                basis: Basis::Computed(curves::the_transformer_on_the_divergence),
            },
        ],
    },
    Claim {
        id: "C17.13",
        place: "section 17, reproducible notebook",
        statement: "The notebook of the paper contains all that is needed to generate the curves and spectra, and \
                can serve for extensions.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It does print the numbers of Figure 7, and its curves come out again here, with other weights, \
              within what one seed leaves open. It has one seed, eight epochs, single precision on a graphics \
              processor with the precision of its products left unsaid, no predictor to compare with, and later \
              outputs that overwrite the first: enough to repeat, too little to conclude from.",
        brief: "The notebook suffices to reproduce",
        finding: "Its curves come out again within the spread of seeds; one seed decides little.",
        notebook: "12_training",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that one seed without a baseline is enough to conclude from",
            edit: "Write \"to repeat the training/validation curves of one seed\" for \"to generate the \
                   training/validation curves\".",
        }),
        parts: &[
            Part {
                about: "The ends of the six printed curves come out again.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(curves::the_printed_ends_come_out_again),
            },
            Part {
                about: "After eight epochs the seeds scatter more than the losses differ.",
                verdict: Verdict::Added,
                basis: Basis::Computed(curves::one_seed_decides_little),
            },
        ],
    },
];
