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
