//! The pictures of section 5: what they say, and where they refuse.

use itakura_saito::Error;
use itakura_saito::divergence::{
    DescentPlan, EfficiencyCurve, Equivariance, StepMap, TargetWeights,
};

fn plan(learning_rate: f64) -> DescentPlan {
    DescentPlan { target: 1.0, start: 3.0, learning_rate, steps: 30 }
}

#[test]
fn descent_in_the_logarithm_and_natural_descent_do_not_see_the_scale() {
    for learning_rate in [0.05, 0.5, 0.9] {
        let runs =
            Equivariance::of_factors(plan(learning_rate), &[1.0, 0.9, 7.0, 1e6]).expect("positive");
        // Thirty steps, each with a rounding of its own.
        assert!(runs.logarithmic_gap() < 1e-12, "{}", runs.logarithmic_gap());
        assert!(runs.natural_gap() < 1e-12, "{}", runs.natural_gap());
        assert!(runs.direct_gap() > 0.1, "{}", runs.direct_gap());
    }
}

#[test]
fn a_small_prediction_jumps_and_the_figure_says_where() {
    let jumps = StepMap::of_ratios(1.0, 0.5, 0.1, 5.0).expect("in order");
    let figure = jumps.figure().expect("steps upwards stay positive");
    assert!(figure.to_text().contains("0.100 to 45.100"), "{}", figure.to_text());
    let calm = StepMap::of_ratios(1.0, 0.001, 0.05, 5.0).expect("in order");
    let figure = calm.figure().expect("small steps");
    assert!(figure.to_text().contains("0.050 to 0.430"), "{}", figure.to_text());
}

#[test]
fn a_map_without_a_positive_landing_says_so() {
    let lost = StepMap::of_ratios(1.0, 100.0, 2.0, 3.0).expect("in order");
    assert_eq!(lost.past_zero, 121);
    assert!(matches!(lost.figure().unwrap_err(), Error::FigureEmpty { .. }));
}

#[test]
fn simulated_efficiencies_are_those_of_the_closed_forms() {
    let curve = EfficiencyCurve::of_ratios(&[1.5, 10.0], 40_000, 1).expect("ratios above one");
    // Four estimates; five standard errors are exceeded once in two million.
    assert!(curve.largest_deviation() < 5.0, "{}", curve.largest_deviation());
    let again = EfficiencyCurve::of_ratios(&[1.5, 10.0], 40_000, 1).expect("ratios above one");
    assert_eq!(curve, again);
}

#[test]
fn input_without_meaning_is_refused_with_the_value() {
    assert!(TargetWeights::between(1.0, 0.1).is_err());
    assert!(TargetWeights::between(0.0, 1.0).unwrap_err().to_string().contains('0'));
    assert!(StepMap::of_ratios(1.0, 1.0, -1.0, 1.0).is_err());
    assert!(Equivariance::of_factors(plan(0.5), &[0.0]).is_err());
    assert!(EfficiencyCurve::of_ratios(&[1.0], 100, 1).unwrap_err().to_string().contains('1'));
    assert!(EfficiencyCurve::of_ratios(&[2.0], 1, 1).is_err());
    assert!(EfficiencyCurve::of_ratios(&[], 100, 1).and_then(|curve| curve.figure()).is_err());
    let one: EfficiencyCurve =
        EfficiencyCurve::of_ratios(&[2.0], 100, 1).expect("a ratio above one");
    assert!(one.figure().expect("one point of each line").to_text().contains("ratio of 2"));
}

#[test]
fn the_weights_of_a_figure_are_those_of_its_range() {
    let figure =
        TargetWeights::between(0.1, 1.5772979364246478).and_then(|weights| weights.figure());
    let text = figure.expect("in order").to_text();
    assert!(text.contains("3.57") && text.contains("6.95"), "{text}");
}
