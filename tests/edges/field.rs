//! Fields with next to no elasticity, one minimum where two are asked for, and formulas instead of grids.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::*;
use itakura_saito::grid::{Boundary, Grid};
use itakura_saito::spectrum::VarianceSplit;
use ndarray::Array2;

/// A target on a rectangle of cells that varies over some decades.
fn target(rows: usize, columns: usize, decades: f64) -> PositiveArray {
    let at = |(row, column): (usize, usize)| {
        10f64.powf(decades * (1.7 * row as f64 + 0.9 * (column * column) as f64).sin())
    };
    PositiveArray::try_from(Array2::from_shape_fn((rows, columns), at)).expect("positive")
}

#[test]
fn a_plane_field_of_any_small_elasticity_is_found() {
    for (rows, columns, decades) in [(20, 30, 0.2), (7, 11, 1.5), (30, 20, 0.0)] {
        for elasticity in [0.0, 1e-300, 1e-20, 1e-12, 1e-9, 1e-6] {
            let target = target(rows, columns, decades);
            let scale = target.minimum().get().powi(2) / (rows * columns) as f64;
            let action = PlaneAction::neumann(target.clone(), elasticity * scale).unwrap();
            let minimum =
                action.minimise().unwrap_or_else(|error| panic!("{elasticity:e}: {error}"));
            let certificate = minimum.certificate;
            assert!(certificate.gradient <= certificate.rounding_floor);
            assert!(certificate.smallest_eigenvalue > 0.0);
            if elasticity <= 1e-12 {
                let pairs = minimum.field.iter().zip(target.iter());
                let gap = pairs.map(|(f, y)| (f.get() / y.get() - 1.0).abs()).fold(0.0, f64::max);
                assert!(gap < 1e-8, "{elasticity:e}: {gap:e}");
            }
        }
    }
    let held = PlaneAction::dirichlet(target(20, 30, 0.2), 1e-12, 2.0).unwrap();
    assert!(held.minimise().is_ok());
}

#[test]
fn an_action_with_one_minimum_has_no_exchange() {
    for (values, low, high) in [
        (vec![1.0, 1.2, 1.1], 0.05, 0.2),
        (vec![3.0, 2.0, 2.5, 2.2], 1e-3, 1.0),
        (vec![1.0, 1.0], 0.1, 0.2),
    ] {
        let action = Action::neumann(PositiveArray::from_vec(values).unwrap(), 0.1).unwrap();
        let refused = RivalMinima::exchange(&action, low, high);
        assert!(matches!(refused, Err(Error::OneMinimum { .. })), "{refused:?}");
        let reversed = RivalMinima::exchange(&action, high, low);
        assert!(matches!(reversed, Err(Error::OutOfRange { .. })), "{reversed:?}");
    }
}

#[test]
fn a_residual_by_formula_needs_no_grid() {
    // f = 1.5 + 0.5 cos πx solves (9) for y = f - 2λ f² f''.
    use std::f64::consts::PI;
    let elasticity = 0.02;
    let solution = |x: f64| {
        let (sine, cosine) = (PI * x).sin_cos();
        [1.5 + 0.5 * cosine, -0.5 * PI * sine, -0.5 * PI * PI * cosine]
    };
    let exact = |x: f64| {
        let [f, _, bend] = solution(x);
        f - 2.0 * elasticity * f * f * bend
    };
    let points = Grid::finite_volume(200).unwrap().points();
    let by_formula =
        LogarithmicResidual::of_formula(elasticity, &points, &solution, &exact).unwrap();
    assert!(by_formula.corrected().iter().all(|left| left.abs() < 1e-14));
    for (left, x) in by_formula.printed().iter().zip(&points) {
        assert!((left + 2.0 * elasticity * solution(*x)[1].powi(2)).abs() < 1e-14);
    }
    // What a grid says comes nearer to it as the grid gets finer.
    let gap = |count: usize| {
        let grid = Grid::finite_volume(count).unwrap();
        let action = Action::neumann(sample(&grid, &exact).unwrap(), elasticity).unwrap();
        let field = sample(&grid, &|x| solution(x)[0]).unwrap();
        let on_grid = LogarithmicResidual::of(&action, &field).unwrap();
        let places = on_grid.points().to_vec();
        let exactly =
            LogarithmicResidual::of_formula(elasticity, &places, &solution, &exact).unwrap();
        let pairs = on_grid.printed().iter().zip(exactly.printed());
        pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
    };
    assert!((gap(50) / gap(100) - 4.0).abs() < 0.1, "{} {}", gap(50), gap(100));
    let none = LogarithmicResidual::of_formula(elasticity, &[], &solution, &exact);
    assert!(matches!(none, Err(Error::Empty { .. })));
    let negative = LogarithmicResidual::of_formula(elasticity, &[0.5], &solution, &|_| -1.0);
    assert!(matches!(negative, Err(Error::NotPositive { .. })));
}

#[test]
fn a_grid_by_spacing_is_the_grid_by_length() {
    for grid in [
        Grid::finite_volume(7).unwrap(),
        Grid::finite_difference(7).unwrap(),
        Grid::lattice(7, Boundary::Dirichlet).unwrap(),
        Grid::lattice(7, Boundary::Periodic).unwrap(),
    ] {
        let by_spacing = grid.with_spacing(0.25).unwrap();
        let by_length = grid.with_length(by_spacing.length()).unwrap();
        assert_eq!((by_spacing.spacing(), by_spacing.points()), (0.25, by_length.points()));
        for spacing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(grid.with_spacing(spacing), Err(Error::NotPositive { .. })));
        }
    }
}

#[test]
fn a_variance_splits_whatever_the_coupling() {
    let masses = [0.6, 0.2, 0.9, 0.4, 1.3];
    let plain = VarianceSplit::on_lattice(&masses).unwrap();
    for coupling in [1e-3, 0.5, 1.0, 40.0] {
        let split = VarianceSplit::with_coupling(coupling, &masses).unwrap();
        assert!(split.relative_gap() < 1e-13);
        assert_close(split.of_laplacian, coupling * coupling * plain.of_laplacian, 1e-13);
        assert_eq!(split.of_masses, plain.of_masses);
    }
    for coupling in [0.0, -1.0, f64::NAN] {
        let refused = VarianceSplit::with_coupling(coupling, &masses);
        assert!(matches!(refused, Err(Error::NotPositive { .. })));
    }
}
