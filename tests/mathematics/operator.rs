//! Operators and grids against closed forms.

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::operator::{Operator, Symmetric, SymmetricTridiagonal};
use ndarray::{Array2, array};

/// The chain with 2 on the diagonal and -1 beside it.
fn chain(count: usize) -> SymmetricTridiagonal {
    SymmetricTridiagonal::new(vec![2.0; count], vec![-1.0; count - 1]).expect("a chain")
}

/// Its eigenvalues in closed form.
fn chain_eigenvalues(count: usize) -> Vec<f64> {
    (1..=count).map(|k| 2.0 - 2.0 * (k as f64 * PI / (count + 1) as f64).cos()).collect()
}

#[test]
fn eigenvalues_of_a_chain_are_those_of_the_closed_form() {
    for count in [1, 2, 7, 300] {
        let observed = chain(count).eigenvalues();
        for (one, other) in observed.iter().zip(chain_eigenvalues(count)) {
            // Rounding of a symmetric eigenvalue is relative to the norm, which is below 4.
            assert!((one - other).abs() < 1e-13, "{count}: {one} {other}");
        }
    }
}

#[test]
fn eigenpairs_satisfy_their_equation() {
    let count = 40;
    let (values, vectors) = chain(count).eigenpairs();
    for (column, value) in values.iter().enumerate() {
        let vector = vectors.column(column).to_vec();
        let image = chain(count).applied(&vector);
        let residual: f64 = image.iter().zip(&vector).map(|(a, b)| (a - value * b).powi(2)).sum();
        assert!(residual.sqrt() < 1e-13, "{column}: {residual}");
    }
}

#[test]
fn dense_and_tridiagonal_agree() {
    let count = 12;
    let dense = Symmetric::new(Array2::from_shape_fn((count, count), |(row, column)| {
        match row.abs_diff(column) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        }
    }))
    .expect("symmetric");
    let vector: Vec<f64> = (0..count).map(|index| (index as f64).sin()).collect();
    assert_eq!(dense.applied(&vector), chain(count).applied(&vector));
    for (one, other) in dense.eigenvalues().iter().zip(chain(count).eigenvalues()) {
        assert!((one - other).abs() < 1e-13);
    }
    let solution = chain(count).solve(&vector).expect("positive definite");
    for (one, other) in chain(count).applied(&solution).iter().zip(&vector) {
        assert!((one - other).abs() < 1e-13);
    }
}

#[test]
fn wrong_matrices_are_refused_by_name() {
    let asymmetric = Symmetric::new(array![[1.0, 2.0], [2.5, 1.0]]).unwrap_err();
    assert_eq!(asymmetric, Error::NotSymmetric { row: 1, column: 0, entry: 2.5, mirrored: 2.0 });
    assert!(matches!(
        Symmetric::new(Array2::zeros((2, 3))).unwrap_err(),
        Error::NotSquare { rows: 2, columns: 3 }
    ));
    assert!(Symmetric::new(array![[f64::NAN]]).unwrap_err().to_string().contains("[0, 0]"));
    assert!(SymmetricTridiagonal::new(vec![1.0, f64::INFINITY], vec![0.0]).is_err());
    assert!(SymmetricTridiagonal::new(vec![1.0, 1.0], vec![]).is_err());
    let indefinite = SymmetricTridiagonal::new(vec![1.0, 1.0], vec![2.0]).expect("finite");
    assert_eq!(
        indefinite.solve(&[1.0, 1.0]).unwrap_err(),
        Error::NotPositiveDefinite { row: 1, pivot: -3.0 }
    );
}

#[test]
fn grids_refuse_too_few_points() {
    assert!(Grid::finite_volume(1).is_err());
    assert!(Grid::finite_difference(1).is_err());
    assert!(Grid::lattice(2, Boundary::Periodic).is_err());
    assert!(Grid::lattice(2, Boundary::Dirichlet).is_ok());
}

/// Entries of every size, with bonds that vanish.
fn irregular(seed: u64, count: usize, decades: f64) -> SymmetricTridiagonal {
    let entry = |index: usize, speed: f64| {
        let angle = speed * ((index as u64 * index as u64 + seed) as f64);
        angle.sin() * 10f64.powf(decades * (1.7 * angle).cos())
    };
    let bond = |index: usize| if index % 7 == 3 { 0.0 } else { entry(index, 0.3) };
    let diagonal = (0..count).map(|index| entry(index, 0.7)).collect();
    SymmetricTridiagonal::new(diagonal, (1..count).map(bond).collect()).expect("finite")
}

#[test]
fn eigenvalues_without_vectors_are_those_with_vectors() {
    for seed in 0..20 {
        for (count, decades) in [(1, 0.0), (2, 1.0), (3, 0.5), (50, 0.0), (50, 3.0), (120, 8.0)] {
            let matrix = irregular(seed, count, decades);
            let (with_vectors, _) = matrix.eigenpairs();
            let without = matrix.eigenvalues();
            let norm = with_vectors.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
            assert!(without.is_sorted());
            for (one, other) in without.iter().zip(&with_vectors) {
                // Two iterations with a rounding of the norm for each of some hundred rotations.
                assert!((one - other).abs() <= 1e-13 * norm, "{seed} {count}: {one} {other}");
            }
        }
    }
}

#[test]
fn eigenvalues_of_unusual_matrices() {
    let matrix = |diagonal: &[f64], bonds: &[f64]| {
        SymmetricTridiagonal::new(diagonal.to_vec(), bonds.to_vec()).expect("finite").eigenvalues()
    };
    assert_eq!(matrix(&[0.0; 3], &[0.0; 2]), [0.0; 3]);
    assert_eq!(matrix(&[3.0, -1.0, 2.0], &[0.0; 2]), [-1.0, 2.0, 3.0]);
    assert_eq!(matrix(&[0.0, 0.0], &[1.0]), [-1.0, 1.0]);
    // Zero on the diagonal: plus and minus pairs, and a zero in the middle.
    let hollow = matrix(&[0.0; 5], &[1.0; 4]);
    for (value, index) in hollow.iter().zip(1..) {
        let exact = -2.0 * (f64::from(index) * PI / 6.0).cos();
        assert!((value - exact).abs() < 1e-15, "{value} {exact}");
    }
    // Near the ends of the range of numbers.
    for size in [1e150, 1e-150, 1e300] {
        let scaled = matrix(&[2.0 * size, 2.0 * size], &[size]);
        assert!((scaled[0] / size - 1.0).abs() < 1e-15 && (scaled[1] / size - 3.0).abs() < 1e-15);
    }
}
