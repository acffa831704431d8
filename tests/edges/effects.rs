//! Effects over pairs of any size, and of more pairs than a power of two can count.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::training::{PairedEffect, SignTest};

#[test]
fn a_sign_test_of_more_than_a_thousand_pairs_is_no_impossibility() {
    // 2 Σ C(n, k)/2^n over k ≥ max(n₊, n₋), in integers.
    for (positive, negative, probability) in [
        (600, 600, 1.0),
        (540, 535, 0.90290731241517475),
        (700, 500, 8.5353660810343348e-9),
        (800, 1200, 3.5050062069356454e-19),
        (55, 1045, 5.8634967143011022e-238),
    ] {
        let differences = [vec![0.5; positive], vec![-2.0; negative], vec![0.0; 3]].concat();
        let test = SignTest::of(&differences).expect("finite differences");
        assert_eq!((test.positive, test.negative), (positive, negative));
        assert_close(test.probability, probability, 1e-12);
    }
    // Five thousand of five thousand: 2^-4999 is no number.
    assert_eq!(SignTest::of(&[1.0; 5000]).expect("finite").probability, 0.0);
}

#[test]
fn an_effect_has_the_unit_of_its_differences() {
    // Mean, t s/√n and mean/s, with the quantile by the incomplete beta function.
    for (differences, mean, half_width, cohen_d) in [
        (vec![1.0, 2.0, -1.0], 0.66666666666666667, 3.7945830335967612, 0.43643578047198476),
        (vec![3.0, 1.0, 4.0, 1.0, 5.0], 2.8, 2.2211560841582355, 1.5652475842498528),
    ] {
        for unit in [1e-300, 1e-200, 1e-155, 1.0, 1e155, 1e200, 1e307] {
            let scaled: Vec<f64> = differences.iter().map(|one| unit * one).collect();
            let effect = PairedEffect::of(&scaled).expect("a spread");
            assert_close(effect.mean, unit * mean, 1e-14);
            assert_close(effect.half_width, unit * half_width, 1e-12);
            assert_close(effect.cohen_d, cohen_d, 1e-14);
        }
    }
    let beyond = PairedEffect::of(&[1.7e308, 1.7e308, -1e308]);
    assert!(matches!(beyond, Err(Error::NotFinite { .. })), "{beyond:?}");
    let alike = PairedEffect::of(&[0.7e-200; 11]);
    assert!(matches!(alike, Err(Error::NotPositive { .. })), "{alike:?}");
}
