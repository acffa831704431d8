//! Spectra and grids of any unit.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::curvature::CopyForecast;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::spectrum::*;

#[track_caller]
fn not_finite<T: std::fmt::Debug>(result: Result<T, Error>) {
    let is_told = matches!(result, Err(Error::NotFinite { .. } | Error::NotFiniteAt { .. }));
    assert!(is_told, "{result:?}");
}

#[test]
fn waves_of_both_directions_have_one_eigenvalue() {
    let million = laplacian(&Grid::lattice(1_000_000, Boundary::Periodic).unwrap());
    assert_eq!(million.eigenvalues()[1], million.eigenvalues()[2]);
    assert_close(million.eigenvalues()[2], 3.9478417604227556e-11, 1e-15);
    assert_close(million.eigenvalues()[6], 3.5530575842869673e-10, 1e-15);
    for nodes in [3, 4, 101, 4096] {
        let spectrum = laplacian(&Grid::lattice(nodes, Boundary::Periodic).unwrap());
        let pairs = spectrum.eigenvalues()[1..].as_chunks::<2>().0;
        assert!(pairs.iter().all(|pair| pair[0] == pair[1]), "{nodes}");
    }
}

#[test]
fn a_grid_has_points_and_an_inverse_squared_spacing() {
    let grid = Grid::finite_volume(10).unwrap();
    for spacing in [1e-200, 1e-300, 5e-324] {
        not_finite(grid.with_spacing(spacing));
    }
    assert!(laplacian(&grid.with_spacing(1e-150).unwrap()).largest().is_finite());
    not_finite(Grid::lattice(1000, Boundary::Neumann).unwrap().with_length(1e-322));
    not_finite(Grid::finite_difference(100).unwrap().with_spacing(1e307));
    let long = grid.with_spacing(1e306).unwrap();
    assert!(long.points().iter().all(|point| point.is_finite()));
}

#[test]
fn the_numbers_that_judge_a_spectrum_have_its_unit_or_none() {
    for unit in [1e-300, 1e-200, 1.0, 1e160, 1e200, 5e307] {
        let spectrum = Spectrum::new(vec![unit, 2.0 * unit, 3.0 * unit]).unwrap();
        assert_close(spectrum.relative_spread(), 0.40824829046386302, 1e-14);
        assert_close(spectrum.mean(), 2.0 * unit, 1e-15);
        assert_eq!(spectrum.median(), 2.0 * unit);
    }
    let large = Spectrum::new(vec![1e308, 1.5e308]).unwrap();
    assert_close(large.mean(), 1.25e308, 1e-15);
    assert_close(large.median(), 1.25e308, 1e-15);
    let wide = Spectrum::new(vec![-1.7e308, 0.5e308, 1.7e308]).unwrap().histogram(2).unwrap();
    assert_eq!(wide.edges, [-1.7e308, 0.0, 1.7e308]);
    assert_eq!((wide.counts.clone(), wide.width()), (vec![1, 2], 1.7e308));
    assert_eq!(wide.centres(), [-0.85e308, 0.85e308]);
    not_finite(Spectrum::new(vec![1e-300, 1e300]).unwrap().condition_number());
    not_finite(ConditioningByMass::new(10, &[1.0, 5e-324]));
    let law = WeylLaw::new(PositiveArray::of(&[1.0, 2.0]).unwrap(), 1e-320).unwrap();
    not_finite(law.ratio(1));
    for (coupling, masses) in [(1e200, [1.0, 2.0, 4.0]), (1e-200, [1.0; 3])] {
        let refused = VarianceSplit::with_coupling(coupling, &masses);
        assert!(matches!(refused, Err(Error::NotPositive { .. })), "{refused:?}");
    }
    assert!(VarianceSplit::with_coupling(1e-200, &[1.0, 2.0, 4.0]).unwrap().relative_gap() < 1e-15);
}

#[test]
fn a_forecast_keeps_the_digits_of_a_small_gap() {
    // γ = 1 + 2 (θ₁ - θ₂)/(θ₂ - θₙ), the growth γ + √(γ² - 1), and -ln ε over its logarithm.
    for (first, second, last, epsilon, growth, steps) in [
        (1.00000001, 1.0, -1.0, 1e-16, 1.0001414313561611, 260507.76637112749),
        (1.0 + 1e-12, 1.0, -2.0, 1e-7, 1.0000011547525307, 13958059.868321589),
        (3.0, 1.0, -1.0, 1e-16, 5.8284271247461901, 20.899969110991656),
        (1e200, 1.0, 0.0, 1e-16, 4e200, 0.079759898780160487),
    ] {
        let forecast = CopyForecast::new(first, second, last, epsilon).unwrap();
        assert_close(forecast.growth, growth, 1e-15);
        assert_close(forecast.steps_per_copy, steps, 1e-13);
    }
    not_finite(CopyForecast::new(1e308, 1.0, 0.0, 1e-16));
}
