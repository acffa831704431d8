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
/// let refuted = area.against_print(1.0, 0.2);
/// assert!(refuted.is_borne_out());
/// // Had it given 0.8, the difference would be below the stated margin.
/// assert!(!refuted.against_print(0.8, 0.2).is_borne_out());
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
    /// What it says about the statement.
    pub kind: Kind,
}

/// What a piece of evidence says about the statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Nothing against it: the observed value agrees with its reference.
    Agrees,
    /// The observed value agrees with its reference, and the statement leads elsewhere.
    Contradicts {
        /// Where the statement leads.
        rival: Rival,
        /// By how much, at least, that must differ from the observed value.
        margin: f64,
    },
}

/// The number to which a statement of the paper leads, where another one is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rival {
    /// The paper prints it, as a number or as a formula that gives it.
    Printed(f64),
    /// The paper says in words what would give it.
    Implied(f64),
}

impl Rival {
    /// The number.
    pub fn value(self) -> f64 {
        match self {
            Self::Printed(value) | Self::Implied(value) => value,
        }
    }

    /// What a column of such numbers is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Printed(_) => "as printed",
            Self::Implied(_) => "if the claim held",
        }
    }
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

    /// The same as evidence against what the paper prints: a number, or a formula that gives this number,
    /// further than `margin` from what is observed.
    pub fn against_print(self, printed: f64, margin: f64) -> Self {
        Self { kind: Kind::Contradicts { rival: Rival::Printed(printed), margin }, ..self }
    }

    /// The same as evidence against what the paper says in words: if that held, the number would be
    /// `implied`, further than `margin` from what is observed.
    pub fn against_claim(self, implied: f64, margin: f64) -> Self {
        Self { kind: Kind::Contradicts { rival: Rival::Implied(implied), margin }, ..self }
    }

    /// Whether the observed value is within the tolerance of its reference. NaN never is.
    pub fn agrees(&self) -> bool {
        (self.observed - self.expected).abs() <= self.allowance()
    }

    /// Whether its rival differs from the observed value by more than the margin; `None` if there is no
    /// rival. A margin below the tolerance separates nothing, and NaN differs from nothing.
    pub fn contradicts(&self) -> Option<bool> {
        match self.kind {
            Kind::Agrees => None,
            Kind::Contradicts { rival, margin } => {
                let margin_separates = margin > self.allowance();
                Some(margin_separates && (rival.value() - self.observed).abs() > margin)
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

    /// A value of this evidence in a line of a card.
    pub(super) fn in_brief(&self, value: f64) -> String {
        number::to_digits(number::shown(value, self.allowance()), 4)
    }

    /// The number to which the statement leads, if the evidence is against it.
    pub(super) fn rival(&self) -> Option<Rival> {
        match self.kind {
            Kind::Agrees => None,
            Kind::Contradicts { rival, .. } => Some(rival),
        }
    }
}
