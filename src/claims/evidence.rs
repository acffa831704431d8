//! What a claim is judged by: a number that was computed, beside the number it should be.

use super::{Tolerance, number};

/// A computed number beside its reference, and what the two say about the printed statement.
///
/// # Examples
///
/// ```
/// use itakura_saito::claims::{Evidence, Tolerance};
///
/// let area = Evidence::new("a quarter of pi", 1f64.atan(), 0.7854)
///     .within(Tolerance::last_digit(0.0001));
/// assert!(area.agrees() && area.is_borne_out());
///
/// // A printed formula gives 1 where 0.7854 is right.
/// let refuted = area.contradicting(1.0, 0.2);
/// assert!(refuted.is_borne_out());
/// // Had it given 0.8, the difference would be below the stated margin.
/// assert!(!refuted.contradicting(0.8, 0.2).is_borne_out());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What was computed, in words; unique within a row.
    pub label: String,
    /// What the crate computes.
    pub observed: f64,
    /// The reference: a published or independently computed value, or a second route.
    pub expected: f64,
    /// How far the two may lie apart.
    pub tolerance: Tolerance,
    /// What it says about the statement as it is printed.
    pub kind: Kind,
}

/// What a piece of evidence says about the statement as it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Nothing against it: the observed value agrees with its reference.
    Agrees,
    /// The observed value agrees with its reference, and the statement as printed leads elsewhere.
    Contradicts {
        /// The number that the printed formula gives or the printed words imply.
        printed: f64,
        /// By how much it must at least differ from the observed value.
        margin: f64,
    },
}

impl Evidence {
    /// A number that agrees with its reference as closed forms do.
    pub fn new(label: &str, observed: f64, expected: f64) -> Self {
        Self {
            label: label.to_owned(),
            observed,
            expected,
            tolerance: Tolerance::CLOSED_FORM,
            kind: Kind::Agrees,
        }
    }

    /// A number that must be exactly its reference: a structural zero, a count.
    pub fn exact(label: &str, observed: f64, expected: f64) -> Self {
        Self::new(label, observed, expected).within(Tolerance::STRUCTURAL_ZERO)
    }

    /// The same with another tolerance.
    pub fn within(self, tolerance: Tolerance) -> Self {
        Self { tolerance, ..self }
    }

    /// The same as evidence against the printed statement, which leads to `printed`: further than
    /// `margin` from what is observed.
    pub fn contradicting(self, printed: f64, margin: f64) -> Self {
        Self { kind: Kind::Contradicts { printed, margin }, ..self }
    }

    /// Whether the observed value is within the tolerance of its reference. NaN never is.
    pub fn agrees(&self) -> bool {
        (self.observed - self.expected).abs() <= self.allowance()
    }

    /// Whether the printed value differs from the observed one by more than the margin; `None` if there
    /// is no printed value. A margin below the tolerance separates nothing, and NaN differs from nothing.
    pub fn contradicts(&self) -> Option<bool> {
        match self.kind {
            Kind::Agrees => None,
            Kind::Contradicts { printed, margin } => {
                let margin_separates = margin > self.allowance();
                Some(margin_separates && (printed - self.observed).abs() > margin)
            }
        }
    }

    /// Whether it shows what it is there to show.
    pub fn is_borne_out(&self) -> bool {
        self.agrees() && self.contradicts() != Some(false)
    }

    /// The largest difference that is allowed between the observed value and its reference.
    pub fn allowance(&self) -> f64 {
        self.tolerance.around(self.expected)
    }

    /// A value of this evidence for a record, without the digits that rounding decides.
    pub(super) fn recorded(&self, value: f64) -> f64 {
        number::recorded(value, self.allowance())
    }

    /// A value of this evidence for people.
    pub(super) fn shown(&self, value: f64) -> String {
        number::text(number::shown(value, self.allowance()))
    }
}
