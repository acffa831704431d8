//! The expansion of the divergence.

use crate::Result;
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{TaylorPolynomial, itakura_saito};

pub fn the_leading_term_is_half_the_square() -> Result<Vec<Evidence>> {
    let deviation = 1e-4;
    let mut evidence = Vec::new();
    for target in [0.01, 1.0, 100.0] {
        let loss = itakura_saito(target, target * (1.0 + deviation))?;
        let ratio = loss / (0.5 * deviation * deviation);
        let expected = 1.0 - 4.0 / 3.0 * deviation + 1.5 * deviation * deviation;
        let label = format!("V / (u²/2) at u = 0.0001, y = {target}: 1 - 4u/3 + 3u²/2");
        evidence.push(Evidence::new(&label, ratio, expected).within(RELATIVE_DEVIATION));
    }
    Ok(evidence)
}

const RELATIVE_DEVIATION: Tolerance = Tolerance::absolute(
    1e-11,
    "f rounds at 1e-16, which is 1e-12 of the deviation 1e-4, and counts twice",
);

pub fn the_series_at_a_tenth() -> Result<Vec<Evidence>> {
    let exact = itakura_saito(1.0, 1.1)?;
    let series = TaylorPolynomial::itakura_saito(5)?.evaluate(0.1)?;
    Ok(vec![
        Evidence::new("V(1, 1.1)", exact, 0.00440108889523395),
        Evidence::new("series to u⁵ at u = 0.1", series.value, 0.00440033333333),
        Evidence::new("next term, (5/6) u⁶", series.next_term, 8.3e-7)
            .within(Tolerance::last_digit(1e-8)),
        Evidence::new("V - series at u = 0.1", exact - series.value, 7.555619006176197e-7),
    ])
}
