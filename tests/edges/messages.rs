//! What a reader is told: the right name, the right range, and numbers that fit a line.

use itakura_saito::Error;
use itakura_saito::causality::Graph;
use itakura_saito::curvature::{Diagonal, Lanczos};
use itakura_saito::divergence::{Link, PositiveArray, itakura_saito};
use itakura_saito::field::{Action, RivalMinima, Sweep};
use itakura_saito::ntk::PowerSweep;
use itakura_saito::operator::{Operator, Symmetric, SymmetricTridiagonal};
use itakura_saito::propagator::{FieldOperator, LinePropagator, MasslessLimit, Moebius};
use itakura_saito::renormalization::{PlaneDecimation, schur_complement};
use itakura_saito::universality::{BulkBoundary, Cumulants, Lattice};

#[track_caller]
fn told<T: std::fmt::Debug>(result: Result<T, Error>, words: &[&str]) {
    let message = result.expect_err("refused").to_string();
    for word in words {
        assert!(message.contains(word), "{word:?} is missing in: {message}");
    }
    assert!(message.len() < 400, "{message}");
}

#[test]
fn a_range_of_one_number_or_none_is_told_as_such() {
    let one = Lanczos::run(&Diagonal::new(vec![3.0]).unwrap(), &[1.0], 1).unwrap();
    told(one.ritz_vector(1), &["must be 0, but it is 1"]);
    struct Nowhere;
    impl Operator for Nowhere {
        fn dim(&self) -> usize {
            0
        }
        fn apply(&self, _: &[f64], _: &mut [f64]) {}
    }
    told(Lanczos::run(&Nowhere, &[], 1), &["is empty"]);
    told(Graph::random_regular(1, 1, 1), &["number of nodes", "at least 2, but it is 1"]);
    told(Graph::random_regular(2, 2, 1), &["must be 1, but it is 2"]);
    told(Graph::random_regular(5, 3, 1), &["odd number of nodes", "must not be 3", "even number"]);
    told(Graph::from_edges(3, &[(0, 1), (1, 1)]), &["must not be 1", "leave the loop out"]);
    told(Cumulants::exponential(200), &["between 4 and 171, but it is 200", "factorial"]);
    told(Lattice::new(&[1.0, -1.0]), &["at least 0", "but it is -1:"]);
    told(Lattice::new(&[]), &["is empty"]);
    told(Lattice::new(&[1.0, f64::NAN]), &["[1] must be finite, but it is NaN"]);
    assert_eq!(Lattice::new(&[1e308, 1e308]).unwrap(), Lattice::new(&[1.0, 1.0]).unwrap());
    told(Moebius::new(1e200, 0.0, 0.0, 1e200), &["must be finite, but it is inf", "common factor"]);
}

#[test]
fn a_number_of_two_hundred_digits_is_told_by_its_power_of_ten() {
    told(itakura_saito(-1e200, 1.0), &["the target", "but it is -1e200:"]);
    told(itakura_saito(1.0, -1.25e-200), &["the prediction", "but it is -1.25e-200:"]);
    told(itakura_saito(1.0, -0.5), &["but it is -0.5:"]);
    told(itakura_saito(1.0, -120000.0), &["but it is -120000:"]);
    told(itakura_saito(f64::NEG_INFINITY, 1.0), &["but it is -inf:"]);
    let matrix = SymmetricTridiagonal::new(vec![-1e-250; 2], vec![0.0]).unwrap();
    told(matrix.solve(&[1.0, 1.0]), &["pivot of row 0 is -1e-250:"]);
}

#[test]
fn a_comparison_without_a_change_of_sign_says_what_it_found() {
    let gap: Vec<f64> = (0..400)
        .map(|index| {
            let middle = (0.4..0.6).contains(&((f64::from(index) + 0.5) / 400.0));
            if middle { 0.02 } else { 1.0 }
        })
        .collect();
    let action = Action::neumann(PositiveArray::from_vec(gap).unwrap(), 0.02).unwrap();
    match RivalMinima::exchange(&action, 0.018, 0.02) {
        Err(error @ (Error::SameSign { .. } | Error::OneMinimum { .. })) => {
            assert!(error.to_string().contains("0.018") || error.to_string().contains("0.02"));
            assert!(!error.to_string().contains("0e0"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_elasticity_is_not_blamed_on_a_target() {
    for operator in FieldOperator::ALL {
        told(LinePropagator::new(operator, -1.0, 2.0), &["λ must be positive", "-1"]);
        told(LinePropagator::new(operator, 0.5, -2.0), &["the target must be positive", "-2"]);
    }
    told(MasslessLimit::of_targets(-1.0, &[1.0], 4.0), &["λ must be positive", "-1"]);
    let target = PositiveArray::try_from([1.0, 2.0]).unwrap();
    told(Action::neumann(target, -1.0), &["the elasticity must be at least 0", "-1"]);
}

#[test]
fn an_end_that_is_refused_is_told_to_be_outside() {
    use itakura_saito::curvature::CopyForecast;
    let rounding = |epsilon| CopyForecast::new(3.0, 1.0, 0.0, epsilon);
    told(rounding(1.0), &["between 0 and 1, the upper end excluded, but it is 1:"]);
    told(rounding(0.0), &["between 0 and 1, the lower end excluded, but it is 0:"]);
    told(rounding(-2.0), &["lie between 0 and 1, but it is -2:"]);
    told(rounding(f64::NAN), &["lie between 0 and 1, but it is NaN:"]);
    told(BulkBoundary::new(0.5), &["between 0.5 and 20, the lower end excluded"]);
    told(BulkBoundary::new(21.0), &["lie between 0.5 and 20, but it is 21"]);
}

#[test]
fn what_is_wrong_is_told_and_not_what_is_right() {
    told(PlaneDecimation::new(9, 0.1), &["must not be 9", "even"]);
    told(PlaneDecimation::new(50, 0.1), &["between 8 and 48, but it is 50"]);
    let pair = Symmetric::new(ndarray::array![[2.0, 1.0], [1.0, 2.0]]).unwrap();
    told(schur_complement(&pair, &[0, 0]), &["another site", "name each site once"]);
    told(schur_complement(&pair, &[2]), &["between 0 and 1, but it is 2"]);
    told(Graph::from_edges(3, &[(1, 1)]), &["two different nodes"]);
    let action = Action::neumann(PositiveArray::of(&[1.0, 2.0]).unwrap(), 0.1).unwrap();
    told(Sweep::over_decades(&action, -1, 1, -3), &["elasticities a decade", "but it is -3"]);
    told(Sweep::over_decades(&action, 400, 401, 1), &["but it is inf: give zero or a positive"]);
    for output in [800.0, -800.0] {
        let message = Link::Exponential.prediction(output).expect_err("refused").to_string();
        assert!(!message.contains("predict the logarithm"), "{message}");
        assert!(message.contains("nearer to zero"), "{message}");
    }
    told(Link::Identity.prediction(-1.0), &["predict the logarithm"]);
    told(PowerSweep::new(4, &[0.5, f64::NAN]), &["the power at [1]", "NaN"]);
    told(PositiveArray::of(&[1e308]).unwrap().scaled(10.0), &["scaled value at [0]", "factor"]);
}
