//! Where an axis is marked, and with which words.

use super::axis::Axis;
use super::seven_digits;
use super::text::power_of_ten;

/// A part of an axis in coordinates: the values themselves, or their decadic logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Extent {
    /// How far along the extent a coordinate lies: 0 at the low end, 1 at the high end.
    ///
    /// Far outside (a thousand million lengths away) the value is cut, to stay finite.
    pub(super) fn fraction(&self, coordinate: f64) -> f64 {
        // Quarters, because the difference of two large values may not be a number any more.
        let length = self.high * 0.25 - self.low * 0.25;
        ((coordinate * 0.25 - self.low * 0.25) / length).clamp(-1e9, 1e9)
    }

    fn contains(&self, coordinate: f64) -> bool {
        (-1e-9..=1.0 + 1e-9).contains(&self.fraction(coordinate))
    }
}

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) coordinate: f64,
    pub(super) label: String,
}

/// About `count` marks at round values, or one at each category.
pub(super) fn ticks(axis: &Axis, extent: Extent, count: usize) -> Vec<Tick> {
    let named = axis.categories.iter().enumerate();
    let mut ticks = if !axis.categories.is_empty() {
        named.map(|(index, name)| Tick { coordinate: index as f64, label: name.clone() }).collect()
    } else if axis.is_logarithmic() {
        logarithmic(extent, count)
    } else {
        let smallest_step = if axis.counts { 1.0 } else { 0.0 };
        linear(extent, count, smallest_step)
    };
    ticks.retain(|tick| extent.contains(tick.coordinate));
    ticks
}

fn linear(extent: Extent, count: usize, smallest_step: f64) -> Vec<Tick> {
    let raw = extent.high / count as f64 - extent.low / count as f64;
    // No step is smaller than the smallest extent allows.
    let (step, exponent) = round_step(raw.max(1e-300).max(smallest_step));
    let first = (extent.low / step - 1e-9).ceil() as i64;
    let last = (extent.high / step + 1e-9).floor() as i64;
    let values: Vec<f64> = (first..=last).map(|i| seven_digits(i as f64 * step)).collect();
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let label = |value: &f64| Tick { coordinate: *value, label: number(*value, largest, exponent) };
    values.iter().map(label).collect()
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `raw`, and that power.
fn round_step(raw: f64) -> (f64, i32) {
    let exponent = raw.log10().floor() as i32;
    let candidates = [(1, exponent), (2, exponent), (5, exponent), (1, exponent + 1)];
    // Through the decimal text: exact, and defined down to the smallest floats.
    let steps = candidates.map(|(digit, power)| (decimal(digit, power), power));
    steps.into_iter().find(|(step, _)| *step >= raw * (1.0 - 1e-9)).unwrap_or(steps[3])
}

fn decimal(digit: i32, power: i32) -> f64 {
    format!("{digit}e{power}").parse().unwrap_or(f64::MAX)
}

/// A number with the decimals that a step of `10^exponent` asks for. All numbers of an axis use the
/// same form: decimal, or times the power of ten of the largest one.
fn number(value: f64, largest: f64, exponent: i32) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    if (1e-3..1e5).contains(&largest) {
        return minus(format!("{value:.*}", (-exponent).max(0) as usize));
    }
    let power = largest.log10().floor() as i32;
    let mantissa = format!("{value:e}").split_once('e').map_or(0.0, |(digits, own)| {
        let shift: i32 = own.parse::<i32>().unwrap_or(0) - power;
        digits.parse::<f64>().unwrap_or(0.0) * 10.0_f64.powi(shift)
    });
    let decimals = (power - exponent).max(0) as usize;
    minus(format!("{mantissa:.decimals$}×{}", power_of_ten(power)))
}

fn minus(number: String) -> String {
    number.replace('-', "−")
}

fn logarithmic(extent: Extent, count: usize) -> Vec<Tick> {
    let first = (extent.low - 1e-9).ceil() as i32;
    let last = (extent.high + 1e-9).floor() as i32;
    if last > first {
        let stride = ((last - first) as usize).div_ceil(count).max(1);
        // Multiples of the stride, so that 10⁰ is among them.
        let exponents = (first..=last).filter(|exponent| exponent.rem_euclid(stride as i32) == 0);
        return exponents
            .map(|exponent| Tick { coordinate: f64::from(exponent), label: power_of_ten(exponent) })
            .collect();
    }
    within_a_decade(extent, count)
}

/// Less than two powers of ten are in sight: 1, 2, 5 and so on, or evenly spaced values.
fn within_a_decade(extent: Extent, count: usize) -> Vec<Tick> {
    let decade = extent.low.floor() as i32;
    let candidates =
        [(1, decade), (2, decade), (5, decade), (1, decade + 1), (2, decade + 1), (5, decade + 1)];
    let ticks: Vec<Tick> = candidates
        .iter()
        .map(|&(digit, power)| (decimal(digit, power), power))
        .filter(|(value, _)| *value > 0.0 && value.is_finite())
        .map(|(value, power)| Tick {
            coordinate: value.log10(),
            label: number(value, value, power),
        })
        .filter(|tick| extent.contains(tick.coordinate))
        .collect();
    if ticks.len() > 2 {
        return ticks;
    }
    let values = Extent {
        low: 10.0_f64.powf(extent.low).min(f64::MAX),
        high: 10.0_f64.powf(extent.high).min(f64::MAX),
    };
    linear(values, count, 0.0)
        .into_iter()
        .filter(|tick| tick.coordinate > 0.0)
        .map(|tick| Tick { coordinate: tick.coordinate.log10(), ..tick })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: Axis, low: f64, high: f64) -> Vec<String> {
        ticks(&axis, Extent { low, high }, 6)
            .into_iter()
            .map(|tick| super::super::text::plain(&tick.label))
            .collect()
    }

    #[test]
    fn linear_marks_are_round_decimals() {
        assert_eq!(labels(Axis::linear("x"), -0.3, 0.32), ["−0.2", "0.0", "0.2"].map(zero));
        assert_eq!(labels(Axis::linear("x"), 0.0, 720.0), ["0", "200", "400", "600"]);
        assert_eq!(labels(Axis::linear("x"), 0.1, 0.52), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
    }

    #[test]
    fn what_is_counted_has_no_halves() {
        assert_eq!(labels(Axis::counting("epoch"), 0.0, 3.0), ["0", "1", "2", "3"]);
        assert_eq!(
            labels(Axis::counting("epoch"), 0.0, 60.0),
            labels(Axis::linear("x"), 0.0, 60.0)
        );
    }

    fn zero(label: &str) -> String {
        if label == "0.0" { "0".to_string() } else { label.to_string() }
    }

    #[test]
    fn very_large_and_very_small_marks_share_one_power_of_ten() {
        let small = labels(Axis::linear("x"), 0.0, 3.1e-7);
        assert_eq!(small, ["0", "1×10⁻⁷", "2×10⁻⁷", "3×10⁻⁷"]);
        let large = labels(Axis::linear("x"), 0.0, 1.2e6);
        assert_eq!(large, ["0", "0.2×10⁶", "0.4×10⁶", "0.6×10⁶", "0.8×10⁶", "1.0×10⁶", "1.2×10⁶"]);
    }

    #[test]
    fn logarithmic_marks_are_powers_of_ten() {
        assert_eq!(labels(Axis::logarithmic("x"), -3.2, 0.1), ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]);
        assert_eq!(
            labels(Axis::logarithmic("x"), -20.0, 1.0),
            ["10⁻²⁰", "10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"]
        );
        assert_eq!(labels(Axis::logarithmic("x"), 0.2, 1.1), ["2", "5", "10"]);
    }

    #[test]
    fn an_axis_of_any_size_has_two_to_ten_marks() {
        for exponent in -280..300 {
            for width in [1.0, 1.7, 3.3, 9.9] {
                let extent = Extent { low: 0.0, high: width * 10.0_f64.powi(exponent) };
                let marks = ticks(&Axis::linear("x"), extent, 6).len();
                assert!((2..=10).contains(&marks), "{marks} marks up to {}", extent.high);
            }
        }
        for width in 1..600 {
            let extent = Extent { low: -307.3, high: -307.3 + f64::from(width) };
            let marks = ticks(&Axis::logarithmic("x"), extent, 6).len();
            assert!((2..=10).contains(&marks), "{marks} marks over {width} decades");
        }
    }
}
