//! The claims of section 4: the propagator and the conformal limit.

mod evidence;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C04.1",
        place: "section 4",
        statement: "The propagator is the inverse of the Hessian, and solves the Green equation.",
        verdict: Verdict::Holds,
        correct: "It does. Which operator is called the Hessian changes from section to section, by factors \
                  of 2 and of 2λ; the correlation length √(2λ) y₀ does not change with it.",
        brief: "The propagator inverts the Hessian",
        finding: "LG = δ in every normalisation.",
        notebook: "03_propagator",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "On a lattice the operator makes a delta function of it, in each normalisation.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::the_green_equation),
        }],
    },
    Claim {
        id: "C04.2",
        place: "section 4",
        statement: "With a mass the propagator decays exponentially, over a correlation length 1/m.",
        verdict: Verdict::Holds,
        correct: "On a line it is e^(-mr)/(2m), in the plane K₀(mr)/(2π), in space e^(-mr)/(4πr).",
        brief: "The massive propagator decays over 1/m",
        finding: "On a line G = e^(-mr)/(2m), here at m = 0.7, r = 2.",
        notebook: "03_propagator",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The massive propagator in one, two and three dimensions.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::three_dimensions),
        }],
    },
    Claim {
        id: "C04.3",
        place: "section 4",
        statement: "On a line, (-λ∂² + m²) G = δ with m² = 1/(2y₀²) has the solution \
                    G = y₀/√(2λ) exp(-|x|/(√(2λ) y₀)).",
        verdict: Verdict::Holds,
        correct: "As printed. The slope jumps by -1/λ at the origin, and the area is 1/m² = 2y₀². The \
                  appendix prints the same function beside twice this operator; see C19.6.",
        brief: "G for -λ∂² + 1/(2y₀²) on a line",
        finding: "As printed: G(0) = y₀/√(2λ), with the area 2y₀².",
        notebook: "03_propagator",
        cell: "sum-rule-check",
        amendment: None,
        parts: &[
            Part {
                about: "Values, area and correlation length.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::section_4_as_printed),
            },
            Part {
                about: "The lattice has a closed form with the same sum rule, exactly.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_lattice),
            },
        ],
    },
    Claim {
        id: "C04.4",
        place: "section 4",
        statement: "The conformal limit y₀ → ∞ is reached equivalently by λ → 0.",
        verdict: Verdict::False,
        correct: "λ → 0 is the opposite limit: the correlation length √(2λ) y₀ goes to zero, and the field \
                  follows its target point by point. The mass m² = 1/(2y₀²) does not depend on λ at all, and \
                  the canonical 1/(2λy₀²) goes to infinity. Only λy₀², in units of the squared size of \
                  the domain, counts: it has to be large.",
        brief: "λ → 0 is the same limit as y₀ → ∞",
        finding: "ξ = √(2λ) y₀ shrinks with λ: the opposite limit.",
        notebook: "03_propagator",
        cell: "lambda",
        amendment: Some(Amendment {
            fails: "that a smaller λ lengthens the correlation length",
            edit: "Write λ → ∞ for λ → 0.",
        }),
        parts: &[
            Part {
                about: "The correlation length and the mass for a small λ.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_opposite_limit),
            },
            Part {
                about: "The minimum from λ = 0.0001 to 10000: from its target to its mean.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_minimum_over_eight_decades),
            },
            Part {
                about: "For small λ the field is y + 2λ y² y''.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_first_order_law),
            },
        ],
    },
    Claim {
        id: "C04.5",
        place: "section 4",
        statement: "Without a mass the propagator on a line is a power law, G ~ 1/|x|.",
        verdict: Verdict::False,
        correct: "-G'' = δ has the solution -|x|/2 and a constant. It is the limit of the massive one, \
                  1/(2m) - |x|/2 + O(m), whose constant diverges. In the plane it is -ln r/(2π), and 1/r \
                  belongs to three dimensions.",
        brief: "Massless, on a line, G is 1/|x|",
        finding: "G is -|x|/2: differences double with the distance.",
        notebook: "03_propagator",
        cell: "massless-check",
        amendment: Some(Amendment {
            fails: "that the field lives in three dimensions",
            edit: "Write -|x|/2 for 1/|x|.",
        }),
        parts: &[
            Part {
                about: "The difference of G between two points has a limit, which is linear.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_massless_limit),
            },
            Part {
                about: "The structure function grows linearly, as for Brownian motion.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_structure_function),
            },
        ],
    },
    Claim {
        id: "C04.6",
        place: "section 4",
        statement: "The power law signals conformal symmetry, with correlations over long distances.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "The scaling dimension of a free scalar on a line is -1/2, so that its correlator |x| grows. \
                  1/|x| would need 1/2: a field with a non-local action, whose correlator has the Fourier \
                  transform -2 ln|k| and a constant. What is true: under Möbius maps, with the \
                  weight -1/2, the kinetic term is invariant up to the ends of the interval. A mass breaks it. \
                  The derivative of the field is white noise.",
        brief: "The power law signals conformal symmetry",
        finding: "Δ = -1/2: Möbius maps preserve the kinetic term, and |x| grows.",
        notebook: "03_propagator",
        cell: "massless-check",
        amendment: Some(Amendment {
            fails: "that the correlator falls with the distance",
            edit: "Write \"|x|, with the scaling dimension -1/2\" for the falling power; the \
                   Möbius symmetry of the kinetic term stays.",
        }),
        parts: &[
            Part {
                about: "The exponent of the correlator is +1.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_scaling_dimension),
            },
            Part {
                about: "The kinetic term under a Möbius map.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_moebius_identity),
            },
            Part {
                about: "What 1/|x| would belong to, and what the derivative of the field is.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::what_is_conformal),
            },
        ],
    },
    Claim {
        id: "C04.7",
        place: "section 4, Figure 1",
        statement: "Figure 1 shows the propagator with and without a mass: e^(-mr)/r with m = 0.7, and 1/r.",
        verdict: Verdict::False,
        correct: "These are the propagators of three dimensions, times 4π. On the line of this model G is \
                  finite at the source, and without a mass it is a straight line.",
        brief: "Figure 1 draws the propagator",
        finding: "It draws three dimensions; on a line G(1) = e^(-m)/(2m).",
        notebook: "03_propagator",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the curves are those of a line",
            edit: "Add \"in three dimensions, times 4π\" to the caption.",
        }),
        parts: &[Part {
            about: "The curve at r = 1, and the dimension that it belongs to.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::figure_1),
        }],
    },
    Claim {
        id: "C04.8",
        place: "section 4, Figure 2",
        statement: "Figure 2 shows the same on logarithmic axes: slope -1 without a mass, and a curve \
                    that bends down with one.",
        verdict: Verdict::False,
        correct: "Slope -1 is that of three dimensions. On a line the fall from the source has the slope +1, \
                  and in the plane it is logarithmic. The title above the figure belongs to another one.",
        brief: "Figure 2: slope -1 without a mass",
        finding: "That is three dimensions; on a line it is +1.",
        notebook: "03_propagator",
        cell: "dimensions-check",
        amendment: Some(Amendment {
            fails: "that the curves are those of a line",
            edit: "Add \"in three dimensions\" to the caption, and give the figure its own title.",
        }),
        parts: &[Part {
            about: "The slopes on a line and in space.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::figure_2),
        }],
    },
    Claim {
        id: "C04.9",
        place: "section 4",
        statement: "The propagator describes how a local fluctuation is passed on to other places in the \
                    dynamics of optimisation.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the static response: a target that is disturbed at one place moves the minimum \
                  by e^(-|x|/ξ)/(2ξ), which is positive and has the integral 1. How training gets \
                  there is another operator, e^(-τL).",
        brief: "The propagator carries fluctuations during optimisation",
        finding: "It is the static response e^(-|x|/ξ)/(2ξ), not the dynamics.",
        notebook: "03_propagator",
        cell: "response-check",
        amendment: Some(Amendment {
            fails: "that the inverse of a Hessian is a dynamics",
            edit: "Write \"influences the minimum\" for \"influences the optimization dynamics\".",
        }),
        parts: &[
            Part {
                about: "The response in closed form.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_static_response),
            },
            Part {
                about: "The same by solving for the minimum twice.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_response_of_the_minimum),
            },
        ],
    },
];
