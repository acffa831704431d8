//! The claims of section 5: optimisation and robustness.

mod divergence;
#[cfg(feature = "networks")]
mod networks;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C05.1",
        place: "section 5",
        statement: "The two losses: MSE as half the squared norm of f - y, IS as the sum of \
                    y/f - ln(y/f) - 1.",
        verdict: Verdict::Holds,
        correct: "Both are definitions. In frameworks \"mse loss\" usually means the mean of the \
                  squares without the half, so that its Hessian is 2/n times the one printed here: \
                  learning rates and eigenvalues are comparable only after that factor.",
        brief: "The definitions of MSE and IS",
        finding: "Frameworks average and drop the half: their Hessian is 2/n times this one.",
        notebook: "04_optimization",
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "The losses of five points, as defined.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::two_losses_of_five_points),
            },
            Part {
                about: "A mean without the half differs by 2/n, in its value and its Hessian.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::the_mean_of_frameworks),
            },
        ],
    },
    Claim {
        id: "C05.2",
        place: "section 5",
        statement: "For f = y + e with small e, the IS loss behaves as e²/(2y²).",
        verdict: Verdict::Holds,
        correct: "Locally it does. Away from the optimum it is not symmetric: half of the target costs \
                  1.6 times as much as twice the target.",
        brief: "IS behaves as e²/(2y²) near the target",
        finding: "Curvature 1/y²; further away half the target costs more than twice the target.",
        notebook: "04_optimization",
        cell: "cards",
        amendment: None,
        parts: &[
            Part {
                about: "The curvature at the optimum is 1/y².",
                verdict: Verdict::Holds,
                basis: Basis::Computed(divergence::the_local_expansion),
            },
            Part {
                about: "Predicting too little costs more than predicting too much.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::half_costs_more_than_twice),
            },
        ],
    },
    Claim {
        id: "C05.3",
        place: "section 5",
        statement: "An absolute error costs less at a large target than at a small one: what counts is \
                    the relative error.",
        verdict: Verdict::Holds,
        correct: "Exactly, and at every distance from the optimum: V(cy, cf) = V(y, f) for all c > 0.",
        brief: "Relative errors count, not absolute ones",
        finding: "V(cy, cf) = V(y, f) for every c.",
        notebook: "04_optimization",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The divergence depends on the ratio alone.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(divergence::only_the_ratio_counts),
        }],
    },
    Claim {
        id: "C05.4",
        place: "section 5",
        statement: "The weighting by 1/y² makes descent on IS a form of natural gradient descent.",
        verdict: Verdict::False,
        correct: "IS is the deviance of a gamma variable with shape k and mean f, whose Fisher \
                  information is k/f². To follow the natural gradient is to divide by that \
                  information, and what is left is f - y: the squared error, descended plainly. Plain \
                  descent on IS keeps the factor 1/f². In ψ = ln f the statement becomes true: there the Fisher metric is the constant k, the \
                  Hessian at the optimum is 1 for every target, plain descent is natural gradient \
                  descent, and y → cy moves every iterate by ln c.",
        brief: "Descent on IS is natural gradient descent",
        finding: "The natural gradient is f - y; plain descent follows it only in ln f.",
        notebook: "04_optimization",
        cell: "equivariance-check",
        amendment: Some(Amendment {
            fails: "that descent in the prediction divides by the Fisher information",
            edit: "Add \"in ψ = ln f\".",
        }),
        parts: &[
            Part {
                about: "As stated, for descent in the prediction itself.",
                verdict: Verdict::False,
                basis: Basis::Computed(divergence::plain_descent_is_not_natural),
            },
            Part {
                about: "Behind IS stands the gamma family, with Fisher information k/f².",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::the_gamma_family),
            },
            Part {
                about: "In ψ = ln f plain descent is natural gradient descent.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::descent_in_the_logarithm_is_natural),
            },
            Part {
                about: "The spread of the Gauss-Newton weights over five decades of targets is a matter \
                        of the link as much as of the loss.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::the_link_decides),
            },
            Part {
                about: "Behind softplus IS has the smaller spread if the targets are below about 1.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(divergence::small_targets_behind_softplus),
            },
        ],
    },
    Claim {
        id: "C05.5",
        place: "section 5",
        statement: "The automatic scaling makes training more stable.",
        verdict: Verdict::False,
        correct: "For predictions that are outputs themselves, or are clamped to be positive, it does not: \
                  the gradient (f - y)/f² has no Lipschitz constant, and one step from a prediction \
                  too small can land far beyond the target, where the gradient is too small to come back. \
                  In ψ = ln f the gradient 1 - y e^(-ψ) is below 1; on the other side it still grows \
                  like y e^(-ψ).",
        brief: "The scaling makes training more stable",
        finding: "A step from 0.1 towards the target 1 lands at 45.",
        notebook: "04_optimization",
        cell: "step-check",
        amendment: Some(Amendment {
            fails: "that the gradient has a Lipschitz constant",
            edit: "Write \"bounding the gradient from above, in ψ = ln f,\" for \"improving training \
                   stability\".",
        }),
        parts: &[
            Part {
                about: "Descent in the prediction is stable.",
                verdict: Verdict::False,
                basis: Basis::Computed(divergence::one_step_overshoots),
            },
            Part {
                about: "Descent in the logarithm bounds the gradient on one side.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::the_logarithm_bounds_one_side),
            },
        ],
    },
    Claim {
        id: "C05.6",
        place: "section 5",
        statement: "The advantage shows in particular for heteroscedastic data.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It shows for noise whose standard deviation is proportional to the mean, and its size is \
                  known: for y = θx times noise of mean 1, least squares has the efficiency \
                  (Σx²)²/(n Σx⁴) relative to IS. For additive noise of constant variance IS is the \
                  loser, with n²/(Σx² Σx⁻²). Both losses estimate the conditional mean, and for a \
                  constant mean they are the same estimator. For a network the output head decides too: under \
                  gamma noise over four decades IS leaves the smaller error in the measure of squares if \
                  the output is a logarithm, and the larger one behind a softplus.",
        brief: "It helps with heteroscedastic data",
        finding: "Least squares is less efficient under noise proportional to the mean; under additive noise IS is.",
        notebook: "14_where_it_helps",
        cell: "efficiency",
        amendment: Some(Amendment {
            fails: "that any noise of unequal size will do",
            edit: "Add \"whose standard deviation is proportional to the mean\".",
        }),
        parts: &[
            Part {
                about: "Multiplicative noise: IS is the efficient one.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::multiplicative_noise_favours_the_divergence),
            },
            Part {
                about: "Additive noise of constant variance: least squares is the efficient one.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(divergence::additive_noise_favours_squares),
            },
            Part {
                about: "Both losses are minimised by the mean.",
                verdict: Verdict::Added,
                basis: Basis::Computed(divergence::both_estimate_the_mean),
            },
            #[cfg(feature = "networks")]
            Part {
                about: "A network under gamma noise: which loss leaves the smaller error in the measure of squares \
                        is decided by its output head.",
                verdict: Verdict::Added,
                basis: Basis::Computed(networks::the_head_decides_in_the_measure_of_squares),
            },
        ],
    },
];
