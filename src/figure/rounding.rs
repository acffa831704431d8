//! The one place where a number that is drawn or printed loses digits.

/// Rounds to seven significant decimal digits.
///
/// Sums that run over several lanes at once differ in their last bits from one processor to the next.
/// Seven digits are more than an eye or a check needs and few enough to hide that, so a stored figure is
/// the same text on every machine. Infinite values and NaN are returned as they are; `-0` becomes `0`.
///
/// ```
/// use itakura_saito::figure::seven_digits;
///
/// assert_eq!(seven_digits(2.0_f64.sqrt()), 1.414214);
/// assert_eq!(seven_digits(-123_456_789.0), -123_456_800.0);
/// ```
pub fn seven_digits(value: f64) -> f64 {
    // Through the decimal text, because scaling by a power of ten would itself be inexact. The text of
    // a float always parses; adding zero removes the sign of a negative zero.
    format!("{value:.6e}").parse().unwrap_or(value) + 0.0
}

/// Rounds every number of a list in place.
pub(super) fn round_all(values: &mut [f64]) {
    for value in values {
        *value = seven_digits(*value);
    }
}

pub(super) fn round_pair((first, second): (f64, f64)) -> (f64, f64) {
    (seven_digits(first), seven_digits(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_floats_round_to_the_same_seven_digits() {
        let sum = 0.1 + 0.2;
        assert_ne!(sum, 0.3);
        assert_eq!(seven_digits(sum), seven_digits(0.3));
    }

    #[test]
    fn rounding_twice_is_rounding_once() {
        for value in [1.0 / 3.0, -2.0e-310, f64::MAX, f64::MIN_POSITIVE, 6.022_140_76e23] {
            let once = seven_digits(value);
            assert_eq!(seven_digits(once), once);
            assert!(once.is_finite());
        }
    }

    #[test]
    fn the_relative_change_is_at_most_half_a_unit_of_the_seventh_digit() {
        for value in [1.234_567_89, 9.999_999_49, -4.444_444_444e-12] {
            assert!(((seven_digits(value) - value) / value).abs() <= 0.5e-6);
        }
        assert_eq!(seven_digits(-0.0).to_bits(), 0.0_f64.to_bits());
    }
}
