//! Numbers as the ledger prints them: without the digits that rounding decides.

/// Design rule for what is printed or drawn: more digits would show the processor.
const DIGITS: i32 = 7;

/// One digit less than an `f64` always keeps.
const MOST_DIGITS: i32 = 14;

/// A number for people: to seven significant digits, and not beyond a tenth of its tolerance.
pub(super) fn shown(value: f64, tolerance: f64) -> f64 {
    rounded(value, tolerance, DIGITS)
}

/// A number for a record: to a tenth of its tolerance, so that it can be judged again.
pub(super) fn recorded(value: f64, tolerance: f64) -> f64 {
    rounded(value, tolerance, MOST_DIGITS)
}

/// What is zero up to a tenth of the tolerance becomes 0, on every processor.
fn rounded(value: f64, tolerance: f64, most_digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value + 0.0; // -0 becomes 0
    }
    let magnitude = exponent(value);
    let digits = match tolerance > 0.0 {
        true => most_digits.min(magnitude - exponent(0.1 * tolerance) + 1),
        false => most_digits,
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
        assert_eq!(shown(0.072131774774831, 7e-12), 0.07213177);
        assert_eq!(recorded(0.072131774774831, 7e-12), 0.0721317747748);
        assert_eq!(shown(0.58543219, 0.02), 0.585);
        assert_eq!(recorded(8.9e-16, 1e-12), 0.0);
        assert_eq!(shown(99999999.99999999, 0.0), 1e8);
        assert!(shown(-0.0, 1.0).is_sign_positive());
        assert!(shown(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn numbers_are_written_the_short_way() {
        assert_eq!(text(shown(1e8, 1e-2)), "1e8");
        assert_eq!(text(45.1), "45.1");
        assert_eq!(text(8.333333e-7), "8.333333e-7");
        assert_eq!(text(0.0), "0");
    }
}
