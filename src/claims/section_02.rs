//! The claims of section 2: from the loss to a field theory.

use super::{Basis, Claim, Evidence, Part, Tolerance, Verdict};
use crate::Result;
use crate::divergence::{
    Divergence, Positive, PositiveArray, TaylorPolynomial, best_constant, itakura_saito,
    itakura_saito_second_derivative, reversed_itakura_saito,
    reversed_itakura_saito_second_derivative,
};

pub(super) const CLAIMS: &[Claim] = &[Claim {
    id: "C02.1",
    place: "section 2, first display",
    statement: "The Itakura-Saito functional is the integral of f/y - ln(f/y) - 1 for a target y \
                and a prediction f.",
    verdict: Verdict::HoldsAfterCorrection,
    correct: "The rest of the paper uses V(y, f) = y/f - ln(y/f) - 1. The display has the two \
              arguments exchanged, R(y, f) = V(f, y). Up to second order around f = y they cannot be \
              told apart, so that everything linear survives the exchange. Further away they can: V \
              is convex in f up to 2y, and the mean of the targets minimises it; R is convex \
              everywhere, and the harmonic mean minimises it.",
    notebook: "01_divergence",
    parts: &[
        Part {
            about: "What is displayed is the divergence that the other sections use.",
            verdict: Verdict::False,
            basis: Basis::Computed(the_display_is_another_divergence),
        },
        Part {
            about: "Up to second order around the optimum the two are the same.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(both_have_the_same_second_order),
        },
        Part {
            about: "V is convex up to twice the target, R everywhere.",
            verdict: Verdict::Added,
            basis: Basis::Computed(one_is_convex_further_than_the_other),
        },
    ],
}];

fn the_display_is_another_divergence() -> Result<Vec<Evidence>> {
    let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
    let best = |divergence| Ok(best_constant(divergence, &sample)?.prediction.get());
    let (forward, reversed) =
        (TaylorPolynomial::itakura_saito(5)?, TaylorPolynomial::reversed_itakura_saito(5)?);
    let mut evidence = vec![
        Evidence::new("V(2, 3)", itakura_saito(2.0, 3.0)?, 0.072131774774831)
            .contradicting(reversed_itakura_saito(2.0, 3.0)?, 0.02),
        Evidence::new("R(2, 3)", reversed_itakura_saito(2.0, 3.0)?, 0.0945348918918356),
        Evidence::new("best constant for {1, 2, 6} by V", best(Divergence::ItakuraSaito)?, 3.0)
            .contradicting(best(Divergence::ReversedItakuraSaito)?, 1.0),
        Evidence::new(
            "best constant for {1, 2, 6} by R",
            best(Divergence::ReversedItakuraSaito)?,
            1.8,
        ),
    ];
    let references =
        [(3, -2.0 / 3.0, -1.0 / 3.0), (4, 3.0 / 4.0, 1.0 / 4.0), (5, -4.0 / 5.0, -1.0 / 5.0)];
    for (order, of_forward, of_reversed) in references {
        let (forward, reversed) = (forward.coefficients()[order], reversed.coefficients()[order]);
        evidence.push(
            Evidence::new(
                &format!("coefficient {order} of V in u = (f - y)/y"),
                forward,
                of_forward,
            )
            .contradicting(reversed, 0.3),
        );
        evidence.push(Evidence::new(&format!("coefficient {order} of R"), reversed, of_reversed));
    }
    // The coefficients are those of the functions, not of a formula: the remainder is the next term.
    let remainder = itakura_saito(1.0, 1.05)? - forward.evaluate(0.05)?.value;
    let next_terms = series_tail(0.05, |n| (n - 1.0) / n);
    evidence.push(
        Evidence::new("V(1, 1.05) beyond the fifth order", remainder, next_terms).within(REMAINDER),
    );
    let remainder = reversed_itakura_saito(1.0, 1.05)? - reversed.evaluate(0.05)?.value;
    let next_terms = series_tail(0.05, |n| 1.0 / n);
    evidence.push(
        Evidence::new("R(1, 1.05) beyond the fifth order", remainder, next_terms).within(REMAINDER),
    );
    Ok(evidence)
}

const REMAINDER: Tolerance =
    Tolerance::absolute(1e-16, "f = 1.05 rounds at 1e-16, and V has a slope below 0.1 there");

/// The terms from the sixth to the twentieth of an alternating series.
fn series_tail(deviation: f64, magnitude: fn(f64) -> f64) -> f64 {
    (6..=20).map(|n| magnitude(f64::from(n)) * (-deviation).powi(n)).sum()
}

fn both_have_the_same_second_order() -> Result<Vec<Evidence>> {
    let (forward, reversed) =
        (TaylorPolynomial::itakura_saito(2)?, TaylorPolynomial::reversed_itakura_saito(2)?);
    Ok(vec![
        Evidence::exact("V at f = y", itakura_saito(2.0, 2.0)?, 0.0),
        Evidence::exact("R at f = y", reversed_itakura_saito(2.0, 2.0)?, 0.0),
        Evidence::new(
            "curvature of V at f = y = 2",
            itakura_saito_second_derivative(2.0, 2.0)?,
            0.25,
        ),
        Evidence::new(
            "curvature of R at f = y = 2",
            reversed_itakura_saito_second_derivative(2.0)?,
            0.25,
        ),
        Evidence::new("coefficient 2 of V", forward.coefficients()[2], 0.5),
        Evidence::new("coefficient 2 of R", reversed.coefficients()[2], 0.5),
    ])
}

fn one_is_convex_further_than_the_other() -> Result<Vec<Evidence>> {
    let target = Positive::new(2.0)?;
    let (forward_end, reversed_end) = (
        Divergence::ItakuraSaito.convex_range(target).1,
        Divergence::ReversedItakuraSaito.convex_range(target).1,
    );
    Ok(vec![
        Evidence::new("V is convex for y = 2 up to f", forward_end, 4.0),
        Evidence::exact("1/f at the end of the convex range of R", 1.0 / reversed_end, 0.0),
        Evidence::new(
            "curvature of V(2, f) at f = 10: (2y - f)/f³",
            itakura_saito_second_derivative(2.0, 10.0)?,
            -0.006,
        ),
        Evidence::new(
            "curvature of R(2, f) at f = 10: 1/f²",
            reversed_itakura_saito_second_derivative(10.0)?,
            0.01,
        ),
    ])
}
