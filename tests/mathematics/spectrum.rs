//! Spectra of the linearised field: reference values of the audit, closed forms, and theorems.

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::Action;
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::spectrum::*;
use proptest::prelude::*;

/// Rounding of a symmetric eigenvalue is relative to the norm of the matrix.
fn close(one: f64, other: f64, norm: f64) -> bool {
    (one - other).abs() <= 1e-11 * norm
}

/// What a lattice of `nodes` inner points makes of the eigenvalue of a wave, over that of the continuum.
fn lattice_ratio(rank: usize, nodes: usize) -> f64 {
    let x = PI * rank as f64 / (2 * (nodes + 1)) as f64;
    (x.sin() / x).powi(2)
}

#[test]
fn a_laplacian_by_its_matrix_has_the_eigenvalues_of_the_closed_form() {
    for boundary in [Boundary::Neumann, Boundary::Dirichlet, Boundary::Periodic] {
        for nodes in [3, 8, 41] {
            let grid = Grid::lattice(nodes, boundary).expect("a grid");
            let matrix = massive_laplacian(&grid, &vec![0.0; nodes]).expect("masses");
            for (one, other) in matrix.eigenvalues().iter().zip(laplacian(&grid).eigenvalues()) {
                assert!(close(*one, *other, 4.0), "{boundary:?} {nodes}: {one} {other}");
            }
        }
    }
}

#[test]
fn a_ring_has_pairs_and_a_chain_has_none() {
    let smallest_gap = |boundary| {
        let spectrum = laplacian(&Grid::lattice(40, boundary).expect("a grid"));
        let pairs = spectrum.eigenvalues().windows(2).map(|pair| pair[1] - pair[0]);
        pairs.filter(|gap| *gap < 1e-12).count()
    };
    assert_eq!(smallest_gap(Boundary::Periodic), 19);
    assert_eq!(smallest_gap(Boundary::Neumann), 0);
    assert_eq!(smallest_gap(Boundary::Dirichlet), 0);
}

#[test]
fn two_chains_make_the_modes_of_the_square_and_the_rim_takes_some_away() {
    let count = PlaneCount::new(400, 2000.0).expect("a level");
    let by_hand = (1..100)
        .flat_map(|j| (1..100).map(move |k| PI * PI * f64::from(j * j + k * k)))
        .filter(|&level| level <= 2000.0)
        .count();
    // The lattice lowers a mode by a part of (k h)² / 12: below 1e-3 here, and one mode may cross.
    assert!(count.count.abs_diff(by_hand) <= 1, "{} {by_hand}", count.count);
    let miss = |expected: f64| (expected - count.count as f64).abs();
    assert!(
        miss(count.with_rim) < 0.05 * count.leading && miss(count.leading) > miss(count.with_rim)
    );
}

#[test]
fn free_and_fixed_ends_interlace_with_the_stencil() {
    let masses: Vec<f64> =
        (0..30).map(|index| 0.1 + (0.37 * f64::from(index)).sin().powi(2)).collect();
    let spectrum =
        |boundary| massive_laplacian(&Grid::lattice(30, boundary).expect("a grid"), &masses);
    let free = spectrum(Boundary::Neumann).expect("thirty masses");
    let fixed = spectrum(Boundary::Dirichlet).expect("thirty masses");
    let shifts = fixed.excess_over(&free).expect("the same size");
    assert!(shifts.iter().all(|shift| *shift > 0.0));
}

#[test]
fn histograms_put_an_inner_edge_above_and_the_largest_value_in_the_last_bin() {
    let spectrum = Spectrum::new(vec![0.0, 1.0, 1.5, 2.0, 4.0]).expect("finite");
    let histogram = spectrum.histogram(4).expect("four bins");
    assert_eq!(histogram.counts, [1, 2, 1, 1]);
    assert_eq!(histogram.edges, [0.0, 1.0, 2.0, 3.0, 4.0]);
    assert_eq!(spectrum.median(), 1.5);
    assert_eq!(spectrum.cumulative(), [0.2, 0.4, 0.6, 0.8, 1.0]);
}

#[test]
fn input_without_meaning_is_refused_with_the_value() {
    assert!(matches!(Spectrum::new(vec![]).unwrap_err(), Error::Empty { .. }));
    assert!(Spectrum::new(vec![1.0, f64::NAN]).unwrap_err().to_string().contains("[1]"));
    let indefinite = Spectrum::new(vec![-0.5, 1.0]).expect("finite");
    assert!(indefinite.condition_number().unwrap_err().to_string().contains("-0.5"));
    assert!(indefinite.histogram(0).is_err());
    let grid = Grid::lattice(4, Boundary::Neumann).expect("a grid");
    assert!(matches!(massive_laplacian(&grid, &[1.0]).unwrap_err(), Error::Lengths { .. }));
    assert!(ConditioningByMass::new(50, &[0.1, 0.0]).is_err());
    assert!(ConditioningByMass::new(1, &[0.1]).is_err());
    assert!(appendix_target(1).is_err());
    let target = || appendix_target(10).expect("ten");
    assert!(LossComparison::new(target(), -1.0).unwrap_err().to_string().contains("-1"));
    assert!(WeylLaw::new(target(), 0.0).is_err());
    // With one target everywhere the ratio is that of the lattice, (sin x / x)² with x = πk/2(N + 1).
    let even = PositiveArray::constant(&[199], 1.0).unwrap();
    let law = WeylLaw::new(even, 1.0).unwrap();
    let near = |rank: &usize| 1.0 - lattice_ratio(*rank, 199) < 0.05;
    assert_eq!(Some(law.last_rank_near(0.05)), (1..200).rev().find(near));
    assert!((law.ratio(199).unwrap() - lattice_ratio(199, 199)).abs() < 1e-12);
    assert_eq!(law.last_rank_near(0.0), 0);
    assert!(WeylLaw::figure_over_grids(&[]).unwrap_err().to_string().contains("empty"));
    let coarse = WeylLaw::new(appendix_target(9).unwrap(), 1.0).unwrap();
    assert!(WeylLaw::figure_over_grids(&[coarse]).unwrap_err().to_string().contains("finer grid"));
    assert!(WeylLaw::constant(4, 1.0, 1.0).is_err());
    assert!(PlaneCount::new(10, f64::NAN).is_err());
    let one = Spectrum::new(vec![1.0]).expect("finite");
    assert!(one.excess_over(&indefinite).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// P7: sorted, at least 1/M², trace, variance, Weyl's perturbation bound, and growth with λ.
    #[test]
    fn the_spectrum_of_the_linearised_operator_keeps_the_theorems(
        values in proptest::collection::vec(0.3..3.0f64, 4..40),
        elasticity in 1e-5..0.1f64,
    ) {
        let target = PositiveArray::from_vec(values).expect("positive");
        let count = target.len() as f64;
        let comparison = LossComparison::new(target.clone(), elasticity).expect("valid");
        let spectrum = &comparison.itakura_saito;
        let norm = spectrum.largest();
        prop_assert!(spectrum.eigenvalues().is_sorted());
        let bound = target.maximum().get().powi(-2);
        let fixed = 2.0 * elasticity * laplacian(&Grid::finite_difference(target.len()).unwrap()).smallest();
        prop_assert!(spectrum.smallest() >= bound + fixed - 1e-11 * norm);
        let free = Spectrum::of(&Action::neumann(target.clone(), elasticity).unwrap().linearised().unwrap());
        prop_assert!(free.smallest() >= bound - 1e-11 * free.largest());
        let masses: Vec<f64> = target.iter().map(|y| y.get().powi(-2)).collect();
        let elastic = comparison.elastic_part().unwrap();
        let trace = elastic.mean() + masses.iter().sum::<f64>() / count;
        prop_assert!(close(spectrum.mean(), trace, norm));
        let variance = elastic.variance() + Spectrum::new(masses).unwrap().variance();
        prop_assert!((spectrum.variance() - variance).abs() <= 1e-10 * norm * norm);
        let shift = comparison.largest_possible_shift;
        prop_assert!(comparison.largest_shift() <= shift + 1e-11 * norm);
        let mean = comparison.shifts().iter().sum::<f64>() / count;
        prop_assert!(close(mean, comparison.mean_shift, norm));
        let stiffer = LossComparison::new(target, 1.5 * elasticity).unwrap().itakura_saito;
        let growth = stiffer.excess_over(spectrum).unwrap();
        prop_assert!(growth.iter().all(|change| *change > 0.0));
    }

    /// The corrected Theorem 6.1 for any masses on the lattice.
    #[test]
    fn the_variance_of_a_spectrum_splits(masses in proptest::collection::vec(-2.0..2.0f64, 2..60)) {
        let split = VarianceSplit::on_lattice(&masses).expect("finite");
        prop_assert!(split.relative_gap() < 1e-12);
        prop_assert!(split.whole >= split.of_laplacian * (1.0 - 1e-12));
    }

    #[test]
    fn every_value_is_counted_once(values in proptest::collection::vec(-3.0..3.0f64, 1..80), bins in 1..30usize) {
        let spectrum = Spectrum::new(values.clone()).expect("finite");
        let histogram = spectrum.histogram(bins).expect("bins");
        prop_assert_eq!(histogram.counts.iter().sum::<usize>(), values.len());
        prop_assert_eq!(histogram.edges.len(), bins + 1);
    }
}
