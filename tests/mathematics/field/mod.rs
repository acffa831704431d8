//! The action and its minima, against reference values, closed forms, dense matrices and theorems.

mod derivatives;
mod identities;
mod minima;
mod variants;

use std::f64::consts::PI;

use itakura_saito::Error;
use itakura_saito::divergence::{Divergence, PositiveArray};
use itakura_saito::field::{
    Action, LogarithmicResidual, Minimum, Refinement, RivalMinima, Sweep, sample, sample_square,
};
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::operator::{Operator, Symmetric};
use ndarray::Array2;
use proptest::collection::vec;
use proptest::prelude::*;

fn array(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("positive values")
}

fn constant(count: usize, value: f64) -> PositiveArray {
    PositiveArray::constant(&[count], value).unwrap()
}

fn cells(count: usize, formula: &dyn Fn(f64) -> f64) -> PositiveArray {
    sample(&Grid::finite_volume(count).unwrap(), formula).unwrap()
}

fn two_waves(count: usize) -> PositiveArray {
    cells(count, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin())
}

fn half_wave(count: usize) -> PositiveArray {
    cells(count, &|x| 1.25 + 0.75 * (PI * x).cos())
}

/// A narrow gap in a target of one: the one of two minima.
fn gap(count: usize) -> PositiveArray {
    cells(count, &|x| if (x - 0.5).abs() < 0.05 { 0.02 } else { 1.0 })
}

fn minimum(target: PositiveArray, elasticity: f64) -> Minimum {
    Action::neumann(target, elasticity).unwrap().minimise().unwrap()
}

#[track_caller]
fn close(observed: f64, expected: f64, relative: f64) {
    let allowed = relative * expected.abs();
    assert!((observed - expected).abs() <= allowed, "{observed} is not {expected}");
}

// ---- input that is refused

#[test]
fn a_field_lives_on_the_grid_that_it_was_sampled_on() {
    for grid in [Grid::finite_volume(5).unwrap(), Grid::finite_difference(5).unwrap()] {
        let long = grid.with_length(2.0).unwrap();
        let target = sample(&long, &|x| 1.0 + x).unwrap();
        let action = match grid.boundary() {
            Boundary::Dirichlet => Action::dirichlet(target, 0.1, 1.5),
            _ => Action::neumann(target, 0.1),
        };
        let action = action.unwrap().on(long).unwrap();
        assert_eq!(action.grid().points(), long.points());
        assert_eq!(action, action.clone().with_length(2.0).unwrap());
        let text = action.minimise().unwrap().figure(&action).unwrap().to_text();
        assert!(text.contains("smallest eigenvalue"), "{text}");
        let other = Grid::finite_volume(6).unwrap();
        let error = action.clone().on(other).unwrap_err();
        assert!(matches!(error, Error::Lengths { expected: 5, found: 6, .. }), "{error}");
        let ring = Grid::lattice(5, Boundary::Periodic).unwrap();
        let error = action.clone().on(ring).unwrap_err();
        assert!(matches!(&error, Error::Ends { found, .. } if found == "Periodic"), "{error}");
    }
}

#[test]
fn input_without_meaning_is_refused_with_the_value() {
    let target = || array(&[1.0, 2.0, 3.0]);
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        let error = Action::neumann(target(), bad).unwrap_err();
        assert!(matches!(error, Error::OutOfRange { .. }), "{error}");
        assert!(error.to_string().contains(&bad.to_string()), "{error}");
        // There is no upper end to name.
        assert!(error.to_string().contains("must be at least 0, and finite"), "{error}");
    }
    for bad in [0.0, -0.5, f64::NAN] {
        let error = Action::dirichlet(target(), 0.1, bad).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("boundary value must be positive and finite, but it is {bad}")),
            "{error}"
        );
        let error = Action::neumann(target(), 0.1).unwrap().with_length(bad).unwrap_err();
        assert!(matches!(error, Error::NotPositive { .. }), "{error}");
        // Neither a target nor a start can hold such a value, by type.
        let error = PositiveArray::from_vec(vec![1.0, bad]).unwrap_err();
        assert!(matches!(&error, Error::NotPositiveAt { index, .. } if index == &[1]), "{error}");
        let grid = Grid::finite_volume(4).unwrap();
        assert!(sample(&grid, &|x| if x > 0.5 { bad } else { 1.0 }).is_err());
    }
    let error = Action::neumann(array(&[1.0]), 0.1).unwrap_err();
    assert!(matches!(error, Error::TooFew { count: 1, minimum: 2, .. }), "{error}");
    let error = Action::dirichlet(array(&[1.0]), 0.1, 1.0).unwrap_err();
    assert!(matches!(error, Error::TooFew { count: 1, minimum: 2, .. }), "{error}");
    let plane = PositiveArray::try_from(Array2::ones((3, 4))).unwrap();
    let error = Action::neumann(plane, 0.1).unwrap_err();
    assert!(matches!(error, Error::Axes { expected: 1, found: 2, .. }), "{error}");
    let error = Action::neumann(target(), 1e308).unwrap_err();
    assert!(matches!(error, Error::NotFinite { .. }), "{error}");
}

#[test]
fn a_field_or_start_of_another_length_is_refused() {
    let action = Action::neumann(array(&[1.0, 2.0, 3.0]), 0.1).unwrap();
    let short = array(&[1.0, 2.0]);
    let errors = [
        action.value(&short).unwrap_err(),
        action.gradient(&short).unwrap_err(),
        action.hessian(&short).unwrap_err(),
        action.roughness(&short).unwrap_err(),
        action.minimise_from(&short).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::ShapeMismatch { .. }), "{error}");
    }
}

#[test]
fn a_solve_without_a_solution_says_so_and_returns_no_field() {
    // The curvature of the target is beyond the largest number, so that no step can be formed.
    let action = Action::neumann(array(&[1e-200, 1e-200]), 0.1).unwrap();
    let error = action.minimise_from(&array(&[1.0, 1e-250])).unwrap_err();
    assert!(matches!(error, Error::NotConverged { .. }), "{error}");
    assert!(error.to_string().contains("the residual is"), "{error}");
}

#[test]
fn every_start_leads_to_the_one_minimum_where_there_is_only_one() {
    // The largest target is below twice the smallest: the action is convex between them.
    let target = cells(60, &|x| 1.5 + 0.4 * (7.0 * x).cos());
    let action = Action::neumann(target, 0.003).unwrap();
    let expected = action.minimise().unwrap();
    for start in [1e-6, 0.3, 5.0, 1e6] {
        let found = action.minimise_from(&constant(60, start)).unwrap();
        for (found, expected) in found.field.as_slice().iter().zip(expected.field.as_slice()) {
            close(*found, *expected, 1e-11);
        }
    }
}
