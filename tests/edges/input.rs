//! What must not be passed on: NaN, overflow, and nothing at all.

use itakura_saito::Error;
use itakura_saito::divergence::PositiveArray;
use itakura_saito::field::{Action, PlaneAction, Sweep};
use itakura_saito::operator::SymmetricTridiagonal;
use itakura_saito::spectrum::WeylLaw;
use ndarray::Array2;

fn action() -> Action {
    Action::neumann(PositiveArray::try_from([1.0, 2.0, 1.5]).unwrap(), 0.1).unwrap()
}

#[test]
fn a_sweep_over_nothing_is_refused() {
    assert!(matches!(Sweep::over(&action(), &[]), Err(Error::Empty { .. })));
    let reversed = Sweep::over_decades(&action(), 2, -2, 1);
    assert!(matches!(reversed, Err(Error::OutOfRange { value: -2.0, .. })), "{reversed:?}");
    assert!(matches!(Sweep::over_decades(&action(), -1, 1, 0), Err(Error::OutOfRange { .. })));
    assert!(matches!(Sweep::over_decades(&action(), -1, 1, -3), Err(Error::OutOfRange { .. })));
}

#[test]
fn nothing_that_is_no_number_comes_out_of_an_action() {
    let far = PositiveArray::try_from([1e-310, 2.0, 1e300]).unwrap();
    let not_finite = |result: Result<f64, Error>| {
        assert!(matches!(result, Err(Error::NotFinite { .. })), "{result:?}");
    };
    not_finite(action().value(&far));
    not_finite(action().roughness(&far));
    not_finite(action().logarithmic_value(&far));
    assert!(matches!(action().gradient(&far), Err(Error::NotFiniteAt { .. })));
    let field = action().target().clone();
    for wrong in [f64::NAN, f64::INFINITY] {
        let refused = action().weak_residual(&field, &[0.0, wrong, 1.0]);
        assert!(
            matches!(&refused, Err(Error::NotFiniteAt { index, .. }) if index == &[1]),
            "{refused:?}"
        );
    }
    not_finite(action().weak_residual(&field, &[1e308, -1e308, 1e308]));
    let square = |value: f64| {
        PositiveArray::try_from(Array2::from_shape_fn((2, 2), |(i, j)| value * (1 + i + j) as f64))
    };
    let plane = PlaneAction::neumann(square(1.0).unwrap(), 0.1).unwrap();
    not_finite(plane.value(&square(1e200).unwrap()));
    let gradient = plane.gradient(&square(1e-200).unwrap());
    assert!(matches!(gradient, Err(Error::NotFiniteAt { .. })), "{gradient:?}");
}

#[test]
fn nothing_that_is_no_number_goes_into_a_solution_or_comes_out() {
    let chain = SymmetricTridiagonal::new(vec![2.0; 3], vec![-1.0; 2]).unwrap();
    for wrong in [f64::NAN, f64::INFINITY] {
        let refused = chain.solve(&[0.0, 0.0, wrong]);
        assert!(matches!(&refused, Err(Error::NotFiniteAt { index, .. }) if index == &[2]));
    }
    let soft = SymmetricTridiagonal::new(vec![1e-200; 2], vec![0.0]).unwrap();
    assert!(matches!(soft.solve(&[1.0, 1e200]), Err(Error::NotFiniteAt { .. })));
}

#[test]
fn an_elasticity_below_zero_has_no_weyl_law() {
    for elasticity in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = WeylLaw::constant(1, 1.0, elasticity);
        assert!(matches!(refused, Err(Error::NotPositive { .. })), "{refused:?}");
    }
    assert!(WeylLaw::constant(1, 1e-200, 1.0).is_err());
}

#[test]
fn a_list_of_positive_numbers_may_come_from_anywhere() {
    let list = vec![3.0, 1.0, 2.0];
    let whole = PositiveArray::from_vec(list.clone()).unwrap();
    assert_eq!(PositiveArray::try_from(&list[..]).unwrap(), whole);
    assert_eq!(PositiveArray::try_from([3.0, 1.0, 2.0]).unwrap(), whole);
    assert_eq!(PositiveArray::try_from(&[3.0, 1.0, 2.0]).unwrap(), whole);
    let part = PositiveArray::try_from(&list[1..]);
    assert_eq!(part.unwrap().as_slice(), [1.0, 2.0]);
    assert!(matches!(PositiveArray::try_from(&list[3..]), Err(Error::Empty { .. })));
    let refused = PositiveArray::try_from([1.0, -1.0]);
    assert!(matches!(&refused, Err(Error::NotPositiveAt { index, .. }) if index == &[1]));
}
