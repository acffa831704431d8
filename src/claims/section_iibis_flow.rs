//! The claims of section IIbis about the flow. Those about other losses stand in `section_iibis`.

mod evidence;

use super::{Basis, Claim, Part, Verdict};

pub(super) use evidence::one_eigenvalue_for_all;

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C15.1",
        place: "section IIbis.2, (1) and (2)",
        statement: "The action is the integral of λ|∇φ|² + V(y, φ), with V = y/φ - log(y/φ) - 1.",
        verdict: Verdict::Holds,
        correct: "A definition, the same as in section 2.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "The action of five points, by hand and by the crate.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::the_action),
        }],
    },
    Claim {
        id: "C15.2",
        place: "section IIbis.2, (3)",
        statement: "The field rescales as φ_b(x) = b^Δ φ(bx), and the kinetic term fixes Δ = (d-2)/2.",
        verdict: Verdict::Holds,
        correct: "The kinetic term of φ_b is b^(2Δ+2-d) times that of φ, so it stays for Δ = (d-2)/2, \
                  which is -1/2 on a line.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "The kinetic term of a rescaled Gaussian profile, by quadrature.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::the_kinetic_term),
        }],
    },
    Claim {
        id: "C15.3",
        place: "section IIbis.3, (4) and (5)",
        statement: "Near the optimum the IS potential is a mass term with m² = 1/(2y²).",
        verdict: Verdict::Holds,
        correct: "To second order it is, in the normalisation of half the Hessian. The whole potential keeps \
                  its form only with a coupling of its own: with x = bx', φ' = b^Δ φ and y' = b^Δ y it \
                  becomes b^d V(y'/φ'). Equivalently λ becomes λ/b², at the same y.",
        notebook: "11_renormalization",
        parts: &[
            Part {
                about: "The second derivative of the potential at its minimum.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::the_mass_term),
            },
            Part {
                about: "The whole action at another scale has λ/b².",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(evidence::the_whole_action_at_another_scale),
            },
        ],
    },
    Claim {
        id: "C15.4",
        place: "section IIbis.3, (6) and (7)",
        statement: "The squared mass flows by β(m²) = (2-d) m² and terms of second order.",
        verdict: Verdict::False,
        correct: "β = 2m² in every dimension, without further terms in the continuum. Written in the field of \
                  (3), the action has the squared mass b²m². (Evaluating the old action at φ_b instead \
                  gives m²/b², which is zooming in.) On a line the mass of a site does grow like b, as (7) \
                  would have it, but the bond falls like 1/b.",
        notebook: "11_renormalization",
        parts: &[
            Part {
                about: "The exponent of the squared mass in one, two and three dimensions.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_exponent_of_the_mass),
            },
            Part {
                about: "The same on lattices, where couplings beyond the neighbours appear.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_exponent_on_lattices),
            },
            Part {
                about: "Bond and mass of a chain by themselves, and zooming in.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::bond_and_mass_apart),
            },
        ],
    },
    Claim {
        id: "C15.5",
        place: "section IIbis.4",
        statement: "On a line the linear term is positive, and so m² goes to 0 under the flow.",
        verdict: Verdict::False,
        correct: "A positive beta function is growth. Integrating out every second site of a chain gives \
                  u' = u(4 + u) for u = m²a² exactly; the massless point repels, and the flow ends at \
                  independent sites, f = y. For blocks of b sites u_b = 2 T_b(1 + u/2) - 2 and ξ/a \
                  becomes ξ/(ab), while the covariances of the sites that stay do not change.",
        notebook: "11_renormalization",
        parts: &[
            Part {
                about: "The squared mass over six decimations.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::six_decimations),
            },
            Part {
                about: "Bond, mass, blocks of three and the correlation length in closed form.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::decimation_in_closed_form),
            },
            Part {
                about: "The sites that stay keep their covariances.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_covariances_stay),
            },
            Part {
                about: "The same from samples, at four masses.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_measured_flow),
            },
        ],
    },
    Claim {
        id: "C15.6",
        place: "section IIbis.4",
        statement: "The limit m² → 0 is the conformal, massless theory.",
        verdict: Verdict::Holds,
        correct: "As a definition of the fixed point. What is conformal about it on a line is in C04.5 and \
                  C04.6.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "Without a mass nothing flows.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(evidence::the_massless_point),
        }],
    },
    Claim {
        id: "C15.7",
        place: "section IIbis.4",
        statement: "The IS loss acts as an attractive fixed point towards large scales.",
        verdict: Verdict::False,
        correct: "A loss is no fixed point; its quadratic theory flows. It flows away from the massless \
                  point, towards sites that do not know of each other.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "IS at the target 10, seen from 64 times further away.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::the_flow_of_itakura_saito),
        }],
    },
    Claim {
        id: "C15.8",
        place: "section IIbis, Figure 6",
        statement: "Figure 6 shows trajectories of the flow: from all squared masses at the start they \
                    converge to the fixed point m² = 0.",
        verdict: Verdict::False,
        correct: "Everything does go to zero in the other direction: the squared mass towards small scales, \
                  u' = -2 + √(4 + u), and 1/m² towards large ones. The printed points fall by e^(-1/2) at \
                  unequal distances in log b, so that trajectories pass one mass at different rates, and no \
                  beta function produces them. Towards large scales m² = m₀² b².",
        notebook: "11_renormalization",
        parts: &[
            Part {
                about: "The printed points are not those of a flow.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_printed_points),
            },
            Part {
                about: "The squared mass at log b = 4.",
                verdict: Verdict::False,
                basis: Basis::Computed(evidence::the_end_of_the_trajectories),
            },
            Part {
                about: "What does go to zero.",
                verdict: Verdict::Added,
                basis: Basis::Computed(evidence::the_other_direction),
            },
        ],
    },
    Claim {
        id: "C15.9",
        place: "section IIbis.5",
        statement: "IS leads to a conformal regime by itself, which explains the observed robustness of the \
                    spectrum.",
        verdict: Verdict::False,
        correct: "The flow leads away from the conformal point, which can then explain nothing.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "A conformal regime is reached.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C15.5", "C15.7"]),
        }],
    },
    Claim {
        id: "C15.10",
        place: "section IIbis.5",
        statement: "Different models converge to the same universality class, which IS determines.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "They do, but IS does not determine it. All losses with a curvature at their optimum flow \
                  alike, and the class is that of independent sites.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "Five losses from far apart, over eight sites and 64.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(evidence::one_flow_for_all_losses),
        }],
    },
    Claim {
        id: "C15.11",
        place: "section IIbis.5",
        statement: "The squared error has a fixed mass, whatever the scale of the target, and does not flow.",
        verdict: Verdict::False,
        correct: "Its mass does not depend on the target, but it flows as that of IS does, by u' = u(4 + u). \
                  Only the start differs: h²/(2λ) beside h²/(2λy²).",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "Both losses, one decimation.",
            verdict: Verdict::False,
            basis: Basis::Computed(evidence::the_squared_error_flows),
        }],
    },
    Claim {
        id: "C15.13",
        place: "section IIbis.6",
        statement: "A flow can be simulated by coarse-graining, to observe it in numbers.",
        verdict: Verdict::Holds,
        correct: "It can, for fields and for data. A chain with a mass of its own at each site stays one, \
                  with positive bonds and masses. The means of b gamma variables of the shape k have the shape \
                  bk, so that IS comes back with b times the weight.",
        notebook: "11_renormalization",
        parts: &[
            Part {
                about: "A chain with unequal masses, by its rule and by the Schur complement.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::unequal_masses),
            },
            Part {
                about: "Means of blocks of gamma data, from samples.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(evidence::means_of_blocks),
            },
        ],
    },
    Claim {
        id: "C15.14",
        place: "section IIbis.6",
        statement: "The flow may be related to complexity geometry, with IS as an attractor of circuits of \
                    minimal complexity.",
        verdict: Verdict::NotTestable,
        correct: "A programme, and called one; no complexity is defined.",
        notebook: "11_renormalization",
        parts: &[Part {
            about: "The relation to complexity.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason("Neither the circuits nor their complexity are defined."),
        }],
    },
];
