//! The exercises: every kind of answer gets the words that help.

use itakura_saito::Error;
use itakura_saito::exercises::{Feedback, LossFunction, judge_loss, judge_number};

fn number(id: &str, answer: f64) -> Feedback {
    judge_number(id, Some(answer)).expect("a known exercise")
}

#[test]
fn the_right_numbers_are_right_and_nothing_is_missing_only() {
    for (id, answer) in [
        ("00-half", 0.3069),
        ("00-as-expensive", 2.46),
        ("01-mean", 3.0),
        ("01-softest", 6.0),
        ("01-coefficient", 0.75),
        ("02-mean", 4.0),
        ("02-exchange", 0.0157776977),
        ("02-slope", 1.7354768015),
        ("03-factor", 0.5),
        ("03-length", 0.2121320344),
        ("03-dimension", -0.5),
        ("04-uniform", 5.0 / 9.0),
        ("04-additive", 25.0 / (341.0 * 1.33203125)),
        ("04-weights", 1225.0),
        ("04-jump", 4.6),
        ("12-gain", 0.009568),
        ("12-own-gain", 0.82355),
        ("12-roughness", 6.0),
        ("14-geometric", 0.5615),
        ("14-efficiency", 0.50999),
    ] {
        assert_eq!(number(id, answer), Feedback::Right, "{id}");
        assert_eq!(judge_number(id, None).expect("known"), Feedback::Missing);
    }
}

#[test]
fn a_rounded_number_is_close_and_a_known_mistake_is_named() {
    assert!(matches!(number("01-softest", 6.1), Feedback::Almost(words) if words.contains("5 %")));
    let mistakes = [
        ("00-half", 2.0_f64.ln() - 0.5, "target over prediction"),
        ("00-half", 1.0 - 2.0_f64.log10(), "natural logarithm"),
        ("00-half", 1.0 + 2.0_f64.ln(), "subtracted"),
        ("00-as-expensive", 2.0, "not symmetric"),
        ("00-as-expensive", 9.0, "blue curve"),
        ("01-mean", 1.8, "harmonic"),
        ("01-mean", 2.0, "median"),
        ("01-mean", 12.0_f64.cbrt(), "geometric"),
        ("01-mean", -3.0, "wrong sign"),
        ("01-mean", f64::NAN, "no finite number"),
        ("01-mean", 40.0, "derivative"),
        ("01-softest", 4.0, "curvature is zero"),
        ("01-softest", 3.0, "ratio"),
        ("01-coefficient", 0.25, "reversed"),
        ("01-coefficient", 18.0, "4!"),
        ("02-mean", 2.0, "doubles the factor"),
        ("02-mean", 8.0, "one factor of two too many"),
        ("02-exchange", 0.02, "lower one"),
        ("02-exchange", 0.2738967465, "elasticity is asked for"),
        ("02-slope", 0.017354768, "a part of S"),
        ("03-factor", 2.0, "too large"),
        ("03-factor", 4.0, "divide it"),
        ("03-factor", 8.0, "printed area"),
        ("03-length", 0.15, "factor 2"),
        ("03-length", 0.03, "no root"),
        ("03-length", 1.0 / 0.2121320344, "canonical mass"),
        ("03-dimension", 0.5, "grows"),
        ("03-dimension", 1.0, "exponent"),
        ("03-dimension", -1.0, "not Δ itself"),
        ("04-uniform", 1.8, "at most one"),
        ("04-additive", 1.0, "nothing is lost"),
        ("04-weights", 1.0, "Itakura-Saito behind"),
        ("04-weights", 35.0, "square of the slope"),
        ("04-jump", 4.5, "before it"),
        ("12-gain", 0.1319, "training items"),
        ("12-gain", 0.99043, "ratio"),
        ("12-own-gain", 1.0945, "under MSE"),
        ("12-own-gain", 0.008235, "per cent"),
        ("12-roughness", 4.0, "squares"),
        ("12-roughness", 2.449, "standard deviation"),
        ("14-geometric", 1.0, "mean of its logarithm"),
        ("14-geometric", 0.693, "median"),
        ("14-efficiency", 1.9608, "below 1"),
    ];
    for (id, answer, word) in mistakes {
        let told = number(id, answer);
        assert!(
            matches!(&told, Feedback::Wrong(words) if words.contains(word)),
            "{id} {answer}: {told:?}"
        );
    }
}

#[test]
fn a_loss_is_judged_by_what_it_gives() {
    let judge = |loss: LossFunction| judge_loss("01-reversed", Some(loss)).expect("known");
    assert_eq!(judge_loss("01-reversed", None).expect("known"), Feedback::Missing);
    assert_eq!(judge(|y, f| f / y - (f / y).ln() - 1.0), Feedback::Right);
    let mistakes: [(LossFunction, &str); 5] = [
        (|y, f| y / f - (y / f).ln() - 1.0, "exchange the two arguments"),
        (|y, f| f / y - (f / y).ln(), "- 1 is missing"),
        (|y, f| f / y + (f / y).ln() - 1.0, "sign of the logarithm"),
        (|y, f| f / y - (f / y).log10() - 1.0, "log10"),
        (|y, f| (y - f).powi(2), "it gives"),
    ];
    for (mistake, word) in mistakes {
        let told = judge(mistake);
        assert!(
            matches!(&told, Feedback::Wrong(words) if words.contains(word)),
            "{word}: {told:?}"
        );
    }
    let nearly: LossFunction = |y, f| if y > 50.0 { 0.0 } else { f / y - (f / y).ln() - 1.0 };
    assert!(matches!(judge(nearly), Feedback::Almost(words) if words.contains("target 100")));
}

#[test]
fn an_unknown_exercise_is_named_with_those_that_are_there() {
    let error = judge_number("01-nothing", None).expect_err("there is none");
    assert!(matches!(&error, Error::UnknownExercise { .. }));
    assert!(error.to_string().contains("01-mean"), "{error}");
    assert!(judge_loss("01-mean", None).is_err() && judge_number("01-reversed", None).is_err());
}
