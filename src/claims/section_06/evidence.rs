//! Spectra with and without a mass, and the split of their variance.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::grid::{Boundary, Grid};
use crate::spectrum::{
    ConditioningByMass, LossComparison, Spectrum, VarianceSplit, appendix_target, laplacian,
    massive_laplacian,
};

/// Eigenvalues of symmetric matrices whose norm is a few units.
const OF_UNIT_NORM: Tolerance = Tolerance::absolute(
    1e-11,
    "an eigenvalue rounds relative to the norm of its matrix, about four",
);

fn lattice(nodes: usize, boundary: Boundary) -> Result<Grid> {
    Grid::lattice(nodes, boundary)
}

pub fn the_hessian_of_the_action() -> Result<Vec<Evidence>> {
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

pub fn the_gap_is_the_mass() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (boundary, words) in [(Boundary::Neumann, "free ends"), (Boundary::Periodic, "a ring")] {
        let spectrum = massive_laplacian(&lattice(50, boundary)?, &[0.6; 50])?;
        let label = format!("lowest eigenvalue of 50 points with {words} and m² = 0.6");
        evidence.push(Evidence::new(&label, spectrum.smallest(), 0.6).within(OF_UNIT_NORM));
    }
    Ok(evidence)
}

pub fn squared_error_has_a_gap() -> Result<Vec<Evidence>> {
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
            .against_claim(0.0, 0.5),
    ])
}

const WITH_ELASTICITY: Tolerance =
    Tolerance::absolute(1e-9, "an eigenvalue rounds relative to the norm, 8λ/h² = 200 here");

pub fn the_mass_is_a_shift() -> Result<Vec<Evidence>> {
    let grid = lattice(50, Boundary::Neumann)?;
    let (with, without) = (massive_laplacian(&grid, &[1e-3; 50])?, laplacian(&grid));
    let shifts = with.excess_over(&without)?;
    let furthest = shifts.iter().fold(0.0, |far: f64, shift| far.max((shift - 1e-3).abs()));
    Ok(vec![
        Evidence::new("largest departure from a shift by m² = 0.001 over 50 modes", furthest, 0.0)
            .within(OF_UNIT_NORM),
    ])
}

pub fn conditioning_worsens_as_the_mass_falls() -> Result<Vec<Evidence>> {
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

pub fn no_plateaus() -> Result<Vec<Evidence>> {
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
        evidence.push(Evidence::exact(&label, most as f64, longest).against_claim(4.0, 1.0));
    }
    Ok(evidence)
}

pub fn figure_3_as_drawn() -> Result<Vec<Evidence>> {
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

pub fn a_constant_mass_changes_no_variance() -> Result<Vec<Evidence>> {
    let [without, with, _] = three_splits()?;
    Ok(vec![
        Evidence::new("variance without a mass", without.whole, 1.96),
        Evidence::new("variance with m² = 0.6", with.whole, 1.96),
        // Strictly smaller means at least something; the two differ by rounding.
        Evidence::new("difference of the two", with.whole - without.whole, 0.0)
            .within(Tolerance::absolute(1e-12, "the rounding of two sums of fifty squares"))
            .against_claim(with.whole, 1.0),
    ])
}

pub fn the_variance_splits() -> Result<Vec<Evidence>> {
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

pub fn variance_says_nothing_of_conditioning() -> Result<Vec<Evidence>> {
    let [without, with, ramp] = three_splits()?;
    let spread = |split: &VarianceSplit| split.spectrum.relative_spread();
    let condition = |split: &VarianceSplit| split.spectrum.condition_number();
    Ok(vec![
        Evidence::new("condition number without a mass", condition(&without)?, 1053.478991200)
            .within(Tolerance::EIGENVALUE),
        Evidence::new("condition number with m² = 0.6", condition(&with)?, 7.612218177574)
            .within(Tolerance::EIGENVALUE)
            // The same variance, so the same conditioning, if one followed from the other.
            .against_claim(condition(&without)?, 1000.0),
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
