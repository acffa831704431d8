//! Numbers as the ledger prints them: without the digits that rounding decides.

/// Design rule for what is printed or drawn: more digits would show the processor.
const DIGITS: i32 = 7;

/// A number to seven significant digits, and not beyond a tenth of its tolerance: what is zero up to
/// rounding reads 0 on every processor.
pub(super) fn rounded(value: f64, tolerance: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value + 0.0; // -0 becomes 0
    }
    let magnitude = exponent(value);
    let digits = match tolerance > 0.0 {
        true => DIGITS.min(magnitude - exponent(0.1 * tolerance) + 1),
        false => DIGITS,
    };
    if digits < 1 { 0.0 } else { to_significant(value, digits) }
}

/// A number in as few characters as it takes, scientific where it is very large or very small.
pub(super) fn text(value: f64) -> String {
    let plain = value == 0.0 || !value.is_finite() || (1e-4..1e7).contains(&value.abs());
    if plain { format!("{value}") } else { format!("{value:e}") }
}

/// A number in words with so many significant digits.
pub(super) fn to_digits(value: f64, digits: i32) -> String {
    text(to_significant(value, digits))
}

/// A number rounded to so many significant digits, at least one.
pub(super) fn to_significant(value: f64, digits: i32) -> f64 {
    let decimals = usize::try_from(digits - 1).unwrap_or(0);
    format!("{value:.decimals$e}").parse().unwrap_or(value)
}

/// The decimal exponent of a positive or negative number.
fn exponent(value: f64) -> i32 {
    value.abs().log10().floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_hides_what_is_below_a_tenth_of_the_tolerance() {
        assert_eq!(rounded(0.072131774774831, 7e-12), 0.07213177);
        assert_eq!(rounded(0.58543219, 0.02), 0.585);
        assert_eq!(rounded(8.9e-16, 1e-12), 0.0);
        assert_eq!(rounded(99999999.99999999, 0.0), 1e8);
        assert!(rounded(-0.0, 1.0).is_sign_positive());
        assert!(rounded(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn numbers_are_written_the_short_way() {
        assert_eq!(text(rounded(1e8, 1e-2)), "1e8");
        assert_eq!(text(45.1), "45.1");
        assert_eq!(text(8.333333e-7), "8.333333e-7");
        assert_eq!(text(0.0), "0");
    }
}
