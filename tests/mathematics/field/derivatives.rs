//! Values, gradients and Hessians of the action.

use super::*;

#[test]
fn the_action_of_five_points_has_its_reference_value() {
    let target = array(&[1.0, 2.0, 3.0, 2.0, 1.0]);
    let field = array(&[1.1, 1.8, 2.5, 2.2, 1.3]);
    let action = Action::neumann(target, 0.1).unwrap().with_length(1.25).unwrap();
    close(action.value(&field).unwrap(), 0.7679565625370146, 1e-14);
}

/// One action of each kind, at a field that is no minimum.
fn examples() -> Vec<(Action, PositiveArray)> {
    let target = array(&[1.0, 2.0, 3.0, 2.0, 1.0, 0.2]);
    let field = array(&[1.1, 1.8, 2.5, 2.2, 1.3, 0.6]);
    let free = Action::neumann(target.clone(), 0.1).unwrap();
    let fixed = Action::dirichlet(target, 0.1, 1.5).unwrap();
    let mut all = Vec::new();
    for divergence in [
        Divergence::ItakuraSaito,
        Divergence::ReversedItakuraSaito,
        Divergence::SQUARED_ERROR,
        Divergence::KULLBACK_LEIBLER,
    ] {
        for action in [&free, &fixed] {
            all.push((action.clone().with_divergence(divergence), field.clone()));
        }
    }
    all.push((fixed.with_length(3.0).unwrap(), field));
    all
}

fn moved(field: &PositiveArray, index: usize, step: f64) -> PositiveArray {
    let mut values = field.as_slice().to_vec();
    values[index] += step;
    array(&values)
}

#[test]
fn the_gradient_is_the_difference_quotient_of_the_action() {
    let step = 1e-5;
    for (action, field) in examples() {
        let gradient = action.gradient(&field).unwrap();
        for (index, entry) in gradient.iter().enumerate() {
            let value = |step| action.value(&moved(&field, index, step)).unwrap();
            let quotient = (value(step) - value(-step)) / (2.0 * step * action.grid().spacing());
            // The square of the step times a third derivative of a few hundred.
            assert!((entry - quotient).abs() < 1e-7, "{index} of {action:?}: {entry} {quotient}");
        }
    }
}

#[test]
fn the_hessian_is_the_difference_quotient_of_the_gradient() {
    let step = 1e-5;
    for (action, field) in examples() {
        let hessian = action.hessian(&field).unwrap();
        for index in 0..field.len() {
            let mut unit = vec![0.0; field.len()];
            unit[index] = 1.0;
            let column = hessian.applied(&unit);
            let gradient = |step| action.gradient(&moved(&field, index, step)).unwrap();
            let (above, below) = (gradient(step), gradient(-step));
            for row in 0..field.len() {
                let quotient = (above[row] - below[row]) / (2.0 * step);
                assert!((column[row] - quotient).abs() < 1e-6, "({row}, {index}) of {action:?}");
            }
        }
    }
}

#[test]
fn the_linearised_operator_is_the_hessian_where_the_field_is_the_target() {
    for (action, _) in examples() {
        let linearised = action.linearised().unwrap();
        assert_eq!(linearised, action.hessian(action.target()).unwrap());
    }
    let action = Action::neumann(array(&[0.5, 2.0]), 0.0).unwrap();
    assert_eq!(action.linearised().unwrap().diagonal(), [4.0, 0.25]);
}
