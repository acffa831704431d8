//! A row of the ledger: what the paper says, what is true of it, and where that is shown.

use std::fmt;

use super::Evidence;
use crate::Result;

/// A statement of the paper with its verdict.
///
/// Plain data: all texts are plain text in our own words, with formulas in Unicode. Whether the row is in
/// order is for [`judge`](super::Ledger::judge) to say, so that a wrong row can be written down and found.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// `C05.4`: C, the section with two digits, a dot, a number. 15 is section IIbis, 16 stands for the
    /// paper's sections 15 and 16, 19 for appendix A and 20 for appendix B.
    pub id: &'static str,
    /// Where the paper says it.
    pub place: &'static str,
    /// What it says.
    pub statement: &'static str,
    /// The verdict on the statement as a whole, the first letter of the audit; at least one part has the
    /// same, unless the row is an added fact. Readers see [`headline`](Self::headline).
    pub verdict: Verdict,
    /// What is true, exactly.
    pub correct: &'static str,
    /// What the paper says, for a line of a card: at most [`LINE`] characters.
    pub brief: &'static str,
    /// What is true, in one sentence that tells which number the card's line shows.
    pub finding: &'static str,
    /// The notebook in which it is shown, one of [`NOTEBOOKS`].
    pub notebook: &'static str,
    /// The cell of that notebook that demonstrates it, by its id: one that checks a number of this row, or
    /// the one with the cards.
    pub cell: &'static str,
    /// What it lacks, for a statement that does not hold as it is printed.
    pub amendment: Option<Amendment>,
    /// What the statement comes down to; at least one part.
    pub parts: &'static [Part],
}

/// Why a statement does not hold as it is printed, and what would mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amendment {
    /// The hypothesis that fails, as a clause that goes on after "It takes"; of a statement that cannot be tested, what is missing.
    pub fails: &'static str,
    /// The smallest change of the text that makes it true.
    pub edit: &'static str,
}

/// The longest [`Claim::brief`], in characters, with which a card's line fits the page.
pub const LINE: usize = 60;

impl Claim {
    /// The verdict above the row: that of its worst part.
    ///
    /// An added fact is none of the paper's statements, so that it stays an added fact. The order from bad to
    /// good is false, holds after correction, holds under assumptions, not testable, holds.
    pub fn headline(&self) -> Verdict {
        let worst = self.parts.iter().map(|part| part.verdict).min_by_key(|verdict| verdict.rank());
        match worst {
            Some(worst) if self.verdict != Verdict::Added => worst,
            _ => self.verdict,
        }
    }

    /// The section of the paper, by the name under which [`SECTIONS`] has it; empty for what is no id.
    pub fn section(&self) -> &'static str {
        let digits = self.id.get(1..3).unwrap_or_default();
        SECTIONS.iter().find(|(number, _)| *number == digits).map_or("", |(_, name)| name)
    }

    /// The parts, by position, that have the verdict of the headline; all parts of an added fact.
    pub(super) fn leading_parts(&self) -> impl Iterator<Item = usize> {
        let leads = |part: &Part| self.verdict == Verdict::Added || part.verdict == self.headline();
        (0..self.parts.len()).filter(move |&index| leads(&self.parts[index]))
    }

    /// The section and the number of the id, by which rows are sorted; what is not an id comes last.
    pub(super) fn order(&self) -> (u32, u32) {
        let numbers = self.id.strip_prefix('C').and_then(|id| id.split_once('.'));
        let parsed = numbers
            .and_then(|(section, number)| Some((section.parse().ok()?, number.parse().ok()?)));
        parsed.unwrap_or((u32::MAX, u32::MAX))
    }
}

/// A part of a statement, with a verdict of its own.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What this part says.
    pub about: &'static str,
    /// The verdict on this part.
    pub verdict: Verdict,
    /// What the verdict is founded on.
    pub basis: Basis,
}

/// What the verdict on a part is founded on.
#[derive(Debug, Clone, Copy)]
pub enum Basis {
    /// Numbers, computed by the crate.
    Computed(fn() -> Result<Vec<Evidence>>),
    /// Why it cannot be tested as it stands.
    Reason(&'static str),
    /// Other rows of the ledger, by their ids.
    RestsOn(&'static [&'static str]),
}

/// What is true of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It holds as it is printed.
    Holds,
    /// It holds under assumptions that the paper does not make.
    HoldsUnderAssumptions,
    /// It holds once a formula or a condition is corrected.
    HoldsAfterCorrection,
    /// It is false: there is a counterexample.
    False,
    /// It is too vague, or too little is known, for a test.
    NotTestable,
    /// Not a statement of the paper, but a fact that belongs beside it.
    Added,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 6] = [
        Self::Holds,
        Self::HoldsUnderAssumptions,
        Self::HoldsAfterCorrection,
        Self::False,
        Self::NotTestable,
        Self::Added,
    ];
}

impl Verdict {
    /// From bad to good; an added fact says nothing of the paper.
    fn rank(self) -> u8 {
        match self {
            Self::False => 0,
            Self::HoldsAfterCorrection => 1,
            Self::HoldsUnderAssumptions => 2,
            Self::NotTestable => 3,
            Self::Holds => 4,
            Self::Added => 5,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Holds => "holds",
            Self::HoldsUnderAssumptions => "holds under assumptions",
            Self::HoldsAfterCorrection => "holds after correction",
            Self::False => "false",
            Self::NotTestable => "not testable",
            Self::Added => "added",
        })
    }
}

/// The sections of the paper that make statements: the digits by which ids name them, and their names.
pub const SECTIONS: [(&str, &str); 19] = [
    ("01", "1"),
    ("02", "2"),
    ("03", "3"),
    ("04", "4"),
    ("05", "5"),
    ("06", "6"),
    ("07", "7"),
    ("08", "8"),
    ("09", "9"),
    ("10", "10"),
    ("11", "11"),
    ("12", "12"),
    ("13", "13"),
    ("14", "14"),
    ("15", "II bis"),
    ("16", "16"),
    ("17", "17"),
    ("19", "A"),
    ("20", "B"),
];

/// The notebooks, by the names of their files.
pub const NOTEBOOKS: [&str; 16] = [
    "00_start_here",
    "01_divergence",
    "02_field_theory",
    "03_propagator",
    "04_optimization",
    "05_spectrum",
    "06_universality",
    "07_speed_limit",
    "08_light_cone",
    "09_conditioning",
    "10_exponential_tails",
    "11_renormalization",
    "12_training",
    "13_hessian_spectrum",
    "14_where_it_helps",
    "15_claims",
];
