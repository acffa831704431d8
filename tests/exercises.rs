//! The exercises: every kind of answer gets the words that help, and no page gives an answer away.

mod common;
#[path = "common/numbers.rs"]
mod numbers;
#[path = "common/page.rs"]
mod page;

use common::root;
use itakura_saito::Error;
use itakura_saito::exercises::{Answer, Exercise, Feedback, exercise, exercises};
use numbers::{Found, numbers};
use page::{Cell, Page, pages};

fn judge(id: &str, answer: Answer) -> Feedback {
    exercise(id).and_then(|exercise| exercise.judge(Some(answer))).expect("a known exercise")
}

fn says(feedback: &Feedback, word: &str) -> bool {
    matches!(feedback, Feedback::NotYet(words) if words.contains(word))
}

#[test]
fn the_right_numbers_are_right() {
    // By hand, or from the audit (02-exchange).
    for (id, answer) in [
        ("00-quarter", 1.6137),
        ("00-as-expensive", 2.46),
        ("01-harmonic", 72.0 / 35.0),
        ("01-depth", -4.0 / 27.0),
        ("02-weighted", 6.0),
        ("02-exchange", 0.0157776977),
        ("03-amplitude", 1.0 / 18.0),
        ("03-length", 0.29394),
        ("04-exponential", 1.0 / 6.0),
        ("04-weights", 144.0),
        ("05-condition", 12.4286),
        ("05-spread", 56.25),
        ("06-dimension", 1.35),
        ("06-skewness", 1.06066),
        ("07-speed", 7.544398),
        ("08-front", -3.375e-6),
        ("09-crossover", 3.125),
        ("09-power", 0.65),
        ("10-square", 0.406459),
        ("10-speed", 3.404154),
        ("11-twice", 0.32806416),
        ("11-exponent", -0.7),
        ("12-gain", 0.009568),
        ("12-third", 20.0),
        ("13-pace", 17.05),
        ("14-geometric", 0.73576),
    ] {
        let told = judge(id, Answer::Number(answer));
        assert!(matches!(told, Feedback::Right(_)), "{id}: {told:?}");
    }
    for (id, answer) in [("07-steps", 34), ("08-entries", 121), ("13-copies", 8)] {
        assert!(matches!(judge(id, Answer::Count(answer)), Feedback::Right(_)), "{id}");
    }
}

#[test]
fn no_answer_is_missing_only() {
    for exercise in exercises() {
        assert_eq!(exercise.judge(None).expect("nothing is no other kind"), Feedback::Missing);
    }
}

#[test]
fn a_rounded_number_is_close_and_a_known_mistake_is_named() {
    let near = judge("01-harmonic", Answer::Number(2.1));
    assert!(matches!(&near, Feedback::Close(words) if words.contains("5 %")), "{near:?}");
    for (id, answer, word) in [
        ("00-quarter", 0.6363, "target over prediction"),
        ("00-quarter", 4.3863, "subtracted"),
        ("00-as-expensive", 2.0, "not symmetric"),
        ("00-as-expensive", 9.0, "blue curve"),
        ("01-harmonic", 4.0, "arithmetic"),
        ("01-harmonic", 3.0, "median"),
        ("01-harmonic", 2.8845, "geometric"),
        ("01-harmonic", 35.0 / 72.0, "turned over"),
        ("01-harmonic", 205.7143, "per cent"),
        ("01-harmonic", f64::NAN, "not a finite number"),
        ("01-harmonic", 40.0, "Differentiate"),
        ("01-depth", 1.5, "the curvature there"),
        ("01-depth", 4.0 / 27.0, "wrong sign"),
        ("02-weighted", 3.0, "the factor before"),
        ("02-exchange", 0.02, "lower one"),
        ("02-exchange", 0.2738967465, "elasticity is asked for"),
        ("03-amplitude", 1.0 / 9.0, "two flanks"),
        ("03-amplitude", 18.0, "inverse"),
        ("03-length", 0.20785, "under the root"),
        ("04-exponential", 6.0, "at most one"),
        ("04-weights", 12.0, "square"),
        ("05-condition", 4.0 / 0.35, "the top as well"),
        ("05-spread", 7.5, "spread of the targets"),
        ("05-spread", 225.0, "the smallest target as well"),
        ("06-dimension", -0.35, "smaller root"),
        ("06-skewness", 6.0 / 32.0, "kurtosis"),
        ("07-speed", 3.0177591, "rate of one"),
        ("07-speed", 3.772199, "two neighbours"),
        ("08-front", -2.16e-4, "along the way"),
        ("08-front", 3.375e-6, "wrong sign"),
        ("09-crossover", 9.765625, "squared"),
        ("09-power", 1.3, "their root"),
        ("10-square", 0.049787, "factor before it"),
        ("10-speed", 1.134718, "logarithm alone"),
        ("11-twice", 0.0804, "after one step"),
        ("11-exponent", 1.3, "degree of the loss"),
        ("12-gain", 0.1319, "training items"),
        ("12-third", 8.0, "squares"),
        ("13-pace", 7.5413, "32 bits"),
        ("14-geometric", 1.0, "mean of its logarithm"),
    ] {
        let told = judge(id, Answer::Number(answer));
        assert!(says(&told, word), "{id} {answer}: {told:?}");
    }
}

#[test]
fn a_count_is_compared_as_an_integer() {
    assert!(says(&judge("07-steps", Answer::Count(33)), "round up"));
    assert!(says(&judge("08-entries", Answer::Count(61)), "both sides"));
    assert!(says(&judge("13-copies", Answer::Count(1)), "missing line"));
    let near = judge("13-copies", Answer::Count(9));
    assert!(
        matches!(&near, Feedback::Close(words) if words.contains("off by one. Run")),
        "{near:?}"
    );
    assert!(says(&judge("13-copies", Answer::Count(40)), "recursion"));
}

#[test]
fn code_is_judged_by_what_it_gives() {
    let function = |code: fn(f64, f64) -> f64| judge("00-asymmetry", Answer::Function(code));
    assert!(matches!(function(|y, f| y / f - f / y - 2.0 * (y / f).ln()), Feedback::Right(_)));
    assert!(says(&function(|y, f| f / y - y / f - 2.0 * (f / y).ln()), "sign"));
    assert!(says(&function(|y, f| y / f - (y / f).ln() - 1.0), "V itself"));
    assert!(says(&function(|y, f| y - f), "Write V once"));
    let nearly = function(|y, f| if y > 50.0 { 0.0 } else { y / f - f / y - 2.0 * (y / f).ln() });
    assert!(matches!(&nearly, Feedback::Close(words) if words.contains("100, 3")), "{nearly:?}");

    let operator = |code: fn(&[f64]) -> Vec<f64>| judge("05-chain", Answer::Operator(code));
    assert!(says(&operator(|field| field[1..].to_vec()), "should be 2"));
    assert!(says(&operator(|field| vec![field[7]]), "panics: index out of bounds"));

    let vector = |values: &[f64]| judge("01-coefficients", Answer::Vector(values.to_vec()));
    let series: Vec<f64> = (0..=8)
        .map(|k: i32| if k == 0 { 0.0 } else { (-1.0_f64).powi(k) * (1.0 - 1.0 / f64::from(k)) })
        .collect();
    assert!(matches!(vector(&series), Feedback::Right(_)));
    assert!(says(&vector(&[0.0; 9]), "geometric series"));
    assert!(says(&vector(&[0.0; 3]), "should be 9"));
}

#[test]
fn an_answer_that_nobody_foresaw_gets_the_hint() {
    let strange = [
        Answer::Number(-7e8),
        Answer::Count(70_000),
        Answer::Vector(vec![7.5; 9]),
        Answer::Function(|_, _| 7e8),
        Answer::Function(|target, _| if target > 50.0 { panic!("too large") } else { target }),
        Answer::Functional(|_| f64::NAN),
        Answer::Functional(|list| list[70]),
        Answer::Operator(|list| vec![7e8; list.len()]),
        Answer::Operator(|list| vec![list[70]]),
        Answer::Operator(|_| Vec::new()),
    ];
    for exercise in exercises() {
        let hint = *exercise.words().last().expect("the hint is the last of its words");
        // An answer of another kind is refused.
        let told: Vec<Feedback> =
            strange.iter().filter_map(|answer| exercise.judge(Some(answer.clone())).ok()).collect();
        assert!(!told.is_empty(), "{}", exercise.id());
        for told in told {
            assert!(says(&told, hint), "{}: {told:?}", exercise.id());
        }
    }
}

#[test]
fn no_words_give_the_answer_away() {
    for exercise in exercises() {
        for words in exercise.words() {
            assert!(words.ends_with(['.', '?']), "{}: {words:?} is no sentence", exercise.id());
            for found in numbers(words) {
                assert!(!is_answer(&exercise, &found), "{}: {words}", exercise.id());
            }
        }
    }
}

#[test]
fn an_unknown_exercise_and_an_answer_of_another_kind_are_refused() {
    let error = exercise("01-nothing").err().expect("there is none");
    assert!(matches!(&error, Error::UnknownExercise { .. }));
    assert!(error.to_string().contains("01-harmonic"), "{error}");
    let error = exercise("13-copies").expect("it is there").judge(Some(Answer::Number(9.0)));
    assert!(error.expect_err("a number is no count").to_string().contains("check_count"));
}

#[test]
fn every_exercise_stands_in_its_notebook_once() {
    let pages = pages();
    let mut asked: Vec<String> = pages
        .iter()
        .flat_map(|page| &page.cells)
        .filter(|cell| cell.is_code && cell.has_tag("exercise"))
        .map(|cell| id_of(cell).to_owned())
        .collect();
    asked.sort();
    let mut known: Vec<&str> = exercises().iter().map(Exercise::id).collect();
    known.sort_unstable();
    assert_eq!(asked, known);
}

/// The exercise that a cell judges: `check_number("01-harmonic", best);`.
fn id_of(cell: &Cell) -> &str {
    let judging = cell.source.lines().find(|line| line.starts_with("check_"));
    judging.and_then(|line| line.split('"').nth(1)).expect("an exercise names its id")
}

/// A number with at most this size that is written without a decimal point stands on every page: as a
/// section, an exponent, a count of points. It gives an answer away only where results stand.
const SMALL: f64 = 20.0;

/// Whether a number on the page is the answer: to the exercise's own tolerance, or equal to a count.
fn is_answer(exercise: &Exercise, found: &Found) -> bool {
    let is_large = found.value.abs() > SMALL;
    let answer = match exercise.kind() {
        "number" if !found.is_integer || is_large || found.is_result => Answer::Number(found.value),
        // A count is no 8.00, unless a result is shown so.
        "count" if found.is_result || (found.is_integer && is_large) => {
            if found.value < 0.0 || found.value.fract() != 0.0 {
                return false;
            }
            Answer::Count(found.value as usize)
        }
        _ => return false,
    };
    matches!(exercise.judge(Some(answer)), Ok(Feedback::Right(_)))
}

/// Where the page gives the answer of an exercise away: in prose, code, outputs, sentences and labels of
/// figures above it, and in its own question and stub.
fn leaks(page: &Page, exercise: &Exercise, position: usize) -> Vec<String> {
    let mut leaks = Vec::new();
    for (index, cell) in page.cells[..=position].iter().enumerate() {
        // The answer's own output says what was thought of it, and is judged elsewhere.
        let shown: &[String] = if index == position { &[] } else { &cell.shown };
        for text in shown.iter().chain([&cell.source]) {
            let found = numbers(text).into_iter().filter(|found| is_answer(exercise, found));
            leaks.extend(found.map(|found| {
                format!(
                    "{}: {} stands in {}: ...{}...",
                    page.name,
                    exercise.id(),
                    cell.id,
                    found.place
                )
            }));
        }
    }
    leaks
}

#[test]
fn no_answer_stands_on_the_page_above_its_exercise() {
    let mut found = Vec::new();
    for page in &pages() {
        for (position, cell) in page.cells.iter().enumerate() {
            if cell.is_code && cell.has_tag("exercise") {
                let exercise = exercise(id_of(cell)).expect("a known exercise");
                found.extend(leaks(page, &exercise, position));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_search_for_leaks_finds_what_it_should() {
    let exercise = exercise("05-condition").expect("a known exercise");
    for text in ["12.4286", "κ = 12.43", "is $\\frac{87}{7}$ here", "4.35/0.35", "1243 %"] {
        assert!(numbers(text).iter().any(|found| is_answer(&exercise, found)), "{text}");
    }
    for text in ["C12.43", "12", "12.5", "x12.43"] {
        assert!(!numbers(text).iter().any(|found| is_answer(&exercise, found)), "{text}");
    }
    let weighted = itakura_saito::exercises::exercise("02-weighted").expect("a known exercise");
    for (text, gives_away) in [
        ("§6", false),
        ("the factor is 6", true),
        ("c = 6", true),
        ("is six", true),
        ("6 points", false),
    ] {
        let found = numbers(text).iter().any(|found| is_answer(&weighted, found));
        assert_eq!(found, gives_away, "{text}");
    }
    assert!(root().join("notebooks").is_dir());
}
