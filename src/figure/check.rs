//! Single rules: each one looks at a number, a count or a text, and names what it finds.

use super::axis::Axis;
use super::text;
use crate::{Error, Result};

pub(super) fn check_values(name: &str, values: &[f64], axis: &Axis) -> Result<()> {
    values.iter().enumerate().try_for_each(|(index, &value)| check_value(name, index, value, axis))
}

pub(super) fn check_value(name: &str, index: usize, value: f64, axis: &Axis) -> Result<()> {
    if !value.is_finite() {
        return Err(Error::FigureNotFinite { name: name.to_string(), index, value });
    }
    if axis.is_logarithmic() && value <= 0.0 {
        let (name, axis) = (name.to_string(), axis.title.clone());
        return Err(Error::FigureNotPositive { name, axis, index, value });
    }
    Ok(())
}

pub(super) fn check_finite(name: &str, values: &[f64]) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => {
            let value = values[index];
            Err(Error::FigureNotFinite { name: name.to_string(), index, value })
        }
        None => Ok(()),
    }
}

pub(super) fn check_length(name: &str, expected: usize, found: usize) -> Result<()> {
    if expected == found {
        return Ok(());
    }
    Err(Error::FigureLengths { name: name.to_string(), expected, found })
}

pub(super) fn check_order(name: &str, index: usize, first: f64, second: f64) -> Result<()> {
    if first <= second { Ok(()) } else { Err(order(name, index, first, second)) }
}

pub(super) fn order(name: &str, index: usize, first: f64, second: f64) -> Error {
    Error::FigureOrder { name: name.to_string(), index, first, second }
}

pub(super) fn check_count(
    what: &'static str,
    place: String,
    count: usize,
    limit: usize,
) -> Result<()> {
    if count <= limit {
        return Ok(());
    }
    Err(Error::FigureTooMany { what, place, count, limit })
}

pub(super) fn check_text(what: &'static str, text: &str) -> Result<()> {
    if text::plain(text).trim().is_empty() {
        let remedy = "write at least one word";
        return Err(Error::FigureText { what, text: text.to_string(), remedy });
    }
    check_optional_text(what, text)
}

pub(super) fn check_optional_text(what: &'static str, text: &str) -> Result<()> {
    if text.matches('$').count() < 2 {
        return Ok(());
    }
    let remedy = "JupyterLab shows nothing for LaTeX in a figure; write Unicode, <sup> and <sub>";
    Err(Error::FigureText { what, text: text.to_string(), remedy })
}

pub(super) fn empty(what: String) -> Error {
    Error::FigureEmpty { what }
}
