//! Matrices of any size of their entries, and certificates of eigenvalues far below the largest.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::curvature::*;
use itakura_saito::operator::*;
use ndarray::Array2;

/// From one end of the range of numbers to the other.
const UNITS: [f64; 7] = [1e-290, 1e-200, 1e-160, 1.0, 1e155, 1e200, 1e300];

fn diagonal(unit: f64) -> Diagonal {
    Diagonal::new((1..=40).map(|index| unit * f64::from(index) * f64::from(index)).collect())
        .expect("finite entries")
}

#[test]
fn lanczos_finds_the_same_spectrum_in_any_unit() {
    let start = random_start(40, 3);
    for unit in UNITS {
        let run = Lanczos::run(&diagonal(unit), &start, 40).expect("a symmetric operator");
        assert_eq!(run.steps(), 40, "{unit:e}");
        for (index, value) in run.values().into_iter().enumerate() {
            let expected = unit * (40.0 - index as f64).powi(2);
            assert!((value - expected).abs() < 1e-11 * unit * 1600.0, "{unit:e}: {value:e}");
        }
        assert!(run.ritz().iter().all(|ritz| ritz.status == Status::Converged), "{unit:e}");
        let ends = eigenvalues_at_the_ends(&diagonal(unit), &Ends::new(2, 1)).expect("symmetric");
        assert!(ends.is_converged(), "{unit:e}");
        assert_close(ends.top[0].value, 1600.0 * unit, 1e-12);
        assert!((ends.bottom[0].value - unit).abs() < 1e-11 * unit * 1600.0);
        let published = PublishedRun::run(&diagonal(unit), &start, 20, Precision::Double).unwrap();
        assert_eq!(published.steps(), 20, "{unit:e}");
        assert_close(published.values()[0], 1600.0 * unit, 1e-3);
    }
}

#[test]
fn a_power_of_two_as_unit_changes_no_bit() {
    let start = random_start(40, 3);
    let of = |unit: f64| Lanczos::run(&diagonal(unit), &start, 30).unwrap();
    let plain = of(1.0);
    for exponent in [-900, -600, 500, 900] {
        let unit = 2f64.powi(exponent);
        let other = of(unit);
        let scaled: Vec<f64> = plain.values().iter().map(|value| value * unit).collect();
        assert_eq!(other.values(), scaled, "2^{exponent}");
        assert_eq!(other.coupling(), plain.coupling() * unit);
    }
}

#[test]
fn what_is_zero_in_32_bits_is_no_eigenvalue_zero() {
    let start = random_start(40, 3);
    let tiny = PublishedRun::run(&diagonal(1e-200), &start, 20, Precision::Single);
    assert!(matches!(tiny, Err(Error::NotPositive { value: 0.0, .. })), "{tiny:?}");
    assert!(PublishedRun::run(&diagonal(1e200), &start, 20, Precision::Single).is_err());
}

/// Twice the identity less the neighbours, with free ends, times a unit.
fn path(count: usize, unit: f64) -> SymmetricTridiagonal {
    let mut entries = vec![2.0 * unit; count];
    (entries[0], entries[count - 1]) = (unit, unit);
    SymmetricTridiagonal::new(entries, vec![-unit; count - 1]).expect("finite entries")
}

#[test]
fn small_wanted_eigenvalues_are_certified_in_the_unit_of_the_operator() {
    // 4 sin²(πk/2n): zero, and then some below a thousandth, where the largest is 4.
    for count in [60, 200] {
        let spectrum = eigenvalues_at_the_ends(&path(count, 1.0), &Ends::new(0, 3)).unwrap();
        assert!(spectrum.is_converged(), "{:?}", spectrum.bottom_values());
        for (index, pair) in spectrum.bottom.iter().enumerate() {
            let angle = std::f64::consts::PI * index as f64 / (2.0 * count as f64);
            let expected = 4.0 * angle.sin().powi(2);
            assert!((pair.value - expected).abs() < pair.bound && pair.bound < 1.5e-8 * 4.0);
        }
    }
    // One that has not been reached stays open, and says so.
    let few = Ends { products: 40, ..Ends::new(0, 3) };
    let open = eigenvalues_at_the_ends(&path(2000, 1.0), &few).unwrap();
    assert!(!open.is_converged());
}

#[test]
fn a_tridiagonal_matrix_of_any_size_has_its_eigenvalues() {
    for unit in [1e-320, 1e-310, 1e-300, 1e-160, 1.0, 1e160, 4e307] {
        // Sizes of a row add up to four units.
        let matrix = path(9, unit);
        // Numbers below the normal ones have few digits of their own.
        let tolerance = 1e-14 * 4.0 * unit + 2e-323;
        for (index, value) in matrix.eigenvalues().into_iter().enumerate() {
            let angle = std::f64::consts::PI * index as f64 / 18.0;
            let expected = 4.0 * angle.sin().powi(2) * unit;
            assert!((value - expected).abs() <= tolerance, "{unit:e}: {value:e} {expected:e}");
            assert!((matrix.eigenpairs().0[index] - expected).abs() <= tolerance, "{unit:e}");
        }
    }
    let over = SymmetricTridiagonal::new(vec![1e308; 2], vec![1e308]);
    assert!(matches!(over, Err(Error::NotFinite { .. })), "{over:?}");
    assert!(SymmetricTridiagonal::new(vec![1.7e308; 2], vec![0.0]).is_ok());
}

/// A symmetric matrix without a pattern, times a unit.
fn dense(count: usize, unit: f64) -> Symmetric {
    let entry = |(row, column): (usize, usize)| {
        let (low, high) = (row.min(column) as f64, row.max(column) as f64);
        unit * (1.3 * low + 0.7 * high * high + if row == column { 2.0 } else { 0.0 }).sin()
    };
    Symmetric::new(Array2::from_shape_fn((count, count), entry)).expect("a symmetric matrix")
}

#[test]
fn a_dense_matrix_of_any_size_has_eigenvalues_norms_and_solutions() {
    let plain = dense(12, 1.0);
    let values = plain.eigenvalues();
    for unit in UNITS {
        let matrix = dense(12, unit);
        for (value, expected) in matrix.eigenvalues().iter().zip(&values) {
            assert!((value / unit - expected).abs() < 1e-14 * 12.0, "{unit:e}");
        }
        assert_close(matrix.spectral_norm(), unit * plain.spectral_norm(), 1e-14);
        assert_close(matrix.frobenius_norm(), unit * plain.frobenius_norm(), 1e-14);
        assert!((matrix.trace() / unit - plain.trace()).abs() < 1e-13);
        let wanted: Vec<f64> = (0..12).map(|index| f64::from(index) - 4.5).collect();
        let solution = matrix.solve(&matrix.applied(&wanted)).expect("not singular");
        for (one, other) in solution.iter().zip(&wanted) {
            assert!((one - other).abs() < 1e-11, "{unit:e}: {one} {other}");
        }
    }
    for unit in UNITS {
        let counts = inertia(&dense(12, unit), 0.3 * unit).expect("a number");
        let below = values.iter().filter(|value| **value < 0.3).count();
        assert_eq!((counts.below, counts.at, counts.above), (below, 0, 12 - below), "{unit:e}");
    }
    // Sums over eigenvalues, which know nothing of entries.
    assert_close(plain.trace(), values.iter().sum(), 1e-13);
    let squares: f64 = values.iter().map(|value| value * value).sum();
    assert_close(plain.frobenius_norm(), squares.sqrt(), 1e-13);
}

#[test]
fn a_matrix_without_an_inverse_is_refused() {
    // Of rank one; of rank three with entries of rounding; zero.
    let one = Array2::from_shape_fn((5, 5), |(i, j)| ((i + 1) * (j + 1)) as f64);
    let line = |i: usize, k: usize| (0.9 * (i * (k + 1)) as f64).cos();
    let three =
        Array2::from_shape_fn((8, 8), |(i, j)| (0..3).map(|k| line(i, k) * line(j, k)).sum());
    for entries in [one, three, Array2::zeros((3, 3))] {
        let matrix = Symmetric::new(entries).expect("symmetric");
        let refused = matrix.solve(&vec![1.0; matrix.dim()]);
        assert!(matches!(refused, Err(Error::Singular { .. })), "{refused:?}");
    }
    let matrix = dense(3, 1.0);
    assert!(matches!(matrix.solve(&[1.0]), Err(Error::Lengths { .. })));
    assert!(matches!(matrix.solve(&[1.0, f64::NAN, 0.0]), Err(Error::NotFiniteAt { .. })));
}

#[test]
fn a_band_is_the_dense_matrix_with_its_entries() {
    let entries = |distance: usize| {
        (0..9 - distance).map(|row| (1.0 + (row * 7 + 3 * distance) as f64).sin()).collect()
    };
    for width in [0, 1, 3, 8] {
        let band = SymmetricBanded::new((0..=width).map(entries).collect()).expect("a band");
        let dense = band.to_dense().expect("symmetric");
        let vector = random_start(9, width as u64);
        for (one, other) in band.applied(&vector).iter().zip(dense.applied(&vector)) {
            assert!((one - other).abs() < 1e-14);
        }
        assert_eq!((band.half_width(), band.dim()), (width, 9));
        let far = dense.view().indexed_iter().filter(|((i, j), _)| i.abs_diff(*j) > width).count();
        let zeros = dense.view().iter().filter(|entry| **entry == 0.0).count();
        assert_eq!(far, zeros);
        if width == 1 {
            let (diagonal, beside) = (band.diagonal(0).to_vec(), band.diagonal(1).to_vec());
            let chain = SymmetricTridiagonal::new(diagonal, beside).expect("a chain");
            assert_eq!(chain.applied(&vector), band.applied(&vector));
        }
    }
    assert!(matches!(SymmetricBanded::new(vec![]), Err(Error::Empty { .. })));
    let short = SymmetricBanded::new(vec![vec![1.0; 3], vec![1.0; 3]]);
    assert!(matches!(short, Err(Error::Lengths { expected: 2, found: 3, .. })), "{short:?}");
    assert!(SymmetricBanded::new(vec![vec![1.0; 2], vec![0.5], vec![]]).is_err());
    assert!(SymmetricBanded::new(vec![vec![1.0, f64::NAN]]).is_err());
}
