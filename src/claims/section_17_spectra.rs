//! The claims of section 17 about Hessian spectra and Figure 7.

mod comparison;
mod ghosts;
mod printed;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C17.6",
        place: "section 17, Hessian spectrum",
        statement: "Under MSE the Hessians have a few dominant eigenvalues, then a gap, then a long tail of \
                    small values, some of them negative.",
        verdict: Verdict::Holds,
        correct: "That describes the printed lists well. As a description of spectra it needs two \
                  corrections: the dominant group is in each case one eigenvalue, printed three or four \
                  times, and the tail does not go on downwards from there but is the other end of the \
                  spectrum, its most negative eigenvalues. The ResNet has no gap: four more values stand \
                  between a fifth and four fifths of its first. Whether 0.21751 (CNN) and 43.1208 \
                  (ResNet) are eigenvalues or copies on their way, the lists do not tell.",
        brief: "MSE: few dominant eigenvalues, a gap, a tail",
        finding: "So the lists; each dominant group is one eigenvalue, copied: 17 values left of 20.",
        notebook: "13_hessian_spectrum",
        cell: "certified-resnets",
        amendment: Some(Amendment {
            fails: "that each printed value is an eigenvalue of its own",
            edit: "Merge equal values, say that the negative ones are the other end, and leave the \
                   gap of the ResNet out.",
        }),
        parts: &[
            Part {
                about: "The printed values under MSE.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(printed::a_few_large_values_and_a_tail),
            },
            Part {
                about: "As spectra: once copies are merged, fewer values are left.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(printed::fewer_values_once_copies_are_merged),
            },
        ],
    },
    Claim {
        id: "C17.7",
        place: "section 17, Hessian spectrum",
        statement: "Under IS the spectrum is hierarchical, with successive plateaus, robustly across \
                    architectures; under MSE it is not.",
        verdict: Verdict::False,
        correct: "The same lists show plateaus under MSE: the CNN has four equal values there and three \
                  under IS. In both cases they are copies of one eigenvalue, which the algorithm makes \
                  when it has converged and goes on. They are slightly more frequent where the first \
                  eigenvalue stands further out.",
        brief: "Plateaus under IS and not under MSE",
        finding: "Under MSE the CNN's first value stands four times; all are copies.",
        notebook: "13_hessian_spectrum",
        cell: "rows",
        amendment: Some(Amendment {
            fails: "that plateaus stand under one loss only, and are eigenvalues",
            edit: "Write \"under both losses converged values are repeated\".",
        }),
        parts: &[
            Part {
                about: "Equal values stand in the MSE lists too.",
                verdict: Verdict::False,
                basis: Basis::Computed(printed::plateaus_under_the_squared_error),
            },
            Part {
                about: "They are copies and not eigenvalues.",
                verdict: Verdict::Added,
                basis: Basis::Computed(printed::rows_and_their_forecast),
            },
        ],
    },
    Claim {
        id: "C17.8",
        place: "section 17, Figure 7",
        statement: "How the published algorithm, Lanczos by three terms in 32 bits without \
                    reorthogonalisation, comes to print an eigenvalue several times.",
        verdict: Verdict::Added,
        correct: "In exact arithmetic the tridiagonal matrix has distinct eigenvalues, so that even a \
                  triple eigenvalue of the operator shows up once. In floating point orthogonality is \
                  lost as soon as a Ritz pair has converged, and exactly towards it (Paige); the \
                  recursion starts anew in this direction and finds the eigenvalue again, every \
                  ln(1/ε)/ln ρ steps. More steps give more copies, of the same matrix. \
                  Reorthogonalisation, in 32 bits too, leaves one.",
        brief: "Why one eigenvalue is printed several times",
        finding: "Lost orthogonality restarts the recursion: copies of 10 after 20 steps.",
        notebook: "13_hessian_spectrum",
        cell: "copies-check",
        amendment: None,
        parts: &[
            Part {
                about: "A matrix with the eigenvalue 10 once: how often it stands in the list.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::copies_of_a_simple_eigenvalue),
            },
            Part {
                about: "Loss of orthogonality, with and without reorthogonalisation.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::loss_of_orthogonality),
            },
            Part {
                about: "The pace of the copies, from the gap and the rounding unit.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::the_pace_of_the_copies),
            },
            Part {
                about: "The rows of equal values in the printed lists, and their forecast.",
                verdict: Verdict::Added,
                basis: Basis::Computed(printed::rows_and_their_forecast),
            },
            Part {
                about: "Three ways to be rid of them agree.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::three_ways_to_be_rid_of_them),
            },
            Part {
                about: "The twenty Ritz values of the known matrix, reorthogonalised.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::twenty_ritz_values),
            },
        ],
    },
    Claim {
        id: "C17.9",
        place: "section 17, caption of Figure 7",
        statement: "The twenty values of a panel are the twenty largest eigenvalues.",
        verdict: Verdict::False,
        correct: "Twenty Lanczos steps give twenty Ritz values, spread over the whole spectrum: those at \
                  both ends are near eigenvalues, those between are means of many. The last one \
                  approximates the smallest eigenvalue. The twenty largest take more steps, and a \
                  residual for each.",
        brief: "The twenty values are the largest",
        finding: "They span the spectrum: the twentieth is near its lower end.",
        notebook: "13_hessian_spectrum",
        cell: "top",
        amendment: Some(Amendment {
            fails: "that twenty steps find the twenty largest",
            edit: "Write \"twenty Ritz values\" for \"the top k eigenvalues\".",
        }),
        parts: &[
            Part {
                about: "Twenty Ritz values of a known matrix beside its twenty largest eigenvalues.",
                verdict: Verdict::False,
                basis: Basis::Computed(ghosts::twenty_steps_are_not_the_top_twenty),
            },
            Part {
                about: "With restarts and residuals the twenty largest are found.",
                verdict: Verdict::Added,
                basis: Basis::Computed(ghosts::the_top_twenty_with_certificates),
            },
        ],
    },
    Claim {
        id: "C17.10",
        place: "section 17, Figure 7",
        statement: "The heights of the IS and MSE spectra may be compared.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The two losses measure curvature in different units: at f = y the weight of an output \
                  is 2/n under the mean squared error and 1/(n y²) under IS, so that the heights depend on \
                  the unit of the targets. Ratios may be compared: condition numbers, spectra divided by \
                  their largest value. Behind softplus, with the targets of section 17, the output \
                  weights span a factor of 70 under MSE and 3.6 under IS: at f = y IS is the better \
                  conditioned one here, for the elementary reason of C05.4. At the predictions of a trained \
                  network, which are not yet the targets, its weights make the kernel worse.",
        brief: "Heights of IS and MSE spectra compare",
        finding: "Only ratios do: output weights are 2/n and 1/(n y²).",
        notebook: "13_hessian_spectrum",
        cell: "links-items",
        amendment: Some(Amendment {
            fails: "that both losses measure curvature in one unit",
            edit: "Add \"relative to the largest\".",
        }),
        parts: &[
            Part {
                about: "The weights of one output, and what a change of unit does to them.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(comparison::weights_of_an_output),
            },
            Part {
                about: "The spread of the weights behind softplus over the targets of section 17, at f = y.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(comparison::spread_behind_softplus),
            },
            Part {
                about: "The kernel with own weights for each position, at the predictions of a trained CNN.",
                verdict: Verdict::Added,
                basis: Basis::Computed(comparison::kernels_at_the_predictions),
            },
        ],
    },
    Claim {
        id: "C17.11",
        place: "section 17",
        statement: "MSE follows a flow near an unstable critical point with a few dominant UV modes, IS is a \
                    conformal attractor; the trend is the same in all three architectures.",
        verdict: Verdict::False,
        correct: "Decimation of the chain, the flow of section IIbis, leads away from the massless point by a \
                  factor of four a step, so that it is no attractor, and the plateaus that are to show \
                  one are copies. What UV modes of a network would be is not said.",
        brief: "IS is a conformal attractor, MSE unstable",
        finding: "Two decimations move the squared mass 0.01 further away.",
        notebook: "13_hessian_spectrum",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the flow attracts; UV modes of a network are not defined",
            edit: "Write \"repeller\" for \"attractor\", and leave the modes and the trend out.",
        }),
        parts: &[
            Part {
                about: "The attractor.",
                verdict: Verdict::False,
                basis: Basis::Computed(comparison::away_from_the_massless_point),
            },
            Part {
                about: "The plateaus, in all three architectures.",
                verdict: Verdict::False,
                basis: Basis::RestsOn(&["C17.7"]),
            },
            Part {
                about: "The UV modes of a network.",
                verdict: Verdict::NotTestable,
                basis: Basis::Reason(
                    "No length or momentum is defined on the parameters of a network, so that no mode of \
                     a Hessian can be called ultraviolet or not.",
                ),
            },
        ],
    },
    Claim {
        id: "C17.12",
        place: "Figure 7",
        statement: "The figure shows the spectra of three networks under two losses.",
        verdict: Verdict::Holds,
        correct: "It shows the lists that the published notebook prints: twenty Ritz values for each of \
                  CNN, ResNet and Transformer under MSE and IS. What they say about the spectra is the \
                  matter of C17.6 to C17.9.",
        brief: "Figure 7 shows three networks, two losses",
        finding: "It plots the printed lists, in six panels.",
        notebook: "13_hessian_spectrum",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The printed lists.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(printed::the_lists_of_the_figure),
        }],
    },
];
