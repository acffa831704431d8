//! The claims of section 6: the spectrum, its mass gap, and the variance theorem.

use super::{Basis, Claim, Evidence, Part, Tolerance, Verdict};
use crate::Result;
use crate::grid::{Boundary, Grid};
use crate::spectrum::{
    ConditioningByMass, LossComparison, Spectrum, VarianceSplit, appendix_target, laplacian,
    massive_laplacian,
};

const NOTEBOOK: &str = "05_spectrum";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C06.1",
        place: "section 6, second display",
        statement: "The Hessian of the Itakura-Saito loss is the elliptic operator -Δ + m².",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the Hessian of the action, loss plus gradient term, at a constant target, and \
                  then reads -2λΔ + 1/y². It acts on fields. The Hessian of a network acts on \
                  parameters, where it is J'V''J plus a residual term, without a Laplacian; and the \
                  loss alone couples no two points.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "At a constant target the Hessian of the action is -2λΔ + 1/y².",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(the_hessian_of_the_action),
        }],
    },
    Claim {
        id: "C06.2",
        place: "section 6, mass gap",
        statement: "The mass keeps the low modes from collapsing and so avoids flat directions.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "With free ends or on a ring the lowest eigenvalue is exactly the mass term, 1/y². But \
                  squared error has the gap 1 in the same place, which is larger whenever the target \
                  exceeds one. The gap is no feature of this loss.",
        notebook: NOTEBOOK,
        parts: &[
            Part {
                about: "The lowest eigenvalue is the mass term.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(the_gap_is_the_mass),
            },
            Part {
                about: "Squared error has a gap as well, a larger one for targets above one.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(squared_error_has_a_gap),
            },
        ],
    },
    Claim {
        id: "C06.3",
        place: "section 6, eigenmodes and correlation lengths",
        statement: "The correlation length 1/m bounds how far information propagates.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "It is the length over which the static response to a changed target decays. Nothing is \
                  cut off there, and nothing travels: the response is positive at every distance.",
        notebook: "03_propagator",
        parts: &[Part {
            about: "A decay length of the static response, and no bound.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::RestsOn(&["C02.6", "C04.9"]),
        }],
    },
    Claim {
        id: "C06.4",
        place: "section 6, conformal limit",
        statement: "As the mass goes to zero the spectrum becomes that of the pure Laplacian.",
        verdict: Verdict::Holds,
        correct: "It does: the mass shifts every eigenvalue by the same amount. The condition number, \
                  however, falls as the mass grows, so this limit is the worst conditioned of all, and \
                  the two arguments of the section contradict each other.",
        notebook: NOTEBOOK,
        parts: &[
            Part {
                about: "The mass is a shift.",
                verdict: Verdict::Holds,
                basis: Basis::Computed(the_mass_is_a_shift),
            },
            Part {
                about: "The condition number grows as the mass falls.",
                verdict: Verdict::Added,
                basis: Basis::Computed(conditioning_worsens_as_the_mass_falls),
            },
        ],
    },
    Claim {
        id: "C06.5",
        place: "section 6, conformal limit and conclusion",
        statement: "The operator explains the plateaus and the hierarchy in measured Hessian spectra.",
        verdict: Verdict::False,
        correct: "Its eigenvalues, 2 - 2 cos θ, are smooth in the rank. On a ring each stands twice, on a \
                  chain none does, and nowhere are three alike. What was measured are copies that the \
                  Lanczos recursion makes when it loses orthogonality.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "A spectrum of this operator has plateaus.",
            verdict: Verdict::False,
            basis: Basis::Computed(no_plateaus),
        }],
    },
    Claim {
        id: "C06.6",
        place: "section 6, conclusion",
        statement: "The structure of the measured spectra is not a numerical artefact.",
        verdict: Verdict::False,
        correct: "It is one: the equal values are copies of converged eigenvalues.",
        notebook: "13_hessian_spectrum",
        parts: &[Part {
            about: "The plateaus are a property of the Hessian.",
            verdict: Verdict::False,
            basis: Basis::RestsOn(&["C06.5", "C17.7"]),
        }],
    },
    Claim {
        id: "C06.7",
        place: "Figure 3",
        statement: "A discrete Laplacian in one dimension, and the same with a mass gap.",
        verdict: Verdict::Holds,
        correct: "A ring of 40 points, 2 - 2 cos(2πk/40) over k = 0 to 39, and the same shifted by 0.6. \
                  With the mass the condition number is 23/3, without it infinite.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "The drawn values.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(figure_3_as_drawn),
        }],
    },
    Claim {
        id: "C06.8",
        place: "Theorem 6.1",
        statement: "The variance of the spectrum is strictly smaller for conformally invariant models, \
                    which flattens the spectrum and improves conditioning.",
        verdict: Verdict::False,
        correct: "If the diagonal of the Laplacian is constant, the variance of the spectrum is that of \
                  the Laplacian plus that of the masses, exactly. Every constant mass gives the same \
                  variance, zero or not; only masses that differ add to it. Variance says nothing about \
                  conditioning: relative to the mean, the spread is largest without a mass.",
        notebook: NOTEBOOK,
        parts: &[
            Part {
                about: "Without a mass the variance is strictly smaller.",
                verdict: Verdict::False,
                basis: Basis::Computed(a_constant_mass_changes_no_variance),
            },
            Part {
                about: "The variance of the masses adds to that of the Laplacian.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(the_variance_splits),
            },
            Part {
                about: "Less variance means better conditioning.",
                verdict: Verdict::False,
                basis: Basis::Computed(variance_says_nothing_of_conditioning),
            },
        ],
    },
];

/// Eigenvalues of symmetric matrices whose norm is a few units.
const OF_UNIT_NORM: Tolerance = Tolerance::absolute(
    1e-11,
    "an eigenvalue rounds relative to the norm of its matrix, about four",
);

fn lattice(nodes: usize, boundary: Boundary) -> Result<Grid> {
    Grid::lattice(nodes, boundary)
}

fn the_hessian_of_the_action() -> Result<Vec<Evidence>> {
    use crate::divergence::PositiveArray;
    use crate::field::Action;
    let (nodes, target, elasticity) = (20, 2.0, 0.01);
    let constant = PositiveArray::constant(&[nodes], target)?;
    let action = Action::neumann(constant, elasticity)?;
    let hessian = Spectrum::of(&action.hessian(action.target())?);
    let alone = laplacian(&Grid::finite_volume(nodes)?);
    let gap = |(found, laplacian): (&f64, &f64)| {
        (found - 2.0 * elasticity * laplacian - target.powi(-2)).abs()
    };
    let worst = hessian.eigenvalues().iter().zip(alone.eigenvalues()).map(gap).fold(0.0, f64::max);
    Ok(vec![
        Evidence::new(
            "largest difference from 2λμ + 1/y² over 20 modes, λ = 0.01, y = 2",
            worst,
            0.0,
        )
        .within(OF_UNIT_NORM),
        Evidence::new("its lowest eigenvalue, 1/y²", hessian.smallest(), 0.25).within(OF_UNIT_NORM),
    ])
}

fn the_gap_is_the_mass() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (boundary, words) in [(Boundary::Neumann, "free ends"), (Boundary::Periodic, "a ring")] {
        let spectrum = massive_laplacian(&lattice(50, boundary)?, &[0.6; 50])?;
        let label = format!("lowest eigenvalue of 50 points with {words} and m² = 0.6");
        evidence.push(Evidence::new(&label, spectrum.smallest(), 0.6).within(OF_UNIT_NORM));
    }
    Ok(evidence)
}

fn squared_error_has_a_gap() -> Result<Vec<Evidence>> {
    use crate::divergence::{Divergence, PositiveArray};
    use crate::field::Action;
    let constant = PositiveArray::constant(&[50], 2.0)?;
    let of_loss = Action::neumann(constant, 0.01)?;
    let of_squares = of_loss.clone().with_divergence(Divergence::SQUARED_ERROR);
    let smallest = |action: &Action| Ok(Spectrum::of(&action.linearised()?).smallest());
    Ok(vec![
        Evidence::new("gap under Itakura-Saito, y = 2", smallest(&of_loss)?, 0.25)
            .within(WITH_ELASTICITY),
        Evidence::new("gap under squared error, y = 2", smallest(&of_squares)?, 1.0)
            .within(WITH_ELASTICITY)
            .contradicting(0.0, 0.5),
    ])
}

const WITH_ELASTICITY: Tolerance =
    Tolerance::absolute(1e-9, "an eigenvalue rounds relative to the norm, 8λ/h² = 200 here");

fn the_mass_is_a_shift() -> Result<Vec<Evidence>> {
    let grid = lattice(50, Boundary::Neumann)?;
    let (with, without) = (massive_laplacian(&grid, &[1e-3; 50])?, laplacian(&grid));
    let shifts = with.excess_over(&without)?;
    let furthest = shifts.iter().fold(0.0, |far: f64, shift| far.max((shift - 1e-3).abs()));
    Ok(vec![
        Evidence::new("largest departure from a shift by m² = 0.001 over 50 modes", furthest, 0.0)
            .within(OF_UNIT_NORM),
    ])
}

fn conditioning_worsens_as_the_mass_falls() -> Result<Vec<Evidence>> {
    let references = [
        (1.0, 4.996053456856544),
        (0.1, 40.96053456856559),
        (0.01, 400.6053456856468),
        (0.001, 3997.05345685513),
    ];
    let conditioning = ConditioningByMass::new(50, &references.map(|(mass, _)| mass))?;
    let evidence = references.iter().zip(&conditioning.free).map(|((mass, expected), observed)| {
        Evidence::new(&format!("condition number at m² = {mass}"), *observed, *expected)
    });
    Ok(evidence.collect())
}

fn no_plateaus() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (boundary, words, longest) in [
        (Boundary::Neumann, "free ends", 1.0),
        (Boundary::Dirichlet, "fixed ends", 1.0),
        (Boundary::Periodic, "a ring", 2.0),
    ] {
        let spectrum = laplacian(&lattice(40, boundary)?);
        let most = (1..=40).take_while(|&count| spectrum.alike(count, 1e-12) > 0).count();
        let label = format!("most eigenvalues that are alike, 40 points with {words}");
        // The printed lists have groups of three and four.
        evidence.push(Evidence::exact(&label, most as f64, longest).contradicting(4.0, 1.0));
    }
    Ok(evidence)
}

fn figure_3_as_drawn() -> Result<Vec<Evidence>> {
    let grid = lattice(40, Boundary::Periodic)?;
    let (massless, massive) = (laplacian(&grid), massive_laplacian(&grid, &[0.6; 40])?);
    // The figure runs over k; sorted, modes k and 40 - k stand side by side.
    let mode = |k: usize| massive.eigenvalues()[2 * k - 1];
    Ok(vec![
        Evidence::new("smallest value with the mass", massive.smallest(), 0.6).within(OF_UNIT_NORM),
        Evidence::new("largest value with the mass", massive.largest(), 4.6).within(OF_UNIT_NORM),
        Evidence::new("value at k = 1", mode(1), 0.6246233188097).within(OF_UNIT_NORM),
        Evidence::new("value at k = 7", mode(7), 1.6920190005209).within(OF_UNIT_NORM),
        Evidence::new("condition number with the mass", massive.condition_number()?, 23.0 / 3.0),
        Evidence::exact("smallest value without it", massless.smallest(), 0.0),
    ])
}

/// No mass, one mass, and masses from 0 to 1, on 50 points with fixed ends.
fn three_splits() -> Result<[VarianceSplit; 3]> {
    let ramp: Vec<f64> = (0..50).map(|index| f64::from(index) / 49.0).collect();
    Ok([
        VarianceSplit::on_lattice(&[0.0; 50])?,
        VarianceSplit::on_lattice(&[0.6; 50])?,
        VarianceSplit::on_lattice(&ramp)?,
    ])
}

fn a_constant_mass_changes_no_variance() -> Result<Vec<Evidence>> {
    let [without, with, _] = three_splits()?;
    Ok(vec![
        Evidence::new("variance without a mass", without.whole, 1.96),
        Evidence::new("variance with m² = 0.6", with.whole, 1.96),
        // Strictly smaller means at least something; the two differ by rounding.
        Evidence::new("difference of the two", with.whole - without.whole, 0.0)
            .within(Tolerance::absolute(1e-12, "the rounding of two sums of fifty squares"))
            .contradicting(with.whole, 1.0),
    ])
}

fn the_variance_splits() -> Result<Vec<Evidence>> {
    let [.., ramp] = three_splits()?;
    let comparison = LossComparison::new(appendix_target(300)?, 5e-3)?;
    let whole = comparison.itakura_saito.variance();
    let elastic = comparison.elastic_part()?.variance();
    let masses: Vec<f64> = appendix_target(300)?.iter().map(|y| y.get().powi(-2)).collect();
    let of_masses = Spectrum::new(masses)?.variance();
    let spacing: f64 = 1.0 / 301.0;
    let closed_form = 2.0 * (2.0 * 5e-3 / spacing.powi(2)).powi(2) * 299.0 / 300.0;
    Ok(vec![
        Evidence::new("variance with masses from 0 to 1", ramp.whole, 2.046734693877551),
        Evidence::new("its parts together", ramp.of_laplacian + ramp.of_masses, ramp.whole),
        Evidence::new("variance of appendix B's operator at λ = 0.005", whole, 1636237.3211303235),
        Evidence::new("variance of its elastic part", elastic, 1636235.8793993325),
        Evidence::new("the elastic part in closed form", closed_form, 1636235.8793993325),
        Evidence::new("variance of 1/y²", of_masses, 1.441730990555556),
    ])
}

fn variance_says_nothing_of_conditioning() -> Result<Vec<Evidence>> {
    let [without, with, ramp] = three_splits()?;
    let spread = |split: &VarianceSplit| split.spectrum.relative_spread();
    let condition = |split: &VarianceSplit| split.spectrum.condition_number();
    Ok(vec![
        Evidence::new("condition number without a mass", condition(&without)?, 1053.478991200)
            .within(Tolerance::EIGENVALUE),
        Evidence::new("condition number with m² = 0.6", condition(&with)?, 7.612218177574)
            .within(Tolerance::EIGENVALUE)
            // The same variance, so the same conditioning, if one followed from the other.
            .contradicting(condition(&without)?, 1000.0),
        Evidence::new(
            "condition number with masses from 0 to 1",
            condition(&ramp)?,
            31.53256246615,
        )
        .within(Tolerance::EIGENVALUE),
        Evidence::new("spread over mean without a mass", spread(&without), 0.7),
        Evidence::new("spread over mean with m² = 0.6", spread(&with), 0.5384615384615),
        Evidence::new("spread over mean with masses from 0 to 1", spread(&ramp), 0.5722565430123),
    ])
}
