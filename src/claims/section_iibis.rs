//! The claims of section IIbis: the renormalisation group. Their ids begin with C15.

mod flow;
mod losses;

use super::{Amendment, Basis, Claim, Part, Verdict};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C15.1",
        place: "section IIbis.2, (1) and (2)",
        statement: "The action is the integral of λ|∇φ|² + V(y, φ), with V = y/φ - log(y/φ) - 1.",
        verdict: Verdict::Holds,
        correct: "A definition, the same as in section 2.",
        brief: "The action is that of section 2",
        finding: "Its definition; here for five points.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The action of five points, by hand and by the crate.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(flow::the_action),
        }],
    },
    Claim {
        id: "C15.2",
        place: "section IIbis.2, (3)",
        statement: "The field rescales as φ_b(x) = b^Δ φ(bx), and the kinetic term fixes Δ = (d-2)/2.",
        verdict: Verdict::Holds,
        correct: "The kinetic term of φ_b is b^(2Δ+2-d) times that of φ, so it stays for Δ = (d-2)/2, \
                  which is -1/2 on a line.",
        brief: "The kinetic term fixes Δ = (d-2)/2",
        finding: "With it the kinetic term keeps its size.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "The kinetic term of a rescaled Gaussian profile, by quadrature.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(flow::the_kinetic_term),
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
        brief: "The IS potential is a mass 1/(2y²)",
        finding: "To second order; the whole action needs λ/b² at scale b.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the coupling λ stays the same at every scale",
            edit: "Add \"to second order; the whole action keeps its form with λ/b²\".",
        }),
        parts: &[
            Part {
                about: "The second derivative of the potential at its minimum.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(flow::the_mass_term),
            },
            Part {
                about: "The whole action at another scale has λ/b².",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(flow::the_whole_action_at_another_scale),
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
        brief: "β(m²) = (2-d) m²",
        finding: "β = 2m² in every dimension; here the exponent.",
        notebook: "11_renormalization",
        cell: "dimensions",
        amendment: Some(Amendment {
            fails: "that the bond keeps its strength",
            edit: "Write β(m²) = 2m², in every dimension.",
        }),
        parts: &[
            Part {
                about: "The exponent of the squared mass in one, two and three dimensions.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::the_exponent_of_the_mass),
            },
            Part {
                about: "The same on lattices, where couplings beyond the neighbours appear.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::the_exponent_on_lattices),
            },
            Part {
                about: "Bond and mass of a chain by themselves, and zooming in.",
                verdict: Verdict::Added,
                basis: Basis::Computed(flow::bond_and_mass_apart),
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
        brief: "On a line m² → 0 under the flow",
        finding: "u' = u(4 + u) grows; here six steps from 0.01.",
        notebook: "11_renormalization",
        cell: "one-step",
        amendment: Some(Amendment {
            fails: "that a positive beta function means decay",
            edit: "Write \"leading to a growing m²\" for \"leading to m² → 0\".",
        }),
        parts: &[
            Part {
                about: "The squared mass over six decimations.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::six_decimations),
            },
            Part {
                about: "Bond, mass, blocks of three and the correlation length in closed form.",
                verdict: Verdict::Added,
                basis: Basis::Computed(flow::decimation_in_closed_form),
            },
            Part {
                about: "The sites that stay keep their covariances.",
                verdict: Verdict::Added,
                basis: Basis::Computed(flow::the_covariances_stay),
            },
            Part {
                about: "The same from samples, at four masses.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::the_measured_flow),
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
        brief: "m² → 0 is the massless theory",
        finding: "It is the fixed point: u = 0 stays 0.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: None,
        parts: &[Part {
            about: "Without a mass nothing flows.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(flow::the_massless_point),
        }],
    },
    Claim {
        id: "C15.7",
        place: "section IIbis.4",
        statement: "The IS loss acts as an attractive fixed point towards large scales.",
        verdict: Verdict::False,
        correct: "A loss is not a fixed point; its quadratic theory flows. It flows away from the massless \
                  point, towards sites that do not know of each other.",
        brief: "IS is an attractive fixed point at large scales",
        finding: "Its mass grows away from 0; here u after 64 sites.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the flow leads to the massless point",
            edit: "Write \"its massless point is a repulsive fixed point\".",
        }),
        parts: &[Part {
            about: "IS at the target 10, seen from 64 times further away.",
            verdict: Verdict::False,
            basis: Basis::Computed(flow::the_flow_of_itakura_saito),
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
        brief: "Figure 6: all masses converge to 0",
        finding: "Its trajectories pass one mass at two rates; m² = m₀² b².",
        notebook: "11_renormalization",
        cell: "both-directions",
        amendment: Some(Amendment {
            fails: "that the printed points solve one flow equation",
            edit: "Draw m₀² b⁻² and call the axis \"towards small scales\".",
        }),
        parts: &[
            Part {
                about: "The printed points are not those of a flow.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::the_printed_points),
            },
            Part {
                about: "The squared mass at log b = 4.",
                verdict: Verdict::False,
                basis: Basis::Computed(flow::the_end_of_the_trajectories),
            },
            Part {
                about: "What does go to zero.",
                verdict: Verdict::Added,
                basis: Basis::Computed(flow::the_other_direction),
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
        brief: "The conformal point explains robust spectra",
        finding: "The flow leads away from that point.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that large scales are massless",
            edit: "Write \"away from a conformally invariant regime\" for \"to a conformally invariant \
                   regime\", and leave the explanation out.",
        }),
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
        brief: "All models reach the class of IS",
        finding: "All flow alike, to independent sites: θ grows by b.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "that the universality class is the loss's own",
            edit: "Write \"shared by every loss with a curvature at its optimum\" for \"determined by \
                   IS\".",
        }),
        parts: &[Part {
            about: "Five losses from far apart, over eight sites and 64.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(flow::one_flow_for_all_losses),
        }],
    },
    Claim {
        id: "C15.11",
        place: "section IIbis.5",
        statement: "The squared error has a fixed mass, whatever the scale of the target, and does not flow.",
        verdict: Verdict::False,
        correct: "Its mass does not depend on the target, but it flows as that of IS does, by u' = u(4 + u). \
                  Only the start differs: h²/(2λ) beside h²/(2λy²).",
        brief: "The squared error does not flow",
        finding: "It does, by the same step; only the start differs.",
        notebook: "11_renormalization",
        cell: "losses",
        amendment: Some(Amendment {
            fails: "that a mass without a target in it does not flow",
            edit: "Write \"starts with a mass that does not depend on the target\", and leave the \
                   rest out.",
        }),
        parts: &[Part {
            about: "Both losses, one decimation.",
            verdict: Verdict::False,
            basis: Basis::Computed(flow::the_squared_error_flows),
        }],
    },
    Claim {
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
              apart; only p = 0 is invariant under scaling. Towards large scales all masses \
              grow alike, by b², so that no loss has a fixed point of its own.",
        brief: "The analysis extends to other divergences",
        finding: "If d(cy, cf) = c^p d(y, f): the curvature goes like y^(p-2).",
        notebook: "11_renormalization",
        cell: "losses",
        amendment: Some(Amendment {
            fails: "that the divergence is homogeneous, and both a Bregman and an f-divergence",
            edit: "Write \"homogeneous divergences\" for \"Bregman divergences\".",
        }),
        parts: &[
            Part {
                about: "The beta family: values, homogeneity, curvature.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(losses::the_beta_family),
            },
            Part {
                about: "Derivatives and the range of convexity of the beta family.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(losses::the_beta_family_in_the_prediction),
            },
            Part {
                about: "f-divergences have p = 1 and the curvature g''(1)/y; only KL is minimised by the mean.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(losses::f_divergences),
            },
            Part {
                about: "The action of a divergence of degree p scales with c^p.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(losses::the_action_scales),
            },
            Part {
                about: "The squared mass grows with the exponent 2 for all: no loss has a fixed point of its own.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(flow::one_eigenvalue_for_all),
            },
        ],
    },
    Claim {
        id: "C15.13",
        place: "section IIbis.6",
        statement: "A flow can be simulated by coarse-graining, to observe it in numbers.",
        verdict: Verdict::Holds,
        correct: "It can, for fields and for data. A chain with a mass of its own at each site stays one, \
                  with positive bonds and masses. The means of b gamma variables of the shape k have the shape \
                  bk, so that IS comes back with b times the weight.",
        brief: "The flow can be simulated",
        finding: "Positive masses stay positive, and gamma data gamma.",
        notebook: "11_renormalization",
        cell: "disorder",
        amendment: None,
        parts: &[
            Part {
                about: "A chain with unequal masses, by its rule and by the Schur complement.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(flow::unequal_masses),
            },
            Part {
                about: "Means of blocks of gamma data, from samples.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(flow::means_of_blocks),
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
        brief: "IS as attractor of minimal complexity",
        finding: "No complexity is defined.",
        notebook: "11_renormalization",
        cell: "cards",
        amendment: Some(Amendment {
            fails: "no complexity is defined",
            edit: "None is needed; it is called a programme.",
        }),
        parts: &[Part {
            about: "The relation to complexity.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason("Neither the circuits nor their complexity are defined."),
        }],
    },
];
