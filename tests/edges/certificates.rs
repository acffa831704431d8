//! Certificates of a spectrum where the products run out, where all is zero, and in any unit.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::curvature::*;
use itakura_saito::operator::MatrixFree;

#[test]
fn a_spectrum_with_pairs_missing_is_not_converged() {
    let alike = Diagonal::new(vec![5.0; 40]).expect("finite entries");
    for products in 7..60 {
        let ends = Ends { products, ..Ends::new(3, 3) };
        let spectrum = eigenvalues_at_the_ends(&alike, &ends).expect("a search");
        let has_all = spectrum.top.len() == 3 && spectrum.bottom.len() == 3;
        assert!(spectrum.products <= products, "{} of {products}", spectrum.products);
        assert!(!spectrum.is_converged() || has_all, "{products}");
        assert!(spectrum.top_values().iter().all(|value| (value - 5.0).abs() < 1e-12));
    }
    let enough = eigenvalues_at_the_ends(&alike, &Ends::new(3, 3)).expect("a search");
    assert!(enough.is_converged() && enough.top.len() == 3 && enough.bottom.len() == 3);
    // Of four copies one start finds one; without the audit the rest would be missing.
    let four = Diagonal::new((0..50).map(|index| f64::from(index.min(46))).collect()).unwrap();
    for products in 5..200 {
        let ends = Ends { products, ..Ends::new(4, 0) };
        let spectrum = eigenvalues_at_the_ends(&four, &ends).expect("a search");
        assert!(spectrum.products <= products);
        let is_right = spectrum.top_values().iter().all(|value| (value - 46.0).abs() < 1e-10);
        assert!(!spectrum.is_converged() || (is_right && spectrum.top.len() == 4), "{products}");
    }
    for products in [0, 1, 6] {
        let none = eigenvalues_at_the_ends(&alike, &Ends { products, ..Ends::new(3, 3) });
        assert!(matches!(none, Err(Error::TooFew { minimum: 7, .. })), "{none:?}");
    }
    for (top, bottom) in [(usize::MAX, 1), (usize::MAX, usize::MAX), (41, 0)] {
        let many = eigenvalues_at_the_ends(&alike, &Ends::new(top, bottom));
        assert!(matches!(many, Err(Error::OutOfRange { .. })), "{many:?}");
    }
}

#[test]
fn the_zeros_of_an_operator_that_is_zero_are_certified() {
    for dimension in [1, 2, 10, 70] {
        let zero = Diagonal::new(vec![0.0; dimension]).expect("finite entries");
        let spectrum = eigenvalues_at_the_ends(&zero, &Ends::new(1, dimension.min(2) - 1)).unwrap();
        assert!(spectrum.is_converged(), "{dimension}");
        assert!(spectrum.top.iter().all(|pair| pair.value == 0.0 && pair.residual == 0.0));
        let run = Lanczos::run(&zero, &random_start(dimension, 1), 1).expect("a run");
        assert_eq!(run.ritz()[0].status, Status::Converged);
    }
}

#[test]
fn a_standard_error_has_the_unit_of_its_operator() {
    let of = |unit: f64| {
        let entries: Vec<f64> = (1..=30).map(|index| unit * f64::from(index)).collect();
        // A rotation by neighbours, so that the diagonal is not all there is.
        MatrixFree::new(30, move |x: &[f64], y: &mut [f64]| {
            for (row, image) in y.iter_mut().enumerate() {
                let beside = x[(row + 1) % 30] + x[(row + 29) % 30];
                *image = entries[row] * x[row] + unit * beside;
            }
        })
    };
    let estimates = |unit: f64| {
        let operator = of(unit);
        let density = SpectralDensity::estimate(&operator, 4, 8, 3).expect("a density");
        [
            hutchinson(&operator, 8, 1).expect("a trace"),
            hutch_plus_plus(&operator, 12, 1).expect("a trace"),
            density.moment(1),
        ]
    };
    let plain = estimates(1.0);
    for unit in [1e-290, 1e-200, 1e-160, 1e160, 1e200, 1e290] {
        for (one, other) in estimates(unit).iter().zip(&plain) {
            assert!(other.standard_error > 0.0);
            assert_close(one.value, unit * other.value, 1e-11);
            assert_close(one.standard_error, unit * other.standard_error, 1e-8);
        }
    }
    let beyond = hutchinson(&of(5e306), 4, 1);
    assert!(matches!(beyond, Err(Error::NotFinite { .. })), "{beyond:?}");
    let nowhere = MatrixFree::new(0, |_: &[f64], _: &mut [f64]| {});
    assert!(matches!(hutchinson(&nowhere, 4, 1), Err(Error::Empty { .. })));
    assert!(matches!(hutch_plus_plus(&nowhere, 6, 1), Err(Error::Empty { .. })));
    assert!(SpectralDensity::estimate(&nowhere, 2, 1, 1).is_err());
}
