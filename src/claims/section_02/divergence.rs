//! The displayed divergence beside the one that the paper uses.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{
    Divergence, Positive, PositiveArray, TaylorPolynomial, best_constant, itakura_saito,
    itakura_saito_second_derivative, reversed_itakura_saito,
    reversed_itakura_saito_second_derivative,
};

pub fn the_display_is_another_divergence() -> Result<Vec<Evidence>> {
    let sample = PositiveArray::from_vec(vec![1.0, 2.0, 6.0])?;
    let best = |divergence| Ok(best_constant(divergence, &sample)?.prediction.get());
    let (forward, reversed) =
        (TaylorPolynomial::itakura_saito(5)?, TaylorPolynomial::reversed_itakura_saito(5)?);
    let mut evidence = vec![
        Evidence::new("V(2, 3)", itakura_saito(2.0, 3.0)?, 0.072131774774831)
            .against_print(reversed_itakura_saito(2.0, 3.0)?, 0.02),
        Evidence::new("R(2, 3)", reversed_itakura_saito(2.0, 3.0)?, 0.0945348918918356),
        Evidence::new("best constant for {1, 2, 6} by V", best(Divergence::ItakuraSaito)?, 3.0)
            .against_print(best(Divergence::ReversedItakuraSaito)?, 1.0),
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
            .against_print(reversed, 0.3),
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

pub fn both_have_the_same_second_order() -> Result<Vec<Evidence>> {
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

pub fn one_is_convex_further_than_the_other() -> Result<Vec<Evidence>> {
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
